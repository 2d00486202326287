"""Exercise checkers of notebook 01_minimax_objective."""

import numpy as np
import torch
from torch.nn.functional import logsigmoid

from gan_course.exercises.frame import call, exercise, expect


@exercise
def optimal_discriminator_with_prior(answer):
    """(p, q, prior) -> D* when a share `prior` of what D is shown is real."""
    why = "At each x maximise a log d + b log(1 - d) with a = prior * p and b = (1 - prior) * q."
    p, q = np.array([0.4, 0.1, 0.3, 0.02]), np.array([0.1, 0.4, 0.3, 0.0])
    for prior in (0.5, 0.1, 0.8):
        wanted = prior * p / (prior * p + (1 - prior) * q)
        expect(call(answer, p, q, prior), wanted, why, case=f"prior {prior}")
    return "The logit is log p - log q plus the constant log(prior / (1 - prior))."


@exercise
def value_from_scores(answer):
    """(real_scores, fake_scores) -> V, right in value and in slope at any float32 score."""
    why = "V = -mean softplus(-real) - mean softplus(fake); D maximises it."
    why_slope = "The slope is lost where a logarithm is clamped: use softplus."
    cases = (
        ([0.0], [0.0]),
        ([1.0, -2.0, 0.5], [0.3, -1.0]),
        ([60.0, -60.0], [-60.0]),
        ([0.0], [60.0, 20.0]),
    )
    for real, fake in cases:
        case = f"real scores {real} and fake scores {fake}"
        scores = [torch.tensor(real, requires_grad=True), torch.tensor(fake, requires_grad=True)]
        value = call(answer, *scores)
        wanted = logsigmoid(scores[0]).mean() + logsigmoid(-scores[1]).mean()
        expect(value, wanted, why, case=case)
        slopes = torch.autograd.grad(value, scores)
        for slope, right in zip(slopes, torch.autograd.grad(wanted, scores)):
            expect(slope, right, why_slope, case=f"the slope at {case}")
    return "Value and slope hold out to scores of 60."


@exercise
def score_of_two_gaussians(answer):
    """(mean_p, std_p, mean_q, std_q) -> (a, b, c) with log p - log q = a x^2 + b x + c."""
    why = "The score is log p - log q, norming factors included."
    for mean_p, std_p, mean_q, std_q in (
        (1.0, 0.8, -0.5, 0.8),
        (0.0, 1.0, 0.0, 2.0),
        (1.0, 0.5, -2.0, 1.5),
    ):
        a = 0.5 / std_q**2 - 0.5 / std_p**2
        b = mean_p / std_p**2 - mean_q / std_q**2
        c = 0.5 * (mean_q / std_q) ** 2 - 0.5 * (mean_p / std_p) ** 2 + np.log(std_q / std_p)
        case = f"N({mean_p}, {std_p}^2) against N({mean_q}, {std_q}^2)"
        expect(call(answer, mean_p, std_p, mean_q, std_q), (a, b, c), why, case=case)
    return "With equal widths a = 0 and the line of section 7 is left."


@exercise
def price_of_a_wrong_discriminator(answer):
    """(p, q, d) -> what V loses at each x if D says d: (p + q) KL(D* || d) of two coins."""
    why = "f(d*) - f(d) = (p + q) [d* log(d*/d) + (1 - d*) log((1 - d*)/(1 - d))]."
    p, q = np.array([0.4, 0.1, 0.3, 0.2]), np.array([0.1, 0.4, 0.3, 0.6])
    d, best = np.array([0.8, 0.5, 0.9, 0.01]), p / (p + q)
    wanted = (p * np.log(best) + q * np.log(1 - best)) - (p * np.log(d) + q * np.log(1 - d))
    expect(call(answer, p, q, d), wanted, why)
    return "It is 0 only at d = d*, which proves again that D* is the one maximum."
