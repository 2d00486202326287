"""Grade a folder of submitted notebooks: `python -m gan_course.grade FOLDER --out grades.csv
--summary students.csv`.

FOLDER holds a folder for each student with any number of notebooks, of any names, or the notebooks
themselves. Every notebook is executed in profile quick in a process of its own (`process`), and the
course's checkers, run by the grader, decide (`inside` says which forgeries that stops, and that it
is no sandbox). There is one row for each exercise of a notebook, written at once, so that an
interrupted run keeps what is done. Nothing is written into FOLDER.
"""

import argparse
import csv
import json
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gan_course.errors import GanCourseError
from gan_course.exercises.frame.process import RANK, Finding, Interrupted, Limits, examine

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
HIDDEN = (".", "__MACOSX")  # how the names of folders begin that hold no submission
COLUMNS = (
    "path",
    "student",
    "notebook",
    "exercise",
    "checker",
    "title",
    "verdict",
    "points",
    "seconds",
    "message",
)


@dataclass(frozen=True)
class Exercise:
    """An exercise of the course: "01.2", its title, its checker, the name that the stub gives to
    the answer.
    """

    id: str
    title: str
    checker: str
    answer: str


def course(folder: Path = NOTEBOOKS) -> dict[str, list[Exercise]]:
    """{"01": its exercises in order}, read from the course's own notebooks."""
    found = {}
    for path in sorted(Path(folder).glob("[0-9][0-9]_*.ipynb")):
        exercises, headings = [], []
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                headings += re.findall(r"^### Exercise (\d\d\.\d+)[^:\n]*: *(.+)$", source, re.M)
            elif "exercise" in cell["metadata"].get("tags", []):
                checker, answer = re.search(r"checks\.(\w+)\((\w+)\)\s*\Z", source).groups()
                exercises.append(Exercise(*headings[len(exercises)], checker, answer))
        if exercises:
            found[path.name[:2]] = exercises
    if not found:
        raise GanCourseError(
            f"there are no notebooks of the course in {folder}: name their folder with --notebooks"
        )
    return found


def submissions(folder: Path) -> list[Path]:
    """Every notebook below the folder, sorted; not what Jupyter or the system keeps in hidden
    folders.
    """
    if not folder.is_dir():
        raise GanCourseError(f"{folder} is not a folder: name the one that holds the submissions")
    found = (path for path in folder.rglob("*.ipynb") if path.is_symlink() or not path.is_dir())
    return sorted(
        path
        for path in found
        if not any(part.startswith(HIDDEN) for part in path.relative_to(folder).parts)
    )


def student(path: Path, folder: Path) -> str:
    """The first folder below `folder`, or the file's stem if it lies there itself."""
    parts = path.relative_to(folder).parts
    return parts[0] if len(parts) > 1 else path.stem


def rows_of(
    path: Path,
    folder: Path,
    exercises: dict[str, list[Exercise]],
    limits: Limits,
    stop: threading.Event,
) -> list[dict]:
    """The rows of one submission: one an exercise of its notebook, or a single one if the file
    cannot be graded.
    """
    answers = {number: {e.checker: e.answer for e in of} for number, of in exercises.items()}
    try:
        # a link may lead to another student's work, a pipe never ends
        if path.is_symlink() or not path.is_file():
            raise OSError("it is a link or no plain file: hand in the notebook itself")
        number, found, wrong = examine(path, answers, limits, stop)
    except OSError as error:
        number, found, wrong = "", {}, f"it cannot be graded: {error}"
    where = {
        "path": path.relative_to(folder).as_posix(),
        "student": student(path, folder),
        "notebook": number,
    }
    if wrong or not number:
        return [_row(where, None, Finding("error", wrong or "nothing could be read from it"))]
    missing = Finding("missing", "neither its checker nor its answer is in the notebook")
    return [_row(where, e, found.get(e.checker, missing)) for e in exercises[number]]


def _row(where: dict, exercise: Exercise | None, finding: Finding) -> dict:
    about = (
        {"exercise": exercise.id, "checker": exercise.checker, "title": exercise.title}
        if exercise
        else {}
    )
    points = int(finding.verdict == "right")
    row = {
        **dict.fromkeys(COLUMNS, ""),
        **where,
        **about,
        "verdict": finding.verdict,
        "points": points,
    }
    row |= {"seconds": f"{finding.seconds:.1f}", "message": finding.message}
    return {key: _clean(value) for key, value in row.items()}


def _clean(value) -> str:
    """One printable line that a spreadsheet will not take for a formula."""
    text = str(value).encode("utf-8", "backslashreplace").decode()
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def grade(
    folder: Path, out, exercises: dict, limits: Limits, jobs: int = 1, assigned=(), say=print
) -> list[dict]:
    """Grade every submission, write each row to `out` (an open text file) as soon as it is known,
    and return all rows.

    assigned: numbers of notebooks; a student who has handed in none of that number gets rows
    "missing".
    """
    paths, stop, rows = submissions(folder), threading.Event(), []
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()

    def write(new: list[dict]) -> None:
        writer.writerows(new)
        out.flush()
        rows.extend(new)

    with ThreadPoolExecutor(jobs) as pool:  # the threads only wait for processes
        try:
            for path, new in zip(
                paths, pool.map(lambda path: rows_of(path, folder, exercises, limits, stop), paths)
            ):
                write(new)
                number, right = new[0]["notebook"], sum(int(row["points"]) for row in new)
                result = (
                    f"notebook {number}, {right} of {len(new)} right"
                    if number
                    else new[0]["message"]
                )
                say(f"{_clean(path.relative_to(folder))}: {result}")
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    here = {
        _clean(p.name) for p in folder.iterdir() if p.is_dir() and not p.name.startswith(HIDDEN)
    }
    handed_in = {(row["student"], row["notebook"]) for row in rows}
    for name in sorted(here | {row["student"] for row in rows}):
        for number in assigned:
            if (name, number) not in handed_in:
                where = {"path": "", "student": name, "notebook": number}
                write(
                    [
                        _row(where, e, Finding("missing", "no such notebook was handed in"))
                        for e in exercises[number]
                    ]
                )
    return rows


def summary(rows: list[dict]) -> list[dict]:
    """One row a student: points in each notebook, their sum, out of how many. Of several attempts
    the best counts.
    """
    best = {}
    for row in rows:
        key = row["student"], row["notebook"], row["exercise"]
        if row["exercise"] and (
            key not in best or RANK.index(row["verdict"]) < RANK.index(best[key]["verdict"])
        ):
            best[key] = row
    numbers = sorted({number for _, number, _ in best})
    table = []
    for name in sorted({row["student"] for row in rows}):
        mine = [row for (who, _, _), row in best.items() if who == name]
        points = {
            n: sum(int(row["points"]) for row in mine if row["notebook"] == n) for n in numbers
        }
        unread = sum(row["student"] == name and not row["exercise"] for row in rows)
        table.append(
            {
                "student": name,
                **points,
                "points": sum(points.values()),
                "of": len(mine),
                "files not graded": unread,
            }
        )
    return table


def main(arguments: list[str] | None = None) -> int:
    """The command; returns the exit status. 130 after Ctrl-C, with the rows written so far kept."""
    parser = argparse.ArgumentParser(
        prog="python -m gan_course.grade", description="Grade a folder of submitted notebooks."
    )
    parser.add_argument(
        "folder", type=Path, help="the submissions: a folder for each student, or notebooks"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("grades.csv"),
        help="CSV to write, a row an exercise (grades.csv)",
    )
    parser.add_argument("--summary", type=Path, help="CSV to write, a row a student")
    parser.add_argument(
        "--assigned",
        nargs="*",
        default=[],
        metavar="NN",
        help="notebooks that all students had to hand in",
    )
    parser.add_argument(
        "--timeout", type=float, default=Limits.notebook, help="seconds for a notebook (600)"
    )
    parser.add_argument(
        "--cell-timeout", type=float, default=Limits.cell, help="seconds for a cell (120)"
    )
    parser.add_argument(
        "--memory", type=float, default=Limits.memory, help="GiB for a notebook, on Linux (8)"
    )
    parser.add_argument("--jobs", type=int, default=1, help="notebooks at a time (1)")
    parser.add_argument(
        "--notebooks", type=Path, default=NOTEBOOKS, help="the course's own notebooks"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace what --out and --summary name"
    )
    asked = parser.parse_args(arguments)
    try:
        exercises = course(asked.notebooks)
        if unknown := sorted(set(asked.assigned) - exercises.keys()):
            raise GanCourseError(
                f"--assigned {' '.join(unknown)}: the notebooks with exercises are "
                f"{', '.join(exercises)}"
            )
        for path in filter(None, (asked.out, asked.summary)):
            if path.exists() and not asked.overwrite:
                raise GanCourseError(f"{path} exists: choose another name, or add --overwrite")
        limits = Limits(asked.timeout, asked.cell_timeout, asked.memory)
        with _open(asked.out) as out:
            rows = grade(
                asked.folder.resolve(), out, exercises, limits, max(1, asked.jobs), asked.assigned
            )
        table = summary(rows)
        if asked.summary and table:
            with _open(asked.summary) as out:
                writer = csv.DictWriter(out, list(table[0]))
                writer.writeheader()
                writer.writerows(table)
    except GanCourseError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Interrupted):
        print(f"Stopped. {asked.out} keeps the rows that were done.", file=sys.stderr)
        return 130
    for row in table:
        print(f"{row['student']}: {row['points']} of {row['of']}")
    print(f"{len(rows)} rows in {asked.out}")
    return 0


def _open(path: Path):
    return open(path, "w", encoding="utf-8", newline="")


if __name__ == "__main__":
    sys.exit(main())
