"""The folder of a run: its recipe, its log, the seconds it took, and the network it ends with. `cli` fills it."""

import csv
import datetime
import io
import shutil
import time
from pathlib import Path

import yaml

from gan_course import pretrained, runtime
from gan_course.checkpoint import write_atomically
from gan_course.errors import GanCourseError


def claim_folder(recipe, runs: Path) -> Path | None:
    """The folder of the recipe's run, made and marked with the recipe; None if that run is finished."""
    folder = runs / recipe.name
    folder.mkdir(parents=True, exist_ok=True)
    written, text = folder / "recipe.yaml", yaml.safe_dump(recipe.asdict(), sort_keys=False)
    if written.exists() and yaml.safe_load(written.read_text(encoding="utf-8")) != yaml.safe_load(text):
        raise GanCourseError(f"{folder} holds a run of another recipe: choose another --name, or move the folder away")
    write_atomically(written, lambda file: file.write(text.encode()))
    if (folder / f"{recipe.name}.json").exists():
        print(f"{folder} is finished: {folder / recipe.name}.json holds its metrics. Move the folder away to train again.")
        return None
    return folder


def finish(net, recipe, arguments: dict, folder: Path, clock: "Clock", about: dict, judge) -> None:
    """Write the network and its description. judge: takes the network as it is on the disk, returns what else the JSON says."""
    seconds, device = clock.stop(), next(net.parameters()).device
    about = {
        "recipe": recipe.asdict(),
        **about,
        "seconds": round(seconds),
        **runtime.describe(device),
        "date": str(datetime.date.today()),
    }
    unfinished = folder / "unfinished"  # a finished run is known by its JSON, so that one comes last
    pretrained.save(net, recipe.name, arguments, unfinished, about)
    found = judge(pretrained.load(recipe.name, folder=unfinished))  # what is on the disk, in half precision
    shutil.rmtree(unfinished)
    pretrained.save(net, recipe.name, arguments, folder, {**about, **found})
    print(f"{folder / recipe.name}.safetensors and .json written after {seconds:.0f} s of training")
    print(yaml.safe_dump(found["metrics"], sort_keys=False, allow_unicode=True))


def write_log(history: list[dict], path: Path) -> None:
    """The records of the run so far as CSV."""
    if not history:
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, list(history[0]))
    writer.writeheader()
    writer.writerows(history)
    write_atomically(path, lambda file: file.write(text.getvalue().encode()))


class Clock:
    """Seconds that a run took, over all its sessions."""

    def __init__(self, path: Path):
        self.path, self.start = path, time.monotonic()
        self.before = float(path.read_text()) if path.exists() else 0.0

    def stop(self) -> float:
        return self.before + time.monotonic() - self.start

    def save(self) -> None:
        write_atomically(self.path, lambda file: file.write(f"{self.stop():.1f}".encode()))


def rounded(numbers: dict) -> dict:
    """Four decimals: more would be noise."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in numbers.items()}
