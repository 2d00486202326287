"""The tests on every Python and on the oldest and newest libraries that requirements.txt allows:
`make versions`.

nox -s "tests-3.12"     the newest libraries on one Python
nox -s oldest           each library at its lower bound, on Python 3.10

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
VERSIONS = "import json, platform, torch, numpy; print(json.dumps([platform.python_version(), torch.__version__, numpy.__version__]))"
nox.options.default_venv_backend = "venv"
nox.options.stop_on_first_error = False


def counts(report: Path) -> dict[str, int]:
    """Passed, skipped and failed tests of a JUnit report."""
    totals = {name: 0 for name in ("tests", "skipped", "failures", "errors")}
    for name in totals:
        totals[name] = sum(
            int(n)
            for n in re.findall(
                rf'<testsuite [^>]*\b{name}="(\d+)"', report.read_text(encoding="utf-8")
            )
        )
    failed = totals["failures"] + totals["errors"]
    return {
        "passed": totals["tests"] - totals["skipped"] - failed,
        "skipped": totals["skipped"],
        "failed": failed,
    }


def check(session: nox.Session, libraries: str) -> None:
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
        session.error(f"{found['failed']} tests and {cells['failed']} cells failed")


@nox.session(python=["3.10", "3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """The newest libraries."""
    session.install("--editable", ".")
    check(session, "newest")


@nox.session(python="3.10", venv_backend="uv")
def oldest(session: nox.Session) -> None:
    """Every library at the lower bound of requirements.txt: uv finds the lowest releases, pip has
    no such option.
    """
    session.install("--resolution", "lowest-direct", "--editable", ".")
    check(session, "oldest")
