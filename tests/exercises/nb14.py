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
CASES["other_shares"] = (
    lambda logits, trained, real: (logits + (real / trained).log()).log_softmax(dim=1),
    [
        lambda logits, trained, real: logits.log_softmax(dim=1),  # nothing is corrected
        # the wrong way round
        lambda logits, trained, real: (logits + (trained / real).log()).log_softmax(dim=1),
        # right, and not a number at large logits
        lambda logits, trained, real: (
            (logits.softmax(dim=1) * real / trained)
            / (logits.softmax(dim=1) * real / trained).sum(dim=1, keepdim=True)
        ).log(),
        # the shares it was trained with are forgotten
        lambda logits, trained, real: (logits + real.log()).log_softmax(dim=1),
        # not normalised
        lambda logits, trained, real: logits.log_softmax(dim=1) + (real / trained).log(),
    ],
)
