"""The style-based generator, its parts, and what is measured in its spaces."""

import math
from dataclasses import replace

import pytest
import torch
from torch.nn import functional as F

from gan_course import data, game, pretrained
from gan_course.chapters import faces, style_based
from gan_course.chapters.style_based import Mixer, Modulated, StyleGenerator
from gan_course.errors import GanCourseError


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


def small(**options):
    return StyleGenerator(6, (3, 16, 16), width=4, blocks=2, **options)


@pytest.mark.parametrize("demodulate", [True, False])
@pytest.mark.parametrize("kernel", [1, 3])
def test_scaled_inputs_are_scaled_kernels(kernel, demodulate):
    """As in StyleGAN2: kernels of each sample, scaled, at length 1, in a grouped convolution."""
    layer = Modulated(5, 7, kernel, 6, demodulate).double()
    x, w = torch.randn(4, 5, 8, 8).double(), torch.randn(4, 6).double()
    kernels = layer.weight * layer.style(w)[:, None, :, None, None]  # (N, out, in, k, k)
    if demodulate:
        kernels = kernels / (kernels.square().sum(dim=(2, 3, 4), keepdim=True) + 1e-8).sqrt()
    flat = kernels.reshape(4 * 7, 5, kernel, kernel)
    wanted = F.conv2d(x.reshape(1, 4 * 5, 8, 8), flat, padding=kernel // 2, groups=4)
    assert torch.allclose(layer(x, w), wanted.view(4, 7, 8, 8))


def test_demodulation_keeps_the_variance():
    loud = torch.randn(2_000, 6) * 20
    x = torch.randn(2_000, 16, 4, 4)
    plain, kept = (Modulated(16, 8, 3, 6, demodulate) for demodulate in (False, True))
    middle = (slice(None), slice(None), slice(1, 3), slice(1, 3))  # where nothing is padded
    assert plain(x, loud)[middle].std() > 5
    assert abs(kept(x, loud)[middle].std() - 1) < 0.05


@pytest.mark.parametrize("part", [(), *((part,) for part in style_based.PARTS)])
def test_each_part_can_be_left_out(part):
    G = small(without=part).train()
    images = G(torch.randn(8, 6))
    assert images.shape == (8, 3, 16, 16) and images.abs().max() <= 1
    images.square().mean().backward()
    # the last pictures' styles get a gradient, whatever is left out
    assert G.pictures[-1].style.weight.grad.abs().max() > 0


def test_untrained_faces_differ_and_are_not_saturated():
    G = StyleGenerator().eval()
    with torch.no_grad():
        w, images = G.mapping(torch.randn(200, 64)), G(torch.randn(200, 64))
    assert 0.3 < w.square().mean().sqrt() < 3
    assert images.std(dim=0).mean() > 0.1  # over faces, not over pixels
    assert (images.abs() > 0.95).float().mean() < 0.1


def test_the_mapping_moves_at_its_own_rate():
    """After one step of Adam what the layer uses has moved `rate` times as far."""
    layer = style_based.SlowLinear(6, 6, rate=0.05)
    before = layer.rate * layer.weight.detach()
    optimiser = torch.optim.Adam(layer.parameters(), 1e-2)
    layer(torch.randn(8, 6)).square().mean().backward()
    optimiser.step()
    moved = (layer.rate * layer.weight - before).abs()
    assert torch.allclose(moved, torch.full((6, 6), 5e-4), rtol=1e-2)


def test_unknown_parts_and_odd_sizes_are_refused():
    with pytest.raises(GanCourseError, match="no part is called"):
        small(without=("wings",))
    with pytest.raises(GanCourseError, match="32 pixels a side"):
        StyleGenerator(6, (3, 28, 28), blocks=3)
    with pytest.raises(GanCourseError, match="z has shape"):
        small()(torch.randn(2, 7))


def test_in_eval_mode_z_says_all():
    G = small()
    with torch.no_grad():
        for layer in G.blocks:
            layer.strength.fill_(1)
    z = torch.randn(3, 6)
    assert not torch.equal(G.train()(z), G(z))  # fresh noise, mixed styles
    assert torch.equal(G.eval()(z), G(z))
    assert torch.allclose(G(5 * z), G(z), atol=1e-4)  # only the direction counts


def test_mixing_switches_once_to_the_neighbour():
    G, w = small(), torch.arange(4.0)[:, None].expand(4, 6)
    crossed = 0
    for _ in range(50):
        ws = G.mixed(w, share=0.5)[:, :, 0]  # (4, layers): whose w it is
        assert torch.equal(ws[:, 0], w[:, 0])
        neighbour = w[:, 0].roll(1)
        for row, own, other in zip(ws, w[:, 0], neighbour):
            switched = (row == other).tolist()
            assert switched == sorted(switched) and set(row.tolist()) <= {float(own), float(other)}
            crossed += switched[-1]
    assert 60 < crossed < 140  # of 200, half


def test_a_mixer_of_one_z_is_the_generator():
    G = StyleGenerator(6, (3, 32, 32), width=2).eval()
    z, other = torch.randn(2, 3, 6)
    mixer = Mixer(G)
    assert torch.allclose(mixer(z.repeat(1, 3)), G(z), atol=1e-5)
    ws = G.mapping(z)[:, None].repeat(1, 4, 1)
    ws[:, 2:] = G.mapping(other)[:, None]
    assert torch.allclose(mixer(torch.cat([z, z, other], dim=1)), G.synthesis(ws), atol=1e-5)


def test_it_survives_the_shelf(tmp_path):
    arguments = {"latent_dim": 6, "shape": [3, 16, 16], "width": 4, "blocks": 2}
    G = StyleGenerator(**{**arguments, "shape": (3, 16, 16)}).eval()
    pretrained.save(G, "g", arguments, tmp_path, {})
    z = torch.randn(3, 6)
    assert (pretrained.load("g", folder=tmp_path)(z) - G(z)).abs().max() < 0.02


def test_an_arc_keeps_length_and_turns_evenly():
    a, b = F.normalize(torch.randn(2, 50, 64), dim=2)
    ways = [style_based.arc(a, b, torch.full((50, 1), t)) for t in (0.0, 0.25, 0.5, 1.0)]
    assert torch.allclose(ways[0], a, atol=1e-5) and torch.allclose(ways[-1], b, atol=1e-5)
    assert torch.allclose(ways[2].norm(dim=1), torch.ones(50), atol=1e-4)
    quarter, half = ((a * way).sum(dim=1).arccos() for way in ways[1:3])
    assert torch.allclose(half, 2 * quarter, atol=1e-3)


def test_separability_of_known_cases():
    x = torch.randn(4_000, 5)
    right, unknown = style_based.separability(x, x[:, 2] > 0.3)
    assert right > 0.98 and unknown < 0.1
    coin = torch.rand(4_000) < 0.5
    right, unknown = style_based.separability(x, coin)
    assert 0.45 < right < 0.55 and abs(unknown - math.log(2)) < 0.01
    assert style_based.separability(x, torch.ones(4_000, dtype=torch.bool)) == (1.0, 0.0)


def test_faces_are_scored_and_read():
    test = data.images("faces", "test")
    real, read = pretrained.read_attributes(test.images[:500])
    assert style_based.score(test.images[:500], real)["frechet_distance"] < 0.01
    noise = torch.rand(500, 3, 16, 16) * 2 - 1
    assert style_based.score(noise, real)["frechet_distance"] > 5
    worn = style_based.has(read, test)["glasses"]
    truth = test.attributes["glasses"].values[:500] > 0
    assert (worn == truth).float().mean() > 0.97


def test_paths_and_layers_of_a_generator():
    G = small().eval()
    for space in ("z", "w"):
        assert 0 < style_based.path_length(G, space, pairs=20) < math.inf
    found = style_based.follows(G, pairs=20)
    assert len(found) == 10 and all(len(shares) == G.layers for shares in found.values())


@pytest.mark.parametrize("kind", ["plain", "all parts", "no skips"])
def test_a_run_ends_by_the_clock(kind):
    images = faces.small(data.images("faces", "test"))
    pair = style_based.players(kind, (3, 16, 16), latent_dim=8)
    config = replace(style_based.RECIPE, latent_dim=8, log_every=1)
    run, clock = style_based.train(images, pair, 0.3, 0, config=config)
    assert clock.spent >= 0.3 and "CPU time" in run.stopped and run.records
    assert game.sample(run.generator, torch.randn(4, 8)).shape == (4, 3, 16, 16)
