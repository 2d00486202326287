"""What a run trains, on which data, with which numbers: one class for each kind of run, see KINDS.

`reading` makes a recipe from a YAML file of configs/, `cli` carries it out.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal

from torch import nn

from gan_course import losses, penalties
from gan_course.chapters import inpainting, seqgan, sounds
from gan_course.chapters.style_based import MAP_RATE, StyleGenerator
from gan_course.config import TrainConfig, check_given
from gan_course.conv import ConvDiscriminator, ConvGenerator, dcgan_init
from gan_course.errors import GanCourseError
from gan_course.folders import FEW
from gan_course.models import MLPDiscriminator, MLPGenerator, spectral_norm

LOSSES = {
    "non-saturating": losses.NonSaturating,
    "minimax": losses.Minimax,
    "least-squares": losses.LeastSquares,
    "hinge": losses.Hinge,
    "wasserstein": losses.Wasserstein,
    "relativistic": losses.Relativistic,
}
# what Windows takes for a device, whatever follows a dot
DEVICES = {"CON", "PRN", "AUX", "NUL"}
DEVICES |= {f"{kind}{k}" for kind in ("COM", "LPT") for k in range(10)}
DIGIT = (1, 28, 28)  # channels, height and width
NUMBERS = TrainConfig(precision="auto")  # of a recipe that says no others
# of a game of poems: rollouts from the end of each verse, and a price for leaving the likelihood
VERSES = seqgan.Rules(
    g_batch=128, g_lr=1e-3, rollouts=4, every=6, kl=0.03, d_batch=128, d_lr=2e-3, d_pretrain=800
)


@dataclass(frozen=True)
class Recipe:
    """A game on images, or the digit classifier. Some fields are of some networks alone: UNUSED."""

    name: str
    """of the run: it lives in runs/NAME"""
    kind: Literal["images"] = "images"
    """what tells the recipes apart"""
    data: str = "mnist"
    """mnist, fashion, faces, embedded (the last two need no download), or a folder of pictures"""
    size: int = 0
    """pixels a side; 0 leaves the images as they are, and makes a folder's 64 x 64"""
    channels: int = 0
    """1 for grey, 3 for colour; 0 as they are"""
    networks: Literal["mlp", "conv", "style", "classifier"] = "conv"
    """the pair to train (style: a style-based G, the D of conv), or the classifier of digits, or of
    the faces' attributes"""
    hidden: tuple[int, ...] = (256, 512)
    """mlp: widths of G's hidden layers"""
    d_hidden: tuple[int, ...] = ()
    """mlp: widths of D's hidden layers; none given: those of G in reverse"""
    width: int = 32
    """conv, classifier: channels of the outermost layer; style: of G's layer of 16 x 16"""
    blocks: int = 0
    """conv: doublings from the smallest map to the image; 0: from one of 4 to 7 pixels a side"""
    upsample: Literal["transposed", "resize"] = "transposed"
    """conv: how G doubles the size"""
    condition: Literal["planes", "projection", "output", "auxiliary", "clusters"] = "output"
    """conv: how D takes the label when train.num_classes > 0; clusters: as output, with labels from
    k-means on the images, train.num_classes of them"""
    label_dim: int = 0
    """conv: size of G's learned vector for each label; 0 gives it the one-hot"""
    d_batch_norm: bool = False
    """conv: batch norm in D, as DCGAN has it; not with a gradient penalty"""
    init: Literal["torch", "dcgan"] = "torch"
    """torch's default initialisation, or N(0, 0.02)"""
    spectral_norm: bool = False
    """divide D's weights by their largest singular value"""
    loss: Literal[
        "non-saturating", "minimax", "least-squares", "hinge", "wasserstein", "relativistic"
    ] = "non-saturating"
    """what the players minimise"""
    r1: float = 0.0
    """weight of R1; 0 for none"""
    r1_every: int = 1
    """D's steps from one R1, and R2, to the next (each that many times as strong)"""
    r2: float = 0.0
    """weight of R2; 0 for none"""
    gradient_penalty: float = 0.0
    """weight of the gradient penalty; 0 for none"""
    clip: float = 0.0
    """bound of D's weights after each step; 0 for none"""
    augment: Literal["auto", "none", "differentiable"] = "auto"
    """what D sees: the images as they are, or moved, cut, lighter or darker; auto: under 2,000"""
    batch_size: int = 64
    """images of each kind in a step"""
    checkpoint_every: int = 500
    """steps between two checkpoints, each with a sheet of samples, the log and a distance"""
    best_of: int = 2_000
    """samples whose Fréchet distance says which checkpoint is best; 0 measures none"""
    seconds: float = 0.0
    """of training, turned once into steps by measuring this machine; 0: train.steps decides"""
    train: TrainConfig = NUMBERS
    """the numbers of the training loop"""

    def __post_init__(self):
        check_given(self)
        check_name(self.name)
        check_least(self, 0, "r1", "r2", "gradient_penalty", "clip", "seconds", "size", "blocks")
        check_least(self, 1, "width", "r1_every", "batch_size", "checkpoint_every")
        check_choice(self, "channels", (0, 1, 3))
        if self.best_of and self.best_of < 100:
            raise GanCourseError(
                f"best_of is {self.best_of}: a distance of fewer than 100 samples says nothing; "
                "0 measures none"
            )
        if self.condition == "clusters" and (self.networks != "conv" or not self.train.num_classes):
            raise GanCourseError(
                "condition: clusters needs networks: conv, and train.num_classes: how many clusters"
            )
        if self.networks == "style" and self.train.num_classes:
            raise GanCourseError(
                "networks: style takes no labels: leave train.num_classes at 0, or take conv"
            )
        if self.augment == "differentiable" and self.condition == "auxiliary":
            raise GanCourseError(
                "augment: differentiable does not go with condition: auxiliary, whose classifier "
                "sees the images as they are: take another condition, such as projection"
            )
        if self.d_batch_norm and (self.gradient_penalty or self.r1 or self.r2):
            raise GanCourseError(
                "d_batch_norm couples the samples of a batch, a gradient penalty is a sample's "
                "own: choose one"
            )

    def generator_arguments(
        self, label_shares: tuple[float, ...] = (), shape: tuple[int, ...] = DIGIT
    ) -> dict:
        """The arguments that build G; they are stored beside its weights.

        label_shares: of `clusters.shares`, in a game on clusters. shape: (C, H, W) of an image.
        """
        shared = {"latent_dim": self.train.latent_dim, "shape": list(shape)}
        if self.networks == "style":
            sizes = {"width": self.width, "blocks": self.doublings(shape)}
            return {**shared, **sizes, "map_rate": MAP_RATE}  # the weights are stored for it
        shared["num_classes"] = self.train.num_classes
        if self.networks == "mlp":
            return {**shared, "hidden": list(self.hidden), "batch_norm": True}
        sizes = {"width": self.width, "blocks": self.doublings(shape), "label_dim": self.label_dim}
        labels = {"label_shares": label_shares} if label_shares else {}
        return {**shared, **sizes, "upsample": self.upsample, **labels}

    def augments(self, images: int) -> bool:
        """Whether D sees so many images augmented."""
        few = images < FEW and self.condition != "auxiliary"
        return self.augment == "differentiable" or (self.augment == "auto" and few)

    def doublings(self, shape: tuple[int, ...]) -> int:
        """The blocks of convolutional networks for images (C, H, W)."""
        return self.blocks or max(1, math.ceil(math.log2(shape[1] / 7)))

    def build(
        self, label_shares: tuple[float, ...] = (), shape: tuple[int, ...] = DIGIT
    ) -> tuple[nn.Module, nn.Module]:
        """G and D, untrained. Arguments: see `generator_arguments`."""
        if self.networks == "classifier":
            raise GanCourseError(
                "a classifier has no opponent: build it with DigitClassifier(width=...)"
            )
        arguments = {**self.generator_arguments(label_shares, shape), "shape": shape}
        classes = self.train.num_classes
        if self.networks == "mlp":
            G = MLPGenerator(**{**arguments, "hidden": self.hidden})
            hidden = self.d_hidden or self.hidden[::-1]
            D = MLPDiscriminator(shape, hidden, num_classes=classes)
        else:
            G = (StyleGenerator if self.networks == "style" else ConvGenerator)(**arguments)
            D = ConvDiscriminator(
                shape,
                width=self.width,
                blocks=self.doublings(shape),
                num_classes=classes,
                condition="output" if self.condition == "clusters" else self.condition,
                batch_norm=self.d_batch_norm,
            )
        if self.init == "dcgan":
            dcgan_init(G)
            dcgan_init(D)
        return G, spectral_norm(D) if self.spectral_norm else D

    def game(self) -> dict:
        """Loss, terms of both players and constraint, as `game.train` takes them."""
        terms, g_terms = [], []
        if self.r1:
            terms.append(penalties.ZeroCentered(self.r1, "real", every=self.r1_every))
        if self.r2:
            terms.append(penalties.ZeroCentered(self.r2, "fake", every=self.r1_every))
        if self.gradient_penalty:
            terms.append(penalties.GradientPenalty(self.gradient_penalty))
        if self.networks == "conv" and self.train.num_classes and self.condition == "auxiliary":
            terms.append(penalties.AuxiliaryClassifier(on="both"))
            g_terms.append(penalties.AuxiliaryClassifier(on="fake"))
        return {
            "loss": LOSSES[self.loss](),
            "penalties": terms,
            "constrain": penalties.clip_weights(self.clip) if self.clip else None,
            "g_penalties": g_terms,
        }


@dataclass(frozen=True)
class PoemRecipe:
    """A recurrent network that learns to write lines like those of a file. Notebook 16."""

    name: str
    """of the run: it lives in runs/NAME"""
    kind: Literal["poems"] = "poems"
    """what tells the recipes apart"""
    poems: str | None = None
    """UTF-8 file, one poem a line; or "grammar"; null: poems/poems.txt in the data's folder"""
    max_length: int = 24
    """characters of the longest line, without the start and end tokens"""
    embedding: int = 128
    """numbers that stand for a character"""
    hidden: int = 256
    """width of each LSTM layer"""
    layers: int = 2
    """LSTM layers"""
    dropout: float = 0.5
    """on the embedding, between the layers and before the output"""
    lr: float = 1e-3
    """Adam's learning rate"""
    batch_size: int = 64
    """poems in a step"""
    steps: int = 2_000
    """updates"""
    temperature: float = 1.0
    """of the poems that are written: below 1 safer, above 1 bolder"""
    write: int = 20
    """poems written at each checkpoint"""
    checkpoint_every: int = 100
    """steps between two checkpoints"""
    seconds: float = 0.0
    """of training, turned once into steps by measuring this machine; 0: steps decides"""
    seed: int = 0
    """of weights, order of the poems, dropout and samples"""
    adversarial: seqgan.Rules = VERSES
    """a game against a discriminator after the steps of likelihood"""

    def __post_init__(self):
        check_given(self)
        check_name(self.name)
        check_least(self, 1, "max_length", "embedding", "hidden", "layers")
        check_least(self, 1, "batch_size", "steps", "write", "checkpoint_every")
        check_least(self, 0, "seconds")
        for name in ("lr", "temperature"):
            if getattr(self, name) <= 0:
                raise GanCourseError(f"{name} is {getattr(self, name)}: it must be above 0")
        if not 0 <= self.dropout < 1:
            raise GanCourseError(f"dropout is {self.dropout}: it must be at least 0 and below 1")

    def network_arguments(self, vocabulary: int) -> dict:
        """The arguments that build the network; they are stored beside its weights."""
        sizes = {"embedding": self.embedding, "hidden": self.hidden, "layers": self.layers}
        return {"vocabulary": vocabulary, **sizes, "dropout": self.dropout}


@dataclass(frozen=True)
class SoundRecipe:
    """A generator of short sounds against a critic, see `chapters.sounds`. Notebook 17."""

    name: str
    """of the run: it lives in runs/NAME"""
    kind: Literal["sounds"] = "sounds"
    """what tells the recipes apart"""
    variant: str = "waves and spectra"
    """what the critic gets: a name of chapters.sounds.VARIANTS"""
    width: int = 8
    """channels of G before its last layer, and of the critic after its first"""
    sounds: int = 6_000
    """training sounds"""
    checkpoint_every: int = 500
    """steps between two checkpoints"""
    seconds: float = 0.0
    """of training, turned once into steps by measuring this machine; 0: train.steps decides"""
    train: TrainConfig = NUMBERS
    """the numbers of the training loop; num_classes follows from the variant"""

    def __post_init__(self):
        check_given(self)
        check_name(self.name)
        check_least(self, 0, "seconds")
        check_least(self, 1, "width", "checkpoint_every")
        check_least(self, sounds.BATCH, "sounds")
        check_choice(self, "variant", sounds.VARIANTS)


@dataclass(frozen=True)
class InpaintingRecipe:
    """A network that fills or sharpens pictures, see `chapters.inpainting`. Notebook 13."""

    name: str
    """of the run: it lives in runs/NAME"""
    kind: Literal["inpainting"] = "inpainting"
    """what tells the recipes apart"""
    data: Literal["mnist", "fashion", "embedded", "faces"] = "mnist"
    """image set; the last two need no download"""
    task: str = "fill anywhere"
    """what is hidden: a name of chapters.inpainting.TASKS"""
    weight: float = 10.0
    """of the mean squared error beside the game's loss"""
    blocks: int = 3
    """halvings of D; 1, 2, 3 give it patches of 8, 18, 38 pixels"""
    checkpoint_every: int = 1_000
    """steps between two checkpoints"""
    seconds: float = 0.0
    """of training, turned once into steps by measuring this machine; 0: train.steps decides"""
    train: TrainConfig = NUMBERS
    """the numbers of the training loop; given is always true"""

    def __post_init__(self):
        check_given(self)
        check_name(self.name)
        check_least(self, 0, "weight", "seconds")
        check_least(self, 1, "blocks", "checkpoint_every")
        check_choice(self, "task", inpainting.TASKS)


@dataclass(frozen=True)
class FlowRecipe:
    """A network that takes noise to images, see `chapters.diffusion`. Notebook 18."""

    name: str
    """of the run: it lives in runs/NAME"""
    kind: Literal["flow"] = "flow"
    """what tells the recipes apart"""
    data: str = "mnist"
    """mnist, fashion, embedded: images with labels, whose sides are multiples of 4"""
    width: int = 32
    """channels, a multiple of 8; twice as many where the image is smallest"""
    fine: int = 1
    """blocks on the way down, and as many on the way up"""
    coarse: int = 3
    """blocks where the image is smallest"""
    lr: float = 2e-3
    """Adam's learning rate; in the second half of the steps it falls to a twentieth"""
    average: float = 0.9999
    """decay of the weight average per step, with warm-up"""
    precision: Literal["fp32", "bf16"] = "fp32"
    """of the network's convolutions"""
    batch_size: int = 128
    """images in a step"""
    steps: int = 10_000
    """updates"""
    checkpoint_every: int = 500
    """steps between two checkpoints, each with a sheet of samples"""
    seconds: float = 0.0
    """of training, turned once into steps by measuring this machine; 0: steps decides"""
    seed: int = 0
    """of weights, order of the images, times and noise"""

    def __post_init__(self):
        check_given(self)
        check_name(self.name)
        check_least(self, 1, "width", "batch_size", "steps", "checkpoint_every")
        check_least(self, 0, "fine", "coarse", "seconds")
        if self.lr <= 0:
            raise GanCourseError(f"lr is {self.lr}: it must be above 0")
        if not 0 < self.average < 1:
            raise GanCourseError(f"average is {self.average}: it must be between 0 and 1")

    def network_arguments(self, images) -> dict:
        """The arguments that build the network for an `ImageSet`; they are stored beside it."""
        sizes = {"width": self.width, "fine": self.fine, "coarse": self.coarse}
        shape = list(images.images.shape[1:])
        return {"shape": shape, "num_classes": len(images.classes), **sizes}


AnyRecipe = Recipe | PoemRecipe | SoundRecipe | InpaintingRecipe | FlowRecipe
KINDS = {
    "images": Recipe,
    "poems": PoemRecipe,
    "sounds": SoundRecipe,
    "inpainting": InpaintingRecipe,
    "flow": FlowRecipe,
}


CONV = ("width", "blocks", "upsample", "condition", "label_dim", "d_batch_norm")
TERMS = ("r1", "r1_every", "r2", "gradient_penalty", "clip")
GAME = ("init", "spectral_norm", "loss", *TERMS, "augment")
UNUSED = {  # the fields that these networks do not look at
    "mlp": CONV,
    "conv": ("hidden", "d_hidden"),
    "style": ("hidden", "d_hidden", *CONV[1:]),
    "classifier": ("hidden", "d_hidden", *CONV[1:], *GAME, "best_of"),
}


def unused(recipe: AnyRecipe) -> tuple[str, ...]:
    """The fields of the recipe that change nothing, as its networks do not look at them."""
    return UNUSED[recipe.networks] if isinstance(recipe, Recipe) else ()


def plain(recipe: AnyRecipe) -> dict:
    """The fields as numbers, strings, lists and dicts, for YAML and JSON."""
    return json.loads(json.dumps(asdict(recipe)))  # tuples become lists


def shown(recipe: AnyRecipe) -> dict:
    """The same without the unused ones."""
    return {name: value for name, value in plain(recipe).items() if name not in unused(recipe)}


def check_name(name: str) -> None:
    """Raise GanCourseError unless a run may be called so: its folder may move to any system."""
    whole = all(system(name).name == name for system in (PurePosixPath, PureWindowsPath))
    device = name.split(".")[0].rstrip().upper() in DEVICES
    if not name or not whole or device or set(name) & set('<>:"|?*') or name[-1] in ". ":
        raise GanCourseError(
            f"name is {name!r}: it names a folder in runs/, on Windows too. So it must not be "
            'empty, hold a slash or one of < > : " | ? *, end in a dot or a space, or be the name '
            "of a device such as con"
        )


def check_least(recipe: AnyRecipe, least: int, *names: str) -> None:
    """Raise GanCourseError if one of these fields is lower."""
    for name in names:
        if getattr(recipe, name) < least:
            raise GanCourseError(f"{name} is {getattr(recipe, name)}: it must be at least {least}")


def check_choice(recipe: AnyRecipe, name: str, choices) -> None:
    """Raise GanCourseError unless the field is one of the choices."""
    if getattr(recipe, name) not in choices:
        raise GanCourseError(
            f"{name} is {getattr(recipe, name)!r}: it must be one of {', '.join(map(str, choices))}"
        )
