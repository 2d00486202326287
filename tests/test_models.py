from itertools import pairwise

import pytest
import torch
from torch import nn

from gan_course import models
from gan_course.errors import GanCourseError


def test_shapes_follow_the_contract():
    G, D = models.MLPGenerator(), models.MLPDiscriminator()
    images = G(torch.randn(3, 100))
    assert images.shape == (3, 1, 28, 28) and images.abs().max() <= 1
    assert D(images).shape == (3,)
    assert G(torch.randn(1, 100)).shape == (1, 1, 28, 28)


def test_parameter_count_of_the_mnist_pair():
    sizes = [100, 256, 512, 1024, 784]
    by_formula = sum((a + 1) * b for a, b in pairwise(sizes))
    assert models.count_parameters(models.MLPGenerator()) == by_formula == 1_486_352
    with_bn = models.MLPGenerator(batch_norm=True)
    assert models.count_parameters(with_bn) == by_formula + 2 * (512 + 1024)
    # not the 0.8 of a famous slip
    assert all(m.eps == 1e-5 for m in with_bn.modules() if isinstance(m, nn.BatchNorm1d))


def test_labels_matter_and_are_checked():
    G = models.MLPGenerator(8, (2,), (16,), num_classes=3)
    D = models.MLPDiscriminator((2,), (16,), num_classes=3)
    z, labels = torch.randn(4, 8), torch.tensor([0, 1, 2, 0])
    assert not torch.allclose(G(z, labels), G(z, (labels + 1) % 3))
    assert D(G(z, labels), labels).shape == (4,)
    with pytest.raises(GanCourseError, match="conditional"):
        G(z)
    with pytest.raises(GanCourseError, match="run from 0 to 3"):
        G(z, torch.tensor([0, 1, 2, 3]))
    with pytest.raises(GanCourseError, match=r"expected \(4,\) torch.int64"):
        D(torch.randn(4, 2), labels[:3])
    with pytest.raises(GanCourseError, match="float32"):
        D(torch.randn(4, 2), labels.float())


@pytest.mark.parametrize(
    ("net", "bad"),
    [
        (models.MLPGenerator(8, (2,), (4,)), torch.randn(4, 9)),
        (models.MLPDiscriminator((1, 28, 28)), torch.randn(4, 784)),
    ],
)
def test_wrong_input_shape_says_which_is_right(net, bad):
    with pytest.raises(GanCourseError, match=r"takes \(N, "):
        net(bad)


def test_wrong_names():
    with pytest.raises(GanCourseError, match="relu, leaky, tanh"):
        models.mlp([2, 2], activation="gelu")
    with pytest.raises(GanCourseError, match="tanh"):
        models.MLPGenerator(output="sigmoid")


def test_packed_sees_pack_samples_at_once():
    D = models.Packed(models.MLPDiscriminator((4,), (8,)), pack=2)
    x = torch.randn(6, 2)
    assert torch.allclose(D(x), D.D(torch.cat([x[0::2], x[1::2]], dim=1)))
    with pytest.raises(GanCourseError, match="5 samples cannot be packed by 2"):
        D(x[:5])


def test_packing_images_stacks_channels():
    D = models.Packed(models.MLPDiscriminator((2, 4, 4), (8,)), pack=2)
    assert D(torch.randn(6, 1, 4, 4)).shape == (3,)


def test_instance_noise_only_in_training_and_of_its_deviation():
    class Identity(nn.Module):
        def forward(self, x):
            return x[:, 0]

    D = models.InstanceNoise(Identity(), 0.5)
    x = torch.zeros(20_000, 1)
    assert D(x).std().item() == pytest.approx(0.5, abs=0.02)
    assert torch.equal(D.eval()(x), x[:, 0])


def test_spectral_norm_makes_the_largest_singular_value_one():
    D = models.spectral_norm(models.MLPDiscriminator((2,), (16, 16)))
    for _ in range(50):  # one power iteration for each forward pass in training
        D(torch.randn(4, 2))
    for layer in D.net:
        if isinstance(layer, nn.Linear):
            assert torch.linalg.svdvals(layer.weight)[0].item() == pytest.approx(1, abs=1e-3)
