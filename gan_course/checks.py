"""Claims and exercise checkers.

`claim` asserts a sentence of the prose. A checker takes the reader's answer and returns a Verdict, which shows itself as the
last line of a cell: not attempted (the stub `...`), right, or wrong with what was expected, what was found and why.
"""

import functools
import sys
from dataclasses import dataclass

import numpy as np
import torch

from gan_course.config import profile
from gan_course.errors import ClaimError

EXERCISES: dict = {}  # name -> checker, filled by @exercise; the tests run each on right and wrong answers
CLAIM_TYPE = "application/vnd.gan-course.claim+json"  # stored with the output, so that a page of claims can be made from it


def claim(sentence: str, holds, value: str = "", trained: bool = False) -> None:
    """Assert a sentence; print it with the value it rests on. A claim that does not hold raises ClaimError.

    trained: it depends on training, so that profile "quick", which hardly trains, prints it as not checked.
    """
    from IPython.display import display

    checked = not (trained and profile() == "quick")
    if checked and not bool(holds):
        raise ClaimError(f"does not hold: {sentence}" + (f" ({value})" if value else ""))
    text = f"{'✔ holds' if checked else '○ not checked in profile quick'}: {sentence}" + (f"  [{value}]" if value else "")
    data = {"claim": sentence, "value": value, "checked": checked, "profile": profile()}
    display({"text/plain": text, CLAIM_TYPE: data}, raw=True)


@dataclass(frozen=True)
class Verdict:
    """True only for a right answer; shows itself."""

    state: str  # "not attempted", "right" or "wrong"
    message: str

    def __bool__(self) -> bool:
        return self.state == "right"

    def __repr__(self) -> str:
        mark = {"not attempted": "○", "right": "✔", "wrong": "✘"}[self.state]
        return f"{mark} {self.message}"


class Mismatch(Exception):
    """An answer differs from the expected one; the text tells how and why."""


class NotAttempted(Exception):
    """The stub `...` still stands."""


def exercise(check):
    """Turn a function that raises Mismatch into a checker that returns a Verdict, and register it."""

    @functools.wraps(check)
    def run(answer) -> Verdict:
        try:
            if answer is ...:
                raise NotAttempted
            said = check(answer)
        except NotAttempted:
            return Verdict("not attempted", f"{check.__name__}: not attempted yet. Replace the ... above and run the cell again.")
        except Mismatch as mismatch:
            return Verdict("wrong", f"{check.__name__}: not yet. {mismatch}")
        except Exception as error:
            return Verdict("wrong", f"{check.__name__}: your answer raised {type(error).__name__}: {error}")
        return Verdict("right", f"{check.__name__}: right. {said or ''}".rstrip())

    EXERCISES[check.__name__] = run
    return run


def call(answer, *args):
    """Call the reader's function; a returned `...` counts as not attempted."""
    if not callable(answer):
        raise Mismatch(f"Expected a function, found {type(answer).__name__}.")
    result = answer(*args)
    if result is ...:
        raise NotAttempted
    return result


def expect(found, wanted, why: str, tolerance: float = 1e-5, case: str = "") -> None:
    """Raise Mismatch unless `found` equals `wanted` (numbers, arrays or tensors) to the tolerance, absolute and relative."""
    try:
        a, b = (np.asarray(v.detach().cpu() if torch.is_tensor(v) else v, dtype=np.float64) for v in (found, wanted))
    except (TypeError, ValueError):
        raise Mismatch(f"Expected numbers, found {type(found).__name__} {found!r:.60}. {why}") from None
    where = f" for {case}" if case else ""
    if a.shape != b.shape:
        raise Mismatch(f"Expected shape {b.shape}{where}, found {a.shape}. {why}")
    if not np.allclose(a, b, rtol=tolerance, atol=tolerance):
        raise Mismatch(f"Expected {_short(b)}{where}, found {_short(a)}. {why}")


def _short(a: np.ndarray) -> str:
    return np.array2string(a, precision=5, threshold=6, edgeitems=2, floatmode="maxprec")


def summary(paths: list[str]) -> int:
    """Print the claims stored in executed notebooks; the exit status is 1 if a notebook has none, or one was not checked."""
    import json

    failed = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            outputs = [output for cell in json.load(file)["cells"] for output in cell.get("outputs", [])]
        found = [output["data"][CLAIM_TYPE] for output in outputs if CLAIM_TYPE in output.get("data", {})]
        checked = sum(item["checked"] for item in found)
        failed += checked < len(found) or not found
        print(f"{path}: {checked} of {len(found)} claims checked and true")
    return int(failed > 0)


# --- the exercises, by notebook -------------------------------------------------------------------------------------

# 00_start_here


@exercise
def bayes_posterior(answer):
    """A function (p0, p1, prior1) -> P(y = 1 | x), from both class densities at x and the share of class 1."""
    for p0, p1, prior1 in ((0.2, 0.2, 0.5), (0.3, 0.1, 0.5), (0.2, 0.2, 0.1), (0.05, 0.4, 0.25)):
        wanted = p1 * prior1 / (p0 * (1 - prior1) + p1 * prior1)
        why = "Weigh each density with the share of its class, then divide class 1's part by the sum of both parts."
        expect(call(answer, p0, p1, prior1), wanted, why, case=f"p0={p0}, p1={p1}, prior1={prior1}")
    return "With equal shares it is p1 / (p0 + p1): you meet it again as the optimal discriminator in notebook 01."


@exercise
def latent_walk(answer):
    """A function (start, end, n) -> (n, d): equal steps on the straight line from start to end, both included."""
    for start, end, n in (([0.0, 0.0], [1.0, 2.0], 5), ([1.0, -1.0, 3.0], [-1.0, 0.0, 3.0], 2)):
        a, b = torch.tensor(start), torch.tensor(end)
        wanted = a + (b - a) * torch.linspace(0, 1, n)[:, None]
        why = "The rows are (1 - t) start + t end, for n values of t in equal steps, from 0 to 1 with both ends."
        expect(call(answer, a, b, n), wanted, why, case=f"start={start}, end={end}, n={n}")
    return "Each row is a latent vector: hand them all to G at once."


@exercise
def seeded_latents(answer):
    """A function (n, seed) -> (n, 2) from N(0, I): a function of its arguments, and torch's global stream stays where it was."""
    before = torch.get_rng_state()
    first, again, other = (call(answer, 2000, seed) for seed in (3, 3, 4))
    untouched = torch.equal(before, torch.get_rng_state())
    torch.set_rng_state(before)
    expect(first.shape, (2000, 2), "One row a latent vector, two numbers each.", case="the shape")
    expect(again, first, "The same seed must give the same numbers: start a stream from it.", case="seed 3, second call")
    if torch.equal(first, other):
        raise Mismatch("Expected other numbers for another seed, found the same for seeds 3 and 4. Hand the seed on.")
    expect([first.mean(), first.std()], [0, 1], "N(0, I) has mean 0 and deviation 1: randn, not rand.", 0.1, "mean, deviation")
    if not untouched:
        raise Mismatch("torch's global stream moved. Expected a stream of its own: randn(..., generator=...).")
    return "Nobody else's numbers changed because you drew yours."


# end of 00_start_here

# 01_minimax_objective


@exercise
def optimal_discriminator_with_prior(answer):
    """answer(p, q, prior) -> D* when a share `prior` of what D is shown is real: prior p / (prior p + (1 - prior) q)."""
    p, q = np.array([0.4, 0.1, 0.3, 0.02]), np.array([0.1, 0.4, 0.3, 0.0])
    for prior in (0.5, 0.1, 0.8):
        wanted = prior * p / (prior * p + (1 - prior) * q)
        why = "At each x maximise a log d + b log(1 - d) with a = prior * p and b = (1 - prior) * q."
        expect(call(answer, p, q, prior), wanted, why, case=f"prior {prior}")
    return "The logit is log p - log q plus the constant log(prior / (1 - prior))."


@exercise
def value_from_scores(answer):
    """answer(real_scores, fake_scores) -> V, right in value and in slope at any float32 score."""
    for real, fake in (([0.0], [0.0]), ([1.0, -2.0, 0.5], [0.3, -1.0]), ([60.0, -60.0], [-60.0]), ([0.0], [60.0, 20.0])):
        real, fake = (torch.tensor(scores, requires_grad=True) for scores in (real, fake))
        found = call(answer, real, fake)
        wanted = torch.nn.functional.logsigmoid(real).mean() + torch.nn.functional.logsigmoid(-fake).mean()
        case = f"real scores {real.tolist()} and fake scores {fake.tolist()}"
        expect(found, wanted, "V = -mean softplus(-real) - mean softplus(fake); D maximises it.", case=case)
        slopes = torch.autograd.grad(found, (real, fake))
        for slope, right in zip(slopes, torch.autograd.grad(wanted, (real, fake))):
            expect(slope, right, "The slope is lost where a logarithm is clamped: use softplus.", case=f"the slope at {case}")
    return "Value and slope hold out to scores of 60."


@exercise
def score_of_two_gaussians(answer):
    """answer(mean_p, std_p, mean_q, std_q) -> (a, b, c) with log p(x) - log q(x) = a x^2 + b x + c."""
    for mean_p, std_p, mean_q, std_q in ((1.0, 0.8, -0.5, 0.8), (0.0, 1.0, 0.0, 2.0), (1.0, 0.5, -2.0, 1.5)):
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
    p, q, d = np.array([0.4, 0.1, 0.3, 0.2]), np.array([0.1, 0.4, 0.3, 0.6]), np.array([0.8, 0.5, 0.9, 0.01])
    best = p / (p + q)
    wanted = (p * np.log(best) + q * np.log(1 - best)) - (p * np.log(d) + q * np.log(1 - d))
    expect(call(answer, p, q, d), wanted, "f(d*) - f(d) = (p + q) [d* log(d*/d) + (1 - d*) log((1 - d*)/(1 - d))].")
    return "It is 0 only at d = d*, which proves again that D* is the one maximum."


# end of 01_minimax_objective

# 02_jensen_shannon


@exercise
def kl_of_two_gaussians(answer):
    """answer(mean_p, std_p, mean_q, std_q): KL(N(mean_p, std_p^2) || N(mean_q, std_q^2)) in nats."""
    why = "Average log p - log q over samples of p: E_p (x - mean_q)^2 = std_p^2 + (mean_p - mean_q)^2. Natural logarithm."
    for case in ((0.0, 1.0, 2.0, 1.0), (0.0, 1.0, 0.0, 3.0), (1.0, 0.5, -1.0, 2.0), (1.0, 1.0, 1.0, 1.0)):
        mean_p, std_p, mean_q, std_q = case
        wanted = np.log(std_q / std_p) + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_q**2) - 0.5
        expect(call(answer, *case), wanted, why, case=f"(mean_p, std_p, mean_q, std_q) = {case}")


@exercise
def w1_of_samples(answer):
    """answer(real, fake), two arrays (n,): W1 between the samples, a number."""
    expect(call(answer, np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])), 0.0,
           "The order in which samples come means nothing: these are the same three points.", case="the same points")  # fmt: skip
    real, z = np.random.default_rng(0).normal(size=(2, 200))
    expect(call(answer, real.copy(), real + 2), 2.0, "Every point moves by 2.", case="a shift by 2")
    wanted = np.abs(np.sort(real) - np.sort(3 * z)).mean()
    expect(call(answer, real, 3 * z), wanted, "Pair in sorted order, mean of absolute gaps.", case="a wider sample")


@exercise
def js_of_shifted_uniforms(answer):
    """answer(theta): JSD of the uniform densities on [0, 1] and [theta, 1 + theta], in nats."""
    why = "Only the stretches where one density stands alone count, each of length min(|theta|, 1), adding log(2) / 2 a unit."
    for theta in (0.0, 0.25, 1.0, 2.5, -0.5):
        expect(call(answer, theta), min(abs(theta), 1.0) * np.log(2), why, case=f"theta = {theta}")


@exercise
def slope_ratio_of_the_losses(answer):
    """answer(s): slope in the logit of the non-saturating loss over that of the saturating loss."""
    for s in (0.0, -2.0, 3.0, -10.0):
        expect(call(answer, s), np.exp(-s), "The slopes are -(1 - D) and -D with D = 1 / (1 + exp(-s)).", case=f"s = {s}")
    return "At s = -10 the non-saturating loss is 22,026 times steeper."


# end of 02_jensen_shannon

# 03_gan_1d


@exercise
def gan_losses_from_scores(answer):
    """A function (real_scores, fake_scores) -> (D's loss, G's non-saturating loss), stable at scores of +-60."""
    for name, real, fake in (
        ("moderate scores", [2.0, -1.0, 0.5], [-3.0, 1.0, 0.0]),
        ("scores of +-60", [-60.0, 60.0], [60.0, -60.0]),
    ):
        r, f = torch.tensor(real), torch.tensor(fake)
        soft = torch.nn.functional.softplus
        found = call(answer, r, f)
        if not isinstance(found, tuple | list) or len(found) != 2:
            raise Mismatch(f"Expected a pair (D's loss, G's loss), found {type(found).__name__}.")
        expect(found[0], soft(-r).mean() + soft(f).mean(), "D: softplus(-real) + softplus(fake).", case=f"D, {name}")
        expect(found[1], soft(-f).mean(), "G, non-saturating: softplus(-fake), to raise its scores.", case=f"G, {name}")
    return "softplus stays finite where the logarithm of a sigmoid does not."


@exercise
def gan_step_mistakes(answer):
    """The set {3, 7, 10}: no detach, a flipped sign, the wrong optimiser."""
    try:
        found = {int(line) for line in answer}
    except (TypeError, ValueError):
        raise Mismatch(f"Expected a set of three line numbers, found {answer!r:.40}.") from None
    missing, innocent = {3, 7, 10} - found, found - {3, 7, 10}
    if missing or innocent:
        raise Mismatch(
            f"Expected three lines: {len(missing)} of them not found yet, {len(innocent)} of yours are innocent. "
            "Ask where the gradient stops, which way the loss pushes, and whose optimiser moves."
        )
    return "No detach in 3, the sign in 7, the optimiser in 10."


@exercise
def discriminator_step(answer):
    """A function (D, opt_d, real, fake) -> D's loss before its step; G gets no gradient, the graph of fake stays usable."""
    G, D = torch.nn.Linear(1, 1), torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Flatten(0))
    for p, value in zip([*G.parameters(), *D.parameters()], (1.0, -1.0, 0.5, 0.25)):
        torch.nn.init.constant_(p, value)
        p.grad = torch.full_like(p, 9.0) if value in (0.5, 0.25) else None  # stale gradients in D
    x = torch.tensor([[1.0], [3.0]])
    fake = G(-x)  # -2 and -4, scores -0.75 and -1.75; the real scores are 0.75 and 1.75
    loss = call(answer, D, torch.optim.SGD(D.parameters(), lr=0.1), x, fake)
    soft = torch.nn.functional.softplus(torch.tensor([-0.75, -1.75])).mean()
    expect(loss, 2 * soft, "The loss before the step: softplus(-D(real)).mean() + softplus(D(fake)).mean().")
    if any(p.grad is not None for p in G.parameters()):
        raise Mismatch("Expected no gradient in G, found one: detach the fakes in D's step.")
    slope = torch.sigmoid(torch.tensor([-0.75, -1.75]))  # 1 - D(real), and equally D(fake)
    step = 0.1 * ((slope * torch.tensor([1.0, 3.0])).mean() + (slope * torch.tensor([2.0, 4.0])).mean())
    expect(D[0].weight, 0.5 + step[None, None], "D's weight after one step: clear old gradients, then backward, then step.")
    if not fake.requires_grad:
        raise Mismatch("Expected fake to keep its graph for G's step, found it cut: use fake.detach(), not detach_().")
    fake.sum().backward()  # raises if D's step has used up the graph
    return "D moved, G did not, and the fakes can be used again."


@exercise
def best_discriminator_loss(answer):
    """A function jsd -> log 4 - 2 jsd, in nats."""
    for jsd, case in ((0.0, "p = q"), (0.1, "a JSD of 0.1"), (float(np.log(2)), "densities that do not overlap")):
        expect(call(answer, jsd), np.log(4) - 2 * jsd, "D's loss is -V, and max V = -log 4 + 2 JSD, in nats.", case=case)
    return "log 4 at equilibrium, 0 without overlap."


# end of 03_gan_1d

# 04_gan_2d_mode_collapse


@exercise
def ring_centres(answer):
    """Takes (k, radius), returns the centres of k distinct modes on a circle, (k, 2), from angle 0 anticlockwise."""
    for k, radius in ((8, 2.0), (3, 1.0), (5, 0.5)):
        angle = 2 * np.pi * np.arange(k) / k
        wanted = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        why = "k modes on a closed circle leave k gaps of 2 pi / k; the angle 2 pi would repeat the angle 0."
        expect(call(answer, k, radius), wanted, why, case=f"k = {k}, radius {radius}")
    return f"Neighbours on the ring of 8 are {4 * np.sin(np.pi / 8):.2f} apart, 77 standard deviations."


@exercise
def kl_when_m_of_k_modes(answer):
    """Takes (m, K), returns the KL in nats of a histogram with 1/m in m of K bins against the uniform one: log(K / m)."""
    for m, K in ((1, 8), (6, 8), (25, 25), (5, 25)):
        why = "Each of the m terms is 1/m times log(K / m), and empty modes add nothing; nats are natural logarithms."
        expect(call(answer, m, K), np.log(K / m), why, case=f"m = {m}, K = {K}")
    return "So exp(-KL) is the share of modes that is in use, where those are equally full."


@exercise
def packed_sizes(answer):
    """(number of scores, inputs of D's first layer) when 256 samples (256, 2) are judged in packs of 4."""
    why = "256 samples make 256 / 4 packs with one score each, and D sees the 4 samples of a pack side by side, 4 * 2 numbers."
    expect(answer, [64, 8], why)
    return "D is trained on a quarter of the scores, each from four times as many numbers."


# end of 04_gan_2d_mode_collapse

# 06_mnist_mlp


@exercise
def to_bytes(answer):
    """answer(x) -> uint8 pixels 0 .. 255 for a float tensor in [-1, 1]; anything outside is clipped."""
    x = torch.tensor([-1.0, 1.0, -1.2, 1.3, 100 / 127.5 - 1 + 1e-3, 200 / 127.5 - 1 - 1e-3])
    found = call(answer, x)
    if getattr(found, "dtype", None) != torch.uint8:
        raise Mismatch(f"Expected a torch.uint8 tensor, found {getattr(found, 'dtype', type(found).__name__)}.")
    why = "Invert v / 127.5 - 1, clip before the cast (a byte wraps round), and round (a cast cuts off)."
    expect(found, [0, 255, 0, 255, 100, 200], why, 0, "x = (-1, 1, -1.2, 1.3, ...)")
    return "Clip, then round, then cast."


@exercise
def nearest_other(answer):
    """answer(images) -> for each of the (N, 1, H, W) images the index of the nearest other image of the same set, (N,)."""
    images = torch.randn(6, 1, 4, 4, generator=torch.Generator().manual_seed(0))
    images[3] = images[1] + 0.05  # 1 and 3 are near each other
    images[4] = images[0]  # a duplicate: distance 0, and still another image
    images[5] = 3 * images[2]  # the largest product with image 2, but not the nearest to it
    distance = ((images[:, None] - images[None]) ** 2).sum(dim=(2, 3, 4)) + torch.diag(torch.full((6,), torch.inf))
    why = "Flatten to vectors, rule out each image itself (the diagonal), take the smallest Euclidean distance."
    expect(call(answer, images), distance.argmin(dim=1), why, 0, "6 images, of which 0 and 4 are equal")
    return "Near pairs within a set of samples are a sign of missing variety."


@exercise
def frechet_isotropic(answer):
    """answer(mean, s) -> squared Fréchet distance of N(0, I_d) and N(mean, s^2 I_d), mean a (d,) tensor, s >= 0."""
    why = "|mean|^2 + tr(I + s^2 I - 2 s I) = |mean|^2 + d (1 - s)^2."
    for mean, s in ((torch.tensor([3.0, 4.0]), 1.0), (torch.zeros(64), 0.0), (torch.ones(5), 1.5)):
        expect(call(answer, mean, s), float((mean**2).sum() + len(mean) * (1 - s) ** 2), why, 1e-5, f"s = {s}")
    return "A generator with one output, s = 0, pays d for the lost variety even with a perfect mean."


# end of 06_mnist_mlp


if __name__ == "__main__":
    sys.exit(summary(sys.argv[1:]))
