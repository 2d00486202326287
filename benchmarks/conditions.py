"""How the label is told, and whose labels: the comparisons of notebook 08 at equal CPU time.

    python benchmarks/conditions.py [--experiments told whose] [--seeds 0 1 2] [--runs planes ...]

told: the recipe minute-conditional with other ways to tell D the label, and one other way to tell
G; 20 CPU seconds of one thread, at constant learning rates. whose: labels that people gave, k-means
clusters of the pixels, the same clusters shuffled among the images, and none; 30 and 60 CPU
seconds, by quality.play, with rates that reach their last value as the time ends. One run is one
line of gan_course/assets/rows/conditions.jsonl.
"""

import argparse
import functools
import itertools

import numpy as np
import torch
from curves import play
from quality import play as minute
from torch import Tensor, nn

from gan_course import conv, data, game, metrics, pretrained, results, runtime
from gan_course.training import reading

ROWS = results.ROWS / "conditions.jsonl"
SAMPLES = 5_000
SECONDS = {"told": (20,), "whose": (60, 30)}
NORM = "output, G by batch norm"
TOLD = ("planes", "projection", "output", "auxiliary", NORM)
WHOSE = {
    "true labels": "minute-conditional",
    "k-means labels": "minute-self-conditioned",
    "k-means labels, shuffled": "minute-self-conditioned",
    "no labels": "minute-dcgan",
}


class ConditionalBatchNorm(nn.Module):
    """Batch norm whose scale and shift are those of the label: (N, C, H, W) -> the same."""

    def __init__(self, channels: int, classes: int):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.scale, self.shift = nn.Embedding(classes, channels), nn.Embedding(classes, channels)
        nn.init.ones_(self.scale.weight)
        nn.init.zeros_(self.shift.weight)

    def forward(self, x: Tensor, labels: Tensor) -> Tensor:
        scale, shift = self.scale(labels), self.shift(labels)
        return scale[:, :, None, None] * self.norm(x) + shift[:, :, None, None]


class NormGenerator(nn.Module):
    """The unconditional generator; each batch norm is told the label, the first layer is not."""

    def __init__(self, latent_dim: int, width: int, blocks: int, classes: int):
        super().__init__()
        plain = conv.ConvGenerator(latent_dim, width=width, blocks=blocks)
        self.latent_dim, self.num_classes = latent_dim, classes
        self.layers = nn.ModuleList()
        for layer in [*plain.start, *plain.blocks]:
            norm = isinstance(layer, nn.BatchNorm2d)
            self.layers.append(ConditionalBatchNorm(layer.num_features, classes) if norm else layer)

    def forward(self, z: Tensor, labels: Tensor) -> Tensor:
        for layer in self.layers:
            z = layer(z, labels) if isinstance(layer, ConditionalBatchNorm) else layer(z)
        return z


def variance(images: Tensor, labels: Tensor) -> float:
    """Of the pixels within a class, mean over the ten classes."""
    each = [images[labels == k].flatten(1).var(dim=0).sum().item() for k in range(10)]
    return float(np.mean(each))


def judge(images: Tensor, labels: Tensor, real_variance: float) -> dict:
    """Distance to MNIST's test images, share read as asked, spread within the classes."""
    features, logits = pretrained.read(images)
    real = metrics.statistics(pretrained.real_features())
    return {
        "distance": metrics.frechet_distance(*real, *metrics.statistics(features)),
        "read": (logits.argmax(dim=1) == labels).float().mean().item(),
        "spread": variance(images, labels) / real_variance,
    }


def told(way: str, images: data.ImageSet, seed: int, seconds: int) -> dict:
    """One run of the first comparison."""
    flags = {} if way == NORM else {"condition": way}
    recipe = reading.read(reading.find("minute-conditional"), flags)
    torch.manual_seed(seed)
    G, D = recipe.build()
    if way == NORM:
        G = NormGenerator(recipe.train.latent_dim, recipe.width, recipe.blocks, 10)
    z = torch.randn(SAMPLES, recipe.train.latent_dim, generator=runtime.generator(2))
    asked = torch.arange(SAMPLES) % 10
    real_variance = variance(images.images, images.labels)

    def measure(state: game.State) -> dict:
        return judge(game.sample(state.generator, z, asked), asked, real_variance)

    _, clock = play(recipe, G, D, images, seed, seconds, (0.5, 1.0), measure)
    curve = [[spent, round(found["distance"], 2)] for spent, found in clock.found]
    end = results.rounded(clock.found[-1][1])
    return {"curve": curve, **end, "steps": clock.times[-1][0], "samples": SAMPLES}


def whose(name: str, images: data.ImageSet, seed: int, seconds: int) -> dict:
    """One run of the second comparison."""
    recipe = reading.read(reading.find(WHOSE[name]))
    found = minute(recipe, images, seed, seconds, shuffled="shuffled" in name)
    curve = [[seconds / 2, found["half"]], [seconds, found["end"]]]
    end = {"distance": found["end"], "steps": found["steps"], "samples": 10_000}
    return {"curve": curve, **end}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--experiments", nargs="+", default=list(SECONDS), choices=list(SECONDS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--runs", nargs="+", default=[*TOLD, *WHOSE], choices=[*TOLD, *WHOSE])
    parser.add_argument("--seconds", nargs="+", type=int, help="budgets; all if none is given")
    options = parser.parse_args()
    device = runtime.start(threads=1, on="cpu")
    images = data.images("mnist", stand_in=False)
    about = runtime.describe(device) | {"data": images.source}
    jobs = []
    experiments = {"told": (told, TOLD), "whose": (whose, WHOSE)}
    for seed, name in itertools.product(options.seeds, options.experiments):
        work, runs = experiments[name]
        for run, seconds in itertools.product(runs, SECONDS[name]):
            if run in options.runs and (not options.seconds or seconds in options.seconds):
                key = {"experiment": name, "run": run, "seconds": seconds, "seed": seed}
                jobs.append((key, functools.partial(work, run, images, seed, seconds)))
    results.collect(ROWS, jobs, about)


if __name__ == "__main__":
    main()
