"""The committed notebooks: one clean run, checked claims, solutions, links and files.

That they run is tested by nbval (`make test`), that their claims hold by `make course`; their form
is counted by report.py (`make report`).
"""

import json
import re
from pathlib import Path

import pytest
from report import WIDGET_TYPE, Notebook, source

from gan_course import checks

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SOLUTIONS = sorted((FOLDER / "solutions").glob("*.ipynb"))
ALL = {str(p.relative_to(FOLDER).with_suffix("")): p for p in NOTEBOOKS + SOLUTIONS}
LARGEST = 2_000_000  # bytes
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(home|root|work|tmp|Users|usr)/")


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture(scope="module")
def notebook(path):
    return Notebook.read(path)


@pytest.fixture(scope="module")
def solutions(path):
    return Notebook.read(FOLDER / "solutions" / path.name)


@pytest.fixture(scope="module", params=ALL.values(), ids=list(ALL))
def any_path(request):
    return request.param


def test_there_are_notebooks_and_each_has_solutions():
    assert NOTEBOOKS and [p.name for p in SOLUTIONS] == [p.name for p in NOTEBOOKS]


def test_begins_with_a_title_and_the_setup(notebook):
    assert source(notebook.cells[0]).startswith("# ")
    assert any("runtime.start(" in source(cell) for cell in notebook.code[:2])


def test_figures_have_alt_text(notebook):
    assert all(len(alt) >= 40 for alt in notebook.alt_texts())


def test_where_no_script_runs_a_picture_and_a_sentence_stand_for_a_widget(any_path):
    """On GitHub, in print, for a screen reader. Else: run the notebook again."""
    for output in Notebook.read(any_path).outputs:
        shown = output.get("data", {})
        if WIDGET_TYPE in shown:
            assert len(shown.get("image/png", "")) > 500, shown.keys()
            sentence = "".join(shown["text/plain"])
            assert sentence.startswith("Interactive widget") and sentence.endswith(".")
            assert output["metadata"]["image/png"]["alt"] == sentence


def test_claims_stand_in_the_outputs_checked(notebook):
    claims = notebook.claims()
    assert claims and all(claim["checked"] for claim in claims)
    # what the prose states is a claim
    assert not [cell for cell in notebook.code if "assert " in source(cell)]


def test_cells_whose_text_is_compared_hold_no_claim(notebook):
    # a stored claim names its profile, so it differs between the committed run and the test's
    compared = notebook.tagged("nbval-check-output")
    assert not [text for text in compared if "checks.claim(" in text]


def test_exercises_have_stub_checker_hint_and_solution(notebook, solutions):
    stubs = notebook.tagged("exercise")
    assert len(re.findall(r"^### Exercise ", notebook.text, re.M)) == len(stubs)
    assert notebook.text.count("<summary>Hint</summary>") == len(stubs)
    solved = "\n".join(source(cell) for cell in solutions.code)
    for stub in stubs:
        checker = re.fullmatch(r"checks\.(\w+)\(.+\)", stub.strip().splitlines()[-1])
        assert checker and checker[1] in checks.EXERCISES, stub
        assert f"assert checks.{checker[1]}(" in solved
    # no stub holds its answer
    verdicts = ["".join(text) for text in notebook.shown("text/plain")]
    assert sum("not attempted" in text for text in verdicts) == len(stubs)


def test_every_registered_exercise_is_in_a_notebook():
    used = [name for path in NOTEBOOKS for name in Notebook.read(path).exercises()]
    assert sorted(used) == sorted(checks.EXERCISES)


def test_headings_of_exercises_match_the_solutions(notebook, solutions):
    pattern = re.compile(r"^#+ (Exercise \d\d\.\d+)", re.M)
    assert pattern.findall(notebook.text) == pattern.findall(solutions.text)


def test_outputs_are_from_one_clean_run(any_path):
    notebook = Notebook.read(any_path)
    assert [c["execution_count"] for c in notebook.code] == list(range(1, len(notebook.code) + 1))
    assert not [o for o in notebook.outputs if o["output_type"] == "error"]
    assert not [o for o in notebook.outputs if o.get("name") == "stderr"]
    assert any("profile cpu" in "".join(o.get("text", "")) for o in notebook.outputs)


def shown_texts(cell) -> list:
    """What a cell's outputs hold, pictures aside."""
    texts = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        texts += [output.get("text", ""), *(data[kind] for kind in data if "image" not in kind)]
    return texts


def test_file_is_portable(any_path):
    notebook = Notebook.read(any_path)
    assert notebook.size < LARGEST
    assert notebook.document["metadata"]["kernelspec"]["name"] == "python3"
    for cell in notebook.cells:
        assert cell.get("id")
        text = json.dumps([cell["source"], shown_texts(cell)])
        assert not MACHINE_PATH.search(text), text[:200]


def test_links_between_notebooks_lead_somewhere(any_path):
    for target in re.findall(r"\]\(([^)#]+)\)", Notebook.read(any_path).text):
        if not target.startswith("http"):
            assert (any_path.parent / target).exists(), target
