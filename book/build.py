"""Build the site of the course from its executed notebooks: `make book`, or `python book/build.py`.

The pages are gathered in OUT/src, the site is OUT/html. Nothing is executed: outputs are those in
the notebooks.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import borrow
import claims_page
import course_map
import excerpts
import notebook_pages
from slides.npm import modules
from widgets import site

BOOK = Path(__file__).resolve().parent
ROOT = BOOK.parent
sys.path.insert(0, str(BOOK / "teach"))
import plan  # noqa: E402

# pages in the order of the side bar
REFERENCE = [
    "play",
    "loops",
    "drawings",
    "help",
    "claims",
    "checked",
    "results",
    "glossary",
    "notation",
    "bibliography",
    "errata",
    "accessibility",
]


class Gathered:
    """The folder that Sphinx reads. A file is written only when it changed.

    So a second build reads only what is new.
    """

    def __init__(self, folder: Path):
        self.folder, self.kept = folder, set()

    def put(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        content = content.encode() if isinstance(content, str) else content
        self.kept.add(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)

    def copy(self, source: Path, name: str) -> None:
        """All files of a folder, into the folder `name`."""
        for path in sorted(source.rglob("*")):
            if path.is_file():
                self.put(str(Path(name) / path.relative_to(source)), path.read_bytes())

    def drop_old(self) -> None:
        """Remove what an earlier build left and this one did not write."""
        for path in self.folder.rglob("*"):
            if path.is_file() and path not in self.kept:
                path.unlink()


def toctree(caption: str, *lines: str) -> str:
    return "\n".join(
        ["", "```{toctree}", ":hidden:", f":caption: {caption}", "", *lines, "```", ""]
    )


def gather(notebooks: Path, out: Path, student: bool = False) -> Path:
    """Write all that Sphinx needs into OUT/src and return it. student: without solutions."""

    def shown(text: str) -> str:
        return notebook_pages.without_solutions(text) if student else text

    src = Gathered(out / "src")
    for folder in ("static", "templates", "figures"):
        src.copy(BOOK / folder, folder)
    for path, name in (
        (BOOK / "conf.py", "conf.py"),
        (modules() / "mathjax" / "es5" / "tex-svg-full.js", "static/mathjax.js"),
        (BOOK / "pictures" / "faces.png", "static/faces.png"),
        (BOOK / "pictures" / "generators.png", "static/generators.png"),
        (BOOK / "pictures" / "laboratory.png", "static/laboratory.png"),
        (BOOK / "pictures" / "quality.png", "static/quality.png"),
    ):
        src.put(name, path.read_bytes())
    scripts = out / "widgets"
    shutil.rmtree(scripts, ignore_errors=True)
    scripts.mkdir(parents=True)
    site.write(scripts)
    src.copy(scripts, "static")
    src.put("extra/laboratory.html", site.write_laboratory(scripts).read_bytes())

    loops = borrow.loops(BOOK / "loops")
    for loop in loops:
        for kind in ("webp", "png"):
            name = f"{loop['name']}.{kind}"
            src.put(f"static/loops/{name}", (BOOK / "loops" / name).read_bytes())
    src.put("pages/loops.md", borrow.loops_page(loops))
    drawings = sorted((BOOK / "figures").glob("*.svg"))
    for path in drawings:
        src.put(f"extra/drawings/{path.name}", path.read_bytes())
    src.put("pages/drawings.md", borrow.drawings_page(drawings))

    names = notebook_pages.stems(notebooks)
    entries = course_map.read(BOOK / "course.yaml", names)
    listed, solved = [], []
    for entry in entries:
        paths = notebooks / f"{entry.name}.ipynb", notebooks / "solutions" / f"{entry.name}.ipynb"
        content = json.loads(paths[0].read_text(encoding="utf-8"))
        solutions = {"cells": []}
        if not student:
            solutions = json.loads(paths[1].read_text(encoding="utf-8"))
        deck = f"slides/{entry.name}.html"
        slides = f"../{deck}" if (out / "html" / deck).exists() else None
        moving = [loop for loop in loops if loop["notebook"] == entry.number]
        page = notebook_pages.notebook_page(content, entry, entries, solutions, slides, moving)
        src.put(f"notebooks/{entry.name}.ipynb", shown(json.dumps(page, ensure_ascii=False)))
        src.put(f"extra/downloads/{paths[0].name}", paths[0].read_bytes())
        listed.append((entry.name, entry.title, paths[0], content))
        if student:
            continue
        src.put(
            f"notebooks/solutions/{entry.name}.ipynb",
            json.dumps(notebook_pages.solutions_page(solutions, entry, entries)),
        )
        src.put(f"extra/downloads/solutions/{paths[1].name}", paths[1].read_bytes())
        solved.append((entry.name, entry.title, paths[1], solutions))

    src.put("map.html", "\n".join(course_map.svg(entries, layout) for layout in ("wide", "narrow")))
    src.put("pages/claims.md", claims_page.page(listed, solved))
    if not student:
        src.put("pages/solutions.md", solutions_index(entries))
        sample = BOOK / "teach" / "sample_project.ipynb"
        src.put("pages/sample_project.ipynb", sample.read_bytes())
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    src.put("pages/results.md", results.replace("../book/pictures/", "../static/"))
    pages = [*(BOOK / "pages").glob("*.md"), ROOT / "gan_course" / "assets" / "help.md"]
    for path in sorted(pages):
        text = path.read_text(encoding="utf-8")
        if path.name == "instructors.md":
            if student:
                continue
            text = plan.fill(text, notebooks)
        src.put(f"pages/{path.name}", shown(notebook_pages.doc_links(text)))
    index = (BOOK / "index.md").read_text(encoding="utf-8")
    src.put("index.md", shown(index) + contents(entries, student))
    src.drop_old()
    return src.folder


def contents(entries: list[course_map.Entry], student: bool = False) -> str:
    """The toctrees of the side bar."""
    notebooks = [f"{entry.number} {entry.title} <notebooks/{entry.name}>" for entry in entries]
    reference = [f"pages/{name}" for name in REFERENCE]
    if student:
        return toctree("Notebooks", *notebooks) + toctree("Reference", *reference)
    return (
        toctree("Notebooks", *notebooks)
        + toctree("Reference", "pages/solutions", *reference)
        + toctree("Teaching", "pages/instructors", "pages/sample_project")
    )


SOLUTIONS = """# Solutions

Each exercise in short, one solution, why it is right, and what the usual wrong answers get wrong.
On a notebook's page the same solutions are folded below the hints. Try first: a solution read is
soon forgotten.

```{{toctree}}
:maxdepth: 2

{pages}
```
"""


def solutions_index(entries: list[course_map.Entry]) -> str:
    """The page that lists the pages of solutions."""
    pages = (
        f"{entry.number} {entry.title} <../notebooks/solutions/{entry.name}>" for entry in entries
    )
    return SOLUTIONS.format(pages="\n".join(pages))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--notebooks", type=Path, default=ROOT / "notebooks", help="folder of executed notebooks"
    )
    parser.add_argument("--out", type=Path, default=BOOK / "_build", help="where src/ and html/ go")
    parser.add_argument("--student", action="store_true", help="without the solutions")
    options = parser.parse_args(arguments)
    from sphinx.cmd.build import main as sphinx

    out = options.out.resolve()
    src = gather(options.notebooks.resolve(), out, options.student)
    folders = ["-d", str(out / "doctrees"), str(src), str(out / "html")]
    status = sphinx(["-b", "html", "-q", "-W", "--keep-going", *folders])
    if status == 0:
        excerpts.write(out / "html")
        print(f"The site is at {out / 'html' / 'index.html'}")
    return status


if __name__ == "__main__":
    sys.exit(main())
