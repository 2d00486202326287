"""What a generator's pictures are measured by: a network that reads them, chosen by the data."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course import data, metrics, pretrained
from gan_course.checkpoint import load_weights, save_weights
from gan_course.conv import feature_body

DIGITS = ("mnist", "fashion", "embedded")
SIZE = 64  # of the features of all readers
FEW = 2_000  # samples at most that are looked at for copies
SIDE = 32  # pixels a side of what a run's own network sees
THUMBNAIL = 16  # pixels a side, of the check for copies
FILE = "features.safetensors"


@dataclass(frozen=True)
class Reader:
    """about: whose features these are. read: images (N, C, H, W) -> features (N, 64), and what
    else it reads: logits (N, K) of a class, the values (N,) of each attribute, or None.
    """

    about: str
    read: Callable[[Tensor], tuple[Tensor, Any]]

    def report(self, real: data.ImageSet, fake: Tensor, asked: Tensor | None = None) -> dict:
        """`metrics.report` of fakes (M, C, H, W). asked: the labels that they were asked for."""
        features, seen = self.read(fake)
        logits = seen if isinstance(seen, Tensor) else None
        numbers = metrics.report(self.read(real.images)[0], features, logits, asked)
        if isinstance(seen, dict):
            shares = {}
            for name, (values, names) in real.attributes.items():
                wanted = torch.bincount(values, minlength=len(names))
                kl = metrics.class_histogram(seen[name], len(names), wanted).kl
                shares[name] = round(kl, 4)
            numbers["attribute_kl"] = shares  # of the values' shares, 0 where all are as in `real`
        return numbers


def choose(images: data.ImageSet, folder: Path | None = None) -> Reader:
    """The reader of such images: the course's of digits or of faces, else one of the run's own.

    images: those for training. folder: of the run, which keeps a network of its own.
    """
    shape = images.images.shape[1:]
    if images.name in DIGITS and shape == (1, 28, 28):
        return Reader("the digit classifier (classifier-mnist)", pretrained.read)
    if images.attributes and shape == (3, 32, 32):
        about = "the reader of the faces' attributes (attributes-faces)"
        return Reader(about, pretrained.read_attributes)
    net = own_network(images.images.cpu(), folder)

    @torch.no_grad()
    def read(pictures: Tensor) -> tuple[Tensor, None]:
        parts = [net[0](resized(part, SIDE)) for part in pictures.float().split(500)]
        return torch.cat(parts), None

    return Reader(
        f"a small network that this run has trained on its {len(images):,} training pictures, at "
        f"{SIDE} x {SIDE}, to see what was done to one (turned, blurred, ...): compare its "
        "distances within this run alone",
        read,
    )


def resized(pictures: Tensor, side: int) -> Tensor:
    """Pictures (N, C, H, W) as (N, C, side, side)."""
    return F.interpolate(pictures, (side, side), mode="bilinear", antialias=True)


# --- a network of the run's own -------------------------------------------------------------------
def turned(quarters: int) -> Callable[[Tensor], Tensor]:
    """A change that turns pictures by so many right angles."""
    return lambda x: torch.rot90(x, quarters, (2, 3))


CHANGES: tuple[Callable[[Tensor], Tensor], ...] = (
    turned(0),
    turned(1),
    turned(2),
    turned(3),
    lambda x: F.interpolate(F.avg_pool2d(x, 2), scale_factor=2.0, mode="bilinear"),
    lambda x: x + 0.3 * torch.randn_like(x),
    lambda x: x.roll((SIDE // 2, SIDE // 2), (2, 3)),  # quarters swapped
    lambda x: -x,
)


def own_network(images: Tensor, folder: Path | None, steps: int = 300) -> nn.Module:
    """Features, then logits of the change that a picture went through; in eval mode.

    Found in the folder of the run, else trained on images (N, C, H, W) in some twenty seconds,
    always to the same weights, and kept there. No labels are needed (Gidaris et al. 2018 turn
    pictures).
    """
    with torch.random.fork_rng():
        torch.manual_seed(0)
        head = nn.Linear(SIZE, len(CHANGES))
        net = nn.Sequential(feature_body((images.shape[1], SIDE, SIDE), 16), head)
        if folder and (folder / FILE).is_file():
            load_weights(net, folder / FILE)
            return net.eval()
        print("a small network learns to tell these pictures apart: distances are measured in it")
        optimiser = torch.optim.Adam(net.parameters(), 2e-3)
        size = 16 * len(CHANGES)
        batches = data.batches(images, min(size, len(images)))
        net.train()
        for _ in range(steps):
            pictures = resized(next(batches)[0], SIDE)
            pictures = pictures.repeat(math.ceil(size / len(pictures)), 1, 1, 1)[:size]
            parts = [change(part) for change, part in zip(CHANGES, pictures.chunk(len(CHANGES)))]
            labels = torch.arange(len(CHANGES)).repeat_interleave(16)
            loss = F.cross_entropy(net(torch.cat(parts)), labels)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    if folder:
        save_weights(net, folder / FILE)
    return net.eval()


# --- copies ---------------------------------------------------------------------------------------
def copies(fake: Tensor, training: Tensor, held_out: Tensor) -> metrics.Memorisation:
    """`metrics.memorisation` of pictures (N, C, H, W), as thumbnails."""
    return metrics.memorisation(
        *(resized(pictures, THUMBNAIL).flatten(1) for pictures in (fake, training, held_out))
    )
