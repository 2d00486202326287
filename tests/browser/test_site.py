"""The built site: its files, and its pages opened from disk, without another host."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


class Page(HTMLParser):
    """The ids, links, loaded files and pictures of a page."""

    def __init__(self, path: Path):
        super().__init__()
        self.ids, self.links, self.loaded, self.pictures = set(), [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids.add(values.get("id"))
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if tag == "img":
            self.pictures.append(values)
        link_only = values.get("rel") in ("next", "prev", "canonical")
        if tag in ("script", "img", "iframe", "link") and not link_only:
            self.loaded.append(values.get("src") or (values.get("href") if tag == "link" else None))


@pytest.fixture(scope="module")
def pages(site) -> dict[Path, Page]:
    """Every page; not the parts that the theme keeps among its scripts."""
    found = {
        path: Page(path) for path in sorted(site.rglob("*.html")) if "_static" not in path.parts
    }
    assert len(found) >= 2 * len(NOTEBOOKS) + 4
    return found


def test_nothing_is_loaded_from_another_host(pages):
    foreign = {
        (path.name, url)
        for path, page in pages.items()
        for url in page.loaded
        if url and urlsplit(url).netloc
    }
    assert not foreign


def test_links_within_the_site_lead_somewhere(pages):
    broken = set()
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            named = parts.fragment and target in pages
            if not target.exists() or (named and unquote(parts.fragment) not in pages[target].ids):
                broken.add((path.name, link))
    assert not broken


def test_no_link_to_a_notebook_file_but_downloads(pages):
    links = {link for page in pages.values() for link in page.links if "://" not in link}
    files = {link for link in links if link.endswith(".ipynb")}
    assert len(files) == 2 * len(NOTEBOOKS) and all("downloads/" in link for link in files)


def test_every_page_has_buttons(pages):
    for path, page in pages.items():
        if path.name == "laboratory.html":  # a page of one file, for lectures
            continue
        hosts = [urlsplit(link).netloc for link in page.links]
        name = path.stem if path.stem in NOTEBOOKS else NOTEBOOKS[0]
        opens = [link for link in page.links if "colab.research.google.com" in link]
        assert hosts.count("kaggle.com") == len(opens) == 1, path
        assert opens[0].endswith(f"/{name}.ipynb"), path


def test_figures_have_the_alt_texts_of_their_notebooks(pages):
    for path, page in pages.items():
        if path.stem in NOTEBOOKS:
            figures = [picture for picture in page.pictures if "_images/" in picture["src"]]
            assert len(figures) >= 4 or path.parent.name == "solutions", path
            assert all(len(picture.get("alt") or "") >= 40 for picture in figures), path


def test_the_downloads_are_the_notebooks_themselves(site):
    for folder in ("", "solutions"):
        for path in (Path(__file__).parents[2] / "notebooks" / folder).glob("*.ipynb"):
            assert (site / "downloads" / folder / path.name).read_bytes() == path.read_bytes()


def typeset(page) -> None:
    """Wait until MathJax, if the page has formulas, is done."""
    page.wait_for_function(
        "!document.querySelector('.math') || document.querySelector('mjx-container')"
    )
    page.evaluate("window.MathJax?.startup?.promise")


def test_every_page_opens_from_disk_on_a_phone(pages, open_page):
    for path in pages:
        page = open_page(path.as_uri(), width=390, height=844)
        typeset(page)
        assert not page.errors, (path.name, page.errors)
        assert not page.foreign, (path.name, page.foreign)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path.name} is {wide} pixels wider than a phone"
        formulas, broken = page.evaluate(
            "['.math', '[data-mml-node=merror]'].map(s => document.querySelectorAll(s).length)"
        )
        assert page.locator("mjx-container").count() == formulas and broken == 0, path.name
        page.context.close()


def test_no_code_and_no_output_is_cut_off_on_a_wide_screen(pages, open_page):
    """Letters are made smaller where a box is too narrow, down to a size that can be read."""
    cut = """() => [...document.querySelectorAll(
          "div.cell pre, div.cell_output .gan-table, .pst-scrollable-table-container")]
        .filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1)
        .map((e) => [e.scrollWidth - e.clientWidth, e.textContent.slice(0, 60)])"""
    found = {}
    for path in pages:
        if path.stem in NOTEBOOKS or path.parent.name == "pages":
            page = open_page(path.as_uri(), width=1400)
            page.wait_for_timeout(100)
            if boxes := page.evaluate(cut):
                found[path.stem] = boxes
            page.context.close()
    assert not found


def test_search_finds_a_word(site, open_page):
    page = open_page((site / "index.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("saddle")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")
    results = page.locator("#search-results li a").all_inner_texts()
    assert any("minimax objective" in text for text in results)
    assert not page.errors and not page.foreign


def test_search_shows_excerpts_and_notebooks_come_before_the_glossary(site, open_page):
    page = open_page(f"{(site / 'search.html').as_uri()}?q=mode collapse")
    finished = "document.querySelector('#search-results').innerText.includes('Search finished')"
    page.wait_for_function(finished)
    page.locator("#search-results p.excerpt").first.wait_for()
    links = page.locator("#search-results li > a:first-child")
    addresses = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    chapters = [i for i, a in enumerate(addresses) if re.match(r"notebooks/\d", a)]
    glossary = next(i for i, a in enumerate(addresses) if "glossary" in a)
    assert min(chapters) == 0 and sum(i < glossary for i in chapters) >= 3
    excerpts = page.locator("#search-results p.excerpt")
    assert excerpts.count() >= 0.9 * links.count()
    assert page.locator("#search-results p.excerpt mark").count() >= excerpts.count() / 2
    assert not page.errors and not page.foreign


@pytest.mark.parametrize("words", ["D loss 0", "cite", "Colab", "hardware", "own images"])
def test_search_finds_the_help_page(words, site, open_page):
    page = open_page(f"{(site / 'search.html').as_uri()}?q={words}")
    # results come one by one
    found = "document.querySelector('#search-results').innerText.includes('Search finished')"
    page.wait_for_function(found)
    addresses = page.locator("#search-results li a").evaluate_all("all => all.map(a => a.href)")
    assert any("pages/help.html" in address for address in addresses)


def test_previous_and_next_walk_through_the_notebooks(site, open_page):
    page = open_page((site / "index.html").as_uri())
    for name in NOTEBOOKS[:3]:
        page.locator("a.right-next").click()
        page.wait_for_url(f"**/notebooks/{name}.html")
    page.locator("a.left-prev").click()
    page.wait_for_url(f"**/notebooks/{NOTEBOOKS[1]}.html")


def test_hints_and_solutions_are_folded_and_open(site, open_page):
    page = open_page((site / "notebooks" / f"{NOTEBOOKS[1]}.html").as_uri())
    for kind in ("details:not(.solution):not(.hide)", "details.solution"):
        box = page.locator(f".bd-article {kind}").first
        assert not box.locator("p").first.is_visible()
        box.locator("summary").first.click()
        assert box.locator("p").first.is_visible()
    assert page.locator("details.solution .cell").first.is_visible()


def test_the_filter_of_claims_finds_and_counts(site, open_page):
    page = open_page((site / "pages" / "claims.html").as_uri())
    rows = page.locator("details.claims tbody tr")
    assert rows.count() > 300 and rows.filter(visible=True).count() == 0
    page.get_by_label("Show claims with").fill("mode seed")
    shown = rows.filter(visible=True)
    found = shown.all_inner_texts()
    assert 0 < len(found) < rows.count()
    assert all("mode" in text.lower() and "seed" in text.lower() for text in found)
    assert page.locator(".claims-filter output").inner_text() == f"{len(found)} found"
    page.get_by_label("Show claims with").fill("")
    page.get_by_role("button", name="Open all").click()
    assert rows.filter(visible=True).count() == rows.count()


def test_a_claim_leads_to_its_cell(site, open_page):
    page = open_page((site / "pages" / "claims.html").as_uri())
    page.get_by_label("Show claims with").fill("01.3")
    row = page.locator("tr", has=page.locator("a", has_text=re.compile(r"^01\.3$")))
    sentence = row.locator("td").nth(1).inner_text()
    row.locator("a").click()
    claim = page.locator("p.claim:target")
    assert sentence in claim.inner_text()
    page.wait_for_function(
        "Math.abs(document.querySelector('p.claim:target').getBoundingClientRect().top) < "
        "innerHeight"
    )


def test_a_card_of_the_map_opens_its_page(site, open_page):
    for width, layout in ((1280, "wide"), (390, "narrow")):
        page = open_page((site / "index.html").as_uri(), width=width)
        assert page.locator("svg.course-map:visible").count() == 1
        page.locator(f"svg.course-map.{layout} a").last.click()
        page.wait_for_url(f"**/notebooks/{NOTEBOOKS[-1]}.html")


def test_the_arrows_of_a_card_can_be_followed(site, open_page):
    page = open_page((site / "index.html").as_uri(), width=1280)
    card = page.locator("svg.course-map.wide a[data-card='08']")
    for reach in (card.hover, card.focus):
        reach()
        lit = page.locator("svg.course-map.wide .edge.lit")
        ends = lit.evaluate_all("all => all.map(e => [e.dataset.from, e.dataset.to])")
        assert len(ends) >= 3 and all("08" in pair for pair in ends)
        page.mouse.move(0, 0)
    card.blur()
    assert page.locator("svg.course-map .lit").count() == 0


def test_loops_can_be_stopped_and_stand_still_on_request(site, open_page):
    address = (site / "pages" / "loops.html").as_uri()
    page = open_page(address)
    figures = page.locator("figure.loop")
    assert figures.count() == 6
    picture, button = figures.first.locator("img"), figures.first.get_by_role("button")
    assert picture.get_attribute("src").endswith(".webp") and button.inner_text() == "❚❚ Stop"
    button.click()
    assert picture.get_attribute("src").endswith(".png")
    still = open_page(address, reduced_motion="reduce")
    sources = still.locator("figure.loop img").evaluate_all("all => all.map(i => i.src)")
    assert all(source.endswith(".png") for source in sources)
    for name in figures.evaluate_all("all => all.map(f => f.dataset.still)"):
        moving = site / "pages" / name.replace(".png", ".webp")
        assert moving.stat().st_size < 1_000_000, name


def test_drawings_have_their_descriptions(site, open_page):
    page = open_page((site / "pages" / "drawings.html").as_uri())
    drawings = page.locator("img.drawing")
    assert drawings.count() >= 7
    for drawing in drawings.all():
        assert len(drawing.get_attribute("alt")) >= 40
        assert drawing.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0


def test_the_laboratory_is_a_page_of_one_file(site, open_page, tmp_path):
    alone = tmp_path / "laboratory.html"
    alone.write_bytes((site / "laboratory.html").read_bytes())
    page = open_page(f"{alone.as_uri()}?data=grid&loss=hinge&lr_d=0.0001&theme=dark")
    lab = page.locator("[data-kind=laboratory]")
    assert lab.get_by_label("data", exact=True).first.input_value() == "grid"
    assert lab.get_by_label("loss", exact=True).input_value() == "hinge"
    assert lab.get_by_label("learning rate of D").get_attribute("aria-valuetext") == "1.0e−4"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    lab.get_by_role("button", name="Play").click()
    lab.locator(".gan-caption").filter(has_text="of 25 modes").first.wait_for()
    assert not page.errors and not page.foreign


def test_a_line_never_begins_with_the_full_stop_behind_a_formula(site, open_page):
    page = open_page((site / "notebooks" / f"{NOTEBOOKS[1]}.html").as_uri(), width=390)
    typeset(page)
    kept = "[...document.querySelectorAll('.keep-together')]"
    assert page.evaluate(f"{kept}.length") > 20
    below = """e => {
        const sign = document.createRange();
        sign.selectNodeContents(e.lastChild);
        const formula = e.querySelector("mjx-container").getBoundingClientRect();
        return e.lastChild.data && sign.getBoundingClientRect().top > formula.bottom;
    }"""
    shown = f"{kept}.filter(e => e.getClientRects().length)"
    assert page.evaluate(f"{shown}.filter({below}).map(e => e.textContent)") == []


def test_in_the_dark_theme_lines_are_turned_over_and_pictures_are_not(site, open_page):
    """Of line drawings the white goes; maps and pictures get a card that is not quite white."""
    for name, kind, wanted in ((NOTEBOOKS[2], ".ink", "invert"), (NOTEBOOKS[21], "", "brightness")):
        page = open_page((site / "notebooks" / f"{name}.html").as_uri(), color_scheme="dark")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        figures = page.locator(f".cell_output img{kind or ':not(.ink)'}")
        look = figures.first.evaluate("e => getComputedStyle(e).filter")
        assert look.startswith(wanted), name


def test_the_landing_page_trains_above_the_fold(site, open_page):
    page = open_page((site / "index.html").as_uri())
    lab = page.locator("[data-kind=laboratory]")
    play = lab.get_by_role("button", name="Play")
    assert play.bounding_box()["y"] < 500
    scene = lab.locator("canvas").first.bounding_box()
    assert scene["y"] + scene["height"] < 900
    play.click()
    caption = lab.locator(".gan-caption").first
    page.wait_for_function(
        "e => Number(e.textContent.match(/[0-9]+/)) > 5", arg=caption.element_handle()
    )
    assert not page.errors and not page.foreign


def test_without_scripts_the_landing_page_shows_a_picture(site, open_page):
    page = open_page((site / "index.html").as_uri(), java_script_enabled=False)
    picture = page.locator(".gan-laboratory img")
    assert picture.is_visible() and len(picture.get_attribute("alt")) >= 40


@pytest.mark.parametrize(
    ("name", "url", "width", "scheme", "show"),
    [
        ("landing", "index.html", 1280, "light", None),
        ("landing-dark", "index.html", 1280, "dark", None),
        ("landing-phone", "index.html", 390, "light", ".course-map.narrow"),
        ("loops", "pages/loops.html", 1280, "dark", "figure.loop"),
        ("drawings", "pages/drawings.html", 1280, "dark", None),
        ("maths", "notebooks/01_minimax_objective.html", 1280, "light", "mjx-container[display]"),
        ("images", "notebooks/06_mnist_mlp.html", 1280, "light", ".cell_output img"),
        ("images-dark", "notebooks/06_mnist_mlp.html", 1280, "dark", ".cell_output img"),
        ("claims", "pages/claims.html", 1280, "light", None),
        ("solutions", "notebooks/solutions/01_minimax_objective.html", 1280, "light", None),
        ("maths-phone", "notebooks/02_jensen_shannon.html", 390, "dark", "mjx-container[display]"),
    ],
)
def test_pictures_of_pages(site, open_page, shots, name, url, width, scheme, show):
    page = open_page((site / url).as_uri(), width=width, color_scheme=scheme)
    typeset(page)
    if show:
        page.locator(show).first.evaluate(
            "e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 120)"
        )
    page.screenshot(path=shots / f"book-{name}.png")
    assert (shots / f"book-{name}.png").stat().st_size > 10_000
