"""Print the built site and the built decks with Chromium: `make pdf`, or `python book/pdf.py`.

OUT/pdf/gan-course.pdf holds the first page, all notebooks and the reference pages; OUT/pdf/slides
a PDF for each deck. Chromium is looked for on the path, or named by CHROMIUM.
"""

import argparse
import json
import os
import re
import shutil
import sys
from html import escape
from pathlib import Path

BOOK = Path(__file__).resolve().parent
PAGES = ["pages/glossary", "pages/notation", "pages/bibliography", "pages/errata", "pages/results"]
VIEW = re.compile(r'<script type="application/vnd.jupyter.widget-view\+json">(.*?)</script>', re.S)
SCRIPT = re.compile(r"<script\b.*?</script>", re.S)
ARTICLE = re.compile(r'<article class="bd-article".*?</article>', re.S)
ADDRESS = re.compile(r'\b(id|href|src)="([^"]*)"')
TEMPLATE = """<!doctype html>
<html lang="en" data-theme="light"><head><meta charset="utf-8"><title>The GAN course</title>
{styles}
<style>
  @page {{ size: A4; margin: 18mm 16mm; }}
  body {{ font-size: 10.5pt; background: #fff; }}
  section.page {{ break-before: page; }}
  .bd-article {{ padding: 0; }}
  .headerlink, .actions, .try, .gan-laboratory, .claims-filter, .course-map.narrow, .loop button,
  .cell details.hide, .copybtn {{ display: none !important; }}
  div.cell_input pre, div.cell_output pre {{ white-space: pre-wrap; font-size: 8pt; }}
  img, svg, figure, tr, .admonition {{ break-inside: avoid; }}
  h1, h2, h3 {{ break-after: avoid; }}
  .bd-article img {{ max-width: 100%; height: auto; }}
  .pst-scrollable-table-container, .gan-table {{ overflow: visible; font-size: 8pt; }}
</style></head><body>
{pages}
<script>window.MathJax = {config};</script>
<script src="_static/mathjax.js"></script>
</body></html>
"""


def stills(notebook: Path) -> dict[str, str]:
    """model id of each widget -> an <img> of the picture that stands in for it."""
    found = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            view = data.get("application/vnd.jupyter.widget-view+json")
            if view and "image/png" in data:
                about = output["metadata"].get("image/png", {})
                picture = "".join("".join(data["image/png"]).split())
                found[view["model_id"]] = (
                    f'<img width="{about.get("width", 400)}" '
                    f'alt="{escape(about.get("alt", ""), quote=True)}" '
                    f'src="data:image/png;base64,{picture}">'
                )
    return found


def article(html: Path, src: Path, name: str, all_pages: list[str]) -> str:
    """The article of a page, with ids and links made unique among all pages."""
    text = ARTICLE.search((html / f"{name}.html").read_text(encoding="utf-8"))[0]
    notebook = src / f"{name}.ipynb"
    pictures = stills(notebook) if notebook.exists() else {}
    text = VIEW.sub(lambda view: pictures.get(json.loads(view[1])["model_id"], ""), text)
    text = SCRIPT.sub("", text)

    def rewrite(match: re.Match) -> str:
        kind, address = match.groups()
        if kind == "id":
            return f'id="{name}/{address}"'
        if re.match(r"[a-z]+:", address):  # of the web, or of the picture itself
            return match[0]
        path, _, place = address.partition("#")
        if not path:
            return f'{kind}="#{name}/{place}"'
        target = os.path.normpath((Path(name).parent / path).as_posix())
        page = target.removesuffix(".html")
        if page in all_pages:
            return f'{kind}="#{page}/{place}"' if place else f'{kind}="#{page}"'
        return f'{kind}="{target}"'

    return f'<section class="page" id="{name}">{ADDRESS.sub(rewrite, text)}</section>'


def book(out: Path) -> Path:
    """OUT/html/print.html: the whole book as one page."""
    html = out / "html"
    notebooks = sorted(path.stem for path in (html / "notebooks").glob("[0-9][0-9]_*.html"))
    names = ["index", *(f"notebooks/{name}" for name in notebooks), *PAGES]
    first = (html / "index.html").read_text(encoding="utf-8")
    styles = "\n".join(re.findall(r'<link[^>]*rel="stylesheet"[^>]*>', first))
    pages = "\n".join(article(html, out / "src", name, names) for name in names)
    config = json.dumps({"svg": {"fontCache": "global"}, "options": {"enableMenu": False}})
    page = html / "print.html"
    page.write_text(TEMPLATE.format(styles=styles, pages=pages, config=config), encoding="utf-8")
    return page


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=["book", "slides"], help="one of the two")
    parser.add_argument(
        "--out", type=Path, default=BOOK / "_build", help="of html/, which holds slides/"
    )
    options = parser.parse_args(arguments)
    names = "chromium", "chromium-browser", "google-chrome", "chrome"
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not program:
        print("pdf: no Chromium on the path: install it, or set CHROMIUM to its program")
        return 1
    from playwright.sync_api import sync_playwright

    out = options.out.resolve()
    what = [options.only] if options.only else ["book", "slides"]
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        (out / "pdf" / "slides").mkdir(parents=True, exist_ok=True)
        if "book" in what:
            page = browser.new_page()
            page.set_default_timeout(600_000)
            page.goto(book(out).as_uri())
            page.evaluate("window.MathJax.startup.promise")
            path = out / "pdf" / "gan-course.pdf"
            style = {"prefer_css_page_size": True, "print_background": True}
            page.pdf(path=path, outline=True, tagged=True, **style)
            print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
            (out / "html" / "print.html").unlink()
        decks = sorted((out / "html" / "slides").glob("[0-9][0-9]_*.html"))
        for deck in decks if "slides" in what else ():
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{deck.as_uri()}?print-pdf")
            page.wait_for_function("window.Reveal && Reveal.isReady()", timeout=120_000)
            page.wait_for_selector(".pdf-page", state="attached")
            path = out / "pdf" / "slides" / f"{deck.stem}.pdf"
            page.pdf(path=path, prefer_css_page_size=True, print_background=True)
            page.close()
            print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
