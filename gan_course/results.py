"""Rows of long experiments: kept as JSON lines, summarised as mean and standard error.

The scripts of benchmarks/ write them, one run at a time; the notebooks and benchmarks/tables.py
read the same files. Those that a notebook reads lie in the package, in ROWS, so that a wheel holds
them; the others in benchmarks/rows.
"""

import datetime
import json
import math
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gan_course.errors import DataError, GanCourseError

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS = Path(__file__).parent / "assets" / "rows"  # of the experiments that notebooks read


def collect(path: Path | str, jobs: Iterable[tuple[dict, Callable[[], dict]]], about: dict) -> None:
    """Run each job whose row is not in the file yet, and append its row at once.

    A stopped collection goes on where it was. jobs: (key, work) pairs; the row is key, then what
    work() returns, then the date and `about` (device, versions, data).
    """
    path = Path(path)
    for key, work in jobs:
        # read anew each time: several processes may share the work
        rows = read(path) if path.exists() else []
        if any(key.items() <= row.items() for row in rows):
            continue
        row = {**key, **work(), "date": str(datetime.date.today()), **about}
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        shown = {
            k: v for k, v in row.items() if isinstance(v, int | float | str) and k not in about
        }
        print(shown, flush=True)


def read(path: Path | str) -> list[dict]:
    """The rows of a file of JSON lines, in their order."""
    path = Path(path)
    if not path.is_file():
        raise DataError(
            f"{path} is missing: it is part of the repository, `git checkout {path.name}` brings "
            "it back"
        )
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise DataError(
                f"{path}, line {number}, is not JSON ({error}): it was cut short; delete that line"
            ) from None
    return rows


def frame(path: Path | str) -> "DataFrame":
    """The same rows as a pandas DataFrame."""
    import pandas  # here, since it takes a second

    return pandas.DataFrame(read(path))


def group(rows: list[dict], *names: str) -> dict[tuple, list[dict]]:
    """The rows by the values of some of their columns, in order of first appearance."""
    found: dict[tuple, list[dict]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in names), []).append(row)
    return found


def mean_error(values: Iterable[float]) -> tuple[float, float]:
    """Mean and standard error of the mean (NaN from one value alone)."""
    values = [float(v) for v in values]
    if not values:
        raise GanCourseError("no values to average: the rows hold no such run")
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return statistics.fmean(values), error


def cell(values: Iterable[float], digits: int = 2, scale: float = 1.0) -> str:
    """A table's "mean ± standard error"; the mean alone where there is one value."""
    mean, error = mean_error(v * scale for v in values)
    return f"{mean:,.{digits}f}" + ("" if math.isnan(error) else f" ± {error:,.{digits}f}")


def table(rows: list[dict]) -> str:
    """A Markdown table; the columns are those of the first row."""
    lines = [rows[0].keys(), ["---"] * len(rows[0])]
    lines += [[row[name] for name in rows[0]] for row in rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def rounded(numbers: Any) -> Any:
    """Four decimals throughout dicts and lists: more would be noise."""
    if isinstance(numbers, dict):
        return {name: rounded(value) for name, value in numbers.items()}
    if isinstance(numbers, list):
        return [rounded(value) for value in numbers]
    return round(numbers, 4) if isinstance(numbers, float) else numbers
