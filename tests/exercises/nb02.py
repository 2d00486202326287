"""Right and wrong answers of notebook 02: exercise -> (right, [plausible wrong ones])."""

import numpy as np

CASES = {}

CASES["kl_of_two_gaussians"] = (
    lambda m, s, n, t: np.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5,
    [
        # the other direction
        lambda m, s, n, t: np.log(s / t) + (t**2 + (m - n) ** 2) / (2 * s**2) - 0.5,
        lambda m, s, n, t: (m - n) ** 2 / (2 * t**2),  # equal widths only
        # a logarithm in bits
        lambda m, s, n, t: np.log2(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5,
        0.5,  # a number, not a function
    ],
)
CASES["price_of_a_dropped_mode"] = (
    lambda f, s, w: f(1 - w) + w * s,
    [
        lambda f, s, w: w * s,  # the first order alone
        lambda f, s, w: f(1 - w),  # forgets what is missed
        lambda f, s, w: -np.log(1 - w),  # the reverse KL, whatever f is
        lambda f, s, w: (1 - w) * f(1 - w) + w * s,  # q does not integrate to 1
        lambda f, s, w: f(1 / (1 - w)) + w * s,  # the ratio upside down
        lambda f, s, w: (1 - w) * f(1) + w * s,  # as if q were p on the mode that it makes
    ],
)
CASES["js_of_shifted_uniforms"] = (
    lambda theta: min(abs(theta), 1) * np.log(2),
    [
        lambda theta: abs(theta) * np.log(2),  # no bound
        lambda theta: min(theta, 1) * np.log(2),  # wrong for negative theta
        lambda theta: min(abs(theta), 1.0),  # bits
        lambda theta: np.log(2) if theta else 0.0,  # as if they never overlapped
    ],
)
