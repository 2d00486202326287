"""The rows of notebook 13: filling and sharpening digits with several reconstruction weights.

    python benchmarks/inpainting.py [--tasks fill pair ...] [--seeds 0 1 2]

Appends a line to gan_course/assets/rows/inpainting.jsonl for each run of
`gan_course.chapters.inpainting` that is not there yet, so it can be stopped and started again. One
thread a run, 10 to 25 s each. task "pair": "sharpen 7" with the game alone, where D sees what was
given or not.
"""

import argparse
from functools import partial

from gan_course import data, results, runtime
from gan_course.chapters import inpainting

OUT = results.ROWS / "inpainting.jsonl"
WEIGHTS = {
    "fill": ("10", "inf", "0", "100", "30"),
    "sharpen 7": ("10", "inf"),
    "sharpen 14": ("10", "inf"),
}
BLOCKS = (1, 2)  # of a smaller discriminator, for "fill" with weight 10; all other rows have 3


def jobs(tasks, seeds, images, test):
    """(key, work) of each row, a seed after the other: a table with fewer seeds is a table too."""
    known = inpainting.reference(images)
    plan = [(task, weight, 3) for task in tasks for weight in WEIGHTS.get(task, ())]
    if "fill" in tasks:
        plan += [("fill", "10", blocks) for blocks in BLOCKS]
    for seed in seeds:
        for task, weight, blocks in plan:
            key = {"task": task, "weight": weight, "blocks": blocks, "seed": seed}
            arguments = (task, float(weight), seed, images, test, known, blocks)
            yield key, partial(inpainting.run, *arguments)
        for alone in (False, True) if "pair" in tasks else ():
            key = {"task": "sharpen 7", "weight": "0", "blocks": 3, "seed": seed, "alone": alone}
            arguments = ("sharpen 7", 0.0, seed, images, test, known, 3, alone)
            yield key, partial(inpainting.run, *arguments)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    tasks = [*WEIGHTS, "pair"]
    parser.add_argument("--tasks", nargs="+", default=tasks, choices=tasks)
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    images, test = data.images("mnist"), data.images("mnist", "test")
    about = {**runtime.describe(device), "data": images.source}
    results.collect(OUT, jobs(options.tasks, options.seeds, images.images, test), about)


if __name__ == "__main__":
    main()
