"""Exercise checkers of notebook 21_faces_and_your_own_pictures."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def never_together(answer):
    """(a (N,), b (N,), sizes) -> the pairs of values that never occur, though chance allows them.

    A pair counts as missing only if independent attributes would give it at least five times.
    """
    draw = torch.Generator().manual_seed(0)
    n = 4000
    a = torch.multinomial(torch.tensor([0.5, 0.3, 0.198, 0.002]), n, True, generator=draw)
    b = torch.multinomial(torch.tensor([0.6, 0.39, 0.01]), n, True, generator=draw)
    keep = ~((a == 1) & (b == 1)) & ~((a == 3) & (b > 0)) & ~((a == 0) & (b == 2))
    a, b = a[keep], b[keep]
    before = a.clone(), b.clone()
    found = call(answer, a, b, (4, 3))
    if not (torch.equal(a, before[0]) and torch.equal(b, before[1])):
        raise Mismatch("The tensors that came in were changed.")
    try:
        found = {(int(x), int(y)) for x, y in found}
    except (TypeError, ValueError):
        raise Mismatch(
            f"Expected pairs (value of a, value of b), found {type(found).__name__} {found!r:.60}."
        ) from None
    wanted = {(1, 1), (0, 2)}
    if found - wanted:
        odd = sorted(found - wanted)[0]
        times = float((a == odd[0]).sum() * (b == odd[1]).sum() / len(a))
        there = int(((a == odd[0]) & (b == odd[1])).sum())
        raise Mismatch(
            f"{odd} is not missing: it occurs {there} times, and independent attributes would "
            f"give it {times:.1f} times. Absence tells something only where five or more were due."
        )
    if wanted - found:
        raise Mismatch(
            f"{sorted(wanted - found)[0]} never occurs, though independent attributes would give "
            "it more than five times. Both values are there on their own."
        )
    return "Two are forbidden by the data; of the rare value nobody can say."


@exercise
def copy_chance(answer):
    """(shares, known) -> chance that a sampler of independent attributes repeats a known face.

    shares: a list of (K_j,) tensors, each summing to 1. known: (M, A) int64, rows may repeat.
    """
    cases = {
        "one attribute, two of three values known": (
            [torch.tensor([0.5, 0.3, 0.2])],
            torch.tensor([[0], [2]]),
            0.7,
        ),
        "two attributes": (
            [torch.tensor([0.5, 0.5]), torch.tensor([0.9, 0.1])],
            torch.tensor([[0, 0], [1, 1]]),
            0.45 + 0.05,
        ),
        "a known face that stands twice in the list": (
            [torch.tensor([0.5, 0.5]), torch.tensor([0.9, 0.1])],
            torch.tensor([[0, 0], [0, 0], [1, 0]]),
            0.9,
        ),
    }
    for case, (shares, known, wanted) in cases.items():
        why = (
            "The chance of one face is the product of its values' shares; different faces exclude "
            "each other, so their chances add, and each counts once."
        )
        expect(call(answer, shares, known), wanted, why, 1e-4, case)
    draw = torch.Generator().manual_seed(1)
    many = [torch.full((6,), 1 / 6) for _ in range(10)]
    known = torch.randint(6, (400, 10), generator=draw)
    wanted = len(known.unique(dim=0)) / 6**10
    result = float(call(answer, many, known))
    if not math.isclose(result, wanted, rel_tol=1e-3):
        raise Mismatch(f"Expected {wanted:.3g} for ten attributes, found {result:.3g}.")
    return "A rate of copies far above this number is memory, not luck."


@exercise
def rare_share(answer):
    """(read (N,), confusion (K, K)) -> the shares (K,) of what G made, corrected for the reader.

    confusion[i, j]: chance that the reader says j of a true i.
    """
    draw = torch.Generator().manual_seed(2)
    confusion = torch.tensor(
        [[0.96, 0.03, 0.01], [0.05, 0.90, 0.05], [0.20, 0.10, 0.70]], dtype=torch.float64
    )
    for case, truth in {
        "a rare class that the reader often misses": [0.80, 0.17, 0.03],
        "a class that G never makes": [0.70, 0.30, 0.0],
    }.items():
        shares = torch.tensor(truth, dtype=torch.float64)
        counts = (200_000 * shares @ confusion).round().long()
        read = torch.arange(3).repeat_interleave(counts)
        read = read[torch.randperm(len(read), generator=draw)]
        result = call(answer, read, confusion)
        if not torch.is_tensor(result) or result.shape != (3,):
            shape = getattr(result, "shape", type(result).__name__)
            raise Mismatch(f"Expected a tensor of shape (3,), found {shape}.")
        why = (
            "What is read is a mixture: shares of what is read = (true shares) @ confusion. Which "
            "true shares explain it?"
        )
        expect(result, shares, why, 2e-3, case)
    # few samples: the solution of the equations can leave the simplex
    result = call(answer, torch.tensor([0] * 30), confusion)
    if float(result.min()) < 0 or abs(float(result.sum()) - 1) > 1e-4:
        raise Mismatch(
            f"Of 30 faces, all read as class 0, the shares came out as {result.tolist()}: shares "
            "are never negative and sum to 1."
        )
    return "A reader that errs in a known way can still count."
