"""Right and wrong answers of notebook 22: exercise -> (right, [plausible wrong ones])."""

import itertools
import math

import torch

CASES = {}


def _distance(layers):
    place = torch.arange(layers, dtype=torch.float64)
    return (place[:, None] - place).abs()


def _same(layers, p):
    return 1 - p * _distance(layers) / (layers - 1)


def _all_layers(layers, p):
    return 1 - p * _distance(layers) / layers  # as if there were as many borders as layers


def _two_coins(layers, p):
    return torch.full((layers, layers), 1 - p / 2).fill_diagonal_(1.0)


def _without_p(layers, p):
    return 1 - _distance(layers) / (layers - 1)


def _each_border(layers, p):
    return (1 - p / (layers - 1)) ** _distance(layers)  # as if borders were drawn independently


CASES["same_w"] = (
    _same,
    [_all_layers, _two_coins, _without_p, _each_border, lambda layers, p: 1 - p],
)


def _ratio(d):
    a, b = torch.randn(2, 200_000 // max(d, 8) * 8, d, generator=torch.Generator().manual_seed(3))
    of_a, of_b = a.norm(dim=1), b.norm(dim=1)
    angle = ((a * b).sum(dim=1) / (of_a * of_b)).clamp(-1, 1).arccos()
    along = (of_b - of_a) ** 2
    across = angle**2 * (of_a**2 + of_a * of_b + of_b**2) / 3
    return float((along + across).mean() / (b - a).square().sum(dim=1).mean())


def _limit(d):
    return math.pi**2 / 8  # right for many dimensions only


def _speed(d):
    return math.sqrt(_ratio(d))  # not squared


def _turned(d):
    return 1 / _ratio(d)


def _fair(d):
    return 1.0


def _quarter(d):
    return math.pi**2 / 4  # the line's own 2 was forgotten


CASES["handicap"] = (_ratio, [_limit, _speed, _turned, _fair, _quarter, lambda d: None])


def _mixed(a, b, chosen):
    ws = a.clone()
    ws[:, list(chosen)] = b[:, list(chosen)]
    return ws


def _share(read, a, b, chosen):
    of_a, of_b = read(a), read(b)
    differ = of_a != of_b
    return float((read(_mixed(a, b, chosen)) == of_b)[differ].float().mean())


def _sets(layers):
    for size in range(1, layers + 1):
        yield from itertools.combinations(range(layers), size)


def _deciders(read, a, b):
    return next(c for c in _sets(a.shape[1]) if _share(read, a, b, c) >= 0.95)


def _single(read, a, b):
    shares = [_share(read, a, b, (layer,)) for layer in range(a.shape[1])]
    return (shares.index(max(shares)),)


def _everyone(read, a, b):
    return tuple(range(a.shape[1]))


def _moving(read, a, b):
    """All layers that change the value now and then, whether or not they are needed."""
    of_a = read(a)
    return tuple(
        layer
        for layer in range(a.shape[1])
        if (read(_mixed(a, b, (layer,))) != of_a).float().mean() > 0.9
    )


def _half(read, a, b):
    """Takes over half of the pairs for enough."""
    return next(c for c in _sets(a.shape[1]) if _share(read, a, b, c) >= 0.5)


def _all_pairs(read, a, b):
    """Counts the pairs whose values are equal from the start, too."""
    of_b = read(b)
    for chosen in _sets(a.shape[1]):
        if (read(_mixed(a, b, chosen)) == of_b).float().mean() >= 0.75:
            return chosen
    return ()


CASES["deciders"] = (
    _deciders,
    [
        _single,
        _everyone,
        _moving,
        _half,
        _all_pairs,
        lambda read, a, b: list(reversed(_deciders(read, a, b))),
    ],
)
