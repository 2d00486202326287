"""Exercise checkers of notebook 22_style_based_generator."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def same_w(answer):
    """(layers, p) -> (layers, layers): the chance that two layers have the same w in training."""
    for layers, p in ((4, 0.9), (4, 0.5), (3, 1.0), (7, 0.3), (5, 0.0)):
        place = torch.arange(layers, dtype=torch.float64)
        wanted = 1 - p * (place[:, None] - place).abs() / (layers - 1)
        result = call(answer, layers, p)
        shape = getattr(result, "shape", type(result).__name__)
        if not torch.is_tensor(result) or result.shape != (layers, layers):
            raise Mismatch(f"Expected a tensor of shape ({layers}, {layers}), found {shape}.")
        result = result.double()
        if not torch.allclose(result.diagonal(), torch.ones(layers, dtype=torch.float64)):
            raise Mismatch("A layer has the same w as itself, always: the diagonal is 1.")
        first_last = float(result[0, -1])
        if abs(first_last - (1 - p)) > 1e-4:
            raise Mismatch(
                f"The first and the last of {layers} layers differ whenever there are two w, "
                f"wherever they change places: a chance of 1 - p = {1 - p:.2f} to be the same. "
                f"Found {first_last:.4f}."
            )
        why = (
            "Layers i < j differ if one of the borders between them was drawn. How many are there?"
        )
        expect(result, wanted, why, 1e-4, f"{layers} layers, p = {p}")
    return "Neighbours keep the same w most of the time, so they may still work as one."


def _handicap(d: int, pairs: int = 400_000) -> float:
    """By experiment: exact over the moment of the way, averaged over pairs."""
    draw = torch.Generator().manual_seed(d)
    size = max(1, pairs // d) if d > 4 else pairs
    a, b = torch.randn(2, size, d, generator=draw, dtype=torch.float64)
    of_a, of_b = a.norm(dim=1), b.norm(dim=1)
    angle = ((a * b).sum(dim=1) / (of_a * of_b)).clamp(-1, 1).arccos()
    # the mean over t of ((1 - t) x + t y)^2 is (x^2 + x y + y^2) / 3
    square = (of_a**2 + of_a * of_b + of_b**2) / 3
    arcs = (of_b - of_a) ** 2 + angle**2 * square
    return float(arcs.mean() / (b - a).square().sum(dim=1).mean())


@exercise
def handicap(answer):
    """(d) -> mean squared speed on arcs over that on lines, between draws of N(0, I_d)."""
    for d in (64, 512, 8, 2):
        result = call(answer, d)
        try:
            found = float(result)
        except (TypeError, ValueError):
            raise Mismatch(f"Expected a number, found {type(result).__name__}.") from None
        wanted = _handicap(d)
        if not math.isfinite(found) or abs(found / wanted - 1) > 0.02:
            far = ""
            if abs(found * wanted - 1) < 0.03:
                far = " Is it the other way round?"
            elif d < 16 and abs(found / (math.pi**2 / 8) - 1) < 0.02:
                far = " In few dimensions the angle is often far from 90 degrees."
            elif abs(found / math.sqrt(wanted) - 1) < 0.02:
                far = " The measure takes the *square* of the speed."
            raise Mismatch(f"For d = {d} the ratio is not {found:.4g}.{far}")
    return "That much longer is a path in Z by construction, before any mapping."


def _reader(decide, layers: int):
    """A `read` for the answer. decide: takes the layers' first numbers, and their signs before."""

    def read(ws):
        if not torch.is_tensor(ws) or ws.ndim != 3 or ws.shape[1:] != (layers, 3):
            shape = getattr(ws, "shape", type(ws).__name__)
            raise Mismatch(f"read takes (N, {layers}, 3), it was given {tuple(shape)}.")
        return decide((ws[:, :, 0] > 0).long(), ws[:, :, 0])

    return read


@exercise
def deciders(answer):
    """(read, a, b) -> the smallest set of layers that takes an attribute from A's to B's value."""
    cases = {
        "one layer decides": (4, lambda s, x: s[:, 2], (2,)),
        "two layers, each with a half of the value": (
            4,
            lambda s, x: 2 * s[:, 0] + s[:, 3],
            (0, 3),
        ),
        "the value is whether two layers agree": (4, lambda s, x: s[:, 1] ^ s[:, 2], (1, 2)),
        "three of five layers vote": (
            5,
            lambda s, x: (s[:, 0] + s[:, 1] + s[:, 4] > 1).long(),
            (0, 1, 4),
        ),
        "one layer decides, another now and then": (
            3,
            lambda s, x: s[:, 1] + 2 * (x[:, 0] > 2.6).long(),
            (1,),
        ),
    }
    for case, (layers, decide, wanted) in cases.items():
        draw = torch.Generator().manual_seed(layers)
        a, b = torch.randn(2, 400, layers, 3, generator=draw)
        before = a.clone(), b.clone()
        result = call(answer, _reader(decide, layers), a, b)
        if not (torch.equal(a, before[0]) and torch.equal(b, before[1])):
            raise Mismatch("The tensors that came in were changed.")
        try:
            found = tuple(int(layer) for layer in result)
        except (TypeError, ValueError):
            raise Mismatch(f"Expected a tuple of layers, found {type(result).__name__}.") from None
        if found == wanted:
            continue
        if set(found) > set(wanted):
            why = f"{found} suffices, and so does a smaller set."
        elif set(found) < set(wanted):
            why = f"{found} alone does not take 95 % of the differing pairs to B's value."
        elif set(found) == set(wanted):
            why = f"{found} are the right layers; a sorted tuple was asked for."
        else:
            why = f"{found} are not the layers that decide it."
        raise Mismatch(f"{case}: {why}")
    return "A table of single layers cannot show what two of them decide together."
