"""Images as tensors: digits, clothes, faces, or the pictures of any folder. Notebooks 06 and 21.

`data.images` is the way in. It never deletes or overwrites a file that was there, and never falls
back in silence.
"""

import json
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F

from gan_course import folders, mnist
from gan_course.errors import DataError, GanCourseError

FASHION = "T-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot"
CLASSES = {"mnist": tuple("0123456789"), "fashion": tuple(FASHION.split(", "))}
NAMES = ("mnist", "fashion", "faces", "embedded")
FACES = Path(__file__).parent / "assets" / "faces"  # written by book/faces/faces.py
REMEDY = (
    "Behind a proxy set HTTPS_PROXY, for a certificate of your network SSL_CERT_FILE "
    "(`gan-course explain download` tells how), or put the files there by hand: data/README.md "
    "says which"
)
FOLDER_SIZE = 64  # pixels a side of a folder's pictures, where no size is asked for


class Attribute(NamedTuple):
    """values: (N,) int64, an index into names for each image."""

    values: Tensor
    names: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class ImageSet:
    """images: (N, C, H, W) float32 in [-1, 1]. labels: (N,) int64. source: for figure titles.

    Grey images (C = 1) are ink on paper: -1 is white, 1 is black. In colour (C = 3: red, green,
    blue) 1 is bright. attributes: what else is known of each image. report: of a folder.
    """

    images: Tensor
    labels: Tensor
    classes: tuple[str, ...]
    name: str
    source: str
    attributes: dict[str, Attribute] = field(default_factory=dict)
    report: folders.Report | None = None

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        shape = " x ".join(map(str, self.images.shape[1:]))
        return (
            f"ImageSet({self.source}: {len(self):,} images, {shape}, {len(self.classes)} classes)"
        )

    def to(self, device: torch.device | str) -> "ImageSet":
        """The same images on another device, where they stay: no copying in the training loop."""
        return self._each(lambda tensor: tensor.to(device))

    def take(self, which: Tensor) -> "ImageSet":
        """Some of the images: which is (N,) of booleans, or of places."""
        return self._each(lambda tensor: tensor[which])

    def labelled(self, *names: str) -> "ImageSet":
        """The same images with these attributes as labels: a class for each combination.

        Raises GanCourseError for an unknown name.
        """
        for name in names:
            if name not in self.attributes:
                raise GanCourseError(
                    f"{self.name} has no attribute {name!r}: it has "
                    f"{', '.join(self.attributes) or 'none'}"
                )
        labels, classes = torch.zeros_like(self.labels), [""]
        for name in names:
            values, values_are = self.attributes[name]
            labels = labels * len(values_are) + values
            classes = [f"{before}, {value}" for before in classes for value in values_are]
        return replace(
            self, labels=labels, classes=tuple(one.removeprefix(", ") for one in classes)
        )

    def _each(self, change: Callable[[Tensor], Tensor]) -> "ImageSet":
        """Whatever holds a value an image, changed."""
        attributes = {
            name: Attribute(change(values), names)
            for name, (values, names) in self.attributes.items()
        }
        images, labels = change(self.images), change(self.labels)
        return replace(self, images=images, labels=labels, attributes=attributes)


def images(
    name: str | Path = "mnist",
    split: str = "train",
    root: str | Path | None = None,
    size: int | None = None,
    channels: int | None = None,
    stand_in: bool = True,
) -> ImageSet:
    """MNIST ("mnist"), Fashion-MNIST ("fashion"), cartoon faces ("faces"), scikit-learn's digits
    ("embedded"), or the pictures of any folder (its path).

    MNIST and Fashion-MNIST are looked for in `root`, else $GAN_COURSE_DATA, else the project's
    data/, in any form that `mnist.read` knows; else they are downloaded there. With no network one
    warning is given, and the embedded digits, whose `source` says so; with stand_in=False DataError
    is raised instead.

    size: pixels a side; None leaves the images as they are, and makes a folder's 64 x 64. channels:
    1 (grey) or 3 (colour); None leaves them, and makes a folder's grey only where all are; sheets
    show both as the files look. Of a folder a report is printed, and kept as `report`. Raises
    DataError for a broken file, a folder without pictures, or one too large for the memory.
    """
    if split not in mnist.FILES:
        raise GanCourseError(f'no split is called {split!r}: there are "train" and "test"')
    if (size is not None and size < 1) or channels not in (None, 1, 3):
        raise GanCourseError(
            f"images have a size of 1 or more, and 1 or 3 channels; found size={size}, "
            f"channels={channels}"
        )
    if name in mnist.FOLDERS:
        found = standard(str(name), split, Path(root or data_root()), stand_in)
    elif name == "faces":
        found = faces(split)
    elif name == "embedded":
        found = embedded(split)
    else:
        return of_folder(name, split, size or FOLDER_SIZE, channels)
    return fitted(found, size, channels)


def of_folder(name: str | Path, split: str, size: int, channels: int | None) -> ImageSet:
    """The pictures of a folder: see `folders`."""
    folder = folders.place(name)
    if folder is None:
        what = "is a file" if os.path.isfile(name) else "is neither an image set nor a folder"
        sets = ", ".join(f'"{known}"' for known in NAMES)
        raise GanCourseError(f"{str(name)!r} {what}: name a folder of pictures, or one of {sets}")
    cache = cache_folder() / "pictures"
    pixels, labels, classes, report = folders.read(folder, split, size, channels, cache)
    print(report)
    pictures = pixels.float().div_(127.5).sub_(1)
    if len(pixels[0]) == 1:
        pictures.neg_()  # black ink is 1
    source = f"{folders.counted(len(pixels))} of {folders.printable(folder.name)}"
    return ImageSet(pictures, labels, classes, str(folder), source, report=report)


def fitted(found: ImageSet, size: int | None, channels: int | None) -> ImageSet:
    """Images of another size (bilinear, with antialiasing), grey, or in colour."""
    pictures = found.images
    if size and pictures.shape[2:] != (size, size):
        pictures = F.interpolate(pictures, (size, size), mode="bilinear", antialias=True)
    if channels == 3 and pictures.shape[1] == 1:
        pictures = -pictures.expand(-1, 3, -1, -1)
    if channels == 1 and pictures.shape[1] == 3:
        weights = torch.tensor([0.299, 0.587, 0.114])  # of brightness, ITU-R BT.601
        pictures = -(pictures * weights[:, None, None]).sum(1, keepdim=True)
    return replace(found, images=pictures)


def standard(name: str, split: str, root: Path, stand_in: bool) -> ImageSet:
    """MNIST or Fashion-MNIST, downloaded where they are not there; else the embedded digits."""
    found = mnist.read(name, split, root)
    if found is None:
        try:
            mnist.download(name, root)
        except OSError as error:  # no network, a refused connection, no room, no permission
            tried = (
                f"{mnist.FOLDERS[name]} is not in {root / mnist.FOLDERS[name] / 'raw'} and could "
                f"not be downloaded there ({error})"
            )
            if not stand_in:
                raise DataError(
                    f"{tried}. {REMEDY}, or name the embedded digits instead (--data=embedded)"
                ) from None
            warnings.warn(
                f"{tried}. Using the embedded digits instead: real handwriting, but fewer and "
                f"coarser images. {REMEDY}",
                stacklevel=3,
            )
            return embedded(split)
        found = mnist.read(name, split, root)
    if found is None:
        raise DataError(f"{mnist.FOLDERS[name]} was downloaded into {root}, and is not there")
    pixels, labels, source = found
    return ImageSet(pixels, labels, CLASSES[name], name, source)


def faces(split: str = "train") -> ImageSet:
    """10,000 cartoon faces for training, 2,000 for testing: (N, 3, 32, 32), of no real person.

    Drawn from seeds by book/faces/draw.js, which lists the attributes; no two have all of them in
    common. Hats stand only on hair that shows below them. The labels are the hair's colour;
    `labelled` makes another attribute the label. The drawing's grid is 16 x 16, so each four pixels
    are of one colour.
    """
    about = json.loads((FACES / "faces.json").read_text(encoding="utf-8"))
    attributes = {}
    for name, known in about["attributes"].items():
        values = torch.tensor([int(digit, 36) for digit in known[split]])
        attributes[name] = Attribute(values, tuple(known["values"]))
    with Image.open(FACES / f"{split}.png") as sheet:
        pixels = torch.from_numpy(np.array(sheet.convert("RGB")))
    side = about["grid"]
    rows = pixels.unflatten(0, (-1, side)).unflatten(2, (-1, side))  # (rows, 16, columns, 16, 3)
    small = rows.permute(0, 2, 4, 1, 3).flatten(0, 1)  # (N, 3, 16, 16)
    pictures = small.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3) / 127.5 - 1
    labels, classes = attributes["hair colour"]
    return ImageSet(pictures, labels, classes, "faces", "cartoon faces", attributes)


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
    try:
        home = Path.home()
    except RuntimeError:  # no $HOME, and a user whom the system does not know: some containers
        home = Path(tempfile.gettempdir())
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or home / ".cache"
    return Path(base) / "gan-course"


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

    pictures: (N, C, H, W) in [0, 1]. What moves in is the background 0 in grey ones, and what
    stands at the edge in coloured ones.
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
    outside = "zeros" if pictures.shape[1] == 1 else "border"
    return F.grid_sample(pictures, where, padding_mode=outside, align_corners=False)  # bilinear
