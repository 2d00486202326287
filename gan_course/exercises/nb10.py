"""Exercise checkers of notebook 10_training_tricks."""

from itertools import combinations

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def density_ratio(answer):
    """(D, a, b) -> p / q from the best discriminator with targets a (real) and b (fake)."""
    why = "D (p + q) = a p + b q. Divide by q and solve for p / q = (D - b) / (a - D)."
    ratio = torch.tensor([0.0, 0.25, 1.0, 3.0])
    for a, b in ((1.0, 0.0), (0.9, 0.0), (0.9, 0.1), (0.8, 0.3)):
        D = (a * ratio + b) / (ratio + 1)
        case = f"targets {a} and {b}, p / q = 0, 0.25, 1, 3"
        expect(call(answer, D, a, b), ratio, why, 1e-4, case)
    return "At p = q the best D says (a + b) / 2, not 1/2."


@exercise
def grouped_deviation(answer):
    """(f, size) -> (N, d + 1): f, and its deviation over each group of `size` rows, averaged."""
    why = "The deviation (correction=0) runs over the rows of a group, the mean over the features."
    f = torch.randn(8, 3, generator=torch.Generator().manual_seed(0))
    f = f * torch.tensor([1.0, 5.0, 0.2])
    f[4:] *= 3  # the second half of the batch is more varied
    for size in (4, 2, 8):
        deviations = [part.std(dim=0, correction=0).mean() for part in f.split(size)]
        spread = torch.stack(deviations).repeat_interleave(size)
        result = call(answer, f.clone(), size)
        shape = tuple(getattr(result, "shape", ()))
        if shape != (8, 4):
            raise Mismatch(f"Expected shape (8, 4) for features (8, 3), found {shape}.")
        expect(result[:, :3], f, "The features themselves come first, unchanged.", 1e-6)
        expect(result[:, 3], spread, why, 1e-4, f"groups of {size}")
    return "Groups give a batch several verdicts, each from fewer samples."


@exercise
def history_penalty(answer):
    """(path, weight) -> (T,): weight |row - mean of the earlier rows|^2 for each row of (T, d)."""
    why = (
        "Row t against the mean of rows 0 .. t - 1, squared and summed over the parameters; the "
        "first value is 0."
    )
    three = torch.tensor([[0.0, 0.0], [1.0, 0.0], [2.0, 3.0]])
    expect(call(answer, three, 2.0), [0.0, 2.0, 22.5], why, 1e-5, "(0, 0), (1, 0), (2, 3)")
    path = torch.randn(6, 4, generator=torch.Generator().manual_seed(1))
    distances = [((path[t] - path[:t].mean(dim=0)) ** 2).sum() for t in range(1, 6)]
    wanted = [0.0] + [0.5 * float(distance) for distance in distances]
    expect(call(answer, path.clone(), 0.5), wanted, why, 1e-4, "a path of 6 points")
    return "Its gradient pulls the parameters; no gradient of the past enters it."


@exercise
def permutation_p(answer):
    """(ours, control) -> the two-sided p-value of the difference of means, over all splits."""
    why = (
        "Pool the runs. Of all ways to call len(ours) of them ours, count those whose means differ "
        "at least as much as the real ones, in either direction; the real split is one of them."
    )
    g = torch.Generator().manual_seed(3)
    cases = [
        ([1.0, 2.0], [3.0, 4.0, 5.0]),
        ([4.0, 6.0, 5.0], [1.0, 2.0, 3.0, 0.0]),
        ([0.5], [0.1, 0.2, 0.9]),
        ([1.0, 1.0], [1.0, 0.0, 1.0]),  # ties count
        (torch.randn(4, generator=g).tolist(), (torch.randn(6, generator=g) + 1).tolist()),
    ]
    for ours, control in cases:
        case = f"ours {[round(v, 2) for v in ours]}, control {[round(v, 2) for v in control]}"
        expect(call(answer, list(ours), list(control)), _by_splits(ours, control), why, 1e-6, case)
    return "It assumes no bell curve. With 5 runs against 20 it can be as small as 1 in 53,130."


def _by_splits(ours: list[float], control: list[float]) -> float:
    pooled, n = ours + control, len(ours)

    def gap(chosen: tuple[int, ...]) -> float:
        inside = sum(pooled[i] for i in chosen)
        return abs(inside / n - (sum(pooled) - inside) / (len(pooled) - n))

    seen = gap(tuple(range(n)))
    splits = list(combinations(range(len(pooled)), n))
    return sum(gap(chosen) >= seen - 1e-9 for chosen in splits) / len(splits)
