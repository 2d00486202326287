import math

import numpy as np
import pytest
from scipy import stats

from gan_course import divergences as dv
from gan_course.errors import GanCourseError

X = np.linspace(-12, 14, 4001)
P, Q = dv.normal(0, 1), dv.normal(2, 1.5)


def both(function):
    """By quadrature and on the grid: two routes to one number."""
    by_quadrature, on_grid = function(P, Q, (-12, 14)), function(P(X), Q(X), X)
    assert by_quadrature == pytest.approx(on_grid, abs=1e-6)
    return by_quadrature


def test_kl_of_gaussians_closed_form():
    assert both(dv.kl) == pytest.approx(math.log(1.5) + (1 + 4) / (2 * 1.5**2) - 0.5, abs=1e-8)


def test_js_is_symmetric_bounded_and_right():
    assert both(dv.js) == pytest.approx(dv.js(Q, P, (-12, 14)), abs=1e-9)
    far = dv.js(dv.normal(-6, 0.2), dv.normal(8, 0.2), (-12, 14))
    assert far == pytest.approx(math.log(2), abs=1e-6)


@pytest.mark.parametrize(("shift", "value"), [(0, -1.38629), (1, -1.16345), (2, -0.71263)])
def test_value_at_optimum_is_that_of_the_optimal_discriminator(shift, value):
    p, q = dv.normal(0, 1), dv.normal(shift, 1)
    c = dv.value_at_optimum(p, q, (-12, 14))
    assert c == pytest.approx(value, abs=1e-5)
    found = dv.value(p, q, lambda x: dv.optimal_discriminator(p(x), q(x)), (-12, 14))
    assert found == pytest.approx(c, abs=1e-7)
    D = dv.optimal_discriminator(p(X), q(X))
    assert dv.value(p(X), q(X), D, X) == pytest.approx(c, abs=1e-6)
    assert dv.value(p(X), q(X), np.clip(D + 0.05, 0, 1), X) < c  # any other D has a smaller value


def test_total_variation_of_shifted_gaussians():
    p, q = dv.normal(0, 1), dv.normal(1, 1)
    assert dv.total_variation(p, q, (-12, 14)) == pytest.approx(
        2 * stats.norm.cdf(0.5) - 1, abs=1e-7
    )
    assert dv.total_variation(p(X), q(X), X) == pytest.approx(2 * stats.norm.cdf(0.5) - 1, abs=1e-5)


def test_wasserstein_of_a_shift_is_the_shift_and_agrees_with_scipy():
    assert dv.wasserstein1(dv.normal(0, 1), dv.normal(1.7, 1), (-12, 14)) == pytest.approx(
        1.7, abs=1e-5
    )
    levels = (np.arange(20_000) + 0.5) / 20_000
    empirical = stats.wasserstein_distance(stats.norm.ppf(levels), stats.norm.ppf(levels, 2, 1.5))
    assert both(dv.wasserstein1) == pytest.approx(empirical, abs=1e-3)


def test_optimal_discriminator_where_both_vanish():
    assert dv.optimal_discriminator([0, 1, 0, 3], [0, 1, 2, 1]).tolist() == [0.5, 0.5, 0.0, 0.75]


def test_kl_is_infinite_off_the_support():
    x = np.linspace(0, 3, 301)
    p, q = (x <= 1) * 1.0, (x >= 2) * 1.0
    assert dv.kl(p, q, x) == math.inf


@pytest.mark.parametrize("bad", [P(X)[:-1], -P(X), P(X) * np.nan])
def test_bad_densities(bad):
    with pytest.raises(GanCourseError):
        dv.js(bad, Q(X), X)
