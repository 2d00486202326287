"""The parts of the site's builder: map, pages, claims. The site itself: tests/browser."""

import dataclasses
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import borrow
import claims_page
import course_map
import excerpts
import notebook_pages
import pdf
import pytest

ROOT = Path(__file__).parent.parent
CLAIM_TYPE = claims_page.CLAIM_TYPE
NOTEBOOKS = ROOT / "notebooks"
NAMES = notebook_pages.stems(NOTEBOOKS)
ENTRIES = course_map.read(ROOT / "book" / "course.yaml", NAMES)


def notebook(name: str, folder: Path = NOTEBOOKS) -> dict:
    return json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))


def text(source: str, **extra) -> dict:
    return {"cell_type": "markdown", "id": "m", "metadata": {}, "source": source, **extra}


def code(source: str, *outputs: dict) -> dict:
    return {
        "cell_type": "code",
        "id": "c",
        "metadata": {},
        "execution_count": 1,
        "source": source,
        "outputs": list(outputs),
    }


def claimed(
    sentence: str,
    value: str = "",
    checked: bool = True,
    profile: str = "cpu",
    as_html: bool = False,
) -> dict:
    """A claim as notebooks store it; as_html: with HTML beside the text, as newer ones do."""
    claim = {"claim": sentence, "value": value, "checked": checked, "profile": profile}
    data = {"text/plain": sentence, CLAIM_TYPE: claim}
    if as_html:
        data["text/html"] = f"<div>{sentence}</div>"
    return {"output_type": "display_data", "metadata": {}, "data": data}


# the map


def test_course_yaml_must_fit_the_notebooks(tmp_path):
    file = ROOT / "book" / "course.yaml"
    with pytest.raises(ValueError, match="05_new"):
        course_map.read(file, sorted([*NAMES, "05_new"]))
    with pytest.raises(ValueError, match=NAMES[-1]):
        course_map.read(file, NAMES[:-1])
    wrong = tmp_path / "course.yaml"
    wrong.write_text(
        file.read_text(encoding="utf-8").replace('after: ["07"]', 'after: ["77"]'), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="builds on 77"):
        course_map.read(wrong, NAMES)


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_map_has_a_linked_card_for_each_notebook_and_its_arrows(layout):
    svg = ElementTree.fromstring(course_map.svg(ENTRIES, layout))
    assert [card.get("href") for card in svg.iter("a")] == [
        f"notebooks/{name}.html" for name in NAMES
    ]
    arrows = [path for path in svg.iter("path") if path.get("class") == "edge"]
    assert len(arrows) == sum(len(entry.after) for entry in ENTRIES) > len(ENTRIES) - 2


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_no_arrow_runs_behind_a_third_card(layout):
    svg = ElementTree.fromstring(course_map.svg(ENTRIES, layout))
    boxes = [
        tuple(float(card.find("rect").get(key)) for key in ("x", "y", "width", "height"))
        for card in svg.iter("a")
    ]
    for arrow in (path.get("d") for path in svg.iter("path") if path.get("class") == "edge"):
        x, y = map(float, re.match(r"M([-\d.]+),([-\d.]+)", arrow).groups())
        corners = []
        for kind, numbers in re.findall(r"([HVC])([-\d., ]+)", arrow):
            values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
            to = {"C": (values[-2:]), "H": [values[0], y], "V": [x, values[0]]}[kind]
            corners += [(x + (to[0] - x) * t / 20, y + (to[1] - y) * t / 20) for t in range(21)]
            x, y = to
        inside = [
            (a, b)
            for a, b in corners
            for left, top, w, h in boxes
            if left < a < left + w and top < b < top + h
        ]
        assert not inside, arrow


def test_two_notebooks_in_one_place_are_an_error():
    twin = dataclasses.replace(ENTRIES[1], name="99_twin")
    with pytest.raises(ValueError, match="share a place"):
        course_map.svg([*ENTRIES, twin], "wide")


def test_minutes_of_the_map_are_those_of_the_notebooks():
    words = {60: r"\bhour\b|60 minutes", 90: r"[Aa]n hour .* another half|90 minutes"}
    for entry in ENTRIES:
        opening = " ".join(map(notebook_pages.source, notebook(entry.name)["cells"][:2]))
        time = re.search(r"\*\*(?:Expected time|Time)\.\*\*.*", " ".join(opening.split()))[0]
        pattern = words.get(entry.minutes, rf"{entry.minutes} minutes")
        # 04 gives the machine's share only
        if re.search("[Rr]eading|to read", time):
            assert re.search(pattern, time), (entry.name, time)


# pages made from notebooks


def test_solutions_are_folded_in_behind_their_hints():
    cells = [
        text("## Exercises\n\n### Exercise 01.1: first"),
        code("..."),
        text("<details><summary>Hint</summary>\n\nA\n\n</details>\n\n### Exercise 01.2: second"),
        code("..."),
        text("<details><summary>Hint</summary>\n\nB\n\n</details>"),
    ]
    solved = [
        text("# Solutions"),
        text("### Exercise 01.1: first"),
        code("one"),
        text("### Exercise 01.2: second"),
        code("two"),
    ]
    page = notebook_pages.fold_in(cells, notebook_pages.split(solved), "01_x")
    order = [notebook_pages.source(cell).strip().splitlines()[-1] for cell in page]
    kept = [line for line in order if line in ("one", "two") or line.startswith(("###", "</"))]
    end = "</details>"
    first = ["### Exercise 01.1: first", end, "one", end]
    assert kept == [*first, "### Exercise 01.2: second", end, "two", end]


def test_a_solution_without_a_hint_is_an_error():
    cells, answers = [text("### Exercise 01.1"), code("...")], {"Exercise 01.1": [code("one")]}
    with pytest.raises(ValueError, match=r"01_x: no hint .* Exercise 01.1"):
        notebook_pages.fold_in(cells, answers, "01_x")


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_pages_hold_the_notebook_its_solutions_and_the_strip(entry):
    original, solutions = notebook(entry.name), notebook(entry.name, NOTEBOOKS / "solutions")
    before = json.dumps(original)
    page = notebook_pages.notebook_page(original, entry, ENTRIES, solutions, slides=None)
    assert json.dumps(original) == before  # the notebook itself stays as it was
    sources = [notebook_pages.source(cell) for cell in page["cells"]]
    assert f"You will need {entry.minutes} minutes" in sources[0] and "Slides" not in sources[0]
    assert sources[0].startswith(notebook_pages.source(original["cells"][0]).splitlines()[0])
    headings = notebook_pages.HEADING.findall("\n".join(sources))
    assert sum("Solution of exercise" in text for text in sources) == len(headings) >= 2
    code_cells = [cell for cell in original["cells"] if cell["cell_type"] == "code"]
    assert set(map(notebook_pages.source, code_cells)) <= set(sources)
    identifiers = [cell["id"] for cell in page["cells"]]
    assert len(set(identifiers)) == len(identifiers)
    deck = "../../slides/deck.html"
    with_deck = notebook_pages.notebook_page(original, entry, ENTRIES, solutions, slides=deck)
    assert f'<a href="{deck}">Slides</a>' in with_deck["cells"][0]["source"]


def test_mentions_of_notebooks_become_links():
    heading, rest = "# 02 after notebook 01\nSee ", ", Notebook 03, [notebook 04](x), notebook 77."
    page = {"cells": [text(f"{heading}notebook 01{rest}")]}
    notebook_pages.link_mentions(page, ENTRIES, folder="../", own="03")
    link = "[notebook 01](../01_minimax_objective.ipynb)"
    assert page["cells"][0]["source"] == f"{heading}{link}{rest}"


def test_drawings_are_found_from_the_pages():
    page = {"cells": [text("![It](../book/figures/game.svg)")]}
    notebook_pages.link_mentions(page, ENTRIES, folder="", own="00")
    assert page["cells"][0]["source"] == "![It](../figures/game.svg)"


@pytest.mark.parametrize("as_html", [False, True])
def test_claims_become_paragraphs_with_anchors(as_html):
    later = claimed("later", checked=False, profile="quick")
    page = {"cells": [code("", claimed("p*q = $3", "1 < 2", as_html=as_html), later)]}
    notebook_pages.anchor_claims(page)
    outputs = page["cells"][0]["outputs"]
    assert all(output["data"].keys() == {"text/markdown"} for output in outputs)
    first, second = (output["data"]["text/markdown"] for output in outputs)
    assert first.startswith("{#claim-1 .claim .true}\n**✔ holds** p\\*q \\= \\$3")
    assert "1 \\< 2" in first
    assert second.startswith("{#claim-2 .claim .unchecked}\n**○ not checked in profile quick**")


# the page of claims


def page_of(*outputs: dict, tmp_path: Path) -> str:
    path = tmp_path / "01_x.ipynb"
    versions = "gan_course 1 · Python 3 · torch 2 · device cpu · profile cpu\n"
    line = {"output_type": "stream", "name": "stdout", "text": versions}
    content = {"cells": [code("runtime.start()", line), code("", *outputs)]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return claims_page.page([("01_x", "The title", path, content)], [])


def test_page_of_claims_says_value_place_versions_and_day(tmp_path):
    page = page_of(claimed("one is 1", "1 | 2"), tmp_path=tmp_path)
    assert "**1 claims, 1 checked and true, 0 unchecked.**" in page
    link, verdict = '<a href="../notebooks/01_x.html#claim-1">01.1</a>', "✔ true</span>"
    assert f'{link} | one is 1 | 1 \\| 2 | <span class="verdict true">{verdict}' in page
    assert "gan\\_course 1 · Python 3 · torch 2 · device cpu" in page
    # a new file has no commit
    assert re.search(r"\| 1 \| 1 \| \d{4}-\d\d-\d\d \(date of the file\) \|", page)


def test_page_of_claims_tells_unchecked_from_true(tmp_path):
    page = page_of(claimed("a"), claimed("b", checked=False, profile="quick"), tmp_path=tmp_path)
    assert "**2 claims, 1 checked and true, 1 unchecked.**" in page and page.count("✔ true") == 1
    assert '<span class="verdict unchecked">○ unchecked in profile quick</span>' in page


def test_every_claim_of_the_course_is_on_the_page():
    groups = [(NOTEBOOKS, "../notebooks/"), (NOTEBOOKS / "solutions", "../notebooks/solutions/")]
    listed = [
        [(name, name, folder / f"{name}.ipynb", notebook(name, folder)) for name in NAMES]
        for folder, _ in groups
    ]
    page = claims_page.page(*listed)
    for (folder, link), sources in zip(groups, listed):
        files = [(folder / f"{name}.ipynb").read_text(encoding="utf-8") for name in NAMES]
        stored = sum(file.count(f'"{CLAIM_TYPE}"') for file in files)
        assert len(re.findall(rf'<a href="{link}\d', page)) == stored > 20
        assert all(claims_page.versions(content) for *_, content in sources)


def test_lock_file_names_no_host():
    assert "resolved" not in (ROOT / "book" / "package-lock.json").read_text(encoding="utf-8")


# cells that fold away


@pytest.mark.parametrize("folder", [NOTEBOOKS, NOTEBOOKS / "solutions"], ids=lambda f: f.name)
def test_cells_that_fold_away_fold_on_the_site_and_in_jupyterlab(folder):
    for name in NAMES:
        for cell in notebook(name, folder)["cells"]:
            tags = cell["metadata"].get("tags", [])
            hidden = cell["metadata"].get("jupyter", {}).get("source_hidden", False)
            assert hidden == ("hide-input" in tags), (name, cell["id"])
            assert not hidden or "exercise" not in tags, (name, cell["id"])


def test_cells_whose_text_is_compared_show_no_table():
    for name in NAMES:
        for cell in notebook(name)["cells"] + notebook(name, NOTEBOOKS / "solutions")["cells"]:
            if "nbval-check-output" in cell["metadata"].get("tags", []):
                assert "plots.table(" not in notebook_pages.source(cell), (name, cell["id"])
                kinds = {output["output_type"] for output in cell["outputs"]}
                assert kinds == {"stream"}, (name, cell["id"])


# the book on paper, loops and drawings, excerpts


def test_pages_become_sections_of_one_page_with_links_among_them(tmp_path):
    page = '<article class="bd-article"><section id="a"><a href="two.html#b">x</a>{}</section>'
    page += "</article>"
    view = '<script type="application/vnd.jupyter.widget-view+json">{"model_id": "m1"}</script>'
    for folder in ("html/notebooks", "src/notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "html/notebooks/one.html").write_text(
        page.format(f'<img src="../_images/c.png"><a href="#a">y</a>{view}<script>z()</script>')
    )
    data = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "m1"},
        "image/png": "AAAA",
        "text/plain": "a widget",
    }
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    content = {"cells": [code("show()", output)]}
    (tmp_path / "src/notebooks/one.ipynb").write_text(json.dumps(content))
    names = ["notebooks/one", "notebooks/two"]
    found = pdf.article(tmp_path / "html", tmp_path / "src", "notebooks/one", names)
    assert 'id="notebooks/one/a"' in found and 'href="#notebooks/two/b"' in found
    assert 'src="_images/c.png"' in found and 'href="#notebooks/one/a"' in found
    assert "data:image/png;base64,AAAA" in found and "<script" not in found


def test_drawings_and_loops_are_described():
    for path in (ROOT / "book" / "figures").glob("*.svg"):
        title, text = borrow.described(path)
        assert 5 < len(title) < 60 and len(text) >= 40, path.name
    listed = borrow.loops(ROOT / "book" / "loops")
    assert len(listed) == 6
    for loop in listed:
        assert len(loop["alt"]) >= 40 and loop["notebook"] in {entry.number for entry in ENTRIES}
        for kind in ("webp", "png"):
            size = (ROOT / "book" / "loops" / f"{loop['name']}.{kind}").stat().st_size
            assert 5_000 < size < 1_000_000, loop["name"]


def test_excerpts_are_the_text_of_sections_without_folded_parts(tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "page.html").write_text(
        '<nav>menu</nav><article class="bd-article"><section id="a"><h1>Title'
        '<a class="headerlink">#</a></h1><p>One.<br>Two.</p><section id="b">Three'
        "<details>answer</details></section></section></article><p>foot</p>"
    )
    excerpts.write(tmp_path)
    script = (tmp_path / "_static" / "search-texts.js").read_text(encoding="utf-8")
    found = json.loads(script.split("=", 1)[1].rstrip(";\n"))
    assert found == {"page": [["a", "Title One. Two."], ["b", "Three"]]}
