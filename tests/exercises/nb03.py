"""Right and wrong answers of notebook 03: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch

CASES = {}

soft = torch.nn.functional.softplus


def _cross_entropy(real, fake, target):
    on_real = target * soft(-real) + (1 - target) * soft(real)
    return on_real.mean() + soft(fake).mean()


def _by_logarithm(real, fake, target):
    p, q = real.sigmoid(), fake.sigmoid()
    on_real = target * p.log() + (1 - target) * (1 - p).log()
    return -on_real.mean() - (1 - q).log().mean()


def _by_log_sigmoid(real, fake, target):
    """Finite up to +-60, infinite at 120."""
    on_real = target * real.sigmoid().log() + (1 - target) * (-real).sigmoid().log()
    return -on_real.mean() - (-fake).sigmoid().log().mean()


CASES["soft_target_loss"] = (
    _cross_entropy,
    [
        lambda r, f, target: soft(-r).mean() + soft(f).mean(),  # the target forgotten
        lambda r, f, target: target * soft(-r).mean() + soft(f).mean(),  # half of it forgotten
        lambda r, f, target: (
            _cross_entropy(r, f, target) + (1 - target) * soft(-f).mean()
        ),  # both sides
        _by_logarithm,
        _by_log_sigmoid,
        lambda r, f, target: _cross_entropy(r.detach(), f.detach(), target),  # no gradient
        lambda r, f, target: _cross_entropy(r, f.detach(), target),  # none in one of them
        lambda r, f, target: _cross_entropy(f, r, target),  # exchanged
    ],
)
CASES["gan_step_mistakes"] = ({3, 7, 10}, [{3, 7}, {2, 3, 7}, {3, 7, 8, 10}, 7])


def _slopes(mu, loss=lambda D: (D, 1 - D), sign=1, D_of=lambda s: 1 / (1 + np.exp(-s))):
    z = np.random.default_rng(0).normal(size=400_000)
    score = (2 - mu) * (mu + z) - (4 - mu**2) / 2
    with np.errstate(over="ignore"):
        D = D_of(score)
    a, b = loss(D)
    return sign * (2 - mu) * np.mean(a), sign * (2 - mu) * np.mean(b)


CASES["shift_slopes"] = (
    _slopes,
    [
        lambda mu: _slopes(mu, sign=-1),
        lambda mu: _slopes(mu, lambda D: (1 - D, D)),  # the two exchanged
        lambda mu: _slopes(mu, D_of=lambda s: 0 * s + 0.5),  # an undecided D
        lambda mu: tuple(
            np.array(_slopes(mu)) / (2 - mu + 1e-9)
        ),  # the slope of the score forgotten
        lambda mu: _slopes(mu)[0],
    ],
)
