import math

import numpy as np
import pytest
import torch
from scipy import linalg

from gan_course import data, metrics, runtime
from gan_course.errors import GanCourseError


def test_mode_coverage_by_hand():
    means = torch.tensor([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]])
    samples = torch.tensor([[0.0, 0.1], [0.0, 0.31], [10.0, 0.0], [9.0, 10.0]])  # good, just too far, good, too far
    found = metrics.mode_coverage(samples, means, std=0.1)
    assert (found.modes, found.high_quality) == (2, 0.5)
    # nearest modes: 2, 1, 0, 1 samples; KL(1/2, 1/4, 0, 1/4 || uniform)
    assert found.kl == pytest.approx(0.5 * math.log(2) + 0.25 * math.log(1) * 2)
    assert "2 modes, 50.0 % high quality" in str(found)


def test_perfect_sampler_reaches_the_ceiling_and_no_more():
    ring = data.ring()
    shares = [metrics.mode_coverage(ring.sample(2500, runtime.generator(i)), ring.means, 0.02) for i in range(20)]
    mean = np.mean([s.high_quality for s in shares])
    assert mean == pytest.approx(1 - math.exp(-4.5), abs=4 * 0.0021 / math.sqrt(20))
    assert all(s.modes == 8 and s.kl < 0.01 for s in shares)


def test_total_collapse_has_the_largest_kl():
    ring = data.ring()
    found = metrics.mode_coverage(ring.means[:1].repeat(100, 1), ring.means, 0.02)
    assert (found.modes, found.high_quality) == (1, 1.0)
    assert found.kl == pytest.approx(math.log(8))


@pytest.mark.parametrize("samples", [torch.zeros(0, 2), torch.zeros(5, 3), torch.zeros(5)])
def test_mode_coverage_wrong_shapes(samples):
    with pytest.raises(GanCourseError, match="expected"):
        metrics.mode_coverage(samples, torch.zeros(3, 2), 0.1)


def test_mode_coverage_nan():
    with pytest.raises(GanCourseError, match="NaN"):
        metrics.mode_coverage(torch.full((3, 2), float("nan")), torch.zeros(3, 2), 0.1)


def random_covariance(seed, d=5):
    a = np.random.default_rng(seed).normal(size=(d, 2 * d))
    return a @ a.T / d


def test_frechet_closed_form_at_equal_covariance():
    cov = random_covariance(0)
    assert metrics.frechet_distance(np.zeros(5), cov, np.full(5, 2.0), cov) == pytest.approx(20, abs=1e-8)


def test_frechet_of_diagonal_covariances():
    a, b = np.array([1.0, 4.0, 9.0]), np.array([4.0, 4.0, 1.0])
    expected = ((np.sqrt(a) - np.sqrt(b)) ** 2).sum()
    assert metrics.frechet_distance(np.zeros(3), np.diag(a), np.zeros(3), np.diag(b)) == pytest.approx(expected, abs=1e-10)


def test_frechet_against_the_matrix_square_root():
    a, b = random_covariance(1), random_covariance(2)
    expected = 5.0 + np.trace(a + b - 2 * linalg.sqrtm(a @ b).real)
    assert metrics.frechet_distance(np.zeros(5), a, np.ones(5), b) == pytest.approx(expected, rel=1e-9)


def test_frechet_of_singular_covariances_is_finite():
    a = np.zeros((4, 4))
    assert metrics.frechet_distance(np.zeros(4), a, np.zeros(4), np.eye(4)) == pytest.approx(4)


def test_frechet_bad_input():
    with pytest.raises(GanCourseError, match="found"):
        metrics.frechet_distance(np.zeros(3), np.eye(3), np.zeros(4), np.eye(4))
    with pytest.raises(GanCourseError, match="NaN"):
        metrics.frechet_distance(np.array([np.nan]), np.eye(1), np.zeros(1), np.eye(1))
