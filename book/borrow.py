"""Two pages of pictures that lecturers borrow: loops that move, and schematic drawings."""

from html import escape
from pathlib import Path
from xml.etree import ElementTree

import yaml

SVG = "{http://www.w3.org/2000/svg}"
LICENCE = (
    "Free to use and to change under CC BY 4.0: name *The GAN course* beside the picture, and say "
    "if you changed it."
)


def loops(folder: Path) -> list[dict]:
    """The loops that loops.yaml lists and whose pictures are there."""
    listed = yaml.safe_load((folder / "loops.yaml").read_text(encoding="utf-8"))
    return [loop for loop in listed if (folder / f"{loop['name']}.webp").exists()]


def loop_figure(loop: dict, root: str) -> str:
    """HTML of one loop. root: the site's, seen from the page.

    Where a reader asked for less motion the still stands in its place; course.js adds a button.
    """
    moving, still = (f"{root}/_static/loops/{loop['name']}.{end}" for end in ("webp", "png"))
    alt = escape(loop["alt"], quote=True)
    kind = ' class="ink"' if loop.get("ink") else ""  # drawn light on dark in the dark theme
    return (
        f'<figure class="loop" data-still="{still}"><picture>'
        f'<source srcset="{still}" media="(prefers-reduced-motion: reduce)">'
        f'<img{kind} src="{moving}" loading="lazy" alt="{alt}"></picture>'
        f"<figcaption>{escape(loop['text'])}</figcaption></figure>"
    )


def raw(html: str) -> str:
    return f"```{{raw}} html\n{html}\n```"


def loops_page(found: list[dict]) -> str:
    lines = [
        "# Pictures that move",
        "",
        "Six silent loops for lectures and pages of your own. Each was drawn by a script from a "
        "computation or a real run, is a WebP file of less than a megabyte, and has a still for "
        f"print. {LICENCE} `make loops` draws them anew.",
        "",
    ]
    for loop in found:
        files = " · ".join(
            f'<a href="../_static/loops/{loop["name"]}.{kind}" download>{word}</a>'
            for kind, word in (("webp", "Download the loop"), ("png", "Download the still"))
        )
        lines += [f"## {loop['title']}", "", raw(loop_figure(loop, "..")), ""]
        lines += [f"{files} · shown in notebook {loop['notebook']}", ""]
    return "\n".join(lines)


def described(path: Path) -> tuple[str, str]:
    """Title and description of a drawing, as they stand in the file."""
    drawing = ElementTree.parse(path).getroot()
    return drawing.findtext(f"{SVG}title"), drawing.findtext(f"{SVG}desc")


def drawings_page(paths: list[Path]) -> str:
    """Lists the drawings. They lie in the site's folder `drawings`."""
    lines = [
        "# Drawings to borrow",
        "",
        "One family of schematic drawings, as SVG: sharp at any size, readable on white and on "
        f"black, with a description for screen readers inside each file. {LICENCE}",
        "",
    ]
    for path in paths:
        title, text = described(path)
        address = f"../drawings/{path.name}"
        picture = f'<img class="drawing" src="{address}" alt="{escape(text, quote=True)}">'
        lines += [f"## {title}", "", raw(picture), "", text, ""]
        lines += [f'<a href="{address}" download>Download {path.name}</a>', ""]
    return "\n".join(lines)
