"""Exercise checkers of notebook 09_wasserstein_gan."""

import numpy as np

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def w1_lower_bound(answer):
    """(points, f, p, q) -> |E_p f - E_q f| / K, K the Lipschitz constant of f on the points."""
    cases = (  # name, points, f, p, q, why
        (
            "f(x) = -2 x on points in no order",
            [3.0, 0.0, 1.0, 7.0],
            [-6.0, 0.0, -2.0, -14.0],
            [0.1, 0.6, 0.3, 0.0],
            [0.3, 0.1, 0.1, 0.5],
            "Neighbours in the array need not be neighbours on the line.",
        ),
        (
            "f that points the wrong way",
            [0.0, 1.0, 3.0],
            [0.0, 1.0, 3.0],
            [1.0, 0.0, 0.0],
            [0.0, 0.0, 1.0],
            "If f is allowed in the supremum, so is -f.",
        ),
        (
            "f that is steepest on the way down",
            [0.0, 1.0, 2.0, 3.0],
            [0.0, 1.0, -4.0, -4.0],
            [0.0, 1.0, 0.0, 0.0],
            [0.0, 0.0, 1.0, 0.0],
            "A slope is steep in size, whichever way it goes; no bound may exceed W1 = 1.",
        ),
        (
            "f with one steep step",
            [0.0, 1.0, 2.0, 3.0],
            [0.0, 0.0, 1.0, 1.0],
            [0.0, 0.0, 1.0, 0.0],
            [0.0, 1.0, 0.0, 0.0],
            "A mean of two slopes is less steep than the steeper one; no bound may exceed W1 = 1.",
        ),
        (
            "a wave",
            [0.5, 3.0, 1.0, 7.0],
            np.sin([0.5, 3.0, 1.0, 7.0]),
            [0.1, 0.6, 0.3, 0.0],
            [0.3, 0.1, 0.1, 0.5],
            "Compare every pair of points, or sort them first.",
        ),
    )
    for name, *arrays, why in cases:
        points, f, p, q = (np.array(a, dtype=float) for a in arrays)
        i, j = np.triu_indices(len(points), 1)
        steepest = np.max(np.abs(f[i] - f[j]) / np.abs(points[i] - points[j]))
        wanted = abs(f @ (p - q)) / steepest
        expect(call(answer, points, f, p, q), wanted, why, case=name)
    return "The supremum over all f of this bound is W1."


@exercise
def slope_bound(answer):
    """[(name, [W, ...]), ...] -> a bound on the slope, from the largest singular values."""
    stream = np.random.default_rng(0)
    plain = ("plain", [stream.normal(size=(4, 3)), stream.normal(size=(5, 4))])
    square = ("residual", [stream.normal(size=(6, 5)), stream.normal(size=(5, 6))])
    half = ("residual", [0.5 * np.eye(3)])
    last = ("plain", [stream.normal(size=(1, 5))])
    orthogonal = ("plain", [np.array([[0.6, 0.8], [-0.8, 0.6]])])
    cases: tuple[tuple[str, list, str], ...] = (
        ("one rotation", [orthogonal], "A rotation has slope 1, whatever its entries are."),
        ("two layers", [plain], "Slopes of maps that follow one another are multiplied."),
        ("one residual block", [half], "The identity has a slope, too."),
        ("two residual blocks", [half, half], "Each block has its own sum; then they follow."),
        ("a whole critic", [plain, square, last], "A block's matrices belong together."),
        ("no blocks at all", [], "Nothing is done to x: how steep is that?"),
    )
    for name, blocks, why in cases:
        wanted = 1.0
        for kind, matrices in blocks:
            slope = np.prod([np.linalg.norm(W, 2) for W in matrices])
            wanted *= slope + (kind == "residual")
        expect(call(answer, blocks), wanted, why, case=name)
    return "Ten residual blocks of norm 1 may have slope 1,024: spectral norm alone is not enough."


@exercise
def settled_slopes(answer):
    """(W, weight, penalty) -> all local minima k of -k W + penalty."""
    for penalty in ("two-sided", "one-sided", "zero-centred"):
        for W, weight in ((1.0, 10.0), (4.0, 10.0), (30.0, 10.0), (0.5, 0.1), (0.3, 5.0)):
            wanted = [1 + W / (2 * weight)]
            if penalty == "two-sided" and 2 * weight > W:
                wanted.append(-(1 - W / (2 * weight)))
            if penalty == "zero-centred":
                wanted = [W / weight]
            case = f"W = {W:g}, weight {weight:g}, {penalty}"
            result = np.atleast_1d(np.asarray(call(answer, W, weight, penalty), dtype=float))
            if len(result) != len(wanted):
                raise Mismatch(
                    f"{case}: the critic can rest at a number of slopes other than {len(result)}. "
                    "Sketch the loss on both sides of the kink."
                )
            why = "Set the derivative of the whole loss to 0, the kW included."
            expect(np.sort(result), np.sort(wanted), why, case=case)
    return "Only the two-sided penalty has a second resting place, with the wrong sign."
