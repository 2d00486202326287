"""Notebooks made into pages: with a strip at the top, claims with anchors, and folded solutions.

A page is a copy; the notebook itself stays as it was. Notebooks here are plain dicts as `json.load`
gives them.
"""

import copy
import re
from collections.abc import Sequence
from pathlib import Path

import buttons
from borrow import loop_figure, raw
from claims_page import claims, plain
from course_map import Entry

HEADING = re.compile(r"^#+ (Exercise \d\d\.\d+)", re.M)
MENTION = re.compile(r"(?<!\[)\b([Nn]otebook) (\d\d)\b(?!\.\d)")
HINT_END = "</details>"


def source(cell: dict) -> str:
    return "".join(cell["source"])


def markdown(text: str, name: str) -> dict:
    """A Markdown cell with an id made from `name`."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def notebook_page(
    notebook: dict,
    entry: Entry,
    entries: list[Entry],
    solutions: dict,
    slides: str | None,
    loops: Sequence[dict] = (),
) -> dict:
    """The page of a notebook.

    solutions: the notebook that solves it; slides: address of its deck, seen from the page; loops:
    pictures that move, for the end of its opening.
    """
    page = copy.deepcopy(notebook)
    anchor_claims(page)
    link_mentions(page, entries, folder="", own=entry.number)
    title, _, rest = buttons.without(source(page["cells"][0])).partition("\n")
    opening = [title, strip(entry, entries, slides), rest.strip()]
    opening += [raw(loop_figure(loop, "..")) for loop in loops]
    page["cells"][0]["source"] = "\n\n".join(opening)
    answers = copy.deepcopy(solutions)
    anchor_claims(answers, prefix=None)
    link_mentions(answers, entries, folder="", own=entry.number)
    page["cells"] = fold_in(page["cells"], split(answers["cells"]), entry.name)
    return page


def solutions_page(notebook: dict, entry: Entry, entries: list[Entry]) -> dict:
    """The page of a notebook of solutions: each exercise leads back to where it is set."""
    page = copy.deepcopy(notebook)
    anchor_claims(page)
    link_mentions(page, entries, folder="../", own=entry.number)
    title, _, rest = buttons.without(source(page["cells"][0])).partition("\n")
    back = f"[{entry.number} {plain(entry.title)}](../{entry.name}.ipynb)"
    run = launch(f"solutions/{entry.name}", "../../downloads")
    links = f"Solutions to the exercises of {back}\n\n{run}"
    page["cells"][0]["source"] = "\n\n".join([title, box("strip", links), rest.strip()])
    for cell in page["cells"]:
        # exercises stand right below the title, so their headings are of the second level
        if cell["cell_type"] == "markdown":
            cell["source"] = re.sub(r"^###(?= Exercise)", "##", source(cell), flags=re.M)
    return page


def strip(entry: Entry, entries: list[Entry], slides: str | None) -> str:
    """The line below the title: minutes, what comes before, notebook, deck and solutions."""
    earlier = [
        f"[{other.number} {plain(other.title)}]({other.name}.ipynb)"
        for other in entries
        if other.number in entry.after
    ]
    run = "1 minute" if entry.run == 1 else f"{entry.run} minutes"
    parts = [
        f"**You will need {entry.minutes} minutes** to read and try, and up to {run} of computing"
    ]
    if earlier:
        parts.append(f"Builds on {' and '.join(earlier)}")
    if slides:
        parts.append(f'<a href="{slides}">Slides</a>')
    parts.append(f"[Solutions](solutions/{entry.name}.ipynb)")
    return box("strip", f"{' · '.join(parts)}\n\n{launch(entry.name, '../downloads')}")


def launch(name: str, downloads: str) -> str:
    """The buttons of a notebook. downloads: that folder, seen from the page."""
    return buttons.row(
        f"notebooks/{name}.ipynb", buttons.repository(), f"{downloads}/{name}.ipynb", "Download"
    )


def box(kind: str, text: str) -> str:
    return f":::{{div}} {kind}\n{text}\n:::"


def anchor_claims(page: dict, prefix: str | None = "claim") -> None:
    """Turn claims into paragraphs that links can lead to. prefix None: without anchors."""
    for output, claim in claims(page):
        anchor = f"#{prefix}-{claim.number} " if prefix else ""
        value = f" <span class='value'>{plain(claim.value)}</span>" if claim.value else ""
        kind, verdict = "true", "✔ holds"
        if not claim.checked:
            kind, verdict = "unchecked", f"○ not checked in profile {claim.profile}"
        text = f"{{{anchor}.claim .{kind}}}\n**{verdict}** {plain(claim.sentence)}{value}"
        output["data"] = {"text/markdown": text}


def link_mentions(page: dict, entries: list[Entry], folder: str, own: str) -> None:
    """Make "notebook 02" in the text a link. folder: from the page to the notebooks' folder."""
    names = {entry.number: entry.name for entry in entries if entry.number != own}

    def link(match: re.Match) -> str:
        return f"[{match[0]}]({folder}{names[match[2]]}.ipynb)" if match[2] in names else match[0]

    for cell in page["cells"]:
        if cell["cell_type"] == "markdown":
            # a heading stays as it is: its text is in the table of contents too
            lines = source(cell).split("\n")
            cell["source"] = "\n".join(
                line if line.startswith("#") else MENTION.sub(link, line) for line in lines
            ).replace("/book/figures/", "/figures/")  # where build.py puts the drawings


def split(cells: list[dict]) -> dict[str, list[dict]]:
    """The cells of each solution ("Exercise 01.2"), without the one that repeats the question."""
    parts, current = {}, None
    for cell in cells:
        if cell["cell_type"] == "markdown" and (match := HEADING.search(source(cell))):
            current = parts.setdefault(match[1], [])
        elif current is not None:
            current.append({**cell, "id": f"solution-{cell['id']}"})
    return parts


def fold_in(cells: list[dict], answers: dict[str, list[dict]], name: str) -> list[dict]:
    """The cells of a notebook with each exercise's solution, folded, behind its hint.

    ValueError if a solution finds no hint.
    """
    folded, exercise = [], None
    for cell in cells:
        if cell["cell_type"] != "markdown":
            folded.append(cell)
            continue
        text = source(cell)
        while exercise in answers and HINT_END in text:
            hint, rest = text.split(HINT_END, 1)
            if HEADING.search(hint):  # the hint is that of a later exercise
                break
            text = rest
            label = exercise.replace(" ", "-").replace(".", "-").lower()
            opening = f'<details class="solution"><summary>Solution of {exercise.lower()}</summary>'
            folded.append({**cell, "id": f"{label}-hint", "source": hint + HINT_END})
            folded += [
                markdown(opening, f"{label}-open"),
                *answers.pop(exercise),
                markdown(HINT_END, f"{label}-close"),
            ]
        if match := HEADING.search(text):
            exercise = match[1]
        if text.strip():
            folded.append({**cell, "source": text.lstrip("\n")})
    if answers:
        raise ValueError(f"{name}: no hint to put the solution of {', '.join(answers)} behind")
    return folded


def without_solutions(text: str) -> str:
    """The text of a page, its links to solutions and to the instructors' page turned into words."""
    text = re.sub(r" · \[Solutions\]\([^)]*\)", "", text)
    where = r"(?:\.\./)*(?:pages/|notebooks/)?(?:solutions|instructors)(?:\.md|/)[^)]*"
    return re.sub(rf"(?<!!)\[([^\[\]]+)\]\({where}\)", r"\1", text)


def doc_links(text: str) -> str:
    """A page of `book/pages` on the site, where the notebooks are one folder up instead of two."""
    return text.replace("](../../notebooks/", "](../notebooks/")


def stems(folder: Path) -> list[str]:
    """The notebooks of a folder, in order."""
    return sorted(path.stem for path in folder.glob("[0-9][0-9]_*.ipynb"))
