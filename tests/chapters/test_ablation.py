"""Notebook 10's experiment: every trick changes the game, and a row's numbers are right."""

import json

import pytest
import torch

from gan_course import data, game
from gan_course.chapters import ablation
from gan_course.errors import DivergedError, GanCourseError

ABOUT = {"task", "trick", "seed", "config", "weights_of_d", "curve"}
NUMBERS = {"modes", "high_quality", "kl", "spread", "cpu_seconds"}


def images():
    return data.ImageSet(
        torch.rand(80, 1, 28, 28) * 2 - 1,
        torch.arange(80) % 10,
        tuple("0123456789"),
        "noise",
        "a test",
    )


def faces():
    noise = torch.rand(80, 3, 32, 32) * 2 - 1
    return data.ImageSet(noise, torch.zeros(80, dtype=torch.int64), ("face",), "noise", "a test")


@pytest.fixture
def few(monkeypatch):
    """Rows that measure few samples: the numbers are not looked at."""
    monkeypatch.setattr(ablation, "SAMPLES", dict.fromkeys(ablation.TASKS, 100))


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


@pytest.mark.parametrize("trick", ablation.of_task("grid"))
def test_every_trick_runs_on_the_grid_and_changes_it(trick, ends):
    ablation.run("grid", "plain", 0, steps=8)
    plain = ends["weights"]
    row = ablation.run("grid", trick, 0, steps=8)
    assert row.keys() == ABOUT | NUMBERS
    assert (row["task"], row["trick"], row["seed"], row["config"]["steps"]) == ("grid", trick, 0, 8)
    assert [scores["step"] for scores in row["curve"]] == [1, 2, 4, 8]
    assert row["curve"][-1].items() >= {name: row[name] for name in NUMBERS}.items()
    assert torch.equal(ends["weights"], plain) == (trick == "plain")
    json.dumps(row)  # it goes into a file of JSON lines


def test_a_row_can_be_recomputed(ends):
    weights = []
    for seed in (0, 0, 1):
        ablation.run("grid", "replay of old fakes", seed, steps=8)
        weights.append(ends["weights"])
    assert torch.equal(weights[0], weights[1]) and not torch.equal(weights[0], weights[2])


@pytest.mark.parametrize("trick", ["minibatch discrimination", "minibatch deviation"])
@pytest.mark.parametrize("task", ablation.TASKS)
def test_d_grows_by_7_percent_at_most(task, trick, monkeypatch):
    monkeypatch.setattr(ablation, "measure", lambda task, G: {})
    learned = {"grid": None, "digits": images(), "faces": faces()}[task]
    plain, larger = (
        ablation.run(task, name, 0, steps=8, images=learned)["weights_of_d"]
        for name in ("plain", trick)
    )
    assert plain < larger < 1.07 * plain


@pytest.mark.parametrize("trick", ["minibatch discrimination", "relativistic, R1 and R2"])
def test_digits(trick, few):
    row = ablation.run("digits", trick, 0, steps=8, images=images())
    assert 0 <= row["high_quality"] <= 1 and 0 <= row["recall"] <= 1
    assert row["frechet_distance"] > 100


def test_faces(few):
    row = ablation.run("faces", "packing of two", 0, steps=8, images=faces())
    assert row["frechet_distance"] > 10 and "high_quality" not in row


def test_tricks_are_what_they_say(ends):
    ablation.run("grid", "historical averaging", 0, steps=8)
    assert ends["terms"][0].of is None and ends["g_penalties"][0].of is ends["G"]
    ablation.run("grid", "R1 and R2", 0, steps=8)
    assert [(term.on, term.weight) for term in ends["terms"]] == [("real", 0.1), ("fake", 0.1)]
    ablation.run("grid", "one-sided smoothing", 0, steps=8)
    assert (ends["loss"].real, ends["loss"].fake) == (0.9, 0.0)
    ablation.run("grid", "two time scales", 0, steps=8)
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
    with pytest.raises(GanCourseError, match="tasks are grid, digits, faces"):
        ablation.run("ring", "plain", 0)
    with pytest.raises(GanCourseError, match="tricks are plain, "):
        ablation.run("grid", "magic", 0)
    with pytest.raises(GanCourseError, match="images"):
        ablation.run("digits", "plain", 0)
    with pytest.raises(GanCourseError, match="leaves that trick out"):
        ablation.run("digits", "packing of two", 0, images=images())


def test_scores_of_real_points_are_the_ceiling():
    grid = ablation.GRID
    found = ablation.score("grid", grid.sample(20_000, torch.Generator().manual_seed(0)))
    assert found["modes"] == 25 and found["kl"] < 0.002
    assert found["high_quality"] == pytest.approx(1 - 2.718281828**-4.5, abs=0.004)


def test_scores_of_held_out_faces_are_the_ceiling():
    found = ablation.score("faces", data.images("faces").images[:5_000])
    assert found["frechet_distance"] < 1 and found["recall"] > 0.85


def test_null_rows_of_the_grid():
    real, _, blob, points = (ablation.null("grid", name) for name in ablation.NULLS)
    assert real["modes"] == 25 and real["high_quality"] > 0.97 and 0.9 < real["spread"] < 1.1
    assert blob["high_quality"] < 0.03 and blob["spread"] > 1.1
    assert points["high_quality"] == 1 and points["spread"] == 0


def test_null_rows_of_images(few):
    few_faces = data.images("faces").take(torch.arange(400))
    real, untrained, blob, points = (
        ablation.null("faces", name, few_faces)["frechet_distance"] for name in ablation.NULLS
    )
    assert real < blob < points < untrained


@pytest.mark.parametrize("task", ["digits", "faces"])
def test_what_is_confirmed_can_be_run(task):
    assert set(ablation.CONFIRM) <= set(ablation.of_task(task))
