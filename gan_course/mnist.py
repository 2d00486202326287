"""MNIST and Fashion-MNIST as tensors: from whichever form lies on the disk, or downloaded.

Read are idx files, packed (.gz) or not, Keras' mnist.npz, and the CSV files of Kaggle. Nothing is
deleted or overwritten.
"""

import gzip
import hashlib
import os
import socket
import struct
import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from gan_course.errors import DataError

FOLDERS = {"mnist": "MNIST", "fashion": "FashionMNIST"}
FILES = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
COUNTS = {"train": 60_000, "test": 10_000}
# of the uncompressed MNIST files; torchvision itself checks the compressed ones while it downloads
MD5 = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
# the names on Kaggle: those of "MNIST in CSV" and of the digit recognizer, and Zalando's own
CSV: dict[str, dict[str, tuple[str, ...]]] = {
    "mnist": {"train": ("mnist_train.csv", "train.csv"), "test": ("mnist_test.csv", "test.csv")},
    "fashion": {"train": ("fashion-mnist_train.csv",), "test": ("fashion-mnist_test.csv",)},
}
PIXELS = 28 * 28
Found = tuple[Tensor, Tensor, str]  # images (N, 1, 28, 28) in [-1, 1], labels (N,), what was read


def read(name: str, split: str, root: Path) -> Found | None:
    """One split, from idx files, else Keras' file, else Kaggle's; None where none of them is there.

    They may lie in root/MNIST/raw, as torchvision has it, or in root/MNIST; Keras' and Kaggle's
    also in `root` itself. Raises DataError for a broken file.
    """
    for form in (read_idx, read_npz, read_csv):
        found = form(name, split, root)
        if found is not None:
            return found
    return None


def first_of(names: Iterable[str], folders: Iterable[Path]) -> Path | None:
    """The first file of one of these names in one of these folders, or None."""
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                return folder / name
    return None


def as_images(pixels: Tensor, labels: Tensor, path: Path, source: str) -> Found:
    """Bytes (N, 784) and labels (N,) as floats and integers. DataError for a label above 9."""
    if not len(labels) or labels.max() > 9:
        largest = int(labels.max()) if len(labels) else None
        raise DataError(
            f"{path} holds a label {largest}, outside 0 to 9: it is corrupted. {mend(path)}"
        )
    return pixels.view(-1, 1, 28, 28).float() / 127.5 - 1, labels.long(), source


def mend(path: Path) -> str:
    """What to do about a broken file."""
    return f"Move {path} away and load the images again; they are then downloaded anew"


# --- idx: a header, then a byte a pixel or a label ------------------------------------------------
def idx_file(folder: Path, name: str) -> Path | None:
    """The file in a folder, under the name of torchvision or of Kaggle, packed or not."""
    dotted = name.replace("-idx", ".idx")
    return first_of((name, name + ".gz", dotted, dotted + ".gz"), [folder])


def read_idx(name: str, split: str, root: Path) -> Found | None:
    """Not through torchvision, whose import takes a second or more: most notebooks begin here."""
    for folder in (root / FOLDERS[name] / "raw", root / FOLDERS[name]):
        if any(idx_file(folder, file) for files in FILES.values() for file in files):
            break
    else:
        return None
    n = COUNTS[split]
    # 0x803: unsigned bytes (8) in 3 dimensions, whose sizes follow; 0x801: in 1 dimension
    headers = struct.pack(">4i", 0x803, n, 28, 28), struct.pack(">2i", 0x801, n)
    contents = []
    for file, header, size in zip(FILES[split], headers, (PIXELS * n, n)):
        found = idx_file(folder, file)
        if found is None:
            raise DataError(
                f"{folder / file} is missing although its neighbours are there. "
                f"Put it back, or move {folder} away to download all"
            )
        path = found
        whole = unpacked(path, len(header) + size)
        if name == "mnist" and hashlib.md5(whole, usedforsecurity=False).hexdigest() != MD5[file]:
            raise DataError(
                f"{path} is corrupted: its MD5 is not that of MNIST's file. {mend(path)}"
            )
        if not whole.startswith(header):
            raise DataError(
                f"{path} cannot be read: "
                f"it does not begin as an idx file of {n:,} items does. {mend(path)}"
            )
        contents.append(torch.frombuffer(whole, dtype=torch.uint8, offset=len(header)))
    pixels, labels = contents
    return as_images(pixels, labels, path, FOLDERS[name])


def unpacked(path: Path, expected: int) -> bytearray:
    """The bytes of an idx file, of which there must be `expected`. Raises DataError."""
    wrong = "it is truncated or another file"
    if path.suffix != ".gz":
        # looked at before it is read: another file may be of any size
        actual = path.stat().st_size
        if actual != expected:
            raise DataError(f"{path} has {actual} bytes and not {expected}: {wrong}. {mend(path)}")
        return bytearray(path.read_bytes())
    try:
        with gzip.open(path) as file:
            whole = bytearray(file.read(expected + 1))  # no more, whatever is packed there
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path} cannot be unpacked ({error}): {wrong}. {mend(path)}") from None
    if len(whole) != expected:
        raise DataError(f"{path} does not unpack to {expected} bytes: {wrong}. {mend(path)}")
    return whole


# --- Keras ----------------------------------------------------------------------------------------
def read_npz(name: str, split: str, root: Path) -> Found | None:
    """Keras' mnist.npz, of the arrays x_train, y_train, x_test and y_test."""
    folders = (root / FOLDERS[name] / "raw", root / FOLDERS[name], root)
    path = first_of(["mnist.npz"], folders) if name == "mnist" else None
    if path is None:
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            pixels, labels = arrays[f"x_{split}"], arrays[f"y_{split}"]
        n = COUNTS[split]
        kinds = pixels.dtype, pixels.shape, labels.dtype, labels.shape
        if kinds != (np.uint8, (n, 28, 28), np.uint8, (n,)):
            raise ValueError("its arrays are of another shape or type")
    except Exception as error:  # numpy and zipfile raise many kinds for broken files
        raise DataError(
            f"{path} cannot be read as Keras' mnist.npz ({error}): it is truncated or another "
            f"file. {mend(path)}"
        ) from None
    return as_images(torch.from_numpy(pixels), torch.from_numpy(labels), path, FOLDERS[name])


# --- Kaggle ---------------------------------------------------------------------------------------
def read_csv(name: str, split: str, root: Path) -> Found | None:
    """Rows of a label and 784 pixels.

    The test.csv of Kaggle's digit recognizer has no labels: the last sixth of train.csv then stands
    in for it, and is no longer part of the training set.
    """
    folders = (root / FOLDERS[name] / "raw", root / FOLDERS[name], root)
    paths = {part: first_of(names, folders) for part, names in CSV[name].items()}
    train, test = paths["train"], paths["test"]
    if train is None:
        return None
    if test is not None and columns(test) == PIXELS + 1:
        path = train if split == "train" else test
        pixels, labels = table(path)
        return as_images(pixels, labels, path, f"{FOLDERS[name]} ({path.name})")
    source = f"{FOLDERS[name]} (a part of {train.name})"
    pixels, labels = table(train)
    images, labels, _ = as_images(pixels, labels, train, source)
    first_held = len(labels) - len(labels) // 6
    part = slice(first_held) if split == "train" else slice(first_held, None)
    return images[part], labels[part], source


def columns(path: Path) -> int:
    """How many numbers stand in the first row."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline(100_000).count(",") + 1


def table(path: Path) -> tuple[Tensor, Tensor]:
    """The pixels (N, 784) and labels (N,) of a CSV file, as bytes. Raises DataError."""
    import pandas as pd

    with path.open(encoding="utf-8", errors="replace") as file:
        begins = file.readline(100).split(",")[0]
    header = None if begins.isdigit() else 0
    try:
        numbers = pd.read_csv(path, header=header, dtype=np.uint8).to_numpy()
        if numbers.shape[1] != PIXELS + 1:
            raise ValueError(f"{numbers.shape[1]} columns")
    except (ValueError, OverflowError) as error:
        reason = str(error).strip().split("\n")[0]
        raise DataError(
            f"{path} cannot be read as a label and {PIXELS} pixels, 0 to 255, a row ({reason}): it "
            f"is truncated or another file. {mend(path)}"
        ) from None
    both = torch.from_numpy(np.ascontiguousarray(numbers))
    return both[:, 1:].contiguous(), both[:, 0]


# --- the network ----------------------------------------------------------------------------------
def download(name: str, root: Path) -> None:
    """Fetch through torchvision, which checks the sums, then move the finished files into place.

    Raises DataError where `root` cannot be written to, OSError where the download fails.
    """
    from torchvision import datasets

    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=root, prefix=".download-")
    except OSError as error:
        raise DataError(
            f"the data folder {root} cannot be written to ({error.strerror}): set GAN_COURSE_DATA "
            'to a folder of yours, or ask for data.images("embedded"), which needs none'
        ) from None
    timeout = socket.getdefaulttimeout()
    socket.setdefaulttimeout(20)  # seconds: a silent network must not hang the notebook
    try:
        with folder as temporary:
            getattr(datasets, FOLDERS[name])(temporary, download=True)
            _move(Path(temporary) / FOLDERS[name] / "raw", root / FOLDERS[name] / "raw")
    except RuntimeError as error:  # torchvision: all mirrors failed, or the checksum is wrong
        said = [line.strip() for line in str(error).splitlines()]
        reasons = [line for line in said if line and not line.startswith("Tried")]
        raise OSError(" ".join(dict.fromkeys(reasons))) from None  # two mirrors often say the same
    finally:
        socket.setdefaulttimeout(timeout)


def _move(downloaded: Path, target: Path) -> None:
    """Move the folder of the four files to `target`, which may be there and hold other files."""
    target.parent.mkdir(exist_ok=True)
    for archive in downloaded.glob("*.gz"):  # unpacked by now; some releases of torchvision keep it
        archive.unlink()
    try:
        os.replace(downloaded, target)  # all four at once: another notebook sees none or all
    except OSError:  # the folder is there: another notebook was faster, or it holds other files
        for files in FILES.values():
            for file in files:
                os.replace(downloaded / file, target / file)
