"""Tensors in, numbers out: how good are the samples? Notebook 04 writes the mode counts by hand.

Every number here depends on the number of samples; the caller prints N, and a row for a perfect sampler beside it.
"""

from dataclasses import dataclass

import numpy as np
import torch
from scipy import linalg
from torch import Tensor

from gan_course.errors import GanCourseError


@dataclass(frozen=True)
class ModeCoverage:
    """modes: how many have at least one high-quality sample. high_quality: share of samples within `sigmas` deviations of
    the nearest mean, 0 to 1. kl: KL(histogram of nearest modes || uniform) in nats, 0 when all modes are equally full."""

    modes: int
    high_quality: float
    kl: float

    def __str__(self) -> str:
        return f"{self.modes} modes, {100 * self.high_quality:.1f} % high quality, KL {self.kl:.3f}"


def mode_coverage(samples: Tensor, means: Tensor, std: float, sigmas: float = 3.0) -> ModeCoverage:
    """Score samples of a mixture of equally likely Gaussians as VEEGAN and PacGAN do (Lin et al. 2018, section 4.1).

    samples: (N, d). means: (K, d), the mode centres. std: the modes' standard deviation, in the units of samples.
    A perfect sampler in 2-D does not reach 100 % high quality but 1 - exp(-sigmas^2 / 2) = 98.89 % at 3 sigmas.
    """
    if samples.ndim != 2 or means.ndim != 2 or samples.shape[1:] != means.shape[1:] or len(samples) == 0:
        raise GanCourseError(
            f"samples {tuple(samples.shape)} and means {tuple(means.shape)}: expected (N, d) and (K, d) with N >= 1"
        )
    if not torch.isfinite(samples).all():
        raise GanCourseError("samples hold NaN or infinity: the generator has diverged; look at the losses before this point")
    distance, nearest = torch.cdist(samples, means.to(samples)).min(dim=1)  # (N,), (N,)
    good = distance <= sigmas * std
    share = torch.bincount(nearest, minlength=len(means)).double() / len(samples)  # (K,), sums to 1
    occupied = share[share > 0]  # 0 log 0 = 0
    kl = (occupied * (occupied * len(means)).log()).sum()
    return ModeCoverage(int(nearest[good].unique().numel()), float(good.double().mean()), float(kl))


def frechet_distance(mean_a, cov_a, mean_b, cov_b) -> float:
    """Squared Fréchet (2-Wasserstein) distance of two Gaussians (Dowson and Landau 1982; the formula of FID):

    |mean_a - mean_b|^2 + tr(cov_a + cov_b - 2 (cov_a cov_b)^(1/2)). Means (d,), covariances (d, d); computed in float64.
    """
    mean_a, cov_a, mean_b, cov_b = (np.asarray(v, dtype=np.float64) for v in (mean_a, cov_a, mean_b, cov_b))
    d = mean_a.size
    if not (mean_a.shape == mean_b.shape == (d,) and cov_a.shape == cov_b.shape == (d, d)):
        shapes = ", ".join(str(v.shape) for v in (mean_a, cov_a, mean_b, cov_b))
        raise GanCourseError(f"frechet_distance takes means (d,) and covariances (d, d), both of one d; found {shapes}")
    if not all(np.isfinite(v).all() for v in (mean_a, cov_a, mean_b, cov_b)):
        raise GanCourseError("frechet_distance: NaN or infinity in a mean or covariance")
    # tr (A B)^(1/2) = sum of the square roots of the eigenvalues of A^(1/2) B A^(1/2), which is symmetric
    values, vectors = linalg.eigh(cov_a)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    cross = np.sqrt(linalg.eigvalsh(root @ cov_b @ root).clip(0)).sum()
    return float(((mean_a - mean_b) ** 2).sum() + np.trace(cov_a) + np.trace(cov_b) - 2 * cross)
