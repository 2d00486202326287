"""Right and wrong answers of notebook 04: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch

from gan_course import metrics

CASES = {}

CASES["kl_of_a_perfect_sampler"] = (
    lambda K, N: (K - 1) / (2 * N),
    [
        lambda K, N: 0.0,  # "it is perfect"
        lambda K, N: K / (2 * N),  # the shares sum to 1: one of them is not free
        lambda K, N: (K - 1) / N,  # the half of the second order forgotten
        lambda K, N: np.log(K) / N,
    ],
)


def _radii(samples, means, std):
    """(r / std)^2 / 2 of each sample: exponential with mean 1 for a perfect sampler."""
    return (torch.cdist(samples, means).min(dim=1).values / std).square() / 2


def _law(samples, means, std):
    """Largest distance of the two distribution functions of the radius (Kolmogorov, Smirnov)."""
    values = _radii(samples, means, std).sort().values
    return float((torch.linspace(0, 1, len(values)) - (1 - (-values).exp())).abs().max())


def _copies(samples, means=None, std=None):
    return 1 - len(samples.unique(dim=0)) / len(samples)


def _number(name, sign=1):
    return lambda samples, means, std: (
        sign * getattr(metrics.mode_coverage(samples, means, std), name)
    )


def suspicion(samples, means, std):
    return max(_law(samples, means, std), _copies(samples))


CASES["suspicion"] = (
    suspicion,
    [
        _number("modes", -1),
        _number("high_quality", -1),
        _number("kl"),
        _number("spread"),
        _number("spread", -1),
        lambda samples, means, std: float((samples.mean(dim=0) - means.mean(dim=0)).norm()),
        _copies,  # sees repeated points alone
        lambda x, means, std: -float((_radii(x, means, std) < 0.125).float().mean()),  # circles
        lambda samples, means, std: float("nan"),
    ],
)
