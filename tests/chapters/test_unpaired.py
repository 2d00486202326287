"""The two joined games and the rows of notebook 15's table."""

import pytest
import torch
from torch import nn

from gan_course import data
from gan_course.chapters import styles, unpaired
from gan_course.errors import GanCourseError


@pytest.fixture(scope="module")
def setup():
    images = data.images("embedded")
    x, labels, test = images.images, images.labels, data.images("embedded", "test")
    s = styles.Styles(
        styles.thin(x[:64]),
        styles.bold(x[750:814]),
        labels[:64],
        labels[750:814],
        styles.bold(x[:64]),
        styles.thin(test.images[:20]),
        styles.bold(test.images[:20]),
        test.labels[:20],
        "embedded",
    )
    return styles.Setup(s, judge=styles.train_judge(s, steps=2))


def test_the_rate_is_constant_then_falls_to_zero():
    assert [unpaired.falling(step, 100) for step in (0, 49, 75, 100)] == [1.0, 1.0, 0.5, 0.0]


@pytest.mark.parametrize("method", unpaired.METHODS)
def test_every_method_gives_a_row_that_its_seed_decides(method, setup):
    row = unpaired.run(method, 0, setup, steps=2)
    again = unpaired.run(method, 0, setup, steps=2)
    assert {k: v for k, v in row.items() if k != "cpu_seconds"} == {
        k: v for k, v in again.items() if k != "cpu_seconds"
    }
    assert {"kept", "style", "pixels"} <= set(row)
    assert ("back_kept" in row) == ("cycle" in method or "GAN" in method)


def test_unknown_method_is_named():
    with pytest.raises(GanCourseError, match="there are"):
        unpaired.run("magic", 0, None)


def test_a_copier_copies(setup):
    T = unpaired.start_as_copy(unpaired.unet(0, latent_dim=1), setup.s.thin, 0, steps=60).eval()
    x = setup.s.test_thin
    assert (T(torch.rand(len(x), 1), x) - x).abs().mean() < 0.3


def test_the_cycle_alone_is_learned():
    """Linear maps of the line with blind discriminators: all that is left is to undo each other."""
    torch.manual_seed(0)
    forth, back = nn.Linear(1, 1), nn.Linear(1, 1)

    class Blind(nn.Module):
        def __init__(self):
            super().__init__()
            self.score = nn.Parameter(torch.zeros(()))

        def forward(self, x):
            return self.score.expand(len(x))

    x = torch.randn(200, 1, generator=torch.Generator().manual_seed(0))
    records = unpaired.cycle_game(
        forth, back, Blind(), Blind(), data.batches(x, 50, 0), data.batches(x, 50, 1), 1_000
    )
    assert records[-1]["cycle"] < 0.2 * records[0]["cycle"]
    assert len(records) == 1_000 and {"step", "d_loss", "g_loss", "cycle"} == set(records[0])


def test_noise_hurts_the_return(setup):
    identity = nn.Identity()
    errors = [
        unpaired.hidden(identity, identity, setup.s.test_thin, setup.s.test_bold, sigma)
        for sigma in (0.0, 0.3)
    ]
    assert errors[0][0] == 0 and errors[1][0] > 0.2
    assert errors[0][1] > 0.1  # a bold picture is no thin one


@pytest.fixture(scope="module")
def faces():
    return data.images("faces", "test").take(torch.arange(200))


def test_faces_with_and_without_glasses(faces):
    bare, worn = unpaired.glasses(faces)
    assert len(bare) + len(worn) == 200 and bare.shape[1:] == worn.shape[1:] == (3, 16, 16)
    same = unpaired.judge_faces(bare, bare)
    assert same["pixels"] == 0 and same["kept"] == 1 and same["worn"] < 0.05
    assert unpaired.judge_faces(worn, worn)["worn"] > 0.95


@pytest.mark.parametrize("method", unpaired.GAMES)
def test_every_game_puts_glasses_on(method, faces):
    rows = [unpaired.run_faces(method, 0, faces, faces, steps=2) for _ in range(2)]
    for row in rows:
        del row["cpu_seconds"]
    assert rows[0] == rows[1]
    shares = {name: value for name, value in rows[0].items() if name != "steps"}
    assert all(0 <= value <= 2 for value in shares.values())
