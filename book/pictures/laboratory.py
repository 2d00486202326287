"""Draw the picture that stands in for the landing page's training laboratory where no script runs:
python book/pictures/laboratory.py
"""

import base64
from pathlib import Path

from gan_course.widgets import laboratory, packing, stills

settings = {**laboratory.DEFAULTS, "units": 64, "penalty": "R1 (0.1)"}
lab = laboratory.Laboratory(**settings)
while lab.state.step < 1500:
    lab.advance(settings, steps=100)
first, data = packing.snapshot(lab.snapshot())
config = {
    "title": "data (blue) and generated (orange)",
    "settings": settings,
    "size": laboratory.SIZE,
    "first": {**first, "real": packing.rounded(lab.real)},
}
picture, _, sentence = stills.still("laboratory", config, data)
Path(__file__).with_name("laboratory.png").write_bytes(base64.b64decode(picture))
print(sentence)
