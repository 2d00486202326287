"""A style-based generator, what its parts are worth, and its space W. Notebook 22."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course import data, game, losses, metrics, penalties, pretrained
from gan_course.chapters.faces import large
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.errors import GanCourseError
from gan_course.models import check_input

PARTS = ("mapping", "slow mapping", "mixing", "constant", "noise", "demodulation", "skips")
RECIPE = TrainConfig(
    steps=1_000_000,  # `train` stops by the clock
    lr_g=1e-3,
    lr_d=4e-3,
    betas=(0.0, 0.99),
    average=0.999,
    channels_last=True,
)
PLAIN = replace(RECIPE, lr_g=4e-3)  # the plain generator's rates in notebook 21
WIDTH, BATCH, EVERY, WEIGHT = 16, 64, 16, 1.0
MAP_RATE = 0.05  # of the mapping, beside the rest of G
TO_FLOOR = 0.1  # the learning rates fall to this share of their start


class Modulated(nn.Module):
    """A convolution whose input channels a style makes stronger or weaker, sample by sample.

    Karras et al. 2020. demodulate: divide each output channel by the length of its
    scaled kernel, so that it keeps its variance. x (N, n_in, H, W), w (N, latent_dim).
    """

    def __init__(
        self, n_in: int, n_out: int, kernel: int, latent_dim: int, demodulate: bool = True
    ):
        super().__init__()
        self.style = nn.Linear(latent_dim, n_in)
        nn.init.ones_(self.style.bias)  # at first all channels are about as strong as they were
        self.weight = nn.Parameter(torch.randn(n_out, n_in, kernel, kernel))
        with torch.no_grad():
            self.weight /= math.sqrt(n_in * kernel**2)
        self.demodulate = demodulate

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        scale = self.style(w)  # (N, n_in)
        # scaling the input is scaling the kernel's input channels, and needs no kernel a sample
        y = F.conv2d(x * scale[:, :, None, None], self.weight, padding=self.weight.shape[2] // 2)
        if self.demodulate:
            power = self.weight.square().sum(dim=(2, 3))  # (n_out, n_in)
            length = (scale.square() @ power.T + 1e-8).sqrt()  # (N, n_out), of the scaled kernels
            y = y / length[:, :, None, None]
        return y


class StyleLayer(nn.Module):
    """Double the size where `double`, modulated convolution of 3 x 3, noise, bias, leaky ReLU.

    side: of the maps that come out. noisy: add a map of normal noise, of learned strength; a fresh
    one for each sample in training, always the same one in eval mode.
    """

    def __init__(
        self,
        n_in: int,
        n_out: int,
        side: int,
        latent_dim: int,
        double: bool,
        demodulate: bool,
        noisy: bool,
    ):
        super().__init__()
        self.conv = Modulated(n_in, n_out, 3, latent_dim, demodulate)
        self.bias = nn.Parameter(torch.zeros(n_out))
        self.double, self.noisy = double, noisy
        if noisy:
            self.strength = nn.Parameter(torch.zeros(1))
            self.register_buffer("noise", torch.randn(side, side))

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        if self.double:
            x = F.interpolate(x, scale_factor=2)  # nearest neighbours
        x = self.conv(x, w)
        if self.noisy:
            noise = self.noise
            if self.training:
                noise = torch.randn(len(x), 1, *x.shape[2:], device=x.device)
            x = x + self.strength * noise
        return math.sqrt(2) * F.leaky_relu(x + self.bias[:, None, None], 0.2)


class SlowLinear(nn.Linear):
    """A linear layer whose weights an optimiser such as Adam moves `rate` times as fast as others.

    They are stored 1 / rate times as large as they are used: a step of the stored ones is a step
    `rate` times as large (the equalised learning rate of Karras et al. 2018).
    """

    def __init__(self, n_in: int, n_out: int, rate: float):
        super().__init__(n_in, n_out)
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        return self.rate * super().forward(x)


class StyleGenerator(nn.Module):
    """Latent vectors to square images by way of W (Karras et al. 2019, 2020), small and plain.

    `mapping` turns z into w; `synthesis` draws from one w for each of the `layers`: the first at
    4 x 4, each further one at twice the side. Each layer adds a picture of its size to the enlarged
    one before it. width: channels at 16 x 16; twice as many at half the side. blocks: doublings.
    depth: linear layers of the mapping, which learns `map_rate` times as fast. without: of PARTS,
    those that are left out: "mapping": w is z, normalised; "slow mapping": it learns as fast as the
    rest; "mixing": all layers get one w in training; "constant": the first map is a linear function
    of w, and not one that is learned and always the same; "noise", "demodulation"; "skips": only
    the last layer draws.
    """

    num_classes = 0

    def __init__(
        self,
        latent_dim: int = 64,
        shape: tuple[int, int, int] = (3, 32, 32),
        width: int = 16,
        blocks: int = 3,
        depth: int = 3,
        map_rate: float = MAP_RATE,
        without: Sequence[str] = (),
    ):
        super().__init__()
        if tuple(shape[1:]) != (4 * 2**blocks, 4 * 2**blocks):
            raise GanCourseError(
                f"{blocks} doublings of 4 x 4 make {4 * 2**blocks} pixels a side; the shape is "
                f"{tuple(shape)}"
            )
        unknown = set(without) - set(PARTS)
        if unknown:
            raise GanCourseError(f"no part is called {unknown}; there are {', '.join(PARTS)}")
        self.latent_dim, self.shape, self.layers = latent_dim, tuple(shape), blocks + 1
        self.without = tuple(without)
        rate = 1.0 if "slow mapping" in without else map_rate
        linear: list[nn.Module] = []
        for _ in range(0 if "mapping" in without else depth):
            slow = SlowLinear(latent_dim, latent_dim, rate)
            # keeps the size of w: with torch's default it shrinks so far that all faces start alike
            nn.init.kaiming_normal_(slow.weight, a=0.2)
            with torch.no_grad():
                slow.weight /= rate
                slow.bias /= rate
            linear += [slow, nn.LeakyReLU(0.2)]
        self.map = nn.Sequential(*linear)
        channels = [max(4, 4 * width // 2**i) for i in range(self.layers)]
        self.start: nn.Module | None = None
        if "constant" in without:
            map_of = nn.Unflatten(1, (channels[0], 4, 4))
            self.start = nn.Sequential(nn.Linear(latent_dim, 16 * channels[0]), map_of)
        else:
            self.constant = nn.Parameter(torch.randn(1, channels[0], 4, 4))
        demodulate, noisy = "demodulation" not in without, "noise" not in without
        self.blocks, self.pictures = nn.ModuleList(), nn.ModuleList()
        for i, n_out in enumerate(channels):
            n_in, side = channels[max(0, i - 1)], 4 * 2**i
            layer = StyleLayer(n_in, n_out, side, latent_dim, i > 0, demodulate, noisy)
            self.blocks.append(layer)
            if "skips" not in without or i == blocks:
                picture = Modulated(n_out, shape[0], 1, latent_dim, demodulate=False)
                with torch.no_grad():  # the sum of all pictures begins in the middle of tanh
                    picture.weight /= self.layers
                self.pictures.append(picture)
        self.colour = nn.Parameter(torch.zeros(shape[0]))  # of a picture to which nothing is added

    @property
    def net(self) -> "StyleGenerator":
        """Itself: what a `Mixer` has too."""
        return self

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """All layers take their w from the whole input."""
        return (tuple(range(self.layers)),)

    @torch.no_grad()
    def mean_w(self, draws: int = 4_096) -> Tensor:
        """The mean of w (latent_dim,) over that many z: the centre of truncation."""
        device = next(self.parameters()).device
        z = torch.randn(draws, self.latent_dim, generator=torch.Generator().manual_seed(0))
        return self.mapping(z.to(device)).mean(dim=0)

    def mapping(self, z: Tensor) -> Tensor:
        """z (N, latent_dim) to w (N, latent_dim). Only the direction of z counts."""
        check_input(z, (self.latent_dim,), "z")
        return self.map(normalised(z))

    def synthesis(self, ws: Tensor) -> Tensor:
        """A w for each layer (N, layers, latent_dim) to images (N, *shape)."""
        check_input(ws, (self.layers, self.latent_dim), "ws")
        if self.start is None:
            x = self.constant.expand(len(ws), -1, -1, -1)
        else:
            x = self.start(ws[:, 0])
        picture = self.colour[:, None, None]
        drawn = self.layers - len(self.pictures)  # the first layer that draws
        for i, layer in enumerate(self.blocks):
            x = layer(x, ws[:, i])
            if i > drawn:
                picture = F.interpolate(picture, scale_factor=2)
            if i >= drawn:
                picture = picture + self.pictures[i - drawn](x, ws[:, i])
        return torch.tanh(picture)

    def forward(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        w = self.mapping(z)
        ws = w[:, None].expand(-1, self.layers, -1)
        if self.training and "mixing" not in self.without:
            ws = self.mixed(w)
        return self.synthesis(ws)

    def mixed(self, w: Tensor, share: float = 0.9) -> Tensor:
        """Style mixing (Karras et al. 2019, section 3.1): (N, d) to a w a layer (N, layers, d).

        In that share of the samples the layers from a random one on get the w of the neighbour in
        the batch.
        """
        n, layers = len(w), self.layers
        crossing = torch.randint(1, layers, (n, 1), device=w.device)
        crossing[torch.rand(n, device=w.device) >= share] = layers
        own = torch.arange(layers, device=w.device) < crossing  # (N, layers)
        return torch.where(own[:, :, None], w[:, None], w.roll(1, dims=0)[:, None])


class Mixer(nn.Module):
    """A style-based generator that takes a z for each group of layers: (N, groups * latent_dim)."""

    num_classes = 0

    def __init__(self, net: StyleGenerator, groups: Sequence[Sequence[int]] = ((0,), (1,), (2, 3))):
        super().__init__()
        self.net, self.groups, self.shape = net, groups, net.shape
        self.latent_dim = len(groups) * net.latent_dim

    def forward(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        check_input(z, (self.latent_dim,), "z")
        parts = z.chunk(len(self.groups), dim=1)
        ws = z.new_empty(len(z), self.net.layers, self.net.latent_dim)
        for part, group in zip(parts, self.groups):
            ws[:, list(group)] = self.net.mapping(part)[:, None]
        return self.net.synthesis(ws)


def normalised(z: Tensor) -> Tensor:
    """Each z at length sqrt(latent_dim)."""
    return z / (z.square().mean(dim=1, keepdim=True) + 1e-8).sqrt()


# --- training, and rows of it ---------------------------------------------------------------------
class Clock:
    """Callback: the rates fall, and the run ends, by CPU seconds of this process.

    spent: CPU seconds of training so far.
    """

    def __init__(self, seconds: float):
        self.seconds, self.spent = seconds, 0.0
        self.began: float | None = None

    def __call__(self, state: game.State) -> None:
        if self.began is None:
            self.began = time.process_time()
        self.spent = time.process_time() - self.began
        state.rate_scale = 1 - (1 - TO_FLOOR) * min(1.0, self.spent / self.seconds)
        if self.spent >= self.seconds:
            state.stop("its CPU time is spent")


def players(
    kind: str, shape: tuple[int, int, int], latent_dim: int = 64
) -> tuple[nn.Module, nn.Module]:
    """G and D of a row. kind: "all parts", "no NAME" of PARTS, or "plain", the `ConvGenerator`.

    All generators have as many channels at each size: 32 at 4 x 4, say, and 16 at 8 x 8.
    """
    blocks = int(math.log2(shape[1] // 4))
    D = ConvDiscriminator(shape, WIDTH, blocks)
    if kind == "plain":
        return ConvGenerator(latent_dim, shape, WIDTH, blocks), D
    without = () if kind == "all parts" else (kind.removeprefix("no "),)
    width = WIDTH * 2**blocks // 8  # StyleGenerator counts from 4 x 4, where it has 4 * width
    return StyleGenerator(latent_dim, shape, width, blocks, without=without), D


def train(
    images: data.ImageSet,
    pair: tuple[nn.Module, nn.Module],
    seconds: float,
    seed: int,
    relativistic: bool = True,
    config: TrainConfig = RECIPE,
) -> tuple[game.Run, Clock]:
    """A game on faces for so many CPU seconds: relativistic loss, R1 and R2 (Huang et al. 2024).

    relativistic=False: the non-saturating loss with R1 alone. Each penalty acts at every 16th step.
    The clock that comes back says how many seconds the training took.
    """
    config = replace(config, seed=seed)
    loss: losses.Loss = losses.NonSaturating()
    terms: list[game.Penalty] = [penalties.ZeroCentered(WEIGHT, "real", every=EVERY)]
    if relativistic:
        loss = losses.Relativistic()
        terms.append(penalties.ZeroCentered(WEIGHT, "fake", every=EVERY))
    clock = Clock(seconds)
    batches = data.batches(images, BATCH, seed)
    return game.train(*pair, batches, loss, config, terms, callbacks=[clock]), clock


# --- what can be said of a generator of faces -----------------------------------------------------
WITH = {  # property -> the attribute, and its values that count
    "glasses": ("glasses", ("round", "big", "sunglasses")),
    "dark skin": ("skin", ("dark", "very dark")),
    "smile": ("mouth", ("smile", "grin", "laugh")),
    "black hair": ("hair colour", ("black",)),
}


def has(read: dict[str, Tensor], faces: data.ImageSet) -> dict[str, Tensor]:
    """Which faces have each property of WITH, (N,) booleans, by what the attribute reader said.

    faces: a set whose attributes tell the names of the values.
    """
    found = {}
    for name, (attribute, values) in WITH.items():
        names = faces.attributes[attribute].names
        found[name] = torch.isin(read[attribute], torch.tensor([names.index(v) for v in values]))
    return found


def score(images: Tensor, real: Tensor) -> dict:
    """Fréchet distance, precision, recall of generated faces, in the attribute reader's features.

    real: features (M, 64) of real faces.
    """
    features, _ = pretrained.read_attributes(large(images))
    distance = metrics.frechet_distance(*metrics.statistics(real), *metrics.statistics(features))
    both = metrics.precision_recall(real, features)
    return {
        "frechet_distance": round(distance, 3),
        "precision": round(both.precision, 4),
        "recall": round(both.recall, 4),
    }


def arc(a: Tensor, b: Tensor, t: Tensor) -> Tensor:
    """From a (N, d) to b: the directions turn evenly, the lengths change in a straight line.

    t: (N, 1), from 0 to 1.
    """
    one, other = F.normalize(a, dim=1), F.normalize(b, dim=1)
    angle = (one * other).sum(dim=1, keepdim=True).clamp(-0.9999, 0.9999).arccos()
    direction = (torch.sin((1 - t) * angle) * one + torch.sin(t * angle) * other) / torch.sin(angle)
    return torch.lerp(a.norm(dim=1, keepdim=True), b.norm(dim=1, keepdim=True), t) * direction


def from_w(G: StyleGenerator) -> Callable[[Tensor], Tensor]:
    """A function of w (N, latent_dim) that draws with the same w in all layers."""
    return lambda w: G.synthesis(w[:, None].expand(-1, G.layers, -1))


@torch.no_grad()
def path_length(
    G: nn.Module, space: str = "z", pairs: int = 1_000, seed: int = 0, step: float = 1e-2
) -> float:
    """How fast faces change on the way between two random ones: the mean squared speed.

    Karras et al. 2019, section 4.1, with the attribute reader's features in place of VGG's: on arcs
    in "z", on straight lines in "w", at a random moment of each way.
    """
    draw = torch.Generator().manual_seed(seed)
    a, b = torch.randn(2, pairs, G.latent_dim, generator=draw)
    t = (1 - step) * torch.rand(pairs, 1, generator=draw)
    if space == "z":
        moments = [G(arc(a, b, t)), G(arc(a, b, t + step))]
    else:
        a, b = G.mapping(a), G.mapping(b)
        moments = [from_w(G)(torch.lerp(a, b, t)), from_w(G)(torch.lerp(a, b, t + step))]
    here, there = (pretrained.read_attributes(large(x))[0] for x in moments)
    return float(((there - here) / step).square().sum(dim=1).mean())


def separability(codes: Tensor, labels: Tensor) -> tuple[float, float]:
    """How well a plane separates codes (N, d) with a property from those without, labels (N,).

    A logistic regression on the first half, judged on the second: the share that it tells right,
    and what stays unknown of the property when the side of the plane is known, in nats (the
    conditional entropy of Karras et al. 2019, section 4.2).
    """
    x = (codes - codes.mean(dim=0)) / codes.std(dim=0).clamp(min=1e-6)
    half, y = len(x) // 2, labels.float()
    normal = torch.zeros(x.shape[1], requires_grad=True)
    offset = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([normal, offset], max_iter=50, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        error = F.binary_cross_entropy_with_logits(x[:half] @ normal + offset, y[:half])
        total = error + 1e-4 * normal.square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    with torch.no_grad():
        side = x[half:] @ normal + offset > 0
    truth, unknown = labels[half:], 0.0
    for beyond in (True, False):
        share = float((side == beyond).float().mean())
        p = float(truth[side == beyond].float().mean()) if share else 0.0
        if 0 < p < 1:
            unknown -= share * (p * math.log(p) + (1 - p) * math.log(1 - p))
    return float((side == truth).float().mean()), unknown


@torch.no_grad()
def follows(G: StyleGenerator, pairs: int = 1_000, seed: int = 0) -> dict[str, list[float]]:
    """Attribute -> for each layer: how often a face takes B's value when that layer takes B's w.

    Over pairs of faces A, B that differ in the attribute; the other layers keep the w of A.
    """
    draw = torch.Generator().manual_seed(seed)
    a, b = (G.mapping(z) for z in torch.randn(2, pairs, G.latent_dim, generator=draw))
    of_a, of_b = (pretrained.read_attributes(large(from_w(G)(w)))[1] for w in (a, b))
    found: dict[str, list[float]] = {name: [] for name in of_a}
    for layer in range(G.layers):
        ws = a[:, None].repeat(1, G.layers, 1)
        ws[:, layer] = b
        _, mixed = pretrained.read_attributes(large(G.synthesis(ws)))
        for name, values in mixed.items():
            differ = of_a[name] != of_b[name]
            share = float((values == of_b[name])[differ].float().mean())
            found[name].append(round(share, 4))
    return found
