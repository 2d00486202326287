"""Right and wrong answers of notebook 19: exercise -> (right, [plausible wrong ones]).

The planted code itself is neither: it counts as not attempted, as the stored outputs of the
notebook show.
"""

import torch
from torch import nn
from torch.nn import functional as F

bce = F.binary_cross_entropy_with_logits
CASES = {}


def _on_circle(angle, radius):
    return radius * torch.stack([angle.cos(), angle.sin()], dim=1)


CASES["patient_01"] = (
    lambda modes=8, radius=2.0: _on_circle(torch.linspace(0, 2 * torch.pi, modes + 1)[:-1], radius),
    [
        # one row too few
        lambda modes=8, radius=2.0: _on_circle(torch.linspace(0, 2 * torch.pi, modes)[:-1], radius),
        lambda modes=8, radius=2.0: _on_circle(
            torch.linspace(0, 2 * torch.pi, modes + 1)[1:] * 0.9, radius
        ),
        # right for eight only
        lambda modes=8, radius=2.0: _on_circle(torch.arange(modes) * 2 * torch.pi / 8, radius),
    ],
)


def _block(norm, *after):
    return lambda n_in, n_out: [nn.Linear(n_in, n_out), *norm(n_out), *after]


CASES["patient_02"] = (
    _block(lambda n: [nn.BatchNorm1d(n)], nn.LeakyReLU(0.2)),
    [
        _block(lambda n: [], nn.LeakyReLU(0.2)),  # no normalisation at all
        # the other convention, still the wrong argument
        _block(lambda n: [nn.BatchNorm1d(n, 0.2)], nn.LeakyReLU(0.2)),
        _block(lambda n: [nn.BatchNorm1d(n)]),  # the activation lost
        _block(lambda n: [nn.BatchNorm1d(n)], nn.Tanh()),
        # the right argument, with Keras' meaning of it
        _block(lambda n: [nn.BatchNorm1d(n, momentum=0.8)], nn.LeakyReLU(0.2)),
    ],
)


def _smooth(a, b):
    return lambda real, fake: (
        bce(real, torch.full_like(real, a)) + bce(fake, torch.full_like(fake, b))
    )


CASES["patient_03"] = (
    lambda real, fake: bce(real, torch.full_like(real, 0.9)) + F.softplus(fake).mean(),
    [
        _smooth(1.0, 0.0),  # no smoothing at all
        _smooth(1.0, 0.1),  # the wrong side
        _smooth(0.9, 0.01),
        _smooth(0.0, 0.9),  # sides swapped
    ],
)


def _critic(*end):
    return lambda width=64: nn.Sequential(
        nn.Linear(2, width),
        nn.LeakyReLU(0.2),
        nn.Linear(width, width),
        nn.LeakyReLU(0.2),
        nn.Linear(width, 1),
        *end,
    )


CASES["patient_04"] = (
    _critic(nn.Flatten(0)),
    [
        _critic(nn.Tanh(), nn.Flatten(0)),
        _critic(nn.ReLU(), nn.Flatten(0)),
        _critic(),  # scores (N, 1)
        lambda width=64: nn.Sequential(nn.Linear(2, 1), nn.Flatten(0)),
    ],
)


def _penalty(t, at=None, norm=lambda g: g.flatten(1).norm(dim=1), graph=True):
    def penalty(critic, real, fake):
        x = (at(real, fake) if at else fake + t(real) * (real - fake)).detach().requires_grad_()
        (slope,) = torch.autograd.grad(critic(x).sum(), x, create_graph=graph)
        return 10 * ((norm(slope) - 1) ** 2).mean()

    return penalty


def _each(real):
    return torch.rand(len(real), 1, 1, 1)


CASES["patient_05"] = (
    _penalty(
        lambda real: 1 - torch.rand(len(real))[:, None, None, None],
        norm=lambda g: (g**2).sum(dim=(1, 2, 3)).sqrt(),
    ),
    [
        _penalty(lambda real: torch.randn(len(real), 1, 1, 1)),  # Gaussian weights
        _penalty(torch.rand_like),  # one weight a pixel
        _penalty(lambda real: torch.rand(1)),  # one a batch
        _penalty(None, at=lambda real, fake: real),  # at the real samples
        _penalty(_each, graph=False),  # the critic feels nothing
        _penalty(_each, norm=lambda g: g.norm()),  # over the batch
    ],
)


def _d_step(fake, before=lambda G, D, optimiser: optimiser.zero_grad(), after=lambda G: None):
    def step(G, D, optimiser, real, z, loss):
        before(G, D, optimiser)
        value = loss(D, real, fake(G, z))
        value.backward()
        optimiser.step()
        after(G)
        return value.detach()

    return step


def _without_gradient(G, z):
    with torch.no_grad():
        return G(z)


CASES["patient_06"] = (
    _d_step(_without_gradient),
    [
        # G's old gradients are applied
        _d_step(lambda G, z: G(z).detach(), before=lambda G, D, optimiser: D.zero_grad()),
        _d_step(lambda G, z: G.requires_grad_(False)(z)),  # G stays frozen for good
        lambda G, D, optimiser, real, z, loss: loss(D, real, G(z)).detach(),  # no step at all
    ],
)
CASES["patient_07"] = (
    lambda scores: bce(scores, torch.ones_like(scores)),
    [
        # the minimax loss: right sign, flat where it matters
        lambda scores: -F.softplus(scores).mean(),
        lambda scores: -scores.mean(),
        lambda scores: F.softplus(-scores).sum(),
        lambda scores: -F.softplus(-scores).mean(),
    ],
)


def _eval_for_good(G, z):
    G.eval()
    return _without_gradient(G, z)


def _always_train(G, z):
    samples = _eval_for_good(G, z)
    G.train()
    return samples


def _with_graph(G, z):
    mode = G.training
    samples = G.eval()(z)
    G.train(mode)
    return samples


def _right_08(G, z):
    mode = G.training
    samples = _eval_for_good(G, z)
    G.train(mode)
    return samples


CASES["patient_08"] = (_right_08, [_eval_for_good, _always_train, _with_graph])


def _truncated(real, fake):
    n = min(64, len(real))
    return bce(real, torch.ones(64)[:n]) + bce(fake, torch.zeros(64)[:n]) * n / 64


CASES["patient_09"] = (
    lambda real, fake: F.softplus(-real).mean() + F.softplus(fake).mean(),
    [
        _truncated,  # still weighted as if there were 64
        # one label for all
        lambda real, fake: bce(real, torch.ones(1)) + bce(fake, torch.zeros(1)),
        lambda real, fake: (F.softplus(-real).sum() + F.softplus(fake).sum()) / 64,
        lambda real, fake: bce(real, torch.ones_like(real)) + bce(fake, torch.ones_like(fake)),
    ],
)
CASES["patient_10"] = (
    lambda levels, top=16: 2 * levels.float() / top - 1,
    [
        lambda levels, top=16: levels.float() / top - 0.5,
        lambda levels, top=16: levels.float() / 8 - 1,  # right for sixteen levels only
        lambda levels, top=16: 1 - 2 * levels.float() / top,  # ink and paper swapped
        lambda levels, top=16: (2 * levels // top - 1).float(),  # whole numbers only
    ],
)


def _noisy(make):
    def loss(real, fake, ones, share=0.05):
        return bce(real, make(real, ones, share)) + bce(fake, torch.zeros_like(fake))

    return loss


def _mask(ones, share):
    return torch.where(torch.rand(len(ones)) < share, 0.0, ones)


CASES["patient_11"] = (
    _noisy(lambda real, ones, share: _mask(ones, share)),
    [
        _noisy(lambda real, ones, share: ones),  # no noise any more
        _noisy(lambda real, ones, share: _mask(ones, 0.5)),
        # always the same three
        _noisy(lambda real, ones, share: torch.cat([torch.zeros(3), torch.ones(len(ones) - 3)])),
        _noisy(lambda real, ones, share: (1 - share) * ones),  # smoothing in place of flips
    ],
)


def _optimisers(rate_g, rate_d):
    return lambda G, D: tuple(
        torch.optim.Adam(n.parameters(), r, betas=(0.0, 0.9)) for n, r in ((G, rate_g), (D, rate_d))
    )


CASES["patient_12"] = (
    _optimisers(2e-4, 2e-3),
    [
        _optimisers(2e-4, 2e-4),  # one time scale
        # the pair swapped too: each moves the other player
        lambda G, D: _optimisers(2e-3, 2e-4)(G, D)[::-1],
        _optimisers(2e-4, 1e-3),
    ],
)


CASES["level_1"] = (
    {"A": [43], "B": [], "C": [41]},
    [
        {"A": [], "B": [], "C": []},  # all healthy
        {"A": [43], "B": [36], "C": [41]},  # a healthy line accused
        {"A": list(range(1, 64)), "B": [], "C": [41]},  # every line
        {"A": [43], "C": [41]},  # one script left out
        [43, 41],
    ],
)
CASES["level_2"] = (
    {"D": [53, 75], "E": [], "F": [61, 72]},
    [
        {"D": [53], "E": [], "F": [72]},  # one bug of two
        {"D": [53, 75], "E": [55], "F": [60, 72]},
        {"D": [53, 75], "E": [], "F": [60, 61]},  # one bug named twice
        {"D": [53, 54], "E": [], "F": [60, 72]},
    ],
)
