"""The still picture of each widget, and one sentence about it: for pages where no script runs.

Each is drawn from what is sent to the browser, so it shows the widget's first state. A function a
kind takes (config, data) and returns a figure and what the sentence says.
"""

import base64
import io
import math
import zlib

import numpy as np
import torch
from PIL import Image, ImageOps
from scipy.special import expit

from gan_course import divergences, plots
from gan_course.widgets import laboratory, packing, portable

LIVE = "to use its controls, run this cell in JupyterLab or open the page on the course's site"


def still(kind: str, config: dict, data: bytes) -> tuple[str, int, str]:
    """A PNG in base64 at twice the pixels of the page, its width on the page, and one sentence."""
    picture, shows = KINDS[kind](config, data)
    if isinstance(picture, bytes):  # what the kernel has drawn
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        width = image.width
    else:
        image = Image.open(io.BytesIO(plots.png(picture, dpi=200))).convert("RGB")
        image = image.crop(ImageOps.invert(image).getbbox())  # without white borders
        width = image.width // 2
    buffer = io.BytesIO()
    image.quantize(128).save(buffer, format="png", optimize=True)
    name = f"Interactive widget “{config['title']}”" if config["title"] else "Interactive widget"
    return base64.b64encode(buffer.getvalue()).decode(), width, f"{name}: {shows}; {LIVE}."


def _latent(config: dict, data: bytes):
    data = data[: config["pictures"]]  # weights may follow
    fig, ax = plots.figure(height=2.6, width=3.6)
    named = f"seed {config['seed']}"
    if config["num_classes"]:
        named += f", label {config['label']}"
    plots.show_images(ax, _images(data, config), named, columns=1)
    return fig, f"what a generator draws for one random z ({named})"


def _sheets(config: dict, data: bytes):
    fig, ax = plots.figure(height=2.6, width=5)
    images = _images(data[: config["pictures"]], config)
    plots.show_images(ax, images, f"seed {config['seed']}", columns=10)
    return fig, f"{len(images)} pictures that a generator draws, whose latent vectors move together"


def _brush(config: dict, data: bytes):
    pictures, lower = _images(data, config), config["lower"]
    fig, (left, right) = plots.figure(1, 2, height=2.6, width=5)
    for ax, k, title in ((left, config["start"], "what G sees"), (right, -1, "what it fills in")):
        plots.show_images(ax, pictures[[k]], title, columns=1, pad=0)
    left.axhspan(lower - 0.5, config["shape"][0] - 0.5, color="#F4B183")
    return fig, f"a picture, hidden from row {lower} on, and beside it what a network fills in"


def _latent_plane(config: dict, data: bytes):
    fig, (left, right) = plots.figure(1, 2, height=3.4, width=7)

    def G(z):
        z = torch.as_tensor(z).reshape(-1, 2)
        return portable.run(config["program"], data, z).numpy()

    x, (z1, z2) = G(config["z"])[0], config["z"]
    left.plot(z1, z2, "o", color=plots.DISC)
    left.set(xlim=(-3, 3), ylim=(-3, 3), xlabel="$z_1$", ylabel="$z_2$", aspect="equal")
    left.set_title("the latent plane")
    plots.scatter(right, np.reshape(config["real"], (-1, 2)), None, config["limit"])
    for line in laboratory.latent_lines(3.0):
        right.plot(*G(line).T, color=plots.FAKE, alpha=0.4, linewidth=0.7)
    right.plot(*x, "o", color=plots.DISC)
    right.set_title("its image among the data")
    found = f"G(z) = ({x[0]:.2f}, {x[1]:.2f})"
    return fig, f"a point of the latent plane, z = ({z1:.2f}, {z2:.2f}), and {found} among the data"


def _objective(config: dict, data: bytes):
    mean, std = config["shift"]["value"], config["width"]["value"]
    p = divergences.normal(0.0, std if config["same_width"] else 1.0)
    q = divergences.normal(mean, std)
    span, x = (-12.0, 12.0), np.linspace(*config["range"], 400)
    D = None if config["view"] == "transport" else divergences.optimal_discriminator(p(x), q(x))
    fig, ax = plots.figure(height=3.2, width=5)
    plots.densities(ax, x, p(x), q(x), D, title=config["title"])
    js, w1 = divergences.js(p, q, span), divergences.wasserstein1(p, q, span)
    numbers = f"their Jensen-Shannon divergence is {js:.3f} nats, their distance W1 {w1:.3f}"
    q_is = f"generated q with mean {mean:g} and standard deviation {std:g}"
    return fig, f"the density p of the data and {q_is}; {numbers}"


# The Dirac-GAN: the moves of θ and ψ at a point, by method; source/dynamics.js has the same.
NODES = np.arange(-28, 29) / 4  # of a quadrature over N(0, 1)
WEIGHTS = np.exp(-0.5 * NODES**2) / np.exp(-0.5 * NODES**2).sum()


def _noise(t, p, g):
    e = NODES * np.sqrt(g)
    slope = expit(p * (t + e))
    return p * (WEIGHTS @ slope), WEIGHTS @ (e * expit(-p * e) - (t + e) * slope)


def _consensus(t, p, g):
    s = expit(t * p)
    cross = (t**2 + p**2) * s**2 * (1 - s)
    return p * s - g * (s**2 * t + cross * p), -t * s - g * (s**2 * p + cross * t)


FIELDS = {
    "xy": lambda t, p, g: (-p, t),
    "minimax": lambda t, p, g: (p * expit(t * p), -t * expit(t * p)),
    "nonsaturating": lambda t, p, g: (p * expit(-t * p), -t * expit(t * p)),
    "noise": _noise,
    "R1": lambda t, p, g: (p * expit(t * p), -t * expit(t * p) - g * p),
    "consensus": _consensus,
    "wgan": lambda t, p, g: (p, -t),
    "wgangp": lambda t, p, g: (p, -t - g * (abs(p) - 1) * np.sign(p)),
}


def _dynamics(config: dict, data: bytes):
    field, gamma, step = FIELDS[config["method"]], config["gamma"], config["step"]
    points = [tuple(config["start"])] * 2
    while len(points) < config["steps"] + 2 and np.hypot(*points[-1]) < 1e6:
        (last_t, last_p), (t, p) = points[-2:]
        new_p = p + step * field(t, p, gamma)[1] + config["momentum"] * (p - last_p)
        if config["method"] == "wgan":
            new_p = np.clip(new_p, -gamma, gamma)
        p_seen = new_p if config["alternating"] else p
        new_t = t + step * field(t, p_seen, gamma)[0] + config["momentum"] * (t - last_t)
        points.append((new_t, new_p))
    fig, ax = plots.figure(height=3.4, width=3.8)
    line = np.linspace(-2, 2, 13)
    for t in line:
        moves = np.array([field(t, p, gamma) for p in line])
        ax.quiver(np.full(13, t), line, *moves.T, color=plots.NEUTRAL, width=0.004, scale=25)
    ax.plot(*np.transpose(points), color=plots.FAKE, linewidth=1.4)
    ax.plot(*config["start"], "o", color=plots.DISC)
    ax.plot(0, 0, "o", color=plots.REAL)
    ax.set(xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), title=config["title"], aspect="equal")
    ax.set(xlabel="θ, where G puts its point", ylabel="ψ, D's slope")
    radius = np.hypot(*points[-1])
    way = f"{len(points) - 2} updates of the Dirac-GAN by method {config['method']}"
    return fig, f"{way}, with its field; from {points[0]} to distance {radius:.3g} of the solution"


def _training_laboratory(config: dict, data: bytes):
    first = config["first"]
    fig, ax = plots.figure(height=4, width=4.4)
    shot = packing.unpack(first["parts"], data)
    _plane(ax, shot, config["size"], first["limit"], first["real"], title=config["title"])
    chosen = config["settings"]
    game = f"a GAN on {chosen['data']} with the {chosen['loss']} loss"
    return fig, f"{game}, to be trained step by step; shown are data and samples on D's map"


def _time_machine(config: dict, data: bytes):
    steps, losses, meters = config["steps"], config["losses"], config.get("meters")
    shot = packing.unpack(config["parts"], zlib.decompress(data), len(steps) - 1)
    named = (config["unit"] or "step {}").replace("{}", f"{steps[-1]:,}")
    beside = bool(losses) + bool(meters)
    fig, axes = plots.figure(1, 1 + beside, height=3.4, width=4.2 * (1 + beside), squeeze=False)
    ax = axes[0, 0]
    if config["view"] == "images":
        images = _images(shot["images"].round().astype(np.uint8).tobytes(), config)
        plots.show_images(ax, images, named, config["columns"])
        shows = f"a sheet of {config['count']} images"
    elif config["view"] == "plane":
        marks = config.get("real"), config.get("centres")
        _plane(ax, shot, config["size"], config["limit"], *marks, title=named)
        shows = "samples in the plane on the discriminator's map"
    else:
        plots.densities(ax, config["x"], config["p"], shot["q"], shot["D"], title=named)
        shows = "the densities of data and generated samples, and the discriminator"
    if losses:
        records = zip(losses["step"], losses["d"], losses["g"])
        history = [{"step": step, "d_loss": d, "g_loss": g} for step, d, g in records]
        plots.losses(axes[0, 1], history, "losses", reference=losses["reference"])
        shows += ", beside the losses"
    if meters:
        _meters(axes[0, -1], np.reshape(shot["meters"], (len(meters["rows"]), -1)), meters)
        shows += ", beside a table of numbers"
    return fig, f"{len(steps)} snapshots of a run; shown is the last, {named}: {shows}"


def _sounds(config: dict, data: bytes):
    row, rate, start = config["rows"][0], config["rate"], config["start"]
    wave = np.frombuffer(data, "<i2").reshape(-1, config["samples"])[start] / 32767
    colour = plots.REAL if row in config["real"] else plots.FAKE
    fig, (left, right) = plots.figure(1, 2, height=2.8)
    left.plot(1000 * np.arange(len(wave)) / rate, wave, color=colour, linewidth=0.8)
    left.set(title="wave", xlabel="time (ms)", ylabel="pressure", ylim=(-1, 1))
    right.specgram(wave + 1e-9, NFFT=128, Fs=rate, noverlap=112, cmap="Greys", vmin=-100)
    right.set(title="spectrogram (darker is louder)", xlabel="time (s)", ylabel="frequency (Hz)")
    right.grid(False)
    row_is = f"a row of {config['count']} sounds to walk along and listen to"
    return fig, f"{row_is}; shown is {row}, {config['captions'][0][start]}"


def _real_or_fake(config: dict, data: bytes):
    first = config["sets"][0]
    size = 2 * first["each"] * first["channels"] * math.prod(first["shape"])
    pictures = _images(data[:size], first)
    fig, ax = plots.figure(height=2.4, width=6)
    both = np.stack(np.split(pictures, 2), axis=1)[:12]  # a real and a generated one in turn
    mixed = both.reshape(-1, *pictures.shape[1:])
    plots.show_images(ax, mixed, "real or generated?", columns=12)
    return fig, f"a game of {config['rounds']} pictures, half of them generated: which?"


def _explore(config: dict, data: bytes):
    values = ", ".join(f"{s['label']} {s['value']}" for s in config["sliders"])
    return data, f"a picture that the kernel draws, here for {values}"


KINDS = {
    "latent": _latent,
    "sheets": _sheets,
    "plane": _latent_plane,
    "explore": _explore,
    "objective": _objective,
    "timemachine": _time_machine,
    "laboratory": _training_laboratory,
    "dynamics": _dynamics,
    "sounds": _sounds,
    "brush": _brush,
    "realfake": _real_or_fake,
}


def _images(ink: bytes, config: dict) -> np.ndarray:
    """What `packing.ink` made, as images (N, C, H, W) in [-1, 1]."""
    size = config["channels"], *config["shape"]
    return np.frombuffer(ink, np.uint8).reshape(-1, *size) / 127.5 - 1


def _plane(ax, shot: dict, size: int, limit: float, real=None, centres=None, title: str = ""):
    """Samples, data and arrows on D's map."""
    grid, extent = shot["map"].reshape(size, size) / 255, (-limit, limit, -limit, limit)
    style = {"cmap": plots.DISC_MAP, "interpolation": "bilinear", "vmin": 0.0, "vmax": 1.0}
    ax.imshow(grid, origin="lower", extent=extent, **style)
    data = None if real is None else np.reshape(real, (-1, 2))
    plots.scatter(ax, data, shot["fake"].reshape(-1, 2), limit, title)
    if centres is not None:
        x, y = np.reshape(centres, (-1, 2)).T
        ax.scatter(x, y, s=60, facecolors="none", edgecolors=plots.REAL)
    if "arrows" in shot:
        points, vectors = shot["arrows"].reshape(-1, 2, 2).transpose(1, 0, 2)
        plots.arrows(ax, points, vectors)


def _meters(ax, values: np.ndarray, meters: dict) -> None:
    """A table of numbers: orange above the band, purple below it, grey inside."""
    colours = np.where(values > meters["band"], plots.FAKE, plots.PURPLE)
    colours[abs(values) <= meters["band"]] = "#E6E6E6"
    ax.axis("off")
    cells = [[f"{value:+.1f}" for value in row] for row in values]
    names = {"rowLabels": meters["rows"], "colLabels": meters["columns"]}
    ax.table(cells, cellColours=colours, loc="center", **names)
