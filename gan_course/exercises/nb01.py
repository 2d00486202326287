"""Exercise checkers of notebook 01_minimax_objective."""

import numpy as np
import torch
from torch.nn.functional import logsigmoid

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def value_through_bins(answer):
    """(real, generated, bin) -> max V for a D that sees only the bin of a cell."""
    why = (
        "All cells of a bin get one answer, so a bin's cells stand together in the bracket of "
        "section 6."
    )
    real, generated = np.array([0.4, 0.1, 0.3, 0.2]), np.array([0.1, 0.4, 0.3, 0.2])
    one_bin = call(answer, real, generated, np.zeros(4, int))
    expect(one_bin, -np.log(4), why, case="a single bin, in which D can tell nothing")
    fine = call(answer, real, generated, np.arange(4))
    expect(fine, _value(real, generated), why, case="a bin for each cell")
    bins = np.array([0, 2, 0, 2])  # none is numbered 1
    wanted = _value(np.array([0.7, 0.3]), np.array([0.4, 0.6]))
    expect(call(answer, real, generated, bins), wanted, why, case=f"bins {bins.tolist()}")
    real, generated = np.array([0.5, 0.5, 0.0, 0.0, 0.0]), np.array([0.0, 0.0, 0.75, 0.25, 0.0])
    bins = np.array([0, 1, 2, 2, 3])
    why = "No bin holds both kinds, so D is never wrong and no term may become nan or infinite."
    expect(call(answer, real, generated, bins), 0.0, why, case="kinds that share no bin")
    return "A coarser ruler never gives more: merging bins can only lower V."


def _value(real, generated):
    """V of the best D, masses (n,) > 0 of the bins."""
    total = real + generated
    return np.sum(real * np.log(real / total) + generated * np.log(generated / total))


@exercise
def value_from_scores(answer):
    """(scores, labels) -> V, right in value and in slope at any float32 score."""
    cases = (
        ([0.0, 0.0], [1, 0]),
        ([1.0, 0.3, -2.0, 0.5, -1.0], [1, 0, 1, 1, 0]),
        ([60.0, -60.0, -60.0, 2.0], [1, 1, 0, 0]),
        ([-120.0, 120.0, 120.0, 20.0], [1, 0, 0, 0]),
    )
    for scores, labels in cases:
        case = f"scores {scores} with labels {labels}"
        s, y = torch.tensor(scores, requires_grad=True), torch.tensor(labels)
        value = call(answer, s, y)
        if not torch.is_tensor(value):
            raise Mismatch(f"Expected a tensor, found {type(value).__name__}.")
        wanted = logsigmoid(s[y == 1]).mean() + logsigmoid(-s[y == 0]).mean()
        if value.shape == wanted.shape and torch.allclose(value, -wanted) and wanted != 0:
            raise Mismatch("The sign is that of a loss: V is what D maximises, so V <= 0.")
        why = "Each kind has its own mean, and V is their sum."
        if max(map(abs, scores)) > 17:
            why = "A sigmoid under a logarithm is lost here: simplify before you compute."
        expect(value, wanted, why, case=case)
        if not value.requires_grad:
            raise Mismatch("V does not depend on the scores: no gradient can flow back to D.")
        slope, right = (torch.autograd.grad(v, s)[0] for v in (value, wanted))
        why = "The slope is lost where a logarithm is cut off."
        expect(slope, right, why, case=f"the slope at {case}")
    return "Value and slope hold out to scores of 120, whatever the shares."


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
