"""The widgets on the static site: one script, written by `npm --prefix book run bundle`, and the
shipped generators as further scripts.
"""

import base64
import json
from pathlib import Path

from gan_course import pretrained
from gan_course.widgets import portable

GENERATORS = (
    "mlp-mnist",
    "dcgan-mnist",
    "conditional-mnist",
    "wgan-gp-mnist",
    "inpainting-mnist",
    "faces-32",
)


def write(static: Path) -> None:
    """Write gan-course-widgets.js and generators/*.js into a folder of static files."""
    (static / "generators").mkdir(parents=True, exist_ok=True)
    bundle = Path(__file__).with_name("site.bundle.js").read_text(encoding="utf-8")
    names = f"globalThis.ganCourseGenerators = {json.dumps(GENERATORS)};\n"
    (static / "gan-course-widgets.js").write_text(names + bundle, encoding="utf-8")
    for name in GENERATORS:
        program, weights = portable.program(pretrained.load(name))
        value = json.dumps({"program": program, "weights": base64.b64encode(weights).decode()})
        text = f"ganCourseGenerator({json.dumps(name)}, {value});\n"
        (static / "generators" / f"{name}.js").write_text(text, encoding="utf-8")
