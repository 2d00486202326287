"""Right and wrong answers of notebook 08: exercise -> (right, [plausible wrong ones])."""

import math

import torch

CASES = {}


def _blind(p, q, prior):
    real, fake = prior @ p, prior @ q
    total = real + fake
    return torch.where(total > 0, real / total.clamp(min=1e-300), 0.5)


CASES["blind_discriminator"] = (
    _blind,
    [
        lambda p, q, prior: prior @ (p / (p + q)),  # the mean of the D* of the labels
        # as if all classes were equally likely
        lambda p, q, prior: p.sum(0) / (p.sum(0) + q.sum(0)),
        lambda p, q, prior: p / (p + q),  # sees the label
        lambda p, q, prior: (prior @ p) / (prior @ p + prior @ q),  # 0 / 0
        lambda p, q, prior: 1 - _blind(p, q, prior),  # says "generated"
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
