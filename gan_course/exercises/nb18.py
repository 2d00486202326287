"""Exercise checkers of notebook 18_generative_families."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def kl_to_prior(answer):
    """(mean, log_std), each (N, d) -> (N,): KL(N(mean, diag(std^2)) || N(0, I)) in nats."""
    why = (
        "Each coordinate costs (mean^2 + std^2 - 1) / 2 - log std; sum over the coordinates of a "
        "row."
    )
    zero = torch.zeros(3, 2)
    expect(call(answer, zero, zero), torch.zeros(3), why, 1e-5, "q equal to the prior")
    mean, case = torch.tensor([[1.0, 2.0], [0.0, 0.0]]), "means (1, 2) and (0, 0), deviation 1"
    expect(call(answer, mean, torch.zeros(2, 2)), [2.5, 0.0], why, 1e-5, case)
    log_std = torch.tensor([[math.log(2), 0.0], [-3.0, -1.0]])
    wanted = (mean**2 / 2 + (torch.exp(2 * log_std) - 1) / 2 - log_std).sum(dim=1)
    expect(call(answer, mean, log_std), wanted, why, 1e-4, "other deviations")
    return "It is never negative, and 0 only where the code says nothing of x."


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
