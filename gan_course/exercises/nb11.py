"""Exercise checkers of notebook 11_evaluating_gans."""

import math

import torch

from gan_course.exercises.frame import call, exercise, expect


@exercise
def sure_score(answer):
    """shares (K,) -> classifier score of a generator whose every image is surely of one class."""
    why = "exp of the mean of -log p_k, that is exp(-sum p_k log p_k), with 0 log 0 = 0."
    for shares in ([0.1] * 10, [0.5, 0.25, 0.25], [0.9, 0.1, 0.0]):
        wanted = math.exp(-sum(p * math.log(p) for p in shares if p))
        expect(call(answer, torch.tensor(shares)), wanted, why, 1e-4, f"shares {shares}")
    return (
        "It is the exponential of the entropy: the effective number of classes. Nothing within a "
        "class counts."
    )


@exercise
def frechet_bias(answer):
    """(d, n, m) -> leading term of E[squared Fréchet distance] of n and m samples of N(0, I_d)."""
    why = "Variances of independent errors add: (d + d (d + 1) / 4) (1/n + 1/m)."
    for d, n, m in ((64, 1000, 1000), (64, 1000, 10**9), (2048, 50_000, 10_000)):
        wanted = (d + d * (d + 1) / 4) * (1 / n + 1 / m)
        expect(call(answer, d, n, m), wanted, why, 1e-4, f"d = {d}, n = {n}, m = {m}")
    return "In 2,048 features 10,000 samples against 50,000 have a bias of over 100 in these units."


@exercise
def support_size(answer):
    """(size, share of batches with a repeat) -> estimated number of images in a stock."""
    why = "Solve share = 1 - exp(-size (size - 1) / (2 K)) for K."
    for size, share in ((23, 0.5), (400, 0.2), (50, 0.99)):
        wanted = -size * (size - 1) / (2 * math.log(1 - share))
        expect(call(answer, size, share), wanted, why, 1e-4, f"size {size}, share {share}")
    return (
        "23 people with even odds: a year of 365 days. For unequal chances it is the effective "
        "number, a lower bound."
    )
