"""Right and wrong answers of notebook 09: exercise -> (right, [plausible wrong ones])."""

import numpy as np

CASES = {}


def _steepest(points, f):
    i, j = np.triu_indices(len(points), 1)
    return np.max(np.abs(f[i] - f[j]) / np.abs(points[i] - points[j]))


def _sorted(function):
    """The answer on sorted points."""

    def answer(points, f, p, q):
        order = np.argsort(points)
        return function(points[order], f[order], p[order], q[order])

    return answer


CASES["w1_lower_bound"] = (
    # a small number in the denominator does no harm
    lambda points, f, p, q: abs(f @ (p - q)) / (_steepest(points, f) + 1e-8),
    [
        lambda points, f, p, q: abs(f @ (p - q)),  # not scaled
        lambda points, f, p, q: (f @ (p - q)) / _steepest(points, f),  # the sign of f is left
        lambda points, f, p, q: (
            abs(f @ (p - q)) / np.abs(np.diff(f) / np.diff(points)).max()
        ),  # unsorted neighbours
        # the steepest way up
        _sorted(
            lambda points, f, p, q: (
                abs(f @ (p - q)) / np.max(np.diff(f) / np.diff(points)).clip(0.1)
            )
        ),
        # means of neighbouring slopes
        _sorted(lambda points, f, p, q: abs(f @ (p - q)) / np.abs(np.gradient(f, points)).max()),
    ],
)


def _bound(norm, residual=1.0, factor=1.0):
    def answer(blocks):
        slope = 1.0
        for kind, matrices in blocks:
            block = np.prod([factor * norm(W) for W in matrices])
            slope *= block + residual * (kind == "residual")
        return slope

    return answer


def _spectral(W):
    return np.linalg.norm(W, 2)


CASES["slope_bound"] = (
    _bound(_spectral),
    [
        _bound(np.linalg.norm),  # Frobenius
        _bound(lambda W: np.abs(W).max()),
        _bound(_spectral, residual=0.0),  # the way round the block is forgotten
        _bound(_spectral, factor=0.2),  # the flat side of the activation
        lambda blocks: sum(_bound(_spectral)([block]) for block in blocks),
        lambda blocks: max([_bound(_spectral)([block]) for block in blocks], default=1.0),
    ],
)


def _slopes(W, weight, penalty):
    if penalty == "zero-centred":
        return [W / weight]
    good = 1 + W / (2 * weight)
    stuck = penalty == "two-sided" and 2 * weight > W
    return [W / (2 * weight) - 1, good] if stuck else [good]


CASES["settled_slopes"] = (
    _slopes,
    [
        lambda W, weight, penalty: [1 + W / (2 * weight)],  # two-sided without the trap
        lambda W, weight, penalty: _slopes(W, weight, "two-sided"),  # all penalties alike
        lambda W, weight, penalty: (
            [W / (2 * weight) - 1, 1 + W / (2 * weight)]
            if penalty == "two-sided"
            else _slopes(W, weight, penalty)
        ),  # the trap at any W
        lambda W, weight, penalty: (
            [W / (2 * weight)] if penalty == "zero-centred" else _slopes(W, weight, penalty)
        ),  # the half of the zero-centred penalty is lost
        lambda W, weight, penalty: (
            _slopes(W, weight, penalty) + ([1.0] if penalty == "one-sided" else [])
        ),  # the kink
        lambda W, weight, penalty: [1.0],  # the target
    ],
)
