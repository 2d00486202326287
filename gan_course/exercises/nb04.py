"""Exercise checkers of notebook 04_gan_2d_mode_collapse."""

import math

import numpy as np
import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def kl_of_a_perfect_sampler(answer):
    """(K, N) -> mean KL of N perfect samples over K modes, to first order in 1/N: (K - 1) / 2N."""
    why = (
        "Expand the KL to second order in the deviations of the shares from 1/K, and take the mean "
        "of their squares."
    )
    for K, N in ((8, 2_500), (25, 2_500), (2, 500), (1_000, 26_000)):
        wanted = (K - 1) / (2 * N)
        case = f"{K} modes and {N:,} samples, as a multiple of the right value"
        expect(np.float64(call(answer, K, N)) / wanted, 1.0, why, 0.05, case)
    return "A KL below this is luck: with so few samples nobody can do better on average."


def _perfect(stream: torch.Generator, means: torch.Tensor, std: float, n: int) -> torch.Tensor:
    mode = torch.randint(len(means), (n,), generator=stream)
    return means[mode] + std * torch.randn(n, 2, generator=stream)


def _circles(stream: torch.Generator, means: torch.Tensor, std: float, n: int) -> torch.Tensor:
    """The right share outside 3 sigma; the others on a circle whose radius gives the spread."""
    x = _perfect(stream, means, std, n)
    centre = means[torch.cdist(x, means).argmin(dim=1)]
    away = x - centre
    distance = away.norm(dim=1, keepdim=True)
    radius = math.sqrt(2) * 0.974 * std
    return torch.where(distance > 3 * std, x, centre + radius * away / distance)


def _repeated(stream: torch.Generator, means: torch.Tensor, std: float, n: int) -> torch.Tensor:
    """About a hundred points, as many in each mode, one outside, of the right spread."""
    each = 99 // len(means)
    centre = means.repeat_interleave(each, dim=0)
    away = std * torch.randn(len(centre), 2, generator=stream)
    while (away.norm(dim=1) > 2.9 * std).any():
        away = std * torch.randn(len(centre), 2, generator=stream)
    own = away.unflatten(0, (len(means), each)).mean(dim=1).repeat_interleave(each, dim=0)
    spread = ((away - own) ** 2).mean().sqrt() / std  # as many repetitions show it
    points = centre + own + (away - own) * 0.974 / spread
    points = torch.cat([points, means[:1] + torch.tensor([[3.5 * std, 0.0]])])
    return points[torch.randint(len(points), (n,), generator=stream)]


@exercise
def suspicion(answer):
    """(samples, means, std) -> a number, larger for each impostor than for any perfect sampler."""
    angle = torch.arange(8) * (2 * math.pi / 8)
    means, std = 2 * torch.stack([angle.cos(), angle.sin()], dim=1), 0.02
    found: dict[str, list[float]] = {}
    for make, name in ((_perfect, "perfect"), (_circles, "circles"), (_repeated, "points")):
        found[name] = []
        for seed in range(20):
            samples = make(torch.Generator().manual_seed(seed), means, std, 2_000)
            value = float(call(answer, samples, means, std))
            if not math.isfinite(value):
                raise Mismatch(f"Expected a finite number, found {value}.")
            found[name].append(value)
    most = max(found["perfect"])
    for name, words in (
        ("circles", "samples on a thin circle round each centre"),
        ("points", "a hundred points, repeated,"),
    ):
        least = min(found[name])
        if not least > most:
            raise Mismatch(
                f"Twenty perfect sets score {min(found['perfect']):.4g} to {most:.4g}, but "
                f"{words} {least:.4g} to {max(found[name]):.4g}: the ranges overlap, so this "
                "number cannot tell them apart."
            )
    return "And yet a third impostor could pass it: any fixed list of numbers can be matched."
