"""Augmentation: differentiable for a discriminator, geometric for a classifier. Notebook 14.

Images are (N, C, H, W) in [-1, 1]; -1 is paper, which also fills what moves in from outside. Every
image gets draws of its own, from torch's global stream (`game.train` gives that a seed).
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course.errors import GanCourseError

PAPER = -1.0


def _uniform(x: Tensor, low: float, high: float) -> Tensor:
    """One number an image, to broadcast over it: (N, 1, 1, 1)."""
    return low + (high - low) * torch.rand(len(x), 1, 1, 1, device=x.device)


def brightness(x: Tensor) -> Tensor:
    """Each image is made brighter or darker by up to 0.5."""
    return x + _uniform(x, -0.5, 0.5)


def contrast(x: Tensor) -> Tensor:
    """Each image's distance to its own mean is multiplied by 0.5 to 1.5."""
    mean = x.mean(dim=(1, 2, 3), keepdim=True)
    return mean + _uniform(x, 0.5, 1.5) * (x - mean)


def translate(x: Tensor, share: float = 1 / 8) -> Tensor:
    """Each image is moved by whole pixels, up to `share` of its size either way.

    Written with `gather`, whose gradient has a gradient in turn: R1 needs one, and `grid_sample`
    has none.
    """
    n, c, h, w = x.shape
    reach = [int(size * share + 0.5) for size in (h, w)]
    down, right = (torch.randint(0, 2 * r + 1, (n, 1), device=x.device) for r in reach)
    rows = down + torch.arange(h, device=x.device)  # (N, H): where to read
    columns = right + torch.arange(w, device=x.device)  # (N, W)
    wide = F.pad(x, (reach[1], reach[1], reach[0], reach[0]), value=PAPER)
    # (N, H W) places in the padded image
    index = (rows[:, :, None] * wide.shape[3] + columns[:, None, :]).flatten(1)
    return wide.flatten(2).gather(2, index[:, None].expand(-1, c, -1)).view(n, c, h, w)


def cutout(x: Tensor, share: float = 0.5) -> Tensor:
    """A square of `share` of each image's size turns to paper; its centre lies anywhere."""
    inside = []
    for size in x.shape[2:]:
        side = int(size * share + 0.5)
        first = torch.randint(0, size + (side + 1) % 2, (len(x), 1), device=x.device) - side // 2
        place = torch.arange(size, device=x.device)
        inside.append((place >= first) & (place < first + side))  # (N, H), then (N, W)
    rows, columns = inside
    return torch.where(rows[:, None, :, None] & columns[:, None, None, :], PAPER, x)


POLICIES = {"color": (brightness, contrast), "translation": (translate,), "cutout": (cutout,)}
ALL = tuple(POLICIES)


def differentiable(x: Tensor, policy: tuple[str, ...] = ALL) -> Tensor:
    """The augmentation of Zhao et al. 2020, section 3.2, at the strengths of their code.

    Two things differ: "color" has no saturation, which grey images lack, and what is cut or moves
    in is paper, not 0.
    """
    if unknown := set(policy) - set(POLICIES):
        raise GanCourseError(
            f"no augmentation is called {sorted(unknown)[0]!r}: there are {', '.join(POLICIES)}"
        )
    for name in policy:
        for transform in POLICIES[name]:
            x = transform(x)
    return x


class Augmented(nn.Module):
    """D(T(x)) for D(x), with fresh T for every image, so real and fake ones are augmented alike.

    G's gradient passes back through T. In eval mode D sees images as they are.
    """

    def __init__(self, D: nn.Module, policy: tuple[str, ...] = ALL):
        super().__init__()
        differentiable(torch.zeros(1, 1, 8, 8), policy)  # a wrong name fails here, not in training
        self.D, self.policy = D, tuple(policy)

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        if self.training:
            x = differentiable(x, self.policy)
        return self.D(x) if labels is None else self.D(x, labels)


def warp(x: Tensor, angle: Tensor, scale: Tensor, shear: Tensor, shift: Tensor) -> Tensor:
    """Turn, magnify, shear, then shift each image.

    angle: radians, anticlockwise, (N,). scale, shear: (N,). shift: pixels right and down, (N, 2).
    """
    # affine_grid asks where each new pixel comes from
    cos, sin = angle.cos() / scale, angle.sin() / scale
    size = torch.tensor([x.shape[3], x.shape[2]], device=x.device)
    rows = torch.stack([torch.stack([cos, shear - sin], 1), torch.stack([sin, cos], 1)], 1)
    back = -(rows @ (2 * shift / size).unsqueeze(2))  # (N, 2, 1): the image spans [-1, 1]
    where = F.affine_grid(torch.cat([rows, back], 2), list(x.shape), align_corners=False)
    ink = F.grid_sample(x - PAPER, where, mode="bilinear", align_corners=False)  # 0 outside
    return ink + PAPER


def geometric(x: Tensor) -> Tensor:
    """Each image turned by up to 15 degrees, magnified and sheared by 15 %, shifted by 2 pixels."""
    draw = 2 * torch.rand(5, len(x), device=x.device) - 1
    angle = draw[0] * math.radians(15)
    return warp(x, angle, 1 + 0.15 * draw[1], 0.15 * draw[2], 2 * draw[3:].T)
