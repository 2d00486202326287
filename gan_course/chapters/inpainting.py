"""Filling and sharpening digits with any weight of the reconstruction. Notebook 13.

`run(task, weight, seed)` trains a network of `translate` and returns a row of measures, which
benchmarks/inpainting.py collects. The loss of G is the game's plus weight * mean squared error;
weight inf is regression alone, 0 the game alone.
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
from gan_course.results import rounded

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
BATCH = 32
MEASURED = 2000  # test images behind each row


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


def network_arguments(task: str, latent_dim: int) -> dict:
    """The arguments of the `translate.UNet` of a task; they are stored beside its weights."""
    fills = task.startswith("fill")
    planes = 2 if fills else 1  # the picture, and the mask of what is known
    return {"latent_dim": latent_dim, "planes": planes, "width": 16, "blocks": 3, "known": fills}


def train(
    task: str,
    images: Tensor,
    weight: float,
    seed: int,
    config: TrainConfig = CONFIG,
    blocks: int = 3,
    **options,
) -> game.Run:
    """Play the game of one task on images (N, 1, 28, 28); what comes back holds the generator.

    blocks: halvings of D; 1, 2, 3 give it patches of 8, 18, 38 pixels, of which the last see the
    whole picture. options: callbacks and resume of `game.train`.
    """
    if task not in TASKS:
        raise GanCourseError(f"no task is called {task!r}: there are {', '.join(TASKS)}")
    torch.manual_seed(seed)
    arguments = network_arguments(task, config.latent_dim)
    G = translate.UNet(**arguments)
    pairs = translate.Pairs(data.batches(images, BATCH, seed), TASKS[task], seed)
    if weight == math.inf:
        D, terms, weight = translate.Undecided(), [], 1.0
    else:
        D = translate.PatchDiscriminator(1 + arguments["planes"], width=16, blocks=blocks)
        # the score of a picture is the sum of its patches' here, and so is its gradient: a small
        # weight does for R1
        terms = [penalties.ZeroCentered(0.002, every=4)]
    loss, g_terms = losses.NonSaturating(), [translate.Reconstruction(weight)]
    config = replace(config, seed=seed, given=True)
    batch = next(translate.Pairs(data.batches(images, BATCH, seed), TASKS[task], seed))
    precision = game.choose_precision(G, D, batch, loss, config, terms, g_terms)
    config = replace(config, precision=precision)
    return game.train(G, D, pairs, loss, config, terms, g_penalties=g_terms, **options)


def random_images(images: ImageSet, count: int = MEASURED) -> tuple[Tensor, Tensor]:
    """Images and labels, drawn with a fixed seed and not from the top: files have an order."""
    order = torch.randperm(len(images), generator=runtime.generator(0))[:count]
    return images.images[order], images.labels[order]


def reference(images: Tensor, count: int = 10_000) -> tuple:
    """What a Fréchet distance is measured from: the classifier's statistics of training images."""
    order = torch.randperm(len(images), generator=runtime.generator(0))[:count]
    return metrics.statistics(pretrained.read(images[order])[0])


def pictures(G, task: str, images: Tensor, seed: int = 1) -> Tensor:
    """What G makes of what the task leaves of the images, with the z of that seed."""
    z = torch.randn(len(images), G.latent_dim, generator=runtime.generator(seed))
    return game.sample(G, z, TASKS[task](images, runtime.generator(9)))


def measure(
    made: Tensor, real: Tensor, labels: Tensor, known: tuple, again: Tensor | None = None
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

    error = ((made - real) ** 2).mean(dim=(1, 2, 3))
    features, logits = pretrained.read(made)
    measures = {
        "psnr": (10 * torch.log10(4 / error.clamp(min=1e-10))).mean().item(),
        "mse": error.mean().item(),
        "ssim": structural_similarity_index_measure(made, real, data_range=2.0).item(),
        "distance": metrics.frechet_distance(*metrics.statistics(features), *known),
        "read_right": (logits.argmax(1) == labels).float().mean().item(),
    }
    if again is not None:
        change = ((made - again) ** 2).mean()
        measures["spread"] = (change / error.mean().clamp(min=1e-10)).sqrt().item()
        _, other_logits = pretrained.read(again)
        changed = logits.argmax(1) != other_logits.argmax(1)
        measures["read_otherwise"] = changed.float().mean().item()
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
    real, labels = random_images(test)
    made, again = pictures(G, task, real), pictures(G, task, real, seed=2)
    row = measure(made, real, labels, known, again)
    if not task.startswith("fill"):  # do the means of what comes out agree with those that went in?
        size = int(task.split()[-1])
        row["means_off"] = (translate.shrink(made - real, size) ** 2).mean().sqrt().item()
    config = asdict(replace(config, seed=seed))
    return {**rounded(row), "cpu_seconds": round(spent, 1), "config": config}


def measure_generator(G: torch.nn.Module, task: str, training: Tensor, test: ImageSet) -> dict:
    """What the JSON of a network says of it: `metrics.report` of the test images that it completed.

    ceiling: that of as many training images (N, 1, 28, 28). fill: `measure` of some test images.
    """
    target, _ = pretrained.read(test.images)
    made = pretrained.read(pictures(G, task, test.images))
    order = torch.randperm(len(training), generator=runtime.generator(0))[: len(test)]
    real, labels = random_images(test)
    first, second = pictures(G, task, real), pictures(G, task, real, seed=2)
    return {
        **rounded(metrics.report(target, *made, test.labels)),
        "ceiling": rounded(metrics.report(target, *pretrained.read(training[order]))),
        "fill": rounded(measure(first, real, labels, reference(training), second)),
        "measured_on": f"{test.source}, {len(test):,} test images; fill: {len(real):,} of them",
    }
