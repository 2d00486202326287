"""Right and wrong answers of notebook 14: exercise -> (right, [plausible wrong ones])."""

import torch

CASES = {}

CASES["mixed_variance"] = (
    lambda n, k, w, sigma: sigma**2 / n + w**2 * sigma**2 / k,
    [
        # as if the fakes were fresh real numbers
        lambda n, k, w, sigma: (1 - w) ** 2 * sigma**2 / n + w**2 * sigma**2 / k,
        lambda n, k, w, sigma: sigma**2 / (n + k),  # as if there were n + k real numbers
        lambda n, k, w, sigma: sigma / n + w**2 * sigma / k,  # deviation in place of variance
    ],
)
CASES["augmentation_matrix"] = (
    lambda weights: torch.stack([weights.roll(j) for j in range(len(weights))], dim=1),
    [
        # transposed: turns backwards
        lambda weights: torch.stack([weights.roll(j) for j in range(len(weights))], dim=0),
        lambda weights: torch.diag(weights),
        lambda weights: weights[:, None].expand(-1, len(weights)),  # forgets where it started
    ],
)
CASES["class_weights"] = (
    lambda counts: counts.sum() / (len(counts) * counts),
    [
        lambda counts: 1 / counts,  # balanced, but the mean image does not count 1
        lambda counts: counts.sum() / counts,  # forgets the number of classes
        # the wrong way round: frequent classes count more
        lambda counts: len(counts) * counts / counts.sum(),
    ],
)
