"""hosted.py PYTHON FOLDER: the course as on Colab, from the first cell on; prints a line of JSON.

PYTHON: of an environment that has torch, a kernel and nbclient, and no course. FOLDER: where its
notebooks run, as /content there. The archive of this checkout's last commit is served on the
loopback address, and its address stands in the first cell in place of the repository's. Notebooks
00 and 04 run whole in profile quick. Fails if a library that was there before changed.
"""

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("00_start_here", "04_gan_2d_mode_collapse")
EXECUTE = """
import json, sys, time
import nbformat
from nbclient import NotebookClient

path, seconds = sys.argv[1], []
notebook = nbformat.read(path, 4)

def note(cell, **_):
    seconds.append(round(time.monotonic() - start[0], 1))

start = []
calls = {"on_notebook_start": lambda **_: start.append(time.monotonic()), "on_cell_executed": note}
NotebookClient(notebook, timeout=600, kernel_name="python3", **calls).execute()
nbformat.write(notebook, path)
print(json.dumps({"first_cell": seconds[0], "whole": seconds[-1]}))
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and prints nothing."""

    def log_message(self, *arguments) -> None:
        pass


def versions(python: str) -> set[str]:
    """name==version of all that an environment holds."""
    command = [python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]
    return set(subprocess.check_output(command, encoding="utf-8").splitlines())


def notebook_for(name: str, address: str) -> str:
    """The committed notebook, with the archive's address in its first cell."""
    sys.path.insert(0, str(ROOT / "book"))
    import buttons

    text = (ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    old = buttons.archive(buttons.repository())
    assert text.count(old) == 1, f"{name}: the first cell is not that of today"
    return text.replace(old, address)


def check_widgets(path: Path) -> None:
    """Every widget of an executed notebook has its picture and its sentence here too."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    views = [data for data in shown if "application/vnd.jupyter.widget-view+json" in data]
    assert views and all("image/png" in data for data in views), path


def main(python: str, folder: Path) -> dict:
    before = versions(python)
    folder.mkdir(parents=True, exist_ok=True)
    served = folder.with_name(f"{folder.name}-served")
    served.mkdir(exist_ok=True)
    pack = ["git", "archive", "--format=zip", "--prefix=gan-course-main/", "HEAD"]
    subprocess.run([*pack, "-o", str(served / "main.zip")], cwd=ROOT, check=True)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GAN_COURSE_", "PYTHONPATH"))
    }
    environment |= {"GAN_COURSE_PROFILE": "quick", "TQDM_DISABLE": "1", "OMP_NUM_THREADS": "1"}
    handler = functools.partial(Quiet, directory=str(served))
    found = {}
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/main.zip"
        for name in NAMES:
            path = folder / f"{name}.ipynb"
            path.write_text(notebook_for(name, address), encoding="utf-8")
            command = [python, "-c", EXECUTE, path.name]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
            said = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
            assert done.returncode == 0, "".join(said)[-3000:]
            found[name] = json.loads(said[0].splitlines()[-1])
            check_widgets(path)
        server.shutdown()
    after = versions(python)
    assert before <= after, f"changed: {sorted(before - after)}"
    return found | {"added": sorted(after - before), "kept": len(before)}


if __name__ == "__main__":
    start = time.monotonic()
    answer = main(sys.argv[1], Path(sys.argv[2]).resolve())
    print(json.dumps(answer | {"seconds": round(time.monotonic() - start)}))
