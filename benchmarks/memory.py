"""Peak memory and time of each notebook: what a laptop needs to run the course.

    python benchmarks/memory.py [notebooks/03_gan_1d.ipynb ...]     (`make memory`)

Runs each notebook from top to bottom in its own kernel (profile cpu unless GAN_COURSE_PROFILE says
otherwise), writes it with its outputs to build/course, and appends a row to
benchmarks/rows/memory.jsonl: seconds in all, seconds from the kernel's start to the first figure,
and the largest resident memory, in MB, of the kernel and what it started, looked at five times a
second.
"""

import argparse
import datetime
import json
import os
import threading
import time
from pathlib import Path

import nbformat
import psutil
import torch
from nbclient import NotebookClient

from gan_course import config, runtime

HERE = Path(__file__).parent
OUT = HERE / "rows" / "memory.jsonl"
BUILD = HERE.parent / "build" / "course"


def resident(process: psutil.Process) -> float:
    """MB of a process and all that it started; pages they share count for each."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 1e6


class Watch(threading.Thread):
    """Looks at the children of this process, the kernel among them, until `stop` is set."""

    def __init__(self):
        super().__init__(daemon=True)
        self.stop, self.peak = threading.Event(), 0.0

    def run(self) -> None:
        while not self.stop.wait(0.2):
            now = sum(resident(child) for child in psutil.Process().children())
            self.peak = max(self.peak, now)


def is_figure(cell) -> bool:
    """Whether a cell has shown a picture or a widget."""
    wanted = {"image/png", "application/vnd.jupyter.widget-view+json"}
    return any(wanted & output.get("data", {}).keys() for output in cell.get("outputs", ()))


def run(path: Path) -> dict:
    """One notebook's row."""
    notebook = nbformat.read(path, 4)
    watch, figures, start = Watch(), [], time.monotonic()

    def note(cell, **_) -> None:
        if is_figure(cell):
            figures.append(round(time.monotonic() - start, 1))

    options = {
        "timeout": 3600,
        "record_timing": False,
        "resources": {"metadata": {"path": str(path.parent)}},
        "on_cell_executed": note,
    }
    watch.start()
    NotebookClient(notebook, **options).execute()
    watch.stop.set()
    BUILD.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, BUILD / path.name)
    return {
        "seconds": round(time.monotonic() - start),
        "first_figure": figures[0] if figures else None,
        "peak_mb": round(watch.peak),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    every = sorted((HERE.parent / "notebooks").glob("*.ipynb"))
    parser.add_argument("notebooks", nargs="*", type=Path, default=every)
    os.environ.setdefault("GAN_COURSE_PROFILE", "cpu")
    about = {**runtime.describe(torch.device("cpu")), "date": str(datetime.date.today())}
    for path in parser.parse_args().notebooks:
        row = {"notebook": path.stem, "profile": config.profile(), **run(path.resolve())}
        with OUT.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**row, **about}) + "\n")
        print(row, flush=True)


if __name__ == "__main__":
    main()
