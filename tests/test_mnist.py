"""MNIST and Fashion-MNIST in each form, downloads, and broken files. No test needs the network."""

import gzip
import hashlib
import os
import shutil
import struct

import numpy as np
import pytest
import torch
from torchvision import datasets

from gan_course import images, mnist
from gan_course.errors import DataError


def fake_download(self):
    """What torchvision's download leaves behind: the four files, whole, of random pixels."""
    raw = self.raw_folder
    os.makedirs(raw, exist_ok=True)
    for split, files in mnist.FILES.items():
        n = mnist.COUNTS[split]
        with open(f"{raw}/{files[0]}", "wb") as file:
            file.write(struct.pack(">IIII", 0x803, n, 28, 28) + bytes(784 * n))
        with open(f"{raw}/{files[1]}", "wb") as file:
            file.write(struct.pack(">II", 0x801, n) + bytes(n))


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
    for file in mnist.FILES["test"]:
        shutil.copyfile(mnist_root / "MNIST" / "raw" / file, raw / file)
    return tmp_path, raw


@pytest.mark.parametrize("file", mnist.FILES["test"])
def test_truncated_file_is_named_and_kept(mnist_copy, file):
    root, raw = mnist_copy
    whole = (raw / file).read_bytes()
    (raw / file).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=f"{file} has .* bytes .* truncated.*Move"):
        images.images("mnist", "test", root)
    assert (raw / file).read_bytes() == whole[: len(whole) // 2]


@pytest.mark.parametrize("file", mnist.FILES["test"])
def test_one_flipped_bit_is_found(mnist_copy, file):
    root, raw = mnist_copy
    spoiled = bytearray((raw / file).read_bytes())
    spoiled[5_000] ^= 1
    (raw / file).write_bytes(spoiled)
    with pytest.raises(DataError, match=f"{file} is corrupted.*MD5"):
        images.images("mnist", "test", root)


def test_foreign_file_under_the_name(mnist_copy):
    root, raw = mnist_copy
    (raw / mnist.FILES["test"][0]).write_bytes(gzip.compress(b"<html>not found</html>"))
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
    labels = tmp_path / "FashionMNIST" / "raw" / mnist.FILES["test"][1]
    good = labels.read_bytes()
    labels.write_bytes(good[:-1] + bytes([11]))
    with pytest.raises(DataError, match="label 11"):
        images.images("fashion", "test", tmp_path)
    labels.write_bytes(b"\xff" * 8 + good[8:])
    with pytest.raises(DataError, match="cannot be read"):
        images.images("fashion", "test", tmp_path)


@pytest.fixture
def small(monkeypatch):
    """Splits of 12 and 6: (pixels (N, 28, 28), labels (N,)) each, as bytes; no check of sums."""
    monkeypatch.setattr(mnist, "COUNTS", {"train": 12, "test": 6})
    monkeypatch.setattr(datasets.MNIST, "download", lambda self: pytest.fail("must not download"))
    stream = np.random.default_rng(0)
    parts = {}
    for split, n in mnist.COUNTS.items():
        pixels = stream.integers(0, 256, (n, 28, 28), dtype=np.uint8)
        parts[split] = pixels, stream.integers(0, 10, n, dtype=np.uint8)
    sums = {}
    for split, (pictures, labels) in mnist.FILES.items():
        for name, content in zip((pictures, labels), idx(*parts[split])):
            sums[name] = hashlib.md5(content).hexdigest()
    monkeypatch.setattr(mnist, "MD5", sums)
    return parts


def idx(pixels, labels) -> tuple[bytes, bytes]:
    n = len(labels)
    head = struct.pack(">IIII", 0x803, n, 28, 28), struct.pack(">II", 0x801, n)
    return head[0] + pixels.tobytes(), head[1] + labels.tobytes()


def check(parts, root, source, name="mnist"):
    for split, (pixels, labels) in parts.items():
        found = images.images(name, split, root)
        assert found.source == source and found.name == name
        assert torch.equal(found.images, torch.tensor(pixels)[:, None] / 127.5 - 1)
        assert found.labels.tolist() == labels.tolist() and found.labels.dtype == torch.int64


@pytest.mark.parametrize("folder", ["MNIST/raw", "MNIST"])
@pytest.mark.parametrize("dotted", [False, True])
@pytest.mark.parametrize("packed", ["all", "none", "labels"])
def test_idx_files_packed_or_not_under_either_name(small, tmp_path, folder, dotted, packed):
    (tmp_path / folder).mkdir(parents=True)
    for split, names in mnist.FILES.items():
        for name, content in zip(names, idx(*small[split])):
            name = name.replace("-idx", ".idx") if dotted else name
            pack = packed == "all" or (packed == "labels" and "labels" in name)
            path = tmp_path / folder / (name + ".gz" * pack)
            path.write_bytes(gzip.compress(content) if pack else content)
    check(small, tmp_path, "MNIST")


@pytest.mark.parametrize("spoil", ["cut", "longer", "text", "flipped"])
def test_a_broken_archive_is_named_and_kept(small, tmp_path, spoil):
    for split, names in mnist.FILES.items():
        for name, content in zip(names, idx(*small[split])):
            (tmp_path / "MNIST").mkdir(exist_ok=True)
            (tmp_path / "MNIST" / f"{name}.gz").write_bytes(gzip.compress(content))
    path = tmp_path / "MNIST" / f"{mnist.FILES['test'][0]}.gz"
    whole = idx(*small["test"])[0]
    spoiled = {
        "cut": gzip.compress(whole)[:-30],
        "longer": gzip.compress(whole + bytes(10**7)),
        "text": b"<html>not found</html>",
        "flipped": gzip.compress(whole[:-1] + bytes([whole[-1] ^ 1])),
    }[spoil]
    path.write_bytes(spoiled)
    with pytest.raises(DataError, match=rf"{path.name} .*Move"):
        images.images("mnist", "test", tmp_path)
    assert path.read_bytes() == spoiled
    assert len(images.images("mnist", "train", tmp_path)) == 12  # the other split is whole


@pytest.mark.parametrize("folder", ["", "MNIST", "MNIST/raw"])
def test_keras_file(small, tmp_path, folder):
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    arrays = {}
    for split, (pixels, labels) in small.items():
        arrays |= {f"x_{split}": pixels, f"y_{split}": labels}
    path = tmp_path / folder / "mnist.npz"
    np.savez_compressed(path, **arrays)
    check(small, tmp_path, "MNIST")
    whole = path.read_bytes()
    for spoiled in (whole[: len(whole) // 2], b"", b"PK\x03\x04" + bytes(50), whole[200:]):
        path.write_bytes(spoiled)
        with pytest.raises(DataError, match=r"cannot be read as Keras' mnist.npz .*Move"):
            images.images("mnist", "test", tmp_path)
    np.savez(path, **{**arrays, "x_test": arrays["x_test"][:, :, :27]})
    with pytest.raises(DataError, match="another shape"):
        images.images("mnist", "test", tmp_path)


def write_csv(path, pixels, labels=None, header=True):
    rows = pixels.reshape(len(pixels), -1)
    if labels is not None:
        rows = np.column_stack([labels, rows])
    lines = [",".join(map(str, row)) for row in rows]
    if header:
        names = [f"pixel{k}" for k in range(784)]
        lines.insert(0, ",".join(["label", *names] if labels is not None else names))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("folder", ["", "MNIST/raw"])
def test_tables_with_labels(small, tmp_path, folder, header):
    for split, (pixels, labels) in small.items():
        write_csv(tmp_path / folder / f"mnist_{split}.csv", pixels, labels, header)
    for split, part in small.items():
        check({split: part}, tmp_path, f"MNIST (mnist_{split}.csv)")


def test_fashion_as_a_table(small, tmp_path):
    write_csv(tmp_path / "fashion-mnist_train.csv", *small["train"])
    write_csv(tmp_path / "fashion-mnist_test.csv", *small["test"])
    check(
        {"test": small["test"]}, tmp_path, "FashionMNIST (fashion-mnist_test.csv)", name="fashion"
    )


def test_where_the_test_rows_have_no_labels_training_rows_are_held_out(small, tmp_path):
    pixels, labels = small["train"]
    write_csv(tmp_path / "train.csv", pixels, labels)
    write_csv(tmp_path / "test.csv", small["test"][0])
    parts = {"train": (pixels[:10], labels[:10]), "test": (pixels[10:], labels[10:])}
    check(parts, tmp_path, "MNIST (a part of train.csv)")


@pytest.mark.parametrize("spoil", ["cut", "value", "text", "empty", "label", "narrow"])
def test_a_broken_table_is_named(small, tmp_path, spoil):
    path = tmp_path / "mnist_train.csv"
    pixels, labels = small["train"]
    write_csv(path, pixels, labels)
    whole = path.read_text()
    spoiled = {
        "cut": whole[:-100],
        "value": whole[:-3] + "300\n",
        "text": "<html>\nnot found\n</html>\n",
        "empty": "",
        "label": whole + "11" + whole.splitlines()[-1][1:] + "\n",
        "narrow": "\n".join(line.rsplit(",", 1)[0] for line in whole.splitlines()),
    }[spoil]
    path.write_text(spoiled)
    with pytest.raises(DataError, match=r"mnist_train.csv .*Move"):
        images.images("mnist", "train", tmp_path)
    assert path.read_text() == spoiled


def test_a_failed_download_says_why(monkeypatch, tmp_path):
    """torchvision names each mirror and what it answered."""

    def fail(*arguments, **options):
        raise RuntimeError(
            "Error downloading a.gz:\nTried one, got:\n<urlopen error CERTIFICATE_VERIFY_FAILED>\n"
            "Tried two, got:\nHTTP Error 403: Forbidden\n"
        )

    monkeypatch.setattr("torchvision.datasets.MNIST", fail)
    with pytest.raises(OSError, match=r"a\.gz: <urlopen error CERT.*FAILED> HTTP Error 403: Forb"):
        mnist.download("mnist", tmp_path)
