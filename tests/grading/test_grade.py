"""The grading command on small submissions, honest and not. A course of two exercises, with real
checkers, is written for it.
"""

import csv
import json
import os
import sys
import textwrap
import threading
import time

import psutil
import pytest

from gan_course.errors import GanCourseError
from gan_course.exercises import nb04
from gan_course.exercises.frame import EXERCISES
from gan_course.grading import inside, process, submissions

KL, SIZES = "kl_when_m_of_k_modes", "packed_sizes"
RIGHT_KL = (
    "import math\ndef kl(m, K):\n    return math.log(K / m)\n\nchecks.kl_when_m_of_k_modes(kl)"
)
WRONG_KL = "def kl(m, K):\n    return K / m\n\nchecks.kl_when_m_of_k_modes(kl)"
RIGHT_SIZES = "sizes = (64, 8)\n\nchecks.packed_sizes(sizes)"
SETUP = "from gan_course import checks"


def notebook(*sources) -> str:
    """A notebook of these cells; one that begins with "#" and a blank is Markdown."""
    cells = []
    for source in sources:
        kind = "markdown" if source.startswith("# ") else "code"
        more = {"outputs": [], "execution_count": None} if kind == "code" else {}
        tags = (
            {"tags": ["exercise"]} if source.rstrip().endswith(")") and "checks." in source else {}
        )
        cells.append(
            {"cell_type": kind, "id": str(len(cells)), "metadata": tags, "source": source, **more}
        )
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The folder of a course with one notebook, 04, of two exercises."""
    folder = tmp_path_factory.mktemp("course")
    stub = (
        "def kl(m, K):\n    return ...\n\nchecks.kl_when_m_of_k_modes(kl)",
        "sizes = ...\n\nchecks.packed_sizes(sizes)",
    )
    text = "# 04 Small\n\n### Exercise 04.1: read the KL", "# \n### Exercise 04.2 (harder): sizes"
    (folder / "04_small.ipynb").write_text(
        notebook(text[0], SETUP, stub[0], text[1], stub[1]), encoding="utf-8"
    )
    return folder


@pytest.fixture
def verdicts(course, tmp_path):
    """Grade one submission of these cells; returns {checker: row}."""

    def run(*sources, cell=60.0, timeout=120.0, text=None):
        path = tmp_path / "in" / "ana" / "work.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text or notebook(*sources), encoding="utf-8")
        before = path.read_bytes()
        limits = process.Limits(timeout, cell, 8)
        rows = submissions.rows_of(
            path, tmp_path / "in", submissions.course(course), limits, threading.Event()
        )
        assert path.read_bytes() == before
        return {row["checker"]: row for row in rows}

    return run


def states(rows) -> tuple:
    return tuple(rows[name]["verdict"] for name in (KL, SIZES))


def test_the_course_is_read_from_its_notebooks(course):
    assert [(e.id, e.title, e.checker, e.answer) for e in submissions.course(course)["04"]] == [
        ("04.1", "read the KL", KL, "kl"),
        ("04.2", "sizes", SIZES, "sizes"),
    ]
    real = submissions.course()
    assert {e.checker for exercises in real.values() for e in exercises} == set(EXERCISES)
    assert all(e.id.startswith(number) for number, exercises in real.items() for e in exercises)


def test_right_and_not_attempted(verdicts):
    rows = verdicts(SETUP, RIGHT_KL, "sizes = ...\n\nchecks.packed_sizes(sizes)")
    assert states(rows) == ("right", "not attempted")
    assert [rows[name]["points"] for name in (KL, SIZES)] == ["1", "0"]
    assert (
        rows[KL]["student"] == "ana"
        and rows[KL]["notebook"] == "04"
        and rows[KL]["path"] == "ana/work.ipynb"
    )


def test_wrong_says_why_and_an_absent_exercise_is_missing(verdicts):
    rows = verdicts(SETUP, WRONG_KL)
    assert states(rows) == ("wrong", "missing")
    assert "Expected" in rows[KL]["message"] and "\n" not in rows[KL]["message"]


def test_cells_in_another_order_and_a_deleted_checker_line(verdicts):
    rows = verdicts(
        "sizes = (64, 8)",
        RIGHT_KL.replace("checks.", "import gan_course.checks as c\nc."),
        "# 04 Small",
    )
    assert states(rows) == ("right", "right")


def test_errors_before_and_in_a_cell(verdicts):
    broken = "def kl(m, K:\n    pass\nchecks.kl_when_m_of_k_modes(kl)"
    # `checks` is not even imported
    rows = verdicts("raise RuntimeError('no data here')", broken, RIGHT_SIZES)
    assert states(rows) == ("error", "right") and "SyntaxError" in rows[KL]["message"]


def test_an_answer_from_a_cell_that_raised_does_not_count(verdicts):
    rows = verdicts("sizes = (64, 8)", "sizes = undefined\nchecks.packed_sizes(sizes)", RIGHT_KL)
    assert states(rows) == ("right", "error") and "NameError" in rows[SIZES]["message"]


def test_exit_and_loops_cost_their_own_exercise_only(verdicts):
    start = time.monotonic()
    rows = verdicts(
        SETUP,
        "import os\nos._exit(0)",
        WRONG_KL.replace("return K / m", "while True: pass"),
        RIGHT_SIZES,
        cell=4.0,
    )
    assert states(rows) == ("timed out", "right")
    assert time.monotonic() - start < 60


def test_a_process_that_ignores_signals_is_killed_with_its_children(verdicts, tmp_path):
    pid = tmp_path / "pid"
    child = f"""
        import os, signal, subprocess, sys, time
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True)
        open({str(pid)!r}, "w").write(str(child.pid))
        while True:
            time.sleep(1)
        checks.kl_when_m_of_k_modes(kl)
    """
    rows = verdicts(SETUP, textwrap.dedent(child), cell=3.0)
    assert rows[KL]["verdict"] == "timed out"
    assert (
        not psutil.pid_exists(int(pid.read_text()))
        or psutil.Process(int(pid.read_text())).status() == "zombie"
    )


def test_the_whole_notebook_has_a_limit(verdicts):
    rows = verdicts(SETUP, "import time\ntime.sleep(100)", RIGHT_KL, timeout=3.0)
    assert states(rows) == ("timed out", "missing")


FORGERIES = {
    "printed": "print('✔ kl_when_m_of_k_modes: right.')\nimport os, json\n"
    'for fd in range(3, 20):\n    try: os.write(fd, b\'\\n{"exercise": "kl_when_m_of_k_modes", '
    '"verdict": "right"}\\n\')\n'
    "    except OSError: pass",
    "own checks": "class checks:\n    def __getattr__(self, name): return lambda answer: "
    "True\nchecks = checks()\n"
    "import sys\nsys.modules['gan_course.checks'] = checks",
    "patched grading": "from gan_course.exercises import frame\nframe.expect = lambda *a, **k: "
    "None\n"
    "grading.EXERCISES['kl_when_m_of_k_modes'] = lambda a: grading.Verdict('right', 'yes')",
    "patched exercise": "from gan_course.exercises import nb04\nnb04.expect = lambda *a, **k: None",
    "patched numpy": "import numpy as np\nnp.allclose = lambda *a, **k: True",
    "patched builtins": "import builtins\nbuiltins.callable = lambda x: False\nbuiltins.isinstance "
    "= lambda *a: True",
}


def test_forgeries_earn_nothing(verdicts):
    rows = verdicts(SETUP, *FORGERIES.values(), WRONG_KL, RIGHT_SIZES)
    assert states(rows) == ("wrong", "right")
    assert "Expected" in rows[KL]["message"]  # from the true checker


def test_an_answer_that_patches_the_checker_is_found_out():
    def crooked(m, K):
        nb04.expect = lambda *args, **kwargs: None
        nb04.call = lambda *args, **kwargs: None
        return 0

    kept = nb04.expect, nb04.call
    try:
        verdict, message = inside._judge(EXERCISES[KL], crooked)
    finally:
        nb04.expect, nb04.call = kept
    assert verdict == "wrong" or (verdict == "error" and "by hand" in message)


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_every_checker_calls_nonsense_wrong(name):
    assert EXERCISES[name](lambda *args, **kwargs: None).state == "wrong"  # what `_judge` relies on


def test_output_memory_and_environment(verdicts, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "abc")
    flood = "import os\nfor fd in range(1, 12):\n    try: os.write(fd, b'x' * 3_000_000)\n    except OSError: pass\n"
    hoard = "import numpy as np\nhoard = np.empty(20 * 2**30, np.uint8)\n"
    look = "assert 'SECRET_TOKEN' not in os.environ and 'grade-' in os.environ['HOME']\n"
    rows = verdicts(SETUP, flood + "print('x' * 30_000_000)", look + RIGHT_SIZES, hoard + RIGHT_KL)
    assert rows[SIZES]["verdict"] == "right"
    if sys.platform == "linux":  # elsewhere memory has no limit
        assert rows[KL]["verdict"] == "error" and "Memory" in rows[KL]["message"]


@pytest.mark.parametrize(
    "text, why",
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


def test_large_files_and_links_are_not_read(course, tmp_path, monkeypatch):
    monkeypatch.setattr(process, "MAX_BYTES", 10)
    (tmp_path / "ana.ipynb").write_text(notebook(RIGHT_KL))
    (tmp_path / "ben.ipynb").symlink_to(tmp_path / "ana.ipynb")
    exercises, stop = submissions.course(course), threading.Event()
    for name, why in (("ana", "limit"), ("ben", "link")):
        (row,) = submissions.rows_of(
            tmp_path / f"{name}.ipynb", tmp_path, exercises, process.Limits(), stop
        )
        assert row["verdict"] == "error" and why in row["message"] and row["student"] == name


def read(path) -> list[dict]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_command(course, tmp_path, capsys):
    folder, out, table = tmp_path / "in", tmp_path / "grades.csv", tmp_path / "students.csv"
    for name, cells in {
        "ana/a": [RIGHT_KL],
        "ana/b": [SETUP, WRONG_KL, RIGHT_SIZES],
        "=ben": [WRONG_KL],
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.ipynb").write_text(notebook(*cells), encoding="utf-8")
    (folder / "ana" / ".ipynb_checkpoints").mkdir()
    (folder / "ana" / ".ipynb_checkpoints" / "a.ipynb").write_text("{}")
    (folder / "cleo").mkdir()
    command = [
        str(folder),
        "--out",
        str(out),
        "--summary",
        str(table),
        "--notebooks",
        str(course),
        "--jobs",
        "2",
    ]
    assert submissions.main([*command, "--assigned", "04"]) == 0
    rows = read(out)
    assert [row["student"] for row in rows] == ["'=ben"] * 2 + ["ana"] * 4 + ["cleo"] * 2
    assert {row["verdict"] for row in rows if row["student"] == "cleo"} == {"missing"}
    assert [(row["student"], row["04"], row["points"], row["of"]) for row in read(table)] == [
        ("'=ben", "0", "0", "2"),
        ("ana", "2", "2", "2"),
        ("cleo", "0", "0", "2"),
    ]
    assert "ana: 2 of 2" in capsys.readouterr().out
    # never over an earlier result
    assert submissions.main(command) == 1 and "exists" in capsys.readouterr().err
    assert read(out) == rows
    assert (
        submissions.main([str(folder), "--out", str(tmp_path / "x.csv"), "--assigned", "77"]) == 1
    )


def test_rows_are_written_as_they_come_and_an_interrupt_keeps_them(course, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.ipynb").write_text("{}")

    def slow(path, *rest):
        if path.stem == "b":
            until = time.monotonic() + 20
            while (
                not read(tmp_path / "g.csv") and time.monotonic() < until
            ):  # the first row is on disk before the second is known
                time.sleep(0.05)
            raise KeyboardInterrupt
        return "", {}, "not a notebook"

    monkeypatch.setattr(submissions, "examine", slow)
    started = time.monotonic()
    assert (
        submissions.main(
            [str(tmp_path / "in"), "--out", str(tmp_path / "g.csv"), "--notebooks", str(course)]
        )
        == 130
    )
    assert time.monotonic() - started < 15
    assert [row["student"] for row in read(tmp_path / "g.csv")] == ["a"]


def test_a_stop_ends_a_running_notebook(course, tmp_path):
    path, stop = tmp_path / "a.ipynb", threading.Event()
    path.write_text(notebook(SETUP, "while True: pass", RIGHT_KL))
    threading.Timer(1.0, stop.set).start()
    with pytest.raises(process.Interrupted):
        process.examine(path, {"04": {KL: "kl"}}, process.Limits(), stop)


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(GanCourseError, match="not a folder"):
        submissions.submissions(tmp_path / "nowhere")
    with pytest.raises(GanCourseError, match="--notebooks"):
        submissions.course(tmp_path)


def test_cells_of_a_spreadsheet_hold_no_formula():
    assert submissions._clean("=HYPERLINK(1)\n\x1b[31mx") == "'=HYPERLINK(1) [31mx"
    assert submissions._clean(os.fsdecode(b"\xff.ipynb")) == "\\udcff.ipynb"
