"""Right and wrong answers of notebook 05: exercise -> (right, [plausible wrong ones])."""

import numpy as np

CASES = {}


def alternating(A, eta):
    (a, b), (c, d) = A
    return np.array([[1 + eta * a, eta * b], [0, 1]]) @ np.array([[1, 0], [eta * c, 1 + eta * d]])


def in_place(field, w, eta):
    w += eta * field(w + eta * field(w))
    return w


CASES["largest_step"] = (
    lambda lam: max(0.0, (-2 * lam.real / abs(lam) ** 2).min()),
    [
        # only one eigenvalue must agree
        lambda lam: max(0.0, (-2 * lam.real / abs(lam) ** 2).max()),
        lambda lam: (2 / abs(lam)).min(),  # the rule of a descent
        lambda lam: (-2 * lam.real / abs(lam) ** 2).min(),  # negative where no step works
        lambda lam: max(0.0, (-2 * lam.real / abs(lam)).min()),  # the size, not its square
    ],
)
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
