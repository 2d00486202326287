import pytest
import torch
from torch import nn

from gan_course import models, penalties
from gan_course.errors import GanCourseError


class LinearCritic(nn.Module):
    """D(x) = 3 x1 + 4 x2: its gradient has norm 5 everywhere."""

    def __init__(self, weights=(3.0, 4.0)):
        super().__init__()
        self.w = nn.Parameter(torch.tensor(weights))

    def forward(self, x, labels=None):
        return x.flatten(1) @ self.w


def test_gradient_penalty_closed_form():
    real, fake = torch.randn(6, 2), torch.randn(6, 2)
    found = penalties.GradientPenalty(10.0)(LinearCritic(), real, fake)
    assert found.item() == pytest.approx(10 * (5 - 1) ** 2)
    found = penalties.GradientPenalty(10.0, target=0.0)(LinearCritic(), real, fake)
    assert found.item() == pytest.approx(250)


def test_zero_centred_closed_form():
    real, fake = torch.randn(6, 2), torch.randn(6, 2)
    found = penalties.ZeroCentered(0.3)(LinearCritic(), real, fake)
    assert found.item() == pytest.approx(0.15 * 25)


def test_norm_is_over_the_flattened_sample():
    critic = LinearCritic((3.0, 4.0, 0.0, 0.0))
    images = torch.randn(5, 1, 2, 2)
    assert penalties.GradientPenalty(10.0)(critic, images, images).item() == pytest.approx(160)


def test_gradient_reaches_the_weights_of_d():
    """d/dw 10 (|w| - 1)^2 = 20 (|w| - 1) w / |w|."""
    critic = LinearCritic()
    penalties.GradientPenalty(10.0)(critic, torch.randn(4, 2), torch.randn(4, 2)).backward()
    assert critic.w.grad.tolist() == pytest.approx([20 * 4 * 0.6, 20 * 4 * 0.8], rel=1e-5)


@pytest.mark.parametrize(
    "penalty",
    [penalties.GradientPenalty(), penalties.ZeroCentered(), penalties.ZeroCentered(on="fake")],
)
def test_finite_where_the_gradient_is_exactly_zero(penalty):
    D = models.MLPDiscriminator((2,), (8,), activation="relu")
    with torch.no_grad():
        for p in D.parameters():
            p.zero_()
        D.net[0].bias.fill_(-1)  # every unit dead: D is constant
    value = penalty(D, torch.randn(4, 2), torch.randn(4, 2))
    value.backward()
    assert torch.isfinite(value)
    assert all(p.grad is None or torch.isfinite(p.grad).all() for p in D.parameters())


def test_interpolation_weight_is_one_uniform_number_a_sample():
    seen = {}

    class Spy(LinearCritic):
        def forward(self, x, labels=None):
            seen["x"] = x.detach()
            return x.flatten(1).sum(1) * self.w.sum()

    n = 20_000
    real, fake = torch.ones(n, 3), torch.zeros(n, 3)
    penalties.GradientPenalty()(Spy(), real, fake)
    mix = seen["x"]
    assert (mix == mix[:, :1]).all()  # the same for all coordinates of a sample
    assert mix.min() >= 0 and mix.max() <= 1
    assert mix[:, 0].mean().item() == pytest.approx(0.5, abs=0.01)
    assert mix[:, 0].var().item() == pytest.approx(1 / 12, abs=0.003)


def test_r1_looks_at_real_and_r2_at_fake():
    class Square(LinearCritic):
        def forward(self, x, labels=None):
            return 0.5 * (x**2).sum(1)  # gradient x

    real, fake = torch.full((3, 2), 2.0), torch.full((3, 2), 5.0)
    assert penalties.ZeroCentered(2.0, on="real")(Square(), real, fake).item() == pytest.approx(8)
    assert penalties.ZeroCentered(2.0, on="fake")(Square(), real, fake).item() == pytest.approx(50)
    with pytest.raises(GanCourseError, match="real"):
        penalties.ZeroCentered(on="both")


def test_historical_average_is_the_distance_to_the_mean_of_past_parameters():
    D, penalty = LinearCritic((0.0, 0.0)), penalties.HistoricalAverage(2.0)
    path = [(0.0, 0.0), (1.0, 0.0), (2.0, 3.0)]
    values = []
    for w in path:
        with torch.no_grad():
            D.w.copy_(torch.tensor(w))
        values.append(penalty(D, None, None).item())
    assert values == pytest.approx([0.0, 2 * 1.0, 2 * (1.5**2 + 3**2)])
    penalty(D, None, None).backward()  # mean of the three points above is (1, 1)
    assert D.w.grad.tolist() == pytest.approx([2 * 2 * 1.0, 2 * 2 * 2.0])


def test_historical_average_state_survives():
    D, a, b = LinearCritic(), penalties.HistoricalAverage(), penalties.HistoricalAverage()
    a(D, None, None)
    b.load_state_dict(a.state_dict())
    with torch.no_grad():
        D.w.add_(1)
    assert a(D, None, None).item() == b(D, None, None).item() == pytest.approx(2)


def test_clip_weights():
    D = LinearCritic((0.5, -0.005))
    penalties.clip_weights(0.01)(D)
    assert D.w.tolist() == pytest.approx([0.01, -0.005])
    with pytest.raises(GanCourseError, match="positive"):
        penalties.clip_weights(0)


def test_shapes_must_agree():
    with pytest.raises(GanCourseError, match=r"real \(4, 2\) with fake \(3, 2\)"):
        penalties.GradientPenalty()(LinearCritic(), torch.randn(4, 2), torch.randn(3, 2))


class TwoHeads(torch.nn.Module):
    """A score and class logits, both linear."""

    def __init__(self):
        super().__init__()
        self.net = torch.nn.Linear(2, 3)

    def forward(self, x, labels=None):
        return x.sum(1)

    def classify(self, x):
        return self.net(x)


def test_auxiliary_classifier_is_the_cross_entropy_of_the_label():
    D, real, fake = TwoHeads(), torch.randn(6, 2), torch.randn(6, 2)
    labels = torch.tensor([0, 1, 2, 0, 1, 2])
    of_real, of_fake = (
        -D.classify(x).log_softmax(1)[range(6), labels].mean() for x in (real, fake)
    )
    torch.testing.assert_close(
        penalties.AuxiliaryClassifier(0.5)(D, real, fake, labels), 0.5 * (of_real + of_fake)
    )
    torch.testing.assert_close(
        penalties.AuxiliaryClassifier(2.0, on="fake")(D, real, fake, labels), 2 * of_fake
    )
    with pytest.raises(GanCourseError, match="needs labels"):
        penalties.AuxiliaryClassifier()(D, real, fake)
    with pytest.raises(GanCourseError, match="on is"):
        penalties.AuxiliaryClassifier(on="real")


def test_historical_average_of_another_player():
    """of=G: the distance is G's, D is not looked at, and the gradient goes to G."""
    G, D = LinearCritic((0.0, 0.0)), LinearCritic()
    penalty = penalties.HistoricalAverage(2.0, of=G)
    assert penalty(D, None, None).item() == 0
    with torch.no_grad():
        G.w.copy_(torch.tensor([1.0, 2.0])), D.w.add_(9)
    value = penalty(D, None, None)
    value.backward()
    assert value.item() == pytest.approx(2 * (1 + 4))
    assert G.w.grad.tolist() == pytest.approx([4, 8]) and D.w.grad is None


def test_historical_average_of_g_state_survives():
    G = LinearCritic()
    a, b = penalties.HistoricalAverage(of=G), penalties.HistoricalAverage(of=G)
    a(None, None, None)
    b.load_state_dict(a.state_dict())
    with torch.no_grad():
        G.w.add_(1)
    assert a(None, None, None).item() == b(None, None, None).item() == pytest.approx(2)
