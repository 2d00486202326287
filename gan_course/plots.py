"""Tensors and records in, matplotlib figures out. One visual language: real data blue, generated
orange, D's map between them.

The colours are Okabe and Ito's, safe for colour-blind readers. Every function returns a Figure;
`show` puts it on the page.
"""

import io

import matplotlib
import numpy as np
import torch
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.figure import Figure
from PIL import Image
from torch import Tensor

from gan_course.errors import GanCourseError

REAL, FAKE, DISC, NEUTRAL, GREEN, PURPLE = (
    "#0072B2",
    "#D55E00",
    "#222222",
    "#8A8A8A",
    "#009E73",
    "#AA4499",
)
# D's map: orange where D says "generated", white at D = 1/2, blue where it says "real"
DISC_MAP = LinearSegmentedColormap.from_list(
    "discriminator", ["#B54A00", "#F4B183", "#FFFFFF", "#8CBEE0", "#00568A"]
)
WIDTH = 8.0  # inches; a figure fills the page's text width
STYLE = {
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "lines.linewidth": 2.0,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "image.interpolation": "nearest",
}
matplotlib.rcParams.update(STYLE)


def figure(rows: int = 1, columns: int = 1, height: float = 3.2, width: float = WIDTH, **kwargs):
    """A figure in the course's style, and its axes as plt.subplots gives them. height, width: of
    the whole, in inches.
    """
    # no pyplot: nothing is drawn twice, nothing has to be closed
    fig = Figure(figsize=(width, height))
    return fig, fig.subplots(rows, columns, **kwargs)


def png(fig: Figure, dpi: int = 100) -> bytes:
    """The figure as PNG bytes."""
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=dpi)
    return buffer.getvalue()


def show(fig: Figure, alt: str, dpi: int = 130) -> None:
    """Display the figure in the notebook. alt: one or two sentences for readers who cannot see it;
    say what it shows.
    """
    from IPython import display

    display.display(
        display.Image(png(fig, dpi), format="png", width=round(100 * fig.get_figwidth()), alt=alt)
    )


def array(x) -> np.ndarray:
    """A tensor, list or array as a NumPy array, off the graph and off the device."""
    return x.detach().cpu().numpy() if isinstance(x, Tensor) else np.asarray(x)


def image_grid(images: Tensor, columns: int = 10, pad: int = 2) -> np.ndarray:
    """(N, 1, H, W) in [-1, 1] as one uint8 picture (rows * (H + pad) + pad, ...), dark ink on white
    paper.
    """
    images = array(images)
    if images.ndim != 4 or images.shape[1] != 1 or not len(images) or np.isnan(images).any():
        raise GanCourseError(
            f"a sheet shows grey images (N, 1, H, W), N >= 1, without NaN; found {images.shape}"
        )
    pixels = ((1 - images[:, 0].clip(-1, 1)) * 127.5).round().astype(np.uint8)  # (N, H, W)
    n, h, w = pixels.shape
    rows = -(-n // columns)
    sheet = np.full((rows * (h + pad) + pad, columns * (w + pad) + pad), 255, dtype=np.uint8)
    for i, picture in enumerate(pixels):
        top, left = pad + (i // columns) * (h + pad), pad + (i % columns) * (w + pad)
        sheet[top : top + h, left : left + w] = picture
    return sheet


def sheet_png(images: Tensor, columns: int = 10, zoom: int = 2) -> bytes:
    """Images as a sheet, `zoom` times their size, as PNG bytes: much faster than a figure, for
    pictures behind a slider.
    """
    sheet, buffer = Image.fromarray(image_grid(images, columns)), io.BytesIO()
    sheet.resize((zoom * sheet.width, zoom * sheet.height), Image.Resampling.NEAREST).save(
        buffer, format="png", compress_level=1
    )
    return buffer.getvalue()


def show_images(ax, images: Tensor, title: str, columns: int = 10) -> None:
    """A sheet of grey images on an axis."""
    ax.imshow(image_grid(images, columns), cmap="gray", vmin=0, vmax=255)
    ax.set_title(title)
    ax.axis("off")


def losses(ax, history, title: str, smooth: int = 1, reference: bool = True) -> None:
    """Both players' losses over the steps. smooth: records in a running mean. reference: where they
    stand when p_g = p_data.
    """
    records = getattr(history, "records", history)
    steps = np.asarray([record["step"] for record in records])
    for name, label, colour in (("d_loss", "discriminator", DISC), ("g_loss", "generator", FAKE)):
        values = np.asarray([record[name] for record in records])
        if smooth > 1 and len(values) > smooth:
            ax.plot(steps, values, color=colour, alpha=0.15, linewidth=1)
            values = np.convolve(values, np.ones(smooth) / smooth, mode="valid")
        ax.plot(steps[-len(values) :], values, color=colour, label=label)
    if reference:
        ax.axhline(np.log(4), color=DISC, linestyle=":", linewidth=1.2, label="log 4")
        ax.axhline(np.log(2), color=FAKE, linestyle=":", linewidth=1.2, label="log 2")
    ax.set(xlabel="generator step", ylabel="loss (nats)", title=title)
    ax.legend(ncols=2)


def densities(ax, x, p, q=None, D=None, title: str = "") -> None:
    """Densities in one dimension, filled: real p, generated q, and a discriminator's D(x) on a
    second axis from 0 to 1.
    """
    x = array(x)
    for y, label, colour in ((p, "data $p$", REAL), (q, "generated $q$", FAKE)):
        if y is not None:
            ax.plot(x, array(y), color=colour, label=label)
            ax.fill_between(x, array(y), color=colour, alpha=0.15, linewidth=0)
    ax.set(xlabel="x", ylabel="density", title=title, xlim=(x[0], x[-1]))
    ax.set_ylim(bottom=0)
    if D is not None:
        twin = ax.twinx()
        twin.plot(x, array(D), color=DISC, linestyle="--", label="$D(x)$")
        twin.set(ylim=(0, 1.02), ylabel="D(x)")
        twin.grid(False)
        twin.spines["right"].set_visible(True)
        ax.plot([], [], color=DISC, linestyle="--", label="$D(x)$")
        ax.set_zorder(twin.get_zorder() + 1)  # the legend stands before D's curve
        ax.patch.set_visible(False)
    ax.legend(loc="upper left", frameon=True, framealpha=0.85, edgecolor="none")


def scatter(
    ax, real: Tensor | None = None, fake: Tensor | None = None, limit: float = 3.0, title: str = ""
) -> None:
    """2-D samples, (N, 2): real blue, generated orange, on equal axes from -limit to limit."""
    for points, label, colour in ((real, "data", REAL), (fake, "generated", FAKE)):
        if points is not None:
            x, y = array(points).T
            ax.scatter(x, y, s=6, color=colour, alpha=0.5, linewidths=0, label=label)
    ax.set(
        xlim=(-limit, limit),
        ylim=(-limit, limit),
        xlabel="$x_1$",
        ylabel="$x_2$",
        title=title,
        aspect="equal",
    )
    ax.legend(loc="upper right", markerscale=2)


@torch.no_grad()
def discriminator_map(ax, D, limit: float = 3.0, points: int = 120):
    """D(x) over the square [-limit, limit]^2 as a diverging map: blue real, orange generated, white
    1/2. Returns the image.
    """
    line = torch.linspace(-limit, limit, points)
    x = torch.cartesian_prod(line, line)  # (points^2, 2), first coordinate slowest
    device = next(D.parameters()).device
    training = D.training
    D.eval()
    probability = torch.sigmoid(D(x.to(device))).reshape(points, points).T.cpu()
    D.train(training)
    extent = (-limit, limit, -limit, limit)
    norm = TwoSlopeNorm(0.5, 0.0, 1.0)
    return ax.imshow(
        array(probability),
        origin="lower",
        extent=extent,
        cmap=DISC_MAP,
        norm=norm,
        interpolation="bilinear",
    )


def latent_grid(ax, G, limit: float = 2.5, lines: int = 15, points: int = 120) -> None:
    """How G bends its 2-D latent plane: the images of straight grid lines in z, |z_i| <= limit."""
    spots, along = torch.linspace(-limit, limit, lines), torch.linspace(-limit, limit, points)
    device = next(G.parameters()).device
    with torch.no_grad():
        for spot in spots:
            fixed = torch.full_like(along, float(spot))
            for z in (torch.stack([fixed, along], 1), torch.stack([along, fixed], 1)):
                x, y = array(G(z.to(device))).T
                ax.plot(x, y, color=FAKE, alpha=0.35, linewidth=0.7)


def arrows(
    ax, points: Tensor, vectors: Tensor, colour: str = DISC, label: str | None = None
) -> None:
    """Arrows from points (N, 2) along vectors (N, 2), drawn to a common scale chosen by their mean
    length.
    """
    x, v = array(points), array(vectors)
    mean = np.linalg.norm(v, axis=1).mean()
    ax.quiver(
        *x.T,
        *v.T,
        color=colour,
        angles="xy",
        scale_units="xy",
        scale=max(mean, 1e-12) / 0.35,
        width=0.004,
        label=label,
    )


def table(rows: list[dict], title: str = "") -> None:
    """Print rows of equal keys as an aligned text table."""
    names = list(rows[0])
    cells = [[str(row[name]) for name in names] for row in rows]
    widths = [max(len(name), *(len(row[i]) for row in cells)) for i, name in enumerate(names)]
    if title:
        print(title)
    for line in (names, ["-" * w for w in widths], *cells):
        print("  ".join(text.ljust(w) for text, w in zip(line, widths)).rstrip())
