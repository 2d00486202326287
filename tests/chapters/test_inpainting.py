"""Notebook 13's experiment on a few pictures, and its measures where the answer is known."""

import math
from pathlib import Path

import pytest
import torch

from gan_course import metrics, pretrained, results
from gan_course.chapters import inpainting, translate
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError
from gan_course.images import CLASSES, ImageSet, embedded, images

ROOT = Path(__file__).parent.parent
TINY = TrainConfig(steps=3, latent_dim=4, given=True, lr_g=1e-3, lr_d=1e-3, average=0.9)


@pytest.fixture(scope="module")
def digits():
    return embedded("test")


@pytest.fixture(scope="module")
def known(digits):
    return metrics.statistics(pretrained.read(digits.images)[0])


@pytest.mark.parametrize("weight", [0.0, 10.0, math.inf])
@pytest.mark.parametrize("task", inpainting.TASKS)
def test_every_task_trains_with_every_weight(digits, task, weight):
    run = inpainting.train(task, digits.images, weight, 0, TINY)
    found = inpainting.pictures(run.generator, task, digits.images[:4])
    assert found.shape == (4, 1, 28, 28) and found.abs().max() <= 1
    if task == "fill":
        assert torch.equal(found[:, :, :13], digits.images[:4, :, :13])


def test_a_run_is_a_row_and_the_same_seed_gives_it_again(digits, known):
    first, again = (
        inpainting.run("sharpen 7", 10.0, 1, digits.images, digits, known, steps=2)
        for _ in range(2)
    )
    del first["cpu_seconds"], again["cpu_seconds"]
    assert first == again and first["config"]["steps"] == 2 and first["means_off"] > 0


def test_true_pictures_are_perfect_and_grey_ones_are_not(digits, known):
    real, labels = digits.images, digits.labels
    perfect = inpainting.measure(real, real, labels, known, real)
    assert perfect["mse"] == perfect["spread"] == perfect["read_otherwise"] == 0
    assert perfect["ssim"] == pytest.approx(1, abs=1e-3) and perfect["distance"] == pytest.approx(
        0, abs=1e-3
    )
    grey = inpainting.measure(torch.zeros_like(real), real, labels, known)
    assert grey["psnr"] == pytest.approx(
        float((10 * torch.log10(4 / (real**2).mean(dim=(1, 2, 3)))).mean()), abs=1e-3
    )
    assert grey["distance"] > 100 and grey["ssim"] < 0.5 and grey["read_right"] < 0.3


def test_spread_is_one_for_independent_draws_of_the_same_law(digits, known):
    noise = torch.randn(3, 200, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 0.3
    found = inpainting.measure(noise[0], noise[1], digits.labels[:200], known, noise[2])
    assert found["spread"] == pytest.approx(1, abs=0.01)


def test_measured_pictures_are_drawn_from_the_whole_file():
    test = ImageSet(torch.zeros(9, 1, 28, 28), torch.arange(9), CLASSES["mnist"], "mnist", "none")
    labels = inpainting.random_images(test, 4)[1]
    assert (
        len(labels) == 4
        and labels.max() > 3
        and torch.equal(labels, inpainting.random_images(test, 4)[1])
    )


def test_unknown_tasks_are_refused():
    with pytest.raises(GanCourseError, match="no task is called 'colour'"):
        inpainting.train("colour", torch.zeros(3, 1, 28, 28), 1.0, 0)


@pytest.mark.parametrize("weight", [-1.0, -math.inf, math.nan])
def test_weights_below_zero_are_refused(weight):
    with pytest.raises(GanCourseError, match="weight"):
        inpainting.train("fill", torch.zeros(40, 1, 28, 28), weight, 0, TINY)


def test_the_shipped_network_fills_and_keeps(digits):
    G, notes = pretrained.load("inpainting-mnist"), pretrained.about("inpainting-mnist")
    assert isinstance(G, translate.UNet) and G.known and notes["parameters"] <= 150_000
    found = inpainting.pictures(G, "fill anywhere", digits.images)
    given = inpainting.TASKS["fill anywhere"](digits.images, torch.Generator().manual_seed(9))
    assert torch.equal(found[given[:, 1:] == 1], digits.images[given[:, 1:] == 1])
    fill = notes["metrics"]["fill"]
    assert fill["read_right"] > 0.8 and fill["distance"] < 25


def test_rows_are_those_of_the_experiment():
    rows = results.read(results.ROWS / "inpainting.jsonl")
    for row in rows:
        row.setdefault("alone", False)
    groups = results.group(rows, "task", "weight", "blocks", "alone")
    for (task, weight, blocks, _), found in groups.items():
        assert task in inpainting.TASKS and float(weight) >= 0 and blocks in (1, 2, 3)
        assert len({row["seed"] for row in found}) == len(found) >= 3
        assert all(
            row["config"]["steps"] == inpainting.CONFIG.steps and row["data"] == "MNIST"
            for row in found
        )


@pytest.fixture(scope="module")
def faces():
    return images("faces", "test").take(torch.arange(70))


def test_faces_are_filled_in_colour(faces):
    G = inpainting.train("fill anywhere", faces.images, 10.0, 0, TINY).generator
    found = inpainting.pictures(G, "fill anywhere", faces.images)
    given = inpainting.anywhere(faces.images, torch.Generator().manual_seed(9))
    told = (given[:, 3:] == 1).expand_as(found)
    assert found.shape == faces.images.shape and given.shape[1] == 4
    assert torch.equal(found[told], faces.images[told])
    assert inpainting.lower(faces.images)[:, 3].mean(dim=(1, 2)).unique().tolist() == [14 / 32]


def test_faces_are_measured_by_their_attributes(faces):
    real, truths = inpainting.random_images(faces, 70)
    known = inpainting.reference(faces.images)
    perfect = inpainting.measure(real, real, truths, known, real)
    assert perfect["mse"] == perfect["read_otherwise"] == 0 and perfect["read_right"] > 0.95
    grey = inpainting.measure(torch.zeros_like(real), real, truths, known)
    assert grey["read_right"] < 0.6 and grey["distance"] > perfect["distance"] + 10


def test_a_discriminator_that_sees_the_answer_alone_plays(digits):
    runs = [
        inpainting.train("sharpen 7", digits.images, 0.0, 0, TINY, alone=alone)
        for alone in (False, True)
    ]
    first, second = (inpainting.pictures(r.generator, "sharpen 7", digits.images) for r in runs)
    assert not torch.equal(first, second)


def test_the_network_for_faces_fills_and_keeps(faces):
    G, notes = pretrained.load("inpainting-faces"), pretrained.about("inpainting-faces")
    assert isinstance(G, translate.UNet) and G.known and notes["parameters"] <= 150_000
    found = inpainting.pictures(G, "fill anywhere", faces.images)
    given = inpainting.anywhere(faces.images, torch.Generator().manual_seed(9))
    told = (given[:, 3:] == 1).expand_as(found)
    assert torch.equal(found[told], faces.images[told])
    assert notes["metrics"]["fill"]["read_right"] > 0.8
