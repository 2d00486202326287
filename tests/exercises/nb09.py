"""Right and wrong answers of notebook 09: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch

CASES = {}


def _steepest(points, f):
    i, j = np.triu_indices(len(points), 1)
    return np.max(np.abs(f[i] - f[j]) / np.abs(points[i] - points[j]))


CASES["w1_on_points"] = (
    lambda points, p, q: (np.abs(np.cumsum(p - q))[:-1] * np.diff(points)).sum(),
    [
        # as if evenly spaced
        lambda points, p, q: np.abs(np.cumsum(p - q)).sum() * np.diff(points).mean(),
        # heights in place of CDFs
        lambda points, p, q: (np.abs(p - q)[:-1] * np.diff(points)).sum(),
        lambda points, p, q: np.abs(p - q).max(),  # the wrong formula of the articles
        # the difference of the means: a lower bound
        lambda points, p, q: abs((points * (p - q)).sum()),
    ],
)
CASES["w1_lower_bound"] = (
    lambda points, f, p, q: abs((f * (p - q)).sum()) / _steepest(points, f),
    [
        lambda points, f, p, q: abs((f * (p - q)).sum()),  # not scaled
        lambda points, f, p, q: (f * (p - q)).sum() / _steepest(points, f),  # the sign of f is left
        lambda points, f, p, q: (
            abs((f * (p - q)).sum()) / np.abs(np.diff(f) / np.diff(points)).max()
        ),  # unsorted neighbours
    ],
)
CASES["mix_samples"] = (
    lambda real, fake, t: torch.lerp(fake, real, t.view(-1, *[1] * (real.ndim - 1))),
    [
        lambda real, fake, t: t * real + (1 - t) * fake,  # t along the columns
        # the other way round
        lambda real, fake, t: torch.lerp(real, fake, t.view(-1, *[1] * (real.ndim - 1))),
        lambda real, fake, t: torch.lerp(fake, real, t.mean()),  # one t a batch
        lambda real, fake, t: torch.lerp(fake, real, torch.rand(real.shape)),  # one a pixel
    ],
)
