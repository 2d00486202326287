"""Exercise checkers of notebook 12_latent_space."""

import torch
from torch.nn.functional import normalize

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def truncated(answer):
    """(z, threshold, generator) -> z, coordinates beyond the threshold drawn again until inside."""
    threshold = 1.5
    z = 2 * torch.randn(400, 50, generator=torch.Generator().manual_seed(0))  # half lie outside
    before = z.clone()
    result = call(answer, z, threshold, torch.Generator().manual_seed(1))
    if not torch.is_tensor(result) or result.shape != z.shape:
        shape = getattr(result, "shape", type(result).__name__)
        raise Mismatch(f"Expected a tensor of shape {tuple(z.shape)}, found {shape}.")
    if not torch.equal(z, before):
        raise Mismatch("The tensor that came in was changed: work on a copy (z.clone()).")
    largest = result.abs().max().item()
    if not largest <= threshold:
        raise Mismatch(
            f"Expected all |z| <= {threshold}, found {largest:.3f}: one round leaves some outside, "
            "repeat."
        )
    inside = before.abs() <= threshold
    why = "Coordinates that were inside stay as they are; only the others are drawn again."
    expect(result[inside], before[inside], why, 0, "the coordinates inside")
    at_edge = (result[~inside].abs() > 0.999 * threshold).float().mean().item()
    if at_edge > 0.05:
        raise Mismatch(
            f"{at_edge:.0%} of the new coordinates lie at the threshold: clamping piles them up "
            "there; draw again."
        )
    why = "N(0, 1) cut at 1.5 has deviation 0.743; draw the new ones from N(0, 1)."
    expect(result[~inside].std(), 0.7427, why, 0.012, "the deviation of those drawn again")
    again = call(answer, z, threshold, torch.Generator().manual_seed(1))
    if not torch.equal(again, result):
        raise Mismatch(
            "Two calls with equal z and generators of the same seed gave different results: draw "
            "every new number with torch.randn(..., generator=generator)."
        )
    other = call(answer, z, threshold, torch.Generator().manual_seed(2))
    if torch.equal(other, result):
        raise Mismatch(
            "Generators of two seeds gave the same result: draw from the generator that is passed "
            "in, not from one of your own."
        )
    return "Each coordinate now follows N(0, 1) given that it is inside."


@exercise
def orthogonalise(answer):
    """(direction (d,), others (k, d)) -> unit vector: direction without its part in their span."""
    why = "Subtract the projection on the whole span of the rows, then divide by the length."
    draw = torch.Generator().manual_seed(0)
    direction, others = torch.randn(8, generator=draw), torch.randn(3, 8, generator=draw)
    others[1] = others[0] + 0.3 * others[1]  # far from orthogonal to the first
    before = direction.clone()
    for name, rows in (
        ("one other direction", 2 * others[:1]),
        ("three that are not orthogonal", others),
    ):
        result = call(answer, direction, rows)
        basis = torch.linalg.qr(rows.T).Q
        wanted = normalize(direction - basis @ (basis.T @ direction), dim=0)
        expect(result, wanted, why, 1e-4, name)
        if not torch.equal(before, direction):
            raise Mismatch(
                "The direction that came in was changed: an in-place operation (-=) does that."
            )
    return "A step along it leaves the coordinates along the others as they are."


@exercise
def latent_encoder(answer):
    """(features (M, f), z (M, d)) -> a function features -> z: the affine least-squares fit."""
    why = (
        "Fit z = features W + b, with the constant b: a column of ones beside the features, old "
        "and new."
    )
    draw = torch.Generator().manual_seed(0)
    features, new = torch.randn(60, 5, generator=draw) + 2, torch.randn(4, 5, generator=draw) + 2
    z = features @ torch.randn(5, 3, generator=draw) + 4 + 0.5 * torch.randn(60, 3, generator=draw)
    encode = call(answer, features, z)
    if not callable(encode):
        raise Mismatch(f"Expected a function that takes features, found {type(encode).__name__}.")
    padded, new_padded = (torch.cat([x, torch.ones(len(x), 1)], dim=1) for x in (features, new))
    wanted = new_padded @ torch.linalg.lstsq(padded, z).solution
    expect(encode(new), wanted, why, 1e-3, "4 new rows of features")
    return "One matrix product, and a start for the search."
