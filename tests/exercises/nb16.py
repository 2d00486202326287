"""Right and wrong answers of notebook 16: exercise -> (right, [plausible wrong ones])."""

import torch
from torch.nn.functional import one_hot

CASES = {}


def gradient(theta, tokens, advantage):
    slopes = one_hot(tokens, len(theta)) - torch.softmax(theta, 0)
    return (advantage[:, None] * slopes).mean(dim=0)


def others(rewards):
    """The mean of the other rewards."""
    return (rewards.sum() - rewards) / (len(rewards) - 1)


CASES["policy_gradient"] = (
    lambda theta, tokens, rewards: gradient(theta, tokens, rewards - others(rewards)),
    [
        # the batch's own mean: too short by (N - 1) / N
        lambda theta, tokens, rewards: gradient(theta, tokens, rewards - rewards.mean()),
        lambda theta, tokens, rewards: gradient(theta, tokens, rewards),  # no baseline
        lambda theta, tokens, rewards: gradient(theta, tokens, rewards - 0.1),  # hardly one
        # the sum, not the mean
        lambda theta, tokens, rewards: (
            len(tokens) * gradient(theta, tokens, rewards - others(rewards))
        ),
        lambda theta, tokens, rewards: gradient(theta, tokens, others(rewards) - rewards),  # sign
        # GRPO's advantage: divided by the standard deviation
        lambda theta, tokens, rewards: gradient(
            theta, tokens, (rewards - rewards.mean()) / (rewards.std() + 1e-6)
        ),
        # the baseline of one draw for all
        lambda theta, tokens, rewards: gradient(theta, tokens, rewards - rewards[0]),
    ],
)


def best(p, rewards, price):
    return torch.softmax(p.log() + rewards / price, 0)


CASES["best_policy"] = (
    best,
    [
        lambda p, rewards, price: torch.softmax(rewards / price, 0),  # forgets the reference
        lambda p, rewards, price: torch.softmax(p.log() + rewards, 0),  # forgets the price
        lambda p, rewards, price: torch.softmax(p.log() + price * rewards, 0),  # upside down
        lambda p, rewards, price: p * torch.exp(rewards / price),  # does not sum to 1
        # overflows near price 0
        lambda p, rewards, price: (
            p * torch.exp(rewards / price) / (p * torch.exp(rewards / price)).sum()
        ),
        # all to the best poem
        lambda p, rewards, price: one_hot(rewards.argmax(), len(p)).double(),
        # a poem that the reference never writes
        lambda p, rewards, price: torch.softmax((p + 1e-6).log() + rewards / price, 0),
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
        # the mean of each string's share
        lambda made, known, n: sum(share([m], known, n) for m in made) / len(made),
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
