"""Wrong calls: each is taken, or refused in one line that names the mend."""

import re
import warnings

import numpy as np
import pytest
import torch
from small_runs import batches, config, networks, same, weights
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from gan_course import data, game, losses, models, penalties
from gan_course.config import TrainConfig
from gan_course.errors import CheckpointError, DataError, GanCourseError

POINTS = torch.randn(64, 2, generator=torch.Generator().manual_seed(0))
LOSS = losses.NonSaturating()


def refused(message, *changes, error=GanCourseError, **named):
    """Train with these arguments in place of right ones: the error must be one line with `message`.

    changes: in the order of `game.train`; None keeps the right one.
    """
    G, D = networks()
    right = [G, D, batches(), LOSS, config()]
    for i, change in enumerate(changes):
        right[i] = right[i] if change is None else change
    with pytest.raises(error, match=re.escape(message)) as found:
        game.train(*right, **named)
    assert "\n" not in str(found.value)


class Pixels(nn.Module):
    """A generator of images (N, 1, 4, 4), or a discriminator of them, on their mean."""

    def __init__(self, score=False):
        super().__init__()
        self.score, self.net = score, nn.Linear(16 if score else 3, 1 if score else 16)

    def forward(self, x):
        return self.net(x.flatten(1)).squeeze(1) if self.score else self.net(x).view(-1, 1, 4, 4)


PICTURES = torch.rand(64, 1, 4, 4, generator=torch.Generator().manual_seed(0))


def of_pictures(images):
    """The first arguments of `game.train`, for images (N, 1, 4, 4)."""
    return Pixels(), Pixels(score=True), data.batches(images, 16)


@pytest.mark.parametrize(
    ("images", "mend"),
    [
        (PICTURES, "pass x * 2 - 1"),
        (PICTURES * 255, "pass x / 127.5 - 1"),
        ((PICTURES * 255).byte(), "torch.uint8: the networks take float32"),
        ((PICTURES * 255).long().numpy(), "x.float() / 127.5 - 1"),
    ],
)
def test_images_in_another_range_are_refused(images, mend):
    refused(mend, *of_pictures(images), error=DataError)


def test_standardised_images_give_a_warning():
    wide = torch.randn(64, 1, 4, 4, generator=torch.Generator().manual_seed(0))
    with pytest.warns(UserWarning, match=r"pixels run from -.*cannot reach them"):
        game.train(*of_pictures(wide), LOSS, config())


def test_images_in_the_right_range_and_points_of_any_are_taken():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        game.train(*of_pictures(PICTURES * 2 - 1), LOSS, config())
        game.train(*of_pictures(torch.zeros(64, 1, 4, 4)), LOSS, config())  # grey all over
        game.train(*networks(), data.batches(POINTS * 100, 16), LOSS, config())
        game.train(*networks(), data.batches(POINTS.abs() / 10, 16), LOSS, config())


def trained(source):
    """G's weights after a few steps on what `game.train` takes as batches."""
    G, D = networks()
    game.train(G, D, source, LOSS, config())
    return weights(G)


def test_numpy_and_float64_are_taken():
    plain = trained(data.batches(POINTS, 16))
    for other in (POINTS.numpy(), POINTS.double(), POINTS.numpy().astype(np.float64)):
        assert same(trained(data.batches(other, 16)), plain)
    labels = np.arange(64)
    x, y = next(data.batches((POINTS.numpy(), labels), 16))
    assert x.dtype == torch.float32 and y.dtype == torch.int64


def test_levels_stay_whole_numbers():
    """What diffusion of levels takes: `data.batches` leaves integers alone."""
    assert next(data.batches(torch.zeros(8, 1, 4, 4, dtype=torch.int64), 4))[0].dtype == torch.int64


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("points.npy", "samples are of type str: pass a tensor or a NumPy array"),
        (DataLoader(TensorDataset(POINTS)), "samples are of type DataLoader"),
        (np.array(["a", None], dtype=object), "samples are a NumPy array of object"),
        ((POINTS, "labels"), "labels are of type str"),
        ((POINTS, torch.zeros(64)), "expected (64,) torch.int64"),
        ((POINTS, np.arange(64, dtype=np.int32)), "labels are (64,) torch.int32"),
        ((POINTS, torch.arange(64)[:, None]), "labels are (64, 1) torch.int64; expected (64,)"),
    ],
)
def test_what_is_no_data_is_refused(source, message):
    with pytest.raises(DataError, match=re.escape(message)):
        data.batches(source, 8)


def loader(*tensors):
    return DataLoader(TensorDataset(*tensors), batch_size=32)


def test_a_loader_is_passed_through_again_and_again():
    """Six steps of two batches a pass; labels, if there are any, are left alone."""
    order = [POINTS[:32], POINTS[32:]] * 3
    by_hand = trained(iter([(part, None) for part in order]))
    assert same(trained(loader(POINTS)), by_hand)
    assert same(trained(loader(POINTS, torch.arange(64) % 3)), by_hand)
    assert same(trained(DataLoader(POINTS, batch_size=32)), by_hand)
    assert same(trained(loader(POINTS.double())), by_hand)


def test_a_loader_of_labels_plays_a_conditional_game():
    G, D = networks(num_classes=3)
    run = game.train(G, D, loader(POINTS, torch.arange(64) % 3), LOSS, config(num_classes=3))
    assert len(run.records) == 6


def test_a_loader_with_bytes_or_without_end_or_state(tmp_path):
    G, D, _ = of_pictures(PICTURES)
    refused("pass x * 2 - 1", G, D, loader(PICTURES), error=DataError)
    ends = iter([(POINTS, None)])
    refused("have come to an end", None, None, ends, error=DataError)
    refused("are empty", None, None, [], error=DataError)
    refused("make them with data.batches", None, None, POINTS)
    refused("make them with data.batches", None, None, data.ring())
    keep = [game.Checkpoint(tmp_path / "run.pt", every=2)]
    refused("cannot be resumed", None, None, loader(POINTS), callbacks=keep)
    with pytest.raises(CheckpointError, match="no checkpoint"):
        game.train(G, D, loader(POINTS), LOSS, config(), resume=tmp_path / "run.pt")


@pytest.mark.parametrize(
    ("loss", "found"),
    [
        ("non-saturating", "loss is 'non-saturating'"),
        (losses.Hinge, "loss is the class Hinge and no object"),
        (nn.BCEWithLogitsLoss(), "loss is of type BCEWithLogitsLoss"),
    ],
)
def test_what_is_no_loss(loss, found):
    refused(found, None, None, None, loss)
    refused("such as losses.NonSaturating()", None, None, None, loss)


def test_classes_in_place_of_objects_and_single_ones_in_place_of_lists():
    refused("G is the class MLPGenerator", models.MLPGenerator)
    refused("D is the class MLPDiscriminator", None, models.MLPDiscriminator)
    refused("config is the class TrainConfig", None, None, None, None, TrainConfig)
    refused("config is of type dict", None, None, None, None, {"steps": 3})
    one = penalties.ZeroCentered(1.0)
    refused("penalties is of type ZeroCentered: pass a list", penalties=one)
    refused("penalties has the class ZeroCentered", penalties=[penalties.ZeroCentered])
    refused("g_penalties has 'R1'", g_penalties=["R1"])
    refused("constrain has 0.01: pass penalties.clip_weights(0.01)", constrain=0.01)
    refused("callbacks is of type function: pass a list", callbacks=print_step)
    refused("callbacks has the class Film", callbacks=[game.Film])


def print_step(state):
    print(state.step)


def test_labels_need_networks_that_take_them():
    labelled = data.batches((POINTS, torch.arange(64) % 3), 16)
    refused("G, a MLPGenerator, takes no labels", None, None, labelled, None, config(num_classes=3))
    G, D = networks(num_classes=3)
    own = nn.Sequential(nn.Linear(2, 1), nn.Flatten(0))
    numbers = config(num_classes=3)
    refused("D, a Sequential, takes no labels", G, own, labelled, None, numbers)
    assert len(game.train(G, D, labelled, LOSS, numbers).records) == 6


class Squashed(nn.Module):
    """A discriminator with a sigmoid at its end, as in many a script."""

    def __init__(self):
        super().__init__()
        self.net = nn.Linear(2, 1)

    def forward(self, x):
        return torch.sigmoid(self.net(x)).squeeze(1)


def test_a_sigmoid_at_the_end_of_d_is_refused():
    message = "D ends in a sigmoid, but the losses take raw scores"
    refused(message, None, Squashed())
    ends = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid(), nn.Flatten(0))
    refused(message, None, ends)
    refused(message, None, ends, None, None, config(precision="bf16"))
    refused(message, None, models.InstanceNoise(ends, 0.1))


def test_a_sigmoid_inside_d_is_taken():
    gated = nn.Sequential(nn.Linear(2, 8), nn.Sigmoid(), nn.Linear(8, 1), nn.Flatten(0))
    assert len(game.train(networks()[0], gated, batches(), LOSS, config()).records) == 6


def test_one_label_for_all_is_told_how():
    G, _ = networks(num_classes=3)
    z = torch.randn(5, 3)
    with pytest.raises(
        GanCourseError, match=r"labels are 2: pass a tensor.*torch.full\(\(5,\), 2\)"
    ):
        G(z, 2)
    with pytest.raises(GanCourseError, match=r"sample takes tensors.*torch.full.*found 2"):
        game.sample(G, z, 2)
