"""Right and wrong answers of notebook 10: exercise -> (right, [plausible wrong ones])."""

from itertools import combinations

import numpy as np
import torch
from scipy.stats import ttest_ind


def grouped(f, size):
    spread = f.unflatten(0, (-1, size)).std(dim=1, correction=0).mean(dim=1)
    return torch.cat([f, spread.repeat_interleave(size)[:, None]], dim=1)


def distances(path, weight, means):
    return weight * torch.cat([torch.zeros(1), ((path[1:] - means) ** 2).sum(dim=1)])


def running(path):
    return path.cumsum(dim=0) / torch.arange(1, len(path) + 1)[:, None]


CASES = {}

CASES["density_ratio"] = (
    lambda D, a, b: (D - b) / (a - D),
    [
        lambda D, a, b: D / (1 - D),  # as if nothing were smoothed
        lambda D, a, b: (D - b) / (1 - D),  # forgets that a is the cap
        lambda D, a, b: (a - D) / (D - b),  # q / p
    ],
)
CASES["grouped_deviation"] = (
    grouped,
    [
        lambda f, size: grouped(f, len(f)),  # one group: the whole batch
        lambda f, size: torch.cat(
            [f, f.unflatten(0, (-1, size)).std(dim=1).mean(dim=1).repeat_interleave(size)[:, None]],
            1,
        ),
        # repeated in the wrong order: rows of a group get different numbers
        lambda f, size: torch.cat(
            [
                f,
                f.unflatten(0, (-1, size))
                .std(dim=1, correction=0)
                .mean(dim=1)
                .repeat(size)[:, None],
            ],
            dim=1,
        ),
        # over features, not over samples
        lambda f, size: torch.cat([f, f.std(dim=1, correction=0)[:, None]], dim=1),
    ],
)
CASES["history_penalty"] = (
    lambda path, weight: distances(path, weight, running(path)[:-1]),
    [
        # the mean holds the row itself
        lambda path, weight: weight * ((path - running(path)) ** 2).sum(dim=1),
        # the future's rows too
        lambda path, weight: weight * ((path - path.mean(dim=0)) ** 2).sum(dim=1),
        lambda path, weight: distances(path, weight, path[:-1]),  # the step before, not the mean
        # a mean over the parameters
        lambda path, weight: distances(path, weight, running(path)[:-1]) / path.shape[1],
    ],
)


def splits(ours, control, take=abs, strict=False):
    """The p-value by all splits; `take` the absolute value, or not, of a difference of means."""
    pooled, n = np.array(ours + control), len(ours)

    def gap(chosen):
        mine = np.isin(np.arange(len(pooled)), chosen)
        return take(pooled[mine].mean() - pooled[~mine].mean())

    gaps = np.array([gap(c) for c in combinations(range(len(pooled)), n)])
    seen = gap(range(n))
    return float((gaps > seen + 1e-9).mean() if strict else (gaps >= seen - 1e-9).mean())


CASES["permutation_p"] = (
    splits,
    [
        lambda ours, control: splits(ours, control, take=float),  # one-sided
        lambda ours, control: splits(ours, control, strict=True),  # ties and itself left out
        lambda ours, control: float(ttest_ind(ours, control).pvalue),  # a bell curve after all
        # splits of another size
        lambda ours, control: splits(control, ours, take=float),
    ],
)
