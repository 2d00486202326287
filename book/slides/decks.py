"""From the metadata of a notebook's cells to a deck: what stands on each slide, as HTML.

A cell's `metadata.slide` is a dictionary, or a list of them; README.md beside this file lists their
keys. `read_deck` checks them, and takes figures, tables and claims from the outputs of the cell.
build_decks.py writes the decks to files.
"""

import base64
import html
import io
import re
import struct
import textwrap
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

# as gan_course.checks writes it; not imported, which would import torch
CLAIM_TYPE = "application/vnd.gan-course.claim+json"
BOOK = Path(__file__).parents[1]
FIGURES = BOOK / "figures"
LABORATORY = "../laboratory.html"  # on the site, whose folder slides/ holds the decks
SHARP = 1.3  # pixels of a figure for each of a slide's, at least
LETTERS = 20  # the smallest size of code and tables, in pixels of a slide of 1280 x 720
KINDS = ("plain", "title", "section", "question", "exercise", "world", "exam")
SHOWS = ("output", "code", "both", "none")
LAYOUTS = ("below", "beside")
TYPES = {
    "kind": str,
    "title": str,
    "text": str,
    "show": str,
    "outputs": list,
    "from": str,
    "to": str,
    "reveal": bool,
    "layout": str,
    "crop": list,
    "live": str,
    "notes": str,
    "minutes": (int, float),
}
# hints stay in the notebook, and so do the buttons that book/buttons.py writes
NOT_SHOWN = re.compile(r"<details>.*?</details>|<!-- buttons.*?buttons -->", re.S)
PAUSE = re.compile(r"^ *\. \. \. *$", re.M)  # what follows such a line appears on the next key
# a figure at least this many times as wide as it is high stands below its text, another beside it
WIDE = 1.45


class DeckError(ValueError):
    """A slide that cannot be made. The message names the notebook and the cell."""


@dataclass(frozen=True)
class Slide:
    """One slide, its parts as HTML. end: minutes since the start of the lecture when it is over."""

    cell: str
    kind: str
    title: str
    parts: list[str]  # of the text; all but the first appear one after another
    shown: list[str]  # figures, code, printed text, claims
    layout: str
    reveal: bool  # whether what is shown waits for a key
    notes: str
    minutes: float
    end: float
    section: str = ""  # the heading in the notebook under which its cell stands


@dataclass(frozen=True)
class Deck:
    """The slides of a notebook in order, the title slide first. name: of the notebook's file."""

    name: str
    number: str
    title: str
    slides: list[Slide] = field(default_factory=list)
    picture: str = ""  # of the title page, as HTML

    @property
    def minutes(self) -> float:
        return sum(slide.minutes for slide in self.slides)


# --- from Markdown and outputs to HTML


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    markdown.use(
        dollarmath_plugin, renderer=lambda tex, options: _math(tex, options["display_mode"])
    )
    default = markdown.renderer.rules.get("link_open", markdown.renderer.renderToken)

    # a link to another notebook leads to its deck, one to its solutions nowhere
    def link_open(tokens, i, options, env):
        target = tokens[i].attrs.get("href", "")
        if target.startswith("solutions/"):
            tokens[i].attrs.pop("href")
        else:
            tokens[i].attrSet("href", re.sub(r"^(\d\d_\w+)\.ipynb", r"\1.html", target))
        return default(tokens, i, options, env)

    def image(tokens, i, options, env):
        """A drawing of book/figures stands in the deck itself."""
        name = re.fullmatch(r"\.\./book/figures/(\w+\.svg)", tokens[i].attrs["src"])
        if not name or not (FIGURES / name[1]).is_file():
            raise DeckError(f"{tokens[i].attrs['src']} is no drawing in book/figures")
        data = base64.b64encode((FIGURES / name[1]).read_bytes()).decode()
        alt = html.escape(tokens[i].content)
        return f'<img src="data:image/svg+xml;base64,{data}" alt="{alt}">'

    markdown.renderer.rules["link_open"] = link_open
    markdown.renderer.rules["image"] = image
    return markdown


def _math(tex: str, display: bool) -> str:
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    # the plug-in puts it into an element of class math
    return left + html.escape(tex.strip()) + right


MARKDOWN = _markdown()


def _text_parts(source: str) -> list[str]:
    parts = PAUSE.split(NOT_SHOWN.sub("", source))
    return [MARKDOWN.render(part) for part in parts if part.strip()]


def _code(source: str) -> str:
    # a remark at the end of a long line makes all letters small: it stays in the notebook
    source = "\n".join(
        re.sub(r" +# .*$", "", line) if len(line) > 88 else line for line in source.splitlines()
    )
    inner = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    return _monospace(inner, source.splitlines(), "code")


def _monospace(inner: str, lines: list[str], kind: str) -> str:
    """A block of fixed pitch, in the largest letters with which it fits."""
    widest, rows = max(map(len, lines), default=1), len(lines)
    # a character is 0.6 em wide, a line 1.3 em high
    size = min(26, 1130 / (0.605 * max(widest, 1)), 545 / (1.3 * max(rows, 1)))
    return f'<pre class="{kind}" style="font-size:{size:.1f}px">{inner}</pre>'


def _printed(text: str) -> str:
    """Printed text. Of a text with a table (names, a line of dashes, rows): the table, with the
    line above as its caption and what follows as a paragraph.
    """
    lines = [line for line in text.rstrip().splitlines() if line.strip()]
    dashes = (i for i, line in enumerate(lines) if i and re.fullmatch(r"-+(  +-+)+ *", line))
    i = next(dashes, None)
    if i is None:
        return _lines(lines)
    spans = [dash.span() for dash in re.finditer("-+", lines[i])]
    gaps = [slice(left[1], right[0]) for left, right in pairwise(spans)]
    below = lines[i + 1 :]
    # the table ends where a line has letters between its columns
    rows = list(takewhile(lambda row: not any(row[gap].strip() for gap in gaps), below))
    after = " ".join(below[len(rows) :])
    columns = [slice(start, end) for start, end in spans[:-1]] + [slice(spans[-1][0], None)]

    def row(line: str, tag: str) -> str:
        cells = (html.escape(line[column].strip()) for column in columns)
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"

    caption = f"<caption>{html.escape(lines[i - 2])}</caption>" if i > 1 else ""
    head = f"<thead>{row(lines[i - 1], 'th')}</thead>"
    body = "".join(row(line, "td") for line in rows)
    widest = max(map(len, [lines[i - 1], *rows]))
    size = min(34, 1130 / (0.49 * widest), 495 / (1.75 * (len(lines) - i + 1)))
    table = f'<table class="printed" style="font-size:{size:.1f}px">'
    table += f"{caption}{head}<tbody>{body}</tbody></table>"
    return table + (f'<p class="after">{html.escape(after)}</p>' if after else "")


def _lines(lines: list[str]) -> str:
    """Printed lines without a table: a row each, cut at wide gaps, or where "name: numbers" is.

    A single line is a sentence.
    """
    rows = [re.split(r" {2,}", line.strip()) for line in lines]
    if len(lines) == 1:
        return f'<p class="result">{html.escape(" ".join(rows[0]))}</p>'
    if len({len(row) for row in rows}) > 1 or len(rows[0]) == 1:
        rows = [line.strip().split(": ", 1) for line in lines]
    if len({len(row) for row in rows}) > 1 or len(rows[0]) == 1:
        return "".join(f'<p class="result">{html.escape(line.strip())}</p>' for line in lines)
    size = min(32, 1130 / (0.5 * max(map(len, lines))))
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<table class="printed lines" style="font-size:{size:.1f}px"><tbody>{body}</tbody></table>'


def _claim(data: dict) -> str:
    mark = "✔" if data["checked"] else "○"
    text = html.escape(data["claim"])
    if data.get("value"):
        text += f' <span class="value">{html.escape(data["value"])}</span>'
    return f'<p class="claim"><span class="mark">{mark}</span><span>{text}</span></p>'


def _join(value) -> str:
    return value if isinstance(value, str) else "".join(value)


def _is_figure(output: dict) -> bool:
    return "image/png" in output.get("data", {})


def _is_text(output: dict) -> bool:
    data = output.get("data", {})
    return (
        output.get("output_type") == "stream"
        or CLAIM_TYPE in data
        or ("text/plain" in data and len(data) == 1)
    )


def _as_printed(output: dict) -> dict:
    """A table or a verdict of the package as the text that stands beside its HTML."""
    data = output.get("data", {})
    if CLAIM_TYPE in data or not _join(data.get("text/html", "")).startswith('<div class="gan-'):
        return output
    text = _join(data["text/plain"]) + "\n"
    return {"output_type": "stream", "name": "stdout", "text": text}


def _figure(output: dict, where: str) -> str:
    encoded = _join(output["data"]["image/png"]).replace("\n", "")
    alt = output.get("metadata", {}).get("image/png", {}).get("alt")
    if not alt:
        raise DeckError(f"{where}: its figure has no alt text")
    raw = base64.b64decode(encoded)
    width = struct.unpack(">I", raw[16:20])[0]
    # never so large that it blurs on a screen of 1920 pixels; a loop (acTL) may be a little softer
    most = width if b"acTL" in raw[:100] else max(width / SHARP, 640)
    style = f' style="max-width: {most:.0f}px"' if most < 1160 else ""
    image = f'<img src="data:image/png;base64,{encoded}" alt="{html.escape(alt)}"{style}>'
    return f"<figure>{image}</figure>"


def _live(query: str) -> str:
    """A picture of the training laboratory that leads to it."""
    still = base64.b64encode((BOOK / "pictures" / "laboratory.png").read_bytes()).decode()
    alt = "The training laboratory: samples in orange on D's map, the data in blue."
    return (
        f'<a class="live" href="{LABORATORY}?{html.escape(query)}" target="_blank">'
        f'<figure><img src="data:image/png;base64,{still}" alt="{alt}"></figure>'
        "<span>Open the laboratory</span></a>"
    )


def _cropped(output: dict, box: list) -> dict:
    """The output with a part of its figure: left, top, right, bottom as fractions of its sides."""
    picture = Image.open(io.BytesIO(base64.b64decode(_join(output["data"]["image/png"]))))
    buffer = io.BytesIO()
    pixels = [round(share * side) for share, side in zip(box, 2 * picture.size)]
    picture.crop(pixels).save(buffer, format="png")
    encoded = base64.b64encode(buffer.getvalue()).decode()
    return output | {"data": output["data"] | {"image/png": encoded}}


def _aspect(output: dict) -> float:
    """Width over height of a PNG: two big-endian numbers in its header."""
    header = base64.b64decode(_join(output["data"]["image/png"])[:64])
    width, height = struct.unpack(">II", header[16:24])
    return width / height


# --- from a cell to its slides


def _excerpt(source: str, first: str | None, last: str | None, where: str) -> str:
    """The lines from the first that holds `first` through the next that holds `last`."""
    lines = source.splitlines()
    start, end = 0, len(lines) - 1
    if first is not None:
        start = next((i for i, line in enumerate(lines) if first in line), None)
        if start is None:
            raise DeckError(f"{where}: no line of its code holds from: {first!r}")
    if last is not None:
        end = next((i for i, line in enumerate(lines) if i >= start and last in line), None)
        if end is None:
            raise DeckError(f"{where}: no line of its code, at or after `from`, holds to: {last!r}")
    return textwrap.dedent("\n".join(lines[start : end + 1]))


def _check(spec, where: str) -> None:
    if not isinstance(spec, dict):
        raise DeckError(f"{where}: a slide is a dictionary, not {spec!r}")
    for key, value in spec.items():
        if key not in TYPES:
            raise DeckError(f"{where}: a slide has no key {key!r}; there are {', '.join(TYPES)}")
        truth_for_number = isinstance(value, bool) and TYPES[key] is not bool
        if not isinstance(value, TYPES[key]) or truth_for_number:
            raise DeckError(f"{where}: {key} cannot be {value!r}")
    for key, choices in (("kind", KINDS), ("show", SHOWS), ("layout", LAYOUTS)):
        if key in spec and spec[key] not in choices:
            raise DeckError(f"{where}: {key} is {spec[key]!r}; it can be {', '.join(choices)}")
    box = spec.get("crop", [0, 0, 1, 1])
    left, top, right, bottom = box if len(box) == 4 else [1, 1, 1, 1]
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise DeckError(f"{where}: crop is {box}, not left, top, right, bottom between 0 and 1")
    if spec.get("minutes", 0) < 0:
        raise DeckError(f"{where}: minutes is {spec['minutes']}")


def _merged(outputs: list[dict]) -> list[dict]:
    """Without stderr, and with neighbouring pieces of text as one.

    Where a run of print is cut is a matter of chance; and so a table counts as text, whether it was
    printed or stored as HTML.
    """
    merged = []
    for output in map(_as_printed, outputs):
        if output.get("output_type") != "stream":
            merged.append(output)
        elif output["name"] == "stdout":
            text = _join(output["text"])
            if merged and merged[-1].get("output_type") == "stream":
                text = merged.pop()["text"] + text
            merged.append({**output, "text": text})
    return merged


def _outputs(cell: dict, spec: dict, where: str) -> list[dict]:
    """The outputs that this slide shows: those it picks, else the figures, else text and claims."""
    outputs = _merged(cell["outputs"])
    if "outputs" not in spec:
        chosen = [o for o in outputs if _is_figure(o)] or [o for o in outputs if _is_text(o)]
        if not chosen:
            raise DeckError(
                f"{where}: it has no figure and no text to show; execute the notebook, or give "
                "show: none"
            )
        return chosen
    for i in spec["outputs"]:
        if not (isinstance(i, int) and 0 <= i < len(outputs)):
            raise DeckError(f"{where}: it has no output {i}; it has {len(outputs)}, counted from 0")
        if not (_is_figure(outputs[i]) or _is_text(outputs[i])):
            raise DeckError(
                f"{where}: its output {i} is neither a figure nor text (a widget needs a kernel)"
            )
    return [outputs[i] for i in spec["outputs"]]


def _output(output: dict, where: str) -> str:
    if _is_figure(output):
        return _figure(output, where)
    if output["output_type"] == "stream":
        return _printed(output["text"])
    if CLAIM_TYPE in output["data"]:
        return _claim(output["data"][CLAIM_TYPE])
    return _printed(_join(output["data"]["text/plain"]))


def _shown(cell: dict, spec: dict, where: str) -> tuple[list[str], float | None]:
    """What stands on the slide beside its text, as HTML; and the aspect of a figure that stands
    alone.
    """
    if "live" in spec:
        return [_live(spec["live"])], 1.0
    if cell["cell_type"] != "code" or spec.get("kind") == "title":
        return [], None
    default = "none" if "text" in spec else "code"
    if "outputs" in spec or any(map(_is_figure, cell["outputs"])):
        default = "output"
    show = spec.get("show", default)
    outputs = _outputs(cell, spec, where) if show in ("output", "both") else []
    if "crop" in spec:
        outputs = [_cropped(o, spec["crop"]) if _is_figure(o) else o for o in outputs]
    shown = [_output(output, where) for output in outputs]
    if show in ("code", "both"):
        lines = _excerpt(_join(cell["source"]), spec.get("from"), spec.get("to"), where)
        shown.insert(0, _code(lines))
    alone = len(shown) == 1 and len(outputs) == 1 and _is_figure(outputs[0])
    return shown, _aspect(outputs[0]) if alone else None


def _slide(cell: dict, spec: dict, where: str, start: float, section: str = "") -> Slide:
    _check(spec, where)
    kind, title, text = spec.get("kind", "plain"), spec.get("title"), spec.get("text")
    if text is None and cell["cell_type"] == "markdown" and kind != "title":
        text = _join(cell["source"])
        heading = re.match(r"#+ (.*)\n", text + "\n")
        if heading:  # the cell's own heading is the title, unless the slide has another
            title, text = title or re.sub(r"^\d+\.? ", "", heading[1]), text[heading.end() :]
    shown, aspect = _shown(cell, spec, where)
    parts = _text_parts(text or "")
    if kind != "title" and not (title or parts or shown):
        raise DeckError(f"{where}: the slide is empty")
    beside = aspect is not None and aspect < WIDE and bool(parts)
    minutes = float(spec.get("minutes", 0))
    return Slide(
        cell=cell.get("id", ""),
        kind=kind,
        title=MARKDOWN.renderInline(title or ""),
        parts=parts,
        shown=shown,
        layout=spec.get("layout", "beside" if beside else "below"),
        reveal=spec.get("reveal", False),
        notes=MARKDOWN.render(spec.get("notes", "")),
        minutes=minutes,
        end=start + minutes,
        section=section,
    )


def figures(notebook: dict, cell_id: str) -> list[dict]:
    """The outputs of a cell that hold a figure. DeckError if there is no such cell."""
    for cell in notebook["cells"]:
        if cell.get("id") == cell_id:
            return [output for output in cell.get("outputs", []) if _is_figure(output)]
    raise DeckError(f"there is no cell {cell_id}")


def figure(output: dict, where: str, crop: list | None = None) -> str:
    """The figure in an output as HTML, or a part of it."""
    return _figure(_cropped(output, crop) if crop else output, where)


def read_deck(notebook: dict, name: str) -> Deck | None:
    """The deck of a notebook (its JSON), None if no cell has slides. Raises DeckError."""
    tagged = [cell for cell in notebook["cells"] if "slide" in cell["metadata"]]
    if not tagged:
        return None
    headings = (
        _join(cell["source"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown" and _join(cell["source"]).startswith("# ")
    )
    heading = next(headings, None)
    if heading is None:
        raise DeckError(
            f"{name}: no cell begins with a heading (# ...), which the title slide needs"
        )
    number, title = re.match(r"# (\d\d)?(?: ?·)? ?(.*)", heading).groups()
    deck = Deck(name, number or "", MARKDOWN.renderInline(title))
    section = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            found = re.findall(r"^##+ (.+)$", _join(cell["source"]), re.M)
            section = found[0] if found else section
        specs = cell["metadata"].get("slide", [])
        for spec in specs if isinstance(specs, list) else [specs]:
            where = f"{name}, cell {cell.get('id')}"
            deck.slides.append(_slide(cell, spec, where, deck.minutes, section))
        if cell["cell_type"] == "markdown" and found:
            section = found[-1]
    kinds = [slide.kind for slide in deck.slides]
    if kinds[0] != "title" or kinds.count("title") > 1:
        raise DeckError(
            f"{name}, cell {deck.slides[0].cell}: a deck begins with its one slide of kind: title"
        )
    return deck
