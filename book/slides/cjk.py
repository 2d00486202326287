"""Chinese, Japanese and Korean letters in the decks: a font that holds just those that occur.

LXGW WenKai TC (SIL Open Font License) comes from npm in many small files, each with a range of
letters; of each file that is needed the needed letters are kept.
"""

import base64
import io
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

LETTERS = re.compile(r"[\u2e80-\u2fff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
NAME = "Course CJK"
BLOCK = re.compile(r"@font-face \{(.+?)\}", re.S)


def letters(text: str) -> set[str]:
    """Those of the text that this font is for."""
    return set(LETTERS.findall(text))


def css(wanted: set[str], package: Path) -> str:
    """Style rules with the font inside, for these letters. ValueError if the font lacks one."""
    rules, missing = [], set(wanted)
    sheet = (package / "400.css").read_text(encoding="utf-8")
    for block in BLOCK.findall(sheet):
        file = re.search(r"url\(\./(files/[^)]+?\.woff)\)", block)
        font = TTFont(package / file[1], lazy=True)
        here = {letter for letter in missing if ord(letter) in font.getBestCmap()}
        if here:
            rules.append(_rule(font, here))
            missing -= here
    if missing:
        raise ValueError(f"{package.name} has no {''.join(sorted(missing))}")
    return "\n".join(rules)


def _rule(font: TTFont, kept: set[str]) -> str:
    tool = subset.Subsetter(subset.Options(layout_features=[], name_IDs=[0, 1, 2, 13, 14]))
    tool.populate(text="".join(kept))
    tool.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    data = base64.b64encode(buffer.getvalue()).decode()
    ranges = ", ".join(f"U+{ord(letter):X}" for letter in sorted(kept))
    return (
        f'@font-face {{ font-family: "{NAME}"; src: url(data:font/woff;base64,{data}) '
        f'format("woff"); unicode-range: {ranges}; }}'
    )
