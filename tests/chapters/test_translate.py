import pytest
import torch

from gan_course import data, game, losses, penalties
from gan_course.chapters import translate
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError
from gan_course.models import count_parameters


def given_of(n=5, size=28):
    images = torch.rand(n, 1, size, size) * 2 - 1
    return images, translate.hide(images, translate.holes(n, size=size))


@pytest.mark.parametrize("skips", [True, False])
@pytest.mark.parametrize(("size", "blocks"), [(28, 3), (28, 2), (28, 1), (12, 2), (9, 3), (21, 2)])
def test_pictures_of_any_size_and_known_pixels_bit_for_bit(size, blocks, skips):
    images, given = given_of(size=size)
    G = translate.UNet(shape=(1, size, size), width=4, blocks=blocks, skips=skips)
    found = G(torch.randn(5, 4), given)
    assert found.shape == images.shape and found.abs().max() <= 1
    known = given[:, 1:] == 1
    assert torch.equal(found[known], images[known])
    assert not torch.equal(found[~known], images[~known])


def test_all_planes_at_once_is_the_same_network():
    _, given = given_of()
    G, z = translate.UNet(width=4).eval(), torch.randn(5, 4)
    planes = torch.cat([given, z[:, :, None, None].expand(-1, -1, 28, 28)], dim=1)
    assert torch.equal(G(z, given), G(planes))
    assert not torch.allclose(G(z, given), G(torch.randn(5, 4), given))


def test_from_picture_to_picture():
    F = translate.UNet(0, planes=1, known=False, width=4)
    x = torch.rand(3, 1, 28, 28)
    assert F(x).shape == x.shape
    assert F(F(x)).shape == x.shape  # there and back: what cycle consistency plays with


def test_size_of_the_shipped_network():
    assert count_parameters(translate.UNet()) == 100_993


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: translate.UNet(planes=1), "the 1 planes of a picture and its mask; found 1"),
        (lambda: translate.UNet(shape=(3, 28, 28)), "the 3 planes of a picture and its mask"),
        (lambda: translate.UNet(blocks=5), "halved 5 times"),
        (lambda: translate.UNet(blocks=0), "halved 0 times"),
        (
            lambda: translate.UNet(width=4)(torch.zeros(2, 3), torch.zeros(2, 2, 28, 28)),
            "planes of given and z has shape",
        ),
    ],
)
def test_wrong_arguments(make, message):
    with pytest.raises(GanCourseError, match=message):
        make()


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_a_score_sees_its_field_and_no_more(blocks):
    D = translate.PatchDiscriminator(channels=1, width=4, blocks=blocks)
    x = torch.randn(1, 1, 64, 64, requires_grad=True)
    scores = D.maps(x)
    scores[0, scores.shape[1] // 2, scores.shape[2] // 2].backward()
    rows, columns = x.grad[0, 0].nonzero().T
    assert int(rows.max() - rows.min()) + 1 == int(columns.max() - columns.min()) + 1 == D.field


def test_scores_of_a_sample_lie_side_by_side():
    images, given = given_of()
    D = translate.PatchDiscriminator(width=4)
    alone = torch.cat([D(images[i : i + 1], given[i : i + 1]) for i in range(5)])
    torch.testing.assert_close(D(images, given), alone)
    assert alone.shape == (5 * 49,)


def test_reconstruction_by_its_formula():
    real, fake = torch.tensor([[[[1.0, 0.0]]]]), torch.tensor([[[[0.0, -2.0]]]])
    assert translate.Reconstruction(3.0)(None, real, fake) == 3 * (1 + 4) / 2
    assert translate.Reconstruction(3.0, power=1)(None, real, fake) == 3 * (1 + 2) / 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"weight": -1.0},
        {"weight": float("inf")},
        {"weight": float("nan")},
        {"weight": 1.0, "power": 3},
    ],
)
def test_reconstruction_refuses_what_it_cannot_mean(wrong):
    with pytest.raises(GanCourseError, match="finite weight"):
        translate.Reconstruction(**wrong)


def test_shrink_keeps_the_means_and_nothing_else():
    images = torch.rand(3, 1, 28, 28)
    found = translate.shrink(images, 7)
    assert found.shape == images.shape
    torch.testing.assert_close(found[:, :, ::4, ::4], torch.nn.functional.avg_pool2d(images, 4))
    torch.testing.assert_close(translate.shrink(found, 7), found)


def test_holes_are_masks_of_all_three_kinds():
    known = translate.holes(600, torch.Generator().manual_seed(0))
    assert known.shape == (600, 1, 28, 28) and set(known.unique().tolist()) == {0.0, 1.0}
    hidden = 1 - known.mean(dim=(1, 2, 3))
    assert hidden.min() > 0.01 and hidden.max() < 0.7 and 0.2 < hidden.mean() < 0.4
    whole_sides = [
        (side == 0).all(dim=1).any(dim=1) for side in (known[:, 0], known[:, 0].transpose(1, 2))
    ]
    assert 0.25 < (whole_sides[0] | whole_sides[1]).float().mean() < 0.42  # a third
    assert torch.equal(known, translate.holes(600, torch.Generator().manual_seed(0)))


def pairs(seed=0):
    return translate.Pairs(
        data.batches(
            torch.rand(40, 1, 12, 12, generator=torch.Generator().manual_seed(3)) * 2 - 1, 8, seed
        ),
        lambda images, generator: translate.hide(
            images, translate.holes(len(images), generator, size=12)
        ),
        seed,
    )


def test_pairs_go_on_where_they_were():
    first = pairs()
    next(first)
    state = first.state_dict()
    wanted = [next(first) for _ in range(7)]
    again = pairs(seed=5)
    again.load_state_dict(state)
    for images, given in wanted:
        found = next(again)
        assert torch.equal(found[0], images) and torch.equal(found[1], given)


@pytest.mark.parametrize("alone", [False, True])
def test_the_one_loop_plays_it(alone):
    torch.manual_seed(0)
    G = translate.UNet(shape=(1, 12, 12), width=4, blocks=2)
    D = translate.Undecided() if alone else translate.PatchDiscriminator(3, width=4)
    config = TrainConfig(
        steps=30,
        latent_dim=4,
        given=True,
        lr_g=1e-2,
        lr_d=1e-3,
        average=0.9,
        log_every=1,
        channels_last=True,
    )
    images, given = next(pairs(1))
    before = ((G(torch.randn(8, 4), given) - images) ** 2).mean()
    lazy = [] if alone else [penalties.ZeroCentered(0.002, every=4)]
    run = game.train(
        G,
        D,
        pairs(),
        losses.NonSaturating(),
        config,
        lazy,
        g_penalties=[translate.Reconstruction(1.0 if alone else 10.0)],
    )
    found = game.sample(run.generator, torch.randn(8, 4), given)
    assert ((found - images) ** 2).mean() < before
    assert torch.equal(found[given[:, 1:] == 1], images[given[:, 1:] == 1])
    if alone:
        assert D.score == 0 and run.column("real_score")[-1] == run.column("fake_score")[-1] == 0


def test_an_answer_alone_is_judged_without_what_was_given():
    torch.manual_seed(0)
    inner = translate.PatchDiscriminator(1, width=4)
    D, x = translate.AnswerAlone(inner), torch.randn(2, 1, 28, 28)
    assert torch.equal(D(x, torch.randn(2, 2, 28, 28)), inner(x))
