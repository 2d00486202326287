"""The page of claims: every sentence that a cell checked, with its value, and where and when."""

import re
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gan_course import results
from gan_course.checks import CLAIM_TYPE

Source = tuple[str, str, Path, dict]  # name, title, path and content of a notebook
VERSIONS = re.compile(r"^gan_course .* · device .*$", re.M)  # the line that runtime.start prints


@dataclass(frozen=True)
class Claim:
    """One checked sentence. number: from 1 in its notebook; value: what it rests on, or ""."""

    number: int
    sentence: str
    value: str
    checked: bool
    profile: str

    @property
    def verdict(self) -> str:
        return "✔ true" if self.checked else f"○ unchecked in profile {self.profile}"


def claims(notebook: dict) -> list[tuple[dict, Claim]]:
    """The claims of an executed notebook in reading order, each with the output that holds it."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    pairs = []
    for output in outputs:
        if data := output.get("data", {}).get(CLAIM_TYPE):
            number = len(pairs) + 1
            claim = Claim(number, data["claim"], data["value"], data["checked"], data["profile"])
            pairs.append((output, claim))
    return pairs


def versions(notebook: dict) -> str:
    """The line of versions, device, profile and seed that the notebook printed; else ""."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if match := VERSIONS.search("".join(output.get("text", ""))):
                return match[0]
    return ""


def when(path: Path) -> str:
    """The day of the notebook's last commit; that of the file if it was changed since."""

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(path.parent), *arguments, "--", path.name]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        except (OSError, subprocess.CalledProcessError):  # no git, or no repository
            return ""
        return done.stdout.strip()

    committed = git("log", "-1", "--format=%cs")
    if committed and not git("status", "--porcelain"):
        return f"{committed} (last commit)"
    return f"{date.fromtimestamp(path.stat().st_mtime)} (date of the file)"


def plain(text: str) -> str:
    """Text as Markdown that shows it letter by letter: every sign gets a backslash."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def table(name: str, content: dict, folder: str) -> list[str]:
    """The versions and the claims of one notebook. folder: of its page, seen from this page."""
    rows = []
    for _, claim in claims(content):
        address = f"{folder}/{name}.html#claim-{claim.number}"
        kind = "true" if claim.checked else "unchecked"
        rows.append(
            {
                "claim": f'<a href="{address}">{name[:2]}.{claim.number}</a>',
                "sentence": plain(claim.sentence),
                "value": plain(claim.value),
                "verdict": f'<span class="verdict {kind}">{claim.verdict}</span>',
            }
        )
    lines = ["{.versions}", f"Run with: {plain(versions(content)) or 'unknown'}", ""]
    if not rows:
        return lines
    word = "claim" if len(rows) == 1 else "claims"
    # folded: course.js opens what its filter finds, and what a link leads to
    opening = f'<details class="claims"><summary>{len(rows)} {word}</summary>'
    return [*lines, opening, "", "{.claims}", results.table(rows), "", "</details>", ""]


def summary(notebooks: list[Source]) -> str:
    """A row for each notebook: how many claims it has, how many are true, and since when."""
    rows = []
    for name, title, path, content in notebooks:
        items = [claim for _, claim in claims(content)]
        rows.append(
            {
                "notebook": f"[{name[:2]} {plain(title)}](#claims-{name[:2]})",
                "claims": len(items),
                "true": sum(claim.checked for claim in items),
                "checked on": when(path),
            }
        )
    return results.table(rows)


INTRODUCTION = """# Claims

What the text says happened, a cell checks. This page lists every such sentence:
**{all} claims, {true} checked and true, {unchecked} unchecked.** A claim that does not hold stops
its notebook, so none here is false.

The *value* is what the sentence rests on, as that run computed it. Claims about training hold as a
band over several seeds; on another machine the values differ and the sentences should not.
*Unchecked* means that the notebook ran in profile `quick`, which hardly trains. `make course`
computes all of it again and checks it.

Filter them by words, such as *seed* or *Fréchet*, or open a notebook's group below the table. The
number of a claim leads to its cell. *Checked on* is the day when the notebook with these
outputs was last committed; where that is not known, the day of its file.
"""

# without scripts it stays hidden, and the groups open by hand
FILTER = """```{raw} html
<form class="claims-filter" hidden role="search">
<label for="claims-words">Show claims with</label>
<input id="claims-words" type="search" autocomplete="off" placeholder="words, or a number as 04.3">
<label><input id="claims-unchecked" type="checkbox"> only unchecked ones</label>
<button type="button" id="claims-all">Open all</button>
<output for="claims-words" aria-live="polite"></output>
</form>
```

"""


def page(notebooks: list[Source], solutions: list[Source]) -> str:
    """The page in MyST Markdown, for the notebooks and those of their solutions."""
    found = [claim for *_, content in notebooks + solutions for _, claim in claims(content)]
    true = sum(claim.checked for claim in found)
    counts = {"all": len(found), "true": true, "unchecked": len(found) - true}
    lines = [INTRODUCTION.format(**counts), FILTER, summary(notebooks)]
    for name, title, _, content in notebooks:
        lines += ["", f"(claims-{name[:2]})=", f"## {name[:2]} {plain(title)}", ""]
        lines += table(name, content, "../notebooks")
    lines += ["", "## In the solutions", ""]
    for name, title, path, content in solutions:
        if claims(content):
            lines += [f"### Solutions of {name[:2]} {plain(title)}", ""]
            lines += [f"Checked on {when(path)}.", ""]
            lines += table(name, content, "../notebooks/solutions")
    return "\n".join(lines) + "\n"
