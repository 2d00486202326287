"""Exercise checkers of notebook 00_start_here."""

from itertools import pairwise

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def bayes_posterior(answer):
    """(log densities (K,), shares (K,)) -> P(y = k | x) for each class."""
    cases = (
        ([-1.0, -1.0], [0.9, 0.1]),
        ([-1.2, -2.3, -0.7], [0.2, 0.5, 0.3]),
        ([-2000.0, -2001.0, -2005.0], [0.25, 0.25, 0.5]),
        ([1500.0, 1502.0, 900.0], [0.5, 0.2, 0.3]),
    )
    for logs, shares in cases:
        a, b = torch.tensor(logs, dtype=torch.float64), torch.tensor(shares, dtype=torch.float64)
        joint = (a - a.max()).exp() * b
        why = "Weigh each density with its share, and divide by the sum over all classes."
        if max(map(abs, logs)) > 700:
            why = "An exponential left what a float can hold. Only differences of logarithms count."
        result = call(answer, a, b)
        expect(result, joint / joint.sum(), why, case=f"log densities {logs}, shares {shares}")
    return "A classifier's softmax is this rule: its outputs play the log densities."


@exercise
def even_walk(answer):
    """(G, start, end, n) -> (n, d) on the line from start to end, evenly spaced after G."""
    line = torch.tensor([0.0, 0.0]), torch.tensor([2.0, 1.0])
    generators = {
        "a G that changes nothing": lambda z: z,
        "G(z) = (z1³, z2)": lambda z: torch.stack([z[:, 0] ** 3, z[:, 1]], dim=1),
        "a G that jumps from moon to moon": lambda z: torch.tanh(8 * (z - 0.5)),
        "a G that bends the line into a spiral": lambda z: torch.stack(
            [z[:, 0].exp() * torch.cos(2 * z[:, 0]), z[:, 0].exp() * torch.sin(2 * z[:, 0])], dim=1
        ),
    }
    start, end = line
    way = end - start
    for name, G in generators.items():
        for n in (2, 6, 15):
            case = f"{name}, n = {n}"
            z = call(answer, G, start, end, n)
            expect(tuple(z.shape), (n, 2), "One latent vector per row.", case=f"the shape, {case}")
            t = ((z - start) @ way) / (way @ way)
            expect(z, start + t[:, None] * way, "Stay on the straight line.", 1e-3, case)
            expect(z[[0, -1]], torch.stack(line), "Both ends belong to the walk.", 1e-3, case)
            if (t.diff() <= 0).any():
                raise Mismatch(f"The walk turns back or stands still for {case}.")
            lengths = torch.stack([_length(G, a, b) for a, b in pairwise(z)])
            worst = float((lengths / lengths.mean() - 1).abs().max())
            if worst > 0.03:
                raise Mismatch(
                    f"Expected steps of one length along the curve for {case}; one differs from "
                    f"their mean by {worst:.0%}. Equal steps in z are not equal steps after G."
                )
    return "Where G is steep the latents now lie close together."


def _length(G, a, b):
    """Length of the curve that G makes of the line from a to b."""
    t = torch.linspace(0, 1, 300, dtype=torch.float64)[:, None]
    samples = G(a.double() + t * (b - a).double())
    return samples.diff(dim=0).norm(dim=1).sum()


@exercise
def seeded_latents(answer):
    """(n, seed) -> (n, 2) from N(0, I); row i depends on the seed and on i alone."""
    before = torch.get_rng_state()
    first, again, other = (call(answer, 2000, seed) for seed in (3, 3, 4))
    if not torch.is_tensor(first):
        raise Mismatch(f"Expected a tensor, found {type(first).__name__}.")
    parts = {n: call(answer, n, 3) for n in (1, 5, 17, 100)}
    untouched = torch.equal(before, torch.get_rng_state())
    torch.set_rng_state(before)
    expect(tuple(first.shape), (2000, 2), "One row per vector, two numbers each.", case="the shape")
    why = "The same seed must give the same numbers: start a stream from it."
    expect(again, first, why, case="seed 3, second call")
    for n, part in parts.items():
        why = "Whoever asks for more gets the old ones first."
        expect(part, first[:n], why, case=f"the first {n} of seed 3")
    rows, others = ({tuple(row) for row in z.tolist()} for z in (first, other))
    if len(rows) < len(first):
        raise Mismatch("Expected 2,000 different vectors, found some twice.")
    if rows & others:
        raise Mismatch("A vector of seed 3 turns up again under seed 4.")
    why = "N(0, I) has mean 0 and standard deviation 1 in each coordinate."
    expect(first.mean(dim=0), [0, 0], why, 0.1, "the means")
    expect(first.std(dim=0), [1, 1], why, 0.1, "the standard deviations")
    why = "The two numbers of a vector are independent."
    expect(torch.corrcoef(first.T)[0, 1], 0, why, 0.1, "their correlation")
    if not untouched:
        raise Mismatch("torch's global stream moved. Expected a stream of its own.")
    return "You can draw a thousand more next week, and the old figures stay the same."
