"""A trained generator as a short list of operations with 16-bit weights, which a browser runs
without a kernel.

`program` writes the list, source/generator.js runs it, `run` is the same in torch, to check
both. Batch norm is folded into the layer before it: in eval mode it is a fixed scale and shift. And
`leading_directions`: what the sliders of an explorer move.

Weights are 16-bit integers, each block of 16 with a float32 scale. At the same size as half
precision that is six to fifteen times as exact: the shipped generators then draw within 1e-3 of
torch, in place of 5e-3, on the scale of [-1, 1].
"""

import math
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.modules.batchnorm import _BatchNorm

from gan_course.errors import GanCourseError

BLOCK = 16  # weights that share a scale


class NotPortable(GanCourseError):
    """The network holds a module that the browser's interpreter does not know."""


def program(G: nn.Module) -> tuple[dict, bytes]:
    """A generator of `models`, `conv` or `translate` (or of the same parts in that order) as
    operations, and its weights packed.

    The dict is plain JSON: latent_dim, num_classes, label_dim, label_table (where a learned table
    of labels starts, or None), shape, operations. In each operation, weight and bias are places in
    the list of numbers. What goes in is a row of latent_dim numbers; for a network from image to
    image (one with `in_shape`) these are its input planes, one after the other. Raises NotPortable
    for other modules, and if the result does not draw what G draws (within 0.01 of the range of its
    outputs).
    """
    if not all(hasattr(G, name) for name in ("latent_dim", "shape")):
        raise NotPortable(
            "the generator tells no latent_dim and shape: build it with models.MLPGenerator or "
            "conv.ConvGenerator"
        )
    classes = getattr(G, "num_classes", 0)
    embed = getattr(G, "embed", None)
    numbers, operations = [], []
    table = _append(numbers, embed.weight) if isinstance(embed, nn.Linear) else None
    label_dim = embed.out_features if table is not None else classes
    start = getattr(G, "in_shape", (G.latent_dim,))
    shape = start if len(start) > 1 else (G.latent_dim + label_dim,)
    if hasattr(G, "groups"):
        shape = _styled(G, numbers, operations)
    else:
        for module in _leaves(G, skip=embed):
            shape = _translate(module, shape, numbers, operations)
    if math.prod(shape) != math.prod(G.shape):
        raise NotPortable(
            f"its modules one after the other make {math.prod(shape)} numbers, and the network "
            f"{tuple(G.shape)}"
        )
    if getattr(G, "known", False):
        operations.append({"op": "paste", "channels": G.shape[0]})
    weights = _pack(np.concatenate(numbers))
    described = {
        "latent_dim": math.prod(start),
        "num_classes": classes,
        "label_dim": label_dim,
        "label_table": table,
        "shape": list(G.shape),
        "operations": operations,
    }
    _compare(G, described, weights)
    return described, weights


def _pack(numbers: np.ndarray) -> bytes:
    """float32 numbers as their count (uint32), a float32 scale a block, and an int16 each; all with
    the little end first.
    """
    if not np.isfinite(numbers).all():
        raise NotPortable("a weight is not finite: the training that made this network diverged")
    blocks = np.pad(numbers, (0, -len(numbers) % BLOCK)).reshape(-1, BLOCK)
    scales = np.maximum(np.abs(blocks).max(axis=1, keepdims=True), 1e-30).astype("<f4") / 32767
    integers = np.rint(blocks / scales).astype("<i2").ravel()[: len(numbers)]
    count = np.array(len(numbers), "<u4")
    return count.tobytes() + scales.astype("<f4").tobytes() + integers.tobytes()


def _unpack(data: bytes) -> np.ndarray:
    n = int(np.frombuffer(data, "<u4", 1)[0])
    scales = np.frombuffer(data, "<f4", -(-n // BLOCK), offset=4)
    return np.frombuffer(data, "<i2", n, offset=4 + scales.nbytes) * np.repeat(scales, BLOCK)[:n]


def _append(numbers: list, *tensors: Tensor) -> int:
    """Append tensors, flattened, to a list of arrays; returns the place of the first number."""
    place = sum(map(len, numbers))
    numbers.extend(t.detach().cpu().float().flatten().numpy().copy() for t in tensors)
    return place


def _leaves(net: nn.Module, skip: nn.Module | None) -> list[nn.Module]:
    """The modules that compute, in the order of definition: in the course the order of use."""
    children = [child for child in net.children() if child is not skip]
    return [leaf for child in children for leaf in _leaves(child, skip)] if children else [net]


def _translate(module: nn.Module, shape: tuple, numbers: list, operations: list) -> tuple:
    """Add one module to the list; returns the shape of its output."""
    if isinstance(module, nn.Linear):
        rate = getattr(module, "rate", 1.0)  # of a `style_based.SlowLinear`
        place = _append(numbers, rate * module.weight, rate * _bias(module, module.out_features))
        sizes = {"n_in": module.in_features, "n_out": module.out_features}
        places = {"weight": place, "bias": place + module.weight.numel()}
        operations.append({"op": "linear", **sizes, **places})
        return (module.out_features,)
    if isinstance(module, nn.ConvTranspose2d | nn.Conv2d):
        return _convolution(module, shape, numbers, operations)
    if isinstance(module, _BatchNorm):
        _fold(module, operations[-1], numbers)
    elif isinstance(module, nn.ReLU | nn.LeakyReLU):
        operations.append({"op": "relu", "slope": getattr(module, "negative_slope", 0.0)})
    elif isinstance(module, nn.Tanh):
        operations.append({"op": "tanh"})
    elif isinstance(module, nn.Unflatten):
        return tuple(module.unflattened_size)
    elif isinstance(module, nn.Upsample) and module.mode == "nearest":
        factor = int(module.scale_factor)
        operations.append({"op": "upsample", "shape": list(shape), "factor": factor})
        return (shape[0], shape[1] * factor, shape[2] * factor)
    elif getattr(module, "operation", "") == "keep":
        operations.append({"op": "keep", "shape": list(shape)})
    elif getattr(module, "operation", "") == "join":
        shelf = []  # the shapes of what is still on it
        for step in operations:
            if step["op"] == "keep":
                shelf.append(step["shape"])
            elif step["op"] == "join":
                shelf.pop()
        operations.append({"op": "join"})
        return (shape[0] + shelf[-1][0], *shape[1:])
    elif not isinstance(module, nn.Identity):
        raise NotPortable(f"the browser's interpreter knows no {type(module).__name__}")
    return shape


def _styled(G: Any, numbers: list, operations: list) -> tuple:
    """The operations of a style-based generator, or of a `Mixer` of one; returns its shape.

    G: has `net`, the generator; and `groups`, the layers that each part of the input draws. Each
    part becomes a style, by the same mapping. Fixed noise and the factor sqrt(2) of the activation
    are put into the layers' numbers.
    """
    net = G.net
    if net.start is not None:
        raise NotPortable("the browser's interpreter knows no first map that depends on w")
    centre = _append(numbers, net.mean_w())
    places: list[dict] = []  # of the mapping: packed once, used for each group
    for module in net.map:
        _translate(module, (net.latent_dim,), numbers, places)
    for k in range(len(G.groups)):
        operations.append({"op": "part", "first": k * net.latent_dim, "count": net.latent_dim})
        operations += [{"op": "normalise"}, *places, {"op": "truncate", "mean": centre}]
        operations.append({"op": "style"})
    style = {layer: k for k, group in enumerate(G.groups) for layer in group}
    shape = tuple(net.constant.shape[1:])
    operations.append(
        {"op": "constant", "place": _append(numbers, net.constant), "shape": list(shape)}
    )
    drawn = net.layers - len(net.pictures)
    for i, layer in enumerate(net.blocks):
        if layer.double:
            operations.append({"op": "upsample", "shape": list(shape), "factor": 2})
            shape = (shape[0], 2 * shape[1], 2 * shape[2])
        step = _modulated(layer.conv, shape, math.sqrt(2) * layer.bias, numbers)
        noise = None
        if layer.noisy:
            noise = _append(numbers, math.sqrt(2) * layer.strength * layer.noise)
        gain = math.sqrt(2)
        operations.append(
            {"op": "modulated", **step, "style": style[i], "gain": gain, "noise": noise}
        )
        operations.append({"op": "relu", "slope": 0.2})
        shape = (layer.conv.weight.shape[0], *shape[1:])
        if i >= drawn:
            bias = net.colour if i == drawn else torch.zeros_like(net.colour)
            step = _modulated(net.pictures[i - drawn], shape, bias, numbers)
            operations.append({"op": "draw", **step, "style": style[i], "gain": 1, "noise": None})
    operations += [{"op": "picture"}, {"op": "tanh"}]
    return (net.shape[0], *shape[1:])


def _modulated(module: Any, shape: tuple, bias: Tensor, numbers: list) -> dict:
    n_out, n_in, kernel, _ = module.weight.shape
    place = _append(numbers, module.weight, bias)
    affine = _append(numbers, module.style.weight, module.style.bias)
    return {
        "shape": list(shape),
        "out": [n_out, *shape[1:]],
        "kernel": [kernel, kernel],
        "stride": 1,
        "padding": [kernel // 2, kernel // 2],
        "weight": place,
        "bias": place + module.weight.numel(),
        "affine": {
            "n_in": module.style.in_features,
            "n_out": n_in,
            "weight": affine,
            "bias": affine + module.style.weight.numel(),
        },
        "demodulate": module.demodulate,
    }


def _convolution(module, shape: tuple, numbers: list, operations: list) -> tuple:
    transposed = isinstance(module, nn.ConvTranspose2d)
    if module.groups != 1 or module.dilation != (1, 1) or module.stride[0] != module.stride[1]:
        raise NotPortable("groups, dilation and unequal strides are not supported")
    stride, out = module.stride[0], [module.out_channels]
    for n, k, p in zip(shape[1:], module.kernel_size, module.padding):
        out.append((n - 1) * stride - 2 * p + k if transposed else (n + 2 * p - k) // stride + 1)
    place = _append(numbers, module.weight, _bias(module, module.out_channels))
    operations.append(
        {
            "op": "transposed" if transposed else "conv",
            "shape": list(shape),
            "out": out,
            "kernel": list(module.kernel_size),
            "stride": stride,
            "padding": list(module.padding),
            "weight": place,
            "bias": place + module.weight.numel(),
        }
    )
    return tuple(out)


def _bias(module: nn.Module, n: int) -> Tensor:
    return torch.zeros(n) if module.bias is None else module.bias


def _fold(norm: _BatchNorm, before: dict, numbers: list) -> None:
    """Put batch norm in eval mode, y = (x - mean) * gain / sqrt(var + eps) + bias, into the weights
    of the layer before it.
    """
    if before["op"] not in ("linear", "conv", "transposed"):
        raise NotPortable(f"batch norm after {before['op']!r} cannot be folded into a layer")
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    shift = norm.bias - norm.running_mean * scale
    weight, bias = numbers[-2], numbers[-1]  # the layer's arrays are the last two
    # a linear layer that makes (C, H, W) maps has H * W outputs a channel
    outputs = len(bias) // len(scale)
    scale = scale.detach().cpu().repeat_interleave(outputs).numpy()
    shift = shift.detach().cpu().repeat_interleave(outputs).numpy()
    if before["op"] == "transposed":  # (in, out, kh, kw)
        per_channel = weight.reshape(before["shape"][0], len(bias), -1) * scale[None, :, None]
    else:  # (out, ...)
        per_channel = weight.reshape(len(bias), -1) * scale[:, None]
    numbers[-2:] = [per_channel.flatten(), bias * scale + shift]


@torch.no_grad()
def run(
    described: dict, weights: bytes, z: Tensor, labels: Tensor | None = None, psi: float = 1.0
) -> Tensor:
    """What the browser computes, in torch: z (N, latent_dim), labels (N,) to (N, *shape).

    psi: truncation in W, of a style-based generator.
    """
    numbers = torch.from_numpy(_unpack(weights))

    def part(place, *shape):
        return numbers[place : place + math.prod(shape)].reshape(shape)

    x, classes = z, described["num_classes"]
    if classes:
        code = F.one_hot(labels, classes).float()
        if described["label_table"] is not None:
            code = code @ part(described["label_table"], described["label_dim"], classes).T
        x = torch.cat([z, code], dim=1)
    shelf, pixels = [], math.prod(described["shape"])
    styles: list[Tensor] = []
    picture: Tensor | None = None

    def modulated(x: Tensor, step: dict) -> Tensor:
        x, affine = x.reshape(len(x), *step["shape"]), step["affine"]
        matrix = part(affine["weight"], affine["n_out"], affine["n_in"])
        scale = F.linear(styles[step["style"]], matrix, part(affine["bias"], affine["n_out"]))
        n_out = step["out"][0]
        kernels = part(step["weight"], n_out, affine["n_out"], *step["kernel"])
        y = F.conv2d(x * scale[:, :, None, None], kernels, padding=step["padding"])
        if step["demodulate"]:
            power = kernels.square().sum(dim=(2, 3))
            y = y / (scale.square() @ power.T + 1e-8).sqrt()[:, :, None, None]
        y = step["gain"] * y + part(step["bias"], n_out)[:, None, None]
        if step["noise"] is not None:
            y = y + part(step["noise"], *step["out"][1:])
        return y

    for step in described["operations"]:
        kind = step["op"]
        if kind == "linear":
            weight = part(step["weight"], step["n_out"], step["n_in"])
            x = F.linear(x.flatten(1), weight, part(step["bias"], step["n_out"]))
        elif kind == "relu":
            x = F.leaky_relu(x, step["slope"])
        elif kind == "tanh":
            x = torch.tanh(x)
        elif kind == "part":
            x = z[:, step["first"] : step["first"] + step["count"]]
        elif kind == "normalise":
            x = x / (x.square().mean(dim=1, keepdim=True) + 1e-8).sqrt()
        elif kind == "truncate":
            centre = part(step["mean"], x.shape[1])
            x = centre + psi * (x - centre)
        elif kind == "style":
            styles.append(x)
        elif kind == "constant":
            x = part(step["place"], *step["shape"]).expand(len(z), -1, -1, -1)
        elif kind == "modulated":
            x = modulated(x, step)
        elif kind == "draw":
            before = 0 if picture is None else F.interpolate(picture, scale_factor=2)
            picture = before + modulated(x, step)
        elif kind == "picture":
            x = picture
        elif kind == "keep":
            shelf.append(x)
        elif kind == "join":
            x = torch.cat([x, shelf.pop()], dim=1)
        elif kind == "paste":  # the planes of the picture that went in, where the next one is 1
            known, mask = z[:, :pixels], z[:, pixels:][:, : pixels // step["channels"]]
            x = torch.where(mask.repeat(1, step["channels"]) > 0.5, known, x.flatten(1))
        elif kind == "upsample":
            x = x.reshape(len(x), *step["shape"])
            x = F.interpolate(x, scale_factor=step["factor"])
        else:
            x = x.reshape(len(x), *step["shape"])
            n_in, n_out = step["shape"][0], step["out"][0]
            sizes = (n_in, n_out) if kind == "transposed" else (n_out, n_in)
            convolve = F.conv_transpose2d if kind == "transposed" else F.conv2d
            weight, bias = part(step["weight"], *sizes, *step["kernel"]), part(step["bias"], n_out)
            x = convolve(x, weight, bias, step["stride"], step["padding"])
    return x.reshape(len(z), *described["shape"])


@torch.no_grad()
def _compare(G: nn.Module, described: dict, weights: bytes) -> None:
    """A network whose forward does something else with the same modules must not be shown as if it
    were this list.
    """
    device, draw = next(G.parameters()).device, torch.Generator().manual_seed(0)
    z = torch.randn(8, *getattr(G, "in_shape", (G.latent_dim,)), generator=draw)
    labels = torch.arange(8) % described["num_classes"] if described["num_classes"] else None
    mode = G.training
    G.eval()
    wanted = (G(z.to(device)) if labels is None else G(z.to(device), labels.to(device))).cpu()
    G.train(mode)
    found = run(described, weights, z.flatten(1), labels)
    error, span = float((found - wanted).abs().max()), float(wanted.max() - wanted.min())
    if not error <= 0.01 * max(span, 1e-6) + 1e-3:  # written so that NaN fails
        raise NotPortable(
            "the list of operations draws something else than the network (largest difference "
            f"{error:.3g})"
        )


def leading_directions(G: nn.Module, count: int = 6, draws: int = 2048) -> tuple[Tensor, Tensor]:
    """The directions of z that change G's picture most, strongest first (count, latent_dim), and
    their shares of it (count,).

    They are the eigenvectors of E[J^T J] over z ~ N(0, I), with J = dG/dz: moving along a unit
    vector v changes the picture by v^T E[J^T J] v in squared norm. J itself is not needed: J^T u
    for random u ~ N(0, I) has that second moment.
    """
    device, draw = next(G.parameters()).device, torch.Generator().manual_seed(0)
    classes = getattr(G, "num_classes", 0)
    z = torch.randn(draws, G.latent_dim, generator=draw).to(device).requires_grad_()
    labels = torch.arange(draws, device=device) % classes if classes else None
    mode = G.training
    G.eval()
    images = G(z) if labels is None else G(z, labels)
    # J^T u, a row a draw
    (pulled,) = torch.autograd.grad(images, z, torch.randn(images.shape, generator=draw).to(device))
    G.train(mode)
    values, vectors = torch.linalg.eigh((pulled.T @ pulled / draws).cpu().double())  # ascending
    vectors = vectors.flip(1)[:, :count].T
    # the largest entry is positive: same on any machine
    signs = vectors.gather(1, vectors.abs().argmax(1, keepdim=True)).sign()
    total = values.sum().clamp(min=1e-30)  # 0 for a generator that draws one picture for all z
    return (vectors * signs).float(), (values.flip(0)[:count] / total).float()


def browser_normal(seed: int, n: int) -> np.ndarray:
    """The draws of `random(seed).normal(n)` in source/ui.js: both start from one picture."""
    a, mask, found = (seed * 2654435761 + 1) & 0xFFFFFFFF, 0xFFFFFFFF, []
    for _ in range(2 * n):
        a = (a + 0x6D2B79F5) & mask
        t = ((a ^ (a >> 15)) * (a | 1)) & mask
        t ^= (t + ((t ^ (t >> 7)) * (t | 61))) & mask
        found.append(((t ^ (t >> 14)) & mask) / 4294967296)
    first, second = np.array(found).reshape(n, 2).T
    return (np.sqrt(-2 * np.log(1 - first)) * np.cos(2 * np.pi * second)).astype(np.float32)
