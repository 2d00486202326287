"""The widgets under a foreign widget manager, as in VS Code, Colab or Kaggle: no JupyterLab.

anywidget's own front end stands on a bare page, under the few lines of manager.js. What the kernel
sends are the comm messages of real widgets; what the page sends goes back to them.
"""

import base64
import json
from pathlib import Path

import anywidget
import comm
import pytest
import torch
from comm.base_comm import BaseComm

from gan_course import conv, models, widgets

HERE = Path(__file__).parent
FRONT = Path(anywidget.__file__).parent / "nbextension" / "index.js"


class Kernel:
    """Records the comm messages of widgets, and hands them those of the page."""

    def __init__(self, monkeypatch):
        self.comms, self.sent, self.displayed = {}, [], []
        kernel = self

        class Comm(BaseComm):
            def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
                kernel.comms[self.comm_id] = self
                packed = [base64.b64encode(bytes(part)).decode() for part in buffers or []]
                message = {"type": msg_type, "comm_id": self.comm_id, "data": data or {}}
                kernel.sent.append(json.loads(json.dumps({**message, "buffers": packed})))

        monkeypatch.setattr(comm, "create_comm", lambda **given: Comm(**given))
        monkeypatch.setattr(widgets, "display", self.displayed.append)
        monkeypatch.setattr(widgets, "_codes", {})

    def take(self) -> list[dict]:
        """What was sent since the last call."""
        taken, self.sent = self.sent, []
        return taken

    def receive(self, comm_id: str, data: str, buffers: list[str]) -> list[dict]:
        """A message of the page, and what the kernel sends then."""
        parts = [memoryview(base64.b64decode(part)) for part in buffers]
        self.comms[comm_id].handle_msg({"content": {"data": json.loads(data)}, "buffers": parts})
        return self.take()


@pytest.fixture
def kernel(monkeypatch) -> Kernel:
    return Kernel(monkeypatch)


@pytest.fixture
def shown(kernel, open_page, tmp_path):
    """shown(function, ...) -> the page on which the widget stands that the function displays."""

    def show(function, *args, **kwargs):
        function(*args, **kwargs)
        (widget,) = kernel.displayed
        scripts = "".join(
            f"<script>{path.read_text(encoding='utf-8')}</script>"
            for path in (HERE / "manager.js", FRONT)
        )
        head = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
        path = tmp_path / "page.html"
        path.write_text(f'{head}<div id="output"></div>{scripts}', encoding="utf-8")
        page = open_page(path.as_uri())
        page.expose_function("toKernel", kernel.receive)
        opened = kernel.take()
        assert {message["type"] for message in opened} == {"comm_open"}
        # a manager may get the messages in any order: the script's model last here
        opened.sort(key=lambda message: "source" in message["data"]["state"])
        page.evaluate("messages => { for (const m of messages) manager.receive(m) }", opened)
        place = "manager.show(id, document.getElementById('output')).then(() => {})"
        page.evaluate(f"id => {place}", widget.comm.comm_id)
        return page

    return show


def clean(page) -> None:
    assert page.errors == [] and page.foreign == []


def test_a_network_of_the_course_runs_on_the_page(shown):
    G = conv.ConvGenerator(8, (1, 12, 12), width=4, num_classes=3).eval()
    page = shown(widgets.latent, G, label=2)
    explorer = page.locator("[data-kind=latent]")
    explorer.locator("canvas[data-frame]").wait_for()
    first = explorer.locator("canvas").first.evaluate("c => c.toDataURL()")
    explorer.locator("input[type=range]").first.press("End")
    page.wait_for_function(
        "first => document.querySelector('[data-kind=latent] canvas').toDataURL() !== first",
        arg=first,
    )
    assert "custom" in page.evaluate("manager.sent")  # the weights came as a comm message
    clean(page)


class Own(torch.nn.Module):
    """A network that the page cannot run."""

    latent_dim, shape = 4, (1, 6, 6)

    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 36)

    def forward(self, z, labels=None):
        return torch.sin(self.layer(z)).view(-1, 1, 6, 6)


def test_a_network_of_ones_own_is_asked_in_the_kernel(shown):
    page = shown(widgets.latent, Own())
    explorer = page.locator("[data-kind=latent][data-engine='the kernel']")
    explorer.locator("canvas[data-frame]").first.wait_for()
    before = page.evaluate("manager.sent.length")
    explorer.locator("input[type=range]").first.press("End")
    page.wait_for_function("before => manager.sent.length > before", arg=before)
    clean(page)


def test_pictures_and_errors_of_a_callback_come_back(shown):
    def draw(level):
        if level == 2:
            raise ValueError("the level goes to 1")
        return torch.full((1, 1, 4, 4), level / 2)

    page = shown(widgets.explore, draw, level=(0, 2, 1, 0))
    level = page.locator("input[type=range]")
    page.locator("img[data-frame]").wait_for()
    level.press("End")
    page.get_by_text("ValueError: the level goes to 1").wait_for()
    level.press("Home")
    page.locator(".gan-error").wait_for(state="hidden")
    clean(page)


def test_a_script_that_never_came_says_what_to_do(kernel, shown, monkeypatch):
    """As where the notebook was opened without being run."""
    real = kernel.take
    monkeypatch.setattr(
        kernel, "take", lambda: [m for m in real() if "source" not in m["data"].get("state", {})]
    )
    page = shown(widgets.dynamics)
    page.get_by_text("run this cell again").wait_for()


def test_the_plane_needs_no_answer_of_the_kernel(shown):
    G = models.MLPGenerator(2, (2,), (8,), output="linear").eval()
    page = shown(widgets.plane, G, torch.zeros(3, 2), 3.0)
    page.locator("[data-kind=plane] canvas[data-frame]").first.wait_for()
    clean(page)
