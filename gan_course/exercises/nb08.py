"""Exercise checkers of notebook 08_conditional_gan."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect, number


@exercise
def blind_discriminator(answer):
    """(p, q, prior) -> (M,), the best D(x) that sees no label; p, q: (K, M), prior: (K,)."""
    why = "What a blind D sees has a density that does not know the labels any more."
    p = torch.tensor([[0.8, 0.2, 0.0], [0.1, 0.3, 0.6]], dtype=torch.float64)
    q = torch.tensor([[0.2, 0.2, 0.6], [0.5, 0.4, 0.1]], dtype=torch.float64)
    even, uneven = torch.tensor([[0.5, 0.5], [0.8, 0.2]], dtype=torch.float64)
    case = "two equally likely classes that G has swapped"
    expect(call(answer, p, p.flip(0), even), torch.full((3,), 0.5), why, 1e-6, case)
    for prior in (even, uneven):
        real, fake = prior @ p, prior @ q
        case = f"prior {prior.tolist()}"
        expect(call(answer, p, q, prior), real / (real + fake), why, 1e-6, case)
    p, q = torch.tensor([[[0.5, 0.5, 0.0, 0.0]], [[0.5, 0.0, 0.5, 0.0]]], dtype=torch.float64)
    wanted = torch.tensor([0.5, 1.0, 0.0, 0.5])
    why = "Where neither kind ever falls, D may say anything; the exercise asks for 1/2."
    expect(call(answer, p, q, torch.ones(1, dtype=torch.float64)), wanted, why, 1e-6, "one class")
    return "Swap two equally likely classes, and it still says 1/2 everywhere."


@exercise
def softmax_twice_floor(answer):
    """K -> the least cross entropy of logits that are themselves a softmax over K classes.

    A class may multiply the output of the first softmax.
    """
    why = "Within which bounds do the logits lie that reach the second softmax?"
    factor = number("08.2", "factor", 1)
    for K in (2, 10, 1000):
        expect(call(answer, K), math.log1p((K - 1) * math.exp(-factor)), why, 1e-5, f"K = {K}")
    return (
        "For 10 classes it is 1.461; a classifier that guesses stands at log 10 = 2.303, less than "
        "twice as high."
    )


@exercise
def guided_gaussian(answer):
    """(m, s, M, S, w) -> mean and standard deviation of N(M, S^2)^(1 - w) N(m, s^2)^w, normed."""
    for m, s, M, S, w in (
        (1.5, 0.5, -0.5, 2.0, 1.0),
        (2.0, 1.0, 0.0, 1.5, 3.0),
        (-1.0, 0.7, 2.0, 0.8, 7.5),
        (0.0, 1.0, 0.0, 2.0, 4.0),
    ):
        case = f"m = {m}, s = {s}, M = {M}, S = {S}, w = {w}"
        result = call(answer, m, s, M, S, w)
        if not hasattr(result, "__len__") or len(result) != 2:
            raise Mismatch("Return two numbers, the mean and the standard deviation.")
        precision = w / s**2 + (1 - w) / S**2
        mean = (w * m / s**2 + (1 - w) * M / S**2) / precision
        why = "With w = 1 nothing may change: that is the class itself."
        if w > 1:
            why = "Write p(y | x) by Bayes' rule, and collect the powers of both Gaussians."
        expect(result[0], mean, why, 1e-6, f"the mean, {case}")
        why += " (A width, not a variance or a precision.)"
        expect(result[1], precision**-0.5, why, 1e-6, f"the standard deviation, {case}")
    return "The mean goes beyond m: guided samples overshoot the class they were asked for."
