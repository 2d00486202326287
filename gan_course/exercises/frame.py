"""How an exercise is checked: not attempted (the stub `...`), right, or wrong with what was
expected, found, and why.

A checker raises Mismatch; `@exercise` turns it into a function that returns a Verdict, and
registers it.
"""

import functools
from dataclasses import dataclass

import numpy as np
import torch

EXERCISES: dict = {}  # name -> checker; the tests run each on right and wrong answers


@dataclass(frozen=True)
class Verdict:
    """True only for a right answer; shows itself."""

    state: str  # "not attempted", "right" or "wrong"
    message: str

    def __bool__(self) -> bool:
        return self.state == "right"

    def __repr__(self) -> str:
        mark = {"not attempted": "○", "right": "✔", "wrong": "✘"}[self.state]
        return f"{mark} {self.message}"


class Mismatch(Exception):
    """An answer differs from the expected one; the text tells how and why."""


class NotAttempted(Exception):
    """The stub `...` still stands."""


def exercise(check):
    """Turn a function that raises Mismatch into a checker that returns a Verdict, and register it."""

    @functools.wraps(check)
    def run(answer) -> Verdict:
        try:
            if answer is ...:
                raise NotAttempted
            said = check(answer)
        except NotAttempted:
            return Verdict(
                "not attempted",
                f"{check.__name__}: not attempted yet. Replace the ... above and run the cell "
                "again.",
            )
        except Mismatch as mismatch:
            return Verdict("wrong", f"{check.__name__}: not yet. {mismatch}")
        except Exception as error:
            return Verdict(
                "wrong", f"{check.__name__}: your answer raised {type(error).__name__}: {error}"
            )
        return Verdict("right", f"{check.__name__}: right. {said or ''}".rstrip())

    EXERCISES[check.__name__] = run
    return run


def call(answer, *args):
    """Call the reader's function; a returned `...` counts as not attempted."""
    if not callable(answer):
        raise Mismatch(f"Expected a function, found {type(answer).__name__}.")
    result = answer(*args)
    if result is ...:
        raise NotAttempted
    return result


def expect(found, wanted, why: str, tolerance: float = 1e-5, case: str = "") -> None:
    """Raise Mismatch unless `found` equals `wanted` (numbers, arrays or tensors) to the tolerance,
    absolute and relative.
    """
    try:
        a, b = (
            np.asarray(v.detach().cpu() if torch.is_tensor(v) else v, dtype=np.float64)
            for v in (found, wanted)
        )
    except (TypeError, ValueError):
        raise Mismatch(
            f"Expected numbers, found {type(found).__name__} {found!r:.60}. {why}"
        ) from None
    where = f" for {case}" if case else ""
    if a.shape != b.shape:
        raise Mismatch(f"Expected shape {b.shape}{where}, found {a.shape}. {why}")
    if not np.allclose(a, b, rtol=tolerance, atol=tolerance):
        raise Mismatch(f"Expected {_short(b)}{where}, found {_short(a)}. {why}")


def _short(a: np.ndarray) -> str:
    return np.array2string(a, precision=5, threshold=6, edgeitems=2, floatmode="maxprec")
