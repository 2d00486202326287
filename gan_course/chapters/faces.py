"""Experiments on the cartoon faces: few pictures, attributes counted, two labels. Notebook 21."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from gan_course import data, game, losses, metrics, penalties
from gan_course.chapters.augment import Augmented
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.images import Attribute

RECIPE = TrainConfig(
    steps=1_500, lr_g=4e-3, lr_d=4e-3, betas=(0.0, 0.99), average=0.999, channels_last=True
)
WIDTH, BATCH = 16, 64
HELD_OUT = ("blue", "glasses")  # of "hair colour" and "with glasses"


def train(
    faces: data.ImageSet,
    config: TrainConfig,
    policy: tuple[str, ...] = (),
    pair: tuple[nn.Module, nn.Module] | None = None,
    callbacks: Sequence[Callable[[game.State], object]] = (),
) -> game.Run:
    """A GAN on faces of 32 x 32 (three blocks) or 16 x 16 (two). R1 of weight 1 each 16th step.

    policy: of differentiable augmentation, () for none. pair: other players than the plain ones.
    The run's `discriminator` comes without what augments its images.
    """
    torch.manual_seed(config.seed)
    shape = tuple(faces.images.shape[1:])
    blocks = int(math.log2(shape[1] // 4))
    if pair is None:
        G = ConvGenerator(config.latent_dim, shape, WIDTH, blocks)
        pair = G, ConvDiscriminator(shape, WIDTH, blocks)
    G, D = pair
    player = Augmented(D, policy) if policy else D
    batches = data.batches(faces, BATCH, config.seed)
    r1 = penalties.ZeroCentered(1.0, every=16)
    run = game.train(G, player, batches, losses.NonSaturating(), config, [r1], callbacks=callbacks)
    return replace(run, discriminator=D)


def small(faces: data.ImageSet) -> data.ImageSet:
    """The same faces as 16 x 16: nothing is lost, since they were drawn on that grid."""
    return replace(faces, images=faces.images[:, :, ::2, ::2].contiguous())


def large(images: Tensor) -> Tensor:
    """(N, 3, 16, 16) -> (N, 3, 32, 32): each pixel becomes four, as in the data. 32 stays 32."""
    if images.shape[2] == 32:
        return images
    return images.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)


# --- what the ground truth knows ------------------------------------------------------------------
def some(faces: data.ImageSet, size: int, seed: int) -> tuple[data.ImageSet, data.ImageSet]:
    """`size` faces, chosen by the seed, and 2,000 of the others."""
    order = torch.randperm(len(faces), generator=torch.Generator().manual_seed(seed))
    return faces.take(order[:size]), faces.take(order[size : size + 2000])


def table(faces: data.ImageSet) -> Tensor:
    """The attributes' values side by side, (N, attributes) int64."""
    return torch.stack([known.values for known in faces.attributes.values()], dim=1)


def read_table(read: dict[str, Tensor]) -> Tensor:
    """The same of what the attribute reader says: name -> (N,)."""
    return torch.stack(list(read.values()), dim=1)


def copied(read: Tensor, known: Tensor) -> float:
    """Share of the rows of read (N, A) that are also a row of known (M, A): no value differs."""
    seen = {tuple(row) for row in known.tolist()}
    return sum(tuple(row) in seen for row in read.tolist()) / len(read)


@torch.no_grad()
def memory(D: nn.Module, seen: Tensor, unseen: Tensor) -> float:
    """How often D scores a face that it was trained on above one that it never saw; .5 is luck.

    Over all pairs of an image of seen (N, C, H, W) and one of unseen (M, C, H, W); ties count half.
    """
    higher = D(seen)[:, None] - D(unseen)[None]
    return float((higher.sign().mean() + 1) / 2)


def under_a_hat(faces: data.ImageSet) -> Tensor:
    """(hair styles,) of booleans: which of them occur below a hat in these faces."""
    hair, hat = faces.attributes["hair"], faces.attributes["hat"]
    counts = hair.values[hat.values > 0].bincount(minlength=len(hair.names))
    return counts > 0


# --- two labels at once ---------------------------------------------------------------------------
def with_glasses(faces: data.ImageSet) -> data.ImageSet:
    """Another attribute: glasses of any kind, or none. Labels: hair colour, then glasses."""
    worn = (faces.attributes["glasses"].values > 0).long()
    known = Attribute(worn, ("no glasses", "glasses"))
    more = replace(faces, attributes={**faces.attributes, "with glasses": known})
    return more.labelled("hair colour", "with glasses")


class PerAttribute(nn.Module):
    """The one-hot of a combination (N, K) -> one-hots of its attributes side by side (N, sum).

    sizes: how many values each attribute has; K is their product, the last varies fastest.
    """

    def __init__(self, sizes: Sequence[int]):
        super().__init__()
        places = torch.arange(math.prod(sizes))
        parts: list[Tensor] = []
        for size in reversed(sizes):
            parts.insert(0, one_hot(places % size, size))
            places = places // size
        self.register_buffer("table", torch.cat(parts, dim=1).float())

    def forward(self, combination: Tensor) -> Tensor:
        return combination @ self.table


class SharedVectors(nn.Module):
    """Features (N, size) -> a product with a vector of each combination (N, K).

    That vector is the sum of one vector for each of the combination's attributes.
    """

    def __init__(self, size: int, sizes: Sequence[int]):
        super().__init__()
        self.vectors = nn.Linear(size, sum(sizes), bias=False)
        self.attributes = PerAttribute(sizes)

    def forward(self, features: Tensor) -> Tensor:
        return self.vectors(features) @ self.attributes.table.T


def conditional_pair(
    latent_dim: int, sizes: Sequence[int], per_attribute: bool
) -> tuple[nn.Module, nn.Module]:
    """G and D (projection) for small faces whose labels are combinations of attributes.

    sizes: how many values each attribute has. per_attribute: both players see the attributes; else
    both see the combination as one class of many.
    """
    classes, shape = math.prod(sizes), (3, 16, 16)
    extra = sum(sizes) if per_attribute else 0
    G = ConvGenerator(latent_dim, shape, WIDTH, num_classes=classes, label_dim=extra)
    D = ConvDiscriminator(shape, WIDTH, num_classes=classes, condition="projection")
    if per_attribute:
        G.embed = PerAttribute(sizes)
        D.classes = SharedVectors(D.score.in_features, sizes)
    return G, D


# --- rows -----------------------------------------------------------------------------------------
def shares(values: Tensor, count: int) -> list[float]:
    """How often each value was read, to four decimals."""
    counts = values.bincount(minlength=count)
    return [round(float(n) / len(values), 4) for n in counts]


def describe(
    images: Tensor,
    read: Callable[[Tensor], tuple[Tensor, dict[str, Tensor]]],
    few: data.ImageSet,
    others: data.ImageSet,
) -> dict:
    """Generated faces, as the attribute reader sees them, beside those that G was trained on.

    read: `pretrained.read_attributes`. frechet_distance: to the others, in the reader's features.
    copied: all ten attributes are those of one training face. pixel_copies: see
    `metrics.memorisation`. hats: share with a hat; impossible: of those, the share on hair that
    never occurs below one. shares: of each attribute's values.
    """
    features, values = read(large(images))
    real, _ = read(large(others.images))
    distance = metrics.frechet_distance(*metrics.statistics(real), *metrics.statistics(features))
    flat = (x.flatten(1) for x in (images, few.images, others.images))
    hat = values["hat"] > 0
    allowed = under_a_hat(others)[values["hair"]]
    counted = {}
    for name, known in few.attributes.items():
        counted[name] = shares(values[name], len(known.names))
    return {
        "frechet_distance": round(distance, 3),
        "copied": round(copied(read_table(values), table(few)), 4),
        "pixel_copies": round(metrics.memorisation(*flat).copies, 4),
        "hats": round(float(hat.float().mean()), 4),
        "impossible": round(float((hat & ~allowed).sum() / hat.sum().clamp(min=1)), 4),
        "shares": counted,
    }


def obeyed(
    G: nn.Module,
    classes: Sequence[str],
    read: Callable[[Tensor], tuple[Tensor, dict[str, Tensor]]],
    seed: int,
    each: int = 200,
) -> dict:
    """Share of the faces that are read as they were asked for, of each class of `with_glasses`.

    each: faces asked of a class. both, hair, worn: dictionaries, class -> share.
    """
    labels = torch.arange(len(classes)).repeat_interleave(each)
    stream = torch.Generator().manual_seed(seed)
    z = torch.randn(len(labels), G.latent_dim, generator=stream)
    _, values = read(large(game.sample(G, z, labels)))
    hair = values["hair colour"] == labels // 2
    worn = (values["glasses"] > 0).long() == labels % 2
    found = {"both": hair & worn, "hair": hair, "worn": worn}
    counted = {}
    for name, right in found.items():
        share = right.view(-1, each).float().mean(dim=1).tolist()
        counted[name] = {called: round(value, 4) for called, value in zip(classes, share)}
    return counted
