"""Sphinx's settings. `build.py` copies this file to the folder it gathers: paths start there."""

import hashlib
import io
import json
import re
from base64 import b64decode
from pathlib import Path

import buttons
import numpy as np
from PIL import Image

import gan_course

HERE = Path(__file__).parent

project = "The GAN course"
author = "The GAN course authors"
copyright = "2026, The GAN course authors"
version = release = gan_course.__version__
extensions = ["myst_nb", "sphinx_design"]
exclude_patterns = ["extra", "static", "templates"]

# notebooks: shown with the outputs they were committed with
nb_execution_mode = "off"
nb_code_prompt_show = "Show code"  # of cells tagged hide-input
nb_code_prompt_hide = "Hide code"
nb_merge_streams = True
nb_render_markdown_format = "myst"  # claims are Markdown with classes and anchors
nb_ipywidgets_js = (
    {"gan-course-widgets.js": {}} if (HERE / "static" / "gan-course-widgets.js").exists() else {}
)
myst_enable_extensions = [
    "dollarmath",
    "amsmath",
    "colon_fence",
    "attrs_block",
    "attrs_inline",
    "deflist",
    "substitution",
]
myst_heading_anchors = 4
myst_dmath_double_inline = True

# MathJax with its glyphs in one file: no fonts to fetch, and a browser lets a page on disk load it
mathjax_path = "mathjax.js"
mathjax3_config = {"options": {"enableMenu": False}, "svg": {"fontCache": "global"}}

html_theme = "sphinx_book_theme"
html_title = "The GAN course"
html_static_path = ["static"]
html_extra_path = ["extra"]  # the notebooks as they are, to download
templates_path = ["templates"]
html_css_files = ["course.css"]
html_js_files = ["course.js"]
html_logo = "static/logo.svg"
html_favicon = "static/logo.svg"
html_search_scorer = str(HERE / "static" / "scorer.js")
html_use_index = False
html_copy_source = False  # the originals are in downloads/
BUTTONS = buttons.row(
    buttons.FIRST,
    buttons.repository(),
    buttons.archive(buttons.repository()),
    "Download the course",
)
html_context = {
    "default_mode": "auto",  # light or dark as the reader's system has it
    "buttons": BUTTONS,
}
myst_substitutions = {"buttons": BUTTONS}
html_theme_options = {
    "navbar_persistent": [],  # the search field stands in the side bar
    "home_page_in_toc": True,
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "logo": {"text": "The GAN course", "alt_text": "The GAN course: home"},
    "toc_title": "On this page",
    "footer_content_items": ["course-footer.html"],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "github-dark",
}


def alt_texts(app, doctree) -> None:
    """Give each figure its alt text, from the output's metadata, and the class `ink` if it may be
    drawn light on dark.

    myst-nb reads only sizes from there. It names a picture by the sha256 of its bytes, and so the
    figure is found again.
    """
    path = Path(app.env.doc2path(app.env.docname))
    if path.suffix != ".ipynb":
        return
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    alts, drawn = {}, set()
    for output in (output for cell in cells for output in cell.get("outputs", [])):
        for kind, picture in output.get("data", {}).items():
            if alt := output.get("metadata", {}).get(kind, {}).get("alt"):
                content = b64decode("".join(picture))
                name = hashlib.sha256(content).hexdigest()
                alts[name] = alt
                if kind == "image/png" and is_ink(content):
                    drawn.add(name)
    for node in doctree.findall(lambda node: node.tagname == "image"):
        name = Path(node["uri"]).stem
        if name in alts:
            node["alt"] = alts[name]
        if name in drawn:
            node["classes"].append("ink")


def is_ink(content: bytes) -> bool:
    """Whether a picture is lines and letters on white, in few colours.

    In the dark theme its lightness is turned over, and the white goes. Maps, heat maps and
    pictures keep their colours, and a light card.
    """
    pixels = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))[::4, ::4].reshape(-1, 3)
    white = (pixels >= 250).all(axis=1)
    coloured = pixels[np.ptp(pixels.astype(int), axis=1) > 40] // 32
    _, counts = np.unique(coloured, axis=0, return_counts=True)
    few = np.sort(counts)[::-1][:12].sum() >= 0.85 * counts.sum()
    grey = pixels[np.ptp(pixels.astype(int), axis=1) <= 40]
    middle = ((grey > 60) & (grey < 200)).all(axis=1).sum() / len(pixels)
    return bool(white.mean() > 0.5 and few and middle < 0.12)


def page_titles(app, name, template, context, doctree) -> None:
    """The title of the browser's tab: formulas without delimiters, the first page's not twice."""
    context["title"] = re.sub(r"\\[()]", "", context.get("title") or "")
    if name == "index":
        context["docstitle"] = ""


def setup(app) -> dict:
    app.connect("doctree-read", alt_texts)
    app.connect("html-page-context", page_titles)
    return {"parallel_read_safe": True}
