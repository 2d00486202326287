"""book/slides: from a notebook's metadata to a deck."""

import base64
import json
import re
import struct
import zlib
from pathlib import Path

import build_decks
import decks
import pytest

from gan_course.plots import Table

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def png(width: int, height: int) -> str:
    """A white picture, base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        length, check = (struct.pack(">I", value) for value in (len(data), zlib.crc32(kind + data)))
        return length + kind + data + check

    rows = (b"\0" + b"\xff" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode()


def figure(width: int = 800, height: int = 300, alt: str = "A white picture.") -> dict:
    metadata = {"image/png": {"alt": alt}} if alt else {}
    data = {"image/png": png(width, height), "text/plain": "<IPython.core.display.Image object>"}
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def claim(sentence: str, value: str = "") -> dict:
    claim = {"claim": sentence, "value": value, "checked": True, "profile": "cpu"}
    data = {decks.CLAIM_TYPE: claim, "text/plain": sentence, "text/html": f"<div>{sentence}</div>"}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def printed(text: str) -> dict:
    return {"output_type": "stream", "name": "stdout", "text": text}


def shown(table: Table) -> dict:
    data = {"text/html": table._repr_html_().splitlines(keepends=True), "text/plain": repr(table)}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def widget() -> dict:
    data = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "VBox()"}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def cell(name: str, source: str = "", slide=None, outputs: list | None = None) -> dict:
    kind = "markdown" if outputs is None else "code"
    found = {"id": name, "cell_type": kind, "metadata": {}, "source": source}
    if slide is not None:
        found["metadata"]["slide"] = slide
    if outputs is not None:
        found["outputs"] = outputs
    return found


FIRST = cell(
    "first",
    "# 07 · A tiny one\n\nProse.",
    {"kind": "title", "text": "What you will see.", "minutes": 1.5},
)


def deck(*cells: dict):
    return decks.read_deck({"cells": [FIRST, *cells]}, "07_tiny")


def slide(*args, **kwargs):
    return deck(cell("it", *args, **kwargs)).slides[1]


def test_a_notebook_without_slides_has_no_deck():
    assert decks.read_deck({"cells": [cell("first", "# 07 A tiny one")]}, "07_tiny") is None


def test_title_slide_takes_the_heading_and_the_sum_of_minutes(tmp_path):
    made = deck(
        cell("a", "## 1. One", {"minutes": 2}),
        cell("b", "skipped"),
        cell("c", "Two.", {"minutes": 3}),
    )
    assert (made.number, made.title, made.minutes, len(made.slides)) == ("07", "A tiny one", 6.5, 3)
    assert [s.end for s in made.slides] == [1.5, 3.5, 6.5]
    page = build_decks.write_deck(made, tmp_path).read_text(encoding="utf-8")
    assert "3 slides · 6.5 minutes · text and figures CC BY 4.0, code MIT" in page
    assert "What you will see." in page and "skipped" not in page
    assert "2 min, until 3:30 of 6:30" in page and 'data-timing="120"' in page


def test_source_stands_on_the_slide_unless_text_replaces_it():
    kept = slide(
        "## 3. A heading\n\nLong prose with "
        "$a<b$.\n\n<details><summary>Hint</summary>\n\nsecret\n\n</details>",
        {},
    )
    assert kept.title == "A heading" and r"\(a&lt;b\)" in kept.parts[0]
    assert "secret" not in "".join(kept.parts) and "A heading" not in "".join(kept.parts)
    replaced = slide("## 3. A heading\n\nLong prose.", {"title": "A *statement*", "text": "Short."})
    assert (replaced.title, replaced.parts) == ("A <em>statement</em>", ["<p>Short.</p>\n"])


def test_pauses_formulas_and_links():
    made = slide(
        "",
        {
            "text": "One.\n\n. . .\n\n$$x_1 < 2$$\n\n. . .\n\n[01](01_minimax_objective.ipynb), "
            "[sol](solutions/01.ipynb)"
        },
    )
    assert len(made.parts) == 3
    assert r"\[x_1 &lt; 2\]" in made.parts[1]
    assert 'href="01_minimax_objective.html"' in made.parts[2] and "solutions" not in made.parts[2]


def test_a_drawing_stands_in_the_deck_itself():
    made = slide("", {"text": "![The <game>](../book/figures/game.svg)"})
    data = re.search(
        r'src="data:image/svg\+xml;base64,([^"]+)" alt="The &lt;game&gt;"', made.parts[0]
    )
    drawing = ROOT / "book/figures/game.svg"
    assert base64.b64decode(data[1]) == drawing.read_bytes()
    for missing in ("../book/figures/none.svg", "picture.png"):
        with pytest.raises(decks.DeckError, match="is no drawing in book/figures"):
            slide("", {"text": f"![A drawing]({missing})"})


def test_one_cell_gives_several_slides():
    made = deck(
        cell(
            "it",
            "prose",
            [{"kind": "question", "title": "What if?"}, {"title": "So.", "text": "That."}],
        )
    )
    assert [s.kind for s in made.slides] == ["title", "question", "plain"]


def test_figures_keep_their_alt_text_and_stand_below_or_beside():
    wide = slide("plot()", {"text": "See."}, [printed("noise"), figure(800, 300, 'A "wide" one.')])
    assert len(wide.shown) == 1 and wide.layout == "below"
    assert "A &quot;wide&quot; one." in wide.shown[0]
    assert slide("plot()", {"text": "See."}, [figure(400, 400)]).layout == "beside"
    # there is no text to stand beside
    assert slide("plot()", {}, [figure(400, 400)]).layout == "below"
    below = {"text": "See.", "layout": "below"}
    assert slide("plot()", below, [figure(400, 400)]).layout == "below"


def test_crop_shows_a_part_of_a_figure():
    made = slide("plot()", {"crop": [0.5, 0, 1, 0.25]}, [figure(800, 400)])
    data = re.search(r"base64,([^\"]+)", made.shown[0])[1]
    assert struct.unpack(">II", base64.b64decode(data)[16:24]) == (400, 100)


def test_printed_tables_become_tables_and_claims_show_their_value():
    table = (
        "warm up\nring, mean\n      modes  KL\n----  -----  ----\nGAN   1.0    2.1 ± 0.1\nbest\n"
    )
    outputs = [printed(table), claim("all <8> modes", "8 of 8"), widget()]
    made, claimed = slide("run()", {"show": "output"}, outputs).shown
    assert "<caption>ring, mean</caption>" in made and "warm up" not in made
    assert "<tr><td>GAN</td><td>1.0</td><td>2.1 ± 0.1</td></tr>" in made
    assert "<tr><td>best</td><td></td><td></td></tr>" in made
    assert "all &lt;8&gt; modes" in claimed and "8 of 8" in claimed
    # one run of print, stored in two pieces
    pieces = slide("run()", {"show": "output"}, [printed("one\n"), printed("two\n")])
    assert len(pieces.shown) == 1
    assert pieces.shown[0] == '<p class="result">one</p><p class="result">two</p>'


def test_printed_lines_become_rows_and_sentences():
    def lines(text):
        return slide("run()", {"show": "output"}, [printed(text)]).shown[0]

    assert "<tr><td>seed 0</td><td>8 modes</td></tr>" in lines("seed 0: 8 modes\nseed 1: 7 modes\n")
    assert "<tr><td>a</td><td>1</td><td>2</td></tr>" in lines("a   1   2\nbc  3   4\n")
    assert lines("8 <modes>\n") == '<p class="result">8 &lt;modes&gt;</p>'


def test_a_live_slide_shows_the_laboratory_and_leads_there():
    made = slide("", {"title": "Live", "text": "Play.", "live": "data=ring&lr_d=0.001"})
    assert 'href="../laboratory.html?data=ring&amp;lr_d=0.001"' in made.shown[0]
    assert made.layout == "beside" and 'alt="' in made.shown[0]


def test_figures_are_never_larger_than_sharp():
    assert 'style="max-width: 769px"' in slide("plot()", {}, [figure(1000, 400)]).shown[0]
    assert "max-width" not in slide("plot()", {}, [figure(1600, 640)]).shown[0]


def test_slides_know_their_section():
    made = deck(cell("a", "## 3. A heading", {"text": "x"}), cell("b", "y()", {}, [figure()]))
    assert [s.section for s in made.slides[1:]] == ["3. A heading"] * 2


def test_a_table_stored_as_html_is_the_table_that_was_printed():
    rows = [{"": "GAN", "modes": 1.0, "KL": "2.1 ± 0.1"}, {"": "a <b>", "modes": 12.5, "KL": ""}]
    table = Table(rows, "ring & grid")
    new = slide("run()", {"outputs": [0]}, [printed("warm up\n"), shown(table), printed("end\n")])
    old = slide("run()", {"outputs": [0]}, [printed(f"warm up\n{table}\nend\n")])
    assert new.shown == old.shown
    assert "<caption>ring &amp; grid</caption>" in new.shown[0]
    assert "<tr><td>a &lt;b&gt;</td><td>12.5</td><td></td></tr>" in new.shown[0]


def test_what_a_code_cell_shows_by_default():
    assert "figure" in slide("plot()", {}, [figure()]).shown[0]
    assert "plot" in slide("plot()", {}, [printed("x")]).shown[0]
    assert slide("plot()", {"text": "Words."}, [printed("x")]).shown == []
    both = slide("plot()", {"show": "both"}, [figure()]).shown
    assert "plot" in both[0] and "figure" in both[1]


def test_an_excerpt_of_the_code():
    source = "a = 1\nif a:\n    b = 2\n    c = 3\nd = 4"
    made = slide(source, {"show": "code", "from": "b =", "to": "c ="}, [])
    assert re.sub("<[^>]*>", "", made.shown[0]) == "b = 2\nc = 3"


@pytest.mark.parametrize(
    ("spec", "outputs", "message"),
    [
        ({"titel": "x"}, [figure()], "no key 'titel'"),
        ({"kind": "sections"}, [figure()], "kind is 'sections'"),
        ({"minutes": "3"}, [figure()], "minutes cannot be '3'"),
        ({"minutes": True}, [figure()], "minutes cannot be True"),
        ({"minutes": -1}, [figure()], "minutes is -1"),
        ({"show": "output"}, [], "no figure and no text"),
        ({"show": "output"}, [widget()], "no figure and no text"),
        ({"outputs": [1]}, [figure()], "no output 1"),
        ({"outputs": [-1]}, [figure()], "no output -1"),
        ({"outputs": [0]}, [widget()], "a widget needs a kernel"),
        ({}, [figure(alt="")], "no alt text"),
        ({"show": "none"}, [figure()], "empty"),
        ({"show": "code", "from": "nowhere"}, [figure()], "holds from: 'nowhere'"),
        ({"show": "code", "from": "b", "to": "a = 1"}, [figure()], "holds to: 'a = 1'"),
        ({"crop": [0.5, 0, 0.2, 1]}, [figure()], "crop is [0.5, 0, 0.2, 1]"),
        ("a title", [figure()], "a slide is a dictionary"),
        ({"kind": "title"}, [figure()], "its one slide of kind: title"),
    ],
)
def test_errors_name_the_notebook_and_the_cell(spec, outputs, message):
    with pytest.raises(decks.DeckError) as error:
        slide("a = 1\nb = 2", spec, outputs)
    assert message in str(error.value)
    assert str(error.value).startswith("07_tiny, cell ")


def test_a_deck_begins_with_its_title_slide():
    notebook = {"cells": [cell("it", "# 07 Name", {"title": "No title slide"})]}
    with pytest.raises(decks.DeckError, match="07_tiny, cell it: a deck begins"):
        decks.read_deck(notebook, "07_tiny")


def test_the_command_names_every_error_and_unknown_notebooks(tmp_path, capsys):
    for number, source in (("01", "bad"), ("02", "worse")):
        cells = [FIRST, cell(source, "", {"unknown": 1})]
        (tmp_path / f"{number}_x.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    plain = json.dumps({"cells": [cell("first", "# 03 Plain")]})
    (tmp_path / "03_x.ipynb").write_text(plain, encoding="utf-8")
    with pytest.raises(SystemExit, match="01_x, cell bad: .*\n.*02_x, cell worse"):
        build_decks.main(["--notebooks", str(tmp_path), "--out", str(tmp_path / "out")])
    assert "03_x: no slides in its metadata, skipped" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no such notebook .* 04_x"):
        build_decks.main(["04_x", "--notebooks", str(tmp_path), "--out", str(tmp_path / "out")])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_notebook_has_a_deck_with_notes_for_the_speaker(path):
    made = decks.read_deck(json.loads(path.read_text(encoding="utf-8")), path.stem)
    assert made, "no cell has slides"
    for s in made.slides:
        assert s.notes, f"{s.cell}: no notes for the speaker"
        assert s.minutes > 0 or s.kind == "section", f"{s.cell}: no minutes"


def test_the_lock_names_no_host_and_the_versions_that_work():
    lock = (ROOT / "book/package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    # 6 breaks the speaker's view
    assert packages["node_modules/reveal.js"]["version"].startswith("5.")
    assert packages["node_modules/mathjax"]["version"].startswith("3.")
