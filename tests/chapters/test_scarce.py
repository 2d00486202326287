"""Notebook 14's experiment: subsets do not overlap, shares are kept, every recipe trains."""

from dataclasses import replace

import pytest
import torch
from small_runs import on_mps

from gan_course import data
from gan_course.chapters import augment, scarce
from gan_course.errors import GanCourseError

SMALL = replace(scarce.PLAN, gan=replace(scarce.PLAN.gan, steps=2), width=4, steps=3)


def images(n: int = 400) -> data.ImageSet:
    pixels = torch.rand(n, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 2 - 1
    return data.ImageSet(pixels, torch.arange(n) % 10, tuple("0123456789"), "noise", "a test")


def keys(images: torch.Tensor) -> set:
    return {tuple(x.tolist()) for x in images.flatten(1)}


def test_scores_are_counted_where_there_is_no_float64():
    torch.manual_seed(0)
    net, test = scarce.classifier().eval(), images()
    found = scarce.score(net, replace(test, images=on_mps(test.images), labels=on_mps(test.labels)))
    assert found == scarce.score(net, test) and sum(found) > 0


def test_few_chooses_by_the_seed_and_shares_nothing():
    subset, others = scarce.few(images(), [5] * 9 + [2], seed=0)
    assert subset.labels.bincount().tolist() == [5] * 9 + [2] and len(others) == 400 - 47
    assert not keys(subset.images) & keys(others.images)
    assert keys(scarce.few(images(), [5] * 10, 1)[0].images) != keys(
        scarce.few(images(), [5] * 10, 0)[0].images
    )
    assert len(scarce.few(images(), [1000] * 10, 0)[0]) == 200  # at most half of each class
    with pytest.raises(GanCourseError, match="few"):
        scarce.few(images(), [0] * 10, 0)


def test_few_uses_one_version_of_each_embedded_digit():
    subset, others = scarce.few(data.images("embedded"), [10] * 10, 0)
    assert len(subset) == 100 and len(others) == 1000
    apart = torch.cdist(subset.images.flatten(1), others.images.flatten(1)).min()
    # the versions of one digit are jittered; those of different digits lie further apart
    assert apart > 1


def test_repeated_fills_rare_classes():
    labels = torch.tensor([0, 0, 0, 0, 0, 0, 1, 1, 2])
    x, y = scarce.repeated(labels.float()[:, None], labels)
    assert y.bincount().tolist() == [6, 6, 6] and torch.equal(x[:, 0].long(), y)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_mixed_holds_the_share(share):
    real = (torch.zeros(20, 1, 2, 2), torch.zeros(20).long())
    fake = (torch.ones(30, 1, 2, 2), torch.ones(30).long())
    x, y = next(scarce.mixed(real, fake, share, batch=8))
    assert len(x) == 8 and y.sum() == 8 * share and torch.equal(x[:, 0, 0, 0].long(), y)
    doubled, _ = next(scarce.mixed(real, fake, share, lambda x: 2 * x, batch=8))
    assert doubled.sum() == 2 * x.sum()
    with pytest.raises(GanCourseError, match="pool"):
        next(scarce.mixed(real, None, 0.5))
    for wrong in (-0.5, 1.5):
        with pytest.raises(GanCourseError, match="between 0 and 1"):
            next(scarce.mixed(real, fake, wrong))


def test_train_classifier_learns_and_weights_count():
    x = torch.randn(200, 2, generator=torch.Generator().manual_seed(0))
    y = (x[:, 0] > 0).long()
    torch.manual_seed(0)
    net = scarce.train_classifier(torch.nn.Linear(2, 2), data.batches((x, y), 50), 200, 0.05)
    assert (net(x).argmax(1) == y).float().mean() > 0.95 and not net.training
    one = scarce.train_classifier(
        torch.nn.Linear(2, 2), data.batches((x, y), 50), 200, 0.05, torch.tensor([0.01, 1.0])
    )
    # errors on class 0 hardly count
    assert (one(x).argmax(1) == 1).sum() > (net(x).argmax(1) == 1).sum() + 5


@pytest.mark.parametrize("recipe", [*scarce.RECIPES, *scarce.BALANCE])
def test_every_recipe_trains(recipe):
    subset, test = scarce.few(images(), [6] * 8 + [2, 6], 0)
    pool = images(60).images, torch.arange(60) % 10
    share = 0.5 if recipe in scarce.RECIPES and scarce.RECIPES[recipe][1] else 0.0
    first, again = (scarce.classify(subset, test, recipe, 0, pool, share, SMALL) for _ in range(2))
    assert 0 <= first["accuracy"] <= 1
    assert first["accuracy"] == again["accuracy"]
    assert first["rare"] == again["rare"]


def test_generated_images_fill_the_rare_class(monkeypatch):
    subset, test = scarce.few(images(), [6] * 8 + [2, 6], 0)
    pool = torch.full((60, 1, 28, 28), 0.5), torch.arange(60) % 10
    seen, mixed = {}, scarce.mixed
    monkeypatch.setattr(
        scarce, "mixed", lambda real, *rest: seen.update(real=real) or mixed(real, *rest)
    )
    scarce.classify(subset, test, "filled up, geometric", 0, pool, plan=SMALL)
    x, y = seen["real"]
    assert y.bincount().tolist() == [6] * 10
    assert (x[y == scarce.RARE] == 0.5).flatten(1).all(dim=1).sum() == 4
    assert not (x[y == 0] == 0.5).any()


def test_wrong_recipes_and_small_pools_are_refused():
    subset, test = scarce.few(images(), [6] * 8 + [2, 6], 0)
    with pytest.raises(GanCourseError, match="no recipe is called 'magic'.*geometric"):
        scarce.classify(subset, test, "magic", 0, plan=SMALL)
    for pool in (None, (torch.zeros(3, 1, 28, 28), torch.full((3,), scarce.RARE))):
        with pytest.raises(GanCourseError, match="too few"):
            scarce.classify(subset, test, "filled up", 0, pool, plan=SMALL)


def test_gan_and_what_is_said_of_it():
    subset, others = scarce.few(images(), [6] * 10, 0)
    bare = []
    history = scarce.train_gan(subset, 0, augment.ALL, SMALL, [lambda state: bare.append(state.D)])
    assert isinstance(bare[0], augment.Augmented)
    x, y = scarce.generate(history.generator, 3)
    assert x.shape == (30, 1, 28, 28) and y.bincount().tolist() == [3] * 10
    assert history.discriminator is bare[0].D
    row = scarce.describe(history, subset, others)
    assert row.keys() == {"seen", "unseen", "fake", "frechet_distance", "read_as_asked", "copies"}
    plain = scarce.train_gan(subset, 0, (), SMALL)
    assert not torch.equal(scarce.generate(plain.generator, 3)[0], x)


def test_a_generator_of_copies_knows_its_own_set():
    everything = images()
    subset, _ = scarce.few(everything, [2] * 10, seed=0)
    copies = subset.images + 0.01 * torch.randn(subset.images.shape)
    assert scarce.nearer_sets(copies, subset, everything, sets=9) == 0
    strange, _ = scarce.few(everything, [2] * 10, seed=1)  # what it has really seen
    assert scarce.nearer_sets(strange.images, subset, everything, sets=40) > 0.1


@pytest.fixture(scope="module")
def missing():
    return scarce.Missing(data.images("faces"), data.images("faces", "test"))


def test_one_combination_is_never_seen(missing):
    assert missing.classes[missing.held_out] == "blue, glasses"
    assert missing.held_out not in missing.train.labels and len(missing.train.labels.unique()) == 15
    assert missing.held_out not in missing.test.labels
    assert not keys(missing.added) & keys(missing.asked) and len(missing.asked) > 100


@pytest.mark.parametrize("recipe", scarce.MISSING)
def test_every_recipe_for_faces_gives_a_row(recipe, missing):
    made = torch.zeros(8, 3, 16, 16)
    row = missing.classify(recipe, 0, made, steps=2)
    assert 0 <= row["missing"] <= 1 and 0 <= row["others"] <= 1
    if scarce.MISSING[recipe][1] == "generated":
        with pytest.raises(GanCourseError, match="needs generated faces"):
            missing.classify(recipe, 0, steps=2)


def test_a_generator_of_faces_is_asked_for_the_combination(missing):
    G = missing.generator(0, replace(scarce.FACES, steps=2))
    made = missing.draw(G, 5, seed=0)
    assert made.shape == (5, 3, 16, 16) and 0 <= missing.read_right(made) <= 1
    assert missing.read_right(missing.asked) > 0.9
