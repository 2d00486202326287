"""The ablation of notebook 10: tricks one at a time, scored at four budgets.

    python benchmarks/tricks.py [--tasks grid digits faces] [--tricks R1 ... | all] [--seeds 5]

Five seeds each. The grid takes all tricks, and the plain game with twenty seeds, which tell how far
chance alone carries a run. Digits and faces, which choose nothing, take `ablation.CONFIRM`;
`--tricks all` asks for every trick there too (some three hours more).

Appends a line to gan_course/assets/rows/tricks.jsonl for each run that is not there yet, so it can
be stopped and started again, and two tasks can run side by side. One thread a run, half a minute to
two minutes each. Then `make tables` writes the tables into RESULTS.md.
"""

import argparse
from functools import partial

from gan_course import data, results, runtime
from gan_course.chapters import ablation

OUT = results.ROWS / "tricks.jsonl"
CONTROLS = 20  # seeds of the plain game on the grid


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--tasks", nargs="+", default=list(ablation.TASKS), choices=list(ablation.TASKS)
    )
    parser.add_argument("--tricks", nargs="+", choices=["all", *ablation.TRICKS])
    parser.add_argument(
        "--seeds", type=int, default=5, help="how many; of the plain grid never under 20"
    )
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    about = runtime.describe(device)
    images = {"grid": None, "digits": data.images("mnist"), "faces": data.images("faces")}
    for task in options.tasks:
        learned = images[task]
        rows = {**about, "data": learned.source if learned else "25 Gaussians"}
        asked = options.tricks or (["all"] if task == "grid" else list(ablation.CONFIRM))
        tricks = [name for name in ablation.of_task(task) if name in asked or "all" in asked]
        jobs = []
        for name in ablation.NULLS:
            key = {"task": task, "trick": f"({name})", "seed": 0}
            jobs.append((key, partial(ablation.null, task, name, learned)))
        # all tricks with one seed first: a table with fewer seeds is a table too
        most = max(options.seeds, CONTROLS) if task == "grid" else options.seeds
        for seed in range(most):
            for trick in tricks if seed < options.seeds else {"plain"} & set(tricks):
                key = {"task": task, "trick": trick, "seed": seed}
                jobs.append((key, partial(ablation.run, **key, images=learned)))
        results.collect(OUT, jobs, rows)


if __name__ == "__main__":
    main()
