"""Draw how good each minute recipe is after so many seconds: python book/pictures/quality.py

From the rows of benchmarks/quality.py; RESULTS.md and its page of the site show it.
"""

from pathlib import Path

from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

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
    budgets = sorted(rows["seconds"].unique())
    fig, ax = plots.figure(height=4.2)
    for name, title in NAMES.items():
        ends = rows[rows["recipe"] == name].groupby("seconds")["end"]
        (line,) = ax.plot(budgets, ends.median(), marker="o")
        ax.fill_between(budgets, ends.min(), ends.max(), color=line.get_color(), alpha=0.2, lw=0)
        place = (budgets[-1] * 1.04, ends.median().iloc[-1])
        ax.annotate(title, place, color=line.get_color(), va="center")
    ax.axhline(REAL, color="0.5", ls=":")
    ax.annotate("real images", (budgets[0], REAL * 1.1), color="0.4")
    ax.set(xscale="log", yscale="log", xlim=(budgets[0] * 0.9, budgets[-1] * 1.5))
    ax.set(xlabel="CPU seconds of training, one thread", ylabel="Fréchet distance")
    ax.xaxis.set(major_locator=FixedLocator(budgets), minor_locator=NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.set_title("Labels, given or found, make digits good soonest")
    (FOLDER / "quality.png").write_bytes(plots.png(fig, dpi=160))


if __name__ == "__main__":
    main()
