"""Right and wrong answers of notebook 17: exercise -> (right, [plausible wrong ones])."""

import math

import torch

CASES = {}


def cents(hertz, scale):
    return 1200 * torch.log2(hertz[:, None] / scale)


CASES["cents_to_scale"] = (
    lambda f, s: cents(f, s).gather(1, cents(f, s).abs().argmin(dim=1, keepdim=True))[:, 0],
    [
        lambda f, s: cents(f, s).abs().amin(dim=1),  # without the sign
        # nearest in Hz
        lambda f, s: 1200 * torch.log2(f / s[(f[:, None] - s).abs().argmin(dim=1)]),
        # flat for sharp
        lambda f, s: -cents(f, s).gather(1, cents(f, s).abs().argmin(dim=1, keepdim=True))[:, 0],
        lambda f, s: cents(f, s).amin(dim=1),  # the most negative, not the nearest
        lambda f, s: (
            cents(f, s).gather(1, cents(f, s).abs().argmin(dim=1, keepdim=True))[:, 0] / 100
        ),  # semitones
    ],
)
CASES["artefact_frequencies"] = (
    lambda strides, rate: [rate / math.prod(strides[i:]) for i in range(len(strides))],
    [
        lambda strides, rate: [rate / s for s in strides],  # forgets that later layers stretch time
        # the wrong way round
        lambda strides, rate: [rate / math.prod(strides[: i + 1]) for i in range(len(strides))],
        # last layer first
        lambda strides, rate: [rate / math.prod(strides[i:]) for i in range(len(strides))][::-1],
        lambda strides, rate: rate / math.prod(strides),  # one number
        # from the Nyquist frequency
        lambda strides, rate: [rate / 2 / math.prod(strides[i:]) for i in range(len(strides))],
    ],
)


def mixed(x, y, a, b, s):
    """a x + b y at the power that is asked for."""
    wave = a * x + b * y
    wanted = (1 - s) * x.pow(2).mean() + s * y.pow(2).mean()
    return wave * (wanted / wave.pow(2).mean()).sqrt()


def to_the_peak(x, y, s):
    wave = (1 - s) * x + s * y
    peak = (1 - s) * x.abs().max() + s * y.abs().max()
    return wave * peak / wave.abs().max()


CASES["fade"] = (
    lambda x, y, s: mixed(x, y, 1 - s, s, s),
    [
        lambda x, y, s: (1 - s) * x + s * y,  # loses power in the middle
        # equal power: right for waves that have nothing to do with each other
        lambda x, y, s: math.sqrt(1 - s) * x + math.sqrt(s) * y,
        # the one or the other, at the right power
        lambda x, y, s: mixed(x, y, float(s < 0.5), float(s >= 0.5), s),
        to_the_peak,  # the largest value in place of the power
        lambda x, y, s: mixed(x, y, 1, 1, s),  # both at both ends
        lambda x, y, s: mixed(x, y.flip(0), 1 - s, s, s),  # another wave
        lambda x, y, s: 0.5,
    ],
)


def turned(wave, angle):
    """Each frequency's phase is turned by the same angle: a Hilbert transform at a quarter."""
    return torch.fft.irfft(torch.fft.rfft(wave) * torch.exp(torch.tensor(1j) * angle), len(wave))


def scrambled(wave):
    spectrum = torch.fft.rfft(wave)
    angle = 2 * math.pi * torch.rand(len(spectrum), generator=torch.Generator().manual_seed(0))
    return torch.fft.irfft(spectrum.abs() * torch.exp(1j * angle), len(wave))


CASES["impostor"] = (
    lambda wave: turned(wave, math.pi / 2),
    [
        lambda wave: -wave,  # the same bands, and correlation -1
        lambda wave: turned(wave, math.pi / 4),  # half way
        scrambled,  # phases at random: the envelope is lost
        lambda wave: wave.flip(0),  # the time as well
        lambda wave: torch.roll(wave, 2000),  # much later
        lambda wave: wave.abs().mean() * torch.randn(len(wave)),
        lambda wave: wave[:-1],
    ],
)
