"""Exercise checkers of notebook 02_jensen_shannon."""

import numpy as np

from gan_course.exercises.frame import call, exercise, expect


@exercise
def kl_of_two_gaussians(answer):
    """(mean_p, std_p, mean_q, std_q) -> KL(N(mean_p, std_p^2) || N(mean_q, std_q^2)) in nats."""
    why = (
        "Average log p - log q over samples of p: E_p (x - mean_q)^2 = std_p^2 + "
        "(mean_p - mean_q)^2. Natural logarithm."
    )
    cases = (0.0, 1.0, 2.0, 1.0), (0.0, 1.0, 0.0, 3.0), (1.0, 0.5, -1.0, 2.0), (1.0, 1.0, 1.0, 1.0)
    for case in cases:
        mean_p, std_p, mean_q, std_q = case
        wanted = np.log(std_q / std_p) + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_q**2) - 0.5
        expect(call(answer, *case), wanted, why, case=f"(mean_p, std_p, mean_q, std_q) = {case}")


@exercise
def w1_of_samples(answer):
    """(real, fake), two arrays (n,) -> W1 between the samples, a number."""
    why = "The order in which samples come means nothing: these are the same three points."
    same = np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    expect(call(answer, *same), 0.0, why, case="the same points")
    real, z = np.random.default_rng(0).normal(size=(2, 200))
    expect(call(answer, real.copy(), real + 2), 2.0, "Every point moves by 2.", case="a shift by 2")
    why = "Pair in sorted order, mean of absolute gaps."
    wanted = np.abs(np.sort(real) - np.sort(3 * z)).mean()
    expect(call(answer, real, 3 * z), wanted, why, case="a wider sample")


@exercise
def js_of_shifted_uniforms(answer):
    """theta -> JSD of the uniform densities on [0, 1] and [theta, 1 + theta], in nats."""
    why = (
        "Only the stretches where one density stands alone count, each of length min(|theta|, 1), "
        "adding log(2) / 2 a unit."
    )
    for theta in (0.0, 0.25, 1.0, 2.5, -0.5):
        expect(call(answer, theta), min(abs(theta), 1.0) * np.log(2), why, case=f"theta = {theta}")


@exercise
def slope_ratio_of_the_losses(answer):
    """s -> slope in the logit of the non-saturating loss over that of the saturating loss."""
    why = "The slopes are -(1 - D) and -D with D = 1 / (1 + exp(-s))."
    for s in (0.0, -2.0, 3.0, -10.0):
        expect(call(answer, s), np.exp(-s), why, case=f"s = {s}")
    return "At s = -10 the non-saturating loss is 22,026 times steeper."
