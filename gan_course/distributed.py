"""Data parallelism: several processes train one run, each on its share of a batch. Notebook 20.

    torchrun --standalone --nproc-per-node 2 -m gan_course train configs/dcgan-mnist.yaml

The batch size stays that of the whole run. Every rank steps through the same random streams for the
whole batch and keeps its own rows, so the run is the one that a single process would make, up to
rounding; and rank 0's streams are everybody's, so a checkpoint of rank 0 resumes a run on any
number of processes that divides the batch. In a single process all of this is idle.
"""

import contextlib
import datetime
import io
import os
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from gan_course.errors import GanCourseError

PATIENCE = 45  # seconds that a rank waits for the others; a killed rank is noticed at once
T = TypeVar("T")


def join() -> None:
    """Join the ranks that torchrun started, if any: gloo on CPUs, NCCL on GPUs, one GPU a rank."""
    if int(os.environ.get("WORLD_SIZE", "1")) < 2 or dist.is_initialized():
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    backend = "nccl" if torch.cuda.is_available() else "gloo"
    dist.init_process_group(backend, timeout=datetime.timedelta(seconds=PATIENCE))


def leave() -> None:
    """Part from the other ranks."""
    if dist.is_initialized():
        dist.destroy_process_group()


@contextlib.contextmanager
def joined() -> Iterator[None]:
    """Join, and leave at the end. Only rank 0 prints; a rank that lost the others says so."""
    join()
    try:
        with contextlib.nullcontext() if first() else contextlib.redirect_stdout(io.StringIO()):
            yield
    except RuntimeError as error:
        text = str(error)
        if count() == 1 or not any(word in text for word in ("gloo", "NCCL", "peer", "imed out")):
            raise
        raise GanCourseError(
            f"rank {dist.get_rank()} lost the other processes ({text.splitlines()[0][:120]}). "
            "The same command goes on from the last checkpoint"
        ) from None
    finally:
        leave()


def count() -> int:
    """Number of processes of this run."""
    return dist.get_world_size() if dist.is_available() and dist.is_initialized() else 1


def first() -> bool:
    """Whether this is the process that writes files and prints: rank 0."""
    return count() == 1 or dist.get_rank() == 0


def share(batch: Tensor) -> Tensor:
    """This rank's rows of what was drawn for the whole batch: (N, ...) -> (N / count, ...)."""
    if count() == 1:
        return batch
    if len(batch) % count():
        raise GanCourseError(
            f"a batch of {len(batch)} cannot be shared by {count()} processes: "
            f"choose a multiple of {count()}"
        )
    return batch.chunk(count())[dist.get_rank()]


def together(net: nn.Module) -> nn.Module:
    """The network wrapped so that backward averages its weights' gradients over the ranks.

    Other calls (for a penalty, or for the other player's step) take the bare network: what averages
    is tied to the weights, not to the call. Batch norm: each rank normalises by its own share of
    the batch, and rank 0's running statistics are kept.
    """
    if count() == 1 or not any(p.requires_grad for p in net.parameters()):
        return net
    # no broadcast: a network may be called twice before one backward
    return DistributedDataParallel(net, broadcast_buffers=False)


def mean(record: dict[str, Tensor]) -> dict[str, Tensor]:
    """Scalars averaged over the ranks."""
    if count() == 1:
        return record
    values = torch.stack([value.float() for value in record.values()])
    dist.all_reduce(values)
    return dict(zip(record, values / count()))


def from_first(make: Callable[[], T]) -> T:
    """What make() returns on rank 0, or the GanCourseError that it raises there, on every rank."""
    if count() == 1:
        return make()
    answer: list[Any] = [None, None]  # the value, the error
    if first():
        try:
            answer[0] = make()
        except GanCourseError as error:
            answer[1] = error
    dist.broadcast_object_list(answer)
    if answer[1]:
        raise answer[1]
    return answer[0]
