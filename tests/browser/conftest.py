"""Shared by the browser tests: a headless Chromium, pages that record errors, the built site."""

import base64
import html
import json
import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock

from gan_course import widgets

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

        def note_error(message) -> None:
            if message.type == "error":
                page.errors.append(message.text)

        def note_foreign(request) -> None:
            if urlsplit(request.url).hostname not in (None, *HERE):
                page.foreign.append(request.url)

        page.on("console", note_error)
        page.on("pageerror", lambda e: page.errors.append(str(e)))
        page.on("request", note_foreign)
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


PAUSE = """async () => {
  const lab = document.querySelector('[data-kind=laboratory]');
  const scene = lab.querySelector('canvas[data-frame]');
  const start = performance.now();
  [...lab.querySelectorAll('button')].find((b) => b.textContent.includes('Pause')).click();
  let last = start;
  const watch = new MutationObserver(() => (last = performance.now()));
  watch.observe(scene, { attributes: true, attributeFilter: ['data-frame'] });
  await new Promise((r) => setTimeout(r, 1000));
  return last - start;
}"""


@pytest.fixture
def until_paused():
    """until_paused(page) -> milliseconds from a press on Pause to the laboratory's last picture."""
    return lambda page: page.evaluate(PAUSE)


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where pictures of pages go, to be looked at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    return SHOTS


def _build(out: Path) -> None:
    """Run book/build.py and leave its output and exit status in `out`."""
    command = [sys.executable, str(ROOT / "book" / "build.py"), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600)
    (out / "log.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    (out / "status.txt").write_text(str(done.returncode), encoding="utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The folder of the built site: the book, built once for all tests, also of several processes.

    GAN_COURSE_SITE names a site that is built already, to be tested as it is.
    """
    if ready := os.environ.get("GAN_COURSE_SITE"):
        return Path(ready).resolve()
    pytest.importorskip(
        "sphinx_book_theme", reason="the book's packages are not installed: run make book once"
    )
    base = tmp_path_factory.getbasetemp()
    # the parent is common to all workers
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "book"
    out.mkdir(exist_ok=True)
    with FileLock(out / "lock"):
        if not (out / "status.txt").exists():
            _build(out)
    log = (out / "log.txt").read_text(encoding="utf-8")
    if "npm could not install" in log:
        pytest.skip(
            "MathJax is not installed and npm cannot be reached: run make book once with a network"
        )
    assert (out / "status.txt").read_text(encoding="utf-8") == "0", log
    return out / "html"


@pytest.fixture(scope="session")
def static(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    spec = spec_from_file_location("course_site", ROOT / "book" / "widgets" / "site.py")
    spec.loader.exec_module(module := module_from_spec(spec))
    module.write(folder)
    return folder


@pytest.fixture
def page_of(static, open_page, monkeypatch):
    """page_of(function, *args) -> a page that holds what the function displays, saved as a notebook
    saves it.
    """

    def make(function=None, *args, width=1000, laboratory=None, **kwargs):
        seen, views, state = [], "", {}
        if laboratory:  # the site's own, which no notebook saved
            settings = html.escape(json.dumps(laboratory))
            views = f'<div class="gan-laboratory" data-settings="{settings}"></div>'
        if function:
            monkeypatch.setattr(widgets, "display", seen.append)
            function(*args, **kwargs)
        for number, shown in enumerate(seen):
            values = {"kind": shown.kind, "config": shown.config, "_esm": "unused"}
            buffers = [
                {
                    "path": ["data"],
                    "encoding": "base64",
                    "data": base64.b64encode(shown.data).decode(),
                }
            ]
            state[f"m{number}"] = {"model_module": "anywidget", "state": values, "buffers": buffers}
            view = json.dumps({"model_id": f"m{number}"})
            views += f'<script type="application/vnd.jupyter.widget-view+json">{view}</script>'
        kept = json.dumps({"state": state})
        (static / "page.html").write_text(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>widgets</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<link rel="icon" href="data:,">'
            f'<body>{views}<script type="application/vnd.jupyter.widget-state+json">{kept}</script>'
            '<script src="gan-course-widgets.js"></script></body></html>'
        )
        return open_page((static / "page.html").as_uri(), width=width)

    return make
