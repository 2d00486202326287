"""What is measured only has to be sane; turns, counts and launched programs have known answers."""

import math
import sys

import pytest
import torch

from gan_course import models
from gan_course.chapters import stopwatch
from gan_course.errors import GanCourseError


def test_a_training_step_trains():
    G = models.MLPGenerator(8, hidden=(16, 12), batch_norm=True)
    D = models.MLPDiscriminator(hidden=(12, 16))
    before = [p.clone() for net in (G, D) for p in net.parameters()]
    stopwatch.training_step(G, D, 4)()
    assert all(
        (a != b).any() for a, b in zip(before, (p for net in (G, D) for p in net.parameters()))
    )


def test_turns_are_taken_in_a_circle():
    calls = []
    found = stopwatch.interleaved(
        {"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=3, seconds=0.0
    )
    assert "".join(calls) == "aaabbb" + "ab" * 3
    assert all(len(times) == 3 for times in found.values())
    assert stopwatch.median([3.0, 1.0, 100.0]) == 3.0


@pytest.mark.clock
def test_peaks_are_rates():
    found = stopwatch.peaks(side=64, numbers=2**12, rounds=2, beside={"nothing": lambda: None})
    assert found.keys() == {"gemm", "conv", "copy", "nothing"}
    assert all(math.isfinite(v) and v >= 0 for v in found.values())
    assert found["gemm"] > 1e6 and found["nothing"] < 1e-3


def test_operations_are_counted_without_views():
    x = torch.ones(4, 4)
    assert stopwatch.operations(lambda: x.view(16).add(1)) == 1
    assert stopwatch.operations(lambda: (x @ x).t().relu()) == 2


def test_operations_of_a_gradient_penalty_are_counted():
    """The products of one linear layer: scores, gradient to x, and that one's gradient to W."""
    x, layer = torch.randn(6, 3, requires_grad=True), torch.nn.Linear(3, 2, bias=False)

    def penalty():
        (gradient,) = torch.autograd.grad(layer(x).sum(), x, create_graph=True)
        gradient.square().sum().backward()

    product = 2 * 6 * 3 * 2
    assert stopwatch.flops(lambda: layer(x)) == product
    assert stopwatch.flops(penalty) == 3 * product


def test_exchanges_alone_are_sums_in_memory():
    assert stopwatch.exchanges([256, 1024], rounds=3).keys() == {256, 1024}


def test_a_program_is_launched():
    program = "import json; print('noise'); print(json.dumps(ARGUMENTS))"
    assert stopwatch.launch(program, 1, "a", "b") == ["a", "b"]


@pytest.mark.skipif(sys.platform == "win32", reason="torchrun on POSIX systems")
def test_a_program_sees_the_variables_it_was_given():
    program = "import json, os; print(json.dumps(os.environ['OMP_WAIT_POLICY']))"
    given = {"OMP_WAIT_POLICY": "active"}
    assert stopwatch.launch(program, 1, environment=given) == "active"


FIRST_RANK = """
import json, os
if os.environ["RANK"] == "0":
    print(json.dumps([*ARGUMENTS, os.environ["WORLD_SIZE"]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="torchrun on POSIX systems")
def test_two_processes_are_launched_and_a_failure_is_told():
    assert stopwatch.launch(FIRST_RANK, 2, "a") == ["a", "2"]
    with pytest.raises(GanCourseError, match="it says why"):
        stopwatch.launch("import sys; print('it says why', file=sys.stderr); sys.exit(3)", 2)
