"""Exercise checkers of notebook 03_gan_1d."""

import numpy as np
import torch
from torch.nn.functional import softplus

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def gan_losses_from_scores(answer):
    """(real_scores, fake_scores) -> (D's loss, G's non-saturating loss), stable at +-60."""
    why_d = "D: softplus(-real) + softplus(fake)."
    why_g = "G, non-saturating: softplus(-fake), to raise its scores."
    for name, real, fake in (
        ("moderate scores", [2.0, -1.0, 0.5], [-3.0, 1.0, 0.0]),
        ("scores of +-60", [-60.0, 60.0], [60.0, -60.0]),
    ):
        r, f = torch.tensor(real), torch.tensor(fake)
        losses = call(answer, r, f)
        if not isinstance(losses, tuple | list) or len(losses) != 2:
            raise Mismatch(f"Expected a pair (D's loss, G's loss), found {type(losses).__name__}.")
        expect(losses[0], softplus(-r).mean() + softplus(f).mean(), why_d, case=f"D, {name}")
        expect(losses[1], softplus(-f).mean(), why_g, case=f"G, {name}")
    return "softplus stays finite where the logarithm of a sigmoid does not."


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
def discriminator_step(answer):
    """(D, opt_d, real, fake) -> D's loss before its step.

    G gets no gradient, and the graph of fake stays usable.
    """
    G, D = torch.nn.Linear(1, 1), torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Flatten(0))
    for p, value in zip([*G.parameters(), *D.parameters()], (1.0, -1.0, 0.5, 0.25)):
        torch.nn.init.constant_(p, value)
    for p in D.parameters():
        p.grad = torch.full_like(p, 9.0)  # stale gradients
    x = torch.tensor([[1.0], [3.0]])
    fake = G(-x)  # -2 and -4, scores -0.75 and -1.75; the real scores are 0.75 and 1.75
    loss = call(answer, D, torch.optim.SGD(D.parameters(), lr=0.1), x, fake)
    soft = softplus(torch.tensor([-0.75, -1.75])).mean()
    why = "The loss before the step: softplus(-D(real)).mean() + softplus(D(fake)).mean()."
    expect(loss, 2 * soft, why)
    if any(p.grad is not None for p in G.parameters()):
        raise Mismatch("Expected no gradient in G, found one: detach the fakes in D's step.")
    slope = torch.sigmoid(torch.tensor([-0.75, -1.75]))  # 1 - D(real), and equally D(fake)
    pull = (slope * torch.tensor([1.0, 3.0])).mean() + (slope * torch.tensor([2.0, 4.0])).mean()
    why = "D's weight after one step: clear old gradients, then backward, then step."
    expect(D[0].weight, 0.5 + 0.1 * pull[None, None], why)
    if not fake.requires_grad:
        raise Mismatch(
            "Expected fake to keep its graph for G's step, found it cut: use fake.detach(), not "
            "detach_()."
        )
    fake.sum().backward()  # raises if D's step has used up the graph
    return "D moved, G did not, and the fakes can be used again."


@exercise
def best_discriminator_loss(answer):
    """jsd -> log 4 - 2 jsd, in nats."""
    why = "D's loss is -V, and max V = -log 4 + 2 JSD, in nats."
    for jsd, case in (
        (0.0, "p = q"),
        (0.1, "a JSD of 0.1"),
        (float(np.log(2)), "densities that do not overlap"),
    ):
        expect(call(answer, jsd), np.log(4) - 2 * jsd, why, case=case)
    return "log 4 at equilibrium, 0 without overlap."
