"""The judges of the race of notebook 18: what a trained model of any family scores on the ring and on digits.

On the ring the density is known, so KL(data || model) can be exact. Digits are judged in the features of the course's classifier.
"""

import time
from dataclasses import asdict

import numpy as np
import torch
from torch import Tensor

from gan_course import data, metrics, pretrained
from gan_course.diffusion import Diffusion
from gan_course.families import VAE, MixtureChain, enlarge

RING = data.ring(std=0.1)
BINS = 60


def histogram_jsd(samples: Tensor, limit: float = 3.0) -> float:
    """Jensen-Shannon divergence of a histogram of samples (N, 2) to the ring's exact masses, in nats, at most log 2.

    60 x 60 cells, and one for all that lies outside. It is finite for every family, and too large by what N leaves to chance.
    """
    edges = torch.linspace(-limit, limit, BINS + 1, dtype=torch.float64)
    cdf = torch.special.ndtr((edges[:, None, None] - RING.means.double()) / RING.stds[0])  # (61, 8, 2)
    along = cdf.diff(dim=0)  # (60, 8, 2)
    p = torch.einsum("ik,jk->ij", along[..., 0], along[..., 1]).flatten() / len(RING.means)
    counts, _, _ = np.histogram2d(*samples.double().T.numpy(), bins=[edges.numpy()] * 2)
    q = torch.from_numpy(counts).flatten() / len(samples)
    p, q = (torch.cat([t, (1 - t.sum()).clamp(min=0)[None]]) for t in (p, q))
    m = (p + q) / 2
    return float((torch.xlogy(p, p / m).nansum() + torch.xlogy(q, q / m).nansum()) / 2)


def grid_kl(log_density, points: int = 240, limit: float = 3.0) -> float:
    """KL(ring || model) in nats by the sum over a grid. log_density: (M, 2) -> (M,)."""
    line = (torch.arange(points) + 0.5) * (2 * limit / points) - limit
    x = torch.cartesian_prod(line, line)
    p = RING.density(x)
    x, p = x[p > 1e-9], p[p > 1e-9]
    with torch.no_grad():
        log_q = torch.cat([log_density(part) for part in x.split(1000)])
    return float((p * (p.log() - log_q)).sum() * (2 * limit / points) ** 2)


def measure_ring(model, n: int = 20_000, seed: int = 1) -> dict:
    """The numbers of a row on the ring. model: of `build`, trained; or `RING` itself, for the ceiling.

    kl: KL(ring || model), exact by `grid_kl` where the density can be computed. kl_bound: its upper bound by `model.bound`.
    jsd: by a histogram of n samples. modes, high_quality: of 2,500 samples, as VEEGAN and PacGAN score them.
    """
    draw = torch.Generator().manual_seed(seed)
    start = time.process_time()
    x = model.sample(n, draw)
    row = {"ms_per_sample": 1000 * (time.process_time() - start) / n, "jsd": histogram_jsd(x)}
    found = metrics.mode_coverage(x[:2500], RING.means, float(RING.stds[0]))
    sides = metrics.precision_recall(RING.sample(2500, draw), x[:2500])
    row |= {"modes": found.modes, "high_quality": found.high_quality, "mode_kl": found.kl, **asdict(sides)}
    if isinstance(model, VAE | MixtureChain):
        row["kl"] = grid_kl(model.marginal if isinstance(model, VAE) else model.bound)
    if getattr(model, "bound", None) is not None:
        test = RING.sample(4 * n, draw)  # the bound of a diffusion is a random draw: many, for a steady mean
        with torch.no_grad():
            row["kl_bound"] = float((RING.density(test).log() - model.bound(test)).mean())
    return row


def reference(test: Tensor, n: int = 1000) -> dict:
    """What `measure_digits` compares with. test: levels (N, 1, 14, 14) of held-out images, at most 5,000 of them are used."""
    features, _ = pretrained.read(enlarge(test[:5000]))
    return {"test": test, "statistics": metrics.statistics(features), "features": features[:n], "n": n}


def measure_digits(model, against: dict, seed: int = 1) -> dict:
    """The numbers of a row on digits, in the features of the course's classifier, N of `reference`.

    nats: minus the mean bound on log p of 2,000 test images. A VAE gets a second set of numbers, "mean_...", for the means of
    p(x | z) in place of samples, and `nats_tighter`, importance-weighted. A diffusion gets "curve": the distance for fewer steps.
    """
    draw = torch.Generator().manual_seed(seed)
    start = time.process_time()
    x = model.sample(against["n"], draw)
    row = {"ms_per_sample": 1000 * (time.process_time() - start) / len(x), **judge(x, against)}
    start = time.process_time()
    model.sample(1, draw)
    row["ms_alone"] = 1000 * (time.process_time() - start)
    if model.bound is not None:
        with torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(seed)
            parts = against["test"][:2000].repeat(1 if not isinstance(model, Diffusion) else 4, 1, 1, 1).split(1000)
            row["nats"] = -float(torch.cat([model.bound(part) for part in parts]).mean())
            if isinstance(model, VAE):
                row["nats_tighter"] = -float(torch.cat([model.tighter_bound(part) for part in parts]).mean())
    if isinstance(model, VAE):
        row |= {f"mean_{name}": value for name, value in judge(model.sample(len(x), draw, mean=True), against).items()}
    if isinstance(model, Diffusion):
        row["curve"] = {str(s): judge(model.sample(len(x), draw, s), against)["frechet_distance"] for s in (2, 5, 10, 25)}
    return row


def judge(levels: Tensor, against: dict) -> dict:
    """Fréchet distance, precision, recall and the KL of the classes of levels (N, 1, 14, 14)."""
    features, logits = pretrained.read(enlarge(levels))
    return {
        "frechet_distance": metrics.frechet_distance(*against["statistics"], *metrics.statistics(features)),
        **asdict(metrics.precision_recall(against["features"], features)),
        "class_kl": metrics.class_histogram(logits.argmax(dim=1)).kl,
    }
