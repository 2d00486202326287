"""Right and wrong answers of notebook 23: exercise -> (right, [plausible wrong ones])."""

import itertools
import math

import torch

CASES = {}


def _tables(train, words, add=1.0):
    first = add + train[:, 0].bincount(minlength=words).double()
    after = torch.full((words, words), add, dtype=torch.float64)
    for row in train:
        for a, b in itertools.pairwise(row):
            after[a, b] += 1
    return first / first.sum(), after / after.sum(dim=1, keepdim=True)


def _price(train, test, words):
    first, after = _tables(train, words)
    bits = -first[test[:, 0]].log2()
    for t in range(1, test.shape[1]):
        bits = bits - after[test[:, t - 1], test[:, t]].log2()
    return bits.mean()


def _in_nats(train, test, words):
    return _price(train, test, words) * math.log(2)


def _without_the_first(train, test, words):
    _, after = _tables(train, words)
    return -after[test[:, :-1], test[:, 1:]].log2().sum(dim=1).mean()


def _nothing_added(train, test, words):
    first, after = _tables(train, words, add=0.0)
    bits = -first[test[:, 0]].log2() - after[test[:, :-1], test[:, 1:]].log2().sum(dim=1)
    return bits.mean()


def _one_by_one(train, test, words):
    share = 1.0 + train.flatten().bincount(minlength=words).double()
    return -(share / share.sum())[test].log2().sum(dim=1).mean()


def _of_the_training_set(train, test, words):
    return _price(train, train, words)


def _backwards(train, test, words):
    first, after = _tables(train, words)
    bits = -first[test[:, 0]].log2() - after[test[:, 1:], test[:, :-1]].log2().sum(dim=1)
    return bits.mean()


CASES["price"] = (
    _price,
    [
        _in_nats,
        _without_the_first,
        _nothing_added,
        _one_by_one,
        _of_the_training_set,
        _backwards,
        lambda train, test, words: test.shape[1] * math.log2(words),
    ],
)


def _normal(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


CASES["between"] = (
    lambda slope, margin: 2 * _normal((1 - margin) / slope) - 1,
    [
        lambda slope, margin: _normal((1 - margin) / slope),
        lambda slope, margin: 2 * _normal(1 / slope) - 1,  # the margin is forgotten
        lambda slope, margin: 2 * _normal(slope * (1 - margin)) - 1,
        lambda slope, margin: min(1.0, (1 - margin) / slope),  # z is not uniform
        lambda slope, margin: 2 * (1 - margin) / slope / math.sqrt(2 * math.pi),  # a flat density
        lambda slope, margin: 0.0,
    ],
)


def _next_cluster(source, of_source, target, of_target):
    moved = torch.empty_like(target)
    classes = int(of_source.max()) + 1
    for k in range(classes):
        mine, goal = of_target == k, of_source == (k + 1) % classes
        x, y = target[mine], source[goal]
        white = (x - x.mean(dim=0)) / x.std(dim=0)
        moved[mine] = white * y.std(dim=0) + y.mean(dim=0)
    return moved


def _own_cluster(source, of_source, target, of_target):
    moved = torch.empty_like(target)
    for k in of_source.unique():
        x, y = target[of_target == k], source[of_source == k]
        white = (x - x.mean(dim=0)) / x.std(dim=0)
        moved[of_target == k] = white * y.std(dim=0) + y.mean(dim=0)
    return moved


def _shifted_only(source, of_source, target, of_target):
    moved, classes = torch.empty_like(target), int(of_source.max()) + 1
    for k in range(classes):
        x, y = target[of_target == k], source[of_source == (k + 1) % classes]
        moved[of_target == k] = x - x.mean(dim=0) + y.mean(dim=0)
    return moved


def _whole_mean_and_width(source, of_source, target, of_target):
    white = (target - target.mean(dim=0)) / target.std(dim=0)
    return white * source.std(dim=0) + source.mean(dim=0)


def _all_to_one(source, of_source, target, of_target):
    return source.mean(dim=0).expand_as(target)


def _at_random(source, of_source, target, of_target):
    stream = torch.Generator().manual_seed(0)
    return source[torch.randint(len(source), (len(target),), generator=stream)]


CASES["fool"] = (
    _next_cluster,
    [
        _own_cluster,
        _shifted_only,
        _whole_mean_and_width,
        _all_to_one,
        _at_random,
        lambda source, of_source, target, of_target: target,
        lambda source, of_source, target, of_target: target[:10],
    ],
)
