"""Three loops that are computed: the best discriminator, earth on its way, a game that circles.

python book/loops/curves.py [optimum earth circles]
"""

import math
import sys

import numpy as np
from film import write

from gan_course import divergences, plots
from gan_course.widgets.stills import FIELDS


def optimum() -> None:
    """D* = p / (p + q) while q wanders and changes its width, and returns."""
    x, span = np.linspace(-6, 6, 500), (-14.0, 14.0)
    p = divergences.normal(0.0, 1.0)
    fig, (top, below) = plots.figure(2, 1, height=4.6, width=7.2, sharex=True)

    def draw(share):
        turn = 2 * math.pi * share
        mean = 3.2 * math.cos(turn)
        std = 1.0 - 0.4 * math.sin(2 * turn)  # 1 at the far ends, and where q is p
        q = divergences.normal(mean, std)
        for ax in (top, below):
            ax.clear()
        both = ((p(x), "data $p$", plots.REAL), (q(x), "generated $q$", plots.FAKE))
        for y, label, colour in both:
            top.plot(x, y, color=colour, label=label)
            top.fill_between(x, y, color=colour, alpha=0.2, linewidth=0)
        apart = divergences.js(p, q, span)
        top.set(ylim=(0, 0.9), ylabel="density")
        top.set_title(f"Jensen-Shannon divergence {apart:.3f} nats (at most {math.log(2):.3f})")
        top.legend(loc="upper left", ncols=2, frameon=True, edgecolor="none")
        best = divergences.optimal_discriminator(p(x), q(x))
        below.fill_between(x, 0.5, best, where=best > 0.5, color=plots.REAL, alpha=0.2, linewidth=0)
        below.fill_between(x, 0.5, best, where=best < 0.5, color=plots.FAKE, alpha=0.2, linewidth=0)
        below.plot(x, best, color=plots.DISC)
        below.axhline(0.5, color=plots.NEUTRAL, linewidth=1, linestyle=":")
        below.set(ylim=(-0.03, 1.03), xlim=(-6, 6), xlabel="x", ylabel="$D^*(x)$")
        below.set_title("The best discriminator, $D^* = p / (p + q)$")

    shares = np.linspace(0, 1, 110, endpoint=False)
    write("optimum", fig, draw, shares, still=9, whole=True)


def earth() -> None:
    """Two heaps move into two holes; below, the potential of what is left to do."""
    line = np.linspace(-5, 6, 661)
    step = line[1] - line[0]

    def heaps(*parts):
        return sum(share * divergences.normal(mean, std)(line) for share, mean, std in parts)

    pile = heaps((0.6, -2.6, 0.5), (0.4, 0.2, 0.5))
    holes = heaps((0.35, -0.9, 0.45), (0.65, 3.2, 0.6))
    below_pile, below_holes = np.cumsum(pile) * step, np.cumsum(holes) * step
    grains = (np.arange(20_000) + 0.5) / 20_000  # each keeps its rank, so that no paths cross
    start, goal = np.interp(grains, below_pile, line), np.interp(grains, below_holes, line)
    total = np.abs(goal - start).mean()
    fig, (top, below) = plots.figure(2, 1, height=4.6, width=7.2, sharex=True)

    def draw(share):
        share = 0.5 - 0.5 * math.cos(math.pi * share)
        places = (1 - share) * start + share * goal
        counts, edges = np.histogram(places, bins=line[::3], density=True)
        smooth = np.convolve(counts, np.full(7, 1 / 7), mode="same")
        centres = (edges[1:] + edges[:-1]) / 2
        reached = np.searchsorted(places, line) / len(places)
        ahead = reached - below_holes  # earth that still has to pass here, to the right
        slope = -np.sign(np.where(np.abs(ahead) < 4e-3, 0, ahead))
        potential = np.cumsum(slope) * step
        for ax in (top, below):
            ax.clear()
        top.fill_between(line, holes, color=plots.REAL, alpha=0.3, linewidth=0, label="holes")
        top.fill_between(centres, smooth, color=plots.FAKE, alpha=0.3, linewidth=0)
        top.plot(centres, smooth, color=plots.FAKE, label="earth")
        top.set(ylim=(0, 0.62), ylabel="density")
        top.set_title(f"Work left to do: $W_1$ = {(1 - share) * total:.2f} of {total:.2f}")
        top.legend(loc="upper right")
        below.plot(line, potential - potential.mean(), color=plots.DISC)
        below.set(ylim=(-5.2, 5.2), xlim=(-5, 6), xlabel="place", ylabel="potential")
        below.set_title("The best critic: slope 1 or −1 where earth has to pass")

    there = np.linspace(0, 1, 84)
    write("earth", fig, draw, there, still=34, rests={0: 1500, -1: 2000})


METHODS = {
    "minimax, both move at once": ("minimax", 0.3, False, plots.FAKE),
    "minimax, in turn": ("minimax", 0.3, True, plots.PURPLE),
    "with the R1 penalty": ("R1", 0.3, False, plots.GREEN),
}


def circles() -> None:
    """The field of the Dirac-GAN, and three ways to follow it: out, round, and in."""
    steps, step = 300, 0.1
    paths = {}
    for name, (field, gamma, in_turn, _) in METHODS.items():
        move, path = FIELDS[field], [(1.2, 0.0)]
        for _ in range(steps):
            theta, psi = path[-1]
            new_psi = psi + step * move(theta, psi, gamma)[1]
            seen = new_psi if in_turn else psi
            path.append((theta + step * move(theta, seen, gamma)[0], new_psi))
        paths[name] = np.array(path)
    fig, axes = plots.figure(1, 3, height=3.8, width=8.6, sharey=True)
    line = np.linspace(-1.9, 1.9, 12)
    grid = [(t, p) for t in line for p in line]

    def draw(k):
        for ax, (name, path) in zip(axes, paths.items()):
            field, gamma, _, colour = METHODS[name]
            ax.clear()
            moves = np.array([FIELDS[field](t, p, gamma) for t, p in grid])
            ax.quiver(*np.transpose(grid), *moves.T, color="#B8BEC4", width=0.006, scale=18)
            ax.plot(*path[: k + 1].T, color=colour, linewidth=1.6)
            ax.plot(*path[k], "o", color=colour, markersize=9)
            ax.plot(0, 0, "o", color=plots.REAL, markersize=7)
            ax.set(xlim=(-2.1, 2.1), ylim=(-2.1, 2.1), aspect="equal")
            ax.set_xlabel("θ: where G puts its point")
            ax.set_title(f"{name}\nstep {k}, distance {np.hypot(*path[k]):.2f}", fontsize=10.5)
            ax.grid(False)
        axes[0].set_ylabel("ψ: the slope of D")

    moments = list(range(0, steps + 1, 3))
    write("circles", fig, draw, moments, still=67, rests={0: 800, -1: 1500})


LOOPS = {function.__name__: function for function in (optimum, earth, circles)}

if __name__ == "__main__":
    for name in sys.argv[1:] or LOOPS:
        LOOPS[name]()
