"""Exercise checkers of notebook 16_text_gan."""

import torch
from torch.nn.functional import one_hot

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def policy_gradient(answer):
    """(theta, tokens, rewards, baseline) -> REINFORCE's estimate (K,).

    theta: logits (K,); tokens, rewards: (N,).
    """
    why = "Mean over the draws of (reward - baseline) (one-hot of the token - softmax of theta)."
    stream = torch.Generator().manual_seed(0)
    for k, n, baseline in ((3, 4, 0.0), (5, 7, 1.5)):
        theta, rewards = torch.randn(k, generator=stream), 2 + torch.randn(n, generator=stream)
        tokens = torch.randint(k, (n,), generator=stream)
        slopes = one_hot(tokens, k) - torch.softmax(theta, 0)
        wanted = ((rewards - baseline)[:, None] * slopes).mean(dim=0)
        case = f"K = {k}, N = {n}, baseline {baseline}"
        expect(call(answer, theta, tokens, rewards, baseline), wanted, why, 1e-5, case)
    return "No slope of the reward was needed."


@exercise
def straight_through(answer):
    """soft -> one-hot rows (N, K) in value; the gradient reaches soft unchanged."""
    soft = torch.tensor([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]], requires_grad=True)
    hard = call(answer, soft)
    why = "The value is the one-hot vector of each row's largest entry."
    expect(hard, [[0, 1, 0], [1, 0, 0]], why, 1e-6)
    if not getattr(hard, "requires_grad", False):
        raise Mismatch(
            "The value is right, but no gradient reaches soft: add soft and subtract soft.detach()."
        )
    weight = torch.tensor([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])
    (slope,) = torch.autograd.grad((hard * weight).sum(), soft)
    why = (
        "The gradient with respect to soft must be that of the sum, as if soft had been passed on."
    )
    expect(slope, weight, why, 1e-6)
    return "A token forward, a mixture backward."


@exercise
def copied_phrases(answer):
    """(made, known, n) -> share of the n-grams of the strings `made` that occur in `known`."""
    why = "ab, bc, cd, ab, ba, ab: four of six are known"
    cases = [
        (["abcd", "abab"], ["xabx", "bcq"], 2, 4 / 6, why),
        (["abcd"], ["abc", "bcd"], 3, 1.0, "both 3-grams are known, from two lines"),
        (["ab", "a"], ["ba", "cab"], 2, 1.0, "a string shorter than n has no n-gram"),
        (["a"], ["a"], 2, 0.0, "no n-grams at all"),
        (["xy"], ["ax", "yb"], 2, 0.0, "an n-gram does not reach from one line into the next"),
    ]
    for made, known, n, wanted, why in cases:
        case = f"made {made}, known {known}, n = {n}"
        expect(call(answer, made, known, n), wanted, f"Here: {why}.", 1e-6, case)
    return "Repetitions count as often as they occur."
