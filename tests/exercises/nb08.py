"""Right and wrong answers of notebook 08: exercise -> (right, [plausible wrong ones])."""

import math

CASES = {}


def _deaf(p, prior):
    return (prior @ p).expand_as(p)  # G draws the mixture, whatever it is asked for


CASES["wrong_classes"] = (
    _deaf,
    [
        lambda p, prior: p,  # right classes
        lambda p, prior: p.flip(0),  # a swap, as if all classes were equally likely
        lambda p, prior: p.roll(1, 0),
        lambda p, prior: p.mean(dim=0).expand_as(p),  # the mean without the shares
        lambda p, prior: prior[:, None] * p,  # no densities
        lambda p, prior: (prior @ p)[None],  # one row
        lambda p, prior: 2 * _deaf(p, prior) - p,  # the right sums, and negative values
        lambda p, prior: 0.999 * p + 0.001 * _deaf(p, prior),  # hardly other classes
    ],
)
CASES["softmax_twice_floor"] = (
    lambda K: math.log(math.e + K - 1) - 1,
    [
        lambda K: 0.0,  # that of one softmax
        lambda K: math.log(K),  # that of a guess
        lambda K: math.log(1 + K / math.e),  # counts the right class twice
    ],
)


def _guided(m, s, M, S, w):
    precision = w / s**2 - (w - 1) / S**2
    return (w * m / s**2 - (w - 1) * M / S**2) / precision, precision**-0.5


CASES["guided_gaussian"] = (
    _guided,
    [
        lambda m, s, M, S, w: (m, s),  # no guidance
        lambda m, s, M, S, w: (m, s / w**0.5),  # p(x | y)^w alone
        lambda m, s, M, S, w: (M + w * (m - M), s),  # the means as the scores
        lambda m, s, M, S, w: _guided(m, s, M, S, w + 1),  # the w of the paper
        lambda m, s, M, S, w: (_guided(m, s, M, S, w)[0], _guided(m, s, M, S, w)[1] ** 2),
        lambda m, s, M, S, w: _guided(m, s, M, S, w)[0],  # one number
    ],
)
