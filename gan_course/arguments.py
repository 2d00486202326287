"""Wrong calls of `game.train` and `data.batches`: taken where the meaning is clear, else refused.

Each refusal is one line that says what to hand over instead.
"""

import inspect
import numbers
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from gan_course.config import TrainConfig
from gan_course.errors import DataError, GanCourseError


def tensor(values: Any, what: str) -> Tensor:
    """A tensor as it is, or a NumPy array as one; numbers with a point become float32.

    what: the name of the values in the error.
    """
    if isinstance(values, np.ndarray):
        try:
            values = torch.as_tensor(values)
        except (TypeError, ValueError):  # objects, strings, negative strides
            raise DataError(
                f"{what} are a NumPy array of {values.dtype} that torch cannot read: pass "
                "np.ascontiguousarray(x, dtype=np.float32)"
            ) from None
    if not isinstance(values, Tensor):
        raise DataError(
            f"{what} are of type {type(values).__name__}: pass a tensor or a NumPy array, a row a "
            "sample"
        )
    return values.float() if values.is_floating_point() else values


def endless(batches: Any) -> Iterator:
    """An iterator as it is; of what can be passed through again, such as a DataLoader, all passes.

    A run of a DataLoader cannot be resumed: its place has no state.
    """
    if isinstance(batches, (Tensor, np.ndarray)) or not isinstance(batches, Iterable):
        raise GanCourseError(
            f"batches is of type {type(batches).__name__}: make them with data.batches(samples, "
            "batch_size)"
        )
    iterator = iter(batches)
    return iterator if iterator is batches else _passes(batches)


def _passes(batches: Iterable) -> Iterator:
    while True:
        batch = None
        for batch in batches:
            yield batch
        if batch is None:
            raise DataError("the batches are empty: a pass through them brings no batch")


def pair(batch: Any) -> tuple[Tensor, Any]:
    """What an iterator of batches brings, as samples and labels (or what is given), or None."""
    if batch is None:
        raise DataError(
            "the batches have come to an end: training needs endless ones, such as data.batches"
        )
    if isinstance(batch, (Tensor, np.ndarray)):
        batch = (batch, None)
    elif len(batch) == 1:
        batch = (batch[0], None)
    samples, labels = batch
    return tensor(samples, "samples"), None if labels is None else tensor(labels, "labels")


def check_pixels(samples: Tensor) -> None:
    """Raise DataError for bytes, and for images (N, C, H, W) that are clearly not in [-1, 1].

    Images that reach to both sides of [-1, 1], as standardised ones do, give a warning.
    """
    if not samples.is_floating_point():
        raise DataError(
            f"samples are {samples.dtype}: the networks take float32; of bytes from 0 to 255 make "
            "x.float() / 127.5 - 1"
        )
    if samples.ndim != 4:
        return
    low, high = (float(end) for end in samples.aminmax())
    found = f"the pixels run from {low:.4g} to {high:.4g}, the course's are in [-1, 1]"
    if 0 <= low < high <= 1:
        raise DataError(f"{found}: pass x * 2 - 1")
    if low >= 0 and high > 1.5:
        raise DataError(f"{found}: pass x / 127.5 - 1 (of bytes from 0 to 255)")
    if low < -1.5 or high > 1.5:
        warnings.warn(f"{found}: a generator that ends in tanh cannot reach them", stacklevel=2)


def check_game(
    G: Any, D: Any, loss: Any, config: Any, penalties: Any, g_penalties: Any, constrain: Any
) -> None:
    """Raise GanCourseError for a part of a game that is none, arguments as in `game.train`."""
    for name, net in (("G", G), ("D", D)):
        if not isinstance(net, nn.Module):
            raise GanCourseError(f"{name} is {_described(net)}: pass a network, an nn.Module")
    if not (isinstance(config, TrainConfig)):
        raise GanCourseError(f"config is {_described(config)}: pass TrainConfig(steps=...)")
    players = ("discriminator", "generator")
    if isinstance(loss, type) or not all(hasattr(loss, player) for player in players):
        raise GanCourseError(
            f"loss is {_described(loss)}: pass an object with both players' losses, such as "
            "losses.NonSaturating()"
        )
    for name, terms in (("penalties", penalties), ("g_penalties", g_penalties)):
        check_calls(name, terms, "[penalties.ZeroCentered(1.0)]")
    if constrain is not None:
        check_calls("constrain", [constrain], "penalties.clip_weights(0.01)")
    if config.num_classes:
        check_takes_labels(G, "G")
        check_takes_labels(D, "D")


def check_calls(name: str, functions: Any, example: str) -> None:
    """Raise GanCourseError unless `functions` is a sequence of what can be called, no classes."""
    if not isinstance(functions, (list, tuple)):
        raise GanCourseError(f"{name} is {_described(functions)}: pass a list, {example}")
    for function in functions:
        if isinstance(function, type) or not callable(function):
            raise GanCourseError(f"{name} has {_described(function)}: pass {example}")


def _described(value: Any) -> str:
    """How an error calls a value that is none of those it should be."""
    if isinstance(value, type):
        return f"the class {value.__name__} and no object"
    if isinstance(value, (str, numbers.Number, type(None))):
        return repr(value)
    return f"of type {type(value).__name__}"


def check_takes_labels(net: nn.Module, name: str) -> None:
    """Raise GanCourseError if a game with labels has a network that takes none."""
    try:
        inspect.signature(net.forward).bind(None, None)
        takes = getattr(net, "num_classes", 1) > 0
    except TypeError:
        takes = False
    if not takes:
        raise GanCourseError(
            f"config.num_classes makes this game conditional, but {name}, a {type(net).__name__}, "
            "takes no labels: build it with num_classes=..., or leave num_classes out of the config"
        )


# what may stand between the last operation of D and its scores
_SHAPES = ("Squeeze", "View", "Reshape", "Split", "Slice", "Select", "Alias", "ToCopy", "Transpose")


def check_logits(scores: Tensor) -> None:
    """Raise GanCourseError if the last operation that made the scores is a sigmoid."""
    node = scores.grad_fn
    while node and node.next_functions and any(word in node.name() for word in _SHAPES):
        node = node.next_functions[0][0]
    if node and node.name() == "SigmoidBackward0":
        raise GanCourseError(
            "D ends in a sigmoid, but the losses take raw scores and have the sigmoid in them: "
            "leave it out"
        )
