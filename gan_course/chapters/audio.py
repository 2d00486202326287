"""Short sounds of known pitch and timbre, their measures, a 1-D convolutional pair. Notebook 17.

A wave is a tensor (N, 1, SAMPLES) in [-1, 1] at RATE samples a second, a quarter of a second long.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course.errors import GanCourseError
from gan_course.game import Penalty
from gan_course.models import check_input, encode_labels

RATE, SAMPLES = 16_000, 4096  # Hz; samples in one sound, 0.256 s
HARMONICS = 16
# a pentatonic scale, in semitones above 220 Hz
NOTES = {"A3": 0, "C4": 3, "D4": 5, "E4": 7, "G4": 10, "A4": 12}
DRUMS = ("kick", "snare", "hat")
KINDS = (*NOTES, *DRUMS)  # the label of a sound is its place here
PITCHES = torch.tensor([220.0 * 2 ** (step / 12) for step in NOTES.values()])  # (6,) Hz


@dataclass(frozen=True)
class Sounds:
    """waves: (N, 1, SAMPLES). labels: (N,) places in KINDS.

    hertz, bright, even, decay: (N,) what they were made with, see `note`; NaN for drums.
    """

    waves: Tensor
    labels: Tensor
    hertz: Tensor
    bright: Tensor
    even: Tensor
    decay: Tensor


def note(
    pitch: Tensor, bright: Tensor, even: Tensor, attack: Tensor, decay: Tensor, phase: Tensor
) -> Tensor:
    """Additive synthesis, all arguments (N,): waves (N, 1, SAMPLES) whose largest value is 0.9.

    Harmonic k, as far as RATE carries it, has amplitude bright^(k - 1), times `even` if k is even:
    0 sounds like a clarinet, 1 like a string. The envelope rises with time constant `attack` and
    falls with `decay`, in seconds. phase: of the first harmonic, 0 to 1, which moves the whole wave
    in time.
    """
    t = torch.arange(SAMPLES) / RATE  # (T,)
    turns = pitch[:, None] * t + phase[:, None]  # (N, T)
    wave = torch.zeros_like(turns)
    for k in range(1, HARMONICS + 1):
        # no harmonic beyond the Nyquist frequency, where it would alias
        carried = k * pitch < 0.46 * RATE
        amplitude = carried * bright ** (k - 1) * (even if k % 2 == 0 else 1)
        wave += amplitude[:, None] * torch.sin(2 * math.pi * k * turns)
    envelope = (1 - torch.exp(-t / attack[:, None])) * torch.exp(-t / decay[:, None])
    return _scaled(wave * envelope)


def drum(kind: str, decay: Tensor, random: torch.Generator) -> Tensor:
    """Drum hits (N, 1, SAMPLES). decay: (N,) s.

    kick: a gliding sine. snare: a tone with noise. hat: the treble of noise.
    """
    t = torch.arange(SAMPLES) / RATE
    envelope = torch.exp(-t / decay[:, None])
    noise = torch.randn(len(decay), SAMPLES, generator=random)
    if kind == "kick":  # 150 Hz falls to 50 Hz within some 30 ms
        turns = 50 * t + 100 * 0.03 * (1 - torch.exp(-t / 0.03))
        click = 0.05 * noise * torch.exp(-t / 0.004)
        return _scaled(envelope * torch.sin(2 * math.pi * turns) + click)
    if kind == "snare":
        return _scaled(envelope * (0.5 * torch.sin(2 * math.pi * 180 * t) + 0.5 * noise))
    if kind == "hat":
        spectrum = torch.fft.rfft(noise)
        spectrum[:, : spectrum.shape[1] // 2] = 0  # nothing below 4,000 Hz
        return _scaled(envelope * torch.fft.irfft(spectrum, SAMPLES))
    raise GanCourseError(f"drum {kind!r} is not one of {', '.join(DRUMS)}")


def _scaled(wave: Tensor) -> Tensor:
    return (0.9 * wave / wave.abs().amax(dim=1, keepdim=True))[:, None]


def sounds(
    count: int, seed: int = 0, kinds: tuple[str, ...] = KINDS, any_pitch: bool = False
) -> Sounds:
    """`count` random sounds, all kinds alike often. Timbre, decay and phase are random.

    The pitch is exactly that of the note; any_pitch: anywhere from 200 to 500 Hz, whatever the
    note's name.
    """
    random = torch.Generator().manual_seed(seed)
    if set(kinds) - set(KINDS) or not kinds or count < 1:
        raise GanCourseError(
            f"sounds({count}, kinds={kinds}): at least one sound, of the kinds {', '.join(KINDS)}"
        )
    chosen = torch.randint(len(kinds), (count,), generator=random)
    labels = torch.tensor([KINDS.index(kind) for kind in kinds])[chosen]
    u = torch.rand(5, count, generator=random)
    bright, even = 0.3 + 0.5 * u[0], u[1]
    attack, decay = 0.004 + 0.03 * u[2] ** 2, 0.05 * 6 ** u[3]
    tonal = labels < len(NOTES)
    hertz = PITCHES[labels.clamp(max=len(NOTES) - 1)]
    if any_pitch:
        hertz = 200 * 2.5 ** torch.rand(count, generator=random)
    waves = note(hertz, bright, even, attack, decay, phase=u[4])
    for kind in DRUMS:
        rows = labels == KINDS.index(kind)
        if rows.any():
            waves[rows] = drum(kind, 0.02 + decay[rows] / 4, random)
    made_with = (torch.where(tonal, x, torch.nan) for x in (hertz, bright, even, decay))
    return Sounds(waves, labels, *made_with)


def pitch(waves: Tensor) -> tuple[Tensor, Tensor]:
    """The pitch of each wave (N,), from 180 to 520 Hz, and how periodic it is (N,).

    The period is the first lag whose normalised autocorrelation comes within a tenth of the best
    one. Periodic: 1 repeats exactly up to its loudness, noise stays low.
    """
    x = _flat(waves)
    n = x.shape[1]
    spectrum = torch.fft.rfft(x, 2 * n)
    shortest, longest = int(RATE / 520), math.ceil(RATE / 180)
    lags = torch.arange(shortest - 1, longest + 2)
    product = torch.fft.irfft(spectrum.abs() ** 2)[:, lags]  # (N, L): sum over t of x_t x_(t + lag)
    energy = F.pad((x**2).cumsum(dim=1), (1, 0))
    # energy of the samples that have a partner one lag later, and of those partners
    head, tail = energy[:, n - lags], energy[:, -1:] - energy[:, lags]
    r = product / (head * tail).sqrt().clamp(min=1e-9)
    middle, left, right = r[:, 1:-1], r[:, :-2], r[:, 2:]
    peak = (middle >= left) & (middle >= right)
    top = torch.where(peak, middle, -torch.inf).amax(dim=1, keepdim=True)
    # the first such peak; 0 if there is none
    at = (peak & (middle >= 0.9 * top)).float().argmax(dim=1, keepdim=True)
    a, b, c = (side.gather(1, at)[:, 0] for side in (left, middle, right))
    # the top of a parabola through three points
    shift = (0.5 * (a - c) / (a - 2 * b + c)).nan_to_num().clamp(-0.5, 0.5)
    return RATE / (lags[at[:, 0] + 1] + shift), b


def cents(hertz: Tensor, reference: Tensor) -> Tensor:
    """The interval from a reference pitch in cents, hundredths of a semitone."""
    return 1200 * torch.log2(hertz / reference)


@lru_cache
def mel_filters(bands: int, size: int) -> Tensor:
    """Triangles evenly spaced from 60 Hz on the mel scale, mel = 2595 log10(1 + Hz / 700).

    (bands, size // 2 + 1) weights of the bins of a spectrum of `size` samples.
    """
    first, last = (2595 * math.log10(1 + hertz / 700) for hertz in (60, RATE / 2))
    mels = torch.linspace(first, last, bands + 2)
    edges = 700 * (10 ** (mels / 2595) - 1)[:, None]  # (bands + 2, 1), Hz
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    bins = torch.linspace(0, RATE / 2, size // 2 + 1)
    rise, fall = (bins - left) / (middle - left), (right - bins) / (right - middle)
    return torch.minimum(rise, fall).clamp(min=0)


def log_mel(waves: Tensor, bands: int = 16, size: int = 1024, hop: int = 512) -> Tensor:
    """log10 of the power in each band and stretch of time, (N, bands, frames): blind to phases.

    A sine of amplitude 1 has power 1; silence is -4. It has a gradient.
    """
    window = torch.hann_window(size, device=waves.device)
    bins = torch.stft(waves[:, 0], size, hop, window=window, center=False, return_complex=True)
    power = torch.view_as_real(bins).pow(2).sum(dim=3) * 4 / window.sum() ** 2
    return torch.log10(mel_filters(bands, size).to(waves.device) @ power + 1e-4)


def timbre(waves: Tensor, hertz: Tensor) -> tuple[Tensor, Tensor]:
    """Brightness and even weight (N,) each, as in `note`, of notes of known pitch.

    Ratios of their first three harmonics, cut to 2: a few wild ones should not decide.
    """
    harmonics = hertz[:, None, None] * torch.arange(1, 4)[:, None]  # (N, 3, 1)
    turns = harmonics * torch.arange(waves.shape[-1]) / RATE  # (N, 3, T)
    one, two, three = (_flat(waves)[:, None] * torch.exp(-2j * math.pi * turns)).sum(dim=2).abs().T
    bright = (three / one).sqrt()
    return bright.clamp(max=2), (two / (one * bright)).clamp(max=2)


def two_mels(waves: Tensor) -> Tensor:
    """`log_mel` of short stretches, for the attack, and of long ones, for the pitch: (N, 1240).

    In units of 50 dB.
    """
    views = [log_mel(waves, 40, 512, 256), log_mel(waves, 128, 2048, 512)]
    return torch.cat([view.flatten(1) for view in views], dim=1) / 5


def _flat(waves: Tensor) -> Tensor:
    if waves.ndim != 3 or waves.shape[1] != 1 or waves.shape[2] < 512:
        raise GanCourseError(
            f"waves have shape {tuple(waves.shape)}; expected (N, 1, T) with T >= 512"
        )
    return waves[:, 0].detach().cpu().float()


class WaveGenerator(nn.Module):
    """Latent vectors to waves: transposed convolutions of stride 4 (Donahue et al. 2019).

    width: channels before the last layer; they double towards the latent vector.
    num_classes > 0: z gets the label as a one-hot.
    """

    def __init__(
        self,
        latent_dim: int = 32,
        width: int = 8,
        num_classes: int = 0,
        blocks: int = 4,
        kernel: int = 16,
    ):
        super().__init__()
        self.latent_dim, self.num_classes, self.shape = latent_dim, num_classes, (1, SAMPLES)
        sizes = [1, *(width * 2**i for i in range(blocks))][::-1]  # 64, 32, 16, 8, 1
        self.start = (sizes[0], SAMPLES // 4**blocks)
        linear = nn.Linear(latent_dim + num_classes, math.prod(self.start))
        layers = [linear, nn.Unflatten(1, self.start)]
        for n_in, n_out in pairwise(sizes):  # 4 times as long each: (N, n_in, L) -> (N, n_out, 4 L)
            up = nn.ConvTranspose1d(n_in, n_out, kernel, 4, (kernel - 4) // 2)
            layers += [nn.BatchNorm1d(n_in), nn.ReLU(), up]
        self.net = nn.Sequential(*layers, nn.Tanh())

    def forward(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        check_input(z, (self.latent_dim,), "z")
        if self.num_classes:
            z = torch.cat([z, encode_labels(labels, self.num_classes, len(z))], dim=1)
        return self.net(z)


class PhaseShuffle(nn.Module):
    """Shifts each sample's maps by a random -most .. most steps, and reflects at the edge.

    Donahue et al. 2019, section 3.3.
    """

    def __init__(self, most: int = 2):
        super().__init__()
        self.most = most

    def forward(self, x: Tensor) -> Tensor:
        if not self.most or not self.training:
            return x
        # one shift for all channels of a sample
        shift = torch.randint(-self.most, self.most + 1, (len(x), 1, 1), device=x.device)
        last = x.shape[2] - 1
        at = torch.arange(last + 1, device=x.device) + shift  # (N, 1, L): where to read
        return x.gather(2, (last - (last - at.abs()).abs()).expand_as(x))


class WaveDiscriminator(nn.Module):
    """Waves to scores: the generator's mirror image, without batch norm.

    shuffle: steps of phase shuffle after each layer but the last. With labels, the score of x with
    label y is output y (Miyato and Koyama 2018, without their common part).
    """

    def __init__(
        self,
        width: int = 8,
        num_classes: int = 0,
        blocks: int = 4,
        kernel: int = 16,
        shuffle: int = 2,
    ):
        super().__init__()
        self.num_classes = num_classes
        sizes = [1, *(width * 2**i for i in range(blocks))]
        layers: list[nn.Module] = []
        for i, (n_in, n_out) in enumerate(pairwise(sizes)):
            layers += [nn.Conv1d(n_in, n_out, kernel, 4, (kernel - 4) // 2), nn.LeakyReLU(0.2)]
            if i < blocks - 1:
                layers += [PhaseShuffle(shuffle)]
        score = nn.Linear(sizes[-1] * SAMPLES // 4**blocks, max(1, num_classes))
        self.net = nn.Sequential(*layers, nn.Flatten(), score)

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        check_input(x, (1, SAMPLES), "x")
        return self.choose(self.net(x), labels)

    def choose(self, scores: Tensor, labels: Tensor | None) -> Tensor:
        """(N, 1), or one column a label -> (N,)."""
        if not self.num_classes:
            return scores.squeeze(1)
        return (scores * encode_labels(labels, self.num_classes, len(scores))).sum(dim=1)


class TwoViewDiscriminator(WaveDiscriminator):
    """The score that `WaveDiscriminator` gives a wave plus that of an MLP on its `two_mels`."""

    def __init__(self, width: int = 8, num_classes: int = 0, **sizes: int):
        super().__init__(width, num_classes, **sizes)
        hidden = [layer for n in (1240, 256) for layer in (nn.Linear(n, 256), nn.LeakyReLU(0.2))]
        self.spectra = nn.Sequential(*hidden, nn.Linear(256, max(1, num_classes)))

    def views(self, x: Tensor) -> Tensor:
        """(N, 1, SAMPLES) -> (N, SAMPLES + 1240): the wave, then its mels."""
        return torch.cat([x[:, 0], two_mels(x)], dim=1)

    def score_views(self, views: Tensor, labels: Tensor | None = None) -> Tensor:
        """The scores (N,) of views, of one wave or of a mixture of two."""
        waves, spectra = views[:, None, :SAMPLES], views[:, SAMPLES:]
        return self.choose(self.net(waves) + self.spectra(spectra), labels)

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        check_input(x, (1, SAMPLES), "x")
        return self.score_views(self.views(x), labels)


class OnViews:
    """A gradient penalty on views in place of waves: of wave and log-mel spectra together."""

    def __init__(self, penalty: Penalty):
        self.penalty, self.every = penalty, getattr(penalty, "every", 1)

    def __call__(
        self, D: TwoViewDiscriminator, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor:
        return self.penalty(D.score_views, D.views(real), D.views(fake), labels)
