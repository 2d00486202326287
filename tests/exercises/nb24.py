"""Right and wrong answers of notebook 24: exercise -> (right, [plausible wrong ones])."""

import math

import torch
from scipy import stats

CASES = {}


def _asked(counts, dim):
    chances = (counts.sum(dim=dim) + 1).log()
    return chances / chances.sum()


def _shares_seen(counts):
    first, second = _asked(counts, 1), _asked(counts, 0)
    given = counts / counts.sum(dim=0)
    return 0.5 * first + 0.5 * given @ second


CASES["shares_seen"] = (
    _shares_seen,
    [
        lambda counts: counts.sum(dim=1) / counts.sum(),  # as the table is
        lambda counts: _asked(counts, 1),  # as if the first column were always asked
        lambda counts: 0.5 * _asked(counts, 1) + 0.5 * counts.sum(dim=1) / counts.sum(),
        lambda counts: counts / counts.sum(dim=0) @ _asked(counts, 0),  # the other half alone
        # the logarithm of the shares
        lambda counts: (counts.sum(dim=1) / counts.sum()).log().softmax(dim=0),
    ],
)


def _nearer(made, train, held_out):
    to_train, to_others = (torch.cdist(made, x).amin(dim=1) for x in (train, held_out))
    return (to_train < to_others).float().mean().item()


def _copied(made, train, held_out):
    by_chance = len(train) / (len(train) + len(held_out))
    return (_nearer(made, train, held_out) - by_chance) / (1 - by_chance)


def _subsampled(made, train, held_out):
    n = min(len(train), len(held_out))
    return 2 * _nearer(made, train[:n], held_out[:n]) - 1


def _against_quantile(made, train, held_out):
    control = torch.cdist(held_out, train).amin(dim=1)
    return (torch.cdist(made, train).amin(dim=1) < control.median()).float().mean().item()


CASES["copied"] = (
    _copied,
    [
        _nearer,
        _subsampled,  # copies of rows that were left out are missed
        _against_quantile,
        lambda made, train, held_out: 2 * _nearer(made, train, held_out) - 1,
        lambda made, train, held_out: (
            _nearer(made, train, held_out) - len(train) / (len(train) + len(held_out))
        ),
    ],
)


def _bounds(found, members, alarms, others):
    low = stats.beta.ppf(0.025, found, members - found + 1) if found else 0.0
    high = stats.beta.ppf(0.975, alarms + 1, others - alarms) if alarms < others else 1.0
    return low, high


def _audited(found, members, alarms, others, delta):
    low, high = _bounds(found, members, alarms, others)
    best = 0.0
    for more, less in ((low, high), (1 - high, 1 - low)):
        if more > delta:
            best = max(best, math.log((more - delta) / less))
    return best


def _one_side(found, members, alarms, others, delta):
    low, high = _bounds(found, members, alarms, others)
    return max(0.0, math.log((low - delta) / high)) if low > delta else 0.0


def _points(found, members, alarms, others, delta):
    low, high = found / members, alarms / others
    best = 0.0
    for more, less in ((low, high), (1 - high, 1 - low)):
        if more > delta and less > 0:
            best = max(best, math.log((more - delta) / less))
    return best


def _below_zero(found, members, alarms, others, delta):
    low, high = _bounds(found, members, alarms, others)
    return math.log(max(low - delta, 1e-9) / high)


CASES["audited"] = (
    _audited,
    [
        _one_side,
        _points,  # without an interval
        _below_zero,
        # the intervals the wrong way round
        lambda found, members, alarms, others, delta: _audited(
            alarms, others, found, members, delta
        ),
    ],
)
