"""The doctor, here and where nothing but Python is installed."""

import os
import subprocess
import sys
from pathlib import Path

from gan_course import __main__ as entry
from gan_course.training import doctor

PROJECT = Path(doctor.__file__).parents[2]


def test_here_all_is_well(capsys):
    status = doctor.main()
    text = capsys.readouterr().out
    assert status == int("✘" in text.split("What they can do without")[0])
    for word in ("✔ Python 3.", "libraries: ", "✔ torch ", "device ", "free disk: ", "MNIST"):
        assert word in text


def test_it_runs_where_no_library_is_installed(tmp_path):
    """-S leaves out the folder of installed libraries."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "GAN_COURSE_DATA": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-S", "-m", "gan_course", "doctor"],
        cwd=tmp_path,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 1 and not answer.stderr
    assert "✔ Python" in answer.stdout and "✘ torch cannot be used: No module" in answer.stdout
    assert f"MNIST is not in {tmp_path / 'MNIST' / 'raw'}" in answer.stdout


def test_other_commands_name_the_doctor_where_a_library_is_missing(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "gan_course.training.cli", None)  # its import fails
    monkeypatch.delattr("gan_course.training.cli", raising=False)
    monkeypatch.setattr(sys, "argv", ["gan-course", "list"])
    assert entry.main() == 1
    assert "`python -m gan_course doctor` says what to install" in capsys.readouterr().err


def test_a_thing_that_is_missing_comes_with_its_mend(monkeypatch, capsys):
    doctor.show("Title", [(True, "a", "never told"), (False, "b", "do this")])
    assert capsys.readouterr().out == "Title\n  ✔ a\n  ✘ b\n      do this\n"
    monkeypatch.setattr(
        doctor.importlib.metadata, "requires", lambda name: ["no-such>=1", "x; extra == 'dev'"]
    )
    there, found, mend = doctor.libraries()
    assert not there and "0 of 1" in found and "Missing: no-such." in mend
