"""The experiment of notebook 10: one trick at a time on two tasks.

`run(task, trick, seed)` trains the task's plain game with that one change and returns a row of
numbers; benchmarks/tricks.py collects the rows. Networks, batch size, learning rates and number of
G's steps stay, so a trick that costs more time shows it in `cpu_seconds`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import torch
from torch import Tensor, nn

from gan_course import data, game, losses, metrics, penalties, pretrained, runtime
from gan_course.chapters import tricks
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.errors import DivergedError, GanCourseError
from gan_course.models import InstanceNoise, MLPDiscriminator, MLPGenerator, Packed, spectral_norm

GRID = data.grid(spacing=1.0, std=0.025)  # the 25 modes of notebook 04


@dataclass(frozen=True)
class Task:
    """What is learned, and the strengths that depend on the scale of its data.

    r1: weight of R1 and of R2, which count at each `every`-th step of D.
    noise: deviation of the instance noise at the first step; it falls to 1 % over 70 % of the
    steps, then is none. hidden: size of D's last hidden layer.
    discriminator: takes how many samples D sees side by side.
    """

    config: TrainConfig
    batch_size: int
    r1: float
    every: int
    noise: float
    hidden: int
    generator: Callable[[], nn.Module]
    discriminator: Callable[[int], nn.Module]


BASE = TrainConfig(lr_g=1e-3, lr_d=1e-3, betas=(0.5, 0.99))
WIDE = (128, 128, 128)
TASKS = {
    "grid": Task(
        replace(BASE, steps=3_000, latent_dim=2),
        batch_size=256,
        r1=0.1,
        every=1,
        noise=1.0,
        hidden=128,
        generator=lambda: MLPGenerator(2, (2,), WIDE, activation="relu", output="linear"),
        discriminator=lambda pack: MLPDiscriminator((2 * pack,), WIDE, activation="relu"),
    ),
    "digits": Task(
        replace(BASE, steps=1_200, latent_dim=64, channels_last=True),
        batch_size=64,
        r1=1.0,
        every=4,
        noise=0.5,
        hidden=32 * 49,
        generator=lambda: ConvGenerator(width=16),
        discriminator=lambda pack: ConvDiscriminator((pack, 28, 28), width=16),
    ),
}


@dataclass(frozen=True)
class Variant:
    """A game before it starts: the plain one, or one that a trick has changed."""

    task: Task
    config: TrainConfig
    G: nn.Module
    D: nn.Module
    loss: game.Loss
    penalties: Sequence[game.Penalty] = ()
    g_penalties: Sequence[game.Penalty] = ()
    callbacks: Sequence[Callable[[game.State], None]] = ()


class OnlyTerms(losses.NonSaturating):
    """G has no adversarial loss: what it minimises are its penalties alone."""

    def _generator(self, real: Tensor | None, fake: Tensor) -> Tensor:
        return 0 * fake.sum()


# ---- the tricks: each takes the plain variant and returns the fields that change


def historical_average(plain: Variant) -> dict:
    """Both players' weights are held near the mean of their past."""
    of_d = penalties.HistoricalAverage(0.01)
    of_g = penalties.HistoricalAverage(0.01, of=plain.G)
    return {"penalties": [of_d], "g_penalties": [of_g]}


def feature_matching(plain: Variant) -> dict:
    """G matches the mean features of a layer of D."""
    return {"g_penalties": [tricks.FeatureMatching(1.0)]}


def minibatch_discrimination(plain: Variant) -> dict:
    """D sees how near a sample lies to the others of its batch."""
    layer = tricks.MinibatchDiscrimination(plain.task.hidden, kernels=8)
    return {"D": tricks.before_score(plain.D, layer)}


def instance_noise(plain: Variant) -> dict:
    """Noise on all that D sees, which fades over 70 % of the steps."""
    first = plain.task.noise
    noisy = InstanceNoise(plain.D, first)

    def fade(state: game.State) -> None:
        share = state.step / state.config.steps / 0.7
        noisy.sigma = first * 0.01**share if share < 1 else 0.0

    return {"D": noisy, "callbacks": [fade]}


def zero_centered(plain: Variant, *sides: str) -> dict:
    """Gradient penalties at the sides named: R1 at real samples, R2 at fakes."""
    task = plain.task
    return {"penalties": [penalties.ZeroCentered(task.r1, side, task.every) for side in sides]}


def relativistic_regularised(plain: Variant) -> dict:
    """The relativistic loss with R1 and R2 (R3GAN)."""
    return {"loss": losses.Relativistic(), **zero_centered(plain, "real", "fake")}


def together(plain: Variant) -> dict:
    """The recipe of notebook 04: noise, R1, weight average, falling rates."""
    config = replace(plain.config, average=0.99, lr_final=0.05)
    return {**instance_noise(plain), **zero_centered(plain, "real"), "config": config}


TRICKS: dict[str, Callable[[Variant], dict]] = {
    "plain": lambda plain: {},
    "one-sided smoothing": lambda plain: {"loss": losses.Smoothed(0.9, 0.0)},
    "two-sided smoothing": lambda plain: {"loss": losses.Smoothed(0.9, 0.1)},
    "historical averaging": historical_average,
    "feature matching added": feature_matching,
    "feature matching alone": lambda plain: {"loss": OnlyTerms(), **feature_matching(plain)},
    "minibatch discrimination": minibatch_discrimination,
    "minibatch deviation": lambda plain: {"D": tricks.before_score(plain.D, tricks.MinibatchStd())},
    "five D steps": lambda plain: {"config": replace(plain.config, d_steps=5)},
    "two time scales": lambda plain: {"config": replace(plain.config, lr_g=5e-4, lr_d=2e-3)},
    "instance noise": instance_noise,
    "spectral normalisation": lambda plain: {"D": spectral_norm(plain.D)},
    "R1": lambda plain: zero_centered(plain, "real"),
    "R1 and R2": lambda plain: zero_centered(plain, "real", "fake"),
    "weight average": lambda plain: {"config": replace(plain.config, average=0.99)},
    "packing of two": lambda plain: {"D": Packed(plain.task.discriminator(2), 2)},
    "relativistic": lambda plain: {"loss": losses.Relativistic()},
    "relativistic, R1 and R2": relativistic_regularised,
    "replay of old fakes": lambda plain: {"penalties": [tricks.Replay(0.5)]},
    "noise, R1, average, falling rate": together,
}


# ---- one row


def run(
    task: str, trick: str, seed: int, steps: int | None = None, images: data.ImageSet | None = None
) -> dict:
    """Train one row of the table and measure it; see `measure` for the numbers.

    steps: fewer than the task's, to try the cell out. images: what to learn, for "digits".
    A game that diverges gives a row without numbers, with "diverged".
    """
    if task not in TASKS or trick not in TRICKS:
        raise GanCourseError(
            f"run({task!r}, {trick!r}): tasks are {', '.join(TASKS)}; tricks are "
            f"{', '.join(TRICKS)}"
        )
    if task == "digits" and images is None:
        raise GanCourseError(
            'run("digits", ...) needs the images to learn: pass images=data.images("mnist")'
        )
    this = TASKS[task]
    config = replace(this.config, seed=seed, steps=steps or this.config.steps)
    torch.manual_seed(seed)
    G, D = this.generator(), this.discriminator(1)
    plain = Variant(this, config, G, D, losses.NonSaturating())
    variant = replace(plain, **TRICKS[trick](plain))
    batches = data.batches(GRID if task == "grid" else images, this.batch_size, seed)

    row = {"task": task, "trick": trick, "seed": seed, "config": asdict(variant.config)}
    start = time.process_time()  # of all threads
    try:
        trained = game.train(
            variant.G,
            variant.D,
            batches,
            variant.loss,
            variant.config,
            variant.penalties,
            g_penalties=variant.g_penalties,
            callbacks=variant.callbacks,
        )
    except DivergedError:
        return {**row, "diverged": True}
    seconds = round(time.process_time() - start, 1)
    return {**row, **measure(task, trained.generator), "cpu_seconds": seconds}


def measure(task: str, G: nn.Module, seed: int = 1) -> dict:
    """The numbers of a row: `score` of 2,500 points, as PacGAN scores them, or of 5,000 digits."""
    n = 2_500 if task == "grid" else 5_000
    z = torch.randn(n, G.latent_dim, generator=runtime.generator(seed))
    return score(task, game.sample(G, z))


def score(task: str, samples: Tensor) -> dict:
    """The numbers of samples; digits are read by the shipped classifier.

    modes: of 25 modes, or of 10 classes, those with a high-quality sample. high_quality: share
    within 3 deviations of a mode, or read with probability 0.9 or more. kl: of the histogram of
    modes or classes, over all samples, to a uniform one. frechet_distance: of the points, or of
    the classifier's features against MNIST's test images.
    """
    if task == "grid":
        std = float(GRID.stds[0])
        centre = GRID.means.mean(dim=0)
        covariance = GRID.means.T.cov(correction=0) + GRID.stds[0] ** 2 * torch.eye(2)
        distance = metrics.frechet_distance(*metrics.statistics(samples), centre, covariance)
        coverage = metrics.mode_coverage(samples, GRID.means, std)
        nearest = torch.cdist(samples, GRID.means).argmin(dim=1)
        return {
            "modes": coverage.modes,
            "high_quality": coverage.high_quality,
            "kl": metrics.class_histogram(nearest, len(GRID.means)).kl,
            "frechet_distance": distance,
        }
    features, logits = pretrained.read(samples)
    probability, read = logits.softmax(dim=1).max(dim=1)
    sure = probability >= 0.9
    real = metrics.statistics(pretrained.real_features())
    return {
        "modes": int(read[sure].unique().numel()),
        "high_quality": float(sure.double().mean()),
        "kl": metrics.class_histogram(read).kl,
        "frechet_distance": metrics.frechet_distance(*real, *metrics.statistics(features)),
    }
