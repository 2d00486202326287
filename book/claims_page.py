"""The page of claims: every sentence that a cell of an executed notebook checked, with its value,
and where and when.
"""

import re
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
    def anchor(self) -> str:
        return f"claim-{self.number}"

    @property
    def verdict(self) -> str:
        return "✔ true" if self.checked else f"○ unchecked in profile {self.profile}"


def claims(notebook: dict) -> list[tuple[dict, Claim]]:
    """The claims of an executed notebook in reading order, each with the output that holds it."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    found = [output for output in outputs if CLAIM_TYPE in output.get("data", {})]
    pairs = []
    for number, output in enumerate(found, start=1):
        data = output["data"][CLAIM_TYPE]
        pairs.append(
            (output, Claim(number, data["claim"], data["value"], data["checked"], data["profile"]))
        )
    return pairs


def versions(notebook: dict) -> str:
    """The line of versions, device, profile and seed that the notebook's first code cell printed;
    "" if there is none.
    """
    streams = (
        "".join(output.get("text", ""))
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
    )
    return next((match[0] for text in streams if (match := VERSIONS.search(text))), "")


def when(path: Path) -> str:
    """The day of the notebook's last commit; of the file, where there is no repository or the file
    was changed since.
    """

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(path.parent), *arguments, "--", path.name]
        try:
            return subprocess.run(
                command, capture_output=True, text=True, check=True
            ).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            return ""

    committed = git("log", "-1", "--format=%cs")
    if committed and not git("status", "--porcelain"):
        return f"{committed} (last commit)"
    return f"{date.fromtimestamp(path.stat().st_mtime)} (date of the file)"


def plain(text: str) -> str:
    """Text as Markdown that shows it letter by letter: every sign that could mean something gets a
    backslash.
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def table(name: str, content: dict, folder: str) -> list[str]:
    """The versions line and the rows of one notebook's claims. folder: of its page, seen from the
    page of claims.
    """
    lines = ["{.versions}", f"Run with: {plain(versions(content)) or 'unknown'}", ""]
    lines += ["{.claims}", "| claim | sentence | value | verdict |", "| --- | --- | --- | --- |"]
    for _, claim in claims(content):
        link = f'<a href="{folder}/{name}.html#{claim.anchor}">{name[:2]}.{claim.number}</a>'
        verdict = f'<span class="verdict {"true" if claim.checked else "unchecked"}">{claim.verdict}</span>'
        lines.append(f"| {link} | {plain(claim.sentence)} | {plain(claim.value)} | {verdict} |")
    return [*lines, ""]


def page(notebooks: list[Source], solutions: list[Source]) -> str:
    """The page in MyST Markdown, for the notebooks and those of their solutions."""
    found = [claim for *_, content in notebooks + solutions for _, claim in claims(content)]
    true = sum(claim.checked for claim in found)
    lines = [
        "# Claims",
        "",
        "What the text says happened, a cell checks. This page lists every such sentence: "
        f"**{len(found)} claims, {true} checked "
        f"and true, {len(found) - true} unchecked.** A claim that does not hold stops its "
        "notebook, so none here is false.",
        "",
        "The *value* is what the sentence rests on, as that run computed it. Claims about training "
        "hold as a band over several "
        "seeds; on another machine the values differ and the sentences should not. *Unchecked* "
        "means that the notebook ran in "
        "profile `quick`, which hardly trains. `make course` computes all of it again and checks "
        "it.",
        "",
        "The number of a claim leads to its cell. *Checked on* is the day when the notebook with "
        "these outputs was last "
        "committed; where that is not known, the day of its file.",
        "",
        "| notebook | claims | true | checked on |",
        "| --- | --- | --- | --- |",
    ]
    for name, title, path, content in notebooks:
        items = [claim for _, claim in claims(content)]
        heading = f"[{name[:2]} {plain(title)}](#claims-{name[:2]})"
        lines.append(
            f"| {heading} | {len(items)} | {sum(claim.checked for claim in items)} | {when(path)} |"
        )
    for name, title, _, content in notebooks:
        lines += [
            "",
            f"(claims-{name[:2]})=",
            f"## {name[:2]} {plain(title)}",
            "",
            *table(name, content, "../notebooks"),
        ]
    lines += ["", "## In the solutions", ""]
    for name, title, path, content in solutions:
        if claims(content):
            lines += [
                f"### Solutions of {name[:2]} {plain(title)}",
                "",
                f"Checked on {when(path)}.",
                "",
            ]
            lines += table(name, content, "../notebooks/solutions")
    return "\n".join(lines) + "\n"
