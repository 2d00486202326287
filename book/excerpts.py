"""The texts of all pages in one script, from which the search page takes its excerpts.

Pages on a disk may not read one another, but they may load a script.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

SILENT = {"pre", "script", "style", "svg", "button", "nav", "form", "details"}
INLINE = {"a", "b", "code", "em", "i", "mark", "span", "strong", "sub", "sup"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Sections(HTMLParser):
    """The text of a page's article, section by section: [[id, text], ...]."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[list[str]] = []
        self.open: list[tuple[str, bool]] = []  # tags within the article; whether they are silent
        self.ids: list[str] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "article" and "bd-article" in (values.get("class") or ""):
            self.inside = True
        if self.inside and self.found and tag not in INLINE:
            self.found[-1][1] += " "
        if not self.inside or tag in VOID:
            return
        kinds = set((values.get("class") or "").split())
        self.open.append((tag, tag in SILENT or bool(kinds & {"headerlink", "strip"})))
        if tag == "section":
            self.found.append([values.get("id") or "", ""])

    def handle_endtag(self, tag):
        if not self.inside or tag in VOID:
            return
        while self.open and self.open.pop()[0] != tag:
            pass
        self.inside = bool(self.open)

    def handle_data(self, data):
        if self.inside and self.found and not any(silent for _, silent in self.open):
            self.found[-1][1] += data


def plain(text: str) -> str:
    """Without line breaks, and formulas without the signs around them."""
    return " ".join(re.sub(r"\\[()\[\]]", "", text).split())


def write(html: Path) -> None:
    """Write html/_static/search-texts.js."""
    texts = {}
    for path in sorted(html.rglob("*.html")):
        name = path.relative_to(html).with_suffix("").as_posix()
        if not name.startswith(("_static", "search", "genindex", "laboratory")):
            found = Sections(path.read_text(encoding="utf-8")).found
            texts[name] = [[where, plain(text)] for where, text in found]
    content = json.dumps(texts, ensure_ascii=False)
    (html / "_static" / "search-texts.js").write_text(
        f"globalThis.courseTexts = {content};\n", encoding="utf-8"
    )
