"""Every exercise checker on right answers, stubs and plausible wrong answers; and claims."""

import importlib
import runpy
from pathlib import Path

import numpy as np
import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell

from gan_course import checks
from gan_course.errors import ClaimError
from gan_course.exercises import frame

# name of the checker -> (right answer, [plausible wrong answers]), gathered from tests/exercises/
CASES = {}
for path in sorted((Path(__file__).parent / "exercises").glob("nb*.py")):
    CASES |= runpy.run_path(str(path))["CASES"]


def test_every_exercise_has_cases():
    assert CASES.keys() == checks.EXERCISES.keys()
    assert all(len(wrong) >= 2 for _, wrong in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_right_answer(name):
    verdict = checks.EXERCISES[name](CASES[name][0])
    assert verdict.state == "right", verdict
    assert bool(verdict)


@pytest.mark.parametrize("name", CASES)
def test_stub_is_not_attempted(name):
    assert checks.EXERCISES[name](...).state == "not attempted"
    if callable(CASES[name][0]):
        assert checks.EXERCISES[name](lambda *args: ...).state == "not attempted"


@pytest.mark.parametrize(
    ("name", "wrong"), [(name, w) for name, (_, wrong) in CASES.items() for w in wrong]
)
def test_wrong_answer(name, wrong):
    verdict = checks.EXERCISES[name](wrong)
    assert verdict.state == "wrong" and not verdict
    assert len(str(verdict)) > 40  # it says what was expected, or what was raised, and why


def test_a_formula_for_the_memory_of_an_average_is_as_good_as_a_loop():
    assert checks.average_memory(lambda n, decay: min(n / 10, decay / (1 - decay)))
    assert not checks.average_memory(lambda n, decay: min(n / 5, decay / (1 - decay)))


def test_where_several_lines_mend_a_bug_any_of_them_counts():
    assert checks.level_1({"A": [42], "B": [], "C": [39]})
    assert checks.level_2({"D": [54, 75], "E": [], "F": [72, 64]})


def test_an_answer_that_raises_is_wrong_and_says_so():
    name = next(name for name, (right, _) in CASES.items() if callable(right))
    verdict = checks.EXERCISES[name](lambda *args: 1 / 0)
    assert verdict.state == "wrong" and "ZeroDivisionError" in str(verdict)


def test_expect_compares_shape_and_value():
    frame.expect(torch.tensor([1.0, 2.0]), np.array([1, 2]), "equal")
    with pytest.raises(frame.Mismatch, match="shape"):
        frame.expect(torch.ones(2, 1), np.ones(2), "why")
    with pytest.raises(frame.Mismatch, match=r"Expected 1.*found 2.*because"):
        frame.expect(2.0, 1.0, "because")
    with pytest.raises(frame.Mismatch, match="Expected numbers"):
        frame.expect("two", 2.0, "why")


def test_claim_raises_when_it_does_not_hold(monkeypatch, capsys):
    monkeypatch.setenv("GAN_COURSE_PROFILE", "cpu")
    checks.claim("one is one", 1 == 1)
    with pytest.raises(ClaimError, match="one is two"):
        checks.claim("one is two", 1 == 2)
    with pytest.raises(ClaimError):
        checks.claim("trained well", False, trained=True)


def test_trained_claim_is_not_checked_in_quick(monkeypatch):
    monkeypatch.setenv("GAN_COURSE_PROFILE", "quick")
    checks.claim("trained well", False, trained=True)  # says "not checked" and goes on
    with pytest.raises(ClaimError):
        checks.claim("a formula", False)  # what needs no training is checked in every profile


@pytest.mark.parametrize(
    ("profile", "mark"), [("cpu", "✔ holds"), ("quick", "○ not checked in profile quick")]
)
def test_a_claim_is_stored_as_text_as_html_and_as_data(monkeypatch, profile, mark):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    monkeypatch.setenv("GAN_COURSE_PROFILE", profile)
    checks.claim("p < q & r", True, "1 < 2", trained=True)
    (data,) = shown
    assert data["text/plain"] == f"{mark}: p < q & r  [1 < 2]"
    assert f"{mark}:</strong> p &lt; q &amp; r" in data["text/html"]
    assert "[1 &lt; 2]" in data["text/html"]
    assert data[checks.CLAIM_TYPE] == {
        "claim": "p < q & r",
        "value": "1 < 2",
        "checked": profile == "cpu",
        "profile": profile,
    }


def test_a_verdict_in_a_notebook_is_html_beside_its_text(tmp_path):
    shell = InteractiveShell.instance(ipython_dir=str(tmp_path))
    try:
        importlib.reload(checks)
        verdict = frame.Verdict("wrong", "name: not yet. Expected a < b.")
        data, _ = shell.display_formatter.format(verdict)
    finally:
        InteractiveShell.clear_instance()
    assert data["text/plain"] == "✘ name: not yet. Expected a < b."
    assert ">✘</strong> name: not yet. Expected a &lt; b.</div>" in data["text/html"]
