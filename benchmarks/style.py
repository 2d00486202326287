"""The table of notebook 15: thin digits made bold by five trained methods, three seeds each.

    python benchmarks/style.py [--methods cycle ...] [--seeds 0 1 2]

Appends a line to gan_course/assets/rows/style.jsonl for each run that is not there yet, so it can
be stopped and started again. One thread a run, 10 to 30 s each.
"""

import argparse
from functools import partial

from gan_course import results, runtime
from gan_course.chapters import unpaired
from gan_course.chapters.styles import Setup

OUT = results.ROWS / "style.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--methods", nargs="+", default=list(unpaired.METHODS), choices=list(unpaired.METHODS)
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(3)))
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    setup = Setup()
    jobs = [
        ({"method": method, "seed": seed}, partial(unpaired.run, method, seed, setup))
        for seed in options.seeds
        for method in options.methods
    ]
    results.collect(OUT, jobs, {**runtime.describe(device), "data": setup.s.source})


if __name__ == "__main__":
    main()
