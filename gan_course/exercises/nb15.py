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
def translator(answer):
    """(cov_a, cov_b, turn), all (d, d) -> W (d, d): x -> W x takes N(0, cov_a) to N(0, cov_b).

    turn: any orthogonal matrix; another one gives another W.
    """
    why = (
        "W x has the covariance W cov_a W^T, which must be cov_b: make x white with a root of "
        "cov_a, turn it, and give it a root of cov_b."
    )
    generator = torch.Generator().manual_seed(0)
    for d in (2, 3, 5):
        roots = torch.randn(2, d, d, generator=generator, dtype=torch.float64)
        cov_a, cov_b = roots @ roots.transpose(1, 2) + 0.5 * torch.eye(d, dtype=torch.float64)
        turns = []
        for _ in range(2):
            square = torch.randn(d, d, generator=generator, dtype=torch.float64)
            turns.append(torch.linalg.qr(square)[0])
        found = [call(answer, cov_a.clone(), cov_b.clone(), turn.clone()) for turn in turns]
        for W in found:
            shape = tuple(getattr(W, "shape", ()))
            if shape != (d, d):
                raise Mismatch(f"Expected a matrix of shape {(d, d)}, found {shape}.")
            made = (W @ cov_a @ W.T).flatten()
            expect(made, cov_b.flatten(), why, 1e-6, f"the covariance of W x, d = {d}")
        if (found[0] - found[1]).abs().max() < 1e-3:
            raise Mismatch("Two different turns give one and the same map: use `turn`.")
    return (
        "Each of them, with its inverse as the way back, wins both games and has cycle loss 0: in "
        "d dimensions there are d (d - 1) / 2 free angles that no term of the game sees."
    )


@exercise
def style_gradient(answer):
    """(features (C, M), wanted (C, C)) -> gradient of |gram - wanted|^2 by the features, (C, M).

    gram = features features^T / M; the squared norm sums over all entries.
    """
    why = (
        "Each feature occurs in a row and in a column of the Gram matrix: 4 (gram - wanted) F / M."
    )
    generator = torch.Generator().manual_seed(0)
    for channels, places in ((2, 3), (4, 4), (5, 30)):
        features = torch.randn(channels, places, generator=generator)
        root = torch.randn(channels, channels, generator=generator)
        wanted = root @ root.T
        gram = features @ features.T / places
        case = f"{channels} channels at {places} places"
        found = call(answer, features.clone(), wanted.clone())
        expect(found, 4 * (gram - wanted) @ features / places, why, 1e-4, case)
    return (
        "The same matrix acts at every place: a step mixes the channels of each feature vector, "
        "and no place knows where it is."
    )
