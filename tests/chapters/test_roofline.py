"""The hand count against torch's, and closed forms of the models."""

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from gan_course import conv, models
from gan_course.chapters import roofline, stopwatch

PAIRS = {
    "MLP": lambda: (
        models.MLPGenerator(8, hidden=(16, 12), batch_norm=True),
        models.MLPDiscriminator(hidden=(12, 16)),
    ),
    "convolutional": lambda: (
        conv.ConvGenerator(8, width=4, blocks=3),
        conv.ConvDiscriminator(width=4, blocks=3),
    ),
    "batch norm in D": lambda: (
        conv.ConvGenerator(8, width=4),
        conv.ConvDiscriminator(width=4, batch_norm=True),
    ),
    "resize": lambda: (
        conv.ConvGenerator(8, (3, 16, 16), 4, upsample="resize"),
        conv.ConvDiscriminator((3, 16, 16), 4),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("channels_last", [False, True])
def test_hand_count_of_a_step_is_torchs(name, channels_last):
    G, D = PAIRS[name]()
    counted = roofline.totals(roofline.step(G, D, 6))[0]
    work = stopwatch.training_step(G, D, 6, channels_last=channels_last)
    with FlopCounterMode(display=False) as counter:
        work()
    assert counted == counter.get_total_flops() == stopwatch.flops(work)


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (nn.Linear(5, 7), (3, 5)),
        (nn.Conv1d(4, 6, 5, stride=2, groups=2), (3, 4, 20)),
        (nn.Conv2d(4, 6, (3, 5), padding=1), (3, 4, 9, 8)),
        (nn.ConvTranspose2d(4, 6, 4, stride=2, padding=1, groups=2), (3, 4, 5, 6)),
    ],
)
def test_layer_counts_match_torchs(layer, shape):
    x = torch.randn(shape)
    (found,) = roofline.layers(layer, x)
    with FlopCounterMode(display=False) as counter:
        y = layer(x)
    assert found.flops == counter.get_total_flops()
    assert found.numbers == x.numel() + layer.weight.numel() + y.numel()
    assert found.outputs == y.numel()


def test_a_linear_layer_by_hand():
    (found,) = roofline.layers(nn.Linear(100, 50), torch.zeros(10, 100))
    assert found.flops == 2 * 10 * 100 * 50 and found.numbers == 1000 + 5000 + 500
    assert found.intensity() == pytest.approx(100_000 / (4 * 6500))


def test_bytes_of_a_step_by_hand():
    """One Linear layer each: G 2 -> 3, D 3 -> 1, N = 4; every part of the step written out."""
    G, D = models.MLPGenerator(2, (3,), hidden=()), models.MLPDiscriminator((3,), hidden=())
    g, both, one = 8 + 6 + 12, 24 + 3 + 8, 12 + 3 + 4  # inputs, weights, outputs
    forward = (g + 2 * 12) + (both + 2 * 8) + (one + 2 * 4)
    # the first layers have no gradient to their inputs but in G's step through D
    backward = both + (one + 3 * 4) + g
    adam = 7 * (9 + 4)
    flops, moved = roofline.totals(roofline.step(G, D, 4))
    assert moved == 4 * (forward + backward + adam)
    assert flops == 2 * 4 * (2 * 6 + 3 * (2 + 2 + 1 + 1))


def test_counting_needs_no_memory_and_leaves_the_networks_alone():
    with torch.device("meta"):
        G = conv.ConvGenerator(64, (3, 128, 128), 256, blocks=5)
        D = conv.ConvDiscriminator((3, 128, 128), 256, blocks=5)
    assert roofline.totals(roofline.step(G, D, 2048))[0] > 1e14
    net = nn.Linear(2, 2)
    roofline.layers(net, torch.zeros(1, 2))
    assert net.weight.device.type == "cpu" and not net._forward_hooks


def test_roofline_and_ring():
    assert roofline.attainable(2.0, 100.0, 10.0) == 20.0
    assert roofline.attainable(50.0, 100.0, 10.0) == 100.0
    assert roofline.ring(1, 1e9, 1e9, 1.0) == 0
    # half is sent, half is received back
    assert roofline.ring(2, 1e9, 1e9, 0.0) == pytest.approx(1.0)
    assert roofline.ring(8, 1e9, 1e9, 0.0) == pytest.approx(2 * 7 / 8)
    assert roofline.ring(8, 0, 1e9, 0.5) == pytest.approx(7.0)
