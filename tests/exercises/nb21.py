"""Right and wrong answers of notebook 21: exercise -> (right, [plausible wrong ones])."""

import torch

CASES = {}


def _tables(a, b, sizes):
    """How often each pair occurs, and how often it would if the two were independent."""
    places = a * sizes[1] + b
    there = places.bincount(minlength=sizes[0] * sizes[1]).view(sizes).double()
    due = there.sum(1, keepdim=True) * there.sum(0) / there.sum()
    return there, due


def _never(a, b, sizes):
    there, due = _tables(a, b, sizes)
    return ((there == 0) & (due >= 5)).nonzero().tolist()


def _all_zeros(a, b, sizes):
    there, _ = _tables(a, b, sizes)
    return (there == 0).nonzero().tolist()  # where nothing was due, too


def _too_few(a, b, sizes):
    there, due = _tables(a, b, sizes)
    return (there < due).nonzero().tolist()  # fewer than chance is not never


def _turned(a, b, sizes):
    return [(y, x) for x, y in _never(a, b, sizes)]


CASES["never_together"] = (
    _never,
    [
        _all_zeros,
        _too_few,
        _turned,
        lambda a, b, sizes: [],
        lambda a, b, sizes: _tables(a, b, sizes)[0] == 0,  # a mask, no pairs
    ],
)


def _copies(shares, known):
    total = 0.0
    for face in known.unique(dim=0):
        chance = 1.0
        for share, value in zip(shares, face):
            chance *= float(share[value])
        total += chance
    return total


def _with_doubles(shares, known):
    return sum(_copies(shares, face[None]) for face in known)


def _average(shares, known):
    return _copies(shares, known) / len(known)


def _summed(shares, known):
    return float(sum(share[known[:, j]].sum() for j, share in enumerate(shares)))


def _uniform(shares, known):
    count = 1
    for share in shares:
        count *= len(share)
    return len(known.unique(dim=0)) / count


CASES["copy_chance"] = (_copies, [_with_doubles, _average, _summed, _uniform])


def _shares(read, confusion):
    seen = read.bincount(minlength=len(confusion)).double() / len(read)
    found = torch.linalg.solve(confusion.T, seen).clamp(min=0)
    return found / found.sum()


def _as_read(read, confusion):
    return read.bincount(minlength=len(confusion)).double() / len(read)


def _not_turned(read, confusion):
    found = torch.linalg.solve(confusion, _as_read(read, confusion)).clamp(min=0)
    return found / found.sum()


def _below_zero(read, confusion):
    return torch.linalg.solve(confusion.T, _as_read(read, confusion))


def _by_the_diagonal(read, confusion):
    found = _as_read(read, confusion) / confusion.diag()
    return found / found.sum()


def _forwards(read, confusion):
    return _as_read(read, confusion) @ confusion


CASES["rare_share"] = (_shares, [_as_read, _not_turned, _below_zero, _by_the_diagonal, _forwards])
