"""Tables of papers beside the course's own rows: paper | ours, reduced | ours, full | ceiling.

Notebooks 10, 11 and 20 show them, and `make tables` writes them into benchmarks/RESULTS.md. The
papers' figures are copied from the papers; ours are computed from the raw rows in `results.ROWS`
each time. Every function returns rows for `results.table`.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import torch

from gan_course import data, metrics, results
from gan_course.runtime import generator

if TYPE_CHECKING:
    from pandas import DataFrame

NOT_RUN = "not run"

# modes / % high quality (VEEGAN, table 1); modes / % high quality / reverse KL, 10 trials with
# standard errors (PacGAN, table 1)
VEEGAN = {"ring": {"GAN": "1 / 99.3"}, "grid": {"GAN": "3.3 / 0.5"}}
PACGAN = {
    "ring": {
        "GAN": "6.3 ± .5 / 98.2 ± .2 / .45 ± .09",
        "PacGAN2": "7.9 ± .1 / 95.6 ± 2.0 / .07 ± .03",
    },
    "grid": {
        "GAN": "17.3 ± .8 / 94.8 ± .7 / .70 ± .07",
        "PacGAN2": "23.8 ± .7 / 91.3 ± .8 / .13 ± .04",
    },
}
# modes of 1,000 / KL: PacGAN, section 4.2, 10 trials; R3GAN's RpGAN + R1 + R2 (Huang et al. 2024)
STACKED = {
    "GAN": "78.9 ± 6.5 / 4.50 ± .13",
    "PacGAN2": "1000 ± 0 / .06 ± .003",
    "relativistic + R1 + R2": "1000 / .078",
}
# nats: Goodfellow et al. 2014, table 1; Mirza and Osindero 2014, table 1
PARZEN = {"gan": "225 ± 2", "conditional": "132 ± 1.8"}
PARZEN_OTHERS = (
    "Goodfellow et al. 2014, table 1, also has: DBN 138 ± 2, stacked CAE 121 ± 1.6, "
    "deep GSN 214 ± 1.1"
)
# FID of the best setting on MNIST: Lucic et al. 2018, table 2
LUCIC = {
    "minimax": "9.8 ± .9",
    "non-saturating": "6.8 ± .5",
    "least squares": "7.8 ± .6",
    "WGAN, clipped": "6.7 ± .4",
    "WGAN-GP": "20.3 ± 5.0",
}
MIXTURES = {"ring": data.ring(8, radius=1.0, std=0.01), "grid": data.grid(5, spacing=2.0, std=0.05)}


def rows_of(name: str) -> list[dict]:
    """The raw rows of benchmarks/papers/NAME.py, or of benchmarks/NAME.py."""
    return results.read(results.ROWS / f"{name}.jsonl")


def _frame(name: str) -> "DataFrame":
    return results.frame(results.ROWS / f"{name}.jsonl")


def _by_protocol(runs: "DataFrame", say: Callable[["DataFrame"], str]) -> dict[str, str]:
    """A cell for each protocol: what `say` says of its runs, their number, the full ones' date."""
    cells = {"reduced": NOT_RUN, "full": NOT_RUN}
    for protocol, found in runs.groupby("protocol"):
        date = f", {found['date'].max()}" if protocol == "full" else ""
        cells[protocol] = f"{say(found)} ({len(found)} seeds{date})"
    return cells


def _coverage(found: "DataFrame") -> str:
    modes = results.cell(found["modes"], 1)
    quality = results.cell(found["high_quality"], 1, 100)
    return f"{modes} / {quality} / {results.cell(found['kl'], 3)}"


def _perfect_sampler(mixture) -> str:
    """What `_coverage` says of ten draws of 2,500 from the data themselves."""
    from pandas import DataFrame

    draws = [mixture.sample(2_500, generator(seed)) for seed in range(10)]
    std = float(mixture.stds[0])
    rows = []
    for x in draws:
        found = metrics.mode_coverage(x, mixture.means, std)
        nearest = torch.cdist(x, mixture.means).argmin(dim=1)
        kl = metrics.class_histogram(nearest, len(mixture.means)).kl
        rows.append({"modes": found.modes, "high_quality": found.high_quality, "kl": kl})
    return _coverage(DataFrame(rows))


def mixtures() -> list[dict]:
    """Ring and grid: modes / % high quality / KL over all samples; beside a perfect sampler."""
    runs, table = _frame("mixtures"), []
    for name, mixture in MIXTURES.items():
        perfect = _perfect_sampler(mixture)
        for method, found in runs[runs["data"] == name].groupby("method", sort=False):
            ours = _by_protocol(found, _coverage)
            table.append(
                {
                    "data": name,
                    "method": method,
                    "VEEGAN": VEEGAN[name].get(method, ""),
                    "PacGAN": PACGAN[name].get(method, ""),
                    "ours, reduced": ours["reduced"],
                    "ours, full": ours["full"],
                    "perfect sampler": perfect,
                }
            )
    return table


def stacked() -> list[dict]:
    """Stacked digits: modes / KL. Paper: 1,000 modes; ours, reduced: 100 modes of two digits."""

    def say(found: "DataFrame") -> str:
        return f"{results.cell(found['modes'], 1)} / {results.cell(found['kl'], 3)}"

    table = []
    for method, found in _frame("stacked").groupby("method", sort=False):
        ours = _by_protocol(found, say)
        table.append(
            {
                "method": method,
                "paper (1,000 modes)": STACKED.get(method, ""),
                "ours, reduced (100 modes)": ours["reduced"],
                "ours, full (1,000 modes)": ours["full"],
            }
        )
    last = ["real digits", "perfect sampler"]  # what cannot be beaten stands below
    return sorted(table, key=lambda row: row["method"] in last)


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
            "paper": PARZEN.get(model, ""),
            "ours, nats": f"{results.cell(found['nats'], 1)} ({len(found)} seeds)",
            "best sigma": ", ".join(f"{sigma:g}" for sigma in sorted(found["sigma"].unique())),
        }
        for model, found in _frame("parzen").groupby("model", sort=False)
    ]


def lucic() -> list[dict]:
    """Each loss after the same small search: its best setting over fresh seeds, best loss first."""
    runs, table = _frame("lucic"), {}
    for name, found in runs.groupby("loss", sort=False):
        search = found[found["stage"] == "search"]["frechet_distance"].sort_values()
        final = found[found["stage"] == "final"]
        row = {
            "loss": name,
            "paper, FID": LUCIC.get(name, ""),
            "ours, Fréchet distance": NOT_RUN,
            "search, best to worst": " ".join(
                "diverged" if distance >= 1e6 else f"{distance:,.0f}" for distance in search
            ),
            "chosen": "",
            "CPU seconds a run": "",
        }
        if len(final):
            distance, chosen = final["frechet_distance"], final.iloc[0]
            row["ours, Fréchet distance"] = f"{results.cell(distance, 0)} ({len(final)} seeds)"
            row["chosen"] = f"rate {chosen['lr']:g}, beta1 {chosen['beta1']:g}"
            row["CPU seconds a run"] = results.cell(final["seconds"], 0)
        table[name] = row
    means = runs[runs["stage"] == "final"].groupby("loss")["frechet_distance"].mean()
    return sorted(table.values(), key=lambda row: means.get(row["loss"], math.inf))


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
        kept = found[found["cpu_seconds"].notna()]  # a run that diverged has no numbers
        row = {"trick": trick}
        for title, (name, digits, scale) in columns.items():
            if name in runs and runs[name].notna().any():
                row[title] = results.cell(kept[name], digits, scale) if len(kept) else ""
        lost = len(found) - len(kept)
        row["seeds"] = f"{len(found)}, {lost} diverged" if lost else f"{len(found)}"
        table.append(row)
    return table


def scaling() -> list[dict]:
    """A training step of each pair against the measured peak, from benchmarks/scaling.py's rows."""
    return [
        {
            "pair": row["pair"],
            "batch": row["batch"],
            "precision": row["precision"],
            "GFLOP": f"{row['gflop']:.2f}",
            "ms": f"{row['ms']:.1f}",
            "GFLOP/s": f"{row['gflops']:.0f}",
            "peak": f"{row['peak']} {row['peak_' + row['peak']]:.0f}",
            "share": f"{row['share']:.0%}",
            "machine": row["device"],
            "date": row["date"],
        }
        for row in rows_of("scaling")
    ]
