"""`gan-course explain WORD`: message, cause and cure of what people report, from assets/help.md.

The site's Help page is the same file. Nothing outside Python's own library is imported: it answers
where the course is half installed.
"""

import re
import sys
import textwrap
from pathlib import Path

HELP = Path(__file__).parents[1] / "assets" / "help.md"


def main(words: list[str]) -> int:
    """Print what the Help page says of these words; without an answer its titles, and returns 1."""
    found = find(" ".join(words))
    for title in found:
        print(f"{title}\n{'=' * len(title)}\n{shown(sections()[title])}\n")
    if found:
        return 0
    if words:
        print(f"The Help page says nothing of {' '.join(words)}.", file=sys.stderr)
    print("gan-course explain WORD tells of:", *sections(), sep="\n  ")
    return int(bool(words))


def sections() -> dict[str, str]:
    """Title and text of each symptom or topic: the headings of the third level."""
    text = HELP.read_text(encoding="utf-8")
    return dict(re.findall(r"^### ([^\n]*)\n\n(.*?)(?=^##|\Z)", text, re.M | re.S))


def find(query: str) -> list[str]:
    """Titles of the sections that have each word of the query, or its beginning, among their names.

    If there are none: of those that have them in their texts.
    """
    words = re.findall(r"\w+", query)

    def holds(text: str) -> bool:
        return all(re.search(rf"\b{word}", text, re.I) for word in words)

    if not words:
        return []
    all_of = sections()
    named = [title for title, text in all_of.items() if holds(title + text.split("\n\n")[0])]
    return named or [title for title, text in all_of.items() if holds(text)]


def shown(text: str) -> str:
    """Markdown as a terminal shows it: no links, no stars, lines of 88 columns."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text).replace("*", "")
    parts = [" ".join(part.split()) for part in re.split(r"\n\n|\n(?=- )", text.strip())]
    return "\n\n".join(textwrap.fill(part, 88, break_long_words=False) for part in parts)
