import pytest
import torch
from torch import nn

from gan_course import conv, models, pretrained
from gan_course.chapters import translate
from gan_course.widgets import portable

SHIPPED = ["mlp-mnist", "dcgan-mnist", "conditional-mnist", "wgan-gp-mnist"]


def shaken(net: nn.Module) -> nn.Module:
    """Batch norm statistics and gains away from where they start, so that a wrong fold shows."""
    torch.manual_seed(1)
    for module in net.modules():
        if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
            nn.init.uniform_(module.weight, 0.5, 2)
            nn.init.normal_(module.bias)
    return net.eval()


NETWORKS = {
    "mlp": lambda: models.MLPGenerator(5, (1, 6, 6), (16, 24), batch_norm=True),
    "conditional mlp": lambda: models.MLPGenerator(
        5, (1, 6, 6), (16, 24), num_classes=3, batch_norm=True
    ),
    "points": lambda: models.MLPGenerator(2, (2,), (16, 16), activation="relu", output="linear"),
    "transposed": lambda: conv.ConvGenerator(5, (1, 12, 12), width=4),
    "odd sizes": lambda: conv.ConvGenerator(5, (1, 28, 28), width=3, blocks=3),
    "resize": lambda: conv.ConvGenerator(5, (1, 28, 28), width=3, blocks=3, upsample="resize"),
    "one-hot": lambda: conv.ConvGenerator(5, (1, 12, 12), width=4, num_classes=3),
    "table of labels": lambda: conv.ConvGenerator(
        5, (1, 12, 12), width=4, num_classes=3, label_dim=7
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_list_of_operations_draws_what_the_network_draws(name):
    torch.manual_seed(0)
    G = shaken(NETWORKS[name]())
    described, weights = portable.program(G)
    z = torch.randn(20, G.latent_dim)
    labels = torch.arange(20) % 3 if described["num_classes"] else None
    with torch.no_grad():
        wanted = G(z) if labels is None else G(z, labels)
    found = portable.run(described, weights, z, labels)
    assert found.shape == wanted.shape and (found - wanted).abs().max() < 2e-3
    assert wanted.std() > 0.01  # not a flat picture, which anything would match


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("size", "blocks", "skips"), [(28, 3, True), (12, 2, True), (12, 2, False), (9, 3, True)]
)
def test_from_picture_to_picture(size, blocks, skips, known):
    torch.manual_seed(0)
    G = shaken(
        translate.UNet(2, shape=(1, size, size), width=4, blocks=blocks, skips=skips, known=known)
    )
    described, weights = portable.program(G)
    planes = torch.randn(20, *G.in_shape)
    planes[:, 1] = (planes[:, 1] > 0).float()  # the mask
    with torch.no_grad():
        wanted = G(planes)
    found = portable.run(described, weights, planes.flatten(1))
    assert found.shape == wanted.shape and (found - wanted).abs().max() < 2e-3
    if known:
        kept = planes[:, 1:2] == 1
        assert torch.equal(found[kept], planes[:, :1][kept])


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_generators_agree_to_a_thousandth(name):
    G = pretrained.load(name)
    described, weights = portable.program(G)
    z = torch.randn(50, 64, generator=torch.Generator().manual_seed(0))
    labels = torch.arange(50) % 10 if described["num_classes"] else None
    with torch.no_grad():
        wanted = G(z) if labels is None else G(z, labels)
    assert (portable.run(described, weights, z, labels) - wanted).abs().max() < 1e-3


def test_packing_keeps_small_and_large_blocks():
    numbers = torch.cat(
        [torch.randn(16) * 1e-4, torch.randn(16) * 100, torch.zeros(16), torch.randn(7)]
    ).numpy()
    found = portable._unpack(portable._pack(numbers))
    assert found.shape == numbers.shape
    for start in (0, 16, 48):
        block = numbers[start : start + 16]
        assert abs(found[start : start + 16] - block).max() <= abs(block).max() / 32767
    assert (found[32:48] == 0).all()


def test_a_network_that_does_something_else_is_refused():
    class Backwards(models.MLPGenerator):
        def forward(self, z, labels=None):
            return super().forward(z.flip(1))

    with pytest.raises(portable.NotPortable, match="draws something else"):
        portable.program(Backwards(5, (1, 6, 6), (16,)))
    odd = models.MLPGenerator(5, (1, 6, 6), (16,))
    odd.output = nn.Softsign()
    with pytest.raises(portable.NotPortable, match="no Softsign"):
        portable.program(odd)
    with pytest.raises(portable.NotPortable, match="latent_dim"):
        portable.program(nn.Linear(2, 2))


def test_a_diverged_network_is_refused():
    G = models.MLPGenerator(5, (1, 6, 6), (16,))
    with torch.no_grad():
        G.net[0].weight[0, 0] = float("nan")
    with pytest.raises(portable.NotPortable, match="not finite"):
        portable.program(G)


def test_the_mode_of_the_network_stays():
    G = models.MLPGenerator(5, (1, 6, 6), (16, 16), batch_norm=True).train()
    before = [b.clone() for b in G.buffers()]
    portable.program(G), portable.leading_directions(G, 2)
    assert G.training and all(torch.equal(a, b) for a, b in zip(before, G.buffers()))


def test_leading_directions_of_a_linear_map_are_its_singular_vectors():
    G = models.MLPGenerator(4, (1, 3, 3), (), output="linear")
    u, s, v = torch.linalg.svd(
        torch.randn(9, 4, generator=torch.Generator().manual_seed(0)), full_matrices=False
    )
    s = torch.tensor([4.0, 2.0, 1.0, 0.5])
    with torch.no_grad():
        G.net[0].weight.copy_(u @ s.diag() @ v)
    directions, shares = portable.leading_directions(G, 3, draws=20_000)
    assert (directions @ v[:3].T).abs().diag().min() > 0.99
    assert torch.allclose(shares, (s**2 / (s**2).sum())[:3], atol=0.02)
