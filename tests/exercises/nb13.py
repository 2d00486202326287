"""Right and wrong answers of notebook 13: exercise -> (right, [plausible wrong ones])."""

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
CASES["least_error"] = (
    lambda draws: draws.var(dim=0).mean(),
    [
        lambda draws: draws.var(dim=0, unbiased=False).mean(),  # too small for few draws
        lambda draws: (draws[0] - draws[1]).pow(2).mean(),  # the error of a draw: twice as large
        lambda draws: draws.var(),  # over the questions as well
        lambda draws: draws.std(dim=0).mean(),
        lambda draws: draws.var(dim=1).mean(),  # over the questions, for each draw
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
