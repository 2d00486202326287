"""Sliders that answer at once: latent explorer, sheets, training laboratory, time machine,
objective explorers, `explore` for the rest.

The pictures are drawn in the reader's browser, by the files of source/ as bundle/ holds them: a
trained generator is sent there once and runs there (`portable`), so a slider waits for no kernel.
The static site shows the same widgets from the same files. The kernel is asked only for what it
alone can do: run a network of an unknown kind, call a reader's function; and for training in the
plane, which it does faster than a browser. Where no script runs, on GitHub or on paper, a still
picture and a sentence stand in (`stills`).
"""

import zlib
from pathlib import Path

import anywidget
import ipywidgets
import numpy as np
import torch
import traitlets
from IPython.display import display
from torch import Tensor

from gan_course import game, plots
from gan_course.errors import GanCourseError
from gan_course.widgets import laboratory, packing, portable, stills

TRAVELS = 300_000  # bytes of weights that a saved notebook may carry along
BUNDLE = Path(__file__).parent / "bundle"  # written by `npm --prefix book run bundle`


class Code(ipywidgets.Widget):
    """The script of one kind of widget. A notebook saves it once, and its widgets refer to it."""

    source = traitlets.Unicode().tag(sync=True)


_codes: dict[str, Code] = {}  # kind -> the one of this kernel


def code(kind: str) -> Code:
    """The script of a kind: one for all widgets, and a new one if `Widget.close_all` closed it."""
    if kind not in _codes or _codes[kind].comm is None:
        _codes[kind] = Code(source=(BUNDLE / f"{kind}.js").read_text(encoding="utf-8"))
    return _codes[kind]


class Widget(anywidget.AnyWidget):
    """One widget on the page. kind: a file of bundle/; config: JSON; data: bytes; answers: name ->
    function of a request.

    A request is (content, bytes); its answer a dict, bytes, or (dict, bytes). An exception goes
    back as text, and the widget shows it.
    """

    _esm = (BUNDLE / "loader.js").read_text(encoding="utf-8")
    kind = traitlets.Unicode().tag(sync=True)
    code = traitlets.Instance(Code).tag(sync=True, **ipywidgets.widget_serialization)
    config = traitlets.Dict().tag(sync=True)
    data = traitlets.Bytes().tag(sync=True)
    _ipython_display_ = None  # that of ipywidgets 7, as on Colab, would show no picture

    def __init__(self, kind: str, config: dict, data: bytes = b"", **answers):
        super().__init__(kind=kind, code=code(kind), config=config, data=data)
        self.answers = {"hello": lambda content, data: {}, **answers}
        self.on_msg(self._answer)

    def _answer(self, _widget, message: dict, buffers: list) -> None:
        data = bytes(buffers[0]) if buffers else b""
        try:
            answer = self.answers[message["name"]](message["content"], data)
        except Exception as error:  # shown in the widget: a reader sees no log
            return self.send({"id": message["id"], "error": f"{type(error).__name__}: {error}"})
        if isinstance(answer, bytes):
            answer = {}, answer
        elif isinstance(answer, dict):
            answer = answer, b""
        content, data = answer
        self.send({"id": message["id"], "content": content}, [data] if data else [])

    def _repr_mimebundle_(self, **kwargs) -> tuple[dict, dict]:
        """The live view, and for pages where no script runs a picture and a sentence."""
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        picture, width, sentence = stills.still(self.kind, self.config, self.data)
        bundle |= {"image/png": picture, "text/plain": sentence}
        return bundle, {**metadata, "image/png": {"alt": sentence, "width": width}}


def latent(G, name: str = "", label: int = 0, seed: int = 1, title: str = "") -> None:
    """Explore the latent space of a generator of images: leading directions, raw coordinates,
    labels, truncation, a walk.

    G: a network with latent_dim and shape (1, H, W) or (3, H, W), in any mode, on any device. name:
    its name in `pretrained`, which lets the static site run it too. A network built of the course's
    own layers runs in the browser; any other is asked in the kernel. The weights of one without a
    name are saved with the notebook if they have at most TRAVELS bytes.
    """
    _images_only(G)
    directions, shares = portable.leading_directions(G)
    classes = getattr(G, "num_classes", 0)

    def draw(content: dict, data: bytes) -> bytes:
        z = np.frombuffer(data, "<f4").reshape(content["count"], G.latent_dim)
        labels = torch.full((len(z),), content["label"]) if classes else None
        return packing.ink(game.sample(G, torch.from_numpy(z.copy()), labels))

    try:
        program = portable.program(G)
        answers = {"weights": lambda content, data: program}
    except portable.NotPortable:
        program, answers = None, {"draw": draw}
    config = {
        "title": title or (f"Latent explorer: {name}" if name else "Latent explorer"),
        "name": name,
        "directions": [packing.rounded(row, 5) for row in directions],
        "shares": packing.rounded(shares, 4),
        "portable": "weights" in answers,
        "latent_dim": G.latent_dim,
        "num_classes": classes,
        "channels": G.shape[0],
        "shape": list(G.shape[1:]),
        "seed": seed,
        "label": label,
        "truncation": _truncated_in(G),
    }
    start = portable.browser_normal(seed, G.latent_dim)
    first = draw({"count": 1, "label": label}, start.tobytes())
    _show("latent", config, first, program, answers)


def sheets(
    G,
    name: str = "",
    moves: dict[str, Tensor] | None = None,
    labels: tuple[int, int] | None = None,
    walk: bool | tuple[str, ...] = False,
    count: int = 20,
    seed: int = 1,
    title: str = "",
) -> None:
    """A sheet of `count` pictures whose z move together, drawn in the browser.

    G, name: as for `latent`; G must be portable. moves: name -> direction (latent_dim,), each with
    a slider from -4 to 4. labels: two classes, and a slider from one to the other, between which G
    gets a mixed one-hot. walk: a slider from these z to as many others, on the line or on the arc;
    for a `chapters.style_based.Mixer` the names of its groups, each with a slider of its own.
    """
    _images_only(G)
    classes = getattr(G, "num_classes", 0)
    if bool(classes) != bool(labels):
        raise GanCourseError(
            "labels=(a, b) are for a generator with classes, and needed there; this one has "
            f"{classes} classes"
        )
    program = portable.program(G)
    config = {
        "title": title or "Sheets of pictures",
        "name": name,
        "portable": True,
        "latent_dim": G.latent_dim,
        "num_classes": classes,
        "channels": G.shape[0],
        "shape": list(G.shape[1:]),
        "count": count,
        "seed": seed,
        "moves": [
            {"label": label, "vector": packing.rounded(vector, 5)}
            for label, vector in (moves or {}).items()
        ],
        "labels": list(labels or ()),
        "walk": walk if isinstance(walk, bool) else list(walk),
        "truncation": _truncated_in(G),
    }
    groups = 1 if isinstance(walk, bool) else len(walk)
    part = G.latent_dim // groups
    z = np.tile(portable.browser_normal(seed, count * part).reshape(count, part), groups)
    asked = torch.full((count,), labels[0]) if labels else None
    first = packing.ink(game.sample(G, torch.from_numpy(z), asked))
    _show("sheets", config, first, program, {"weights": lambda content, data: program})


def _truncated_in(G) -> str:
    """Where the slider of truncation acts: a style-based generator normalises z."""
    return "w" if hasattr(G, "groups") else "z"


def _images_only(G) -> None:
    if len(G.shape) != 3 or G.shape[0] not in (1, 3):
        raise GanCourseError(
            "the explorer shows images, shape (1, H, W) or (3, H, W); this generator makes "
            f"{tuple(G.shape)}"
        )


def _show(kind: str, config: dict, first: bytes, program: tuple | None, answers: dict) -> None:
    """Display a widget of a generator. Its data are the first pictures, and behind them the weights
    of one that has no name and is small enough to travel with the notebook.
    """
    weights = program[1] if program else b""
    config |= {"pictures": len(first), "weights": len(weights)}
    if program and not config["name"] and len(weights) <= TRAVELS:
        config["program"] = program[0]
        first += weights
    display(Widget(kind, config, first, **answers))


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
    config = {
        "title": title or "From the latent plane to the data",
        "program": program,
        "limit": limit,
        "z": list(z),
        "real": packing.rounded(real),
    }
    if target:
        config |= {"centres": target.means.tolist(), "near": 3 * float(target.stds[0])}
    display(Widget("plane", config, weights))


def objective(
    view: str, shift: tuple, width: tuple, span: tuple = (-7.0, 7.0), title: str = ""
) -> None:
    """Two densities under sliders, computed in the browser.

    view: "value" (D* and the value of the game), "divergences" (five of them), "transport" (JSD and
    W1; p as wide as q).
    shift, width: (low, high, step, start) of the mean and the deviation of q. span: the part of the
    x axis shown, within ±12.
    """
    # view -> its title, and the names of the two sliders
    views = {
        "value": ("What the best discriminator can earn", "G's mean", "G's width"),
        "divergences": ("Five answers to: how far apart?", "shift of q", "width of q"),
        "transport": ("Where the JSD is flat, W₁ slopes", "shift of q", "width of both"),
    }
    if view not in views:
        raise GanCourseError(f"view {view!r} is not one of {', '.join(views)}")
    usual_title, shift_name, width_name = views[view]
    config = {
        "title": title or usual_title,
        "view": view,
        "range": list(span),
        "same_width": view == "transport",
        "shift": _slider(shift_name, *shift, tip="The mean of q"),
        "width": _slider(width_name, *width, tip="The standard deviation of q"),
    }
    display(Widget("objective", config))


def dynamics(
    method="minimax",
    step=0.1,
    gamma=0.3,
    momentum=0.0,
    alternating=False,
    start=(1.0, -1.0),
    steps=500,
) -> None:
    """The Dirac-GAN, a game of two numbers, under sliders in the browser. method: a key of
    `stills.FIELDS`.
    """
    if method not in stills.FIELDS:
        raise GanCourseError(f"method {method!r} is not one of {', '.join(stills.FIELDS)}")
    config = {"title": "A game of two numbers", "method": method, "step": step, "gamma": gamma}
    config |= {"momentum": momentum, "alternating": alternating}
    display(Widget("dynamics", {**config, "start": list(start), "steps": steps}))


def training_laboratory(**settings) -> None:
    """The training laboratory: choose data, loss, penalty, rates; play, pause, or move one player;
    draw data. The kernel trains, or the browser where no kernel answers. settings: of `laboratory`.
    """
    session = laboratory.Laboratory(**settings)

    def answer(work):
        def reply(content: dict, data: bytes) -> tuple[dict, bytes]:
            return packing.snapshot(work(content.pop("settings"), **content))

        return reply

    first, data = packing.snapshot(session.snapshot())
    config = {
        "title": "Training laboratory",
        "settings": {**laboratory.DEFAULTS, **settings},
        "size": laboratory.SIZE,
        "first": {**first, "real": packing.rounded(session.real)},
    }
    names = ("reset", "advance", "d_step", "g_step")
    answers = {name: answer(getattr(session, name)) for name in names}
    display(Widget("laboratory", config, data, **answers))


def time_machine(
    steps: list[int],
    history=None,
    title: str = "",
    caption: str = "",
    reference: bool = True,
    unit: str = "",
    meters: list | None = None,
    down: list[str] = (),
    across: list[str] = (),
    band: float = 4.0,
    **frames,
) -> None:
    """Scrub through snapshots of a finished run, beside its losses up to that point. It needs no
    kernel.

    steps: of the snapshots. history: what `game.train` returned (or None: no losses). reference:
    draw log 4 and log 2, where the losses of the non-saturating game end at best; False for other
    losses. unit="{} %": what a snapshot is called, in place of "step {}".

    frames, one of: images=[(N, C, H, W), ...], columns=10; samples=[(N, 2), ...], maps=[D or a grid
    of D's probabilities (48, 48), ...], limit=3.0, and if wanted real=(N, 2), centres=(K, 2),
    pulls=[(M, 4), ...] (samples, and an arrow for each); x=(M,), p=(M,), q=[(M,), ...], D=[(M,),
    ...]: densities and D on a line.

    Beside any of them meters=[(R, C), ...], a table of numbers for each snapshot, with down=[R
    names], across=[C names]: cells above band are orange, below -band purple.
    """
    view, shared, shots = packing.frames(frames)
    if meters is not None:
        shared["meters"] = {"rows": list(down), "columns": list(across), "band": band}
        for shot, values in zip(shots, meters, strict=True):
            shot["meters"] = (values, "f4", 1.0)
    if not shots or len(shots) != len(steps):
        raise GanCourseError(
            f"a time machine takes one snapshot a step, at least one; found {len(shots)} for "
            f"{len(steps)} steps"
        )
    packed = [packing.pack(shot) for shot in shots]
    if any(parts != packed[0][0] for parts, _ in packed):
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
        "unit": unit,
        **shared,
    }
    display(Widget("timemachine", config, zlib.compress(b"".join(data for _, data in packed), 9)))


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
    shapes = [tuple(wave.shape) for wave in waves.values()]
    if len(set(shapes)) != 1 or len(shapes[0]) != 3 or shapes[0][1] != 1:
        raise GanCourseError(f"sounds takes rows (K, 1, T) of one shape; found {shapes}")
    count, _, samples = shapes[0]
    said = {name: [f"{name} {k + 1}" for k in range(count)] for name in waves}
    for name, texts in (captions or {}).items():
        said[name] = list(texts)
    if any(len(said[name]) != count for name in waves):
        raise GanCourseError(f"each row holds {count} sounds and needs as many captions")
    numbers = {name: (wave.clamp(-1, 1), "i2", 1 / 32767) for name, wave in waves.items()}
    config = {
        "title": title or "Listen along a path",
        "rate": rate,
        "label": label,
        "rows": list(waves),
        "captions": [said[name] for name in waves],
        "count": count,
        "samples": samples,
        "real": list(real),
        "start": start,
    }
    display(Widget("sounds", config, packing.pack(numbers)[1]))


def brush(
    G, pictures: Tensor, name: str = "", names=None, lower: int = 13, seed: int = 1, title: str = ""
) -> None:
    """Paint over a picture what G shall not see; it fills the hole, in the browser, and the known
    pixels stay as they are.

    G: a `translate.UNet` with known=True. pictures: (N, C, H, W) to choose from, called `names`.
    name: of G in `pretrained`, which lets the static site run it too. At the start the picture is
    hidden from row `lower` on.
    """
    if not getattr(G, "known", False) or pictures.shape[1:] != G.shape:
        raise GanCourseError(
            "brush takes a UNet(known=True) and pictures of its shape; found "
            f"{tuple(pictures.shape)}"
        )
    program = portable.program(G)
    known = torch.ones_like(pictures[:1, :1])
    known[:, :, lower:] = 0
    z = torch.from_numpy(portable.browser_normal(seed, G.latent_dim))[None]
    first = game.sample(G, z, torch.cat([pictures[:1] * known, known], dim=1))
    config = {
        "title": title or "Hide, and let it fill",
        "name": name,
        "channels": G.shape[0],
        "shape": list(G.shape[1:]),
        "count": len(pictures),
        "names": list(map(str, range(1, len(pictures) + 1) if names is None else names)),
        "start": 0,
        "seed": seed,
        "lower": lower,
        "latent_dim": G.latent_dim,
    }
    data = packing.ink(torch.cat([pictures, first]))
    display(Widget("brush", config, data, weights=lambda content, data: program))


def real_or_fake(
    sets: dict[str, tuple[Tensor, Tensor]], rounds: int = 24, seconds: int = 120, title: str = ""
) -> None:
    """A game in the browser: real or generated? It counts the reader's errors and gives their
    share with its 95 % interval (Wilson 1927). It needs no kernel.

    sets: name -> (real, generated), both (N, C, H, W) in [-1, 1] with the same N of at least half
    the rounds. rounds: pictures of a game, half of them generated. seconds: its longest duration.
    """
    described, parts = [], []
    for name, (real, fake) in sets.items():
        if real.shape != fake.shape or 2 * len(real) < rounds:
            raise GanCourseError(
                f"real_or_fake takes as many real as generated pictures, {rounds // 2} or more of "
                f"each; {name!r} has {tuple(real.shape)} and {tuple(fake.shape)}"
            )
        channels, *shape = real.shape[1:]
        described.append({"name": name, "each": len(real), "channels": channels, "shape": shape})
        parts.append(packing.ink(torch.cat([real, fake])))
    config = {"title": title or "Real or generated?", "sets": described}
    display(Widget("realfake", {**config, "rounds": rounds, "seconds": seconds}, b"".join(parts)))


def explore(draw, title: str = "", **sliders: tuple) -> None:
    """Show draw(**values) and one slider for each keyword; the kernel draws. For what the other
    widgets do not know.

    draw: takes the keywords, returns images (N, C, H, W) or PNG bytes. sliders: name=(low, high,
    step, start), or with a label as a fifth. A slider of integers gives integers.
    """
    described, kinds = [], {}
    for name, (low, high, step, start, *label) in sliders.items():
        slider = _slider(label[0] if label else name, low, high, step, start)
        described.append({"name": name, **slider})
        whole = all(isinstance(number, int) for number in (low, high, step, start))
        kinds[name] = int if whole else float

    def png(values: dict, data: bytes = b"") -> bytes:
        picture = draw(**{name: kinds[name](value) for name, value in values.items()})
        return picture if isinstance(picture, bytes) else plots.sheet_png(picture)

    first = png({slider["name"]: slider["value"] for slider in described})
    display(Widget("explore", {"title": title, "sliders": described}, first, draw=png))


def _slider(label: str, low, high, step, value, tip: str = "") -> dict:
    numbers = {"low": low, "high": high, "step": step, "value": value}
    return {"label": label, **numbers, "tip": tip or label}
