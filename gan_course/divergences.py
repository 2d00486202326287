"""Distances between densities, and the value of the game. Notebooks 01 and 02 derive each of them.

p, q: two arrays of density values on an evenly spaced grid `x` (Simpson's rule), or two functions
with `x = (low, high)` (adaptive quadrature by scipy, errors near 1e-10). All results are in nats.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import scipy  # its parts are loaded when they are first used: stats takes most of a second
from scipy.special import rel_entr, xlogy

from gan_course.errors import GanCourseError

LOG4 = float(np.log(4))
Density: TypeAlias = np.ndarray | Callable[[Any], Any]
"""Values on a grid, or a function (of a number, and of an array for `wasserstein1`)."""
Domain: TypeAlias = np.ndarray | tuple[float, float]
"""The grid, or the two limits."""


def normal(mean: float = 0.0, std: float = 1.0) -> Callable[[Any], Any]:
    """Density of N(mean, std^2) as a function."""
    return scipy.stats.norm(mean, std).pdf


def _quadrature(function: Callable[[float], Any], limits: Any) -> float:
    """Integrate a function between two limits."""
    low, high = limits
    middle = np.linspace(low, high, 9)[1:-1]  # break points: narrow peaks are not stepped over
    options = {"points": middle, "limit": 500, "epsabs": 1e-11}
    return scipy.integrate.quad(lambda t: float(function(t)), low, high, **options)[0]


def _integral(integrand: Callable[[Any, Any], Any], p: Any, q: Any, x: Any) -> float:
    """Integrate integrand(p, q) over x: arrays on a grid, or functions between two limits."""
    if callable(p) and callable(q):
        return _quadrature(lambda t: integrand(p(t), q(t)), x)
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


def kl(p: Density, q: Density, x: Domain) -> float:
    """KL(p || q) = E_p log(p / q); infinite where q is 0 and p is not."""
    return _integral(rel_entr, p, q, x)


def js(p: Density, q: Density, x: Domain) -> float:
    """Jensen-Shannon divergence, 0 to log 2; its root is a metric (Endres and Schindelin 2003)."""

    def integrand(p, q):
        middle = (p + q) / 2
        return 0.5 * (rel_entr(p, middle) + rel_entr(q, middle))

    return _integral(integrand, p, q, x)


def total_variation(p: Density, q: Density, x: Domain) -> float:
    """Half the area between the densities, 0 to 1."""
    return _integral(lambda p, q: 0.5 * np.abs(p - q), p, q, x)


def wasserstein1(p: Density, q: Density, x: Domain) -> float:
    """W1 in the units of x: in one dimension, the area between the two distribution functions."""
    if callable(p) and callable(q):
        low, high = x
        x = np.linspace(low, high, 20_001)
        p, q = p(x), q(x)
    cdf_gap = scipy.integrate.cumulative_trapezoid(np.asarray(p) - np.asarray(q), x, initial=0)
    return _integral(lambda gap, _: gap, np.abs(cdf_gap), np.zeros_like(cdf_gap), x)


def optimal_discriminator(p: Any, q: Any) -> np.ndarray:
    """D* = p / (p + q) (Goodfellow et al. 2014, proposition 1); 1/2 where both densities are 0."""
    p, q = np.asarray(p, float), np.asarray(q, float)
    total = p + q
    return np.divide(p, total, out=np.full_like(total, 0.5), where=total > 0)


def value(p: Density, q: Density, D: Any, x: Domain) -> float:
    """V(D, G) = E_p log D + E_q log(1 - D). D: on the grid, or a function if p and q are.

    Minus infinity where D rounds to exactly 0 or 1 and a density is not 0 there; `value_at_optimum`
    is safe for D = D* far apart.
    """
    if callable(p) and callable(q):
        return _quadrature(lambda t: xlogy(p(t), D(t)) + xlogy(q(t), 1 - D(t)), x)
    D = np.asarray(D, float)
    return _integral(lambda p, q: xlogy(p, D) + xlogy(q, 1 - D), p, q, x)


def value_at_optimum(p: Density, q: Density, x: Domain) -> float:
    """C(G) = max_D V(D, G) = -log 4 + 2 JS(p, q) (Goodfellow et al. 2014, theorem 1)."""
    return -LOG4 + 2 * js(p, q, x)
