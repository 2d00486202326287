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
CASES["nearest_other"] = (
    lambda images: (
        torch.cdist(images.flatten(1), images.flatten(1)).fill_diagonal_(torch.inf).argmin(dim=1)
    ),
    [
        # finds itself
        lambda images: torch.cdist(images.flatten(1), images.flatten(1)).argmin(dim=1),
        lambda images: (
            (images.flatten(1) @ images.flatten(1).T).fill_diagonal_(-torch.inf).argmax(dim=1)
        ),
        lambda images: torch.cdist(images.flatten(1), images.flatten(1)).argmax(dim=1),
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
