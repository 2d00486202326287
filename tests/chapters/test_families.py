"""VAE, chain rule and masks: exact likelihoods, sums of 1, causality by gradients."""

import math

import pytest
import torch
from torch import nn

from gan_course import data
from gan_course.chapters import families


def draw(seed=0):
    return torch.Generator().manual_seed(seed)


def test_levels_there_and_back():
    levels = torch.arange(8).reshape(1, 1, 2, 4)
    assert torch.equal(families.to_levels(families.to_grey(levels)), levels)
    assert families.to_levels(torch.tensor([-2.0, -1.0, 1.0, 5.0])).tolist() == [0, 0, 7, 7]
    grey = torch.tensor([0.25])
    assert families.as_grey(grey) is grey
    assert torch.equal(families.as_grey(levels), families.to_grey(levels))


def linear_vae(W, std):
    """x = W z + noise of that deviation; the encoder gives the exact posterior's mean."""
    d, k = W.shape
    cov = torch.linalg.inv(torch.eye(k) + W.T @ W / std**2)
    encoder, decoder = nn.Linear(d, 2 * k, bias=True), nn.Linear(k, d, bias=False)
    with torch.no_grad():
        decoder.weight.copy_(W)
        encoder.weight.zero_(), encoder.bias.zero_()
        encoder.weight[:k] = cov @ W.T / std**2
        encoder.bias[k:] = 0.5 * cov.diag().log()
    vae = families.VAE(encoder, decoder, k, discrete=False)
    vae.log_std.data.fill_(math.log(std))
    exact = torch.distributions.MultivariateNormal(torch.zeros(d), W @ W.T + std**2 * torch.eye(d))
    return vae, exact


def test_bound_is_the_likelihood_where_the_posterior_is_exact():
    """W has orthogonal columns: the posterior is diagonal, and the encoder can be exact."""
    vae, exact = linear_vae(torch.tensor([[1.2, 0.0], [0.0, 0.5]]), 0.4)
    x = exact.sample((20_000,))
    with torch.no_grad():
        assert float((vae.bound(x) - exact.log_prob(x)).mean()) == pytest.approx(0, abs=0.03)
        assert vae.tighter_bound(x[:50], draws=8).tolist() == pytest.approx(
            exact.log_prob(x[:50]).tolist(), abs=1e-3
        )
        assert vae.marginal(x[:50]).tolist() == pytest.approx(
            exact.log_prob(x[:50]).tolist(), abs=1e-2
        )


def test_bound_lies_below_by_the_divergence_of_the_encoder():
    vae, exact = linear_vae(torch.tensor([[1.2, 0.0], [0.0, 0.5]]), 0.4)
    # deviations twice too large: KL = (4 - 1) / 2 - log 2 a coordinate
    vae.encoder.bias.data[2:] += math.log(2)
    x = exact.sample((40_000,))
    with torch.no_grad():
        gap = float((exact.log_prob(x) - vae.bound(x)).mean())
        closer = float((exact.log_prob(x[:2000]) - vae.tighter_bound(x[:2000], draws=50)).mean())
    assert gap == pytest.approx(2 * (1.5 - math.log(2)), abs=0.08)
    assert -0.05 < closer < gap / 2


class Fixed(nn.Module):
    """Says the same whatever it is asked."""

    def __init__(self, output):
        super().__init__()
        self.output = output

    def forward(self, z):
        return self.output


def test_discrete_likelihood_is_a_probability():
    logits = torch.randn(1, 8, 1, 1, generator=draw()).expand(8, 8, 1, 1)
    vae = families.VAE(nn.Identity(), Fixed(logits), 3, discrete=True)
    every = torch.arange(8).reshape(8, 1, 1, 1)
    assert float(vae.log_likelihood(every, torch.zeros(8, 3)).exp().sum()) == pytest.approx(
        1, abs=1e-5
    )


def test_vae_samples_and_means():
    torch.manual_seed(0)
    vae = families.VAE(
        nn.Identity(),
        nn.Sequential(nn.Linear(2, 8 * 196), nn.Unflatten(1, (8, 14, 14))),
        2,
        discrete=True,
    )
    for mean in (False, True):
        x = vae.sample(3, draw(), mean=mean)
        assert x.shape == (3, 1, 14, 14)
        assert x.dtype == torch.int64
        assert x.min() >= 0
        assert x.max() <= 7
        assert torch.equal(x, vae.sample(3, draw(), mean=mean))


def test_chain_in_the_plane_integrates_to_one():
    torch.manual_seed(0)
    chain = families.MixtureChain(hidden=16, components=3)
    line = torch.linspace(-12, 12, 400)
    with torch.no_grad():
        mass = chain.bound(torch.cartesian_prod(line, line)).exp().sum() * (line[1] - line[0]) ** 2
        assert float(mass) == pytest.approx(1, abs=0.01)
        assert torch.equal(
            chain.conditional(torch.zeros(1, 2), 0)[1], chain.conditional(torch.ones(1, 2), 0)[1]
        )
        x = chain.sample(20_000, draw())
        entropy = -chain.bound(x).mean()
    assert torch.isfinite(entropy) and x.shape == (20_000, 2)


@pytest.mark.parametrize("spread", [1, 2])
@pytest.mark.parametrize("itself", [False, True])
def test_mask_counts(itself, spread):
    conv = families.MaskedConv2d(1, 1, 5, itself, spread)
    assert conv.weight.shape == (1, 1, 3, 5) and int(conv.mask.sum()) == 12 + itself
    assert conv(torch.randn(2, 1, 6, 7)).shape == (2, 1, 6, 7)


def small_net(num_classes=0):
    torch.manual_seed(1)
    return families.PixelCNN(width=8, blocks=2, num_classes=num_classes)


def test_probabilities_of_all_small_images_sum_to_one():
    every = torch.cartesian_prod(*[torch.arange(8)] * 4).reshape(-1, 1, 2, 2)
    with torch.no_grad():
        assert float(small_net().bound(every).double().exp().sum()) == pytest.approx(1, abs=1e-5)


def test_no_pixel_sees_itself_or_a_later_one():
    net, grey = small_net(), torch.randn(1, 1, 5, 5, generator=draw()).requires_grad_()
    logits = net(grey)
    for i in range(25):
        (slope,) = torch.autograd.grad(
            logits[0, :, i // 5, i % 5].square().sum(), grey, retain_graph=True
        )
        assert (slope.flatten()[i:] == 0).all()
        assert i == 0 or (slope.flatten()[:i] != 0).any()


@pytest.mark.parametrize("classes", [0, 3])
def test_kept_layers_give_the_logits_of_the_whole_network(classes):
    """Sampling with a fixed generator equals sampling from full forward passes."""
    net, plain = small_net(classes), torch.zeros(3, 1, 4, 4, dtype=torch.int64)
    labels = torch.arange(3) if classes else None
    generator = draw(2)
    with torch.no_grad():
        for i in range(4):
            for j in range(4):
                p = net(families.to_grey(plain), labels)[:, :, i, j].softmax(dim=1)
                plain[:, :, i, j] = torch.multinomial(p, 1, generator=generator)
    assert torch.equal(net.sample(3, draw(2), labels, side=4), plain)
    again = net.sample(3, draw(2), labels, given=plain[:, :, :2], side=4)
    assert torch.equal(again[:, :, :2], plain[:, :, :2])
    assert net.sample(3, draw(2), labels, given=plain, side=4).equal(plain)


def test_labels_change_what_is_likely():
    levels = torch.randint(0, 8, (4, 1, 4, 4), generator=draw())
    net = small_net(num_classes=3)
    one, two = (net.bound(levels, torch.full((4,), k)) for k in (0, 1))
    assert (one != two).all()
    decoder = nn.Sequential(nn.Linear(2 + 3, 8 * 16), nn.Unflatten(1, (8, 4, 4)))
    vae = families.VAE(nn.Identity(), decoder, 2, discrete=True, num_classes=3)
    z = torch.randn(4, 2, generator=draw())
    one, two = (vae.log_likelihood(levels, z, torch.full((4,), k)) for k in (0, 1))
    assert (one != two).all()
    assert vae.decode(z, draw(), torch.arange(4) % 3).shape == (4, 1, 4, 4)


def test_losses_are_minus_mean_bounds_and_have_gradients():
    levels = torch.randint(0, 8, (4, 1, 14, 14), generator=draw())
    points = data.ring().sample(8, draw())
    for model, x in ((small_net(), levels), (families.MixtureChain(8, 2), points)):
        loss = model.loss(x)
        assert float(loss.detach()) == pytest.approx(
            -float(model.bound(x).mean().detach()), rel=1e-6
        )
        loss.backward()
        assert all(p.grad is not None for p in model.parameters())
