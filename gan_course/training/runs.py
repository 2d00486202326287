"""The folder of a run: its recipe, its log, the seconds it took, the best network so far and the
last. `cli` fills it.
"""

import contextlib
import csv
import datetime
import io
import os
import platform
import shutil
import time
from pathlib import Path

import yaml
from filelock import FileLock, Timeout

from gan_course import distributed, pretrained, runtime
from gan_course.checkpoint import write_atomically
from gan_course.errors import GanCourseError
from gan_course.results import rounded


@contextlib.contextmanager
def claim_folder(recipe, runs: Path):
    """The folder of the recipe's run, made, marked with the recipe and locked for this process;
    None if that run is finished.
    """
    with contextlib.ExitStack() as held:
        yield distributed.from_first(lambda: _claim(recipe, runs / recipe.name, held))


def _claim(recipe, folder: Path, held: contextlib.ExitStack) -> Path | None:
    folder.mkdir(parents=True, exist_ok=True)
    # the system lifts the lock even of a killed process
    lock, holder = FileLock(folder / ".lock"), folder / ".holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise GanCourseError(
            f"{folder} is in use by "
            f"{holder.read_text(encoding='utf-8') if holder.exists() else 'another process'}: wait "
            "for its "
            "end, or stop it, or choose another --name"
        ) from None
    held.callback(lock.release)
    holder.write_text(
        f"process {os.getpid()} on {platform.node()} since {time.strftime('%Y-%m-%d %H:%M:%S')}",
        encoding="utf-8",
    )
    written, text = folder / "recipe.yaml", yaml.safe_dump(recipe.asdict(), sort_keys=False)
    if written.exists() and yaml.safe_load(written.read_text(encoding="utf-8")) != yaml.safe_load(
        text
    ):
        raise GanCourseError(
            f"{folder} holds a run of another recipe: choose another --name, or move the folder "
            "away"
        )
    write_atomically(written, lambda file: file.write(text.encode()))
    if (folder / f"{recipe.name}.json").exists():
        print(
            f"{folder} is finished: {folder / recipe.name}.json holds its metrics. Move the folder "
            "away to train again."
        )
        return None
    return folder


def finish(net, recipe, arguments: dict, folder: Path, clock: "Clock", about: dict, judge) -> None:
    """Write the network and its description. judge: takes the network as it is on the disk, returns
    what else the JSON says.
    """
    seconds, device = clock.stop(), next(net.parameters()).device
    about = {
        "recipe": recipe.asdict(),
        **about,
        "seconds": round(seconds),
        **runtime.describe(device),
        "date": str(datetime.date.today()),
    }
    # a finished run is known by its JSON, so that one comes last
    unfinished = folder / "unfinished"
    pretrained.save(net, recipe.name, arguments, unfinished, about)
    # what is on the disk, in half precision
    found = judge(pretrained.load(recipe.name, folder=unfinished))
    shutil.rmtree(unfinished)
    pretrained.save(net, recipe.name, arguments, folder, {**about, **found})
    print(f"{folder / recipe.name}.safetensors and .json written after {seconds:.0f} s of training")
    print(yaml.safe_dump(found["metrics"], sort_keys=False, allow_unicode=True))


class Log:
    """The records of a run as CSV, and for TensorBoard where that is installed (`tensorboard
    --logdir runs`).
    """

    def __init__(self, path: Path):
        self.path, self.board, self.shown = path, None, None

    def write(self, history: list[dict]) -> None:
        """Write all records so far. Each is a dict with the same keys, one of them "step"."""
        if not history:
            return
        text = io.StringIO()
        writer = csv.DictWriter(text, list(history[0]))
        writer.writeheader()
        writer.writerows(history)
        write_atomically(self.path, lambda file: file.write(text.getvalue().encode()))
        self._show(history)

    def _show(self, history: list[dict]) -> None:
        if self.shown is None:
            with contextlib.suppress(ImportError):
                from torch.utils.tensorboard import SummaryWriter

                self.board = SummaryWriter(
                    self.path.parent / f"tensorboard-{self.path.stem}", purge_step=0
                )
            # a resumed run is shown from its start: what the log holds counts, not what a stopped
            # process wrote
            self.shown = 0
        for record in history[self.shown :]:
            for name in record.keys() - {"step"}:
                if self.board:
                    self.board.add_scalar(name, record[name], record["step"])
        self.shown = len(history)
        if self.board:
            self.board.flush()


class Best:
    """Keeps the network with the lowest number so far as best.safetensors and best.json, and all
    the numbers in NAME.csv.
    """

    def __init__(self, folder: Path, quantity: str, arguments: dict):
        self.folder, self.quantity, self.arguments = folder, quantity, arguments
        self.path = folder / f"{quantity}.csv"
        self.rows = []
        if self.path.exists():
            with open(self.path, newline="", encoding="utf-8") as file:
                self.rows = [
                    {"step": int(row["step"]), quantity: float(row[quantity])}
                    for row in csv.DictReader(file)
                ]
        self.log = Log(self.path)

    def offer(self, net, step: int, number: float) -> None:
        """Take note of the network of this step; keep it if none before had a lower number."""
        # a resumed run comes by some steps again
        self.rows = [row for row in self.rows if row["step"] < step]
        if number < min((row[self.quantity] for row in self.rows), default=float("inf")):
            pretrained.save(
                net,
                "best",
                self.arguments,
                self.folder,
                {"step": step, self.quantity: rounded({"": number})[""]},
            )
        self.rows.append({"step": step, self.quantity: number})
        self.log.write(self.rows)


class Clock:
    """Seconds that a run took, over all its sessions."""

    def __init__(self, path: Path):
        self.path, self.start = path, time.monotonic()
        self.before = float(path.read_text()) if path.exists() else 0.0

    def stop(self) -> float:
        return self.before + time.monotonic() - self.start

    def save(self) -> None:
        write_atomically(self.path, lambda file: file.write(f"{self.stop():.1f}".encode()))
