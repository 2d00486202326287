"""Notebook 24's attacks and privacy: areas, per-row gradients, an accountant against others."""

import math

import pytest
import torch
from sklearn.metrics import roc_auc_score

from gan_course import runtime
from gan_course.chapters import private
from gan_course.errors import GanCourseError

# epsilon at (rate, noise, steps, delta), by dp-accounting 0.6.0 (RdpAccountant, Poisson sampling)
KNOWN = {
    (256 / 60_000, 1.1, 14_062, 1e-5): 2.5966,
    (0.05, 1.26, 1_500, 1e-5): 9.9380,
    (0.2, 2.0, 500, 1e-3): 10.8917,
    (1.0, 4.0, 1, 1e-5): 1.0126,
}


@pytest.mark.parametrize("setting", KNOWN)
def test_epsilon_is_that_of_other_accountants(setting):
    # whole orders alone: never less than theirs, and hardly more
    assert -1e-4 < private.epsilon(*setting) / KNOWN[setting] - 1 < 0.03


@pytest.mark.parametrize("setting", KNOWN)
def test_dp_accounting_says_so_where_it_is_installed(setting):
    rdp = pytest.importorskip("dp_accounting.rdp")
    from dp_accounting import dp_event

    rate, noise, steps, delta = setting
    accountant = rdp.RdpAccountant()
    event = dp_event.PoissonSampledDpEvent(rate, dp_event.GaussianDpEvent(noise))
    accountant.compose(event, steps)
    assert accountant.get_epsilon(delta) == pytest.approx(KNOWN[setting], rel=1e-4)


def test_the_divergence_of_the_whole_table_is_that_of_gaussians():
    for order in (2, 7, 40):
        assert private.divergence(1.0, 3.0, order) == pytest.approx(order / (2 * 9))
    assert private.divergence(0.0, 3.0, 5) == pytest.approx(0, abs=1e-12)
    assert private.divergence(0.1, 3.0, 5) < private.divergence(0.2, 3.0, 5)


@pytest.mark.parametrize("wanted", [1, 3, 10])
def test_the_noise_keeps_epsilon(wanted):
    noise = private.noise_for(wanted, 0.05, 1_500, 1e-5)
    assert private.epsilon(0.05, noise, 1_500, 1e-5) <= wanted
    assert private.epsilon(0.05, noise / 1.01, 1_500, 1e-5) > wanted


def test_an_epsilon_that_cannot_be_had_is_an_error():
    with pytest.raises(GanCourseError, match="no noise"):
        private.noise_for(1e-9, 1.0, 10**6, 1e-9)


def test_areas_are_those_of_scikit_learn():
    draw = runtime.generator(0)
    members = torch.randint(9, (70,), generator=draw).float()
    others = torch.randint(7, (40,), generator=draw).float()
    area, found = private.advantage(members, others)
    truth = [1] * 70 + [0] * 40
    assert area == pytest.approx(roc_auc_score(truth, torch.cat([members, others])))
    assert found == (members > 6).double().mean().item()


def test_gradients_of_rows_sum_to_that_of_the_batch():
    torch.manual_seed(0)
    D, x = private.small_critic(5), torch.randn(7, 5)
    alone = private.row_gradients(D, x)
    torch.nn.functional.softplus(-D(x)).sum().backward()
    for name, p in D.named_parameters():
        assert alone[name].shape == (7, *p.shape)
        torch.testing.assert_close(alone[name].sum(dim=0), p.grad)


def test_no_row_moves_the_sum_by_more_than_the_clip():
    torch.manual_seed(0)
    D, x = private.small_critic(5), 30 * torch.randn(20, 5)
    gradients, stream = private.row_gradients(D, x), runtime.generator(0)
    without = {name: g[1:] for name, g in gradients.items()}
    sums = [private.private_sum(g, 0.3, 0.0, stream) for g in (gradients, without)]
    squares = sum((sums[0][n] - sums[1][n]).pow(2).sum() for n in gradients)
    assert math.sqrt(squares) == pytest.approx(0.3, rel=1e-4)  # a long one, shortened
    small = {name: 1e-6 * g for name, g in gradients.items()}
    for name, total in private.private_sum(small, 0.3, 0.0, stream).items():
        torch.testing.assert_close(total, small[name].sum(dim=0))


def test_noise_has_the_width_that_was_asked_for():
    zeros = {"w": torch.zeros(2, 100, 100)}
    total = private.private_sum(zeros, 0.5, 3.0, runtime.generator(0))["w"]
    assert total.std().item() == pytest.approx(1.5, rel=0.03)


@pytest.mark.parametrize("settings", [{"clip": 0.0}, {}, {"noise": 1.0}])
def test_a_private_game_changes_both_players_and_repeats_itself(settings):
    x = torch.eye(4)[torch.arange(200) % 4]
    ends = []
    for _ in range(2):
        torch.manual_seed(0)
        G, D = private.Choices((4,)), private.small_critic(4)
        before = [p.clone() for net in (G, D) for p in net.parameters()]
        private.play(G, D, x, private.Private(steps=3, **settings))
        after = [p.detach().clone() for net in (G, D) for p in net.parameters()]
        assert all(not torch.equal(a, b) for a, b in zip(before[::2], after[::2]))
        ends.append(after)
    assert all(torch.equal(a, b) for a, b in zip(*ends))
    assert G.sample(50, runtime.generator(0)).shape == (50, 1)


def test_a_noisy_histogram_is_nearer_at_a_larger_epsilon():
    cells = torch.arange(10_000) % 10
    off = []
    for wanted in (0.1, 10):
        shares = private.noisy_shares(cells, 10, wanted, 1e-5, runtime.generator(0))
        assert shares.sum().item() == pytest.approx(1) and shares.min() >= 0
        off.append((shares - 0.1).abs().sum().item())
    assert off[1] < 0.1 * off[0]
