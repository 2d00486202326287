"""Dated rows for benchmarks/RESULTS.md."""

import datetime
from pathlib import Path

import torch

from gan_course import results
from gan_course.runtime import processor

PAGE = Path(__file__).parent / "RESULTS.md"


def add_rows(heading: str, protocol: str, device: torch.device, rows: list[dict]) -> None:
    """Add a dated table under `## heading`, newest first; the page is made if it is not there."""
    machine = torch.cuda.get_device_name() if device.type == "cuda" else processor()
    version = torch.__version__.split("+")[0]
    title = f"### {datetime.date.today()}, {machine}, torch {version}"
    table = results.table(rows)
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmark results\n"
    start = f"\n## {heading}\n"
    if start not in page:
        page += start
    page = page.replace(start, f"{start}\n{title}\n\nProtocol: {protocol}.\n\n{table}\n", 1)
    PAGE.write_text(page, encoding="utf-8")
    print(f"\n{table}\nadded to {PAGE.name}")
