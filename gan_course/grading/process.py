"""One submitted notebook in a process of its own: started, listened to, ended. `submissions` calls
`examine`.

The process runs `inside`. It gets a fresh folder with a copy of the notebook, a clean environment,
limits of time and memory, and an end: it is killed with all that it started. What it prints is
thrown away; what counts arrives over a pipe, each line opened by a secret.
"""

import json
import os
import queue
import secrets
import shutil
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

MAX_BYTES = 50_000_000  # a larger file is not read
STARTUP = 120  # seconds to import torch on a busy machine, before any cell runs
RESTARTS = 10  # cells that may hang or end the process before the grader gives up on a notebook
MARK = "GAN_COURSE_GRADED"  # in the environment of everything that a submission starts
# of two cells for one exercise the better counts
RANK = ("right", "wrong", "not attempted", "timed out", "error", "missing")
INSIDE = (
    "import json, sys; job = json.loads(sys.stdin.readline()); sys.path[:] = job['path']; "
    "from gan_course.grading.inside import main; main(job)"
)


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    notebook: float = 600  # seconds for all its cells
    cell: float = 120  # seconds for one cell and the checkers it calls
    memory: float = 8  # GiB, on systems that can hold a process to it (Linux)


@dataclass(frozen=True)
class Finding:
    """What became of one exercise: a verdict of RANK, one line that says why, and the seconds it
    took.
    """

    verdict: str
    message: str
    seconds: float = 0.0


class Interrupted(Exception):
    """The grader was told to stop."""


def examine(
    path: Path, course: dict, limits: Limits, stop: threading.Event
) -> tuple[str, dict[str, Finding], str]:
    """(number of the notebook or "", {checker: Finding}, what is wrong with the file or "").

    course: {number: {checker: name of its answer}}. A cell that hangs or ends the process is left
    out when the notebook runs again, so that it costs its own exercise and not those after it.
    Raises Interrupted once `stop` is set.
    """
    number, plan, done, left_out, found = "", [], set(), {}, {}
    spent = 0.0  # seconds, without the import of torch

    def note(cell: int, name: str, verdict: str, message: str, since: float) -> None:
        done.add((cell, name))
        if name not in found or RANK.index(verdict) < RANK.index(found[name].verdict):
            found[name] = Finding(verdict, message, time.monotonic() - since)

    while len(left_out) <= RESTARTS and spent < limits.notebook:
        cell, since, said = None, time.monotonic(), {}
        for said in _reports(path, course, left_out, limits, limits.notebook - spent, stop):
            if "unreadable" in said:
                return "", {}, said["unreadable"]
            if "notebook" in said:
                number, plan, start = (
                    said["notebook"],
                    [tuple(pair) for pair in said["plan"]],
                    time.monotonic(),
                )
            if "cell" in said:
                cell, since = said["cell"], time.monotonic()
            if "exercise" in said:
                note(cell, said["exercise"], said["verdict"], said["message"], since)
        if "lost" not in said:
            break
        if cell is None:
            return number, {}, f"it could not be run: {said['lost']}"
        for at, name in plan:
            if at == cell and (at, name) not in done:
                note(at, name, said["verdict"], f"code cell {cell + 1} {said['lost']}", since)
        left_out[cell] = f"code cell {cell + 1} {said['lost']}"
        spent += time.monotonic() - start
        if done.issuperset(plan):
            break
    for _, name in plan:  # what was not reached
        if name not in found:
            found[name] = Finding(
                "timed out" if spent >= limits.notebook else "error",
                f"not reached: {left_out.get(cell)}",
            )
    return number, found, ""


def _reports(path, course, left_out, limits, seconds, stop):
    """Run the notebook without the cells left out, for so many seconds; yield each report, and
    {"lost": why} if it broke off.
    """
    secret, mark, lines = secrets.token_hex(16), secrets.token_hex(16), queue.Queue()
    with tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True) as folder:
        work = Path(folder) / "notebooks"
        work.mkdir()
        try:
            if path.stat().st_size > MAX_BYTES:
                raise OSError(
                    f"it has {path.stat().st_size / 1e6:.0f} MB, and {MAX_BYTES / 1e6:.0f} is the "
                    "limit"
                )
            shutil.copyfile(path, work / "submission.ipynb")
        except OSError as error:
            yield {"unreadable": f"the file cannot be read: {error.strerror or error}"}
            return
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", INSIDE],
            cwd=work,
            env=_environment(folder, mark),
            start_new_session=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

        def listen() -> None:
            # whatever a cell writes here lacks the secret
            while line := process.stdout.readline(1_000_000):
                if line.startswith(secret.encode()):
                    with suppress(ValueError):
                        lines.put(json.loads(line[len(secret) :]))
            lines.put({"lost": "ended the process", "verdict": "error"})

        reader = threading.Thread(target=listen, daemon=True)
        reader.start()
        job = {
            "secret": secret,
            "path": [p for p in sys.path if p],
            "course": course,
            "file": path.name,
            "left_out": list(left_out),
            "memory": limits.memory,
        }
        try:
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(json.dumps(job).encode() + b"\n")
            deadline, until, said = None, time.monotonic() + STARTUP, {}
            while not {"lost", "done", "unreadable"} & said.keys():
                try:
                    said = lines.get(timeout=0.1)
                    deadline = deadline or time.monotonic() + seconds  # from the first report on
                    until = min(deadline, time.monotonic() + limits.cell)
                except queue.Empty:
                    if stop.is_set():
                        raise Interrupted from None
                    if time.monotonic() < until:
                        continue
                    said = {"lost": "ran too long", "verdict": "timed out"}
                yield said
        finally:
            _kill(process, mark)
            reader.join(timeout=5)
            if not reader.is_alive():
                process.stdout.close()


def _environment(folder: str, mark: str) -> dict:
    """Nothing of the grader's own but where programs and images are; a home of its own; a proxy
    that leads nowhere.
    """
    kept = {
        k: os.environ[k]
        for k in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "GAN_COURSE_DATA")
        if k in os.environ
    }
    homes = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR"), folder)
    nowhere = dict.fromkeys(
        ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9"
    )
    course = {
        "GAN_COURSE_PROFILE": "quick",
        "TQDM_DISABLE": "1",
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
    }
    return {**kept, **homes, **nowhere, **course, "MPLBACKEND": "Agg", MARK: mark}


def _kill(process: subprocess.Popen, mark: str) -> None:
    """End the process and all it started: its session first, then what has left the session and
    still carries the mark.
    """
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
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
