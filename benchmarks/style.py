"""The tables of notebook 15: thin digits made bold, coarse digits, glasses put on and taken off.

    python benchmarks/style.py [--tasks digits faces coarse] [--methods cycle ...] [--seeds 0 1 2]

Appends a line to gan_course/assets/rows/style.jsonl for each run that is not there yet, so it can
be stopped and started again. One thread a run, 10 to 30 s each.
"""

import argparse
import time
from functools import partial

import torch

from gan_course import data, results, runtime
from gan_course.chapters import translate, unpaired
from gan_course.chapters.styles import Setup

OUT = results.ROWS / "style.jsonl"


def coarse(game: str, seed: int, digits: torch.Tensor, tests: torch.Tensor) -> dict:
    """Fine digits and coarse ones: how far off is the return of a digit? Mean absolute errors.

    made: from the coarse picture that the game drew; averaged: from its means over blocks;
    true: from the true coarse picture. moved: by how much the means differ from the drawn one.
    """
    start = time.process_time()
    forth, back, *judges = unpaired.players(seed)
    sides = (digits[:1000], translate.shrink(digits[1000:2000], 7))
    batches = [data.batches(x, unpaired.BATCH, seed + i) for i, x in enumerate(sides)]
    unpaired.cycle_game(forth, back, *judges, *batches, unpaired.STEPS, *unpaired.GAMES[game])
    seconds = time.process_time() - start
    forth.eval()
    back.eval()
    with torch.no_grad():
        drawn = forth(tests)
        means = translate.shrink(drawn, 7)
        ways = {"made": drawn, "averaged": means, "true": translate.shrink(tests, 7)}
        row = {name: float((back(x) - tests).abs().mean()) for name, x in ways.items()}
    row["moved"] = float((drawn - means).abs().mean())
    return results.rounded({**row, "steps": unpaired.STEPS, "cpu_seconds": seconds})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--methods", nargs="+", default=list(unpaired.METHODS), choices=list(unpaired.METHODS)
    )
    parser.add_argument("--tasks", nargs="+", default=["digits", "faces", "coarse"])
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    if "digits" in options.tasks:
        setup = Setup()
        jobs = [
            ({"method": method, "seed": seed}, partial(unpaired.run, method, seed, setup))
            for seed in options.seeds
            for method in options.methods
        ]
        results.collect(OUT, jobs, {**runtime.describe(device), "data": setup.s.source})
    if "faces" in options.tasks:
        train, test = data.images("faces"), data.images("faces", "test")
        jobs = [
            (
                {"task": "faces", "game": method, "seed": seed},
                partial(unpaired.run_faces, method, seed, train, test),
            )
            for seed in options.seeds
            for method in unpaired.GAMES
            if method in options.methods
        ]
        results.collect(OUT, jobs, {**runtime.describe(device), "data": train.source})
    if "coarse" in options.tasks:
        train, test = data.images("mnist"), data.images("mnist", "test")
        jobs = [
            (
                {"task": "coarse", "game": game, "seed": seed},
                partial(coarse, game, seed, train.images, test.images[:500]),
            )
            for seed in options.seeds
            for game in ("cycle", "GAN, no cycle")
        ]
        results.collect(OUT, jobs, {**runtime.describe(device), "data": train.source})


if __name__ == "__main__":
    main()
