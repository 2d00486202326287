"""The index of the course's exercises: which notebook asks what, and which checker decides.

`python -m gan_course.grading.index` writes assets/exercises.json from the notebooks beside the
package. The grader reads that file, so that it needs no notebooks.
"""

import json
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from gan_course.errors import GanCourseError

PACKAGE = Path(__file__).resolve().parents[1]
FILE = PACKAGE / "assets" / "exercises.json"
NOTEBOOKS = PACKAGE.parent / "notebooks"


@dataclass(frozen=True)
class Exercise:
    """An exercise: "01.2", its title, its checker, and the name that the stub gives its answer."""

    id: str
    title: str
    checker: str
    answer: str


Index = dict[str, list[Exercise]]  # "01" -> its exercises in order


def read() -> Index:
    """The index as shipped with the package."""
    index = json.loads(FILE.read_text(encoding="utf-8"))
    return {number: [Exercise(**fields) for fields in rows] for number, rows in index.items()}


def from_notebooks(folder: Path) -> Index:
    """The index made from headings and tagged cells of the notebooks NN_*.ipynb in the folder."""
    index = {}
    for path in sorted(Path(folder).glob("[0-9][0-9]_*.ipynb")):
        headings, calls = [], []
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                headings += re.findall(r"^### Exercise (\d\d\.\d+)[^:\n]*: *(.+)$", source, re.M)
            elif "exercise" in cell["metadata"].get("tags", []):
                calls += re.findall(r"checks\.(\w+)\((\w+)\)\s*\Z", source)
        if calls:
            pairs = zip(headings, calls)
            index[path.name[:2]] = [Exercise(*heading, *call) for heading, call in pairs]
    if not index:
        raise GanCourseError(f"there are no notebooks with exercises in {folder}")
    return index


def as_json(index: Index) -> str:
    """The text of assets/exercises.json."""
    return json.dumps(index, default=asdict, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """The command: write the index anew."""
    FILE.write_text(as_json(from_notebooks(NOTEBOOKS)), encoding="utf-8")
    print(f"wrote {FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
