"""The report names what vanished and what changed, and counts without failing."""

import json

import report

from gan_course.checks import CLAIM_TYPE


def notebook(claims: dict[str, str], alts: list[str], exercise: str) -> str:
    """The text of a notebook with these claims (sentence: value), figures and one exercise."""
    outputs = [
        {"data": {CLAIM_TYPE: {"claim": sentence, "value": value, "checked": True}}}
        for sentence, value in claims.items()
    ]
    outputs += [{"data": {"image/png": ""}, "metadata": {"image/png": {"alt": a}}} for a in alts]
    stub = f"def answer():\n    return ...\n\n\nchecks.{exercise}(answer)"
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": "# A title\n\nFive words of prose here",
        },
        {"cell_type": "code", "metadata": {}, "source": "x = 1\n)", "outputs": outputs},
        {"cell_type": "code", "metadata": {"tags": ["exercise"]}, "source": stub, "outputs": []},
    ]
    return json.dumps({"cells": cells})


def test_what_vanished_and_what_changed_is_named(capsys):
    one, two = "notebooks/01_one.ipynb", "notebooks/02_two.ipynb"
    kept = {"a sentence that stays": "0.1", "gone for good": "1"}
    before = report.State.of_files(
        {
            one: notebook(kept | {"D tells them apart in 10 steps": "2"}, ["a blue ring"], "first"),
            two: notebook({"one that moves": "3"}, ["a grid"], "second"),
            "gan_course/a.py": '"""A docstring."""\n\nx = 1\n\n\ndef f():\n    return x\n',
        }
    )
    now = {"a sentence that stays": "0.2", "D tells them apart in 20 steps": "2"}
    after = report.State.of_files(
        {
            one: notebook(now | {"one that moves": "3"}, ["a blue ring"], "first"),
            two: notebook({}, ["a line"], "third"),
            "gan_course/a.py": "x = 1\n",
        }
    )
    report.report_changes(before, after, None)
    said = capsys.readouterr().out
    assert "01_one: gone for good\n01_one" in said
    assert "10 steps\n    nearest now: D tells them apart in 20 steps" in said
    assert "02_two: one that moves\n    stands in 01_one now\n3 of 4" in said
    assert "02_two: a grid\n1 of 2" in said and "02_two: second\n" in said
    assert "a sentence that stays\n    checked: 0.1 -> 0.2\n1 of 1 differ; 0 were not" in said
    assert report.lines_of(before.modules) == {
        "modules": 1,
        "lines": 7,
        "statements without docstrings": 3,
    }


def test_claims_of_executed_notebooks_are_listed_with_both_values(tmp_path, capsys):
    before = report.State.of_files({"notebooks/01_one.ipynb": notebook({"s": "1"}, [], "first")})
    (tmp_path / "01_one.ipynb").write_text(
        notebook({"s": "1"}, [], "first").replace('"checked": true', '"checked": false')
    )
    report.report_changes(before, before, tmp_path)
    said = capsys.readouterr().out
    assert "01_one: s\n    NOT CHECKED: 1 == 1\n0 of 1 differ; 1 were not checked" in said


def test_a_row_counts_prose_and_code():
    row = report.Notebook(notebook({"s": "1"}, ["a", "b"], "first")).row()
    assert (row["words"], row["cells"], row["code lines"]) == (8, 3, 4)
    assert (row["figures"], row["claims"], row["exercises"], row["widgets"]) == (2, 1, 1, 0)
