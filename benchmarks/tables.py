"""Write the tables of papers and of tricks into benchmarks/RESULTS.md, from the raw rows kept beside it.

python benchmarks/tables.py        (`make tables`)

Nothing is trained. Everything under the heading "Tables from raw rows" is written anew; the rest of the page stays.
"""

from pathlib import Path

from gan_course import published, results

PAGE = Path(__file__).parent / "RESULTS.md"
HEADING = "\n## Tables from raw rows\n"
SECTIONS = {
    "Ring and grid": (
        published.mixtures,
        "Modes / % high quality / KL to uniform, mean ± standard error. VEEGAN, PacGAN: table 1 of each; their GAN rows differ. "
        "Protocols: `benchmarks/papers/mixtures.py`. Ours, reduced, differs from both papers, most of all in the share of high "
        "quality on the grid. The likely reason is the budget: 2,000 steps of a small network, against 400,000 of a larger one, "
        "for modes whose width is a fortieth of their spacing.",
    ),
    "Stacked digits": (
        published.stacked,
        "Modes / KL to uniform. Lin et al. 2018, section 4.2; Huang et al. 2024. Protocols: `benchmarks/papers/stacked.py`. "
        "That packing brings nothing here, unlike in the paper, may again be the budget: D sees half as many items a step, and "
        "1,500 steps are about one sixtieth of the paper's.",
    ),
    "Dirac-GAN": (published.dirac, "Mescheder et al. 2018; step 0.1 from (1, 1). `benchmarks/papers/dirac.py`."),
    "Parzen window on MNIST": (
        published.parzen,
        f"Protocol of 2014: `benchmarks/papers/parzen.py`. {published.PARZEN_OTHERS}. Our two GANs share network and budget; "
        "those of the two papers did not, which may be why the papers' conditional GAN is so far behind.",
    ),
    "Losses after the same small search": (
        published.lucic,
        "Lucic et al. 2018, table 2, asked it at full size. Their FID and our Fréchet distance are on different scales. "
        "`benchmarks/papers/lucic.py`.",
    ),
    "Tricks on the grid": (lambda: published.ablation("grid"), "One trick at a time: `benchmarks/tricks.py`, notebook 10."),
    "Tricks on MNIST": (lambda: published.ablation("digits"), "One trick at a time: `benchmarks/tricks.py`, notebook 10."),
}


def page() -> str:
    """RESULTS.md with the tables as the raw rows have them now."""
    parts = [f"\n### {title}\n\n{note}\n\n{results.table(table())}\n" for title, (table, note) in SECTIONS.items()]
    return PAGE.read_text(encoding="utf-8").split(HEADING)[0] + HEADING + "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{len(SECTIONS)} tables written into {PAGE.name}")
