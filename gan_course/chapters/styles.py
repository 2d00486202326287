"""Digits in two styles, thin and bold; content and style as losses on features. Notebook 15.

Thin and bold digits are made by morphology from disjoint sets of digits. So the partner of every
test digit is known, and no network that learns without pairs ever sees one. Images are
(N, 1, 28, 28) in [-1, 1] throughout.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course import data, pretrained
from gan_course.chapters.scarce import train_classifier
from gan_course.conv import DigitClassifier
from gan_course.errors import GanCourseError

# the ReLUs after the classifier's three convolutions: 24 x 28 x 28, 48 x 14 x 14, 96 x 7 x 7
LAYERS = (2, 6, 10)
VGG_LAYERS = (1, 6, 11)  # ReLUs 1_1, 2_1, 3_1 of VGG-19
IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # mean and deviation of its colours
_vgg: dict[Path, nn.Sequential] = {}  # the first layers of VGG-19, once read

# ---- morphology, on ink: 0 is paper, 1 is black


def widen(ink: Tensor, *dims: int) -> Tensor:
    """Each pixel takes the largest of itself and its two neighbours along each dimension in turn.

    The same numbers as max pooling gives; as a maximum of slices they take an eighth of the time.
    """
    for dim in dims:
        length = ink.shape[dim]
        pairs = torch.maximum(ink.narrow(dim, 0, length - 1), ink.narrow(dim, 1, length - 1))
        middle = torch.maximum(pairs.narrow(dim, 0, length - 2), pairs.narrow(dim, 1, length - 2))
        ink = torch.cat([pairs.narrow(dim, 0, 1), middle, pairs.narrow(dim, length - 2, 1)], dim)
    return ink


def grow(ink: Tensor, steps: int) -> Tensor:
    """Grey dilation by a cross and a square in turn, so a point becomes an octagon."""
    for step in range(steps):
        ink = widen(ink, -2, -1) if step % 2 else torch.maximum(widen(ink, -2), widen(ink, -1))
    return ink


def shrink(ink: Tensor, steps: int) -> Tensor:
    """Grey erosion, which is the dilation of the paper."""
    return -grow(-ink, steps)


def skeleton(ink: Tensor, rounds: int = 6) -> Tensor:
    """The middle lines: what an opening loses, at every depth of erosion.

    Lantuéjoul; soft as in Shit et al. 2021.
    """
    lines = torch.zeros_like(ink)
    for _ in range(rounds):
        smaller = shrink(ink, 1)
        lines = torch.maximum(lines, ink - widen(smaller, -2, -1))
        ink = smaller
    return lines


def by_half_pixels(images: Tensor, work: Callable[[Tensor], Tensor]) -> Tensor:
    """`work` on the ink of images at twice their size, so that its steps are half pixels."""
    parts = []
    for part in images.split(100):  # 100 enlarged images stay in the cache
        ink = F.interpolate((part + 1) / 2, scale_factor=2, mode="bilinear", align_corners=False)
        parts.append(2 * F.avg_pool2d(work(ink), 2).clamp(0, 1) - 1)
    return torch.cat(parts)


def thin(images: Tensor) -> Tensor:
    """Erode by half a pixel and a diagonal one, but never through the middle line; then darken."""
    return by_half_pixels(
        images, lambda ink: 1.6 * torch.maximum(shrink(ink, 2), grow(skeleton(ink), 1))
    )


def bold(images: Tensor) -> Tensor:
    """Dilate by the same."""
    return by_half_pixels(images, lambda ink: grow(ink, 2))


def by_morphology(images: Tensor, steps: int, gain: float) -> Tensor:
    """The plain alternative to a network: dilate by half pixels, then multiply the ink by `gain`.

    steps: half pixels; negative ones erode.
    """

    def work(ink: Tensor) -> Tensor:
        return gain * (grow(ink, steps) if steps > 0 else shrink(ink, -steps))

    return by_half_pixels(images, work)


def tune_morphology(a: Tensor, b: Tensor) -> tuple[int, float]:
    """The steps and the gain that bring the pixels of a nearest to those of b, in distribution.

    No pairs are needed: two numbers are chosen.
    """
    choices = itertools.product((-3, -2, -1, 1, 2, 3, 4), (0.6, 1.0, 1.3, 1.6, 2.0))
    return min(choices, key=lambda choice: histogram_gap(by_morphology(a[:300], *choice), b[:300]))


def histogram_gap(images: Tensor, others: Tensor) -> float:
    """Wasserstein-1 of all pixels of two sets, places forgotten: needs no pairs."""
    spots = torch.linspace(0, 1, 201)
    a, b = (x.flatten()[:16_000_000].sort().values for x in (images, others))
    return float((a[(spots * (len(a) - 1)).long()] - b[(spots * (len(b) - 1)).long()]).abs().mean())


# ---- the two sets of digits


@dataclass(frozen=True)
class Styles:
    """thin, bold: training images from disjoint digits. test_thin, test_bold: pairs.

    partners: the bold ones of `thin`, for the regression, which is the only one to be told.
    labels: of the pairs.
    """

    thin: Tensor
    bold: Tensor
    thin_labels: Tensor
    bold_labels: Tensor
    partners: Tensor
    test_thin: Tensor
    test_bold: Tensor
    labels: Tensor
    source: str


def styles(count: int = 2_000, tests: int = 500) -> Styles:
    """`count` digits in each style, and `tests` pairs.

    Of the embedded digits, no two versions of one digit are on both sides.
    """
    train, test = data.images("mnist"), data.images("mnist", "test")
    first = torch.arange(len(train)) % 1500 < 750  # the embedded set repeats every 1,500 images
    a, b = first.nonzero()[:count, 0], (~first).nonzero()[:count, 0]
    shown = test.images[:tests]
    return Styles(
        thin=thin(train.images[a]),
        bold=bold(train.images[b]),
        thin_labels=train.labels[a],
        bold_labels=train.labels[b],
        partners=bold(train.images[a]),
        test_thin=thin(shown),
        test_bold=bold(shown),
        labels=test.labels[:tests],
        source=train.source,
    )


# ---- content and style


def maps(net: DigitClassifier, images: Tensor, layers: tuple[int, ...] = LAYERS) -> list[Tensor]:
    """The feature maps (N, C, H, W) after the given layers of the classifier's body."""
    if max(layers) >= len(net.body):
        raise GanCourseError(
            f"the classifier has layers 0 to {len(net.body) - 1}; asked for {layers}"
        )
    return _outputs(net.body, images, layers)


def _outputs(body: nn.Sequential, x: Tensor, layers: tuple[int, ...]) -> list[Tensor]:
    outputs = []
    for number in range(max(layers) + 1):
        x = body[number](x)
        if number in layers:
            outputs.append(x)
    return outputs


def vgg_path() -> Path:
    """Where torchvision keeps VGG-19, there or not."""
    return Path(torch.hub.get_dir()) / "checkpoints" / "vgg19-dcbb9e9d.pth"


def vgg_maps(images: Tensor, path: Path | None = None) -> list[Tensor]:
    """Feature maps of VGG-19 (VGG_LAYERS). Its weights must lie on the disk: never downloads.

    images (N, 3, H, W) in [-1, 1]; its weights expect the colours in units of ImageNet's mean and
    standard deviation.
    """
    path = path or vgg_path()
    if not path.is_file():
        raise GanCourseError(
            f"the weights of VGG-19 are not at {path}: torchvision.models.vgg19(weights='DEFAULT') "
            "fetches them"
        )
    if path not in _vgg:
        from torchvision.models.vgg import make_layers

        layers = make_layers([64, 64, "M", 128, 128, "M", 256]).eval().requires_grad_(False)
        stored = torch.load(path, weights_only=True)
        layers.load_state_dict({name: stored[f"features.{name}"] for name in layers.state_dict()})
        _vgg[path] = layers
    mean, std = (torch.tensor(numbers).view(1, 3, 1, 1) for numbers in IMAGENET)
    return _outputs(_vgg[path], ((images + 1) / 2 - mean) / std, VGG_LAYERS)


def photograph(
    name: str, size: tuple[int, int], box: tuple[int, int, int, int] | None = None
) -> Tensor:
    """One of scikit-learn's two photographs, china.jpg or flower.jpg: (1, 3, H, W) in [-1, 1].

    size: width and height of the result. box: left, top, right, bottom of the part to take, in
    pixels of the file (640 x 427).
    """
    from sklearn.datasets import load_sample_image  # here, as it takes a second

    picture = Image.fromarray(load_sample_image(name)).resize(size, Image.Resampling.LANCZOS, box)
    pixels = torch.from_numpy(np.asarray(picture) / 127.5 - 1).float()
    return pixels.permute(2, 0, 1)[None]


def recolour(photo: Tensor, texture: Tensor) -> Tensor:
    """A photo (1, 3, H, W) whose colours get the mean and covariance of the texture's."""

    def colours(picture: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        rows = picture.flatten(2)[0]  # (3, places)
        values, vectors = torch.linalg.eigh(torch.cov(rows) + 1e-4 * torch.eye(3))
        return rows.mean(dim=1, keepdim=True), values, vectors

    mean, values, vectors = colours(photo)
    goal_mean, goal_values, goal_vectors = colours(texture)
    to_white = vectors @ torch.diag(values.rsqrt()) @ vectors.T
    from_white = goal_vectors @ torch.diag(goal_values.sqrt()) @ goal_vectors.T
    moved = from_white @ to_white @ (photo.flatten(2)[0] - mean) + goal_mean
    return moved.view_as(photo).clamp(-1, 1)


def gram(features: Tensor) -> Tensor:
    """Gram matrices (N, C, C) of maps (N, C, H, W): products of channels, averaged over places."""
    rows = features.flatten(2)
    return rows @ rows.transpose(1, 2) / rows.shape[2]


@torch.no_grad()
def mean_grams(net: DigitClassifier, images: Tensor) -> list[Tensor]:
    """The mean Gram matrix of a set of images, (C, C) for each layer: a style, said in numbers."""
    parts = [[gram(f).sum(dim=0) for f in maps(net, part)] for part in images.split(500)]
    return [torch.stack(layer).sum(dim=0) / len(images) for layer in zip(*parts)]


def style_distance(grams: list[Tensor], wanted: list[Tensor]) -> Tensor:
    """Mean over the layers of |gram - wanted|^2 / |wanted|^2. grams: (C, C) or (N, C, C)."""
    each = []
    for found, goal in zip(grams, wanted):
        each.append(((found - goal) ** 2).sum(dim=(-2, -1)) / (goal**2).sum(dim=(-2, -1)))
    return torch.stack(each).mean(dim=0)


def content_distance(features: Tensor, wanted: Tensor) -> Tensor:
    """|features - wanted|^2 / |wanted|^2 of feature maps (N, C, H, W): N numbers."""
    return ((features - wanted) ** 2).sum(dim=(1, 2, 3)) / (wanted**2).sum(dim=(1, 2, 3))


# ---- the numbers of a row


def train_judge(s: Styles, steps: int = 300, seed: int = 0) -> DigitClassifier:
    """A classifier for the measuring alone, trained on both styles with labels.

    No method here is optimised against it.
    """
    torch.manual_seed(seed)
    net = DigitClassifier(width=8)
    digits = torch.cat([s.thin, s.bold]), torch.cat([s.thin_labels, s.bold_labels])
    train_classifier(net, data.batches(digits, 64, seed), steps, lr=2e-3)
    return net


@torch.no_grad()
def measure(
    outputs: Tensor,
    truth: Tensor,
    labels: Tensor,
    net: DigitClassifier,
    judge: DigitClassifier,
    wanted: list[Tensor],
) -> dict:
    """kept: share that the judge reads as labelled. style: distance of the mean Gram matrices.

    pixels: mean |error| to the truth, in [0, 2]. ink: mean, 0 to 1.
    """
    read = torch.cat([judge(part) for part in outputs.split(500)]).argmax(dim=1)
    return {
        "kept": float((read == labels).float().mean()),
        "style": float(style_distance(mean_grams(net, outputs), wanted)),
        "pixels": float((outputs - truth).abs().mean()),
        "ink": float((outputs.mean() + 1) / 2),
    }


class Setup:
    """What all rows share: digits, network of the features, judge, mean Gram matrices by style."""

    def __init__(self, s: Styles | None = None, judge: DigitClassifier | None = None):
        self.s = s or styles()
        self.net = pretrained.load("classifier-mnist").requires_grad_(False)
        self.judge = judge or train_judge(self.s)
        self.grams = {
            "thin": mean_grams(self.net, self.s.thin),
            "bold": mean_grams(self.net, self.s.bold),
        }

    def measure(self, outputs: Tensor, style: str = "bold") -> dict:
        """`measure` for the translations of the test pairs into that style."""
        truth = self.s.test_bold if style == "bold" else self.s.test_thin
        return measure(outputs, truth, self.s.labels, self.net, self.judge, self.grams[style])
