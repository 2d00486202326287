"""The form of the notebooks and what changed since a commit, as tables; it fails nothing.

    python tests/report.py                                          `make report`
    python tests/report.py --against 5e63ada                        `make report AGAINST=5e63ada`
    python tests/report.py --against 5e63ada --claims build/course

The first prints a row for each notebook: words, cells, lines of code, figures, claims, exercises,
widgets, size. With --against, it also prints every claim, figure and exercise that vanished since
that commit, beside the nearest one of today; the claims whose value differs; and the lines of the
package before and after. With --claims, the claims of today are those of the notebooks executed in
that folder (`make course` writes build/course), and each is listed with both values.
"""

import argparse
import ast
import difflib
import io
import json
import re
import statistics
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pandas

from gan_course.checks import CLAIM_TYPE

ROOT = Path(__file__).parents[1]
WIDGET_TYPE = "application/vnd.jupyter.widget-view+json"
PARTS = ("ou will be able to", "**Predict", "## Recap", "## References", "## What comes next")
# what stands on a line of its own and is no code to read: a piece of an alt text, a closing bracket
NO_CODE = re.compile(r"f?[\"'].*|[)\]}]*,?")


def source(cell: dict) -> str:
    return "".join(cell["source"])


class Notebook:
    """What a notebook's file holds."""

    def __init__(self, text: str):
        self.size = len(text.encode())
        self.document = json.loads(text)
        self.cells = self.document["cells"]
        self.code = [cell for cell in self.cells if cell["cell_type"] == "code"]
        markdown = [source(cell) for cell in self.cells if cell["cell_type"] == "markdown"]
        self.text = "\n\n".join(markdown)
        self.outputs = [output for cell in self.code for output in cell["outputs"]]

    @classmethod
    def read(cls, path: Path) -> "Notebook":
        return cls(path.read_text(encoding="utf-8"))

    def tagged(self, tag: str) -> list[str]:
        """The sources of the code cells that carry a tag."""
        return [source(cell) for cell in self.code if tag in cell["metadata"].get("tags", [])]

    def shown(self, kind: str) -> list:
        """The outputs' data of one MIME type."""
        data = [output.get("data", {}) for output in self.outputs]
        return [item[kind] for item in data if kind in item]

    def claims(self) -> list[dict]:
        """In their order: claim (the sentence), value, checked, profile."""
        return self.shown(CLAIM_TYPE)

    def alt_texts(self) -> list[str]:
        """One for each picture; empty where a picture has none. A widget's fallback counts too."""
        found = []
        for output in self.outputs:
            kinds = [kind for kind in output.get("data", {}) if kind.startswith("image/")]
            if kinds:
                alts = [output["metadata"].get(kind, {}).get("alt", "") for kind in kinds]
                found.append(max(alts, key=len))
        return found

    def exercises(self) -> list[str]:
        """The names of the checkers, in the order of the stubs."""
        last_lines = [stub.strip().splitlines()[-1] for stub in self.tagged("exercise")]
        calls = [re.match(r"checks\.(\w+)\(", line) for line in last_lines]
        return [call[1] for call in calls if call]

    def row(self) -> dict:
        """Its numbers."""
        # a table is looked up, not read
        prose = [line for line in self.text.splitlines() if not line.startswith("|")]
        lengths = [len(source(cell).splitlines()) for cell in self.code]
        lines = [line.strip() for cell in self.code for line in source(cell).splitlines()]
        return {
            "words": len(" ".join(prose).split()),
            "cells": len(self.cells),
            "code lines": sum(not NO_CODE.fullmatch(line) for line in lines),
            "median cell": statistics.median_low(lengths),
            "longest cell": max(lengths),
            "figures": len(self.alt_texts()),
            "claims": len(self.claims()),
            "exercises": len(self.tagged("exercise")),
            "widgets": len(self.shown(WIDGET_TYPE)),
            "kB": round(self.size / 1000),
            "without": ", ".join(part.strip("#* ") for part in PARTS if part not in self.text),
        }


@dataclass
class State:
    """The notebooks and the package's files at one commit, or of today."""

    notebooks: dict[str, Notebook]  # by name
    modules: list[str]  # their text

    @classmethod
    def of_files(cls, files: dict[str, str]) -> "State":
        """files: path from the root of the repository -> text."""
        found = {path: text for path, text in files.items() if re.match(r"notebooks/\d\d_", path)}
        notebooks = {Path(path).stem: Notebook(text) for path, text in sorted(found.items())}
        return cls(notebooks, [text for path, text in files.items() if path.endswith(".py")])


def today() -> State:
    paths = [*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("gan_course/**/*.py")]
    return State.of_files(
        {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    )


def at(commit: str) -> State:
    command = ["git", "archive", commit, "notebooks", "gan_course"]
    packed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        raise SystemExit(f"git archive {commit}: {packed.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        members = [m for m in archive if m.name.endswith((".py", ".ipynb"))]
        return State.of_files({m.name: archive.extractfile(m).read().decode() for m in members})


def vanished(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """What stands in `old` and no longer in `new`, each with the nearest that is new, or ""."""
    added = [text for text in new if text not in old]
    found = []
    for text in old:
        if text not in new:
            nearest = difflib.get_close_matches(text, added, n=1, cutoff=0.6)
            found.append((text, nearest[0] if nearest else ""))
    return found


def list_vanished(kind: str, old: dict[str, list[str]], new: dict[str, list[str]]) -> None:
    """Print what vanished, notebook by notebook, and where it stands now."""
    place = {text: name for name, texts in new.items() for text in texts}
    count = 0
    print(f"\n## {kind} that vanished\n")
    for name, texts in old.items():
        for text, nearest in vanished(texts, new.get(name, [])):
            count += 1
            print(f"{name}: {text}")
            if text in place:
                print(f"    stands in {place[text]} now")
            elif nearest:
                print(f"    nearest now: {nearest}")
    print(f"{count} of {sum(map(len, old.values()))}")


def values_of(claims: list[dict]) -> dict[tuple[str, int], dict]:
    """The claims by sentence, and by how often that sentence stood before: a loop repeats it."""
    found = {}
    for claim in claims:
        count = sum(sentence == claim["claim"] for sentence, _ in found)
        found[claim["claim"], count] = claim
    return found


def compare_values(old: dict, new: dict, every: bool) -> None:
    """Print the value of each claim before and after: every claim, or those that differ."""
    print("\n## Values of claims, before -> after\n")
    shared = differing = unchecked = 0
    for name in [name for name in old if name in new]:
        before, after = values_of(old[name].claims()), values_of(new[name].claims())
        for key in [key for key in before if key in after]:
            was, now = before[key]["value"], after[key]["value"]
            shared += 1
            differing += was != now
            unchecked += not after[key]["checked"]
            if every or was != now:
                mark = "checked" if after[key]["checked"] else "NOT CHECKED"
                print(f"{name}: {key[0]}\n    {mark}: {was} {'->' if was != now else '=='} {now}")
    print(f"{differing} of {shared} differ; {unchecked} were not checked")


def lines_of(modules: list[str]) -> dict:
    """What a package's files hold; statements do not depend on the layout."""
    nodes = [node for text in modules for node in ast.walk(ast.parse(text))]
    statements = [node for node in nodes if isinstance(node, ast.stmt)]
    texts = [n for n in statements if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)]
    return {
        "modules": len(modules),
        "lines": sum(len(text.splitlines()) for text in modules),
        "statements without docstrings": len(statements) - len(texts),
    }


def executed(folder: Path) -> dict[str, Notebook]:
    paths = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not paths:
        raise SystemExit(f"{folder} holds no executed notebook: `make course` writes build/course")
    return {path.stem: Notebook.read(path) for path in paths}


def report_changes(before: State, after: State, folder: Path | None) -> None:
    claimed = executed(folder) if folder else after.notebooks
    old_names, new_names = before.notebooks.keys(), after.notebooks.keys()
    print("\n## Notebooks\n")
    print("gone:", ", ".join(n for n in old_names if n not in new_names) or "none")
    print("new:", ", ".join(n for n in new_names if n not in old_names) or "none")
    if folder:
        print("not executed:", ", ".join(n for n in new_names if n not in claimed) or "none")

    def texts(notebooks: dict, read) -> dict[str, list[str]]:
        return {name: read(notebook) for name, notebook in notebooks.items()}

    def sentences(notebook: Notebook) -> list[str]:
        return [claim["claim"] for claim in notebook.claims()]

    old, new = before.notebooks, after.notebooks
    list_vanished("Claims", texts(old, sentences), texts(claimed, sentences))
    list_vanished("Figures", texts(old, Notebook.alt_texts), texts(new, Notebook.alt_texts))
    list_vanished("Exercises", texts(old, Notebook.exercises), texts(new, Notebook.exercises))
    compare_values(old, claimed, every=folder is not None)
    print("\n## The package\n")
    sizes = {"before": lines_of(before.modules), "after": lines_of(after.modules)}
    print(pandas.DataFrame(sizes).T.to_string())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--against", metavar="COMMIT", help="what changed since that commit")
    parser.add_argument("--claims", metavar="FOLDER", type=Path, help="of executed notebooks")
    options = parser.parse_args()
    if options.claims and not options.against:
        parser.error("--claims compares with a commit: name it by --against")
    now = today()
    rows = {name: notebook.row() for name, notebook in now.notebooks.items()}
    print(pandas.DataFrame.from_dict(rows, orient="index").to_string())
    if options.against:
        report_changes(at(options.against), now, options.claims)


if __name__ == "__main__":
    main()
