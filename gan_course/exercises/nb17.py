"""Exercise checkers of notebook 17_audio_gan."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect, number


@exercise
def cents_to_scale(answer):
    """(hertz (N,), scale (K,) in Hz) -> signed distance in cents to the nearest note.

    A class may divide the octave in another way than into 1,200 cents.
    """
    why = "The ear counts ratios. Which note is nearest to it? Sharp is positive."
    octave = number("17.1", "octave", 1200)
    scale = torch.tensor([220.0, 440.0, 330.0])
    hertz = torch.tensor([220.0, 226.4487, 213.7349, 440.0, 318.0, 269.8, 383.0, 880.0])
    table = octave * torch.log2(hertz[:, None] / scale)
    wanted = table.gather(1, table.abs().argmin(dim=1, keepdim=True))[:, 0]
    case = "220 Hz, 226.4 Hz (50 cents sharp), ... and 383 Hz"
    expect(call(answer, hertz, scale), wanted, why, 1e-3, case)
    return "383 Hz is nearer to 330 in Hz and nearer to 440 in cents: the ear counts ratios."


@exercise
def artefact_frequencies(answer):
    """(strides, rate) -> lowest frequency in Hz at which each transposed convolution hums."""
    why = (
        "A layer's pattern repeats after stride x (the strides of all later layers) samples of the "
        "output."
    )
    for strides, rate in (([4, 4, 4], 4000), ([2, 4, 5], 16000), ([8], 8000)):
        wanted = [rate / math.prod(strides[i:]) for i in range(len(strides))]
        result = call(answer, list(strides), rate)
        if not isinstance(result, list | tuple):
            kind = type(result).__name__
            raise Mismatch(f"Expected a list of {len(strides)} frequencies, found {kind}.")
        expect(result, wanted, why, 1e-6, f"strides {strides} at {rate} samples a second")
    return (
        "WaveGAN's last layer, stride 4 at 16,000 samples a second, hums at 4,000 Hz: where the "
        "ear is keenest."
    )


@exercise
def crossfade_loudness(answer):
    """turns -> loudness in dB of the mean of two sines, `turns` of a period apart, against one."""
    why = (
        "The mean of two unit phasors at an angle 2 pi turns has length |cos(pi turns)|; in dB "
        "that is 20 log10 of it."
    )
    for turns in (0.0, 1 / 3, 0.25, 0.1, 0.9):
        wanted = 20 * math.log10(abs(math.cos(math.pi * turns)))
        expect(call(answer, turns), wanted, why, 1e-4, f"turns = {turns:.3g}")
    return "At a quarter of a period it is 3 dB softer, at half a period silent."
