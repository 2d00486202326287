"""Dated rows for benchmarks/RESULTS.md."""

import datetime
from pathlib import Path

import torch

from gan_course.runtime import processor

PAGE = Path(__file__).parent / "RESULTS.md"


def add_rows(heading: str, protocol: str, device: torch.device, rows: list[dict]) -> None:
    """Add a dated table under `## heading`, newest first; the page is made if it is not there."""
    machine = torch.cuda.get_device_name() if device.type == "cuda" else processor()
    names = list(rows[0])
    lines = [
        f"### {datetime.date.today()}, {machine}, torch {torch.__version__.split('+')[0]}",
        "",
        f"Protocol: {protocol}.",
        "",
    ]
    lines += [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    lines += [f"| {' | '.join(str(row[name]) for name in names)} |" for row in rows]
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmark results\n"
    start = f"\n## {heading}\n"
    if start not in page:
        page += start
    PAGE.write_text(
        page.replace(start, start + "\n" + "\n".join(lines) + "\n", 1), encoding="utf-8"
    )
    print("\n".join(lines[3:]) + f"\nadded to {PAGE.name}")
