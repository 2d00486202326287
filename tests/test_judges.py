"""The judges of the race: they know a perfect sampler from a poor one, and exact divergences."""

import math

import pytest
import torch

from gan_course import judges


def test_histogram_knows_the_ring():
    draw = torch.Generator().manual_seed(0)
    real = judges.RING.sample(20_000, draw)
    assert judges.histogram_jsd(real) < 0.01
    assert judges.histogram_jsd(real[real[:, 0] > 0]) > 0.1  # half of the modes
    assert judges.histogram_jsd(real + 10) == pytest.approx(math.log(2), abs=1e-3)  # all outside


def test_grid_kl_of_known_densities():
    assert judges.grid_kl(lambda x: judges.RING.density(x).log()) == pytest.approx(0, abs=1e-3)
    wider = torch.distributions.MultivariateNormal(torch.zeros(2), 4 * torch.eye(2))
    draw = judges.RING.sample(50_000, torch.Generator().manual_seed(0))
    by_draws = float((judges.RING.density(draw).log() - wider.log_prob(draw)).mean())
    assert judges.grid_kl(wider.log_prob) == pytest.approx(by_draws, abs=0.02)
