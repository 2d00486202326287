"""The folder of a run: its recipe, what it has settled on, its log, its seconds, its networks."""

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
from typing import Any

import yaml
from filelock import FileLock, Timeout
from torch import nn

from gan_course import distributed, pretrained, runtime
from gan_course.checkpoint import LACKING, differences, load_checkpoint, write_atomically
from gan_course.errors import GanCourseError
from gan_course.results import rounded
from gan_course.training import reading
from gan_course.training.budget import Stopwatch
from gan_course.training.recipes import AnyRecipe, plain, shown
from gan_course.training.stop import Stop

# Fields that a run may change on its way. Not best_of: distances of other numbers of samples stand
# on another scale, and the best network would be chosen between two.
FREE = ("steps", "train.steps", "seconds", "train.log_every", "checkpoint_every", "write")


@contextlib.contextmanager
def claim_folder(recipe: AnyRecipe, runs: Path):
    """The folder of the recipe's run, made, marked with the recipe and locked for this process.

    None if that run is finished.
    """
    with contextlib.ExitStack() as held:
        yield distributed.from_first(lambda: _claim(recipe, runs / recipe.name, held))


def _claim(recipe: AnyRecipe, folder: Path, held: contextlib.ExitStack) -> Path | None:
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / ".holder"
    try:
        if not lock(folder, held):
            print(
                f"{folder} is on a drive that keeps no locks: see to it yourself that no other "
                "process uses this folder"
            )
    except Timeout:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise GanCourseError(
            f"{folder} is in use by {who}: wait for its end, or stop it, or choose another --name"
        ) from None
    since = time.strftime("%Y-%m-%d %H:%M:%S")
    holder.write_text(f"process {os.getpid()} on {platform.node()} since {since}", encoding="utf-8")
    written, done = folder / "recipe.yaml", folder / f"{recipe.name}.json"
    changed = ""
    if (folder / "checkpoint.pt").exists() or done.exists():
        if written.exists():
            changed = _changes(reading.read(written, strict=False), recipe, folder)
    else:  # what a start without a checkpoint has left does not bind the next one
        left = ("resolved.yaml", "seconds.txt", "best.json", "frechet_distance.csv")
        for name in (*left, "features.safetensors"):
            (folder / name).unlink(missing_ok=True)
    if done.exists():
        print(
            f"{folder} is finished: {done} holds its metrics. Move the folder away to train again, "
            "or that file to go on with more steps."
        )
        return None
    if changed:
        print(f"{folder} goes on with {changed}")
    text = yaml.safe_dump(shown(recipe), sort_keys=False)
    write_atomically(written, lambda file: file.write(text.encode()))
    return folder


def lock(folder: Path, held: contextlib.ExitStack) -> bool:
    """Lock a run's folder until `held` is closed; False where the file system keeps no locks.

    The system lifts the lock even of a killed process. Raises filelock's Timeout if another process
    has it.
    """
    file_lock = FileLock(folder / ".lock")
    try:
        file_lock.acquire(timeout=0)
    except Timeout:
        raise
    except NotImplementedError:  # older releases of filelock, for ENOSYS
        return False
    except OSError as error:
        if error.errno not in LACKING:
            raise
        return False
    held.callback(file_lock.release)
    return True


def _changes(old: AnyRecipe, new: AnyRecipe, folder: Path) -> str:
    """Which fields the recipe changes; GanCourseError if one of them makes another run."""
    if old.kind != new.kind:
        before, now = {"kind": old.kind}, {"kind": new.kind}
    else:
        before, now = reading.flat(plain(old)), reading.flat(plain(new))
    other = differences(before, now, FREE)
    if other:
        raise GanCourseError(
            f"{folder} holds a run of another recipe ({', '.join(other)}): use the same, or choose "
            "another --name"
        )
    changed = differences(before, now)
    text = ", ".join(changed)
    longer = any(change.startswith(("train.steps", "seconds")) for change in changed)
    if longer and now.get("train.lr_final", 1) != 1:
        text += "; the learning rates go on by the new length"
    return text


class Session:
    """One call of `train`: a run's recipe, its folder, what it has settled on, its end."""

    def __init__(self, recipe: AnyRecipe, folder: Path, stop: Stop | None = None):
        self.recipe, self.folder, self.stop = recipe, folder, stop or Stop()
        self.checkpoint = folder / "checkpoint.pt"
        self.clock = Clock(folder / "seconds.txt")

    def keep_data(self, data: dict) -> None:
        """Note what the run trains on; GanCourseError if it was begun on something else.

        data: source, number of items, and sha256 unless the data are made by the course itself.
        """

        def check() -> None:
            before = settled(self.folder).get("data", data)
            if before.get("sha256") != data.get("sha256"):
                was, found = (f"{d['source']} (sha256 {d['sha256'][:8]})" for d in (before, data))
                raise GanCourseError(
                    f"{self.folder} was begun on {was}, and now there is {found}: bring the first "
                    "back, or choose another --name"
                )
            settle(self.folder, data=data)

        distributed.from_first(check)

    def precision(self, given: str, choose: Callable[[], str]) -> str:
        """The precision of the run: as given, or for "auto" what `choose` finds, once a run."""
        if given != "auto":
            return given
        known = distributed.from_first(lambda: settled(self.folder))
        precision = known.get("precision") or choose()
        if distributed.first():
            settle(self.folder, precision=precision)
        return precision

    def steps(self, given: int, copy: Callable[[Stopwatch], Any]) -> int:
        """The steps of the run: as given, or those that the recipe's seconds allow here.

        copy: trains a copy of the run until the stopwatch says that enough was measured.
        """
        seconds = self.recipe.seconds
        if not seconds:
            return given
        known = distributed.from_first(lambda: settled(self.folder))
        if known.get("seconds") != seconds:
            watch = Stopwatch(seconds)
            copy(watch)
            steps = distributed.from_first(lambda: watch.steps(self.recipe.checkpoint_every))
            known = {"seconds": seconds, "steps": steps}
            if distributed.first():
                settle(self.folder, **known)
            print(f"{seconds:g} s on this machine: {steps:,} steps")
        return known["steps"]

    def announce(self, steps: int, source: str) -> None:
        """Say what is trained on what, and from which step on."""
        step = distributed.from_first(lambda: step_of(self.folder))
        if step > steps:
            raise GanCourseError(
                f"{self.folder} stands at step {step:,}, beyond the {steps:,} that are asked for: "
                "ask for more steps, or choose another --name"
            )
        resumed = f", resumed at step {step:,}" if step else ""
        print(f"{self.recipe.name}: {steps:,} steps on {source}{resumed}")

    def finish(
        self, net: nn.Module, arguments: dict, about: dict, measure: Callable[[nn.Module], dict]
    ) -> None:
        """Write the network and its description, unless the run was stopped before its end.

        arguments: those that build the network. about: what else the JSON says. measure: takes the
        network as it is on the disk, in half precision; what it returns joins `about`.
        """
        self.stop.stepping = False
        if self.stop.signal:
            return
        name, seconds = self.recipe.name, self.clock.stop()
        about = {
            "recipe": shown(self.recipe),
            **about,
            "seconds": round(seconds),
            **runtime.describe(next(net.parameters()).device),
            "date": str(datetime.date.today()),
        }
        # a finished run is known by its JSON, which comes last
        unfinished = self.folder / "unfinished"
        pretrained.save(net, name, arguments, unfinished, about)
        measured = measure(pretrained.load(name, folder=unfinished))
        shutil.rmtree(unfinished)
        pretrained.save(net, name, arguments, self.folder, {**about, **measured})
        path = self.folder / name
        print(f"{path}.safetensors and .json written after {seconds:.0f} s of training")
        print(listed(measured["metrics"]))


def listed(metrics: dict) -> str:
    """Metrics as they are printed: a line each, a list in one line."""
    return yaml.safe_dump(
        metrics, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100
    )


def settled(folder: Path) -> dict:
    """What a run has settled on when it began: its data, the precision, the steps of a budget."""
    path = folder / "resolved.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def settle(folder: Path, **values) -> None:
    """Add to what a run has settled on."""
    text = yaml.safe_dump({**settled(folder), **values}, sort_keys=False, allow_unicode=True)
    write_atomically(folder / "resolved.yaml", lambda file: file.write(text.encode()))


def step_of(folder: Path) -> int:
    """The step of a run's checkpoint; 0 where there is none."""
    path = folder / "checkpoint.pt"
    return load_checkpoint(path)["step"] if path.exists() else 0


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

    All the numbers go to QUANTITY.csv. arguments: those that build the network. notes: what else
    best.json says.
    """

    def __init__(self, folder: Path, quantity: str, arguments: dict, notes: dict):
        self.folder, self.quantity, self.arguments, self.notes = folder, quantity, arguments, notes
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
            pretrained.save(net, "best", self.arguments, self.folder, {**notes, **self.notes})
        self.rows.append({"step": step, self.quantity: number})
        self.log.write(self.rows)


class Clock:
    """Seconds that a run took, over all its sessions."""

    def __init__(self, path: Path):
        self.path, self.start = path, time.monotonic()
        self.before = float(path.read_text(encoding="utf-8")) if path.exists() else 0.0

    def stop(self) -> float:
        """The seconds so far."""
        return self.before + time.monotonic() - self.start

    def save(self) -> None:
        """Keep the seconds so far for the next session."""
        write_atomically(self.path, lambda file: file.write(f"{self.stop():.1f}".encode()))
