"""A discriminator's help with two other tasks: a flow in one step, features without a domain.

Notebook 23. `distil` trains a student that does in one step what a teacher, a `diffusion.Flow`,
does in many (adversarial distillation: Sauer et al. 2023; Yin et al. 2024). `adapt` trains a
classifier on labelled images of one kind and unlabelled ones of another (Ganin et al. 2016).
"""

import contextlib
import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.modules.batchnorm import _BatchNorm

from gan_course import data, game, images, losses, penalties
from gan_course.chapters.diffusion import Flow
from gan_course.conv import DigitClassifier

# ---- from many steps to one


class Student(nn.Module):
    """G(noise, labels=None) -> samples in one step: noise plus the network's answer at time 0.

    net: a copy of the teacher's network is where it starts.
    """

    def __init__(self, net: nn.Module):
        super().__init__()
        self.net = net

    def forward(self, noise: Tensor, labels: Tensor | None = None) -> Tensor:
        return noise + self.net(noise, torch.zeros(len(noise), device=noise.device), labels)


class Noised(nn.Module):
    """D that sees x_t = (1 - t) noise + t x in place of x, with a t of its own for each sample.

    t is drawn evenly from `least` to 1; with least = 1 D sees x itself. D is not told t.
    """

    def __init__(self, D: nn.Module, least: float):
        super().__init__()
        self.D, self.least = D, least

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        if self.least < 1:
            t = self.least + (1 - self.least) * torch.rand(len(x), device=x.device)
            wide = t.reshape(-1, *[1] * (x.ndim - 1))
            x = (1 - wide) * torch.randn_like(x) + wide * x
        return self.D(x) if labels is None else self.D(x, labels)


@dataclass(frozen=True)
class Pairs:
    """Noise (N, ...) and what the teacher makes of it, like it; labels (N,) int64 or None."""

    noise: Tensor
    made: Tensor
    labels: Tensor | None = None


def make_pairs(
    teacher: Flow, n: int, steps: int, classes: int = 0, seed: int = 0, part: int = 250
) -> Pairs:
    """n pairs, by `steps` steps each. classes: of the labels, evenly; 0 for none."""
    labels = torch.arange(n) % classes if classes else None
    noise, made = [], []
    for k in range(0, n, part):
        count = min(part, n - k)
        asked = None if labels is None else labels[k : k + count]
        # the same stream twice: `sample` draws its noise first, and nothing after it
        noise.append(torch.randn(count, *teacher.shape, generator=_stream(seed, k)))
        made.append(teacher.sample(count, _stream(seed, k), asked, steps=steps))
    return Pairs(torch.cat(noise), torch.cat(made), labels)


def _stream(seed: int, place: int) -> torch.Generator:
    return torch.Generator().manual_seed(1_000_003 * seed + place)


@dataclass(frozen=True)
class Lesson:
    """How a student learns. seconds: of CPU time.

    regression: the weight of the squared distance to the teacher's sample of the same noise.
    adversary: the weight of D's loss. sees: `Noised.least`; 1 shows D the samples themselves.
    r1: the weight of D's penalty, at each 16th step.
    """

    seconds: float = 60.0
    regression: float = 0.0
    adversary: float = 0.0
    sees: float = 1.0
    r1: float = 0.3
    lr: float = 2e-4
    lr_d: float = 1e-3
    batch: int = 64
    average: float = 0.995
    seed: int = 0


def distil(
    teacher: Flow,
    D: nn.Module | None,
    pairs: Pairs,
    real: data.ImageSet | data.Mixture,
    lesson: Lesson,
    watch: Callable[[float, nn.Module], object] = lambda seconds, student: None,
    every: float = math.inf,
) -> Student:
    """A student, its weights averaged over the steps, in eval mode.

    D: judges the student's samples of fresh noise against `real`; None where lesson.adversary is 0.
    watch: called each `every` seconds of CPU time and at the end with the seconds gone and the
    student so far; its own time does not count.
    """
    torch.manual_seed(lesson.seed)
    # eval: no label is hidden from it
    student = Student(copy.deepcopy(teacher.net)).eval().requires_grad_(True)
    average = torch.optim.swa_utils.AveragedModel(
        student, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(lesson.average)
    )
    opt = torch.optim.Adam(student.parameters(), lesson.lr, (0.0, 0.99), fused=True)
    judge = Noised(D, lesson.sees) if D is not None else None
    opt_d = None
    if D is not None:
        opt_d = torch.optim.Adam(D.parameters(), lesson.lr_d, (0.0, 0.99), fused=True)
    loss, r1 = losses.NonSaturating(), penalties.ZeroCentered(lesson.r1, every=16)
    places = data.batches(torch.arange(len(pairs.noise))[:, None], lesson.batch, lesson.seed)
    reals = data.batches(real, lesson.batch, lesson.seed)
    step, gone, due, before = 0, 0.0, every, time.process_time()
    while gone < lesson.seconds:
        # the rates fall to a twentieth over the last half of the time
        falls = 1 - 0.95 * max(0.0, 2 * gone / lesson.seconds - 1)
        opt.param_groups[0]["lr"] = lesson.lr * falls
        total = torch.zeros(())
        if lesson.regression:
            which = next(places)[0][:, 0].long()
            asked = None if pairs.labels is None else pairs.labels[which]
            error = F.mse_loss(student(pairs.noise[which], asked), pairs.made[which])
            total = total + lesson.regression * error
        if judge is not None and opt_d is not None:
            opt_d.param_groups[0]["lr"] = lesson.lr_d * falls
            x, labels = next(reals)
            labels = None if pairs.labels is None else labels
            made = student(torch.randn_like(x), labels)
            scores = game.score_both(judge, x, made.detach(), labels)
            d_loss = loss.discriminator(*scores)
            if step % r1.every == 0:
                d_loss = d_loss + r1.every * r1(judge, x, made, labels)
            opt_d.zero_grad()
            d_loss.backward()
            opt_d.step()
            judge.requires_grad_(False)
            judged = judge(made) if labels is None else judge(made, labels)
            judge.requires_grad_(True)
            total = total + lesson.adversary * loss.generator(None, judged)
        opt.zero_grad()
        total.backward()
        opt.step()
        average.update_parameters(student)
        step += 1
        gone += time.process_time() - before
        if gone >= due or gone >= lesson.seconds:
            watch(gone, average.module)
            due += every
        before = time.process_time()
    return average.module


@torch.no_grad()
def answers(student: nn.Module, noise: Tensor, labels: Tensor | None = None) -> Tensor:
    """The student's samples for this noise, (N, ...), a part at a time."""
    parts = []
    for k in range(0, len(noise), 500):
        asked = None if labels is None else labels[k : k + 500]
        parts.append(student(noise[k : k + 500], asked))
    return torch.cat(parts)


# ---- features that do not tell the domain


class _Reversed(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: Tensor, strength: float) -> Tensor:
        ctx.strength = strength
        return x.view_as(x)

    @staticmethod
    def backward(ctx, gradient: Tensor) -> tuple[Tensor, None]:
        return -ctx.strength * gradient, None


def reverse(x: Tensor, strength: float) -> Tensor:
    """x itself; the gradient that comes back through it is multiplied by -strength."""
    return _Reversed.apply(x, strength)


def domain_judge() -> nn.Module:
    """Features (N, 64) -> scores (N,): positive where they seem to come from the source."""
    layers = nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1), nn.Flatten(0)
    return nn.Sequential(*layers)


@dataclass(frozen=True)
class Adaptation:
    """strength: of the reversed gradient at the end; 0 is a classifier of the source alone.

    augment: whether the source images are turned, scaled and shifted anew in each batch.
    """

    seconds: float = 40.0
    strength: float = 0.0
    augment: bool = False
    width: int = 8
    lr: float = 2e-3
    batch: int = 64
    seed: int = 0


def adapt(
    source: data.ImageSet,
    target: Tensor,
    settings: Adaptation,
    watch: Callable[[float, DigitClassifier, nn.Module], object] = lambda share, net, D: None,
) -> tuple[DigitClassifier, nn.Module]:
    """A classifier of the source's labels, and D, which tries to tell the domain from its features.

    target: images (N, 1, 28, 28) without labels. D is trained in every run; with strength 0 no
    gradient of it reaches the classifier. Each domain is a batch of its own in batch norm, and the
    running statistics are the source's. watch: called at each twentieth of the time with the share
    gone.
    """
    torch.manual_seed(settings.seed)
    net, D = DigitClassifier(width=settings.width), domain_judge()
    opt = torch.optim.Adam([*net.parameters(), *D.parameters()], settings.lr, fused=True)
    sources = data.batches(source, settings.batch, settings.seed)
    targets = data.batches(target, settings.batch, settings.seed + 1)
    loss, due = losses.NonSaturating(), 0.05
    gone, before = 0.0, time.process_time()
    while gone < settings.seconds:
        share = gone / settings.seconds
        opt.param_groups[0]["lr"] = settings.lr * (1 - 0.95 * share)
        # from 0 to 1 along the run (Ganin and Lempitsky 2015)
        strength = settings.strength * (2 / (1 + math.exp(-10 * share)) - 1)
        x, labels = next(sources)
        y, _ = next(targets)
        if settings.augment:
            x = 2 * images.jitter((x + 1) / 2, seed=int(torch.randint(2**31, ()))) - 1
        with _statistics_kept(net):
            of_target = net.features(y)
        of_source = net.features(x)
        error = F.cross_entropy(net.head(of_source), labels)
        real = D(reverse(of_source, strength))
        fake = D(reverse(of_target, strength))
        opt.zero_grad()
        (error + loss.discriminator(real, fake)).backward()
        opt.step()
        gone += time.process_time() - before
        if gone >= due * settings.seconds:
            watch(gone / settings.seconds, net, D)
            net.train()
            due += 0.05
        before = time.process_time()
    return net.eval(), D.eval()


@contextlib.contextmanager
def _statistics_kept(net: nn.Module):
    """Batch norm normalises by the batch, and its running statistics stay as they are."""
    layers = [module for module in net.modules() if isinstance(module, _BatchNorm)]
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    try:
        yield
    finally:
        for layer, momentum in zip(layers, momenta):
            layer.momentum = momentum


@torch.no_grad()
def with_statistics_of(net: DigitClassifier, pictures: Tensor) -> DigitClassifier:
    """A copy whose batch norm has the statistics of these images (Li et al. 2016): no training."""
    net = copy.deepcopy(net).train()
    for module in net.modules():
        if isinstance(module, _BatchNorm):
            module.reset_running_stats()
            module.momentum = None  # the plain mean over the batches
    for part in pictures.split(500):
        net.features(part)
    return net.eval()


@torch.no_grad()
def accuracy(net: DigitClassifier, pictures: data.ImageSet) -> float:
    """Share of the images that the classifier reads right."""
    right = [
        (net(x).argmax(dim=1) == y).float()
        for x, y in zip(pictures.images.split(1000), pictures.labels.split(1000))
    ]
    return float(torch.cat(right).mean())


@torch.no_grad()
def telling(net: DigitClassifier, D: nn.Module, source: Tensor, target: Tensor) -> float:
    """How often D is right about the domain of an image's features; both domains count alike.

    One half says nothing of the labels, only that this D finds no difference.
    """
    on_source = (D(net.features(source)) > 0).float().mean()
    on_target = (D(net.features(target)) <= 0).float().mean()
    return float((on_source + on_target) / 2)
