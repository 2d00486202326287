"""Every exercise checker on the right answer, on the stub, and on plausible wrong answers; and claims."""

import numpy as np
import pytest
import torch

from gan_course import checks
from gan_course.errors import ClaimError

# name of the checker -> (right answer, [plausible wrong answers])
CASES = {}

# 00_start_here
CASES["bayes_posterior"] = (
    lambda p0, p1, prior1: p1 * prior1 / (p0 * (1 - prior1) + p1 * prior1),
    [
        lambda p0, p1, prior1: p1 / (p0 + p1),  # forgets the shares
        lambda p0, p1, prior1: p1 * prior1,  # forgets to divide
        lambda p0, p1, prior1: p0 * (1 - prior1) / (p0 * (1 - prior1) + p1 * prior1),  # the other class
        0.5,  # not a function
    ],
)
CASES["latent_walk"] = (
    lambda start, end, n: torch.lerp(start, end, torch.linspace(0, 1, n)[:, None]),
    [
        lambda start, end, n: start + (end - start) * (torch.arange(n) / n)[:, None],  # never reaches the end
        lambda start, end, n: torch.lerp(end, start, torch.linspace(0, 1, n)[:, None]),  # backwards
        lambda start, end, n: torch.lerp(start[:, None], end[:, None], torch.linspace(0, 1, n)),  # (d, n)
        lambda start, end, n: start + end * torch.linspace(0, 1, n)[:, None],  # end, not end - start
    ],
)


def _seeds_the_global_stream(n, seed):
    torch.manual_seed(seed)
    return torch.randn(n, 2)


def _stream(seed):
    return torch.Generator().manual_seed(seed)


CASES["seeded_latents"] = (
    lambda n, seed: torch.randn(n, 2, generator=_stream(seed)),
    [
        lambda n, seed: torch.randn(n, 2),  # ignores the seed
        lambda n, seed: torch.randn(n, 2, generator=_stream(0)),  # one seed for all
        lambda n, seed: torch.rand(n, 2, generator=_stream(seed)),  # uniform
        lambda n, seed: torch.randn(2, n, generator=_stream(seed)),  # the shape turned round
        lambda n, seed: np.random.default_rng(seed).normal(size=(n, 2)).tolist(),  # no tensor
        _seeds_the_global_stream,
    ],
)

# end of 00_start_here

# 01_minimax_objective


def coins(a, b):
    return a * np.log(a / b) + (1 - a) * np.log((1 - a) / (1 - b))


CASES["optimal_discriminator_with_prior"] = (
    lambda p, q, prior: prior * p / (prior * p + (1 - prior) * q),
    [
        lambda p, q, prior: p / (p + q),  # forgets the shares
        lambda p, q, prior: prior * p / (p + q),  # scales the answer
        lambda p, q, prior: (1 - prior) * p / ((1 - prior) * p + prior * q),  # shares swapped
        lambda p, q, prior: (1 - prior) * q / (prior * p + (1 - prior) * q),  # probability of "generated"
    ],
)
CASES["value_from_scores"] = (
    lambda real, fake: -torch.nn.functional.softplus(-real).mean() - torch.nn.functional.softplus(fake).mean(),
    [
        lambda real, fake: torch.sigmoid(real).log().mean() + (1 - torch.sigmoid(fake)).log().mean(),  # overflows
        lambda real, fake: (torch.sigmoid(real) + 1e-8).log().mean() + (1 - torch.sigmoid(fake) + 1e-8).log().mean(),
        lambda real, fake: torch.nn.functional.softplus(-real).mean() + torch.nn.functional.softplus(fake).mean(),  # -V
        lambda real, fake: -torch.nn.functional.softplus(real).mean() - torch.nn.functional.softplus(-fake).mean(),
        lambda real, fake: torch.sigmoid(real).mean(),
        lambda real, fake: 1.0,
    ],
)
CASES["score_of_two_gaussians"] = (
    lambda mp, sp, mq, sq: (
        (sq**-2 - sp**-2) / 2,
        mp / sp**2 - mq / sq**2,
        (mq**2 / sq**2 - mp**2 / sp**2) / 2 + np.log(sq / sp),
    ),
    [
        lambda mp, sp, mq, sq: (0.0, (mp - mq) / sp**2, (mq**2 - mp**2) / (2 * sp**2)),  # as if the widths were equal
        lambda mp, sp, mq, sq: (
            (sq**-2 - sp**-2) / 2,
            mp / sp**2 - mq / sq**2,
            (mq**2 / sq**2 - mp**2 / sp**2) / 2,  # the widths' logarithm forgotten
        ),
        lambda mp, sp, mq, sq: (
            (sp**-2 - sq**-2) / 2,
            mq / sq**2 - mp / sp**2,
            (mp**2 / sp**2 - mq**2 / sq**2) / 2 + np.log(sp / sq),  # log q - log p
        ),
        lambda mp, sp, mq, sq: (0.0, 1.0),
    ],
)
CASES["price_of_a_wrong_discriminator"] = (
    lambda p, q, d: (p + q) * coins(p / (p + q), d),
    [
        lambda p, q, d: coins(p / (p + q), d),  # not weighted by the density
        lambda p, q, d: (p + q) * coins(d, p / (p + q)),  # the divergence the wrong way round
        lambda p, q, d: (p + q) * (p / (p + q) - d) ** 2,  # a squared error
        lambda p, q, d: p * np.log(p / (p + q) / d),  # the real half only
    ],
)

# end of 01_minimax_objective

# 02_jensen_shannon

CASES["kl_of_two_gaussians"] = (
    lambda m, s, n, t: np.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5,
    [
        lambda m, s, n, t: np.log(s / t) + (t**2 + (m - n) ** 2) / (2 * s**2) - 0.5,  # the other direction
        lambda m, s, n, t: (m - n) ** 2 / (2 * t**2),  # equal widths only
        lambda m, s, n, t: np.log2(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5,  # a logarithm in bits
        0.5,  # a number, not a function
    ],
)
CASES["w1_of_samples"] = (
    lambda real, fake: np.abs(np.sort(real) - np.sort(fake)).mean(),
    [
        lambda real, fake: np.abs(real - fake).mean(),  # not sorted
        lambda real, fake: abs(real.mean() - fake.mean()),  # the gap of the means
        lambda real, fake: np.sqrt(((np.sort(real) - np.sort(fake)) ** 2).mean()),  # W2
        lambda real, fake: np.abs(np.sort(real) - np.sort(fake)),  # no mean
    ],
)
CASES["js_of_shifted_uniforms"] = (
    lambda theta: min(abs(theta), 1) * np.log(2),
    [
        lambda theta: abs(theta) * np.log(2),  # no bound
        lambda theta: min(theta, 1) * np.log(2),  # wrong for negative theta
        lambda theta: min(abs(theta), 1.0),  # bits
        lambda theta: np.log(2) if theta else 0.0,  # as if they never overlapped
    ],
)
CASES["slope_ratio_of_the_losses"] = (
    lambda s: np.exp(-s),
    [
        lambda s: np.exp(s),  # upside down
        lambda s: -np.exp(-s),  # the two slopes have one sign
        lambda s: 1 / (1 + np.exp(s)),  # 1 - D alone
    ],
)

# end of 02_jensen_shannon

# 03_gan_1d
soft = torch.nn.functional.softplus


def _d_step(detach=lambda fake: fake.detach(), zero=True, sign=1):
    """The exercise's answer, and its wrong variants."""

    def step(D, opt_d, real, fake):
        loss = soft(-sign * D(real)).mean() + soft(sign * D(detach(fake))).mean()
        if zero:
            opt_d.zero_grad()
        loss.backward()
        opt_d.step()
        return loss.detach()

    return step


CASES["gan_losses_from_scores"] = (
    lambda r, f: (soft(-r).mean() + soft(f).mean(), soft(-f).mean()),
    [
        lambda r, f: (soft(-r).mean() + soft(f).mean(), -soft(f).mean()),  # the minimax G
        lambda r, f: (soft(r).mean() + soft(-f).mean(), soft(f).mean()),  # real and fake exchanged
        lambda r, f: (-r.sigmoid().log().mean() - (1 - f.sigmoid()).log().mean(), -f.sigmoid().log().mean()),  # unstable
        lambda r, f: soft(-r).mean() + soft(f).mean(),  # one loss only
    ],
)
CASES["gan_step_mistakes"] = ({3, 7, 10}, [{3, 7}, {2, 3, 7}, {3, 7, 8, 10}, 7])
CASES["discriminator_step"] = (
    _d_step(),
    [_d_step(lambda fake: fake), _d_step(zero=False), _d_step(sign=-1), _d_step(lambda fake: fake.detach_())],
)
CASES["best_discriminator_loss"] = (
    lambda jsd: np.log(4) - 2 * jsd,
    [lambda jsd: 2 * jsd - np.log(4), lambda jsd: np.log(4) + 2 * jsd, lambda jsd: np.log(2) - jsd],
)

# end of 03_gan_1d

# 04_gan_2d_mode_collapse


def ring_by(angles):
    return lambda k, radius: radius * torch.stack([angles(k).cos(), angles(k).sin()], dim=1)


def by_step(k):
    return torch.arange(k) * (2 * torch.pi / k)


CASES["ring_centres"] = (
    ring_by(by_step),
    [
        ring_by(lambda k: torch.linspace(0, 2 * torch.pi, k)),  # with the end point
        ring_by(lambda k: -by_step(k)),  # clockwise
        lambda k, radius: ring_by(by_step)(k, 1.0),  # the radius forgotten
    ],
)
CASES["kl_when_m_of_k_modes"] = (
    lambda m, K: np.log(K / m),
    [lambda m, K: np.log(m / K), lambda m, K: np.log2(K / m), lambda m, K: 1 - m / K, lambda m, K: np.log(K / m) / m],
)
CASES["packed_sizes"] = ((64, 8), [(256, 8), (64, 2), (128, 4), (256, 2)])

# end of 04_gan_2d_mode_collapse

# 06_mnist_mlp
CASES["to_bytes"] = (
    lambda x: ((x.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8),
    [
        lambda x: ((x.clamp(-1, 1) + 1) * 127.5).to(torch.uint8),  # cut off, not rounded
        lambda x: ((x + 1) * 127.5).round().to(torch.int64).to(torch.uint8),  # wraps round
        lambda x: (x.clamp(0, 1) * 255).round().to(torch.uint8),  # as if from [0, 1]
        lambda x: ((x.clamp(-1, 1) + 1) * 127.5).round(),  # still float
    ],
)
CASES["nearest_other"] = (
    lambda images: torch.cdist(images.flatten(1), images.flatten(1)).fill_diagonal_(torch.inf).argmin(dim=1),
    [
        lambda images: torch.cdist(images.flatten(1), images.flatten(1)).argmin(dim=1),  # finds itself
        lambda images: (images.flatten(1) @ images.flatten(1).T).fill_diagonal_(-torch.inf).argmax(dim=1),
        lambda images: torch.cdist(images.flatten(1), images.flatten(1)).argmax(dim=1),
    ],
)
CASES["frechet_isotropic"] = (
    lambda mean, s: (mean**2).sum() + len(mean) * (1 - s) ** 2,
    [
        lambda mean, s: mean.norm() + len(mean) * (1 - s) ** 2,  # the norm, not its square
        lambda mean, s: (mean**2).sum() + (1 - s) ** 2,  # forgets that the trace counts d dimensions
        lambda mean, s: (mean**2).sum() + len(mean) * (1 - s**2) ** 2,  # variances in place of deviations
    ],
)

# end of 06_mnist_mlp


def test_every_exercise_has_cases():
    assert CASES.keys() == checks.EXERCISES.keys()
    assert all(len(wrong) >= 2 for _, wrong in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_right_answer(name):
    verdict = checks.EXERCISES[name](CASES[name][0])
    assert verdict.state == "right", verdict
    assert bool(verdict)


@pytest.mark.parametrize("name", CASES)
def test_stub_is_not_attempted(name):
    assert checks.EXERCISES[name](...).state == "not attempted"
    if callable(CASES[name][0]):
        assert checks.EXERCISES[name](lambda *args: ...).state == "not attempted"


@pytest.mark.parametrize(("name", "wrong"), [(name, w) for name, (_, wrong) in CASES.items() for w in wrong])
def test_wrong_answer(name, wrong):
    verdict = checks.EXERCISES[name](wrong)
    assert verdict.state == "wrong" and not verdict
    assert len(str(verdict)) > 40  # it says what was expected, or what was raised, and why


def test_an_answer_that_raises_is_wrong_and_says_so():
    name = next(name for name, (right, _) in CASES.items() if callable(right))
    verdict = checks.EXERCISES[name](lambda *args: 1 / 0)
    assert verdict.state == "wrong" and "ZeroDivisionError" in str(verdict)


def test_expect_compares_shape_and_value():
    checks.expect(torch.tensor([1.0, 2.0]), np.array([1, 2]), "equal")
    with pytest.raises(checks.Mismatch, match="shape"):
        checks.expect(torch.ones(2, 1), np.ones(2), "why")
    with pytest.raises(checks.Mismatch, match=r"Expected 1.*found 2.*because"):
        checks.expect(2.0, 1.0, "because")
    with pytest.raises(checks.Mismatch, match="Expected numbers"):
        checks.expect("two", 2.0, "why")


def test_claim_raises_when_it_does_not_hold(monkeypatch, capsys):
    monkeypatch.setenv("GAN_COURSE_PROFILE", "cpu")
    checks.claim("one is one", 1 == 1)
    with pytest.raises(ClaimError, match="one is two"):
        checks.claim("one is two", 1 == 2)
    with pytest.raises(ClaimError):
        checks.claim("trained well", False, trained=True)


def test_trained_claim_is_not_checked_in_quick(monkeypatch):
    monkeypatch.setenv("GAN_COURSE_PROFILE", "quick")
    checks.claim("trained well", False, trained=True)  # says "not checked" and goes on
    with pytest.raises(ClaimError):
        checks.claim("a formula", False)  # what needs no training is checked in every profile
