"""The shipped generator of sounds has the figures of its weights; short runs are measured."""

import math
from dataclasses import replace

import pytest
import torch

from gan_course import game, pretrained
from gan_course.chapters import audio, sounds
from gan_course.errors import GanCourseError


def test_the_stored_figures_are_those_of_the_shipped_weights():
    G, notes = pretrained.load("sounds-wgan-gp"), pretrained.about("sounds-wgan-gp")
    other, reference = audio.sounds(1000, seed=2), audio.sounds(1000, seed=1)
    z = torch.randn(1000, G.latent_dim, generator=torch.Generator().manual_seed(9))
    found = sounds.measure(game.sample(G, z, other.labels), other.labels, reference)
    stored = notes["metrics"]
    assert found["in_tune"] > 0.95 and abs(found["clarity"] - stored["clarity"]) < 0.02
    distance = stored["frechet_distance"]
    # N = 1,000 here, 2,000 there: fewer samples make the distance larger
    assert 0.8 * distance < found["frechet_distance"] < 1.3 * distance + 2
    assert stored["ceiling"]["frechet_distance"] < distance


def test_a_short_run_trains_and_can_be_measured():
    config = replace(sounds.CONFIG, steps=2, latent_dim=8)
    run, _ = sounds.play("waves and spectra", config, width=4, count=64)
    wave = game.sample(run.generator, torch.randn(9, 8), torch.arange(9))
    assert wave.shape == (9, 1, audio.SAMPLES) and wave.abs().max() <= 1
    metrics = sounds.measure_generator(run.generator, 500)
    assert metrics["in_tune"] < 0.5 and metrics["ceiling"]["in_tune"] == pytest.approx(1)


def test_measure_knows_real_sounds_from_noise_and_from_a_wrong_timbre():
    reference, other = audio.sounds(600, seed=1), audio.sounds(600, seed=2)
    real = sounds.measure(other.waves, other.labels, reference)
    noise = sounds.measure(torch.randn(600, 1, audio.SAMPLES), other.labels, reference)
    assert real["in_tune"] == 1
    assert real["clarity"] > 0.98
    assert real["timbre"] < 0.05
    assert real["precision"] > 0.8
    assert noise["in_tune"] < 0.2
    assert noise["on_scale"] == 0
    assert noise["frechet_distance"] > 50 * real["frechet_distance"]
    tonal = other.labels < len(audio.NOTES)
    assert real["on_scale"] == pytest.approx(float(tonal.float().mean()), abs=0.06)
    dull = other.waves.clone()
    one = torch.ones(int(tonal.sum()))
    dull[tonal] = audio.note(
        audio.PITCHES[other.labels[tonal]],
        0.3 * one,
        0 * one,
        0.01 * one,
        0.1 * one,
        torch.rand(len(one)),
    )
    assert sounds.measure(dull, other.labels, reference)["timbre"] > 0.3


def test_coherence_is_one_for_equal_phases():
    made = audio.sounds(900, seed=3)
    assert sounds.coherence(made.waves, made.labels, own=True) < 0.3
    same = made.waves[[int((made.labels == k).nonzero()[0]) for k in range(9)]][made.labels]
    assert sounds.coherence(same, made.labels, own=True) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("variant", sounds.VARIANTS)
def test_each_variant_gives_a_row(variant):
    row = sounds.run(variant, seed=1, steps=1, samples=120)
    assert row["steps"] == 1 and row["cpu_seconds"] > 0
    assert ("own_phase" in row) == ("no labels" not in variant)
    assert all(math.isfinite(value) for value in row.values() if isinstance(value, float))
    again = sounds.run(variant, seed=1, steps=1, samples=120)
    assert {**again, "cpu_seconds": 0} == {**row, "cpu_seconds": 0}


def test_an_unknown_variant_is_named():
    with pytest.raises(GanCourseError, match="'waves and words'.*waves, phase shuffle"):
        sounds.play("waves and words")
