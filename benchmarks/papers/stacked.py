"""Stacked digits, one digit a channel: how many combinations does a generator make?

    python benchmarks/papers/stacked.py [--methods GAN ...] [--seeds 0 1 ...]

A configuration for a GPU, which has not been run: an hour or more a run on one, days on two cores.
It appends a line a run to benchmarks/rows/stacked.jsonl. A sample counts for the mode that the
course's digit classifier reads from its channels, of 1,000; 26,000 samples, KL of the histogram of
modes to uniform. Real stacked test digits give the ceiling, classifier errors included. 128,000
stacked training images, 50 epochs of batch 64, Adam 2e-4 (.5, .999), networks of width 64 with
three doublings and batch norm (Lin et al. 2018, section 4.2).
"""

import argparse
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from gan_course import (
    conv,
    data,
    game,
    losses,
    metrics,
    models,
    penalties,
    pretrained,
    results,
    runtime,
)
from gan_course.config import TrainConfig

OUT = Path(__file__).parents[1] / "rows" / "stacked.jsonl"
DIGITS = 3
# method -> loss, penalties, samples that D sees together
METHODS = {
    "GAN": lambda: (losses.NonSaturating(), [], 1),
    "PacGAN2": lambda: (losses.NonSaturating(), [], 2),
    "GAN + R1": lambda: (losses.NonSaturating(), [penalties.ZeroCentered(1.0, every=4)], 1),
    "relativistic + R1 + R2": lambda: (
        losses.Relativistic(),
        [penalties.ZeroCentered(1.0, on, every=4) for on in ("real", "fake")],
        1,
    ),
}


def stack(images: Tensor, digits: int, count: int, seed: int) -> Tensor:
    """`count` images, each channel a digit drawn at random: (count, digits, 28, 28)."""
    which = torch.randint(len(images), (count, digits), generator=runtime.generator(seed))
    return images[which.to(images.device), 0]


def count_modes(samples: Tensor) -> dict:
    """Modes seen at least once, and KL(histogram || uniform). samples: (N, digits, 28, 28)."""
    digits = samples.shape[1]
    # channel after channel of each sample
    _, logits = pretrained.read(samples.reshape(-1, 1, 28, 28))
    read = logits.argmax(dim=1).view(-1, digits)
    modes = (read * 10 ** torch.arange(digits)).sum(dim=1)
    found = metrics.class_histogram(modes, 10**digits)
    return {"modes": int(modes.unique().numel()), "kl": found.kl}


def run(
    method: str, seed: int, digits: Tensor, device: torch.device, steps: int | None = None
) -> dict:
    """One row. digits: (N, 1, 28, 28), the training images."""
    loss, terms, pack = METHODS[method]()
    torch.manual_seed(seed)
    images = stack(digits, DIGITS, 128_000, seed)
    norm = not terms
    G = conv.ConvGenerator(100, (DIGITS, 28, 28), width=64, blocks=3)
    D = conv.ConvDiscriminator((DIGITS * pack, 28, 28), width=64, blocks=3, batch_norm=norm)
    config = TrainConfig(steps=steps or 50 * 2_000, latent_dim=100, channels_last=True, seed=seed)
    G, D = G.to(device), D.to(device)
    clock = time.process_time if device.type == "cpu" else time.perf_counter
    start = clock()
    judge = models.Packed(D, pack) if pack > 1 else D
    history = game.train(G, judge, data.batches(images, 64, seed), loss, config, terms)
    spent = clock() - start
    z = torch.randn(26 * 10**DIGITS, config.latent_dim, generator=runtime.generator(1))
    found = count_modes(game.sample(history.generator, z))
    return {**found, "seconds": round(spent, 1), "config": asdict(config)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--methods", nargs="+", default=list(METHODS), choices=list(METHODS))
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    parser.add_argument(
        "--steps", type=int, help="fewer, to try it out; such rows are printed and not kept"
    )
    options = parser.parse_args()
    device = runtime.start(seed=0)
    train, test = data.images("mnist").to(device), data.images("mnist", "test")
    seeds = options.seeds
    settings = {"digits": train.images, "device": device, "steps": options.steps}

    def key(method: str, seed: int) -> dict:
        return {"method": method, "seed": seed}

    jobs = [(key("real digits", seed), partial(real, test.images, DIGITS, seed)) for seed in seeds]
    jobs += [(key("perfect sampler", seed), partial(perfect, 10**DIGITS, seed)) for seed in seeds]
    jobs += [
        (key(method, seed), partial(run, method, seed, **settings))
        for seed in seeds
        for method in options.methods
    ]
    if options.steps:
        for row_key, work in jobs:
            print(row_key, work())
        return
    results.collect(OUT, jobs, {**runtime.describe(device), "data": train.source})


def real(images: Tensor, digits: int, seed: int) -> dict:
    """What stacked test digits give: the ceiling."""
    return count_modes(stack(images, digits, 26 * 10**digits, seed))


def perfect(modes: int, seed: int) -> dict:
    """What 26 samples a mode give when each mode is equally likely: the floor of the KL."""
    drawn = torch.randint(modes, (26 * modes,), generator=runtime.generator(seed))
    return {"modes": int(drawn.unique().numel()), "kl": metrics.class_histogram(drawn, modes).kl}


if __name__ == "__main__":
    main()
