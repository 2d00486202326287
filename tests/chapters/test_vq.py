"""The autoencoder of words: quantiser, adaptive weight, training, prior, numbers."""

import math

import pytest
import torch
from torch import nn

from gan_course import data, pretrained
from gan_course.chapters import faces, vq


@pytest.fixture(scope="module")
def some_faces():
    return faces.small(data.images("faces", "test").take(torch.arange(300)))


def test_each_feature_takes_the_nearest_word():
    torch.manual_seed(0)
    quantiser = vq.Quantiser(codes=8, dim=3)
    features = torch.randn(2, 3, 4, 5)
    codes = quantiser.nearest(features)
    assert codes.shape == (2, 4, 5)
    for place in ((0, 0, 0), (1, 3, 4), (0, 2, 1)):
        n, i, j = place
        distances = (quantiser.book - features[n, :, i, j]).norm(dim=1)
        assert codes[place] == distances.argmin()
    words = quantiser.look_up(codes)
    assert torch.equal(words[1, :, 3, 4], quantiser.book[codes[1, 3, 4]])


def test_the_gradient_passes_as_if_nothing_had_been_replaced():
    torch.manual_seed(0)
    quantiser = vq.Quantiser(codes=8, dim=3)
    features = torch.randn(2, 3, 4, 4, requires_grad=True)
    words, codes, loss = quantiser(features)
    assert torch.allclose(words, quantiser.look_up(codes), atol=1e-6)
    pull = torch.randn_like(words)
    (gradient,) = torch.autograd.grad((pull * words).sum(), features, retain_graph=True)
    assert torch.equal(gradient, pull)
    # the two terms: the book moves four times as strongly as the features
    to_book, to_features = torch.autograd.grad(loss, (quantiser.book, features))
    off = (quantiser.look_up(codes) - features).detach() * 2 / features.numel()
    assert torch.allclose(to_features, -0.25 * off, atol=1e-7)
    first = int(codes[0, 0, 0])
    chosen = codes == first
    expected = off.permute(0, 2, 3, 1)[chosen].sum(dim=0)
    assert torch.allclose(to_book[first], expected, atol=1e-6)


def test_dead_words_move_onto_features_and_the_others_stay():
    torch.manual_seed(0)
    quantiser = vq.Quantiser(codes=4, dim=2)
    with torch.no_grad():
        quantiser.book.copy_(torch.tensor([[0.0, 0.0], [1.0, 0.0], [50.0, 50.0], [60.0, 0.0]]))
    features = torch.randn(3, 2, 4, 4) * 0.1
    codes = quantiser.nearest(features)
    before = quantiser.book.detach().clone()
    assert [quantiser.revive(features, codes, patience=3) for _ in range(2)] == [0, 0]
    moved = quantiser.revive(features, codes, patience=3)
    unused = [k for k in range(4) if k not in codes.unique()]
    assert moved == len(unused) >= 2
    rows = features.permute(0, 2, 3, 1).reshape(-1, 2)
    for k in range(4):
        if k in unused:
            assert (rows == quantiser.book[k]).all(dim=1).any()
        else:
            assert torch.equal(quantiser.book[k], before[k])


@pytest.mark.parametrize("side", [16, 32])
def test_the_autoencoder_keeps_the_shape(side):
    net = vq.Autoencoder((3, side, side), width=8)
    x = torch.rand(2, 3, side, side) * 2 - 1
    made, codes, loss, features = net(x)
    assert made.shape == x.shape and codes.shape == (2, 4, 4) and loss.ndim == 0
    assert features.shape == (2, 16, 4, 4) and made.abs().max() <= 1
    assert torch.equal(net.decode(net.encode(x)), net.decode(net.encode(x)))


def test_the_adaptive_weight_makes_both_gradients_equally_long():
    torch.manual_seed(0)
    last = nn.Linear(4, 3)
    out = last(torch.randn(6, 4))
    reconstruction, adversarial = (out**2).mean(), (1e-3 * out).tanh().sum()
    weight = vq.adaptive_weight(reconstruction, adversarial, last.weight)
    (first,) = torch.autograd.grad(reconstruction, last.weight, retain_graph=True)
    (second,) = torch.autograd.grad(adversarial, last.weight)
    assert float(weight * second.norm()) == pytest.approx(float(first.norm()), rel=1e-3)
    assert not weight.requires_grad
    nothing = 0 * last(torch.randn(2, 4)).sum()
    assert vq.adaptive_weight((last.weight**2).sum() * 1e6, nothing, last.weight) == 1e4


def test_perceptual_distance_is_zero_for_the_same_and_larger_for_more_blur(some_faces):
    reader = pretrained.load("classifier-mnist").requires_grad_(False)
    x = some_faces.images[:8]
    blurred = nn.functional.avg_pool2d(x, 3, 1, 1)
    more = nn.functional.avg_pool2d(blurred, 3, 1, 1)
    distances = [float(vq.perceptual_distance(reader, y, x)) for y in (x, blurred, more)]
    assert distances[0] == 0 < distances[1] < distances[2]


@pytest.mark.parametrize(
    "changes", [{}, {"adversary": 1.0, "start": 0.0}, {"perceptual": 0.1, "adversary": 0.01}]
)
def test_a_short_run_lowers_the_error_and_is_measured(some_faces, changes):
    recipe = vq.Recipe(seconds=1.0, batch=16, **changes)
    net, records = vq.train(some_faces, recipe)
    assert records[-1]["seconds"] >= 1.0
    assert all(math.isfinite(record["error"]) for record in records)
    row = vq.measure(net, some_faces, some_faces)
    untrained = vq.measure(vq.Autoencoder(), some_faces, some_faces)
    assert row["error"] < untrained["error"] and 0 <= row["entropy"] <= 96
    assert 1 <= row["used"] <= 64 and 0 <= row["kept"] <= 1


def test_a_discriminator_joins_late(some_faces):
    seen = []
    recipe = vq.Recipe(seconds=1.5, batch=8, adversary=1.0, start=0.5)
    vq.train(some_faces, recipe, lambda seconds, net, record: seen.append(record))
    early = [record["weight"] for record in seen if record["seconds"] < 0.7]
    assert set(early) <= {0.0} and seen[-1]["weight"] > 0


def test_a_prior_of_constant_codes_costs_little_and_draws_them():
    torch.manual_seed(0)
    codes = torch.arange(16).view(1, 4, 4).repeat(200, 1, 1)
    prior = vq.train_prior(codes, seconds=2.0)
    assert vq.bits(prior, codes) < 48  # half of what 16 free choices of 64 cost
    net = vq.Autoencoder(width=8)
    assert vq.draw(prior, net, 3, seed=1).shape == (3, 3, 16, 16)
    assert torch.equal(vq.draw(prior, net, 3, seed=1), vq.draw(prior, net, 3, seed=1))
