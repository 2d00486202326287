"""Exercise checkers of notebook 06_mnist_mlp."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def to_bytes(answer):
    """x, floats in [-1, 1] -> uint8 pixels 0 .. 255; anything outside is clipped."""
    x = torch.tensor([-1.0, 1.0, -1.2, 1.3, 100 / 127.5 - 1 + 1e-3, 200 / 127.5 - 1 - 1e-3])
    pixels = call(answer, x)
    kind = getattr(pixels, "dtype", type(pixels).__name__)
    if kind != torch.uint8:
        raise Mismatch(f"Expected a torch.uint8 tensor, found {kind}.")
    why = "Look at the two ends, at values outside, and at what a cast does to a fraction."
    expect(pixels, [0, 255, 0, 255, 100, 200], why, 0, "x = (-1, 1, -1.2, 1.3, ...)")
    return "Clip, then round, then cast."


@exercise
def frechet_isotropic(answer):
    """(mean, s) -> squared Fréchet distance of N(0, I_d) and N(mean, s^2 I_d); mean (d,)."""
    why = "With s = 1 the means alone differ; with equal means the shapes alone, in d dimensions."
    for mean, s in ((torch.tensor([3.0, 4.0]), 1.0), (torch.zeros(64), 0.0), (torch.ones(5), 1.5)):
        wanted = float((mean**2).sum() + len(mean) * (1 - s) ** 2)
        expect(call(answer, mean, s), wanted, why, 1e-5, f"s = {s}")
    return (
        "A generator with one output, s = 0, pays d for the lost variety even with a perfect mean."
    )


@exercise
def average_memory(answer):
    """(n, decay) -> mean age, in updates, of what the weight average holds after n updates."""
    cases = (
        ((8_000, 0.999), "a run of 8,000 updates never reaches a decay of 0.999"),
        ((300, 0.999), "in a short run the warm-up decides"),
        ((20_000, 0.99), "in a long run the limit decides"),
        ((5_000, 0.9), "in a long run the limit decides"),
        ((1, 0.999), "after one update the average is a copy, of age 0"),
    )
    for (n, decay), reason in cases:
        found = call(answer, n, decay)
        age = 0.0
        for held in range(1, n):  # so many weights are in the average already
            age = min((1 + held) / (10 + held), decay) * (age + 1)
        # a formula and a loop may differ a little
        close = math.isclose(_number(found), age, rel_tol=0.02, abs_tol=0.15)
        if not close:
            raise Mismatch(
                f"For n = {n:,} and a decay of {decay} not {_number(found):.4g}: {reason}."
            )
    return "While the warm-up lasts, the mean age is a tenth of the run, however long that is."


def _number(found) -> float:
    try:
        return float(found)
    except (TypeError, ValueError):
        raise Mismatch(f"Expected a number, found {type(found).__name__}.") from None
