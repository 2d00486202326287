"""Digit and fashion images as tensors: from disk, from the network, or embedded. Notebook 06.

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
FASHION = "T-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot"
CLASSES = {"mnist": tuple("0123456789"), "fashion": tuple(FASHION.split(", "))}


@dataclass(frozen=True)
class ImageSet:
    """images: (N, 1, 28, 28) float32 in [-1, 1]. labels: (N,) int64. source: for figure titles."""

    images: Tensor
    labels: Tensor
    classes: tuple[str, ...]
    name: str
    source: str

    def __len__(self) -> int:
        return len(self.images)

    def to(self, device: torch.device | str) -> "ImageSet":
        """The same images on another device, where they stay: no copying in the training loop."""
        return replace(self, images=self.images.to(device), labels=self.labels.to(device))


def images(
    name: str = "mnist", split: str = "train", root: str | Path | None = None, stand_in: bool = True
) -> ImageSet:
    """MNIST ("mnist"), Fashion-MNIST ("fashion") or scikit-learn's digits ("embedded").

    Looks in `root`, else $GAN_COURSE_DATA, else the project's data/, in torchvision's own layout;
    else downloads there. With no network it warns once and returns the embedded digits, whose
    `source` says so; with stand_in=False it raises DataError instead, as for a broken file.
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
    if not any((raw / file).exists() for files in FILES.values() for file in files):
        try:
            download(name, root)
        except OSError as error:  # no network, a refused connection, no room, no permission
            tried = f"{FOLDERS[name]} is not in {raw} and could not be downloaded there ({error})"
            if not stand_in:
                raise DataError(
                    f"{tried}: put its four files there, or name the embedded digits instead "
                    "(--data=embedded)"
                ) from None
            warnings.warn(
                f"{tried}. Using the embedded digits instead: real handwriting, but fewer and "
                "coarser images",
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
        raise OSError(str(error).split("\n")[0]) from None
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


def read(name: str, split: str, root: Path) -> ImageSet:
    """Read one split's idx files: a header, then a byte a pixel or a label. Raises DataError.

    Not through torchvision, whose import alone takes a second or more: most notebooks begin here.
    """
    raw, n = root / FOLDERS[name] / "raw", COUNTS[split]
    # 0x803: unsigned bytes (8) in 3 dimensions, whose sizes follow; 0x801: in 1 dimension
    headers = struct.pack(">4i", 0x803, n, 28, 28), struct.pack(">2i", 0x801, n)
    contents = []
    for file, header, size in zip(FILES[split], headers, (784 * n, n)):
        path = raw / file
        mend = f"Move {path} away and load the images again; they are then downloaded anew"
        if not path.is_file():
            raise DataError(
                f"{path} is missing although its neighbours are there. "
                f"Put it back, or move {raw} away to download all"
            )
        # looked at before it is read: another file may be of any size
        actual, expected = path.stat().st_size, len(header) + size
        if actual != expected:
            raise DataError(
                f"{path} has {actual} bytes and not {expected}: it is truncated or another file. "
                f"{mend}"
            )
        whole = bytearray(path.read_bytes())
        if name == "mnist" and hashlib.md5(whole, usedforsecurity=False).hexdigest() != MD5[file]:
            raise DataError(f"{path} is corrupted: its MD5 is not that of MNIST's file. {mend}")
        if not whole.startswith(header):
            raise DataError(
                f"{path} cannot be read: "
                f"it does not begin as an idx file of {n:,} items does. {mend}"
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
    small = torch.tensor(digits.images[part], dtype=torch.float32)[:, None] / 16  # (N, 1, 8, 8)
    labels = torch.tensor(digits.target[part], dtype=torch.int64)
    big = F.pad(F.interpolate(small, size=20, mode="bicubic", align_corners=False), (4, 4, 4, 4))
    if train:
        big, labels = jitter(big.repeat(copies, 1, 1, 1)), labels.repeat(copies)
    strokes = torch.sigmoid(12 * (big - 0.6))
    low, high = torch.sigmoid(torch.tensor([-7.2, 4.8]))  # the curve at 0 and at 1
    pixels = ((strokes - low) / (high - low)).clamp(0, 1) * 2 - 1
    source = "embedded digits (scikit-learn, 8 x 8 enlarged)"
    return ImageSet(pixels, labels, CLASSES["mnist"], "embedded", source)


def jitter(pictures: Tensor, seed: int = 0) -> Tensor:
    """Turn by up to 8 degrees, scale and shear by up to 8 %, shift by up to 1.5 pixels.

    pictures: (N, 1, H, W) in [0, 1], where 0 is the background that moves in.
    """
    stream = torch.Generator().manual_seed(seed)
    draw = torch.rand(len(pictures), 5, generator=stream) * 2 - 1  # (N, 5) in [-1, 1]
    angle, scale, shear = 0.14 * draw[:, 0], 1 + 0.08 * draw[:, 1], 0.08 * draw[:, 2]
    cos, sin = angle.cos() / scale, angle.sin() / scale
    shift_x, shift_y = (draw[:, 3:] * (2 * 1.5 / pictures.shape[-1])).unbind(1)  # width is 2 here
    upper = torch.stack([cos, shear - sin, shift_x], dim=1)
    lower = torch.stack([sin, cos, shift_y], dim=1)
    maps = torch.stack([upper, lower], dim=1)  # (N, 2, 3): an affine map a picture
    where = F.affine_grid(maps, list(pictures.shape), align_corners=False)
    return F.grid_sample(pictures, where, align_corners=False)  # bilinear, zeros outside
