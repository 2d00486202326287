"""Right and wrong answers of notebook 01: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch
from scipy.special import rel_entr, xlogy
from torch.nn.functional import binary_cross_entropy_with_logits as bce

CASES = {}


softplus = torch.nn.functional.softplus


def through_bins(real, generated, bin):
    a, b = np.bincount(bin, real), np.bincount(bin, generated)
    return np.sum(rel_entr(a, a + b) + rel_entr(b, a + b))


def cells_apart(real, generated, bin):
    """D may answer differently in each cell."""
    return np.sum(rel_entr(real, real + generated) + rel_entr(generated, real + generated))


def mean_of_answers(real, generated, bin):
    """The mean of the best answers of a bin's cells, in place of the best answer of the bin."""
    total = real + generated
    d = np.divide(real, total, out=np.full(len(real), 0.5), where=total > 0)
    d = (np.bincount(bin, d) / np.maximum(np.bincount(bin), 1))[bin]
    return np.sum(xlogy(real, d) + xlogy(generated, 1 - d))


def plain_logarithms(real, generated, bin):
    """Not a number where a bin holds one kind only."""
    a, b = np.bincount(bin, real), np.bincount(bin, generated)
    with np.errstate(all="ignore"):
        return np.sum(a * np.log(a / (a + b)) + b * np.log(b / (a + b)))


CASES["value_through_bins"] = (
    through_bins,
    [
        cells_apart,
        mean_of_answers,
        plain_logarithms,
        lambda real, generated, bin: through_bins(real, generated, bin) / 2,  # minus a BCE
        lambda real, generated, bin: -np.log(4),  # blind
        lambda real, generated, bin: -through_bins(real, generated, bin),  # a loss
    ],
)


def mixed(scores, labels):
    real, fake = scores[labels == 1], scores[labels == 0]
    return -softplus(-real).mean() - softplus(fake).mean()


def by_sigmoid(scores, labels):
    d = torch.sigmoid(scores)
    return d[labels == 1].log().mean() + (1 - d[labels == 0]).log().mean()


def by_log_of_sigmoid(scores, labels):
    """1 - D written as sigmoid(-s): exact at 60, minus infinity at 120."""
    real, fake = scores[labels == 1], scores[labels == 0]
    return torch.sigmoid(real).log().mean() + torch.sigmoid(-fake).log().mean()


def patched(scores, labels):
    d = torch.sigmoid(scores)
    return (d[labels == 1] + 1e-8).log().mean() + (1 - d[labels == 0] + 1e-8).log().mean()


CASES["value_from_scores"] = (
    mixed,
    [
        by_sigmoid,
        by_log_of_sigmoid,
        patched,
        lambda scores, labels: -mixed(scores, labels),  # a loss
        lambda scores, labels: mixed(scores, 1 - labels),  # the kinds swapped
        lambda scores, labels: mixed(scores.detach(), labels),  # no slope
        lambda scores, labels: -2 * bce(scores, labels.float()),  # one mean over all samples
        lambda scores, labels: mixed(scores, labels).item(),  # no tensor
        lambda scores, labels: torch.sigmoid(scores).mean(),
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
