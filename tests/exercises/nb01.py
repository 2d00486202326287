"""Right and wrong answers of notebook 01: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch

CASES = {}


def coins(a, b):
    return a * np.log(a / b) + (1 - a) * np.log((1 - a) / (1 - b))


CASES["optimal_discriminator_with_prior"] = (
    lambda p, q, prior: prior * p / (prior * p + (1 - prior) * q),
    [
        lambda p, q, prior: p / (p + q),  # forgets the shares
        lambda p, q, prior: prior * p / (p + q),  # scales the answer
        lambda p, q, prior: (1 - prior) * p / ((1 - prior) * p + prior * q),  # shares swapped
        # probability of "generated"
        lambda p, q, prior: (1 - prior) * q / (prior * p + (1 - prior) * q),
    ],
)
CASES["value_from_scores"] = (
    lambda real, fake: (
        -torch.nn.functional.softplus(-real).mean() - torch.nn.functional.softplus(fake).mean()
    ),
    [
        lambda real, fake: (
            torch.sigmoid(real).log().mean() + (1 - torch.sigmoid(fake)).log().mean()
        ),  # overflows
        lambda real, fake: (
            (torch.sigmoid(real) + 1e-8).log().mean()
            + (1 - torch.sigmoid(fake) + 1e-8).log().mean()
        ),
        lambda real, fake: (
            torch.nn.functional.softplus(-real).mean() + torch.nn.functional.softplus(fake).mean()
        ),  # -V
        lambda real, fake: (
            -torch.nn.functional.softplus(real).mean() - torch.nn.functional.softplus(-fake).mean()
        ),
        lambda real, fake: torch.sigmoid(real).mean(),
        lambda real, fake: 1.0,
    ],
)
CASES["score_of_two_gaussians"] = (
    lambda mp, sp, mq, sq: (
        (sq**-2 - sp**-2) / 2,
        mp / sp**2 - mq / sq**2,
        (mq**2 / sq**2 - mp**2 / sp**2) / 2 + np.log(sq / sp),
    ),
    [
        # as if the widths were equal
        lambda mp, sp, mq, sq: (0.0, (mp - mq) / sp**2, (mq**2 - mp**2) / (2 * sp**2)),
        lambda mp, sp, mq, sq: (
            (sq**-2 - sp**-2) / 2,
            mp / sp**2 - mq / sq**2,
            (mq**2 / sq**2 - mp**2 / sp**2) / 2,  # the widths' logarithm forgotten
        ),
        lambda mp, sp, mq, sq: (
            (sp**-2 - sq**-2) / 2,
            mq / sq**2 - mp / sp**2,
            (mp**2 / sp**2 - mq**2 / sq**2) / 2 + np.log(sp / sq),  # log q - log p
        ),
        lambda mp, sp, mq, sq: (0.0, 1.0),
    ],
)
CASES["price_of_a_wrong_discriminator"] = (
    lambda p, q, d: (p + q) * coins(p / (p + q), d),
    [
        lambda p, q, d: coins(p / (p + q), d),  # not weighted by the density
        lambda p, q, d: (p + q) * coins(d, p / (p + q)),  # the divergence the wrong way round
        lambda p, q, d: (p + q) * (p / (p + q) - d) ** 2,  # a squared error
        lambda p, q, d: p * np.log(p / (p + q) / d),  # the real half only
    ],
)
