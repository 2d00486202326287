"""Three loops of trained networks: a collapse that is chased, a plane that bends, noise to faces.

python book/loops/runs.py [chase eight faces]        (the flow of `faces` trains for five minutes)
"""

import copy
import sys

import flow
import numpy as np
import torch
from film import write
from torch import Tensor

from gan_course import data, game, losses, models, plots, pretrained, runtime
from gan_course.chapters.faces import large
from gan_course.config import TrainConfig

RING = data.ring()
# one colour a mode, as in notebook 04
COLOURS = ["#0072B2", "#222222", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442", "#7A5195"]


def play(config: TrainConfig, hidden: tuple[int, ...], noisy: bool, film: game.Film) -> None:
    """A run of notebook 04 on the ring. noisy: D sees noise that fades, which cures."""
    torch.manual_seed(0)
    G = models.MLPGenerator(2, (2,), hidden, activation="relu", output="linear")
    D = models.MLPDiscriminator((2,), hidden, activation="relu")
    callbacks = [film]
    if noisy:
        D = models.InstanceNoise(D, 1.0)

        def fade(state):
            share = state.step / (0.6 * config.steps)
            state.D.sigma = 0.01**share if share < 1 else 0.0

        callbacks = [fade, film]
    game.train(G, D, RING.batches(128, 0), losses.NonSaturating(), config, callbacks=callbacks)


def nearest(x: Tensor) -> Tensor:
    return torch.cdist(x, RING.means).argmin(dim=1)


def chase() -> None:
    """Run A of notebook 04: one blob travels, and the discriminator runs after it."""
    z = torch.randn(400, 2, generator=runtime.generator(2))
    film = game.Film(lambda s: (game.sample(s.generator, z), copy.deepcopy(s.D).eval()), at=18)
    config = TrainConfig(steps=1800, latent_dim=2, lr_g=1e-3, lr_d=1e-4, betas=(0.9, 0.999))
    play(config, (64, 64), False, film)
    fig, (left, right) = plots.figure(1, 2, height=4.2, width=8.4, width_ratios=(1.25, 1))
    limit = 4.0

    def draw(frame):
        step, (x, D) = frame
        left.clear()
        right.clear()
        plots.discriminator_map(left, D, limit, points=60).set_alpha(0.7)
        rings = {"facecolors": "none", "edgecolors": plots.REAL, "linewidths": 1.5}
        left.scatter(*RING.means.T, s=90, **rings)
        left.scatter(*x.T, s=8, color=plots.FAKE, edgecolors=plots.DISC, linewidths=0.2)
        left.set(xlim=(-limit, limit), ylim=(-limit, limit), xlabel="$x_1$", ylabel="$x_2$")
        left.set_title(f"step {step:,}: samples on D's map")
        left.grid(False)
        share = torch.bincount(nearest(x), minlength=8) / len(x)
        right.bar(range(1, 9), share, color=plots.FAKE)
        right.axhline(1 / 8, color=plots.REAL, linestyle=":")
        right.set(ylim=(0, 1.02), xlabel="mode", xticks=range(1, 9))
        right.set_title("share of samples nearest to each mode\n(dotted: the data)", fontsize=10.5)

    middle = len(film.frames) // 2
    write("chase", fig, draw, film.frames, middle, rests={0: 800, -1: 800}, whole=True)


def eight() -> None:
    """The cured run of notebook 04: the latent plane bends into eight modes."""
    film = game.Film(lambda s: copy.deepcopy(s.generator).eval(), at=32)
    rates = {"lr_g": 2e-3, "lr_d": 2e-3, "betas": (0.5, 0.99)}
    config = TrainConfig(steps=2400, latent_dim=2, lr_final=0.05, average=0.99, **rates)
    play(config, (128, 128, 128), True, film)
    line = torch.linspace(-2.5, 2.5, 90)
    plane = torch.cartesian_prod(line, line)
    points = torch.tensor([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in COLOURS])
    z = torch.randn(700, 2, generator=runtime.generator(2))
    fig, (left, right) = plots.figure(1, 2, height=4.6, width=8.4)

    def draw(frame):
        step, G = frame
        left.clear()
        right.clear()
        place = nearest(game.sample(G, plane))
        # transposed: the first coordinate of z goes to the right
        regions = points[place].reshape(90, 90, 3).transpose(0, 1)
        left.imshow(regions, origin="lower", extent=(-2.5, 2.5, -2.5, 2.5))
        left.set(xlabel="$z_1$", ylabel="$z_2$", title="the latent plane, by nearest mode")
        plots.latent_grid(right, G, lines=9, points=60)
        x = game.sample(G, z)
        right.scatter(*x.T, s=5, c=np.array(COLOURS)[nearest(x)])
        rings = {"facecolors": "none", "edgecolors": "#555555", "linewidths": 1}
        right.scatter(*RING.means.T, s=110, **rings)
        right.set(xlim=(-2.7, 2.7), ylim=(-2.7, 2.7), aspect="equal")
        right.set(xlabel="$x_1$", ylabel="$x_2$", title=f"its image, step {step:,}")
        for ax in (left, right):
            ax.grid(False)

    write("eight", fig, draw, film.frames, still=-1, rests={0: 1000, -1: 2500}, whole=True)


STEPS, SETS, TILES = 30, 3, 8


def faces() -> None:
    """Noise becomes a face: in one step of the course's GAN, in thirty of a flow."""
    G, net = pretrained.load("faces-32"), flow.load()
    moments = []
    for seed in range(SETS):
        own = runtime.generator(seed)
        z = torch.randn(TILES, 64, generator=own)
        noise = torch.randn(TILES, *flow.SHAPE, generator=own)
        made, states = game.sample(G, z), flow.sample(net, noise, STEPS)
        as_picture = (z / 3).reshape(TILES, 1, 8, 8).repeat(1, 3, 1, 1)
        as_picture = as_picture.repeat_interleave(4, 2).repeat_interleave(4, 3)
        for k, state in enumerate(states):
            moments.append((k, made if k else as_picture, large(state)))
    fig, (top, below) = plots.figure(2, 1, height=3.4, width=8.4)

    def draw(moment):
        k, first, second = moment
        for ax in (top, below):
            ax.clear()
        said = "GAN, one step: 64 random numbers" + (" become a face" if k else "")
        plots.show_images(top, first.clamp(-1, 1), said, columns=TILES)
        said = f"flow, {STEPS} steps: step {k}"
        plots.show_images(below, second.clamp(-1, 1), said, columns=TILES)

    stands = {}
    for k in range(SETS):
        stands |= {k * (STEPS + 1): 900, (k + 1) * (STEPS + 1) - 1: 1600}
    write("faces", fig, draw, moments, still=STEPS // 2, rests=stands)


LOOPS = {function.__name__: function for function in (chase, eight, faces)}

if __name__ == "__main__":
    for name in sys.argv[1:] or LOOPS:
        LOOPS[name]()
