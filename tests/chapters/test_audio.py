"""Sounds whose pitch and spectrum are known: what is measured must be what was made."""

import math

import numpy as np
import pytest
import torch

from gan_course import game, penalties
from gan_course.chapters import audio
from gan_course.errors import GanCourseError

T = torch.arange(audio.SAMPLES) / audio.RATE


def sine(hertz, amplitude=0.5):
    return amplitude * torch.sin(2 * math.pi * torch.as_tensor(hertz)[:, None] * T)[:, None]


@pytest.mark.parametrize("even", [0.0, 1.0])
def test_pitch_of_every_note_is_found_to_a_few_cents(even):
    n = 120
    random = torch.Generator().manual_seed(0)
    hertz = 200 * 2.3 ** torch.rand(n, generator=random)  # any pitch, not only those of the scale
    bright = 0.1 + 0.7 * torch.rand(n, generator=random)
    decay, phase = torch.full((n,), 0.06), torch.rand(n, generator=random)
    waves = audio.note(hertz, bright, torch.full((n,), even), torch.full((n,), 0.01), decay, phase)
    found, clarity = audio.pitch(waves)
    assert audio.cents(found, hertz).abs().max() < 4
    assert clarity.min() > 0.95


def test_pitch_of_a_sine_does_not_depend_on_its_loudness():
    hertz = torch.tensor([190.0, 261.63, 440.0, 510.0])
    for amplitude in (1e-3, 0.9):
        found, clarity = audio.pitch(sine(hertz, amplitude))
        assert audio.cents(found, hertz).abs().max() < 3 and clarity.min() > 0.99


def test_noise_and_silence_have_no_pitch():
    _, clarity = audio.pitch(
        torch.randn(100, 1, audio.SAMPLES, generator=torch.Generator().manual_seed(0))
    )
    assert clarity.max() < 0.4
    hertz, clarity = audio.pitch(torch.zeros(2, 1, audio.SAMPLES))
    assert torch.isfinite(hertz).all() and (clarity == 0).all()


def test_cents():
    found = audio.cents(torch.tensor([440.0, 220.0, 233.0819]), torch.tensor(220.0))
    assert found.tolist() == pytest.approx([1200, 0, 100], abs=1e-2)


def test_a_note_holds_the_harmonics_that_it_was_given():
    one = torch.ones(1)
    # 250 Hz: bin 64 of 4,096 samples
    wave = audio.note(250 * one, 0.5 * one, 0.0 * one, 1e-6 * one, 1e6 * one, 0 * one)
    spectrum = torch.fft.rfft(wave[0, 0]).abs()
    peaks = spectrum[64 * torch.arange(1, 8)] / spectrum[64]
    assert peaks.tolist() == pytest.approx([1, 0, 0.25, 0, 0.0625, 0, 0.5**6], abs=2e-3)
    assert wave.abs().max() == pytest.approx(0.9)


def test_no_harmonic_folds_back():
    one = torch.ones(1)
    wave = audio.note(440 * one, 0.9 * one, one, 1e-6 * one, 1e6 * one, 0 * one)
    power = torch.fft.rfft(wave[0, 0] * torch.hann_window(audio.SAMPLES)).abs() ** 2
    hertz = torch.fft.rfftfreq(audio.SAMPLES, 1 / audio.RATE)
    near = ((hertz / 440 - (hertz / 440).round()).abs() * 440 < 16) & (hertz > 300)
    assert power[near].sum() / power.sum() > 0.999


def test_sounds_are_balanced_repeatable_and_described():
    made = audio.sounds(900, seed=3)
    assert made.waves.shape == (900, 1, audio.SAMPLES)
    assert made.waves.abs().amax(dim=2).allclose(torch.tensor(0.9))
    assert torch.bincount(made.labels, minlength=9).min() > 60
    assert torch.equal(audio.sounds(900, seed=3).waves, made.waves)
    assert not torch.equal(audio.sounds(900, seed=4).waves, made.waves)
    tonal = made.labels < len(audio.NOTES)
    assert torch.equal(made.bright.isnan(), ~tonal)
    assert made.bright[tonal].min() >= 0.3
    assert made.even[tonal].max() <= 1
    found, _ = audio.pitch(made.waves[tonal])
    assert audio.cents(found, audio.PITCHES[made.labels[tonal]]).abs().max() < 5
    only = audio.sounds(20, kinds=("A3", "hat"))
    assert {audio.KINDS[k] for k in only.labels} == {"A3", "hat"}


def test_sounds_of_any_pitch_have_the_pitch_that_they_name():
    made = audio.sounds(60, seed=3, kinds=tuple(audio.NOTES), any_pitch=True)
    found, _ = audio.pitch(made.waves)
    assert audio.cents(found, made.hertz).abs().max() < 5
    assert made.hertz.min() < 240 and made.hertz.max() > 430


def test_hats_are_treble_and_kicks_are_bass():
    made = audio.sounds(300, kinds=audio.DRUMS)
    power = torch.fft.rfft(made.waves[:, 0]).abs() ** 2
    hertz = torch.fft.rfftfreq(audio.SAMPLES, 1 / audio.RATE)
    high = power[:, hertz > 3900].sum(dim=1) / power.sum(dim=1)
    kick, snare, hat = (high[made.labels == audio.KINDS.index(kind)] for kind in audio.DRUMS)
    assert kick.max() < 0.1 < snare.min() and snare.max() < 0.9 < hat.min()


def test_wrong_arguments_are_named():
    with pytest.raises(GanCourseError, match="of the kinds A3"):
        audio.sounds(10, kinds=("A3", "gong"))
    with pytest.raises(GanCourseError, match="'gong' is not one of kick"):
        audio.drum("gong", torch.ones(1), torch.Generator())
    with pytest.raises(GanCourseError, match=r"\(2, 1024\); expected \(N, 1, T\)"):
        audio.pitch(torch.zeros(2, 1024))


def test_log_mel_sees_where_the_energy_is_and_no_phase():
    hertz = torch.tensor([220.0, 6000.0])
    bands = audio.log_mel(sine(hertz)).mean(dim=2)
    assert audio.log_mel(sine(hertz)).shape == (2, 16, 7)
    assert bands[0].argmax() < 6 and bands[1].argmax() > 11
    moved = audio.log_mel(-sine(hertz))
    assert torch.allclose(moved, audio.log_mel(sine(hertz)), atol=1e-5)
    silence = audio.log_mel(torch.zeros(1, 1, audio.SAMPLES))
    assert torch.allclose(silence, torch.full_like(silence, -4.0))


def test_mel_filters_overlap_to_one():
    total = audio.mel_filters(16, 2048).sum(dim=0)
    hertz = torch.linspace(0, audio.RATE / 2, 1025)
    inside = (hertz > 300) & (hertz < 6500)
    assert torch.allclose(total[inside], torch.ones(inside.sum()), atol=1e-4)


@pytest.mark.parametrize("classes", [0, 9])
def test_the_pair_keeps_the_contract(classes):
    G = audio.WaveGenerator(8, width=4, num_classes=classes)
    D = audio.WaveDiscriminator(width=4, num_classes=classes)
    labels = torch.arange(5) if classes else None
    x = game.sample(G, torch.randn(5, 8), labels)
    assert x.shape == (5, 1, audio.SAMPLES) and x.abs().max() <= 1
    assert (D(x) if labels is None else D(x, labels)).shape == (5,)
    assert not game.has_batch_statistics(D)
    with pytest.raises(GanCourseError, match="x has shape"):
        D(x[:, :, :-1], labels)
    if classes:
        with pytest.raises(GanCourseError, match="this network is conditional"):
            G(torch.randn(5, 8))


def test_phase_shuffle_moves_by_whole_steps_and_reflects():
    torch.manual_seed(0)
    x = torch.arange(10.0).expand(400, 3, 10).clone().requires_grad_()
    y = audio.PhaseShuffle(2)(x)
    kinds = {tuple(row.int().tolist()) for row in y[:, 0]}
    wanted = {
        (2, 1, *range(8)),
        (1, *range(9)),
        tuple(range(10)),
        (*range(1, 10), 8),
        (*range(2, 10), 8, 7),
    }
    assert kinds == wanted
    assert torch.equal(y[:, 0], y[:, 1])  # all channels of a sample together
    (gradient,) = torch.autograd.grad(y.sum(), x)
    assert gradient.sum() == y.numel()


def test_phase_shuffle_rests_in_eval_mode_and_at_zero():
    x = torch.randn(4, 2, 16)
    assert audio.PhaseShuffle(0)(x) is x and audio.PhaseShuffle(2).eval()(x) is x


def test_timbre_is_that_of_the_note():
    made = audio.sounds(300, seed=5, kinds=tuple(audio.NOTES))
    bright, even = audio.timbre(made.waves, audio.PITCHES[made.labels])
    assert (bright - made.bright).abs().median() < 0.01 and (even - made.even).abs().median() < 0.02


def test_log_mel_is_that_of_scipy_and_has_a_gradient():
    from scipy import signal

    wave = audio.sounds(2, seed=6).waves.requires_grad_()
    window = signal.get_window("hann", 1024)  # periodic, as torch's
    starts = range(0, audio.SAMPLES - 1023, 512)
    frames = [abs(np.fft.rfft(window * wave[0, 0, a : a + 1024].detach().numpy())) for a in starts]
    power = np.stack(frames, axis=1) ** 2 * 4 / window.sum() ** 2
    wanted = np.log10(audio.mel_filters(16, 1024).numpy() @ power + 1e-4)
    assert np.allclose(audio.log_mel(wave)[0].detach(), wanted, atol=1e-4)
    views = audio.two_mels(wave)
    (gradient,) = torch.autograd.grad(views.sum(), wave)
    assert views.shape == (2, 1240)
    assert torch.isfinite(gradient).all() and gradient.abs().sum() > 0
    silence = audio.two_mels(torch.zeros(1, 1, audio.SAMPLES))
    assert silence.unique().tolist() == pytest.approx([-0.8])


@pytest.mark.parametrize("classes", [0, 9])
def test_two_views_are_scored_together(classes):
    torch.manual_seed(0)
    D = audio.TwoViewDiscriminator(width=4, num_classes=classes, shuffle=0)
    made = audio.sounds(5, seed=7)
    labels = (made.labels,) if classes else ()
    apart = D.net(made.waves) + D.spectra(audio.two_mels(made.waves))
    column = made.labels if classes else torch.zeros(5, dtype=torch.int64)
    assert torch.allclose(D(made.waves, *labels), apart.gather(1, column[:, None])[:, 0])
    with pytest.raises(GanCourseError, match="x has shape"):
        D(made.waves[:, :, :-1], *labels)


def test_the_penalty_on_views_bounds_the_slope_in_wave_and_spectra_together():
    class Linear(audio.TwoViewDiscriminator):
        def score_views(self, views, labels=None):
            return 3 * views[:, 0] + 4 * views[:, -1]  # slope 5 in the pair

    penalty = audio.OnViews(penalties.GradientPenalty(10.0, every=2))
    made = audio.sounds(4, seed=8)
    assert penalty(Linear(width=4), made.waves, -made.waves).item() == pytest.approx(160, rel=1e-5)
    assert penalty.every == 2
