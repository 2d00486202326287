"""One recipe, several training seeds: how far do the numbers of its generators lie apart?

    python benchmarks/seeds.py [--seeds 0 1 2 3 4] [--steps 1000]

The recipe minute-conditional in fp32 on one thread, half a minute a run. Each trained generator
draws five sets of 1,000 images, with five sample seeds, and one set of 10,000; each set's Fréchet
distance to a fixed half of MNIST's test images is stored. One run is one line of
gan_course/assets/rows/seeds.jsonl. Notebook 11, section 12, trains one of them again.
"""

import argparse
import functools
import time
from dataclasses import replace

import torch

from gan_course import data, game, metrics, pretrained, results, runtime
from gan_course.training import reading

ROWS = results.ROWS / "seeds.jsonl"
SETS = [*range(5)]  # sample seeds


def train(images: data.ImageSet, seed: int, steps: int) -> torch.nn.Module:
    """The recipe's generator after so many steps; its rates reach their last value there."""
    recipe = reading.read(reading.find("minute-conditional"))
    torch.manual_seed(seed)
    G, D = recipe.build(())
    config = replace(recipe.train, steps=steps, seed=seed, precision="fp32", log_every=steps)
    batches = data.batches(images, recipe.batch_size, seed)
    return game.train(G, D, batches, config=config, **recipe.game()).generator


def distance(G: torch.nn.Module, reference, count: int, seed: int) -> float:
    """Of `count` images to the reference (mean, covariance), in the course's classifier."""
    stream = runtime.generator(seed)
    z = torch.randn(count, G.latent_dim, generator=stream)
    labels = torch.randint(10, (count,), generator=stream)
    features, _ = pretrained.read(game.sample(G, z, labels))
    return metrics.frechet_distance(*reference, *metrics.statistics(features))


def play(images: data.ImageSet, seed: int, steps: int) -> dict:
    """The distances of one training seed."""
    start = time.process_time()
    G = train(images, seed, steps)
    seconds = time.process_time() - start
    real = pretrained.real_features()
    order = torch.randperm(len(real), generator=runtime.generator(0))
    reference = metrics.statistics(real[order[:5000]])
    small = [round(distance(G, reference, 1000, sample_seed), 3) for sample_seed in SETS]
    large = round(distance(G, reference, 10_000, 99), 3)
    return {"of_1000": small, "of_10000": large, "seconds": round(seconds, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    parser.add_argument("--steps", type=int, default=1000)
    options = parser.parse_args()
    device = runtime.start(threads=1, on="cpu")
    images = data.images("mnist", stand_in=False)
    jobs = []
    for seed in options.seeds:
        key = {"recipe": "minute-conditional", "steps": options.steps, "seed": seed}
        jobs.append((key, functools.partial(play, images, seed, options.steps)))
    results.collect(ROWS, jobs, runtime.describe(device) | {"data": images.source})


if __name__ == "__main__":
    main()
