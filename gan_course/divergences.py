"""Distances between densities, and the value of the game. Notebooks 01 and 02 derive each of them.

p, q: two arrays of density values on an evenly spaced grid `x` (Simpson's rule), or two functions
with `x = (low, high)` (adaptive quadrature by scipy, errors near 1e-10). All results are in nats.
"""

import numpy as np

# its parts are loaded when they are first used: integrate and stats take most of a second
import scipy
from scipy.special import rel_entr, xlogy

from gan_course.errors import GanCourseError

LOG4 = float(np.log(4))


def normal(mean: float = 0.0, std: float = 1.0):
    """Density of N(mean, std^2) as a function."""
    return scipy.stats.norm(mean, std).pdf


def _integral(integrand, p, q, x) -> float:
    """Integrate integrand(p, q) over x: arrays on a grid, or functions between two limits."""
    if callable(p) and callable(q):
        low, high = x
        # break points, so that narrow peaks are not stepped over
        middle = np.linspace(low, high, 9)[1:-1]
        return scipy.integrate.quad(
            lambda t: float(integrand(p(t), q(t))),
            low,
            high,
            points=middle,
            limit=500,
            epsabs=1e-11,
        )[0]
    p, q, x = np.asarray(p, float), np.asarray(q, float), np.asarray(x, float)
    if not (p.shape == q.shape == x.shape and p.ndim == 1 and len(x) >= 3):
        raise GanCourseError(
            f"p {p.shape}, q {q.shape} and x {x.shape} must be 1-D arrays of one length, at least 3"
        )
    if not (np.isfinite(p).all() and np.isfinite(q).all() and (p >= 0).all() and (q >= 0).all()):
        raise GanCourseError(
            "a density has a negative, infinite or NaN value: check the function that made it"
        )
    return float(scipy.integrate.simpson(integrand(p, q), x=x))


def kl(p, q, x) -> float:
    """KL(p || q) = E_p log(p / q); infinite where q is 0 and p is not."""
    return _integral(rel_entr, p, q, x)


def js(p, q, x) -> float:
    """Jensen-Shannon divergence, 0 to log 2 nats; its square root is a metric (Endres and
    Schindelin 2003).
    """
    return _integral(
        lambda p, q: 0.5 * (rel_entr(p, (p + q) / 2) + rel_entr(q, (p + q) / 2)), p, q, x
    )


def total_variation(p, q, x) -> float:
    """Half the area between the densities, 0 to 1."""
    return _integral(lambda p, q: 0.5 * np.abs(p - q), p, q, x)


def wasserstein1(p, q, x) -> float:
    """W1 in the units of x: the area between the two cumulative distribution functions (true in one
    dimension only).
    """
    if callable(p) and callable(q):
        x = np.linspace(*x, 20_001)
        p, q = p(x), q(x)
    cdf_gap = scipy.integrate.cumulative_trapezoid(np.asarray(p) - np.asarray(q), x, initial=0)
    return _integral(lambda gap, _: gap, np.abs(cdf_gap), np.zeros_like(cdf_gap), x)


def optimal_discriminator(p, q):
    """D* = p / (p + q), pointwise (Goodfellow et al. 2014, proposition 1); 1/2 where both densities
    vanish.
    """
    p, q = np.asarray(p, float), np.asarray(q, float)
    total = p + q
    return np.divide(p, total, out=np.full_like(total, 0.5), where=total > 0)


def value(p, q, D, x) -> float:
    """V(D, G) = E_p log D + E_q log(1 - D). D: array on the grid, or a function if p and q are
    functions.

    Minus infinity where D rounds to exactly 0 or 1 and a density is not 0 there; `value_at_optimum`
    is safe for D = D* far apart.
    """
    if callable(p) and callable(q):
        return _integral(
            lambda pd, qd: xlogy(pd[0], pd[1]) + xlogy(qd[0], 1 - qd[1]),
            lambda t: (p(t), D(t)),
            lambda t: (q(t), D(t)),
            x,
        )
    D = np.asarray(D, float)
    return _integral(lambda p, q: xlogy(p, D) + xlogy(q, 1 - D), p, q, x)


def value_at_optimum(p, q, x) -> float:
    """C(G) = max_D V(D, G) = -log 4 + 2 JS(p, q) (Goodfellow et al. 2014, theorem 1)."""
    return -LOG4 + 2 * js(p, q, x)
