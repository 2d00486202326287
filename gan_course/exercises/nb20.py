"""Exercise checkers of notebook 20_scaling_out."""

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def step_flops(answer):
    """answer(g, d, d_steps) -> operations of one update of G with d_steps updates of D, from the
    layers' forward operations.
    """
    why = (
        "Once for each update of D: a forward of G, and D forward, to weights and to inputs (not "
        "the first layer's) on 2N. Once "
        "for G: forward and back through D, and G's weights and inputs (not the first layer's)."
    )
    for g, d, d_steps in (
        ([10], [100], 1),
        ([3, 5], [70, 20, 1], 1),
        ([3, 5], [70, 20, 1], 5),
        ([8, 4, 2], [16, 32], 2),
    ):
        wanted = d_steps * (sum(g) + 6 * sum(d) - 2 * d[0]) + 2 * sum(d) + 2 * sum(g) - g[0]
        expect(
            call(answer, list(g), list(d), d_steps),
            wanted,
            why,
            1e-9,
            f"g = {g}, d = {d}, d_steps = {d_steps}",
        )
    return "Five steps of D cost less than five times as much: G's own update is paid once."


@exercise
def pooled(answer):
    """answer(means, variances, counts) -> mean and variance over the samples of all ranks, each
    (C,).
    """
    draw = torch.Generator().manual_seed(0)
    for counts in ([8, 8], [5, 20, 7], [30]):
        parts = [
            torch.randn(n, 3, generator=draw, dtype=torch.float64) + 2 * i
            for i, n in enumerate(counts)
        ]
        means, variances = (
            torch.stack([p.mean(0) for p in parts]),
            torch.stack([p.var(0, unbiased=False) for p in parts]),
        )
        found = call(answer, means, variances, torch.tensor(counts, dtype=torch.float64))
        if not isinstance(found, tuple | list) or len(found) != 2:
            raise Mismatch(
                f"Expected two tensors, mean and variance; found {type(found).__name__}."
            )
        whole = torch.cat(parts)
        case = f"ranks with {counts} samples"
        expect(
            found[0],
            whole.mean(0),
            "Each rank's mean counts as often as it has samples.",
            1e-6,
            f"the mean, {case}",
        )
        why = "Pool the means of the squares, then subtract the squared mean: the ranks' means differ, and that is variance too."
        expect(found[1], whole.var(0, unbiased=False), why, 1e-6, f"the variance, {case}")
    return "The mean of the ranks' variances is too small, by the variance of their means."


@exercise
def worth(answer):
    """answer(start, compute, size, latency, bandwidth) -> the largest n of 1, 2, ..., 1024 with an
    efficiency of 1/2 or more.
    """

    def seconds(n, start, compute, size, latency, bandwidth):
        return start + compute / n + 2 * (n - 1) * (latency + size / n / bandwidth)

    why = "The efficiency is T(1) / (n T(n)), with the start in both times, and no exchange on one GPU."
    for given in (
        (0.0, 1.0, 0.0, 0.0, 1.0),  # all divisible: 1024
        (0.14, 1.0, 0.0, 0.0, 1.0),
        (1e-3, 1e-5, 1e6, 1e-5, 1e10),  # a small pair: nothing but the start
        (1e-3, 2.0, 4e8, 2e-5, 5e10),
        (0.02, 0.5, 1e8, 1e-3, 1e11),
    ):
        wanted = max(
            n
            for n in (2**k for k in range(11))
            if seconds(1, *given) / (n * seconds(n, *given)) >= 0.5
        )
        expect(
            call(answer, *given),
            wanted,
            why,
            1e-9,
            f"start, compute, size, latency, bandwidth = {given}",
        )
    return "A small pair is worth one GPU: what cannot be divided is nearly all of its step."
