"""Toy distributions with a known density, and endless seeded batches. Notebooks 03 and 04."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import torch
from torch import Tensor

from gan_course import arguments
from gan_course.errors import DataError, GanCourseError
from gan_course.images import Attribute, ImageSet, images  # noqa: F401 - of this interface


@dataclass(frozen=True)
class Mixture:
    """A mixture of Gaussians, each with the same deviation in every direction.

    means: (K, d). stds: (K,), in the units of the samples. weights: (K,), summing to 1.
    """

    means: Tensor
    stds: Tensor
    weights: Tensor
    name: str

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        """n independent samples, (n, d) float32."""
        which = torch.multinomial(self.weights, n, replacement=True, generator=generator)  # (n,)
        noise = torch.randn(n, self.means.shape[1], generator=generator)
        return self.means[which] + self.stds[which, None] * noise

    def density(self, x: Tensor) -> Tensor:
        """The density at x: (N, d) -> (N,)."""
        d = self.means.shape[1]
        if x.ndim != 2 or x.shape[1] != d:
            raise GanCourseError(
                f"x is {tuple(x.shape)}; the density of {self.name} takes (N, {d})"
            )
        exponent = -(torch.cdist(x.double(), self.means.double()) ** 2) / (2 * self.stds**2)
        log_2pi = torch.log(torch.tensor(2 * torch.pi))
        log_each = exponent - d * self.stds.log() - 0.5 * d * log_2pi  # (N, K)
        return torch.logsumexp(log_each + self.weights.log(), dim=1).exp().float()

    def batches(self, batch_size: int, seed: int = 0) -> "Batches":
        """Endless batches of fresh samples."""
        return Batches(self, batch_size, seed)


def _mixture(
    means: Tensor, std: float | Tensor, name: str, weights: Tensor | None = None
) -> Mixture:
    means = means.float()
    stds = torch.as_tensor(std, dtype=torch.float32).expand(len(means)).clone()
    if not (stds > 0).all():
        raise GanCourseError(f"{name}: standard deviations must be positive, found {std}")
    weights = torch.full((len(means),), 1.0) if weights is None else weights.float()
    return Mixture(means, stds, weights / weights.sum(), name)


def gaussian(mean: float = 4.0, std: float = 1.25) -> Mixture:
    """N(mean, std^2) in one dimension: samples (n, 1)."""
    return _mixture(torch.tensor([[mean]]), std, f"Gaussian({mean}, {std})")


def mixture_1d(
    means: Sequence[float] = (-2.0, 2.0),
    stds: Sequence[float] = (0.5, 0.5),
    weights: Sequence[float] | None = None,
) -> Mixture:
    """A mixture of Gaussians in one dimension: samples (n, 1)."""
    shares = None if weights is None else torch.tensor(weights)
    return _mixture(torch.tensor(means)[:, None], torch.tensor(stds), "mixture", shares)


def ring(modes: int = 8, radius: float = 2.0, std: float = 0.02) -> Mixture:
    """Gaussians evenly spaced on a circle; the angle 2 pi, which repeats 0, is left out."""
    angle = torch.arange(modes, dtype=torch.float64) * (2 * torch.pi / modes)
    means = radius * torch.stack([angle.cos(), angle.sin()], dim=1)
    return _mixture(means, std, f"ring of {modes}")


def grid(side: int = 5, spacing: float = 2.0, std: float = 0.05) -> Mixture:
    """side x side Gaussians on a square lattice centred at the origin."""
    line = (torch.arange(side, dtype=torch.float64) - (side - 1) / 2) * spacing
    return _mixture(torch.cartesian_prod(line, line), std, f"grid {side} x {side}")


def swiss_roll(noise: float = 0.1, points: int = 400) -> Mixture:
    """A spiral of radius up to 2 with noise: so many narrow Gaussians that they join to a curve."""
    t = 1.5 * torch.pi * (1 + 2 * torch.linspace(0, 1, points, dtype=torch.float64))
    curve = torch.stack([t * t.cos(), t * t.sin()], dim=1) * (2 / t.max())
    # weights t: the arc length grows like t, so the density along the curve is even
    return _mixture(curve, noise, "Swiss roll", weights=t)


def two_moons(noise: float = 0.1, points: int = 400) -> Mixture:
    """Two interleaved half circles of radius 1 with Gaussian noise, centred at the origin."""
    t = torch.linspace(0, torch.pi, points // 2, dtype=torch.float64)
    upper = torch.stack([t.cos() - 0.5, t.sin() - 0.25], dim=1)
    return _mixture(torch.cat([upper, -upper]), noise, "two moons")


Source: TypeAlias = Mixture | Tensor | tuple[Tensor, Tensor | None]


class Batches:
    """An endless iterator of (samples, labels or None) with its own random stream and a state.

    source: a `Mixture` (fresh samples each time), a tensor (N, ...), or a pair (tensor, labels (N,)
    int64); NumPy arrays will do, and float64 becomes float32. A tensor is shuffled anew each epoch;
    what is left over at an epoch's end waits for another shuffle. With fewer samples than
    batch_size, each batch is the whole set.
    """

    def __init__(self, source: Source, batch_size: int, seed: int = 0):
        if batch_size < 1:
            raise GanCourseError(f"batch_size is {batch_size}; it must be at least 1")
        self.batch_size, self.generator = batch_size, torch.Generator().manual_seed(seed)
        self.mixture = source if isinstance(source, Mixture) else None
        if not isinstance(source, Mixture):
            samples, labels = source if isinstance(source, tuple) else (source, None)
            self.samples = arguments.tensor(samples, "samples")
            self.labels = None if labels is None else arguments.tensor(labels, "labels")
            self._check()
        self.order, self.position = torch.empty(0, dtype=torch.int64), 0

    def _check(self) -> None:
        if len(self.samples) == 0:
            raise DataError("there are no samples to make batches of: the tensor is empty")
        finite = torch.isfinite(self.samples.flatten(1)).all(dim=1)
        if not finite.all():
            count, first = int((~finite).sum()), int((~finite).nonzero()[0])
            raise DataError(
                f"{count} samples hold NaN or infinity, the first is number {first}: "
                "drop or mend them"
            )
        labels, n = self.labels, len(self.samples)
        if labels is not None and (labels.shape != (n,) or labels.dtype != torch.int64):
            raise DataError(
                f"labels are {tuple(labels.shape)} {labels.dtype}; expected ({n},) torch.int64"
            )

    def __iter__(self) -> "Batches":
        return self

    def __next__(self) -> tuple[Tensor, Tensor | None]:
        if self.mixture is not None:
            return self.mixture.sample(self.batch_size, self.generator), None
        if self.position + self.batch_size > len(self.order):  # a new epoch
            self.order = torch.randperm(len(self.samples), generator=self.generator)
            self.position = 0
        index = self.order[self.position : self.position + self.batch_size].to(self.samples.device)
        self.position += self.batch_size
        return self.samples[index], None if self.labels is None else self.labels[index]

    def state_dict(self) -> dict:
        """All that the next batches depend on, besides the data."""
        return {
            "generator": self.generator.get_state(),
            "order": self.order.clone(),
            "position": self.position,
            "batch_size": self.batch_size,
        }

    def load_state_dict(self, state: dict) -> None:
        before = state["batch_size"]
        if before != self.batch_size:
            raise GanCourseError(
                f"batches of {self.batch_size} cannot go on from batches of {before}: use one size"
            )
        self.generator.set_state(state["generator"])
        self.order, self.position = state["order"], state["position"]


def batches(source: Source | ImageSet, batch_size: int, seed: int = 0) -> Batches:
    """Endless batches of a tensor, of (tensor, labels), of an `ImageSet` or of a `Mixture`."""
    if isinstance(source, ImageSet):
        source = (source.images, source.labels)
    return Batches(source, batch_size, seed)
