"""Operations and bytes of a training step, counted, and what a roofline allows. Notebook 20.

A product of matrices, or a convolution, costs 2 operations for each multiply and add.
Batch norm, activations and Adam are left out of the operations, as is usual: they are few. Of the
bytes, activations and Adam are a good part, and counted. `stopwatch` measures what is to be held
against it.
"""

import copy
from dataclasses import dataclass

import torch
from torch import Tensor, nn

CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
TRANSPOSED = (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)


@dataclass(frozen=True)
class Layer:
    """One linear or convolutional layer on one batch.

    flops: operations of a forward pass; the gradient to its weights costs as many, that to its
    inputs again as many. numbers: inputs, weights and outputs: each of the three passes reads two
    of them and writes the third.
    """

    kind: str
    flops: int
    numbers: int
    outputs: int

    def intensity(self) -> float:
        """Operations for each byte that a pass has to move at least, at 4 bytes a number."""
        return self.flops / (4 * self.numbers)


@dataclass(frozen=True)
class Pass:
    """One pass over one layer, in a part of the step."""

    part: str
    flops: int
    bytes: int


def layers(net: nn.Module, *inputs: Tensor) -> list[Layer]:
    """The layers of net in the order of use. Only shapes are looked at: nothing is computed."""
    used: list[Layer] = []
    net = copy.deepcopy(net).to("meta")

    def note(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        x, weight = inputs[0], module.weight
        if isinstance(module, nn.Linear):
            products = output.numel() * module.in_features
        elif isinstance(module, TRANSPOSED):  # each input number meets all kernels of its channel
            products = x.numel() * weight[0].numel()
        else:  # each output number is the sum over one kernel
            products = output.numel() * weight[0].numel()
        numbers = x.numel() + weight.numel() + output.numel()
        used.append(Layer(type(module).__name__, 2 * products, numbers, output.numel()))

    for module in net.modules():
        if isinstance(module, (nn.Linear, *CONVOLUTIONS, *TRANSPOSED)):
            module.register_forward_hook(note)
    with torch.no_grad():
        net(*(x.to("meta") for x in inputs))
    return used


def step(G: nn.Module, D: nn.Module, batch: int, size: int = 4) -> list[Pass]:
    """All passes of one step of `game` on `batch` real and `batch` fake samples, no penalties.

    size: bytes of a number. Bytes are the least that must move if nothing stays in a cache from one
    pass to the next: what the products read and write, activations (read and written; with two
    inputs on the way back), and Adam's seven numbers a weight.
    """
    g = layers(G, torch.empty(batch, G.latent_dim, device="meta"))
    both, one = (layers(D, torch.empty(n, *D.shape, device="meta")) for n in (2 * batch, batch))
    passes: list[Pass] = []

    def add(part: str, chosen: list[Layer], around: int = 0) -> None:
        for layer in chosen:
            moved = layer.numbers + around * layer.outputs
            passes.append(Pass(part, layer.flops, size * moved))

    add("G forward", g, 2)
    add("D's step: forward", both, 2)
    add("D's step: to weights", both)
    add("D's step: to inputs", both[1:], 3)  # nobody asks how the loss changes with the pictures
    add("G's step: D forward", one, 2)
    add("G's step: through D", one, 3)  # all layers, and no weights: D is frozen
    add("G's step: to weights", g)
    add("G's step: to inputs", g[1:], 3)  # nor with z
    weights = sum(p.numel() for net in (G, D) for p in net.parameters())
    # reads weight, gradient, two moments; writes all but the gradient
    return [*passes, Pass("Adam", 0, 7 * 4 * weights)]


def totals(passes: list[Pass]) -> tuple[int, int]:
    """Operations and bytes of all passes together."""
    return sum(p.flops for p in passes), sum(p.bytes for p in passes)


def attainable(intensity: float, peak: float, bandwidth: float) -> float:
    """FLOP/s that memory and arithmetic units allow (Williams, Waterman, Patterson 2009)."""
    return min(peak, intensity * bandwidth)


def ring(ranks: int, size: float, bandwidth: float, latency: float) -> float:
    """Seconds of an all-reduce of `size` bytes in a ring (Patarasuk and Yuan 2009).

    2 (n - 1) messages, each of size / n bytes. bandwidth: bytes/s that a rank sends.
    latency: seconds a message.
    """
    return 2 * (ranks - 1) * (latency + size / ranks / bandwidth)
