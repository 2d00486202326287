"""The folder of a run: its recipe, its log, the seconds it took, the best network so far and the
last.
"""

import contextlib
import csv
import datetime
import io
import math
import os
import platform
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from filelock import FileLock, Timeout
from torch import nn

from gan_course import distributed, pretrained, runtime
from gan_course.checkpoint import write_atomically
from gan_course.errors import CheckpointError, GanCourseError
from gan_course.results import rounded
from gan_course.training import reading
from gan_course.training.recipes import AnyRecipe, plain


@contextlib.contextmanager
def claim_folder(recipe: AnyRecipe, runs: Path):
    """The folder of the recipe's run, made, marked with the recipe and locked for this process.

    None if that run is finished.
    """
    with contextlib.ExitStack() as held:
        yield distributed.from_first(lambda: _claim(recipe, runs / recipe.name, held))


def _claim(recipe: AnyRecipe, folder: Path, held: contextlib.ExitStack) -> Path | None:
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")  # the system lifts it even of a killed process
    holder = folder / ".holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise GanCourseError(
            f"{folder} is in use by {who}: wait for its end, or stop it, or choose another --name"
        ) from None
    held.callback(lock.release)
    since = time.strftime("%Y-%m-%d %H:%M:%S")
    holder.write_text(f"process {os.getpid()} on {platform.node()} since {since}", "utf-8")
    written = folder / "recipe.yaml"
    if written.exists() and reading.read(written) != recipe:
        raise GanCourseError(
            f"{folder} holds a run of another recipe: choose another --name, or move the folder "
            "away"
        )
    text = yaml.safe_dump(plain(recipe), sort_keys=False)
    write_atomically(written, lambda file: file.write(text.encode()))
    done = folder / f"{recipe.name}.json"
    if done.exists():
        print(
            f"{folder} is finished: {done} holds its metrics. Move the folder away to train again."
        )
        return None
    return folder


def announce(recipe: AnyRecipe, steps: int, source: str, folder: Path) -> Path:
    """Say what is trained on what; returns the path of the checkpoint."""
    checkpoint = folder / "checkpoint.pt"
    resumed = ", resumed" if checkpoint.exists() else ""
    print(f"{recipe.name}: {steps:,} steps on {source}{resumed}")
    return checkpoint


def finish(
    net: nn.Module,
    recipe: AnyRecipe,
    arguments: dict,
    folder: Path,
    clock: "Clock",
    about: dict,
    measure: Callable[[nn.Module], dict],
) -> None:
    """Write the network and its description.

    arguments: those that build the network. about: what else the JSON says. measure: takes the
    network as it is on the disk, in half precision; what it returns joins `about`.
    """
    seconds = clock.stop()
    about = {
        "recipe": plain(recipe),
        **about,
        "seconds": round(seconds),
        **runtime.describe(next(net.parameters()).device),
        "date": str(datetime.date.today()),
    }
    unfinished = folder / "unfinished"  # a finished run is known by its JSON: it comes last
    pretrained.save(net, recipe.name, arguments, unfinished, about)
    measured = measure(pretrained.load(recipe.name, folder=unfinished))
    shutil.rmtree(unfinished)
    pretrained.save(net, recipe.name, arguments, folder, {**about, **measured})
    print(f"{folder / recipe.name}.safetensors and .json written after {seconds:.0f} s of training")
    print(yaml.safe_dump(measured["metrics"], sort_keys=False, allow_unicode=True))


def find_network(name: str) -> tuple[str, Path | None]:
    """Name and folder of a network, as `pretrained.load` takes them.

    name: a shipped network, a run's folder (runs/NAME), or the path of a network in a folder
    (runs/NAME/best). An unfinished run gives the best network so far.
    """
    path = Path(name)
    if name in pretrained.names() or not path.is_dir():
        return path.name, path.parent if path.parent.name else None
    known = pretrained.names(path)
    if path.resolve().name in known:
        return path.resolve().name, path
    if "best" in known:
        step = pretrained.about("best", path)["step"]
        print(f"{path} is not finished: this is its best network so far, of step {step:,}")
        return "best", path
    there = ", ".join(sorted(file.name for file in path.iterdir() if file.name[0] != "."))
    raise CheckpointError(
        f"{path} holds no network yet; there are: {there or 'no files'}. A run writes its network "
        "when it ends: `train` with the same recipe goes on"
    )


class Log:
    """The records of a run as CSV; for `tensorboard --logdir runs`, too, where it is installed."""

    def __init__(self, path: Path):
        self.path, self.board, self.shown = path, None, None

    def write(self, records: list[dict]) -> None:
        """Write all records so far. Each is a dict with the same keys, one of them "step"."""
        if not records:
            return
        text = io.StringIO()
        writer = csv.DictWriter(text, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
        write_atomically(self.path, lambda file: file.write(text.getvalue().encode()))
        self._show(records)

    def _show(self, records: list[dict]) -> None:
        if self.shown is None:
            with contextlib.suppress(ImportError):
                from torch.utils.tensorboard import SummaryWriter

                board = self.path.parent / f"tensorboard-{self.path.stem}"
                self.board = SummaryWriter(board, purge_step=0)
            self.shown = 0  # a resumed run is shown from its start: what the log holds counts
        if self.board:
            for record in records[self.shown :]:
                for name in record.keys() - {"step"}:
                    self.board.add_scalar(name, record[name], record["step"])
            self.board.flush()
        self.shown = len(records)


class Best:
    """Keeps the network with the lowest number so far as best.safetensors and best.json.

    All the numbers go to QUANTITY.csv.
    """

    def __init__(self, folder: Path, quantity: str, arguments: dict):
        self.folder, self.quantity, self.arguments = folder, quantity, arguments
        path = folder / f"{quantity}.csv"
        self.rows = []
        if path.exists():
            for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
                self.rows.append({"step": int(row["step"]), quantity: float(row[quantity])})
        self.log = Log(path)

    def offer(self, net: nn.Module, step: int, number: float) -> None:
        """Take note of the network of this step; keep it if none before had a lower number."""
        # a resumed run comes by some steps again
        self.rows = [row for row in self.rows if row["step"] < step]
        if number < min((row[self.quantity] for row in self.rows), default=math.inf):
            notes = {"step": step, **rounded({self.quantity: number})}
            pretrained.save(net, "best", self.arguments, self.folder, notes)
        self.rows.append({"step": step, self.quantity: number})
        self.log.write(self.rows)


class Clock:
    """Seconds that a run took, over all its sessions."""

    def __init__(self, path: Path):
        self.path, self.start = path, time.monotonic()
        self.before = float(path.read_text()) if path.exists() else 0.0

    def stop(self) -> float:
        """The seconds so far."""
        return self.before + time.monotonic() - self.start

    def save(self) -> None:
        """Keep the seconds so far for the next session."""
        write_atomically(self.path, lambda file: file.write(f"{self.stop():.1f}".encode()))
