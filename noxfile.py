"""The tests on every Python, on the oldest and newest libraries, and of the wheel: `make versions`.

nox -s "tests-3.12"     the newest libraries on one Python
nox -s oldest           each library at its lower bound in pyproject.toml, on Python 3.10
nox -s "wheel-3.12"     the wheel with what it asks for, in an empty environment, away from here
nox -s prereleases      the newest libraries, those before their release too: failures are printed,
                        counted in the row, and fail nothing
nox -s hosted           as on Colab: what is there keeps its version (tests/hosted.py)

Each session installs into an environment of its own (some 6 GB, removed afterwards), runs unit
tests and all notebooks in profile quick, appends a row to benchmarks/rows/versions.jsonl, and
writes the tables of RESULTS.md again.
"""

import datetime
import json
import re
import shutil
import time
from pathlib import Path

import nox

HERE = Path(__file__).parent
ROWS = HERE / "benchmarks" / "rows" / "versions.jsonl"
VERSIONS = """
import json, platform, torch, numpy
print(json.dumps([platform.python_version(), torch.__version__, numpy.__version__]))
"""
EVERYTHING = ".[lab,dev,book]"
# a kernel, and what executes a notebook; the wheel brings all that the notebook itself imports
KERNEL = ("ipykernel", "nbconvert")
# what Colab had in 2025: an old kernel, ipywidgets 7, fixed versions of torch and NumPy
HOST = (
    "torch==2.9.0",
    "torchvision==0.24.0",
    "numpy==2.0.2",
    "pandas==2.2.2",
    "scipy==1.16.3",
    "scikit-learn==1.6.1",
    "matplotlib==3.10.0",
    "pillow==11.3.0",
    "ipython==7.34.0",
    "ipykernel==6.17.1",
    "ipywidgets==7.7.1",
    "nbclient",
)
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]
nox.options.default_venv_backend = "venv"
nox.options.stop_on_first_error = False


def counts(report: Path) -> dict[str, int]:
    """Passed, skipped and failed tests of a JUnit report."""
    text = report.read_text(encoding="utf-8")

    def total(name: str) -> int:
        return sum(int(n) for n in re.findall(rf'<testsuite [^>]*\b{name}="(\d+)"', text))

    failed, skipped = total("failures") + total("errors"), total("skipped")
    return {"passed": total("tests") - skipped - failed, "skipped": skipped, "failed": failed}


def check(session: nox.Session, libraries: str, may_fail: bool = False) -> None:
    """Unit tests (without a browser) and notebooks; one row for both."""
    start, folder = time.monotonic(), Path(session.create_tmp())
    environment = {"GAN_COURSE_PROFILE": "quick", "TQDM_DISABLE": "1", "OMP_NUM_THREADS": "1"}
    unit, notebooks = folder / "unit.xml", folder / "notebooks.xml"
    run = ("python", "-m", "pytest", "-n", "2")
    codes = (0, 1)  # failed tests are counted below
    session.run(
        *run,
        "--ignore=tests/browser",
        "--ignore=tests/faults",
        f"--junitxml={unit}",
        "tests",
        env=environment,
        success_codes=codes,
    )
    lax = ("--dist", "loadfile", "--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=600")
    paths = sorted(
        str(path.relative_to(HERE)) for path in (HERE / "notebooks").rglob("[0-9]*.ipynb")
    )
    session.run(*run, *lax, f"--junitxml={notebooks}", *paths, env=environment, success_codes=codes)
    python, torch, numpy = json.loads(
        session.run("python", "-c", VERSIONS, silent=True).splitlines()[-1]
    )
    found, cells = counts(unit), counts(notebooks)
    row = {"python": python, "libraries": libraries, "torch": torch, "numpy": numpy, **found}
    row |= {
        "cells": cells["passed"],
        "cells_failed": cells["failed"],
        "seconds": round(time.monotonic() - start),
    }
    with ROWS.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**row, "date": str(datetime.date.today())}) + "\n")
    # or the next session's tests find a table that lacks this row
    session.run("python", "benchmarks/tables.py")
    shutil.rmtree(session.virtualenv.location)
    if found["failed"] or cells["failed"]:
        say = session.warn if may_fail else session.error
        say(f"{found['failed']} tests and {cells['failed']} cells failed with these {libraries}")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The newest libraries."""
    session.install("--editable", EVERYTHING)
    check(session, "newest")


@nox.session(python="3.10", venv_backend="uv")
def oldest(session: nox.Session) -> None:
    """Every library at its lower bound: uv finds the lowest releases, pip has no such option."""
    session.install("--resolution", "lowest-direct", "--editable", EVERYTHING)
    check(session, "oldest")


@nox.session(python="3.13", venv_backend="uv")
def prereleases(session: nox.Session) -> None:
    """What is to come: this may fail, loudly, and stops nothing."""
    session.install("--prerelease", "allow", "--editable", EVERYTHING)
    check(session, "pre-releases", may_fail=True)


@nox.session(python="3.12", venv_backend="uv")
def hosted(session: nox.Session) -> None:
    """Notebooks 00 and 04 from their first cell on, in an environment like Colab's."""
    session.install("pip", "setuptools", *HOST)
    python = str(Path(session.bin) / "python")
    folder = Path(session.create_tmp()).resolve() / "content"
    session.run("python", "tests/hosted.py", python, str(folder))
    shutil.rmtree(session.virtualenv.location)


@nox.session(python=PYTHONS)
def wheel(session: nox.Session) -> None:
    """The wheel and its own requirements in an empty environment: a command, and notebook 00."""
    folder = Path(session.create_tmp()).resolve()
    session.run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), ".")
    (built,) = folder.glob("*.whl")
    session.install(str(built))
    shutil.copy(HERE / "notebooks" / "00_start_here.ipynb", folder / "first.ipynb")
    environment = {"GAN_COURSE_PROFILE": "quick", "TQDM_DISABLE": "1"}
    with session.chdir(folder):
        session.run("gan-course", "list", env=environment)
        session.install(*KERNEL)
        execute = ("-m", "nbconvert", "--to", "notebook", "--execute", "--output", "ran.ipynb")
        session.run("python", *execute, "first.ipynb", env=environment)
    shutil.rmtree(session.virtualenv.location)
