import math

import pytest
import torch

from gan_course.chapters import text
from gan_course.errors import GanCourseError


@pytest.fixture
def net():
    torch.manual_seed(0)
    return text.LanguageModel(7, embedding=5, hidden=6).eval()


def test_probabilities_of_all_sequences_sum_to_one(net):
    every = torch.cartesian_prod(*[torch.arange(7)] * 3)
    for temperature in (1.0, 0.5):
        total = text.log_probabilities(net, every, temperature).sum(dim=1).exp().sum()
        assert total.item() == pytest.approx(1, abs=1e-5)


def test_sampling_follows_the_likelihood(net):
    made = text.sample(net, 40_000, 2, temperature=0.7, generator=torch.Generator().manual_seed(1))
    every = torch.cartesian_prod(torch.arange(7), torch.arange(7))
    p = text.log_probabilities(net, every, 0.7).sum(dim=1).exp()
    found = torch.bincount(made[:, 0] * 7 + made[:, 1], minlength=49) / 40_000
    assert ((found - p).abs() < 5 * (p * (1 - p) / 40_000).sqrt() + 1e-4).all()


def test_completions_keep_the_prefix(net):
    prefix = torch.tensor([[3, 4], [5, 6]])
    made = text.complete(net, prefix, 6)
    assert made.shape == (2, 6) and torch.equal(made[:, :2], prefix)
    assert torch.equal(text.complete(net, made, 6), made)


def test_a_step_at_a_time_equals_the_whole(net):
    tokens = torch.randint(7, (3, 5))
    whole, _ = net(tokens)
    state, steps = None, []
    for t in range(5):
        logits, state = net(tokens[:, t : t + 1], state)
        steps.append(logits)
    assert torch.allclose(torch.cat(steps, dim=1), whole, atol=1e-6)


def test_what_stands_behind_the_end_does_not_count(net):
    rows = torch.tensor([[3, text.END, 5, 5], [3, 4, 2, text.END]])
    assert text.counts(rows).tolist() == [[True, True, False, False], [True] * 4]
    other = rows.clone()
    other[0, 2:] = 6
    assert torch.equal(text.loss(net, rows, closed=True), text.loss(net, other, closed=True))
    assert not torch.equal(text.loss(net, rows), text.loss(net, other))


def test_nll_of_a_uniform_model_is_log_v_a_token():
    net = text.LanguageModel(7)
    torch.nn.init.zeros_(net.head.weight), torch.nn.init.zeros_(net.head.bias)
    assert text.nll(net, torch.randint(7, (10, 4))) == pytest.approx(4 * math.log(7), rel=1e-5)
    assert net.training  # left as it was


def test_cold_samples_are_the_likeliest_tokens(net):
    made = text.sample(net, 5, 4, temperature=1e-4)
    assert (made == made[0]).all()
    with pytest.raises(GanCourseError, match="above 0"):
        text.sample(net, 1, 1, temperature=0.0)


def test_variety():
    same, other = torch.zeros(4, 5, dtype=torch.int64), torch.arange(20).view(4, 5)
    assert text.distinct(same, 3) == 1 / 12 and text.distinct(other, 3) == 1.0
    assert text.repeated(same) == 1.0 and text.repeated(other) == 0.0
