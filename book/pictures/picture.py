"""Take the picture of the README from the committed outputs of notebook 06: python
book/pictures/picture.py
"""

import base64
import json
from pathlib import Path

HERE = Path(__file__).parent
cells = json.loads(
    (HERE.parents[1] / "notebooks" / "06_mnist_mlp.ipynb").read_text(encoding="utf-8")
)["cells"]
for output in (output for cell in cells for output in cell.get("outputs", [])):
    alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
    if alt.startswith("Left: 80 generated digits"):
        (HERE / "digits.png").write_bytes(base64.b64decode(output["data"]["image/png"]))
        break
else:
    raise SystemExit("notebook 06 has no figure of 80 generated digits: has its alt text changed?")
