"""Right and wrong answers of notebook 00: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch

CASES = {}

CASES["bayes_posterior"] = (
    lambda p0, p1, prior1: p1 * prior1 / (p0 * (1 - prior1) + p1 * prior1),
    [
        lambda p0, p1, prior1: p1 / (p0 + p1),  # forgets the shares
        lambda p0, p1, prior1: p1 * prior1,  # forgets to divide
        # the other class
        lambda p0, p1, prior1: p0 * (1 - prior1) / (p0 * (1 - prior1) + p1 * prior1),
        0.5,  # not a function
    ],
)
CASES["latent_walk"] = (
    lambda start, end, n: torch.lerp(start, end, torch.linspace(0, 1, n)[:, None]),
    [
        # never reaches the end
        lambda start, end, n: start + (end - start) * (torch.arange(n) / n)[:, None],
        lambda start, end, n: torch.lerp(end, start, torch.linspace(0, 1, n)[:, None]),  # backwards
        # (d, n)
        lambda start, end, n: torch.lerp(start[:, None], end[:, None], torch.linspace(0, 1, n)),
        # end, not end - start
        lambda start, end, n: start + end * torch.linspace(0, 1, n)[:, None],
    ],
)


def _seeds_the_global_stream(n, seed):
    torch.manual_seed(seed)
    return torch.randn(n, 2)


def _stream(seed):
    return torch.Generator().manual_seed(seed)


CASES["seeded_latents"] = (
    lambda n, seed: torch.randn(n, 2, generator=_stream(seed)),
    [
        lambda n, seed: torch.randn(n, 2),  # ignores the seed
        lambda n, seed: torch.randn(n, 2, generator=_stream(0)),  # one seed for all
        lambda n, seed: torch.rand(n, 2, generator=_stream(seed)),  # uniform
        lambda n, seed: torch.randn(2, n, generator=_stream(seed)),  # the shape turned round
        lambda n, seed: np.random.default_rng(seed).normal(size=(n, 2)).tolist(),  # no tensor
        _seeds_the_global_stream,
    ],
)
