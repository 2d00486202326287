"""Tensors as the bytes and JSON that the widgets' JavaScript reads. `widgets` sends them;
`browser/timemachine.js` unpacks.
"""

import numpy as np
from torch import Tensor

from gan_course import plots
from gan_course.errors import GanCourseError
from gan_course.widgets import laboratory


def packed(snapshot: dict) -> tuple[dict, bytes]:
    """A snapshot's arrays as bytes, and the rest with the parts that describe them."""
    limit = snapshot["limit"]
    kinds = {"map": ("u1", 1.0), "arrows": ("f4", 1.0)}
    parts, chunks = pack(
        {k: (v, *kinds.get(k, ("i2", 4 * limit / 32767))) for k, v in snapshot["arrays"].items()}
    )
    return {**{k: v for k, v in snapshot.items() if k != "arrays"}, "parts": parts}, chunks


def pack(arrays: dict) -> tuple[list, bytes]:
    """name -> (array, type, scale): parts for browser/timemachine.js, and the bytes. "u1": a map, 0
    to 1 as 0 to 255.
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


def frames(given: dict) -> tuple[str, dict, list[dict]]:
    """The kind of picture, what stays the same in all of them, and the arrays of each."""
    given = {key: value for key, value in given.items() if value is not None}
    if "images" in given:
        first = given["images"][0]
        shown = {
            "shape": list(first.shape[2:]),
            "count": len(first),
            "columns": given.get("columns", 10),
        }
        # 16 greys look much like 256, and pack into a third of the bytes
        grey = [np.frombuffer(ink(x), np.uint8) // 16 for x in given["images"]]
        return "images", shown, [{"images": (x, "u1", 255 / 15)} for x in grey]
    if "samples" in given:
        limit = given.get("limit", 3.0)
        maps = [
            m if isinstance(m, Tensor) else laboratory.landscape(m, limit) for m in given["maps"]
        ]
        shots = [
            {"map": (m, "u1", 1.0), "fake": (x, "i2", 4 * limit / 32767)}
            for m, x in zip(maps, given["samples"])
        ]
        for shot, pull in zip(shots, given.get("pulls", ())):
            shot["arrows"] = (pull, "f4", 1.0)
        extra = {key: rounded(given[key]) for key in ("real", "centres") if key in given}
        return "plane", {"limit": limit, "size": len(maps[0]), **extra}, shots
    if not {"x", "p", "q", "D"} <= set(given):
        raise GanCourseError(
            "a time machine takes images, or samples with maps, or x, p, q and D; see its docstring"
        )
    shown = {
        "x": rounded(given["x"]),
        "p": rounded(given["p"], 5),
        "top": round(1.8 * float(np.max(plots.array(given["p"]))), 3),
    }
    return (
        "line",
        shown,
        [{"q": (q, "f4", 1.0), "D": (d, "f4", 1.0)} for q, d in zip(given["q"], given["D"])],
    )


def losses(history, reference: bool, most: int = 400) -> dict | None:
    """Both losses of at most that many records. reference: draw log 4 and log 2 beside them."""
    if not history:
        return None
    records = getattr(history, "records", history)
    records = records[:: -(-len(records) // most)]
    return {
        "step": [int(r["step"]) for r in records],
        "reference": reference,
        **{key: [round(float(r[f"{key}_loss"]), 4) for r in records] for key in ("d", "g")},
    }


def rounded(values, digits: int = 3) -> list[float]:
    """Numbers for JSON, flat, with no more digits than a picture shows."""
    return [round(float(v), digits) for v in plots.array(values).ravel()]


def ink(images: Tensor) -> bytes:
    """Images in [-1, 1] as bytes, 0 paper to 255 ink, as in browser/generator.js."""
    return ((plots.array(images).clip(-1, 1) + 1) * 127.5).round().astype(np.uint8).tobytes()
