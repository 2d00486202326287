"""Two hundred random inputs of each kind: taken, or one clear error; no file changes."""

import gzip
import struct

import pytest
import torch
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gan_course import checkpoint, game, images, metrics, mnist, plots, pretrained
from gan_course.chapters import poems
from gan_course.errors import GanCourseError
from gan_course.training import cli
from gan_course.training.recipes import PoemRecipe, Recipe

N = 200
FUZZ = settings(
    max_examples=N,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)
LEAF = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
VALUES = st.recursive(
    LEAF,
    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=5), x, max_size=3),
    max_leaves=6,
)
TEXT = st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
FIELDS = sorted(
    {
        *Recipe.__dataclass_fields__,
        *PoemRecipe.__dataclass_fields__,
        "train.steps",
        "runs",
        "no_such_field",
    }
)
RECIPES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5)


@pytest.fixture
def quiet(monkeypatch):
    """The command line reads and checks the recipe, but does not train."""
    monkeypatch.setattr(cli, "train", lambda recipe, runs: 0)


def status_of(path, capsys) -> tuple[int, str]:
    try:
        status = cli.main(["train", str(path)])
    except SystemExit as end:  # the parser's own way: usage and one line, status 2
        status = end.code
    return status, capsys.readouterr().err


def test_configs(tmp_path, quiet, capsys, tally):
    path, seen = tmp_path / "config.yaml", []

    @FUZZ
    @given(
        st.one_of(
            RECIPES.map(lambda fields: yaml.safe_dump({"name": "a", **fields})),
            VALUES.map(yaml.safe_dump),
            st.text(max_size=60),
        )
    )
    def fuzz(text):
        written = text.encode("utf-8", "surrogatepass")
        path.write_bytes(written)
        status, said = status_of(path, capsys)
        fine = status == 0 or (bool(said.strip()) and "Traceback" not in said)
        seen.append(fine and path.read_bytes() == written)

    fuzz()
    tally("random config: taken, or one clear error", sum(seen), len(seen))


def outcome(read, path, content: bytes) -> bool:
    """Whether reading `content` succeeds or gives a course's error, and leaves the file alone."""
    path.write_bytes(content)
    try:
        read()
    except GanCourseError as error:
        return len(str(error)) > 20 and path.read_bytes() == content
    return path.read_bytes() == content


def test_idx_files(tmp_path, monkeypatch, tally):
    """Twenty images in Fashion-MNIST's layout (no checksums here), one of its files spoiled."""
    monkeypatch.setattr(mnist, "COUNTS", {"train": 20, "test": 20})
    raw, seen = tmp_path / "FashionMNIST" / "raw", []
    raw.mkdir(parents=True)
    pictures = struct.pack(">IIII", 0x803, 20, 28, 28) + bytes(784 * 20)
    labels = struct.pack(">II", 0x801, 20) + bytes(20)
    for split in ("train", "test"):
        for name, content in zip(mnist.FILES[split], (pictures, labels)):
            (raw / name).write_bytes(content)
    assert len(images.images("fashion", "test", tmp_path)) == 20

    @FUZZ
    @given(
        st.sampled_from([0, 1]),
        st.lists(st.tuples(st.integers(0, 30), st.integers(0, 255)), max_size=6),
        st.integers(-40, 40),
    )
    def fuzz(which, flips, longer):
        whole = bytearray((pictures, labels)[which])
        for place, byte in flips:
            whole[place % len(whole)] = byte
        content = bytes(whole) + bytes(longer) if longer >= 0 else bytes(whole[:longer])
        path = raw / mnist.FILES["test"][which]
        seen.append(outcome(lambda: images.images("fashion", "test", tmp_path), path, content))
        path.write_bytes((pictures, labels)[which])

    fuzz()
    tally("random idx file: read, or one clear error", sum(seen), len(seen))


def test_text_files(tmp_path, tally):
    path, seen = tmp_path / "poems.txt", []

    @FUZZ
    @given(st.one_of(st.binary(max_size=200), TEXT), st.integers(1, 30))
    def fuzz(content, longest):
        seen.append(outcome(lambda: poems.corpus(str(path), longest), path, content))

    fuzz()
    tally("random text file: read, or one clear error", sum(seen), len(seen))


ANY_SHAPE = st.lists(st.integers(0, 3) | st.just(28), max_size=5).map(tuple)
SHAPES = ANY_SHAPE | st.sampled_from([(2, 1, 28, 28), (2, 3, 28, 28)])
KINDS = st.sampled_from([torch.float32, torch.float64, torch.float16, torch.uint8, torch.bool])
PIXELS = st.sampled_from([0.0, -1.0, 0.5, 255.0, float("nan"), float("inf")])


def test_images(tally):
    """Random tensors as images or as features, to whatever measures or shows them."""
    readers = {
        "digit classifier": pretrained.read,
        "sheet": plots.sheet_png,
        "statistics": metrics.statistics,
        "mode coverage": lambda x: metrics.mode_coverage(x, torch.zeros(3, 2), 0.1),
        "precision and recall": lambda x: metrics.precision_recall(x, x, k=1),
        "kernel distance": lambda x: metrics.kernel_distance(x, x),
        "memorisation": lambda x: metrics.memorisation(x, x, x),
        "U-Net": lambda x: game.sample(pretrained.load("inpainting-mnist"), torch.zeros(2, 4), x),
    }
    seen = []

    @FUZZ
    @given(st.sampled_from(sorted(readers)), SHAPES, KINDS, PIXELS)
    def fuzz(name, shape, kind, pixel):
        x = torch.full(shape, pixel).to(kind)
        try:
            readers[name](x)
            seen.append(True)
        except Exception as error:
            seen.append(isinstance(error, GanCourseError))
            if not seen[-1]:
                said = f"{type(error).__name__}: {str(error)[:100]}"
                print(f"{name}, {kind} {shape} of {pixel}: {said}")

    fuzz()
    fault = "random tensor as images or features: measured or shown, or one clear error"
    tally(fault, sum(seen), len(seen))


def test_checkpoints_and_archives(tmp_path, tally):
    """Random bytes, random changes of a real checkpoint, other archives."""
    path, seen = tmp_path / "run.pt", []
    checkpoint.save_checkpoint(path, {"step": 1, "parts": {"G": {}}, "records": [{"step": 1}]})
    whole = path.read_bytes()
    flip = st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255))
    changed = st.lists(flip, min_size=1, max_size=10).map(
        lambda flips: bytes(dict(flips).get(place, byte) for place, byte in enumerate(whole))
    )

    @FUZZ
    @given(st.one_of(st.binary(max_size=300), changed, st.binary(max_size=50).map(gzip.compress)))
    def fuzz(content):
        seen.append(outcome(lambda: checkpoint.load_checkpoint(path), path, content))

    fuzz()
    tally("random checkpoint: read, or one clear error", sum(seen), len(seen))
