"""The ablation tables of notebook 10: every trick on the grid and on MNIST, five seeds.

    python benchmarks/tricks.py [--tasks grid digits] [--tricks plain R1 ...] [--seeds 0 1 2 3 4]

Appends a line to gan_course/assets/rows/tricks.jsonl for each run that is not there yet, so it can
be stopped and started again. One thread a run, 20 to 120 s each, some two hours in all. Then `make
tables` writes the tables into RESULTS.md.
"""

import argparse
from functools import partial

from gan_course import data, results, runtime
from gan_course.chapters import ablation

OUT = results.ROWS / "tricks.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--tasks", nargs="+", default=list(ablation.TASKS), choices=list(ablation.TASKS)
    )
    parser.add_argument(
        "--tricks", nargs="+", default=list(ablation.TRICKS), choices=list(ablation.TRICKS)
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    images = data.images("mnist")
    keys = [
        {"task": task, "trick": trick, "seed": seed}
        # all tricks with one seed first: a table with fewer seeds is a table too
        for seed in options.seeds
        for task in options.tasks
        for trick in options.tricks
    ]
    jobs = [(key, partial(ablation.run, **key, images=images)) for key in keys]
    results.collect(OUT, jobs, {**runtime.describe(device), "data": images.source})


if __name__ == "__main__":
    main()
