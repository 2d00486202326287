"""Exercise checkers of notebook 08_conditional_gan."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect, number


@exercise
def wrong_classes(answer):
    """(p (K, M), prior (K,)) -> q (K, M): other classes with the same mixture."""
    cases = (
        ("two classes, shares 0.8 and 0.2", [[0.8, 0.2, 0.0], [0.1, 0.3, 0.6]], [0.8, 0.2]),
        ("two classes that do not overlap", [[1.0, 0.0], [0.0, 1.0]], [0.3, 0.7]),
        (
            "three classes, shares 0.6, 0.3 and 0.1",
            [[0.7, 0.3, 0.0, 0.0], [0.0, 0.1, 0.5, 0.4], [0.25, 0.25, 0.25, 0.25]],
            [0.6, 0.3, 0.1],
        ),
    )
    for case, rows, shares in cases:
        p = torch.tensor(rows, dtype=torch.float64)
        prior = torch.tensor(shares, dtype=torch.float64)
        result = call(answer, p.clone(), prior.clone())
        q = torch.as_tensor(result).detach().double()
        if q.shape != p.shape:
            raise Mismatch(f"Expected shape {tuple(p.shape)} for {case}, found {tuple(q.shape)}.")
        if q.min() < -1e-6:
            raise Mismatch(f"A density is not negative; found {q.min():.3f} for {case}.")
        expect(q.sum(dim=1), torch.ones(len(p)), "Each row is a density.", case=case)
        why = "A blind D sees the mixture over the labels: it must be that of the data."
        expect(prior @ q, prior @ p, why, case=f"the mixture, {case}")
        off = (q - p).abs().sum(dim=1) / 2
        if off.min() < 0.01 - 1e-6:
            raise Mismatch(
                f"The mixture is right, but class {int(off.argmin())} is nearly that of the data, "
                f"for {case}."
            )
    return "The blind D's loss stays at log 4, and no gradient asks G to listen."


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
