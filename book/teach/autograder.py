"""Zip files for Gradescope and for Otter, into build/autograder: `make autograder`.

Both run the course's own checkers. Gradescope's holds a copy of the package; `gan_course.grade` runs
the submission there, in processes with limits, and its rows become Gradescope's results. Otter's
holds a test file for each exercise, as `otter generate` makes it from them.
"""

import argparse
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
import student  # noqa: E402

PACKAGE = ("LICENSE", "README.md", "pyproject.toml", "setup.py", "gan_course")
SETUP = """#!/usr/bin/env bash
set -euo pipefail
apt-get update -qq && apt-get install -y -qq python3-pip python3-venv
python3 -m venv /autograder/venv
cd /autograder/source
/autograder/venv/bin/python -m pip install --quiet $TORCH ./course
"""
RUN = """#!/usr/bin/env bash
cd /autograder
GAN_COURSE_PROFILE=quick venv/bin/python source/results.py submission results/results.json {}
"""
RESULTS = '''"""Grade a folder of submitted notebooks and write Gradescope's results.json."""

import csv
import json
import subprocess
import sys
from pathlib import Path

submission, results, *assigned = sys.argv[1:]
folder = Path(results).parent
folder.mkdir(parents=True, exist_ok=True)
rows_file = folder / "grades.csv"
command = [sys.executable, "-m", "gan_course.grade", submission, "--out", str(rows_file)]
done = subprocess.run([*command, "--overwrite"], capture_output=True, text=True)
rows = list(csv.DictReader(open(rows_file, encoding="utf-8"))) if rows_file.exists() else []
best = {}
for row in rows:
    known = best.get(row["exercise"])
    if row["exercise"] and (known is None or int(row["points"]) > int(known["points"])):
        best[row["exercise"]] = row
wanted = [row for row in best.values() if not assigned or row["notebook"] in assigned]
tests = [
    {
        "name": f"{row['exercise']} {row['title']}",
        "score": int(row["points"]),
        "max_score": 1,
        "output": f"{row['verdict']}: {row['message']}",
    }
    for row in wanted
]
problems = [row["message"] for row in rows if not row["exercise"]]
output = " ".join(problems) or ("" if rows else done.stdout + done.stderr)
missing = [number for number in assigned if number not in {row["notebook"] for row in wanted}]
if missing:
    output += f" Handed in no notebook {', '.join(missing)}."
scores = {"tests": tests, "output": output.strip()}
if not tests:
    scores["score"] = 0
Path(results).write_text(json.dumps(scores, indent=1), encoding="utf-8")
'''
OTTER_TEST = '''OK_FORMAT = False

from otter.test_files import test_case

name = "{id}"
points = 1


@test_case(points=1, hidden=False)
def test_exercise(env):
    from gan_course import checks

    verdict = checks.{checker}(env["{answer}"])
    assert verdict, verdict.message
'''


def course(out: Path, values: dict, name: str) -> None:
    """A copy of the package with the numbers of the class."""
    for kept in PACKAGE:
        source, target = ROOT / kept, out / kept
        if source.is_dir():
            shutil.copytree(source, target, ignore=student.LEFT_OUT)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    if values:
        text = json.dumps({"class": name, "values": values}, indent=1) + "\n"
        (out / "gan_course" / "assets" / "class.json").write_text(text, encoding="utf-8")


def zipped(folder: Path, file: Path) -> None:
    """The files of a folder in a zip file. Scripts without an ending may be executed."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(path.relative_to(folder)), (2026, 1, 1, 0, 0, 0))
                runs = path.name in ("run_autograder", "setup.sh")
                entry.external_attr = (0o755 if runs else 0o644) << 16
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def gradescope(out: Path, values: dict, name: str, numbers: list[str]) -> Path:
    """out/gradescope.zip."""
    folder = out / "gradescope"
    course(folder / "course", values, name)
    for file, text in (
        ("setup.sh", SETUP.replace("$TORCH ", "")),
        ("run_autograder", RUN.format(" ".join(numbers))),
        ("results.py", RESULTS),
    ):
        (folder / file).write_text(text, encoding="utf-8")
    zipped(folder, out / "gradescope.zip")
    return out / "gradescope.zip"


def otter(out: Path, numbers: list[str]) -> list[Path]:
    """A folder of Otter's tests for each notebook, and its zip where Otter is installed."""
    index = json.loads((ROOT / "gan_course/assets/exercises.json").read_text(encoding="utf-8"))
    made = []
    for number in numbers or index:
        folder = out / f"otter-{number}"
        (folder / "tests").mkdir(parents=True)
        for exercise in index[number]:
            file = folder / "tests" / f"q{exercise['id'].replace('.', '_')}.py"
            file.write_text(OTTER_TEST.format(**exercise), encoding="utf-8")
        settings = {"show_stdout": True, "seed_variable": None}
        (folder / "otter_config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
        (folder / "requirements.txt").write_text("gan-course\n", encoding="utf-8")
        made.append(folder)
        if shutil.which("otter", path=str(Path(sys.executable).parent)):
            command = [sys.executable, "-m", "otter", "generate", "-t", "tests", "-c"]
            command += ["otter_config.json", "-r", "requirements.txt", "--no-environment"]
            subprocess.run([*command, "-o", f"../otter-{number}.zip"], cwd=folder, check=True)
    return made


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--class", dest="name", default="", help="as for the students' folder")
    parser.add_argument("--notebooks", nargs="*", default=[], help="assigned; default: all")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "autograder")
    asked = parser.parse_args(arguments)
    values = student.draw(asked.name) if asked.name else {}
    shutil.rmtree(asked.out, ignore_errors=True)
    asked.out.mkdir(parents=True)
    print(gradescope(asked.out, values, asked.name, asked.notebooks))
    for folder in otter(asked.out, asked.notebooks):
        print(folder)


if __name__ == "__main__":
    main()
