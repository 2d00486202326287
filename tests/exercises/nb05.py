"""Right and wrong answers of notebook 05: exercise -> (right, [plausible wrong ones])."""

import numpy as np

CASES = {}


def alternating(A, eta):
    (a, b), (c, d) = A
    return np.array([[1 + eta * a, eta * b], [0, 1]]) @ np.array([[1, 0], [eta * c, 1 + eta * d]])


def in_place(field, w, eta):
    w += eta * field(w + eta * field(w))
    return w


CASES["alternating_matrix"] = (
    alternating,
    [
        lambda A, eta: np.eye(2) + eta * A,  # simultaneous
        lambda A, eta: (
            np.array([[1, 0], [eta * A[1, 0], 1 + eta * A[1, 1]]])
            @ np.array([[1 + eta * A[0, 0], eta * A[0, 1]], [0, 1]])
        ),  # G first
        lambda A, eta: (np.eye(2) + eta * A) @ (np.eye(2) + eta * A),  # two simultaneous updates
    ],
)
CASES["extragradient"] = (
    lambda field, w, eta: w + eta * field(w + eta * field(w)),
    [
        # two steps, one after the other
        lambda field, w, eta: w + eta * field(w) + eta * field(w + eta * field(w)),
        lambda field, w, eta: w + eta * field(w),  # no look ahead
        # looks at the step, not at the point
        lambda field, w, eta: w + eta * field(eta * field(w)),
        in_place,
    ],
)


def simultaneous(A, eta):
    return np.eye(2) + eta * A


def first_bad(update, first=1e-3, ratio=1.005):
    """The step at which the largest eigenvalue of an update first has size 1 or more."""

    def search(A):
        eta = first
        while abs(np.linalg.eigvals(update(A, eta))).max() < 1 - 1e-9:
            eta *= ratio
        return 0.0 if eta == first else eta

    return search


def of_simultaneous(A):
    lam = np.linalg.eigvals(A)
    return max(0.0, float((-2 * lam.real / (abs(lam) ** 2 + 1e-12)).min()))


CASES["largest_alternating_step"] = (
    first_bad(alternating),
    [
        of_simultaneous,  # the formula of the page
        first_bad(simultaneous),
        lambda A: 2 / abs(np.linalg.eigvals(A)).max(),  # the rule of a descent
        lambda A: float("inf"),
        # the determinant alone: the product of the eigenvalues, not the largest
        lambda A: max(0.0, 2 / max(-A.trace(), 1e-9)) if A.trace() < 0 else 0.0,
    ],
)
