"""From a mel spectrogram back to the wave: Griffin-Lim, and a small HiFi-GAN. Notebook 17."""

import time
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from gan_course import metrics, runtime
from gan_course.chapters import audio
from gan_course.errors import GanCourseError
from gan_course.results import rounded

BANDS, SIZE, HOP = 80, 1024, 256  # as in HiFi-GAN; a sound of audio.SAMPLES has 16 frames
PERIODS = (2, 3, 5, 7, 11)
BATCH, RATE = 16, 2e-3
MEL_WEIGHT, FEATURE_WEIGHT = 45.0, 2.0  # Kong et al. 2020, section 2.4
LOSSES = ("mel", "mel and features", "mel, game and features")


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
    """Complex (N, SIZE / 2 + 1, F) -> (N, 1, F * HOP): overlap and add, the least squares inverse."""
    frames = torch.fft.irfft(bins, dim=1) * torch.hann_window(SIZE)[:, None]
    length = (bins.shape[2] - 1) * HOP + SIZE
    weight = (torch.hann_window(SIZE) ** 2)[None, :, None].expand(1, -1, bins.shape[2])
    total, norm = (F.fold(x, (1, length), (1, SIZE), stride=(1, HOP))[:, 0] for x in (frames, weight))
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

    def __init__(self, channels: int, kernel: int = 7, dilations: tuple[int, ...] = (1, 3, 9)):
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
    """Log-mel bands (N, BANDS, F) -> waves (N, 1, HOP F): HiFi-GAN's generator, small."""

    def __init__(self, width: int = 64, ups: tuple[int, ...] = (8, 8, 4)):
        super().__init__()
        layers: list[nn.Module] = [nn.Conv1d(BANDS, width, 7, padding=3), Residual(width)]
        for up in ups:
            stretch = nn.ConvTranspose1d(width, width // 2, 2 * up, up, up // 2)
            layers += [nn.LeakyReLU(0.1), stretch, Residual(width // 2)]
            width //= 2
        layers += [nn.LeakyReLU(0.1), nn.Conv1d(width, 1, 7, padding=3), nn.Tanh()]
        self.net = nn.Sequential(*layers)

    def forward(self, bands: Tensor) -> Tensor:
        return self.net(bands)


class PeriodDiscriminator(nn.Module):
    """A wave as rows of `period` samples, judged down its columns (Kong et al. 2020, section 2.3)."""

    def __init__(self, period: int, widths: tuple[int, ...] = (8, 16, 32, 32)):
        super().__init__()
        self.period = period
        self.layers = nn.ModuleList(
            nn.Conv2d(n_in, n_out, (5, 1), (3, 1), (2, 0))
            for n_in, n_out in pairwise((1, *widths))
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
