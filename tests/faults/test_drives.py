"""Runs on drives that rename slowly, keep no locks or hold files, as hosted notebooks have them."""

import subprocess
import sys
from pathlib import Path

import pytest
from small_runs import environment

SCRIPT = Path(__file__).with_name("drive.py")
KINDS = ("no locks", "locks refused", "slow renames", "busy files", "no fsync")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="flock is of POSIX systems")


def train(folder: Path, kind: str, die_at: int = 0) -> subprocess.CompletedProcess:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, str(SCRIPT), str(folder), kind, str(die_at)]
    return subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8")


def test_a_run_on_a_mounted_drive(tmp_path, tally):
    """Killed in the middle and resumed there, it ends with the weights of a usual disk."""
    usual = train(tmp_path / "usual", "a usual disk")
    assert usual.returncode == 0, usual.stderr[-3000:]
    whole = (tmp_path / "usual" / "runs" / "small" / "small.safetensors").read_bytes()
    equal = 0
    for kind in KINDS:
        folder = tmp_path / kind
        killed = train(folder, kind, die_at=7)
        assert killed.returncode == 9, killed.stdout + killed.stderr[-3000:]
        assert not (folder / "runs" / "small" / "small.json").exists()
        done = train(folder, kind)
        assert done.returncode == 0, done.stdout + done.stderr[-3000:]
        equal += (folder / "runs" / "small" / "small.safetensors").read_bytes() == whole
        if kind != "no locks":  # there newer releases of filelock write a file of their own
            assert ("keeps no locks" in done.stdout) == (kind == "locks refused"), kind
    fault = (
        "a run on a mounted drive (no locks, locks refused, slow renames, files held by another "
        "program, no fsync), killed and resumed: same weights"
    )
    tally(fault, equal, len(KINDS))
