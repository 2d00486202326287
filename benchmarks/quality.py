"""Fréchet distance against training time: how good are a recipe's digits after so many seconds?

    python benchmarks/quality.py [--seconds 15 30 60] [--seeds 0 1 2] [--recipes minute-dcgan ...]

Each budget is a run of its own; where the learning rates fall, they reach their last value as it
ends: a run measured in the middle of such a schedule says little about a shorter one. Seconds are
CPU time of one thread, which other programs change little; measuring does not count. One run is one
line of rows/quality.jsonl, and is not repeated on the same kind of machine. `make tables` writes
the table and `make picture` draws the figure.
"""

import argparse
import functools
import itertools
import time
from dataclasses import replace
from pathlib import Path

import torch

from gan_course import clusters, data, game, metrics, pretrained, results, runtime
from gan_course.training import reading
from gan_course.training.recipes import Recipe

SAMPLES = 10_000
ROWS = Path(__file__).parent / "rows" / "quality.jsonl"
MINUTE = []  # the recipes of a minute on digits
for name, path in reading.shipped().items():
    if name.startswith("minute-") and reading.read(path).data == "mnist":
        MINUTE.append(name)


class Stopwatch:
    """Spends a budget of CPU seconds: lowers the learning rates, measures, stops. A callback."""

    def __init__(self, seconds: float, lr_final: float, distance):
        self.seconds, self.lr_final, self.distance = seconds, lr_final, distance
        self.start, self.row = time.process_time(), {}

    def __call__(self, state: game.State) -> None:
        now = time.process_time()
        share = min(1.0, (now - self.start) / self.seconds)
        state.rate_scale = 1 - (1 - self.lr_final) * share
        if share >= 0.5 and "half" not in self.row:
            self.row["half"] = self.distance(state.generator)
        if share == 1 and "end" not in self.row:
            self.row |= {"end": self.distance(state.generator), "steps": state.step}
            state.stop("the seconds are over")
        self.start += time.process_time() - now  # measuring does not count


def play(
    recipe: Recipe, images: data.ImageSet, seed: int, seconds: float, shuffled: bool = False
) -> dict:
    """Train for so many CPU seconds; returns the steps and the distance half way and at the end.

    The recipe's own number of steps is not looked at. Clusters are found within the budget.
    shuffled: give each image the label of another one.
    """
    watch = Stopwatch(seconds, recipe.train.lr_final, distance_to_mnist)
    shares = ()
    if recipe.condition == "clusters":
        count = recipe.train.num_classes
        labels = clusters.find(images.images, count, seed)
        shares = clusters.shares(labels, count)
        if shuffled:
            labels = labels[torch.randperm(len(labels), generator=runtime.generator(seed))]
        images = replace(images, labels=labels)
    torch.manual_seed(seed)
    G, D = recipe.build(shares)
    batches = data.batches(images, recipe.batch_size, seed)
    now, batch = time.process_time(), next(data.batches(images, recipe.batch_size))
    precision = game.choose_precision(G, D, batch, config=recipe.train, **recipe.game())
    watch.start += time.process_time() - now  # nor does choosing the precision
    schedule = {"steps": 10**9, "lr_final": 1.0}  # the stopwatch lowers the rates
    config = replace(recipe.train, **schedule, precision=precision, seed=seed, log_every=1_000)
    game.train(G, D, batches, config=config, **recipe.game(), callbacks=[watch])
    return results.rounded(watch.row) | {"precision": precision}


def distance_to_mnist(G: torch.nn.Module) -> float:
    """Fréchet distance of 10,000 samples to MNIST's test images, in the course's classifier."""
    z = torch.randn(SAMPLES, G.latent_dim, generator=runtime.generator(2))
    features, _ = pretrained.read(game.sample(G, z, game.draw_labels(G, SAMPLES)))
    real = metrics.statistics(pretrained.real_features())
    return metrics.frechet_distance(*real, *metrics.statistics(features))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", nargs="+", type=int, default=[15, 30, 60], help="budgets")
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--recipes", nargs="+", default=MINUTE, help="names or YAML files")
    options = parser.parse_args()
    device = runtime.start(threads=1, on="cpu")
    images = data.images("mnist", stand_in=False)
    about = runtime.describe(device) | {"data": images.source}
    jobs = []
    for seed, seconds, name in itertools.product(options.seeds, options.seconds, options.recipes):
        recipe = reading.read(reading.find(name))
        key = {"recipe": recipe.name, "seconds": seconds, "seed": seed}
        key["device"] = about["device"]
        jobs.append((key, functools.partial(play, recipe, images, seed, seconds)))
    results.collect(ROWS, jobs, about)


if __name__ == "__main__":
    main()
