"""The experiments on faces: subsets, copies, hats, and labels of two attributes."""

from dataclasses import replace

import pytest
import torch

from gan_course import data
from gan_course.chapters import augment, faces
from gan_course.conv import ConvDiscriminator


@pytest.fixture(scope="module")
def all_faces():
    return data.images("faces", "test")


def key(picture):
    return picture.contiguous().numpy().tobytes()


def truth(images):
    """A reader that knows these faces by heart."""
    known = dict(zip(map(key, images.images), faces.table(images)))

    def read(pictures):
        found = torch.stack([known[key(picture)] for picture in pictures])
        features = pictures.flatten(1)[:, :8] + 0.01 * torch.randn(len(pictures), 8)
        return features, dict(zip(images.attributes, found.unbind(1)))

    return read


def test_some_faces_and_others_have_none_in_common(all_faces):
    few, others = faces.some(all_faces, 50, seed=3)
    assert len(few) == 50 and len(others) == 1_950
    assert faces.copied(faces.table(others), faces.table(few)) == 0
    again, _ = faces.some(all_faces, 50, seed=3)
    another, _ = faces.some(all_faces, 50, seed=4)
    assert torch.equal(few.images, again.images) and not torch.equal(few.images, another.images)


def test_small_faces_lose_nothing(all_faces):
    small = faces.small(all_faces).images
    assert small.shape[1:] == (3, 16, 16)
    assert torch.equal(faces.large(small), all_faces.images)
    assert torch.equal(faces.large(all_faces.images), all_faces.images)


def test_copies_agree_in_every_attribute():
    known = torch.tensor([[0, 1, 2], [3, 3, 3]])
    read = torch.tensor([[0, 1, 2], [0, 1, 3], [3, 3, 3], [2, 1, 0]])
    assert faces.copied(read, known) == 0.5


def test_hats_are_described_as_drawn(all_faces):
    below = faces.under_a_hat(all_faces)
    names = all_faces.attributes["hair"].names
    assert {name for name, true in zip(names, below) if true} == {
        "bob",
        "long",
        "flicked",
        "swept",
        "braids",
    }
    few, others = faces.some(all_faces, 60, seed=0)
    row = faces.describe(few.images, truth(all_faces), few, others)
    share = (few.attributes["hat"].values > 0).float().mean()
    assert row["copied"] == 1 and row["pixel_copies"] > 0.9
    assert row["hats"] == pytest.approx(float(share), abs=1e-4) and row["impossible"] == 0
    own = few.attributes["skin"].values.bincount(minlength=5) / 60
    assert row["shares"]["skin"] == pytest.approx(own.tolist(), abs=1e-4)
    new = faces.describe(others.images[:60], truth(all_faces), few, others)
    assert new["copied"] == 0


def test_a_hat_on_short_hair_is_counted(all_faces):
    few, others = faces.some(all_faces, 60, seed=0)
    _, values = truth(all_faces)(few.images)
    values["hat"] = torch.ones(60).long()
    values["hair"] = torch.tensor([0, 6] * 30)  # cropped and bob
    row = faces.describe(few.images, lambda x: (x.flatten(1)[:, :8], values), few, others)
    assert row["hats"] == 1 and row["impossible"] == 0.5


def test_labels_of_two_attributes(all_faces):
    known = faces.with_glasses(all_faces)
    assert len(known.classes) == 16 and known.classes[11] == "blue, glasses"
    blue = known.attributes["hair colour"].values == 5
    worn = known.attributes["glasses"].values > 0
    assert torch.equal(known.labels == 11, blue & worn)


def test_attributes_side_by_side():
    module = faces.PerAttribute((3, 2))
    table = module(torch.eye(6))
    assert table.tolist()[3] == [0, 1, 0, 0, 1]  # the second of three, the second of two
    assert (table.sum(dim=1) == 2).all() and len(table.unique(dim=0)) == 6


def test_vectors_of_a_combination_are_sums():
    torch.manual_seed(0)
    shared = faces.SharedVectors(7, (3, 2))
    of_class = shared(torch.eye(7)).T  # (6, 7): the vector of each combination
    # (0, 0) + (1, 1) - (0, 1) = (1, 0)
    assert torch.allclose(of_class[0] + of_class[3] - of_class[1], of_class[2], atol=1e-6)


@pytest.mark.parametrize("per_attribute", [False, True])
def test_the_conditional_pair_plays(all_faces, per_attribute):
    known = faces.with_glasses(faces.small(all_faces))
    pair = faces.conditional_pair(64, (8, 2), per_attribute)
    before = pair[0].start[0].weight.detach().clone()
    config = replace(faces.RECIPE, steps=2, num_classes=16)
    run = faces.train(known, config, pair=pair)
    assert not torch.equal(before, pair[0].start[0].weight)
    z = torch.randn(4, 64)
    a, b = (run.generator(z, torch.full((4,), label)) for label in (10, 11))
    assert a.shape == (4, 3, 16, 16) and not torch.equal(a, b)
    trained = sum(p.numel() for p in pair[1].classes.parameters())
    assert trained == pair[1].score.in_features * (10 if per_attribute else 16)


def test_augmented_training_returns_the_plain_discriminator(all_faces):
    few, _ = faces.some(faces.small(all_faces), 20, seed=0)
    run = faces.train(few, replace(faces.RECIPE, steps=2), augment.ALL)
    assert isinstance(run.discriminator, ConvDiscriminator)


def test_what_was_asked_for_is_counted():
    classes = tuple(f"{a}, {b}" for a in "abcdefgh" for b in ("no glasses", "glasses"))

    class Blue(torch.nn.Module):
        """Always blue hair; glasses as asked."""

        latent_dim, num_classes = 4, 16

        def __init__(self):
            super().__init__()
            self.weight = torch.nn.Parameter(torch.zeros(1))

        def forward(self, z, labels):
            return (labels % 2).float().view(-1, 1, 1, 1).expand(-1, 3, 32, 32)

    def read(images):
        worn = images[:, 0, 0, 0].long()
        return None, {"hair colour": torch.full_like(worn, 5), "glasses": 3 * worn}

    found = faces.obeyed(Blue(), classes, read, seed=0, each=3)
    assert found["both"]["f, glasses"] == 1 and found["both"]["a, glasses"] == 0
    assert found["worn"]["a, glasses"] == 1 and found["hair"]["f, no glasses"] == 1
