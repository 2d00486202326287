"""The buttons that open a notebook elsewhere, and the cell that installs the course there."""

import importlib.util
import json
import re
from importlib import metadata
from pathlib import Path

import buttons
import course_map
import notebook_pages
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

ROOT = Path(__file__).parents[1]
ADDRESS = buttons.repository()
OTHER = "https://github.com/somebody/another-name"
FILES = sorted((ROOT / "notebooks").rglob("[0-9][0-9]_*.ipynb"))
INSTALL = buttons.INSTALL.replace("ARCHIVE", buttons.archive(OTHER))


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def addresses(text: str) -> set[str]:
    """The repositories that a text's links name."""
    return set(re.findall(r"(?:github\.com|/gh|/github)/([\w.-]+/[\w.-]+)", text))


@pytest.mark.parametrize("path", FILES, ids=place)
def test_each_notebook_has_the_buttons_and_the_cell_of_today(path):
    """Else: python book/buttons.py."""
    written = read(path)
    buttons.write_notebook(written, place(path), ADDRESS)
    assert written == read(path)
    (first,) = [i for i, cell in enumerate(written["cells"]) if cell["id"] == buttons.CELL]
    assert all(cell["cell_type"] == "markdown" for cell in written["cells"][:first])
    assert written["cells"][first]["outputs"] == []


@pytest.mark.parametrize("path", FILES[:1] + FILES[-1:], ids=place)
def test_every_button_follows_the_setting(path):
    notebook = read(path)
    buttons.write_notebook(notebook, place(path), OTHER)
    (block,) = buttons.BLOCK.findall(notebook_pages.source(notebook["cells"][0]))
    install = next(cell for cell in notebook["cells"] if cell["id"] == buttons.CELL)
    assert addresses(block) == {"somebody/another-name"}
    assert addresses("".join(install["source"])) == {"somebody/another-name"}
    for site in ("colab.research.google.com", "kaggle.com", "mybinder.org", "/raw/main/"):
        assert site in block
    assert block.count(place(path)) == 4
    buttons.write_notebook(notebook, place(path), ADDRESS)
    again = read(path)
    buttons.write_notebook(again, place(path), ADDRESS)
    assert notebook == again  # and back


def test_the_readme_follows_the_setting():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert buttons.readme(text, ADDRESS) == text, "python book/buttons.py"
    moved = buttons.readme(text, OTHER)
    assert addresses(buttons.BLOCK.search(moved)[0]) == {"somebody/another-name"}
    assert "lead nowhere" not in moved and moved.startswith("# The GAN course\n")
    assert buttons.without(moved) == buttons.without(text)


def test_the_site_follows_the_setting(monkeypatch):
    monkeypatch.setattr(buttons, "repository", lambda: OTHER)
    names = notebook_pages.stems(ROOT / "notebooks")
    entries = course_map.read(ROOT / "book" / "course.yaml", names)
    strip = notebook_pages.strip(entries[0], entries, slides=None)
    assert addresses(strip) == {"somebody/another-name"}
    assert 'href="../downloads/00_start_here.ipynb" download' in strip
    solved = read(ROOT / "notebooks" / "solutions" / f"{names[0]}.ipynb")
    page = notebook_pages.solutions_page(solved, entries[0], entries)
    first = notebook_pages.source(page["cells"][0])
    assert addresses(first) == {"somebody/another-name"} and buttons.START not in first


def test_the_setting_is_one_line(tmp_path, monkeypatch):
    for name in ("README.md", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(buttons, "ROOT", tmp_path)
    monkeypatch.setattr(buttons, "SETTINGS", tmp_path / "pyproject.toml")
    path = tmp_path / "notebooks" / FILES[0].name
    path.parent.mkdir()
    path.write_bytes(FILES[0].read_bytes())
    assert buttons.main(["--repository", f"{OTHER}/"]) == 0
    assert buttons.repository() == OTHER
    for name in (path, tmp_path / "README.md"):
        text = name.read_text(encoding="utf-8")
        assert "OWNER/gan" not in text and OTHER in text
    with pytest.raises(SystemExit):
        buttons.main(["--repository", "somewhere.example/else"])
    assert buttons.repository() == OTHER


def test_binder_is_offered_where_the_memory_is_enough(monkeypatch):
    monkeypatch.setattr(buttons, "peaks", lambda: {"11_large": 3492, "12_small": 1500})
    small, large = "notebooks/12_small.ipynb", "notebooks/11_large.ipynb"
    assert "Binder" in buttons.links(small, OTHER) and not buttons.missing(small)
    assert "Binder" not in buttons.links(large, OTHER)
    in_markdown = buttons.line(large, OTHER, "here.ipynb")
    for shown in (in_markdown, buttons.row(large, OTHER, "here.ipynb", "Download")):
        assert "this notebook needs 3.5 GB of memory, and 1.8 of Binder's 2 GB" in shown
        assert "mybinder" not in shown


def test_every_notebook_is_measured():
    assert {path.stem for path in FILES} <= buttons.peaks().keys()


def test_a_title_keeps_its_text():
    text = "# 03 · Title\n\nFirst.\n\nSecond."
    once = buttons.set_in(text, "one")
    assert once == f"# 03 · Title\n\n{buttons.START}\none\n{buttons.END}\n\nFirst.\n\nSecond."
    twice = buttons.set_in(once, "two")
    assert twice == once.replace("one\n", "two\n") and buttons.without(twice) == text


def play(monkeypatch, tmp_path, there: bool) -> tuple[list[str], str]:
    """Run the cell where the course is there or not: what pip was asked for, and what it showed."""
    asked = []
    shell = InteractiveShell()
    shell.register_magic_function(asked.append, "line", "pip")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if there else None)
    with capture_output() as shown:
        shell.run_cell(INSTALL).raise_error()
    return asked, shown.stdout + shown.stderr


def test_the_cell_does_nothing_where_the_course_is(monkeypatch, tmp_path):
    assert play(monkeypatch, tmp_path, there=True) == ([], "")
    assert not list(tmp_path.iterdir())


def test_the_cell_keeps_what_the_host_has(monkeypatch, tmp_path):
    asked, shown = play(monkeypatch, tmp_path, there=False)
    wanted = f"{OTHER}/archive/refs/heads/main.zip"
    assert asked == [f"install --quiet --constraint stays.txt {wanted}"] and not shown
    lines = (tmp_path / "stays.txt").read_text(encoding="utf-8").splitlines()
    for name in ("torch", "numpy", "ipykernel", "ipywidgets"):
        assert f"{name}=={metadata.version(name)}" in lines
