import itertools
import random
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from gan_course import runtime


def test_seeding_repeats_all_three_streams():
    draws = []
    for _ in range(2):
        runtime.seed_everything(3)
        draws.append((random.random(), np.random.rand(), torch.rand(1).item()))  # noqa: NPY002
    assert draws[0] == draws[1]


def test_own_stream_is_not_disturbed_by_the_global_one():
    a, b = runtime.generator(5), runtime.generator(5)
    first = torch.rand(3, generator=a)
    torch.rand(100)
    assert torch.equal(first, torch.rand(3, generator=b))


def test_start_prints_one_line_with_what_matters(monkeypatch, capsys):
    monkeypatch.setenv("GAN_COURSE_PROFILE", "quick")
    threads = torch.get_num_threads()
    device = runtime.start(seed=4, threads=1, on="cpu")
    line = capsys.readouterr().out
    torch.set_num_threads(threads)
    assert device.type == "cpu" and line.count("\n") == 1
    assert all(word in line for word in ("torch", "profile quick", "seed 4", "device cpu"))


def test_device_prefers_cuda_then_mps(monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    assert runtime.device().type == "cuda"
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    monkeypatch.setattr("torch.backends.mps.is_available", lambda: True)
    assert runtime.device().type == "mps"


@pytest.fixture
def measure(monkeypatch):
    """`faster_precision` of steps that take the given seconds, on a clock that only they move."""
    clock = SimpleNamespace(now=0.0, steps=0)
    monkeypatch.setattr(runtime, "_gains", {})
    monkeypatch.setattr(runtime, "time", SimpleNamespace(perf_counter=lambda: clock.now))

    def choose(fp32, bf16, kind="a", cycle=1):
        def step_in(precision):
            seconds = itertools.cycle({"fp32": fp32, "bf16": bf16}[precision])

            def step():
                clock.steps += 1
                clock.now += next(seconds)

            return step

        return runtime.faster_precision(step_in, kind, torch.device("cpu"), cycle)

    choose.clock = clock
    return choose


def test_bf16_is_taken_where_it_is_faster_here_and_only_there(measure, capsys):
    assert measure([0.13], [0.1]) == "bf16"
    said = "precision: bf16, 1.30 times as fast as fp32 here (measured)\n"
    assert capsys.readouterr().out == said
    assert measure([0.1], [0.13], "slower") == "fp32"
    assert measure([0.109], [0.1], "nine per cent: a tie") == "fp32"
    assert "fp32; bf16 is 1.09 times as fast here (measured)" in capsys.readouterr().out


def test_it_is_measured_once_for_each_kind_and_number_of_threads(measure, monkeypatch):
    measure([0.13], [0.1])
    steps = measure.clock.steps
    assert measure([0.1], [0.13]) == "bf16" and measure.clock.steps == steps
    assert measure([0.1], [0.13], "other networks") == "fp32"
    monkeypatch.setattr(torch, "get_num_threads", lambda: 64)
    assert measure([0.1], [0.13]) == "fp32"


@pytest.mark.parametrize("seconds", [1e-4, 0.02, 0.3])
def test_measuring_takes_less_than_two_seconds(measure, seconds):
    measure([seconds], [seconds])
    assert measure.clock.now < 2


def test_a_lazy_term_counts_as_often_as_it_comes(measure):
    """Three steps of four are twice as fast, but the fourth takes nearly all the time."""
    fp32, bf16 = [0.001, 0.001, 0.001, 0.097], [0.0005, 0.0005, 0.0005, 0.097]
    assert measure(fp32, bf16, "lazy", cycle=4) == "fp32"
    assert measure(fp32, [x / 2 for x in fp32], "all faster", cycle=4) == "bf16"


def test_a_slow_turn_changes_nothing(measure):
    disturbed = [0.01] * 4 + [0.2]
    assert measure([0.013], disturbed) == "bf16"
    assert measure(disturbed, [0.013], "the other way") == "fp32"


def test_networks_that_do_not_run_in_bf16_stay_in_fp32(monkeypatch, capsys):
    monkeypatch.setattr(runtime, "_gains", {})

    def fails():
        raise RuntimeError("Unsupported dtype BFloat16")

    device, steps = torch.device("cpu"), {"fp32": lambda: None, "bf16": fails}
    assert runtime.faster_precision(steps.get, "a", device) == "fp32"
    assert "bf16 does not run here" in capsys.readouterr().out
    with pytest.raises(RuntimeError):  # an error of the networks themselves is no matter of bf16
        runtime.faster_precision({"fp32": fails, "bf16": fails}.get, "b", device)
