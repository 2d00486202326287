"""A wheel of this repository works outside the checkout, over the libraries that are here."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
SOURCES = ("gan_course", "configs", "pyproject.toml", "setup.py", "README.md", "LICENSE")


def run(*command: str | Path, cwd: Path, environment: dict[str, str] | None = None) -> str:
    """What a command prints; its errors are shown where it fails."""
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built from a copy, so that nothing is left in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            left_out = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(ROOT / name, folder / "copy" / name, ignore=left_out)
        else:
            shutil.copy(ROOT / name, folder / "copy" / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    build = ("wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    run(*pip, *build, "--wheel-dir", folder, folder / "copy", cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def outside(wheel, tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """A folder with nothing of the course, and an environment that finds the installed wheel."""
    target = tmp_path_factory.mktemp("site")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(
        *pip, "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel, cwd=target
    )
    environment = os.environ | {"PYTHONPATH": str(target), "GAN_COURSE_PROFILE": "quick"}
    return tmp_path_factory.mktemp("elsewhere"), environment


def test_the_wheel_holds_every_file_of_the_package(wheel):
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    tracked = run("git", "ls-files", "gan_course", "configs", cwd=ROOT).splitlines()
    files = {name for name in tracked if (ROOT / name).is_file()}
    packed = set(zipfile.ZipFile(wheel).namelist())
    missing = {name.replace("configs/", "gan_course/configs/", 1) for name in files} - packed
    assert not missing
    assert not [name for name in packed if "__pycache__" in name]


def test_the_licence_travels_with_the_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
        text = archive.read(name).decode()
        metadata = archive.read(name.replace("licenses/LICENSE", "METADATA")).decode()
    for part in ("MIT License", "CC BY 4.0", "gan_course/assets", "MNIST"):
        assert part in text
    assert "License-Expression: MIT AND CC-BY-4.0" in metadata


def test_networks_rows_and_data_are_found_outside_the_checkout(outside):
    folder, environment = outside
    code = """
import gan_course
from gan_course import images, pretrained, results
print(gan_course.__file__)
print(type(pretrained.load("dcgan-mnist")).__name__)
print(len(list(results.ROWS.glob("*.jsonl"))))
print(images.data_root())
"""
    home = {"XDG_CACHE_HOME": str(folder), "LOCALAPPDATA": str(folder), "HOME": str(folder)}
    environment = {name: value for name, value in environment.items() if name != "GAN_COURSE_DATA"}
    printed = run(sys.executable, "-c", code, cwd=folder, environment=environment | home)
    package, network, rows, data = printed.splitlines()
    assert Path(package).is_relative_to(environment["PYTHONPATH"])
    assert network == "ConvGenerator" and int(rows) > 5
    assert Path(data).is_relative_to(folder) and Path(data).name == "gan-course"


def test_the_command_line_lists_what_ships(outside):
    folder, environment = outside
    scripts = Path(environment["PYTHONPATH"]) / "bin"
    command = shutil.which("gan-course", path=str(scripts))
    assert command, list(scripts.iterdir())
    assert "dcgan-mnist" in run(
        sys.executable, command, "list", cwd=folder, environment=environment
    )


def test_the_first_notebook_runs_outside_the_checkout(outside, monkeypatch):
    folder, environment = outside
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    notebook = nbformat.read(ROOT / "notebooks" / "00_start_here.ipynb", 4)
    where = "import gan_course\nprint(gan_course.__file__)"
    notebook.cells.append(nbformat.v4.new_code_cell(where))
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=300, resources=resources).execute()
    package = Path(notebook.cells[-1].outputs[0].text.strip())
    assert package.is_relative_to(environment["PYTHONPATH"])
