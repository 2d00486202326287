"""The decks as they are built: how they open and close, what they show, how long they take."""

import html
import re
import sys
from itertools import pairwise
from pathlib import Path

import build_decks
import cjk
import opening
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "teach"))
import plan  # noqa: E402

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
RAW = re.compile(r"\[\{|\{'|\btensor\(|\barray\(|dtype=|<[\w.]+ object|\[\d[\d.]*[, ]+\d[\d., ]*\]")


@pytest.fixture(scope="module")
def decks():
    return {path.stem[:2]: build_decks.read(path) for path in NOTEBOOKS}


@pytest.fixture(scope="module")
def pages(decks, tmp_path_factory):
    out = tmp_path_factory.mktemp("decks")
    return {n: build_decks.write_deck(d, out).read_text(encoding="utf-8") for n, d in decks.items()}


NUMBERS = [path.stem[:2] for path in NOTEBOOKS]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_deck_opens_with_the_world_and_closes_with_an_exam_question(decks, pages, number):
    deck = decks[number]
    kinds = [slide.kind for slide in deck.slides]
    assert kinds[:2] == ["title", "world"] and kinds[-1] == "exam" and kinds.count("exam") == 1
    world = deck.slides[1]
    assert 20 <= len(re.sub("<[^>]*>", "", world.parts[0]).split()) <= 50
    assert world.shown[0].startswith('<svg class="timeline"') and "aria-label" in world.shown[0]
    assert deck.picture.startswith("<figure>")
    assert "<strong>" in deck.slides[-1].notes  # the answer, for the speaker alone
    assert "<strong>" not in "".join(deck.slides[-1].parts)
    # the last minute of the clock is the deck's sum
    assert deck.slides[-1].end == deck.minutes
    notebook = f"../notebooks/{deck.name}.html"
    assert pages[number].count(f'class="source" href="{notebook}') == len(deck.slides) - 1


def test_title_pages_differ(decks):
    assert len({deck.picture for deck in decks.values()}) == len(decks)


@pytest.mark.parametrize("number", ["03", "04", "05", "09"])
def test_a_live_slide_leads_to_the_laboratory(decks, number):
    shown = "".join(part for slide in decks[number].slides for part in slide.shown)
    address = re.search(r'href="\.\./laboratory\.html\?([^"]+)" target="_blank"', shown)[1]
    settings = dict(pair.split("=") for pair in html.unescape(address).split("&"))
    from gan_course.widgets import laboratory

    assert settings["data"].replace("+", " ") in laboratory.DATA
    assert settings.get("loss", "Wasserstein") in laboratory.LOSSES
    assert settings["penalty"] in laboratory.PENALTIES


@pytest.mark.parametrize("number", NUMBERS)
def test_letters_are_legible_and_nothing_is_a_dump_of_python(decks, number):
    for slide in decks[number].slides:
        for part in slide.shown:
            sizes = re.findall(r'class="(code|printed)[^"]*" style="font-size:([\d.]+)', part)
            # wide tables may be a little smaller than code
            least = {"code": 20, "printed": 17}
            faults = [size for kind, size in sizes if float(size) < least[kind]]
            text = html.unescape(re.sub("<[^>]*>", " ", part)).replace("[0, 1]", "")  # a range
            raw = [] if 'class="code"' in part else RAW.findall(text)
            assert not faults, f"{slide.cell}: {faults}"
            assert not raw, f"{slide.cell}: {raw}"
            assert '<pre class="printed"' not in part


def test_every_chinese_letter_has_a_glyph_in_the_decks(pages, tmp_path):
    letters = cjk.letters("".join(pages.values()))
    assert len(letters) > 10
    try:
        packages = build_decks.modules()
    except SystemExit as reason:
        pytest.skip(str(reason))
    rules = cjk.css(letters, packages / "@fontsource" / "lxgw-wenkai-tc")
    ranges = " ".join(re.findall(r"unicode-range: ([^;]+);", rules))
    covered = {chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", ranges)}
    assert covered == letters
    assert len(rules) < 400_000
    with pytest.raises(ValueError, match="has no"):
        cjk.css({"\ufffe"}, packages / "@fontsource" / "lxgw-wenkai-tc")


def test_lectures_of_the_plan_fit_and_cover_their_decks(decks):
    lectures = plan.semester(decks)
    settings = plan.settings()
    assert len(settings["weeks"]) == 14 and len(lectures) == 13
    blocks = [number for block in settings["blocks"] for number in block["decks"]]
    assert {"11", "18"} <= set(blocks)  # evaluation, and the other families
    told = [place[:2] for lecture in lectures for place in lecture]
    assert told == [(n, i) for n in blocks for i in range(1, len(decks[n].slides) + 1)]
    for lecture in lectures:
        assert sum(place[2] for place in lecture) <= 75
    for before, after in pairwise(lectures):
        if after[0][0] == before[-1][0]:
            assert before[-1][3] != "question"


def test_every_deck_can_be_parted_into_lectures(decks):
    for deck in decks.values():
        assert len(plan.fewest(deck)) <= 2


def test_what_does_not_fit_is_said():
    slides = [("00", i, 30.0, "plain") for i in range(1, 5)]
    assert [len(one) for one in plan.cut(slides, 2)] == [2, 2]
    with pytest.raises(ValueError, match="120 minutes do not fit into 1 lectures"):
        plan.cut(slides, 1)
    slides[1] = ("00", 2, 30.0, "question")
    assert len(plan.cut(slides, 3)[0]) != 2


def test_the_instructors_page_gets_its_tables():
    text = (ROOT / "book/pages/instructors.md").read_text(encoding="utf-8")
    page = plan.fill(text, ROOT / "notebooks")
    assert "<!--" not in page
    assert re.search(r"\| 12 \| 11 Evaluating GANs, slides 1 to \d+ \|", page)
    for number in NUMBERS:
        assert re.search(rf"^### {number} ", text, re.M), f"no misconceptions for {number}"


def test_the_timeline_names_works_of_the_bibliography():
    works = opening.works()
    assert len(works) > 100 and works["heusel-2017"] == opening.Work(
        "Heusel", 2017, ("03", "05", "06", "11")
    )
    for number, own in opening.settings().items():
        svg = opening.timeline(number, own["papers"])
        assert svg.count('class="who"') == len(own["papers"])
    with pytest.raises(KeyError, match="nobody-1999 is not in the bibliography"):
        opening.timeline("00", {"nobody-1999": "nothing"})


def test_students_get_no_notes(decks, tmp_path):
    page = build_decks.write_deck(decks["01"], tmp_path, notes=False).read_text(encoding="utf-8")
    assert "<aside" not in page and "An exam question" in page
