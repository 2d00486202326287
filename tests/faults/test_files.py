"""Files that are cut short, flipped, foreign, or made to run code."""

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest
import torch
from small_runs import play

from gan_course import checkpoint, game, pretrained
from gan_course.errors import CheckpointError, GanCourseError
from gan_course.training import cli

SHIPPED = sorted(pretrained.FOLDER.glob("*.safetensors"))


@pytest.fixture
def run_file(tmp_path) -> Path:
    """A checkpoint of a short run."""
    path = tmp_path / "run.pt"
    play("conditional WGAN-GP", [game.Checkpoint(path, every=2)], steps=2)
    return path


def refused(read, error=GanCourseError) -> bool:
    """Whether it raised one of the course's errors; another exception counts as not refused."""
    try:
        read()
    except error:
        return True
    except Exception as other:
        print(f"{type(other).__name__}: {other}")
    return False


def test_checkpoint_cut_at_every_quarter(run_file, tally):
    """Each is refused, and stays as it is."""
    whole = run_file.read_bytes()
    cuts = [0, len(whole) // 4, len(whole) // 2, 3 * len(whole) // 4, len(whole) - 1]
    count = 0
    for cut in cuts:
        run_file.write_bytes(whole[:cut])
        count += (
            refused(lambda: checkpoint.load_checkpoint(run_file), CheckpointError)
            and len(run_file.read_bytes()) == cut
        )
    tally("checkpoint cut at every quarter, and by one byte: refused, kept", count, len(cuts))


def test_a_bit_flipped_in_a_shipped_file(tmp_path, tally):
    """Ten random bits of each shipped network: refused by its hash."""
    draw, count, of = random.Random(0), 0, 0
    for path in SHIPPED:
        for neighbour in pretrained.FOLDER.glob(f"{path.stem}*"):
            shutil.copyfile(neighbour, tmp_path / neighbour.name)
        whole = path.read_bytes()
        for _ in range(10):
            spoiled = bytearray(whole)
            spoiled[draw.randrange(len(whole))] ^= 1 << draw.randrange(8)
            (tmp_path / path.name).write_bytes(spoiled)
            before = hashlib.sha256(spoiled).hexdigest()
            count += refused(lambda name=path.stem: pretrained.load(name, folder=tmp_path))
            assert hashlib.sha256((tmp_path / path.name).read_bytes()).hexdigest() == before
            of += 1
    tally(f"one bit flipped in a shipped network ({len(SHIPPED)} files): refused", count, of)


def test_a_description_spoiled(tmp_path, tally):
    """The JSON beside a shipped network: cut short, not JSON, of another class, without a key."""
    name = "mlp-mnist"
    for path in pretrained.FOLDER.glob(f"{name}*"):
        shutil.copyfile(path, tmp_path / path.name)
    whole = (tmp_path / f"{name}.json").read_text(encoding="utf-8")
    other, missing = json.loads(whole), json.loads(whole)
    other["network"]["class"] = "os.system"
    del missing["sha256"]
    broken = [whole[: len(whole) // 2], "", "[]", "<html>", json.dumps(other), json.dumps(missing)]
    count = 0
    for text in broken:
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
        count += refused(lambda: pretrained.load(name, folder=tmp_path))
    tally(
        "description of a network cut, emptied, foreign or naming another class: refused",
        count,
        len(broken),
    )


def test_files_that_would_run_code(tmp_path, capsys, tally):
    """Pickles for resume=, pickles as a network, and YAML that would construct objects."""
    mark = tmp_path / "ran"

    class Evil:
        def __reduce__(self):
            return (open, (str(mark), "w"))

    count = 0
    torch.save({"format": checkpoint.FORMAT, "parts": Evil()}, tmp_path / "evil.pt")
    count += refused(lambda: checkpoint.load_checkpoint(tmp_path / "evil.pt"), CheckpointError)
    for path in pretrained.FOLDER.glob("mlp-mnist*"):
        shutil.copyfile(path, tmp_path / path.name)
    torch.save(Evil(), tmp_path / "mlp-mnist.safetensors")
    count += refused(lambda: pretrained.load("mlp-mnist", folder=tmp_path))
    documents = [
        f"!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path [{mark}]]",
        f"name: !!python/object/apply:os.system ['touch {mark}']",
        f"name: a\ntrain: !!python/object/new:os.system ['touch {mark}']",
        f"name: a\ntrain: {{class_path: os.system, init_args: {{command: 'touch {mark}'}}}}",
    ]
    for text in documents:
        (tmp_path / "evil.yaml").write_text(text, encoding="utf-8")
        try:
            status = cli.main(["train", str(tmp_path / "evil.yaml"), f"--runs={tmp_path / 'runs'}"])
        except SystemExit as end:
            status = end.code
        said = capsys.readouterr().err
        count += status != 0 and bool(said) and "Traceback" not in said
    assert not mark.exists()
    tally("pickle or YAML that would run code: refused, nothing ran", count, 2 + len(documents))
