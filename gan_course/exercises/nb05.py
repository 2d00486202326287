"""Exercise checkers of notebook 05_game_dynamics."""

import numpy as np

from gan_course.exercises.frame import call, exercise, expect


@exercise
def largest_step(answer):
    """eigenvalues of a field -> the step below which simultaneous updates converge, 0 if none."""
    why = "Each eigenvalue asks for a step below -2 Re / |.|^2, and all must agree."
    for eigenvalues, wanted in (
        ([-0.15 + 0.4769696j, -0.15 - 0.4769696j], 1.2),  # R1 at gamma 0.3
        ([-0.5, -2.0], 1.0),  # a descent: 2 / the steepest
        ([-1 + 1j, -1 - 1j, -0.1], 1.0),
        ([0.5j, -0.5j], 0.0),
        ([-1.0, 0.2 + 1j, 0.2 - 1j], 0.0),
    ):
        expect(call(answer, np.array(eigenvalues)), wanted, why, 1e-5, f"eigenvalues {eigenvalues}")
    return "With weak damping the largest step shrinks in proportion to it."


@exercise
def alternating_matrix(answer):
    """(A, eta) -> matrix (2, 2) of one alternating update of (theta, psi); row 1 moves first."""
    why = (
        "First psi' = psi + eta (c theta + d psi), then theta' = theta + eta (a theta + b psi'), "
        "with psi' in it."
    )
    for (a, b, c, d), eta in (((0.0, 0.5, -0.5, -0.3), 0.1), ((0.2, -1.0, 3.0, 0.4), 0.5)):
        psi = np.array([eta * c, 1 + eta * d])
        theta = np.array([1 + eta * a, 0.0]) + eta * b * psi
        matrix = call(answer, np.array([[a, b], [c, d]]), eta)
        expect(matrix, np.stack([theta, psi]), why, 1e-8, f"eta = {eta}")
    return "With zeros on the diagonal its determinant is 1: two shears, which keep areas."


@exercise
def extragradient(answer):
    """(field, w, eta) -> w after one extragradient step: w + eta v(w + eta v(w))."""
    why = "Look ahead to w + eta v(w), take the field there, and step with it from the old w."
    why_copy = "Do not change the w that was passed: w += ... writes into the caller's array."

    def turn(w):
        return np.array([-w[1], w[0]])

    def curved(w):
        return np.array([-np.sin(w[1]), w[0] ** 2])

    for field, name in ((turn, "v = (-y, x)"), (curved, "v = (-sin y, x²)")):
        start = np.array([1.0, 0.5])
        given = start.copy()
        stepped = call(answer, field, given, 0.2)
        wanted = start + 0.2 * field(start + 0.2 * field(start))
        expect(stepped, wanted, why, 1e-8, f"{name} at (1, 0.5), eta = 0.2")
        expect(given, start, why_copy, 0, "the old w")
    return "On the game xy it spirals in for every step below 1."
