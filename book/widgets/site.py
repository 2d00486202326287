"""The widgets on the static site: the scripts of gan_course/browser in one file, the shipped
generators as scripts beside it.
"""

import base64
import json
from pathlib import Path

from gan_course import pretrained, widgets
from gan_course.widgets import portable

GENERATORS = ("mlp-mnist", "dcgan-mnist", "conditional-mnist", "wgan-gp-mnist", "inpainting-mnist")


def write(static: Path) -> None:
    """Write gan-course-widgets.js, gan-course-widgets.css and generators/*.js into a folder of
    static files.
    """
    (static / "generators").mkdir(parents=True, exist_ok=True)
    own = Path(__file__).with_name("site.js").read_text(encoding="utf-8")
    names = f"const GENERATORS = {json.dumps(GENERATORS)};"
    # one scope of its own, since the page has other scripts; a classic script, since file:// loads
    # no modules
    script = "\n".join(["(() => {", '"use strict";', widgets.javascript(), names, own, "})();\n"])
    (static / "gan-course-widgets.js").write_text(script, encoding="utf-8")
    (static / "gan-course-widgets.css").write_text(widgets.Widget._css, encoding="utf-8")
    for name in GENERATORS:
        program, weights = portable.program(pretrained.load(name))
        value = json.dumps({"program": program, "weights": base64.b64encode(weights).decode()})
        text = f"ganCourseGenerator({json.dumps(name)}, {value});\n"
        (static / "generators" / f"{name}.js").write_text(text, encoding="utf-8")
