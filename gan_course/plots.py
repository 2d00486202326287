"""Figures and tables. Real data is blue, what is generated orange, and D's map lies between them.

The colours are Okabe and Ito's, safe for colour-blind readers. The functions draw on an axis;
`show` puts the figure on the page, `table` a table.
"""

import html
import io
import math
import re
from base64 import b64encode
from collections.abc import Callable

import matplotlib
import numpy as np
import torch
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.figure import Figure
from PIL import Image
from torch import Tensor

from gan_course.errors import GanCourseError

REAL, FAKE, DISC = "#0072B2", "#D55E00", "#222222"
NEUTRAL, GREEN, PURPLE = "#8A8A8A", "#009E73", "#AA4499"
# D's map: orange where D says "generated", white at D = 1/2, blue where it says "real"
DISC_MAP = LinearSegmentedColormap.from_list(
    "discriminator", ["#B54A00", "#F4B183", "#FFFFFF", "#8CBEE0", "#00568A"]
)
WIDTH = 8.0  # inches; a figure fills the page's text width
INCH = 100  # pixels of the page; `show` stores twice as many
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
    """A figure and its axes, as plt.subplots gives them. height, width: of the whole, in inches."""
    # no pyplot: nothing is drawn twice, nothing has to be closed
    fig = Figure(figsize=(width, height))
    return fig, fig.subplots(rows, columns, **kwargs)


def png(fig: Figure, dpi: int = INCH) -> bytes:
    """The figure as PNG bytes."""
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=dpi)
    return buffer.getvalue()


def show(fig: Figure, alt: str, dpi: int | None = None) -> None:
    """Display the figure. alt: one or two sentences that say what it shows, for those who cannot
    see it.

    The picture has twice the pixels of its place on the page, and 256 colours, which halves the
    file. dpi: of no effect, for cells that were written before.
    """
    picture = Image.open(io.BytesIO(png(fig, 2 * INCH))).convert("RGB")
    picture = picture.quantize(256, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    picture.save(buffer, format="png", optimize=True)
    _display(buffer.getvalue(), fig, alt)


def film(fig: Figure, draw: Callable, moments, alt: str, seconds: float = 0.15) -> None:
    """Display a loop that needs no script: an animated PNG.

    draw: called with each of the moments, changes the figure. seconds: how long a moment stands.
    The first moment is the still where nothing moves, as on paper.
    """
    pictures = []
    for moment in moments:
        draw(moment)
        pictures.append(Image.open(io.BytesIO(png(fig, 3 * INCH // 2))).convert("RGB"))
        fig.set_layout_engine("none")  # keeps the place of the axes: nothing jumps
    width, height = pictures[0].size
    sheet = Image.new("RGB", (width, height * len(pictures)))
    for i, picture in enumerate(pictures):
        sheet.paste(picture, (0, i * height))
    palette = sheet.quantize(256)  # one for all moments, as the file format wants it
    colours = np.array(palette.getpalette()).reshape(-1, 3)
    white = int(colours.sum(axis=1).argmax())
    colours[white] = 255

    def indexed(picture):
        indices = np.array(picture.quantize(palette=palette, dither=Image.Dither.NONE))
        indices[(np.array(picture) == 255).all(axis=2)] = white  # the nearest is not always found
        image = Image.fromarray(indices)
        image.putpalette(colours.ravel().tolist())
        return image

    first, *later = map(indexed, pictures)
    buffer = io.BytesIO()
    loop = {"save_all": True, "append_images": later, "duration": 1000 * seconds, "loop": 0}
    first.save(buffer, format="png", **loop)
    _display(buffer.getvalue(), fig, alt)


def _display(picture: bytes, fig: Figure, alt: str) -> None:
    """A PNG at the width of its figure. Not by IPython's Image: that of Colab's 7.34 has no alt."""
    from IPython.display import display

    data = {"image/png": b64encode(picture).decode(), "text/plain": alt}
    place = {"width": round(INCH * fig.get_figwidth()), "alt": alt}
    display(data, metadata={"image/png": place}, raw=True)


def array(x) -> np.ndarray:
    """A tensor, list or array as a NumPy array, off the graph and off the device."""
    return x.detach().cpu().numpy() if isinstance(x, Tensor) else np.asarray(x)


def image_grid(images: Tensor, columns: int = 10, pad: int = 2) -> np.ndarray:
    """Images (N, C, H, W) in [-1, 1] as one uint8 picture on white paper.

    Grey ones (C = 1) as dark ink, so 1 is black: its size is (rows * (H + pad) + pad,
    columns * (W + pad) + pad). Colours (C = 3) as they are: a third axis has size 3.
    """
    images = array(images)
    if (
        images.ndim != 4
        or images.shape[1] not in (1, 3)
        or not len(images)
        or np.isnan(images).any()
    ):
        raise GanCourseError(
            "a sheet shows images (N, 1, H, W) or (N, 3, H, W), N >= 1, without NaN; found "
            f"{images.shape}"
        )
    images = images.astype(np.float32)  # bytes and booleans have no sign
    grey = images.shape[1] == 1
    light = -images[:, 0] if grey else np.moveaxis(images, 1, -1)  # (N, H, W) or (N, H, W, 3)
    pixels = ((1 + light.clip(-1, 1)) * 127.5).round().astype(np.uint8)
    n, h, w = pixels.shape[:3]
    rows = math.ceil(n / columns)
    size = (rows * (h + pad) + pad, columns * (w + pad) + pad, *pixels.shape[3:])
    sheet = np.full(size, 255, dtype=np.uint8)
    for i, picture in enumerate(pixels):
        row, column = divmod(i, columns)
        top, left = pad + row * (h + pad), pad + column * (w + pad)
        sheet[top : top + h, left : left + w] = picture
    return sheet


def sheet_png(images: Tensor, columns: int = 10, zoom: int = 2) -> bytes:
    """Images as a sheet, `zoom` times their size, as PNG bytes. Much faster than a figure."""
    sheet = Image.fromarray(image_grid(images, columns))
    sheet = sheet.resize((zoom * sheet.width, zoom * sheet.height), Image.Resampling.NEAREST)
    buffer = io.BytesIO()
    sheet.save(buffer, format="png", compress_level=1)
    return buffer.getvalue()


def show_images(ax, images: Tensor, title: str, columns: int = 10, pad: int = 2) -> None:
    """A sheet of images on an axis: grey ones as dark ink, colours as they are."""
    ax.imshow(image_grid(images, columns, pad), cmap="gray", vmin=0, vmax=255)
    ax.set_title(title)
    ax.axis("off")


def show_rows(ax, rows: dict[str, Tensor], title: str = "", pad: int = 2) -> None:
    """A sheet with a label before each row: {label: images (N, C, H, W)}, N alike in all rows."""
    columns = len(next(iter(rows.values())))
    images = torch.cat(list(rows.values()))
    show_images(ax, images, title, columns, pad)
    height = images.shape[2] + pad
    for place, label in enumerate(rows):
        middle = pad + height * place + images.shape[2] / 2
        ax.text(-height / 8, middle, label, ha="right", va="center", fontsize=10)


def losses(ax, history, title: str, smooth: int = 1, reference: bool = True) -> None:
    """Both players' losses over the steps.

    history: a Run or its records. smooth: records in a running mean. reference: whether to draw
    where the losses stand when p_g = p_data.
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
    """Densities in one dimension: real p, generated q, and D(x) on a second axis from 0 to 1."""
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
    ends = (-limit, limit)
    ax.set(xlim=ends, ylim=ends, xlabel="$x_1$", ylabel="$x_2$", title=title, aspect="equal")
    ax.legend(loc="upper right", markerscale=2)


@torch.no_grad()
def probability_map(D, limit: float, points: int) -> Tensor:
    """D's probability over [-limit, limit]^2: (points, points), the first row at the bottom."""
    line = torch.linspace(-limit, limit, points)
    x = torch.cartesian_prod(line, line)  # (points^2, 2), first coordinate slowest
    training = D.training
    D.eval()
    scores = D(x.to(next(D.parameters()).device))
    D.train(training)
    return torch.sigmoid(scores).reshape(points, points).T.cpu()


def discriminator_map(ax, D, limit: float = 3.0, points: int = 120):
    """D(x) over the square [-limit, limit]^2: blue real, orange generated, white 1/2.

    Returns the image, for a colour bar.
    """
    probability = array(probability_map(D, limit, points))
    extent = (-limit, limit, -limit, limit)
    colours = {"cmap": DISC_MAP, "norm": TwoSlopeNorm(0.5, 0.0, 1.0), "interpolation": "bilinear"}
    return ax.imshow(probability, origin="lower", extent=extent, **colours)


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


def arrows(ax, points: Tensor, vectors: Tensor) -> None:
    """Arrows from points (N, 2) along vectors (N, 2); their mean length sets the scale."""
    x, v = array(points), array(vectors)
    scale = max(np.linalg.norm(v, axis=1).mean(), 1e-12) / 0.35
    units = {"angles": "xy", "scale_units": "xy", "scale": scale, "width": 0.004}
    ax.quiver(*x.T, *v.T, color=DISC, **units)


class Table:
    """Rows of equal keys: HTML in a notebook, aligned text in a terminal. Numbers stand right."""

    def __init__(self, rows: list[dict], title: str = ""):
        self.title, self.names = title, list(rows[0])
        self.cells = [[str(row[name]) for name in self.names] for row in rows]
        self.sides = [_side(column) for column in zip(*self.cells)]

    def __repr__(self) -> str:
        columns = list(zip(self.names, *self.cells))
        widths = [max(map(len, column)) for column in columns]
        lines = [self.names, ["-" * width for width in widths], *self.cells]
        text = [self.title] if self.title else []
        for line in lines:
            parts = zip(line, self.sides, widths)
            padded = (
                part.rjust(w) if side == "right" else part.ljust(w) for part, side, w in parts
            )
            text.append("  ".join(padded).rstrip())
        return "\n".join(text)

    def _repr_html_(self) -> str:
        # Styles stand inside, since a notebook has no style sheet; `align` is for pages that drop
        # them. No colours: they are those of the page, be it light or dark.
        style = "white-space: nowrap; padding: .2em .8em; text-align: "

        def line(tag: str, parts: list[str]) -> str:
            cells = (
                f'<{tag} align="{side}" style="{style}{side}">{html.escape(part)}</{tag}>'
                for part, side in zip(parts, self.sides)
            )
            return f"<tr>{''.join(cells)}</tr>"

        title = f"<div><strong>{html.escape(self.title)}</strong></div>" if self.title else ""
        body = "\n".join(line("td", parts) for parts in self.cells)
        return (
            f'<div class="gan-table" style="overflow-x: auto">{title}<table>\n'
            f"<thead>{line('th', self.names)}</thead>\n<tbody>\n{body}\n</tbody></table></div>"
        )


def _side(cells: tuple[str, ...]) -> str:
    """Where a column's cells stand: "right" if more than half of them begin with a number."""
    numbers = sum(bool(re.match(r"[-+−±]?[.\d∞]", cell)) for cell in cells)
    return "right" if numbers > len(cells) / 2 else "left"


def table(rows: list[dict], title: str = "") -> None:
    """Display rows of equal keys as a `Table`."""
    from IPython.display import display

    display(Table(rows, title))
