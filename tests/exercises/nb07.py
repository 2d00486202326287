"""Right and wrong answers of notebook 07: exercise -> (right, [plausible wrong ones])."""

import torch
from torch import nn

CASES = {}


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


def _norm_before(n_in, n_out):
    return nn.BatchNorm2d(n_in)


def _up(n_in, n_out):
    return nn.Upsample(scale_factor=2)


def _conv(n_in, n_out):
    return nn.Conv2d(n_in, n_out, 3, padding=1, bias=False)


def _relu(n_in, n_out):
    return nn.ReLU()


class _Functional(nn.Module):
    """The right block, with a kernel of its own in place of nn.Conv2d."""

    def __init__(self, n_in, n_out):
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(n_out, n_in, 3, 3) / 8)
        self.norm = nn.BatchNorm2d(n_out)

    def forward(self, x):
        x = nn.functional.interpolate(x, scale_factor=2)
        return nn.functional.conv2d(x, self.kernel, padding=1).clamp(min=0)


class _FunctionalRight(_Functional):
    def forward(self, x):
        x = nn.functional.interpolate(x, scale_factor=2)
        return self.norm(nn.functional.conv2d(x, self.kernel, padding=1)).relu()


CASES["resize_block"] = (
    _FunctionalRight,
    [
        _Functional,  # there is a batch norm, and it is not used
        _block(lambda a, b: nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False), _norm, _relu),
        _block(_up, lambda a, b: nn.Conv2d(a, b, 3, padding=1), _norm, _relu),  # a useless bias
        _block(_up, lambda a, b: nn.Conv2d(a, b, 3, bias=False), _norm, _relu),  # loses the border
        _block(_up, _conv, _norm),  # no ReLU
        _block(_up, _conv, _relu),  # no batch norm
        _block(_up, _norm_before, _conv, _relu),  # the ReLU sees what nothing has normalised
        _block(_norm_before, _up, _conv, _relu),
        _block(_up, _conv, _relu, _norm),
        _block(_conv, _norm, _relu, _up),  # squares of 2 x 2
        _block(
            lambda a, b: nn.Conv2d(a, 4 * b, 3, padding=1, bias=False),
            lambda a, b: nn.PixelShuffle(2),
            _norm,
            _relu,
        ),
        torch.zeros(1),
    ],
)


def even_kernel(weight):
    repaired = weight.clone()
    mean = sum(weight[..., i::2, j::2].sum(dim=(2, 3)) for i in (0, 1) for j in (0, 1)) / 4
    for i in (0, 1):
        for j in (0, 1):
            excess = weight[..., i::2, j::2].sum(dim=(2, 3)) - mean
            repaired[..., i::2, j::2] -= excess[..., None, None] / 4
    return repaired


def _scaled(weight):
    """Each group divided by its sum, times the mean of the sums: even, and not the nearest."""
    repaired = weight.clone()
    mean = weight.sum(dim=(2, 3)) / 4
    for i in (0, 1):
        for j in (0, 1):
            factor = mean / weight[..., i::2, j::2].sum(dim=(2, 3))
            repaired[..., i::2, j::2] *= factor[..., None, None]
    return repaired


CASES["even_kernel"] = (
    even_kernel,
    [
        torch.zeros_like,  # flat, and black
        lambda w: w.mean(dim=(2, 3), keepdim=True).expand_as(w),  # flat, and far away
        _scaled,
        lambda w: w - w.mean(dim=(2, 3), keepdim=True),  # takes the brightness, leaves the pattern
        lambda w: (w + w.flip(3)) / 2,  # even across, not along
        lambda w: even_kernel(w)[..., :3, :3],
    ],
)
