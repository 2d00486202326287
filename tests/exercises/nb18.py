"""Right and wrong answers of notebook 18: exercise -> (right, [plausible wrong ones])."""

import math

import torch


def mask(kernel, itself):
    flat = torch.zeros(kernel * kernel)
    flat[: kernel * kernel // 2 + itself] = 1
    return flat.reshape(kernel, kernel)


CASES = {}

CASES["kl_to_prior"] = (
    lambda mean, log_std: 0.5 * (mean**2 + (2 * log_std).exp() - 1 - 2 * log_std).sum(dim=1),
    [
        # a mean over coordinates
        lambda mean, log_std: 0.5 * (mean**2 + (2 * log_std).exp() - 1 - 2 * log_std).mean(dim=1),
        # takes log_std for the log variance
        lambda mean, log_std: 0.5 * (mean**2 + log_std.exp() - 1 - log_std).sum(dim=1),
        # the sign it has in the bound
        lambda mean, log_std: -0.5 * (mean**2 + (2 * log_std).exp() - 1 - 2 * log_std).sum(dim=1),
        # one number for the batch
        lambda mean, log_std: 0.5 * (mean**2 + (2 * log_std).exp() - 1 - 2 * log_std).sum(),
    ],
)
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
