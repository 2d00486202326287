"""The fault suite, `make faults`: what a run and its files go through in bad hands.

Each test counts; the end prints the table. The counts go to benchmarks/rows/faults.json, from which
`make tables` writes them into benchmarks/RESULTS.md.
"""

import datetime
import json
from pathlib import Path

import pytest
import torch

from gan_course import results, runtime

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "benchmarks" / "rows" / "faults.json"
COUNTS = []
torch.set_num_threads(1)


@pytest.fixture
def tally():
    """tally(fault, passed, of): count, and fail unless all passed."""

    def count(fault: str, passed: int, of: int) -> None:
        COUNTS.append({"fault": fault, "survived": passed, "of": of})
        assert of and passed == of, f"{fault}: {passed} of {of}"

    return count


def pytest_sessionfinish(session, exitstatus):
    """Write the table, if the whole suite ran and passed."""
    every_file = {item.path for item in session.items} == set(HERE.glob("test_*.py"))
    if exitstatus == 0 and every_file and not session.config.getoption("keyword"):
        about = {**runtime.describe(torch.device("cpu")), "date": str(datetime.date.today())}
        text = json.dumps({"about": about, "counts": COUNTS}, indent=1)
        OUT.write_text(text + "\n", encoding="utf-8")


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line("")
    if COUNTS:
        terminalreporter.write_line(results.table(COUNTS))
