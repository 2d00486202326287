"""The lectures of a semester, with slide ranges: cut from the decks by their minutes (plan.yaml).

The site's page for instructors gets its tables from here, so that they follow the decks.
"""

import json
import sys
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "slides"))
LIMIT = 75.0  # minutes
Place = tuple[str, int, float, str]  # deck, number of the slide, its minutes, its kind


def settings() -> dict:
    return yaml.safe_load((HERE / "plan.yaml").read_text(encoding="utf-8"))


def places(deck) -> list[Place]:
    """The slides of a deck in order."""
    return [(deck.number, i, s.minutes, s.kind) for i, s in enumerate(deck.slides, 1)]


def cut(slides: list[Place], lectures: int, limit: float = LIMIT) -> list[list[Place]]:
    """The slides in so many lectures of at most `limit` minutes. ValueError if they do not fit.

    A lecture best begins with a deck or a section, next best with a question; it does not begin
    between a question and its answer. Of cuts that are alike the most even ones count.
    """
    costs = {"title": 0, "section": 0, "question": 2}
    mean = sum(place[2] for place in slides) / lectures

    @cache
    def best(start: int, left: int):
        if left == 0:
            return (0.0, ()) if start == len(slides) else None
        found, minutes = None, 0.0
        for end in range(start + 1, len(slides) + 1):
            minutes += slides[end - 1][2]
            if minutes > limit:
                break
            rest = best(end, left - 1)
            if rest is None:
                continue
            cost = rest[0] + ((minutes - mean) / 10) ** 2
            if end < len(slides):
                cost += 20 if slides[end - 1][3] == "question" else costs.get(slides[end][3], 4)
            if found is None or cost < found[0]:
                found = cost, (end, *rest[1])
        return found

    found = best(0, lectures)
    if found is None:
        whole = sum(place[2] for place in slides)
        raise ValueError(f"{whole:g} minutes do not fit into {lectures} lectures of {limit:g}")
    ends = (0, *found[1])
    return [slides[a:b] for a, b in zip(ends, ends[1:])]


def fewest(deck) -> list[list[Place]]:
    """The lectures that a deck alone takes, as few as can be."""
    slides = places(deck)
    for lectures in range(1, len(slides) + 1):
        try:
            return cut(slides, lectures)
        except ValueError:
            continue
    raise ValueError(f"{deck.name} has a slide of more than {LIMIT:g} minutes")


def semester(decks: dict) -> list[list[Place]]:
    """The lectures, week by week. decks: number -> Deck."""
    lectures = []
    for block in settings()["blocks"]:
        slides = [place for number in block["decks"] for place in places(decks[number])]
        lectures += cut(slides, block["lectures"])
    return lectures


def ranges(lecture: list[Place], titles: dict[str, str]) -> str:
    """"01 The minimax objective, slides 1 to 17; ..."."""
    parts = []
    for number, group in groupby(lecture, key=lambda place: place[0]):
        numbers = [place[1] for place in group]
        parts.append(f"{number} {titles[number]}, slides {numbers[0]} to {numbers[-1]}")
    return "; ".join(parts)


def semester_table(decks: dict, titles: dict[str, str]) -> str:
    """The plan as a Markdown table."""
    lines = ["| week | lecture | minutes | lab | hand in |", "| --- | --- | --- | --- | --- |"]
    lectures = semester(decks)
    for week, own in enumerate(settings()["weeks"], 1):
        lecture = lectures[week - 1] if week <= len(lectures) else []
        minutes = f"{sum(place[2] for place in lecture):g}" if lecture else ""
        what = ranges(lecture, titles) if lecture else "project talks"
        lines.append(f"| {week} | {what} | {minutes} | {own['lab']} | {own['hand in']} |")
    return "\n".join(lines)


def decks_table(decks: dict, titles: dict[str, str]) -> str:
    """For each deck its slides, its minutes, and where to stop if it takes two lectures."""
    lines = ["| deck | slides | minutes | lectures of 75 minutes |", "| --- | --- | --- | --- |"]
    for number, deck in sorted(decks.items()):
        lectures = fewest(deck)
        parts = [
            f"{one[0][1]} to {one[-1][1]} ({sum(place[2] for place in one):g} min)"
            for one in lectures
        ]
        where = "one" if len(parts) == 1 else f"{len(parts)}: slides {', '.join(parts)}"
        lines.append(
            f"| {number} {titles[number]} | {len(deck.slides)} | {deck.minutes:g} | {where} |"
        )
    return "\n".join(lines)


def notebooks_table(course: list[dict]) -> str:
    """The notebooks with their minutes and exercises."""
    index = HERE.parents[1] / "gan_course" / "assets" / "exercises.json"
    exercises = json.loads(index.read_text(encoding="utf-8"))
    lines = ["| | notebook | read and try, minutes | computing, minutes | exercises |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for entry in course:
        name = entry["name"]
        link = f"[{entry['title']}](../notebooks/{name}.ipynb)"
        count = len(exercises.get(name[:2], []))
        lines.append(f"| {name[:2]} | {link} | {entry['minutes']} | {entry['run']} | {count} |")
    return "\n".join(lines)


def fill(text: str, folder: Path) -> str:
    """The instructors' page with its tables. folder: of the notebooks."""
    from build_decks import read

    course = yaml.safe_load((HERE.parent / "course.yaml").read_text(encoding="utf-8"))
    titles = {entry["name"][:2]: entry["title"] for entry in course}
    every = (read(path) for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")))
    decks = {deck.number: deck for deck in every if deck}
    tables = {
        "notebooks": notebooks_table(course),
        "semester": semester_table(decks, titles),
        "decks": decks_table(decks, titles),
    }
    for name, table in tables.items():
        mark = f"<!-- table: {name} -->"
        if mark not in text:
            raise ValueError(f"the instructors' page has no place for the table {name}")
        text = text.replace(mark, table)
    return text
