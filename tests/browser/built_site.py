"""The fixture `site`: the book, built once for all browser tests, whatever their process.

GAN_COURSE_SITE names a site that is built already, to be tested as it is.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]


def _build(out: Path) -> None:
    """Run book/build.py and leave its output and exit status in `out`."""
    command = [sys.executable, str(ROOT / "book" / "build.py"), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600)
    (out / "log.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    (out / "status.txt").write_text(str(done.returncode), encoding="utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The folder of the built site."""
    if ready := os.environ.get("GAN_COURSE_SITE"):
        return Path(ready).resolve()
    pytest.importorskip(
        "sphinx_book_theme", reason="the book's packages are not installed: run make book once"
    )
    base = tmp_path_factory.getbasetemp()
    # the parent is common to all workers
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "book"
    out.mkdir(exist_ok=True)
    with FileLock(out / "lock"):
        if not (out / "status.txt").exists():
            _build(out)
    log = (out / "log.txt").read_text(encoding="utf-8")
    if "npm could not install" in log:
        pytest.skip(
            "MathJax is not installed and npm cannot be reached: run make book once with a network"
        )
    assert (out / "status.txt").read_text(encoding="utf-8") == "0", log
    return out / "html"
