"""What readers need who use no mouse or see no screen: axe-core on pages, widgets by keyboard."""

import json
from pathlib import Path

import pytest
import torch

from gan_course import data, models, pretrained, widgets
from gan_course.images import embedded

AXE = Path(__file__).parents[2] / "book" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "index",
    "notebooks/01_minimax_objective",
    "notebooks/04_gan_2d_mode_collapse",
    "pages/claims",
    "pages/glossary",
    "pages/instructors",
    "pages/loops",
    "pages/drawings",
    "pages/results",
    "search",
    "laboratory",
]
DARK = ["index", "notebooks/04_gan_2d_mode_collapse", "pages/claims"]


def serious(page) -> list:
    """What axe calls serious or critical: rule, and the first places."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm --prefix book install")
    page.evaluate("window.MathJax?.startup?.promise")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [
        (rule["id"], len(rule["nodes"]), [node["html"][:150] for node in rule["nodes"][:3]])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(
    ("name", "scheme"), [*((name, "light") for name in PAGES), *((name, "dark") for name in DARK)]
)
def test_axe_finds_nothing_serious(site, open_page, name, scheme):
    page = open_page((site / f"{name}.html").as_uri(), color_scheme=scheme)
    found = serious(page)
    assert not found, json.dumps(found, indent=1)


def plane():
    torch.manual_seed(0)
    G = models.MLPGenerator(2, (2,), (8, 8), activation="relu", output="linear")
    widgets.plane(G, data.ring().sample(50), limit=3.0)


def sheets():
    G = pretrained.load("faces-32")
    widgets.sheets(G, moves={"one way": torch.eye(64)[0]}, walk=True)


def brush():
    pictures = embedded("test").images[:3]
    widgets.brush(pretrained.load("inpainting-mnist"), pictures, "inpainting-mnist")


def sounds():
    wave = torch.sin(torch.arange(800) / 8).reshape(1, 1, -1).repeat(3, 1, 1)
    widgets.sounds({"row": wave, "other": wave}, rate=8000)


def time_machine():
    widgets.time_machine([0, 10, 20], images=[torch.full((20, 1, 8, 8), v) for v in (-1.0, 0, 1)])


KINDS = {
    "latent": lambda: widgets.latent(pretrained.load("faces-32"), "faces-32"),
    "sheets": sheets,
    "plane": plane,
    "objective": lambda: widgets.objective("value", (-3, 3, 0.1, 1), (0.2, 2, 0.1, 1)),
    "dynamics": widgets.dynamics,
    "laboratory": lambda: widgets.training_laboratory(units=64),
    "brush": brush,
    "sounds": sounds,
    "timemachine": time_machine,
}
CONTROLS = "button, select, input, textarea, a[href], [tabindex='0']"


@pytest.mark.parametrize("kind", KINDS)
def test_each_control_is_reached_by_key_and_has_a_name(kind, page_of):
    page = page_of(KINDS[kind])
    root = page.locator(f"[data-kind={kind}]")
    root.locator("canvas").first.wait_for()
    page.wait_for_function(
        "() => ![...document.querySelectorAll('.gan-controls')].some((c) => c.inert)"
    )
    visible = root.locator(CONTROLS).filter(visible=True).count()
    reached = set()
    for _ in range(2 * visible + 4):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            """(kind) => {
              const here = document.activeElement;
              if (!here.closest(`[data-kind=${kind}]`)) return null;
              here.dataset.reached ||= String(Math.random());
              const label = here.labels?.[0]?.textContent || here.getAttribute("aria-label");
              return [here.dataset.reached, (label || here.textContent || "").trim()];
            }""",
            kind,
        )
        if inside:
            assert inside[1], f"a control of {kind} has no name"
            reached.add(inside[0])
    assert len(reached) >= visible, f"{len(reached)} of {visible} controls were reached"
    assert root.locator("canvas:visible").evaluate_all(
        "all => all.every((c) => c.getAttribute('aria-label'))"
    )
    slider = root.locator("input[type=range]:visible").first
    if slider.count():
        before = slider.input_value()
        slider.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert slider.input_value() != before or slider.get_attribute("max") == before
        assert slider.get_attribute("aria-valuetext")
    assert not page.errors and not page.foreign


def test_widgets_have_no_serious_finding(page_of):
    for kind in KINDS:
        page = page_of(KINDS[kind])
        page.locator(f"[data-kind={kind}] canvas").first.wait_for()
        found = [rule for rule in serious(page) if rule[0] != "region"]
        assert not found, (kind, found)
        page.context.close()
