"""Images that are embedded, drawn or looked for. No test needs the network."""

import json
import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import torch
from torchvision import datasets

from gan_course import images
from gan_course.errors import DataError, GanCourseError

ROOT = Path(__file__).parent.parent


@pytest.fixture
def no_network(monkeypatch):
    """torchvision's mirrors all refuse, at once."""

    def refuse(*args, **kwargs):
        raise RuntimeError("Error downloading train-images-idx3-ubyte.gz")

    monkeypatch.setattr(datasets.MNIST, "download", refuse)
    monkeypatch.setattr(datasets.FashionMNIST, "download", refuse)


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
        UserWarning,
        match=r"MNIST is not in .*raw and could not be downloaded .*embedded.*HTTPS_PROXY.*SSL_",
    ) as record:
        found = images.images("mnist", "test", tmp_path)
    assert len(record) == 1 and found.name == "embedded"
    assert [p.name for p in tmp_path.iterdir()] == []  # nothing half-made is left


def test_no_network_and_no_stand_in_is_an_error(no_network, tmp_path):
    said = (
        r"MNIST is not in .*raw and could not be downloaded there .*HTTPS_PROXY.*SSL_CERT_FILE"
        r".*put the files there.*--data=embedded"
    )
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


def test_wrong_checksum_while_downloading_falls_back(monkeypatch, tmp_path):
    def corrupted(self):
        raise RuntimeError("File not found or corrupted.")

    monkeypatch.setattr(datasets.MNIST, "download", corrupted)
    with pytest.warns(UserWarning, match="corrupted"):
        assert images.images("mnist", "test", tmp_path).name == "embedded"


def test_unknown_names():
    with pytest.raises(GanCourseError, match="'cifar'.*mnist"):
        images.images("cifar")
    with pytest.raises(GanCourseError, match="'valid'.*train"):
        images.images("mnist", "valid")


@pytest.fixture(scope="module")
def faces():
    return images.images("faces")


def test_faces_are_read_as_the_contract_says(faces):
    test = images.images("faces", "test")
    for part, count in ((faces, 10_000), (test, 2_000)):
        assert part.images.shape == (count, 3, 32, 32) and part.images.dtype == torch.float32
        assert part.images.min() >= -1 and part.images.max() == 1
        assert len(part.attributes) == 10
        for values, names in part.attributes.values():
            assert values.shape == (count,) and values.dtype == torch.int64
            assert 4 <= len(names) <= 12
            # the rarest value is still seen
            assert torch.bincount(values, minlength=len(names)).min() > count / 100
        assert torch.equal(part.labels, part.attributes["hair colour"].values)
        assert part.classes == part.attributes["hair colour"].names
    assert test.source == faces.source == "cartoon faces"


def test_no_face_is_drawn_twice_or_shared_between_the_splits(faces):
    test = images.images("faces", "test")
    both = torch.cat([faces.images, test.images])
    assert len({picture.tobytes() for picture in both.numpy()}) == 12_000
    known = [
        torch.cat([values, test.attributes[name].values])
        for name, (values, _) in faces.attributes.items()
    ]
    assert len(torch.stack(known, dim=1).unique(dim=0)) == 12_000


@pytest.mark.parametrize(
    ("attribute", "row", "column"), [("background", 0, 0), ("skin", 21, 8), ("skin", 21, 23)]
)
def test_pixels_and_attributes_of_a_face_agree(faces, attribute, row, column):
    """The colour at a place is one for each value, and another for another value."""
    values, names = faces.attributes[attribute]
    found = faces.images[:, :, row, column]
    colours = [found[values == k].unique(dim=0) for k in range(len(names))]
    assert [len(one) for one in colours] == [1] * len(names)
    assert len(torch.cat(colours).unique(dim=0)) == len(names)


def test_hats_stand_only_on_hair_that_shows_below(faces):
    hats, kinds = faces.attributes["hat"]
    hair, styles = faces.attributes["hair"]
    under = {styles[k] for k in hair[hats != kinds.index("none")].unique()}
    assert under == {"bob", "long", "flicked", "swept", "braids"}


def test_faces_are_those_that_the_script_draws(faces):
    if not shutil.which("node") or not (ROOT / "book/node_modules/@dicebear").exists():
        pytest.skip("node or its packages are missing: npm --prefix book ci")
    spec = spec_from_file_location("draw_faces", ROOT / "book" / "faces" / "faces.py")
    spec.loader.exec_module(drawing := module_from_spec(spec))
    about = json.loads((images.FACES / "faces.json").read_text(encoding="utf-8"))
    kept = [seed for seed in range(1, 13_000) if seed not in about["seeds passed over"]]
    test = images.images("faces", "test")
    both = torch.cat([faces.images, test.images])
    which = [0, 1, 2, 500, 537, 4_321, 9_999, 10_000, 11_999]
    attributes, drawn = drawing.draw([kept[place] for place in which])
    for place, face in zip(which, drawn):
        fresh = torch.tensor(face["pixels"]).permute(2, 0, 1) / 127.5 - 1
        assert torch.equal(both[place], fresh)
        part, at = (faces, place) if place < 10_000 else (test, place - 10_000)
        for name, value in zip(attributes, face["values"]):
            values, names = part.attributes[name]
            assert names == tuple(attributes[name]) and names[values[at]] == value
    locked = json.loads((ROOT / "book" / "package.json").read_text(encoding="utf-8"))
    assert about["drawn with"].items() <= locked["devDependencies"].items()


def test_other_attributes_as_labels(faces):
    few = faces.take(torch.arange(200))
    two = few.labelled("glasses", "hair colour")
    assert len(two.classes) == 32 and two.classes[:2] == ("none, black", "none, brown")
    for k in range(200):
        glasses, hair = (few.attributes[name] for name in ("glasses", "hair colour"))
        named = f"{glasses.names[glasses.values[k]]}, {hair.names[hair.values[k]]}"
        assert two.classes[two.labels[k]] == named
    assert torch.equal(few.labelled("hair colour").labels, few.labels)
    assert few.labelled("hair colour").classes == few.classes
    with pytest.raises(GanCourseError, match="no attribute 'age': it has hair, hair colour"):
        few.labelled("age")
    with pytest.raises(GanCourseError, match="it has none"):
        images.embedded("test").labelled("hair")


def test_a_part_keeps_what_is_known_of_each_image(faces):
    blue = faces.labels == faces.classes.index("blue")
    glasses = faces.attributes["glasses"].values != 0
    others = faces.take(~(blue & glasses))
    assert 0 < len(faces) - len(others) < 400
    for part in (others, others.to("cpu"), faces.take(torch.tensor([7, 3]))):
        assert len(part) == len(part.labels)
        assert all(len(values) == len(part) for values, _ in part.attributes.values())
    assert torch.equal(faces.take(torch.tensor([7, 3])).images[1], faces.images[3])


def test_other_sizes_and_colours(faces):
    small = images.images("faces", "test", size=16)
    assert small.images.shape == (2000, 3, 16, 16)
    whole = images.images("faces", "test")
    squares = whole.images[:, :, ::2, ::2]  # of the drawing's grid
    assert (small.images - squares).abs().mean() < 0.15 < (small.images - squares.flip(3)).std()
    grey = images.images("faces", "test", channels=1)
    assert grey.images.shape == (2000, 1, 32, 32)
    bright, dark = (whole.images > 0.9).all(1), (whole.images < -0.7).all(1)
    assert bright.any() and (grey.images[:, 0][bright] < -0.9).all()  # paper
    assert dark.any() and (grey.images[:, 0][dark] > 0.7).all()  # ink
    digits = images.images("embedded", "test")
    coloured = images.images("embedded", "test", size=32, channels=3)
    assert coloured.images.shape == (297, 3, 32, 32)
    assert coloured.images.mean() == pytest.approx(-digits.images.mean().item(), abs=0.01)
    assert coloured.images[:, :, 0].min() > 0.95  # the border is paper


@pytest.mark.parametrize("wrong", [{"size": 0}, {"size": -3}, {"channels": 2}, {"channels": 4}])
def test_impossible_sizes(wrong):
    with pytest.raises(GanCourseError, match="size of 1 or more, and 1 or 3 channels"):
        images.images("faces", **wrong)
