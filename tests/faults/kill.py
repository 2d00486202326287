"""kill.py FOLDER N STEPS: kill N runs at random moments, print how many ended as they should.

A process of its own, because it forks: each run is a fork that has torch loaded already, so a trial
takes a second or two.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import torch
from small_runs import play, same, weights

from gan_course import game


def train(folder: Path, steps: int) -> None:
    """The run, from its checkpoint if there is one; each step writes one, so kills meet writes."""
    path = folder / "run.pt"
    resume = path if path.exists() else None
    G, _, _ = play("WGAN-GP", [game.Checkpoint(path, every=1)], resume, steps=steps, average=0.9)
    torch.save(weights(G), folder / "final.pt")


def fork(folder: Path, steps: int) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            train(folder, steps)
            os._exit(0)
        finally:
            os._exit(1)
    return pid


def main(root: Path, trials: int, steps: int) -> dict:
    torch.set_num_threads(1)
    whole = root / "whole"
    whole.mkdir()
    start = time.monotonic()
    assert os.waitpid(fork(whole, steps), 0)[1] == 0
    length, reference = time.monotonic() - start, torch.load(whole / "final.pt", weights_only=True)
    draw, equal, while_writing, kills = random.Random(0), 0, 0, 0
    for trial in range(trials):
        folder = root / str(trial)
        folder.mkdir()
        for _ in range(2):  # the resumed run is killed as well
            pid = fork(folder, steps)
            time.sleep(draw.uniform(0, length))
            os.kill(pid, signal.SIGKILL)
            kills += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
            while_writing += bool(list(folder.glob(".run.pt.*.tmp")))
            for rest in folder.glob(".run.pt.*.tmp"):
                rest.unlink()  # only so that the next kill is counted by itself
        status = os.waitpid(fork(folder, steps), 0)[1]
        equal += status == 0 and same(torch.load(folder / "final.pt", weights_only=True), reference)
    return {"equal": equal, "kills": kills, "while_writing": while_writing}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *map(int, sys.argv[2:]))))
