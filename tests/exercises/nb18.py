"""Right and wrong answers of notebook 18: exercise -> (right, [plausible wrong ones])."""

import math

import torch


def mask(kernel, itself):
    flat = torch.zeros(kernel * kernel)
    flat[: kernel * kernel // 2 + itself] = 1
    return flat.reshape(kernel, kernel)


CASES = {}

CASES["causal_mask"] = (
    mask,
    [
        # a triangle, as for sequences
        lambda kernel, itself: torch.ones(kernel, kernel).tril(0 if itself else -1),
        # sees itself in the first layer: copies the pixel
        lambda kernel, itself: mask(kernel, True),
        lambda kernel, itself: mask(kernel, itself).T,  # columns in place of rows
        lambda kernel, itself: 1 - mask(kernel, not itself),  # the future
    ],
)
CASES["bits_per_dimension"] = (
    lambda nats, pixels, scale: (nats / pixels - math.log(scale)) / math.log(2),
    [
        lambda nats, pixels, scale: nats / (pixels * math.log(2)),  # forgets the units
        lambda nats, pixels, scale: nats / pixels - math.log(scale),  # nats, not bits
        # the wrong sign of the Jacobian
        lambda nats, pixels, scale: (nats / pixels + math.log(scale)) / math.log(2),
        # one pixel's Jacobian only
        lambda nats, pixels, scale: (nats - math.log(scale)) / (pixels * math.log(2)),
    ],
)


def softmax_mean(z, points, scale=1.0, shift=True):
    """The mean of the points, weighted by their distance to z + m (or to z)."""
    centre = z + points.mean(dim=0) if shift else z
    distance = torch.cdist(centre, points) ** 2
    return (-distance / (2 * scale)).softmax(dim=1) @ points


def naive(z, points):
    """Right but for large numbers."""
    distance = ((z[:, None] + points.mean(dim=0) - points) ** 2).sum(dim=2)
    weight = torch.exp(-distance / 2)
    return weight @ points / weight.sum(dim=1, keepdim=True)


CASES["two_steps"] = (
    softmax_mean,
    [
        lambda z, points: points.mean(dim=0).expand_as(z),  # one step
        lambda z, points: points[torch.cdist(z, points).argmin(dim=1)],  # many steps
        lambda z, points: softmax_mean(z, points, shift=False),  # as if it stood at z still
        lambda z, points: softmax_mean(z, points, scale=0.25),  # noise of half the size, twice
        lambda z, points: (z + points.mean(dim=0)) / 2,  # stops half way
        naive,
    ],
)
