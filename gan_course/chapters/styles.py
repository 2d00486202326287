"""Digits in two styles, thin and bold; content and style as losses on features; and the three
numbers of notebook 15.

Thin and bold digits are made by morphology from disjoint sets of digits. So the partner of every
test digit is known, and no network that learns without pairs ever sees one. Images are (N, 1, 28,
28) in [-1, 1] throughout.
"""

import itertools
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from gan_course import data, pretrained
from gan_course.conv import DigitClassifier
from gan_course.errors import GanCourseError

# the ReLUs after the classifier's three convolutions: 24 x 28 x 28, 48 x 14 x 14, 96 x 7 x 7
LAYERS = (2, 6, 10)
_vgg: dict = {}  # the first layers of VGG-19, once read


def widen(ink: Tensor, *dims: int) -> Tensor:
    """Each pixel takes the largest of itself and its two neighbours along a dimension, one
    dimension after the other.

    The same numbers as max pooling gives; as a maximum of slices they take an eighth of the time.
    """
    for dim in dims:
        length = ink.shape[dim]
        pairs = torch.maximum(ink.narrow(dim, 0, length - 1), ink.narrow(dim, 1, length - 1))
        middle = torch.maximum(pairs.narrow(dim, 0, length - 2), pairs.narrow(dim, 1, length - 2))
        ink = torch.cat([pairs.narrow(dim, 0, 1), middle, pairs.narrow(dim, length - 2, 1)], dim)
    return ink


def grow(ink: Tensor, steps: int) -> Tensor:
    """Grey dilation: each pixel takes the largest of its neighbours; cross and square in turn, so a
    point becomes an octagon.
    """
    for step in range(steps):
        ink = widen(ink, -2, -1) if step % 2 else torch.maximum(widen(ink, -2), widen(ink, -1))
    return ink


def shrink(ink: Tensor, steps: int) -> Tensor:
    """Grey erosion, which is the dilation of the paper."""
    return -grow(-ink, steps)


def skeleton(ink: Tensor, rounds: int = 6) -> Tensor:
    """The middle lines: what an opening loses, at every depth of erosion (Lantuéjoul; soft as in
    Shit et al. 2021).
    """
    lines = torch.zeros_like(ink)
    for _ in range(rounds):
        smaller = shrink(ink, 1)
        lines = torch.maximum(lines, ink - widen(smaller, -2, -1))
        ink = smaller
    return lines


def finer(work):
    """A morphology of half pixels: `work` on the ink (0 to 1) at twice the size, for images in [-1,
    1].
    """

    def run(images: Tensor) -> Tensor:
        ink = F.interpolate((images + 1) / 2, scale_factor=2, mode="bilinear", align_corners=False)
        return 2 * F.avg_pool2d(work(ink), 2).clamp(0, 1) - 1

    # 100 enlarged images stay in the cache
    return lambda images: torch.cat([run(part) for part in images.split(100)])


@finer
def thin(ink: Tensor) -> Tensor:
    """Erode by half a pixel and a diagonal one, but never through the middle line; then darken what
    is left.
    """
    return 1.6 * torch.maximum(shrink(ink, 2), grow(skeleton(ink), 1))


@finer
def bold(ink: Tensor) -> Tensor:
    """Dilate by the same."""
    return grow(ink, 2)


@dataclass(frozen=True)
class Styles:
    """thin, bold: training images from disjoint digits, with their labels. test_thin, test_bold:
    pairs, with their labels.

    partners: the bold ones of `thin`, for the regression, which is the only one to be told.
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
    """`count` digits in each style and `tests` pairs. Of the embedded digits, no two versions of
    one digit are on both sides.
    """
    train, test = data.images("mnist"), data.images("mnist", "test")
    first = torch.arange(len(train)) % 1500 < 750  # the embedded set repeats every 1,500 images
    a, b = first.nonzero()[:count, 0], (~first).nonzero()[:count, 0]
    shown = test.images[:tests]
    return Styles(
        thin(train.images[a]),
        bold(train.images[b]),
        train.labels[a],
        train.labels[b],
        bold(train.images[a]),
        thin(shown),
        bold(shown),
        test.labels[:tests],
        train.source,
    )


def maps(net: DigitClassifier, images: Tensor, layers: tuple[int, ...] = LAYERS) -> list[Tensor]:
    """The feature maps (N, C, H, W) after the given layers of the classifier's body."""
    found, x = [], images
    for number, layer in enumerate(net.body):
        x = layer(x)
        if number in layers:
            found.append(x)
        if number == max(layers):
            return found
    raise GanCourseError(f"the classifier has layers 0 to {len(net.body) - 1}; asked for {layers}")


def gram(features: Tensor) -> Tensor:
    """Gram matrices (N, C, C) of feature maps (N, C, H, W): the mean over all places of the
    products of channels.
    """
    rows = features.flatten(2)
    return rows @ rows.transpose(1, 2) / rows.shape[2]


@torch.no_grad()
def mean_grams(net: DigitClassifier, images: Tensor) -> list[Tensor]:
    """The mean Gram matrix of a set of images, one (C, C) a layer: what a style is, said in
    numbers.
    """
    parts = [[gram(f).sum(dim=0) for f in maps(net, part)] for part in images.split(500)]
    return [torch.stack(layer).sum(dim=0) / len(images) for layer in zip(*parts)]


def style_distance(found: list[Tensor], wanted: list[Tensor]) -> Tensor:
    """Mean over the layers of |G - A|^2 / |A|^2. found: (C, C) or (N, C, C) a layer; gives a
    number, or N.
    """
    each = [
        ((g - a) ** 2).sum(dim=(-2, -1)) / (a**2).sum(dim=(-2, -1)) for g, a in zip(found, wanted)
    ]
    return torch.stack(each).mean(dim=0)


def content_distance(found: Tensor, wanted: Tensor) -> Tensor:
    """|F - P|^2 / |P|^2 of feature maps (N, C, H, W): N numbers."""
    return ((found - wanted) ** 2).sum(dim=(1, 2, 3)) / (wanted**2).sum(dim=(1, 2, 3))


def train_judge(s: Styles, steps: int = 300, seed: int = 0) -> DigitClassifier:
    """A classifier of its own for the measuring, trained on both styles with labels: no method here
    is optimised against it.
    """
    torch.manual_seed(seed)
    net = DigitClassifier(width=8)
    adam = torch.optim.Adam(net.parameters(), 2e-3)
    batches = data.batches(
        (torch.cat([s.thin, s.bold]), torch.cat([s.thin_labels, s.bold_labels])), 64, seed
    )
    for step, (images, labels) in enumerate(itertools.islice(batches, steps)):
        adam.param_groups[0]["lr"] = 2e-3 * (1 - step / steps)
        loss = F.cross_entropy(net(images), labels)
        adam.zero_grad()
        loss.backward()
        adam.step()
    return net.eval()


def histogram_gap(images: Tensor, others: Tensor) -> float:
    """Wasserstein-1 of all pixels of two sets, places forgotten: needs no pairs."""
    spots = torch.linspace(0, 1, 201)
    a, b = (x.flatten()[:16_000_000].sort().values for x in (images, others))
    return float((a[(spots * (len(a) - 1)).long()] - b[(spots * (len(b) - 1)).long()]).abs().mean())


def by_morphology(images: Tensor, steps: int, gain: float) -> Tensor:
    """The plain alternative: dilate by `steps` half pixels (erode if negative), then multiply the
    ink by `gain`.
    """
    return finer(lambda ink: gain * (grow(ink, steps) if steps > 0 else shrink(ink, -steps)))(
        images
    )


def tune_morphology(a: Tensor, b: Tensor) -> tuple[int, float]:
    """The steps and the gain that bring the pixels of a nearest to those of b, in distribution. No
    pairs, two numbers.
    """
    choices = itertools.product((-3, -2, -1, 1, 2, 3, 4), (0.6, 1.0, 1.3, 1.6, 2.0))
    return min(choices, key=lambda choice: histogram_gap(by_morphology(a[:300], *choice), b[:300]))


@torch.no_grad()
def measure(
    outputs: Tensor,
    truth: Tensor,
    labels: Tensor,
    net: DigitClassifier,
    judge: DigitClassifier,
    wanted,
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
    """What every row shares: the digits, the network of the features, the judge, and each style's
    mean Gram matrices.
    """

    def __init__(self, s: Styles | None = None, judge: DigitClassifier | None = None):
        self.s = s or styles()
        self.net = pretrained.load("classifier-mnist").requires_grad_(False)
        self.judge = judge or train_judge(self.s)
        self.grams = {
            "thin": mean_grams(self.net, self.s.thin),
            "bold": mean_grams(self.net, self.s.bold),
        }

    def measure(self, outputs: Tensor, style: str = "bold") -> dict:
        truth = self.s.test_bold if style == "bold" else self.s.test_thin
        return measure(outputs, truth, self.s.labels, self.net, self.judge, self.grams[style])


def vgg_maps(images: Tensor, path: Path | None = None) -> list[Tensor]:
    """Feature maps of VGG-19 (ReLUs 1_1, 2_1, 3_1) from weights that lie on the disk already, where
    torchvision keeps them.

    images (N, 1, 28, 28) are shown to it at twice their size, in three equal colours. Never
    downloads.
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
    x, found = F.interpolate(images, scale_factor=2.0).expand(-1, 3, -1, -1), []
    for number, layer in enumerate(_vgg[path]):
        x = layer(x)
        if number in (1, 6, 11):
            found.append(x)
    return found


def vgg_path() -> Path:
    """Where torchvision keeps VGG-19, there or not."""
    return Path(torch.hub.get_dir()) / "checkpoints" / "vgg19-dcbb9e9d.pth"
