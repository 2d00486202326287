"""Digit and fashion images as tensors that stay in memory: from disk, from the network, or
embedded. Notebook 06.

`data.images` is the way in. It never deletes or overwrites a file that was there, and never falls
back in silence.
"""

import hashlib
import os
import socket
import struct
import sys
import tempfile
import warnings
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from gan_course.errors import DataError, GanCourseError

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
CLASSES = {
    "mnist": tuple("0123456789"),
    "fashion": (
        "T-shirt",
        "trouser",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
    ),
}


@dataclass(frozen=True)
class ImageSet:
    """images: (N, 1, 28, 28) float32 in [-1, 1]. labels: (N,) int64. source: where they came from,
    for figure titles.
    """

    images: Tensor
    labels: Tensor
    classes: tuple[str, ...]
    name: str
    source: str

    def __len__(self) -> int:
        return len(self.images)

    def to(self, device) -> "ImageSet":
        """The same images on another device, where they stay: no copying in the training loop."""
        return replace(self, images=self.images.to(device), labels=self.labels.to(device))


def images(name: str = "mnist", split: str = "train", root: str | Path | None = None) -> ImageSet:
    """MNIST ("mnist") or Fashion-MNIST ("fashion"), from disk or the network, else the embedded
    digits ("embedded").

    Looks in `root`, else $GAN_COURSE_DATA, else the project's data/, in torchvision's own layout;
    else downloads there. With no network it warns once and returns the embedded default, whose
    `source` says so.
    """
    if name not in (*FOLDERS, "embedded"):
        raise GanCourseError(
            f'no image set is called {name!r}: there are "mnist", "fashion" and "embedded"'
        )
    if split not in FILES:
        raise GanCourseError(f'no split is called {split!r}: there are "train" and "test"')
    if name == "embedded":
        return embedded(split)
    root = Path(root or data_root())
    raw = root / FOLDERS[name] / "raw"
    present = [file for files in FILES.values() for file in files if (raw / file).exists()]
    if not present:
        try:
            download(name, root)
        except OSError as error:  # no network, a refused connection, no room, no permission
            warnings.warn(
                f"{FOLDERS[name]} is not in {raw} and could not be downloaded there ({error}). "
                "Using the embedded digits "
                "instead: real handwriting, but fewer and coarser images",
                stacklevel=2,
            )
            return embedded(split)
    return read(name, split, root)


def data_root() -> Path:
    """The folder of the data: $GAN_COURSE_DATA, else the checkout's data/, else the user's cache.

    A relative $GAN_COURSE_DATA is taken from the checkout's folder, wherever a notebook was started
    from; where the package is installed by itself, from the working folder.
    """
    project = Path(__file__).resolve().parent.parent
    in_checkout = (project / "notebooks").is_dir()
    chosen = os.environ.get("GAN_COURSE_DATA")
    if chosen:
        return (project if in_checkout else Path.cwd()) / Path(chosen).expanduser()
    return project / "data" if in_checkout else cache_folder()


def cache_folder() -> Path:
    """Where this system keeps what a program may fetch again, and there the course's folder."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "gan-course"


def download(name: str, root: Path) -> None:
    """Fetch through torchvision into a temporary folder, checksums included, then move the finished
    files into place.
    """
    from torchvision import datasets

    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=root, prefix=".download-")
    except OSError as error:
        raise DataError(
            f"the data folder {root} cannot be written to ({error.strerror}): set GAN_COURSE_DATA "
            "to a folder of yours, or ask "
            'for data.images("embedded"), which needs none'
        ) from None
    timeout = socket.getdefaulttimeout()
    # seconds; a network that swallows packets must not hang the notebook
    socket.setdefaulttimeout(20)
    try:
        with folder as temporary:
            try:
                getattr(datasets, FOLDERS[name])(temporary, download=True)
            # torchvision's word for "all mirrors failed" or "wrong checksum"
            except RuntimeError as error:
                raise OSError(str(error).split("\n")[0]) from None
            got, target = Path(temporary) / FOLDERS[name] / "raw", root / FOLDERS[name] / "raw"
            target.parent.mkdir(exist_ok=True)
            # unpacked by now; some releases of torchvision keep it
            for archive in got.glob("*.gz"):
                archive.unlink()
            try:
                os.replace(got, target)  # all four at once: another notebook sees none or all
            # the folder is there: another notebook was faster, or it holds other files
            except OSError:
                for files in FILES.values():
                    for file in files:
                        os.replace(got / file, target / file)
    finally:
        socket.setdefaulttimeout(timeout)


def read(name: str, split: str, root: Path) -> ImageSet:
    """Read one split's idx files (a header, then a byte a pixel or a label), if they are whole.

    Not through torchvision, which could: its import alone takes a second or more, and most
    notebooks begin here.
    """
    raw, n = root / FOLDERS[name] / "raw", COUNTS[split]
    # 8: unsigned bytes; 3 or 1: dimensions
    headers = struct.pack(">4i", 0x803, n, 28, 28), struct.pack(">2i", 0x801, n)
    contents = []
    for file, header, size in zip(FILES[split], headers, (784 * n, n)):
        path = raw / file
        mend = f"Move {path} away and load the images again; they are then downloaded anew"
        if not path.is_file():
            raise DataError(
                f"{path} is missing although its neighbours are there. Put it back, or move {raw} "
                "away to download all"
            )
        # before it is read: another file may be of any size
        found, expected = path.stat().st_size, len(header) + size
        if found != expected:
            raise DataError(
                f"{path} has {found} bytes and not {expected}: it is truncated or another file. "
                f"{mend}"
            )
        whole = bytearray(path.read_bytes())
        if name == "mnist" and hashlib.md5(whole, usedforsecurity=False).hexdigest() != MD5[file]:
            raise DataError(f"{path} is corrupted: its MD5 is not that of MNIST's file. {mend}")
        if not whole.startswith(header):
            raise DataError(
                f"{path} cannot be read: it does not begin as an idx file of {n:,} items does. "
                f"{mend}"
            )
        contents.append(torch.frombuffer(whole, dtype=torch.uint8, offset=len(header)))
    pixels = contents[0].view(n, 1, 28, 28).float() / 127.5 - 1  # 0..255 to [-1, 1]
    labels = contents[1].long()
    if labels.max() > 9:
        raise DataError(
            f"{path} holds a label {int(labels.max())}, outside 0 to 9: it is corrupted. {mend}"
        )
    return ImageSet(pixels, labels, CLASSES[name], name, FOLDERS[name])


def embedded(split: str = "train", copies: int = 20) -> ImageSet:
    """scikit-learn's 1,797 handwritten digits (8 x 8, Alpaydin and Kaynak 1998) brought to 28 x 28.

    Bicubic to 20 x 20, a contrast curve that turns grey blur into strokes, centred in 28 x 28 as
    MNIST is. The first 1,500 are for training, `copies` times each with a light affine jitter
    (seeded); the other 297, unchanged, for testing.
    """
    from sklearn.datasets import load_digits

    digits = load_digits()
    train = split == "train"
    part = slice(0, 1500) if train else slice(1500, None)
    # (N, 1, 8, 8) in [0, 1]
    small = torch.tensor(digits.images[part], dtype=torch.float32)[:, None] / 16
    labels = torch.tensor(digits.target[part], dtype=torch.int64)
    big = F.pad(F.interpolate(small, size=20, mode="bicubic", align_corners=False), (4, 4, 4, 4))
    if train:
        big, labels = jitter(big.repeat(copies, 1, 1, 1)), labels.repeat(copies)
    strokes = torch.sigmoid(12 * (big - 0.6))
    # the curve at 0 and 1, stretched back to [0, 1]
    low, high = torch.sigmoid(torch.tensor([-7.2, 4.8]))
    pixels = ((strokes - low) / (high - low)).clamp(0, 1) * 2 - 1
    return ImageSet(
        pixels,
        labels,
        CLASSES["mnist"],
        "embedded",
        "embedded digits (scikit-learn, 8 x 8 enlarged)",
    )


def jitter(pictures: Tensor, seed: int = 0) -> Tensor:
    """Turn by up to 8 degrees, scale and shear by up to 8 %, shift by up to 1.5 pixels: (N, 1, H,
    W) in [0, 1].
    """
    # (N, 5) in [-1, 1]
    draw = torch.rand(len(pictures), 5, generator=torch.Generator().manual_seed(seed)) * 2 - 1
    angle, scale, shear = 0.14 * draw[:, 0], 1 + 0.08 * draw[:, 1], 0.08 * draw[:, 2]
    cos, sin = angle.cos() / scale, angle.sin() / scale
    # affine_grid's units: the picture spans [-1, 1]
    shift = draw[:, 3:] * (2 * 1.5 / pictures.shape[-1])
    # (N, 2, 2)
    rows = torch.stack([torch.stack([cos, shear - sin], 1), torch.stack([sin, cos], 1)], 1)
    where = F.affine_grid(
        torch.cat([rows, shift[:, :, None]], dim=2), list(pictures.shape), align_corners=False
    )
    return F.grid_sample(
        pictures, where, mode="bilinear", padding_mode="zeros", align_corners=False
    )
