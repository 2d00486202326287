import io

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


def test_show_stores_the_alt_text_with_the_figure(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    plots.show(plots.figure()[0], alt="two curves that cross at 1")
    data, metadata = shown[0]._repr_mimebundle_()
    assert "image/png" in data and metadata["image/png"]["alt"] == "two curves that cross at 1"


def test_toy_plots_draw_what_they_are_given():
    G, D = (
        models.MLPGenerator(2, (2,), (8,), output="linear"),
        models.MLPDiscriminator((2,), (8,)).train(),
    )
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


def test_densities_with_a_discriminator():
    fig, ax = plots.figure()
    x = np.linspace(0, 1, 11)
    plots.densities(ax, x, x, torch.ones(11), D=x / (x + 1), title="t")
    assert len(fig.axes) == 2 and fig.axes[1].get_ylim() == (0, 1.02)


def test_table_is_aligned(capsys):
    plots.table(
        [{"row": "untrained", "modes": 3}, {"row": "perfect sampler", "modes": 8}], title="Ring"
    )
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[0] == "Ring"
        and len({line.index(c) for line, c in zip(lines[1:], ("modes", "-----", "3", "8"))}) <= 2
    )
    assert lines[3].startswith("untrained        3")


@pytest.mark.parametrize(
    "images",
    [
        torch.zeros(3, 28, 28),
        torch.zeros(2, 3, 8, 8),
        torch.zeros(0, 1, 8, 8),
        torch.full((1, 1, 2, 2), torch.nan),
    ],
)
def test_a_sheet_refuses_what_is_no_grey_image(images):
    with pytest.raises(GanCourseError, match=r"grey images \(N, 1, H, W\)"):
        plots.image_grid(images)
