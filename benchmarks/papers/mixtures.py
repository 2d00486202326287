"""Ring and grid scored as in PacGAN's table 1 (Lin et al. 2018): modes, share, reverse KL.

    python benchmarks/papers/mixtures.py [--data ring grid] [--methods GAN ...] [--seeds 0 ... 9]

A configuration for a GPU, which has not been run: 400,000 steps a run are hours on one, and weeks
for the whole table on two cores. It appends a line a run to benchmarks/rows/mixtures.jsonl. Data,
scoring, networks and settings are PacGAN's: ring of 8, radius 1, sigma .01; grid {-4, -2, 0, 2,
4}^2, sigma .05; 2,500 samples, high quality within 3 sigma; G 4 x 400 with batch norm, D 3 x 200
maxout of 5, 100,000 fixed training samples, batch 100, Adam 1e-4 (.8, .999). Notebook 04 has ring
and grid with a protocol that two cores can reach.
"""

import argparse
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path

import torch
from torch import nn

from gan_course import data, game, losses, metrics, models, penalties, results, runtime
from gan_course.config import TrainConfig

OUT = Path(__file__).parents[1] / "rows" / "mixtures.jsonl"
DATA = {"ring": data.ring(8, radius=1.0, std=0.01), "grid": data.grid(5, spacing=2.0, std=0.05)}
# (spacing / 2)^2 x .3, nearly: a weight has the unit of a squared length
R1 = {"ring": 0.03, "grid": 0.3}

# method -> (loss, penalties for the data set, D's steps, samples that D sees together)
METHODS = {
    "GAN": lambda name: (losses.NonSaturating(), [], 1, 1),
    "PacGAN2": lambda name: (losses.NonSaturating(), [], 1, 2),
    "GAN + R1": lambda name: (losses.NonSaturating(), [penalties.ZeroCentered(R1[name])], 1, 1),
    "WGAN-GP": lambda name: (losses.Wasserstein(), [penalties.GradientPenalty(10.0)], 5, 1),
    "relativistic + R1 + R2": lambda name: (
        losses.Relativistic(),
        [penalties.ZeroCentered(R1[name], on) for on in ("real", "fake")],
        1,
        1,
    ),
}


class Maxout(nn.Module):
    """The largest of `pieces` linear maps (Goodfellow et al. 2013): (N, n_in) -> (N, n_out)."""

    def __init__(self, n_in: int, n_out: int, pieces: int = 5):
        super().__init__()
        self.linear, self.pieces = nn.Linear(n_in, n_out * pieces), pieces

    def forward(self, x):
        return self.linear(x).unflatten(1, (-1, self.pieces)).amax(dim=2)


def networks(pack: int) -> tuple[nn.Module, nn.Module]:
    """The networks of PacGAN's experiment. Latents N(0, I_2)."""
    layers = []
    for n_in in (2, 400, 400, 400):
        layers += [nn.Linear(n_in, 400), nn.BatchNorm1d(400), nn.ReLU()]
    G = nn.Sequential(*layers, nn.Linear(400, 2))
    D = nn.Sequential(
        Maxout(2 * pack, 200), Maxout(200, 200), Maxout(200, 200), nn.Linear(200, 1), nn.Flatten(0)
    )
    return G, D


def run(name: str, method: str, seed: int, device: torch.device, steps: int | None = None) -> dict:
    """One row: mode coverage, seconds of CPU time (wall time on a GPU), and the config."""
    loss, terms, d_steps, pack = METHODS[method](name)
    torch.manual_seed(seed)
    batches = data.batches(DATA[name].sample(100_000, runtime.generator(seed)), 100, seed)
    config = TrainConfig(
        steps=steps or 400_000,
        latent_dim=2,
        lr_g=1e-4,
        lr_d=1e-4,
        betas=(0.8, 0.999),
        d_steps=d_steps,
        seed=seed,
    )
    G, D = (net.to(device) for net in networks(pack))
    clock = time.process_time if device.type == "cpu" else time.perf_counter
    start = clock()
    game.train(G, models.Packed(D, pack) if pack > 1 else D, batches, loss, config, terms)
    spent = clock() - start
    points = game.sample(G, torch.randn(2_500, 2, generator=runtime.generator(1)))
    found = metrics.mode_coverage(points, DATA[name].means, float(DATA[name].stds[0]))
    nearest = torch.cdist(points, DATA[name].means).argmin(dim=1)
    row = {
        "modes": found.modes,
        "high_quality": found.high_quality,
        "kl": metrics.class_histogram(nearest, len(DATA[name].means)).kl,  # of all samples
    }
    return {**row, "seconds": round(spent, 1), "config": asdict(config)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", nargs="+", default=list(DATA), choices=list(DATA))
    parser.add_argument("--methods", nargs="+", default=list(METHODS), choices=list(METHODS))
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(10)))
    parser.add_argument(
        "--steps", type=int, help="fewer, to try it out; such rows are printed and not kept"
    )
    options = parser.parse_args()
    device = runtime.start(seed=0)
    keys = [
        {"data": name, "method": method, "seed": seed}
        for seed in options.seeds
        for name in options.data
        for method in options.methods
    ]
    jobs = [(key, partial(run, *key.values(), device, options.steps)) for key in keys]
    if options.steps:
        for key, work in jobs:
            print(key, work())
        return
    results.collect(OUT, jobs, runtime.describe(device))


if __name__ == "__main__":
    main()
