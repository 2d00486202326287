"""Parzen-window log-likelihood of MNIST by the protocol of 2014 (see Theis et al. 2016).

    python benchmarks/papers/parzen.py [--models gan conditional ...] [--seeds 0 1 2 3 4]

appends a line a run to parzen.jsonl. Goodfellow et al. 2014, table 1: 10,000 samples, pixels in [0,
1], a Gaussian of deviation sigma round each; sigma is the best of 10 values, spaced logarithmically
from .1 to 1, on 1,000 validation images (here: of the training set, kept from the models); mean
log-likelihood of the 10,000 test images in nats.

gan, conditional: the MLP pair of notebook 06, 2,000 steps of batch 64, without and with labels:
about a minute on one CPU thread. k-means: 10,000 samples drawn from 1,000 centroids of the training
images: no generative model at all. real: training images.
"""

import argparse
import time
from dataclasses import asdict, replace
from functools import partial

import numpy as np
import torch
from sklearn.cluster import MiniBatchKMeans
from torch import Tensor

from gan_course import data, game, losses, metrics, models, penalties, results, runtime
from gan_course.config import TrainConfig

OUT = results.ROWS / "parzen.jsonl"
SIGMAS = np.geomspace(0.1, 1, 10)
SAMPLES, VALIDATION = 10_000, 1_000
MODELS = ("real", "k-means", "gan", "conditional")


def parzen(samples: Tensor, validation: Tensor, test: Tensor) -> dict:
    """In nats; images in [-1, 1]; test_error is the standard error over the test images."""
    tables = [(images.flatten(1) + 1) / 2 for images in (samples, validation, test)]
    samples, validation, test = tables
    tried = [
        float(metrics.parzen_log_likelihood(samples, validation, float(sigma)).mean())
        for sigma in SIGMAS
    ]
    sigma = float(SIGMAS[int(np.argmax(tried))])
    found = metrics.parzen_log_likelihood(samples, test, sigma)
    return {
        "nats": float(found.mean()),
        "test_error": float(found.std() / len(found) ** 0.5),
        "sigma": round(sigma, 4),
    }


def draw(model: str, train, seed: int, steps: int) -> tuple[Tensor, dict]:
    """10,000 samples of a model trained on `train`, and what the row says of its training."""
    order = runtime.generator(seed)
    if model == "real":
        return train.images[torch.randperm(len(train), generator=order)[:SAMPLES]], {}
    start = time.process_time()
    if model == "k-means":
        pixels = train.images.flatten(1).numpy()
        fitted = MiniBatchKMeans(1_000, random_state=seed, batch_size=4_096, n_init=1).fit(pixels)
        which = torch.randint(1_000, (SAMPLES,), generator=order)
        samples = torch.from_numpy(fitted.cluster_centers_).float()[which].view(-1, 1, 28, 28)
        config = {"centroids": 1_000}
    else:
        classes = 10 if model == "conditional" else 0
        torch.manual_seed(seed)
        G = models.MLPGenerator(64, hidden=(256, 512), num_classes=classes, batch_norm=True)
        D = models.MLPDiscriminator(hidden=(512, 256), num_classes=classes)
        played = TrainConfig(
            steps=steps,
            num_classes=classes,
            lr_g=1e-3,
            lr_d=1e-3,
            betas=(0.5, 0.99),
            average=0.995,
            seed=seed,
        )
        history = game.train(
            G,
            D,
            data.batches(train, 64, seed),
            losses.NonSaturating(),
            played,
            [penalties.ZeroCentered(1.0, every=4)],
        )
        z = torch.randn(SAMPLES, 64, generator=order)
        labels = torch.arange(SAMPLES) % 10 if classes else None
        samples, config = game.sample(history.generator, z, labels), asdict(played)
    return samples, {"seconds": round(time.process_time() - start, 1), "config": config}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--models", nargs="+", default=list(MODELS), choices=MODELS)
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    parser.add_argument("--steps", type=int, default=2_000)
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    images, test = data.images("mnist"), data.images("mnist", "test")
    order = torch.randperm(len(images), generator=runtime.generator(0))
    validation = images.images[order[:VALIDATION]]
    rest = order[VALIDATION:]
    train = replace(images, images=images.images[rest], labels=images.labels[rest])

    def work(model: str, seed: int) -> dict:
        samples, training = draw(model, train, seed, options.steps)
        return {**parzen(samples, validation, test.images), **training}

    jobs = (
        ({"model": model, "seed": seed}, partial(work, model, seed))
        for seed in options.seeds
        for model in options.models
    )
    results.collect(OUT, jobs, {**runtime.describe(device), "data": images.source})


if __name__ == "__main__":
    main()
