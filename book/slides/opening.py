"""What a deck has beside its notebook's slides: a picture on its title page, a slide that says where
the lecture stands in the world, and an exam question at its end. The data are in decks.yaml, in the
bibliography, and in the exam bank.
"""

import html
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from decks import MARKDOWN, Deck, DeckError, Slide, figure, figures

sys.path.insert(0, str(Path(__file__).parents[1] / "teach"))
import exams  # noqa: E402

HERE = Path(__file__).parent
BIBLIOGRAPHY = HERE.parent / "pages" / "bibliography.md"
FIRST, LAST = 2013, 2025  # years of the timeline; what is older stands at its left end


@dataclass(frozen=True)
class Work:
    """A work of the bibliography: its first author, its year, the notebooks that use it."""

    author: str
    year: int
    notebooks: tuple[str, ...]


def works() -> dict[str, Work]:
    """The bibliography: label -> Work."""
    found = {}
    text = BIBLIOGRAPHY.read_text(encoding="utf-8")
    entry = re.compile(r"^\((\S+)\)=\n\*\*.+?\*\* (.+)\n(?:.*\n)+?(?=\n|\Z)", re.M)
    for match in entry.finditer(text):
        head = re.sub(r"\[[^\]]*\]\([^)]*\)", "", match[2])  # without links
        years = re.findall(r"\b(?:19|20)\d\d\b", head)
        if not years:
            continue
        first = re.split(r",| et al| and ", head.split(". *")[0].split(". 20")[0])[0]
        numbers = re.findall(r"\[(\d\d)\]\(", match[0])
        surname = re.sub(r"^(?:[A-Z]\.[- ]?)+", "", first).strip(" .")
        found[match[1]] = Work(surname, int(years[-1]), tuple(sorted(set(numbers))))
    return found


def settings() -> dict[str, dict]:
    """decks.yaml: number of a deck -> world, papers, picture."""
    return yaml.safe_load((HERE / "decks.yaml").read_text(encoding="utf-8"))


def timeline(number: str, named: dict[str, str]) -> str:
    """An SVG: a dot for each work that the course cites, those of this notebook in orange.

    named: label of a work -> two or three words that stand at its place.
    """
    every = works()
    if unknown := sorted(set(named) - set(every)):
        raise KeyError(f"decks.yaml, {number}: {', '.join(unknown)} is not in the bibliography")
    width, axis, step = 1160, 170, 1160 / (LAST - FIRST + 1)

    def column(year: int) -> int:
        return min(max(year, FIRST), LAST) - FIRST

    dots, rows = [], Counter()
    mine = {label for label, work in every.items() if number in work.notebooks} | set(named)
    place = {}
    for label in sorted(every, key=lambda label: (label not in mine, label)):
        at = column(every[label].year)
        across, up = rows[at] % 7, rows[at] // 7
        rows[at] += 1
        x, y = step * (at + 0.5) + 11 * (across - 3), axis - 12 - 12 * up
        colour = "#D55E00" if label in mine else "#C9D3DA"
        place[label] = x
        dots.append(f'<circle cx="{x:.0f}" cy="{y}" r="4.5" fill="{colour}"/>')
    lines = [f'<line x1="0" y1="{axis}" x2="{width}" y2="{axis}" stroke="#222" stroke-width="2"/>']
    for year in range(FIRST, LAST + 1):
        x = step * (year - FIRST + 0.5)
        text = f"to {year}" if year == FIRST else str(year)
        lines.append(f'<text x="{x:.0f}" y="{axis + 26}" class="year">{text}</text>')
    lines += _labels(named, every, place, axis + 44, width)
    height = axis + 44 + 3 * 58
    names = ", ".join(f"{every[k].author} {every[k].year}: {named[k]}" for k in named)
    alt = f"A timeline of the works that the course cites. Of this lecture: {names}."
    return (
        f'<svg class="timeline" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{html.escape(alt)}">{"".join(dots + lines)}</svg>'
    )


def _labels(named: dict, every: dict, place: dict, top: int, width: int) -> list[str]:
    """Names below the axis, each on the one of three rows where it can stand nearest to its dot."""
    parts, ends = [], [0.0, 0.0, 0.0]  # where the last name of each row ends
    for label in sorted(named, key=place.get):
        work, words = every[label], named[label]
        who = f"{work.author} {work.year}"
        half = 5.6 * max(len(words) * 1.08, len(who)) + 8
        nearest = [min(max(place[label], end + half), width - half) for end in ends]
        row = min(range(3), key=lambda r: (nearest[r] < ends[r] + half, nearest[r] - place[label]))
        x, y = nearest[row], top + 58 * row
        ends[row] = x + half
        parts += [
            f'<path d="M{place[label]:.0f} {top - 12} L{x:.0f} {y + 4}" stroke="#D55E00" '
            f'stroke-width="1.5" stroke-opacity="{0.4 if row else 1}"/>',
            f'<text x="{x:.0f}" y="{y + 24}" class="what">{html.escape(words)}</text>',
            f'<text x="{x:.0f}" y="{y + 46}" class="who">{html.escape(who)}</text>',
        ]
    return parts


def complete(deck: Deck, notebook: dict) -> Deck:
    """The deck with its title picture, "Where this stands" second and an exam question last."""
    own = settings().get(deck.number)
    if own is None:
        return deck
    title, *rest = deck.slides
    slides, end = [], 0.0
    for slide in (title, _world(own, deck.number), *rest, _exam(deck.number)):
        end += slide.minutes
        slides.append(replace(slide, end=end))
    return replace(deck, slides=slides, picture=_picture(own, deck, notebook))


def _world(own: dict, number: str) -> Slide:
    return Slide(
        cell="world",
        kind="world",
        title="Where this stands",
        parts=[MARKDOWN.render(own["world"])],
        shown=[timeline(number, own["papers"])],
        layout="below",
        reveal=False,
        notes=MARKDOWN.render(
            "Each dot is a work that the course cites, in the year of its venue. Orange: those of "
            "this lecture. Say where the idea is at work today, and go on."
        ),
        minutes=1.0,
        end=0.0,
    )


def _exam(number: str) -> Slide:
    question = exams.of_the_deck(number)
    return Slide(
        cell="exam",
        kind="exam",
        title="",
        parts=[MARKDOWN.render(question.text)],
        shown=[],
        layout="below",
        reveal=False,
        notes=MARKDOWN.render(
            f"Two minutes on paper, then hands. **{question.answer}**. {question.why}"
        ),
        minutes=2.0,
        end=0.0,
    )


def _picture(own: dict, deck: Deck, notebook: dict) -> str:
    """The figure on the title page: the one that decks.yaml names, else the first of the deck."""
    spec = own.get("picture")
    if not spec:
        shown = (part for slide in deck.slides for part in slide.shown if "<figure>" in part)
        return next(shown, "")
    where = f"{deck.name}, the picture of decks.yaml"
    found = figures(notebook, spec["cell"])
    if not found:
        raise DeckError(f"{where}: cell {spec['cell']} has no figure")
    return figure(found[spec.get("figure", 0)], where, spec.get("crop"))


def address(slide: Slide, deck: Deck) -> str:
    """Where the notebook's page has what the slide is about, seen from the deck."""
    plain = re.sub(r"[`*$\\]", "", slide.section).lower()
    anchor = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    anchor = re.sub(r"^[^a-z]+", "", anchor)
    return f"../notebooks/{deck.name}.html" + (f"#{anchor}" if anchor else "")
