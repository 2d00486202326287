"""Right and wrong answers of notebook 07: exercise -> (right, [plausible wrong ones])."""

import torch
from torch import nn

CASES = {}

CASES["transposed_size"] = (
    lambda m, kernel, stride, padding, output_padding: (
        (m - 1) * stride - 2 * padding + kernel + output_padding
    ),
    [
        lambda m, kernel, stride, padding, output_padding: m * stride,  # true for some layers only
        lambda m, kernel, stride, padding, output_padding: (
            (m - 1) * stride + 2 * padding + kernel + output_padding
        ),
        # the other direction
        lambda m, kernel, stride, padding, output_padding: (m + 2 * padding - kernel) // stride + 1,
        lambda m, kernel, stride, padding, output_padding: (m - 1) * stride - 2 * padding + kernel,
    ],
)


def overlaps(m, kernel, stride):
    counts = [0] * ((m - 1) * stride + kernel)
    for i in range(m):
        for place in range(i * stride, i * stride + kernel):
            counts[place] += 1
    return counts


CASES["overlaps"] = (
    overlaps,
    [
        lambda m, kernel, stride: overlaps(m, kernel, 1),  # forgets the stride
        lambda m, kernel, stride: overlaps(m, kernel, stride)[: m * stride],  # too short
        lambda m, kernel, stride: [kernel / stride] * ((m - 1) * stride + kernel),  # the mean
    ],
)


def resize_block(n_in, n_out):
    conv = nn.Conv2d(n_in, n_out, 3, padding=1, bias=False)
    return nn.Sequential(nn.Upsample(scale_factor=2), conv, nn.BatchNorm2d(n_out), nn.ReLU())


def _block(*layers):
    return lambda n_in, n_out: nn.Sequential(*(layer(n_in, n_out) for layer in layers))


def _norm(n_in, n_out):
    return nn.BatchNorm2d(n_out)


def _up(n_in, n_out):
    return nn.Upsample(scale_factor=2)


def _relu(n_in, n_out):
    return nn.ReLU()


CASES["resize_block"] = (
    resize_block,
    [
        _block(lambda a, b: nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False), _norm, _relu),
        _block(_up, lambda a, b: nn.Conv2d(a, b, 3, padding=1), _norm, _relu),  # a useless bias
        _block(_up, lambda a, b: nn.Conv2d(a, b, 3, bias=False), _norm, _relu),  # loses the border
        _block(_up, lambda a, b: nn.Conv2d(a, b, 3, padding=1, bias=False), _norm),  # no ReLU
        _block(
            lambda a, b: nn.Conv2d(a, 4 * b, 3, padding=1, bias=False),
            lambda a, b: nn.PixelShuffle(2),
            _norm,
            _relu,
        ),
        torch.zeros(1),
    ],
)
