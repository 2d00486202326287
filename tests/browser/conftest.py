"""Shared by the browser tests: a headless Chromium, pages that record errors, pictures."""

import json
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = ("", "localhost", "127.0.0.1")  # file:, data: and blob: addresses have no host


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium."""
    program = _chromium()
    if not program:
        pytest.skip(
            "no Chromium on the path: install it (Debian, Ubuntu: apt install chromium) or set "
            "CHROMIUM to its program"
        )
    api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """open_page(url, width, height) -> page; page.errors of its console, page.foreign requests."""
    contexts = []

    def open_(url: str, width: int = 1280, height: int = 900, wait: str = "load", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.errors, page.foreign = [], []
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: page.errors.append(str(e)))
        page.on(
            "request",
            lambda r: (
                page.foreign.append(r.url)
                if urlsplit(r.url).hostname not in (None, *HERE)
                else None
            ),
        )
        page.goto(url, wait_until=wait)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def record(shots):
    """record(name, **numbers): keep what was measured, for benchmarks/latency.py, and print it."""

    def keep(name: str, **numbers) -> None:
        (shots / f"{name}.measured.json").write_text(json.dumps({"what": name, **numbers}))
        print(f"\n{name}: {numbers}")

    return keep


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where pictures of pages go, to be looked at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS
