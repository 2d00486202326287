"""The training laboratory on a page without a kernel: a worker of the page trains."""

import math
import time

import pytest
from twenty_steps import disagreement, twenty_steps

from gan_course import widgets


@pytest.fixture
def lab_page(page_of):
    """lab_page(width, **settings) -> a page from disk with a laboratory that no notebook saved."""

    def make(width: int = 1000, **settings):
        page = page_of(laboratory={"title": "Training laboratory", **settings}, width=width)
        page.locator("[data-kind=laboratory] canvas[data-frame]").first.wait_for()
        return page

    return make


def clean(page):
    shown = [text for text in page.locator(".gan-error").all_inner_texts() if text]
    assert (shown, page.errors, page.foreign) == ([], [], [])


def said(page) -> str:
    return page.locator("[data-kind=laboratory] .gan-caption").first.inner_text()


def press(page, name: str) -> None:
    page.locator("[data-kind=laboratory]").get_by_role("button", name=name, exact=True).click()


def until(page, text: str) -> None:
    page.locator("[data-kind=laboratory] .gan-caption").filter(has_text=text).first.wait_for()


def steps(page) -> int:
    return int(said(page).split(":")[0].removeprefix("step ").replace(",", ""))


def test_the_worker_takes_the_steps_of_the_training_loop(page_of):
    choices = [
        ("non-saturating", "gradient penalty (1)"),
        ("hinge", "R1 + R2 (0.1)"),
        ("relativistic", "weight clipping (0.1)"),
    ]
    page = page_of()
    for choice in choices:
        wanted = twenty_steps(*choice)
        script = """async ({ settings, weights, drawn }) => {
          const trainer = ganCourse.inThisPage();
          await trainer.ask("reset", { settings, weights });
          const asked = { settings, steps: 20, drawn };
          const { losses } = (await trainer.ask("advance", asked)).content;
          const { G, D } = (await trainer.ask("weights")).content;
          trainer.close();
          const lists = (arrays) => arrays.map((values) => Array.from(values));
          return { losses, G: lists(G), D: lists(D) };
        }"""
        error = disagreement(page.evaluate(script, wanted), wanted)
        print(f"{choice}: largest difference {error:.1e}")
        assert error < 1e-4, choice
    clean(page)


def test_single_steps_reset_and_seeds(lab_page):
    page = lab_page(units=64)
    picture = page.locator("canvas[data-frame]").first
    look = lambda: picture.evaluate("c => c.toDataURL()")  # noqa: E731
    until(page, "step 0:")
    start = look()
    press(page, "D step")
    page.wait_for_timeout(300)
    assert steps(page) == 0 and look() != start
    press(page, "G step")
    until(page, "step 1:")
    press(page, "Reset")
    until(page, "step 0:")
    assert look() == start, "the same seed gives the same networks"
    page.get_by_label("seed").press("ArrowRight")
    page.wait_for_timeout(300)
    assert steps(page) == 0 and look() != start
    page.get_by_label("data", exact=True).first.select_option("two moons")
    until(page, "no modes to count")
    clean(page)


def test_it_plays_and_pauses(lab_page):
    page = lab_page(units=64)
    press(page, "▶ Play")
    page.wait_for_function(
        "() => document.querySelector('.gan-caption').textContent.match(/step [1-9][0-9]+:/)"
    )
    # another loss and penalty, while it plays
    page.get_by_label("loss", exact=True).select_option("relativistic")
    page.get_by_label("penalty", exact=True).select_option("R1 + R2 (0.1)")
    before = steps(page)
    page.wait_for_timeout(1500)
    assert steps(page) > before
    press(page, "❚❚ Pause")
    page.wait_for_timeout(1000)
    rest = steps(page)
    page.wait_for_timeout(500)
    assert steps(page) == rest
    assert "modes" in said(page) and "spread" in said(page)
    clean(page)


def test_a_loss_that_diverges_says_what_to_do(lab_page):
    page = lab_page(units=64, loss="Wasserstein", lr_d=1e300, lr_g=1e300)
    press(page, "▶ Play")
    page.get_by_text("Lower the learning rates, or add a penalty").wait_for()
    assert page.get_by_role("button", name="▶ Play").count() == 1


def draw_heart(page) -> None:
    box = page.locator("canvas[data-frame]").first.bounding_box()
    middle, size = (box["x"] + 0.52 * box["width"], box["y"] + 0.46 * box["height"]), 0.018
    for k in range(41):
        t = 2 * math.pi * k / 40
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        page.mouse.move(
            middle[0] + size * box["width"] * x, middle[1] - size * box["width"] * y, steps=3
        )
        if k == 0:
            page.mouse.down()
    page.mouse.up()


def test_it_trains_on_what_the_mouse_draws(lab_page, shots):
    page = lab_page(units=64, penalty="R1 (0.1)")
    press(page, "✎ Draw")
    until(page, "no modes to count")
    press(page, "▶ Play")
    page.get_by_text("there are no data yet: draw some first").wait_for()
    draw_heart(page)
    press(page, "▶ Play")
    page.wait_for_timeout(4000)
    press(page, "❚❚ Pause")
    assert steps(page) > 20
    page.screenshot(path=shots / "laboratory_drawn.png")
    press(page, "Clear")
    # by keyboard: move, put a point
    canvas = page.locator("canvas[data-frame]").first
    before = canvas.evaluate("c => c.toDataURL()")
    for key in ("ArrowRight", "ArrowUp", "Space", "ArrowUp", "Space"):
        canvas.press(key)
    assert canvas.evaluate("c => c.toDataURL()") != before
    page.get_by_label("data", exact=True).first.select_option("ring")
    until(page, "of 8 modes")
    clean(page)


def test_a_saved_notebook_trains_on_the_site(page_of, shots):
    page = page_of(widgets.training_laboratory, lr_d=1e-4)
    lab = page.locator("[data-kind=laboratory]")
    lab.locator("canvas[data-frame]").first.wait_for()
    assert lab.get_attribute("data-engine") == "this browser"
    assert lab.get_by_label("learning rate of D").get_attribute("aria-valuetext") == "1.0e−4"
    press(page, "▶ Play")
    page.wait_for_timeout(3000)
    press(page, "❚❚ Pause")
    assert steps(page) > 5
    lab.screenshot(path=shots / "laboratory_saved.png")
    clean(page)


@pytest.mark.parametrize("width", [1000, 390])
def test_it_fits_the_page(lab_page, shots, width):
    page = lab_page(width=width, units=64, penalty="R1 (0.1)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page, "▶ Play")
    page.wait_for_timeout(4000)
    page.locator("[data-kind=laboratory]").screenshot(path=shots / f"laboratory_{width}.png")
    clean(page)


@pytest.mark.clock
@pytest.mark.parametrize(
    ("units", "penalty", "pictures", "per_second"), [(64, "none", 20, 60), (128, "R1 (0.1)", 0, 20)]
)
def test_it_is_fast(lab_page, record, until_paused, units, penalty, pictures, per_second):
    page = lab_page(units=units, penalty=penalty)
    press(page, "▶ Play")
    page.wait_for_timeout(1500)
    scene = page.locator("canvas[data-frame]").first
    frames = lambda: int(scene.get_attribute("data-frame"))  # noqa: E731
    first, at, start = frames(), steps(page), time.perf_counter()
    page.wait_for_timeout(4000)
    seconds = time.perf_counter() - start
    drawn, taken = (frames() - first) / seconds, (steps(page) - at) / seconds
    waited = until_paused(page)
    record(
        f"training laboratory in the page, 2 x {units}, {penalty}",
        per_second=round(drawn, 1),
        steps=round(taken),
        pause=round(waited),
    )
    assert drawn >= pictures and taken >= per_second and waited < 200
    clean(page)
