"""book/teach/exams: each answer by two ways, for all its numbers; the exam that is drawn."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "teach"))
import exams  # noqa: E402

BANK = exams.bank()


@pytest.mark.parametrize("entry", BANK, ids=[entry["id"] for entry in BANK])
def test_each_answer_is_found_by_two_ways(entry):
    tolerance = entry.get("tolerance", 1e-6)
    every = exams.choices(entry)
    if tolerance > 1e-6:
        every = every[:: max(1, len(every) // 4)]
    for numbers in every:
        answer, other = (exams.compute(entry[key], numbers) for key in ("answer", "check"))
        assert np.isclose(answer, other, rtol=tolerance, atol=1e-9), numbers
        question = exams.ask(entry, numbers)
        assert "[[" not in question.text + question.why
        assert float(question.answer) == pytest.approx(answer, rel=0.02, abs=0.002)


def test_each_notebook_has_two_questions_and_one_of_them_closes_its_lecture():
    numbers = sorted(path.name[:2] for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    assert [e["id"][:2] for e in BANK if e.get("deck")] == numbers
    for number in numbers:
        assert any(e["id"].startswith(number) and not e.get("deck") for e in BANK)
        assert exams.of_the_deck(number).text


def test_an_exam_is_drawn_by_its_seed_and_shows_no_answer(tmp_path):
    first, again = (exams.draw("winter", ["01", "02", "03", "04"], 30) for _ in range(2))
    other = exams.draw("summer", ["01", "02", "03", "04"], 30)
    assert first == again != other
    assert sum(q.minutes for q in first) <= 30
    assert {q.id[:2] for q in first} == {"01", "02", "03", "04"}
    public = {e["id"] for e in BANK if e.get("deck")}
    assert not public & {q.id for q in first}
    sheet, key = (exams.exam_page(first, "winter", key) for key in (False, True))
    for question in first:
        assert question.text in sheet and question.why not in sheet
        assert f"**{question.answer}**" in key and question.why in key


def test_the_site_holds_nothing_of_the_bank():
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "book/pages").glob("*.md")]
    build = (ROOT / "book/build.py").read_text(encoding="utf-8")
    assert "exams" not in re.sub(r"#.*", "", build)
    for entry in BANK:
        assert not any(entry["why"] in page for page in pages)
