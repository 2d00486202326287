"""Filling and sharpening digits with any weight of the reconstruction: the experiment of notebook
13.

`run(task, weight, seed)` trains a network of `translate` and returns a row of measures;
benchmarks/inpainting.py collects rows. The loss of G is the game's plus weight * mean squared
error; weight inf is regression alone, 0 the game alone.
"""

import math
import time
from dataclasses import asdict, replace

import torch
from torch import Tensor

from gan_course import data, game, losses, metrics, penalties, pretrained, runtime
from gan_course.chapters import translate
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError
from gan_course.images import ImageSet

CONFIG = TrainConfig(
    steps=600,
    latent_dim=4,
    given=True,
    lr_g=1e-3,
    lr_d=1e-3,
    betas=(0.5, 0.99),
    average=0.995,
    channels_last=True,
)
BATCH, JUDGED = 32, 2000


def lower(images: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Hide everything from row 13 on."""
    known = torch.ones_like(images)
    known[:, :, 13:] = 0
    return translate.hide(images, known)


def anywhere(images: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Random holes: a side, a box or a stroke of a brush."""
    return translate.hide(images, translate.holes(len(images), generator))


def coarse(size: int):
    """size x size means in place of the pixels."""
    return lambda images, generator=None: translate.shrink(images, size)


TASKS = {"fill": lower, "fill anywhere": anywhere, "sharpen 7": coarse(7), "sharpen 14": coarse(14)}


def train(
    task: str,
    images: Tensor,
    weight: float,
    seed: int,
    config: TrainConfig = CONFIG,
    blocks: int = 3,
) -> game.Run:
    """Play the game of one task on images (N, 1, 28, 28); `.generator` of what comes back is the
    averaged network.

    blocks: halvings of D; 1, 2, 3 give it patches of 8, 18, 38 pixels, of which the last see the
    whole picture.
    """
    if task not in TASKS:
        raise GanCourseError(f"no task is called {task!r}: there are {', '.join(TASKS)}")
    torch.manual_seed(seed)
    fills = task.startswith("fill")
    planes = 2 if fills else 1
    G = translate.UNet(config.latent_dim, planes, known=fills)
    alone = weight == math.inf
    D = (
        translate.Undecided()
        if alone
        else translate.PatchDiscriminator(1 + planes, width=16, blocks=blocks)
    )
    pairs = translate.Pairs(data.batches(images, BATCH, seed), TASKS[task], seed)
    # the score of a picture is the sum of its patches' here, and so is its gradient: a small weight
    # does for R1
    lazy = [] if alone else [penalties.ZeroCentered(0.002, every=4)]
    return game.train(
        G,
        D,
        pairs,
        losses.NonSaturating(),
        replace(config, seed=seed),
        lazy,
        g_penalties=[translate.Reconstruction(1.0 if alone else weight)],
    )


def judged(test: ImageSet, count: int = JUDGED) -> tuple[Tensor, Tensor]:
    """Test images and their labels to judge on, drawn with a fixed seed and not from the top: files
    have an order.
    """
    order = torch.randperm(len(test), generator=runtime.generator(0))[:count]
    return test.images[order], test.labels[order]


def reference(images: Tensor, count: int = 10_000) -> tuple:
    """Mean and covariance of the classifier's features of training images: what a Fréchet distance
    is measured from.
    """
    order = torch.randperm(len(images), generator=runtime.generator(0))[:count]
    return metrics.statistics(pretrained.read(images[order])[0])


def pictures(G, task: str, images: Tensor, seed: int = 1) -> Tensor:
    """What G makes of what the task leaves of the images, with the z of that seed."""
    z = torch.randn(len(images), G.latent_dim, generator=runtime.generator(seed))
    return game.sample(G, z, TASKS[task](images, runtime.generator(9)))


def judge(
    found: Tensor, real: Tensor, labels: Tensor, known: tuple, again: Tensor | None = None
) -> dict[str, float]:
    """The measures of one set of pictures (N, 1, 28, 28) against the true ones. known: what
    `reference` returned.

    psnr: mean over pictures, in dB, of the pixels' range of 2 squared over the mean squared error;
    mse: that error over all pixels, hidden or not. ssim: structural similarity. distance: Fréchet,
    in the classifier's features. read_right: share that it reads as the true label. again: the
    pictures of another z; spread: the root mean square of their difference over that of the error,
    1 where both are independent draws from the posterior; read_otherwise: share that changes its
    digit with z.
    """
    # here, as importing it takes seconds
    from torchmetrics.functional.image import structural_similarity_index_measure

    error = ((found - real) ** 2).mean(dim=(1, 2, 3))
    features, logits = pretrained.read(found)
    measures = {
        "psnr": (10 * torch.log10(4 / error.clamp(min=1e-10))).mean().item(),
        "mse": error.mean().item(),
        "ssim": structural_similarity_index_measure(found, real, data_range=2.0).item(),
        "distance": metrics.frechet_distance(*metrics.statistics(features), *known),
        "read_right": (logits.argmax(1) == labels).float().mean().item(),
    }
    if again is not None:
        change = ((found - again) ** 2).mean()
        measures["spread"] = (change / error.mean().clamp(min=1e-10)).sqrt().item()
        measures["read_otherwise"] = (
            (logits.argmax(1) != pretrained.read(again)[1].argmax(1)).float().mean().item()
        )
    return measures


def run(
    task,
    weight: float,
    seed: int,
    images: Tensor,
    test: ImageSet,
    known: tuple,
    blocks=3,
    steps=CONFIG.steps,
) -> dict:
    """Train one network and measure it: a row. blocks: see `train`."""
    start, config = time.process_time(), replace(CONFIG, steps=steps)
    G = train(task, images, weight, seed, config, blocks).generator
    spent = time.process_time() - start
    real, labels = judged(test)
    found, again = pictures(G, task, real), pictures(G, task, real, seed=2)
    row = {
        name: round(value, 4) for name, value in judge(found, real, labels, known, again).items()
    }
    if not task.startswith("fill"):  # do the means of what comes out agree with those that went in?
        size = int(task.split()[-1])
        row["means_off"] = round(
            (translate.shrink(found - real, size) ** 2).mean().sqrt().item(), 4
        )
    return {**row, "cpu_seconds": round(spent, 1), "config": asdict(replace(config, seed=seed))}
