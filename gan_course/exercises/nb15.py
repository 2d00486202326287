"""Exercise checkers of notebook 15_style_transfer."""

import torch

from gan_course.grading import Mismatch, call, exercise, expect


@exercise
def adain(answer):
    """answer(content, style) -> content (N, C, H, W) with the style's mean and deviation, per picture and channel."""
    generator = torch.Generator().manual_seed(0)
    content = 2 * torch.randn(3, 4, 6, 5, generator=generator) + 1
    style = 0.5 * torch.randn(3, 4, 3, 7, generator=generator) - torch.arange(4.0)[:, None, None]
    content[0, 0] = 7.0  # a constant channel: no deviation to divide by
    (mean, var), (goal_mean, goal_var) = (
        (x.mean(dim=(2, 3), keepdim=True), x.var(dim=(2, 3), keepdim=True, unbiased=False)) for x in (content, style)
    )
    wanted = (content - mean) / (var + 1e-5).sqrt() * goal_var.sqrt() + goal_mean
    why = "Per picture and channel: (content - its mean) / sqrt(its variance + 1e-5), times the style's deviation, plus its mean."
    expect(call(answer, content.clone(), style.clone()), wanted, why, 1e-4, "pictures of 6 x 5, styles of 3 x 7")
    return "First and second moments of each channel; a Gram matrix also holds the products of different channels."


@exercise
def cycle_loss(answer):
    """answer(forth, back, a, b) -> E|back(forth(a)) - a| + E|forth(back(b)) - b|, a scalar that keeps its graph."""
    generator = torch.Generator().manual_seed(0)
    a, b = torch.randn(4, 1, 3, 3, generator=generator), torch.randn(5, 1, 3, 3, generator=generator)
    scale = torch.tensor(2.0, requires_grad=True)
    forth, back = (lambda x: scale * x + 1), (lambda x: x**2)
    wanted = ((2 * a + 1) ** 2 - a).abs().mean() + (2 * b**2 + 1 - b).abs().mean()
    found = call(answer, forth, back, a, b)
    why = "Both trips, a -> forth -> back and b -> back -> forth; the mean of absolute differences of each, added."
    expect(found, wanted, why, 1e-5, "a of 4 and b of 5 pictures")
    if not getattr(found, "requires_grad", False):
        raise Mismatch("The value is right, but it has no gradient: detach nothing, both translators learn from it.")
    return "Zero for every pair of maps that undo each other, whatever they do in between."


@exercise
def another_class(answer):
    """answer(labels (N,)) -> a bijection pi of 0 .. N - 1, (N,) int64, with labels[pi] != labels everywhere."""
    generator = torch.Generator().manual_seed(0)
    cases = {
        "twelve labels": torch.tensor([3, 1, 1, 0, 2, 3, 0, 2, 1, 3, 0, 2]),
        "a class with half of the labels": torch.tensor([5, 5, 5, 5, 1, 2, 1, 3]),
        "200 digits": torch.randint(0, 10, (200,), generator=generator),
    }
    for case, labels in cases.items():
        found = torch.as_tensor(call(answer, labels.clone()))
        if found.shape != labels.shape:
            raise Mismatch(f"Expected {len(labels)} indices for {case}, found shape {tuple(found.shape)}.")
        expect(found.sort().values, torch.arange(len(labels)), "Each index must occur once: else it is no bijection.", 0, case)
        same = int((labels[found] == labels).sum())
        if same:
            raise Mismatch(f"For {case}, {same} go to their own class. Shift the sorted labels by the size of the largest class.")
    return "With its inverse on the way back, the cycle loss is 0, and no content is kept."
