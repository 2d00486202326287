import io
import math
from base64 import b64decode
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from PIL import Image

from gan_course import data, models, plots
from gan_course.errors import GanCourseError


def test_png_is_a_picture_of_the_asked_size():
    fig, ax = plots.figure(height=2.0, width=4.0)
    ax.plot([0, 1])
    picture = Image.open(io.BytesIO(plots.png(fig, dpi=50)))
    assert picture.size == (200, 100)


def test_image_grid_places_each_image_with_dark_ink_on_white_paper():
    images = -torch.ones(5, 1, 4, 4)
    images[3] = 1.0  # all ink
    sheet = plots.image_grid(images, columns=3, pad=1)
    assert sheet.shape == (2 * 5 + 1, 3 * 5 + 1) and sheet.dtype == np.uint8
    assert (sheet[6:10, 1:5] == 0).all()  # the fourth: second row, first column
    assert (sheet == 255).sum() == sheet.size - 16


def displayed(monkeypatch) -> list[tuple[dict, dict]]:
    """Fills with the data and metadata of what is displayed raw: as every IPython since 7 can."""
    shown = []

    def display(data, metadata, raw):
        assert raw
        shown.append((data, metadata))

    monkeypatch.setattr("IPython.display.display", display)
    return shown


def test_show_stores_the_alt_text_and_twice_the_pixels(monkeypatch):
    shown = displayed(monkeypatch)
    fig, ax = plots.figure(height=2.0, width=4.0)
    ax.plot([0, 1], color=plots.FAKE)
    plots.show(fig, alt="two curves that cross at 1")
    ((data, metadata),) = shown
    assert data["text/plain"] == metadata["image/png"]["alt"]
    assert metadata["image/png"] == {"width": 400, "alt": "two curves that cross at 1"}
    picture = Image.open(io.BytesIO(b64decode(data["image/png"])))
    assert picture.size == (800, 400) and len(b64decode(data["image/png"])) < 20_000
    # fewer colours, but those of the course
    colours = {colour for _, colour in picture.convert("RGB").getcolors()}
    assert {(255, 255, 255), (0xD5, 0x5E, 0x00)} <= colours


def test_film_stores_each_moment_and_begins_with_the_first(monkeypatch):
    shown = displayed(monkeypatch)
    fig, ax = plots.figure(height=1.0, width=2.0)
    (curve,) = ax.plot([0, 1], color=plots.FAKE)
    colours = [plots.FAKE, plots.REAL, plots.GREEN]
    plots.film(fig, curve.set_color, colours, alt="a line that changes its colour", seconds=0.2)
    ((data, metadata),) = shown
    assert data["text/plain"] == metadata["image/png"]["alt"]
    assert metadata["image/png"] == {"width": 200, "alt": "a line that changes its colour"}
    picture = Image.open(io.BytesIO(b64decode(data["image/png"])))
    assert (picture.n_frames, picture.info["loop"], picture.info["duration"]) == (3, 0, 200)
    for moment, colour in enumerate(colours):
        picture.seek(moment)
        rgb = picture.convert("RGB")
        assert rgb.getpixel((0, 0)) == (255, 255, 255)
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        near = [
            abs(r - red) + abs(g - green) + abs(b - blue) < 60
            for _, (r, g, b) in rgb.getcolors(100_000)
        ]
        assert any(near), colour


def test_toy_plots_draw_what_they_are_given():
    G = models.MLPGenerator(2, (2,), (8,), output="linear")
    D = models.MLPDiscriminator((2,), (8,)).train()
    fig, axes = plots.figure(1, 3)
    plots.scatter(axes[0], data.ring().sample(50), torch.randn(20, 2), title="samples")
    assert [len(c.get_offsets()) for c in axes[0].collections] == [50, 20]
    image = plots.discriminator_map(axes[1], D, limit=2.0, points=20)
    x = torch.tensor([[-2.0, 2.0]])  # top left corner of the map
    assert image.get_array()[-1, 0] == pytest.approx(torch.sigmoid(D(x)).item(), abs=1e-6)
    assert D.training  # its mode is left as it was
    plots.latent_grid(axes[1], G, lines=3, points=5)
    # no direction anywhere is no reason to fail
    plots.arrows(axes[1], torch.randn(4, 2), torch.zeros(4, 2))
    history = [{"step": i, "d_loss": 1.0, "g_loss": 2.0} for i in range(20)]
    plots.losses(axes[2], history, "losses", smooth=5)
    plots.png(fig)


def test_losses_of_a_run_are_those_of_its_records():
    records = [{"step": i, "d_loss": 1.0 / i, "g_loss": 2.0} for i in range(1, 9)]
    drawn = []
    for history in (records, SimpleNamespace(records=records)):
        _, ax = plots.figure()
        plots.losses(ax, history, "losses")
        drawn.append([list(line.get_ydata()) for line in ax.lines])
    assert drawn[0] == drawn[1] and drawn[0][0] == [record["d_loss"] for record in records]
    assert drawn[0][2][0] == pytest.approx(math.log(4))


def test_densities_with_a_discriminator():
    fig, ax = plots.figure()
    x = np.linspace(0, 1, 11)
    plots.densities(ax, x, x, torch.ones(11), D=x / (x + 1), title="t")
    assert len(fig.axes) == 2 and fig.axes[1].get_ylim() == (0, 1.02)


ROWS = [
    {"row <b>": "untrained & new", "modes": 3, "KL": "2.1 ± 0.1"},
    {"row <b>": "perfect", "modes": 12, "KL": "not run"},
    {"row <b>": "blob", "modes": 8, "KL": "-0.5"},
]


def test_a_table_prints_as_aligned_text(capsys):
    plots.table(ROWS, title="Ring")
    assert capsys.readouterr().out.splitlines() == [
        "Ring",
        "row <b>          modes         KL",
        "---------------  -----  ---------",
        "untrained & new      3  2.1 ± 0.1",
        "perfect             12    not run",
        "blob                 8       -0.5",
    ]


def test_a_table_in_a_notebook_is_html_with_numbers_to_the_right_and_escaped_text():
    html = plots.Table(ROWS, "a < b")._repr_html_()
    assert "<strong>a &lt; b</strong>" in html and "overflow-x: auto" in html
    table = ElementTree.fromstring(html).find("table")
    head, *body = table.iter("tr")
    assert [cell.text for cell in head] == ["row <b>", "modes", "KL"]
    assert [cell.text for cell in body[0]] == ["untrained & new", "3", "2.1 ± 0.1"]
    for row in table.iter("tr"):
        assert [cell.get("align") for cell in row] == ["left", "right", "right"]
        assert all("white-space: nowrap" in cell.get("style") for cell in row)
        assert all("color" not in cell.get("style") for cell in row)  # light or dark


def test_a_sheet_of_colours_shows_them_as_they_are():
    red = torch.tensor([1.0, -1.0, -1.0])[None, :, None, None].expand(2, 3, 4, 5)
    sheet = plots.image_grid(red, columns=1, pad=1)
    assert sheet.shape == (11, 7, 3)
    assert (sheet[1:5, 1:6] == [255, 0, 0]).all() and (sheet[0] == 255).all()
    picture = Image.open(io.BytesIO(plots.sheet_png(red, zoom=1)))
    assert picture.mode == "RGB" and picture.getpixel((3, 3)) == (255, 0, 0)


@pytest.mark.parametrize("side", [32, 64])
def test_a_sheet_in_colour_of_any_size(side):
    images = torch.full((5, 3, side, side), -1.0)  # black
    images[3, 0] = 1.0  # red
    images[4] = 3.0  # beyond white
    sheet = plots.image_grid(images, columns=3, pad=1)
    assert sheet.shape == (2 * (side + 1) + 1, 3 * (side + 1) + 1, 3) and sheet.dtype == np.uint8
    assert (sheet[side + 2 : -1, 1 : side + 1] == (255, 0, 0)).all()
    assert (sheet[1 : side + 1, 1 : side + 1] == 0).all()
    assert (sheet[side + 2 :, side + 2 :] == 255).all()
    _, ax = plots.figure()
    plots.show_images(ax, images, "title", columns=3, pad=1)
    assert np.array_equal(ax.images[0].get_array(), sheet)


@pytest.mark.parametrize(
    "images",
    [
        torch.zeros(3, 28, 28),
        torch.zeros(2, 2, 8, 8),
        torch.zeros(0, 1, 8, 8),
        torch.full((1, 1, 2, 2), torch.nan),
    ],
)
def test_a_sheet_refuses_what_is_no_image(images):
    with pytest.raises(GanCourseError, match=r"shows images \(N, 1, H, W\) or \(N, 3, H, W\)"):
        plots.image_grid(images)


def test_rows_of_images_have_their_labels():
    rows = {"above": torch.zeros(3, 1, 4, 4), "below": torch.ones(3, 1, 4, 4)}
    _, ax = plots.figure()
    plots.show_rows(ax, rows, "title", pad=2)
    assert [text.get_text() for text in ax.texts] == ["above", "below"]
    first, second = (text.get_position() for text in ax.texts)
    assert first[1] == 2 + 2 and second[1] == 2 + 6 + 2  # the middles of the two rows
    sheet = plots.image_grid(torch.cat(list(rows.values())), columns=3, pad=2)
    assert np.array_equal(ax.images[0].get_array(), sheet)
