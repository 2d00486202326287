"""Right and wrong answers of notebook 04: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch

CASES = {}


def ring_by(angles):
    return lambda k, radius: radius * torch.stack([angles(k).cos(), angles(k).sin()], dim=1)


def by_step(k):
    return torch.arange(k) * (2 * torch.pi / k)


CASES["ring_centres"] = (
    ring_by(by_step),
    [
        ring_by(lambda k: torch.linspace(0, 2 * torch.pi, k)),  # with the end point
        ring_by(lambda k: -by_step(k)),  # clockwise
        lambda k, radius: ring_by(by_step)(k, 1.0),  # the radius forgotten
    ],
)
CASES["kl_when_m_of_k_modes"] = (
    lambda m, K: np.log(K / m),
    [
        lambda m, K: np.log(m / K),
        lambda m, K: np.log2(K / m),
        lambda m, K: 1 - m / K,
        lambda m, K: np.log(K / m) / m,
    ],
)
CASES["packed_sizes"] = ((64, 8), [(256, 8), (64, 2), (128, 4), (256, 2)])
