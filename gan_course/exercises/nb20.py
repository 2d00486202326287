"""Exercise checkers of notebook 20_scaling_out."""

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def step_flops(answer):
    """(g, d, d_steps) -> operations of an update of G, d_steps of D; g, d: of a layer's forward."""
    why = (
        "Once for each update of D: a forward of G, and D forward, to weights and to inputs (not "
        "the first layer's) on 2N. Once for G: forward and back through D, and G's weights and "
        "inputs (not the first layer's)."
    )
    for g, d, d_steps in (
        ([10], [100], 1),
        ([3, 5], [70, 20, 1], 1),
        ([3, 5], [70, 20, 1], 5),
        ([8, 4, 2], [16, 32], 2),
    ):
        wanted = d_steps * (sum(g) + 6 * sum(d) - 2 * d[0]) + 2 * sum(d) + 2 * sum(g) - g[0]
        case = f"g = {g}, d = {d}, d_steps = {d_steps}"
        expect(call(answer, list(g), list(d), d_steps), wanted, why, 1e-9, case)
    return "Five steps of D cost less than five times as much: G's own update is paid once."


@exercise
def pooled(answer):
    """(means, variances, counts) -> mean and variance over the samples of all ranks, each (C,)."""
    why_mean = "Each rank's mean counts as often as it has samples."
    why_variance = (
        "Pool the means of the squares, then subtract the squared mean: the ranks' means differ, "
        "and that is variance too."
    )
    draw = torch.Generator().manual_seed(0)
    for counts in ([8, 8], [5, 20, 7], [30]):
        parts = []
        for i, n in enumerate(counts):
            parts.append(torch.randn(n, 3, generator=draw, dtype=torch.float64) + 2 * i)
        means = torch.stack([part.mean(0) for part in parts])
        variances = torch.stack([part.var(0, unbiased=False) for part in parts])
        pair = call(answer, means, variances, torch.tensor(counts, dtype=torch.float64))
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            kind = type(pair).__name__
            raise Mismatch(f"Expected two tensors, mean and variance; found {kind}.")
        whole, case = torch.cat(parts), f"ranks with {counts} samples"
        expect(pair[0], whole.mean(0), why_mean, 1e-6, f"the mean, {case}")
        variance = whole.var(0, unbiased=False)
        expect(pair[1], variance, why_variance, 1e-6, f"the variance, {case}")
    return "The mean of the ranks' variances is too small, by the variance of their means."


@exercise
def worth(answer):
    """(start, compute, size, bandwidth) -> the real n at which the efficiency is one half.

    Efficiency: speed-up over n, with no latency and, on one GPU, no exchange.
    """
    why = (
        "Set n T(n) = 2 T(1). On n GPUs the start is spent n times and the exchange is "
        "2 (n - 1) size / bandwidth in all; T(1) has the start too, and no exchange."
    )
    for given in (
        (0.0, 1.0, 2.0, 4.0),  # no start: n = 1 + compute / (2 size / bandwidth)
        (0.14, 1.0, 0.0, 1.0),  # no exchange: 1 + T(1) / start
        (1e-3, 1e-5, 1e6, 1e10),  # a small pair: nothing but the start
        (1e-3, 2.0, 4e8, 5e10),
        (0.02, 0.5, 1e8, 1e11),
    ):
        start, compute, size, bandwidth = given
        wanted = 1 + (start + compute) / (start + 2 * size / bandwidth)
        case = f"start, compute, size, bandwidth = {given}"
        expect(call(answer, *given), wanted, why, 1e-6, case)
    return "One GPU, and one more for each time that T(1) holds a GPU's start and exchange."
