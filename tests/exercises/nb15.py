"""Right and wrong answers of notebook 15: exercise -> (right, [plausible wrong ones])."""

CASES = {}


def _adain(content, style, over=(2, 3), eps=1e-5):
    def moments(x):
        return x.mean(dim=over, keepdim=True), x.var(dim=over, keepdim=True, unbiased=False)

    (mean, var), (goal_mean, goal_var) = moments(content), moments(style)
    return (content - mean) / (var + eps).sqrt() * goal_var.sqrt() + goal_mean


def _split(grams, wanted, centre=None):
    mean = grams.mean(dim=0)
    return ((mean - wanted) ** 2).sum(), ((grams - (mean if centre is None else centre)) ** 2).sum(
        dim=(1, 2)
    ).mean()


CASES["adain"] = (
    _adain,
    [
        lambda content, style: _adain(content, style, over=(0, 2, 3)),  # statistics of the batch
        # divides by 0 in a constant channel
        lambda content, style: _adain(content, style, eps=0.0),
        lambda content, style: _adain(style, content),  # the wrong way round
        lambda content, style: (
            content - content.mean((2, 3), keepdim=True) + style.mean((2, 3), keepdim=True)
        ),
    ],
)
CASES["cycle_loss"] = (
    lambda forth, back, a, b: (back(forth(a)) - a).abs().mean() + (forth(back(b)) - b).abs().mean(),
    [
        lambda forth, back, a, b: (back(forth(a)) - a).abs().mean(),  # one trip alone
        lambda forth, back, a, b: (
            ((back(forth(a)) - a) ** 2).mean() + ((forth(back(b)) - b) ** 2).mean()
        ),
        lambda forth, back, a, b: (
            (forth(back(a)) - a).abs().mean() + (back(forth(b)) - b).abs().mean()
        ),
        lambda forth, back, a, b: (
            (back(forth(a)) - a).abs().mean() + (forth(back(b)) - b).abs().mean()
        ).detach(),
    ],
)
CASES["split"] = (
    _split,
    [
        lambda grams, wanted: _split(grams, wanted, centre=wanted),  # counts the first part twice
        # divides by N - 1
        lambda grams, wanted: (_split(grams, wanted)[0], grams.var(dim=0).sum()),
        # means over the entries, not sums
        lambda grams, wanted: tuple(part / 9 for part in _split(grams, wanted)),
        lambda grams, wanted: sum(_split(grams, wanted)),  # one number
    ],
)
