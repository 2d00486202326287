"""A submitted notebook as text: its code cells, its number, and where its exercises stand.

It is read, not trusted: nothing of it runs here.
"""

import json
import re
from dataclasses import dataclass

from gan_course.grading.index import Index


@dataclass(frozen=True)
class Notebook:
    """A notebook of the course, as a student handed it in."""

    number: str  # "04"
    code: list[str]  # the sources of its code cells
    plan: list[tuple[int, str, str]]  # (code cell, checker to call there, name of the answer)


def parse(content: bytes, name: str, exercises: Index) -> Notebook:
    """The notebook (format 4) in a file of that name; ValueError if it is none of the course."""
    try:
        cells = json.loads(content)["cells"]
        cells = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a notebook ({type(error).__name__}: {error})") from None
    code = [source for kind, source in cells if kind == "code"]
    title = next((source for kind, source in cells if kind == "markdown"), "")
    number = _number("\n".join(code), title, name, exercises)
    plan = []
    for exercise in exercises[number]:
        call = re.compile(rf"^[^#\n]*\b{exercise.checker}\(", re.MULTILINE)
        answer = re.compile(rf"^(def {exercise.answer}\b|{exercise.answer} *[:=])", re.MULTILINE)
        places = [i for i, source in enumerate(code) if call.search(source)]
        if not places:  # the line was deleted: check where the answer is defined last
            places = [i for i, source in enumerate(code) if answer.search(source)][-1:]
        plan += [(i, exercise.checker, exercise.answer) for i in places]
    return Notebook(number, code, sorted(plan))


def _number(code: str, title: str, name: str, exercises: Index) -> str:
    """Which notebook of the course it is: by the checkers called, else by title or file name."""
    calls = {n: sum(f".{e.checker}(" in code for e in of) for n, of in exercises.items()}
    most_called = max(calls, key=calls.get)
    if calls[most_called]:
        return most_called
    for number in re.findall(r"\A#\s*(\d\d)\b", title) + re.findall(r"(?<!\d)(\d\d)(?!\d)", name):
        if number in exercises:
            return number
    raise ValueError("no exercise of the course is in it")
