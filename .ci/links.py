"""Follow the links that lead out of the repository: `python .ci/links.py`, or `make links`.

Reads every page of Markdown and every notebook. A page that is gone (404, 410), or a host with no
address, is an error; one that refuses a script or is slow gets a line and no more. `--list` prints
the links and asks nobody.
"""

import concurrent.futures
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"https?://[^\s<>\"'`\\]+")
BROWSER = {"User-Agent": "Mozilla/5.0 (link check of the GAN course)"}


def main(arguments: list[str]) -> int:
    """Print what is wrong; returns 1 if a page is gone."""
    found = links(ROOT)
    if "--list" in arguments:
        print("\n".join(sorted(found)))
        return 0
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = dict(zip(sorted(found), pool.map(ask, sorted(found))))
    for link, answer in answers.items():
        if answer:
            print(f"{answer}: {link} in {', '.join(sorted(found[link]))}")
    gone = sum(answer.startswith("gone") for answer in answers.values())
    print(f"{len(found)} links, {gone} gone")
    return 1 if gone else 0


def links(root: Path) -> dict[str, set[str]]:
    """Link -> the tracked pages that have it."""
    command = ["git", "ls-files", "*.md", "*.ipynb"]
    names = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    found: dict[str, set[str]] = {}
    for name in names.splitlines():
        for link in LINK.findall(text_of(root / name)):
            if "/OWNER/" in link:  # there is no public repository yet: see book/buttons.py
                continue
            link = link.split("#")[0].rstrip(".,;:*")
            while link.endswith(")") and link.count(")") > link.count("("):
                link = link[:-1].rstrip(".,;:")
            found.setdefault(link, set()).add(name)
    return found


def text_of(path: Path) -> str:
    """A page's Markdown; of a notebook that of its cells, without code and outputs."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def ask(link: str) -> str:
    """Nothing where a page answers; else what is wrong."""
    try:
        with urllib.request.urlopen(urllib.request.Request(link, headers=BROWSER), timeout=30):
            return ""
    except urllib.error.HTTPError as error:
        return f"gone ({error.code})" if error.code in (404, 410) else f"refused ({error.code})"
    except (OSError, ValueError) as error:
        missing = "Name or service not known" in str(error)
        return f"gone ({error})" if missing else f"no answer ({error})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
