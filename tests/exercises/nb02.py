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
CASES["w1_of_samples"] = (
    lambda real, fake: np.abs(np.sort(real) - np.sort(fake)).mean(),
    [
        lambda real, fake: np.abs(real - fake).mean(),  # not sorted
        lambda real, fake: abs(real.mean() - fake.mean()),  # the gap of the means
        lambda real, fake: np.sqrt(((np.sort(real) - np.sort(fake)) ** 2).mean()),  # W2
        lambda real, fake: np.abs(np.sort(real) - np.sort(fake)),  # no mean
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
CASES["slope_ratio_of_the_losses"] = (
    lambda s: np.exp(-s),
    [
        lambda s: np.exp(s),  # upside down
        lambda s: -np.exp(-s),  # the two slopes have one sign
        lambda s: 1 / (1 + np.exp(s)),  # 1 - D alone
    ],
)
