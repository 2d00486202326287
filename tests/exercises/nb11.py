"""Right and wrong answers of notebook 11: exercise -> (right, [plausible wrong ones])."""

import math

import torch

CASES = {}

CASES["sure_score"] = (
    lambda shares: torch.special.entr(shares).sum().exp(),
    [
        lambda shares: (-(shares * shares.log()).sum()).exp(),  # NaN at a share of 0
        lambda shares: torch.special.entr(shares).sum(),  # the entropy, without exp
        lambda shares: (shares > 0).sum().float(),  # counts classes, however rare
    ],
)
CASES["frechet_bias"] = (
    lambda d, n, m: (d + d * (d + 1) / 4) * (1 / n + 1 / m),
    [
        lambda d, n, m: (d + d * (d + 1) / 4) / n,  # forgets the other side
        lambda d, n, m: (d + d * (d + 1) / 4) / (n + m),  # as if the samples were pooled
        lambda d, n, m: d * (1 / n + 1 / m),  # only the means
        lambda d, n, m: (d + d**2 / 4) * (1 / n + 1 / m),  # the diagonal's variance is 2/N, not 1/N
    ],
)
CASES["support_size"] = (
    lambda size, share: -size * (size - 1) / (2 * math.log(1 - share)),
    [
        lambda size, share: size**2,  # the order of magnitude only
        # the share without a repeat
        lambda size, share: -size * (size - 1) / (2 * math.log(share)),
        lambda size, share: -size * (size - 1) / math.log(1 - share),  # ordered pairs
    ],
)


def _wald(wrong, count, z=1.96):
    share = wrong / count
    half = z * math.sqrt(share * (1 - share) / count)
    return share - half, share + half


def _wilson(wrong, count, z=1.96):
    share, more = wrong / count, z * z / count
    middle = (share + more / 2) / (1 + more)
    half = z * math.sqrt(share * (1 - share) / count + more / count / 4) / (1 + more)
    return middle - half, middle + half


CASES["error_interval"] = (
    _wilson,
    [
        _wald,  # no width at all where nobody was wrong
        lambda wrong, count: (0.0, 1.0),  # always right, and useless
        lambda wrong, count: _wilson(wrong, count, 1.645),  # 90 %
        lambda wrong, count: (max(0.0, wrong / count - 0.1), wrong / count + 0.1),
        lambda wrong, count: wrong / count,  # no interval
    ],
)
