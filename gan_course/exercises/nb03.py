"""Exercise checkers of notebook 03_gan_1d."""

import numpy as np
import torch
from torch.nn.functional import softplus

from gan_course.exercises.frame import Mismatch, call, exercise, expect, number


@exercise
def soft_target_loss(answer):
    """(real_scores, fake_scores, target) -> D's loss where a real sample is real with probability
    target, right and with its slope at scores of +-120. A class may have a target of fakes, too."""
    of_fakes = number("03.1", "of_fakes", 0)
    for name, real, fake, target in (
        ("moderate scores and target 0.9", [2.0, -1.0, 0.5], [-3.0, 1.0, 0.0], 0.9),
        ("target 1", [2.0, -1.0], [0.5, 3.0], 1.0),
        ("scores of +-120 and target 0.9", [-120.0, 120.0], [120.0, -120.0], 0.9),
    ):
        r = torch.tensor(real, requires_grad=True)
        f = torch.tensor(fake, requires_grad=True)
        wanted = (softplus(r) - target * r).mean() + (softplus(f) - of_fakes * f).mean()
        slopes = torch.autograd.grad(wanted, (r, f))
        loss = call(answer, r, f, target)
        why = (
            "Each sample adds the cross-entropy of two targets, its own and 1 minus it. Write both "
            "without a logarithm of a sigmoid."
        )
        expect(loss, wanted, why, case=f"D's loss at {name}")
        if not (torch.is_tensor(loss) and loss.requires_grad):
            raise Mismatch(
                "Expected a loss that D can learn from, found one without a gradient: is a "
                "detach or an item() on the way?"
            )
        found = torch.autograd.grad(loss, (r, f), allow_unused=True)
        for slope, right, player in zip(found, slopes, ("real", "fake")):
            why = f"The slope in each {player} score tells D where to go; it must be right too."
            if slope is None:
                raise Mismatch(f"Expected a slope in the {player} scores, found none. {why}")
            expect(slope, right, why, case=f"the slope in the {player} scores at {name}")
    return "With target 1 it is the loss of the notebook; the slope in s is D minus the target."


@exercise
def gan_step_mistakes(answer):
    """The set {3, 7, 10}: no detach, a flipped sign, the wrong optimiser."""
    try:
        lines = {int(line) for line in answer}
    except (TypeError, ValueError):
        raise Mismatch(f"Expected a set of three line numbers, found {answer!r:.40}.") from None
    missing, innocent = {3, 7, 10} - lines, lines - {3, 7, 10}
    if missing or innocent:
        raise Mismatch(
            f"Expected three lines: {len(missing)} of them not found yet, {len(innocent)} of yours "
            "are innocent. Ask where the gradient stops, which way the loss pushes, and whose "
            "optimiser moves."
        )
    return "No detach in 3, the sign in 7, the optimiser in 10."


@exercise
def shift_slopes(answer):
    """mu -> (minimax, non-saturating): minus the slope of G's loss in mu for G(z) = mu + z, data
    N(2, 1) and the best D: the expectations of (2 - mu) D* and of (2 - mu) (1 - D*)."""
    z, weight = np.polynomial.hermite_e.hermegauss(80)
    weight = weight / weight.sum()
    for mu in (1.0, 2.0, 3.5, -2.0, -8.0):
        # log p / q at x = mu + z, both of variance 1
        score = (2 - mu) * (mu + z) - (4 - mu**2) / 2
        D = np.exp(-np.logaddexp(0, -score))
        wanted = [(2 - mu) * (weight @ D), (2 - mu) * (weight @ np.exp(-np.logaddexp(0, score)))]
        pair = call(answer, mu)
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise Mismatch(f"Expected a pair, found {type(pair).__name__}.")
        for value, right, name in zip(pair, wanted, ("minimax", "non-saturating")):
            case = f"{name}, mu = {mu}"
            why = (
                "Three factors: how D's score changes with x, how the loss changes with the "
                "score, and which way G goes."
            )
            # a mean over random z is a right answer too, where it is not tiny
            expect(value, right, why, 0.03 if abs(right) > 0.01 else 0.005, case)
            small = 0 < abs(right) < 1e-3
            if small and not abs(float(value)) < 1e-3:
                raise Mismatch(f"Expected a slope that has died for {case}, found {value}.")
    return "Far away the minimax slope dies, and the other grows with the distance: 2 - mu."
