"""The course for students, into build/student: `make student CLASS=autumn-26`.

A folder that works like the course's own, without solutions, tests and exam bank; in some exercises
(variants.yaml) with numbers drawn for the class; the site and the decks in site/, without solutions
and without the speaker's notes. The key stands beside the folder. What a checker compares with is
code of the package: it keeps no secret from whoever reads that.
"""

import argparse
import json
import math
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEPT = (
    "README.md",
    "LICENSE",
    "Makefile",
    "pyproject.toml",
    "setup.py",
    "requirements.txt",
    "requirements-lock.txt",
    "environment.yml",
    ".ci/install.py",
    "configs",
    "data/README.md",
    "gan_course",
    "notebooks",
)
LEFT_OUT = shutil.ignore_patterns("solutions", "__pycache__", ".ipynb_checkpoints", "*.pyc")
OWN = "the course's own numbers"


def variants() -> dict[str, dict]:
    """variants.yaml: exercise -> number, find, put, answer."""
    return yaml.safe_load((HERE / "variants.yaml").read_text(encoding="utf-8"))


def draw(name: str) -> dict[str, dict]:
    """The numbers of a class, by its name: exercise -> {name of the number: value}."""
    if name == OWN:
        return {}
    values = {}
    for exercise, own in variants().items():
        chance = random.Random(f"gan-course class {name} {exercise}")
        values[exercise] = {key: chance.choice(choices) for key, choices in own["number"].items()}
    return values


def answer(exercise: str, value: float):
    """The right answer to an exercise for this number."""
    import torch
    from torch.nn.functional import softplus

    code = variants()[exercise]["answer"].strip()
    names = {"math": math, "torch": torch, "softplus": softplus, "number": value}
    if code.startswith("lambda"):
        return eval(code, names)
    exec(code, names)
    return names["result"]


def restated(notebook: dict, number: str, values: dict) -> dict:
    """The notebook with the statements of the class. ValueError if one is not there exactly once.

    Links to solutions become words.
    """
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    for cell in cells:
        text = "".join(cell["source"])
        cell["source"] = re.sub(r"\[([^\[\]]+)\]\(solutions/[^)]*\)", r"\1", text)
    for exercise, own in variants().items():
        if exercise[:2] != number or exercise not in values:
            continue
        (value,) = values[exercise].values()
        places = [cell for cell in cells if own["find"] in cell["source"]]
        if len(places) != 1:
            raise ValueError(f"exercise {exercise}: {len(places)} cells say {own['find']!r}")
        put = own["put"].replace("{}", f"{value:g}")
        places[0]["source"] = places[0]["source"].replace(own["find"], put)
    return notebook


def write_course(out: Path, name: str) -> dict:
    """The folder `out`, made anew, without its site; the numbers of the class."""
    shutil.rmtree(out, ignore_errors=True)
    for kept in KEPT:
        source, target = ROOT / kept, out / kept
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=LEFT_OUT)
        elif source.exists():
            shutil.copy2(source, target)
    values = draw(name)
    for path in sorted((out / "notebooks").glob("[0-9][0-9]_*.ipynb")):
        notebook = restated(json.loads(path.read_text(encoding="utf-8")), path.name[:2], values)
        for cell in notebook["cells"]:
            cell["metadata"].pop("slide", None)  # its notes hold answers
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = json.dumps({"class": name, "values": values}, indent=1) + "\n"
    (out / "gan_course" / "assets" / "class.json").write_text(text, encoding="utf-8")
    (out.parent / "class.json").write_text(text, encoding="utf-8")
    readme = (out / "README.md").read_text(encoding="utf-8")
    readme = re.sub(r"\[([^\[\]]+)\]\((?:notebooks/solutions|book)[^)]*\)", r"\1", readme)
    (out / "README.md").write_text(readme, encoding="utf-8")
    return values


def write_key(path: Path, values: dict) -> None:
    """For the instructor: each number that was drawn, and the answer to it."""
    lines = ["# Key: the numbers of this class", ""]
    for exercise, own in values.items():
        ((name, value),) = own.items()
        lines += [f"## {exercise}: {name} = {value:g}", "", "```python", f"number = {value:g}"]
        lines += [variants()[exercise]["answer"].strip(), "```", ""]
    if not values:
        lines.append("None: the course's own numbers.")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_site(out: Path, notebooks: Path) -> None:
    """Decks and site of these notebooks into `out`, without solutions and notes."""
    scratch = out.parent / "site"  # where Sphinx keeps what it has read
    folders = ["--notebooks", str(notebooks)]
    # slides come from the course's notebooks: the students' have lost them
    decks = ["book/slides/build_decks.py", "--student", "--out", str(scratch / "html" / "slides")]
    pages = ["book/build.py", "--student", *folders, "--out", str(scratch)]
    for command in (decks, pages):
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True)
    shutil.copytree(scratch / "html", out / "site", dirs_exist_ok=True)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--class", dest="name", default=OWN, help="its name draws the numbers")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "student")
    parser.add_argument("--no-site", action="store_true", help="without site and decks")
    asked = parser.parse_args(arguments)
    course = asked.out / "course"
    values = write_course(course, asked.name)
    write_key(asked.out / "key.md", values)
    if not asked.no_site:
        write_site(course, course / "notebooks")
    print(f"For students: {course}. The key: {asked.out / 'key.md'}")


if __name__ == "__main__":
    main()
