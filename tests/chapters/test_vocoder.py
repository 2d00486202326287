"""From mel bands back to waves: inverses that are known, and losses at their minima."""

import math

import pytest
import torch

from gan_course.chapters import audio, vocoder

NOTES = audio.sounds(4, seed=1, kinds=tuple(audio.NOTES), any_pitch=True)


def test_a_wave_comes_back_from_its_spectrum():
    found = vocoder.wave(vocoder.spectrum(NOTES.waves))
    assert found.shape == NOTES.waves.shape
    assert (found - NOTES.waves).abs().max() < 1e-5


def test_mel_is_blind_to_the_sign_and_sees_amplitudes():
    bands = vocoder.mel(NOTES.waves)
    assert bands.shape == (4, vocoder.BANDS, audio.SAMPLES // vocoder.HOP)
    assert torch.allclose(vocoder.mel(-NOTES.waves), bands)
    assert torch.allclose(vocoder.mel(NOTES.waves / 2), bands / 2, atol=1e-5)
    assert vocoder.log(torch.zeros(1)).item() == pytest.approx(math.log(1e-4))


def test_linear_magnitudes_are_not_negative_and_have_the_bands():
    bands = vocoder.mel(NOTES.waves)
    found = vocoder.linear(bands)
    again = audio.mel_filters(vocoder.BANDS, vocoder.SIZE) @ (found * 4 / vocoder.SIZE)
    assert found.min() >= 0
    assert (again - bands).abs().mean() < 0.02 * bands.mean()


def test_griffin_lim_comes_nearer_with_each_round_and_keeps_the_pitch():
    magnitude = vocoder.spectrum(NOTES.waves).abs()

    def off(waves):
        return (vocoder.spectrum(waves).abs() - magnitude).norm() / magnitude.norm()

    once, often = (vocoder.griffin_lim(magnitude, steps) for steps in (1, 30))
    plain = vocoder.griffin_lim(magnitude, 30, momentum=0)
    assert off(often) < off(plain) < off(once)
    found, _ = audio.pitch(often)
    assert audio.cents(found, NOTES.hertz).abs().max() < 10
    measured = vocoder.measure(often, NOTES)
    assert measured["in_tune"] == 1 and measured["cents_off"] < 10
    assert vocoder.measure(NOTES.waves, NOTES)["decibels"] == 0


def test_a_period_discriminator_judges_each_column_on_its_own():
    torch.manual_seed(0)
    D = vocoder.PeriodDiscriminator(3)
    waves = torch.randn(1, 1, 3 * 100)
    changed = waves.clone()
    changed[:, :, 1::3] += 1  # the middle column
    for one, other in zip(D(waves), D(changed)):
        assert one.shape[3] == 3
        assert torch.equal(one[..., [0, 2]], other[..., [0, 2]])
        assert not torch.equal(one[..., 1], other[..., 1])
    assert D(torch.randn(2, 1, 100))[-1].shape[:2] == (2, 1)  # a last row that is not full


def test_losses_at_their_minima():
    class Perfect(torch.nn.Module):
        def forward(self, waves):
            return [[waves, waves]]

    one, zero = torch.ones(2, 1, 8), torch.zeros(2, 1, 8)
    assert vocoder.d_loss(Perfect(), one, zero) == 0
    assert vocoder.d_loss(Perfect(), zero, one) == 2
    game, features = vocoder.g_terms(Perfect(), one, one)
    assert game == 0 and features == 0
    game, features = vocoder.g_terms(Perfect(), one, zero)
    assert game == 1 and features == 2


@pytest.mark.parametrize("variant", vocoder.VARIANTS)
def test_a_short_run_is_repeatable_and_gives_a_row(variant):
    G, losses = vocoder.train(variant, seed=1, steps=2, count=16)
    _, again = vocoder.train(variant, seed=1, steps=2, count=16)
    assert losses == again and len(losses) == 2
    assert G(vocoder.log(vocoder.mel(NOTES.waves))).shape == NOTES.waves.shape
    row = vocoder.run(variant, seed=1, steps=1, samples=12)
    assert row["steps"] == 1 and all(math.isfinite(value) for value in row.values())
