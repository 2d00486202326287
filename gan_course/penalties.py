"""Terms added to a player's loss, and weight clipping. Notebook 09 writes the gradient penalty.

Each is a `game.Penalty`: penalty(D, real, fake, labels=None) -> scalar. `every`: the loop adds it
at every so many steps of its player, so many times as strong, so that its mean strength stays
(lazy regularisation, Karras et al. 2020).
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from gan_course import distributed
from gan_course.errors import GanCourseError


def input_gradient(D: nn.Module, x: Tensor, labels: Tensor | None = None) -> Tensor:
    """The gradient of D(x) at each sample x, flattened: (N, numel). Can be differentiated again."""
    x = x.detach().requires_grad_()
    scores = D(x) if labels is None else D(x, labels)
    # D has no batch statistics here, so d(sum of scores)/dx holds each sample's own gradient
    (gradient,) = torch.autograd.grad(scores.sum(), x, create_graph=True)
    return gradient.flatten(1)


class GradientPenalty:
    """Gulrajani et al. 2017, equation 3: weight * E (||grad D(x)|| - target)^2.

    Each x is a random point between a real and a fake sample.
    """

    def __init__(self, weight: float = 10.0, target: float = 1.0, every: int = 1):
        self.weight, self.target, self.every = weight, target, every

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor:
        if real.shape != fake.shape:
            raise GanCourseError(
                f"the gradient penalty mixes real {tuple(real.shape)} with fake "
                f"{tuple(fake.shape)}: the shapes must be equal"
            )
        # one weight a sample, uniform on [0, 1), broadcast over the sample's own dimensions
        whole = (len(real) * distributed.count(), *[1] * (real.ndim - 1))
        mix = distributed.share(torch.rand(whole, device=real.device))
        between = torch.lerp(fake.detach(), real, mix)
        norm = input_gradient(D, between, labels).norm(dim=1)  # has gradient 0, not NaN, at 0
        return self.weight * ((norm - self.target) ** 2).mean()


class ZeroCentered:
    """Mescheder et al. 2018: weight / 2 * E ||grad D(x)||^2 on real samples (R1, equation 9) or on
    fakes (R2, equation 10).
    """

    def __init__(self, weight: float = 1.0, on: str = "real", every: int = 1):
        if on not in ("real", "fake"):
            raise GanCourseError(f'ZeroCentered(on={on!r}): on is "real" (R1) or "fake" (R2)')
        self.weight, self.on, self.every = weight, on, every

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor:
        x = real if self.on == "real" else fake
        return 0.5 * self.weight * (input_gradient(D, x, labels) ** 2).sum(dim=1).mean()


class HistoricalAverage:
    """Salimans et al. 2016, section 3.3: weight * ||theta - mean of past theta||^2.

    theta: the parameters of the player `of`, D if None; one with of=G belongs into `g_penalties`.
    The mean runs over the parameters seen at each call so far; the first call returns 0.
    """

    every = 1

    def __init__(self, weight: float = 1.0, of: nn.Module | None = None):
        self.weight, self.of, self.count = weight, of, 0
        self.mean: list[Tensor] = []

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor:
        parameters = list((self.of or D).parameters())
        if not self.mean:
            self.mean = [p.detach().clone() for p in parameters]
        # a resumed mean comes on the CPU
        self.mean = [m.to(p.device) for p, m in zip(parameters, self.mean, strict=True)]
        distance = sum(((p - m) ** 2).sum() for p, m in zip(parameters, self.mean))
        self.count += 1
        for p, m in zip(parameters, self.mean):
            m.lerp_(p.detach(), 1 / self.count)  # running mean
        return self.weight * distance

    def state_dict(self) -> dict:
        return {"count": self.count, "mean": self.mean}

    def load_state_dict(self, state: dict) -> None:
        self.count, self.mean = state["count"], [m.clone() for m in state["mean"]]


class AuxiliaryClassifier:
    """Odena et al. 2017, section 3: weight * cross entropy of D.classify's logits and the labels.

    D adds it with on="both", G (train's `g_penalties`) with on="fake": both players want the label
    to be readable.
    """

    every = 1

    def __init__(self, weight: float = 1.0, on: str = "both"):
        if on not in ("both", "fake"):
            raise GanCourseError(
                f'AuxiliaryClassifier(on={on!r}): on is "both" (for D) or "fake" (for G)'
            )
        self.weight, self.on = weight, on

    def __call__(self, D: Any, real: Tensor, fake: Tensor, labels: Tensor | None = None) -> Tensor:
        if labels is None:
            raise GanCourseError(
                "an auxiliary classifier needs labels: set num_classes in TrainConfig"
            )
        loss = cross_entropy(D.classify(fake), labels)
        if self.on == "both":
            loss = loss + cross_entropy(D.classify(real), labels)
        return self.weight * loss


def clip_weights(bound: float = 0.01) -> Callable[[nn.Module], None]:
    """Arjovsky et al. 2017, algorithm 1: after D's step, clip every weight to [-bound, bound]."""
    if not bound > 0:
        raise GanCourseError(f"clip_weights({bound}): the bound must be positive")

    @torch.no_grad()
    def constrain(D: nn.Module) -> None:
        for p in D.parameters():
            p.clamp_(-bound, bound)

    return constrain
