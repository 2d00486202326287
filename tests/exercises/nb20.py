"""Right and wrong answers of notebook 20: exercise -> (right, [plausible wrong ones])."""

import torch


def weigh(values, counts):
    return (counts[:, None] * values).sum(0) / counts.sum()


def right_pooled(means, variances, counts):
    mean = weigh(means, counts)
    return mean, weigh(variances + means**2, counts) - mean**2


def equal_ranks(means, variances, counts):
    return right_pooled(means, variances, torch.ones_like(counts))


def half(start, compute, size, bandwidth):
    return 1 + (start + compute) / (start + 2 * size / bandwidth)


CASES = {}

CASES["step_flops"] = (
    lambda g, d, k=1: k * (sum(g) + 6 * sum(d) - 2 * d[0]) + 2 * sum(d) + 2 * sum(g) - g[0],
    [
        # one forward of G for all steps of D
        lambda g, d, k=1: k * (6 * sum(d) - 2 * d[0]) + 2 * sum(d) + 3 * sum(g) - g[0],
        # the first layers' input gradients
        lambda g, d, k=1: k * (sum(g) + 6 * sum(d)) + 2 * sum(d) + 2 * sum(g),
        # D not frozen in G's step
        lambda g, d, k=1: k * (sum(g) + 6 * sum(d) - 2 * d[0]) + 3 * sum(d) + 2 * sum(g) - g[0],
        lambda g, d, k=1: 3 * (sum(g) + 2 * k * sum(d)),  # as two classifiers
    ],
)
CASES["pooled"] = (
    right_pooled,
    [
        lambda m, v, c: (weigh(m, c), weigh(v, c)),  # the mean of the variances
        equal_ranks,  # every rank counts alike
        # divided by the number of ranks less one
        lambda m, v, c: (weigh(m, c), weigh(v, c) + m.var(0)),
        lambda m, v, c: right_pooled(m, v, c)[1],  # the variance alone
    ],
)
CASES["worth"] = (
    half,
    [
        # half of one GPU's time: the speed-up, not the efficiency
        lambda s, c, size, b: 2 * c / (s + c),
        # no start on one GPU
        lambda s, c, size, b: 1 + c / (s + 2 * size / b),
        # the exchange of many GPUs, 2 size / bandwidth, on each
        lambda s, c, size, b: (2 * s + c) / (s + 2 * size / b),
        # bytes sent once
        lambda s, c, size, b: 1 + (s + c) / (s + size / b),
        # rounded down to a whole number of GPUs
        lambda *given: int(half(*given)),
    ],
)
