"""An autoencoder of pictures whose code is a few words from a list, with a discriminator.

Notebook 23. The first stage of VQGAN (Esser et al. 2021) and of latent diffusion (Rombach et al.
2022), small: a picture becomes 4 x 4 words out of 64. Pictures are (N, 3, H, W) in [-1, 1], H = W a
power of 2; features are (N, dim, 4, 4), codes (N, 4, 4) int64.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course import data, game, losses, metrics, penalties, pretrained
from gan_course.chapters import faces as study
from gan_course.chapters import styles, text
from gan_course.chapters.translate import PatchDiscriminator
from gan_course.conv import DigitClassifier, doubling

SIDE = 4  # codes a side
LAYERS = (2, 6)  # of the digit classifier, whose features compare pictures


# ---- the networks


class Quantiser(nn.Module):
    """Replaces each feature vector by the nearest of `codes` vectors (van den Oord et al. 2017).

    book: those vectors, (codes, dim). idle: how many training steps ago each was last chosen.
    """

    idle: Tensor

    def __init__(self, codes: int = 64, dim: int = 16):
        super().__init__()
        self.book = nn.Parameter(torch.randn(codes, dim))
        self.register_buffer("idle", torch.zeros(codes, dtype=torch.int64))

    def nearest(self, features: Tensor) -> Tensor:
        """(N, dim, h, w) -> (N, h, w), the number of the nearest vector."""
        n, dim, h, w = features.shape
        rows = features.permute(0, 2, 3, 1).reshape(-1, dim)
        return torch.cdist(rows, self.book).argmin(dim=1).view(n, h, w)

    def look_up(self, codes: Tensor) -> Tensor:
        """(N, h, w) -> (N, dim, h, w)."""
        return F.embedding(codes, self.book).permute(0, 3, 1, 2)

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The vectors chosen, with the gradient of the features; the codes; the two terms' sum.

        The first term pulls the vectors towards the features, the second, a quarter as strong, the
        features towards the vectors.
        """
        codes = self.nearest(features)
        chosen = self.look_up(codes)
        pull = F.mse_loss(chosen, features.detach())
        commit = F.mse_loss(features, chosen.detach())
        # the value is `chosen`; the derivative with respect to the features is that of `features`
        straight = features + (chosen - features).detach()
        return straight, codes, pull + 0.25 * commit

    @torch.no_grad()
    def revive(self, features: Tensor, codes: Tensor, patience: int = 50) -> int:
        """Move each vector that `patience` steps have not chosen onto a feature of this batch.

        Returns how many were moved.
        """
        self.idle += 1
        self.idle[codes.unique()] = 0
        dead = (self.idle >= patience).nonzero()[:, 0]
        rows = features.permute(0, 2, 3, 1).flatten(0, 2)
        self.book[dead] = rows[torch.randint(len(rows), (len(dead),))]
        self.idle[dead] = 0
        return len(dead)


class Autoencoder(nn.Module):
    """Pictures to 4 x 4 features, those to words, and back.

    shape: (C, H, W) of a picture. width: channels at full size, twice as many further in. codes,
    dim: of the `Quantiser`. `last` is the last layer with weights.
    """

    def __init__(
        self,
        shape: tuple[int, int, int] = (3, 16, 16),
        width: int = 32,
        codes: int = 64,
        dim: int = 16,
    ):
        super().__init__()
        self.shape, wide = tuple(shape), 2 * width
        halvings = int(math.log2(shape[1] // SIDE))
        down: list[nn.Module] = [nn.Conv2d(shape[0], width, 3, padding=1), nn.ReLU()]
        up: list[nn.Module] = [nn.Conv2d(dim, wide, 3, padding=1), nn.BatchNorm2d(wide), nn.ReLU()]
        for i in range(halvings):
            n_in = width if i == 0 else wide
            down += [nn.Conv2d(n_in, wide, 4, stride=2, padding=1), nn.BatchNorm2d(wide), nn.ReLU()]
            n_out = width if i == halvings - 1 else wide
            up += [doubling(wide, n_out, "transposed"), nn.BatchNorm2d(n_out), nn.ReLU()]
        down += [nn.Conv2d(wide, wide, 3, padding=1), nn.BatchNorm2d(wide), nn.ReLU()]
        self.encoder = nn.Sequential(*down, nn.Conv2d(wide, dim, 1))
        self.quantiser = Quantiser(codes, dim)
        self.last = nn.Conv2d(width, shape[0], 3, padding=1)
        self.decoder = nn.Sequential(*up, self.last, nn.Tanh())

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Pictures -> pictures, codes, the quantiser's loss, and the features before it."""
        features = self.encoder(x)
        words, codes, loss = self.quantiser(features)
        return self.decoder(words), codes, loss, features

    @torch.no_grad()
    def encode(self, x: Tensor) -> Tensor:
        """Pictures (N, C, H, W) -> codes (N, 4, 4), in eval mode."""
        self.eval()
        parts = [self.quantiser.nearest(self.encoder(part)) for part in x.split(500)]
        return torch.cat(parts)

    @torch.no_grad()
    def decode(self, codes: Tensor) -> Tensor:
        """Codes (N, 4, 4) -> pictures, in eval mode."""
        self.eval()
        parts = [self.decoder(self.quantiser.look_up(part)) for part in codes.split(500)]
        return torch.cat(parts)


# ---- the losses


def perceptual_distance(net: DigitClassifier, x: Tensor, y: Tensor) -> Tensor:
    """How far the classifier's feature maps of two sets of pictures are apart, a scalar.

    It reads digits and never saw a face: each colour is handed to it as a grey picture. The squared
    distance over the squared size of y's maps, averaged over the layers.
    """
    flat = (-1, 1, *x.shape[2:])
    with torch.no_grad():
        wanted = styles.maps(net, y.reshape(flat), LAYERS)
    found = styles.maps(net, x.reshape(flat), LAYERS)
    total = torch.zeros(())
    for f, w in zip(found, wanted):
        total = total + ((f - w) ** 2).mean() / (w**2).mean()
    return total / len(LAYERS)


def adaptive_weight(reconstruction: Tensor, adversarial: Tensor, last: Tensor) -> Tensor:
    """What to multiply the adversarial loss by, so that both pull equally at the weights `last`.

    The ratio of the lengths of the two gradients (Esser et al. 2021), at most 10,000.
    """
    (first,) = torch.autograd.grad(reconstruction, last, retain_graph=True)
    (second,) = torch.autograd.grad(adversarial, last, retain_graph=True)
    return (first.norm() / (second.norm() + 1e-6)).clamp(max=1e4).detach()


# ---- training


@dataclass(frozen=True)
class Recipe:
    """One run. seconds: of CPU time.

    power: 2 for squared errors of the pixels, 1 for absolute ones. perceptual: the weight of
    `perceptual_distance`. adversary: the weight of D's loss, times the adaptive one where
    `adaptive`; 0 is no D. start: the share of the seconds after which D joins. revive: whether dead
    codes are moved.
    """

    seconds: float = 100.0
    power: int = 2
    perceptual: float = 0.0
    adversary: float = 0.0
    adaptive: bool = True
    start: float = 0.4
    revive: bool = True
    codes: int = 64
    batch: int = 64
    lr: float = 2e-3
    seed: int = 0


def train(
    pictures: data.ImageSet | Tensor,
    recipe: Recipe,
    watch: Callable[[float, Autoencoder, dict], object] = lambda seconds, net, record: None,
) -> tuple[Autoencoder, list[dict]]:
    """An autoencoder, and a record of each twentieth step.

    The learning rates fall to a twentieth over the last half of the time. watch: called with the
    seconds gone, the network and the record, at each record; its time does not count.
    """
    torch.manual_seed(recipe.seed)
    batches = data.batches(pictures, recipe.batch, recipe.seed)
    x, _ = next(batches)
    net = Autoencoder(tuple(x.shape[1:]), codes=recipe.codes)
    D = PatchDiscriminator(x.shape[1], width=32, blocks=2)
    reader = pretrained.load("classifier-mnist").requires_grad_(False)
    loss, r1 = losses.NonSaturating(), penalties.ZeroCentered(0.05, every=16)
    for player in (net, D):
        player.to(memory_format=torch.channels_last)
    opt = torch.optim.Adam(net.parameters(), recipe.lr, (0.9, 0.99), fused=True)
    opt_d = torch.optim.Adam(D.parameters(), recipe.lr / 2, (0.5, 0.99), fused=True)
    records: list[dict] = []
    step = d_steps = 0
    gone, before = 0.0, time.process_time()
    while gone < recipe.seconds:
        share = gone / recipe.seconds
        falls = 1 - 0.95 * max(0.0, 2 * share - 1)
        opt.param_groups[0]["lr"] = recipe.lr * min(1.0, (step + 1) / 50) * falls
        opt_d.param_groups[0]["lr"] = recipe.lr / 2 * falls
        x, _ = next(batches)
        x = x.contiguous(memory_format=torch.channels_last)
        made, codes, vq_loss, features = net(x)
        error = ((made - x).abs() ** recipe.power).mean()
        reconstruction = error
        if recipe.perceptual:
            reconstruction = error + recipe.perceptual * perceptual_distance(reader, made, x)
        total, weight = reconstruction + vq_loss, 0.0
        joined = recipe.adversary > 0 and share >= recipe.start
        if joined:
            D.requires_grad_(False)
            adversarial = loss.generator(None, D(made))
            D.requires_grad_(True)
            factor: Tensor | float = 1.0
            if recipe.adaptive:
                factor = adaptive_weight(reconstruction, adversarial, net.last.weight)
            weight = float(recipe.adversary * factor)
            total = total + weight * adversarial
        opt.zero_grad()
        total.backward()
        opt.step()
        if recipe.revive:
            net.quantiser.revive(features.detach(), codes)
        if joined:
            real, fake = game.score_both(D, x, made.detach())
            d_loss = loss.discriminator(real, fake)
            if d_steps % r1.every == 0:
                d_loss = d_loss + r1.every * r1(D, x, made)
            opt_d.zero_grad()
            d_loss.backward()
            opt_d.step()
            d_steps += 1
        step += 1
        gone += time.process_time() - before
        if step % 20 == 0 or gone >= recipe.seconds:
            record = {"step": step, "seconds": gone, "error": error.item(), "weight": weight}
            record["used"] = len(codes.unique())
            records.append(record)
            watch(gone, net, record)
            net.train()
        before = time.process_time()
    return net.eval(), records


# ---- a prior over the codes


def sentences(codes: Tensor) -> Tensor:
    """Codes (N, 4, 4) as rows of tokens (N, 16), row by row; token 0 stays free for START."""
    return codes.flatten(1) + 1


def train_prior(
    codes: Tensor, seconds: float, words: int = 64, seed: int = 0
) -> text.LanguageModel:
    """Predicts each code from those before it: the LSTM of notebook 16. codes: (N, 4, 4)."""
    torch.manual_seed(seed)
    net = text.LanguageModel(words + 1, embedding=32, hidden=128, dropout=0.1)
    batches = data.batches(sentences(codes), 128, seed)
    opt = torch.optim.Adam(net.parameters(), 4e-3, fused=True)
    start = time.process_time()
    while (gone := time.process_time() - start) < seconds:
        opt.param_groups[0]["lr"] = 4e-3 * (1 - 0.95 * gone / seconds)
        tokens, _ = next(batches)
        error = text.loss(net, tokens)
        opt.zero_grad()
        error.backward()
        opt.step()
    return net.eval()


def draw(prior: text.LanguageModel, net: Autoencoder, n: int, seed: int) -> Tensor:
    """n new pictures: codes from the prior, decoded."""
    stream = torch.Generator().manual_seed(seed)
    tokens = text.sample(prior, n, SIDE * SIDE, generator=stream)
    codes = (tokens - 1).clamp(min=0)  # START is hardly ever drawn
    return net.decode(codes.view(n, SIDE, SIDE))


def bits(prior: text.LanguageModel, codes: Tensor) -> float:
    """What a picture costs under the prior: bits for all its codes, averaged."""
    return text.nll(prior, sentences(codes)) / math.log(2)


# ---- the numbers of a row


def realism(pictures: Tensor, others: data.ImageSet) -> float:
    """Fréchet distance of pictures to real faces, in the attribute reader's features."""
    found, _ = pretrained.read_attributes(study.large(pictures))
    real, _ = pretrained.read_attributes(study.large(others.images))
    return metrics.frechet_distance(*metrics.statistics(real), *metrics.statistics(found))


@torch.no_grad()
def measure(net: Autoencoder, test: data.ImageSet, others: data.ImageSet) -> dict:
    """Rate, distortion and realism on faces that were not trained on.

    entropy: of the codes' shares, in bits a picture, each place counted alike. used: codes that
    occur. error: mean squared, of pixels in [-1, 1]. kept: share of the attributes that the reader
    reads from the reconstruction as they are. frechet_distance: of the reconstructions to `others`.
    """
    codes = net.encode(test.images)
    made = net.decode(codes)
    counts = codes.flatten().bincount(minlength=len(net.quantiser.book)).double()
    share = counts[counts > 0] / counts.sum()
    _, read = pretrained.read_attributes(study.large(made))
    right = study.read_table(read) == study.table(test)
    return {
        "entropy": float(-(share * share.log2()).sum()) * SIDE * SIDE,
        "used": int((counts > 0).sum()),
        "error": float(((made - test.images) ** 2).mean()),
        "kept": float(right.float().mean()),
        "frechet_distance": realism(made, others),
    }
