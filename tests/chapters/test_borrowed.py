"""One-step students of a flow, and gradient reversal."""

import pytest
import torch

from gan_course import data, models
from gan_course.chapters import borrowed, diffusion
from gan_course.conv import ConvDiscriminator


@pytest.fixture(scope="module")
def teacher():
    torch.manual_seed(0)
    return diffusion.Flow(diffusion.PointDenoiser((16, 16)), (2,)).requires_grad_(False)


def test_the_pairs_are_the_teachers(teacher):
    pairs = borrowed.make_pairs(teacher, 30, steps=3, seed=1, part=20)
    assert pairs.noise.shape == pairs.made.shape == (30, 2) and pairs.labels is None
    x = pairs.noise
    with torch.no_grad():
        for k in range(3):
            x = x + teacher.net(x, torch.full((30,), k / 3)) / 3
    assert torch.allclose(x, pairs.made, atol=1e-6)
    assert float(pairs.noise.std()) == pytest.approx(1, abs=0.3)


def test_pairs_of_digits_have_labels():
    flow = diffusion.Flow(diffusion.Denoiser(width=8, coarse=1).eval(), (1, 28, 28))
    pairs = borrowed.make_pairs(flow, 6, steps=1, classes=3)
    assert pairs.labels.tolist() == [0, 1, 2, 0, 1, 2]
    student = borrowed.Student(flow.net)
    # one Euler step is the student before it has learned anything
    assert torch.allclose(borrowed.answers(student, pairs.noise, pairs.labels), pairs.made)


def test_a_noised_discriminator_sees_the_sample_itself_at_one():
    class First(torch.nn.Module):
        def forward(self, x, labels=None):
            return x[:, 0]

    x = torch.full((2000, 2), 3.0)
    assert torch.equal(borrowed.Noised(First(), 1.0)(x), x[:, 0])
    torch.manual_seed(0)
    seen = borrowed.Noised(First(), 0.5)(x)
    # t is even on [.5, 1]: the mean of t x is .75 x
    assert float(seen.mean()) == pytest.approx(2.25, abs=0.05)


@pytest.mark.parametrize("adversary", [0.0, 1.0])
def test_regression_draws_the_student_to_the_teacher(teacher, adversary):
    pairs = borrowed.make_pairs(teacher, 500, steps=5)
    D = models.MLPDiscriminator((2,), (16,)) if adversary else None
    lesson = borrowed.Lesson(1.5, regression=10.0, adversary=adversary, lr=2e-3, average=0.9)
    moments = []
    student = borrowed.distil(
        teacher, D, pairs, data.ring(), lesson, lambda s, net: moments.append(s), every=0.5
    )

    def off(net):
        return float(((borrowed.answers(net, pairs.noise) - pairs.made) ** 2).mean())

    before = off(borrowed.Student(teacher.net))
    assert off(student) < before and len(moments) >= 3
    assert moments[-1] >= 1.5


def test_a_student_of_digits_learns_with_a_conditional_discriminator():
    net = diffusion.Denoiser(width=8, coarse=1).eval().requires_grad_(False)
    flow = diffusion.Flow(net, (1, 28, 28))
    before = [p.clone() for p in flow.parameters()]
    pairs = borrowed.make_pairs(flow, 16, steps=1, classes=10)
    digits = data.images("embedded").take(torch.arange(64))
    D = ConvDiscriminator(width=4, num_classes=10)
    lesson = borrowed.Lesson(0.5, 1.0, 1.0, sees=0.5, batch=8)
    student = borrowed.distil(flow, D, pairs, digits, lesson)
    assert all(torch.equal(a, b) for a, b in zip(before, flow.parameters()))  # frozen
    assert any(not torch.equal(a, b) for a, b in zip(before, student.net.parameters()))


def test_the_gradient_is_reversed_and_the_value_stays():
    x = torch.randn(5, requires_grad=True)
    y = borrowed.reverse(x, 0.3)
    assert torch.equal(x, y)
    (gradient,) = torch.autograd.grad((y * torch.arange(5.0)).sum(), x)
    assert torch.allclose(gradient, -0.3 * torch.arange(5.0))
    (gradient,) = torch.autograd.grad(borrowed.reverse(x, 0.0).sum(), x)
    assert torch.equal(gradient, torch.zeros(5))


@pytest.fixture(scope="module")
def digits():
    return data.images("embedded").take(torch.arange(300))


def test_without_reversal_the_domain_does_not_reach_the_classifier(digits):
    """The same steps, other targets: the classifier's weights are equal, D's are not."""
    stop = []

    def watch(share, net, D):
        stop.append([p.detach().clone() for p in net.parameters()])

    settings = borrowed.Adaptation(seconds=0.6, width=2, batch=8)
    net, D = borrowed.adapt(digits, -digits.images, settings, watch)
    assert len(stop) >= 5 and not net.training
    assert 0 <= borrowed.accuracy(net, digits) <= 1
    assert 0 <= borrowed.telling(net, D, digits.images, -digits.images) <= 1


def test_the_target_leaves_the_running_statistics_alone(digits):
    net = borrowed.DigitClassifier(width=2).train()
    before = net.body[1].running_mean.clone()
    with borrowed._statistics_kept(net):
        net.features(digits.images)
    assert torch.equal(before, net.body[1].running_mean)
    net.features(digits.images)
    assert not torch.equal(before, net.body[1].running_mean)


def test_statistics_of_other_images(digits):
    net = borrowed.DigitClassifier(width=2).eval()
    again = borrowed.with_statistics_of(net, digits.images)
    assert net.body[1].running_mean.abs().sum() == 0
    wanted = net.body[0](digits.images).mean(dim=(0, 2, 3))
    assert torch.allclose(again.body[1].running_mean, wanted, atol=1e-2)
