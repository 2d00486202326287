"""Notebooks whose sections are run again out of order, and kernels that die in mid-training."""

import itertools
import random
import re
import time
from pathlib import Path

import nbformat
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from small_runs import environment

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
# a derivation, a loop by hand, two on images, a table of stored rows, several families
CHOSEN = [
    "01_minimax_objective",
    "03_gan_1d",
    "06_mnist_mlp",
    "08_conditional_gan",
    "10_training_tricks",
    "18_generative_families",
]


def sections(notebook) -> list[list]:
    """The code cells, (number, cell), by section: from one heading of second rank to the next."""
    found = [[]]
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and re.search("^## ", cell.source, re.MULTILINE):
            found.append([])
        elif cell.cell_type == "code":
            found[-1].append((number, cell))
    return found


def test_sections_run_again_out_of_order(monkeypatch, tally):
    """Run all; then every section again, shuffled, in the same kernel: no cell fails."""
    monkeypatch.setenv("GAN_COURSE_PROFILE", "quick")
    again = of = 0
    for path in NOTEBOOKS:
        if path.stem not in CHOSEN:
            continue
        notebook = nbformat.read(path, 4)
        where = {"metadata": {"path": str(path.parent)}}
        client = NotebookClient(notebook, timeout=600, resources=where)
        parts = sections(notebook)
        with client.setup_kernel():
            for i, cell in itertools.chain(*parts):
                client.execute_cell(cell, i)
            random.Random(0).shuffle(parts)
            for i, cell in itertools.chain(*parts):
                of += 1
                try:
                    client.execute_cell(cell, i)
                    again += 1
                except CellExecutionError as error:
                    print(f"{path.stem}, cell {i}: {error.ename}: {error.evalue}")
    tally(
        f"cells of {len(CHOSEN)} notebooks, their sections run again in a shuffled order: no error",
        again,
        of,
    )


STEPS = 3000
CELLS = """
import torch
from pathlib import Path
from small_runs import play, weights
from gan_course import game

torch.set_num_threads(1)
path = Path({path!r})
resume = path if path.exists() else None
G, D, run = play("WGAN-GP", [game.Checkpoint(path, every=5)], resume, steps={steps})
total = sum(float(value.double().sum()) for value in weights(G).values())
print("ended", total, len(run.records))
"""


def run_cell(client, code: str, wait: bool = True) -> str:
    """Run code in a kernel; what it printed, or "" at once if not to wait."""
    printed = []

    def note(message) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    if not wait:
        client.execute(code)
        return ""
    reply = client.execute_interactive(code, output_hook=note, timeout=300)
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(printed)


def last_line(printed: str) -> str:
    """The line that the cell prints when the run has ended."""
    (line,) = [line for line in printed.splitlines() if line.startswith("ended")]
    return line


def test_kernel_killed_in_mid_training(tmp_path, tally):
    """A kernel dies while a cell trains; the same cell, run again, ends with the same weights."""
    code = CELLS.format(path=str(tmp_path / "whole.pt"), steps=STEPS)
    manager, client = start_new_kernel(env=environment())
    equal = 0
    try:
        whole = last_line(run_cell(client, code))
        for trial in range(3):
            path = tmp_path / f"{trial}.pt"
            code = CELLS.format(path=str(path), steps=STEPS)
            run_cell(client, code, wait=False)
            while not path.exists():
                time.sleep(0.02)
            time.sleep(0.2 * trial)
            client.stop_channels()
            manager.shutdown_kernel(now=True)
            manager, client = start_new_kernel(env=environment())
            equal += last_line(run_cell(client, code)) == whole
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    tally("kernel killed in mid-training, cell run again: same weights", equal, 3)
