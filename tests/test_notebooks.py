"""The notebooks' form. That they run is tested by nbval (`make test`); that their claims hold by
`make course`.
"""

import json
import re
from pathlib import Path

import pytest

from gan_course import checks

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SOLUTIONS = sorted((FOLDER / "solutions").glob("*.ipynb"))
names = [path.stem for path in NOTEBOOKS]

# Limits (lowest, highest) of what a notebook holds; and the notebooks that need others, with the
# reason.
LIMITS = {
    "cells": (35, 60),
    "words": (1_500, 3_000),
    "lines": (150, 310),
    "exercises": (2, 4),
    "median": 13,
}
EXCEPTIONS = {
    # fourteen tricks, each written by hand once, and the verdicts on twenty
    "10_training_tricks": {"lines": (150, 315)},
    # twelve metrics, each written by hand once; the tables of papers, and what one of them says
    "11_evaluating_gans": {
        "cells": (35, 65),
        "words": (1_500, 3_120),
        "lines": (150, 350),
        "median": 14,
    },
    # a first picture before the first long cell
    "13_inpainting_super_resolution": {"lines": (150, 311)},
    # a long run beside the short one: what the discriminator's memory does in the end
    "14_data_augmentation": {"cells": (35, 62), "words": (1_500, 3_100), "lines": (150, 335)},
    # two programs that torchrun starts stand in it as text, and a step as a CUDA graph records it;
    # a first picture before a step
    "20_scaling_out": {
        "cells": (35, 61),
        "words": (1_500, 3_100),
        "lines": (150, 400),
        "median": 14,
    },
    # twelve exercises, each a function with a planted bug, which the reader mends: so no stub holds
    # a `...` either
    "19_bug_clinic": {
        "cells": (35, 92),
        "words": (1_500, 4_000),
        "lines": (150, 465),
        "exercises": (12, 12),
        "stub": "",
    },
}


class Notebook:
    def __init__(self, path: Path):
        self.cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        self.code = [c for c in self.cells if c["cell_type"] == "code"]
        self.markdown = [c for c in self.cells if c["cell_type"] == "markdown"]
        self.text = "\n\n".join(self.source(c) for c in self.markdown)
        self.outputs = [o for c in self.code for o in c["outputs"]]

    @staticmethod
    def source(cell) -> str:
        return "".join(cell["source"])

    def tagged(self, tag) -> list[str]:
        return [self.source(c) for c in self.code if tag in c["metadata"].get("tags", [])]


@pytest.fixture(params=NOTEBOOKS, ids=names)
def notebook(request):
    return Notebook(request.param)


@pytest.fixture(
    params=NOTEBOOKS + SOLUTIONS,
    ids=[str(p.relative_to(FOLDER).with_suffix("")) for p in NOTEBOOKS + SOLUTIONS],
)
def any_path(request):
    return request.param


def test_there_are_notebooks_and_each_has_solutions():
    assert len(NOTEBOOKS) >= 6 and [p.stem for p in SOLUTIONS] == names


def test_length(notebook, request):
    limits = LIMITS | EXCEPTIONS.get(request.node.callspec.id, {})
    # a table is looked up, not read
    prose = [line for line in notebook.text.splitlines() if not line.startswith("|")]
    words = len(" ".join(prose).split())
    lines = [line.strip() for c in notebook.code for line in notebook.source(c).splitlines()]
    # alt texts, closing brackets and blank lines are no code to read
    texts = re.compile(r"f?[\"'].*|[)\]}],?|\) *# fmt: skip|")
    lines = sum(not texts.fullmatch(line) for line in lines)
    for name, found in (("cells", len(notebook.cells)), ("words", words), ("lines", lines)):
        lowest, highest = limits[name]
        assert lowest <= found <= highest, (name, found)


def test_code_cells_are_short(notebook, request):
    limits = LIMITS | EXCEPTIONS.get(request.node.callspec.id, {})
    lengths = sorted(len(notebook.source(c).splitlines()) for c in notebook.code)
    assert lengths[-1] <= 40 and lengths[len(lengths) // 2] <= limits["median"]


def test_shape(notebook):
    assert notebook.source(notebook.cells[0]).startswith("# ")
    assert "ou will be able to" in notebook.text
    for heading in ("## Recap", "## References", "## What comes next"):
        assert heading in notebook.text, heading
    assert re.search(r"\*\*Predict", notebook.text)
    assert "runtime.start(" in notebook.source(notebook.code[0]) + notebook.source(notebook.code[1])


def test_figures_have_alt_text(notebook):
    pictures = [o for o in notebook.outputs if "image/png" in o.get("data", {})]
    assert 4 <= len(pictures) <= 12
    assert all(len(o["metadata"].get("image/png", {}).get("alt", "")) >= 40 for o in pictures)


def test_claims_stand_in_the_outputs_checked(notebook):
    found = [
        o["data"][checks.CLAIM_TYPE]
        for o in notebook.outputs
        if checks.CLAIM_TYPE in o.get("data", {})
    ]
    assert len(found) >= 4 and all(item["checked"] for item in found)
    sources = "\n".join(notebook.source(c) for c in notebook.code)
    assert "assert " not in sources  # what the prose states is a claim


def test_cells_whose_text_is_compared_hold_no_claim(notebook):
    # a stored claim names its profile, so it differs between the committed run and the test's
    assert not [
        source for source in notebook.tagged("nbval-check-output") if "checks.claim(" in source
    ]


def test_exercises_have_stub_checker_hint_and_solution(notebook, request):
    name = request.node.callspec.id
    limits = LIMITS | EXCEPTIONS.get(name, {})
    stubs = notebook.tagged("exercise")
    assert limits["exercises"][0] <= len(stubs) <= limits["exercises"][1]
    assert len(re.findall(r"^### Exercise ", notebook.text, re.M)) == len(stubs)
    assert notebook.text.count("<summary>Hint</summary>") == len(stubs)
    solutions = Notebook(FOLDER / "solutions" / f"{name}.ipynb")
    solved = "\n".join(solutions.source(c) for c in solutions.code)
    for stub in stubs:
        checker = re.fullmatch(r"checks\.(\w+)\(.+\)", stub.strip().splitlines()[-1])
        assert checker and limits.get("stub", "...") in stub, stub
        assert checker[1] in checks.EXERCISES
        assert f"assert checks.{checker[1]}(" in solved
    not_attempted = [
        o
        for o in notebook.outputs
        if "not attempted" in "".join(o.get("data", {}).get("text/plain", ""))
    ]
    assert len(not_attempted) == len(stubs)


def test_every_registered_exercise_is_in_a_notebook():
    used = "\n".join(stub for path in NOTEBOOKS for stub in Notebook(path).tagged("exercise"))
    assert all(f"checks.{name}(" in used for name in checks.EXERCISES)


def test_headings_of_exercises_match_the_solutions(notebook, request):
    solutions = Notebook(FOLDER / "solutions" / f"{request.node.callspec.id}.ipynb")
    pattern = re.compile(r"^#+ (Exercise \d\d\.\d+)", re.M)
    assert pattern.findall(notebook.text) == pattern.findall(solutions.text)


def test_outputs_are_from_one_clean_run(any_path):
    notebook = Notebook(any_path)
    assert [c["execution_count"] for c in notebook.code] == list(range(1, len(notebook.code) + 1))
    assert not [o for o in notebook.outputs if o["output_type"] == "error"]
    assert not [o for o in notebook.outputs if o.get("name") == "stderr"]
    assert any("profile cpu" in "".join(o.get("text", "")) for o in notebook.outputs)


def test_file_is_portable(any_path):
    raw = any_path.read_text(encoding="utf-8")
    assert len(raw) < 1_500_000
    document = json.loads(raw)
    assert document["metadata"]["kernelspec"]["name"] == "python3"
    assert all(cell.get("id") for cell in document["cells"])
    for cell in document["cells"]:
        outputs = [
            {**o.get("data", {}), "text": o.get("text", "")} for o in cell.get("outputs", [])
        ]
        shown = [
            value for output in outputs for kind, value in output.items() if "image" not in kind
        ]
        text = json.dumps([cell["source"], shown])
        assert not re.search(r"(?<![\w.:/])/(home|root|work|tmp|Users|usr)/", text), text[:200]


def test_links_between_notebooks_lead_somewhere(any_path):
    for target in re.findall(r"\]\(([^)#]+)\)", Notebook(any_path).text):
        if not target.startswith("http"):
            assert (any_path.parent / target).exists(), target
