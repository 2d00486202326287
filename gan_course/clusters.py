"""Labels that nobody gave: k-means clusters of the training images. Notebook 08.

A game conditioned on them has a generator with one part a cluster, and so can cover modes that lie
apart; a continuous map of one connected z cannot. Liu et al. 2020 (self-conditioned GANs) find
their clusters among features of D, and again and again while it learns; here they are found once,
among the pixels, before the game begins. In DeLiGAN (Gurumurthy et al. 2017) z comes from a mixture
instead, whose parts D is not told of.
"""

import torch
from torch import Tensor

from gan_course.errors import GanCourseError

COMPONENTS = 32  # principal components in which distances are taken
FIT_ON = 20_000  # images that the centres are fitted to; the others join the nearest


def find(images: Tensor, count: int, seed: int = 0) -> Tensor:
    """The cluster of each image, (N,) int64, 0 the largest: (N, C, H, W) -> `count` clusters.

    k-means on the 32 first principal components of the pixels. The same seed gives the same
    clusters. Raises GanCourseError for fewer images than clusters.
    """
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import PCA

    if not 1 <= count <= len(images):
        raise GanCourseError(f"{len(images)} images cannot form {count} clusters")
    pixels = images.flatten(1).float().cpu().numpy()  # (N, C H W)
    some = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(seed))[:FIT_ON]
    size = min(COMPONENTS, *pixels[some].shape)
    axes = PCA(size, svd_solver="randomized", iterated_power=2, random_state=seed)
    axes.fit(pixels[some])
    points = axes.transform(pixels)  # (N, 32)
    kmeans = MiniBatchKMeans(count, batch_size=2048, n_init=1, random_state=seed)
    kmeans.fit(points[some])
    found = torch.from_numpy(kmeans.predict(points)).long()
    by_size = torch.bincount(found, minlength=count).argsort(descending=True, stable=True)
    return by_size.argsort()[found]


def shares(labels: Tensor, count: int) -> tuple[float, ...]:
    """The share of each label among (N,) int64: how often a generator is to be asked for it."""
    return tuple((torch.bincount(labels.cpu(), minlength=count) / len(labels)).tolist())
