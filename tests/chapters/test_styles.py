"""Morphology, Gram matrices and the measures of notebook 15, by closed forms and invariants."""

import pytest
import torch

from gan_course import data, pretrained
from gan_course.chapters import styles
from gan_course.errors import GanCourseError
from gan_course.images import embedded


@pytest.fixture(scope="module")
def net():
    return pretrained.load("classifier-mnist").requires_grad_(False)


def test_dilation_and_erosion_of_a_point():
    ink = torch.zeros(1, 1, 9, 9)
    ink[0, 0, 4, 4] = 1
    assert styles.grow(ink, 1).sum() == 5  # a cross
    assert styles.grow(ink, 2).sum() == 21  # an octagon: 5 x 5 without its corners
    assert styles.grow(ink, 0) is ink
    assert styles.shrink(ink, 1).sum() == 0
    # a closing of a point gives it back
    assert torch.equal(styles.shrink(styles.grow(ink, 1), 1), ink)


def test_skeleton_of_a_bar_is_its_middle_line():
    ink = torch.zeros(1, 1, 11, 30)
    ink[..., 3:8, 3:27] = 1
    lines = styles.skeleton(ink)
    assert lines[0, 0, 5, 8:22].min() == 1 and lines[0, 0, 4, 8:22].max() == 0


def test_thin_lies_in_the_digit_and_bold_covers_it():
    x = data.images("embedded", "test").images[:30]
    thin, bold = styles.thin(x), styles.bold(x)
    for images in (thin, bold):
        assert images.shape == x.shape and images.min() >= -1 and images.max() <= 1
    assert thin.mean() < x.mean() < bold.mean()
    assert (bold >= thin - 0.3).float().mean() > 0.99


def test_gram_is_the_mean_product_and_forgets_places():
    f = torch.randn(2, 3, 4, 5, generator=torch.Generator().manual_seed(0))
    by_hand = torch.einsum("nihw,njhw->nij", f, f) / 20
    assert torch.allclose(styles.gram(f), by_hand, atol=1e-6)
    order = torch.randperm(20)
    assert torch.allclose(styles.gram(f.flatten(2)[:, :, order].view_as(f)), by_hand, atol=1e-6)


def test_distances_are_zero_at_equality_and_relative():
    f = torch.randn(2, 3, 4, 5, generator=torch.Generator().manual_seed(0))
    assert styles.content_distance(f, f).abs().max() == 0
    assert torch.allclose(styles.content_distance(3 * f, f), torch.full((2,), 4.0))
    g = styles.gram(f)
    # (4 + 0) / 2
    assert torch.allclose(styles.style_distance([3 * g, g], [g, g]), torch.full((2,), 2.0))


def test_mean_grams_is_the_mean_over_the_set(net):
    x = data.images("embedded", "test").images[:7]
    wanted = [styles.gram(f).mean(dim=0) for f in styles.maps(net, x)]
    for found, goal in zip(styles.mean_grams(net, x), wanted):
        assert torch.allclose(found, goal, atol=1e-5)


def test_maps_are_those_of_the_classifier(net):
    x = data.images("embedded", "test").images[:3]
    assert [tuple(f.shape[1:]) for f in styles.maps(net, x)] == [
        (24, 28, 28),
        (48, 14, 14),
        (96, 7, 7),
    ]
    last = len(net.body) - 1
    assert torch.allclose(styles.maps(net, x, (last,))[0], net.features(x))
    with pytest.raises(GanCourseError, match="layers 0 to"):
        styles.maps(net, x, (99,))


def test_styles_are_unpaired_in_training_and_paired_in_tests(monkeypatch):
    monkeypatch.setattr(styles.data, "images", lambda name, split="train": embedded(split))
    s = styles.styles(count=60, tests=20)
    assert len(s.thin) == len(s.bold) == 60
    assert len(s.test_thin) == len(s.test_bold) == len(s.labels) == 20
    train = embedded("train")
    assert torch.equal(s.thin, styles.thin(train.images[:60]))
    assert torch.equal(s.partners, styles.bold(train.images[:60]))
    assert torch.equal(s.bold, styles.bold(train.images[750:810]))
    assert torch.equal(s.test_bold, styles.bold(embedded("test").images[:20]))


def test_morphology_is_tuned_without_pairs():
    x = data.images("embedded").images
    a, b = styles.by_morphology(x[:100], 1, 1.0), styles.by_morphology(x[750:850], 3, 1.0)
    steps, gain = styles.tune_morphology(a, b)
    assert steps > 0 and gain >= 1
    assert styles.histogram_gap(b, b) == 0


def test_the_truth_measures_best(net):
    x = data.images("embedded", "test")
    thin, bold = styles.thin(x.images[:50]), styles.bold(x.images[:50])
    wanted = styles.mean_grams(net, bold)
    true, other = (styles.measure(y, bold, x.labels[:50], net, net, wanted) for y in (bold, thin))
    assert true["pixels"] == 0 and true["style"] < 1e-8
    assert other["pixels"] > 0.1 and other["style"] > 0.01 and other["ink"] < true["ink"]


def test_vgg_is_read_from_the_disk_and_never_fetched(tmp_path):
    from torchvision.models.vgg import make_layers

    path = tmp_path / "vgg19.pth"
    with pytest.raises(GanCourseError, match="not at"):
        styles.vgg_maps(torch.zeros(1, 3, 32, 32), path)
    layers = make_layers([64, 64, "M", 128, 128, "M", 256])
    torch.save({f"features.{name}": tensor for name, tensor in layers.state_dict().items()}, path)
    x = (torch.rand(2, 3, 32, 48) * 2 - 1).requires_grad_(True)
    found = styles.vgg_maps(x, path)
    assert [tuple(f.shape) for f in found] == [(2, 64, 32, 48), (2, 128, 16, 24), (2, 256, 8, 12)]
    mean, std = (torch.tensor(numbers)[:, None, None] for numbers in styles.IMAGENET)
    assert torch.allclose(found[-1], layers(((x + 1) / 2 - mean) / std), atol=1e-4)
    (slope,) = torch.autograd.grad(found[-1].sum(), x)  # the pixels can be painted
    assert slope.abs().sum() > 0


def test_photographs_and_their_colours():
    photo = styles.photograph("china.jpg", (48, 32))
    texture = styles.photograph("flower.jpg", (20, 20), (215, 115, 405, 305))
    assert photo.shape == (1, 3, 32, 48) and texture.shape == (1, 3, 20, 20)
    assert -1 <= photo.min() < photo.max() <= 1
    found, wanted = (x.flatten(2)[0] for x in (styles.recolour(photo, texture), texture))
    assert torch.allclose(found.mean(dim=1), wanted.mean(dim=1), atol=0.1)
    before = torch.cov(photo.flatten(2)[0])
    off = (torch.cov(found) - torch.cov(wanted)).norm()
    assert off < 0.3 * (before - torch.cov(wanted)).norm()
