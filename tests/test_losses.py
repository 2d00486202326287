import math

import pytest
import torch

from gan_course import losses
from gan_course.errors import GanCourseError

ALL = [
    losses.Minimax(),
    losses.NonSaturating(),
    losses.LeastSquares(),
    losses.Hinge(),
    losses.Wasserstein(),
    losses.Relativistic(),
]
ids = [repr(loss) for loss in ALL]
REAL = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)
FAKE = torch.tensor([-0.3, 0.8, 1.5], dtype=torch.float64)


def sigmoid(s):
    return 1 / (1 + math.exp(-s))


def mean(values):
    return sum(values) / len(values)


# discriminator, generator: written from the papers with log, exp and max, not with softplus
CLOSED = {
    "Minimax()": (
        -mean([math.log(sigmoid(r)) for r in REAL])
        - mean([math.log(1 - sigmoid(f)) for f in FAKE]),
        mean([math.log(1 - sigmoid(f)) for f in FAKE]),
    ),
    "NonSaturating()": (
        -mean([math.log(sigmoid(r)) for r in REAL])
        - mean([math.log(1 - sigmoid(f)) for f in FAKE]),
        -mean([math.log(sigmoid(f)) for f in FAKE]),
    ),
    "LeastSquares()": (
        mean([(r - 1) ** 2 for r in REAL]) / 2 + mean([f**2 for f in FAKE]) / 2,
        mean([(f - 1) ** 2 for f in FAKE]) / 2,
    ),
    "Hinge()": (
        mean([max(0, 1 - r) for r in REAL]) + mean([max(0, 1 + f) for f in FAKE]),
        -mean(FAKE),
    ),
    "Wasserstein()": (mean(FAKE) - mean(REAL), -mean(FAKE)),
    "Relativistic()": (
        -mean([math.log(sigmoid(r - f)) for r, f in zip(REAL, FAKE)]),
        -mean([math.log(sigmoid(f - r)) for r, f in zip(REAL, FAKE)]),
    ),
}


@pytest.mark.parametrize("loss", ALL, ids=ids)
def test_closed_form(loss):
    d, g = CLOSED[repr(loss)]
    assert loss.discriminator(REAL, FAKE).item() == pytest.approx(float(d), abs=1e-12)
    assert loss.generator(REAL, FAKE).item() == pytest.approx(float(g), abs=1e-12)


@pytest.mark.parametrize("loss", ALL, ids=ids)
def test_signs(loss):
    """D's step raises real scores and lowers fake ones; G's step raises fake scores."""
    real, fake = torch.zeros(4, requires_grad=True), torch.zeros(4, requires_grad=True)
    d_real, d_fake = torch.autograd.grad(loss.discriminator(real, fake), (real, fake))
    (g_fake,) = torch.autograd.grad(loss.generator(real, fake), fake)
    assert (d_real < 0).all() and (d_fake >= 0).all() and (g_fake < 0).all()
    if not isinstance(loss, losses.LeastSquares):  # its fakes stand at their target 0 already
        assert (d_fake > 0).all()


@pytest.mark.parametrize("loss", ALL, ids=ids)
def test_gradients_in_float64(loss):
    real, fake = REAL.clone().requires_grad_(), FAKE.clone().requires_grad_()
    assert torch.autograd.gradcheck(loss.discriminator, (real, fake))
    assert torch.autograd.gradcheck(lambda f: loss.generator(real.detach(), f), (fake,))


@pytest.mark.parametrize(
    ("player", "loss", "score", "value", "slope"),
    # what a score of +-60 must give in float32, where log(sigmoid(s)) has long become -inf or lost
    # its slope
    [
        ("G", losses.NonSaturating(), -60.0, 60.0, -1.0),
        ("G", losses.NonSaturating(), 60.0, math.exp(-60), -math.exp(-60)),
        ("G", losses.Minimax(), 60.0, -60.0, -1.0),
        ("G", losses.Minimax(), -60.0, -math.exp(-60), -math.exp(-60)),
        ("D", losses.Minimax(), 60.0, 60.0, 1.0),
        ("D", losses.Minimax(), -60.0, math.exp(-60), math.exp(-60)),
    ],
)
def test_far_out(player, loss, score, value, slope):
    fake = torch.tensor([score], requires_grad=True)
    sure = torch.tensor([200.0])  # a real score that adds exp(-200) = 0 in float32
    result = loss.generator(sure, fake) if player == "G" else loss.discriminator(sure, fake)
    (gradient,) = torch.autograd.grad(result, fake)
    assert result.item() == pytest.approx(value, rel=1e-5)
    assert gradient.item() == pytest.approx(slope, rel=1e-5)


def test_minimax_and_non_saturating_share_d_and_differ_in_g():
    a, b = losses.Minimax(), losses.NonSaturating()
    assert torch.equal(a.discriminator(REAL, FAKE), b.discriminator(REAL, FAKE))
    fake = torch.tensor([-8.0], requires_grad=True)  # D is sure: D(G(z)) = 0.0003
    slopes = [torch.autograd.grad(loss.generator(None, fake), fake)[0].item() for loss in (a, b)]
    D = sigmoid(-8.0)
    assert slopes == pytest.approx([-D, -(1 - D)], rel=1e-5)


def test_equilibrium_values():
    zero = torch.zeros(5)
    assert losses.NonSaturating().discriminator(zero, zero).item() == pytest.approx(math.log(4))
    assert losses.NonSaturating().generator(None, zero).item() == pytest.approx(math.log(2))
    assert losses.Minimax().generator(None, zero).item() == pytest.approx(-math.log(2))


@pytest.mark.parametrize("loss", ALL, ids=ids)
@pytest.mark.parametrize("bad", [torch.zeros(4, 1), torch.zeros(0), torch.zeros(())])
def test_wrong_shapes_and_empty_batches(loss, bad):
    with pytest.raises(GanCourseError, match="one score a sample"):
        loss.discriminator(torch.zeros(4), bad)
    with pytest.raises(GanCourseError, match="one score a sample"):
        loss.generator(torch.zeros(4), bad)


def test_relativistic_needs_pairs():
    with pytest.raises(GanCourseError, match="pairs"):
        losses.Relativistic().generator(None, torch.zeros(4))
    with pytest.raises(GanCourseError, match="pairs"):
        # would broadcast in silence
        losses.Relativistic().discriminator(torch.zeros(1), torch.zeros(4))


@pytest.mark.parametrize(("a", "b"), [(0.9, 0.0), (0.9, 0.1), (1.0, 0.0)])
def test_smoothed_is_the_cross_entropy_with_its_targets(a, b):
    by_hand = -mean([a * math.log(sigmoid(r)) + (1 - a) * math.log(1 - sigmoid(r)) for r in REAL])
    by_hand -= mean([b * math.log(sigmoid(f)) + (1 - b) * math.log(1 - sigmoid(f)) for f in FAKE])
    loss = losses.Smoothed(a, b)
    assert loss.discriminator(REAL, FAKE).item() == pytest.approx(float(by_hand), abs=1e-12)
    assert torch.equal(loss.generator(None, FAKE), losses.NonSaturating().generator(None, FAKE))


def test_smoothed_best_discriminator():
    """3 real and 1 fake sample at one point: the slope is 0 at D = (a p + b q) / (p + q)."""
    a, b = 0.9, 0.2
    best = (3 * a + b) / 4
    s = torch.tensor(math.log(best / (1 - best)), dtype=torch.float64, requires_grad=True)
    loss = losses.Smoothed(a, b)
    alone = s[None]
    total = 3 * loss.discriminator(alone, torch.tensor([0.0])) + loss.discriminator(
        torch.tensor([0.0]), alone
    )
    (slope,) = torch.autograd.grad(total, s)
    assert slope.item() == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize(("a", "b"), [(0.1, 0.9), (0.5, 0.5), (1.1, 0.0), (0.9, -0.1)])
def test_smoothed_targets_out_of_range(a, b):
    with pytest.raises(GanCourseError, match="0 <= fake < real <= 1"):
        losses.Smoothed(a, b)
