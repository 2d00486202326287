"""Exercise checkers of notebook 07_dcgan."""

import torch
from torch import nn

from gan_course.exercises.frame import Mismatch, NotAttempted, call, exercise, expect


@exercise
def transposed_size(answer):
    """(m, kernel, stride, padding, output_padding) -> output length of a transposed convolution."""
    why = "(m - 1) * stride - 2 * padding + kernel + output_padding."
    for m, k, s, p, o in (
        (7, 4, 2, 1, 0),
        (7, 3, 2, 1, 1),
        (1, 7, 1, 0, 0),
        (7, 8, 4, 2, 0),
        (5, 5, 3, 0, 2),
    ):
        case = f"m = {m}, kernel {k}, stride {s}, padding {p}, output padding {o}"
        expect(call(answer, m, k, s, p, o), (m - 1) * s - 2 * p + k + o, why, 0, case)
    return "7 to 28 in one layer: kernel 8, stride 4, padding 2; or kernel 4, stride 4, padding 0."


@exercise
def overlaps(answer):
    """(m, kernel, stride) -> how many of the m inputs reach each output place, no padding."""
    why = "Input i adds one to each of the places i * stride up to i * stride + kernel - 1."
    for m, k, s in ((4, 3, 2), (4, 4, 2), (3, 5, 2), (3, 2, 3), (1, 4, 2)):
        wanted = torch.zeros((m - 1) * s + k)
        for i in range(m):
            wanted[i * s : i * s + k] += 1
        expect(call(answer, m, k, s), wanted, why, 0, f"m = {m}, kernel {k}, stride {s}")
    return "Inside, the counts are even when the stride divides the kernel."


@exercise
def resize_block(answer):
    """(n_in, n_out) -> a module: resize by 2, convolution without bias, batch norm, ReLU."""
    block = call(answer, 6, 4)
    if not isinstance(block, nn.Module):
        raise Mismatch(f"Expected a module (nn.Sequential), found {type(block).__name__}.")
    layers = list(block.modules())
    if any(isinstance(m, nn.ConvTranspose2d | nn.PixelShuffle) for m in layers):
        raise Mismatch(
            "There is a layer with weights of its own for each group of pixels: resize first, then "
            "convolve."
        )
    images = block(torch.randn(3, 6, 5, 7, generator=torch.Generator().manual_seed(0)))
    if images is ...:
        raise NotAttempted
    if images.shape != (3, 4, 10, 14):
        shape = tuple(images.shape)
        raise Mismatch(f"Expected (3, 4, 10, 14) from (3, 6, 5, 7), found {shape}: double both.")
    normalised = any(isinstance(m, nn.BatchNorm2d) for m in layers)
    if not normalised or images.min() < 0 or not (images == 0).any():
        raise Mismatch(
            "Batch norm and then ReLU should follow the convolution: no output is negative, and "
            "some are 0."
        )
    kernels = [m for m in layers if isinstance(m, nn.Conv2d)]
    if not kernels or max(kernels[0].kernel_size) < 2:
        raise Mismatch(
            "A convolution of kernel 3 should follow the resizing; without one the pixels stay "
            "2 x 2 squares."
        )
    if any(m.bias is not None for m in kernels):
        raise Mismatch("The convolution has a bias, which batch norm subtracts again: bias=False.")
    with torch.no_grad():
        inside = block.eval()(torch.ones(1, 6, 6, 6))[..., 3:-3, 3:-3]
    flat = inside[..., :1, :1].expand_as(inside)
    expect(inside, flat, "A flat input should stay flat away from the border.", 1e-5)
    return "A flat input stays flat, whatever the weights."
