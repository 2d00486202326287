"""Exercise checkers of notebook 11_evaluating_gans."""

import math

import torch

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def sure_score(answer):
    """shares (K,) -> classifier score of a generator whose every image is surely of one class."""
    why = "exp of the mean of -log p_k, that is exp(-sum p_k log p_k), with 0 log 0 = 0."
    for shares in ([0.1] * 10, [0.5, 0.25, 0.25], [0.9, 0.1, 0.0]):
        wanted = math.exp(-sum(p * math.log(p) for p in shares if p))
        expect(call(answer, torch.tensor(shares)), wanted, why, 1e-4, f"shares {shares}")
    return (
        "It is the exponential of the entropy: the effective number of classes. Nothing within a "
        "class counts."
    )


@exercise
def frechet_bias(answer):
    """(d, n, m) -> leading term of E[squared Fréchet distance] of n and m samples of N(0, I_d)."""
    why = "Variances of independent errors add: (d + d (d + 1) / 4) (1/n + 1/m)."
    for d, n, m in ((64, 1000, 1000), (64, 1000, 10**9), (2048, 50_000, 10_000)):
        wanted = (d + d * (d + 1) / 4) * (1 / n + 1 / m)
        expect(call(answer, d, n, m), wanted, why, 1e-4, f"d = {d}, n = {n}, m = {m}")
    return (
        "With 2,048 features of N(0, I), 10,000 samples against 50,000 would have a bias of over "
        "100. Inception's features are far narrower: an FID has a bias, but not this one."
    )


@exercise
def support_size(answer):
    """(size, share of batches with a repeat) -> estimated number of images in a stock."""
    why = "Solve share = 1 - exp(-size (size - 1) / (2 K)) for K."
    for size, share in ((23, 0.5), (400, 0.2), (50, 0.99)):
        wanted = -size * (size - 1) / (2 * math.log(1 - share))
        expect(call(answer, size, share), wanted, why, 1e-4, f"size {size}, share {share}")
    return (
        "23 people with even odds: a year of 365 days. For unequal chances it is the effective "
        "number, a lower bound."
    )


@exercise
def error_interval(answer):
    """(wrong, count) -> ends (low, high) of a 95 % interval for the error rate of a player."""
    coverages = []
    for count in (24, 48):
        ends = []
        for wrong in range(count + 1):
            pair = call(answer, wrong, count)
            if not isinstance(pair, tuple | list) or len(pair) != 2:
                raise Mismatch(f"Expected a pair (low, high), found {pair!r:.60}.")
            low, high = (float(end) for end in pair)
            if not low - 0.02 <= wrong / count <= high + 0.02:
                raise Mismatch(
                    f"For {wrong} wrong of {count} the interval is {low:.3f} to {high:.3f}: it "
                    "should hold the share itself."
                )
            ends.append((low, high))
        low, high = ends[count // 4]
        widest = 0.43 if count == 24 else 0.31
        if high - low > widest:
            raise Mismatch(
                f"For {count // 4} wrong of {count} it is {high - low:.2f} wide. An interval that "
                "always holds the truth by being wide says little."
            )
        for percent in range(5, 51, 5):
            covered = _covered(ends, count, percent / 100)
            coverages.append(covered)
            if covered < 0.91:
                raise Mismatch(
                    f"At a true error rate of {percent / 100} it holds the truth in only "
                    f"{covered:.1%} of games with {count} answers; 95 % were promised."
                )
    mean = sum(coverages) / len(coverages)
    if mean < 0.94:
        raise Mismatch(f"On average it holds the truth in {mean:.1%} of games, not in 95 %.")
    return f"It holds the truth in {min(coverages):.1%} of games at worst, {mean:.1%} on average."


def _covered(ends: list[tuple[float, float]], count: int, rate: float) -> float:
    """The probability that the interval of a binomial count holds `rate`."""
    total = 0.0
    for wrong, (low, high) in enumerate(ends):
        if low <= rate <= high:
            total += math.comb(count, wrong) * rate**wrong * (1 - rate) ** (count - wrong)
    return total
