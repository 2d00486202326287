"""The rows of notebook 13: filling and sharpening digits with different weights of the
reconstruction, over seeds.

    python benchmarks/inpainting.py [--tasks fill ...] [--seeds 0 1 2]
    python benchmarks/inpainting.py --ship

Appends a line to gan_course/assets/rows/inpainting.jsonl for each run of
`gan_course.chapters.inpainting` that is not there yet, so it can be stopped and started again. One
thread a run, 10 to 25 s each. --ship trains the network of the brush, about five minutes, and
writes gan_course/assets/networks/inpainting-mnist.
"""

import argparse
import datetime
import time
from dataclasses import asdict, replace
from pathlib import Path

import torch

from gan_course import data, metrics, pretrained, results, runtime
from gan_course.chapters import inpainting

OUT = results.ROWS / "inpainting.jsonl"
WEIGHTS = {
    "fill": ("10", "inf", "0", "100", "30"),
    "sharpen 7": ("10", "inf"),
    "sharpen 14": ("10", "inf"),
}
BLOCKS = (1, 2)  # of a smaller discriminator, for "fill" with weight 10; all other rows have 3
SHIPPED = {"task": "fill anywhere", "weight": 10.0, "steps": 6000, "lr_final": 0.1}


def jobs(tasks, seeds, images, test):
    """(key, work) for each row: a seed after the other, so that a table with fewer seeds is a table
    too.
    """
    known = inpainting.reference(images)
    plan = [(task, weight, 3) for task in tasks for weight in WEIGHTS[task]]
    plan += [("fill", "10", blocks) for blocks in BLOCKS if "fill" in tasks]
    for seed in seeds:
        for task, weight, blocks in plan:
            key = {"task": task, "weight": weight, "blocks": blocks, "seed": seed}
            yield (
                key,
                lambda t=task, w=weight, b=blocks, s=seed: inpainting.run(
                    t, float(w), s, images, test, known, b
                ),
            )


def ship(folder: Path, steps: int, device: torch.device) -> None:
    """Train the network that fills any hole; measure it on the test images, and write it."""
    images, test, start = data.images("mnist"), data.images("mnist", "test"), time.process_time()
    task, config = (
        SHIPPED["task"],
        replace(inpainting.CONFIG, steps=steps, lr_final=SHIPPED["lr_final"]),
    )
    G = inpainting.train(task, images.images, SHIPPED["weight"], 0, config).generator
    seconds = time.process_time() - start
    found = inpainting.pictures(G, task, test.images)
    features, logits = pretrained.read(found)
    order = torch.randperm(len(images), generator=runtime.generator(0))[: len(test)]
    top, top_logits = pretrained.read(images.images[order])
    real, labels = inpainting.judged(test)
    fill = inpainting.judge(
        inpainting.pictures(G, task, real),
        real,
        labels,
        inpainting.reference(images.images),
        inpainting.pictures(G, task, real, seed=2),
    )
    arguments = {
        "latent_dim": config.latent_dim,
        "planes": 2,
        "width": 16,
        "blocks": 3,
        "known": True,
    }
    pretrained.save(
        G,
        "inpainting-mnist",
        arguments,
        folder,
        {
            "recipe": {
                "command": "python benchmarks/inpainting.py --ship",
                **SHIPPED,
                "steps": steps,
                "batch_size": inpainting.BATCH,
                "train": asdict(config),
            },
            "data": {"source": images.source, "images": len(images)},
            "steps": steps,
            "seed": 0,
            "seconds": round(seconds),
            **runtime.describe(device),
            "date": str(datetime.date.today()),
            "metrics": {
                **metrics.report(pretrained.real_features(), features, logits, test.labels),
                "ceiling": metrics.report(pretrained.real_features(), top, top_logits),
                "fill": {name: round(value, 4) for name, value in fill.items()},
                "measured_on": f"{test.source}, {len(test):,} test images with random holes; fill: "
                f"{len(real):,} of them",
            },
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tasks", nargs="+", default=list(WEIGHTS), choices=list(WEIGHTS))
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(3)))
    parser.add_argument(
        "--ship", action="store_true", help="train and write the network of the brush"
    )
    parser.add_argument(
        "--folder", type=Path, default=pretrained.FOLDER, help="where --ship writes"
    )
    parser.add_argument(
        "--steps", type=int, default=SHIPPED["steps"], help="of --ship, fewer to try it out"
    )
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    if options.ship:
        return ship(options.folder, options.steps, device)
    images = data.images("mnist")
    about = {**runtime.describe(device), "data": images.source}
    results.collect(
        OUT, jobs(options.tasks, options.seeds, images.images, data.images("mnist", "test")), about
    )


if __name__ == "__main__":
    main()
