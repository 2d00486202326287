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
CASES["crossfade_loudness"] = (
    lambda turns: 20 * math.log10(abs(math.cos(math.pi * turns))),
    [
        # an amplitude taken for a power
        lambda turns: 10 * math.log10(abs(math.cos(math.pi * turns))),
        lambda turns: abs(math.cos(math.pi * turns)),  # not in dB
        # the whole angle in place of half of it
        lambda turns: 20 * math.log10(abs(math.cos(2 * math.pi * turns)) + 1e-12),
        lambda turns: 20 * math.log10(2 * abs(math.cos(math.pi * turns))),  # the sum, not the mean
    ],
)
