"""Exercise checkers of notebook 06_mnist_mlp."""

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def to_bytes(answer):
    """x, floats in [-1, 1] -> uint8 pixels 0 .. 255; anything outside is clipped."""
    x = torch.tensor([-1.0, 1.0, -1.2, 1.3, 100 / 127.5 - 1 + 1e-3, 200 / 127.5 - 1 - 1e-3])
    pixels = call(answer, x)
    kind = getattr(pixels, "dtype", type(pixels).__name__)
    if kind != torch.uint8:
        raise Mismatch(f"Expected a torch.uint8 tensor, found {kind}.")
    why = (
        "Invert v / 127.5 - 1, clip before the cast (a byte wraps round), and round (a cast cuts "
        "off)."
    )
    expect(pixels, [0, 255, 0, 255, 100, 200], why, 0, "x = (-1, 1, -1.2, 1.3, ...)")
    return "Clip, then round, then cast."


@exercise
def nearest_other(answer):
    """images (N, 1, H, W) -> (N,): for each the index of the nearest other image among them."""
    images = torch.randn(6, 1, 4, 4, generator=torch.Generator().manual_seed(0))
    images[3] = images[1] + 0.05  # 1 and 3 are near each other
    images[4] = images[0]  # a duplicate: distance 0, and still another image
    images[5] = 3 * images[2]  # the largest product with image 2, but not the nearest to it
    distance = ((images[:, None] - images[None]) ** 2).sum(dim=(2, 3, 4))
    nearest = distance.fill_diagonal_(torch.inf).argmin(dim=1)
    why = (
        "Flatten to vectors, rule out each image itself (the diagonal), take the smallest "
        "Euclidean distance."
    )
    expect(call(answer, images), nearest, why, 0, "6 images, of which 0 and 4 are equal")
    return "Near pairs within a set of samples are a sign of missing variety."


@exercise
def frechet_isotropic(answer):
    """(mean, s) -> squared Fréchet distance of N(0, I_d) and N(mean, s^2 I_d); mean (d,)."""
    why = "|mean|^2 + tr(I + s^2 I - 2 s I) = |mean|^2 + d (1 - s)^2."
    for mean, s in ((torch.tensor([3.0, 4.0]), 1.0), (torch.zeros(64), 0.0), (torch.ones(5), 1.5)):
        wanted = float((mean**2).sum() + len(mean) * (1 - s) ** 2)
        expect(call(answer, mean, s), wanted, why, 1e-5, f"s = {s}")
    return (
        "A generator with one output, s = 0, pays d for the lost variety even with a perfect mean."
    )
