"""Claims and exercise checkers.

`claim` asserts a sentence of the prose. A checker takes the reader's answer and returns a Verdict, which shows itself as the
last line of a cell: not attempted (the stub `...`), right, or wrong with what was expected, what was found and why.
"""

import functools
import sys
from dataclasses import dataclass

import numpy as np
import torch

from gan_course.config import profile
from gan_course.errors import ClaimError

EXERCISES: dict = {}  # name -> checker, filled by @exercise; the tests run each on right and wrong answers
CLAIM_TYPE = (
    "application/vnd.gan-course.claim+json"  # stored with the output, so that a page of claims can be made from it
)


def claim(sentence: str, holds, value: str = "", trained: bool = False) -> None:
    """Assert a sentence; print it with the value it rests on. A claim that does not hold raises ClaimError.

    trained: it depends on training, so that profile "quick", which hardly trains, prints it as not checked.
    """
    from IPython.display import display

    checked = not (trained and profile() == "quick")
    if checked and not bool(holds):
        raise ClaimError(f"does not hold: {sentence}" + (f" ({value})" if value else ""))
    text = f"{'✔ holds' if checked else '○ not checked in profile quick'}: {sentence}" + (
        f"  [{value}]" if value else ""
    )
    data = {"claim": sentence, "value": value, "checked": checked, "profile": profile()}
    display({"text/plain": text, CLAIM_TYPE: data}, raw=True)


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
                "not attempted", f"{check.__name__}: not attempted yet. Replace the ... above and run the cell again."
            )
        except Mismatch as mismatch:
            return Verdict("wrong", f"{check.__name__}: not yet. {mismatch}")
        except Exception as error:
            return Verdict("wrong", f"{check.__name__}: your answer raised {type(error).__name__}: {error}")
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
    """Raise Mismatch unless `found` equals `wanted` (numbers, arrays or tensors) to the tolerance, absolute and relative."""
    try:
        a, b = (np.asarray(v.detach().cpu() if torch.is_tensor(v) else v, dtype=np.float64) for v in (found, wanted))
    except (TypeError, ValueError):
        raise Mismatch(f"Expected numbers, found {type(found).__name__} {found!r:.60}. {why}") from None
    where = f" for {case}" if case else ""
    if a.shape != b.shape:
        raise Mismatch(f"Expected shape {b.shape}{where}, found {a.shape}. {why}")
    if not np.allclose(a, b, rtol=tolerance, atol=tolerance):
        raise Mismatch(f"Expected {_short(b)}{where}, found {_short(a)}. {why}")


def _short(a: np.ndarray) -> str:
    return np.array2string(a, precision=5, threshold=6, edgeitems=2, floatmode="maxprec")


def summary(paths: list[str]) -> int:
    """Print the claims stored in executed notebooks; the exit status is 1 if a notebook has none, or one was not checked."""
    import json

    failed = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            outputs = [output for cell in json.load(file)["cells"] for output in cell.get("outputs", [])]
        found = [output["data"][CLAIM_TYPE] for output in outputs if CLAIM_TYPE in output.get("data", {})]
        checked = sum(item["checked"] for item in found)
        failed += checked < len(found) or not found
        print(f"{path}: {checked} of {len(found)} claims checked and true")
    return int(failed > 0)


# --- the exercises, by notebook -------------------------------------------------------------------------------------

# 00_start_here


# end of 00_start_here

# 01_minimax_objective


# end of 01_minimax_objective

# 02_jensen_shannon


# end of 02_jensen_shannon

# 03_gan_1d


# end of 03_gan_1d

# 04_gan_2d_mode_collapse


# end of 04_gan_2d_mode_collapse

# 06_mnist_mlp


# end of 06_mnist_mlp


if __name__ == "__main__":
    sys.exit(summary(sys.argv[1:]))
