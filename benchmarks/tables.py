"""Write the opening and the tables of benchmarks/RESULTS.md, from the raw rows.

python benchmarks/tables.py        (`make tables`)

Nothing is trained. What stands before the first heading, and everything under the heading "Tables
from raw rows", is written anew; the rest of the page stays.
"""

import json
from pathlib import Path

from gan_course import results
from gan_course.chapters import tables

PAGE = Path(__file__).parent / "RESULTS.md"
HEADING = "\n## Tables from raw rows\n"
FOLDER = Path(__file__).parent / "rows"


def speeds(rows: list[dict]) -> list[dict]:
    """The columns of a table of training speed, from rows of throughput.py."""
    return [
        {
            "networks": row["family"],
            "precision": row["precision"],
            "plain pattern, images/s": f"{row['plain']:,}",
            "course, images/s": f"{row['course']:,}",
            "times as fast (quartiles)": "{ratio:.2f} ({low:.2f} to {high:.2f})".format(**row),
            "share of the peak": f"{row['share']:.0%}" if row["share"] else "",
        }
        for row in rows
    ]


def machine(row: dict) -> dict:
    """The columns that say where and when a row was measured."""
    return {"machine": row["device"], "torch": row["torch"], "date": row["date"]}


def throughput() -> list[dict]:
    """The rows of throughput.py."""
    return results.read(FOLDER / "throughput.jsonl")


def all_speeds() -> list[dict]:
    """Every run of throughput.py, the newest first."""
    runs = list(results.group(throughput(), "run").values())
    rows = [row for run in reversed(runs) for row in run]
    return [{**speed, **machine(row)} for speed, row in zip(speeds(rows), rows)]


def gain(pair: list[dict]) -> float:
    """How many times as fast the course's loop is in bf16 as in fp32, for one kind of networks."""
    ratios = {row["precision"]: row["ratio"] for row in pair}
    return ratios["bf16"] / ratios["fp32"]


def picked(pair: list[dict]) -> str:
    """The precision that auto picked; where it was not asked, what it would have."""
    return pair[0]["auto"] or ("bf16" if gain(pair) >= 1.1 else "fp32")


def _range(rows: list[dict]) -> str:
    """The least and the greatest ratio."""
    ratios = [row["ratio"] for row in rows]
    return f"{min(ratios):.1f} to {max(ratios):.1f}"


def opening() -> str:
    """What the page opens with: what a reader gains, and which precision won on which machine."""
    runs = list(results.group(throughput(), "run").values())
    shown, best = [], []
    for pair in results.group(runs[-1], "family").values():
        shown += [row for row in pair if row["precision"] in ("fp32", picked(pair))]
        best += [row for row in pair if row["precision"] == picked(pair)]
    plain = [row for row in shown if row["precision"] == "fp32"]
    winners = []
    for run in reversed(runs):
        pairs = results.group(run, "family").items()
        cells = {family: f"{picked(pair)} ({gain(pair):.2f})" for (family,), pair in pairs}
        winners.append({**machine(run[0]), **cells})
    about = shown[0]
    return (
        "# Benchmark results\n\n"
        "**What you gain.** The course's loop trains the same networks, on batches of the same "
        f"size, {_range(best)} times as fast as the pattern that most tutorials copy, in the "
        f"precision that a recipe picks (in fp32: {_range(plain)} times). "
        f"{about['device']}, torch {about['torch']}, batch {about['batch']}, {about['data']}, "
        f"{about['date']}; `benchmarks/throughput.py`.\n\n"
        f"{results.table(speeds(shown))}\n\n"
        "Share of the peak: of what a product of matrices (for convolutional networks, a "
        "convolution) reaches on that machine in that precision. The rest of the time goes to "
        "what is no product: activations, norms, the optimiser.\n\n"
        "**Which precision wins** depends on the machine, and no list of its instructions tells. "
        "So a recipe with `precision: auto` measures it before it trains; a gain of less than "
        "10 % counts as none. In brackets: how many times as fast bf16 is as fp32.\n\n"
        f"{results.table(winners)}\n"
    )


def faults() -> list[dict]:
    """What the last whole run of `make faults` counted."""
    return json.loads((FOLDER / "faults.json").read_text(encoding="utf-8"))["counts"]


def memory() -> list[dict]:
    """Peak memory and times of each notebook: its last row."""
    runs = results.frame(FOLDER / "memory.jsonl").drop_duplicates("notebook", keep="last")
    runs["peak_mb"] = runs["peak_mb"].map("{:,}".format)
    columns = {
        "notebook": "notebook",
        "profile": "profile",
        "peak_mb": "peak, MB",
        "seconds": "seconds",
        "first_figure": "first figure after, s",
        "device": "machine",
        "date": "date",
    }
    return _renamed(runs.sort_values("notebook"), columns)


def versions() -> list[dict]:
    """The tests on each Python and each set of libraries: the last row of each."""
    key = ["python", "libraries"]
    runs = results.frame(FOLDER / "versions.jsonl").drop_duplicates(key, keep="last")
    runs["passed"] = runs["passed"].map("{:,}".format)
    runs["minutes"] = (runs["seconds"] / 60).round().astype(int)
    columns = {
        "python": "Python",
        "libraries": "libraries",
        "torch": "torch",
        "numpy": "numpy",
        "passed": "tests passed",
        "skipped": "skipped",
        "failed": "failed",
        "cells": "notebook cells",
        "cells_failed": "failed ",
        "minutes": "minutes",
        "date": "date",
    }
    return _renamed(runs, columns)


def quality() -> list[dict]:
    """Each minute recipe's median distance at the end of each budget, and the steps of the last."""
    runs = results.frame(FOLDER / "quality.jsonl")
    rows = []
    for (recipe, device), own in runs.groupby(["recipe", "device"], sort=False):
        row = {"recipe": recipe, "seeds": own["seed"].nunique()}
        for seconds in sorted(runs["seconds"].unique()):
            row[f"{seconds} s"] = _median_of(own[own["seconds"] == seconds]["end"])
        last = own[own["seconds"] == runs["seconds"].max()]
        row[f"half way of {runs['seconds'].max()} s"] = _median_of(last["half"])
        row["steps"] = f"{last['steps'].median():,.0f}"
        rows.append({**row, "machine": device})
    return rows


def sprint() -> list[dict]:
    """What one change does to a minute recipe: median distance over paired seeds, and steps."""
    runs = results.frame(FOLDER / "sprint.jsonl")
    rows = []
    for (recipe, change), own in runs.groupby(["recipe", "change"], sort=False):
        row = {"recipe": recipe, "change": change, "seeds": own["seed"].nunique()}
        row |= {"distance": _median_of(own["end"]), "steps": f"{own['steps'].median():,.0f}"}
        rows.append(row)
    return rows


def _median_of(values) -> str:
    """The median of some runs, and the lowest and highest of them."""
    if not len(values):
        return "not run"
    return f"{values.median():.1f} ({values.min():.1f} to {values.max():.1f})"


def _renamed(frame, columns: dict[str, str]) -> list[dict]:
    """Some columns of a DataFrame under other names, as rows for `results.table`."""
    return frame[list(columns)].rename(columns=columns).to_dict("records")


SECTIONS = {
    "A minute of training": (
        quality,
        "Fréchet distance to MNIST's test images in the course's classifier, N = 10,000 (real "
        "against real 0.7): median, lowest and highest over seeds, after that much CPU time "
        "on one thread; where learning rates fall, they reach their last value as the budget ends. "
        "`benchmarks/quality.py`.\n\n"
        "![For each of the five recipes the distances half way and at the end; on labels, given or "
        "found, the digits are far nearer to real ones](../book/pictures/quality.png)",
    ),
    "One change to a minute": (
        sprint,
        "The recipes `configs/minute-*.yaml` with one flag changed, 60 seconds of CPU time on one "
        "thread; median, lowest and highest over paired seeds. Shuffled labels: the same "
        "networks, but the clusters belong to other images. `benchmarks/sprint.py`.",
    ),
    "Training speed": (
        all_speeds,
        "The course's loop against a plain one, in turn; the median of the ratios of neighbours. "
        "`benchmarks/throughput.py`.",
    ),
    "Dirac-GAN": (
        tables.dirac,
        "Mescheder et al. 2018; step 0.1 from (1, 1). `benchmarks/papers/dirac.py`.",
    ),
    "Parzen window on MNIST": (
        tables.parzen,
        "Protocol of 2014: `benchmarks/papers/parzen.py`. Goodfellow et al. 2014, table 1, has 225 "
        "± 2 for their GAN, Mirza and Osindero 2014 have 132 ± 1.8 for a conditional one (± over "
        "test images, ours over seeds). Ours trained for a minute or two, on networks of another "
        "size: the rows are to be compared with each other, and what they show is that centroids "
        "beat real images.",
    ),
    "Tricks on the grid": (
        lambda: tables.ablation("grid"),
        "One trick at a time, at the end of 8,000 steps: `benchmarks/tricks.py`, notebook 10.",
    ),
    "Tricks on digits": (
        lambda: tables.ablation("digits"),
        "At the end of 3,000 steps; the distance is to MNIST's test images.",
    ),
    "Tricks on faces": (
        lambda: tables.ablation("faces"),
        "At the end of 3,000 steps; the distance is to the test faces.",
    ),
    "Share of the peak": (
        tables.scaling,
        "One step of `game`, without penalties, against the peak of a product of matrices or of "
        "a convolution (GFLOP/s). Step and peaks took turns, the best of 25 turns counts for "
        "each, in CPU seconds. `benchmarks/scaling.py`, notebook 20.",
    ),
    "Memory and time of each notebook": (
        memory,
        "`make memory`: the kernel and all that it starts, looked at five times a second. A "
        "laptop with 8 GB must do.",
    ),
    "Pythons and libraries": (
        versions,
        "`make versions`: unit tests without a browser, and all notebooks with their solutions "
        "in profile quick. Oldest: the lower bounds of requirements.txt.",
    ),
    "Faults": (
        faults,
        "What runs and files went through in `make faults`, and how often all was well afterwards.",
    ),
}


NOT_RUN = """
### Configurations for a GPU

These tables of papers need more than two cores can do in a day. Their protocols stand ready and
have not been run; a reduced run of them would be a ranking of under-trained networks.

- Ring and grid by PacGAN's protocol (Lin et al. 2018, table 1), 400,000 steps a run, hours each on
  a GPU: `benchmarks/papers/mixtures.py`. Notebook 04 has both with a protocol that two cores reach.
- Stacked MNIST, 1,000 modes (Lin et al. 2018, section 4.2; Huang et al. 2024, table 1), an hour or
  more a run on a GPU: `benchmarks/papers/stacked.py`.
- Seven losses after the same search of 50 settings (Lucic et al. 2018), some 400 runs:
  `benchmarks/papers/lucic.py`.
"""


def page() -> str:
    """RESULTS.md with opening and tables as the raw rows have them now."""
    parts = [
        f"\n### {title}\n\n{note}\n\n{results.table(table())}\n"
        for title, (table, note) in SECTIONS.items()
    ]
    _, rest = PAGE.read_text(encoding="utf-8").split("\n## ", 1)
    dated = f"\n## {rest}".split(HEADING)[0]
    return opening() + dated + HEADING + "".join(parts) + NOT_RUN


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{len(SECTIONS)} tables written into {PAGE.name}")
