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
    """Seed Python, NumPy and torch (all devices). Training draws from generators of its own."""
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - scikit-learn still reads the legacy stream
    torch.manual_seed(seed)


def generator(seed: int, device: torch.device | str = "cpu") -> torch.Generator:
    """A random stream of its own, so that drawing from it disturbs nothing else."""
    return torch.Generator(device).manual_seed(seed)


def supports_bf16() -> bool:
    """Whether bfloat16 autocast is likely to be faster: on CUDA, or with AVX512-BF16 or AMX."""
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported()
    cpuinfo = _cpuinfo()  # empty where it cannot be read: then the answer is no, which is safe
    return "avx512_bf16" in cpuinfo or "amx_bf16" in cpuinfo


def start(seed: int = 0, threads: int | None = None, on: str | None = None) -> torch.device:
    """First call of every notebook: seed, set the threads, print a line on what runs where.

    threads: torch's CPU threads; None keeps torch's choice. The 2-D toys are fastest with 1.
    on: "cpu" stays there although there is a GPU: nets of a few hundred neurons gain nothing on it.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    seed_everything(seed)
    chosen = torch.device(on) if on else device()
    name = torch.cuda.get_device_name() if chosen.type == "cuda" else chosen.type
    torch_version = torch.__version__.split("+")[0]
    print(
        f"gan_course {__version__} · Python {platform.python_version()} · torch {torch_version} · "
        f"device {name} · {torch.get_num_threads()} of {os.cpu_count()} cores · "
        f"profile {profile()} · seed {seed}"
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
    return file.read_text() if file.exists() else ""
