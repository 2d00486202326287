"""The doctor, here and where nothing but Python is installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    "place",
    [
        "MNIST/raw/train-images-idx3-ubyte",
        "MNIST/raw/train-images-idx3-ubyte.gz",
        "MNIST/train-images.idx3-ubyte",
        "MNIST/mnist.npz",
        "mnist.npz",
        "mnist_train.csv",
        "MNIST/train.csv",
    ],
)
def test_digits_are_named_in_whatever_form_they_lie_there(place, tmp_path, monkeypatch):
    monkeypatch.setenv("GAN_COURSE_DATA", str(tmp_path))
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    for other in ("fashion-mnist_train.csv", "MNIST.txt", "t10k-images-idx3-ubyte"):
        (file.parent / other).write_bytes(b"")
    there, found, _ = doctor.digits()
    assert not there and found == f"MNIST is not in {tmp_path / 'MNIST' / 'raw'}"
    file.write_bytes(b"")
    assert doctor.digits()[:2] == (True, f"MNIST in {file}")


def test_folders_of_pictures_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("GAN_COURSE_DATA", str(tmp_path))
    for name in ("cats/black/a.JPG", "dogs/b.webp", "words/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(b"")
        there, found, mend = doctor.pictures()
        assert there and "cats" in found
    assert found.endswith(": cats, dogs")
    monkeypatch.setenv("GAN_COURSE_DATA", str(tmp_path / "words"))
    there, found, mend = doctor.pictures()
    assert not there and found.endswith("no folder of them") and "--data=FOLDER" in mend
