"""Exercise checkers of notebook 24_tables_anomalies_privacy."""

import math

import torch
from scipy import stats

from gan_course.exercises.frame import Mismatch, call, exercise, expect


@exercise
def shares_seen(answer):
    """counts (K, L) of two columns' pairs -> (K,), the first column's shares in the batches."""
    why = (
        "Half of the batch asks for a category of the first column. What does the other half, "
        "which asks for one of the second, bring of the first?"
    )
    for counts in (
        torch.tensor([[900.0, 50.0], [30.0, 20.0]]),
        torch.tensor([[10.0, 400.0, 3.0], [1.0, 0.0, 6.0], [500.0, 2.0, 2.0]]),
    ):
        first, second = ((counts.sum(dim=d) + 1).log() for d in (1, 0))
        first, second = first / first.sum(), second / second.sum()
        wanted = (first + counts @ (second / counts.sum(dim=0))) / 2
        result = call(answer, counts.clone())
        expect(result, wanted, why, 1e-4, f"a table of {len(counts)} x {counts.shape[1]}")
    return "Asking for a rare category of one column also shifts the other columns."


def _sets(n: int, m: int, copies: float, seed: int):
    """Rows of six numbers: made, train (n), held out (m); a share of `made` are noisy copies."""
    draw = torch.Generator().manual_seed(seed)
    train, held_out = (torch.randn(size, 6, generator=draw) for size in (n, m))
    made = torch.randn(1_000, 6, generator=draw)
    k = int(copies * len(made))
    source = train[torch.randint(n, (k,), generator=draw)]
    made[:k] = source + 0.02 * torch.randn(k, 6, generator=draw)
    return made, train, held_out


@exercise
def copied(answer):
    """(made, train, held_out), rows (., d) -> the share of `made` that are noisy copies."""
    for n, m in ((400, 400), (800, 200), (150, 600)):
        for copies in (0.0, 0.5, 1.0):
            found = []
            for seed in range(3):
                result = call(answer, *_sets(n, m, copies, seed))
                expect(torch.as_tensor(result).numel(), 1, "Return one number.", 0)
                found.append(float(result))
            mean = sum(found) / len(found)
            if not abs(mean - copies) < 0.1:
                raise Mismatch(
                    f"Of 1,000 rows {copies:.0%} were copies; with {n} training and {m} held-out "
                    f"rows your estimate is {mean:.2f} on average. How often is a fresh row nearer "
                    "to one of the training rows, when there are n of these and m others?"
                )
    return "A fresh row has no way to know which rows were trained on: n / (n + m)."


@exercise
def audited(answer):
    """(found, members, alarms, others, delta) -> what epsilon is at least, 95 % sure."""
    why = (
        "Bound both shares (Clopper-Pearson, 97.5 % each), the members' from below and the false "
        "alarms' from above; then use the definition for the event and for its opposite."
    )
    cases = (
        (60, 100, 10, 100, 0.0, "an attack that finds many"),
        (100, 100, 50, 100, 1e-5, "an attack that misses nobody"),
        (990, 1000, 400, 1000, 1e-3, "many false alarms, hardly a miss"),
        (12, 100, 10, 100, 0.0, "an attack that guesses"),
        (0, 50, 3, 50, 1e-5, "an attack that finds nobody"),
    )
    for found, members, alarms, others, delta, case in cases:
        low = stats.beta.ppf(0.025, found, members - found + 1) if found else 0.0
        high = stats.beta.ppf(0.975, alarms + 1, others - alarms)
        bounds = [0.0]
        if low > delta:
            bounds.append(math.log((low - delta) / high))
        if 1 - high > delta:
            bounds.append(math.log((1 - high - delta) / (1 - low)))
        result = call(answer, found, members, alarms, others, delta)
        expect(result, max(bounds), why, 1e-3, case)
    return "No attack can prove that epsilon is small; a good one proves that it is large."
