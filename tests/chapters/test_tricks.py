"""Layers that see the batch, feature matching, replay: closed forms, and exact resume."""

import copy
import math

import pytest
import torch
from torch import nn
from torch.nn.functional import softplus

from gan_course import conv, data, game, losses, models, penalties
from gan_course.chapters import tricks
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError


def test_minibatch_deviation_of_known_numbers():
    x = torch.tensor([[0.0, 1.0], [2.0, 1.0], [0.0, 5.0], [2.0, 5.0]])  # deviations 1 and 2
    found = tricks.MinibatchStd()(x)
    assert torch.equal(found[:, :2], x)
    assert found[:, 2].tolist() == pytest.approx([1.5] * 4)


def test_minibatch_deviation_has_a_finite_slope_without_variety():
    x = torch.ones(4, 3, requires_grad=True)
    tricks.MinibatchStd()(x)[:, 3].sum().backward()
    assert torch.isfinite(x.grad).all()


def test_minibatch_discrimination_of_known_numbers():
    """One kernel of two numbers, T = I: o(x_i) sums exp(-|x_i - x_j|_1) over the others."""
    layer = tricks.MinibatchDiscrimination(2, kernels=1, dim=2)
    layer.project.weight.data.copy_(torch.eye(2))
    found = layer(torch.tensor([[0.0, 0.0], [1.0, 1.0], [0.0, 3.0]]))
    # distances 2 (rows 0, 1), 3 (0, 2), 1 + 2 = 3 (1, 2)
    near, far, apart = math.exp(-2), math.exp(-3), math.exp(-3)
    assert found[:, 2].tolist() == pytest.approx([near + far, near + apart, far + apart], abs=1e-6)


def test_minibatch_discrimination_keeps_kernels_apart():
    """Kernel b looks at its own `dim` numbers of M: two kernels, each reading one coordinate."""
    layer = tricks.MinibatchDiscrimination(2, kernels=2, dim=1)
    layer.project.weight.data.copy_(torch.eye(2))
    found = layer(torch.tensor([[0.0, 0.0], [1.0, 4.0]]))
    assert found[0, 2:].tolist() == pytest.approx([math.exp(-1), math.exp(-4)], abs=1e-6)
    same = layer(torch.ones(5, 2))
    # a collapsed batch: every other sample counts 1
    assert same[:, 2:].flatten().tolist() == pytest.approx([4.0] * 10, abs=1e-5)


@pytest.mark.parametrize(
    "layer", [tricks.MinibatchStd(), tricks.MinibatchDiscrimination(8, kernels=3)]
)
def test_before_score_makes_d_see_its_batch(layer):
    D = tricks.before_score(models.MLPDiscriminator((2,), (8, 8)), layer)
    x = torch.randn(6, 2)
    assert D(x).shape == (6,) and D.features(x).shape == (6, 8 + layer.extra)
    assert game.has_batch_statistics(D)  # so the game scores real and fake batches apart
    assert not torch.allclose(D(x)[:1], D(x[[0, 0]])[:1])


@pytest.mark.parametrize("classes", [0, 3])
def test_before_score_on_images(classes):
    D = conv.ConvDiscriminator(width=4, num_classes=classes)
    D = tricks.before_score(D, tricks.MinibatchStd())
    labels = torch.tensor([0, 2, 1]) if classes else None
    assert D(torch.randn(3, 1, 28, 28), labels).shape == (3,)
    assert game.has_batch_statistics(D)


AUXILIARY = conv.ConvDiscriminator(width=4, num_classes=3, condition="auxiliary")


@pytest.mark.parametrize("D", [nn.Linear(2, 1), AUXILIARY])
def test_before_score_says_what_it_takes(D):
    with pytest.raises(GanCourseError, match="before_score takes"):
        tricks.before_score(D, tricks.MinibatchStd())


class Doubled(nn.Module):
    """Features 2 x, score 0."""

    def features(self, x):
        return 2 * x

    def forward(self, x):
        return 0 * x.sum(dim=1)


def test_feature_matching_is_the_squared_distance_of_mean_features():
    real = torch.tensor([[0.0, 0.0], [2.0, 0.0]])
    fake = torch.tensor([[4.0, 1.0]], requires_grad=True)
    found = tricks.FeatureMatching(0.5)(Doubled(), real, fake)  # means (2, 0) and (8, 2)
    assert found.item() == pytest.approx(0.5 * (36 + 4))
    found.backward()
    assert fake.grad.tolist()[0] == pytest.approx([0.5 * 2 * 6 * 2, 0.5 * 2 * 2 * 2])
    with pytest.raises(GanCourseError, match="Linear has none"):
        tricks.FeatureMatching()(nn.Linear(2, 1), real, fake)


class Sum(nn.Module):
    def forward(self, x):
        return x.sum(dim=1)


def test_replay_fills_its_buffer_then_replaces():
    replay, batch = tricks.Replay(weight=0.5, capacity=6), torch.ones(4, 2)
    first = replay(Sum(), None, batch)
    # no past yet: the fakes themselves
    assert first.item() == pytest.approx(0.5 * softplus(torch.tensor(2.0)).item())
    assert torch.equal(replay.buffer, batch)
    second = replay(Sum(), None, 3 * batch)
    assert second.item() == pytest.approx(first.item())  # drawn from the past alone
    assert replay.buffer[:, 0].tolist() == [1, 1, 1, 1, 3, 3]  # room for two of four
    replay(Sum(), None, 7 * batch)
    # full: four are replaced
    assert replay.buffer.shape == (6, 2) and (replay.buffer[:, 0] == 7).sum() == 4
    replay(Sum(), None, torch.full((9, 2), 8.0))  # a batch larger than the buffer
    assert (replay.buffer == 8).all()


def test_replay_gives_g_no_gradient_and_holds_no_graph():
    fake = torch.ones(4, 2, requires_grad=True)
    replay, D = tricks.Replay(), nn.Sequential(nn.Linear(2, 1), nn.Flatten(0))
    replay(D, None, fake).backward()
    assert fake.grad is None and D[0].weight.grad is not None and not replay.buffer.requires_grad


def test_replay_errors():
    with pytest.raises(GanCourseError, match="capacity=0"):
        tricks.Replay(capacity=0)
    with pytest.raises(GanCourseError, match="no labels"):
        tricks.Replay()(Sum(), None, torch.ones(2, 2), torch.zeros(2, dtype=torch.int64))


def test_lecam_holds_scores_near_the_mean_of_the_other_side():
    """Scores 2 of real, 4 of fake: means begin there, so both gaps are 2, squared and added: 8."""
    lecam = tricks.LeCam(weight=0.5, decay=0.5)
    real, fake = torch.ones(4, 2), 2 * torch.ones(4, 2)
    assert float(lecam(Sum(), real, fake)) == pytest.approx(0.5 * 8)
    # real goes to 6: the mean of real scores moves half way, from 2 to 4
    # (6 - 4)^2 + (4 - 4)^2
    assert float(lecam(Sum(), 3 * real, fake)) == pytest.approx(0.5 * 4)


def test_consistency_counts_what_a_shift_changes():
    real = torch.full((4, 1, 8, 8), -1.0)
    same = tricks.Consistency(2.0)(Sum(), real, real)
    assert float(same) == 0  # paper moved is paper
    real[:, :, 4, 4] = 1.0
    torch.manual_seed(0)
    first = nn.Sequential(nn.Flatten(), nn.Linear(64, 1), nn.Flatten(0))
    assert tricks.Consistency(2.0)(first, real, real).item() > 0


def test_replay_state_survives():
    a, b = tricks.Replay(), tricks.Replay()
    b.load_state_dict(a.state_dict())
    assert b.buffer is None
    a(Sum(), None, torch.ones(4, 2))
    b.load_state_dict(a.state_dict())
    assert torch.equal(a.buffer, b.buffer) and a.buffer is not b.buffer


def train(term, steps, callbacks=(), resume=None, seed=0):
    """A short game with a term that has a state: "replay", "lecam", "history" on both players."""
    torch.manual_seed(seed)
    G = models.MLPGenerator(3, (2,), (16,), output="linear")
    D = models.MLPDiscriminator((2,), (16,))
    if term == "replay":
        d_terms, g_terms = [tricks.Replay(0.5, capacity=48)], []
    elif term == "lecam":
        d_terms, g_terms = [tricks.LeCam(0.1)], []
    else:
        d_terms = [penalties.HistoricalAverage(0.1)]
        g_terms = [penalties.HistoricalAverage(0.1, of=G)]
    config = TrainConfig(steps=steps, latent_dim=3, log_every=1)
    batches = data.ring().batches(32, 0)
    history = game.train(
        G,
        D,
        batches,
        losses.NonSaturating(),
        config,
        d_terms,
        callbacks=callbacks,
        resume=resume,
        g_penalties=g_terms,
    )
    return copy.deepcopy(G.state_dict()), copy.deepcopy(D.state_dict()), history.records


@pytest.mark.parametrize("term", ["replay", "lecam", "history"])
def test_resume_is_bit_exact(term, tmp_path):
    """Stop after 4 of 9 steps, go on with fresh objects: the same weights, bit for bit."""

    class Stop(Exception):
        pass

    def stop(state):
        if state.step == 4:
            raise Stop

    path, whole = tmp_path / "run.pt", train(term, 9)
    with pytest.raises(Stop):
        train(term, 9, [game.Checkpoint(path, every=2), stop])
    # other initial weights: all must come from the file
    resumed = train(term, 9, resume=path, seed=5)
    for mine, theirs in zip(resumed[:2], whole[:2]):
        assert all(torch.equal(mine[name], theirs[name]) for name in theirs)
    assert resumed[2] == whole[2]
