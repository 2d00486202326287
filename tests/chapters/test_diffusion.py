"""Chain and flow: closed forms against steps and Bayes' rule, bounds against a likelihood."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
import torch
from torch import nn

from gan_course import data, pretrained
from gan_course.chapters import diffusion, families
from gan_course.errors import CheckpointError, GanCourseError
from gan_course.training.recipes import FlowRecipe

LINEAR = "log SNR linear"


class Perfect(diffusion.Diffusion):
    """The best estimate of the noise for data N(0, c^2 I)."""

    c = 0.7

    def predict(self, x_t, t, labels=None, guidance=1.0):
        a, s = self._wide(self.alpha[t]), self._wide(self.sigma[t])
        return s * x_t / (self.c**2 * a**2 + s**2)


def draw(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("schedule", diffusion.SCHEDULES)
def test_noise_in_one_go_equals_noise_in_steps(schedule):
    chain = diffusion.Diffusion(None, (2,), discrete=False, steps=50, schedule=schedule)
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
        float(exact - Perfect(None, (1,), False, steps, LINEAR).bound(x).mean())
        for steps in (10, 100, 1000)
    ]
    assert gaps[0] > 2 * gaps[1] > 4 * gaps[2] and -0.1 < gaps[2] < 0.15


def test_the_weight_of_the_bound_is_the_same_at_all_times():
    """The middle of the bound is (T - 1) weight |noise - estimate|^2, with the same draws."""
    chain = Perfect(None, (3,), False, 40, LINEAR)
    snr = (chain.alpha[1:].double() / chain.sigma[1:].double()) ** 2
    weight = 0.5 * (snr[:-1] / snr[1:] - 1)
    assert torch.allclose(weight, weight[:1].expand(39), rtol=1e-4)
    x = torch.randn(500, 3)
    torch.manual_seed(3)
    _, middle, _ = chain.terms(x)
    torch.manual_seed(3)
    t, noise = torch.randperm(507)[:500] % 39 + 2, torch.randn_like(x)
    error = ((noise - chain.predict(chain.noised(x, t, noise), t)) ** 2).sum(dim=1)
    assert torch.allclose(middle, 39 * float(weight[0]) * error, rtol=1e-2, atol=1e-3)


@pytest.mark.parametrize("n", [20, 150])
def test_the_bound_of_a_few_samples_is_unbiased(n):
    """All times must be equally likely, also where there are fewer samples than times."""
    torch.manual_seed(0)
    chain, one = Perfect(None, (1,), False, 100, LINEAR), torch.full((1, 1), 0.7)
    expected = chain.bound(one.expand(99_000, 1)).mean()
    found = torch.cat([chain.bound(one.expand(n, 1)) for _ in range(20_000 // n)])
    assert float((found.mean() - expected).abs()) < 5 * float(found.std()) / len(found) ** 0.5


@pytest.mark.parametrize("schedule", diffusion.SCHEDULES)
@pytest.mark.parametrize("fresh", [False, True])
def test_a_perfect_network_samples_the_data(schedule, fresh):
    chain = Perfect(None, (2,), False, 400, schedule)
    x = chain.sample(20_000, draw(), steps=400, fresh_noise=fresh)
    assert x.mean(dim=0).tolist() == pytest.approx([0, 0], abs=0.02)
    assert x.std(dim=0).tolist() == pytest.approx([0.7, 0.7], abs=0.03)


def test_without_fresh_noise_the_start_decides():
    chain = Perfect(None, (2,), False, 50)
    assert torch.equal(chain.sample(5, draw(3), steps=7), chain.sample(5, draw(3), steps=7))


def test_discrete_chain():
    torch.manual_seed(0)
    net = diffusion.Denoiser((1, 8, 8), num_classes=3, width=8, coarse=1)
    chain = diffusion.Diffusion(net, (1, 8, 8), discrete=True, steps=30, schedule=LINEAR)
    levels, labels = torch.randint(0, 8, (6, 1, 8, 8)), torch.arange(6) % 3
    loss = chain.loss(levels, labels)
    loss.backward()
    assert all(p.grad is not None for p in chain.parameters())
    end, middle, start = chain.terms(levels, labels)
    assert end.shape == middle.shape == start.shape == (6,)
    assert (start < 1e-3).all()  # x_1 tells the level: half a level is 9 deviations of the noise
    assert chain.bound(levels, labels).isfinite().all()
    seen = []

    def watch(t, x, estimate):
        seen.append((t, estimate))

    x = chain.sample(3, draw(1), torch.arange(3), steps=5, watch=watch)
    assert x.shape == (3, 1, 8, 8) and x.is_floating_point()
    assert [t for t, _ in seen] == [30, 24, 18, 12, 6] and all(e.abs().max() <= 1 for _, e in seen)


def test_levels_are_estimated_from_x1_by_bayes_rule():
    chain = diffusion.Diffusion(None, (1, 1, 1), True, 10, LINEAR)
    chain.sigma[1] = 0.3  # noise that hides levels
    chain.alpha[1] = math.sqrt(1 - 0.09)
    chain.predict = lambda x, t, labels, guidance: 0 * x
    x = torch.arange(8).repeat(4000).reshape(-1, 1, 1, 1)
    *_, start = chain.terms(x)
    assert 0.3 < float(start.mean()) < math.log(8)  # less than a guess, more than nothing
    assert families.LEVELS == 8


@pytest.mark.parametrize("steps", [0, 31])
def test_steps_out_of_range(steps):
    with pytest.raises(GanCourseError, match="walked in 1 to 30"):
        Perfect(None, (1,), False, 30).sample(1, steps=steps)


class Straight(nn.Module):
    """The mean velocity of all lines from noise to data N(0, c^2 I)."""

    def __init__(self, c=0.5):
        super().__init__()
        self.c = nn.Parameter(torch.tensor(c))

    def forward(self, x, t, labels=None):
        t = t[:, None]
        return (t * self.c**2 - (1 - t)) / ((1 - t) ** 2 + t**2 * self.c**2) * x


def test_a_perfect_flow_samples_the_data_and_knows_its_density():
    flow = diffusion.Flow(Straight(), (2,))
    x = flow.sample(20_000, draw(), steps=200)
    assert x.std(dim=0).tolist() == pytest.approx([0.5, 0.5], abs=0.01)
    few = 0.5 * torch.randn(20, 2, generator=draw())
    exact = torch.distributions.Normal(0.0, 0.5).log_prob(few).sum(dim=1)
    assert flow.bound(few).tolist() == pytest.approx(exact.tolist(), abs=1e-3)


def test_an_euler_step_is_a_ddim_step_on_the_straight_line():
    """x_s = (1 - s) noise + s image, with the two that the velocity implies."""
    flow, x, seen = diffusion.Flow(Straight(), (2,)), [], []
    flow.sample(4, draw(), steps=5, watch=lambda t, x, v: seen.append((t, x, v)))
    for (t, x, v), (s, after, _) in pairwise(seen):
        image, noise = x + (1 - t) * v, x - t * v
        assert torch.allclose(after, (1 - s) * noise + s * image, atol=1e-6)


def small_net():
    torch.manual_seed(0)
    net = diffusion.Denoiser((1, 8, 8), num_classes=3, width=8, coarse=1)
    for module in net.modules():
        if isinstance(module, diffusion.Block):  # its change of x is 0 at first
            nn.init.normal_(module.second.weight, std=0.2)
    return net.eval()


def test_guidance_goes_through_the_told_and_the_untold():
    net, x, labels = small_net(), torch.randn(3, 1, 8, 8), torch.arange(3)
    u = torch.full((3,), 0.4)
    told, untold = net(x, u, labels), net(x, u)
    assert not torch.allclose(told, untold)
    for w, wanted in ((0.0, untold), (1.0, told), (3.0, 3 * told - 2 * untold)):
        assert torch.allclose(diffusion.guided(net, x, u, labels, w), wanted, atol=1e-5)
    net.train()  # a tenth of the labels is hidden
    many, y = x[:1].expand(400, -1, -1, -1), torch.zeros(400, dtype=torch.int64)
    off = (net(many, u[:1].expand(400), y) - told[:1]).abs().flatten(1).max(dim=1).values > 1e-4
    assert 10 <= int(off.sum()) <= 80


def test_sizes_that_do_not_fit():
    with pytest.raises(GanCourseError, match="multiples of 4"):
        diffusion.Denoiser((1, 30, 30))
    with pytest.raises(GanCourseError, match="schedule"):
        diffusion.Diffusion(None, (1,), False, schedule="linear")


def test_a_flow_trains_stops_and_goes_on(tmp_path):
    """A run that was stopped ends with the weights of one that was not."""
    images = data.ImageSet(
        torch.rand(40, 1, 8, 8) * 2 - 1, torch.arange(40) % 3, ("a", "b", "c"), "toy", "a test"
    )
    recipe = FlowRecipe("toy", width=8, fine=0, coarse=1, batch_size=8, steps=6, checkpoint_every=2)
    ends = []
    for stop_at in (None, 3):
        path = tmp_path / f"{stop_at}.pt"
        for stop in (lambda step, at=stop_at: step == at, lambda step: False):
            torch.manual_seed(0)
            net = diffusion.Denoiser(**recipe.network_arguments(images))
            average = diffusion.train(net, images, recipe, path, stop=stop)
        ends.append(average.state_dict())
    assert all(torch.equal(a, b) for a, b in zip(ends[0].values(), ends[1].values()))
    with pytest.raises(CheckpointError, match="lr"):
        diffusion.train(net, images, replace(recipe, lr=1.0), path)


def test_a_denoiser_ships(tmp_path):
    net = small_net()
    arguments = {"shape": [1, 8, 8], "num_classes": 3, "width": 8, "coarse": 1}
    pretrained.save(net, "toy", arguments, tmp_path, {})
    back = pretrained.load("toy", folder=tmp_path)
    x, u = torch.randn(2, 1, 8, 8), torch.rand(2)
    assert torch.allclose(back(x, u), net(x, u), rtol=0.02, atol=0.02)
