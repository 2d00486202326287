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
def least_error(answer):
    """draws (K, N, C, H, W), K from the posterior of each of N questions -> a number.

    It is the mean squared error, over pictures and pixels, that no answer can beat.
    """
    why = (
        "The least error is the mean variance of the posteriors: a variance for each question and "
        "pixel, over its K draws alone, that is right on average for few draws too."
    )
    stream = torch.Generator().manual_seed(0)
    # questions differ in what the answer is, and pixels in how much is open
    middle = 2 * torch.rand(4000, 1, 3, 3, generator=stream) - 1
    deviation = torch.linspace(0.1, 0.9, 9).view(1, 1, 3, 3)
    wanted = (deviation**2).mean()
    for count in (2, 3, 8):
        noise = torch.randn(count, *middle.shape, generator=stream)
        found = call(answer, middle + deviation * noise)
        expect(found, wanted, why, 0.01, f"{count} draws for each of 4,000 questions")
    # two answers, far apart and equally likely
    sign = torch.randint(2, (2, 4000, 1, 1, 1), generator=stream) * 2.0 - 1
    picture = torch.linspace(0.5, 1, 9).view(1, 1, 1, 3, 3)
    wanted = (picture**2).mean()
    expect(call(answer, sign * picture), wanted, why, 0.02, "a black and a white answer")
    return (
        "So a sampler says, without one true picture, what regression could reach at best: half of "
        "the mean squared difference between two of its draws."
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
