"""Any folder of pictures as one tensor of bytes: whatever their format, colours and sizes.

A broken file is left out, with its reason, and never stops the others. Nothing in the folder is
changed: what was decoded is kept in the user's cache, until a name, a size or a time changes.
"""

import hashlib
import json
import math
import os
import re
import stat
import warnings
from collections import Counter
from dataclasses import asdict, dataclass, field
from multiprocessing.pool import ThreadPool
from pathlib import Path

import numpy as np
import psutil
import torch
from PIL import Image, ImageOps, UnidentifiedImageError
from torch import Tensor
from tqdm.auto import tqdm

from gan_course.checkpoint import write_atomically
from gan_course.errors import DataError, WriteError

ENDINGS = set(".png .jpg .jpeg .jfif .webp .gif .bmp .tif .tiff .ppm .pgm .pbm".split())
FORMATS = "PNG JPEG WEBP GIF BMP TIFF PPM".split()  # no others: some call programs of the system
LARGEST = 120_000_000  # pixels of one picture: the largest photographs of telephones have 108
FEW = 2_000  # pictures, below which a discriminator learns them by heart
SHARE = 0.6  # of the free memory that a folder may take
TRAIN, TEST = ("train", "training"), ("test", "testing", "val", "valid", "validation")
VERSION = 1  # of what is kept in the cache


@dataclass
class Report:
    """What was found in a folder. left_out: name -> reason; passed_over, sizes, modes: counts."""

    folder: str
    size: int
    read: int = 0
    channels: int = 0
    left_out: dict[str, str] = field(default_factory=dict)
    passed_over: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    modes: dict[str, int] = field(default_factory=dict)
    smaller: int = 0
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kind = "grey" if self.channels == 1 else "in colour"
        lines = [f"{self.folder}: {counted(self.read)}, {kind}, {self.size} x {self.size}"]
        lines.append(f"  sizes: {most(self.sizes)}; modes: {most(self.modes)}")
        if self.smaller:
            lines.append(
                f"  smaller than {self.size} x {self.size}, and enlarged: {self.smaller:,}"
            )
        reasons: dict[str, list[str]] = {}
        for name, reason in self.left_out.items():
            reasons.setdefault(reason, []).append(name)
        for reason, names in reasons.items():
            more = ", ..." if len(names) > 3 else ""
            lines.append(f"  left out, {reason}: {len(names):,} ({', '.join(names[:3])}{more})")
        if self.passed_over:
            lines.append(f"  passed over, no pictures by their names: {most(self.passed_over)}")
        return "\n".join(lines + [f"  {note}" for note in self.notes])


def counted(pictures: int) -> str:
    """A number of pictures, in words."""
    return f"{pictures:,} picture{'s' * (pictures != 1)}"


def most(counts: dict[str, int], shown: int = 4) -> str:
    """The most frequent of some names, with their counts."""
    first = sorted(counts.items(), key=lambda item: -item[1])[:shown]
    parts = [f"{name} ({count:,})" for name, count in first]
    others = len(counts) - shown
    return ", ".join(parts) + (f" and {others} others" if others > 0 else "")


def read(
    folder: Path, split: str, size: int, channels: int | None, cache: Path
) -> tuple[Tensor, Tensor, tuple[str, ...], Report]:
    """Pixels (N, C, size, size) uint8, white 255; labels (N,) int64; their names; the report.

    channels: 1, 3, or None for 1 where every picture is grey and 3 otherwise. The labels are the
    folders within `folder`, if all pictures lie in such. cache: a folder for what was decoded.
    Raises DataError where there is no picture, or no memory for them.
    """
    report = Report(printable(str(folder)), size)
    place, files, classes = choose(folder, split, report)
    check_memory(folder, len(files), channels or 3, size)
    kept = cache / f"{digest([str(folder), split, size, channels])[:16]}.npz"
    facts = [(os.fsencode(file).hex(), *stamp(file)) for file in files]
    key = digest([VERSION, classes, facts, asdict(report)])
    found = load(kept, key)
    if found is None:
        pixels, own = decode_all(place, files, channels, report)
        labels = np.zeros(len(own), np.int64)
        if len(classes) > 1:
            labels[:] = [classes.index(file.relative_to(place).parts[0]) for file in own]
        found = pixels, labels, report
        store(kept, key, *found)
    pixels, labels, report = found
    names = tuple(map(printable, classes))
    return torch.from_numpy(pixels), torch.from_numpy(labels), names, report


# --- which files ----------------------------------------------------------------------------------
def place(name: str | Path) -> Path | None:
    """The folder of that name; None where there is none, and for what cannot be a name."""
    try:
        folder = Path(name).expanduser().resolve()
        return folder if str(name) and folder.is_dir() else None
    except (OSError, RuntimeError, ValueError):  # too long; a user who is not known; no text
        return None


def choose(folder: Path, split: str, report: Report) -> tuple[Path, list[Path], tuple[str, ...]]:
    """Where the pictures of a split lie, the files, and the names of the classes."""
    parts = divided(folder)
    if split == "test" and not parts:
        raise DataError(
            f"{report.folder} holds no pictures set aside for testing: put some of them into "
            "test/ within it, and the others into train/"
        )
    parts = parts or {split: folder}
    scanned = {part: walk(place) for part, place in parts.items()}
    files, report.passed_over, report.left_out = scanned[split]
    if not files:
        passed = f" (passed over: {most(report.passed_over)})" if report.passed_over else ""
        raise DataError(
            f"{printable(str(parts[split]))} holds no pictures{passed}: name a folder in which "
            f"there are files that end in {' '.join(sorted(ENDINGS))}"
        )
    # the classes of both parts, so that a label means the same in both
    inside: set[str] = set()
    loose = 0
    for part, place in parts.items():
        for file in scanned[part][0]:
            first, *rest = file.relative_to(place).parts
            if rest:
                inside.add(first)
            else:
                loose += 1
    if inside and loose:
        report.notes.append(
            f"{counted(loose)} beside the folders {', '.join(sorted(inside)[:3])}: "
            "these are therefore no classes"
        )
    classes = tuple(sorted(inside)) if inside and not loose else (folder.name or "pictures",)
    return parts[split], files, classes


def divided(folder: Path) -> dict[str, Path]:
    """The folders of the training and of the test pictures, if there are both."""
    try:
        within = {one.name.lower(): one for one in sorted(folder.iterdir()) if one.is_dir()}
    except OSError as error:
        raise DataError(
            f"{printable(str(folder))} cannot be read ({error.strerror}): name a folder that you "
            "may read"
        ) from None
    train = next((within[name] for name in TRAIN if name in within), None)
    test = next((within[name] for name in TEST if name in within), None)
    return {"train": train, "test": test} if train and test else {}


def walk(place: Path) -> tuple[list[Path], dict[str, int], dict[str, str]]:
    """The files below `place` that end as pictures do, in order; how many others there are, by
    their endings; and what cannot be read, with the reason.

    Links are followed, to each real folder once. Hidden files and folders count for nothing.
    """
    seen: set[str] = set()
    pictures: list[Path] = []
    others: Counter[str] = Counter()
    unreadable = {}

    def note(error: OSError) -> None:
        name = os.path.relpath(error.filename, place)
        unreadable[printable(name)] = f"not to be reached ({error.strerror})"

    for here, folders, files in os.walk(place, onerror=note, followlinks=True):
        real = os.path.realpath(here)
        if real in seen:  # a link back to where we came from
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(one for one in folders if not one.startswith((".", "__MACOSX")))
        for name in sorted(files):
            ending = os.path.splitext(name)[1].lower()
            if name.startswith("."):
                continue
            if ending in ENDINGS:
                pictures.append(Path(here, name))
            else:
                others[printable(ending) or "without an ending"] += 1
    return pictures, dict(others), unreadable


def printable(name: str) -> str:
    """A name as a line of a report may hold it: no line breaks, no bytes that are no letters."""
    return name if name.isprintable() else repr(name)[1:-1]


def stamp(file: Path) -> tuple[int, int]:
    """Size and time of change; (-1, -1) where the file cannot be reached."""
    try:
        found = file.stat()
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns


# --- one picture ----------------------------------------------------------------------------------
class LeftOut(Exception):
    """The reason why a file is not among the pictures."""


def decode(file: Path, size: int, mode: str) -> tuple[np.ndarray, str, tuple[int, int]]:
    """A picture as bytes (C, size, size), its own mode, and its own width and height.

    Turned as EXIF says, on white where it is transparent, cut to the square in its middle. mode:
    "RGB" or "L". Raises LeftOut.
    """
    try:
        found = file.stat()
    except OSError as error:
        raise LeftOut(f"not to be reached ({error.strerror})") from None
    if not stat.S_ISREG(found.st_mode):
        raise LeftOut("no ordinary file")
    if not found.st_size:
        raise LeftOut("0 bytes")
    try:
        with Image.open(file, formats=FORMATS) as picture:
            own_mode, own_size = picture.mode, picture.size  # before a JPEG is reduced
            return reduced(picture, size, mode), own_mode, own_size
    except LeftOut:
        raise
    except UnidentifiedImageError:
        raise LeftOut("not a picture, whatever its name says") from None
    except Image.DecompressionBombError as error:
        pixels = int(re.findall(r"\d+", str(error))[0])
        raise LeftOut(f"too large ({pixels:,} pixels)") from None
    except PermissionError as error:
        raise LeftOut(str(error.strerror)) from None
    except Exception as error:  # Pillow raises many kinds for damaged files
        reason = str(error).split("\n")[0][:60] or type(error).__name__
        raise LeftOut(f"damaged: {printable(reason)}") from None


def reduced(picture: Image.Image, size: int, mode: str) -> np.ndarray:
    """An open picture as bytes (C, size, size)."""
    width, height = picture.size
    if width * height > LARGEST:
        raise LeftOut(f"too large ({width:,} x {height:,} pixels)")
    picture.draft(None, (2 * size, 2 * size))  # a JPEG is then decoded at a fraction of its size
    square = opaque(centre(upright(picture)), mode)
    square = square.resize((size, size), Image.Resampling.LANCZOS, reducing_gap=3.0)
    pixels = np.asarray(square)
    return pixels[None] if mode == "L" else pixels.transpose(2, 0, 1)


def upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera noted. Where that note is damaged, as it is."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # the pixels may be whole; if not, this is found when they are read
        return picture


def centre(picture: Image.Image) -> Image.Image:
    """The largest square in the middle."""
    width, height = picture.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return picture.crop((left, top, left + side, top + side))


def opaque(picture: Image.Image, mode: str) -> Image.Image:
    """In the given mode, on white paper where it was transparent."""
    if picture.mode.startswith(("I", "F")):
        picture = Image.fromarray(eight_bits(np.asarray(picture)))
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    return picture.convert(mode)


def eight_bits(values: np.ndarray) -> np.ndarray:
    """Grey values of 16 bits, or fractions from 0 to 1, as bytes."""
    top = 65535 if np.issubdtype(values.dtype, np.integer) else 1.0
    scaled = np.nan_to_num(values.astype(np.float64) / top).clip(0, 1)
    return np.rint(255 * scaled).astype(np.uint8)


# --- all pictures ---------------------------------------------------------------------------------
def free_memory(limits: Path = Path("/sys/fs/cgroup")) -> int:
    """Bytes that are free: on the machine, or in the container where that may use fewer.

    limits: the folder in which Linux says what a container may use. Files that it only keeps in
    memory count as free.
    """
    free = psutil.virtual_memory().available
    try:
        most = int((limits / "memory.max").read_text(encoding="utf-8"))  # or "max": ValueError
        used = int((limits / "memory.current").read_text(encoding="utf-8"))
        text = (limits / "memory.stat").read_text(encoding="utf-8")
        kept = re.search(r"^inactive_file (\d+)", text, re.M)
    except (OSError, ValueError):
        return free
    return max(0, min(free, most - used + (int(kept[1]) if kept else 0)))


def check_memory(folder: Path, count: int, channels: int, size: int) -> None:
    """DataError if the pictures, a byte a value and then a float32, do not fit in memory."""
    free = SHARE * free_memory()
    each = 5 * channels * size**2
    if count * each <= free:
        return
    offer = int(math.sqrt(free / (5 * channels * count))) // 8 * 8
    smaller = f", or ask for size={offer}, at which all do" if offer >= 8 else ""
    raise DataError(
        f"{printable(str(folder))} holds {count:,} pictures; at {size} x {size} they take "
        f"{count * each / 1e9:,.1f} GB of memory, and {free / 1e9:.1f} GB are free for them. Keep "
        f"{int(free // each):,} of them, which fit{smaller}"
    )


def decode_all(
    folder: Path, files: list[Path], channels: int | None, report: Report
) -> tuple[np.ndarray, list[Path]]:
    """The pixels (N, C, size, size) of those that can be read, and which these are."""
    size, mode = report.size, "L" if channels == 1 else "RGB"
    pixels = np.empty((len(files), channels or 3, size, size), np.uint8)

    def work(place: int) -> tuple[str, tuple[int, int]] | str:
        try:
            pixels[place], own_mode, own_size = decode(files[place], size, mode)
        except LeftOut as error:
            return str(error)
        return own_mode, own_size

    good: list[int] = []
    sizes: Counter[str] = Counter()
    modes: Counter[str] = Counter()
    all_grey = channels is None
    # tqdm's notebook bar does not read TQDM_DISABLE by itself
    quiet = os.environ.get("TQDM_DISABLE", "0") not in ("", "0")
    with warnings.catch_warnings(), ThreadPool(min(8, os.cpu_count() or 1)) as pool:
        warnings.simplefilter("ignore")  # of Pillow, about odd files that it can read all the same
        outcomes = pool.imap(work, range(len(files)), chunksize=8)
        bar = tqdm(outcomes, "pictures", len(files), leave=False, disable=quiet)
        for place, outcome in enumerate(bar):
            if isinstance(outcome, str):
                report.left_out[printable(str(files[place].relative_to(folder)))] = outcome
                continue
            own_mode, (width, height) = outcome
            good.append(place)
            modes[own_mode] += 1
            sizes[f"{width} x {height}"] += 1
            report.smaller += min(width, height) < size
            all_grey = all_grey and bool((pixels[place] == pixels[place, :1]).all())
    report.read, report.sizes, report.modes = len(good), dict(sizes), dict(modes)
    if not good:
        name, reason = next(iter(report.left_out.items()))
        raise DataError(
            f"none of the {len(files):,} files in {report.folder} can be read; the first, {name}: "
            f"{reason}. Name a folder with pictures that other programs can open"
        )
    if len(good) < len(files):
        pixels = pixels[good]
    if all_grey:
        pixels = np.ascontiguousarray(pixels[:, :1])
    report.channels = pixels.shape[1]
    if len(good) < FEW:
        report.notes.append(
            f"fewer than {FEW:,} pictures: D learns so few by heart unless they are augmented "
            "(notebook 14)"
        )
    return pixels, [files[place] for place in good]


# --- the cache ------------------------------------------------------------------------------------
def digest(facts: list) -> str:
    """sha256 of what JSON can hold."""
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def store(kept: Path, key: str, pixels: np.ndarray, labels: np.ndarray, report: Report) -> None:
    """Keep what was decoded. Where nothing can be written it is decoded anew the next time."""
    about = json.dumps({"key": key, "report": asdict(report)})
    try:
        write_atomically(
            kept, lambda file: np.savez(file, pixels=pixels, labels=labels, about=about)
        )
    except WriteError:
        report.notes.append(f"not kept for the next time: {kept.parent} cannot be written to")


def load(kept: Path, key: str) -> tuple[np.ndarray, np.ndarray, Report] | None:
    """What `store` kept under this key; None for anything else."""
    if not kept.is_file():
        return None
    try:
        with kept.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            about = json.loads(str(arrays["about"]))
            if about["key"] != key:
                return None
            return arrays["pixels"], arrays["labels"], Report(**about["report"])
    except Exception:  # whatever is wrong with the file, the pictures are decoded anew
        return None
