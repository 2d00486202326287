"""What the widgets send to the browser. That they show it is tested in tests/browser."""

import io
import zlib
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image

from gan_course import conv, errors, game, models, widgets
from gan_course.chapters import translate
from gan_course.widgets import packing, portable


def ask(widget, name, content=None, data=None):
    widget._answer(
        widget, {"id": "1", "name": name, "content": content or {}}, [data] if data else []
    )
    return widget.sent[-1]


def test_explore_draws_on_request_and_sends_errors_as_text(shown):
    def draw(shift, modes):
        if modes == 4:
            raise ValueError("four is not allowed")
        assert isinstance(modes, int) and isinstance(shift, float)
        return torch.full((2, 1, 4, 4), shift / 2)

    widget = shown(
        widgets.explore, draw, shift=(0.0, 2.0, 0.5, 1.0, "shift of G"), modes=(1, 5, 1, 2)
    )
    assert [s["label"] for s in widget.config["sliders"]] == ["shift of G", "modes"]
    assert widget.data.startswith(b"\x89PNG")
    _, (picture,) = ask(widget, "draw", {"shift": 2, "modes": 2})
    assert picture.startswith(b"\x89PNG") and picture != widget.data
    answer, _ = ask(widget, "draw", {"shift": 2, "modes": 4})
    assert answer == {"id": "1", "error": "ValueError: four is not allowed"}
    assert "error" in ask(widget, "no such request")[0]


def test_explore_fails_the_cell_if_the_first_picture_fails():
    with pytest.raises(ZeroDivisionError):
        widgets.explore(lambda t: 1 / 0, t=(0.0, 1.0, 0.1, 0.0))


def test_latent_sends_the_weights_of_a_known_network(shown):
    G = conv.ConvGenerator(8, (1, 12, 12), width=4, num_classes=3).eval()
    widget = shown(widgets.latent, G, label=2)
    assert (
        widget.config["portable"] and widget.config["num_classes"] == 3 and len(widget.data) == 144
    )
    answer, (weights,) = ask(widget, "weights")
    assert answer["content"]["latent_dim"] == 8 and len(weights) > 1000
    directions = torch.tensor(widget.config["directions"])
    assert torch.allclose(directions @ directions.T, torch.eye(len(directions)), atol=1e-3)


def test_latent_asks_the_kernel_about_any_other_network(shown):
    class Strange(torch.nn.Module):
        latent_dim, shape = 4, (1, 5, 5)

        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(4, 25)

        def forward(self, z):
            return torch.sin(self.layer(z)).unflatten(1, self.shape)

    G = Strange()
    widget = shown(widgets.latent, G)
    assert not widget.config["portable"]
    z = np.arange(12, dtype="<f4").reshape(3, 4) / 10
    _, (pixels,) = ask(widget, "draw", {"count": 3, "label": 0}, z.tobytes())
    wanted = ((G(torch.from_numpy(z)) + 1) * 127.5).round().byte()
    assert bytes(pixels) == wanted.numpy().tobytes()


def test_latent_refuses_what_is_no_image():
    for shape in ((2,), (2, 8, 8), (4, 8, 8)):
        with pytest.raises(errors.GanCourseError, match=r"shows images, .*\("):
            widgets.latent(models.MLPGenerator(2, shape))


COLOUR = [(3, 32, 32), (3, 64, 64)]


@pytest.mark.parametrize("shape", COLOUR)
@pytest.mark.parametrize("known", [True, False])
def test_latent_in_colour(shown, shape, known):
    """known: whether the browser can run the network, or asks the kernel."""
    blocks = 3 if shape[1] == 32 else 4
    G = conv.ConvGenerator(8, shape, width=4, blocks=blocks, num_classes=3).eval()
    if not known:
        G.extra = torch.nn.Softsign()
    widget = shown(widgets.latent, G, label=2)
    assert (widget.config["channels"], widget.config["shape"]) == (3, list(shape[1:]))
    assert widget.config["portable"] == known
    z = torch.from_numpy(portable.browser_normal(1, 8))[None]
    wanted = ((game.sample(G, z, torch.tensor([2])) + 1) * 127.5).round().byte()
    assert widget.data == wanted.numpy().tobytes()
    if known:
        answer, (weights,) = ask(widget, "weights")
        program = answer["content"]
        drawn = portable.run(program, bytes(weights), z, torch.tensor([2]))
        assert program["shape"] == list(shape) and drawn.shape == (1, *shape)
    else:
        rows = np.concatenate([z.numpy(), z.numpy()]).tobytes()
        _, (pixels,) = ask(widget, "draw", {"count": 2, "label": 2}, rows)
        assert bytes(pixels) == 2 * wanted.numpy().tobytes()


@pytest.mark.parametrize("shape", COLOUR)
def test_time_machine_in_colour(shown, shape):
    sheet = torch.rand(4, *shape) * 2 - 1
    widget = shown(widgets.time_machine, [0, 9], images=[-sheet, sheet], columns=2)
    assert widget.config["channels"] == 3 and widget.config["shape"] == list(shape[1:])
    found = packing.unpack(widget.config["parts"], zlib.decompress(widget.data), 1)["images"]
    wanted = (sheet + 1) * 127.5
    assert np.abs(found - wanted.flatten().numpy()).max() <= 8.5  # of 32 levels


@pytest.mark.parametrize("shape", COLOUR)
def test_brush_in_colour(shown, shape):
    G = translate.UNet(latent_dim=2, planes=4, shape=shape, width=4).eval()
    pictures = torch.rand(2, *shape) * 2 - 1
    widget = shown(widgets.brush, G, pictures, lower=20)
    sent = torch.frombuffer(bytearray(widget.data), dtype=torch.uint8).view(3, *shape)
    assert torch.equal(sent[2, :, :20], sent[0, :, :20])
    assert not torch.equal(sent[2, :, 20:], sent[0, :, 20:])
    with pytest.raises(errors.GanCourseError, match=r"pictures of its shape; found \(2, 1, "):
        widgets.brush(G, pictures[:, :1])


@pytest.mark.parametrize("shape", COLOUR)
def test_explore_in_colour(shown, shape):
    widget = shown(widgets.explore, lambda t: torch.full((2, *shape), t), t=(-1.0, 1.0, 0.1, 1.0))
    picture = Image.open(io.BytesIO(widget.data))
    assert picture.mode == "RGB" and picture.size[1] == 2 * (shape[1] + 4)
    assert picture.getpixel((8, 8)) == (255, 255, 255)


def test_the_seeded_normal_is_that_of_the_browser():
    draws = portable.browser_normal(7, 20_000)
    assert abs(draws.mean()) < 0.03 and abs(draws.std() - 1) < 0.03
    # tests/browser/test_site_widgets.py compares the numbers themselves


@pytest.mark.parametrize(
    ("kind", "count"), [("images", 2 * 16), ("plane", 48 * 48 + 2 * 10 * 2), ("line", 2 * 4 * 5)]
)
def test_time_machine_packs_every_snapshot(shown, kind, count):
    steps, history = (
        [0, 10, 20],
        [{"step": s, "d_loss": 1.0, "g_loss": 2.0} for s in range(0, 21, 5)],
    )
    D = models.MLPDiscriminator((2,), (8,))
    x = np.linspace(-1, 1, 5)
    frames = {
        "images": {"images": [torch.zeros(2, 1, 4, 4)] * 3},
        "plane": {
            "samples": [torch.zeros(10, 2)] * 3,
            "maps": [D] * 3,
            "limit": 2.0,
            "real": torch.zeros(4, 2),
        },
        "line": {"x": x, "p": x**2, "q": [x] * 3, "D": [x] * 3},
    }[kind]
    widget = shown(widgets.time_machine, steps, history, **frames)
    assert widget.config["view"] == kind and widget.config["losses"]["step"] == [0, 5, 10, 15, 20]
    assert len(zlib.decompress(widget.data)) == 3 * count


def test_time_machine_with_meters(shown):
    images, meters = (
        [torch.zeros(1, 1, 4, 4)] * 2,
        [torch.tensor([[1.0, -2.0]]), torch.tensor([[9.0, 0.5]])],
    )
    names = {"down": ["blur"], "across": ["precision", "recall"], "unit": "{} %"}
    widget = shown(widgets.time_machine, [10, 50], images=images, meters=meters, **names)
    assert widget.config["meters"] == {
        "rows": ["blur"],
        "columns": ["precision", "recall"],
        "band": 4.0,
    }
    assert widget.config["unit"] == "{} %" and [part[0] for part in widget.config["parts"]] == [
        "images",
        "meters",
    ]
    assert np.frombuffer(zlib.decompress(widget.data)[-8:], "<f4").tolist() == [9.0, 0.5]
    with pytest.raises(ValueError, match="shorter"):
        widgets.time_machine([10, 50], images=images, meters=meters[:1], **names)


def test_time_machine_names_what_is_wrong():
    with pytest.raises(errors.GanCourseError, match="found 2 for 3 steps"):
        widgets.time_machine([0, 1, 2], images=[torch.zeros(1, 1, 4, 4)] * 2)
    with pytest.raises(errors.GanCourseError, match="differ in shape"):
        widgets.time_machine([0, 1], images=[torch.zeros(1, 1, 4, 4), torch.zeros(2, 1, 4, 4)])
    with pytest.raises(errors.GanCourseError, match="takes images, or samples"):
        widgets.time_machine([0], pictures=[1])


def test_objective_knows_its_views(shown):
    widget = shown(widgets.objective, "transport", (0.0, 4.0, 0.1, 2.0), (0.1, 1.0, 0.05, 0.3))
    assert widget.config["same_width"] and widget.config["shift"]["value"] == 2.0
    with pytest.raises(errors.GanCourseError, match="'values' is not one of value"):
        widgets.objective("values", (0.0, 1.0, 0.1, 0.5), (0.0, 1.0, 0.1, 0.5))


def test_dynamics_knows_its_methods(shown):
    assert shown(widgets.dynamics, "R1", gamma=0.5).config["gamma"] == 0.5
    with pytest.raises(errors.GanCourseError, match="'R2' is not one of xy, minimax"):
        widgets.dynamics("R2")


def test_a_history_is_a_list_of_records_or_a_run(shown):
    records = [{"step": s, "d_loss": 1.0, "g_loss": 2.0} for s in range(3)]
    run = SimpleNamespace(records=records)
    frames = {"images": [torch.zeros(1, 1, 4, 4)]}
    of_run = shown(widgets.time_machine, [2], run, **frames)
    of_list = shown(widgets.time_machine, [2], records, **frames)
    assert of_run.config["losses"] == of_list.config["losses"]
    assert of_run.config["losses"]["g"] == [2.0, 2.0, 2.0]


def test_plane_colours_by_mode(shown):
    from gan_course import data

    G = models.MLPGenerator(2, (2,), (8,), output="linear")
    widget = shown(widgets.plane, G, torch.zeros(5, 2), 3.0, data.ring())
    assert len(widget.config["centres"]) == 8 and widget.config["near"] == pytest.approx(0.06)


def test_brush_sends_the_digits_and_the_first_fill(shown):
    G = translate.UNet(width=4).eval()
    pictures = torch.rand(3, 1, 28, 28) * 2 - 1
    widget = shown(widgets.brush, G, pictures, "some-name", names=[7, 2, 1], lower=20)
    assert widget.config["names"] == ["7", "2", "1"] and (
        widget.config["count"],
        widget.config["latent_dim"],
    ) == (3, 4)
    sent = torch.frombuffer(bytearray(widget.data), dtype=torch.uint8).view(4, 28, 28)
    assert torch.equal(sent[3, :20], sent[0, :20]) and not torch.equal(sent[3, 20:], sent[0, 20:])
    answer, (weights,) = ask(widget, "weights")
    assert answer["content"]["operations"][-1]["op"] == "paste" and len(weights) > 1000
    with pytest.raises(errors.GanCourseError, match="known=True"):
        widgets.brush(translate.UNet(1, planes=1, known=False, width=4), pictures)


def test_real_or_fake_sends_each_picture_once(shown):
    grey, colour = torch.rand(2, 12, 1, 28, 28) * 2 - 1, torch.rand(2, 15, 3, 32, 32) * 2 - 1
    widget = shown(widgets.real_or_fake, {"digits": tuple(grey), "faces": tuple(colour)})
    assert [s["each"] for s in widget.config["sets"]] == [12, 15]
    assert len(widget.data) == 2 * (12 * 784 + 15 * 3 * 1024)
    with pytest.raises(errors.GanCourseError, match="12 or more"):
        widgets.real_or_fake({"few": (grey[0][:5], grey[1][:5])})


def test_laboratory_trains_on_request(shown):
    widget = shown(widgets.training_laboratory, seed=3)
    settings = widget.config["settings"]
    assert settings["seed"] == 3
    answer, (data,) = ask(widget, "advance", {"settings": settings, "steps": 2})
    content = answer["content"]
    assert 1 <= content["step"] <= 2 and len(content["losses"]["step"]) == content["step"]
    sizes = {"u1": 1, "i2": 2, "f4": 4}
    assert len(data) == sum(sizes[kind] * n for _, kind, n, _ in content["parts"])
    answer, _ = ask(widget, "advance", {"settings": {**settings, "loss": "no such loss"}})
    assert "'no such loss' is not one of" in answer["error"]


def test_sounds_sends_every_row_as_16_bit(shown):
    wave = torch.linspace(-1, 1.5, 600).expand(3, 1, 600)
    widget = shown(
        widgets.sounds,
        {"generated": wave, "real": -wave},
        4000,
        {"real": ["a", "b", "c"]},
        real=("real",),
    )
    config = widget.config
    assert (config["rows"], config["count"], config["samples"], config["real"]) == (
        ["generated", "real"],
        3,
        600,
        ["real"],
    )
    assert config["captions"] == [["generated 1", "generated 2", "generated 3"], ["a", "b", "c"]]
    numbers = np.frombuffer(widget.data, "<i2").reshape(2, 3, 600)
    assert numbers[0, 0, 0] == -32767 and numbers[0, 2, -1] == 32767  # clipped, not wrapped
    assert numbers[1, 1] == pytest.approx(-wave[1, 0].numpy().clip(-1, 1) * 32767, abs=1)
    with pytest.raises(errors.GanCourseError, match="of one shape"):
        widgets.sounds({"a": wave, "b": wave[:2]}, 4000)
    with pytest.raises(errors.GanCourseError, match="as many captions"):
        widgets.sounds({"a": wave}, 4000, {"a": ["one"]})
