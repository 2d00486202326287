"""The grading command on small submissions. A course of two exercises is written for it."""

import csv
import json
import os
import shutil
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from pathlib import Path

import psutil
import pytest

from gan_course.exercises.frame import EXERCISES
from gan_course.grading import index, submissions
from gan_course.grading.notebook import parse
from gan_course.grading.process import Limits, examine

KL, SIZES = "kl_of_a_perfect_sampler", "gan_step_mistakes"
RIGHT_KL = "def kl(K, N):\n    return (K - 1) / (2 * N)\n\nchecks.kl_of_a_perfect_sampler(kl)"
WRONG_KL = "def kl(K, N):\n    return K / N\n\nchecks.kl_of_a_perfect_sampler(kl)"
RIGHT_SIZES = "sizes = {3, 7, 10}\n\nchecks.gan_step_mistakes(sizes)"
SETUP = "from gan_course import checks"


def notebook(*sources) -> str:
    """A notebook of these cells; one that begins with "#" and a blank is Markdown."""
    cells = []
    for source in sources:
        kind = "markdown" if source.startswith("# ") else "code"
        is_exercise = "checks." in source and source.rstrip().endswith(")")
        metadata = {"tags": ["exercise"]} if is_exercise else {}
        cells.append({"cell_type": kind, "metadata": metadata, "source": source})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """The folder of a course with one notebook, 04, of two exercises."""
    folder = tmp_path_factory.mktemp("course")
    stub = (
        "def kl(K, N):\n    return ...\n\nchecks.kl_of_a_perfect_sampler(kl)",
        "sizes = ...\n\nchecks.gan_step_mistakes(sizes)",
    )
    text = "# 04 Small\n\n### Exercise 04.1: read the KL", "# \n### Exercise 04.2 (harder): sizes"
    (folder / "04_small.ipynb").write_text(
        notebook(text[0], SETUP, stub[0], text[1], stub[1]), encoding="utf-8"
    )
    return folder


@pytest.fixture
def exercises(course) -> dict:
    return index.from_notebooks(course)


@pytest.fixture
def verdicts(exercises, tmp_path):
    """Grade one submission of these cells; returns {checker: row}."""

    def run(*sources, cell=60.0, timeout=120.0, text=None):
        path = tmp_path / "in" / "ana" / "work.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text or notebook(*sources), encoding="utf-8")
        before = path.read_bytes()
        (submission,) = submissions.submissions(tmp_path / "in")
        limits = Limits(timeout, cell, 8)
        rows = submissions.rows_of(submission, exercises, limits, threading.Event())
        assert path.read_bytes() == before
        return {row["checker"]: row for row in rows}

    return run


def states(rows) -> tuple:
    return tuple(rows[name]["verdict"] for name in (KL, SIZES))


def test_exercises_are_read_from_notebooks(exercises):
    assert exercises["04"] == [
        index.Exercise("04.1", "read the KL", KL, "kl"),
        index.Exercise("04.2", "sizes", SIZES, "sizes"),
    ]


def test_the_shipped_index_is_what_the_command_makes_of_the_notebooks():
    made = index.from_notebooks(index.NOTEBOOKS)
    assert index.as_json(made) == index.FILE.read_text(encoding="utf-8"), (
        "run: python -m gan_course.grading.index"
    )
    assert index.read() == made
    assert {e.checker for exercises in made.values() for e in exercises} == set(EXERCISES)
    assert all(e.id.startswith(number) for number, exercises in made.items() for e in exercises)


def test_right_and_not_attempted(verdicts):
    rows = verdicts(SETUP, RIGHT_KL, "sizes = ...\n\nchecks.gan_step_mistakes(sizes)")
    assert states(rows) == ("right", "not attempted")
    assert [rows[name]["points"] for name in (KL, SIZES)] == ["1", "0"]
    where = [rows[KL][name] for name in ("student", "notebook", "path")]
    assert where == ["ana", "04", "ana/work.ipynb"]


def test_wrong_says_why_whatever_is_printed_and_an_absent_exercise_is_missing(verdicts):
    prints = f'print(\'{KL}: right.\')\nprint(\'{{"checker": "{KL}", "verdict": "right"}}\')\n'
    rows = verdicts(SETUP, prints + WRONG_KL)
    assert states(rows) == ("wrong", "missing")
    assert "Expected" in rows[KL]["message"] and "\n" not in rows[KL]["message"]


def test_cells_in_another_order_and_a_deleted_checker_line(verdicts):
    rows = verdicts(
        "sizes = {3, 7, 10}\n# checks.gan_step_mistakes(sizes)",
        RIGHT_KL.replace("checks.", "import gan_course.checks as c\nc."),
        "# 04 Small",
    )
    assert states(rows) == ("right", "right")


def test_errors_before_and_in_a_cell(verdicts):
    broken = "def kl(K, N:\n    pass\nchecks.kl_of_a_perfect_sampler(kl)"
    # `checks` is not even imported
    rows = verdicts("raise RuntimeError('no data here')", broken, RIGHT_SIZES)
    assert states(rows) == ("error", "right") and "SyntaxError" in rows[KL]["message"]


def test_the_better_of_two_cells_counts_and_a_magic_runs(verdicts):
    twice = RIGHT_SIZES.replace("{3, 7, 10}", "{1, 2}")
    rows = verdicts(SETUP, RIGHT_SIZES, twice, "%%time\n" + RIGHT_KL, "assert " + RIGHT_SIZES[20:])
    assert states(rows) == ("right", "right")


def test_an_answer_from_a_cell_that_raised_does_not_count(verdicts):
    rows = verdicts(
        "sizes = {3, 7, 10}", "sizes = undefined\nchecks.gan_step_mistakes(sizes)", RIGHT_KL
    )
    assert states(rows) == ("right", "error") and "NameError" in rows[SIZES]["message"]


def test_exit_and_loops_cost_their_own_exercise_only(verdicts):
    rows = verdicts(
        SETUP,
        "import os\nos._exit(0)",
        WRONG_KL.replace("return K / N", "while True: pass"),
        RIGHT_SIZES,
        cell=4.0,
    )
    assert states(rows) == ("timed out", "right")


def test_a_process_that_ignores_signals_is_killed_with_its_children(verdicts, tmp_path):
    pid = tmp_path / "pid"
    child = f"""
        import os, signal, subprocess, sys, time
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        sleep = [sys.executable, "-c", "import time; time.sleep(300)"]
        child = subprocess.Popen(sleep, start_new_session=True)
        open({str(pid)!r}, "w").write(str(child.pid))
        while True:
            time.sleep(1)
        checks.kl_of_a_perfect_sampler(kl)
    """
    rows = verdicts(SETUP, textwrap.dedent(child), cell=3.0)
    assert rows[KL]["verdict"] == "timed out"
    child = int(pid.read_text())
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie"


def test_the_whole_notebook_has_a_limit(verdicts):
    rows = verdicts(SETUP, "import time\ntime.sleep(100)", RIGHT_KL, timeout=3.0)
    assert states(rows) == ("timed out", "missing")


def test_output_memory_and_environment(verdicts, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "abc")
    flood = "import os\nfor fd in (1, 2):\n    os.write(fd, b'x' * 3_000_000)\n"
    hoard = "import numpy as np\nhoard = np.empty(20 * 2**30, np.uint8)\n"
    look = "assert 'SECRET_TOKEN' not in os.environ and 'grade-' in os.environ['HOME']\n"
    rows = verdicts(SETUP, flood + "print('x' * 30_000_000)", look + RIGHT_SIZES, hoard + RIGHT_KL)
    assert rows[SIZES]["verdict"] == "right"
    if sys.platform == "linux":  # elsewhere memory has no limit
        assert rows[KL]["verdict"] == "error" and "Memory" in rows[KL]["message"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{broken", "not a notebook"),
        ("[" * 100_000, "not a notebook"),
        ('{"cells": 7}', "not a notebook"),
        (notebook("print('hello')"), "no exercise of the course"),
    ],
)
def test_what_is_no_notebook_gets_one_row(verdicts, text, why):
    rows = verdicts(text=text)
    assert list(rows) == [""] and rows[""]["verdict"] == "error" and why in rows[""]["message"]


def rows_in(folder, exercises) -> dict:
    """{path: (verdicts, message)} of everything in the folder."""
    rows = {}
    for submission in submissions.submissions(folder):
        graded = submissions.rows_of(submission, exercises, Limits(), threading.Event())
        assert all(row["student"] == submission.student for row in graded)
        rows[submission.path] = tuple(row["verdict"] for row in graded), graded[0]["message"]
    return rows


def test_who_handed_in_no_notebook_gets_a_row_that_says_what_to_do(exercises, tmp_path):
    (tmp_path / "in" / "ana").mkdir(parents=True)
    (tmp_path / "in" / "ben").mkdir()
    (tmp_path / "in" / "ben" / "report.pdf").write_bytes(b"%PDF")
    (tmp_path / "in" / "cleo.docx").write_bytes(b"PK")
    (tmp_path / "other.ipynb").write_text(notebook(RIGHT_KL))
    (tmp_path / "in" / "dan.ipynb").symlink_to(tmp_path / "other.ipynb")
    (tmp_path / "in" / "eva").symlink_to(tmp_path)
    (tmp_path / "in" / "fred.ipynb").mkdir()
    rows = rows_in(tmp_path / "in", exercises)
    assert list(rows) == ["ana", "ben/report.pdf", "cleo.docx", "dan.ipynb", "eva", "fred.ipynb"]
    assert all(verdicts == ("error",) for verdicts, _ in rows.values())
    assert all("hand in the notebook itself" in message for _, message in rows.values())
    assert all("link" in rows[path][1] for path in ("dan.ipynb", "eva"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_that_may_not_be_read(exercises, tmp_path):
    (tmp_path / "ana.ipynb").write_text(notebook(RIGHT_KL))
    (tmp_path / "ana.ipynb").chmod(0)
    verdicts, message = rows_in(tmp_path, exercises)["ana.ipynb"]
    assert verdicts == ("error",) and "Permission denied" in message


def test_a_read_that_fails_costs_one_row(exercises, tmp_path, monkeypatch):
    (tmp_path / "ana.ipynb").write_text(notebook(RIGHT_KL))

    def fail(file):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(submissions, "_content", fail)
    verdicts, message = rows_in(tmp_path, exercises)["ana.ipynb"]
    assert verdicts == ("error",) and "Input/output error" in message


def test_zip_files_are_graded_where_they_lie(exercises, tmp_path):
    (tmp_path / "ana").mkdir()
    (tmp_path / "ana" / "work.ipynb").write_text("")  # an empty file beside the real one
    with zipfile.ZipFile(tmp_path / "ana" / "work.zip", "w") as archive:
        archive.writestr("../../out/a.ipynb", notebook(RIGHT_KL, "# 04"))
        archive.writestr("b//b.ipynb", notebook(RIGHT_SIZES))
        archive.writestr("__MACOSX/b.ipynb", "x")
        archive.writestr(".ipynb_checkpoints/b.ipynb", "x")
        archive.writestr("data.csv", "x")
    rows = rows_in(tmp_path, exercises)
    assert {path: verdicts for path, (verdicts, _) in rows.items()} == {
        "ana/work.ipynb": ("error",),
        "ana/work.zip/../../out/a.ipynb": ("right", "missing"),
        "ana/work.zip/b//b.ipynb": ("missing", "right"),
    }
    assert [path.name for path in tmp_path.rglob("*")] == ["ana", "work.ipynb", "work.zip"]


def test_zip_files_without_a_notebook_or_damaged(exercises, tmp_path):
    with zipfile.ZipFile(tmp_path / "ana.zip", "w") as archive:
        archive.writestr("report.pdf", "x")
    (tmp_path / "ben.zip").write_bytes(b"PK no zip file")
    with zipfile.ZipFile(tmp_path / "cleo.zip", "w") as archive:
        archive.writestr("a.ipynb", notebook(RIGHT_KL))
    content = (tmp_path / "cleo.zip").read_bytes()
    (tmp_path / "cleo.zip").write_bytes(content.replace(b"(K - 1)", b"(K - 9)"))
    rows = rows_in(tmp_path, exercises)
    assert list(rows) == ["ana.zip", "ben.zip", "cleo.zip/a.ipynb"]
    for verdicts, message in rows.values():
        assert verdicts == ("error",) and "hand in the notebook itself" in message


def test_what_is_too_large_is_not_read(exercises, tmp_path, monkeypatch):
    monkeypatch.setattr(submissions, "MAX_BYTES", 10)
    (tmp_path / "ana.ipynb").write_text(notebook(RIGHT_KL))
    with zipfile.ZipFile(tmp_path / "ben.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ipynb", " " * 10_000_000)
    for verdicts, message in rows_in(tmp_path, exercises).values():
        assert verdicts == ("error",) and "the limit" in message


def read(path) -> list[dict]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_command(course, tmp_path, capsys):
    folder, out, table = tmp_path / "in", tmp_path / "grades.csv", tmp_path / "students.csv"
    notebooks = {
        "ana/a": [RIGHT_KL],
        "ana/b": [SETUP, WRONG_KL, RIGHT_SIZES],
        "=ben": [WRONG_KL],
        "ana/.ipynb_checkpoints/a": [],
    }
    for name, cells in notebooks.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.ipynb").write_text(notebook(*cells), encoding="utf-8")
    (folder / "cleo").mkdir()
    command = [str(folder), "--out", str(out), "--summary", str(table), "--notebooks", str(course)]
    command += ["--jobs", "2"]
    assert submissions.main([*command, "--assigned", "4"]) == 0
    rows = read(out)
    assert [row["student"] for row in rows] == ["'=ben"] * 2 + ["ana"] * 4 + ["cleo"] * 3
    assert [row["verdict"] for row in rows[-3:]] == ["error", "missing", "missing"]
    assert [tuple(row.values()) for row in read(table)] == [
        ("'=ben", "0", "0", "2", "0"),
        ("ana", "2", "2", "2", "0"),
        ("cleo", "0", "0", "2", "1"),
    ]
    assert list(read(table)[0]) == ["student", "04", "points", "of", "files not graded"]
    assert "ana: 2 of 2" in capsys.readouterr().out
    # never over an earlier result
    assert submissions.main(command) == 1 and "exists" in capsys.readouterr().err
    assert read(out) == rows


def test_a_mistake_in_the_command_leaves_no_file(course, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "ana.ipynb").write_text("{}")
    mistakes = {
        "nowhere": "not a folder",
        "in": "is empty",
        "full --assigned 4 77": "--assigned 77: there are exercises in 04",
        "full --notebooks in": "no notebooks with exercises",
        "full --summary nowhere/table.csv": "not a folder",
    }
    for mistake, message in mistakes.items():
        folder, *options = mistake.split()
        options = [str(tmp_path / word) if word.isalpha() else word for word in options]
        command = [str(tmp_path / folder), "--out", str(tmp_path / "grades.csv")]
        assert submissions.main([*command, "--notebooks", str(course), *options]) == 1
        assert message in capsys.readouterr().err
        assert not (tmp_path / "grades.csv").exists()


def test_a_table_where_nothing_could_be_graded(course, tmp_path):
    (tmp_path / "ana.ipynb").write_text("{}")
    command = [str(tmp_path), "--out", str(tmp_path / "o.csv"), "--notebooks", str(course)]
    # the second time the results lie in the folder, and count as nobody's work
    for more in ([], ["--overwrite"]):
        assert submissions.main([*command, "--summary", str(tmp_path / "s.csv"), *more]) == 0
        (row,) = read(tmp_path / "s.csv")
        assert row == {"student": "ana", "points": "0", "of": "0", "files not graded": "1"}


def test_the_command_line_reads_the_shipped_index(tmp_path):
    source = Path(submissions.__file__).parents[1]
    shutil.copytree(source, tmp_path / "gan_course")  # a package without its notebooks
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ana.ipynb").write_text(notebook(RIGHT_KL))
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "gan_course.grade", "in", "--assigned", "4"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    verdicts = [row["verdict"] for row in read(tmp_path / "grades.csv")]
    assert verdicts == ["right", "missing"]


def test_rows_are_written_as_they_come_and_an_interrupt_keeps_them(course, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.ipynb").write_text("{}")

    early = []  # what is on disk before the second row is known

    def slow(content, name, *rest):
        if name == "b.ipynb":
            until = time.monotonic() + 60
            while not early and time.monotonic() < until:
                early.extend(read(tmp_path / "g.csv"))
                time.sleep(0.05)
            raise KeyboardInterrupt
        raise ValueError("not a notebook")

    monkeypatch.setattr(submissions, "parse", slow)
    command = [str(tmp_path / "in"), "--out", str(tmp_path / "g.csv"), "--notebooks", str(course)]
    assert submissions.main(command) == 130
    assert [row["student"] for row in read(tmp_path / "g.csv")] == ["a"]
    assert early


def test_a_stop_ends_a_running_notebook(exercises):
    stop, started = threading.Event(), time.monotonic()
    work = parse(notebook(SETUP, "while True: pass", RIGHT_KL).encode(), "a.ipynb", exercises)
    threading.Timer(1.0, stop.set).start()
    assert examine(work, Limits(), stop)[KL].verdict == "error"
    assert time.monotonic() - started < Limits().cell / 2


def test_cells_of_a_spreadsheet_hold_no_formula():
    assert submissions.clean("=HYPERLINK(1)\n\x1b[31mx") == "'=HYPERLINK(1) [31mx"
    assert submissions.clean(os.fsdecode(b"\xff.ipynb")) == "\\udcff.ipynb"
