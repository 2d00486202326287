"""Exercise checkers of notebook 15_style_transfer."""

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def adain(answer):
    """(content, style) -> content (N, C, H, W) with the style's mean and deviation.

    Both are taken per picture and channel.
    """
    why = (
        "Per picture and channel: (content - its mean) / sqrt(its variance + 1e-5), times the "
        "style's deviation, plus its mean."
    )
    generator = torch.Generator().manual_seed(0)
    content = 2 * torch.randn(3, 4, 6, 5, generator=generator) + 1
    style = 0.5 * torch.randn(3, 4, 3, 7, generator=generator) - torch.arange(4.0)[:, None, None]
    content[0, 0] = 7.0  # a constant channel: no deviation to divide by
    per_channel = {"dim": (2, 3), "keepdim": True}
    var, style_var = (x.var(unbiased=False, **per_channel) for x in (content, style))
    normalised = (content - content.mean(**per_channel)) / (var + 1e-5).sqrt()
    wanted = normalised * style_var.sqrt() + style.mean(**per_channel)
    result = call(answer, content.clone(), style.clone())
    expect(result, wanted, why, 1e-4, "pictures of 6 x 5, styles of 3 x 7")
    return (
        "First and second moments of each channel; a Gram matrix also holds the products of "
        "different channels."
    )


@exercise
def cycle_loss(answer):
    """(forth, back, a, b) -> E|back(forth(a)) - a| + E|forth(back(b)) - b|, with its graph."""
    why = (
        "Both trips, a -> forth -> back and b -> back -> forth; the mean of absolute differences "
        "of each, added."
    )
    generator = torch.Generator().manual_seed(0)
    a = torch.randn(4, 1, 3, 3, generator=generator)
    b = torch.randn(5, 1, 3, 3, generator=generator)
    scale = torch.tensor(2.0, requires_grad=True)
    wanted = ((2 * a + 1) ** 2 - a).abs().mean() + (2 * b**2 + 1 - b).abs().mean()
    loss = call(answer, lambda x: scale * x + 1, lambda x: x**2, a, b)
    expect(loss, wanted, why, 1e-5, "a of 4 and b of 5 pictures")
    if not getattr(loss, "requires_grad", False):
        raise Mismatch(
            "The value is right, but it has no gradient: detach nothing, both translators learn "
            "from it."
        )
    return "Zero for every pair of maps that undo each other, whatever they do in between."


@exercise
def split(answer):
    """(grams (N, C, C), wanted (C, C)) -> |mean - wanted|^2 and the mean of |G_n - mean|^2."""
    why_first = "First: the sum of squares of mean minus wanted."
    why_second = (
        "Second: distances to the mean of the matrices, summed over C x C, averaged over N."
    )
    generator = torch.Generator().manual_seed(0)
    for case, n in (("five matrices", 5), ("a single one, which has no spread", 1)):
        grams = torch.rand(n, 3, 3, generator=generator) + torch.arange(3.0)
        wanted = torch.rand(3, 3, generator=generator)
        mean = grams.mean(dim=0)
        pair = call(answer, grams.clone(), wanted.clone())
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise Mismatch("Expected two scalars: the distance of the mean, and the spread.")
        expect(pair[0], ((mean - wanted) ** 2).sum(), why_first, 1e-4, case)
        expect(pair[1], ((grams - mean) ** 2).sum(dim=(1, 2)).mean(), why_second, 1e-4, case)
    return (
        "Together they are the mean distance of single matrices to the wanted one; sets that match "
        "may still be spread."
    )
