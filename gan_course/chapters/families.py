"""Two relatives of the GAN with a likelihood: VAE and autoregressive models. Notebook 18.

Two tasks. "ring": points (N, 2). "digits": grey levels (N, 1, 28, 28), whole numbers 0 to 7, with
labels (N,), so that each model with a likelihood gives probabilities of the same discrete images.
Whatever is called a bound or a log-probability is in nats per sample, (N,), and each model has the
same three calls: `loss(x, labels)` to minimise, `bound(x, labels)` on log p(x | label),
`sample(n, generator, labels)`. The other relatives are in `diffusion.py`; `race.py` trains all of
them and a GAN.
"""

import math

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional as F

from gan_course.models import encode_labels, mlp

LEVELS, SIDE = 8, 28
HALF_LOG_TAU = 0.5 * math.log(2 * math.pi)


def to_levels(x: Tensor) -> Tensor:
    """Grey values in [-1, 1] to the nearest of the levels 0 to 7, int64."""
    return ((x + 1) / 2 * (LEVELS - 1)).round().clamp(0, LEVELS - 1).long()


def to_grey(levels: Tensor) -> Tensor:
    """Levels 0 to 7 as grey values in [-1, 1], float32."""
    return 2 * levels.float() / (LEVELS - 1) - 1


def as_grey(x: Tensor) -> Tensor:
    """Levels as grey values; what is no whole number already, as it is."""
    return x if x.is_floating_point() else to_grey(x)


def add_place(grey: Tensor) -> Tensor:
    """Grey values (N, 1, H, W) with two more planes, row and column from -1 to 1: (N, 3, H, W)."""
    row, column = (torch.linspace(-1, 1, size) for size in grey.shape[2:])
    return torch.cat([grey, row[:, None].expand_as(grey), column.expand_as(grey)], dim=1)


class VAE(nn.Module):
    """z ~ N(0, I), x ~ p(x | z), and an encoder q(z | x) = N(mean, diag(std^2)).

    Kingma and Welling 2014. encoder: x -> (N, 2 latent_dim). decoder: z -> the mean of a Gaussian
    of one learned deviation for points, or, if `discrete`, one logit per level for each pixel,
    (N, 8, 28, 28). With num_classes the decoder gets the label's one-hot behind z; q needs no
    label, since x shows it.
    """

    def __init__(
        self,
        encoder: nn.Module,
        decoder: nn.Module,
        latent_dim: int,
        discrete: bool,
        num_classes: int = 0,
    ):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
        self.latent_dim, self.discrete, self.num_classes = latent_dim, discrete, num_classes
        if not discrete:
            self.log_std = nn.Parameter(torch.tensor(-1.0))

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log deviation of q(z | x), each (N, latent_dim)."""
        return self.encoder(as_grey(x)).chunk(2, dim=1)

    def decoded(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        """What the decoder says of z, and of the labels of a conditional model."""
        if not self.num_classes:
            return self.decoder(z)
        told = encode_labels(labels, self.num_classes, len(z))
        return self.decoder(torch.cat([z, told], dim=1))

    def log_likelihood(self, x: Tensor, z: Tensor, labels: Tensor | None = None) -> Tensor:
        """log p(x | z), (N,)."""
        decoded = self.decoded(z, labels)
        if self.discrete:
            return -F.cross_entropy(decoded, x[:, 0], reduction="none").sum(dim=(1, 2))
        off = (x - decoded) / self.log_std.exp()
        return (-(off**2) / 2 - self.log_std - HALF_LOG_TAU).sum(dim=1)

    def bound(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        """Evidence lower bound with one draw of z: log p(x | z) - KL(q(z | x) || p(z))."""
        mean, log_std = self.encode(x)
        z = mean + log_std.exp() * torch.randn_like(mean)
        kl = 0.5 * (mean**2 + (2 * log_std).exp() - 1 - 2 * log_std).sum(dim=1)
        return self.log_likelihood(x, z, labels) - kl

    def loss(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        """Minus the mean bound."""
        return -self.bound(x, labels).mean()

    @torch.no_grad()
    def tighter_bound(self, x: Tensor, labels: Tensor | None = None, draws: int = 64) -> Tensor:
        """log of the mean of importance weights p(x, z) / q(z | x) (Burda et al. 2016).

        It rises to log p(x) with the number of draws.
        """
        mean, log_std = self.encode(x)
        weights = []
        for _ in range(draws):
            e = torch.randn_like(mean)
            z = mean + log_std.exp() * e
            prior_over_q = (-(z**2) / 2 + e**2 / 2 + log_std).sum(dim=1)
            weights.append(self.log_likelihood(x, z, labels) + prior_over_q)
        return torch.stack(weights).logsumexp(dim=0) - math.log(draws)

    @torch.no_grad()
    def marginal(self, x: Tensor, points: int = 120, limit: float = 4.5) -> Tensor:
        """log p(x) itself, for points x (M, 2) and a latent plane: z is summed over a grid."""
        line = torch.linspace(-limit, limit, points)
        z = torch.cartesian_prod(line, line)
        log_prior = (-(z**2).sum(dim=1) / 2).log_softmax(dim=0)
        squared = torch.cdist(x, self.decoder(z)) ** 2 / (2 * (2 * self.log_std).exp())
        return (log_prior - squared).logsumexp(dim=1) - 2 * self.log_std - 2 * HALF_LOG_TAU

    @torch.no_grad()
    def sample(
        self,
        n: int,
        generator: Generator | None = None,
        labels: Tensor | None = None,
        mean: bool = False,
    ) -> Tensor:
        """Draw z, then x ~ p(x | z); with `mean` the mean of p(x | z), rounded to a level."""
        z = torch.randn(n, self.latent_dim, generator=generator)
        return self.decode(z, generator, labels, mean)

    @torch.no_grad()
    def decode(
        self,
        z: Tensor,
        generator: Generator | None = None,
        labels: Tensor | None = None,
        mean: bool = False,
    ) -> Tensor:
        """x for given z (N, latent_dim), as in `sample`."""
        decoded = self.decoded(z, labels)
        if not self.discrete:
            if mean:
                return decoded
            return decoded + self.log_std.exp() * torch.randn(decoded.shape, generator=generator)
        p = decoded.softmax(dim=1)  # (N, 8, 28, 28)
        if mean:
            return to_levels(torch.einsum("nkhw,k->nhw", p, to_grey(torch.arange(LEVELS))))[:, None]
        pixels = p.movedim(1, -1).reshape(-1, LEVELS)  # a row for each pixel
        drawn = torch.multinomial(pixels, 1, generator=generator)
        return drawn.reshape(len(z), 1, *p.shape[2:])


class MixtureChain(nn.Module):
    """p(x_1) p(x_2 | x_1) in the plane: one network gives each coordinate a Gaussian mixture."""

    def __init__(self, hidden: int = 168, components: int = 10):
        super().__init__()
        self.net = mlp([4, hidden, hidden, 3 * components], "relu")

    def conditional(self, x: Tensor, i: int) -> tuple[Tensor, Tensor, Tensor]:
        """Log weights, means, log deviations, (N, components) each, of x_i given those before."""
        which = F.one_hot(torch.tensor(i), 2).float().expand(len(x), 2)
        seen = torch.where(torch.arange(2) < i, x, torch.zeros(()))
        logits, mean, log_std = self.net(torch.cat([seen, which], dim=1)).chunk(3, dim=1)
        return logits.log_softmax(dim=1), 2 * mean, log_std.clamp(-5, 2)

    def bound(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        """log p(x) itself, by the chain rule. The points have no labels."""
        total = torch.zeros(len(x))
        for i in range(2):
            log_weight, mean, log_std = self.conditional(x, i)
            off = (x[:, i, None] - mean) / log_std.exp()
            log_each = log_weight - (off**2) / 2 - log_std - HALF_LOG_TAU
            total = total + log_each.logsumexp(dim=1)
        return total

    def loss(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        """Minus the mean log-density."""
        return -self.bound(x).mean()

    @torch.no_grad()
    def sample(
        self, n: int, generator: Generator | None = None, labels: Tensor | None = None
    ) -> Tensor:
        """One coordinate after the other, (n, 2)."""
        x = torch.zeros(n, 2)
        for i in range(2):
            log_weight, mean, log_std = self.conditional(x, i)
            k = torch.multinomial(log_weight.exp(), 1, generator=generator)
            std, noise = log_std.exp().gather(1, k), torch.randn(n, 1, generator=generator)
            x[:, i] = (mean.gather(1, k) + std * noise)[:, 0]
        return x


class MaskedConv2d(nn.Conv2d):
    """A convolution that sees the rows above and, in its own row, the pixels to the left.

    With `itself` its own pixel too. The size of the picture stays. The kernel holds no rows below;
    the mask cuts the rest of the last row. spread: pixels from one place of the kernel to the next.
    """

    def __init__(self, n_in: int, n_out: int, kernel: int, itself: bool, spread: int = 1):
        super().__init__(n_in, n_out, (kernel // 2 + 1, kernel), dilation=spread)
        mask = torch.ones(kernel // 2 + 1, kernel)
        mask[-1, kernel // 2 + int(itself) :] = 0
        self.register_buffer("mask", mask, persistent=False)
        self.spread, self.reach = spread, spread * (kernel // 2)  # in pixels

    def forward(self, x: Tensor) -> Tensor:
        padded = F.pad(x, (self.reach, self.reach, self.reach, 0))
        return F.conv2d(padded, self.weight * self.mask, self.bias, dilation=self.spread)

    def at(self, padded: Tensor, i: int, j: int) -> Tensor:
        """The output at one pixel, (N, n_out), from an input that is padded already."""
        rows = slice(i, i + self.reach + 1, self.spread)
        columns = slice(j, j + 2 * self.reach + 1, self.spread)
        window = padded[:, :, rows, columns].flatten(1)
        return F.linear(window, (self.weight * self.mask).flatten(1), self.bias)


class PixelCNN(nn.Module):
    """p(x) as a product over the pixels, in reading order, of p(level | pixels before).

    Van den Oord et al. 2016. Every second block looks at every second pixel, and so twice as far.
    With num_classes the label adds a learned vector in each block (van den Oord et al. 2016b,
    equation 4, without the gates).
    """

    def __init__(self, width: int = 32, blocks: int = 8, num_classes: int = 0):
        super().__init__()
        self.first = MaskedConv2d(3, width, 7, itself=False)  # planes: grey value, row, column
        inner = [MaskedConv2d(width, width, 3, True, 1 + k % 2) for k in range(blocks)]
        self.convs = nn.ModuleList(inner)
        self.mixes = nn.ModuleList(nn.Conv2d(width, width, 1) for _ in range(blocks))
        self.head = nn.Conv2d(width, LEVELS, 1)
        self.num_classes = num_classes
        if num_classes:
            self.told = nn.Linear(num_classes, blocks * width, bias=False)

    def _told(self, labels: Tensor | None, n: int) -> list[Tensor]:
        """What the label adds in each block, (N, width), or (1, width) zeros without labels."""
        if not self.num_classes:
            return [torch.zeros(1, conv.out_channels) for conv in self.convs]
        told = self.told(encode_labels(labels, self.num_classes, n))
        return list(told.chunk(len(self.convs), dim=1))

    def forward(self, grey: Tensor, labels: Tensor | None = None) -> Tensor:
        """Grey values (N, 1, H, W) to logits (N, 8, H, W), which see the pixels before alone."""
        h = self.first(add_place(grey))
        for conv, mix, told in zip(self.convs, self.mixes, self._told(labels, len(grey))):
            h = h + mix(F.relu(conv(F.relu(h)) + told[:, :, None, None]))
        return self.head(F.relu(h))

    def bound(self, levels: Tensor, labels: Tensor | None = None) -> Tensor:
        """log p(x) itself, by the chain rule."""
        logits = self(to_grey(levels), labels)
        return -F.cross_entropy(logits, levels[:, 0], reduction="none").sum(dim=(1, 2))

    def loss(self, levels: Tensor, labels: Tensor | None = None) -> Tensor:
        """Minus the mean log-probability."""
        return -self.bound(levels, labels).mean()

    @torch.no_grad()
    def sample(
        self,
        n: int,
        generator: Generator | None = None,
        labels: Tensor | None = None,
        given: Tensor | None = None,
        side: int = SIDE,
    ) -> Tensor:
        """Pixel by pixel. Each layer's outputs are kept, so all pixels cost one forward pass.

        given: levels (n, 1, rows, side) of the first rows, which stay as they are.
        """
        levels = torch.zeros(n, 1, side, side, dtype=torch.int64)
        known = 0 if given is None else given.shape[2]
        if given is not None:
            levels[:, :, :known] = given
        planes = F.pad(add_place(to_grey(levels)), (3, 3, 3, 0))
        kept = []
        for conv in self.convs:
            size = (side + conv.reach, side + 2 * conv.reach)
            kept.append(torch.zeros(n, conv.in_channels, *size))
        told = self._told(labels, n)
        for i in range(side):
            for j in range(side):
                h = self.first.at(planes, i, j)
                for conv, mix, seen, extra in zip(self.convs, self.mixes, kept, told):
                    seen[:, :, i + conv.reach, j + conv.reach] = F.relu(h)
                    changed = F.relu(conv.at(seen, i, j) + extra)
                    h = h + F.linear(changed, mix.weight[:, :, 0, 0], mix.bias)
                if i < known:
                    continue
                logits = F.linear(F.relu(h), self.head.weight[:, :, 0, 0], self.head.bias)
                p = logits.softmax(dim=1)
                levels[:, :, i, j] = torch.multinomial(p, 1, generator=generator)
                planes[:, 0, i + 3, j + 3] = to_grey(levels[:, 0, i, j])
        return levels
