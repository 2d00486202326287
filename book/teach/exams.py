"""The exam bank: `make exams SEED=7 FROM="01 02 03"` writes an exam and its key into build/exams.

exams.yaml holds the questions. Their numbers are drawn by the seed, their answers computed here, so
that an exam is as private as its seed. Nothing of it goes into the site.
"""

import argparse
import html
import math
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PLACE = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True)
class Question:
    """A question with its numbers: as it is asked, its answer, and the argument."""

    id: str
    points: int
    minutes: int
    text: str
    answer: str
    why: str


def bank() -> list[dict]:
    """The entries of exams.yaml."""
    return yaml.safe_load((HERE / "exams.yaml").read_text(encoding="utf-8"))


def compute(code: str, numbers: dict):
    """The value of an expression, or of the `result` that lines of code leave behind."""
    names = {"math": math, "np": np, **numbers}
    if "\n" not in str(code).strip():
        return eval(str(code), names)
    exec(code, names)
    return names["result"]


def choices(entry: dict) -> list[dict]:
    """All numbers that an entry can be asked with, the first ones first."""
    names = entry["numbers"]
    return [dict(zip(names, values)) for values in product(*names.values())]


def ask(entry: dict, numbers: dict) -> Question:
    """The entry with these numbers."""

    def filled(text: str) -> str:
        def value(match: re.Match) -> str:
            found = compute(match[1], numbers)
            return found if isinstance(found, str) else f"{found:.6g}"

        return PLACE.sub(value, text)

    answer = f"{compute(entry['answer'], numbers):{entry['form']}}"
    parts = filled(entry["question"]), answer, filled(entry["why"])
    return Question(entry["id"], entry["points"], entry["minutes"], *parts)


def of_the_deck(number: str) -> Question:
    """The question that closes the lecture on this notebook."""
    entry = next(e for e in bank() if e["id"].startswith(number) and e.get("deck"))
    return ask(entry, choices(entry)[0])


def draw(seed: str, notebooks: list[str], minutes: int) -> list[Question]:
    """Questions on these notebooks, one each and then more, until the minutes are used up."""
    entries = [e for e in bank() if e["id"][:2] in notebooks and not e.get("deck")]
    chance = random.Random(f"gan-course exam {seed}")
    chance.shuffle(entries)
    rounds, met = [], Counter()
    for entry in entries:  # first one of each notebook, then a second of each
        rounds.append((met[entry["id"][:2]], entry))
        met[entry["id"][:2]] += 1
    entries = [entry for _, entry in sorted(rounds, key=lambda pair: pair[0])]
    chosen, spent = [], 0
    for entry in entries:
        if spent + entry["minutes"] <= minutes:
            chosen.append(ask(entry, chance.choice(choices(entry))))
            spent += entry["minutes"]
    return sorted(chosen, key=lambda question: question.id)


def exam_page(questions: list[Question], seed: str, key: bool) -> str:
    """The exam, or its key, as Markdown."""
    points, minutes = sum(q.points for q in questions), sum(q.minutes for q in questions)
    lines = [
        f"# {'Key to the exam' if key else 'Exam'} {seed}",
        f"{len(questions)} questions, {points} points, {minutes} minutes. Half the points are for "
        "the number, half for the argument: two sentences are enough.",
    ]
    for place, question in enumerate(questions, 1):
        lines.append(f"## {place}. ({question.points} points, {question.minutes} minutes)")
        lines.append(question.text)
        if key:
            lines.append(f"**{question.answer}** ({question.id}). {question.why}")
    return "\n\n".join(lines) + "\n"


def printable(markdown: str) -> str:
    """The page as HTML that prints from a disk, its formulas set by MathJax inside it."""
    sys.path.insert(0, str(ROOT / "book" / "slides"))
    from decks import MARKDOWN
    from npm import modules

    title = html.escape(markdown.partition("\n")[0].lstrip("# "))
    script = (modules() / "mathjax/es5/tex-svg-full.js").read_text(encoding="utf-8")
    settings = r'MathJax = {tex: {inlineMath: [["\\(", "\\)"]], displayMath: [["\\[", "\\]"]]}}'
    style = "body{max-width:44rem;margin:2rem auto;font:1.05rem/1.5 serif}h2{font-size:1.1rem}"
    style += "h2{margin-top:2.4rem}pre{font-size:.9rem}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style}</style><body>{MARKDOWN.render(markdown)}"
        f"<script>{settings}</script><script>{script}</script></body></html>\n"
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", required=True, help="a word or number that only you know")
    parser.add_argument("--notebooks", nargs="*", default=[], help="such as 01 02 03; default: all")
    parser.add_argument("--minutes", type=int, default=60, help="of the exam (%(default)s)")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "exams")
    asked = parser.parse_args(arguments)
    known = sorted({entry["id"][:2] for entry in bank()})
    if unknown := sorted(set(asked.notebooks) - set(known)):
        raise SystemExit(f"exams: no question on {', '.join(unknown)}; there are {', '.join(known)}")
    questions = draw(asked.seed, asked.notebooks or known, asked.minutes)
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, key in (("exam", False), ("key", True)):
        page = exam_page(questions, asked.seed, key)
        (asked.out / f"{name}-{asked.seed}.md").write_text(page, encoding="utf-8")
        (asked.out / f"{name}-{asked.seed}.html").write_text(printable(page), encoding="utf-8")
    print(f"{len(questions)} questions in {asked.out / f'exam-{asked.seed}.html'}")


if __name__ == "__main__":
    main()
