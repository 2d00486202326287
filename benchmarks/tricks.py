"""The ablation of notebook 10: every trick on three tasks, scored at four budgets.

    python benchmarks/tricks.py [--tasks grid digits faces] [--tricks plain R1 ...] [--seeds 0 1 2]

Appends a line to gan_course/assets/rows/tricks.jsonl for each run that is not there yet, so it can
be stopped and started again. Tricks have five seeds, the plain game twenty, which tell how far
chance alone carries a run. One thread a run, half a minute to two minutes each, some six hours in
all. Then `make tables` writes the tables into RESULTS.md.
"""

import argparse
from functools import partial

from gan_course import data, results, runtime
from gan_course.chapters import ablation

OUT = results.ROWS / "tricks.jsonl"
CONTROLS = 20  # seeds of the plain game


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--tasks", nargs="+", default=list(ablation.TASKS), choices=list(ablation.TASKS)
    )
    parser.add_argument(
        "--tricks", nargs="+", default=list(ablation.TRICKS), choices=list(ablation.TRICKS)
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(CONTROLS)))
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    about = runtime.describe(device)
    images = {"grid": None, "digits": data.images("mnist"), "faces": data.images("faces")}
    for task in options.tasks:
        learned = images[task]
        # all tricks with one seed first: a table with fewer seeds is a table too
        for seed in options.seeds:
            jobs = []
            for trick in ablation.of_task(task):
                if trick not in options.tricks or (seed >= 5 and trick != "plain"):
                    continue
                key = {"task": task, "trick": trick, "seed": seed}
                jobs.append((key, partial(ablation.run, **key, images=learned)))
            source = learned.source if learned else "25 Gaussians"
            results.collect(OUT, jobs, {**about, "data": source})


if __name__ == "__main__":
    main()
