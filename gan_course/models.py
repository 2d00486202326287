"""Fully connected generator and discriminator, and wrappers of a discriminator. Notebooks 03, 06.

Contract: G(z, labels=None) -> samples (N, *shape); D(x, labels=None) -> scores (N,), raw logits,
never a sigmoid.
"""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot
from torch.nn.utils import parametrizations

from gan_course import distributed
from gan_course.errors import GanCourseError


def mlp(sizes: Sequence[int], activation: str = "leaky", batch_norm: bool = False) -> nn.Sequential:
    """Linear layers of the given sizes, with "relu", "leaky" (of slope 0.2) or "tanh" between them.

    batch_norm: normalise every hidden layer but the first, as the classic MLP generator does.
    """
    activations: dict[str, Callable[[], nn.Module]]
    activations = {"relu": nn.ReLU, "leaky": lambda: nn.LeakyReLU(0.2), "tanh": nn.Tanh}
    if activation not in activations:
        raise GanCourseError(f"activation {activation!r} is not one of {', '.join(activations)}")
    layers: list[nn.Module] = []
    for i, (n_in, n_out) in enumerate(pairwise(sizes)):
        layers.append(nn.Linear(n_in, n_out))
        if i < len(sizes) - 2:  # the last layer is left linear
            if batch_norm and i > 0:
                layers.append(nn.BatchNorm1d(n_out))
            layers.append(activations[activation]())
    return nn.Sequential(*layers)


def encode_labels(labels: Tensor | None, num_classes: int, n: int) -> Tensor:
    """Labels (N,) int64 as one-hot rows (N, num_classes). Raises GanCourseError for wrong ones."""
    last = num_classes - 1
    if labels is None:
        raise GanCourseError(
            f"this network is conditional: pass labels of shape ({n},), each 0 to {last}"
        )
    if not isinstance(labels, Tensor):
        raise GanCourseError(
            f"labels are {labels!r}: pass a tensor with a label for each sample, such as "
            f"torch.full(({n},), {last})"
        )
    if labels.shape != (n,) or labels.dtype != torch.int64:
        raise GanCourseError(
            f"labels are {tuple(labels.shape)} {labels.dtype}; "
            f"expected ({n},) torch.int64, one label a sample"
        )
    # the range is looked at on the CPU only: on a GPU it would make the host wait
    if labels.device.type == "cpu" and n and not (labels.min() >= 0 and labels.max() <= last):
        raise GanCourseError(
            f"labels run from {labels.min()} to {labels.max()}; this network knows 0 to {last}"
        )
    return one_hot(labels, num_classes).float()


def check_input(x: Tensor, expected: tuple[int, ...], name: str) -> None:
    """Raise an error that tells both shapes unless x is (N, *expected)."""
    if x.shape[1:] != expected:
        sizes = ", ".join(map(str, expected))
        raise GanCourseError(f"{name} has shape {tuple(x.shape)}; this network takes (N, {sizes})")


class MLPGenerator(nn.Module):
    """Latent vectors to samples through fully connected layers.

    latent_dim: size of z. shape: of one sample, (2,) for points, (1, 28, 28) for digits.
    hidden: layer widths. output: "tanh" for images in [-1, 1], "linear" for points.
    num_classes > 0 appends the label to z as a one-hot.
    """

    def __init__(
        self,
        latent_dim: int = 100,
        shape: tuple[int, ...] = (1, 28, 28),
        hidden: tuple[int, ...] = (256, 512, 1024),
        num_classes: int = 0,
        activation: str = "leaky",
        output: str = "tanh",
        batch_norm: bool = False,
    ):
        super().__init__()
        if output not in ("tanh", "linear"):
            raise GanCourseError(f'output {output!r} is not "tanh" or "linear"')
        self.latent_dim, self.shape, self.num_classes = latent_dim, tuple(shape), num_classes
        sizes = [latent_dim + num_classes, *hidden, math.prod(shape)]
        self.net = mlp(sizes, activation, batch_norm)
        self.output = nn.Tanh() if output == "tanh" else nn.Identity()

    def forward(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        check_input(z, (self.latent_dim,), "z")
        if self.num_classes:
            z = torch.cat([z, encode_labels(labels, self.num_classes, len(z))], dim=1)
        return self.output(self.net(z)).unflatten(1, self.shape)  # (N, prod(shape)) -> (N, *shape)


class MLPDiscriminator(nn.Module):
    """Samples to scores through fully connected layers: `MLPGenerator` reversed, no batch norm."""

    def __init__(
        self,
        shape: tuple[int, ...] = (1, 28, 28),
        hidden: tuple[int, ...] = (1024, 512, 256),
        num_classes: int = 0,
        activation: str = "leaky",
    ):
        super().__init__()
        self.shape, self.num_classes = tuple(shape), num_classes
        self.net = mlp([math.prod(shape) + num_classes, *hidden, 1], activation)

    def features(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        """The last hidden layer, (N, hidden[-1])."""
        check_input(x, self.shape, "x")
        x = x.flatten(1)
        if self.num_classes:
            x = torch.cat([x, encode_labels(labels, self.num_classes, len(x))], dim=1)
        return self.net[:-1](x)

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        return self.net[-1](self.features(x, labels)).squeeze(1)  # (N, 1) -> (N,)


class Packed(nn.Module):
    """PacGAN (Lin et al. 2018): D judges `pack` samples together, so that a lack of variety shows.

    (N, C, ...) -> (N / pack,). D: a discriminator for samples of shape (C * pack, ...).
    """

    def __init__(self, D: nn.Module, pack: int):
        super().__init__()
        self.D, self.pack = D, pack

    def forward(self, x: Tensor) -> Tensor:
        if len(x) % self.pack:
            raise GanCourseError(
                f"{len(x)} samples cannot be packed by {self.pack}: "
                f"choose a batch size that {self.pack} divides"
            )
        return self.D(x.reshape(len(x) // self.pack, self.pack * x.shape[1], *x.shape[2:]))


class InstanceNoise(nn.Module):
    """Adds Gaussian noise of standard deviation `sigma` to all that D sees, real and fake alike.

    Blurring both densities lets them overlap (Sønderby et al. 2017; Arjovsky and Bottou 2017). A
    callback may change `sigma` from step to step.
    """

    def __init__(self, D: nn.Module, sigma: float):
        super().__init__()
        self.D, self.sigma = D, sigma

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        if self.training and self.sigma > 0:
            whole = (len(x) * distributed.count(), *x.shape[1:])  # the batch of all processes
            noise = torch.randn(whole, dtype=x.dtype, device=x.device)
            x = x + self.sigma * distributed.share(noise)
        return self.D(x) if labels is None else self.D(x, labels)


def spectral_norm(D: nn.Module) -> nn.Module:
    """Divide each weight of a linear or convolutional layer by its largest singular value.

    Miyato et al. 2018. Returns D, changed in place.
    """
    for module in D.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            parametrizations.spectral_norm(module)
    return D


def count_parameters(net: nn.Module) -> int:
    """Number of trainable weights."""
    return sum(p.numel() for p in net.parameters())
