"""Who was in the training set? Attacks, DP-SGD for a discriminator, its accountant. Notebook 24.

Abadi et al. 2016; Mironov et al. 2019 for the Rényi divergence of a step.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from scipy import special
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap
from torch.nn.functional import gumbel_softmax, softplus
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from gan_course import runtime
from gan_course.errors import GanCourseError

ORDERS = (*range(2, 64), 72, 80, 96, 128, 192, 256, 512)  # of the Rényi divergence


def advantage(members: Tensor, others: Tensor, false_alarms: float = 0.05) -> tuple[float, float]:
    """Area under the ROC curve, and the share of members found at so many false alarms.

    members, others: scores (N,), (M,); a larger one says "was in the training set". Area: the
    chance that a member has the larger score, ties counted half.
    """
    truth = [1] * len(members) + [0] * len(others)
    area = roc_auc_score(truth, torch.cat([members, others]).numpy())
    threshold = others.sort().values[math.ceil((1 - false_alarms) * len(others)) - 1]
    return float(area), float((members > threshold).double().mean())


def divergence(rate: float, noise: float, order: int) -> float:
    """Rényi divergence of one step of whole order >= 2 (Mironov et al. 2019, integer orders).

    rate: the chance of each row to be in the batch. noise: the standard deviation over the clip.
    log sum_k C(a, k) (1 - rate)^(a - k) rate^k exp(k (k - 1) / (2 noise^2)), over a - 1.
    """
    k = np.arange(order + 1)
    choose = special.gammaln(order + 1) - special.gammaln(k + 1) - special.gammaln(order - k + 1)
    inside = special.xlog1py(order - k, -rate) + special.xlogy(k, rate)
    terms = choose + inside + k * (k - 1) / (2 * noise**2)
    return float(special.logsumexp(terms)) / (order - 1)


def epsilon(rate: float, noise: float, steps: int, delta: float) -> float:
    """The epsilon of so many steps at this delta: the best over the orders.

    From Rényi to (epsilon, delta) by Canonne et al. 2020, as opacus and dp-accounting do.
    """
    found = []
    for order in ORDERS:
        spent = steps * divergence(rate, noise, order)
        slack = math.log1p(-1 / order) - (math.log(delta) + math.log(order)) / (order - 1)
        found.append(spent + slack)
    return max(min(found), 0.0)


def noise_for(wanted: float, rate: float, steps: int, delta: float) -> float:
    """The smallest noise, to three digits, that keeps epsilon at most at `wanted`."""
    low, high = 0.1, 2_000.0
    if epsilon(rate, high, steps, delta) > wanted:
        raise GanCourseError(f"no noise up to {high:g} brings epsilon down to {wanted}")
    while high / low > 1.001:
        middle = math.sqrt(low * high)
        if epsilon(rate, middle, steps, delta) <= wanted:
            high = middle
        else:
            low = middle
    return high


def row_gradients(D: nn.Module, x: Tensor) -> dict[str, Tensor]:
    """The gradient of softplus(-D(x)) for each row alone: name -> (N, *shape of the weight)."""
    weights = {name: p.detach() for name, p in D.named_parameters()}

    def loss(weights: dict[str, Tensor], row: Tensor) -> Tensor:
        return softplus(-functional_call(D, weights, (row[None],))).sum()

    return vmap(grad(loss), in_dims=(None, 0))(weights, x)


def private_sum(
    gradients: dict[str, Tensor], clip: float, noise: float, stream: torch.Generator
) -> dict[str, Tensor]:
    """The sum over rows, each row's gradient shortened to `clip`, plus N(0, (noise clip)^2)."""
    squares = sum(g.flatten(1).pow(2).sum(dim=1) for g in gradients.values())  # over all weights
    shorten = (clip / squares.sqrt().clamp(min=1e-12)).clamp(max=1.0)  # (N,)
    found = {}
    for name, g in gradients.items():
        total = torch.einsum("n,n...->...", shorten, g)
        found[name] = total + noise * clip * torch.randn(total.shape, generator=stream)
    return found


@dataclass(frozen=True)
class Private:
    """One private game. clip: 0 for none. noise: over the clip. rate: of each row in a step."""

    clip: float = 1.0
    noise: float = 0.0
    rate: float = 0.02
    steps: int = 1_000
    lr: float = 5e-3
    seed: int = 0


def play(G: nn.Module, D: nn.Module, x: Tensor, settings: Private) -> None:
    """Train both on the rows x (N, d). G never sees x: it follows D alone, which is private.

    G(z) gives rows; G.latent_dim numbers make a z. Rows enter a batch independently of each other.
    G ends with the running mean of its weights, which costs no privacy.
    """
    average = AveragedModel(G, multi_avg_fn=get_ema_multi_avg_fn(0.99))
    stream = runtime.generator(settings.seed)
    batch = round(settings.rate * len(x))
    opt_g, opt_d = (
        torch.optim.Adam(net.parameters(), lr=settings.lr, betas=(0.5, 0.99), fused=True)
        for net in (G, D)
    )
    for _ in range(settings.steps):
        real = x[torch.rand(len(x), generator=stream) < settings.rate]
        with torch.no_grad():
            fake = G(torch.randn(batch, G.latent_dim, generator=stream))
        opt_d.zero_grad()
        softplus(D(fake)).mean().backward()  # no person's data in it
        if settings.clip:
            private = private_sum(row_gradients(D, real), settings.clip, settings.noise, stream)
            for name, p in D.named_parameters():
                p.grad += private[name] / batch
        else:
            (softplus(-D(real)).sum() / batch).backward()
        opt_d.step()

        fake = G(torch.randn(batch, G.latent_dim, generator=stream))
        opt_g.zero_grad()
        softplus(-D(fake)).mean().backward()
        opt_g.step()
        average.update_parameters(G)
    G.load_state_dict(average.module.state_dict())


class Choices(nn.Module):
    """G for tables of categories alone: one Gumbel-softmax for each column."""

    def __init__(self, levels, latent: int = 16, width: int = 64):
        super().__init__()
        self.latent_dim, self.spans, start = latent, [], 0
        for size in levels:
            self.spans.append((start, start + size))
            start += size
        self.layers = nn.Sequential(
            nn.Linear(latent, width),
            nn.ReLU(),
            nn.Linear(width, width),
            nn.ReLU(),
            nn.Linear(width, start),
        )

    def forward(self, z: Tensor) -> Tensor:
        """(N, sum of the levels): one-hots with the slope of the soft choice (straight through)."""
        raw = self.layers(z)
        parts = [gumbel_softmax(raw[:, a:b], tau=1.0, hard=True) for a, b in self.spans]
        return torch.cat(parts, dim=1)

    @torch.no_grad()
    def sample(self, n: int, stream: torch.Generator) -> Tensor:
        """The categories drawn, (n, columns) int64."""
        drawn = self(torch.randn(n, self.latent_dim, generator=stream))
        return torch.stack([drawn[:, a:b].argmax(dim=1) for a, b in self.spans], dim=1)


def small_critic(inputs: int, width: int = 64) -> nn.Sequential:
    """D of one hidden layer: few weights, so that the noise on them stays small."""
    return nn.Sequential(
        nn.Linear(inputs, width), nn.LeakyReLU(0.2), nn.Linear(width, 1), nn.Flatten(0)
    )


def noisy_shares(
    cells: Tensor, size: int, wanted: float, delta: float, stream: torch.Generator
) -> Tensor:
    """The plain rival: a histogram with Gaussian noise on each count, at the same epsilon.

    A row changes one count by 1. Negative counts become 0, and the shares sum to 1.
    """
    counts = torch.bincount(cells, minlength=size).double()
    noise = noise_for(wanted, 1.0, 1, delta)
    counts = counts + noise * torch.randn(size, generator=stream, dtype=torch.float64)
    counts = counts.clamp(min=0)
    return counts / counts.sum()
