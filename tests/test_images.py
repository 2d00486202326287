"""Images from disk, embedded or downloaded, and broken files. No test needs the network."""

import gzip
import os
import shutil
import struct
from pathlib import Path

import pytest
import torch
from torchvision import datasets

from gan_course import images
from gan_course.errors import DataError, GanCourseError


@pytest.fixture
def no_network(monkeypatch):
    """torchvision's mirrors all refuse, at once."""

    def refuse(*args, **kwargs):
        raise RuntimeError("Error downloading train-images-idx3-ubyte.gz")

    monkeypatch.setattr(datasets.MNIST, "download", refuse)
    monkeypatch.setattr(datasets.FashionMNIST, "download", refuse)


def fake_download(self):
    """What torchvision's download leaves behind: the four files, whole, of random pixels."""
    raw = self.raw_folder
    os.makedirs(raw, exist_ok=True)
    for split, files in images.FILES.items():
        n = images.COUNTS[split]
        with open(f"{raw}/{files[0]}", "wb") as file:
            file.write(struct.pack(">IIII", 0x803, n, 28, 28) + bytes(784 * n))
        with open(f"{raw}/{files[1]}", "wb") as file:
            file.write(struct.pack(">II", 0x801, n) + bytes(n))


def test_mnist_is_read_as_the_contract_says(mnist_root):
    test = images.images("mnist", "test", mnist_root)
    assert test.images.shape == (10_000, 1, 28, 28) and test.images.dtype == torch.float32
    assert test.images.min() == -1 and test.images.max() == 1
    assert test.labels.shape == (10_000,) and test.labels.dtype == torch.int64
    counts = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert torch.bincount(test.labels).tolist() == counts
    assert test.source == "MNIST" and len(test.classes) == 10


def test_embedded_digits():
    train, test = images.embedded("train"), images.embedded("test")
    for part in (train, test):
        assert part.images.shape[1:] == (1, 28, 28) and len(part.images) == len(part.labels)
        assert part.images.min() == pytest.approx(-1) and part.images.max() == pytest.approx(1)
        assert (torch.bincount(part.labels) > 0).all() and "scikit-learn" in part.source
    assert (len(train), len(test)) == (30_000, 297)
    assert torch.equal(train.images, images.embedded("train").images)  # the same every time
    # strokes look like strokes: most pixels are paper or ink, few are grey (a plain enlargement has
    # 40 % grey)
    assert (test.images.abs() < 0.8).float().mean() < 0.2
    # an empty border, as MNIST has
    assert (test.images[:, :, :3] < -0.95).all()


def test_embedded_digits_can_be_told_apart():
    """A nearest-neighbour reader reads most test digits: the labels belong to them."""
    train, test = images.embedded("train", copies=2), images.embedded("test")
    nearest = torch.cdist(test.images.flatten(1), train.images.flatten(1)).argmin(1)
    assert (train.labels[nearest] == test.labels).float().mean() > 0.85


def test_no_network_warns_once_names_the_place_and_falls_back(no_network, tmp_path):
    with pytest.warns(
        UserWarning, match=r"MNIST is not in .*raw and could not be downloaded .*embedded"
    ) as record:
        found = images.images("mnist", "test", tmp_path)
    assert len(record) == 1 and found.name == "embedded"
    assert [p.name for p in tmp_path.iterdir()] == []  # nothing half-made is left


def test_no_network_and_no_stand_in_is_an_error(no_network, tmp_path):
    said = r"MNIST is not in .*raw and could not be downloaded there .*put its four files there"
    with pytest.raises(DataError, match=said):
        images.images("mnist", "test", tmp_path, stand_in=False)
    assert images.images("embedded", "test", tmp_path, stand_in=False).name == "embedded"


def test_environment_variable_chooses_the_folder(no_network, tmp_path, monkeypatch):
    monkeypatch.setenv("GAN_COURSE_DATA", str(tmp_path / "mine"))
    with pytest.warns(UserWarning, match="mine"):
        images.images("fashion")


def test_a_relative_folder_is_taken_from_the_project(monkeypatch, tmp_path):
    project = Path(images.__file__).parent.parent
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAN_COURSE_DATA", "../elsewhere")
    assert images.data_root().resolve() == (project.parent / "elsewhere").resolve()
    monkeypatch.setenv("GAN_COURSE_DATA", str(tmp_path))
    assert images.data_root() == tmp_path
    monkeypatch.delenv("GAN_COURSE_DATA")
    assert images.data_root() == project / "data"


def test_download_moves_finished_files_into_place(monkeypatch, tmp_path):
    monkeypatch.setattr(datasets.FashionMNIST, "download", fake_download)
    found = images.images("fashion", "test", tmp_path)
    assert found.source == "FashionMNIST" and len(found) == 10_000
    # no temporary folder is left
    assert sorted(p.name for p in tmp_path.iterdir()) == ["FashionMNIST"]
    monkeypatch.setattr(
        datasets.FashionMNIST,
        "download",
        lambda self: pytest.fail("a second call must not download"),
    )
    images.images("fashion", "train", tmp_path)


def test_a_folder_that_holds_other_files_keeps_them(monkeypatch, tmp_path):
    """The files come into a folder that holds the user's archives, or was filled meanwhile."""
    monkeypatch.setattr(datasets.FashionMNIST, "download", fake_download)
    raw = tmp_path / "FashionMNIST" / "raw"
    raw.mkdir(parents=True)
    (raw / "mine.gz").write_bytes(b"mine")
    assert len(images.images("fashion", "test", tmp_path)) == 10_000
    assert (raw / "mine.gz").read_bytes() == b"mine"


def test_wrong_checksum_while_downloading_falls_back(monkeypatch, tmp_path):
    def corrupted(self):
        raise RuntimeError("File not found or corrupted.")

    monkeypatch.setattr(datasets.MNIST, "download", corrupted)
    with pytest.warns(UserWarning, match="corrupted"):
        assert images.images("mnist", "test", tmp_path).name == "embedded"


def test_unwritable_data_folder(tmp_path):
    occupied = tmp_path / "file"
    occupied.write_text("a file where a folder should be")
    with pytest.raises(DataError, match="cannot be written to.*GAN_COURSE_DATA"):
        images.images("mnist", root=occupied / "data")


@pytest.fixture
def mnist_copy(mnist_root, tmp_path):
    """The test split of real MNIST in a folder that a test may spoil."""
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in images.FILES["test"]:
        shutil.copyfile(mnist_root / "MNIST" / "raw" / file, raw / file)
    return tmp_path, raw


@pytest.mark.parametrize("file", images.FILES["test"])
def test_truncated_file_is_named_and_kept(mnist_copy, file):
    root, raw = mnist_copy
    whole = (raw / file).read_bytes()
    (raw / file).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=f"{file} has .* bytes .* truncated.*Move"):
        images.images("mnist", "test", root)
    assert (raw / file).read_bytes() == whole[: len(whole) // 2]


@pytest.mark.parametrize("file", images.FILES["test"])
def test_one_flipped_bit_is_found(mnist_copy, file):
    root, raw = mnist_copy
    spoiled = bytearray((raw / file).read_bytes())
    spoiled[5_000] ^= 1
    (raw / file).write_bytes(spoiled)
    with pytest.raises(DataError, match=f"{file} is corrupted.*MD5"):
        images.images("mnist", "test", root)


def test_foreign_file_under_the_name(mnist_copy):
    root, raw = mnist_copy
    (raw / images.FILES["test"][0]).write_bytes(gzip.compress(b"<html>not found</html>"))
    with pytest.raises(DataError, match="truncated or another file"):
        images.images("mnist", "test", root)


def test_one_missing_file_is_no_reason_to_download_over_the_others(mnist_copy, monkeypatch):
    root, _ = mnist_copy
    monkeypatch.setattr(datasets.MNIST, "download", lambda self: pytest.fail("must not download"))
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte is missing"):
        images.images("mnist", "train", root)


def test_fashion_with_a_broken_header_or_label(monkeypatch, tmp_path):
    monkeypatch.setattr(datasets.FashionMNIST, "download", fake_download)
    images.images("fashion", "test", tmp_path)
    labels = tmp_path / "FashionMNIST" / "raw" / images.FILES["test"][1]
    good = labels.read_bytes()
    labels.write_bytes(good[:-1] + bytes([11]))
    with pytest.raises(DataError, match="label 11"):
        images.images("fashion", "test", tmp_path)
    labels.write_bytes(b"\xff" * 8 + good[8:])
    with pytest.raises(DataError, match="cannot be read"):
        images.images("fashion", "test", tmp_path)


def test_unknown_names():
    with pytest.raises(GanCourseError, match="'cifar'.*mnist"):
        images.images("cifar")
    with pytest.raises(GanCourseError, match="'valid'.*train"):
        images.images("mnist", "valid")
