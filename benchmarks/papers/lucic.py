"""Lucic et al. 2018: do losses differ, each tuned by the same budget?

    python benchmarks/papers/lucic.py [--losses minimax ...]

A configuration for a GPU, which has not been run: 50 settings for each of seven losses are some
400 runs of 20,000 steps, a few days on one GPU. It appends a line a run to
benchmarks/rows/lucic.jsonl. Every loss meets the same settings (learning rate log-uniform in [2e-4,
4e-3], beta1 0 or .5, drawn with seed 0), one seed each: stage "search". The best setting of each,
by Fréchet distance, then plays seeds 1 to 5: stage "final", whose mean and standard error count.

Unconditional MNIST, networks of width 16, batch 64, weight average .99, Fréchet distance in the
features of the course's classifier with 5,000 samples: another scale than FID.
"""

import argparse
import random
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path

import torch

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
from gan_course.errors import DivergedError

OUT = Path(__file__).parents[1] / "rows" / "lucic.jsonl"
SETTINGS, SEEDS, STEPS = 50, (1, 2, 3, 4, 5), 20_000
DIVERGED = 1e6  # a Fréchet distance worse than any
R1 = penalties.ZeroCentered(1.0, every=4)
# loss -> loss, penalties, constraint, D's steps, spectral norm
LOSSES = {
    "minimax": lambda: (losses.Minimax(), [], None, 1, False),
    "non-saturating": lambda: (losses.NonSaturating(), [], None, 1, False),
    "non-saturating + R1": lambda: (losses.NonSaturating(), [R1], None, 1, False),
    "least squares": lambda: (losses.LeastSquares(), [], None, 1, False),
    "hinge + spectral norm": lambda: (losses.Hinge(), [], None, 1, True),
    "WGAN, clipped": lambda: (losses.Wasserstein(), [], penalties.clip_weights(0.03), 3, False),
    "WGAN-GP": lambda: (losses.Wasserstein(), [penalties.GradientPenalty(10.0)], None, 3, False),
}


def settings() -> list[dict]:
    """The settings that every loss tries; number 0 is fixed: rate 1e-3, beta1 .5."""
    draw = random.Random(0)
    drawn = [
        {"lr": round(10 ** draw.uniform(-3.7, -2.4), 6), "beta1": draw.choice((0.0, 0.5))}
        for _ in range(SETTINGS - 1)
    ]
    return [{"lr": 1e-3, "beta1": 0.5}, *drawn]


def run(
    name: str, setting: dict, seed: int, images, device: torch.device, steps: int = STEPS
) -> dict:
    """One row: Fréchet distance to MNIST's test images, or `DIVERGED`."""
    loss, terms, constrain, d_steps, spectral = LOSSES[name]()
    torch.manual_seed(seed)
    G, D = conv.ConvGenerator(width=16).to(device), conv.ConvDiscriminator(width=16).to(device)
    config = TrainConfig(
        steps=steps,
        lr_g=setting["lr"],
        lr_d=setting["lr"],
        betas=(setting["beta1"], 0.99),
        d_steps=d_steps,
        average=0.99,
        channels_last=True,
        seed=seed,
    )
    start = time.process_time()
    distance = DIVERGED
    try:
        D = models.spectral_norm(D) if spectral else D
        history = game.train(
            G, D, data.batches(images, 64, seed), loss, config, terms, constrain=constrain
        )
        z = torch.randn(5_000, config.latent_dim, generator=runtime.generator(1))
        features, _ = pretrained.read(game.sample(history.generator, z))
        real = metrics.statistics(pretrained.real_features())
        distance = metrics.frechet_distance(*real, *metrics.statistics(features))
    except DivergedError:
        pass
    return {
        **setting,
        "frechet_distance": distance,
        "seconds": round(time.process_time() - start, 1),
        "config": asdict(config),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--losses", nargs="+", default=list(LOSSES), choices=list(LOSSES))
    options = parser.parse_args()
    device = runtime.start(seed=0)
    images = data.images("mnist").to(device)
    about = {**runtime.describe(device), "data": images.source}
    tried = settings()
    for name in options.losses:
        search = {"stage": "search", "loss": name}
        jobs = [
            ({**search, "setting": k, "seed": 0}, partial(run, name, setting, 0, images, device))
            for k, setting in enumerate(tried)
        ]
        results.collect(OUT, jobs, about)
        rows = [row for row in results.read(OUT) if search.items() <= row.items()]
        best = min(rows, key=lambda row: row["frechet_distance"])["setting"]
        final = {"stage": "final", "loss": name, "setting": best}
        jobs = [
            ({**final, "seed": seed}, partial(run, name, tried[best], seed, images, device))
            for seed in SEEDS
        ]
        results.collect(OUT, jobs, about)


if __name__ == "__main__":
    main()
