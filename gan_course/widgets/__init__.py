"""Sliders that answer at once: latent explorer, training laboratory, time machine, objective
explorers, `explore` for the rest.

The pictures are drawn in the reader's browser, by the files of `source/`: a trained generator is
sent there once and runs there (`portable.py`), so a slider waits for no kernel. The static site
shows the same widgets from the same files. The kernel is asked only for what it alone can do:
train, run a network of an unknown kind, call a reader's function.
"""

import zlib
from pathlib import Path

import anywidget
import numpy as np
import torch
import traitlets
from IPython.display import display
from torch import Tensor

from gan_course import game, plots
from gan_course.errors import GanCourseError
from gan_course.widgets import laboratory, packing, portable

FOLDER = Path(__file__).parent / "source"
# kind of widget -> the files that it needs, besides ui and main
FILES = {
    "latent": ("generator", "latent"),
    "plane": ("generator", "plane"),
    "explore": ("explore",),
    "objective": ("objective",),
    "timemachine": ("timemachine",),
    "laboratory": ("timemachine", "laboratory"),
    "dynamics": ("dynamics",),
    "sounds": ("sounds",),
    "brush": ("generator", "brush"),
}


def javascript(*kinds: str) -> str:
    """The source of some kinds of widget, of all if none is named: a script that defines
    `render({model, el})`.
    """
    # each once, in order
    own = dict.fromkeys(name for kind in kinds or FILES for name in FILES[kind])
    return "\n".join(
        (FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in ("ui", *own, "main")
    )


class Widget(anywidget.AnyWidget):
    """One widget on the page. kind: a key of FILES; config: JSON; data: bytes; answers: name ->
    function of a request.

    A request is (content, bytes); its answer a dict, bytes, or (dict, bytes). An exception goes
    back as text, and the widget shows it.
    """

    _css = (FOLDER / "style.css").read_text(encoding="utf-8")
    kind = traitlets.Unicode().tag(sync=True)
    config = traitlets.Dict().tag(sync=True)
    data = traitlets.Bytes().tag(sync=True)

    def __init__(self, kind: str, config: dict, data: bytes = b"", **answers):
        # a notebook keeps the script with each of its widgets: no more of it than needed
        self._esm = javascript(kind) + "\nexport default { render };\n"
        super().__init__(kind=kind, config=config, data=data)
        self.answers = {"hello": lambda content, data: {}, **answers}
        self.on_msg(self._answer)

    def _answer(self, _widget, message: dict, buffers: list) -> None:
        try:
            answer = self.answers[message["name"]](
                message["content"], bytes(buffers[0]) if buffers else b""
            )
        except Exception as error:  # shown in the widget: a reader sees no log
            return self.send({"id": message["id"], "error": f"{type(error).__name__}: {error}"})
        content, data = (
            answer
            if isinstance(answer, tuple)
            else ({}, answer)
            if isinstance(answer, bytes)
            else (answer, b"")
        )
        self.send({"id": message["id"], "content": content}, [data] if data else [])


def latent(G, name: str = "", label: int = 0, seed: int = 1, title: str = "") -> None:
    """Explore the latent space of a generator of images: leading directions, raw coordinates,
    labels, truncation, a walk.

    G: a network with latent_dim and shape (1, H, W), in any mode, on any device. name: its name in
    `pretrained`, which lets the static site run it too. A network built of the course's own layers
    runs in the browser; any other is asked in the kernel.
    """
    if len(G.shape) != 3 or G.shape[0] != 1:
        raise GanCourseError(
            "the explorer shows grey images, shape (1, H, W); this generator makes "
            f"{tuple(G.shape)}"
        )
    directions, shares = portable.leading_directions(G)
    classes = getattr(G, "num_classes", 0)
    try:
        program, weights = portable.program(G)
        answers = {"weights": lambda content, data: (program, weights)}
    except portable.NotPortable:
        program = None
        answers = {
            "draw": lambda content, data: packing.ink(
                _draw(G, data, content["count"], content["label"])
            )
        }
    start = torch.from_numpy(portable.browser_normal(seed, G.latent_dim))[None]
    labels = torch.tensor([label]) if classes else None
    config = {
        "title": title or (f"Latent explorer: {name}" if name else "Latent explorer"),
        "name": name,
        "directions": [packing.rounded(row, 5) for row in directions],
        "shares": packing.rounded(shares, 4),
        "portable": program is not None,
        "latent_dim": G.latent_dim,
        "num_classes": classes,
        "shape": list(G.shape[1:]),
        "seed": seed,
        "label": label,
    }
    _show(Widget("latent", config, packing.ink(game.sample(G, start, labels)), **answers))


def _draw(G, data: bytes, count: int, label: int) -> Tensor:
    z = torch.from_numpy(np.frombuffer(data, "<f4").reshape(count, G.latent_dim).copy())
    return game.sample(G, z, torch.full((count,), label) if getattr(G, "num_classes", 0) else None)


def plane(
    G, real: Tensor, limit: float, target=None, z: tuple[float, float] = (0.5, 1.0), title: str = ""
) -> None:
    """A generator from the plane to the plane: move z on the left, see G(z) among the data on the
    right. It runs in the browser.

    real: (N, 2) data. limit: the right picture spans [-limit, limit]^2. The right picture shows the
    images of straight lines of the latent plane. target: a `data.Mixture` of few modes; the latent
    plane is then coloured by the mode that G(z) falls into.
    """
    program, weights = portable.program(G)
    modes = {"centres": target.means.tolist(), "near": 3 * float(target.stds[0])} if target else {}
    config = {
        "title": title or "From the latent plane to the data",
        "program": program,
        "limit": limit,
        "z": list(z),
        "real": packing.rounded(real),
        **modes,
    }
    _show(Widget("plane", config, weights))


def objective(
    view: str, shift: tuple, width: tuple, span: tuple = (-7.0, 7.0), title: str = ""
) -> None:
    """Two densities under sliders, computed in the browser.

    view: "value" (D* and the value of the game), "divergences" (five of them), "transport" (JSD and
    W1; p as wide as q).
    shift, width: (low, high, step, start) of the mean and the deviation of q. span: the part of the
    x axis shown, within ±12.
    """
    titles = {
        "value": "What the best discriminator can earn",
        "divergences": "Five answers to: how far apart?",
        "transport": "Where the JSD is flat, W₁ slopes",
    }
    if view not in titles:
        raise GanCourseError(f"view {view!r} is not one of {', '.join(titles)}")
    names = {
        "shift": "G's mean" if view == "value" else "shift of q",
        "width": "G's width" if view == "value" else "width of q",
    }
    names |= {"width": "width of both"} if view == "transport" else {}
    sliders = {
        key: _slider(names[key], *numbers, tip=f"The {what} of q")
        for key, numbers, what in (("shift", shift, "mean"), ("width", width, "standard deviation"))
    }
    _show(
        Widget(
            "objective",
            {
                "title": title or titles[view],
                "view": view,
                "range": list(span),
                "same_width": view == "transport",
                **sliders,
            },
        )
    )


def dynamics(
    method="minimax",
    step=0.1,
    gamma=0.3,
    momentum=0.0,
    alternating=False,
    start=(1.0, -1.0),
    steps=500,
) -> None:
    """The Dirac-GAN, a game of two numbers, under sliders in the browser. method: a key of DYNAMICS
    in source/dynamics.js.
    """
    _show(
        Widget(
            "dynamics",
            {
                "title": "A game of two numbers",
                "method": method,
                "step": step,
                "gamma": gamma,
                "steps": steps,
                "momentum": momentum,
                "alternating": alternating,
                "start": list(start),
            },
        )
    )


def training_laboratory(**settings) -> None:
    """The training laboratory: choose data, loss, penalty, rates; play, pause, or move one player.
    settings: of `laboratory`.
    """
    session = laboratory.Laboratory(**settings)

    def answer(work):
        return lambda content, data: packing.packed(work(content.pop("settings"), **content))

    first = session.snapshot()
    content, data = packing.packed(first)
    config = {
        "title": "Training laboratory",
        "settings": {**laboratory.DEFAULTS, **settings},
        "size": laboratory.SIZE,
        "first": {**content, "real": packing.rounded(session.real)},
        "options": {
            "data": list(laboratory.DATA),
            "loss": list(laboratory.LOSSES),
            "penalty": list(laboratory.PENALTIES),
        },
    }
    names = ("reset", "advance", "d_step", "g_step")
    _show(
        Widget(
            "laboratory", config, data, **{name: answer(getattr(session, name)) for name in names}
        )
    )


def time_machine(
    steps: list[int],
    history=None,
    title: str = "",
    caption: str = "",
    reference: bool = True,
    **frames,
) -> None:
    """Scrub through snapshots of a finished run, beside its losses up to that point. It needs no
    kernel.

    steps: of the snapshots. history: what `game.train` returned (or None: no losses). reference:
    draw log 4 and log 2, where the losses of the non-saturating game end at best; False for other
    losses. frames, one of: images=[(N, 1, H, W), ...], columns=10; samples=[(N, 2), ...], maps=[D
    or a grid of D's probabilities (48, 48), ...], limit=3.0, and if wanted real=(N, 2), centres=(K,
    2), pulls=[(M, 4), ...] (samples, and an arrow for each); x=(M,), p=(M,), q=[(M,), ...],
    D=[(M,), ...]: densities and D on a line. Beside any of them meters=[(R, C), ...], a table of
    numbers for each snapshot, with down=[R names], across=[C names]: cells above band=4.0 are
    orange, below -band purple. unit="{} %": what a snapshot is called, in place of "step {}".
    """
    view, shown, shots = packing.frames(frames)
    if "meters" in frames:
        shown["meters"] = {
            "rows": list(frames["down"]),
            "columns": list(frames["across"]),
            "band": frames.get("band", 4.0),
        }
        for shot, values in zip(shots, frames["meters"], strict=True):
            shot["meters"] = (values, "f4", 1.0)
    if not shots or len(shots) != len(steps):
        raise GanCourseError(
            f"a time machine takes one snapshot a step, at least one; found {len(shots)} for "
            f"{len(steps)} steps"
        )
    packed = [packing.pack(shot) for shot in shots]
    if len({str(parts) for parts, _ in packed}) > 1:
        raise GanCourseError(
            "the snapshots differ in shape: each must hold as many samples as the others"
        )
    config = {
        "title": title or "Time machine",
        "caption": caption,
        "view": view,
        "steps": list(map(int, steps)),
        "parts": packed[0][0],
        "losses": packing.losses(history, reference),
        "unit": frames.get("unit", ""),
        **shown,
    }
    _show(Widget("timemachine", config, zlib.compress(b"".join(data for _, data in packed), 9)))


def sounds(
    waves: dict[str, Tensor],
    rate: int,
    captions: dict | None = None,
    title: str = "",
    label: str = "on the path",
    real: tuple[str, ...] = (),
    start: int = 0,
) -> None:
    """Walk along rows of sounds: each drawn as wave and spectrogram, and played by the browser. It
    needs no kernel.

    waves: name -> (K, 1, T) in [-1, 1], all of one shape: a row, from one sound to another; it is
    sent as 16-bit numbers.
    rate: samples a second. captions: name -> K texts. label: of the slider. real: the rows to draw
    in the colour of data.
    """
    shapes = {tuple(wave.shape) for wave in waves.values()}
    if len(shapes) != 1 or len(shape := shapes.pop()) != 3 or shape[1] != 1:
        raise GanCourseError(
            "sounds takes rows (K, 1, T) of one shape; found "
            f"{[tuple(w.shape) for w in waves.values()]}"
        )
    said = {
        name: list((captions or {}).get(name, [f"{name} {k + 1}" for k in range(shape[0])]))
        for name in waves
    }
    if any(len(texts) != shape[0] for texts in said.values()):
        raise GanCourseError(f"each row holds {shape[0]} sounds and needs as many captions")
    _, data = packing.pack(
        {name: (wave.clamp(-1, 1), "i2", 1 / 32767) for name, wave in waves.items()}
    )
    _show(
        Widget(
            "sounds",
            {
                "title": title or "Listen along a path",
                "rate": rate,
                "label": label,
                "rows": list(waves),
                "captions": list(said.values()),
                "count": shape[0],
                "samples": shape[2],
                "real": list(real),
                "start": start,
            },
            data,
        )
    )


def brush(
    G, pictures: Tensor, name: str = "", names=None, lower: int = 13, seed: int = 1, title: str = ""
) -> None:
    """Paint over a digit what G shall not see; it fills the hole, in the browser, and the known
    pixels stay as they are.

    G: a `translate.UNet` with known=True. pictures: (N, 1, H, W) to choose from, called `names`.
    name: of G in `pretrained`, which lets the static site run it too. At the start the picture is
    hidden from row `lower` on.
    """
    if not getattr(G, "known", False) or pictures.shape[1:] != G.shape:
        raise GanCourseError(
            "brush takes a UNet(known=True) and pictures of its shape; found "
            f"{tuple(pictures.shape)}"
        )
    program, weights = portable.program(G)
    known = torch.ones_like(pictures[:1])
    known[:, :, lower:] = 0
    z = torch.from_numpy(portable.browser_normal(seed, G.latent_dim))[None]
    first = game.sample(G, z, torch.cat([pictures[:1] * known, known], dim=1))
    names = list(map(str, range(1, len(pictures) + 1) if names is None else names))
    config = {
        "title": title or "Hide, and let it fill",
        "name": name,
        "shape": list(G.shape[1:]),
        "count": len(pictures),
        "names": names,
        "start": 0,
        "seed": seed,
        "lower": lower,
        "latent_dim": G.latent_dim,
    }
    _show(
        Widget(
            "brush",
            config,
            packing.ink(torch.cat([pictures, first])),
            weights=lambda content, data: (program, weights),
        )
    )


def explore(draw, title: str = "", **sliders: tuple) -> None:
    """Show draw(**values) and one slider for each keyword; the kernel draws. For what the other
    widgets do not know.

    draw: takes the keywords, returns images (N, 1, H, W) or PNG bytes. sliders: name=(low, high,
    step, start), or with a label as a fifth.
    """
    described = [
        {"name": name, **_slider((*spec, name)[4], *spec[:4])} for name, spec in sliders.items()
    ]
    whole = {name for name, spec in sliders.items() if all(isinstance(v, int) for v in spec[:4])}

    def png(content, data=b""):
        picture = draw(
            **{name: int(v) if name in whole else float(v) for name, v in content.items()}
        )
        return picture if isinstance(picture, bytes) else plots.sheet_png(picture)

    first = png({name: spec[3] for name, spec in sliders.items()})
    _show(Widget("explore", {"title": title, "sliders": described}, first, draw=png))


def _slider(label: str, low, high, step, value, tip: str = "") -> dict:
    return {
        "label": label,
        "low": low,
        "high": high,
        "step": step,
        "value": value,
        "tip": tip or label,
    }


def _show(widget: Widget) -> None:
    display(widget)
