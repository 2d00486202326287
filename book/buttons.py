"""Buttons that open a notebook on Colab, Kaggle or Binder, and the cell that installs the course.

    python book/buttons.py [NOTEBOOK ...]      write them anew, in all notebooks and README.md
    python book/buttons.py --repository https://github.com/OWNER/NAME      set the address first

The one setting is `Repository` in pyproject.toml: the address of the public repository. As long as
it says OWNER there is none, and the buttons lead nowhere. A notebook's first cell gets the buttons
below its title; before its first code cell stands one that installs the course where it is missing.
What was computed stays as it is: the new cell prints nothing where the course is there.
"""

import argparse
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "pyproject.toml"
MEMORY = ROOT / "benchmarks" / "rows" / "memory.jsonl"
SETTING = re.compile(r'^Repository = "(https://github\.com/[\w.-]+/[\w.-]+)"', re.M)
PLACEHOLDER = "OWNER"
BRANCH = "main"
START = "<!-- buttons: python book/buttons.py writes them -->"
END = "<!-- end of the buttons -->"
BLOCK = re.compile(f"{re.escape(START)}.*?{re.escape(END)}\n*", re.S)
FIRST = "notebooks/00_start_here.ipynb"
# Binder gives 2 GiB, 2,147 MB, to the kernel, to JupyterLab's server and what else runs there
BINDER_MB = 1_800
CELL = "install-the-course"
TAGS = ["hide-input", "remove-cell"]  # folded in JupyterLab, left out on the site
INSTALL = """\
# Where the course is missing, as on Colab and Kaggle: install it. What is there stays.
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

if not find_spec("gan_course"):
    stays = "torch torchvision numpy scipy pandas ipython ipykernel ipywidgets".split()
    there = reversed([one for one in distributions() if one.name])  # the first counts
    found = {one.name.lower(): one.version for one in there}
    lines = [f"{name}=={found[name]}" for name in stays if name in found]
    Path("stays.txt").write_text("\\n".join(lines), encoding="utf-8")
    course = "ARCHIVE"
    %pip install --quiet --constraint stays.txt $course"""


def repository() -> str:
    """The address of the public repository, as pyproject.toml has it."""
    return SETTING.search(SETTINGS.read_text(encoding="utf-8"))[1]


def archive(address: str) -> str:
    """The whole course as one file, which pip installs without git."""
    return f"{address}/archive/refs/heads/{BRANCH}.zip"


def peaks() -> dict[str, float]:
    """Notebook -> its peak memory in MB, as `make memory` measured it last."""
    rows = [json.loads(line) for line in MEMORY.read_text(encoding="utf-8").splitlines()]
    return {row["notebook"]: row["peak_mb"] for row in rows}


def links(path: str, address: str) -> dict[str, str]:
    """Name -> address of what opens the notebook at `path`, seen from the repository's root.

    Binder is missing where the notebook needs more memory than it gives.
    """
    owner_and_name = address.removeprefix("https://github.com/")
    there = f"blob/{BRANCH}/{path}"
    found = {
        "Colab": f"https://colab.research.google.com/github/{owner_and_name}/{there}",
        "Kaggle": f"https://kaggle.com/kernels/welcome?src={address}/{there}",
    }
    if peaks().get(Path(path).stem, 0) <= BINDER_MB:
        opened = f"{BRANCH}?urlpath=lab/tree/{path}"
        found["Binder"] = f"https://mybinder.org/v2/gh/{owner_and_name}/{opened}"
    return found


def missing(path: str) -> str:
    """Why there is no button for Binder; nothing where there is one."""
    peak = peaks().get(Path(path).stem, 0)
    if peak <= BINDER_MB:
        return ""
    free = f"{BINDER_MB / 1000:.1f} of Binder's 2 GB are free for it"
    return f"not on Binder: this notebook needs {peak / 1000:.1f} GB of memory, and {free}"


def line(path: str, address: str, download: str) -> str:
    """The buttons of a notebook in one line of Markdown. download: where its file is."""
    named = [f"[{name}]({link})" for name, link in links(path, address).items()]
    why = missing(path)
    return f"Open on {' · '.join(named)} · [download]({download})" + (f" ({why})" if why else "")


def row(path: str, address: str, download: str, name: str) -> str:
    """The same as HTML, for the site. name: what the download is called."""
    opened = [
        f'<a class="button" href="{link}">Open on {place}</a>'
        for place, link in links(path, address).items()
    ]
    local = "" if "://" in download else " download"
    opened.append(f'<a class="button" href="{download}"{local}>{name}</a>')
    why = f"<small>({missing(path)})</small>" if missing(path) else ""
    return " ".join([*opened, why]).rstrip()


def without(text: str) -> str:
    """A text without its buttons."""
    return BLOCK.sub("", text)


def set_in(text: str, buttons: str) -> str:
    """A text whose buttons stand below its first line, in place of those that it had."""
    title, _, rest = without(text).partition("\n")
    return f"{title}\n\n{START}\n{buttons}\n{END}\n\n{rest.lstrip()}".rstrip("\n")


def source(cell: dict) -> str:
    return "".join(cell["source"])


def lines_of(text: str) -> list[str]:
    """A cell's source as notebooks store it."""
    return text.splitlines(keepends=True)


def write_notebook(notebook: dict, path: str, address: str) -> None:
    """Put the buttons and the installing cell in. path: seen from the repository's root."""
    cells = notebook["cells"]
    buttons = line(path, address, f"{address}/raw/{BRANCH}/{path}")
    cells[0]["source"] = lines_of(set_in(source(cells[0]), buttons))
    if not any(cell.get("id") == CELL for cell in cells):
        place = next(i for i, cell in enumerate(cells) if cell["cell_type"] == "code")
        for cell in cells[place:]:
            if cell.get("execution_count"):  # as if the new cell had run first
                cell["execution_count"] += 1
                for output in cell["outputs"]:
                    if output.get("execution_count"):
                        output["execution_count"] += 1
        ran = 1 if any(cell.get("execution_count") for cell in cells[place:]) else None
        empty = {"cell_type": "code", "execution_count": ran, "id": CELL, "metadata": {}}
        cells.insert(place, {**empty, "outputs": [], "source": []})
    (install,) = (cell for cell in cells if cell.get("id") == CELL)
    install["metadata"] = {"jupyter": {"source_hidden": True}, "tags": TAGS}
    install["source"] = lines_of(INSTALL.replace("ARCHIVE", archive(address)))


def readme(text: str, address: str) -> str:
    """README.md with its buttons, and while there is no repository with what is to be done."""
    buttons = line(FIRST, address, archive(address)).replace("[download]", "[download all]")
    if PLACEHOLDER in address:
        buttons += (
            "\n\n*The buttons lead nowhere yet: this copy of the course knows no public repository."
            "\n`python book/buttons.py --repository https://github.com/...` puts one in.*"
        )
    return set_in(text, buttons) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    every = sorted((ROOT / "notebooks").rglob("[0-9][0-9]_*.ipynb"))
    parser.add_argument("notebooks", nargs="*", type=Path, default=every)
    parser.add_argument("--repository", help="the public repository's address")
    options = parser.parse_args(arguments)
    if options.repository:
        setting = f'Repository = "{options.repository.rstrip("/")}"'
        if not SETTING.match(setting):
            parser.error("the address is one such as https://github.com/OWNER/NAME")
        text = SETTINGS.read_text(encoding="utf-8")
        SETTINGS.write_text(SETTING.sub(setting, text), encoding="utf-8")
    address = repository()
    for path in options.notebooks:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        write_notebook(notebook, path.resolve().relative_to(ROOT).as_posix(), address)
        text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
    page = ROOT / "README.md"
    page.write_text(readme(page.read_text(encoding="utf-8"), address), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
