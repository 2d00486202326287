"""Moments of a figure as a silent loop (an animated WebP) and as a still for print (a PNG)."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib.figure import Figure
from PIL import Image

from gan_course import plots

HERE = Path(__file__).parent
LIMIT = 1_000_000  # bytes of a loop
DPI = 125  # pixels an inch of a loop; the still has 200


def picture(fig: Figure, dpi: int) -> Image.Image:
    return Image.open(io.BytesIO(plots.png(fig, dpi))).convert("RGB")


def write(
    name: str,
    fig: Figure,
    draw: Callable,
    moments: Sequence,
    still: int,
    rests: dict | None = None,
    whole: bool = False,
) -> None:
    """HERE/name.webp and HERE/name.png.

    draw: called with each of the moments, changes the figure. still: which of them is the still.
    rests: number of a moment -> milliseconds that it stands; the others stand for 120. Quality
    falls until the loop is under LIMIT. whole: each picture by itself, which is larger; otherwise
    only what differs much from the one before is stored, and leaves traces in soft colours.
    """
    rests = {k % len(moments): rest for k, rest in (rests or {}).items()}
    durations = [rests.get(k, 120) for k in range(len(moments))]
    draw(moments[still])
    picture(fig, 200).quantize(256, dither=Image.Dither.NONE).save(
        HERE / f"{name}.png", optimize=True
    )
    fig.set_layout_engine("none")  # keeps the place of the axes: nothing jumps
    frames = []
    for moment in moments:
        draw(moment)
        frames.append(picture(fig, DPI))
    first, *later = frames
    for quality in (70, 50, 35, 20):
        buffer = io.BytesIO()
        first.save(
            buffer,
            format="webp",
            save_all=True,
            append_images=later,
            duration=durations,
            loop=0,
            quality=quality,
            method=3,
            minimize_size=not whole,
            kmax=1 if whole else 1000,
            kmin=0 if whole else 501,
        )
        if buffer.tell() < LIMIT:
            break
    (HERE / f"{name}.webp").write_bytes(buffer.getvalue())
    seconds, size = sum(durations) / 1000, buffer.tell() / 1000
    print(f"{name}: {seconds:.1f} s, {size:.0f} kB at quality {quality}", flush=True)
