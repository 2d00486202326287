"""Filling and sharpening pictures with any weight of the reconstruction. Notebook 13.

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
    """Hide everything from row 13 of 28 on."""
    known = torch.ones_like(images[:, :1])
    known[:, :, 13 * images.shape[2] // 28 :] = 0
    return translate.hide(images, known)


def anywhere(images: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Random holes: a side, a box or a stroke of a brush."""
    return translate.hide(images, translate.holes(len(images), generator, images.shape[2]))


def coarse(size: int):
    """size x size means in place of the pixels."""
    return lambda images, generator=None: translate.shrink(images, size)


TASKS = {"fill": lower, "fill anywhere": anywhere, "sharpen 7": coarse(7), "sharpen 14": coarse(14)}


def network_arguments(task: str, latent_dim: int, shape: tuple[int, ...] = (1, 28, 28)) -> dict:
    """The arguments of the `translate.UNet` of a task; they are stored beside its weights.

    shape: (C, H, W) of the pictures.
    """
    fills = task.startswith("fill")
    planes = shape[0] + fills  # the picture, and the mask of what is known
    sizes = {"planes": planes, "shape": list(shape), "width": 16, "blocks": 3}
    return {"latent_dim": latent_dim, **sizes, "known": fills}


def train(
    task: str,
    images: Tensor,
    weight: float,
    seed: int,
    config: TrainConfig = CONFIG,
    blocks: int = 3,
    alone: bool = False,
    **options,
) -> game.Run:
    """Play the game of one task on images (N, C, H, W); what comes back holds the generator.

    blocks: halvings of D; 1, 2, 3 give it patches of 8, 18, 38 pixels, of which the last see the
    whole picture. alone: D sees the answer without what was given. options: callbacks and resume
    of `game.train`.
    """
    if task not in TASKS:
        raise GanCourseError(f"no task is called {task!r}: there are {', '.join(TASKS)}")
    torch.manual_seed(seed)
    shape = tuple(images.shape[1:])
    arguments = network_arguments(task, config.latent_dim, shape)
    G = translate.UNet(**arguments)
    pairs = translate.Pairs(data.batches(images, BATCH, seed), TASKS[task], seed)
    D: torch.nn.Module
    if weight == math.inf:
        D, terms, weight = translate.Undecided(), [], 1.0
    else:
        channels = shape[0] + (0 if alone else arguments["planes"])
        D = translate.PatchDiscriminator(channels, width=16, blocks=blocks)
        D = translate.AnswerAlone(D) if alone else D
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
    """Images and truths, drawn with a fixed seed and not from the top: files have an order.

    The truths are what `read` should say: labels (N,) of digits, attributes (N, A) of faces.
    """
    order = torch.randperm(len(images), generator=runtime.generator(0))[:count]
    truths = images.labels
    if images.attributes:
        truths = torch.stack([known.values for known in images.attributes.values()], dim=1)
    return images.images[order], truths[order]


def read(images: Tensor) -> tuple[Tensor, Tensor]:
    """The shipped reader of digits, or of faces: features (N, 64), and what it reads, (N, A)."""
    if images.shape[1] == 3:
        features, values = pretrained.read_attributes(images)
        return features, torch.stack(list(values.values()), dim=1)
    features, logits = pretrained.read(images)
    return features, logits.argmax(dim=1, keepdim=True)


def reference(images: Tensor, count: int = 10_000) -> tuple:
    """What a Fréchet distance is measured from: the reader's statistics of training images.

    They are the first of `spare`, whose others are free to be copied from.
    """
    order = spare(images)[:count]
    return metrics.statistics(read(images[order])[0])


def spare(images: Tensor) -> Tensor:
    """A fixed random order of the images, as places."""
    return torch.randperm(len(images), generator=runtime.generator(0))


def pictures(G, task: str, images: Tensor, seed: int = 1) -> Tensor:
    """What G makes of what the task leaves of the images, with the z of that seed."""
    z = torch.randn(len(images), G.latent_dim, generator=runtime.generator(seed))
    return game.sample(G, z, TASKS[task](images, runtime.generator(9)))


def measure(
    made: Tensor, real: Tensor, labels: Tensor, known: tuple, again: Tensor | None = None
) -> dict[str, float]:
    """The measures of one set of pictures (N, C, H, W) against the true ones. labels: the truths of
    `random_images`. known: what `reference` returned.

    psnr: mean over pictures, in dB, of the pixels' range of 2 squared over the mean squared error;
    mse: that error over all pixels, hidden or not. ssim: structural similarity. distance: Fréchet,
    in the reader's features. read_right: share of labels (of attributes) that it reads right.
    again: the pictures of another z; spread: the root mean square of their difference over that of
    the error, 1 where both are independent draws from the posterior; read_otherwise: share of what
    is read that changes with z.
    """
    # here, as importing it takes seconds
    from torchmetrics.functional.image import structural_similarity_index_measure

    error = ((made - real) ** 2).mean(dim=(1, 2, 3))
    features, found = read(made)
    measures = {
        "psnr": (10 * torch.log10(4 / error.clamp(min=1e-10))).mean().item(),
        "mse": error.mean().item(),
        "ssim": structural_similarity_index_measure(made, real, data_range=2.0).item(),
        "distance": metrics.frechet_distance(*metrics.statistics(features), *known),
        "read_right": (found == labels.view(found.shape)).float().mean().item(),
    }
    if again is not None:
        change = ((made - again) ** 2).mean()
        measures["spread"] = (change / error.mean().clamp(min=1e-10)).sqrt().item()
        measures["read_otherwise"] = (read(again)[1] != found).float().mean().item()
    return measures


def run(
    task,
    weight: float,
    seed: int,
    images: Tensor,
    test: ImageSet,
    known: tuple,
    blocks=3,
    alone=False,
    steps=CONFIG.steps,
) -> dict:
    """Train one network and measure it: a row. blocks, alone: see `train`."""
    start, config = time.process_time(), replace(CONFIG, steps=steps)
    G = train(task, images, weight, seed, config, blocks, alone).generator
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

    ceiling: that of as many training images (N, C, H, W). fill: `measure` of some test images.
    """
    target, _ = read(test.images)
    order = torch.randperm(len(training), generator=runtime.generator(0))[: len(test)]
    found = []
    for images in (pictures(G, task, test.images), training[order]):
        if images.shape[1] == 1:
            features, logits = pretrained.read(images)
            labels = None if found else test.labels
            found.append(rounded(metrics.report(target, features, logits, labels)))
        else:
            found.append(rounded(metrics.report(target, read(images)[0])))
    real, labels = random_images(test)
    first, second = pictures(G, task, real), pictures(G, task, real, seed=2)
    return {
        **found[0],
        "ceiling": found[1],
        "fill": rounded(measure(first, real, labels, reference(training), second)),
        "measured_on": f"{test.source}, {len(test):,} test images; fill: {len(real):,} of them",
    }
