"""Exercise checkers of notebook 01_minimax_objective."""

import numpy as np
import torch

from gan_course.exercises.frame import call, exercise, expect


@exercise
def optimal_discriminator_with_prior(answer):
    """answer(p, q, prior) -> D* when a share `prior` of what D is shown is real: prior p / (prior p
    + (1 - prior) q).
    """
    p, q = np.array([0.4, 0.1, 0.3, 0.02]), np.array([0.1, 0.4, 0.3, 0.0])
    for prior in (0.5, 0.1, 0.8):
        wanted = prior * p / (prior * p + (1 - prior) * q)
        why = (
            "At each x maximise a log d + b log(1 - d) with a = prior * p and b = (1 - prior) * q."
        )
        expect(call(answer, p, q, prior), wanted, why, case=f"prior {prior}")
    return "The logit is log p - log q plus the constant log(prior / (1 - prior))."


@exercise
def value_from_scores(answer):
    """answer(real_scores, fake_scores) -> V, right in value and in slope at any float32 score."""
    for real, fake in (
        ([0.0], [0.0]),
        ([1.0, -2.0, 0.5], [0.3, -1.0]),
        ([60.0, -60.0], [-60.0]),
        ([0.0], [60.0, 20.0]),
    ):
        real, fake = (torch.tensor(scores, requires_grad=True) for scores in (real, fake))
        found = call(answer, real, fake)
        wanted = (
            torch.nn.functional.logsigmoid(real).mean()
            + torch.nn.functional.logsigmoid(-fake).mean()
        )
        case = f"real scores {real.tolist()} and fake scores {fake.tolist()}"
        expect(
            found,
            wanted,
            "V = -mean softplus(-real) - mean softplus(fake); D maximises it.",
            case=case,
        )
        slopes = torch.autograd.grad(found, (real, fake))
        for slope, right in zip(slopes, torch.autograd.grad(wanted, (real, fake))):
            expect(
                slope,
                right,
                "The slope is lost where a logarithm is clamped: use softplus.",
                case=f"the slope at {case}",
            )
    return "Value and slope hold out to scores of 60."


@exercise
def score_of_two_gaussians(answer):
    """answer(mean_p, std_p, mean_q, std_q) -> (a, b, c) with log p(x) - log q(x) = a x^2 + b x + c."""
    for mean_p, std_p, mean_q, std_q in (
        (1.0, 0.8, -0.5, 0.8),
        (0.0, 1.0, 0.0, 2.0),
        (1.0, 0.5, -2.0, 1.5),
    ):
        a = 0.5 / std_q**2 - 0.5 / std_p**2
        b = mean_p / std_p**2 - mean_q / std_q**2
        c = 0.5 * (mean_q / std_q) ** 2 - 0.5 * (mean_p / std_p) ** 2 + np.log(std_q / std_p)
        case = f"N({mean_p}, {std_p}^2) against N({mean_q}, {std_q}^2)"
        why = "The score is log p - log q, norming factors included."
        expect(call(answer, mean_p, std_p, mean_q, std_q), (a, b, c), why, case=case)
    return "With equal widths a = 0 and the line of section 7 is left."


@exercise
def price_of_a_wrong_discriminator(answer):
    """answer(p, q, d) -> what V loses at each x if D says d: (p + q) KL(D* || d) of two coins."""
    p, q, d = (
        np.array([0.4, 0.1, 0.3, 0.2]),
        np.array([0.1, 0.4, 0.3, 0.6]),
        np.array([0.8, 0.5, 0.9, 0.01]),
    )
    best = p / (p + q)
    wanted = (p * np.log(best) + q * np.log(1 - best)) - (p * np.log(d) + q * np.log(1 - d))
    expect(
        call(answer, p, q, d),
        wanted,
        "f(d*) - f(d) = (p + q) [d* log(d*/d) + (1 - d*) log((1 - d*)/(1 - d))].",
    )
    return "It is 0 only at d = d*, which proves again that D* is the one maximum."
