"""The rows of notebook 21: GANs on few faces, and two labels with a combination held out.

    python benchmarks/faces.py [--tasks few compose] [--seeds 0 1 2] [--minutes 5]

Appends a line to gan_course/assets/rows/faces.jsonl for each run that is not there yet, so it can
be stopped and started again. One thread; some twenty seconds a run, since the faces are taken at
the 16 x 16 of the grid on which they are drawn. The seed chooses the faces and starts both
networks. task "few": a GAN on `size` faces, with or without differentiable
augmentation. "compose": a conditional GAN on hair colour and glasses; `held_out` says whether the
faces with blue hair and glasses were kept from it, `labels` whether both players see the two
attributes or one class for each combination.
"""

import argparse
import functools
import itertools
import time
from dataclasses import replace

import torch

from gan_course import data, game, pretrained, results, runtime
from gan_course.chapters import augment, faces

OUT = results.ROWS / "faces.jsonl"
SIZES = (50, 500, 5_000)
LABELS, HELD_OUT = ("per attribute", "per combination"), (True, False)
SAMPLES = 2_000


def few(train: data.ImageSet, size: int, augmented: bool, seed: int) -> dict:
    mine, others = faces.some(train, size, seed)
    policy = augment.ALL if augmented else ()
    run = faces.train(mine, replace(faces.RECIPE, seed=seed), policy)
    z = torch.randn(SAMPLES, 64, generator=torch.Generator().manual_seed(seed + 1))
    images = game.sample(run.generator, z)
    row = faces.describe(images, pretrained.read_attributes, mine, others)
    seen = mine.images[:SAMPLES]
    row["memory"] = round(faces.memory(run.discriminator, seen, others.images), 4)
    return row


def compose(train: data.ImageSet, labels: str, held_out: bool, seed: int) -> dict:
    known = faces.with_glasses(train)
    mine = known
    if held_out:
        mine = known.take(known.labels != known.classes.index(", ".join(faces.HELD_OUT)))
    config = replace(faces.RECIPE, seed=seed, num_classes=len(known.classes))
    torch.manual_seed(seed)
    pair = faces.conditional_pair(config.latent_dim, (8, 2), labels == "per attribute")
    G = faces.train(mine, config, pair=pair).generator
    return faces.obeyed(G, known.classes, pretrained.read_attributes, seed + 1)


def jobs(train: data.ImageSet, seeds: list[int], tasks: list[str]):
    """(key, work) of all runs, by seed."""
    for seed in seeds:
        if "compose" in tasks:
            for labels, held_out in itertools.product(LABELS, HELD_OUT):
                key = {"task": "compose", "labels": labels, "held_out": held_out, "seed": seed}
                yield key, functools.partial(compose, train, labels, held_out, seed)
        if "few" in tasks:
            for size in SIZES:
                for augmented in (False, True):
                    key = {"task": "few", "size": size, "augmented": augmented, "seed": seed}
                    yield key, functools.partial(few, train, size, augmented, seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", nargs="+", default=["few", "compose"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    parser.add_argument("--minutes", type=float, default=600.0, help="no run starts after these")
    arguments = parser.parse_args()
    runtime.start(seed=0, threads=1, on="cpu")
    train = faces.small(data.images("faces"))
    about = {"device": "one CPU thread", "torch": torch.__version__.split("+")[0]}
    end = time.monotonic() + 60 * arguments.minutes
    for job in jobs(train, arguments.seeds, arguments.tasks):
        if time.monotonic() < end:
            results.collect(OUT, [job], about)


if __name__ == "__main__":
    main()
