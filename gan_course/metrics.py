"""Tensors in, numbers out: how good are the samples? Notebooks 04, 06, 11 and 12; 11 tests them.

Every number here depends on the number of samples: the caller prints N, and a row for a perfect
sampler (real data against real data) beside it. `features` are what a classifier's last hidden
layer says of an image, (N, d): distances in the features of the course's digit classifier are on
another scale than those in Inception's.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy  # its parts are loaded when they are first used
import torch
from torch import Tensor

from gan_course.errors import GanCourseError


def _checked(name: str, *tables: Tensor, at_least: int = 1) -> list[Tensor]:
    """The tables (N_i, d) of one d in float64 on the CPU, or one clear error."""
    shapes = ", ".join(str(tuple(t.shape)) for t in tables)
    if any(t.ndim != 2 or t.shape[1] != tables[0].shape[1] for t in tables):
        raise GanCourseError(
            f"{name} takes tables (N, d), all of one d; found {shapes}: "
            "flatten images with .flatten(1)"
        )
    if any(len(t) < at_least for t in tables):
        raise GanCourseError(f"{name} needs at least {at_least} rows in each table; found {shapes}")
    if not all(torch.isfinite(t).all() for t in tables):
        raise GanCourseError(f"{name}: NaN or infinity in the samples; has the generator diverged?")
    return [t.detach().cpu().double() for t in tables]


@dataclass(frozen=True)
class ModeCoverage:
    """What `mode_coverage` counts.

    A sample is of high quality within `sigmas` standard deviations of the nearest mean.
    modes: how many have such a sample. high_quality: the share of such samples.
    kl: KL(histogram of the high-quality samples over the modes || uniform) in nats: 0 when all
    modes are equally full, log K when one has everything; log K also where there is none.
    spread: standard deviation of the high-quality samples about their mode's mean, over the true
    one: 0 for point masses; 0 also where no mode has two.
    """

    modes: int
    high_quality: float
    kl: float
    spread: float

    def __str__(self) -> str:
        quality = f"{self.modes} modes, {100 * self.high_quality:.1f} % high quality"
        return f"{quality}, KL {self.kl:.3f}, spread {self.spread:.2f}"


def mode_coverage(samples: Tensor, means: Tensor, std: float, sigmas: float = 3.0) -> ModeCoverage:
    """Score samples of a mixture of equal Gaussians as VEEGAN and PacGAN do (Lin et al. 2018, 4.1).

    Their counts are modes and high quality; the KL here is over the high-quality samples alone, and
    the spread is the course's own. samples: (N, d). means: (K, d), the mode centres. std: of each
    mode, in the units of samples. A perfect sampler in 2-D has 1 - exp(-sigmas^2 / 2) high quality,
    98.89 % at 3 sigmas, and a spread of .974, since the rest is left out; its KL is small, not 0.
    """
    fits = samples.ndim == means.ndim == 2 and samples.shape[1] == means.shape[1]
    if not fits or len(samples) == 0:
        raise GanCourseError(
            f"samples {tuple(samples.shape)} and means {tuple(means.shape)}: "
            "expected (N, d) and (K, d) with N >= 1"
        )
    if not torch.isfinite(samples).all():
        raise GanCourseError(
            "samples hold NaN or infinity: the generator has diverged; "
            "look at the losses before this point"
        )
    samples, means = samples.detach().cpu(), means.cpu()  # MPS has no float64 to count shares in
    distance, nearest = torch.cdist(samples, means.to(samples)).min(dim=1)  # (N,), (N,)
    good = distance <= sigmas * std
    count = torch.bincount(nearest[good], minlength=len(means)).double()  # (K,)
    modes = int((count > 0).sum())
    kl = math.log(len(means))
    if modes:
        share = count[count > 0] / count.sum()  # 0 log 0 = 0
        kl = float((share * (share * len(means)).log()).sum())

    inside = samples[good].double()
    squares = 0.0  # about each mode's own mean
    for mode in range(len(means)):
        members = inside[nearest[good] == mode]
        if len(members):
            squares += float(((members - members.mean(dim=0)) ** 2).sum())
    free = (len(inside) - modes) * samples.shape[1]
    spread = math.sqrt(squares / free) / std if free else 0.0
    return ModeCoverage(modes, float(good.double().mean()), kl, spread)


def frechet_distance(
    mean_a: np.ndarray, cov_a: np.ndarray, mean_b: np.ndarray, cov_b: np.ndarray
) -> float:
    """Squared Fréchet (2-Wasserstein) distance of two Gaussians, the formula of FID.

    |mean_a - mean_b|^2 + tr(cov_a + cov_b - 2 (cov_a cov_b)^(1/2)) (Dowson and Landau 1982). Means
    (d,), covariances (d, d); computed in float64.
    """
    arrays = [np.asarray(v, dtype=np.float64) for v in (mean_a, cov_a, mean_b, cov_b)]
    mean_a, cov_a, mean_b, cov_b = arrays
    d = mean_a.size
    if [v.shape for v in arrays] != [(d,), (d, d), (d,), (d, d)]:
        shapes = ", ".join(str(v.shape) for v in arrays)
        raise GanCourseError(
            "frechet_distance takes means (d,) and covariances (d, d), both of one d; "
            f"found {shapes}"
        )
    if not all(np.isfinite(v).all() for v in arrays):
        raise GanCourseError("frechet_distance: NaN or infinity in a mean or covariance")
    # tr (A B)^(1/2): sum of the roots of the eigenvalues of A^(1/2) B A^(1/2), which is symmetric
    values, vectors = scipy.linalg.eigh(cov_a)
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    cross = np.sqrt(scipy.linalg.eigvalsh(root @ cov_b @ root).clip(0)).sum()
    return float(((mean_a - mean_b) ** 2).sum() + np.trace(cov_a) + np.trace(cov_b) - 2 * cross)


def statistics(features: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Mean (d,) and covariance (d, d), float64, of features (N, d). N > d, for a full rank."""
    (x,) = _checked("statistics", features)
    n, d = x.shape
    if n <= d:
        raise GanCourseError(
            f"{n} samples are too few for the covariance of {d} features: "
            f"take at least {d + 1}, better {20 * d}"
        )
    return x.mean(dim=0).numpy(), x.T.cov().numpy()


def kernel_distance(features_a: Tensor, features_b: Tensor) -> float:
    """Squared maximum mean discrepancy with the kernel (x.y / d + 1)^3, the formula of KID.

    features_a, features_b: (N, d) and (M, d). Unbiased (Binkowski et al. 2018): its mean is 0 at
    any N where both are of one distribution, so it can come out below 0.
    """
    a, b = _checked("kernel_distance", features_a, features_b, at_least=2)

    def kernel(u: Tensor, v: Tensor) -> Tensor:
        return (u @ v.T / u.shape[1] + 1) ** 3

    def mean_of_pairs(u: Tensor) -> Tensor:
        table, n = kernel(u, u), len(u)
        return (table.sum() - table.trace()) / (n * (n - 1))  # no sample with itself

    return float(mean_of_pairs(a) + mean_of_pairs(b) - 2 * kernel(a, b).mean())


def classifier_score(logits: Tensor) -> float:
    """exp(E KL(p(y|x) || p(y))) for a classifier's logits (N, K).

    With Inception's it is the Inception score (Salimans et al. 2016). From 1 (every image reads
    alike) to K (each image is sure, all classes alike often). It never looks at real data.
    """
    (logits,) = _checked("classifier_score", logits)
    log_each = logits.log_softmax(dim=1)  # log p(y|x)
    log_all = log_each.logsumexp(dim=0) - np.log(len(logits))  # log p(y)
    kl = (log_each.exp() * (log_each - log_all)).sum(dim=1)  # (N,)
    return float(kl.mean().exp())


@dataclass(frozen=True)
class ClassHistogram:
    """shares: how often each class was read, summing to 1. kl: KL(shares || wanted) in nats."""

    shares: tuple[float, ...]
    kl: float

    def __str__(self) -> str:
        return f"rarest class {100 * min(self.shares):.1f} %, KL {self.kl:.4f}"


def class_histogram(
    labels: Tensor, num_classes: int = 10, wanted: Tensor | None = None
) -> ClassHistogram:
    """Count the classes read, labels (N,) int64. wanted: shares (K,) of the data, else 1 / K."""
    fits = labels.ndim == 1 and labels.dtype == torch.int64 and len(labels) > 0
    if not fits or labels.min() < 0 or labels.max() >= num_classes:
        raise GanCourseError(
            f"class_histogram takes labels (N,) int64 from 0 to {num_classes - 1}; "
            f"found {tuple(labels.shape)} {labels.dtype}"
        )
    shares = torch.bincount(labels.cpu(), minlength=num_classes).double() / len(labels)
    if wanted is None:
        goal = torch.full_like(shares, 1 / num_classes)
    else:
        goal = wanted.cpu().double() / wanted.sum().item()
    present = shares > 0  # 0 log 0 = 0
    kl = (shares[present] * (shares[present] / goal[present]).log()).sum()
    return ClassHistogram(tuple(shares.tolist()), float(kl))


@dataclass(frozen=True)
class PrecisionRecall:
    """precision: share of fakes in the real samples' support. recall: of real in the fakes'."""

    precision: float
    recall: float

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}"


def precision_recall(real: Tensor, fake: Tensor, k: int = 3) -> PrecisionRecall:
    """Improved precision and recall (Kynkäänniemi et al. 2019, equations 1 and 2).

    real, fake: features (N, d) and (M, d). A set's support is estimated by balls round its samples,
    each reaching to the k-th nearest neighbour in the set. The tables of distances are kept whole:
    5,000 against 5,000 take 0.2 GB.
    """
    real, fake = (t.float() for t in _checked("precision_recall", real, fake, at_least=k + 1))
    distance = torch.cdist(real, fake)  # (N, M)
    in_real_support = (distance <= _radius(real, k)[:, None]).any(dim=0)  # (M,)
    in_fake_support = (distance <= _radius(fake, k)[None, :]).any(dim=1)  # (N,)
    precision, recall = in_real_support.float().mean(), in_fake_support.float().mean()
    return PrecisionRecall(float(precision), float(recall))


def _radius(samples: Tensor, k: int) -> Tensor:
    """Distance of each sample (N, d) to its k-th nearest neighbour among the others: (N,)."""
    return torch.cdist(samples, samples).kthvalue(k + 1, dim=1).values  # the first is the sample


@dataclass(frozen=True)
class DensityCoverage:
    """density: real balls that a fake lies in, over the k expected: 1 for real data, or more.

    coverage: share of real balls that hold a fake.
    """

    density: float
    coverage: float

    def __str__(self) -> str:
        return f"density {self.density:.3f}, coverage {self.coverage:.3f}"


def density_coverage(real: Tensor, fake: Tensor, k: int = 5) -> DensityCoverage:
    """Density and coverage (Naeem et al. 2020, section 3), features (N, d) and (M, d).

    The balls are those of `precision_recall` round the real samples only. Of real data against real
    data, density is 1 and coverage 1 - 2^-k, nearly, where N = M >> k.
    """
    real, fake = (t.float() for t in _checked("density_coverage", real, fake))
    if len(real) <= k:
        raise GanCourseError(
            f"density_coverage needs at least {k + 1} rows of real samples for k = {k}; "
            f"found {len(real)}"
        )
    inside = torch.cdist(real, fake) <= _radius(real, k)[:, None]  # (N, M)
    density, coverage = inside.double().sum() / (k * len(fake)), inside.any(dim=1).double().mean()
    return DensityCoverage(float(density), float(coverage))


@dataclass(frozen=True)
class Memorisation:
    """generated, held_out: the median distance of each to its nearest training sample.

    copies: share of generated samples nearer than 99 % of the held-out; about 0.01 if perfect.
    """

    generated: float
    held_out: float
    copies: float

    def __str__(self) -> str:
        return (
            f"median distance {self.generated:.2f} (held-out {self.held_out:.2f}), "
            f"suspected copies {100 * self.copies:.1f} %"
        )


def nearest(samples: Tensor, reference: Tensor) -> tuple[Tensor, Tensor]:
    """Distance (N,) to, and index (N,) of, the row of `reference` (M, d) nearest to each sample."""
    samples, reference = (t.float() for t in _checked("nearest", samples, reference))
    parts = [torch.cdist(part, reference).min(dim=1) for part in samples.split(500)]
    return torch.cat([part.values for part in parts]), torch.cat([part.indices for part in parts])


def memorisation(fake: Tensor, train: Tensor, held_out: Tensor) -> Memorisation:
    """Are generated samples nearer to the training set than held-out real ones are?

    All (N, d), pixels or features. A weak test (Theis et al. 2016, on nearest neighbours): it finds
    stored samples, not shifted ones.
    """
    generated, control = nearest(fake, train)[0], nearest(held_out, train)[0]
    copies = (generated < control.quantile(0.01)).double().mean()
    return Memorisation(float(generated.median()), float(control.median()), float(copies))


def parzen_log_likelihood(samples: Tensor, test: Tensor, sigma: float) -> Tensor:
    """log density, in nats, of the mixture of N(sample, sigma^2 I) at `test` (M, d): (M,).

    The estimate of Goodfellow et al. 2014, table 1: 10,000 samples, pixels in [0, 1], sigma chosen
    on validation images. Theis et al. 2016 show why it ranks models wrongly.
    """
    samples, test = _checked("parzen_log_likelihood", samples, test)
    if not sigma > 0:
        raise GanCourseError(f"parzen_log_likelihood: sigma is {sigma}; it must be positive")
    norm = np.log(len(samples)) + 0.5 * samples.shape[1] * np.log(2 * np.pi * sigma**2)
    parts = []
    for part in test.split(500):
        exponent = -(torch.cdist(part, samples) ** 2) / (2 * sigma**2)  # (batch, N)
        parts.append(exponent.logsumexp(dim=1))
    return torch.cat(parts) - norm


def report(
    real: Tensor,
    fake: Tensor,
    logits: Tensor | None = None,
    asked: Tensor | None = None,
    pr_samples: int = 5000,
) -> dict[str, Any]:
    """The image metrics of one generator as a dict that can be printed or stored.

    real, fake: features (N, d) and (M, d); the Fréchet distance is left out where N or M is at most
    d. logits: (M, K) of the fakes, where a classifier reads them. asked: (M,) the labels that a
    conditional generator was asked for. pr_samples: precision, recall and kernel distance look at
    no more than that many of each, drawn with a fixed seed and not from the top, for files have an
    order: the first half of MNIST's test images is the easier one.
    """
    stream = torch.Generator().manual_seed(0)
    some_real = real[torch.randperm(len(real), generator=stream)[:pr_samples]]
    some_fake = fake[torch.randperm(len(fake), generator=stream)[:pr_samples]]
    support = precision_recall(some_real, some_fake)
    numbers: dict[str, Any] = {"samples": len(fake)}
    if min(len(real), len(fake)) > real.shape[1]:
        numbers["frechet_distance"] = frechet_distance(*statistics(real), *statistics(fake))
    numbers |= {
        "kernel_distance": kernel_distance(some_real, some_fake),
        "precision": support.precision,
        "recall": support.recall,
    }
    if logits is None:
        return numbers
    read = logits.argmax(dim=1)
    classes = class_histogram(read, logits.shape[1])
    numbers |= {
        "classifier_score": classifier_score(logits),
        "class_kl": classes.kl,
        "class_shares": [round(share, 4) for share in classes.shares],
    }
    if asked is not None:
        numbers["read_as_asked"] = float((read.cpu() == asked.cpu()).double().mean())
    return numbers
