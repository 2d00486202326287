"""Tables of the course's stored rows, computed anew each time.

Notebooks 10 and 20 show some, and `make tables` writes them into benchmarks/RESULTS.md. Every
function returns rows for `results.table`.
"""

from typing import TYPE_CHECKING

from gan_course import results

if TYPE_CHECKING:
    from pandas import DataFrame


def rows_of(name: str) -> list[dict]:
    """The raw rows of benchmarks/papers/NAME.py, or of benchmarks/NAME.py."""
    return results.read(results.ROWS / f"{name}.jsonl")


def _frame(name: str) -> "DataFrame":
    return results.frame(results.ROWS / f"{name}.jsonl")


def dirac() -> list[dict]:
    """The Dirac-GAN: eigenvalues of the gradient field, distance from the equilibrium."""
    return [
        {
            "method": row["method"],
            "updates": row["updates"],
            "eigenvalues": ", ".join(_complex(*parts) for parts in row["eigenvalues"] or ()),
            "first distance": f"{row['first_radius']:.3f}",
            f"after {row['steps']:,} steps": f"{row['last_radius']:.3g}",
        }
        for row in rows_of("dirac")
    ]


def _complex(real: float, imaginary: float) -> str:
    real = round(real, 9) + 0.0  # + 0.0 turns -0 into 0
    if abs(imaginary) < 1e-9:
        return f"{real:.3g}"
    return f"{real:.3g} {'+' if imaginary > 0 else '-'} {abs(imaginary):.3g}i"


def parzen() -> list[dict]:
    """Parzen-window log-likelihood of MNIST's test images in nats."""
    return [
        {
            "samples from": model,
            "ours, nats": f"{results.cell(found['nats'], 1)} ({len(found)} seeds)",
            "best sigma": ", ".join(f"{sigma:g}" for sigma in sorted(found["sigma"].unique())),
        }
        for model, found in _frame("parzen").groupby("model", sort=False)
    ]


def ablation(task: str) -> list[dict]:
    """The rows of benchmarks/tricks.py for a task of notebook 10, as they were run."""
    columns = {  # title: name in the rows, digits, scale
        "modes": ("modes", 1, 1),
        "high quality, %": ("high_quality", 1, 100),
        "KL (high quality)": ("kl", 3, 1),
        "Fréchet distance": ("frechet_distance", 1, 1),
        "recall": ("recall", 2, 1),
        "CPU seconds": ("cpu_seconds", 0, 1),
    }
    runs, table = _frame("tricks").query("task == @task"), []
    for trick, found in runs.groupby("trick", sort=False):
        row = {"trick": trick}
        for title, (name, digits, scale) in columns.items():
            if name in runs and runs[name].notna().any():
                kept = found[name].dropna()  # a run that diverged has no numbers
                row[title] = results.cell(kept, digits, scale) if len(kept) else ""
        lost = int(found["diverged"].notna().sum()) if "diverged" in found else 0
        row["seeds"] = f"{len(found)}, {lost} diverged" if lost else f"{len(found)}"
        table.append(row)
    return table


def scaling() -> list[dict]:
    """A training step of each pair against the measured peak, from benchmarks/scaling.py's rows.

    Repeated measurements of one machine stand in one row: the lowest and the highest of them.
    """
    runs = results.group(rows_of("scaling"), "pair", "batch", "precision", "device", "date")
    table = []
    for (pair, batch, precision, device, date), found in runs.items():
        kind = found[0]["peak"]
        table.append(
            {
                "pair": pair,
                "batch": batch,
                "precision": precision,
                "GFLOP": f"{found[0]['gflop']:.2f}",
                "ms": _range([row["ms"] for row in found], ".1f"),
                "GFLOP/s": _range([row["gflops"] for row in found], ".0f"),
                "peak": kind,
                "its GFLOP/s": _range([row[f"peak_{kind}"] for row in found], ".0f"),
                "share": _range([row["share"] for row in found], ".0%"),
                "machine": device,
                "date": date,
            }
        )
    return table


def _range(values: list[float], form: str) -> str:
    """Lowest and highest, or one number where they read alike."""
    low, high = format(min(values), form), format(max(values), form)
    return low if low == high else f"{low} to {high}"
