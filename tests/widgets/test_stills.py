"""What a page shows of a widget where no script runs."""

import base64
import io

import numpy as np
import pytest
import torch
from PIL import Image

from gan_course import conv, data, models, pretrained, widgets
from gan_course.chapters import translate
from gan_course.widgets import stills

X = np.linspace(-1, 1, 50)
STEPS, HISTORY = [0, 10], [{"step": s, "d_loss": 1.3, "g_loss": 0.7} for s in range(0, 12, 2)]
SHEETS = [torch.rand(20, 1, 28, 28)] * 2
SAMPLES = {"samples": [torch.rand(20, 2)] * 2, "centres": data.ring().means}
METERS = {"meters": [torch.randn(2, 3) * 9] * 2, "down": ["a", "b"], "across": ["c", "d", "e"]}
WAVES = {"generated": torch.rand(3, 1, 600) - 0.5, "recorded": torch.rand(3, 1, 600) - 0.5}


def digits():
    return conv.ConvGenerator(8, (1, 12, 12), width=4, num_classes=3).eval()


def points():
    return models.MLPGenerator(2, (2,), (8,), output="linear")


def critic():
    return models.MLPDiscriminator((2,), (8,))


# name -> (kind, what is called, what the sentence must say)
SHOWN = {
    "latent": ("latent", lambda: widgets.latent(digits(), label=2), "seed 1, label 2"),
    "plane": ("plane", lambda: widgets.plane(points(), torch.randn(50, 2), 3.0), "z = (0.50, 1.00"),
    "value": (
        "objective",
        lambda: widgets.objective("value", (-4.0, 4.0, 0.1, 0.0), (0.2, 3.0, 0.1, 1.0)),
        "Jensen-Shannon divergence is 0.000",
    ),
    "transport": (
        "objective",
        lambda: widgets.objective("transport", (0.0, 4.0, 0.1, 2.0), (0.1, 1.0, 0.05, 0.3)),
        "W1 2.000",
    ),
    "dynamics": ("dynamics", lambda: widgets.dynamics("R1"), "by method R1"),
    "laboratory": ("laboratory", widgets.training_laboratory, "a GAN on ring"),
    "images": (
        "timemachine",
        lambda: widgets.time_machine(STEPS, HISTORY, images=SHEETS),
        "2 snapshots of a run; shown is the last, step 10: a sheet of 20 images, beside the losses",
    ),
    "samples": (
        "timemachine",
        lambda: widgets.time_machine(
            STEPS, maps=[critic()] * 2, pulls=[torch.rand(9, 4)] * 2, **SAMPLES
        ),
        "samples in the plane",
    ),
    "densities": (
        "timemachine",
        lambda: widgets.time_machine(STEPS, x=X, p=X**2, q=[X**2] * 2, D=[X**2] * 2),
        "the densities",
    ),
    "meters": (
        "timemachine",
        lambda: widgets.time_machine(STEPS, images=SHEETS, unit="{} %", **METERS),
        "the last, 10 %",
    ),
    "sounds": ("sounds", lambda: widgets.sounds(WAVES, 4000, real=("recorded",)), "generated 1"),
    "brush": (
        "brush",
        lambda: widgets.brush(translate.UNet(width=4).eval(), torch.rand(3, 1, 28, 28), lower=20),
        "hidden from row 20",
    ),
    "real or generated": (
        "realfake",
        lambda: widgets.real_or_fake({"noise": tuple(torch.rand(2, 12, 1, 28, 28) * 2 - 1)}),
        "a game of 24 pictures",
    ),
    "latent in colour": (
        "latent",
        lambda: widgets.latent(conv.ConvGenerator(8, (3, 32, 32), width=4).eval()),
        "seed 1",
    ),
    "images in colour": (
        "timemachine",
        lambda: widgets.time_machine(STEPS, images=[torch.rand(20, 3, 32, 32) * 2 - 1] * 2),
        "a sheet of 20 images",
    ),
    "brush in colour": (
        "brush",
        lambda: widgets.brush(
            translate.UNet(planes=4, shape=(3, 32, 32), width=4).eval(), torch.rand(3, 3, 32, 32)
        ),
        "a picture, hidden from row 13",
    ),
    "sheets": (
        "sheets",
        lambda: widgets.sheets(pretrained.load("faces-32"), "faces-32", walk=True, count=4),
        "4 pictures that a generator draws",
    ),
    "explore": (
        "explore",
        lambda: widgets.explore(
            lambda t: torch.full((2, 1, 8, 8), t), "mine", t=(0.0, 1.0, 0.1, 0.5)
        ),
        "here for t 0.5",
    ),
}


def test_every_kind_has_a_still():
    assert {kind for kind, _, _ in SHOWN.values()} == set(stills.KINDS)


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_and_a_sentence_stand_in_for_the_widget(shown, name):
    kind, call, says = SHOWN[name]
    widget = shown(call)
    assert widget.kind == kind
    bundle, metadata = widget._repr_mimebundle_()
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == widget.model_id
    png = base64.b64decode(bundle["image/png"], validate=True)
    picture = Image.open(io.BytesIO(png))
    picture.load()
    assert picture.format == "PNG" and len(png) < 60_000
    darkest, lightest = picture.convert("L").getextrema()
    assert lightest - darkest > 100  # something is drawn
    sentence = bundle["text/plain"]
    assert says in sentence and widget.config["title"] in sentence
    assert "object at 0x" not in sentence and sentence.endswith(f"{stills.LIVE}.")
    width = picture.width if kind == "explore" else picture.width // 2
    assert metadata["image/png"] == {"alt": sentence, "width": width}


def test_the_still_shows_the_last_snapshot(shown):
    ink, paper = torch.ones(20, 1, 8, 8), -torch.ones(20, 1, 8, 8)

    def dark(images):
        bundle, _ = shown(widgets.time_machine, STEPS, images=images)._repr_mimebundle_()
        picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
        return (np.asarray(picture.convert("L")) < 50).mean()

    assert dark([paper, ink]) > 1.5 * dark([ink, paper])


def test_the_still_is_in_colour(shown):
    red = torch.tensor([1.0, -1.0, -1.0]).view(1, 3, 1, 1).expand(20, 3, 32, 32)
    bundle, _ = shown(widgets.time_machine, STEPS, images=[red, red])._repr_mimebundle_()
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    pixels = np.asarray(picture.convert("RGB"))
    assert ((pixels[..., 0] > 240) & (pixels[..., 1:] < 15).all(-1)).mean() > 0.3


@pytest.mark.parametrize("method", stills.FIELDS)
def test_the_linear_part_of_a_field_is_that_of_the_page(method):
    """The Jacobians that source/dynamics.js lists, at the origin and at strength 0.4."""
    g, h, field = 0.4, 1e-5, stills.FIELDS[method]
    matrix = {
        "xy": [0, -1, 1, 0],
        "noise": [0, 0.5, -0.5, -g / 2],
        "R1": [0, 0.5, -0.5, -g],
        "consensus": [-g / 4, 0.5, -0.5, -g / 4],
        "wgan": [0, 1, -1, 0],
    }
    if method == "wgangp":  # it does not rest at the origin
        assert field(0.0, 1.0, g) == (1.0, 0.0)
        return
    by_theta = (np.array(field(h, 0.0, g)) - np.array(field(-h, 0.0, g))) / (2 * h)
    by_psi = (np.array(field(0.0, h, g)) - np.array(field(0.0, -h, g))) / (2 * h)
    found = [by_theta[0], by_psi[0], by_theta[1], by_psi[1]]
    assert found == pytest.approx(matrix.get(method, [0, 0.5, -0.5, 0]), abs=1e-6)
