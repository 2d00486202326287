"""The experiment of notebook 10: one trick at a time, scored at four budgets.

`run(task, trick, seed)` trains the task's plain game with that one change and returns a row of
numbers; benchmarks/tricks.py collects the rows: all tricks on the grid, and what the grid chose
(`CONFIRM`) on digits and faces. Networks, batch size, learning rates and number of G's steps stay,
so a trick that costs more time shows it in `cpu_seconds`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache

import torch
from torch import Tensor, nn

from gan_course import data, game, losses, metrics, penalties, pretrained, results, runtime
from gan_course.chapters import augment, tricks
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.errors import DivergedError, GanCourseError
from gan_course.models import (
    InstanceNoise,
    MLPDiscriminator,
    MLPGenerator,
    Packed,
    count_parameters,
    spectral_norm,
)

GRID = data.grid(spacing=1.0, std=0.025)  # the 25 modes of notebook 04
BUDGETS = (0.125, 0.25, 0.5, 1.0)  # shares of the steps after which a run is scored
SAMPLES = {"grid": 2_500, "digits": 5_000, "faces": 5_000}  # PacGAN takes 2,500 points


@dataclass(frozen=True)
class Task:
    """What is learned, and the strengths that depend on the scale of its data.

    r1: weight of R1 and of R2, which count at each `every`-th step of D.
    noise: deviation of the instance noise at the first step; it falls to 1 % over 70 % of the
    steps, then is none. hidden: size of D's last hidden layer. kernels: how many measures minibatch
    discrimination learns, and of which size; D grows by 7 % at most. slope: by how much scores are
    multiplied under spectral normalisation, the bound of D's slope. main: the numbers that decide.
    discriminator: takes how many samples D sees side by side. leave_out: tricks that make no sense
    here, or whose networks take no labels.
    """

    config: TrainConfig
    batch_size: int
    r1: float
    every: int
    noise: float
    hidden: int
    kernels: tuple[int, int]
    slope: float
    main: tuple[str, str]
    generator: Callable[[], nn.Module]
    discriminator: Callable[[int], nn.Module]
    leave_out: tuple[str, ...] = ()


GRID_WIDTHS = (128, 128, 128)
IMAGES = TrainConfig(lr_g=2e-3, lr_d=2e-3, betas=(0.0, 0.99), latent_dim=64, channels_last=True)
TASKS = {
    "grid": Task(
        TrainConfig(lr_g=1e-3, lr_d=1e-3, betas=(0.5, 0.99), steps=8_000, latent_dim=2),
        batch_size=256,
        r1=0.1,
        every=1,
        noise=1.0,
        hidden=128,
        kernels=(4, 4),
        slope=10.0,
        main=("kl", "high_quality"),
        generator=lambda: MLPGenerator(2, (2,), GRID_WIDTHS, activation="relu", output="linear"),
        discriminator=lambda pack: MLPDiscriminator((2 * pack,), GRID_WIDTHS, activation="relu"),
        leave_out=("consistency", "augmentation"),
    ),
    "digits": Task(
        replace(IMAGES, steps=3_000, num_classes=10),
        batch_size=64,
        r1=0.3,
        every=16,
        noise=0.5,
        hidden=32 * 49,
        kernels=(1, 1),
        slope=10.0,
        main=("frechet_distance", "recall"),
        generator=lambda: ConvGenerator(width=16, num_classes=10),
        discriminator=lambda pack: ConvDiscriminator(width=16, num_classes=10),
        leave_out=(
            "packing of two",
            "replay of old fakes",
            "spectral normalisation, slope 1",
            "spectral normalisation, slope 100",
        ),
    ),
    "faces": Task(
        replace(IMAGES, steps=3_000),
        batch_size=64,
        r1=1.0,
        every=16,
        noise=0.5,
        hidden=64 * 16,
        kernels=(2, 1),
        slope=10.0,
        main=("frechet_distance", "recall"),
        generator=lambda: ConvGenerator(shape=(3, 32, 32), width=16, blocks=3),
        discriminator=lambda pack: ConvDiscriminator((3 * pack, 32, 32), width=16, blocks=3),
        leave_out=("spectral normalisation, slope 1", "spectral normalisation, slope 100"),
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


class Scaled(nn.Module):
    """A discriminator whose scores are multiplied by a number."""

    def __init__(self, D: nn.Module, factor: float):
        super().__init__()
        self.D, self.factor = D, factor

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        return self.factor * (self.D(x) if labels is None else self.D(x, labels))


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
    layer = tricks.MinibatchDiscrimination(plain.task.hidden, *plain.task.kernels)
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


def bounded(plain: Variant, slope: float | None = None) -> dict:
    """Spectral normalisation; D's slope is at most `slope` for each unit of its input."""
    return {"D": Scaled(spectral_norm(plain.D), slope or plain.task.slope)}


def relativistic_regularised(plain: Variant) -> dict:
    """The relativistic loss with R1 and R2 (R3GAN)."""
    return {"loss": losses.Relativistic(), **zero_centered(plain, "real", "fake")}


def numbers(plain: Variant, **changes) -> dict:
    """Other numbers in the configuration of the run."""
    return {"config": replace(plain.config, **changes)}


def settled(plain: Variant) -> dict:
    """A weight average, and rates that fall to a twentieth."""
    return numbers(plain, average=0.995, lr_final=0.05)


TRICKS: dict[str, Callable[[Variant], dict]] = {
    "plain": lambda plain: {},
    "one-sided smoothing": lambda plain: {"loss": losses.Smoothed(0.9, 0.0)},
    "two-sided smoothing": lambda plain: {"loss": losses.Smoothed(0.9, 0.1)},
    "historical averaging": historical_average,
    "feature matching added": feature_matching,
    "feature matching alone": lambda plain: {"loss": OnlyTerms(), **feature_matching(plain)},
    "minibatch discrimination": minibatch_discrimination,
    "minibatch deviation": lambda plain: {"D": tricks.before_score(plain.D, tricks.MinibatchStd())},
    "five D steps": lambda plain: numbers(plain, d_steps=5),
    "two time scales": lambda plain: numbers(
        plain, lr_g=plain.config.lr_g / 2, lr_d=plain.config.lr_d * 2
    ),
    "instance noise": instance_noise,
    "spectral normalisation, slope 1": lambda plain: bounded(plain, 1.0),
    "spectral normalisation": bounded,
    "spectral normalisation, slope 100": lambda plain: bounded(plain, 100.0),
    "R1": lambda plain: zero_centered(plain, "real"),
    "R1 and R2": lambda plain: zero_centered(plain, "real", "fake"),
    "LeCam": lambda plain: {"penalties": [tricks.LeCam(0.1)]},
    "consistency": lambda plain: {"penalties": [tricks.Consistency(1.0)]},
    "augmentation": lambda plain: {"D": augment.Augmented(plain.D, ("translation",))},
    "weight average": lambda plain: numbers(plain, average=0.995),
    "falling rates": lambda plain: numbers(plain, lr_final=0.05),
    "packing of two": lambda plain: {"D": Packed(plain.task.discriminator(2), 2)},
    "relativistic": lambda plain: {"loss": losses.Relativistic()},
    "relativistic, R1 and R2": relativistic_regularised,
    "replay of old fakes": lambda plain: {"penalties": [tricks.Replay(0.5)]},
    # the two halves of a recipe, of which "R1" is the other, and both
    "weight average, falling rates": settled,
    "R1, weight average": lambda plain: {
        **zero_centered(plain, "real"),
        **numbers(plain, average=0.995),
    },
    "R1, falling rates": lambda plain: {
        **zero_centered(plain, "real"),
        **numbers(plain, lr_final=0.05),
    },
    "R1, weight average, falling rates": lambda plain: {
        **zero_centered(plain, "real"),
        **settled(plain),
    },
}


# what is tried on digits and faces: the recipe that the grid chose, each half of it, and neither
CONFIRM = ("plain", "R1", "weight average, falling rates", "R1, weight average, falling rates")
# run on the grid after its verdict, to take that recipe apart
APART = ("R1, weight average", "R1, falling rates")


def of_task(task: str) -> list[str]:
    """The tricks that a task can take, in the order of TRICKS."""
    return [name for name in TRICKS if name not in TASKS[task].leave_out]


# ---- one row

NULLS = ("real samples", "an untrained G", "a blob", "point masses")


def null(task: str, name: str, images: data.ImageSet | None = None) -> dict:
    """The numbers of a sampler that needs no training, which a run must not lose to.

    name: one of NULLS. A blob is normal, with the mean and the covariance of the data. Point masses
    sit on the centres of the grid, or on ten images. images: as in `run`.
    """
    g, n = runtime.generator(0), SAMPLES[task]
    if task == "grid":
        real, points = GRID.sample(n, g), GRID.means
    else:
        assert images is not None, "digits and faces need the images to learn"
        real = images.images[torch.randperm(len(images.images), generator=g)[:n]]
        points = real[:10]
    if name == "an untrained G":
        torch.manual_seed(0)
        return measure(task, TASKS[task].generator())
    if name == "point masses":
        real = points[torch.randint(len(points), (n,), generator=g)]
    if name == "a blob":
        flat = real.flatten(1).double()
        ridge = 1e-4 * torch.eye(flat.shape[1], dtype=flat.dtype)  # some pixels never change
        factor = torch.linalg.cholesky(flat.T.cov() + ridge)
        noise = torch.randn(flat.shape, generator=g, dtype=flat.dtype)
        real = (flat.mean(dim=0) + noise @ factor.T).float().view_as(real)
        if task != "grid":
            real = real.clamp(-1, 1)
    return score(task, real)


@dataclass
class Watch:
    """Callback: the scores after each of BUDGETS, with the CPU seconds of training up to then."""

    task: str
    curve: list[dict] = field(default_factory=list)
    started: float = 0.0

    def __call__(self, state: game.State) -> None:
        now = time.process_time()  # of all threads
        if not state.step:
            self.started = now
        if state.step in {round(share * state.config.steps) for share in BUDGETS}:
            seconds = round(now - self.started, 1)
            found = measure(self.task, state.generator)
            self.curve.append({"step": state.step, "cpu_seconds": seconds, **found})
            self.started += time.process_time() - now  # scoring is not counted


def run(
    task: str, trick: str, seed: int, steps: int | None = None, images: data.ImageSet | None = None
) -> dict:
    """Train one row of the table and measure it; see `score` for the numbers.

    steps: fewer than the task's, to try the cell out. images: what to learn, for "digits" and
    "faces". The row has the numbers at the end, and in `curve` those at each of BUDGETS. A game
    that diverges gives a row without numbers at the end, with "diverged".
    """
    if task not in TASKS or trick not in TRICKS:
        raise GanCourseError(
            f"run({task!r}, {trick!r}): tasks are {', '.join(TASKS)}; tricks are "
            f"{', '.join(TRICKS)}"
        )
    if trick in TASKS[task].leave_out:
        raise GanCourseError(f"run({task!r}, {trick!r}): this task leaves that trick out")
    if task != "grid" and images is None:
        names = {"digits": "mnist", "faces": "faces"}
        raise GanCourseError(
            f"run({task!r}, ...) needs the images to learn: "
            f'pass images=data.images("{names[task]}")'
        )
    this = TASKS[task]
    config = replace(this.config, seed=seed, steps=steps or this.config.steps)
    torch.manual_seed(seed)
    G, D = this.generator(), this.discriminator(1)
    plain = Variant(this, config, G, D, losses.NonSaturating())
    variant = replace(plain, **TRICKS[trick](plain))
    batches = data.batches(GRID if task == "grid" else images, this.batch_size, seed)

    row = {"task": task, "trick": trick, "seed": seed, "config": asdict(variant.config)}
    row["weights_of_d"] = count_parameters(variant.D)
    watch = Watch(task)
    try:
        game.train(
            variant.G,
            variant.D,
            batches,
            variant.loss,
            variant.config,
            variant.penalties,
            g_penalties=variant.g_penalties,
            callbacks=[*variant.callbacks, watch],
        )
    except DivergedError:
        return {**row, "diverged": True, "curve": watch.curve}
    last = dict(watch.curve[-1])
    del last["step"]
    return {**row, **last, "curve": watch.curve}


def measure(task: str, G: nn.Module, seed: int = 1) -> dict:
    """The numbers of a row: `score` of fresh samples, digits asked for in turn."""
    z = torch.randn(SAMPLES[task], G.latent_dim, generator=runtime.generator(seed))
    labels = game.draw_labels(G, len(z))
    return score(task, game.sample(G, z, labels), labels)


def score(task: str, samples: Tensor, labels: Tensor | None = None) -> dict:
    """The numbers of samples, rounded; images are seen by the shipped classifiers.

    grid: see `metrics.mode_coverage`.
    digits and faces: frechet_distance of the features to those of test images; precision and recall
    (2,000 against 2,000, k = 3). digits with labels: high_quality, the share that is read as asked
    with probability 0.9 or more.
    """
    if task == "grid":
        coverage = metrics.mode_coverage(samples, GRID.means, float(GRID.stds[0]))
        return results.rounded(asdict(coverage))
    read = pretrained.read if task == "digits" else pretrained.read_attributes
    features, said = read(samples, batch_size=250)
    real, moments = real_features(task)
    distance = metrics.frechet_distance(*(moments + metrics.statistics(features)))
    near = metrics.precision_recall(real, features[:2_000])
    found = {"frechet_distance": distance, "precision": near.precision, "recall": near.recall}
    if labels is not None:
        probability, digit = said.softmax(dim=1).max(dim=1)
        found["high_quality"] = float(((digit == labels) & (probability >= 0.9)).double().mean())
    return results.rounded(found)


@cache
def real_features(task: str) -> tuple[Tensor, tuple]:
    """Features of 2,000 test images, drawn at random, and the mean and covariance of all."""
    if task == "digits":
        features = pretrained.real_features()
    else:
        features, _ = pretrained.read_attributes(data.images("faces", split="test").images)
    drawn = torch.randperm(len(features), generator=runtime.generator(3))[:2_000]
    return features[drawn], metrics.statistics(features)
