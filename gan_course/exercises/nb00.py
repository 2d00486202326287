"""Exercise checkers of notebook 00_start_here."""

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def bayes_posterior(answer):
    """(p0, p1, prior1) -> P(y = 1 | x), from both class densities at x and the share of class 1."""
    why = (
        "Weigh each density with the share of its class, then divide class 1's part by the sum of "
        "both parts."
    )
    for p0, p1, prior1 in ((0.2, 0.2, 0.5), (0.3, 0.1, 0.5), (0.2, 0.2, 0.1), (0.05, 0.4, 0.25)):
        wanted = p1 * prior1 / (p0 * (1 - prior1) + p1 * prior1)
        case = f"p0={p0}, p1={p1}, prior1={prior1}"
        expect(call(answer, p0, p1, prior1), wanted, why, case=case)
    return (
        "With equal shares it is p1 / (p0 + p1): you meet it again as the optimal discriminator in "
        "notebook 01."
    )


@exercise
def latent_walk(answer):
    """(start, end, n) -> (n, d): equal steps on the line from start to end, both included."""
    why = (
        "The rows are (1 - t) start + t end, for n values of t in equal steps, from 0 to 1 with "
        "both ends."
    )
    for start, end, n in (([0.0, 0.0], [1.0, 2.0], 5), ([1.0, -1.0, 3.0], [-1.0, 0.0, 3.0], 2)):
        a, b = torch.tensor(start), torch.tensor(end)
        wanted = a + (b - a) * torch.linspace(0, 1, n)[:, None]
        expect(call(answer, a, b, n), wanted, why, case=f"start={start}, end={end}, n={n}")
    return "Each row is a latent vector: hand them all to G at once."


@exercise
def seeded_latents(answer):
    """(n, seed) -> (n, 2) from N(0, I), the same for the same seed; torch's stream stays put."""
    before = torch.get_rng_state()
    first, again, other = (call(answer, 2000, seed) for seed in (3, 3, 4))
    untouched = torch.equal(before, torch.get_rng_state())
    torch.set_rng_state(before)
    expect(first.shape, (2000, 2), "One row a latent vector, two numbers each.", case="the shape")
    why = "The same seed must give the same numbers: start a stream from it."
    expect(again, first, why, case="seed 3, second call")
    if torch.equal(first, other):
        raise Mismatch(
            "Expected other numbers for another seed, found the same for seeds 3 and 4. Hand the "
            "seed on."
        )
    why = "N(0, I) has mean 0 and deviation 1: randn, not rand."
    expect([first.mean(), first.std()], [0, 1], why, 0.1, "mean, deviation")
    if not untouched:
        raise Mismatch(
            "torch's global stream moved. Expected a stream of its own: randn(..., generator=...)."
        )
    return "Nobody else's numbers changed because you drew yours."
