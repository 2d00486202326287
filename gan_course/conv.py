"""Convolutional generator and discriminator, and two classifiers. Notebooks 07, 08 and 21.

One class a player: the image's size, the width and the number of doublings are arguments. The
contract is that of `models`: G(z, labels=None) -> images (N, C, H, W) in [-1, 1]; D(x, labels=None)
-> scores (N,), raw logits.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding

from gan_course.errors import GanCourseError
from gan_course.models import check_input, encode_labels

CONDITIONS = ("planes", "projection", "output", "auxiliary")


def _sizes(
    shape: tuple[int, int, int], blocks: int, width: int
) -> tuple[list[int], list[tuple[int, int]]]:
    """From the image inwards: channels [C, width, 2 width, ...], sizes [(28, 28), (14, 14)...]."""
    channels, h, w = shape
    sizes = [(h, w)]
    for _ in range(blocks):
        sizes.append(((sizes[-1][0] + 1) // 2, (sizes[-1][1] + 1) // 2))  # halved, rounded up
    if blocks < 1 or min(sizes[-2]) < 2:
        raise GanCourseError(
            f"an image of {h} x {w} cannot be halved {blocks} times: "
            "choose 1 <= blocks <= log2 of the smaller side"
        )
    return [channels, *(width * 2**i for i in range(blocks))], sizes


def doubling(
    n_in: int, n_out: int, upsample: str, odd: tuple[bool, bool] = (False, False)
) -> nn.Module:
    """A layer that doubles height and width: (N, n_in, H, W) -> (N, n_out, 2 H, 2 W).

    "transposed": ConvTranspose2d of kernel 4, stride 2 (Radford et al. 2016). "resize": nearest
    neighbours, then a 3 x 3 convolution, which treats all pixels alike (Odena et al. 2016). odd:
    whether to make the height, and the width, one pixel less.
    """
    less_h, less_w = odd  # True counts as 1
    if upsample == "transposed":  # 4 is a multiple of 2: each output sees 2 x 2 inputs
        kernel = (4 - less_h, 4 - less_w)
        return nn.ConvTranspose2d(n_in, n_out, kernel, stride=2, padding=1)
    if upsample == "resize":
        kernel, padding = (3 - less_h, 3 - less_w), (1 - less_h, 1 - less_w)
        convolution = nn.Conv2d(n_in, n_out, kernel, padding=padding)
        return nn.Sequential(nn.Upsample(scale_factor=2), convolution)
    raise GanCourseError(f'upsample {upsample!r} is not "transposed" or "resize"')


class ConvGenerator(nn.Module):
    """Latent vectors to images: a linear layer to the smallest map, then one doubling a block.

    Batch norm and ReLU stand between. shape: (C, H, W) of an image. width: channels before the last
    doubling; each block further in has twice as many. blocks: doublings; 2 take 7 x 7 to 28 x 28,
    3 take 4 x 4 there by way of 7 x 7. upsample: see `doubling`. num_classes > 0 makes it
    conditional: the label goes in beside z, as a one-hot, or as a learned vector of `label_dim`.
    label_shares: how often each label is to be asked for, where not all are alike (`clusters`).
    """

    def __init__(
        self,
        latent_dim: int = 64,
        shape: tuple[int, int, int] = (1, 28, 28),
        width: int = 32,
        blocks: int = 2,
        num_classes: int = 0,
        label_dim: int = 0,
        upsample: str = "transposed",
        label_shares: tuple[float, ...] = (),
    ):
        super().__init__()
        channels, sizes = _sizes(shape, blocks, width)
        self.latent_dim, self.shape, self.num_classes = latent_dim, tuple(shape), num_classes
        self.label_shares = label_shares
        self.embed: nn.Module = nn.Identity()
        if num_classes and label_dim:
            # a linear map of the one-hot, without bias, is a table of one learned vector a class
            self.embed = nn.Linear(num_classes, label_dim, bias=False)
        extra = (label_dim or num_classes) if num_classes else 0
        # (N, latent + extra) -> (N, channels[-1], 7, 7), say; batch norm makes a bias useless
        self.start = nn.Sequential(
            nn.Linear(latent_dim + extra, channels[-1] * math.prod(sizes[-1]), bias=False),
            nn.Unflatten(1, (channels[-1], *sizes[-1])),
            nn.BatchNorm2d(channels[-1]),
            nn.ReLU(),
        )
        layers: list[nn.Module] = []
        for i in range(blocks, 0, -1):
            h, w = sizes[i - 1]
            layers.append(
                doubling(channels[i], channels[i - 1], upsample, (h % 2 == 1, w % 2 == 1))
            )
            if i > 1:
                layers += [nn.BatchNorm2d(channels[i - 1]), nn.ReLU()]
        self.blocks = nn.Sequential(*layers, nn.Tanh())

    def forward(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        check_input(z, (self.latent_dim,), "z")
        if self.num_classes:
            z = torch.cat([z, self.embed(encode_labels(labels, self.num_classes, len(z)))], dim=1)
        return self.blocks(self.start(z))


class ConvDiscriminator(nn.Module):
    """Images to scores: convolutions of kernel 4 and stride 2 with leaky ReLU, then a linear layer.

    batch_norm: after every convolution but the first, as DCGAN has it; never together with a
    gradient penalty. condition, when num_classes > 0, is how the label takes part:
    "planes": its one-hot as num_classes more input planes (Mirza and Osindero 2014, for images);
    "projection": a score, plus the inner product of the features with a vector of the class
    (Miyato and Koyama 2018); "output": one score a class, of which the label picks its own
    (projection without the common score); "auxiliary": the score ignores the label, and `classify`
    gives class logits beside it (Odena et al. 2017).
    """

    def __init__(
        self,
        shape: tuple[int, int, int] = (1, 28, 28),
        width: int = 32,
        blocks: int = 2,
        num_classes: int = 0,
        condition: str = "output",
        batch_norm: bool = False,
    ):
        super().__init__()
        if condition not in CONDITIONS:
            raise GanCourseError(f"condition {condition!r} is not one of {', '.join(CONDITIONS)}")
        self.shape, self.num_classes = tuple(shape), num_classes
        self.condition = condition if num_classes else ""
        channels, sizes = _sizes(shape, blocks, width)
        if self.condition == "planes":
            channels[0] += num_classes
        layers: list[nn.Module] = []
        for i, (h, w) in enumerate(sizes[:-1]):
            kernel = (4 - h % 2, 4 - w % 2)  # 3 where the size is odd
            layers.append(nn.Conv2d(channels[i], channels[i + 1], kernel, stride=2, padding=1))
            if batch_norm and i > 0:
                layers.append(nn.BatchNorm2d(channels[i + 1]))
            layers.append(nn.LeakyReLU(0.2))
        size = channels[-1] * math.prod(sizes[-1])
        self.features = nn.Sequential(*layers, nn.Flatten())  # (N, C, H, W) -> (N, size)
        self.score = nn.Linear(size, num_classes if self.condition == "output" else 1)
        if self.condition in ("projection", "auxiliary"):
            self.classes = nn.Linear(size, num_classes, bias=self.condition == "auxiliary")

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        check_input(x, self.shape, "x")
        if not self.num_classes:
            return self.score(self.features(x)).squeeze(1)
        one_hot = encode_labels(labels, self.num_classes, len(x))  # (N, K)
        if self.condition == "planes":
            x = torch.cat([x, one_hot[:, :, None, None].expand(-1, -1, *x.shape[2:])], dim=1)
        features = self.features(x)
        if self.condition == "output":
            # each sample's own row of the linear layer: the scores of other labels are not needed
            rows = embedding(labels, self.score.weight)  # (N, size)
            return (features * rows).sum(dim=1) + self.score.bias[labels]
        score = self.score(features).squeeze(1)
        if self.condition == "projection":
            return score + (self.classes(features) * one_hot).sum(dim=1)
        return score

    def classify(self, x: Tensor) -> Tensor:
        """Class logits (N, num_classes) of an auxiliary classifier GAN."""
        if self.condition != "auxiliary":
            raise GanCourseError(
                'only ConvDiscriminator(num_classes=..., condition="auxiliary") has a classifier'
            )
        return self.classes(self.features(x))


class DigitClassifier(nn.Module):
    """Images (N, 1, 28, 28) in [-1, 1] to class logits (N, 10); `features` (N, 64) for metrics."""

    def __init__(self, num_classes: int = 10, width: int = 32):
        super().__init__()
        self.shape, self.num_classes = (1, 28, 28), num_classes
        self.body = feature_body(self.shape, width)  # 28 -> 14 -> 7 -> 3
        self.head = nn.Sequential(nn.Dropout(0.3), nn.Linear(64, num_classes))

    def features(self, x: Tensor) -> Tensor:
        """(N, 1, 28, 28) -> (N, 64)."""
        check_input(x, self.shape, "x")
        return self.body(x)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.features(x))


class AttributeClassifier(nn.Module):
    """Faces (N, 3, 32, 32) in [-1, 1] to a dict of logits; `features` (N, 64) for metrics.

    classes: how many values each attribute has. The logits of one are (N, that many).
    """

    def __init__(self, classes: dict[str, int], width: int = 16):
        super().__init__()
        self.shape, self.classes = (3, 32, 32), dict(classes)
        self.body = feature_body(self.shape, width)  # 32 -> 16 -> 8 -> 4
        self.head = nn.Linear(64, sum(classes.values()))  # one layer holds all heads

    def features(self, x: Tensor) -> Tensor:
        """(N, 3, 32, 32) -> (N, 64)."""
        check_input(x, self.shape, "x")
        return self.body(x)

    def heads(self, features: Tensor) -> dict[str, Tensor]:
        """Features (N, 64) to the logits of each attribute."""
        parts = self.head(features).split(list(self.classes.values()), dim=1)
        return dict(zip(self.classes, parts))

    @torch.no_grad()
    def standardise(self, x: Tensor) -> None:
        """Divide all features by one number: their variances then are 1 on average on these faces.

        The logits stay what they are. In eval mode.
        """
        spread = self.features(x).var(dim=0).mean().sqrt()
        self.body[-2].weight.div_(spread)
        self.body[-2].bias.div_(spread)
        self.head.weight.mul_(spread)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        return self.heads(self.features(x))


def feature_body(shape: tuple[int, int, int], width: int) -> nn.Sequential:
    """Images (N, C, H, W) to features (N, 64): three convolutions, each followed by a halving."""
    channels, h, w = shape
    layers: list[nn.Module] = []
    for n_in, n_out in ((channels, width), (width, 2 * width), (2 * width, 4 * width)):
        layers += [nn.Conv2d(n_in, n_out, 3, padding=1), nn.BatchNorm2d(n_out), nn.ReLU()]
        layers.append(nn.MaxPool2d(2))
    size = 4 * width * (h // 8) * (w // 8)
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(size, 64), nn.ReLU())


@torch.no_grad()
def dcgan_init(net: nn.Module) -> nn.Module:
    """DCGAN's initialisation: weights from N(0, 0.02), batch norm gains from N(1, 0.02), biases 0.

    Radford et al. 2016, section 4, state the weights; the gains are those of the authors' code.
    Returns the net.
    """
    for module in net.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            module.weight.normal_(0, 0.02)
        elif isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
            module.weight.normal_(1, 0.02)
        else:
            continue
        if module.bias is not None:
            module.bias.zero_()
    return net
