"""Claims and exercise checkers, as notebooks use them.

`claim` asserts a sentence of the prose. `checks.NAME(answer)` is the checker of an exercise, from
`exercises/`.
"""

import html
import json
import sys

from gan_course import exercises  # noqa: F401 - registers the checkers
from gan_course.config import profile
from gan_course.errors import ClaimError
from gan_course.exercises.frame import EXERCISES, Verdict

# stored with the output, so that a page of claims can be made from it
CLAIM_TYPE = "application/vnd.gan-course.claim+json"
# marks and their colours, which can be read on white and on black
COLOURS = {"✔": "#00896B", "○": "#A97700", "✘": "#D9541E"}


def claim(sentence: str, holds, value: str = "", trained: bool = False) -> None:
    """Assert a sentence; show it with the value it rests on. ClaimError if it does not hold.

    trained: it depends on training, so that profile "quick", which hardly trains, shows it as not
    checked.
    """
    from IPython.display import display

    checked = not (trained and profile() == "quick")
    if checked and not bool(holds):
        raise ClaimError(f"does not hold: {sentence}" + (f" ({value})" if value else ""))
    verdict = "✔ holds" if checked else "○ not checked in profile quick"
    text = f"{verdict}: {sentence}" + (f"  [{value}]" if value else "")
    shown = {"text/plain": text, "text/html": _line(f"{verdict}:", sentence, value)}
    data = {"claim": sentence, "value": value, "checked": checked, "profile": profile()}
    display({**shown, CLAIM_TYPE: data}, raw=True)


def _line(verdict: str, text: str, value: str = "") -> str:
    """A verdict, which begins with its mark, in colour, a text, and a muted value, as HTML."""
    verdict, text, value = (html.escape(part) for part in (verdict, text, value))
    value = f' <span style="opacity: .7">[{value}]</span>' if value else ""
    colour = COLOURS[verdict[0]]
    return (
        f'<div class="gan-verdict"><strong style="color: {colour}">{verdict}</strong> '
        f"{text}{value}</div>"
    )


def _verdict_html(verdict: Verdict) -> str:
    mark, _, message = str(verdict).partition(" ")
    return _line(mark, message)


# in a notebook the verdict on an exercise looks like a claim
if "IPython" in sys.modules and (shell := sys.modules["IPython"].get_ipython()):
    shell.display_formatter.formatters["text/html"].for_type(Verdict, _verdict_html)


def summary(paths: list[str]) -> int:
    """Print how many claims stand in executed notebooks, and how many were checked.

    The exit status is 1 if a notebook has none, or one was not checked.
    """
    failed = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            cells = json.load(file)["cells"]
        data = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
        claims = [item[CLAIM_TYPE] for item in data if CLAIM_TYPE in item]
        checked = sum(item["checked"] for item in claims)
        failed += checked < len(claims) or not claims
        print(f"{path}: {checked} of {len(claims)} claims checked and true")
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
