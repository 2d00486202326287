"""How fast the sliders are, by the browser tests that measure it; for RESULTS.md.

In JupyterLab: from the key's own time stamp to the frame after the changed picture. On the site:
pictures of a shipped generator drawn in one second, and the largest difference from torch over
twelve of them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import torch
from dated import add_rows

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "screenshots"


def main():
    for old in FOLDER.glob("*.measured.json"):
        old.unlink()
    tests = ["tests/browser/test_lab.py", "tests/browser/test_site_widgets.py"]
    environment = {**os.environ, "GAN_COURSE_PROFILE": "quick"}
    command = [sys.executable, "-m", "pytest", *tests]
    done = subprocess.run(command, cwd=ROOT, env=environment)
    paths = sorted(FOLDER.glob("*.measured.json"))
    found = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    if done.returncode or not found:
        raise SystemExit("the browser tests failed or were skipped: no figures were added")
    columns = {
        "what": "what",
        "median": "key to picture, median ms",
        "p95": "95 % ms",
        "events": "key presses",
        "per_second": "pictures a second",
        "pause": "last picture after pause, ms",
        "error": "difference from torch",
    }
    rows = [{title: item.get(key, "") for key, title in columns.items()} for item in found]
    protocol = "headless Chromium without a GPU, on the same two cores"
    add_rows("Sliders", protocol, torch.device("cpu"), rows)


if __name__ == "__main__":
    main()
