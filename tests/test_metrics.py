import math

import numpy as np
import pytest
import torch
from scipy import linalg
from small_runs import on_mps

from gan_course import data, metrics, runtime
from gan_course.errors import GanCourseError


def test_mode_coverage_by_hand():
    means = torch.tensor([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]])
    # good, just too far, good, too far
    samples = torch.tensor([[0.0, 0.1], [0.0, 0.31], [10.0, 0.0], [9.0, 10.0]])
    found = metrics.mode_coverage(samples, means, std=0.1)
    assert (found.modes, found.high_quality) == (2, 0.5)
    # the two good ones lie in two modes: KL(1/2, 0, 1/2, 0 || uniform); the others do not count
    assert found.kl == pytest.approx(math.log(2))
    assert found.spread == 0  # no mode has two
    assert "2 modes, 50.0 % high quality" in str(found)


def test_spread_is_the_standard_deviation_about_each_modes_own_mean():
    means = torch.tensor([[0.0, 0.0], [10.0, 0.0]])
    # mode 0: off its centre by .1, squares about its own mean .01 + .01; mode 1: one sample
    samples = torch.tensor([[0.0, 0.1], [0.2, 0.1], [10.0, 0.2], [5.0, 5.0]])
    found = metrics.mode_coverage(samples, means, std=0.1)
    free = (3 - 2) * 2  # three good samples, two means, two coordinates
    assert found.spread == pytest.approx(math.sqrt(0.02 / free) / 0.1)


def test_what_fools_three_of_the_numbers():
    """Point masses have all but the spread; samples that are all bad have none of the four."""
    ring = data.ring()
    points = metrics.mode_coverage(ring.means.repeat(100, 1), ring.means, 0.02)
    assert (points.modes, points.high_quality, points.spread) == (8, 1.0, 0)
    assert points.kl == pytest.approx(0)
    nothing = metrics.mode_coverage(torch.zeros(100, 2), ring.means, 0.02)
    assert (nothing.modes, nothing.high_quality, nothing.spread) == (0, 0, 0)
    assert nothing.kl == pytest.approx(math.log(8))


def test_perfect_sampler():
    ring = data.ring()
    shares = [
        metrics.mode_coverage(ring.sample(2500, runtime.generator(i)), ring.means, 0.02)
        for i in range(20)
    ]
    mean = np.mean([s.high_quality for s in shares])
    assert mean == pytest.approx(1 - math.exp(-4.5), abs=4 * 0.0021 / math.sqrt(20))
    assert all(s.modes == 8 and s.kl < 0.01 for s in shares)
    # the deviation of a Gaussian that is cut off at 3 sigmas in the plane
    cut = math.sqrt(1 - 4.5 * math.exp(-4.5) / (1 - math.exp(-4.5)))
    assert np.mean([s.spread for s in shares]) == pytest.approx(cut, abs=0.01)


def test_samples_may_lie_where_there_is_no_float64():
    ring = data.ring()
    samples = ring.sample(300, runtime.generator(0))
    found = metrics.mode_coverage(on_mps(samples), on_mps(ring.means), 0.02)
    assert found == metrics.mode_coverage(samples, ring.means, 0.02)
    real, logits = torch.randn(2, 300, 4, generator=runtime.generator(1))
    asked = torch.arange(300) % 4
    here = metrics.report(real, logits, logits, asked)
    assert metrics.report(*map(on_mps, (real, logits, logits, asked))) == here


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
    found = metrics.frechet_distance(np.zeros(5), cov, np.full(5, 2.0), cov)
    assert found == pytest.approx(20, abs=1e-8)


def test_frechet_of_diagonal_covariances():
    a, b = np.array([1.0, 4.0, 9.0]), np.array([4.0, 4.0, 1.0])
    expected = ((np.sqrt(a) - np.sqrt(b)) ** 2).sum()
    found = metrics.frechet_distance(np.zeros(3), np.diag(a), np.zeros(3), np.diag(b))
    assert found == pytest.approx(expected, abs=1e-10)


def test_frechet_against_the_matrix_square_root():
    a, b = random_covariance(1), random_covariance(2)
    expected = 5.0 + np.trace(a + b - 2 * linalg.sqrtm(a @ b).real)
    found = metrics.frechet_distance(np.zeros(5), a, np.ones(5), b)
    assert found == pytest.approx(expected, rel=1e-9)


def test_frechet_of_singular_covariances_is_finite():
    a = np.zeros((4, 4))
    assert metrics.frechet_distance(np.zeros(4), a, np.zeros(4), np.eye(4)) == pytest.approx(4)


def test_frechet_bad_input():
    with pytest.raises(GanCourseError, match="found"):
        metrics.frechet_distance(np.zeros(3), np.eye(3), np.zeros(4), np.eye(4))
    with pytest.raises(GanCourseError, match="NaN"):
        metrics.frechet_distance(np.array([np.nan]), np.eye(1), np.zeros(1), np.eye(1))


def features(seed, n=400, d=6, shift=0.0, scale=1.0):
    return shift + scale * torch.randn(n, d, generator=runtime.generator(seed))


class Flat(torch.nn.Module):
    """A "feature network" for torchmetrics, which probes it with one image: 8 pixels."""

    num_features = 8

    def forward(self, images):
        return images.flatten(1)[:, :8].float()


def pictures(seed, n=200):
    return torch.randint(0, 256, (n, 3, 4, 4), generator=runtime.generator(seed), dtype=torch.uint8)


def test_frechet_against_torchmetrics():
    from torchmetrics.image.fid import FrechetInceptionDistance

    a, b = pictures(0), pictures(1) // 2
    judge = FrechetInceptionDistance(feature=Flat(), input_img_size=(3, 4, 4))
    judge.update(a, real=True), judge.update(b, real=False)
    ours = metrics.frechet_distance(*metrics.statistics(Flat()(a)), *metrics.statistics(Flat()(b)))
    assert ours == pytest.approx(float(judge.compute()), rel=1e-5)


def test_kernel_distance_against_torchmetrics():
    from torchmetrics.image.kid import KernelInceptionDistance

    a, b = pictures(0), pictures(1) // 2
    with pytest.warns(UserWarning, match="will save all extracted features"):
        # one subset: all of them
        judge = KernelInceptionDistance(feature=Flat(), subsets=1, subset_size=len(a))
    judge.update(a, real=True), judge.update(b, real=False)
    assert metrics.kernel_distance(Flat()(a), Flat()(b)) == pytest.approx(
        float(judge.compute()[0]), rel=1e-4
    )


def test_kernel_distance_is_unbiased():
    values = [
        metrics.kernel_distance(features(2 * i, 50), features(2 * i + 1, 50)) for i in range(300)
    ]
    error = np.std(values) / math.sqrt(len(values))
    assert abs(np.mean(values)) < 4 * error and min(values) < 0
    assert metrics.kernel_distance(features(0), features(1, shift=1.0)) > 10 * np.std(values)


def test_statistics_against_numpy_and_too_few_samples():
    x = features(0)
    mean, cov = metrics.statistics(x)
    np.testing.assert_allclose(mean, x.double().numpy().mean(0), atol=1e-12)
    np.testing.assert_allclose(cov, np.cov(x.double().numpy(), rowvar=False), atol=1e-12)
    with pytest.raises(GanCourseError, match="too few for the covariance of 6"):
        metrics.statistics(features(0, n=6))


def test_classifier_score_at_its_ends():
    sure = 100 * torch.eye(10).repeat(5, 1)
    assert metrics.classifier_score(sure) == pytest.approx(10)  # sure, and all classes alike
    assert metrics.classifier_score(sure[:1].repeat(50, 1)) == pytest.approx(1)  # sure, one class
    assert metrics.classifier_score(torch.zeros(50, 10)) == pytest.approx(1)  # never sure
    assert metrics.classifier_score(sure[[0, 1, 2] * 7]) == pytest.approx(3)


def test_class_histogram():
    found = metrics.class_histogram(torch.tensor([0, 0, 1, 1]), 4)
    assert found.shares == (0.5, 0.5, 0, 0) and found.kl == pytest.approx(math.log(2))
    expected = metrics.class_histogram(torch.tensor([0, 0, 0, 1]), 2, torch.tensor([3, 1]))
    assert expected.kl == pytest.approx(0)
    for bad in ([4], [-1], [0.0], [[0]]):
        with pytest.raises(GanCourseError, match="class_histogram takes"):
            metrics.class_histogram(torch.tensor(bad), 4)
    with pytest.raises(GanCourseError, match="class_histogram takes"):
        metrics.class_histogram(torch.empty(0).long(), 4)


def by_definition(inside, among, k):
    """Kynkäänniemi et al. 2019, equation 1, sample by sample."""
    count = 0
    for x in inside:
        for i, y in enumerate(among):
            others = sorted(float((y - other).norm()) for j, other in enumerate(among) if j != i)
            if float((x - y).norm()) <= others[k - 1]:
                count += 1
                break
    return count / len(inside)


def test_precision_recall_by_definition():
    real, fake = features(0, 40, 2), features(1, 30, 2, shift=0.7)
    found = metrics.precision_recall(real, fake, k=3)
    assert found.precision == pytest.approx(by_definition(fake, real, 3))
    assert found.recall == pytest.approx(by_definition(real, fake, 3))


def test_precision_and_recall_tell_lack_of_quality_from_lack_of_variety():
    real = features(0, 500, 2)
    narrow, wide = features(1, 500, 2, scale=0.2), features(2, 500, 2, scale=5)
    few, many = metrics.precision_recall(real, narrow), metrics.precision_recall(real, wide)
    assert few.precision > 0.95 and few.recall < 0.5
    assert many.precision < 0.5 and many.recall > 0.9


def test_density_and_coverage_by_definition():
    real, fake, k = features(0, 40, 2), features(1, 30, 2, shift=0.7), 4
    balls, held = 0, set()
    for i, x in enumerate(real):
        radius = sorted(float((x - other).norm()) for j, other in enumerate(real) if j != i)[k - 1]
        inside = [j for j, y in enumerate(fake) if float((x - y).norm()) <= radius]
        balls += len(inside)
        held |= {i} if inside else set()
    found = metrics.density_coverage(real, fake, k)
    assert found.density == pytest.approx(balls / (k * 30))
    assert found.coverage == pytest.approx(len(held) / 40)
    assert str(found) == f"density {found.density:.3f}, coverage {found.coverage:.3f}"


def test_density_and_coverage_of_real_data_against_real_data():
    """Naeem et al. 2020, lemmas 1 and 2; coverage 1 - (N-1)...(N-k) / ((M+N-1)...(M+N-k))."""
    n, m, k = 60, 90, 3
    found = [
        metrics.density_coverage(features(2 * i, n), features(2 * i + 1, m), k) for i in range(200)
    ]
    expected = 1 - math.prod((n - i) / (m + n - i) for i in range(1, k + 1))
    for values, wanted in (
        ([f.density for f in found], 1),
        ([f.coverage for f in found], expected),
    ):
        assert np.mean(values) == pytest.approx(
            wanted, abs=4 * np.std(values) / math.sqrt(len(values))
        )


def test_an_outlier_among_the_real_fools_precision_and_hardly_density():
    real, fake = features(0, 300, 2), features(1, 300, 2, shift=20.0)
    with_outliers = torch.cat([real[:-5], torch.tensor([[20.0, -40.0]]) + features(2, 5, 2)])
    with_outliers[-1] = 40  # its ball reaches back to the others, over all of the fakes
    assert metrics.precision_recall(real, fake).precision == 0
    assert metrics.precision_recall(with_outliers, fake).precision > 0.95
    assert metrics.density_coverage(with_outliers, fake, k=3).density < 0.5
    assert metrics.density_coverage(with_outliers, fake, k=3).coverage < 0.05


def test_density_and_coverage_need_more_than_k_real_samples():
    assert metrics.density_coverage(features(0, 6), features(1, 1), k=5).coverage <= 1
    with pytest.raises(GanCourseError, match="at least 6 rows"):
        metrics.density_coverage(features(0, 5), features(1, 9), k=5)


def test_memorisation_finds_stored_samples():
    train, held_out, fresh = features(0, 500), features(1, 300), features(2, 300)
    assert metrics.memorisation(fresh, train, held_out).copies < 0.05
    stored = torch.cat([train[:30], fresh[30:]])
    assert 0.09 < metrics.memorisation(stored, train, held_out).copies < 0.15
    distance, index = metrics.nearest(train[5:8], train)
    assert index.tolist() == [5, 6, 7] and distance.max() < 0.01  # float32


def test_parzen_window_is_the_log_of_a_mixture():
    from scipy.stats import multivariate_normal

    samples, test = features(0, 20, 3), features(1, 5, 3)
    expected = [
        np.log(np.mean([multivariate_normal(s, 0.25 * np.eye(3)).pdf(t) for s in samples.numpy()]))
        for t in test.numpy()
    ]
    np.testing.assert_allclose(
        metrics.parzen_log_likelihood(samples, test, 0.5).numpy(), expected, rtol=1e-5
    )
    with pytest.raises(GanCourseError, match="sigma"):
        metrics.parzen_log_likelihood(samples, test, 0)


def test_report_of_real_against_real_is_the_ceiling():
    real, fake = features(0, 3000), features(1, 3000)
    logits = torch.nn.functional.one_hot(torch.arange(3000) % 10, 10) * 20.0
    found = metrics.report(real, fake, logits, torch.arange(3000) % 10)
    assert found["frechet_distance"] < 0.1 and abs(found["kernel_distance"]) < 0.05
    assert found["precision"] > 0.9
    assert found["recall"] > 0.9
    assert found["read_as_asked"] == 1
    assert found["class_kl"] < 1e-9
    assert found["samples"] == 3000


def test_report_draws_from_the_whole_file():
    real, fake = features(0, 2000), features(1, 2000)
    real[:1000] += 3  # a file of two halves
    fake[::2] += 3  # the same two kinds, in turn
    found = metrics.report(real, fake, torch.zeros(2000, 10), pr_samples=500)
    # the top alone would hold one kind: precision one half
    assert found["precision"] > 0.8 and found["recall"] > 0.8


@pytest.mark.parametrize(
    "metric",
    [metrics.kernel_distance, metrics.precision_recall, metrics.density_coverage, metrics.nearest],
)
def test_bad_tables(metric):
    with pytest.raises(GanCourseError, match="all of one d"):
        metric(torch.zeros(5, 3), torch.zeros(5, 4))
    with pytest.raises(GanCourseError, match="flatten"):
        metric(torch.zeros(5, 1, 2, 2), torch.zeros(5, 1, 2, 2))
    with pytest.raises(GanCourseError, match="NaN"):
        metric(torch.full((5, 3), float("nan")), torch.zeros(5, 3))
    with pytest.raises(GanCourseError, match="at least"):
        metric(torch.zeros(0, 3), torch.zeros(0, 3))
