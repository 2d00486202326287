"""What a machine takes: steps, peaks, operations, exchanges between processes. Notebook 20.

`roofline` counts what they are held against.
"""

import contextlib
import io
import itertools
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

from gan_course import distributed, game, losses
from gan_course.chapters.roofline import layers
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError

Work = Callable[[], Any]  # what is timed or counted


def training_step(
    G: nn.Module,
    D: nn.Module,
    batch: int,
    precision: str = "fp32",
    channels_last: bool = False,
    penalties: Sequence[game.Penalty] = (),
    device: torch.device | str = "cpu",
) -> Work:
    """A function that makes one step of `game` on resident random data, each time it is called."""
    random = torch.Generator().manual_seed(0)
    pictures = torch.rand(4 * batch, *D.shape, generator=random).to(device) * 2 - 1
    config = TrainConfig(latent_dim=G.latent_dim, precision=precision, channels_last=channels_last)
    batches = itertools.cycle([(part, None) for part in pictures.split(batch)])
    G, D = G.to(device), D.to(device)
    return partial(
        game.one_step, game.start(G, D, batches, losses.NonSaturating(), config, penalties)
    )


def interleaved(
    works: dict[str, Work],
    rounds: int = 9,
    seconds: float = 0.02,
    clock: Callable[[], float] | None = None,
) -> dict[str, list[float]]:
    """Seconds of each piece of work, round by round: a busy minute hits all alike.

    seconds: a turn repeats short work for about as long. clock: by default CPU seconds where one
    thread does all the work, since what other programs take does not count there; else, and where
    CPU seconds are measured coarsely, the clock on the wall.
    """
    gpu = torch.cuda.is_available()
    alone = torch.get_num_threads() == 1 and not gpu
    fine = time.get_clock_info("process_time").resolution <= 1e-6  # Windows counts in 16 ms
    clock = clock or (time.process_time if alone and fine else time.perf_counter)

    def turn(work: Work, times: int) -> float:
        start = clock()
        for _ in range(times):
            work()
        if gpu:
            torch.cuda.synchronize()
        return max(clock() - start, 1e-9) / times

    often = {}
    for name, work in works.items():
        turn(work, 2)  # warm: memory is claimed, kernels are chosen
        often[name] = max(1, math.ceil(seconds / turn(work, 1)))
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            spent[name].append(turn(work, often[name]))
    return spent


def median(times: list[float]) -> float:
    """The middle one: a few slow turns do not move it."""
    return statistics.median(times)


def peaks(
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
    side: int = 1024,
    numbers: int = 2**25,
    rounds: int = 9,
    beside: dict[str, Work] | None = None,
) -> dict[str, float]:
    """What this machine reaches at its best of `rounds`: gemm, conv: FLOP/s; copy: bytes/s.

    gemm: side x side times side x side. conv: 3 x 3, 64 to 64 channels on 28 x 28, batch 32,
    channels last. copy: of a tensor of so many float32, too large for any cache; the bytes read and
    the bytes written both count.
    beside: work to hold against them, timed in the same rounds; the best seconds of each are
    returned under its name.
    """
    a, b = torch.randn(2, side, side, device=device).to(dtype)
    conv = nn.Conv2d(64, 64, 3, padding=1).requires_grad_(False)
    conv = conv.to(device, dtype, memory_format=torch.channels_last)
    x = torch.randn(32, 64, 28, 28, device=device).to(dtype, memory_format=torch.channels_last)
    source = torch.randn(numbers, device=device)
    target = torch.empty_like(source)
    own = {"gemm": lambda: a @ b, "conv": lambda: conv(x), "copy": lambda: target.copy_(source)}
    amounts = {"gemm": 2 * side**3, "conv": layers(conv, x)[0].flops, "copy": 8 * numbers}
    times = interleaved({**own, **(beside or {})}, rounds)
    best = {name: min(seconds) for name, seconds in times.items()}
    return {**best, **{name: amount / best[name] for name, amount in amounts.items()}}


VIEWS = "view detach transpose aten.t. empty split chunk slice unsqueeze expand alias".split()


class _Count(TorchDispatchMode):
    """Counts torch's operations, but for VIEWS, which only look at a tensor in another way."""

    n = 0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        self.n += not any(word in str(operation) for word in VIEWS)
        return operation(*args, **(kwargs or {}))


def operations(work: Work) -> int:
    """How many operations work() starts: on a GPU each is a kernel, or several."""
    work()  # the first time makes what is made once
    with _Count() as count:
        work()
    return count.n


class _Flops(TorchDispatchMode):
    """Adds up what torch's formulas say of each product and each convolution."""

    n = 0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        result = operation(*args, **kwargs)
        formula = flop_registry.get(operation.overloadpacket)
        if formula:
            self.n += formula(*args, **kwargs, out_val=result)
        return result


def flops(work: Work) -> int:
    """Multiplications and additions of the products and convolutions in work().

    Gradient penalties count, too; torch's own FlopCounterMode fails at them.
    """
    with _Flops() as count:
        work()
    return count.n


def graph(work: Work) -> Work:
    """work() recorded as a CUDA graph: the call that replays it. Its tensors must stay in place."""
    recorded, side = torch.cuda.CUDAGraph(), torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    # beside the main stream, so that what is made once is made before the recording
    with torch.cuda.stream(side):
        for _ in range(3):
            work()
    torch.cuda.current_stream().wait_stream(side)
    with torch.cuda.graph(recorded):
        work()
    return recorded.replay


def launch(
    program: str, processes: int, *arguments: str, environment: dict[str, str] | None = None
) -> Any:
    """Run a program's text on so many processes; what its rank 0 prints last, read as JSON.

    One core each, and the loopback between them. One process is this one, unless `environment`
    names variables that a process of its own shall see. On Windows it is always this one: torchrun
    with gloo wants Linux or macOS.
    """
    if (processes == 1 and not environment) or sys.platform == "win32":
        names = {"__name__": "__main__", "ARGUMENTS": arguments}
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(compile(program, "program.py", "exec"), names)
        return json.loads(said.getvalue().splitlines()[-1])
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command.append(f"--nproc-per-node={processes}")
    variables = {
        **os.environ,
        "GLOO_SOCKET_IFNAME": "lo0" if sys.platform == "darwin" else "lo",
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "TQDM_DISABLE": "1",
        **(environment or {}),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "program.py"
        path.write_text(f"ARGUMENTS = {arguments!r}\n{program}", encoding="utf-8")
        command.append(str(path))
        done = subprocess.run(
            command, env=variables, capture_output=True, encoding="utf-8", timeout=300
        )
    if done.returncode:
        raise GanCourseError(f"the program ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def exchanges(sizes: list[int], rounds: int = 12) -> dict[int, float]:
    """bytes -> least seconds of an all-reduce of so many, on the ranks that call this.

    Alone, of a sum in memory.
    """
    best = {}
    for size in sizes:
        x, times = torch.zeros(size // 4), []
        for _ in range(rounds):
            start = time.perf_counter()
            if distributed.count() > 1:
                dist.all_reduce(x)
            else:
                x.add(x)
            times.append(time.perf_counter() - start)
        best[size] = min(times)  # both ranks have to be awake
    return best
