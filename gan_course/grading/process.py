"""One submitted notebook in a process of its own: started, followed, ended.

The process runs `inside`. It gets the cells, a fresh folder, a clean environment, limits of time
and memory, and an end: it is killed with all that it started. What it prints is thrown away; what
counts are the reports that it adds to a file, a line of JSON each.
"""

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from gan_course.grading.notebook import Notebook

STARTUP = 120  # seconds to import torch on a busy machine, before any cell runs
RESTARTS = 10  # cells that may hang or end the process before the grader gives up on a notebook
PAUSE = 0.05  # seconds between two looks at the reports
MARK = "GAN_COURSE_GRADED"  # in the environment of everything that a submission starts
# of several verdicts on one exercise the first of these counts
RANK = ("right", "wrong", "not attempted", "timed out", "error", "missing")


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    notebook: float = 600  # seconds for all its cells
    cell: float = 120  # seconds for one cell and the checkers it calls
    memory: float = 8  # GiB, on systems that can hold a process to it (Linux)


@dataclass(frozen=True)
class Finding:
    """What became of one exercise: a verdict of RANK, a line that says why, the seconds it took."""

    verdict: str
    message: str
    seconds: float = 0.0


def examine(notebook: Notebook, limits: Limits, stop: threading.Event) -> dict[str, Finding]:
    """Run the notebook up to its last exercise; {checker: Finding}.

    A cell that hangs or ends the process is left out when the notebook runs again, so that it costs
    its own exercise and not those after it. Once `stop` is set, the process is ended and what is
    known is returned.
    """
    findings, lost, spent = {}, [], 0.0  # lost: (cell, verdict, why); spent: seconds
    while notebook.plan and spent < limits.notebook and len(lost) <= RESTARTS and not stop.is_set():
        broken, cell, start = None, None, time.monotonic()
        job = {"code": notebook.code, "plan": notebook.plan, "lost": lost, "memory": limits.memory}
        for report in _reports(job, limits.notebook - spent, limits.cell, stop):
            now = time.monotonic()
            match report:
                case {"cell": following}:
                    start = start if cell is not None else now  # without the import of torch
                    cell, since = following, now
                case {"checker": checker, "verdict": verdict, "message": message}:
                    new = Finding(verdict, message, now - since)
                    findings[checker] = min(findings.get(checker, new), new, key=_rank)
                case {"broken": broken}:
                    pass
        if not broken:
            return findings
        spent += time.monotonic() - start
        lost.append((cell, *broken))
        if cell in (None, notebook.plan[-1][0]):
            break
    unreached = {}
    if lost:
        cell, verdict, why = lost[-1]
        place = "its process" if cell is None else f"code cell {cell + 1}"
        unreached = {name: Finding(verdict, f"{place} {why}") for _, name, _ in notebook.plan}
    return unreached | findings


def _rank(finding: Finding) -> int:
    return RANK.index(finding.verdict)


def _reports(job: dict, seconds: float, cell_seconds: float, stop: threading.Event):
    """Run the cells of a job for so many seconds and yield the reports.

    If the process breaks off, the last report is {"broken": (verdict, why)}.
    """
    mark = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True) as folder:
        home, reports, job_file = (Path(folder, name) for name in ("home", "reports", "job.json"))
        work = home / "notebooks"
        work.mkdir(parents=True)
        reports.touch()
        job_file.write_text(json.dumps(job | {"reports": str(reports)}), encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "gan_course.grading.inside", str(job_file)],
            cwd=work,
            env=_environment(home, mark),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield from _follow(process, reports, seconds, cell_seconds, stop)
        finally:
            _kill(process, mark)


def _follow(process, reports: Path, seconds: float, cell_seconds: float, stop):
    """Yield the reports of a running process as they come, until it ends or has to be ended."""
    deadline, until, rest = None, time.monotonic() + STARTUP, ""
    with open(reports, encoding="utf-8") as file:
        while True:
            ended = process.poll() is not None  # asked before reading: nothing comes after
            *lines, rest = (rest + file.read()).split("\n")
            for report in map(json.loads, lines):
                deadline = deadline or time.monotonic() + seconds  # from the first report on
                until = min(deadline, time.monotonic() + cell_seconds)
                if "done" in report:
                    return
                yield report
            if ended or stop.is_set():
                yield {"broken": ("error", "ended the process")}
                return
            if time.monotonic() > until:
                yield {"broken": ("timed out", "ran too long")}
                return
            time.sleep(PAUSE)


def _environment(home: Path, mark: str) -> dict[str, str]:
    """The variables of a submission: of the grader's own only where programs and images are."""
    kept = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "GAN_COURSE_DATA", "GAN_COURSE_CLASS")
    homes = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR")
    proxies = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")  # one that leads nowhere
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        **dict.fromkeys(homes, str(home)),
        **dict.fromkeys(proxies, "http://127.0.0.1:9"),
        "GAN_COURSE_PROFILE": "quick",
        "TQDM_DISABLE": "1",
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "MPLBACKEND": "Agg",
        "PYTHONPATH": os.pathsep.join(place for place in sys.path if place),
        MARK: mark,
    }


def _kill(process: subprocess.Popen, mark: str) -> None:
    """End the process and all it started: its session, then what left that and carries the mark."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    for _ in range(5):  # one may start another while we look
        strays = []
        for other in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if other.environ().get(MARK) == mark:
                    other.kill()
                    strays.append(other)
        if not strays:
            return
        psutil.wait_procs(strays, timeout=1)
