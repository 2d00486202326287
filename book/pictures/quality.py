"""Draw how good each recipe of a minute is: python book/pictures/quality.py

From the rows of benchmarks/quality.py; RESULTS.md and its page of the site show it.
"""

from pathlib import Path

from matplotlib.ticker import StrMethodFormatter

from gan_course import plots, results

NAMES = {
    "minute-mlp": "MLP",
    "minute-wgan-gp": "WGAN-GP",
    "minute-dcgan": "DCGAN",
    "minute-self-conditioned": "on clusters",
    "minute-conditional": "on labels",
}
FOLDER = Path(__file__).parent
REAL = 0.7  # training images against test images


def main() -> None:
    rows = results.frame(FOLDER.parents[1] / "benchmarks" / "rows" / "quality.jsonl")
    seconds = rows["seconds"].max()
    rows = rows[rows["seconds"] == seconds]
    fig, ax = plots.figure(height=3.4)
    for place, name in enumerate(NAMES):
        own = rows[rows["recipe"] == name]
        for column, colour in (("half", "0.6"), ("end", plots.FAKE)):
            ax.plot(own[column], [place] * len(own), "o", color=colour, alpha=0.7, zorder=3)
            median = own[column].median()
            side = "left" if column == "half" else "right"
            text = f" {median:.3g} "
            ax.annotate(text, (median, place + 0.2), color=colour, ha=side, va="bottom")
        ax.axhline(place, color="0.9", lw=1)
    ax.axvline(REAL, color=plots.REAL, ls=":")
    ax.annotate("real images", (REAL * 1.08, -0.45), color=plots.REAL)
    ax.set(xscale="log", xlabel="Fréchet distance, lower is nearer", ylim=(-0.6, len(NAMES) - 0.3))
    ax.set_yticks(range(len(NAMES)), NAMES.values())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.set_title(f"After {seconds // 2} (grey) and {seconds} CPU seconds: a dot a seed, medians")
    (FOLDER / "quality.png").write_bytes(plots.png(fig, dpi=160))


if __name__ == "__main__":
    main()
