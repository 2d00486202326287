import pytest
import torch
from torch import nn
from torch.nn import functional as F

from gan_course import conv, models
from gan_course.errors import GanCourseError

Z, LABELS = torch.randn(5, 64), torch.tensor([0, 1, 2, 9, 9])


@pytest.mark.parametrize("upsample", ["transposed", "resize"])
@pytest.mark.parametrize(
    ("shape", "blocks"),
    [
        ((1, 28, 28), 2),
        ((1, 28, 28), 1),
        ((3, 32, 32), 3),
        ((1, 16, 24), 3),
        ((1, 28, 28), 3),
        ((2, 9, 21), 3),
    ],
)
def test_pair_makes_and_judges_images_of_its_shape(shape, blocks, upsample):
    G = conv.ConvGenerator(shape=shape, width=4, blocks=blocks, upsample=upsample)
    D = conv.ConvDiscriminator(shape, width=4, blocks=blocks)
    images = G(Z)
    assert images.shape == (5, *shape) and images.abs().max() <= 1
    assert D(images).shape == (5,)


@pytest.mark.parametrize("condition", conv.CONDITIONS)
@pytest.mark.parametrize("label_dim", [0, 7])
def test_conditional_pair(condition, label_dim):
    G = conv.ConvGenerator(width=4, num_classes=10, label_dim=label_dim)
    D = conv.ConvDiscriminator(width=4, num_classes=10, condition=condition)
    images = G(Z, LABELS)
    assert D(images, LABELS).shape == (5,)
    other = torch.tensor([3, 3, 3, 3, 3])
    assert not torch.allclose(G(Z, LABELS), G(Z, other))
    changes = not torch.allclose(D(images, LABELS), D(images, other))
    assert changes == (condition != "auxiliary")  # its score is the only one that ignores the label
    with pytest.raises(GanCourseError, match="pass labels"):
        D(images)


def test_conditions_by_their_formulas():
    x = torch.randn(5, 1, 28, 28)
    D = conv.ConvDiscriminator(width=4, num_classes=10, condition="projection")
    found = D.features(x)
    # Miyato and Koyama 2018, equation 4
    by_hand = D.score(found)[:, 0] + (D.classes.weight[LABELS] * found).sum(1)
    torch.testing.assert_close(D(x, LABELS), by_hand)
    D = conv.ConvDiscriminator(width=4, num_classes=10, condition="output")
    torch.testing.assert_close(D(x, LABELS), D.score(D.features(x))[range(5), LABELS])
    D = conv.ConvDiscriminator(width=4, num_classes=10, condition="planes")
    planes = torch.zeros(5, 10, 28, 28)
    planes[range(5), LABELS] = 1
    torch.testing.assert_close(D(x, LABELS), D.score(D.features(torch.cat([x, planes], 1)))[:, 0])
    D = conv.ConvDiscriminator(width=4, num_classes=10, condition="auxiliary")
    assert D.classify(x).shape == (5, 10)
    with pytest.raises(GanCourseError, match="auxiliary"):
        conv.ConvDiscriminator(width=4).classify(x)


def test_label_vector_is_a_table():
    G = conv.ConvGenerator(width=4, num_classes=10, label_dim=3)
    torch.testing.assert_close(G.embed(F.one_hot(LABELS, 10).float()), G.embed.weight.T[LABELS])


def test_transposed_convolution_of_kernel_4_overlaps_evenly_and_of_kernel_3_does_not():
    ones = torch.ones(1, 1, 6, 6)
    inside = {}
    for kernel, padding in ((4, 1), (3, 1)):
        weight = torch.ones(1, 1, kernel, kernel)
        overlap = F.conv_transpose2d(ones, weight, stride=2, padding=padding)
        inside[kernel] = overlap[0, 0, 2:-2, 2:-2].unique().tolist()
    assert inside == {4: [4.0], 3: [1.0, 2.0, 4.0]}


@torch.no_grad()
def test_dcgan_init():
    torch.manual_seed(0)
    G, D = conv.ConvGenerator(width=64), conv.ConvDiscriminator(width=64, batch_norm=True)
    for module in conv.dcgan_init(nn.Sequential(G, D)).modules():
        linear = isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear)
        if linear and module.weight.numel() > 500:
            assert module.weight.std() == pytest.approx(0.02, rel=0.1)
            assert abs(module.weight.mean()) < 0.003
        if isinstance(module, nn.BatchNorm2d):
            assert module.weight.mean() == pytest.approx(1, abs=0.01)
            assert module.weight.std() == pytest.approx(0.02, rel=0.4)
            assert (module.bias == 0).all()


def test_classifier_features_lead_to_its_logits():
    net = conv.DigitClassifier(width=4).eval()
    x = torch.randn(3, 1, 28, 28)
    assert net.features(x).shape == (3, 64)
    torch.testing.assert_close(net(x), net.head(net.features(x)))


@torch.no_grad()
def test_attribute_logits_come_from_the_features_in_the_order_of_the_classes():
    net = conv.AttributeClassifier({"hair": 3, "hat": 2}, width=4).eval()
    x = torch.randn(3, 3, 32, 32)
    assert net.features(x).shape == (3, 64)
    logits = net(x)
    assert {name: tuple(part.shape) for name, part in logits.items()} == {
        "hair": (3, 3),
        "hat": (3, 2),
    }
    whole = net.head(net.features(x))
    torch.testing.assert_close(torch.cat([logits["hair"], logits["hat"]], dim=1), whole)
    many = torch.randn(50, 3, 32, 32)
    assert net.features(many).var(dim=0).mean() < 0.5
    net.standardise(many)
    assert net.features(many).var(dim=0).mean() == pytest.approx(1)
    again = net(x)
    torch.testing.assert_close(again, logits)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: conv.ConvGenerator(blocks=6), "halved 6 times"),
        (lambda: conv.ConvGenerator(blocks=0), "halved 0 times"),
        (lambda: conv.ConvGenerator(upsample="bilinear"), 'not "transposed"'),
        (lambda: conv.ConvDiscriminator(num_classes=10, condition="film"), "not one of"),
        (lambda: conv.ConvGenerator(width=4)(torch.zeros(5, 63)), "z has shape"),
        (lambda: conv.ConvDiscriminator(width=4)(torch.zeros(5, 1, 32, 32)), "x has shape"),
        (lambda: conv.AttributeClassifier({"a": 2})(torch.zeros(5, 1, 32, 32)), "x has shape"),
        (lambda: conv.DigitClassifier(width=4)(torch.zeros(5, 3, 28, 28)), "x has shape"),
    ],
)
def test_wrong_arguments(make, message):
    with pytest.raises(GanCourseError, match=message):
        make()


@torch.no_grad()
def test_spectral_norm_wraps_convolutions():
    torch.manual_seed(0)
    D = models.spectral_norm(conv.ConvDiscriminator(width=4)).train()
    for _ in range(60):
        D(torch.randn(2, 1, 28, 28))
    for module in D.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            assert torch.linalg.matrix_norm(module.weight.flatten(1), 2) == pytest.approx(
                1, abs=0.02
            )
