"""The shipped generator of sounds: its figures are those of its weights, and the command that made it still runs."""

from dataclasses import replace

import pytest
import torch

from gan_course import audio, game, pretrained, train_sounds


def test_the_stored_figures_are_those_of_the_shipped_weights():
    G, notes = pretrained.load(train_sounds.NAME), pretrained.about(train_sounds.NAME)
    other, reference = audio.sounds(1000, seed=2), audio.sounds(1000, seed=1)
    z = torch.randn(1000, G.latent_dim, generator=torch.Generator().manual_seed(9))
    found = train_sounds.measure(game.sample(G, z, other.labels), other.labels, reference.waves)
    stored = notes["metrics"]
    assert found["in_tune"] > 0.95 and abs(found["clarity"] - stored["clarity"]) < 0.02
    # N = 1,000 here, 2,000 there: fewer samples make the distance larger
    assert 0.8 * stored["frechet_distance"] < found["frechet_distance"] < 1.3 * stored["frechet_distance"] + 2
    assert stored["ceiling"]["frechet_distance"] < stored["frechet_distance"]


def test_a_short_run_trains_and_can_be_shipped(tmp_path):
    config = replace(train_sounds.CONFIG, steps=2, latent_dim=8)
    G, notes = train_sounds.train(config, width=4, count=64)
    pretrained.save(G, "short", {"latent_dim": 8, "width": 4, "num_classes": 9}, tmp_path, notes)
    found, labels = pretrained.load("short", folder=tmp_path), torch.arange(9)
    assert pretrained.about("short", tmp_path)["recipe"]["train"]["steps"] == 2
    wave = game.sample(found, torch.randn(9, 8), labels)
    assert wave.shape == (9, 1, audio.SAMPLES) and wave.abs().max() <= 1
    assert notes["metrics"]["in_tune"] < 0.5 and notes["metrics"]["ceiling"]["in_tune"] == pytest.approx(1)
