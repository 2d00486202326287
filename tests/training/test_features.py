"""In whose features a generator is measured, and whether its pictures are copies."""

import dataclasses
import functools

import pytest
import torch
from torch.nn import functional as F

from gan_course import data, images, pretrained
from gan_course.training import features


@pytest.fixture(scope="module")
def faces():
    """600 faces of which nothing is known, as if they came from a folder."""
    found = data.images("faces").take(torch.arange(600))
    return dataclasses.replace(found, name="/home/me/faces", attributes={})


@pytest.fixture(scope="module")
def reader(faces):
    short = functools.partial(features.own_network, steps=60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(features, "own_network", short)
        return features.choose(faces)


def test_digits_and_faces_have_readers_that_ship():
    digits, test = images.embedded("test"), data.images("faces", "test").take(torch.arange(99))
    found = features.choose(digits)
    assert "digit classifier" in found.about
    assert torch.equal(found.read(digits.images)[0], pretrained.read(digits.images)[0])
    found = features.choose(test)
    assert "attributes" in found.about
    assert torch.equal(found.read(test.images)[0], pretrained.read_attributes(test.images)[0])


def test_attributes_are_counted_and_a_missing_value_shows():
    test = data.images("faces", "test").take(torch.arange(500))
    values, names = test.attributes["glasses"]
    bare = test.take(values == names.index("none")).images
    found = features.choose(test).report(test, test.images)["attribute_kl"]
    lacking = features.choose(test).report(test, bare)["attribute_kl"]
    assert found.keys() == test.attributes.keys() and max(found.values()) < 0.02
    assert lacking["glasses"] > 0.3 > lacking["background"]


def test_pictures_of_ones_own_get_a_network_of_their_own(reader, faces):
    assert "this run has trained on its 600 training pictures" in reader.about
    others = data.images("faces").take(torch.arange(1_000, 1_600)).images
    distance = {}
    for name, fake in {
        "real": others,
        "noisy": others + 0.2 * torch.randn_like(others),
        "blurred": F.avg_pool2d(others, 3, 1, 1),
        "one face": others[:1] + 0.01 * torch.randn_like(others),
        "noise": torch.randn_like(others).clamp(-1, 1),
    }.items():
        report = reader.report(faces, fake)
        distance[name] = report["frechet_distance"]
        assert "class_kl" not in report and "attribute_kl" not in report
    assert all(distance[name] > 3 * distance["real"] for name in distance if name != "real")


def test_the_network_is_kept_by_the_run_and_trained_once(faces, tmp_path, capsys):
    before = torch.random.get_rng_state()
    first = features.own_network(faces.images, tmp_path, steps=5)
    assert torch.equal(torch.random.get_rng_state(), before)  # the run's own draws stay
    assert "learns" in capsys.readouterr().out and (tmp_path / features.FILE).exists()
    again = features.own_network(faces.images, tmp_path, steps=50)
    anew = features.own_network(faces.images, None, steps=5)
    x = features.resized(faces.images[:9], features.SIDE)
    assert torch.equal(first(x), again(x)) and torch.equal(first(x), anew(x))
    assert not first.training and not capsys.readouterr().out.count("learns") > 1


@pytest.mark.parametrize("shape", [(7, 1, 28, 28), (3, 3, 64, 64), (200, 1, 5, 5)])
def test_a_network_for_any_number_and_size(shape):
    net = features.own_network(torch.rand(shape) * 2 - 1, None, steps=2)
    assert net[0](features.resized(torch.rand(shape), features.SIDE)).shape == (shape[0], 64)


def test_copies_are_told_from_new_pictures(faces):
    train, held_out, new = faces.images[:300], faces.images[300:450], faces.images[450:]
    assert features.copies(new, train, held_out).copies < 0.1
    stored = train[:150] + 0.02 * torch.randn_like(train[:150])
    assert features.copies(stored, train, held_out).copies > 0.9
