"""Grade a folder of submitted notebooks: `python -m gan_course.grade FOLDER --out grades.csv`.

FOLDER holds a folder for each student with notebooks of any names, or zip files of them; or the
files themselves. Every notebook is executed in profile quick in a process of its own (`process`),
and the course's checkers decide. There is one row for each exercise of a notebook, written at once,
so that an interrupted run keeps what is done. Who handed in no notebook gets a row that says so.
Nothing is written into FOLDER.
"""

import argparse
import csv
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from threading import Event
from typing import BinaryIO, TextIO

import pandas as pd

from gan_course.errors import GanCourseError
from gan_course.grading import index
from gan_course.grading.index import Exercise, Index
from gan_course.grading.notebook import parse
from gan_course.grading.process import Finding, Limits, examine

MAX_BYTES = 50_000_000  # of a notebook; a larger one is not read
HAND_IN = "hand in the notebook itself, a file .ipynb, or a .zip with it"
NO_EXERCISE = Exercise("", "", "", "")
COLUMNS = ["path", "student", "notebook", "exercise", "checker", "title"]
COLUMNS += ["verdict", "points", "seconds", "message"]


@dataclass(frozen=True)
class Submission:
    """A notebook that a student handed in, or what came in its place."""

    student: str
    path: str  # for the CSV: below the folder, and on into the zip file
    file: Path = Path()
    member: str = ""  # its name in the zip file `file`

    def read(self) -> bytes:
        """The notebook. Raises ValueError, OSError, or what a damaged zip file brings about."""
        kind = self.file.suffix.lower()
        if self.file.is_symlink():
            raise ValueError("a link may lead to the work of others")
        if not self.file.is_file() or kind not in (".ipynb", ".zip"):
            raise ValueError("there is no notebook")
        if kind == ".ipynb":
            with open(self.file, "rb") as file:
                return _content(file)
        if not self.member:
            raise ValueError("this zip file holds no notebook, or cannot be read")
        # nothing is unpacked, so no name in it can lead out of a folder
        with zipfile.ZipFile(self.file) as archive, archive.open(self.member) as file:
            return _content(file)


def _content(file: BinaryIO) -> bytes:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES / 1e6:.0f} MB, which is the limit")
    return content


def submissions(folder: Path, ignored: Sequence[Path] = ()) -> list[Submission]:
    """What each student handed in, at least one entry a student.

    A student is a folder in `folder`, or the name of a file in it. ignored: files that are none.
    """
    if not folder.is_dir():
        raise GanCourseError(f"{folder} is not a folder: name the one that holds the submissions")
    found = {}  # student -> ([notebooks], [other files and folders])
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if _is_hidden(path) or file in ignored:
            continue
        shown, kind = path.as_posix(), file.suffix.lower()
        student = path.parts[0] if len(path.parts) > 1 or file.is_dir() else path.stem
        notebooks, others = found.setdefault(student, ([], []))
        if kind == ".ipynb":
            notebooks.append(Submission(student, shown, file))
        elif kind == ".zip":
            for name in _notebooks_in(file):
                notebooks.append(Submission(student, f"{shown}/{name}".rstrip("/"), file, name))
        else:
            others.append(Submission(student, shown, file))
    if not found:
        raise GanCourseError(f"{folder} is empty: name the folder that holds the submissions")
    return [one for notebooks, others in found.values() for one in notebooks or others[-1:]]


def _notebooks_in(zip_file: Path) -> list[str]:
    """Their names in the zip file; [""] if there are none or it cannot be read."""
    with suppress(Exception), zipfile.ZipFile(zip_file) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".ipynb")]
        return [name for name in names if not _is_hidden(PurePosixPath(name))] or [""]
    return [""]


def _is_hidden(path: PurePath) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)


def rows_of(submission: Submission, exercises: Index, limits: Limits, stop: Event) -> list[dict]:
    """The rows of one submission: one an exercise, or a single one if it cannot be graded."""
    try:
        name = PurePosixPath(submission.path).name
        notebook = parse(submission.read(), name, exercises)
        findings = examine(notebook, limits, stop)
    except Exception as error:  # a damaged zip file brings about nearly anything; go on with others
        return [_row(submission, "", NO_EXERCISE, Finding("error", f"{error}: {HAND_IN}"))]
    missing = Finding("missing", "neither its checker nor its answer is in the notebook")
    return [
        _row(submission, notebook.number, exercise, findings.get(exercise.checker, missing))
        for exercise in exercises[notebook.number]
    ]


def _row(submission: Submission, number: str, exercise: Exercise, finding: Finding) -> dict:
    where = submission.path, submission.student, number
    what = exercise.id, exercise.checker, exercise.title
    points, seconds = int(finding.verdict == "right"), f"{finding.seconds:.1f}"
    cells = *where, *what, finding.verdict, points, seconds, finding.message
    return dict(zip(COLUMNS, map(clean, cells)))


def clean(value) -> str:
    """One printable line that a spreadsheet will not take for a formula."""
    text = str(value).encode("utf-8", "backslashreplace").decode()
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def grade(
    handed_in: list, out: TextIO, exercises: Index, limits: Limits, jobs: int = 1, assigned=()
) -> list[dict]:
    """Grade the submissions; write each row to `out`, a CSV, as soon as it is known; return all.

    assigned: numbers of notebooks; who has handed in none of that number gets rows "missing".
    """
    stop, rows = Event(), []
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()

    def write(new: list[dict]) -> None:
        writer.writerows(new)
        out.flush()
        rows.extend(new)

    with ThreadPoolExecutor(jobs) as pool:  # the threads only wait for processes
        try:
            results = pool.map(lambda one: rows_of(one, exercises, limits, stop), handed_in)
            for submission, new in zip(handed_in, results):
                write(new)
                number, right = new[0]["notebook"], sum(int(row["points"]) for row in new)
                result = f"notebook {number}, {right} of {len(new)} right"
                print(f"{clean(submission.path)}: {result if number else new[0]['message']}")
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    graded = {(row["student"], row["notebook"]) for row in rows}
    missing = Finding("missing", "no such notebook was handed in")
    for student in sorted({submission.student for submission in handed_in}):
        for number in assigned:
            if (clean(student), number) not in graded:
                nothing = Submission(student, "")
                write([_row(nothing, number, exercise, missing) for exercise in exercises[number]])
    return rows


def summary(rows: list[dict]) -> pd.DataFrame:
    """A row a student: points in each notebook, their sum, out of how many, files not graded.

    Of several attempts at an exercise the best counts.
    """
    table = pd.DataFrame(rows).astype({"points": int})
    table["files not graded"] = (table["exercise"] == "").astype(int)
    graded = table[table["exercise"] != ""]
    best = graded.groupby(["student", "notebook", "exercise"])["points"].max()
    students = best.groupby("student").agg(points="sum", of="size")
    notebooks = best.groupby(["student", "notebook"]).sum().unstack()
    unread = table.groupby("student")[["files not graded"]].sum()
    return pd.concat([notebooks, students, unread], axis=1).fillna(0).astype(int).sort_index()


def main(arguments: list[str] | None = None) -> int:
    """The command; returns the exit status. 130 after Ctrl-C, with the rows written so far kept."""
    asked = _parser().parse_args(arguments)
    try:
        exercises = index.from_notebooks(asked.notebooks) if asked.notebooks else index.read()
        assigned = [number.zfill(2) for number in asked.assigned]
        if unknown := sorted(set(assigned) - exercises.keys()):
            known = ", ".join(exercises)
            raise GanCourseError(f"--assigned {' '.join(unknown)}: there are exercises in {known}")
        written = [path.resolve() for path in (asked.out, asked.summary) if path]
        for path in written:
            if path.exists() and not asked.overwrite:
                raise GanCourseError(f"{path} exists: choose another name, or add --overwrite")
            if not path.parent.is_dir():
                raise GanCourseError(f"{path.parent} is not a folder: make it first")
        handed_in = submissions(asked.folder.resolve(), written)
        limits = Limits(asked.timeout, asked.cell_timeout, asked.memory)
        with open(asked.out, "w", encoding="utf-8", newline="") as out:
            rows = grade(handed_in, out, exercises, limits, max(1, asked.jobs), assigned)
        table = summary(rows)
        if asked.summary:
            table.to_csv(asked.summary)
    except (GanCourseError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"Stopped. {asked.out} keeps the rows that were done.", file=sys.stderr)
        return 130
    for student, row in table.iterrows():
        print(f"{student}: {row['points']} of {row['of']}")
    print(f"{len(rows)} rows in {asked.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gan_course.grade",
        description="Grade a folder of submitted notebooks.",
        epilog="This is no sandbox: a submission runs with your rights. For strangers use a "
        "container without network, as the book's page for instructors shows.",
    )
    add = parser.add_argument
    add("folder", type=Path, help="the submissions: a folder for each student, or their files")
    add("--out", type=Path, default="grades.csv", help="CSV, a row an exercise (%(default)s)")
    add("--summary", type=Path, help="CSV, a row a student")
    add("--assigned", nargs="*", default=[], metavar="NN", help="notebooks that all must hand in")
    add("--timeout", type=float, default=Limits.notebook, help="seconds a notebook (%(default)s)")
    add("--cell-timeout", type=float, default=Limits.cell, help="seconds a cell (%(default)s)")
    add("--memory", type=float, default=Limits.memory, help="GiB, on Linux (%(default)s)")
    add("--jobs", type=int, default=1, help="notebooks at a time (%(default)s)")
    add("--notebooks", type=Path, help="other notebooks than the course's, with exercises")
    add("--overwrite", action="store_true", help="replace what --out and --summary name")
    return parser
