"""State that survives: checkpoints to resume a run from (`game.train`), weights to sample from.

A file is written under a temporary name, flushed to the disk and renamed, so a kill at any moment
leaves the old one or the new one. Nothing read here can run code: resume state is loaded with
`weights_only=True`, weights are safetensors.
"""

import contextlib
import errno
import os
import random
import time
from collections.abc import Callable, Collection
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import nn

from gan_course import distributed
from gan_course.errors import CheckpointError, DivergedError, GanCourseError, WriteError

if TYPE_CHECKING:  # only for the annotations: `game` imports this module
    from gan_course.game import State

FORMAT = "gan_course checkpoint 1"
# what file systems answer that lack an operation: drives mounted over a network, some containers
LACKING = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.EINVAL}


def write_atomically(path: str | Path, write: Callable[[BinaryIO], Any]) -> None:
    """Call write(file) on a temporary file, flush it, rename it to `path`. Raises WriteError."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb") as file:
            write(file)
            file.flush()
            _to_the_disk(file)
        _rename(temporary, path)
    except (OSError, RuntimeError) as error:  # torch.save reports a failed write as RuntimeError
        reason = getattr(error, "strerror", None) or str(error).split("\n")[0]
        raise WriteError(
            f"{path} could not be written ({reason}): make room on the disk, or choose a folder "
            "that you may write to. What was there before is untouched"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _to_the_disk(file: BinaryIO) -> None:
    """Wait until a file is on the disk, where the file system can tell."""
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in LACKING:
            raise


def _rename(old: Path, new: Path) -> None:
    """Rename over what is there; for some three seconds again while another program holds it.

    A drive's own program that copies files to a server does so, and on Windows a virus scanner.
    """
    for pause in (0.1, 0.3, 0.9, 1.8):
        try:
            return os.replace(old, new)
        except PermissionError:
            time.sleep(pause)
    os.replace(old, new)


def save_checkpoint(path: str | Path, state: dict) -> None:
    """Write a state made of tensors, numbers, strings, lists and dicts."""
    write_atomically(path, lambda file: torch.save({"format": FORMAT, **state}, file))


def load_checkpoint(path: str | Path) -> dict:
    """Read what `save_checkpoint` wrote, to the CPU. Raises CheckpointError for anything else."""
    path = Path(path)
    if not path.is_file():
        raise CheckpointError(
            f"no checkpoint at {path}: check the path, "
            "or leave out resume= to start from the beginning"
        )
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises many kinds for broken files; all mean the same
        reason = str(error).split("\n")[0][:120]
        raise CheckpointError(
            f"{path} cannot be read as a checkpoint ({reason}): it was cut short, or is another "
            "kind of file. Resume from another checkpoint, or leave out resume= to start again"
        ) from None
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise CheckpointError(
            f"{path} is not a checkpoint of this course: "
            "resume takes a file written by game.Checkpoint"
        )
    return state


def save_weights(net: nn.Module, path: str | Path, **about: str) -> None:
    """Save a network's weights as safetensors, with `about` (strings) as metadata."""
    tensors = {name: tensor.contiguous() for name, tensor in net.state_dict().items()}
    data = save(tensors, metadata={**about, "class": type(net).__name__})
    write_atomically(path, lambda file: file.write(data))


def load_weights(net: nn.Module, path: str | Path) -> dict[str, str]:
    """Load safetensors into a network of the same layers; returns the file's metadata.

    Raises CheckpointError, with the network left as it was.
    """
    path = Path(path)
    if not path.is_file():
        raise CheckpointError(
            f"no weights at {path}: check the path, or train and save them first with save_weights"
        )
    try:
        with safe_open(path, framework="pt") as file:
            names = file.keys()  # the file is no dict: it cannot be iterated over
            tensors = {name: file.get_tensor(name) for name in names}
            about = file.metadata() or {}
    except (SafetensorError, OSError) as error:
        raise CheckpointError(
            f"{path} cannot be read as safetensors ({error}): "
            "it was cut short, or is another kind of file"
        ) from None
    check_fits(net, tensors, path)
    net.load_state_dict(tensors)
    return about


def check_fits(net: nn.Module, tensors: dict, source: str | Path) -> None:
    """Raise CheckpointError, naming the first tensor of another shape, if `tensors` do not fit."""
    own = net.state_dict()
    for name in [*own, *tensors]:
        here, there = (tuple(d[name].shape) if name in d else "missing" for d in (own, tensors))
        if here != there:
            raise CheckpointError(
                f"{source} holds the weights of another network: {name} is {here} in this "
                f"{type(net).__name__} and {there} in the file. "
                "Build the network with the sizes it was trained with"
            )


def check_finite(state: "State") -> None:
    """Raise DivergedError if a weight of either player is NaN or infinite."""
    for player, net in (("G", state.G), ("D", state.D)):
        for name, p in net.named_parameters():
            if not torch.isfinite(p).all():
                raise DivergedError(
                    f"step {state.step}: {player}'s {name} holds NaN or infinity. "
                    "The last checkpoint stays"
                )


def _parts(state: "State") -> dict[str, Any]:
    """Everything with a state_dict, by name."""
    if not hasattr(state.batches, "state_dict"):
        raise GanCourseError(
            "these batches cannot be resumed, they have no state_dict(): "
            "make them with data.batches"
        )
    parts: dict[str, Any] = {"G": state.G, "D": state.D, "opt_g": state.opt_g, "opt_d": state.opt_d}
    parts["batches"] = state.batches
    if state.average:
        parts["average"] = state.average
    for kind, penalties in (("penalty", state.penalties), ("penalty of G", state.g_penalties)):
        for i, penalty in enumerate(penalties):
            if hasattr(penalty, "state_dict"):
                parts[f"{kind} {i}"] = penalty
    return parts


def streams(device: torch.device) -> dict[str, Any]:
    """The states of the streams that torch itself draws from in a run on this device."""
    states: dict[str, Any] = {"device": device.type, "torch": torch.get_rng_state()}
    if device.type != "cpu":
        states[device.type] = torch.get_device_module(device).get_rng_state()
    return states


def set_streams(
    states: dict[str, Any],
    device: torch.device,
    seed: int,
    step: int,
    noise: torch.Generator | None = None,
) -> None:
    """Put back what `streams` returned, and the state "noise" of the run's own generator.

    The states of CUDA, MPS and the CPU have sizes and meanings of their own. A run that comes from
    another kind of device gets streams made from seed and step, and a line says so.
    """
    torch.set_rng_state(states["torch"])
    moved = states.get("device", device.type) != device.type
    if noise is not None:  # older files do not name their device
        moved = moved or states["noise"].shape != noise.get_state().shape
    on_device = None if device.type == "cpu" else torch.get_device_module(device)
    if not moved:
        if noise is not None:
            noise.set_state(states["noise"])
        if on_device and device.type in states:
            on_device.set_rng_state(states[device.type])
        return
    fresh = random.Random(f"{seed} {step}").getrandbits(63)
    if noise is not None:
        noise.manual_seed(fresh)
    if on_device:
        on_device.manual_seed(fresh)
    if distributed.first():
        print(
            f"step {step:,}: this run comes from another kind of device. On {device.type} it draws "
            "from new random streams, and ends with other numbers than if it had stayed"
        )


def pack(state: "State") -> dict:
    """All that the rest of a run depends on, ready for `save_checkpoint`."""
    return {
        "parts": {name: part.state_dict() for name, part in _parts(state).items()},
        "streams": {"noise": state.noise.get_state(), **streams(state.noise.device)},
        "step": state.step,
        "d_updates": state.d_updates,
        "records": list(state.records),
        "config": asdict(state.config),
    }


def differences(old: dict, new: dict, free: Collection[str] = ()) -> list[str]:
    """A text "name: old -> new" for each value of `new` that is another one in `old`.

    free: names that may differ.
    """
    return [
        f"{name}: {old.get(name)} -> {value}"
        for name, value in new.items()
        if name not in free and old.get(name) != value
    ]


def resume(
    path: str | Path,
    parts: dict[str, Any],
    numbers: dict,
    device: torch.device,
    free: Collection[str] = (),
) -> dict:
    """Put a chapter's own run back to where it wrote the checkpoint at `path`; returns its state.

    parts: name -> what has a state_dict; weights under "net" must fit. numbers: of the run, with
    its seed, equal to the checkpoint's but for those in `free`. Raises CheckpointError.
    """
    state = load_checkpoint(path)
    if changed := differences(state["recipe"], numbers, free):
        raise CheckpointError(
            f"{path} is of a run with other numbers ({', '.join(changed)}): use the same, or "
            "move it away"
        )
    if "net" in parts:
        check_fits(parts["net"], state["net"], path)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    set_streams(state, device, numbers["seed"], state["step"])
    return state


def restore(state: "State", path: str | Path) -> None:
    """Put a run back to where it wrote the checkpoint at `path`. Raises CheckpointError.

    The config may have another number of steps: learning rates that fall go on by the new length.
    """
    # rank 0 reads for all: other machines may not see the file
    saved = distributed.from_first(lambda: load_checkpoint(path))
    if not distributed.first():
        saved["parts"].pop("average", None)  # only rank 0 keeps one
    changed = differences(saved["config"], asdict(state.config), free=("steps", "log_every"))
    if changed:
        raise CheckpointError(
            f"{path} is of a run with other numbers ({', '.join(changed)}): use those that it "
            "was begun with"
        )
    parts = _parts(state)
    if parts.keys() != saved["parts"].keys():
        raise CheckpointError(
            f"{path} holds {', '.join(saved['parts'])}, this run has {', '.join(parts)}: "
            "resume with the same penalties"
        )
    check_fits(state.G, saved["parts"]["G"], path)
    check_fits(state.D, saved["parts"]["D"], path)
    for name in ("opt_g", "opt_d"):  # whether Adam is fused is for this device to say
        for before, here in zip(saved["parts"][name]["param_groups"], parts[name].param_groups):
            before["fused"] = here["fused"]
    for name, part in parts.items():
        part.load_state_dict(saved["parts"][name])
    device, seed = state.noise.device, state.config.seed
    set_streams(saved["streams"], device, seed, saved["step"], state.noise)
    state.step, state.d_updates = saved["step"], saved["d_updates"]
    state.records[:] = saved["records"]
