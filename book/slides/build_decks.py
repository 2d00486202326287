"""Lecture slides: a reveal.js deck for each notebook that has slides in its metadata (decks.py).

python book/slides/build_decks.py [NAME ...] [--notebooks DIR] [--out DIR]

A deck is one HTML file with its figures inside. The files that all decks share lie in vendor/
beside it: a folder of decks works from a disk, without a server and without a network.
"""

import argparse
import base64
import html
import json
import re
import shutil
from pathlib import Path

import cjk
import opening
from decks import Deck, DeckError, read_deck
from jinja2 import Environment, FileSystemLoader
from npm import modules
from pygments.formatters import HtmlFormatter

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def _clock(minutes: float) -> str:
    return f"{int(minutes)}:{round(60 * (minutes % 1)):02d}"


def _plain(title: str) -> str:
    """A title without tags and without the delimiters of its formulas."""
    return html.escape(html.unescape(re.sub(r"<[^>]*>|\\[()]", "", title)))


def _number(minutes: float) -> str:
    return f"{minutes:g}"


def _templates() -> Environment:
    # parts are HTML already
    environment = Environment(loader=FileSystemLoader(HERE), trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"clock": _clock, "plain": _plain, "number": _number}
    environment.globals |= {"address": opening.address}
    return environment


def _fonts(reveal: Path) -> str:
    """Source Sans Pro (SIL Open Font License) inside the style sheet.

    So lines break alike on every machine, also from file://.
    """
    rules = []
    for style, weight in (("regular", 400), ("semibold", 600), ("italic", 400)):
        file = reveal / f"dist/theme/fonts/source-sans-pro/source-sans-pro-{style}.woff"
        data = base64.b64encode(file.read_bytes()).decode()
        slant = "italic" if style == "italic" else "normal"
        rules.append(
            f'@font-face {{ font-family: "Source Sans Pro"; font-style: {slant}; '
            f'font-weight: {weight}; src: url(data:font/woff;base64,{data}) format("woff"); }}'
        )
    return "\n".join(rules)


def write_vendor(out: Path, letters: set[str] = frozenset()) -> None:
    """out/vendor: what the decks load. letters: those of Chinese and its neighbours in the decks."""
    packages, vendor = modules(), out / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    reveal = packages / "reveal.js"
    copies = {
        "reveal.js": reveal / "dist/reveal.js",
        "reveal.css": reveal / "dist/reveal.css",
        "notes.js": reveal / "plugin/notes/notes.js",
    }
    copies |= {
        "mathjax.js": packages / "mathjax/es5/tex-svg-full.js",
        "deck.css": HERE / "deck.css",
        "deck.js": HERE / "deck.js",
    }
    copies |= {
        "LICENSE-reveal.txt": reveal / "LICENSE",
        "LICENSE-mathjax.txt": packages / "mathjax/LICENSE",
    }
    for name, source in copies.items():
        shutil.copyfile(source, vendor / name)
    fonts = _fonts(reveal)
    if letters:
        package = packages / "@fontsource" / "lxgw-wenkai-tc"
        fonts += "\n" + cjk.css(letters, package)
        shutil.copyfile(package / "LICENSE", vendor / "LICENSE-lxgw-wenkai-tc.txt")
    (vendor / "fonts.css").write_text(fonts, encoding="utf-8")
    code = HtmlFormatter(style="xcode").get_style_defs("pre.code")
    (vendor / "code.css").write_text(code, encoding="utf-8")


def write_deck(deck: Deck, out: Path, notes: bool = True) -> Path:
    """out/NAME.html. notes: False leaves the speaker's out, and with them the answers."""
    path = out / f"{deck.name}.html"
    out.mkdir(parents=True, exist_ok=True)
    page = _templates().get_template("deck.html.jinja").render(deck=deck, notes=notes)
    path.write_text(page, encoding="utf-8")
    return path


def read(path: Path) -> Deck | None:
    """The deck of a notebook, with what decks.yaml and the exam bank add to it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    deck = read_deck(notebook, path.stem)
    return deck and opening.complete(deck, notebook)


def build(paths: list[Path], out: Path, notes: bool = True) -> list[Deck]:
    """Write the decks of these notebooks, and index.html. DeckError after all were read."""
    decks, errors = [], []
    for path in paths:
        try:
            deck = read(path)
        except DeckError as error:
            errors.append(str(error))
            continue
        if deck is None:
            print(f"{path.stem}: no slides in its metadata, skipped")
        else:
            decks.append(deck)
    if errors:
        raise DeckError("\n".join(errors))
    pages = [write_deck(deck, out, notes).read_text(encoding="utf-8") for deck in decks]
    write_vendor(out, cjk.letters("".join(pages)))
    for deck in decks:
        print(f"{deck.name}: {len(deck.slides)} slides, {deck.minutes:g} minutes")
    index = _templates().get_template("index.html.jinja").render(decks=decks)
    (out / "index.html").write_text(index, encoding="utf-8")
    return decks


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="notebooks, such as 03_gan_1d; default: all")
    parser.add_argument(
        "--notebooks", type=Path, default=ROOT / "notebooks", help="folder of executed notebooks"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "book/_build/html/slides")
    parser.add_argument("--student", action="store_true", help="without the speaker's notes")
    options = parser.parse_args(arguments)
    paths = sorted(options.notebooks.glob("[0-9][0-9]_*.ipynb"))
    unknown = set(options.names) - {path.stem for path in paths}
    if unknown or not paths:
        names = ", ".join(sorted(unknown)) or "(none at all)"
        raise SystemExit(f"slides: no such notebook in {options.notebooks}: {names}")
    if options.names:
        paths = [path for path in paths if path.stem in options.names]
    try:
        build(paths, options.out, notes=not options.student)
    except DeckError as error:
        raise SystemExit("\n".join(f"slides: {line}" for line in str(error).splitlines())) from None
    print(f"Open {(options.out / 'index.html').resolve().as_uri()}")


if __name__ == "__main__":
    main()
