import random

import numpy as np
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
