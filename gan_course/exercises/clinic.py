"""The frame of the bug clinic, notebook 19: planted code is mended when it behaves as the healthy
code does.

No checker reads source text. Each runs the answer on small inputs, observes a few numbers, and
compares them with those of the healthy code. An answer that shows the numbers of the planted code
is not mended yet, which counts as "not attempted".
"""

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
class Patient:
    """planted, healthy: the code before and after. observe(code) -> {what: number or array}. why:
    what -> the reason it matters.

    sign(observed) -> the patient's vital sign in words. tolerance: of the comparison, absolute and
    relative.
    """

    planted: object
    healthy: object
    observe: object
    why: dict
    sign: object
    tolerance: float = 1e-4


def admit(name: str, *args, **kwargs) -> None:
    """Take in a patient, and register the checker that decides whether it is mended."""
    patient = PATIENTS[name] = Patient(*args, **kwargs)

    def observe(code) -> dict:
        with torch.random.fork_rng(devices=[]), torch.enable_grad():
            torch.manual_seed(0)
            return patient.observe(code)

    def check(answer):
        found, ill, well = observe(answer), observe(patient.planted), observe(patient.healthy)
        if all(_equal(found[key], ill[key]) for key in ill):
            raise NotAttempted
        # what has no reason here only tells planted code from other mistakes
        for key, why in patient.why.items():
            expect(found[key], well[key], why, patient.tolerance, key)
        return f"Before: {patient.sign(ill)}. After: {patient.sign(found)}."

    check.__name__ = name
    run = exercise(check)

    def examine(answer) -> Verdict:
        verdict = run(answer)
        if verdict.state != "not attempted":
            return verdict
        sign = patient.sign(observe(patient.planted))
        return Verdict(
            "not attempted", f"{name}: not mended yet (not attempted). {sign[0].upper()}{sign[1:]}."
        )

    EXERCISES[name] = examine


def _equal(a, b) -> bool:
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-5, atol=1e-7, equal_nan=True)


def returned_tensor(result) -> torch.Tensor:
    """What the answer returned, if that is a tensor."""
    if not torch.is_tensor(result):
        raise Mismatch(
            f"Expected a tensor to be returned, found {type(result).__name__}: did the return get "
            "lost?"
        )
    return result


def value_and_slopes(loss, *scores):
    """Value of loss(*scores) and its slopes by each of them; the scores are lists, the slopes
    arrays of the same lengths.
    """
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
