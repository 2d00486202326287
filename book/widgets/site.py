"""The widgets on the static site: one script, written by `npm --prefix book run bundle`, and the
shipped generators as further scripts. And the training laboratory as a page of one file.
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

HERE = Path(__file__).parent


def _script(generators: tuple[str, ...] = ()) -> str:
    """All widgets; generators: the names of those that lie beside the script."""
    names = f"globalThis.ganCourseGenerators = {json.dumps(generators)};\n"
    return names + (HERE / "site.bundle.js").read_text(encoding="utf-8")


def write_laboratory(folder: Path) -> Path:
    """Write laboratory.html: one file that needs no other, to be opened, linked or embedded in a
    slide. Its address may choose settings, as the page itself says.
    """
    page = (HERE / "laboratory.html").read_text(encoding="utf-8")
    # the script stands inside the page, where this sign would end it
    script = _script().replace("</script", "<\\/script")
    path = folder / "laboratory.html"
    path.write_text(page.replace("{{script}}", script), encoding="utf-8")
    return path


def write(static: Path) -> None:
    """Write gan-course-widgets.js and generators/*.js into a folder of static files."""
    (static / "generators").mkdir(parents=True, exist_ok=True)
    script = _script(GENERATORS)
    (static / "gan-course-widgets.js").write_text(script, encoding="utf-8")
    for name in GENERATORS:
        program, weights = portable.program(pretrained.load(name))
        value = json.dumps({"program": program, "weights": base64.b64encode(weights).decode()})
        text = f"ganCourseGenerator({json.dumps(name)}, {value});\n"
        (static / "generators" / f"{name}.js").write_text(text, encoding="utf-8")
