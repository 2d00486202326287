"""Device, seeds, threads and precision: what a run needs from the machine. Shown in notebook 00."""

import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from gan_course import __version__, config, distributed

_gains: dict[Hashable, float] = {}  # of bf16 over fp32, as this process has measured them


def device() -> torch.device:
    """The fastest device here: CUDA, else Apple's MPS, else the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and torch (all devices). Training draws from generators of its own."""
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - scikit-learn still reads the legacy stream
    torch.manual_seed(seed)


def generator(seed: int, device: torch.device | str = "cpu") -> torch.Generator:
    """A random stream of its own, so that drawing from it disturbs nothing else."""
    return torch.Generator(device).manual_seed(seed)


def faster_precision(
    step_in: Callable[[str], Callable[[], Any]],
    kind: Hashable,
    device: torch.device,
    cycle: int = 1,
) -> str:
    """Which of "fp32" and "bf16" makes a training step faster here, by a second of measuring.

    The name of a processor does not tell: of two that announce bf16, one gains by it and one loses.
    step_in: precision -> a function that makes a step in it, on copies of the networks.
    kind: what the steps are of. The answer is kept for the process, by kind, device and threads.
    cycle: the cost repeats after so many steps (lazy penalties). A gain of less than 10 % is none.
    Prints a line. The random streams stay as they are.
    """
    key = (kind, str(device), torch.get_num_threads())
    if key not in _gains:
        with torch.random.fork_rng():
            _gains[key] = _gain_of_bf16(step_in("fp32"), step_in("bf16"), device, cycle)
    gain = _gains[key]
    if gain >= 1.1:
        print(f"precision: bf16, {gain:.2f} times as fast as fp32 here (measured)")
        return "bf16"
    found = f"is {gain:.2f} times as fast here (measured)" if gain else "does not run here"
    print(f"precision: fp32; bf16 {found}")
    return "fp32"


def _gain_of_bf16(
    fp32: Callable[[], Any], bf16: Callable[[], Any], device: torch.device, cycle: int
) -> float:
    """Seconds of a step in fp32 over those of one in bf16; 0 where there is no bf16.

    They take turns, so that a busy second hits both. Several processes make the same turns, and
    the first one's seconds count.
    """
    end = time.perf_counter() + 1.0
    times: tuple[list[float], list[float]] = ([], [])

    def seconds(step: Callable[[], Any]) -> float:
        start = time.perf_counter()
        step()
        if device.type != "cpu":
            torch.accelerator.synchronize(device)
        return time.perf_counter() - start

    def more() -> bool:
        rounds = len(times[0])
        return rounds == 0 or (rounds < 40 and time.perf_counter() < end)

    seconds(fp32)  # warm: memory is claimed, kernels are chosen
    try:
        seconds(bf16)
    except RuntimeError:  # the device, or an operation of these networks, has no bf16
        return 0.0
    while distributed.from_first(more):
        times[0].append(seconds(fp32))
        times[1].append(seconds(bf16))
    gain = _mean_of_medians(times[0], cycle) / _mean_of_medians(times[1], cycle)
    return distributed.from_first(lambda: gain)


def _mean_of_medians(times: list[float], cycle: int) -> float:
    """The mean over the places in a cycle; a median for each, since a few turns are always slow."""
    places = [times[place::cycle] for place in range(min(cycle, len(times)))]
    return statistics.mean(statistics.median(place) for place in places)


def start(seed: int = 0, threads: int | None = None, on: str | None = None) -> torch.device:
    """First call of every notebook: seed, set the threads, print a line on what runs where.

    threads: torch's CPU threads; None keeps torch's choice. The 2-D toys are fastest with 1.
    on: "cpu" stays there although there is a GPU: nets of a few hundred neurons gain nothing on it.
    `config.profile` then gives the sizes of "cpu", unless $GAN_COURSE_PROFILE says otherwise.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    seed_everything(seed)
    chosen = torch.device(on) if on else device()
    config.started_on = chosen.type
    name = torch.cuda.get_device_name() if chosen.type == "cuda" else chosen.type
    torch_version = torch.__version__.split("+")[0]
    print(
        f"gan_course {__version__} · Python {platform.python_version()} · torch {torch_version} · "
        f"device {name} · {torch.get_num_threads()} of {os.cpu_count()} cores · "
        f"profile {config.profile()} · seed {seed}"
    )
    return chosen


def describe(device: torch.device) -> dict[str, str]:
    """What a stored result says of its machine: device, threads, versions of torch and course."""
    if device.type == "cuda":
        name = torch.cuda.get_device_name(device)
    else:
        name = f"{processor()}, {torch.get_num_threads()} threads"
    return {"device": name, "torch": torch.__version__, "gan_course": __version__}


def processor() -> str:
    """The CPU's name, as well as the platform tells it."""
    for line in _cpuinfo().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _cpuinfo() -> str:
    """What Linux says of its CPUs; an empty string elsewhere."""
    file = Path("/proc/cpuinfo")
    return file.read_text(encoding="utf-8") if file.exists() else ""
