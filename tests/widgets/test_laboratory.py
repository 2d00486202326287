import time

import pytest
import torch

from gan_course import errors, game, losses, models, plots
from gan_course.config import TrainConfig
from gan_course.widgets import laboratory


def settings(**changes):
    return {**laboratory.DEFAULTS, **changes}


def test_it_takes_the_steps_of_the_training_loop():
    lab = laboratory.Laboratory(seed=4)
    while lab.state.step < 20:
        lab.advance(settings(seed=4), steps=1)
    torch.manual_seed(4)
    G = models.MLPGenerator(2, (2,), (128, 128), activation="relu", output="linear")
    D = models.MLPDiscriminator((2,), (128, 128), activation="relu")
    config = TrainConfig(20, latent_dim=2, lr_g=2e-3, lr_d=2e-3, betas=(0.5, 0.99), seed=4)
    game.train(G, D, lab.target.batches(laboratory.BATCH, 4), losses.NonSaturating(), config)
    for ours, theirs in zip(lab.state.G.parameters(), G.parameters()):
        assert torch.allclose(ours, theirs, atol=1e-5)


def test_one_player_moves_alone():
    lab = laboratory.Laboratory()
    before = {name: [p.clone() for p in getattr(lab.state, name).parameters()] for name in "GD"}

    def moved(name):
        return any(
            not torch.equal(a, b)
            for a, b in zip(before[name], getattr(lab.state, name).parameters())
        )

    lab.d_step(settings())
    assert moved("D") and not moved("G") and lab.state.step == 0
    before["D"] = [p.clone() for p in lab.state.D.parameters()]
    lab.g_step(settings())
    assert moved("G") and not moved("D") and lab.state.step == 1


def test_choices_take_effect_at_once_and_data_starts_anew():
    lab = laboratory.Laboratory()
    lab.advance(settings(), steps=3)
    step = lab.state.step
    lab.advance(settings(loss="hinge", penalty="R1 (0.1)", lr_d=1e-5), steps=1)
    assert (
        isinstance(lab.state.loss, losses.Hinge)
        and len(lab.state.penalties) == 1
        and lab.state.step > step
    )
    assert lab.state.opt_d.param_groups[0]["lr"] == 1e-5
    found = lab.advance(settings(data="two moons"), steps=1)
    assert found["step"] == 1 and found["of"] == 0 and found["limit"] < 3


@pytest.mark.parametrize("penalty", laboratory.PENALTIES)
@pytest.mark.parametrize("loss", laboratory.LOSSES)
def test_every_choice_trains(loss, penalty):
    lab = laboratory.Laboratory(data="grid", d_steps=2)
    found = lab.advance(settings(data="grid", loss=loss, penalty=penalty, d_steps=2), steps=2)
    assert found["step"] >= 1 and found["of"] == 25 and found["spread"] >= 0
    assert all(torch.isfinite(array).all() for array in found["arrays"].values())


def test_each_record_is_sent_once():
    lab = laboratory.Laboratory()
    steps = [s for _ in range(4) for s in lab.advance(settings(), steps=3)["losses"]["step"]]
    assert steps == list(range(1, lab.state.step + 1))


def test_it_leaves_the_notebooks_random_numbers_alone():
    torch.manual_seed(0)
    wanted = torch.randn(3)
    torch.manual_seed(0)
    lab = laboratory.Laboratory()
    lab.advance(settings(penalty="gradient penalty (1)"), steps=2)
    assert torch.equal(torch.randn(3), wanted)


def test_a_picture_is_never_long_in_coming():
    lab = laboratory.Laboratory()
    lab.advance(settings(), steps=2)
    start = time.perf_counter()
    found = lab.advance(settings(), steps=100_000)
    # 0.04 s of training and a snapshot; generous, since the machine may be busy
    assert time.perf_counter() - start < 2
    assert found["step"] < 50_000


def test_errors_say_what_to_do():
    with pytest.raises(errors.GanCourseError, match="data 'circle' is not one of ring, grid"):
        laboratory.Laboratory(data="circle")
    lab = laboratory.Laboratory()
    with torch.no_grad():
        next(lab.state.D.parameters()).fill_(float("nan"))
    with pytest.raises(errors.DivergedError, match="Reset"):
        lab.advance(settings(), steps=1)
    lab.reset(settings())
    assert lab.advance(settings(), steps=1)["step"] == 1


def test_the_map_of_d_has_its_first_row_at_the_bottom():
    class Up(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.k = torch.nn.Parameter(torch.tensor(5.0))

        def forward(self, x):
            return self.k * x[:, 1] + x[:, 0]

    found = plots.probability_map(Up(), 2.0, 5)
    assert found[0, 2] < 0.01 and found[4, 2] > 0.99 and found[2, 0] < 0.5 < found[2, 4]
