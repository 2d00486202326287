"""The tables of notebook 15: thin digits made bold, and glasses put on and taken off.

    python benchmarks/style.py [--tasks digits faces] [--methods cycle ...] [--seeds 0 1 2]

Appends a line to gan_course/assets/rows/style.jsonl for each run that is not there yet, so it can
be stopped and started again. One thread a run, 10 to 30 s each.
"""

import argparse
from functools import partial

from gan_course import data, results, runtime
from gan_course.chapters import unpaired
from gan_course.chapters.styles import Setup

OUT = results.ROWS / "style.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--methods", nargs="+", default=list(unpaired.METHODS), choices=list(unpaired.METHODS)
    )
    parser.add_argument("--tasks", nargs="+", default=["digits", "faces"])
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


if __name__ == "__main__":
    main()
