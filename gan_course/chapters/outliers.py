"""How strange is a row? Scores by a GAN of usual rows, and plain ones. Notebook 24.

A larger score says "strange". Inversion: Schlegl et al. 2017; the encoder: Schlegl et al. 2019.
"""

from collections.abc import Callable

import torch
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score
from torch import Tensor, nn

from gan_course import data, game, losses, metrics, models, penalties, runtime
from gan_course.config import TrainConfig


def pair(x: Tensor, steps: int, seed: int, latent: int = 8, width: int = 64) -> game.Run:
    """A GAN on rows x (N, d): non-saturating, R1 of weight 0.1, weights of G averaged."""
    torch.manual_seed(seed)
    shape = (x.shape[1],)
    G = models.MLPGenerator(latent, shape, (width, width), output="linear")
    D = models.MLPDiscriminator(shape, (width, width))
    config = TrainConfig(
        steps=steps,
        latent_dim=latent,
        lr_g=2e-3,
        lr_d=2e-3,
        betas=(0.0, 0.99),
        average=0.99,
        lr_final=0.1,
        seed=seed,
    )
    r1 = [penalties.ZeroCentered(0.1, every=4)]
    return game.train(G, D, data.batches(x, 64, seed), losses.NonSaturating(), config, r1)


def inversion(G: nn.Module, x: Tensor, starts: int, steps: int, seed: int = 0) -> Tensor:
    """The distance (N,) from each row to the nearest G(z) that gradient descent finds.

    A search from each of `starts` random z; the best of them counts.
    """
    G.requires_grad_(False).eval()
    latent = G.latent_dim
    z = torch.randn(len(x) * starts, latent, generator=runtime.generator(seed)).requires_grad_()
    goal = x.repeat_interleave(starts, dim=0)
    search = torch.optim.Adam([z], lr=0.1)
    for _ in range(steps):
        search.zero_grad()
        (G(z) - goal).square().sum().backward()  # every search has its own gradient
        search.step()
    with torch.no_grad():
        found = (G(z) - goal).norm(dim=1)
    return found.view(len(x), starts).amin(dim=1)


def encoder(G: nn.Module, x: Tensor, steps: int, seed: int = 0, width: int = 64) -> nn.Module:
    """E that takes usual rows to a z which draws them: it lowers |G(E(x)) - x|^2 on x alone."""
    torch.manual_seed(seed)
    G.requires_grad_(False).eval()
    E = models.mlp([x.shape[1], width, width, G.latent_dim])
    fit = torch.optim.Adam(E.parameters(), lr=2e-3, fused=True)
    batches = data.batches(x, 64, seed)
    for _ in range(steps):
        rows = next(batches)[0]
        fit.zero_grad()
        (G(E(rows)) - rows).square().sum(dim=1).mean().backward()
        fit.step()
    return E


def plain(x: Tensor, seed: int = 0) -> dict[str, Callable[[Tensor], Tensor]]:
    """Scores that need no GAN, fitted to usual rows x (N, d): name -> function of rows."""
    forest = IsolationForest(random_state=seed).fit(x.numpy())
    mean, inverse = x.mean(dim=0), torch.linalg.inv(torch.cov(x.T) + 1e-4 * torch.eye(x.shape[1]))
    return {
        "nearest neighbour": lambda rows: metrics.nearest(rows, x)[0],
        "isolation forest": lambda rows: -torch.tensor(forest.score_samples(rows.numpy())),
        "one Gaussian": lambda rows: ((rows - mean) @ inverse * (rows - mean)).sum(dim=1),
        "first column (null)": lambda rows: rows[:, 0],
    }


def judge(usual: Tensor, strange: Tensor, held_out: Tensor) -> dict[str, float]:
    """Scores of three sets: area under the ROC curve, average precision, and both alarm rates.

    The threshold is what 95 % of the held-out usual rows stay below.
    """
    scores = torch.cat([usual, strange]).numpy()
    truth = [0] * len(usual) + [1] * len(strange)
    threshold = held_out.double().quantile(0.95)
    return {
        "auc": float(roc_auc_score(truth, scores)),
        "precision": float(average_precision_score(truth, scores)),
        "false_alarms": float((usual > threshold).double().mean()),
        "found": float((strange > threshold).double().mean()),
    }
