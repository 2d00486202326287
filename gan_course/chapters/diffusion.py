"""A small denoising diffusion model: loss, bound on log p, sampling in few steps. Notebook 18.

Ho et al. 2020 in the notation of Kingma et al. 2021: x_t = alpha_t x_0 + sigma_t noise,
alpha^2 + sigma^2 = 1, and the signal-to-noise ratio SNR = alpha^2 / sigma^2 falls from t = 1 to
t = T. Times are whole numbers; t = 0 is the data.
"""

import math
from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course.chapters.families import HALF_LOG_TAU, LEVELS, add_place, to_grey, to_levels
from gan_course.errors import GanCourseError
from gan_course.models import mlp


def time_features(u: Tensor) -> Tensor:
    """Times in (0, 1), (N,), as waves of eight frequencies, (N, 16)."""
    angle = u[:, None] * (math.pi / 2) * 2.0 ** torch.arange(8)
    return torch.cat([angle.sin(), angle.cos()], dim=1)


class PointDenoiser(nn.Module):
    """(x_t, u) -> an estimate of the noise in x_t, for points (N, 2)."""

    def __init__(self, hidden: tuple[int, ...] = (125, 125, 125)):
        super().__init__()
        self.net = mlp([18, *hidden, 2], "relu")

    def forward(self, x: Tensor, u: Tensor) -> Tensor:
        return self.net(torch.cat([x, time_features(u)], dim=1))


class ImageDenoiser(nn.Module):
    """(x_t, u) -> an estimate of the noise in x_t, for images (N, 1, 14, 14).

    Down to 7 x 7, up again, and a bridge across.
    """

    def __init__(self, width: int = 15):
        super().__init__()
        w = width
        self.time = nn.Sequential(nn.Linear(16, 2 * w), nn.SiLU(), nn.Linear(2 * w, 3 * w))
        self.enter = nn.Conv2d(3, w, 3, padding=1)  # of three planes: grey value, row, column
        self.down = nn.Conv2d(w, 2 * w, 4, stride=2, padding=1)
        self.wide = nn.Conv2d(2 * w, 2 * w, 7, padding=3, groups=2 * w)  # each channel by itself
        self.middle = nn.Conv2d(2 * w, 2 * w, 3, padding=1)
        self.up = nn.ConvTranspose2d(2 * w, w, 4, stride=2, padding=1)
        self.join = nn.Conv2d(2 * w, w, 3, padding=1)
        self.leave = nn.Conv2d(w, 1, 3, padding=1)

    def forward(self, x: Tensor, u: Tensor) -> Tensor:
        time = self.time(time_features(u))[:, :, None, None]  # (N, 3 width, 1, 1)
        fine, coarse = time.tensor_split([self.enter.out_channels], dim=1)
        h = F.silu(self.enter(add_place(x)) + fine)
        low = F.silu(self.down(h) + coarse)
        low = low + F.silu(self.middle(F.silu(self.wide(low))))
        h = torch.cat([h, F.silu(self.up(low))], dim=1)
        return self.leave(F.silu(self.join(h)))


class Diffusion(nn.Module):
    """A chain of Gaussians from noise back to the data, of the variances of q(x_s | x_t, x_0).

    net: (x_t, u) -> an estimate of the noise, with u = (t - 1) / (T - 1). shape: of a sample.
    discrete: x are levels, not points. log SNR falls linearly, from 8.4 at t = 1 to -7 at t = T:
    then the bound weighs all errors of the noise alike.
    """

    def __init__(self, net: nn.Module, shape: tuple[int, ...], discrete: bool, steps: int = 1000):
        super().__init__()
        self.net, self.shape, self.discrete, self.steps = net, tuple(shape), discrete, steps
        log_snr = torch.linspace(8.4, -7.0, steps, dtype=torch.float64)
        alpha, sigma = log_snr.sigmoid().sqrt(), (-log_snr).sigmoid().sqrt()
        # their first value stands for t = 0, the data
        self.register_buffer("alpha", F.pad(alpha.float(), (1, 0), value=1.0), persistent=False)
        self.register_buffer("sigma", F.pad(sigma.float(), (1, 0), value=0.0), persistent=False)
        self.weight = 0.5 * math.expm1(float(log_snr[0] - log_snr[1]))

    def predict(self, x_t: Tensor, t: Tensor) -> Tensor:
        """The network's estimate of the noise in x_t at times t (N,)."""
        return self.net(x_t, (t - 1) / (self.steps - 1))

    def _wide(self, values: Tensor) -> Tensor:
        return values.reshape(-1, *[1] * len(self.shape))

    def noised(self, x: Tensor, t: Tensor, noise: Tensor) -> Tensor:
        """A draw of q(x_t | x_0 = x) in one go: x (N, ...) float, t (N,) int64, noise like x."""
        return self._wide(self.alpha[t]) * x + self._wide(self.sigma[t]) * noise

    def denoised(self, x_t: Tensor, t: Tensor) -> Tensor:
        """The network's estimate of x_0; grey values are cut to [-1, 1]."""
        x = (x_t - self._wide(self.sigma[t]) * self.predict(x_t, t)) / self._wide(self.alpha[t])
        return x.clamp(-1, 1) if self.discrete else x

    def loss(self, x: Tensor) -> Tensor:
        """Mean squared error of the noise at a random time (Ho et al. 2020, equation 14)."""
        x = to_grey(x) if self.discrete else x
        t, noise = torch.randint(1, self.steps + 1, (len(x),)), torch.randn_like(x)
        return ((noise - self.predict(self.noised(x, t, noise), t)) ** 2).mean()

    @torch.no_grad()
    def bound(self, x: Tensor) -> Tensor:
        """An unbiased draw of the evidence lower bound, (N,): one random time stands for all."""
        return -sum(self.terms(x))

    @torch.no_grad()
    def terms(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The bound's three costs in nats, (N,) each.

        The end of the chain, its middle (one random time), the data from x_1.
        """
        grey = to_grey(x) if self.discrete else x
        n, d = len(x), grey[0].numel()
        a, s = self.alpha[-1], self.sigma[-1]
        # KL(q(x_T | x_0) || N(0, I))
        end = 0.5 * ((a**2 * grey.flatten(1) ** 2).sum(dim=1) + d * (s**2 - 1 - 2 * s.log()))

        m = self.steps - 1
        # each time is as likely as the others, and about as frequent
        t = torch.randperm(math.ceil(n / m) * m)[:n] % m + 2
        noise = torch.randn_like(grey)
        error = ((grey - self.denoised(self.noised(grey, t, noise), t)) ** 2).flatten(1).sum(dim=1)
        drop = (self.alpha[t - 1] / self.sigma[t - 1]) ** 2 - (self.alpha[t] / self.sigma[t]) ** 2
        # = (T - 1) weight |noise - estimate|^2, where nothing is cut
        middle = (self.steps - 1) * 0.5 * drop * error

        noise = torch.randn_like(grey)
        if not self.discrete:  # p(x_0 | x_1) = N(x_1 / alpha_1, (sigma_1 / alpha_1)^2)
            log_std = (self.sigma[1] / self.alpha[1]).log()
            data = (noise**2) / 2 + HALF_LOG_TAU + log_std
            return end, middle, data.flatten(1).sum(dim=1)
        x_1 = self.noised(grey, torch.ones(n, dtype=torch.int64), noise)
        # p(level | x_1): Bayes' rule, all levels equally likely before
        means = self.alpha[1] * to_grey(torch.arange(LEVELS))
        logits = -((x_1 - means.reshape(-1, 1, 1)) ** 2) / (2 * self.sigma[1] ** 2)  # (N, 8, H, W)
        data = F.cross_entropy(logits, x[:, 0], reduction="none")
        return end, middle, data.sum(dim=(1, 2))

    @torch.no_grad()
    def sample(
        self,
        n: int,
        generator: torch.Generator | None = None,
        steps: int = 100,
        watch: Callable[[int, Tensor, Tensor], None] | None = None,
    ) -> Tensor:
        """Walk from noise to data in `steps` jumps, at most T.

        watch: called with t, x_t and the estimate of x_0 before each jump.
        """
        if not 1 <= steps <= self.steps:
            raise GanCourseError(
                f"steps={steps}: a chain of {self.steps} steps can be walked in 1 to {self.steps} "
                "jumps"
            )
        times = torch.linspace(self.steps, 0, steps + 1).round().long().tolist()
        x = torch.randn(n, *self.shape, generator=generator)
        for t, s in pairwise(times):
            estimate = self.denoised(x, torch.full((n,), t))
            if watch:
                watch(t, x, estimate)
            mean, std = self.jump(x, estimate, t, s)
            x = mean if s == 0 else mean + std * torch.randn(x.shape, generator=generator)
        return to_levels(x) if self.discrete else x

    def jump(self, x_t: Tensor, x_0: Tensor, t: int, s: int) -> tuple[Tensor, Tensor]:
        """Mean and deviation of q(x_s | x_t, x_0) for times s < t, from Bayes' rule."""
        a = self.alpha[t] / self.alpha[s]  # x_t = a x_s + noise of variance v
        v = self.sigma[t] ** 2 - a**2 * self.sigma[s] ** 2
        mean = (a * self.sigma[s] ** 2 * x_t + self.alpha[s] * v * x_0) / self.sigma[t] ** 2
        return mean, (v / self.sigma[t] ** 2).sqrt() * self.sigma[s]
