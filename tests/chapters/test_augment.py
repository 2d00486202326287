"""Augmentation: right pixels, gradients of both orders, fresh draws; and the warp."""

import math

import pytest
import torch
from torch import nn

from gan_course import data, game, losses, penalties
from gan_course.chapters import augment
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.errors import GanCourseError


def images(n: int = 6, size: int = 8, channels: int = 1) -> torch.Tensor:
    return torch.rand(n, channels, size, size, generator=torch.Generator().manual_seed(0)) * 2 - 1


def test_brightness_and_contrast_act_on_whole_images():
    x = images()
    moved = augment.brightness(x) - x
    assert torch.allclose(moved, moved[:, :, :1, :1].expand_as(x), atol=1e-6)
    assert moved.abs().max() <= 0.5
    assert len(moved[:, 0, 0, 0].unique()) == len(x)  # a draw for each image
    y = augment.contrast(x)
    assert torch.allclose(y.mean(dim=(1, 2, 3)), x.mean(dim=(1, 2, 3)), atol=1e-5)
    ratio = y.std(dim=(1, 2, 3)) / x.std(dim=(1, 2, 3))
    assert ratio.min() >= 0.499 and ratio.max() <= 1.501 and ratio.std() > 0.01


@pytest.mark.parametrize("channels", [1, 3])
def test_translation_moves_whole_pixels_and_fills_with_paper(channels):
    x = images(300, channels=channels)
    y = augment.translate(x, share=1 / 8)  # one pixel of 8 either way
    padded = nn.functional.pad(x, (1, 1, 1, 1), value=augment.PAPER)
    shifts = {(i, j): padded[:, :, i : i + 8, j : j + 8] for i in range(3) for j in range(3)}
    fits = torch.stack([(y == moved).flatten(1).all(dim=1) for moved in shifts.values()])  # (9, N)
    # each image is one of the nine, and all nine occur
    assert fits.any(dim=0).all() and fits.any(dim=1).all()


def test_cutout_turns_a_square_to_paper():
    x = torch.ones(400, 1, 8, 8)
    y = augment.cutout(x, share=0.5)
    gone = (y == augment.PAPER)[:, 0]
    assert ((y == 1) | (y == augment.PAPER)).all()
    rows, columns = gone.any(dim=2).sum(dim=1), gone.any(dim=1).sum(dim=1)
    assert torch.equal(gone.sum(dim=(1, 2)), rows * columns)  # a rectangle
    assert rows.max() == columns.max() == 4 and rows.min() >= 1  # cut off at the border
    assert gone.any(dim=0).all()  # every pixel is hidden at times


def test_gradients_of_both_orders_pass():
    x = images().double().requires_grad_()
    D = nn.Sequential(nn.Flatten(), nn.Linear(64, 4), nn.Tanh(), nn.Linear(4, 1)).double()
    torch.manual_seed(0)
    (slope,) = torch.autograd.grad(D(augment.differentiable(x)).sum(), x, create_graph=True)
    assert slope.abs().sum() > 0
    (slope**2).sum().backward()  # what R1 asks for
    assert all(
        p.grad is not None and p.grad.abs().sum() > 0 for p in D[1].parameters() if p.ndim > 1
    )


def test_augmented_draws_anew_in_training_and_rests_in_eval():
    D = augment.Augmented(ConvDiscriminator(width=4), ("translation",))
    x = images(4, 28)
    with torch.no_grad():
        assert not torch.equal(D(x), D(x))
        D.eval()
        assert torch.equal(D(x), D.D(x))
    labelled = augment.Augmented(ConvDiscriminator(width=4, num_classes=3)).eval()
    y = torch.tensor([0, 1, 2, 0])
    assert torch.equal(labelled(x, y), labelled.D(x, y))


def test_real_and_fake_of_one_batch_get_draws_of_their_own():
    seen = []

    class Spy(nn.Module):
        def forward(self, x):
            seen.append(x)
            return x.flatten(1).mean(dim=1)

    x = images(5)
    game.score_both(augment.Augmented(Spy(), ("cutout",)), x, x)
    real, fake = seen[0].chunk(2)
    assert not torch.equal(real, fake)


def test_the_game_runs_with_r1_and_repeats_itself():
    config = TrainConfig(steps=3, latent_dim=4, num_classes=3, channels_last=True, log_every=1)
    labels = torch.arange(12) % 3

    def run(policy):
        torch.manual_seed(0)
        G, D = ConvGenerator(4, width=4, num_classes=3), ConvDiscriminator(width=4, num_classes=3)
        batches = data.batches((images(12, 28), labels), 6)
        history = game.train(
            G,
            augment.Augmented(D, policy) if policy else D,
            batches,
            losses.NonSaturating(),
            config,
            [penalties.ZeroCentered(1.0)],
        )
        return history.column("d_loss")

    assert run(augment.ALL) == run(augment.ALL) != run(())


def test_unknown_policy():
    with pytest.raises(GanCourseError, match="rotation.*color"):
        augment.Augmented(nn.Identity(), ("rotation",))


def numbers(n: int, **given):
    neutral = {"angle": 0.0, "scale": 1.0, "shear": 0.0}
    values = [torch.full((n,), float(given.get(name, value))) for name, value in neutral.items()]
    return *values, torch.tensor(given.get("shift", (0.0, 0.0))).expand(n, 2)


def test_warp_knows_the_exact_cases():
    x = images(3)
    assert torch.allclose(augment.warp(x, *numbers(3)), x, atol=1e-5)
    turned = augment.warp(x, *numbers(3, angle=math.pi / 2))
    assert torch.allclose(turned, x.rot90(1, dims=(2, 3)), atol=1e-4)  # anticlockwise
    moved = augment.warp(x, *numbers(3, shift=(2.0, -1.0)))  # right by two, up by one
    assert torch.allclose(moved[:, :, :-1, 2:], x[:, :, 1:, :-2], atol=1e-5)
    assert (moved[:, :, :, :2] <= -0.999).all()
    dot = torch.full((1, 1, 9, 9), augment.PAPER)
    dot[0, 0, 4, 6] = 1
    far = augment.warp(dot, *numbers(1, scale=1.5))
    assert far[0, 0, 4].argmax() == 7  # two pixels from the centre become three
    assert (augment.warp(dot, *numbers(1, angle=1.0, shear=0.2)) >= -1.0001).all()


def test_a_shift_after_a_turn_is_in_pixels_of_the_page():
    dot = torch.full((1, 1, 9, 9), augment.PAPER)
    dot[0, 0, 4, 4] = 1  # the centre stays where it is under a turn
    moved = augment.warp(dot, *numbers(1, angle=math.pi / 2, scale=1.3, shift=(3.0, 0.0)))
    assert moved[0, 0, 4].argmax() == 7


def test_geometric_draws_for_each_image():
    x = images(1, 28).expand(4, 1, 28, 28)
    y = augment.geometric(x)
    assert y.shape == x.shape and len({tuple(v.flatten().tolist()) for v in y}) == 4
