"""Right and wrong answers of notebook 20: exercise -> (right, [plausible wrong ones])."""

import torch


def weigh(values, counts):
    return (counts[:, None] * values).sum(0) / counts.sum()


def right_pooled(means, variances, counts):
    mean = weigh(means, counts)
    return mean, weigh(variances + means**2, counts) - mean**2


def equal_ranks(means, variances, counts):
    return right_pooled(means, variances, torch.ones_like(counts))


def time_on(n, start, compute, size, latency, bandwidth, messages=None):
    messages = 2 * (n - 1) if messages is None else messages
    return start + compute / n + messages * (latency + size / n / bandwidth)


def largest(passes):
    return max(n for n in (2**k for k in range(11)) if passes(n))


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
    lambda *a: largest(lambda n: time_on(1, *a) / (n * time_on(n, *a)) >= 0.5),
    [
        # the speed-up, not the efficiency
        lambda *a: largest(lambda n: time_on(1, *a) / time_on(n, *a) >= 0.5),
        # no start on one GPU
        lambda *a: largest(lambda n: n == 1 or a[1] / (n * time_on(n, *a)) >= 0.5),
        # latency that does not grow
        lambda *a: largest(lambda n: time_on(1, *a) / (n * time_on(n, *a, messages=2)) >= 0.5),
    ],
)
