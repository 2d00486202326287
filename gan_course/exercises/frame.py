"""How an exercise is checked: not attempted (the stub `...`), right, or wrong, with the reason.

A checker is a function of the answer that raises Mismatch, with what was expected, what was found,
and why. `@exercise` turns it into a function that returns a Verdict, and registers it.
"""

import functools
import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

EXERCISES: dict = {}  # name -> checker; the tests run each on right and wrong answers
STUB = "not attempted yet. Replace the ... above and run the cell again."


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


def number(exercise: str, name: str, default: float) -> float:
    """A number that the statement of an exercise names: the course's own, or that of a class.

    `make student` draws numbers for a class and writes them to assets/class.json of the package
    that its students get; the variable GAN_COURSE_CLASS may name such a file, for grading.
    """
    file = os.environ.get("GAN_COURSE_CLASS") or Path(__file__).parents[1] / "assets/class.json"
    if not Path(file).is_file():
        return default
    values = json.loads(Path(file).read_text(encoding="utf-8"))["values"]
    return values.get(exercise, {}).get(name, default)


class Mismatch(Exception):
    """An answer differs from the expected one; the text tells how and why."""


class NotAttempted(Exception):
    """The stub `...` still stands."""


def exercise(check):
    """Turn a function that raises Mismatch into a checker, which returns a Verdict; register it."""
    name = check.__name__

    @functools.wraps(check)
    def run(answer) -> Verdict:
        if answer is ...:
            return Verdict("not attempted", f"{name}: {STUB}")
        try:
            praise = check(answer)
        except NotAttempted:
            return Verdict("not attempted", f"{name}: {STUB}")
        except Mismatch as mismatch:
            return Verdict("wrong", f"{name}: not yet. {mismatch}")
        except Exception as error:
            return Verdict("wrong", f"{name}: your answer raised {type(error).__name__}: {error}")
        return Verdict("right", f"{name}: right. {praise or ''}".rstrip())

    EXERCISES[name] = run
    return run


def call(answer, *args):
    """Call the reader's function; a returned `...` counts as not attempted."""
    if not callable(answer):
        raise Mismatch(f"Expected a function, found {type(answer).__name__}.")
    result = answer(*args)
    if result is ...:
        raise NotAttempted
    return result


def expect(result, wanted, why: str, tolerance: float = 1e-5, case: str = "") -> None:
    """Raise Mismatch unless the answer's result equals `wanted`: numbers, arrays or tensors.

    tolerance: absolute and relative. case: for which inputs, in words.
    """
    try:
        a, b = _array(result), _array(wanted)
    except (TypeError, ValueError):
        kind = type(result).__name__
        raise Mismatch(f"Expected numbers, found {kind} {result!r:.60}. {why}") from None
    where = f" for {case}" if case else ""
    if a.shape != b.shape:
        raise Mismatch(f"Expected shape {b.shape}{where}, found {a.shape}. {why}")
    if not np.allclose(a, b, rtol=tolerance, atol=tolerance):
        raise Mismatch(f"Expected {_short(b)}{where}, found {_short(a)}. {why}")


def _array(numbers) -> np.ndarray:
    if torch.is_tensor(numbers):
        numbers = numbers.detach().cpu()
    return np.asarray(numbers, dtype=np.float64)


def _short(a: np.ndarray) -> str:
    return np.array2string(a, precision=5, threshold=6, edgeitems=2, floatmode="maxprec")
