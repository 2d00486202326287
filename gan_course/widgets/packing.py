"""Tensors as bytes and JSON for the widgets' JavaScript, which source/scene.js unpacks."""

import numpy as np
from torch import Tensor

from gan_course import plots
from gan_course.errors import GanCourseError

MAP = 48  # D's map, in points a side


def snapshot(found: dict) -> tuple[dict, bytes]:
    """What `Laboratory.snapshot` found: its arrays as bytes, and the rest with their parts."""
    described = {name: value for name, value in found.items() if name != "arrays"}
    kinds = {"map": ("u1", 1.0), "arrows": ("f4", 1.0)}
    points = ("i2", 4 * found["limit"] / 32767)
    arrays = {name: (x, *kinds.get(name, points)) for name, x in found["arrays"].items()}
    described["parts"], data = pack(arrays)
    return described, data


def pack(arrays: dict) -> tuple[list, bytes]:
    """name -> (array, type, scale): a list of parts (name, type, count, scale), and the bytes.

    type: "f4", "i2" (a number is the integer times scale) or "u1"; a map holds 0 to 1 as 0 to 255.
    """
    parts, chunks = [], []
    for name, (array, kind, scale) in arrays.items():
        values = plots.array(array).astype(np.float64).ravel()
        if kind == "u1":
            values = np.rint(values * (255 if name == "map" else 1)).clip(0, 255)
        elif kind == "i2":
            values = np.rint(values / scale).clip(-32767, 32767)
        parts.append([name, kind, len(values), scale])
        chunks.append(values.astype("<" + kind).tobytes())
    return parts, b"".join(chunks)


def unpack(parts: list, data: bytes, k: int = 0) -> dict[str, np.ndarray]:
    """The arrays of the k-th snapshot in `data`, flat: what source/scene.js reads there."""
    at = k * sum(np.dtype(kind).itemsize * count for _, kind, count, _ in parts)
    arrays = {}
    for name, kind, count, scale in parts:
        values = np.frombuffer(data, "<" + kind, count, offset=at)
        arrays[name] = scale * values
        at += values.nbytes
    return arrays


# Frames of a time machine: what all of them share, and the arrays of each for `pack`.


def image_frames(images: list[Tensor], columns: int = 10) -> tuple[dict, list[dict]]:
    """Sheets (N, C, H, W). 16 greys look much like 256, and pack into a third of the bytes; colours
    get 32 levels each.
    """
    first = images[0]
    shared = {"shape": list(first.shape[2:]), "count": len(first), "columns": columns}
    shared["channels"] = first.shape[1]
    levels = 16 if first.shape[1] == 1 else 32
    coarse = [np.frombuffer(ink(x), np.uint8) // (256 // levels) for x in images]
    return shared, [{"images": (x, "u1", 255 / (levels - 1))} for x in coarse]


def plane_frames(
    samples: list, maps: list, limit: float = 3.0, pulls=None, real=None, centres=None
) -> tuple[dict, list[dict]]:
    """Samples (N, 2) on D's map: D, or a grid of probabilities. real: (M, 2); centres: (K, 2)."""
    grids = []
    for shown in maps:
        if not isinstance(shown, Tensor):
            shown = plots.probability_map(shown, limit, MAP)
        grids.append(shown)
    shared = {"limit": limit, "size": len(grids[0])}
    if real is not None:
        shared["real"] = rounded(real)
    if centres is not None:
        shared["centres"] = rounded(centres)
    frames = []
    for grid, x in zip(grids, samples):
        frames.append({"map": (grid, "u1", 1.0), "fake": (x, "i2", 4 * limit / 32767)})
    for frame, pull in zip(frames, pulls or []):
        frame["arrows"] = (pull, "f4", 1.0)
    return shared, frames


def line_frames(x, p, q: list, D: list) -> tuple[dict, list[dict]]:
    """Densities p, q and D's probability on a line, each (M,)."""
    top = round(1.8 * float(np.max(plots.array(p))), 3)
    shared = {"x": rounded(x), "p": rounded(p, 5), "top": top}
    return shared, [{"q": (q_k, "f4", 1.0), "D": (D_k, "f4", 1.0)} for q_k, D_k in zip(q, D)]


def frames(given: dict) -> tuple[str, dict, list[dict]]:
    """The kind of picture, and what its function above returns."""
    given = {name: value for name, value in given.items() if value is not None}
    if "images" in given:
        return "images", *image_frames(**given)
    if "samples" in given:
        return "plane", *plane_frames(**given)
    if {"x", "p", "q", "D"} <= set(given):
        return "line", *line_frames(**given)
    raise GanCourseError(
        "a time machine takes images, or samples with maps, or x, p, q and D; see its docstring"
    )


def losses(history, reference: bool, most: int = 400) -> dict | None:
    """Both losses of at most that many records. history: a list of records, or what has one as
    `.records`. reference: draw log 4 and log 2 beside them.
    """
    records = getattr(history, "records", history)
    if not records:
        return None
    records = records[:: -(-len(records) // most)]
    return {
        "step": [int(record["step"]) for record in records],
        "reference": reference,
        "d": [round(float(record["d_loss"]), 4) for record in records],
        "g": [round(float(record["g_loss"]), 4) for record in records],
    }


def rounded(values, digits: int = 3) -> list[float]:
    """Numbers for JSON, flat, with no more digits than a picture shows."""
    return [round(float(v), digits) for v in plots.array(values).ravel()]


def ink(images: Tensor) -> bytes:
    """Images in [-1, 1] as bytes, as in source/generator.js: grey from 0, paper, to 255, ink; each
    colour from 0, dark, to 255, bright, a plane after the other.
    """
    return ((plots.array(images).clip(-1, 1) + 1) * 127.5).round().astype(np.uint8).tobytes()
