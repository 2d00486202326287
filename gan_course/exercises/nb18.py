"""Exercise checkers of notebook 18_generative_families."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def causal_mask(answer):
    """(kernel, itself) -> (kernel, kernel) of 0 and 1: what a masked convolution keeps."""
    why = (
        "Keep the rows above, and of the middle row what lies to the left; the middle itself only "
        "if `itself`."
    )
    for kernel, itself in ((3, False), (3, True), (5, False), (7, True)):
        mask = torch.as_tensor(call(answer, kernel, itself)).float()
        middle = kernel // 2
        wanted = torch.zeros(kernel, kernel)
        wanted[:middle] = 1
        wanted[middle, : middle + int(itself)] = 1
        expect(mask, wanted, why, 1e-6, f"kernel {kernel}, itself={itself}")
    return (
        "Only the first layer hides the pixel itself: from then on `itself` is what earlier pixels "
        "said."
    )


@exercise
def bits_per_dimension(answer):
    """(nats, pixels, scale) -> bits a pixel, for x = scale * (level + u) + shift.

    nats: minus log-density in the units of x. u: uniform on [0, 1).
    """
    why = (
        "In units of levels the density is scale^pixels times as high: nats - pixels log(scale), "
        "then / (pixels log 2)."
    )
    bits = call(answer, 196 * math.log(8), 196, 1.0)
    expect(bits, 3.0, why, 1e-5, "1/8 for each of eight levels")
    for levels, scale in ((8, 2 / 8), (256, 1 / 256)):
        case = f"a uniform density on {levels} levels, a level being {scale:.4g} wide"
        bits = call(answer, 10 * math.log(levels * scale), 10, scale)
        expect(bits, math.log2(levels), why, 1e-4, case)
    bits = call(answer, -100.0, 784, 2 / 256)
    if float(bits) < 0:
        raise Mismatch(f"Expected at least 0 bits, found {float(bits):.3f}. {why}")
    wanted = (-100 - 784 * math.log(2 / 256)) / (784 * math.log(2))
    expect(bits, wanted, why, 1e-4, "-100 nats, 784 pixels, 256 levels")
    return "Negative nats of a density are no miracle: the units were."


@exercise
def two_steps(answer):
    """(z (N, d), points (K, d)) -> (N, d): two Euler steps of flow matching, perfect network."""
    why = (
        "Walk it by hand: where does the first step end? At t = 1/2 noise and point have both "
        "half their size: how likely is each point, given that place? The shares sum to 1."
    )
    one = torch.tensor([[3.0, -1.0]])
    z = torch.tensor([[0.0, 0.0], [5.0, 5.0], [-2.0, 1.0]])
    expect(call(answer, z, one), one.expand(3, 2), why, 1e-4, "a single point")
    line = torch.tensor([[-1.0], [1.0]])
    z = torch.tensor([[0.0], [0.5], [-2.0]])
    expect(call(answer, z, line), torch.tanh(z), why, 1e-4, "the points -1 and 1 on a line")
    stream = torch.Generator().manual_seed(0)
    points = 2 * torch.randn(5, 3, generator=stream) + 1.0  # their mean is not 0
    z = torch.randn(7, 3, generator=stream)
    wanted = _end_of_two_steps(z.double(), points.double())
    expect(call(answer, z, points), wanted, why, 1e-3, "five points in space")
    far = torch.tensor([[60.0], [-80.0]])
    case = "noise and points far out: weights under- or overflow unless a softmax takes them"
    expect(call(answer, far, 40 * line), [[40.0], [-40.0]], why, 1e-3, case)
    return (
        "The mean of the data has become a mean of the near ones: with each further step the "
        "samples come nearer to the data, and a perfect network ends on them."
    )


def _end_of_two_steps(z, points):
    """Two steps as they are walked, with the velocity (E[x | x_t] - x_t) / (1 - t)."""
    x = z
    for t in (0.0, 0.5):
        log_weight = -((x[:, None] - t * points) ** 2).sum(dim=2) / (2 * (1 - t) ** 2)
        weight = (log_weight - log_weight.max(dim=1, keepdim=True).values).exp()
        weight = weight / weight.sum(dim=1, keepdim=True)
        x = x + 0.5 * (weight @ points - x) / (1 - t)
    return x
