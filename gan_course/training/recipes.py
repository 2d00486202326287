"""A run described by a YAML file of configs/: what is trained, on which data, with which numbers.
`cli` carries it out.

There is one class for each kind of run, see KINDS; a file says its kind, and is of kind "images" if
it says none.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import yaml
from torch import nn

from gan_course import losses, penalties
from gan_course.config import TrainConfig, check_given
from gan_course.conv import ConvDiscriminator, ConvGenerator, DigitClassifier, dcgan_init
from gan_course.errors import GanCourseError
from gan_course.models import MLPDiscriminator, MLPGenerator, spectral_norm

LOSSES = {
    "non-saturating": losses.NonSaturating,
    "minimax": losses.Minimax,
    "least-squares": losses.LeastSquares,
    "hinge": losses.Hinge,
    "wasserstein": losses.Wasserstein,
    "relativistic": losses.Relativistic,
}


@dataclass(frozen=True)
class Recipe:
    """Everything that a run from the command line depends on. Fields that the chosen networks do
    not have are not looked at.
    """

    name: str
    """of the run: it lives in runs/NAME"""
    data: Literal["mnist", "fashion", "embedded"] = "mnist"
    """image set; "mnist" falls back to "embedded" where there is neither a copy nor a network"""
    networks: Literal["mlp", "conv", "classifier"] = "conv"
    """the pair to train, or the digit classifier"""
    hidden: tuple[int, ...] = (256, 512)
    """mlp: widths of G's hidden layers; D has them in reverse"""
    width: int = 32
    """conv, classifier: channels of the outermost layer"""
    blocks: int = 2
    """conv: doublings from the smallest map to the image"""
    upsample: Literal["transposed", "resize"] = "transposed"
    """conv: how G doubles the size"""
    condition: Literal["planes", "projection", "output", "auxiliary"] = "output"
    """conv: how D takes the label when train.num_classes > 0"""
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
    """D's steps from one R1 to the next (each that many times as strong)"""
    r2: float = 0.0
    """weight of R2; 0 for none"""
    gradient_penalty: float = 0.0
    """weight of the gradient penalty; 0 for none"""
    clip: float = 0.0
    """bound of D's weights after each step; 0 for none"""
    batch_size: int = 64
    """images of each kind in a step"""
    checkpoint_every: int = 500
    """steps between two checkpoints, each with a sheet of samples, the log, and a distance to the
    data
    """
    best_of: int = 2_000
    """samples of which each checkpoint's Fréchet distance to training images is measured; it says
    which is best. 0: none
    """
    train: TrainConfig = field(default_factory=TrainConfig)
    """the numbers of the training loop"""

    def __post_init__(self):
        check_given(self)
        check_name(self.name)
        for name in ("r1", "r2", "gradient_penalty", "clip"):
            if getattr(self, name) < 0:
                raise GanCourseError(
                    f"{name} is {getattr(self, name)}: a weight or bound must not be negative; 0 "
                    "means none"
                )
        for name in ("width", "blocks", "r1_every", "batch_size", "checkpoint_every"):
            if getattr(self, name) < 1:
                raise GanCourseError(f"{name} is {getattr(self, name)}: it must be at least 1")
        if self.best_of and self.best_of < 100:
            raise GanCourseError(
                f"best_of is {self.best_of}: a distance of fewer than 100 samples says nothing; 0 "
                "measures none"
            )
        if self.d_batch_norm and (self.gradient_penalty or self.r1 or self.r2):
            raise GanCourseError(
                "d_batch_norm couples the samples of a batch, a gradient penalty is a sample's "
                "own: choose one"
            )

    def asdict(self) -> dict:
        """Plain numbers, strings and lists, for YAML and JSON."""
        plain = asdict(self)
        plain["hidden"], plain["train"]["betas"] = list(self.hidden), list(self.train.betas)
        return plain

    def generator_arguments(self) -> dict:
        """The arguments that build G; they are stored beside its weights."""
        shared = {"latent_dim": self.train.latent_dim, "num_classes": self.train.num_classes}
        if self.networks == "mlp":
            return {**shared, "hidden": list(self.hidden), "batch_norm": True}
        return {**shared, "width": self.width, "blocks": self.blocks, "upsample": self.upsample}

    def build(self) -> tuple[nn.Module, nn.Module]:
        """G and D, untrained."""
        classes = self.train.num_classes
        if self.networks == "classifier":
            raise GanCourseError(
                "a classifier has no opponent: build it with DigitClassifier(width=...)"
            )
        if self.networks == "mlp":
            arguments = {**self.generator_arguments(), "hidden": tuple(self.hidden)}
            G, D = (
                MLPGenerator(**arguments),
                MLPDiscriminator(hidden=tuple(reversed(self.hidden)), num_classes=classes),
            )
        else:
            G = ConvGenerator(**self.generator_arguments())
            options = {
                "num_classes": classes,
                "condition": self.condition,
                "batch_norm": self.d_batch_norm,
            }
            D = ConvDiscriminator(width=self.width, blocks=self.blocks, **options)
        if self.init == "dcgan":
            dcgan_init(G), dcgan_init(D)
        return G, spectral_norm(D) if self.spectral_norm else D

    def classifier(self) -> DigitClassifier:
        """The digit classifier, untrained."""
        return DigitClassifier(width=self.width)

    def game(self) -> dict:
        """Loss, terms of both players and constraint, as `game.train` takes them."""
        terms = []
        if self.r1:
            terms.append(penalties.ZeroCentered(self.r1, "real", every=self.r1_every))
        if self.r2:
            terms.append(penalties.ZeroCentered(self.r2, "fake"))
        if self.gradient_penalty:
            terms.append(penalties.GradientPenalty(self.gradient_penalty))
        constrain, g_terms = penalties.clip_weights(self.clip) if self.clip else None, []
        if self.networks == "conv" and self.train.num_classes and self.condition == "auxiliary":
            terms.append(penalties.AuxiliaryClassifier(on="both"))
            g_terms.append(penalties.AuxiliaryClassifier(on="fake"))
        return {
            "loss": LOSSES[self.loss](),
            "penalties": terms,
            "constrain": constrain,
            "g_penalties": g_terms,
        }


@dataclass(frozen=True)
class PoemRecipe:
    """A recurrent network that learns to write lines like those of a file. Notebook 16."""

    name: str
    """of the run: it lives in runs/NAME"""
    kind: Literal["poems"] = "poems"
    """what tells this recipe from one for images"""
    poems: str | None = None
    """UTF-8 file, one poem a line; "grammar" for the course's own; null for
    $GAN_COURSE_DATA/poems/poems.txt, else the grammar
    """
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
    seed: int = 0
    """of weights, order of the poems, dropout and samples"""

    def __post_init__(self):
        check_given(self)
        check_name(self.name)
        for name in (
            "max_length",
            "embedding",
            "hidden",
            "layers",
            "batch_size",
            "steps",
            "write",
            "checkpoint_every",
        ):
            if getattr(self, name) < 1:
                raise GanCourseError(f"{name} is {getattr(self, name)}: it must be at least 1")
        for name in ("lr", "temperature"):
            if getattr(self, name) <= 0:
                raise GanCourseError(f"{name} is {getattr(self, name)}: it must be above 0")
        if not 0 <= self.dropout < 1:
            raise GanCourseError(f"dropout is {self.dropout}: it must be at least 0 and below 1")

    def asdict(self) -> dict:
        """Plain numbers and strings, for YAML and JSON."""
        return asdict(self)

    def network_arguments(self, vocabulary: int) -> dict:
        """The arguments that build the network; they are stored beside its weights."""
        sizes = {"embedding": self.embedding, "hidden": self.hidden, "layers": self.layers}
        return {"vocabulary": vocabulary, **sizes, "dropout": self.dropout}


KINDS = {"images": Recipe, "poems": PoemRecipe}


def kind_of(path: str | Path) -> str:
    """The kind of run that a YAML file describes. What is wrong with the file otherwise is left to
    the parser to say.
    """
    try:
        written = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return "images"
    kind = written.get("kind", "images") if isinstance(written, dict) else "images"
    if not isinstance(kind, str) or kind not in KINDS:
        raise GanCourseError(f"{path}: kind is {kind!r}; there are {', '.join(KINDS)}")
    return kind


def check_name(name: str) -> None:
    """Raise GanCourseError unless a run may be called so."""
    if not name or Path(name).name != name:
        raise GanCourseError(
            f"name is {name!r}: it names a folder in runs/, so it must not be empty or hold a slash"
        )
