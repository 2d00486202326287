"""The decks in a real browser, from a disk: no request elsewhere, nothing leaves its slide."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEASURE = (ROOT / "book/slides/measure.js").read_text(encoding="utf-8")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
TEXT = "document.querySelector('.plain .text')"
FIGURE, SMALL = "document.querySelector('figure')", "flex: none; height: 100px; width: 300px"
READY = "window.Reveal && Reveal.isReady()"


@pytest.fixture(scope="session")
def decks(tmp_path_factory, browser):
    """The folder of all decks; nothing is built where there is no browser."""
    out = tmp_path_factory.mktemp("decks")
    command = [sys.executable, str(ROOT / "book/slides/build_decks.py"), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600)
    if done.returncode and "npm" in done.stderr:
        pytest.skip(f"reveal.js and MathJax are not installed: {done.stderr}")
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def open_deck(decks, open_page):
    def open_(name: str, query: str = "", **options):
        page = open_page(
            f"{(decks / name).as_uri()}.html{query}", **{"width": 1280, "height": 720, **options}
        )
        page.wait_for_function(READY, timeout=60_000)
        return page

    return open_


@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS])
def test_every_slide_holds_what_stands_on_it(open_deck, name):
    page = open_deck(name)
    faults = page.evaluate(MEASURE)
    assert faults == [], "\n".join(faults)
    assert (page.errors, page.foreign) == ([], [])


@pytest.mark.parametrize(
    ("break_it", "fault"),
    [
        (f"{TEXT}.innerHTML += '<p>More and more words.</p>'.repeat(30)", "too long"),
        (f"{TEXT}.innerHTML += '<p style=\"width: 2000px\">wide</p>'", "leaves the slide"),
        (f"{TEXT}.innerHTML += '<p style=\"font-size: 20px\">small</p>'", "letters of 20"),
        (f"{FIGURE}.style.cssText = '{SMALL}'", "a figure of only"),
        ("document.querySelector('mjx-container').remove()", "a formula is not set"),
    ],
)
def test_the_measure_sees_faults(open_deck, break_it, fault):
    page = open_deck("01_minimax_objective")
    page.evaluate(f"() => {{ {break_it} }}")
    assert any(fault in line for line in page.evaluate(MEASURE))


def test_keys_move_and_formulas_are_set(open_deck, shots):
    page = open_deck("01_minimax_objective")
    assert page.title() == "01 The minimax objective · slides of the GAN course"
    where = "Reveal.getIndices().h"
    assert page.evaluate(where) == 0
    page.keyboard.press("Space")
    assert page.evaluate(where) == 1
    pause = page.evaluate("Reveal.getSlides().findIndex((s) => s.querySelector('.fragment'))")
    page.evaluate("h => Reveal.slide(h, 0, -1)", pause)
    page.keyboard.press("ArrowRight")  # a pause: the rest of the same slide
    assert page.evaluate(where) == pause
    assert page.evaluate("!!document.querySelector('.present .fragment.visible')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(where) == pause
    page.keyboard.press("End")
    assert page.evaluate("Reveal.isLastSlide()")
    total = page.evaluate("Reveal.getTotalSlides()")
    number = page.locator(".reveal > .slide-number").inner_text()
    assert number.split() == [str(total), "/", str(total)]
    assert page.locator(".slides .text mjx-container[display=true] svg").count() > 5
    assert (page.errors, page.foreign) == ([], [])
    for name in [path.stem for path in NOTEBOOKS[:5]]:
        page = open_deck(name)
        for h in (0, 3, 8, 13):
            page.evaluate(f"Reveal.slide({h}, 0, 99)")
            page.screenshot(path=shots / f"slides_{name[:2]}_{h + 1:02d}.png")


def test_formulas_can_be_read_from_the_last_row(open_deck):
    page = open_deck("01_minimax_objective")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.slides .text mjx-container')].map(m => "
        "parseFloat(getComputedStyle(m).fontSize))"
    )
    assert sizes and min(sizes) >= 28


def test_the_speakers_view_works_from_a_disk(open_deck, shots):
    page = open_deck("01_minimax_objective")
    page.evaluate("Reveal.slide(3)")
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    speaker.set_viewport_size({"width": 1280, "height": 800})
    speaker.wait_for_function(
        "document.querySelector('.speaker-controls-notes .value').textContent.includes('min, "
        "until')",
        timeout=30_000,
    )
    # else each formula reads twice
    assert speaker.locator(".speaker-controls-notes .value mjx-assistive-mml").count() == 0
    assert speaker.locator(".speaker-controls-time .pacing").is_visible()
    speaker.wait_for_timeout(1500)  # until the small slides are drawn
    speaker.screenshot(path=shots / "slides_speaker.png")
    before = page.evaluate("JSON.stringify(Reveal.getIndices())")
    speaker.keyboard.press("ArrowRight")
    page.wait_for_function(f"JSON.stringify(Reveal.getIndices()) != '{before}'", timeout=10_000)
    assert page.errors == []


def test_notes_beside_the_slide(open_deck, shots):
    page = open_deck("03_gan_1d", "?notes#/6")
    assert "until" in page.locator(".reveal > .speaker-notes").inner_text()
    page.screenshot(path=shots / "slides_notes.png")


@pytest.mark.parametrize(("query", "sheets_a_slide"), [("?print-pdf", 1), ("?print-pdf&notes", 2)])
def test_printing_gives_a_page_a_slide(open_deck, query, sheets_a_slide):
    page = open_deck("03_gan_1d", query)
    slides = page.locator(".pdf-page > section").count()
    assert slides >= 15
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    pages = pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
    assert pages == slides * sheets_a_slide


def test_a_phone_shows_whole_slides(open_deck, shots):
    page = open_deck("00_start_here", "#/2", width=390, height=780)
    box = page.locator("section.present h2").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=shots / "slides_phone.png")


def test_the_list_of_decks(decks, open_page, shots):
    page = open_page((decks / "index.html").as_uri(), width=900, height=800)
    links = page.locator("ol a")
    assert links.count() == len(NOTEBOOKS)
    assert "\\(" not in page.locator("ol").inner_text()
    page.screenshot(path=shots / "slides_index.png")
    links.nth(1).click()
    page.wait_for_function(READY, timeout=60_000)
    assert (page.errors, page.foreign) == ([], [])
