"""Device, seeds, threads and precision: what a run needs from the machine. Shown in notebook 00."""

import os
import platform
import random
from pathlib import Path

import numpy as np
import torch

from gan_course import __version__
from gan_course.config import profile


def device() -> torch.device:
    """The fastest device here: CUDA, else Apple's MPS, else the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and torch (all devices). Training itself draws from generators of its own."""
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - scikit-learn still reads the legacy stream
    torch.manual_seed(seed)


def generator(seed: int, device: torch.device | str = "cpu") -> torch.Generator:
    """A random stream of its own, so that drawing from it disturbs nothing else."""
    return torch.Generator(device).manual_seed(seed)


def supports_bf16() -> bool:
    """Whether bfloat16 autocast is likely to be faster here: a CUDA device, or a CPU with
    AVX512-BF16 or AMX.
    """
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported()
    cpuinfo = Path("/proc/cpuinfo")  # Linux only; elsewhere the answer is no, which is always safe
    flags = cpuinfo.read_text() if cpuinfo.exists() else ""
    return "avx512_bf16" in flags or "amx_bf16" in flags


def start(seed: int = 0, threads: int | None = None, on: str | None = None) -> torch.device:
    """First call of every notebook: seeds, sets the threads, prints one line that says what runs
    where.

    threads: torch's CPU threads; None keeps torch's choice. The 2-D toys are fastest with 1.
    on: "cpu" to stay there although there is a GPU (nets of a few hundred neurons gain nothing from
    it).
    """
    if threads is not None:
        torch.set_num_threads(threads)
    seed_everything(seed)
    chosen = torch.device(on) if on else device()
    name = torch.cuda.get_device_name() if chosen.type == "cuda" else chosen.type
    print(
        f"gan_course {__version__} · Python {platform.python_version()} · torch "
        f"{torch.__version__.split('+')[0]} · "
        f"device {name} · {torch.get_num_threads()} of {os.cpu_count()} cores · profile "
        f"{profile()} · seed {seed}"
    )
    return chosen


def describe(device: torch.device) -> dict[str, str]:
    """What a stored result says of its machine and its programs: device, threads, versions of torch
    and of the course.
    """
    name = (
        torch.cuda.get_device_name(device)
        if device.type == "cuda"
        else f"{processor()}, {torch.get_num_threads()} threads"
    )
    return {"device": name, "torch": torch.__version__, "gan_course": __version__}


def processor() -> str:
    """The CPU's name, as well as the platform tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    found = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return found[0] if found else platform.processor() or platform.machine()
