"""Exercise checkers of notebook 05_game_dynamics."""

import numpy as np

from gan_course.exercises.frame import Mismatch, call, exercise, expect, number


def _alternating(A, eta):
    (a, b), (c, d) = A
    psi = np.array([eta * c, 1 + eta * d])
    theta = np.array([1 + eta * a, 0.0]) + eta * b * psi
    return np.stack([theta, psi])


@exercise
def alternating_matrix(answer):
    """(A, eta) -> matrix (2, 2) of one alternating update of (theta, psi); row 1 moves first."""
    why = (
        "Let D move, then let G move from where D has gone: what does G see of theta, and what of "
        "psi?"
    )
    for A, eta in ((((0.0, 0.5), (-0.5, -0.3)), 0.1), (((0.2, -1.0), (3.0, 0.4)), 0.5)):
        matrix = call(answer, np.array(A), eta)
        expect(matrix, _alternating(A, eta), why, case=f"A = {A}, eta = {eta}")
    return "With zeros on the diagonal its determinant is 1: two shears, which keep areas."


@exercise
def largest_alternating_step(answer):
    """A -> the step size below which alternating updates converge, 0 if none does, within 1 %."""
    why = "Look at the size of the largest eigenvalue of one update as the step grows."
    for A, name in (
        (((0.0, 0.5), (-0.5, -0.3)), "R1 with gamma 0.3"),
        (((0.0, 0.5), (-0.5, -1.0)), "R1 with gamma 1"),
        (((0.0, 0.5), (-0.5, -3.0)), "R1 with gamma 3"),
        (((-1.0, 0.0), (0.0, -4.0)), "two descents side by side"),
        (((0.0, 0.5), (-0.5, 0.0)), "the plain Dirac-GAN"),
        (((0.1, 0.5), (-0.5, -0.05)), "a G that climbs"),
    ):
        steps = np.arange(1, 20_001) * 5e-4
        sizes = [abs(np.linalg.eigvals(_alternating(A, step))).max() for step in steps[::20]]
        stays = np.array(sizes) < 1 - 1e-9
        wanted = 0.0
        if stays[0]:
            wanted = steps[::20][np.argmin(stays)]
        found = np.float64(call(answer, np.array(A)))
        if not np.isfinite(found):
            raise Mismatch(f"Expected a step size for {name}, found {found}.")
        expect(found, wanted, why, 0.012, name)
    return "For R1 with gamma 0.3 it is two and a half times the step of simultaneous updates."


@exercise
def extragradient(answer):
    """(field, w, eta) -> w after one extragradient step: w + eta v(w + eta v(w)).

    A class may look ahead another number of steps than one.
    """
    why = "Two looks at the field, but one move, and it starts at the old point."
    why_copy = "Do not change the w that was passed: w += ... writes into the caller's array."

    def turn(w):
        return np.array([-w[1], w[0]])

    def curved(w):
        return np.array([-np.sin(w[1]), w[0] ** 2])

    ahead = number("05.3", "ahead", 1)
    for field, name in ((turn, "v = (-y, x)"), (curved, "v = (-sin y, x²)")):
        start = np.array([1.0, 0.5])
        given = start.copy()
        stepped = call(answer, field, given, 0.2)
        wanted = start + 0.2 * field(start + ahead * 0.2 * field(start))
        expect(stepped, wanted, why, case=f"{name} at (1, 0.5), eta = 0.2")
        expect(given, start, why_copy, 0, "the old w")
    return "On the game xy it spirals in for every step below 1."
