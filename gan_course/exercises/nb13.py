"""Exercise checkers of notebook 13_inpainting_super_resolution."""

import torch
from torch.nn.functional import avg_pool2d, interpolate

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def receptive_field(answer):
    """layers [(kernel, stride)], from the input on -> pixels in a row that one output sees."""
    why = (
        "Start from a field of 1 and a step of 1; each layer adds (kernel - 1) * step, then the "
        "step grows by its stride."
    )
    for layers in (
        [(3, 1)],
        [(3, 1), (3, 1)],
        [(4, 2), (3, 1)],
        [(4, 2), (4, 2), (4, 2), (3, 1)],
        [(5, 3), (1, 1), (2, 2), (3, 1)],
    ):
        field, step = 1, 1
        for kernel, stride in layers:
            field, step = field + (kernel - 1) * step, step * stride
        expect(call(answer, list(layers)), field, why, 1e-6, f"layers {layers}")
    return "The stride of the last layer does not matter: it moves outputs apart, and widens none."


@exercise
def psnr(answer):
    """(made, real) -> peak signal-to-noise ratio in dB, mean over pictures; pixels in [-1, 1]."""
    why = (
        "10 log10(range squared / mean squared error) with a range of 2, for each picture; the "
        "mean comes last."
    )
    draw = torch.Generator().manual_seed(0)
    real = torch.rand(6, 1, 8, 8, generator=draw) * 2 - 1
    sizes = torch.tensor([0.01, 0.05, 0.1, 0.2, 0.4, 0.8]).view(-1, 1, 1, 1)
    noise = torch.randn(6, 1, 8, 8, generator=draw) * sizes
    one = call(answer, real[:1] + 0.2, real[:1])
    expect(one, 20.0, why, 1e-3, "one picture, every pixel off by 0.2")
    error = (noise**2).mean(dim=(1, 2, 3))
    wanted = (10 * torch.log10(4 / error)).mean()
    expect(call(answer, real + noise, real), wanted, why, 1e-3, "six pictures of unlike error")
    return (
        "The mean of decibels is not the decibels of the mean error: one good picture can lift it."
    )


@exercise
def keep_means(answer):
    """(made, low) -> the pictures nearest to made whose block means are low."""
    why_means = "The means of the result's blocks must be low."
    why_pixels = (
        "The means are right, but the change is larger than needed: add one number to all pixels "
        "of a block."
    )
    draw = torch.Generator().manual_seed(1)
    for size, whole in ((7, 28), (14, 28), (3, 12)):
        made = torch.rand(4, 1, whole, whole, generator=draw) * 2 - 1
        low = torch.rand(4, 1, size, size, generator=draw) * 2 - 1
        result = call(answer, made.clone(), low.clone())
        shape = tuple(getattr(result, "shape", ()))
        if shape != made.shape:
            raise Mismatch(f"Expected shape {tuple(made.shape)}, found {shape}.")
        side = whole // size
        means, case = avg_pool2d(result, side), f"the means of blocks of {side} x {side}"
        expect(means.flatten(), low.flatten(), why_means, 1e-4, case)
        wanted = made + interpolate(low - avg_pool2d(made, side), scale_factor=side)
        expect(result.flatten(), wanted.flatten(), why_pixels, 1e-4, "the pixels")
    return (
        "Applied to any answer, it can only lower the squared error: the truth has these means, "
        "too."
    )
