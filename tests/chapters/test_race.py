"""Equal seconds, rows with all their numbers, curves on the way."""

import math
import time
from functools import partial

import pytest
import torch

from gan_course import data
from gan_course.chapters import families, race
from gan_course.errors import GanCourseError

LEVELS = torch.randint(0, 8, (100, 1, 28, 28), generator=torch.Generator().manual_seed(0))
LABELS = torch.arange(100) % 10
IMAGES = data.ImageSet(
    families.to_grey(LEVELS), LABELS, tuple("0123456789"), "mnist", "made up for a test"
)


def test_on_the_ring_all_families_have_as_many_weights():
    counts = [race.count_weights(race.build("ring", name)) for name in race.NAMES]
    assert max(counts) <= 1.02 * min(counts), counts


def test_masked_weights_are_not_counted():
    conv = families.MaskedConv2d(3, 4, 5, itself=False)  # keeps 12 of 15 a pair of channels
    assert race.count_weights(conv) == 3 * 4 * 12 + 4


@pytest.mark.parametrize("family", race.NAMES)
@pytest.mark.parametrize("task", race.SECONDS)
def test_each_family_trains_and_samples(task, family):
    seen = []
    model, spent = race.train(
        task, family, 0, 0.05, IMAGES, watch=lambda seconds, model: seen.append(seconds)
    )
    assert spent["steps"] >= 1 and seen[0] < 0.05 <= seen[-1]
    labels = torch.arange(2) if task == "digits" else None
    options = {"steps": 2} if family in ("diffusion", "flow matching") else {}
    x = model.sample(2, torch.Generator().manual_seed(0), labels, **options)
    assert x.shape == ((2, 2) if task == "ring" else (2, 1, 28, 28))
    if task == "digits":
        grey = race.draw_digits(model, 10, **options)
        assert grey.shape == (10, 1, 28, 28)
        assert torch.equal(families.to_grey(families.to_levels(grey)), grey)
    without = ("GAN", "flow matching") if task == "digits" else ("GAN",)
    if family not in without:
        test = race.RING.sample(4) if task == "ring" else LEVELS[:4]
        told = LABELS[:4] if task == "digits" else None
        assert model.bound(test, told).shape == (4,)
        assert torch.isfinite(model.bound(test, told)).all()


@pytest.mark.clock
@pytest.mark.parametrize("family", race.NAMES)
@pytest.mark.parametrize("task", race.SECONDS)
def test_training_ends_when_its_seconds_are_spent(task, family):
    start = time.process_time()
    _, spent = race.train(task, family, 0, 0.2, IMAGES)
    assert spent["steps"] >= 1 and 0.2 <= time.process_time() - start < 5


def test_watching_does_not_count():
    def watch(seconds, model):
        while time.process_time() - watch.since < 0.01:
            pass
        watch.since = time.process_time()

    watch.since = time.process_time()
    _, watched = race.train("ring", "VAE", 0, 0.3, watch=watch)
    _, alone = race.train("ring", "VAE", 0, 0.3)
    assert watched["steps"] > alone["steps"] / 4


def test_errors():
    with pytest.raises(GanCourseError, match="families are"):
        race.build("ring", "flows")
    with pytest.raises(GanCourseError, match="pass images="):
        race.train("digits", "VAE")


def test_a_row_on_the_ring(monkeypatch):
    # a coarser grid has the same sum to four digits
    monkeypatch.setattr(race, "grid_kl", partial(race.grid_kl, points=80))
    model, row = race.train("ring", "VAE", 0, seconds=0.2)
    row |= race.measure_ring(model)
    assert row["kl"] <= row["kl_bound"] + 0.2 and 0 < row["jsd"] <= math.log(2)
    assert {"weights", "steps", "modes", "high_quality"} <= row.keys()
    assert {"precision", "recall", "ms_per_sample"} <= row.keys()


@pytest.mark.parametrize("family", ["VAE", "flow matching"])
def test_a_row_on_digits(family, monkeypatch):
    draw_digits = race.draw_digits

    def fewer(model, n=70, seed=1, **options):
        return draw_digits(model, n, seed, **options)

    monkeypatch.setattr(race, "draw_digits", fewer)
    model, row = race.train("digits", family, 0, 0.2, IMAGES)
    row |= race.measure_digits(model, IMAGES)
    assert {"frechet_distance", "precision", "recall", "read_as_asked", "ms_alone"} <= row.keys()
    if family == "VAE":
        assert row["nats_tighter"] < row["nats"] and "mean_frechet_distance" in row
    else:
        assert set(row["by_steps"]) == {"1", "5", "20", "100"}


def test_shipped_tensors_come_back(tmp_path):
    path, model = tmp_path / "w.safetensors", race.build("digits", "VAE").eval()
    race.ship(path, "VAE", model.state_dict())
    race.ship(path, "drawn/GAN", {"15": LEVELS[:2].to(torch.uint8)})
    assert torch.equal(race.shipped(path, "drawn/GAN")["15"].long(), LEVELS[:2])
    back = race.shipped_model(path, "VAE")
    told = torch.arange(4)
    one, two = (net.sample(4, torch.Generator().manual_seed(0), told) for net in (model, back))
    assert (one == two).float().mean() > 0.9  # up to half precision
    with pytest.raises(GanCourseError, match="missing"):
        race.shipped(tmp_path / "none", "VAE")


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
