"""The frame of the bug clinic, notebook 19: planted code is mended when it acts like healthy code.

No checker reads source text. Each runs the answer on small inputs, takes a few readings, and
compares them with those of the healthy code. An answer with the readings of the planted code is not
mended yet, which counts as "not attempted".
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from gan_course.exercises.frame import (
    EXERCISES,
    Mismatch,
    NotAttempted,
    Verdict,
    call,
    exercise,
    expect,
)

PATIENTS: dict = {}  # "patient_01" -> Patient


@dataclass(frozen=True)
class Reading:
    """One number or array that an examination finds, and why it matters."""

    what: str
    value: object
    why: str = ""  # without it a reading only tells the planted code from other mistakes


@dataclass(frozen=True)
class Patient:
    """A function with a bug, and the same without."""

    planted: Callable
    healthy: Callable


def admit(name: str, planted, healthy, examine, tolerance: float = 1e-4) -> None:
    """Take in a patient, and register the checker that decides whether it is mended.

    examine(code) -> (its vital sign in words, [Reading]). tolerance: of the comparison of readings,
    absolute and relative.
    """
    PATIENTS[name] = Patient(planted, healthy)

    def observe(code) -> tuple[str, list[Reading]]:
        with torch.random.fork_rng(devices=[]), torch.enable_grad():
            torch.manual_seed(0)
            return examine(code)

    def check(answer):
        sign, readings = observe(answer)
        planted_sign, planted_readings = observe(planted)
        _, healthy_readings = observe(healthy)
        if all(map(_equal, readings, planted_readings)):
            raise NotAttempted
        for reading, wanted in zip(readings, healthy_readings):
            if reading.why:
                expect(reading.value, wanted.value, reading.why, tolerance, reading.what)
        return f"Before: {planted_sign}. After: {sign}."

    check.__name__ = name
    run = exercise(check)

    def checker(answer) -> Verdict:
        verdict = run(answer)
        if verdict.state != "not attempted":
            return verdict
        sign, _ = observe(planted)
        text = f"{name}: not mended yet (not attempted). {sign[0].upper()}{sign[1:]}."
        return Verdict("not attempted", text)

    EXERCISES[name] = checker


def _equal(reading: Reading, other: Reading) -> bool:
    a, b = (np.asarray(r.value, dtype=np.float64) for r in (reading, other))
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-5, atol=1e-7, equal_nan=True)


def returned_tensor(result) -> torch.Tensor:
    """What the answer returned, if that is a tensor."""
    if torch.is_tensor(result):
        return result
    kind = type(result).__name__
    raise Mismatch(f"Expected a tensor to be returned, found {kind}: did the return get lost?")


def value_and_slopes(loss, *scores) -> tuple[torch.Tensor, list[np.ndarray]]:
    """The value of loss(*scores), and its slopes in each list of scores."""
    scores = [torch.tensor(s, requires_grad=True) for s in scores]
    value = returned_tensor(call(loss, *scores))
    slopes = torch.autograd.grad(value, scores, allow_unused=True, materialize_grads=True)
    return value.detach(), [slope.numpy() for slope in slopes]


def small_pair(batch_norm: bool = False) -> tuple[nn.Module, nn.Module]:
    """A small generator from 3 to 2 numbers and a discriminator."""
    middle = [nn.BatchNorm1d(8)] if batch_norm else []
    G = nn.Sequential(nn.Linear(3, 8), *middle, nn.LeakyReLU(0.2), nn.Linear(8, 2))
    return G, nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1), nn.Flatten(0))


def flat_weights(net) -> np.ndarray:
    """All weights of a network as one vector, copied."""
    return torch.cat([p.detach().flatten() for p in net.parameters()]).numpy().copy()
