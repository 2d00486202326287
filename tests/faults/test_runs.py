"""Runs that are killed, and disks that are full."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small_runs import environment

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="SIGKILL, fork and file size limits are of POSIX systems"
)


def answer_of(script: str, *arguments) -> dict:
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    output = subprocess.run(command, env=environment(), capture_output=True, text=True)
    assert output.returncode == 0, output.stderr[-3000:]
    return json.loads(output.stdout.splitlines()[-1])


def test_kill_9_at_fifty_random_moments(tmp_path, tally):
    """Killed twice, a checkpoint after every step: the weights of the uninterrupted run."""
    found = answer_of("kill.py", tmp_path, 50, 120)
    # the kills did hit runs, and some of them writes
    assert found["kills"] > 50 and found["while_writing"] > 0, found
    how = f"{found['kills']} kills, {found['while_writing']} of them in a write"
    fault = f"run killed twice at random moments, then resumed: same weights ({how})"
    tally(fault, found["equal"], 50)


def test_disk_full(tmp_path, tally):
    """A limit of file size stops a write: one clear error, the old file whole, no rest left."""
    found = answer_of("full.py", tmp_path)
    fault = "disk full while a checkpoint, weights, a log or a sheet is written: old file whole"
    tally(fault, found["kept"], found["of"])
    tally("disk full: one error that says what to do", found["clear"], found["of"])
