"""Claims and exercise checkers, as notebooks use them.

`claim` asserts a sentence of the prose. `checks.NAME(answer)` is the checker of an exercise, from
`exercises/`.
"""

import sys

from gan_course import exercises  # noqa: F401 - registers the checkers
from gan_course.config import profile
from gan_course.errors import ClaimError
from gan_course.exercises.frame import EXERCISES

# stored with the output, so that a page of claims can be made from it
CLAIM_TYPE = "application/vnd.gan-course.claim+json"


def claim(sentence: str, holds, value: str = "", trained: bool = False) -> None:
    """Assert a sentence; print it with the value it rests on. A claim that does not hold raises
    ClaimError.

    trained: it depends on training, so that profile "quick", which hardly trains, prints it as not
    checked.
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


def summary(paths: list[str]) -> int:
    """Print the claims stored in executed notebooks; the exit status is 1 if a notebook has none,
    or one was not checked.
    """
    import json

    failed = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            outputs = [
                output for cell in json.load(file)["cells"] for output in cell.get("outputs", [])
            ]
        found = [
            output["data"][CLAIM_TYPE] for output in outputs if CLAIM_TYPE in output.get("data", {})
        ]
        checked = sum(item["checked"] for item in found)
        failed += checked < len(found) or not found
        print(f"{path}: {checked} of {len(found)} claims checked and true")
    return int(failed > 0)


def __getattr__(name: str):
    """checks.NAME is the checker of that name."""
    if name in EXERCISES:
        return EXERCISES[name]
    raise AttributeError(
        f"there is no exercise called {name!r}: there are {', '.join(sorted(EXERCISES))}"
    )


def __dir__() -> list[str]:
    return [*globals(), *EXERCISES]


if __name__ == "__main__":
    sys.exit(summary(sys.argv[1:]))
