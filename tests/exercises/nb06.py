"""Right and wrong answers of notebook 06: exercise -> (right, [plausible wrong ones])."""

import torch

CASES = {}

CASES["to_bytes"] = (
    lambda x: ((x.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8),
    [
        lambda x: ((x.clamp(-1, 1) + 1) * 127.5).to(torch.uint8),  # cut off, not rounded
        lambda x: ((x + 1) * 127.5).round().to(torch.int64).to(torch.uint8),  # wraps round
        lambda x: (x.clamp(0, 1) * 255).round().to(torch.uint8),  # as if from [0, 1]
        lambda x: ((x.clamp(-1, 1) + 1) * 127.5).round(),  # still float
    ],
)
CASES["frechet_isotropic"] = (
    lambda mean, s: (mean**2).sum() + len(mean) * (1 - s) ** 2,
    [
        lambda mean, s: mean.norm() + len(mean) * (1 - s) ** 2,  # the norm, not its square
        # forgets that the trace counts d dimensions
        lambda mean, s: (mean**2).sum() + (1 - s) ** 2,
        # variances in place of deviations
        lambda mean, s: (mean**2).sum() + len(mean) * (1 - s**2) ** 2,
    ],
)


def average_memory(n, decay):
    age = 0.0
    for held in range(1, n):
        age = min((1 + held) / (10 + held), decay) * (age + 1)
    return age


CASES["average_memory"] = (
    average_memory,
    [
        lambda n, decay: 1 / (1 - decay),  # the limit alone
        lambda n, decay: n / 10,  # the warm-up alone
        lambda n, decay: n / 2,  # as if all weights counted alike
        lambda n, decay: min(n - 1, decay / (1 - decay)),  # no warm-up
        lambda n, decay: 9 / (10 + n),  # the share of the newest weights
        lambda n, decay: [average_memory(n, decay)] * 2,
    ],
)
