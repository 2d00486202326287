"""The course as data (`course.yaml`) and its map as an SVG: a card for each notebook, an arrow to
each that builds on it.
"""

import textwrap
from dataclasses import dataclass
from html import escape
from pathlib import Path

import yaml

LINE = 16  # pixels between two lines of text on a card


@dataclass(frozen=True)
class Entry:
    """One notebook. minutes: reading and exercises; run: of computing in profile cpu; wide, narrow:
    (column, row) on the maps.
    """

    name: str
    title: str
    learn: str
    minutes: int
    run: int
    after: tuple[str, ...]
    wide: tuple[int, int]
    narrow: tuple[int, int]

    @property
    def number(self) -> str:
        return self.name[:2]

    @property
    def time(self) -> str:
        return f"{self.minutes} + {self.run} min"


def read(path: Path, notebooks: list[str]) -> list[Entry]:
    """The entries of `course.yaml` in the order of the notebooks. ValueError if the two do not fit
    together.
    """
    entries = {}
    for item in yaml.safe_load(path.read_text(encoding="utf-8")):
        entry = Entry(
            **{
                key: tuple(value) if isinstance(value, list) else value
                for key, value in item.items()
            }
        )
        entries[entry.name] = entry
    if missing := sorted(set(notebooks) ^ set(entries)):
        raise ValueError(
            f"{path.name} and the notebooks folder differ in {', '.join(missing)}: each notebook "
            "needs its entry"
        )
    numbers = {entry.number for entry in entries.values()}
    for entry in entries.values():
        if unknown := sorted(set(entry.after) - numbers):
            raise ValueError(
                f"{path.name}: {entry.name} builds on {', '.join(unknown)}, which is no notebook"
            )
    return [entries[name] for name in notebooks]


def svg(entries: list[Entry], layout: str) -> str:
    """The map as an SVG of class `layout`, "wide" or "narrow". Colours are CSS classes, so that it
    follows the dark theme.
    """
    width, height, gap_x, gap_y, letters = {
        "wide": (280, 118, 50, 42, 34),
        "narrow": (164, 146, 22, 34, 20),
    }[layout]
    spots = {entry.number: getattr(entry, layout) for entry in entries}
    if len(set(spots.values())) < len(spots):
        raise ValueError(f"two notebooks share a place on the {layout} map")
    columns, rows = (1 + max(spot[i] for spot in spots.values()) for i in (0, 1))
    left, top = (
        {n: c * (width + gap_x) for n, (c, r) in spots.items()},
        {n: r * (height + gap_y) for n, (c, r) in spots.items()},
    )
    size = (columns * (width + gap_x) - gap_x + 4, rows * (height + gap_y) - gap_y + 4)
    parts = [
        f'<svg class="course-map {layout}" viewBox="-2 -2 {size[0]} {size[1]}" role="group" '
        'aria-label="Course map: which '
        f'notebook builds on which">',
        f'<defs><marker id="tip-{layout}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto" '
        f'markerUnits="userSpaceOnUse"><path class="tip" d="M0,0 L8,4 L0,8 z"/></marker></defs>',
    ]
    for entry in entries:
        for source in entry.after:
            path = _arrow(spots[source], spots[entry.number], width, height, gap_x, gap_y)
            parts.append(f'<path class="edge" d="{path}" marker-end="url(#tip-{layout})"/>')
    parts += [
        _card(entry, left[entry.number], top[entry.number], width, height, letters)
        for entry in entries
    ]
    return "\n".join([*parts, "</svg>"])


def _arrow(
    start: tuple[int, int], end: tuple[int, int], width: int, height: int, gap_x: int, gap_y: int
) -> str:
    """The path from the card at `start` (column, row) to the card at `end`. No arrow runs behind a
    third card.
    """
    (c, r), (column, row) = start, end
    x, y, to_x, to_y = (
        c * (width + gap_x),
        r * (height + gap_y),
        column * (width + gap_x),
        row * (height + gap_y),
    )
    step = -1 if column < c else 1
    side = x + (width if step > 0 else 0)  # the edge that the arrow leaves, unless it goes down
    if r == row:
        return f"M{side},{y + height / 2} H{to_x + (0 if step > 0 else width) - 2 * step}"
    if abs(row - r) == 1:  # down, from the lower edge to the upper one
        x, y, to_x = x + width / 2, y + height, to_x + width / 2
        return f"M{x},{y} C{x},{y + gap_y} {to_x},{to_y - gap_y} {to_x},{to_y - 2}"
    lane = side + step * gap_x / 2  # farther down: along the gap between the columns
    enter = to_x if lane < to_x else to_x + width
    return f"M{side},{y + 0.75 * height} H{lane} V{to_y + 0.25 * height} H{enter - 2 * (1 if enter > lane else -1)}"


def _card(entry: Entry, x: int, y: int, width: int, height: int, letters: int) -> str:
    """A card at (x, y), a link to the notebook's page. letters: how many fit on a line."""
    # set larger and bold
    title = textwrap.wrap(f"{entry.number} {entry.title}", round(0.8 * letters))
    learn = textwrap.wrap(entry.learn, letters)
    lines = [("title", line) for line in title] + [("learn", line) for line in learn]
    text = [
        f'<text class="{kind}" x="{x + 13}" '
        f'y="{y + 25 + LINE * i + (4 if kind == "learn" else 0)}">{escape(line)}</text>'
        for i, (kind, line) in enumerate(lines)
    ]
    label = escape(
        f"{entry.number} {entry.title}: {entry.learn}. {entry.minutes} minutes, and {entry.run} of "
        "computing",
        quote=True,
    )
    return (
        f'<a href="notebooks/{entry.name}.html" aria-label="{label}"><rect x="{x}" y="{y}" '
        f'width="{width}" height="{height}" '
        f'rx="8"/>{"".join(text)}<text class="time" x="{x + 13}" '
        f'y="{y + height - 13}">{escape(entry.time)}</text></a>'
    )
