"""From image to image: an encoder-decoder, and a discriminator of patches. Notebook 13.

Such a game is a conditional one whose label is a picture: `given`. G(z, given) -> images,
D(x, given) -> scores, and `game.train` plays it with batches of (images, given) and
`TrainConfig(given=True)`. With latent_dim=0 a network takes the picture alone, G(x) -> images:
what cycle consistency needs.
"""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course.conv import doubling
from gan_course.errors import GanCourseError
from gan_course.models import check_input


class Keep(nn.Identity):
    """Puts its input on the network's shelf, for the `Join` that mirrors it."""

    operation = "keep"


class Join(nn.Identity):
    """Stacks what was put on the shelf last under its input: a and b channels -> a + b channels."""

    operation = "join"


class UNet(nn.Module):
    """An encoder-decoder with skips (Ronneberger et al. 2015; Isola et al. 2017, section 3.2.1).

    G(z, given): given (N, planes, H, W), z (N, latent_dim) -> images (N, C, H, W) in [-1, 1]. Each
    number of z becomes a constant plane beside the given ones. G(x) takes all planes at once,
    (N, planes + latent_dim, H, W): with latent_dim=0, just `given`.
    width: channels after the first halving; each further one doubles them. blocks: halvings.
    skips: False cuts the shortcuts.
    known: the first C of the given planes are a picture with holes, and the next is its mask, 1
    where a pixel is known: these pixels come out exactly as they went in.
    """

    def __init__(
        self,
        latent_dim: int = 4,
        planes: int = 2,
        shape: tuple[int, int, int] = (1, 28, 28),
        width: int = 16,
        blocks: int = 3,
        known: bool = True,
        skips: bool = True,
    ):
        super().__init__()
        if known and planes <= shape[0]:
            raise GanCourseError(
                f"known=True reads the {shape[0]} planes of a picture and its mask; found "
                f"{planes} for shape {tuple(shape)}"
            )
        if blocks < 1 or min(shape[1:]) < 2**blocks:
            raise GanCourseError(
                f"an image of {shape[1]} x {shape[2]} cannot be halved {blocks} times: choose "
                "fewer blocks"
            )
        self.latent_dim, self.num_classes = latent_dim, 0
        self.shape, self.known = tuple(shape), known
        self.in_shape = (planes + latent_dim, *shape[1:])
        widths = [planes + latent_dim, *(width * 2**i for i in range(blocks))]
        size: tuple[int, ...] = shape[1:]
        odd = []  # whether height and width are, before each halving
        layers: list[nn.Module] = []
        for i in range(blocks):  # 28 -> 14 -> 7 -> 4
            kernel = tuple(4 - n % 2 for n in size)
            odd.append((size[0] % 2 == 1, size[1] % 2 == 1))
            size = tuple(-(-n // 2) for n in size)
            if skips and i:
                layers += [Keep()]
            layers += [nn.Conv2d(widths[i], widths[i + 1], kernel, stride=2, padding=1)]
            if i:
                layers += [nn.BatchNorm2d(widths[i + 1])]
            layers += [nn.LeakyReLU(0.2)]
        deep = widths[-1]
        layers += [nn.Conv2d(deep, deep, 3, padding=1), nn.BatchNorm2d(deep), nn.ReLU()]
        for i in range(blocks, 0, -1):  # and back
            n_in = 2 * widths[i] if skips and i < blocks else widths[i]  # half are from the shelf
            n_out = shape[0] if i == 1 else widths[i - 1]
            layers += [doubling(n_in, n_out, "transposed", odd[i - 1])]
            layers += [nn.Tanh()] if i == 1 else [nn.BatchNorm2d(n_out), nn.ReLU()]
            if skips and i > 1:
                layers += [Join()]
        self.layers = nn.Sequential(*layers)

    def forward(self, z: Tensor, given: Tensor | None = None) -> Tensor:
        if given is None:
            x = z
        elif given.ndim != 4 or z.ndim != 2 or len(z) != len(given):
            raise GanCourseError(
                f"this network takes z (N, d) and given (N, planes, H, W); found {tuple(z.shape)}, "
                f"{tuple(given.shape)}"
            )
        else:
            planes = z[:, :, None, None].expand(-1, -1, *given.shape[2:])
            x = torch.cat([given, planes], dim=1)
        check_input(x, self.in_shape, "the planes of given and z")
        out, shelf = x, []
        for layer in self.layers:
            if isinstance(layer, Keep):
                shelf.append(out)
            out = torch.cat([out, shelf.pop()], dim=1) if isinstance(layer, Join) else layer(out)
        if not self.known:
            return out
        c = self.shape[0]
        # torch.where and not a sum: a known pixel is copied, bit for bit
        return torch.where(x[:, c : c + 1] > 0.5, x[:, :c], out)


class PatchDiscriminator(nn.Module):
    """A score for each patch of a picture in place of one for all of it.

    Isola et al. 2017, section 3.2.2. D(x, given): x (N, C, H, W), given (N, planes, H, W) or None
    -> scores (N * patches,), those of a sample side by side. With two blocks on 28 x 28 there are
    7 x 7 patches; `field` is the side of what one of them sees, in pixels.
    channels: of x and given together.
    """

    def __init__(self, channels: int = 3, width: int = 32, blocks: int = 2):
        super().__init__()
        layers: list[nn.Module] = []
        n_in, self.field = channels, 3
        for i in range(blocks):
            layers += [nn.Conv2d(n_in, width * 2**i, 4, stride=2, padding=1), nn.LeakyReLU(0.2)]
            n_in, self.field = width * 2**i, 2 * self.field + 2
        self.layers = nn.Sequential(*layers, nn.Conv2d(n_in, 1, 3, padding=1))

    def maps(self, x: Tensor, given: Tensor | None = None) -> Tensor:
        """The scores in their places, (N, h, w)."""
        return self.layers(x if given is None else torch.cat([x, given], dim=1)).squeeze(1)

    def forward(self, x: Tensor, given: Tensor | None = None) -> Tensor:
        return self.maps(x, given).flatten()


class AnswerAlone(nn.Module):
    """A discriminator that is not shown what was given: D(x, given) is D(x)."""

    def __init__(self, D: nn.Module):
        super().__init__()
        self.D = D

    def forward(self, x: Tensor, given: Tensor | None = None) -> Tensor:
        return self.D(x)


class Undecided(nn.Module):
    """No discriminator at all: its score is 0 whatever it sees.

    Then only the other terms of G's loss are left to learn from: with `Reconstruction` that is
    regression, lambda -> infinity, in the very loop of the game. (The losses of `losses` pull the
    scores of real and of generated samples apart; one that is the same for both stays at 0.)
    """

    def __init__(self) -> None:
        super().__init__()
        self.score = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor, given: Tensor | None = None) -> Tensor:
        return self.score.expand(len(x))


class Reconstruction:
    """A term of G's loss (`g_penalties`): weight * E |x - G|^power over all pixels.

    weight: 0 or more. power: 2 or 1.
    """

    def __init__(self, weight: float, power: int = 2):
        if not 0 <= weight < math.inf or power not in (1, 2):  # NaN fails, too
            raise GanCourseError(
                f"Reconstruction({weight}, power={power}): a finite weight of 0 or more, and a "
                "power of 1 or 2"
            )
        self.weight, self.power = weight, power

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, given: Tensor | None = None
    ) -> Tensor:
        return self.weight * ((real - fake).abs() ** self.power).mean()


class Pairs:
    """Endless (images, given): images of `batches`, and what `spoil(images, generator)` leaves.

    Can be resumed: `state_dict` holds the place in `batches` and the random stream.
    """

    def __init__(
        self, batches: Any, spoil: Callable[[Tensor, torch.Generator], Tensor], seed: int = 0
    ):
        self.batches, self.spoil = batches, spoil
        self.generator = torch.Generator().manual_seed(seed)

    def __iter__(self) -> "Pairs":
        return self

    def __next__(self) -> tuple[Tensor, Tensor]:
        images, _ = next(self.batches)
        return images, self.spoil(images, self.generator)

    def state_dict(self) -> dict:
        return {"batches": self.batches.state_dict(), "generator": self.generator.get_state()}

    def load_state_dict(self, state: dict) -> None:
        self.batches.load_state_dict(state["batches"])
        self.generator.set_state(state["generator"])


def hide(images: Tensor, known: Tensor) -> Tensor:
    """Images (N, C, H, W), masks (N, 1, H, W), 1 where known -> given (N, C + 1, H, W).

    Its planes: the image, grey (0) where it is not known; the mask.
    """
    return torch.cat([images * known, known.to(images).expand_as(images[:, :1])], dim=1)


def shrink(images: Tensor, size: int) -> Tensor:
    """Images (N, 1, H, W) averaged to size x size, each pixel then repeated: the detail is gone."""
    return F.interpolate(F.adaptive_avg_pool2d(images, size), size=images.shape[2:], mode="nearest")


def holes(n: int, generator: torch.Generator | None = None, size: int = 28) -> Tensor:
    """n random masks (n, 1, size, size), 1 where known.

    A third hide one side, a third a box, a third a stroke of a brush.
    """
    rows = torch.arange(size)[:, None].expand(size, size)
    grid = torch.stack([rows, rows.T]).float()  # (2, size, size): row and column of each pixel
    known = torch.ones(n, 1, size, size)
    for mask, u in zip(known[:, 0], torch.rand(n, 12, generator=generator)):
        if u[0] < 1 / 3:  # one side, 30 to 65 % of the picture
            distance = grid[int(2 * u[1])]
            if u[2] >= 0.5:
                distance = size - 1 - distance
            mask[distance < size * (0.3 + 0.35 * u[3])] = 0
        elif u[0] < 2 / 3:  # a box of sides 8 to 20, about the middle
            half = (4 + 6 * u[1:3])[:, None, None]
            centre = (size / 2 + 8 * (u[3:5] - 0.5))[:, None, None]
            mask[((grid - centre).abs() < half).all(dim=0)] = 0
        else:  # four corners, joined by a round brush of radius 2 to 5
            corners = size * (0.15 + 0.7 * u[2:10].view(4, 2, 1, 1))
            for a, b in pairwise(corners):
                # the nearest point of the line from a to b
                share = ((grid - a) * (b - a)).sum(0) / ((b - a) ** 2).sum().clamp(min=1e-6)
                nearest = a + share.clamp(0, 1) * (b - a)
                mask[((grid - nearest) ** 2).sum(0) < (2 + 3 * u[1]) ** 2] = 0
    return known
