"""Runs on a folder of pictures as people have them, from end to end."""

import itertools
import json

import numpy as np
import pytest
import torch
from PIL import Image

from gan_course import checkpoint, pretrained
from gan_course.training import cli, features, games

TINY = ["--width=2", "--batch_size=8", "--checkpoint_every=2", "--best_of=100"]
TINY += ["--train.latent_dim=4", "--train.precision=fp32", "--train.average=0"]


@pytest.fixture(autouse=True)
def small(tmp_path, monkeypatch):
    """A cache of this test's own, few samples, and a network of the run's own, hardly trained."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(games, "SAMPLES", 150)
    monkeypatch.setattr(features.own_network, "__defaults__", (3,))


@pytest.fixture
def folder(tmp_path):
    """160 pictures of many kinds, and files that are none."""
    made = tmp_path / "mine"
    made.mkdir()
    random = np.random.default_rng(0)
    for k in range(160):
        width, height = random.integers(20, 50, 2)
        pixels = random.integers(0, 256, (height, width, 4), dtype=np.uint8)
        mode = ("RGB", "L", "RGBA", "P")[k % 4]
        Image.fromarray(pixels).convert(mode).save(made / f"{k:03d}.png")
    (made / "words.png").write_bytes(b"these are only words")
    (made / "empty.jpg").write_bytes(b"")
    (made / "notes.txt").write_text("passed over")
    return made


def train(folder, tmp_path, *more, steps=4, runs="runs"):
    flags = [f"--data={folder}", f"--runs={tmp_path / runs}", f"--train.steps={steps}"]
    return cli.main(["train", "faces-32", *flags, *TINY, *more])


@pytest.mark.parametrize(("size", "channels"), [(32, 3), (64, 1), (20, 0)])
def test_a_mixed_folder_is_trained_on_sampled_and_measured(
    size, channels, folder, tmp_path, capsys
):
    assert train(folder, tmp_path, f"--size={size}", f"--channels={channels}") == 0
    run, out = tmp_path / "runs" / "faces-32", capsys.readouterr().out
    assert out.count("160 pictures, ") == 1  # one report
    assert "left out, 0 bytes: 1 (empty.jpg)" in out
    assert "D sees its 144 pictures augmented" in out
    notes = json.loads((run / "faces-32.json").read_text(encoding="utf-8"))
    colours = channels or 3
    assert notes["network"]["arguments"]["shape"] == [colours, size, size]
    assert notes["data"]["images"] == 144
    found = notes["metrics"]
    assert "144 training images" in found["measured_on"] and "this run" in found["features"]
    assert found["frechet_distance"] > 0 and 0 <= found["copies"]["copies"] <= 1
    assert (run / "frechet_distance.csv").exists() and (run / features.FILE).exists()
    assert cli.main(["sample", str(run), "--n=10", f"--out={tmp_path / 'a.png'}"]) == 0
    with Image.open(tmp_path / "a.png") as sheet:
        assert sheet.size == (10 * (size + 2) + 2, size + 4)
    capsys.readouterr()
    assert cli.main(["evaluate", str(run), "--n=150"]) == 0
    out = capsys.readouterr().out
    assert f"frechet_distance: {found['frechet_distance']}" in out and "learns" not in out


def test_a_tenth_is_held_out_always_the_same_and_never_trained_on(folder):
    training = games.find(str(folder), "train", 16).images.flatten(1)
    test = games.find(str(folder), "test", 16).images.flatten(1)
    assert (len(training), len(test)) == (144, 16)
    assert torch.cdist(test, training).min() > 0.1
    assert torch.equal(games.find(str(folder), "test", 16).images.flatten(1), test)
    (folder / "train").mkdir()
    (folder / "test").mkdir()
    for k, file in enumerate(sorted(folder.glob("*.png"))):
        file.rename(folder / ("test" if k < 30 else "train") / file.name)
    parts = [len(games.find(str(folder), split, 16)) for split in ("train", "test")]
    assert parts == [130, 30]  # those that the folder itself sets aside


def test_stopped_and_resumed_equals_uninterrupted_and_other_pictures_are_refused(
    folder, tmp_path, capsys
):
    flags = ["--size=16", "--train.lr_final=1"]
    assert train(folder, tmp_path, *flags, runs="whole") == 0
    assert train(folder, tmp_path, *flags, steps=2, runs="parts") == 0
    (tmp_path / "parts" / "faces-32" / "faces-32.json").unlink()
    assert train(folder, tmp_path, *flags, runs="parts") == 0
    whole, parts = (
        checkpoint.load_checkpoint(tmp_path / name / "faces-32" / "checkpoint.pt")["parts"]["D"]
        for name in ("whole", "parts")
    )
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
    (tmp_path / "parts" / "faces-32" / "faces-32.json").unlink()
    Image.new("RGB", (30, 30), "red").save(folder / "new.png")
    assert train(folder, tmp_path, *flags, steps=6, runs="parts") == 1
    assert "was begun on 144 pictures of mine (sha256" in capsys.readouterr().err


def test_some_numbers_of_pictures(folder, tmp_path, capsys):
    for file in sorted(folder.glob("*.png"))[30:]:
        file.unlink()
    assert train(folder, tmp_path, "--size=16", "--augment=none", runs="thirty") == 0
    out = capsys.readouterr().out
    assert "27 pictures are too few for a distance at each checkpoint" in out
    assert "augmented" not in out.split("faces-32:")[1]
    metrics = pretrained.about("faces-32", tmp_path / "thirty" / "faces-32")["metrics"]
    assert "frechet_distance" not in metrics and "kernel_distance" in metrics
    for file in sorted(folder.glob("*.png"))[9:]:
        file.unlink()
    assert train(folder, tmp_path, "--size=16", runs="nine") == 1
    assert "holds 9 pictures: training needs 10 or more" in capsys.readouterr().err
    for name in ("nowhere", folder / "notes.txt"):
        assert train(name, tmp_path, runs="none") == 1
        assert "name a folder of pictures" in capsys.readouterr().err


def test_a_long_run_says_what_it_will_take(folder, tmp_path, monkeypatch, capsys):
    clock = itertools.count(0, 0.06)  # 60 ms at each look
    monkeypatch.setattr(games, "now", lambda: next(clock))
    monkeypatch.setattr(games, "LONG", 4)
    assert train(folder, tmp_path, "--size=16") == 0
    out = capsys.readouterr().out
    assert "a step takes 60 ms here, 4 some 1 minutes; " in out and "evening" not in out
    monkeypatch.setattr(games, "EVENING", 0)
    assert train(folder, tmp_path, "--size=16", runs="again") == 0
    assert "longer than an evening. Quicker are a lower --size" in capsys.readouterr().out
    assert train(folder, tmp_path, "--size=16", steps=3, runs="short") == 0
    assert "a step takes" not in capsys.readouterr().out
