"""One trick at a time on two tasks: the experiment of notebook 10, whose rows benchmarks/tricks.py
collects.

`run(task, trick, seed)` trains the task's plain game with that one change and returns a row of
numbers. Everything else stays: networks, batch size, learning rates, number of G's steps. So a
trick that costs more time shows it in `cpu_seconds`.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

import torch
from torch import nn

from gan_course import data, game, losses, metrics, penalties, pretrained, runtime
from gan_course.chapters import tricks
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.errors import DivergedError, GanCourseError
from gan_course.models import InstanceNoise, MLPDiscriminator, MLPGenerator, Packed, spectral_norm

GRID = data.grid(spacing=1.0, std=0.025)  # the 25 modes of notebook 04


@dataclass(frozen=True)
class Task:
    """What is learned, and the strengths that depend on the scale of its data."""

    config: TrainConfig
    batch_size: int
    r1: float
    """weight of R1 and of R2; lazily, every fourth step, on images"""
    every: int
    noise: float
    """deviation of the instance noise at the first step; it falls to 1 % over 70 % of the steps,
    then is none
    """
    hidden: int
    """size of D's last hidden layer"""
    generator: Callable[[], nn.Module]
    discriminator: Callable[[int], nn.Module]
    """takes how many samples D sees side by side"""


RATES = {"lr_g": 1e-3, "lr_d": 1e-3, "betas": (0.5, 0.99)}
WIDE = (128, 128, 128)
TASKS = {
    "grid": Task(
        TrainConfig(steps=3_000, latent_dim=2, **RATES),
        256,
        r1=0.1,
        every=1,
        noise=1.0,
        hidden=128,
        generator=lambda: MLPGenerator(2, (2,), WIDE, activation="relu", output="linear"),
        discriminator=lambda pack: MLPDiscriminator((2 * pack,), WIDE, activation="relu"),
    ),
    "digits": Task(
        TrainConfig(steps=1_200, latent_dim=64, channels_last=True, **RATES),
        64,
        r1=1.0,
        every=4,
        noise=0.5,
        hidden=32 * 49,
        generator=lambda: ConvGenerator(width=16),
        discriminator=lambda pack: ConvDiscriminator((pack, 28, 28), width=16),
    ),
}


@dataclass
class Setup:
    """A game before it starts, for a trick to change."""

    task: Task
    G: nn.Module
    D: nn.Module
    config: TrainConfig
    loss: losses.Loss = field(default_factory=losses.NonSaturating)
    penalties: list = field(default_factory=list)
    g_penalties: list = field(default_factory=list)
    callbacks: list = field(default_factory=list)


class OnlyTerms(losses.NonSaturating):
    """G has no adversarial loss: what it minimises are its penalties alone."""

    def _generator(self, real, fake):
        return 0 * fake.sum()


def _smooth(real: float, fake: float):
    return lambda s: setattr(s, "loss", losses.Smoothed(real, fake))


def _config(**changes):
    return lambda s: setattr(s, "config", replace(s.config, **changes))


def _historical_average(s: Setup) -> None:
    s.penalties.append(penalties.HistoricalAverage(0.01))
    s.g_penalties.append(penalties.HistoricalAverage(0.01, of=s.G))


def _feature_matching(s: Setup) -> None:
    s.g_penalties.append(tricks.FeatureMatching(1.0))


def _features_alone(s: Setup) -> None:
    s.loss = OnlyTerms()
    _feature_matching(s)


def _two_time_scales(s: Setup) -> None:
    s.config = replace(s.config, lr_g=s.config.lr_g / 2, lr_d=s.config.lr_d * 2)


def _instance_noise(s: Setup) -> None:
    noisy = s.D = InstanceNoise(s.D, s.task.noise)

    def fade(state) -> None:
        share = state.step / state.config.steps / 0.7
        noisy.sigma = s.task.noise * 0.01**share if share < 1 else 0.0

    s.callbacks.append(fade)


def _zero_centered(*sides: str):
    return lambda s: s.penalties.extend(
        penalties.ZeroCentered(s.task.r1, on, s.task.every) for on in sides
    )


def _relativistic(s: Setup) -> None:
    s.loss = losses.Relativistic()


def _r3gan(s: Setup) -> None:
    _relativistic(s)
    _zero_centered("real", "fake")(s)


def _pack(s: Setup) -> None:
    s.D = Packed(s.task.discriminator(2), 2)


def _together(s: Setup) -> None:
    _instance_noise(s)
    _zero_centered("real")(s)
    s.config = replace(s.config, average=0.99, lr_final=0.05)


TRICKS: dict[str, Callable[[Setup], None]] = {
    "plain": lambda s: None,
    "one-sided smoothing": _smooth(0.9, 0.0),
    "two-sided smoothing": _smooth(0.9, 0.1),
    "historical averaging": _historical_average,
    "feature matching added": _feature_matching,
    "feature matching alone": _features_alone,
    "minibatch discrimination": lambda s: tricks.before_score(
        s.D, tricks.MinibatchDiscrimination(s.task.hidden, kernels=8)
    ),
    "minibatch deviation": lambda s: tricks.before_score(s.D, tricks.MinibatchStd()),
    "five D steps": _config(d_steps=5),
    "two time scales": _two_time_scales,
    "instance noise": _instance_noise,
    "spectral normalisation": lambda s: spectral_norm(s.D),
    "R1": _zero_centered("real"),
    "R1 and R2": _zero_centered("real", "fake"),
    "weight average": _config(average=0.99),
    "packing of two": _pack,
    "relativistic": _relativistic,
    "relativistic, R1 and R2": _r3gan,
    "replay of old fakes": lambda s: s.penalties.append(tricks.Replay(0.5)),
    "noise, R1, average, falling rate": _together,
}


def run(task: str, trick: str, seed: int, steps: int | None = None, images=None) -> dict:
    """Train one row of the table and measure it; see `measure` for the numbers.

    steps: fewer than the task's, to try the cell out. images: the `ImageSet` to learn, for
    "digits". A game that diverges gives a row without numbers, with "diverged".
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
    plan = TASKS[task]
    torch.manual_seed(seed)
    setup = Setup(
        plan,
        plan.generator(),
        plan.discriminator(1),
        replace(plan.config, seed=seed, steps=steps or plan.config.steps),
    )
    TRICKS[trick](setup)
    batches = (
        GRID.batches(plan.batch_size, seed)
        if task == "grid"
        else data.batches(images, plan.batch_size, seed)
    )
    start = time.process_time()
    row = {"task": task, "trick": trick, "seed": seed}
    try:
        trained = game.train(
            setup.G,
            setup.D,
            batches,
            setup.loss,
            setup.config,
            setup.penalties,
            setup.g_penalties,
            callbacks=setup.callbacks,
        )
        # of all threads, without the measuring
        spent = {"cpu_seconds": round(time.process_time() - start, 1)}
        return {**row, **measure(task, trained.generator), **spent, "config": asdict(setup.config)}
    except DivergedError:
        return {**row, "diverged": True, "config": asdict(setup.config)}


def measure(task: str, G: nn.Module, seed: int = 1) -> dict:
    """The numbers of a row. Grid: N = 2,500 as PacGAN scores it. Digits: N = 5,000, as the shipped
    classifier reads them.

    modes: of 25 modes, or of 10 classes, those with a high-quality sample. high_quality: share
    within 3 deviations of a mode, or read with probability 0.9 or more. kl: of the histogram of
    modes or classes to a uniform one. frechet_distance: of the points, or of the classifier's
    features against MNIST's test images.
    """
    z = torch.randn(
        2_500 if task == "grid" else 5_000, G.latent_dim, generator=runtime.generator(seed)
    )
    return score(task, game.sample(G, z))


def score(task: str, samples: torch.Tensor) -> dict:
    """`measure` for samples that are there already, such as real ones, which give the ceiling."""
    if task == "grid":
        found = metrics.mode_coverage(samples, GRID.means, float(GRID.stds[0]))
        centre, spread = (
            GRID.means.mean(dim=0),
            GRID.means.T.cov(correction=0) + GRID.stds[0] ** 2 * torch.eye(2),
        )
        distance = metrics.frechet_distance(*metrics.statistics(samples), centre, spread)
        return {**asdict(found), "frechet_distance": distance}
    features, logits = pretrained.read(samples)
    sure, read = logits.softmax(dim=1).max(dim=1)
    distance = metrics.frechet_distance(
        *metrics.statistics(pretrained.real_features()), *metrics.statistics(features)
    )
    return {
        "modes": int(read[sure >= 0.9].unique().numel()),
        "high_quality": float((sure >= 0.9).double().mean()),
        "kl": metrics.class_histogram(read).kl,
        "frechet_distance": distance,
    }
