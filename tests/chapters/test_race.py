"""Equal weights, equal seconds, rows with all their numbers."""

import math
from functools import partial

import pytest
import torch

from gan_course.chapters import families, race
from gan_course.errors import GanCourseError

IMAGES = torch.randint(0, 8, (100, 1, 14, 14), generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("task", race.SECONDS)
def test_all_families_have_as_many_weights(task):
    counts = [race.count_weights(race.build(task, name)) for name in race.NAMES]
    assert max(counts) <= 1.05 * min(counts), counts


def test_masked_weights_are_not_counted():
    conv = families.MaskedConv2d(3, 4, 5, itself=False)  # keeps 12 of 15 a pair of channels
    assert race.count_weights(conv) == 3 * 4 * 12 + 4


@pytest.mark.parametrize("family", race.NAMES)
@pytest.mark.parametrize("task", race.SECONDS)
def test_each_family_trains_and_samples(task, family):
    model, spent = race.train(task, family, 0, seconds=0.05, images=IMAGES)
    assert spent["steps"] >= 1 and spent["cpu_seconds"] > 0
    x = model.sample(2, torch.Generator().manual_seed(0))
    assert x.shape == ((2, 2) if task == "ring" else (2, 1, 14, 14))
    if task == "digits":
        assert x.dtype == torch.int64 and x.min() >= 0 and x.max() <= 7
    if model.bound is not None:
        test = race.RING.sample(4) if task == "ring" else IMAGES[:4]
        assert model.bound(test).shape == (4,) and torch.isfinite(model.bound(test)).all()


@pytest.mark.clock
@pytest.mark.parametrize("family", race.NAMES)
@pytest.mark.parametrize("task", race.SECONDS)
def test_training_ends_when_its_seconds_are_spent(task, family):
    _, spent = race.train(task, family, 0, seconds=0.2, images=IMAGES)
    assert spent["steps"] >= 1 and 0.1 <= spent["cpu_seconds"] < 5


def test_errors():
    with pytest.raises(GanCourseError, match="families are"):
        race.build("ring", "flow")
    with pytest.raises(GanCourseError, match="pass images"):
        race.train("digits", "VAE")


def test_a_row_on_the_ring(monkeypatch):
    # a coarser grid has the same sum to four digits
    monkeypatch.setattr(race, "grid_kl", partial(race.grid_kl, points=80))
    model, row = race.train("ring", "VAE", 0, seconds=0.2)
    row |= race.measure("ring", model)
    assert row["kl"] <= row["kl_bound"] + 0.2 and 0 < row["jsd"] <= math.log(2)
    assert {"weights", "steps", "modes", "high_quality"} <= row.keys()
    assert {"precision", "recall", "ms_per_sample"} <= row.keys()


def test_a_row_on_digits():
    against = race.reference(IMAGES, n=70)
    model, row = race.train("digits", "VAE", 0, seconds=0.2, images=IMAGES)
    row |= race.measure("digits", model, against)
    assert row["nats_tighter"] < row["nats"]
    assert {"frechet_distance", "mean_frechet_distance", "ms_alone"} <= row.keys()
    assert race.score_digits(IMAGES[:70], against)["precision"] > 0.9


@pytest.mark.parametrize("family", race.NAMES)
def test_shipped_models_come_back(family, tmp_path):
    path, model = tmp_path / "w.safetensors", race.build("digits", family).eval()
    race.ship(model, family, path)
    if family != "VAE":
        race.ship(race.build("digits", "VAE"), "VAE", path)  # the others stay
    back = race.shipped(family, path)
    draws = [net.sample(4, torch.Generator().manual_seed(0)) for net in (model, back)]
    assert (draws[0] == draws[1]).float().mean() > 0.9  # up to half precision
    with pytest.raises(GanCourseError, match="missing"):
        race.shipped(family, tmp_path / "none")


def test_histogram_knows_the_ring():
    draw = torch.Generator().manual_seed(0)
    real = race.RING.sample(20_000, draw)
    assert race.histogram_jsd(real) < 0.01
    assert race.histogram_jsd(real[real[:, 0] > 0]) > 0.1  # half of the modes
    assert race.histogram_jsd(real + 10) == pytest.approx(math.log(2), abs=1e-3)  # all outside


def test_grid_kl_of_known_densities():
    assert race.grid_kl(lambda x: race.RING.density(x).log()) == pytest.approx(0, abs=1e-3)
    wider = torch.distributions.MultivariateNormal(torch.zeros(2), 4 * torch.eye(2))
    draw = race.RING.sample(50_000, torch.Generator().manual_seed(0))
    by_draws = float((race.RING.density(draw).log() - wider.log_prob(draw)).mean())
    assert race.grid_kl(wider.log_prob) == pytest.approx(by_draws, abs=0.02)
