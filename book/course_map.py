"""The course as data (`course.yaml`), and its map as an SVG.

The map has a card for each notebook, and an arrow to each notebook that builds on it.
"""

import textwrap
from dataclasses import dataclass
from html import escape
from pathlib import Path

import yaml

LINE = 16  # pixels between two lines of text on a card


@dataclass(frozen=True)
class Layout:
    """Pixels: a card's size, the gaps between cards. letters: that fit on a line of a card."""

    width: int
    height: int
    gap_x: int
    gap_y: int
    letters: int

    def place(self, spot: tuple[int, int]) -> tuple[int, int]:
        """The upper left corner of the card at (column, row)."""
        column, row = spot
        return column * (self.width + self.gap_x), row * (self.height + self.gap_y)


LAYOUTS = {
    "wide": Layout(width=280, height=118, gap_x=50, gap_y=42, letters=34),
    "narrow": Layout(width=164, height=146, gap_x=22, gap_y=34, letters=20),
}


@dataclass(frozen=True)
class Entry:
    """One notebook.

    minutes: reading and exercises; run: minutes of computing in profile cpu; after: the numbers of
    those it builds on; wide, narrow: (column, row) on the maps.
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
    """The entries of `course.yaml` in the order of the notebooks. ValueError if they differ."""
    entries = {}
    for item in yaml.safe_load(path.read_text(encoding="utf-8")):
        lists = {key: tuple(value) for key, value in item.items() if isinstance(value, list)}
        entries[item["name"]] = Entry(**item | lists)
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


def svg(entries: list[Entry], name: str) -> str:
    """The map as an SVG of the layout `name`, "wide" or "narrow".

    Colours are CSS classes, so that it follows the dark theme.
    """
    layout = LAYOUTS[name]
    spots = {entry.number: getattr(entry, name) for entry in entries}
    if len(set(spots.values())) < len(spots):
        raise ValueError(f"two notebooks share a place on the {name} map")
    columns, rows = (1 + max(numbers) for numbers in zip(*spots.values()))
    right, bottom = layout.place((columns, rows))
    box = f"-2 -2 {right - layout.gap_x + 4} {bottom - layout.gap_y + 4}"
    label = "Course map: which notebook builds on which"
    size = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
    parts = [
        f'<svg class="course-map {name}" viewBox="{box}" role="group" aria-label="{label}">',
        f'<defs><marker id="tip-{name}" {size} orient="auto" markerUnits="userSpaceOnUse">'
        '<path class="tip" d="M0,0 L8,4 L0,8 z"/></marker></defs>',
    ]
    edges = [(source, entry.number) for entry in entries for source in entry.after]
    lanes, arrivals = _lanes(edges, spots, layout), {}
    for source, target in edges:
        lane = lanes.get(source, 0.0)
        side = (target, spots[target][0] <= spots[source][0])
        far = abs(spots[target][1] - spots[source][1]) > 1
        arrival = arrivals.setdefault(side, 0)
        arrivals[side] += far
        path = _arrow(spots[source], spots[target], layout, lane, arrival)
        # course.js shows which arrows belong to a card
        ends = f'data-from="{source}" data-to="{target}"'
        parts.append(f'<path class="edge" {ends} d="{path}" marker-end="url(#tip-{name})"/>')
    parts += [_card(entry, spots[entry.number], layout) for entry in entries]
    return "\n".join([*parts, "</svg>"])


def _lanes(edges: list[tuple[str, str]], spots: dict, layout: Layout) -> dict[str, float]:
    """Where in the gap beside its card each arrow runs that goes farther down, in pixels from the
    card: all arrows of one card share a lane, and no two cards have the same.
    """
    gaps: dict[int, list[str]] = {}  # the gap to the left of a column -> cards that use it
    for source, target in edges:
        (column, row), (to_column, to_row) = spots[source], spots[target]
        if abs(to_row - row) > 1:
            users = gaps.setdefault(column if to_column < column else column + 1, [])
            if source not in users:
                users.append(source)
    lanes = {}
    for gap, users in gaps.items():
        for k, source in enumerate(users):
            share = (k + 1) / (len(users) + 1)
            leftwards = spots[source][0] == gap
            lanes[source] = layout.gap_x * (1 - share if leftwards else share)
    return lanes


def _arrow(
    start: tuple[int, int], end: tuple[int, int], layout: Layout, lane: float, arrival: int
) -> str:
    """The path from the card at `start` to the one at `end`. None runs behind a third card.

    lane: pixels from the first card, for an arrow that goes farther than the next row; arrival:
    how many such arrows reach the same side before.
    """
    (from_column, from_row), (to_column, to_row) = start, end
    (x, y), (to_x, to_y) = layout.place(start), layout.place(end)
    width, height = layout.width, layout.height
    leftwards = to_column < from_column
    step = -1 if leftwards else 1
    side = x if leftwards else x + width  # the edge that the arrow leaves, unless it goes down
    if to_row == from_row:
        to_side = to_x + width if leftwards else to_x
        return f"M{side},{y + height / 2} H{to_side - 2 * step}"
    if abs(to_row - from_row) == 1:  # down, from the lower edge to the upper one
        x, y, to_x, gap = x + width / 2, y + height, to_x + width / 2, layout.gap_y
        return f"M{x},{y} C{x},{y + gap} {to_x},{to_y - gap} {to_x},{to_y - 2}"
    turn = side + step * lane  # farther down: along the gap between the columns
    tip = to_x - 2 if turn < to_x else to_x + width + 2
    return f"M{side},{y + 0.75 * height} H{turn:.1f} V{to_y + 0.25 * height + 16 * arrival} H{tip}"


def _card(entry: Entry, spot: tuple[int, int], layout: Layout) -> str:
    """The card at `spot`, a link to the notebook's page."""
    x, y = layout.place(spot)
    # the title is set larger and bold
    title = textwrap.wrap(f"{entry.number} {entry.title}", round(0.8 * layout.letters))
    learn = textwrap.wrap(entry.learn, layout.letters)
    bottom = y + layout.height
    lines = [("title", y + 25 + LINE * i, line) for i, line in enumerate(title)]
    top = y + 29 + LINE * len(title)
    lines += [("learn", top + LINE * i, line) for i, line in enumerate(learn)]
    lines.append(("time", bottom - 13, entry.time))
    # the spaces are for screen readers, which read the lines as the link's name
    text = " ".join(
        f'<text class="{kind}" x="{x + 13}" y="{height}">{escape(line)}</text>'
        for kind, height, line in lines
    )
    return (
        f'<a href="notebooks/{entry.name}.html" data-card="{entry.number}"><rect x="{x}" y="{y}" '
        f'width="{layout.width}" height="{layout.height}" rx="8"/>{text}</a>'
    )
