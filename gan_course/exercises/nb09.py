"""Exercise checkers of notebook 09_wasserstein_gan."""

import numpy as np
import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def w1_on_points(answer):
    """(points, p, q) -> W1 of two distributions on the same sorted, uneven points (K,)."""
    why = (
        "Between neighbours the CDFs are constant: sum |F_p - F_q| times the length of each of the "
        "K - 1 stretches."
    )
    cases = (
        ([0.0, 1.0], [1.0, 0.0], [0.0, 1.0], 1.0),
        ([0.0, 1.0, 4.0], [0.5, 0.5, 0.0], [0.0, 0.5, 0.5], 2.0),  # half a unit from 0 to 4
        ([-2.0, 0.0, 1.0, 5.0], [0.1, 0.4, 0.4, 0.1], [0.4, 0.1, 0.2, 0.3], 1.4),
    )
    for points, p, q, wanted in cases:
        distance = call(answer, np.array(points), np.array(p), np.array(q))
        expect(distance, wanted, why, 1e-9, f"points {points}, p {p}, q {q}")
    return "No solver is needed in one dimension."


@exercise
def w1_lower_bound(answer):
    """(points, f, p, q) -> |E_p f - E_q f| / K, K the Lipschitz constant of f on the points."""
    why = (
        "K is the largest |f_i - f_j| / |x_i - x_j| over all pairs; f / K or -f / K is a "
        "certificate."
    )
    points = np.array([3.0, 0.0, 1.0, 7.0])
    p, q = np.array([0.1, 0.6, 0.3, 0.0]), np.array([0.3, 0.1, 0.1, 0.5])
    functions = {"f(x) = -2 x": -2 * points, "f(x) = x²": points**2, "a wave": np.sin(points)}
    for name, f in functions.items():
        i, j = np.triu_indices(len(points), 1)
        steepest = np.max(np.abs(f[i] - f[j]) / np.abs(points[i] - points[j]))
        wanted = abs(f @ (p - q)) / steepest
        expect(call(answer, points, f, p, q), wanted, why, 1e-9, f"{name} on unsorted points")
    return "The supremum over all f of this bound is W1."


@exercise
def mix_samples(answer):
    """(real, fake, t) -> t real + (1 - t) fake with one t a sample; t (N,), samples (N, ...)."""
    why = (
        "x̂ = t real + (1 - t) fake; give t the shape (N, 1, ...), so that it is one number a "
        "sample."
    )
    stream = torch.Generator().manual_seed(0)
    # in the second, t would also fit the columns: the wrong axis
    for shape in ((5, 2), (4, 1, 4, 4)):
        real, fake = torch.randn(2, *shape, generator=stream)
        t = torch.rand(len(real), generator=stream)
        mixed = call(answer, real, fake, t)
        mixed_shape = tuple(getattr(mixed, "shape", ()))
        if mixed_shape != shape:
            raise Mismatch(f"Expected shape {shape}, found {mixed_shape}. {why}")
        wanted = torch.stack([t_i * r + (1 - t_i) * f for t_i, r, f in zip(t, real, fake)])
        expect(mixed, wanted, why, 1e-5, f"samples of shape {shape}")
    return "Every sample has its own point on its own segment."
