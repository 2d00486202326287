"""The chain: closed forms against steps and Bayes' rule, the bound against a likelihood."""

import math

import pytest
import torch

from gan_course.chapters import diffusion, families
from gan_course.errors import GanCourseError


class Perfect(diffusion.Diffusion):
    """The best estimate of the noise for data N(0, c^2 I)."""

    c = 0.7

    def predict(self, x_t, t):
        a, s = self._wide(self.alpha[t]), self._wide(self.sigma[t])
        return s * x_t / (self.c**2 * a**2 + s**2)


def test_noise_in_one_go_equals_noise_in_steps():
    chain = diffusion.Diffusion(None, (2,), discrete=False, steps=50)
    alpha, sigma = chain.alpha.double(), chain.sigma.double()
    mean, variance = 1.0, 0.0
    for t in range(1, 51):
        a = alpha[t] / alpha[t - 1]
        assert 0 < a < 1
        mean, variance = a * mean, a**2 * variance + (1 - a**2)
    assert float(mean) == pytest.approx(float(alpha[-1]), abs=1e-6)
    assert float(variance) == pytest.approx(float(sigma[-1] ** 2), abs=1e-6)
    assert torch.allclose(alpha**2 + sigma**2, torch.ones(51).double(), atol=1e-6)


def test_jump_is_bayes_rule():
    """q(x_s | x_t, x_0) ~ q(x_t | x_s) q(x_s | x_0), by numbers on a line."""
    chain = diffusion.Diffusion(None, (1,), discrete=False, steps=20)
    t, s, x_t, x_0 = 12, 7, torch.tensor(0.3), torch.tensor(-0.8)
    line = torch.linspace(-6, 6, 20_001)
    a = chain.alpha[t] / chain.alpha[s]
    v = chain.sigma[t] ** 2 - a**2 * chain.sigma[s] ** 2
    log_p = -((x_t - a * line) ** 2) / (2 * v) - (line - chain.alpha[s] * x_0) ** 2 / (
        2 * chain.sigma[s] ** 2
    )
    p = log_p.softmax(dim=0)
    mean, std = chain.jump(x_t, x_0, t, s)
    assert float(mean) == pytest.approx(float((p * line).sum()), abs=1e-3)
    assert float(std) == pytest.approx(float((p * (line - mean) ** 2).sum().sqrt()), abs=1e-3)


def test_bound_lies_below_the_likelihood_and_closes():
    torch.manual_seed(0)
    x = 0.7 * torch.randn(100_000, 1)
    exact = torch.distributions.Normal(0.0, 0.7).log_prob(x).mean()
    gaps = [
        float(exact - Perfect(None, (1,), False, steps).bound(x).mean())
        for steps in (10, 100, 1000)
    ]
    assert gaps[0] > 2 * gaps[1] > 4 * gaps[2] and -0.1 < gaps[2] < 0.15


def test_the_weight_of_the_bound_is_the_same_at_all_times():
    """The middle of the bound is (T - 1) weight |noise - estimate|^2, with the same draws."""
    chain = Perfect(None, (3,), False, 40)
    snr = (chain.alpha[1:].double() / chain.sigma[1:].double()) ** 2
    assert torch.allclose(
        0.5 * (snr[:-1] / snr[1:] - 1), torch.full((39,), chain.weight).double(), rtol=1e-4
    )
    x = torch.randn(500, 3)
    torch.manual_seed(3)
    _, middle, _ = chain.terms(x)
    torch.manual_seed(3)
    t, noise = torch.randperm(507)[:500] % 39 + 2, torch.randn_like(x)
    error = ((noise - chain.predict(chain.noised(x, t, noise), t)) ** 2).sum(dim=1)
    assert torch.allclose(middle, 39 * chain.weight * error, rtol=1e-2, atol=1e-3)


@pytest.mark.parametrize("n", [20, 150])
def test_the_bound_of_a_few_samples_is_unbiased(n):
    """All times must be equally likely, also where there are fewer samples than times."""
    torch.manual_seed(0)
    chain, one = Perfect(None, (1,), False, 100), torch.full((1, 1), 0.7)
    expected = chain.bound(one.expand(99_000, 1)).mean()
    found = torch.cat([chain.bound(one.expand(n, 1)) for _ in range(20_000 // n)])
    assert float((found.mean() - expected).abs()) < 5 * float(found.std()) / len(found) ** 0.5


def test_a_perfect_network_samples_the_data():
    x = Perfect(None, (2,), False, 200).sample(20_000, torch.Generator().manual_seed(0), steps=200)
    assert x.mean(dim=0).tolist() == pytest.approx([0, 0], abs=0.02)
    assert x.std(dim=0).tolist() == pytest.approx([0.7, 0.7], abs=0.02)


def test_discrete_chain():
    torch.manual_seed(0)
    chain = diffusion.Diffusion(
        diffusion.ImageDenoiser(width=4), (1, 14, 14), discrete=True, steps=30
    )
    levels = torch.randint(0, 8, (6, 1, 14, 14))
    loss = chain.loss(levels)
    loss.backward()
    assert all(p.grad is not None for p in chain.parameters())
    end, middle, start = chain.terms(levels)
    assert end.shape == middle.shape == start.shape == (6,)
    assert (start < 1e-3).all()  # x_1 tells the level: half a level is 9 deviations of the noise
    assert torch.allclose(chain.bound(levels).isfinite(), torch.tensor(True))
    seen = []
    x = chain.sample(
        2,
        torch.Generator().manual_seed(1),
        steps=5,
        watch=lambda t, x, estimate: seen.append((t, estimate)),
    )
    assert x.shape == (2, 1, 14, 14) and x.dtype == torch.int64
    assert [t for t, _ in seen] == [30, 24, 18, 12, 6] and all(e.abs().max() <= 1 for _, e in seen)


def test_levels_are_estimated_from_x1_by_bayes_rule():
    chain = diffusion.Diffusion(None, (1, 1, 1), True, 10)
    chain.sigma[1] = 0.3  # noise that hides levels
    chain.alpha[1] = math.sqrt(1 - 0.09)
    chain.predict = lambda x, t: 0 * x
    x = torch.arange(8).repeat(4000).reshape(-1, 1, 1, 1)
    *_, start = chain.terms(x)
    assert 0.3 < float(start.mean()) < math.log(8)  # less than a guess, more than nothing
    assert families.LEVELS == 8


@pytest.mark.parametrize("steps", [0, 31])
def test_steps_out_of_range(steps):
    with pytest.raises(GanCourseError, match="jumps"):
        Perfect(None, (1,), False, 30).sample(1, steps=steps)
