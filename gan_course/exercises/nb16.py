"""Exercise checkers of notebook 16_text_gan."""

from itertools import product

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def policy_gradient(answer):
    """(theta, tokens, rewards) -> an unbiased estimate (K,) with a baseline from the rewards.

    theta: logits (K,); tokens, rewards: (N,). All outcomes of N draws are gone through.
    """
    stream = torch.Generator().manual_seed(0)
    for k, n in ((3, 2), (2, 4), (4, 3)):
        theta = torch.randn(k, generator=stream)
        worth = 4 + torch.randn(k, generator=stream)
        p = torch.softmax(theta, 0)
        exact = p * (worth - p @ worth)
        estimates, plain, chances = [], [], []
        for outcome in product(range(k), repeat=n):
            tokens = torch.tensor(outcome)
            found = call(answer, theta, tokens, worth[tokens])
            found = torch.as_tensor(found, dtype=torch.float32).detach()
            expect(found.shape, (k,), "One slope for each logit.", 0, "the shape")
            slopes = torch.eye(k)[tokens] - p
            plain.append((worth[tokens][:, None] * slopes).mean(dim=0))
            estimates.append(found)
            chances.append(p[tokens].prod())
        case = f"K = {k}, N = {n}, averaged over all outcomes"
        chance = torch.stack(chances)[:, None]
        mean = (chance * torch.stack(estimates)).sum(dim=0)
        why = "The mean of the estimate is not the gradient of the expected reward."
        expect(mean, exact, why, 1e-4, case)
        spread = [(chance * (torch.stack(x) - exact) ** 2).sum() for x in (estimates, plain)]
        if spread[0] > 0.9 * spread[1]:
            raise Mismatch(
                f"The mean is right for {case}; the variance is {spread[0]:.2f}, and without any "
                f"baseline it is {spread[1]:.2f}: a baseline should lower it."
            )
    return "Unbiased from two draws on, and quieter."


@exercise
def best_policy(answer):
    """(p, rewards, price) -> q (N,), the best distribution at that price of a nat of KL(q || p)."""
    stream = torch.Generator().manual_seed(0)
    for n, price in ((4, 1.0), (3, 0.3), (6, 5.0)):
        p = torch.softmax(torch.randn(n, generator=stream), 0).double()
        rewards = torch.randn(n, generator=stream).double()
        wanted = torch.softmax(p.log() + rewards / price, 0)
        q = call(answer, p, rewards, price)
        case = f"{n} poems, price {price}"
        expect(torch.as_tensor(q).sum(), 1.0, "Probabilities sum to 1.", 1e-5, f"the sum, {case}")
        why = "Another q has a higher reward minus price."
        expect(q, wanted, why, 1e-5, case)
    p = torch.tensor([0.5, 0.3, 0.2, 0.0]).double()
    rewards = torch.tensor([-3.0, 2.0, 1.0, 9.0]).double()
    why = "What the reference never writes has an infinite price."
    wanted = torch.softmax(p.log() + rewards, 0)
    expect(call(answer, p, rewards, 1.0), wanted, why, 1e-5, "p = [.5, .3, .2, 0], price 1")
    why = "Almost without a price, all goes to the best of the poems that can occur."
    expect(call(answer, p, rewards, 1e-4), [0, 1, 0, 0], why, 1e-5, "the same p, price 0.0001")
    return "The price turns the likelihoods; it does not replace them."


@exercise
def copied_phrases(answer):
    """(made, known, n) -> share of the n-grams of the strings `made` that occur in `known`."""
    cases = [
        (["abcd", "abab"], ["xabx", "bcq"], 2, 4 / 6, "ab, bc, cd, ab, ba, ab: four are known"),
        (["ab", "cdefgh"], ["ab"], 2, 1 / 6, "six 2-grams, one of them is known"),
        (["abcd"], ["abc", "bcd"], 3, 1.0, "both 3-grams are known, from two lines"),
        (["ab", "a"], ["ba", "cab"], 2, 1.0, "a string shorter than n has no n-gram"),
        (["a"], ["a"], 2, 0.0, "no n-grams at all"),
        (["xy"], ["ax", "yb"], 2, 0.0, "an n-gram does not reach from one line into the next"),
    ]
    for made, known, n, wanted, why in cases:
        case = f"made {made}, known {known}, n = {n}"
        expect(call(answer, made, known, n), wanted, f"Here: {why}.", 1e-6, case)
    return "Repetitions count as often as they occur."
