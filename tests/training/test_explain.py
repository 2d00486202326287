"""What `gan-course explain` answers, and that the Help page knows every kind of error."""

import inspect
import os
import subprocess
import sys

import pytest

from gan_course import __main__ as entry
from gan_course import errors
from gan_course.training import cli, explain


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("D's loss is 0", "D's loss is 0"),
        ("D loss 0", "D's loss is 0"),
        ("collapse", "All samples look alike"),
        ("complex FID", "The FID is complex or negative"),
        ("negative fid", "The FID is complex or negative"),
        ("blank widget", "A widget is blank"),
        ("kernel died", "The kernel died"),
        ("403", "MNIST cannot be downloaded"),
        ("CERTIFICATE", "MNIST cannot be downloaded"),
        ("proxy", "MNIST cannot be downloaded"),
        ("weights_only", "Weights only load failed"),
        ("size mismatch", "Shapes do not fit"),
        ("out of memory", "Out of memory"),
        ("slow on a Mac", "It is slow on a Mac"),
        ("hardware", "Hardware"),
        ("own images", "Your own data"),
        ("colab", "Hosted notebooks"),
        ("cite", "Citing"),
        ("softplus", "The loss is NaN"),  # stands in the text alone
    ],
)
def test_people_find_what_they_see(query, title):
    assert explain.find(query) == [title]


def test_words_of_other_things_find_nothing(capsys):
    assert explain.find("nan kernel") == explain.find("") == []
    assert explain.main(["zebra", "(["]) == 1
    said = capsys.readouterr()
    assert "says nothing of zebra" in said.err and "\n  The loss is NaN\n" in said.out
    assert explain.main([]) == 0
    assert "\n  The loss is NaN\n" in capsys.readouterr().out


def test_every_kind_of_error_has_its_place():
    kinds = [name for name, _ in inspect.getmembers(errors, inspect.isclass)]
    assert "DivergedError" in kinds and set(kinds) <= set(explain.sections())


def test_every_symptom_has_message_cause_and_cure():
    page = explain.HELP.read_text(encoding="utf-8")
    symptoms, _ = page.split("## The machine and the course")
    titles = [line[4:] for line in symptoms.splitlines() if line.startswith("### ")]
    assert len(titles) >= 12
    for title in titles:
        text = explain.sections()[title]
        places = [text.index(f"**{part}.**") for part in ("Message", "Cause", "Cure")]
        assert places == sorted(places), title
    for title, text in explain.sections().items():
        assert text.startswith("*Also: "), title


def test_a_terminal_gets_plain_lines(capsys):
    assert cli.main(["explain", "nan"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("The loss is NaN\n===============\n")
    words = " ".join(out.split())
    assert "Cure. Go on from the last checkpoint" in words and "notebook 03, section 3" in words
    assert "](" not in out and "**" not in out
    assert max(map(len, out.splitlines())) <= 88


def test_it_answers_where_no_library_is_installed(tmp_path):
    """-S leaves out the folder of installed libraries."""
    answer = subprocess.run(
        [sys.executable, "-S", "-m", "gan_course", "explain", "nan"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(explain.HELP.parents[2])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0 and "Cause. A learning rate too high" in answer.stdout


def test_the_command_line_names_it(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["gan-course", "explain", "proxy"])
    assert entry.main() == 0
    assert "SSL_CERT_FILE" in capsys.readouterr().out
