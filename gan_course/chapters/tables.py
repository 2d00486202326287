"""Tables of papers beside the course's own rows: paper | ours, reduced | ours, full | ceiling.
Notebooks 05, 10 and 11 show them.

The papers' figures are copied from the papers; ours are computed from the raw rows (`results.ROWS`)
each time. `make tables` writes the same tables into benchmarks/RESULTS.md. Every function returns
rows for `results.table`.
"""

import math

from gan_course import data, metrics, results
from gan_course.runtime import generator

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
PARZEN_OTHERS = "Goodfellow et al. 2014, table 1, also has: DBN 138 ± 2, stacked CAE 121 ± 1.6, deep GSN 214 ± 1.1"
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
    """The raw rows of benchmarks/papers/NAME.py."""
    return results.read(results.ROWS / f"{name}.jsonl")


def _runs(found: list[dict], what, when: bool = False) -> str:
    """A cell: what(rows), with the number of seeds, and the date for a full run; NOT_RUN without
    rows.
    """
    if not found:
        return NOT_RUN
    return f"{what(found)} ({len(found)} seeds{', ' + max(row['date'] for row in found) if when else ''})"


def _coverage(found: list[dict]) -> str:
    modes, quality, kl = ([row[name] for row in found] for name in ("modes", "high_quality", "kl"))
    return f"{results.cell(modes, 1)} / {results.cell(quality, 1, 100)} / {results.cell(kl, 3)}"


def mixtures() -> list[dict]:
    """Ring and grid: modes / % high quality / KL. Ceiling: a perfect sampler, ten draws of 2,500."""
    grouped = results.group(rows_of("mixtures"), "data", "method", "protocol")
    table = []
    for name, mixture in MIXTURES.items():
        draws = [mixture.sample(2_500, generator(seed)) for seed in range(10)]
        scored = [
            vars(metrics.mode_coverage(x, mixture.means, float(mixture.stds[0]))) for x in draws
        ]
        for method in dict.fromkeys(method for at, method, _ in grouped if at == name):
            table.append(
                {
                    "data": name,
                    "method": method,
                    "VEEGAN": VEEGAN[name].get(method, ""),
                    "PacGAN": PACGAN[name].get(method, ""),
                    "ours, reduced": _runs(grouped.get((name, method, "reduced"), []), _coverage),
                    "ours, full": _runs(
                        grouped.get((name, method, "full"), []), _coverage, when=True
                    ),
                    "perfect sampler": _coverage(scored),
                }
            )
    return table


def stacked() -> list[dict]:
    """Stacked digits: modes / KL. Paper: 1,000 modes; ours, reduced: 100 modes of two digits."""
    grouped = results.group(rows_of("stacked"), "method", "protocol")

    def cell(found):
        return f"{results.cell((r['modes'] for r in found), 1)} / {results.cell((r['kl'] for r in found), 3)}"

    own = [
        method
        for method in dict.fromkeys(method for method, _ in grouped)
        if method not in ("real digits", "perfect sampler")
    ]
    return [
        {
            "method": method,
            "paper (1,000 modes)": STACKED.get(method, ""),
            "ours, reduced (100 modes)": _runs(grouped.get((method, "reduced"), []), cell),
            "ours, full (1,000 modes)": _runs(grouped.get((method, "full"), []), cell, when=True),
        }
        for method in [*own, "real digits", "perfect sampler"]
    ]


def dirac() -> list[dict]:
    """The Dirac-GAN: eigenvalues of the gradient field, and the distance from the equilibrium at
    the start and the end.
    """

    def number(real, imaginary):
        return f"{real:.3g}" + (
            f" {'+' if imaginary > 0 else '-'} {abs(imaginary):.3g}i"
            if abs(imaginary) > 1e-9
            else ""
        )

    return [
        {
            "method": row["method"],
            "updates": row["updates"],
            "eigenvalues": ", ".join(number(round(a, 9) + 0.0, b) for a, b in row["eigenvalues"])
            if row["eigenvalues"]
            else "",
            "first distance": f"{row['first_radius']:.3f}",
            f"after {row['steps']:,} steps": f"{row['last_radius']:.3g}",
        }
        for row in rows_of("dirac")
    ]


def parzen() -> list[dict]:
    """Parzen-window log-likelihood of MNIST's test images in nats."""
    return [
        {
            "samples from": model,
            "paper": PARZEN.get(model, ""),
            "ours, nats": _runs(found, lambda rows: results.cell((r["nats"] for r in rows), 1)),
            "best sigma": ", ".join(
                f"{sigma:g}" for sigma in sorted({row["sigma"] for row in found})
            ),
        }
        for (model,), found in results.group(rows_of("parzen"), "model").items()
    ]


def lucic() -> list[dict]:
    """Each loss after the same small search: its best setting over fresh seeds, and the range of
    the search.
    """
    table = []
    for (name,), rows in results.group(rows_of("lucic"), "loss").items():
        search, final = (
            [row for row in rows if row["stage"] == stage] for stage in ("search", "final")
        )
        found = sorted(row["frechet_distance"] for row in search)
        table.append(
            {
                "loss": name,
                "paper, FID": LUCIC.get(name, ""),
                "ours, Fréchet distance": _runs(
                    final, lambda rows: results.cell((r["frechet_distance"] for r in rows), 0)
                ),
                "search, best to worst": " ".join(
                    "diverged" if d >= 1e6 else f"{d:,.0f}" for d in found
                ),
                "chosen": f"rate {final[0]['lr']:g}, beta1 {final[0]['beta1']:g}" if final else "",
                "CPU seconds a run": results.cell((row["seconds"] for row in final), 0)
                if final
                else "",
            }
        )
    return sorted(
        table, key=lambda row: math.inf if row["ours, Fréchet distance"] == NOT_RUN else _lead(row)
    )


def _lead(row: dict) -> float:
    return float(row["ours, Fréchet distance"].split()[0].replace(",", ""))


def ablation(task: str) -> list[dict]:
    """The rows of benchmarks/tricks.py for "grid" or "digits", in the order of `ablation.TRICKS`."""
    grouped = results.group(
        [row for row in results.read(results.ROWS / "tricks.jsonl") if row["task"] == task], "trick"
    )
    table = []
    for (trick,), rows in grouped.items():
        kept = [row for row in rows if not row.get("diverged")]
        cells = {
            "modes": (1, 1),
            "high_quality": (1, 100),
            "kl": (3, 1),
            "frechet_distance": (3 if task == "grid" else 0, 1),
            "cpu_seconds": (0, 1),
        }
        shown = {
            name: results.cell((row[name] for row in kept), *form) if kept else ""
            for name, form in cells.items()
        }
        count = f"{len(rows)}" + (
            f", {len(rows) - len(kept)} diverged" if len(kept) < len(rows) else ""
        )
        table.append(
            {
                "trick": trick,
                "modes": shown["modes"],
                "high quality, %": shown["high_quality"],
                "KL": shown["kl"],
                "Fréchet distance": shown["frechet_distance"],
                "CPU seconds": shown["cpu_seconds"],
                "seeds": count,
            }
        )
    return table


def scaling() -> list[dict]:
    """A training step of each pair against the machine's measured peak, from the rows of
    benchmarks/scaling.py.
    """
    return [
        {
            "pair": row["pair"],
            "batch": row["batch"],
            "precision": row["precision"],
            "GFLOP": f"{row['gflop']:.2f}",
            "ms": f"{row['ms']:.1f}",
            "GFLOP/s": f"{row['gflops']:.0f}",
            "peak": "{} {:.0f}".format(row["peak"], row["peak_" + row["peak"]]),
            "share": f"{row['share']:.0%}",
            "machine": row["device"],
            "date": row["date"],
        }
        for row in results.read(results.ROWS / "scaling.jsonl")
    ]
