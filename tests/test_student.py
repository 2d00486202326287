"""book/teach/student: the course without solutions, and exercises whose numbers a class has alone."""

import json
import sys
from pathlib import Path

import pytest

from gan_course import checks

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "teach"))
import student  # noqa: E402

INDEX = json.loads((ROOT / "gan_course/assets/exercises.json").read_text(encoding="utf-8"))
CHECKERS = {e["id"]: e["checker"] for rows in INDEX.values() for e in rows}
VARIANTS = student.variants()


@pytest.fixture
def of_class(tmp_path, monkeypatch):
    def use(exercise, name, value):
        values = {exercise: {name: value}}
        path = tmp_path / "class.json"
        path.write_text(json.dumps({"class": "x", "values": values}), encoding="utf-8")
        monkeypatch.setenv("GAN_COURSE_CLASS", str(path))

    return use


@pytest.mark.parametrize("exercise", VARIANTS)
def test_checkers_follow_the_numbers_of_a_class(exercise, of_class, monkeypatch):
    checker = checks.EXERCISES[CHECKERS[exercise]]
    ((name, choices),) = VARIANTS[exercise]["number"].items()
    for value in choices:
        of_class(exercise, name, value)
        verdict = checker(student.answer(exercise, value))
        assert verdict.state == "right", f"{value}: {verdict.message}"
        others = [other for other in choices if other != value]
        assert not any(checker(student.answer(exercise, other)) for other in others)
        monkeypatch.delenv("GAN_COURSE_CLASS")
        assert checker(student.answer(exercise, value)).state == "wrong"  # in the course itself


def test_the_folder_for_students(tmp_path):
    values = student.write_course(tmp_path / "course", "autumn")
    student.write_key(tmp_path / "key.md", values)
    assert values == student.draw("autumn") and set(values) == set(VARIANTS)
    assert len({json.dumps(student.draw(name)) for name in "abcdef"}) > 3
    out = tmp_path / "course"
    assert not list(out.rglob("solutions")) and not (out / "tests").exists()
    assert not (out / "book").exists()
    for exercise, own in VARIANTS.items():
        (path,) = (out / "notebooks").glob(f"{exercise[:2]}_*.ipynb")
        text = path.read_text(encoding="utf-8")
        (value,) = values[exercise].values()
        put = json.dumps(own["put"].replace("{}", f"{value:g}"), ensure_ascii=False)[1:-1]
        assert put in text
        assert f"number = {value:g}" in (tmp_path / "key.md").read_text(encoding="utf-8")
    for path in (out / "notebooks").glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert not any("slide" in cell["metadata"] for cell in notebook["cells"])
        assert "](solutions/" not in path.read_text(encoding="utf-8")
    inside = json.loads((out / "gan_course/assets/class.json").read_text(encoding="utf-8"))
    assert inside["values"] == values


def test_the_course_itself_belongs_to_no_class():
    assert not (ROOT / "gan_course" / "assets" / "class.json").exists()
