"""From a mel spectrogram back to the wave: Griffin-Lim, and a small vocoder. Notebook 17.

benchmarks/sounds.py collects rows of `run`.
"""

import time
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course import runtime
from gan_course.chapters import audio
from gan_course.results import rounded

BANDS, SIZE, HOP = 80, 1024, 256  # as in HiFi-GAN
FRAMES = audio.SAMPLES // HOP  # 16
PERIODS = (2, 3, 5, 7, 11)
WIDTH, BATCH, RATE = 128, 16, 2e-3
# what G's loss holds: weights of the mel loss, the game, feature matching (Kong et al. 2020,
# section 2.4); and the steps of a run, which take about as many CPU seconds in each variant
VARIANTS = {
    "mel loss alone": (45.0, 0.0, 0.0, 3_800),
    "mel loss, game, features": (45.0, 1.0, 2.0, 640),
}


def spectrum(waves: Tensor) -> Tensor:
    """(N, 1, T) -> complex (N, SIZE / 2 + 1, T / HOP); the edges are reflected."""
    edge = (SIZE - HOP) // 2
    padded = F.pad(waves, (edge, edge), mode="reflect")[:, 0]
    window = torch.hann_window(SIZE, device=waves.device)
    return torch.stft(padded, SIZE, HOP, window=window, center=False, return_complex=True)


def mel(waves: Tensor) -> Tensor:
    """(N, 1, T) -> (N, BANDS, T / HOP): the magnitude in each band. A sine of amplitude 1 has 1."""
    bins = torch.view_as_real(spectrum(waves)).pow(2).sum(dim=3).clamp(min=1e-12).sqrt()
    return audio.mel_filters(BANDS, SIZE).to(waves.device) @ (bins * 4 / SIZE)


def log(magnitude: Tensor) -> Tensor:
    """The natural logarithm, from -9.2 (silence) on."""
    return magnitude.clamp(min=1e-4).log()


def wave(bins: Tensor) -> Tensor:
    """Complex (N, SIZE / 2 + 1, F) -> (N, 1, F * HOP): overlap and add, the inverse of `spectrum`.

    Of bins that are the spectrum of no wave: the wave whose spectrum is nearest (Griffin and Lim
    1984, equation 6).
    """
    frames = torch.fft.irfft(bins, dim=1) * torch.hann_window(SIZE)[:, None]
    length = (bins.shape[2] - 1) * HOP + SIZE
    weight = (torch.hann_window(SIZE) ** 2)[None, :, None].expand(1, -1, bins.shape[2])
    total, norm = (
        F.fold(x, (1, length), (1, SIZE), stride=(1, HOP))[:, 0] for x in (frames, weight)
    )
    edge = (SIZE - HOP) // 2
    return (total / norm.clamp(min=1e-8))[..., edge : length - edge]


def linear(bands: Tensor, steps: int = 200) -> Tensor:
    """Magnitudes (N, SIZE / 2 + 1, F) >= 0 whose mel bands come nearest, by projected gradients."""
    filters = audio.mel_filters(BANDS, SIZE)
    rate = 1 / torch.linalg.matrix_norm(filters, 2) ** 2
    x = look = (torch.linalg.pinv(filters) @ bands).clamp(min=0)
    for k in range(1, steps + 1):  # Nesterov's momentum
        new = (look - rate * filters.T @ (filters @ look - bands)).clamp(min=0)
        look = new + (k - 1) / (k + 2) * (new - x)
        x = new
    return x * SIZE / 4


def griffin_lim(magnitude: Tensor, steps: int, momentum: float = 0.99, seed: int = 0) -> Tensor:
    """Waves (N, 1, T) whose spectrum has nearly this magnitude; random phases at first.

    momentum 0: Griffin and Lim 1984; 0.99: the fast variant of Perraudin et al. 2013.
    """
    turns = torch.rand(magnitude.shape, generator=runtime.generator(seed))
    phase = torch.exp(2j * torch.pi * turns)
    before = torch.zeros_like(phase)
    for _ in range(steps):
        now = spectrum(wave(magnitude * phase))
        ahead = now + momentum / (1 + momentum) * (now - before)
        before = now
        phase = ahead / ahead.abs().clamp(min=1e-9)
    return wave(magnitude * phase)


class Residual(nn.Module):
    """Three dilated convolutions, each added to its input."""

    def __init__(self, channels: int, kernel: int = 5, dilations: tuple[int, ...] = (1, 2, 4)):
        super().__init__()
        self.layers = nn.ModuleList(
            nn.Conv1d(channels, channels, kernel, dilation=d, padding=d * (kernel // 2))
            for d in dilations
        )

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = x + layer(F.leaky_relu(x, 0.1))
        return x


class Vocoder(nn.Module):
    """Log-mel bands (N, BANDS, FRAMES) -> waves (N, 1, HOP FRAMES): a small Vocos (Siuzdak 2024).

    Convolutions along the frames find a complex factor for each frequency of each frame; the rest
    is `wave`. The factor multiplies a rough magnitude, the pseudo-inverse of the filters. A place
    in time is added, since a steady tone looks alike in all frames and its phase does not.
    """

    def __init__(self, width: int = WIDTH):
        super().__init__()
        self.first = nn.Conv1d(BANDS, width, 3, padding=1)
        self.place = nn.Parameter(torch.randn(1, width, FRAMES))
        self.middle = Residual(width)
        self.last = nn.Conv1d(width, 2 * (SIZE // 2 + 1), 1)
        back = torch.linalg.pinv(audio.mel_filters(BANDS, SIZE))
        self.register_buffer("back", back, persistent=False)

    def forward(self, bands: Tensor) -> Tensor:
        x = self.middle(self.first(1 + bands / 5) + self.place)
        real, imaginary = self.last(F.leaky_relu(x, 0.1)).chunk(2, dim=1)
        magnitude = (self.back @ bands.exp()).clamp(min=1e-5) * SIZE / 4
        return wave(torch.complex(magnitude * real, magnitude * imaginary))


class PeriodDiscriminator(nn.Module):
    """A wave in rows of `period` samples, judged down its columns (Kong et al. 2020, 2.3)."""

    def __init__(self, period: int, widths: tuple[int, ...] = (8, 16, 32, 32)):
        super().__init__()
        self.period = period
        self.layers = nn.ModuleList(
            nn.Conv2d(n_in, n_out, (5, 1), (3, 1), (2, 0)) for n_in, n_out in pairwise((1, *widths))
        )
        self.score = nn.Conv2d(widths[-1], 1, (3, 1), 1, (1, 0))

    def forward(self, waves: Tensor) -> list[Tensor]:
        """The feature maps of each layer; the last one holds the scores."""
        short = -waves.shape[2] % self.period
        padded = F.pad(waves, (0, short), mode="reflect")
        x = padded.unflatten(2, (-1, self.period))  # (N, 1, T / period, period)
        maps = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.1)
            maps.append(x)
        return [*maps, self.score(x)]


class MultiPeriod(nn.Module):
    """One discriminator for each period: a list of lists of maps."""

    def __init__(self, periods: tuple[int, ...] = PERIODS):
        super().__init__()
        self.parts = nn.ModuleList(PeriodDiscriminator(period) for period in periods)

    def forward(self, waves: Tensor) -> list[list[Tensor]]:
        return [part(waves) for part in self.parts]


def d_loss(D: nn.Module, real: Tensor, fake: Tensor) -> Tensor:
    """Least squares: the scores of real waves towards 1, of fakes towards 0."""
    pairs = zip(D(real), D(fake.detach()))
    return sum((good[-1] - 1).pow(2).mean() + bad[-1].pow(2).mean() for good, bad in pairs)


def g_terms(D: nn.Module, real: Tensor, fake: Tensor) -> tuple[Tensor, Tensor]:
    """The game's term and feature matching: the mean distance of the maps of real and fake."""
    with torch.no_grad():
        wanted = D(real)
    found = D(fake)
    game = sum((maps[-1] - 1).pow(2).mean() for maps in found)
    pairs = [pair for both in zip(found, wanted) for pair in zip(*both)]
    return game, sum((fake_map - real_map).abs().mean() for fake_map, real_map in pairs)


def train(
    variant: str, seed: int = 0, steps: int | None = None, count: int = 2_000
) -> tuple[Vocoder, list[float]]:
    """A vocoder for sounds of any pitch, and its mel loss at each step."""
    mel_weight, game_weight, feature_weight, planned = VARIANTS[variant]
    steps = steps or planned
    waves = audio.sounds(count, seed=0, any_pitch=True).waves
    bands = torch.cat([log(mel(part)) for part in waves.split(200)])
    torch.manual_seed(seed)
    order = runtime.generator(seed)
    G, D = Vocoder(), MultiPeriod()
    g_step = torch.optim.AdamW(G.parameters(), RATE, betas=(0.8, 0.99))
    d_step = torch.optim.AdamW(D.parameters(), RATE, betas=(0.8, 0.99))
    losses = []
    for step in range(steps):
        # full speed for a third of the run, then down to a hundredth
        for optimiser in (g_step, d_step):
            optimiser.param_groups[0]["lr"] = RATE * min(1.0, 1.5 * (1 - 0.993 * step / steps))
        at = torch.randint(count, (BATCH,), generator=order)
        real, fake = waves[at], G(bands[at])
        if game_weight:
            d_step.zero_grad()
            d_loss(D, real, fake).backward()
            d_step.step()
        off = (log(mel(fake)) - bands[at]).abs().mean()
        loss = mel_weight * off
        if game_weight:
            game, features = g_terms(D.requires_grad_(False), real, fake)
            D.requires_grad_(True)
            loss = loss + game_weight * game + feature_weight * features
        g_step.zero_grad()
        loss.backward()
        g_step.step()
        losses.append(off.item())
    return G.eval(), losses


def decibels(waves: Tensor, size: int, hop: int) -> Tensor:
    """(N, 1, T) -> the spectrogram in dB, (N, size / 2 + 1, frames); from -60 on, a sine has 0."""
    window = torch.hann_window(size)
    bins = torch.stft(waves[:, 0], size, hop, window=window, return_complex=True)
    return 20 * torch.log10(bins.abs() * 4 / size + 1e-3)


def measure(made: Tensor, sounds: audio.Sounds) -> dict[str, float]:
    """Waves made from the mel bands of `sounds`, against them.

    cents_off, in_tune (within 50 cents), clarity: of the notes. mel: what the networks are trained
    on. decibels: the mean distance of spectrograms of a finer time than that.
    """
    tonal = ~sounds.hertz.isnan()
    hertz, clarity = audio.pitch(made[tonal])
    off = audio.cents(hertz, sounds.hertz[tonal]).abs()
    apart = [decibels(waves, 256, 64) for waves in (made, sounds.waves)]
    return {
        "cents_off": float(off.median()),
        "in_tune": float((off < 50).float().mean()),
        "clarity": float(clarity.median()),
        "mel": float((log(mel(made)) - log(mel(sounds.waves))).abs().mean()),
        "decibels": float((apart[0] - apart[1]).abs().mean()),
    }


def run(variant: str, seed: int, steps: int | None = None, samples: int = 150) -> dict:
    """One row: train, then measure on sounds that were not trained on."""
    start = time.process_time()
    G, losses = train(variant, seed, steps)
    spent = time.process_time() - start
    test = audio.sounds(samples, seed=2, any_pitch=True)
    with torch.no_grad():
        made = G(log(mel(test.waves)))
    return {**rounded(measure(made, test)), "steps": len(losses), "cpu_seconds": round(spent, 1)}
