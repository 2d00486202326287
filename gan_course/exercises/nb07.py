"""Exercise checkers of notebook 07_dcgan."""

import torch
from torch import nn
from torch.nn import functional as F

from gan_course.exercises.frame import Mismatch, NotAttempted, call, exercise, expect


@exercise
def overlaps(answer):
    """(m, kernel, stride) -> how many of the m inputs reach each output place, no padding."""
    why = "Draw it: copies of the kernel, a stride apart, and count what lies above each place."
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
        raise Mismatch("There is a layer with weights of its own for each group of pixels.")
    block.train()
    x = torch.randn(3, 6, 5, 7, generator=torch.Generator().manual_seed(0))
    images = block(x)
    if images is ...:
        raise NotAttempted
    if images.shape != (3, 4, 10, 14):
        shape = tuple(images.shape)
        raise Mismatch(f"Expected (3, 4, 10, 14) from (3, 6, 5, 7), found {shape}: double both.")
    if images.min() < 0 or not (images == 0).any():
        raise Mismatch("ReLU comes last: no output is negative, and some are 0.")
    kernels = [p for p in block.parameters() if p.ndim == 4]
    squares = F.avg_pool2d(images, 2).repeat_interleave(2, 2).repeat_interleave(2, 3)
    if not kernels or max(kernels[-1].shape[2:]) < 2 or torch.allclose(squares, images):
        raise Mismatch("The pixels stay squares of 2 x 2: a kernel of 3 should work after them.")
    norms = [m for m in layers if isinstance(m, nn.BatchNorm2d)]
    if not norms:
        raise Mismatch("There is no batch norm.")
    own = {id(p) for m in norms for p in m.parameters()}
    if any(p.ndim == 1 and id(p) not in own for p in block.parameters()):
        raise Mismatch("Something in the convolution is useless beside batch norm. What?")
    with torch.no_grad():
        for kernel in kernels:
            kernel.mul_(7)  # batch norm after the convolution takes the factor out again
        if not torch.allclose(block(x), images, atol=0.01):
            raise Mismatch(
                "Seven times the weights change the output: what the ReLU sees is not normalised. "
                "Where does batch norm stand?"
            )
        inside = block.eval()(torch.ones(1, 6, 6, 6))[..., 3:-3, 3:-3]
    flat = inside[..., :1, :1].expand_as(inside)
    expect(inside, flat, "A flat input should stay flat away from the border.", 1e-4)
    return "A flat input stays flat, whatever the weights."


@exercise
def even_kernel(answer):
    """Weights (a, b, 4, 4) -> the nearest ones of which a flat input makes no checkerboard."""
    stream = torch.Generator().manual_seed(0)
    weight = torch.randn(3, 2, 4, 4, generator=stream)
    given = weight.clone()
    repaired = call(answer, weight)
    shape = tuple(getattr(repaired, "shape", ()))
    if shape != tuple(given.shape):
        found = shape or type(repaired).__name__
        raise Mismatch(f"Expected weights of shape (3, 2, 4, 4), found {found}.")
    repaired = torch.as_tensor(repaired).detach().to(given.dtype)
    flat = torch.randn(1, 3, 1, 1, generator=stream).expand(1, 3, 6, 6)
    drawn = F.conv_transpose2d(flat, repaired, stride=2, padding=1)[..., 2:-2, 2:-2]
    spread = (drawn - drawn.mean(dim=(2, 3), keepdim=True)).abs().max().item()
    if spread > 1e-4:
        raise Mismatch(f"A flat input still gives a pattern: pixels differ by {spread:.3f}.")
    before = F.conv_transpose2d(flat, given, stride=2, padding=1)[..., 2:-2, 2:-2]
    change = (drawn.mean(dim=(2, 3)) - before.mean(dim=(2, 3))).abs().max().item()
    if change > 1e-4:
        raise Mismatch(f"Flat stays flat, but the mean brightness moves by {change:.3f}.")
    groups = given.unflatten(3, (2, 2)).unflatten(2, (2, 2))  # (a, b, 2, row, 2, column)
    sums = groups.sum(dim=(2, 4), keepdim=True)
    best = groups - (sums - sums.mean(dim=(3, 5), keepdim=True)) / 4
    least = (best - groups).norm().item()
    moved = (repaired - given).norm().item()
    if moved > 1.001 * least + 1e-5:
        raise Mismatch(
            f"No pattern is left, but the weights move by {moved:.3f} where {least:.3f} is enough."
        )
    return "Four sums made equal, each change spread evenly over its four weights."
