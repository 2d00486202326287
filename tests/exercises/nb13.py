"""Right and wrong answers of notebook 13: exercise -> (right, [plausible wrong ones])."""

import torch
from torch.nn.functional import avg_pool2d, interpolate


def field(layers):
    seen, step = 1, 1
    for kernel, stride in layers:
        seen, step = seen + (kernel - 1) * step, step * stride
    return seen


def stride_first(layers):
    seen, step = 1, 1
    for kernel, stride in layers:
        step *= stride
        seen += (kernel - 1) * step
    return seen


def decibels(error, top=4.0):
    return 10 * torch.log10(top / error)


def change(found, low, mode="nearest"):
    side = found.shape[2] // low.shape[2]
    return interpolate(low - avg_pool2d(found, side), size=found.shape[2:], mode=mode)


CASES = {}

CASES["receptive_field"] = (
    field,
    [
        stride_first,  # the layer's own stride widens it
        lambda layers: 1 + sum(kernel - 1 for kernel, _ in layers),  # as if no layer had a stride
        lambda layers: sum(kernel for kernel, _ in layers),
    ],
)
CASES["psnr"] = (
    lambda found, real: decibels(((found - real) ** 2).mean(dim=(1, 2, 3))).mean(),
    [
        lambda found, real: decibels(((found - real) ** 2).mean()),  # the mean first
        # pixels in [0, 1]
        lambda found, real: decibels(((found - real) ** 2).mean(dim=(1, 2, 3)), 1.0).mean(),
        # 20 log10 of a squared error
        lambda found, real: decibels(((found - real) ** 2).mean(dim=(1, 2, 3))).mean() * 2,
    ],
)
CASES["keep_means"] = (
    lambda found, low: found + change(found, low),
    [
        lambda found, low: interpolate(low, size=found.shape[2:]),  # the blocks themselves
        lambda found, low: found + change(found, low, "bilinear"),  # smooth, but the means are off
        # within the range, the means are off again
        lambda found, low: (found + change(found, low)).clamp(-1, 1),
        lambda found, low: found,
    ],
)
