"""The command line from end to end, on the embedded digits, with a run of a few steps."""

import json
from pathlib import Path

import pytest
import torch
import yaml

from gan_course import checkpoint, images, pretrained
from gan_course.training import cli
from gan_course.training.recipes import PoemRecipe, kind_of

SMALL = [
    "--networks=conv",
    "--data=embedded",
    "--width=4",
    "--batch_size=8",
    "--checkpoint_every=2",
    "--best_of=100",
]
SMALL += ["--train.latent_dim=4"]


@pytest.fixture(autouse=True)
def few_samples(monkeypatch):
    """Metrics of 300 samples instead of 10,000, and each embedded digit once."""
    monkeypatch.setattr(cli, "SAMPLES", 300)
    monkeypatch.setattr(
        cli.data, "images", lambda name, split="train": images.embedded(split, copies=1)
    )


def train(tmp_path, name="small", steps=4, *more):
    return cli.main(
        ["train", f"--name={name}", f"--runs={tmp_path}", f"--train.steps={steps}", *SMALL, *more]
    )


@pytest.fixture
def run(tmp_path):
    assert train(tmp_path) == 0
    return tmp_path / "small"


def test_a_run_leaves_all_that_its_page_lists(run):
    names = {path.name for path in run.iterdir()}
    assert names == {
        ".lock",
        ".holder",
        "recipe.yaml",
        "checkpoint.pt",
        "log.csv",
        "seconds.txt",
        "small.safetensors",
        "small.json",
        "frechet_distance.csv",
        "best.safetensors",
        "best.json",
        "samples-000000.png",
        "samples-000002.png",
        "samples-000004.png",
    }
    notes = json.loads((run / "small.json").read_text(encoding="utf-8"))
    assert notes["metrics"]["samples"] == 300 and notes["steps"] == 4
    assert notes["metrics"]["frechet_distance"] > notes["metrics"]["ceiling"]["frechet_distance"]
    assert (run / "samples-000004.png").read_bytes()[:4] == b"\x89PNG"
    assert (run / "log.csv").read_text().startswith("step,d_loss")
    assert pretrained.load("small", folder=run).latent_dim == 4


def test_a_finished_run_says_so_and_stays(run, capsys):
    before = (run / "small.json").read_bytes()
    assert train(run.parent) == 0
    assert "is finished" in capsys.readouterr().out and (run / "small.json").read_bytes() == before


def test_another_recipe_is_refused(run, capsys):
    assert train(run.parent, "small", 5) == 1
    assert "another recipe" in capsys.readouterr().err


def test_stopped_and_resumed_equals_uninterrupted(run, tmp_path, monkeypatch, capsys):
    whole = pretrained.load("small", folder=run)
    stop = checkpoint.save_checkpoint

    def save_then_stop(path, state):
        stop(path, state)
        if state["step"] == 2:
            raise KeyboardInterrupt

    other = tmp_path / "other"
    with monkeypatch.context() as interrupted:
        interrupted.setattr("gan_course.game.save_checkpoint", save_then_stop)
        assert train(other) == 130
    assert "goes on from the last checkpoint" in capsys.readouterr().err
    assert train(other) == 0
    assert "resumed" in capsys.readouterr().out
    again = pretrained.load("small", folder=other / "small")
    assert all(
        torch.equal(a, b) for a, b in zip(whole.state_dict().values(), again.state_dict().values())
    )


def test_conditional_run_reports_the_share_read_as_asked(tmp_path):
    assert train(tmp_path, "labels", 2, "--train.num_classes=10") == 0
    notes = json.loads((tmp_path / "labels" / "labels.json").read_text(encoding="utf-8"))
    assert (
        0 <= notes["metrics"]["read_as_asked"] <= 1
        and notes["metrics"]["ceiling"]["read_as_asked"] > 0.5
    )


def test_sample_and_evaluate_take_a_path_or_a_name(run, tmp_path, capsys):
    out = tmp_path / "sheet.png"
    assert cli.main(["sample", str(run / "small"), f"--out={out}", "--n=7"]) == 0
    assert out.read_bytes()[:4] == b"\x89PNG"
    capsys.readouterr()
    assert cli.main(["evaluate", str(run / "small"), "--n=300"]) == 0
    assert yaml.safe_load(capsys.readouterr().out)["samples"] == 300
    assert cli.main(["sample", "no-such-network", f"--out={out}"]) == 1
    assert "no shipped network is called" in capsys.readouterr().err


def test_list(capsys):
    assert cli.main(["list"]) == 0
    assert "classifier-mnist" in capsys.readouterr().out


def test_config_file_and_flag_over_it(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("name: a\nwidth: 8\ntrain:\n  steps: 7\n")
    commands = cli.parser()
    recipe = cli.recipe_of(
        commands.instantiate(
            commands.parse_args(["train", f"--config={path}", "--train.steps=9"])
        ).train
    )
    assert (recipe.name, recipe.width, recipe.train.steps) == ("a", 8, 9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: a\nwidht: 8\n", "widht"),
        ("name: a\ntrain:\n  steps: many\n", "steps"),
        ("name: a\nloss: bce\n", "loss"),
        ("a: [", ""),
    ],
)
def test_wrong_config_names_the_field(tmp_path, capsys, text, message):
    path = tmp_path / "a.yaml"
    path.write_text(text)
    with pytest.raises(SystemExit):
        cli.main(["train", str(path)])
    assert message in capsys.readouterr().err


def test_training_number_out_of_range_is_one_line(tmp_path, capsys):
    assert train(tmp_path, "x", 2, "--train.lr_g=-1") == 1
    assert capsys.readouterr().err.startswith("GanCourseError: TrainConfig.lr_g is -1.0")


def test_value_out_of_range_is_one_line(tmp_path, capsys):
    assert train(tmp_path, "x", 2, "--r1=-1") == 1
    assert capsys.readouterr().err.startswith("GanCourseError: r1 is -1.0")


def test_bf16_without_hardware_is_pointed_out(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cli.runtime, "supports_bf16", lambda: False)
    assert train(tmp_path, "slow", 1, "--train.precision=bf16") == 0
    assert "--train.precision=fp32 will be faster" in capsys.readouterr().out


def test_help_tells_every_field(capsys):
    with pytest.raises(SystemExit):
        cli.main(["train", "--help"])
    text = capsys.readouterr().out
    for word in (
        "--train.lr_final",
        "linearly to this fraction",
        "--gradient_penalty",
        "weight of the gradient penalty",
    ):
        assert word in text


def test_classifier_run(tmp_path):
    arguments = [
        "--networks=classifier",
        "--data=embedded",
        "--width=4",
        "--batch_size=16",
        "--checkpoint_every=2",
        "--train.steps=4",
    ]
    assert (
        cli.main(["train", "--name=c", f"--runs={tmp_path}", "--train.average=0.9", *arguments])
        == 0
    )
    notes = json.loads((tmp_path / "c" / "c.json").read_text(encoding="utf-8"))
    assert 0 <= notes["metrics"]["accuracy"] <= 1 and len(notes["test_features_sha256"]) == 64


POEMS = [
    "--embedding=8",
    "--hidden=12",
    "--layers=1",
    "--batch_size=8",
    "--steps=4",
    "--checkpoint_every=2",
    "--write=3",
]


@pytest.fixture
def poem_config(tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_text("\n".join(f"line {i}" for i in range(40)), encoding="utf-8")
    path = tmp_path / "p.yaml"
    path.write_text(f"kind: poems\nname: p\npoems: {lines}\n", encoding="utf-8")
    return path


def test_a_run_of_poems(poem_config, tmp_path, capsys):
    arguments = ["train", str(poem_config), f"--runs={tmp_path}", *POEMS]
    assert cli.main(arguments) == 0
    names = {path.name for path in (tmp_path / "p").iterdir()}
    assert names == {
        ".lock",
        ".holder",
        "recipe.yaml",
        "checkpoint.pt",
        "log.csv",
        "seconds.txt",
        "p.safetensors",
        "p.json",
        "poems-000002.txt",
        "poems-000004.txt",
    }
    assert len((tmp_path / "p" / "poems-000004.txt").read_text(encoding="utf-8").split("\n")) == 4
    notes = json.loads((tmp_path / "p" / "p.json").read_text(encoding="utf-8"))
    assert (
        notes["data"]["lines"] == 40
        and {"form", "loss", "held_out", "verses_copied"} <= notes["metrics"].keys()
    )
    capsys.readouterr()
    assert cli.main(arguments) == 0 and "is finished" in capsys.readouterr().out
    assert cli.main(["sample", str(tmp_path / "p" / "p"), "--n=5"]) == 0
    assert len(capsys.readouterr().out.split("\n")) == 6
    assert (
        cli.main(["evaluate", str(tmp_path / "p" / "p")]) == 1
        and "makes no images" in capsys.readouterr().err
    )


def test_the_config_of_poems_has_the_usual_settings():
    path = Path(__file__).parents[2] / "configs" / "poems.yaml"
    assert kind_of(path) == "poems"
    commands = cli.parser("poems")
    recipe = cli.recipe_of(
        commands.instantiate(commands.parse_args(["train", "--config", str(path)])).train, "poems"
    )
    assert recipe == PoemRecipe("poems")
    assert (recipe.embedding, recipe.hidden, recipe.layers, recipe.dropout) == (128, 256, 2, 0.5)
    assert (recipe.lr, recipe.batch_size, recipe.max_length, recipe.poems) == (1e-3, 64, 24, None)


def test_poems_that_cannot_be_read_are_one_line(poem_config, tmp_path, capsys):
    assert cli.main(["train", str(poem_config), f"--runs={tmp_path}", "--poems=nowhere.txt"]) == 1
    assert capsys.readouterr().err.startswith("DataError: there is no file nowhere.txt")
    poem_config.write_text("kind: songs\nname: p\n")
    assert cli.main(["train", str(poem_config)]) == 1
    assert "kind is 'songs'; there are images, poems" in capsys.readouterr().err
