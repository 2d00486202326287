"""Exercise checkers of notebook 17_audio_gan."""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

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
def fade(answer):
    """(x (T,), y (T,), s) -> a x + b y with weights >= 0 and the power on the way from x to y.

    Any path of the two weights counts, if both are above 0 in between.
    """
    random = torch.Generator().manual_seed(17)
    t = torch.arange(4000) / 16_000
    tone = torch.sin(2 * math.pi * 220 * t)
    noise = torch.randn(2, 4000, generator=random)
    pairs = {
        "two noises": (noise[0], noise[1]),
        "a loud tone and a soft noise": (tone, 0.1 * noise[0]),
        "one tone twice, in phase": (tone, 0.5 * tone + 0.01 * noise[1]),
        "one tone twice, nearly half a period apart": (tone, 0.2 * noise[1] - tone),
    }
    for name, (x, y) in pairs.items():
        powers = x.pow(2).mean(), y.pow(2).mean()
        for s in (0.0, 0.2, 0.5, 0.9, 1.0):
            case = f"{name}, s = {s}"
            wave = _wave(call(answer, x.clone(), y.clone(), s), x, case)
            both = torch.stack([x, y], dim=1).double()
            weights = torch.linalg.lstsq(both, wave.double()[:, None]).solution
            rest = (wave - (both @ weights)[:, 0]).norm() / x.norm()
            a, b = weights[:, 0].tolist()
            if rest > 1e-3:
                raise Mismatch(f"{case}: the result is no weighted sum of x and y.")
            least = -1e-3 if s in (0.0, 1.0) else 1e-3
            if min(a, b) < least or (s == 0 and abs(b) > 1e-3) or (s == 1 and abs(a) > 1e-3):
                raise Mismatch(
                    f"{case}: the weights are {a:.3f} and {b:.3f}. Only x at s = 0, only y at "
                    "s = 1, and both above 0 in between."
                )
            wanted = (1 - s) * powers[0] + s * powers[1]
            why = "Two waves may add or cancel: the power of their sum has to be measured."
            expect(wave.pow(2).mean() / wanted, 1.0, why, 1e-2, f"power, {case}")
    return (
        "Where the two nearly cancel, the fade turns up what is left, and that is mostly what they "
        "do not share."
    )


@exercise
def impostor(answer):
    """wave (T,) -> another with nearly its mel bands, and hardly correlated with it.

    A note, a kick, a snare, a hat: made here, since a checker knows no chapter.
    """
    random = torch.Generator().manual_seed(3)
    t = torch.arange(4096) / 16_000
    noise = torch.randn(2, 4096, generator=random)
    rise = 1 - torch.exp(-t / 0.01)
    note = sum(0.6**k * torch.sin(2 * math.pi * (k + 1) * 233 * t + k) for k in range(12))
    treble = torch.fft.rfft(noise[1])
    treble[:1024] = 0
    falling = 50 * t + 3 * (1 - torch.exp(-t / 0.03))
    waves = {
        "a note": note * rise * torch.exp(-t / 0.1),
        "a kick": torch.sin(2 * math.pi * falling) * rise * torch.exp(-t / 0.06),
        "a snare": (torch.sin(2 * math.pi * 180 * t) + noise[0]) * torch.exp(-t / 0.05),
        "a hat": torch.fft.irfft(treble, 4096) * torch.exp(-t / 0.05),
    }
    for name, wave in waves.items():
        wave = 0.9 * wave / wave.abs().max()
        other = _wave(call(answer, wave.clone()), wave, name)
        alike = float(wave @ other / (wave.norm() * other.norm()).clamp(min=1e-9))
        if abs(alike) > 0.3:
            raise Mismatch(
                f"{name}: the correlation is {alike:.2f}, and should lie between -0.3 and 0.3."
            )
        apart = float((_log_mel(wave) - _log_mel(other)).abs().mean())
        if apart > 0.4:
            raise Mismatch(
                f"{name}: the mel distance is {apart:.2f}, more than 0.4. Which frequencies sound, "
                "and when, has to stay."
            )
    return "A squared error between waves asks for the mean of all impostors, which is silence."


def _wave(result, like: Tensor, case: str) -> Tensor:
    """The answer as a tensor of the shape of `like`, all finite."""
    try:
        wave = torch.as_tensor(result, dtype=torch.float32).detach()
    except (TypeError, ValueError, RuntimeError):
        raise Mismatch(f"{case}: expected a wave, found {type(result).__name__}.") from None
    if wave.shape != like.shape or not wave.isfinite().all():
        raise Mismatch(f"{case}: expected {len(like)} finite numbers, found {tuple(wave.shape)}.")
    return wave


def _log_mel(wave: Tensor) -> Tensor:
    """(T,) -> the 80 log-mel bands of the vocoder, (80, T / 256)."""
    size, hop, rate = 1024, 256, 16_000
    edge = (size - hop) // 2
    padded = F.pad(wave[None, None], (edge, edge), mode="reflect")[0, 0]
    frames = padded.unfold(0, size, hop) * torch.hann_window(size)
    magnitude = torch.fft.rfft(frames).abs().T * 4 / size  # (513, F)
    ends = [2595 * math.log10(1 + hertz / 700) for hertz in (60.0, rate / 2)]
    edges = 700 * (10 ** (torch.linspace(*ends, 82) / 2595) - 1)[:, None]
    bins = torch.linspace(0, rate / 2, size // 2 + 1)
    rise = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    filters = torch.minimum(rise, fall).clamp(min=0)
    return (filters @ magnitude).clamp(min=1e-4).log()
