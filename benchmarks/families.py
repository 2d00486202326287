"""The race of notebook 18: four families on one budget, on the ring and on digits.

    python benchmarks/families.py [--tasks ring digits] [--families GAN VAE ...] [--seeds 0 1 ...]

Appends a line to gan_course/assets/rows/families.jsonl for each run that is not there yet, so it
can be stopped and started again. One thread; some 15 minutes of CPU time in all. The rows "real"
hold what real samples score, the ceiling. The digits' networks of seed 0 go to
gan_course/assets/rows/families.safetensors, in half precision.
"""

import argparse
from functools import partial

import torch

from gan_course import data, results, runtime
from gan_course.chapters import families, race

OUT = results.ROWS / "families.jsonl"
SEEDS = {"ring": 5, "digits": 3}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tasks", nargs="+", default=list(SEEDS), choices=list(SEEDS))
    parser.add_argument(
        "--families", nargs="+", default=["real", *race.NAMES], choices=["real", *race.NAMES]
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(max(SEEDS.values()))))
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    images = data.images("mnist")
    levels = families.quantise(images.images)
    against = None
    if "digits" in options.tasks:
        against = race.reference(families.quantise(data.images("mnist", "test").images))

    def real(task: str, seed: int) -> dict:
        if task == "ring":
            return race.measure_ring(race.RING, seed=seed + 1)
        draw = torch.Generator().manual_seed(seed)
        chosen = torch.randperm(len(levels), generator=draw)[: against["n"]]
        return race.score_digits(levels[chosen], against)

    def work(task: str, family: str, seed: int) -> dict:
        if family == "real":
            return real(task, seed)
        model, spent = race.train(task, family, seed, images=levels)
        if (task, seed) == ("digits", 0):
            race.ship(model, family, OUT.with_suffix(".safetensors"))
        return {**spent, **race.measure(task, model, against)}

    keys = [
        {"task": task, "family": family, "seed": seed}
        # all families with one seed first: a table with fewer seeds is a table too
        for seed in options.seeds
        for task in options.tasks
        for family in options.families
        if seed < SEEDS[task]
    ]
    jobs = [(key, partial(work, **key)) for key in keys]
    results.collect(OUT, jobs, {**runtime.describe(device), "data": images.source})


if __name__ == "__main__":
    main()
