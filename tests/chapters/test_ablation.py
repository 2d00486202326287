"""Notebook 10's experiment: every trick changes the game, and a row's numbers are right."""

import json

import pytest
import torch

from gan_course import data, game
from gan_course.chapters import ablation
from gan_course.errors import DivergedError, GanCourseError

NUMBERS = {"modes", "high_quality", "kl", "frechet_distance", "cpu_seconds"}


def images():
    return data.ImageSet(
        torch.rand(80, 1, 28, 28) * 2 - 1,
        torch.arange(80) % 10,
        tuple("0123456789"),
        "noise",
        "a test",
    )


@pytest.fixture
def few(monkeypatch):
    """Rows that measure few samples: the numbers are not looked at."""
    sample = game.sample
    monkeypatch.setattr(game, "sample", lambda G, z, *rest: sample(G, z[:100], *rest))


@pytest.fixture
def ends(monkeypatch, few):
    """What each run of the game was handed, and the weights it ended with."""
    seen, train = {}, game.train

    def spy(G, D, batches, loss, config, terms=(), **rest):
        history = train(G, D, batches, loss, config, terms, **rest)
        weights = torch.cat([p.detach().flatten() for p in history.generator.parameters()])
        seen.update(G=G, D=D, loss=loss, config=config, terms=terms, weights=weights, **rest)
        return history

    monkeypatch.setattr(game, "train", spy)
    return seen


@pytest.mark.parametrize("trick", ablation.TRICKS)
def test_every_trick_runs_on_the_grid_and_changes_it(trick, ends):
    ablation.run("grid", "plain", 0, steps=4)
    plain = ends["weights"]
    row = ablation.run("grid", trick, 0, steps=4)
    assert row.keys() == {"task", "trick", "seed", "config"} | NUMBERS
    assert (row["task"], row["trick"], row["seed"], row["config"]["steps"]) == ("grid", trick, 0, 4)
    assert torch.equal(ends["weights"], plain) == (trick == "plain")
    json.dumps(row)  # it goes into a file of JSON lines


def test_a_row_can_be_recomputed(few):
    first, again, other = (
        ablation.run("grid", "replay of old fakes", seed, steps=3) for seed in (0, 0, 1)
    )
    same = NUMBERS - {"cpu_seconds"}
    assert {name: first[name] for name in same} == {name: again[name] for name in same}
    assert {name: first[name] for name in same} != {name: other[name] for name in same}


@pytest.mark.parametrize(
    "trick", ["minibatch discrimination", "packing of two", "relativistic, R1 and R2"]
)
def test_digits(trick, few):
    row = ablation.run("digits", trick, 0, steps=1, images=images())
    assert row.keys() >= NUMBERS and 0 <= row["high_quality"] <= 1 and 0 <= row["modes"] <= 10


def test_tricks_are_what_they_say(ends):
    ablation.run("grid", "historical averaging", 0, steps=1)
    assert ends["terms"][0].of is None and ends["g_penalties"][0].of is ends["G"]
    ablation.run("grid", "R1 and R2", 0, steps=1)
    assert [(term.on, term.weight) for term in ends["terms"]] == [("real", 0.1), ("fake", 0.1)]
    ablation.run("grid", "one-sided smoothing", 0, steps=1)
    assert (ends["loss"].real, ends["loss"].fake) == (0.9, 0.0)
    ablation.run("grid", "two time scales", 0, steps=1)
    assert ends["config"].lr_d == 4 * ends["config"].lr_g
    ablation.run("grid", "instance noise", 0, steps=10)
    assert ends["D"].sigma == 0  # gone after 70 % of the steps


def test_feature_matching_alone_leaves_g_no_adversarial_loss():
    real, fake = torch.randn(5), torch.randn(5, requires_grad=True)
    (slope,) = torch.autograd.grad(ablation.OnlyTerms().generator(real, fake), fake)
    assert (slope == 0).all()


def test_a_run_that_diverges_gives_a_row_without_numbers(monkeypatch):
    def diverge(*args, **kwargs):
        raise DivergedError("at once")

    monkeypatch.setattr(game, "train", diverge)
    row = ablation.run("grid", "plain", 3)
    assert row["diverged"] and not row.keys() & NUMBERS


def test_errors():
    with pytest.raises(GanCourseError, match="tasks are grid, digits"):
        ablation.run("ring", "plain", 0)
    with pytest.raises(GanCourseError, match="tricks are plain, "):
        ablation.run("grid", "magic", 0)
    with pytest.raises(GanCourseError, match="images"):
        ablation.run("digits", "plain", 0)


def test_scores_of_real_points_are_the_ceiling():
    grid = ablation.GRID
    found = ablation.score("grid", grid.sample(20_000, torch.Generator().manual_seed(0)))
    assert found["modes"] == 25 and found["kl"] < 0.002
    assert found["high_quality"] == pytest.approx(1 - 2.718281828**-4.5, abs=0.004)
    assert found["frechet_distance"] < 0.001


def test_scores_of_one_mode():
    """KL log 25; Fréchet distance |mean|^2 + trace of the covariance."""
    found = ablation.score("grid", torch.full((50, 2), 2.0))
    assert (found["modes"], found["high_quality"]) == (1, 1.0)
    assert found["kl"] == pytest.approx(3.218876, abs=1e-5)
    assert found["frechet_distance"] == pytest.approx(8 + 2 * (2 + 0.025**2), rel=1e-4)
