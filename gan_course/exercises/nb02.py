"""Exercise checkers of notebook 02_jensen_shannon."""

import numpy as np

from gan_course.exercises.frame import call, exercise, expect, number


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
def price_of_a_dropped_mode(answer):
    """(f, s, w) -> D_f(p || q) where q drops one of two modes, of weight w; s = lim f(u) / u."""
    cases = {  # name -> (f, s, exact price)
        "f(u) = -log u": (lambda u: -np.log(u), 0.0, lambda w: -np.log1p(-w)),
        "f(u) = -log u + u - 1": (lambda u: u - 1 - np.log(u), 1.0, lambda w: -np.log1p(-w)),
        "f(u) = |u - 1| / 2": (lambda u: abs(u - 1) / 2, 0.5, lambda w: w),
        "f(u) = (sqrt(u) - 1)^2": (
            lambda u: (np.sqrt(u) - 1) ** 2,
            1.0,
            lambda w: 2 - 2 * np.sqrt(1 - w),
        ),
        "f(u) = u log u": (lambda u: u * np.log(u), np.inf, lambda w: np.inf),
    }
    for name, (f, s, price) in cases.items():
        for w in (0.1, 0.4, 0.75):
            why = "Two parts: where q has samples, u is one constant; where it has none, s counts."
            if s == 0:
                why += " Here s is 0, so all of the price comes from the mode that q does make."
            case = f"{name}, s = {s:g}, w = {w}"
            expect(call(answer, f, s, w), price(w), why, case=case)
    return "Every f-divergence sees a dropped mode through two numbers: f(1 - w) and s."


@exercise
def js_of_shifted_uniforms(answer):
    """theta -> JSD of the uniform densities on [0, 1] and [theta, 1 + theta], in nats.

    A class may have another width than 1.
    """
    why = "Only the stretches where one density stands alone count. How much mass is there?"
    width = number("02.3", "width", 1)
    for theta in (0.0, 0.25, 1.0, 2.5, -0.5, 40.0):
        wanted = min(abs(theta) / width, 1.0) * np.log(2)
        expect(call(answer, theta), wanted, why, case=f"theta = {theta}")
