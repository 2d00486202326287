"""Right and wrong answers of notebook 00: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch

CASES = {}

CASES["bayes_posterior"] = (
    lambda logs, shares: torch.softmax(logs + shares.log(), dim=0),
    [
        lambda logs, shares: logs.exp() * shares / (logs.exp() * shares).sum(),  # 0 / 0
        lambda logs, shares: torch.softmax(logs, dim=0),  # forgets the shares
        lambda logs, shares: torch.softmax(logs * shares, dim=0),  # the shares inside
        lambda logs, shares: torch.log_softmax(logs + shares.log(), dim=0),  # the logarithm
        lambda logs, shares: (logs - logs.max()).exp() * shares,  # forgets to divide
        0.5,  # not a function
    ],
)


def tabulate(G, start, end):
    t = torch.linspace(0, 1, 5000)[:, None]
    with torch.no_grad():
        samples = G(torch.lerp(start, end, t))
    lengths = samples.diff(dim=0).norm(dim=1).cumsum(dim=0)
    return t[:, 0].numpy(), np.concatenate([[0], lengths.numpy()])


def even_walk(G, start, end, n):
    t, length = tabulate(G, start, end)
    at = np.interp(np.linspace(0, length[-1], n), length, t)
    return torch.lerp(start, end, torch.tensor(at, dtype=torch.float32)[:, None])


def upside_down(G, start, end, n):
    """The table read in the wrong direction: long steps where G is steep."""
    t, length = tabulate(G, start, end)
    at = np.interp(np.linspace(0, 1, n), t, length / length[-1])
    return torch.lerp(start, end, torch.tensor(at, dtype=torch.float32)[:, None])


CASES["even_walk"] = (
    even_walk,
    [
        # equal steps in z
        lambda G, start, end, n: torch.lerp(start, end, torch.linspace(0, 1, n)[:, None]),
        upside_down,
        lambda G, start, end, n: G(even_walk(G, start, end, n)),  # samples, not latents
        lambda G, start, end, n: even_walk(G, start, end, n + 1)[:-1],  # never reaches the end
        lambda G, start, end, n: even_walk(G, end, start, n),  # backwards
        lambda G, start, end, n: even_walk(G, start, end, n).T,
    ],
)


def _stream(seed):
    return torch.Generator().manual_seed(seed)


def row_by_row(n, seed):
    stream = _stream(seed)
    return torch.stack([torch.randn(2, generator=stream) for _ in range(n)])


def one_number_twice(n, seed):
    stream = _stream(seed)
    return torch.stack([torch.randn(1, generator=stream).expand(2) for _ in range(n)])


def uniform(n, seed):
    stream = _stream(seed)
    return torch.stack([torch.rand(2, generator=stream) for _ in range(n)])


def seeds_the_global_stream(n, seed):
    torch.manual_seed(seed)
    return torch.stack([torch.randn(2) for _ in range(n)])


CASES["seeded_latents"] = (
    row_by_row,
    [
        lambda n, seed: torch.randn(n, 2, generator=_stream(seed)),  # other rows for other n
        lambda n, seed: torch.randn(n, 2),  # ignores the seed
        # the next seed's rows, shifted by one
        lambda n, seed: torch.stack([row_by_row(1, seed + i)[0] for i in range(n)]),
        lambda n, seed: row_by_row(n, 0),  # one seed for all
        lambda n, seed: row_by_row(2, seed)[torch.arange(n) % 2],  # repeats itself
        one_number_twice,
        uniform,
        lambda n, seed: row_by_row(n, seed).T,
        lambda n, seed: np.random.default_rng(seed).normal(size=(n, 2)).tolist(),  # no tensor
        seeds_the_global_stream,
    ],
)
