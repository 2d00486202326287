"""The patients of notebook 19_bug_clinic: planted code, healthy code, and how to tell.

Twelve are functions; six are whole scripts, in assets/clinic.
"""

import math
from pathlib import Path
from textwrap import indent

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.functional import binary_cross_entropy_with_logits as bce

from gan_course.exercises.clinic import (
    PATIENTS,
    Reading,
    admit,
    flat_weights,
    returned_tensor,
    small_pair,
    value_and_slopes,
)
from gan_course.exercises.frame import Mismatch, NotAttempted, call, exercise

__all__ = ["PATIENTS", "TODAY", "script", "today", "versions"]  # what the notebook shows


# 1. The circle that closes on its first point.


def on_circle(angle, radius):
    return radius * torch.stack([angle.cos(), angle.sin()], dim=1)


def planted_01(modes=8, radius=2.0):
    return on_circle(torch.linspace(0, 2 * torch.pi, modes), radius)


def healthy_01(modes=8, radius=2.0):
    return on_circle(2 * torch.pi * torch.arange(modes) / modes, radius)


def examine_01(code):
    readings = []
    for modes, radius in ((8, 2.0), (3, 1.0)):
        centres = returned_tensor(call(code, modes, radius)).double()
        if centres.shape != (modes, 2):
            shape = tuple(centres.shape)
            raise Mismatch(
                f"Expected centres of shape ({modes}, 2), found {shape}: one row a mode."
            )
        apart = torch.cdist(centres, centres, compute_mode="donot_use_mm_for_euclid_dist")
        gaps = apart.fill_diagonal_(torch.inf).min(dim=1).values
        radii = centres.norm(dim=1)
        readings += [
            Reading(
                f"the gap to the nearest neighbour, {modes} modes",
                gaps,
                "Evenly spaced means equal gaps: the angle 2 pi is the angle 0.",
            ),
            Reading(f"the radius, {modes} modes", radii, "All centres lie on the circle."),
        ]
    closest = float(readings[0].value.min())
    return f"the closest two of the 8 centres are {closest:.2f} apart", readings


admit("patient_01", planted_01, healthy_01, examine_01)


# 2. Batch normalisation that hardly normalises.


def planted_02(n_in, n_out):
    return [nn.Linear(n_in, n_out), nn.BatchNorm1d(n_out, 0.8), nn.LeakyReLU(0.2)]


def healthy_02(n_in, n_out):
    return [nn.Linear(n_in, n_out), nn.BatchNorm1d(n_out, momentum=0.2), nn.LeakyReLU(0.2)]


def examine_02(code):
    layers = call(code, 16, 64)
    if not (isinstance(layers, list) and all(isinstance(layer, nn.Module) for layer in layers)):
        raise Mismatch("Expected a list of layers, as before.")
    block, x = nn.Sequential(*layers).train(), torch.randn(512, 16)
    small, large = block(0.1 * x).detach(), block(10 * x).detach()
    if large.shape != (512, 64):
        raise Mismatch(f"Expected outputs of shape (512, 64), found {tuple(large.shape)}.")
    ratio = small.std(dim=0).mean() / large.std(dim=0).mean()
    takes_over = _share_of_the_last_batch(block) > 0.5
    sign = f"inputs a hundred times smaller come out {float(1 / ratio):.1f} times smaller"
    return sign, [
        Reading(
            "the spread of the output, small inputs against large",
            ratio,
            "A normalised layer does not care how large its inputs are.",
        ),
        Reading(
            "the mean output of large inputs",
            large.mean(),
            "Keep the leaky ReLU of slope 0.2 behind the normalisation.",
        ),
        Reading(
            "whether one batch takes over the running averages (1 yes, 0 no)",
            float(takes_over),
            "In eval mode the layer uses running averages. 0.8 as a momentum keeps 80 % of the old "
            "average in Keras, and takes 80 % of the newest batch in PyTorch.",
        ),
    ]


def _share_of_the_last_batch(block: nn.Sequential) -> float:
    """How far one batch moves the running means towards its own means: 0 not at all, 1 all."""
    shares = [0.0]
    for layer in block:
        if isinstance(layer, nn.BatchNorm1d) and layer.running_mean is not None:
            with torch.no_grad():
                before = layer.running_mean.clone()
                layer(before + 100 + torch.randn(64, len(before)))
                shares.append(float((layer.running_mean - before).mean() / 100))
    return max(shares)


admit("patient_02", planted_02, healthy_02, examine_02, tolerance=0.06)


# 3. Smoothing on both sides.


def smoothed(real_label, fake_label):
    def loss(real_scores, fake_scores):
        real = bce(real_scores, torch.full_like(real_scores, real_label))
        return real + bce(fake_scores, torch.full_like(fake_scores, fake_label))

    return loss


def examine_03(code):
    loss, (real, fake) = value_and_slopes(code, [3.0, -1.0], [-4.0, 0.5])
    return f"the slope of D's loss in a fake score of -4 is {fake[0]:+.3f}", [
        Reading(
            "the slopes in two fake scores",
            fake,
            "However low a fake's score is, D must go on lowering it: the slope is positive.",
        ),
        Reading(
            "the slopes in two real scores",
            real,
            "The smoothing of the real label, 0.9, is wanted: at a score of 3 it pulls back.",
        ),
        Reading(
            "the loss", loss, "The mean over the real scores plus the mean over the fake ones."
        ),
    ]


admit("patient_03", smoothed(0.9, 0.1), smoothed(0.9, 0.0), examine_03)


# 4. A critic that answers with a probability.


def critic_with(*end):
    def make_critic(width=64):
        body = [nn.Linear(2, width), nn.LeakyReLU(0.2), nn.Linear(width, width), nn.LeakyReLU(0.2)]
        return nn.Sequential(*body, nn.Linear(width, 1), *end, nn.Flatten(0))

    return make_critic


def examine_04(code):
    angle = torch.linspace(0, 6, 32)
    x = torch.stack([angle.cos(), angle.sin()], dim=1)
    critic = call(code, 64)
    near, far = (returned_tensor(critic(1e5 * scale * x)).detach() for scale in (1, 10))
    if near.shape != (32,):
        raise Mismatch(f"Expected one score a sample, shape (32,), found {tuple(near.shape)}.")
    growth = (far / near).nan_to_num(0, 0, 0)
    sign = f"ten times farther away, scores are {growth.median():.1f} times as large"
    return sign, [
        Reading(
            "the growth of the score, points ten times farther away",
            growth.median(),
            "A critic's score is a height: nothing may bound it.",
        ),
        Reading(
            "its least growth",
            growth.min(),
            "Scores may be of any sign and size: no sigmoid, tanh, ReLU or softplus at the end.",
        ),
        Reading(
            "parameter tensors", len(list(critic.parameters())), "Keep its three linear layers."
        ),
        Reading("scores", critic(x).detach()),
    ]


admit("patient_04", critic_with(nn.Sigmoid()), critic_with(), examine_04, tolerance=0.1)


# 5. A penalty on each pixel's slope.


def penalty_on(norm):
    def penalty(critic, real, fake):
        t = torch.rand(len(real), 1, 1, 1)
        x = torch.lerp(fake, real, t).requires_grad_()
        (slope,) = torch.autograd.grad(critic(x).sum(), x, create_graph=True)
        return 10 * ((norm(slope) - 1) ** 2).mean()

    return penalty


planted_05 = penalty_on(lambda slope: slope.norm(dim=1))
healthy_05 = penalty_on(lambda slope: slope.flatten(1).norm(dim=1))


def examine_05(code):
    seen = []
    w = torch.tensor([3.0, 0.0, 0.0, 4.0], requires_grad=True)  # a slope of length 5

    def critic(x):
        seen.append(x.detach().flatten(1))
        return x.flatten(1) @ w

    real, fake = torch.randn(2, 2000, 1, 2, 2)
    value = returned_tensor(call(code, critic, real, fake))
    if not (value.ndim == 0 and value.requires_grad):
        raise Mismatch(
            "Expected one number that depends on the critic's weights: create_graph=True keeps the "
            "graph."
        )
    (gradient,) = torch.autograd.grad(value, w)
    real, fake = real.flatten(1), fake.flatten(1)
    way = real - fake
    t = ((seen[-1] - fake) * way).sum(dim=1) / (way**2).sum(dim=1)
    off = float((fake + t[:, None] * way - seen[-1]).abs().max())
    outside = (t < -1e-3) | (t > 1.001)
    cost = float(value.detach())
    return f"a critic of slope 5 pays {cost:.1f}, where 10 (5 - 1)^2 is due", [
        Reading(
            "a critic of slope 5", cost, "One norm a sample, over all its pixels: 10 (5 - 1)^2."
        ),
        Reading(
            "its gradient in the critic's weights",
            gradient,
            "The penalty must pull the critic's weights.",
        ),
        Reading(
            "the distance of the points from the straight lines",
            off if off > 1e-3 else 0.0,
            "Each point lies between a fake and a real one: one weight a sample.",
        ),
        Reading(
            "the share of weights outside [0, 1]",
            outside.float().mean(),
            "The weights are uniform on [0, 1], not Gaussian.",
        ),
        Reading(
            "the deviation of the weights, 10 times",
            10 * t.std(),
            "The weights are uniform on [0, 1], a new one for each sample: 10 / sqrt(12).",
        ),
    ]


admit("patient_05", planted_05, healthy_05, examine_05, tolerance=0.05)


# 6. G moves in D's step.


def planted_06(G, D, optimiser, real, z, loss):
    optimiser.zero_grad()
    value = loss(D, real, G(z))
    value.backward()
    optimiser.step()
    return value.detach()


def healthy_06(G, D, optimiser, real, z, loss):
    return planted_06(lambda z: G(z).detach(), D, optimiser, real, z, loss)


def examine_06(code):
    def loss(D, real, fake):
        return F.softplus(-D(real)).mean() + F.softplus(D(fake)).mean()

    G, D = small_pair()
    optimiser = torch.optim.Adam([*G.parameters(), *D.parameters()], 0.01)
    for p in G.parameters():
        p.grad = torch.ones_like(p)  # left over from G's own step
    g, d = flat_weights(G), flat_weights(D)
    value = call(code, G, D, optimiser, torch.randn(32, 2), torch.randn(32, 3), loss)
    if not isinstance(value, (torch.Tensor, float)):
        raise Mismatch(f"Expected the loss to be returned, found {type(value).__name__}.")
    g_steps, d_steps = flat_weights(G) - g, flat_weights(D) - d
    moved = np.abs(g_steps).sum()
    return f"one step of D moves the weights of G by {moved:.2f} in all", [
        Reading(
            "how far G moved", moved, "D's step moves D alone, whatever else the optimiser holds."
        ),
        Reading("the steps of D's weights", d_steps, "D must learn in its step exactly as before."),
        Reading("the loss returned", float(value), "Return the value of the loss before the step."),
        Reading(
            "tensors that can still be trained",
            sum(p.requires_grad for net in (G, D) for p in net.parameters()),
            "Leave both networks trainable.",
        ),
        Reading("G's steps", g_steps),
    ]


admit("patient_06", planted_06, healthy_06, examine_06)


# 7. G runs from the data.


def planted_07(fake_scores):
    return F.softplus(fake_scores).mean()


def healthy_07(fake_scores):
    return F.softplus(-fake_scores).mean()


def examine_07(code):
    loss, (slopes,) = value_and_slopes(code, [-4.0, 0.0, 3.0])
    return f"the slope of G's loss in a score of -4 is {slopes[0]:+.3f}", [
        Reading(
            "the slopes in the scores -4, 0 and 3",
            slopes,
            "Less loss must mean a higher score, a negative slope; and -log D pulls hardest at a "
            "score of -4, where log(1 - D) is flat.",
        ),
        Reading("the loss", loss, "-log D(G(z)), the mean over the batch."),
    ]


admit("patient_07", planted_07, healthy_07, examine_07)


# 8. Samples that depend on the rest of their batch.


def planted_08(G, z):
    with torch.no_grad():
        samples = G(z)
    return samples


def healthy_08(G, z):
    mode = G.training
    samples = planted_08(G.eval(), z)
    G.train(mode)
    return samples


def examine_08(code):
    G, z = small_pair(batch_norm=True)[0].train(), torch.randn(8, 3)
    for _ in range(20):
        G(torch.randn(64, 3))  # some running statistics
    before = G[1].running_mean.clone()
    whole, part = returned_tensor(call(code, G, z)), returned_tensor(call(code, G, z[:2]))
    change = (whole[:2] - part).detach().abs().max()
    drift = (G[1].running_mean - before).abs().max()
    mode_where_on = G.training
    G.eval()
    samples = call(code, G, z)
    mode_where_off = G.training
    difference = (samples - healthy_08(G.eval(), z)).detach().abs().max()
    return f"two samples change by up to {change:.2f} with the rest of the batch", [
        Reading(
            "the change of two samples with the rest of the batch",
            change,
            "A sample depends on its own z alone: use batch norm's running statistics.",
        ),
        Reading(
            "what sampling does to the running means", drift, "Looking at G must not change it."
        ),
        Reading(
            "training mode afterwards (1 yes, 0 no), where it was on, and where it was off",
            [mode_where_on, mode_where_off],
            "Put the mode back as it was: the training goes on after the picture.",
        ),
        Reading(
            "the difference from G(z) in eval mode",
            difference,
            "The samples are G(z) in eval mode.",
        ),
        Reading("samples with a gradient", whole.requires_grad, "A picture needs no gradient."),
    ]


admit("patient_08", planted_08, healthy_08, examine_08)


# 9. Sixty-four labels, always.


def planted_09(real_scores, fake_scores):
    return bce(real_scores, torch.ones(64)) + bce(fake_scores, torch.zeros(64))


def examine_09(code):
    why = (
        "As many labels as scores; the loss and the sums of its slopes do not depend on the size "
        "(nan: it raised an error)."
    )
    readings = []
    for n in (64, 5, 1):
        try:
            loss, (real, fake) = value_and_slopes(code, [0.5] * n, [-1.0] * n)
            values = [float(loss), real.sum(), fake.sum()]
        except (ValueError, RuntimeError):
            values = [math.nan] * 3
        readings.append(Reading(f"a batch of {n}", values, why))
    raised = math.isnan(readings[1].value[0])
    return f"a batch of 5 {'raises an error' if raised else 'has a loss'}", readings


admit("patient_09", planted_09, smoothed(1.0, 0.0), examine_09)


# 10. Data and tanh in different ranges.


def planted_10(levels, top=16):
    return levels.float() / top


def healthy_10(levels, top=16):
    return levels.float() / top * 2 - 1


def examine_10(code):
    why = (
        "Paper (level 0) to -1 and ink (the top level) to 1, in a straight line: the range of tanh."
    )
    levels = torch.tensor([0, 4, 8, 16])
    pixels = returned_tensor(call(code, levels, 16))
    if pixels.dtype != torch.float32 or levels.tolist() != [0, 4, 8, 16]:
        raise Mismatch("Expected float32 pixels, and the levels left as they were.")
    byte = returned_tensor(call(code, torch.tensor([0, 255]), 255))
    paper, *_, ink = pixels.flatten().tolist()
    return f"paper is {paper:.0f} and ink is {ink:.0f}", [
        Reading("the levels 0, 4, 8, 16", pixels, why),
        Reading("the top level of a byte", byte, why),
    ]


admit("patient_10", planted_10, healthy_10, examine_10)


# 11. Labels that are used up.


def planted_11(real_scores, fake_scores, ones, share=0.05):
    labels = ones
    labels[torch.rand(len(labels)) < share] = 0.0
    return bce(real_scores, labels) + bce(fake_scores, torch.zeros_like(fake_scores))


def healthy_11(real_scores, fake_scores, ones, share=0.05):
    return planted_11(real_scores, fake_scores, ones.clone(), share)


def examine_11(code):
    ones, used = torch.ones(64), []
    for _ in range(100):
        _, (real, fake) = value_and_slopes(
            lambda r, f: call(code, r, f, ones), [0.0] * 64, [0.0] * 64
        )
        # the slope of the cross-entropy at score 0 is (1/2 - label) / 64
        used.append(0.5 - 64 * real)
    used = np.stack(used)
    return f"after 100 calls {ones.sum():.0f} of 64 real labels are still 1", [
        Reading(
            "the labels left at 1 after 100 calls",
            ones.sum(),
            "The caller's labels must come back as they were.",
        ),
        Reading(
            "the flips a call, of 64",
            round(64 * float(1 - used.mean())),
            "Keep the noise: about 5 % of the labels, in each call.",
        ),
        Reading(
            "labels that are flipped at times",
            round(float((used.min(axis=0) < 0.5).mean()), 1),
            "Draw the flips anew in each call.",
        ),
        Reading(
            "the sum of the slopes in the fake scores",
            fake.sum(),
            "The fake half of the loss was healthy.",
        ),
    ]


admit("patient_11", planted_11, healthy_11, examine_11, tolerance=0.2)


# 12. The slow one is fast.


def planted_12(G, D, slow=2e-4, fast=2e-3):
    opt_g = torch.optim.Adam(G.parameters(), fast, betas=(0.0, 0.9))
    opt_d = torch.optim.Adam(D.parameters(), slow, betas=(0.0, 0.9))
    return opt_g, opt_d


def healthy_12(G, D, slow=2e-4, fast=2e-3):
    return planted_12(G, D, slow=fast, fast=slow)


def examine_12(code):
    G, D = small_pair()
    for p in [*G.parameters(), *D.parameters()]:
        p.grad = torch.ones_like(p)
    result = call(code, G, D)
    if not (isinstance(result, tuple) and len(result) == 2):
        raise Mismatch("Expected a pair: the optimiser of G, then that of D.")
    steps = {}
    for name, optimiser in zip("GD", result):
        before = flat_weights(G), flat_weights(D)
        optimiser.step()
        for player, net, weights in zip("GD", (G, D), before):
            steps[name, player] = float(np.abs(flat_weights(net) - weights).mean())
    slow = "The critic has to follow G: G takes the slow rate, the critic the fast one."
    own = "Each optimiser moves its own player only."
    readings = []
    for name, player, why in (("G", "G", slow), ("D", "D", slow), ("G", "D", own), ("D", "G", own)):
        what = f"{name}'s optimiser moves {player}, in 10,000ths"
        readings.append(Reading(what, 1e4 * steps[name, player], why))
    own_steps = steps["G", "G"], steps["D", "D"]
    return "one step moves G by {:.4f} and the critic by {:.4f}".format(*own_steps), readings


admit("patient_12", planted_12, healthy_12, examine_12, tolerance=0.02)


# Whole scripts. A reader names the lines that are wrong; a healthy script has none.

SCRIPTS = Path(__file__).parents[1] / "assets" / "clinic"
AVERAGE = """with torch.no_grad():
    for old, new in zip(average.parameters(), G.parameters()):
        old.lerp_(new, 1 - DECAY)
    for old, new in zip(average.buffers(), G.buffers()):
        old.copy_(new)
"""
BARE = "fake = G(torch.randn(BATCH, LATENT))"
MOVED = "fake = augment(G(torch.randn(BATCH, LATENT)))"
# script -> for each bug (the text that came in, the text that is right)
PLANTED: dict[str, list[tuple[str, str]]] = {
    "A": [("real += NOISE", "real = real + NOISE")],
    "B": [],
    "C": [("+ F.softplus(D(fake))", "+ F.softplus(D(fake.detach()))")],
    "D": [(BARE, MOVED), ("augment(data()[1])", "data()[1]")],
    "E": [],
    "F": [
        (indent(AVERAGE, 8 * " "), indent(AVERAGE, 12 * " ")),
        ("samples = G.eval()(", "samples = average.eval()("),
    ],
}
# the same for bugs of today, one at a time, planted in a healthy script
PENALTY = "        d_loss = d_loss + r1(D, real)\n"
TODAY: dict[str, list[tuple[str, str]]] = {
    "healthy": [],
    "G drawn, not its average": [("samples = average.eval()(", "samples = G.eval()(")],
    "only real images augmented": [(MOVED, BARE)],
    "one side in [0, 1] before the distance": [("a, b = samples", "a, b = 0.5 + 0.5 * samples")],
    "checkpoint without optimisers": [("= (G, D, average, opt_g, opt_d)", "= (G, D, average)")],
    "autocast around the penalty": [(PENALTY, indent(PENALTY, 4 * " "))],
}


# for each bug of a script: the lines that may be named, since a change there mends it
GUILTY: dict[str, list[set[int]]] = {
    "A": [{42, 43}],
    "B": [],
    "C": [{39, 41, 42}],
    "D": [{52, 53, 54, 59}, {75}],
    "E": [],
    "F": [{60, 61, 62, 63, 64}, {72}],
}


def script(name: str) -> str:
    """The text of script "A", "B", ..., as it came in."""
    return (SCRIPTS / f"{name.lower()}.py").read_text(encoding="utf-8")


def versions(name: str) -> dict[str, str]:
    """A script as it came in, with each of its bugs mended alone, and last without any."""
    text, bugs = script(name), PLANTED[name]
    found = {"as it came in": text}
    if len(bugs) > 1:
        for which, bug in zip(("first", "second"), bugs):
            found[f"{which} bug mended"] = _replaced(text, [bug])
    if bugs:
        found["mended"] = _replaced(text, bugs)
    return found


def today(name: str) -> str:
    """A healthy script with one bug of TODAY planted."""
    return _replaced(script("E"), TODAY[name])


def _replaced(text: str, pairs: list[tuple[str, str]]) -> str:
    for old, new in pairs:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in the script")
        text = text.replace(old, new)
    return text


def _diagnosed(answer, names: str) -> str:
    """Check a dictionary of lists of line numbers; an empty list means "no bug"."""
    if not isinstance(answer, dict) or set(answer) != set(names):
        raise Mismatch(f"Expected a dictionary with the keys {', '.join(names)}.")
    if any(lines is ... for lines in answer.values()):
        raise NotAttempted
    right = []
    for name in names:
        named, bugs = answer[name], GUILTY[name]
        if not isinstance(named, list) or not all(isinstance(line, int) for line in named):
            raise Mismatch(f"{name}: expected a list of line numbers, [] where there is no bug.")
        if len(named) == len(bugs) and all(bug & set(named) for bug in bugs):
            right.append(name)
    if len(right) < len(names):
        raise Mismatch(
            f"Right so far: {', '.join(right) or 'none'} of {', '.join(names)}. Name one line for "
            "each bug, and none of a healthy script."
        )
    return "Every bug was named, and no healthy line."


@exercise
def level_1(answer):
    """{"A": [line numbers], "B": ..., "C": ...}: scripts with one bug each, or none."""
    return _diagnosed(answer, "ABC")


@exercise
def level_2(answer):
    """{"D": [line numbers], "E": ..., "F": ...}: scripts with two bugs each, or none."""
    return _diagnosed(answer, "DEF")
