"""Right and wrong answers of notebook 16: exercise -> (right, [plausible wrong ones])."""

import torch
from torch.nn.functional import one_hot

CASES = {}


def gradient(theta, tokens, rewards, baseline):
    return (
        (rewards - baseline)[:, None] * (one_hot(tokens, len(theta)) - torch.softmax(theta, 0))
    ).mean(dim=0)


CASES["policy_gradient"] = (
    gradient,
    [
        # forgets the baseline
        lambda theta, tokens, rewards, baseline: gradient(theta, tokens, rewards, 0.0),
        lambda theta, tokens, rewards, baseline: (
            gradient(theta, tokens, rewards, baseline) * len(tokens)
        ),  # sum, not mean
        lambda theta, tokens, rewards, baseline: (
            (rewards - baseline)[:, None] * one_hot(tokens, len(theta))
        ).mean(dim=0),
        # a loss's sign
        lambda theta, tokens, rewards, baseline: -gradient(theta, tokens, rewards, baseline),
    ],
)


def hard(soft):
    return one_hot(soft.argmax(dim=1), soft.shape[1]).float()


CASES["straight_through"] = (
    lambda soft: hard(soft) + soft - soft.detach(),
    [
        hard,  # no gradient
        lambda soft: soft,  # not hard
        lambda soft: hard(soft) * soft / soft.detach(),  # right value, another gradient
        lambda soft: hard(soft) + soft.detach() - soft,  # the gradient's sign
    ],
)


def share(made, known, n):
    grams = {line[i : i + n] for line in known for i in range(len(line) - n + 1)}
    found = [line[i : i + n] in grams for line in made for i in range(len(line) - n + 1)]
    return sum(found) / len(found) if found else 0.0


CASES["copied_phrases"] = (
    share,
    [
        # runs over the ends of lines
        lambda made, known, n: share(["".join(made)], ["".join(known)], n),
        lambda made, known, n: share([line for line in made if line], known, n - 1),
        # whole strings
        lambda made, known, n: len({g for g in made if g in known}) / max(1, len(made)),
        lambda made, known, n: (
            len(
                {m[i : i + n] for m in made for i in range(len(m) - n + 1)}
                & {k[i : i + n] for k in known for i in range(len(k) - n + 1)}
            )
            / max(1, len({m[i : i + n] for m in made for i in range(len(m) - n + 1)}))
        ),  # different n-grams only
    ],
)
