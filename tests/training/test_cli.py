"""The command line from end to end, on the embedded digits, with a run of a few steps."""

import json
import re
import wave

import pytest
import torch
import yaml
from PIL import Image

from gan_course import checkpoint, data, images, pretrained, runtime
from gan_course.chapters import inpainting, sounds
from gan_course.training import cli, doctor, games, reading, runs
from gan_course.training.recipes import PoemRecipe
from gan_course.training.samples import save_sheet

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
    monkeypatch.setattr(games, "SAMPLES", 300)
    monkeypatch.setattr(
        data, "images", lambda name, split="train": images.embedded(split, copies=1)
    )


def recipe_of(*arguments):
    """The recipe that arguments of `train` name."""
    return cli.recipe_of(*cli.parser().parse_known_args(["train", *map(str, arguments)]))


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


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("conditional-mnist", "train.steps", 3),
        ("classifier-mnist", "train.steps", 3),
        ("poems", "steps", 3),
        ("sounds-wgan-gp", "train.steps", 3),
        ("inpainting-mnist", "train.steps", 3),
    ],
)
def test_arguments_in_any_order(name, field, value):
    file = reading.shipped()[name]
    flag = f"--{field}={value}"
    whole = recipe_of(name, flag)
    assert (whole.train if "." in field else whole).steps == value and whole.name == name
    for arguments in (
        [f"--config={file}", flag],
        [flag, f"--config={file}"],
        ["--config", file, f"--{field}", value],
        [f"--{field}", value, file],
        [flag, file, "--runs", "elsewhere"],
        ["--runs", "elsewhere", "--config", file, flag],
        ["--runs=elsewhere", flag, name],
        [file, flag],
    ):
        assert recipe_of(*arguments) == whole, arguments
    assert recipe_of(name) != whole


def test_flags_have_the_types_of_their_fields(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("name: a\nwidth: 8\ntrain:\n  steps: 7\n  lr_g: 1e-3\n")
    flags = ["--train.steps=9", "--hidden=[5, 6]", "--spectral_norm=true", "--train.lr_d=2e-3"]
    recipe = recipe_of(path, *flags, "--train.betas", "[0, 0.9]", "--name=7")
    assert (recipe.name, recipe.width, recipe.train.steps) == ("7", 8, 9)
    assert recipe.hidden == (5, 6) and recipe.spectral_norm is True
    assert (recipe.train.lr_g, recipe.train.lr_d) == (1e-3, 2e-3)
    assert recipe.train.betas == (0.0, 0.9)
    assert recipe_of("poems", "--poems=null").poems is None


def test_an_old_file_without_a_kind_is_of_images():
    assert recipe_of("dcgan-mnist").kind == "images"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: a\nwidht: 8\n", "line 2: widht is no field .* did you mean width?"),
        ("name: a\ntrain:\n  stepz: 1\n", "line 3: train.stepz .* did you mean train.steps?"),
        ("name: a\nsteps: 1\n", "line 2: steps .* did you mean train.steps?"),
        ("name: a\ntrain:\n  steps: many\n", "line 3: train.steps is 'many'.* a whole number"),
        ("name: a\ntrain:\n  steps: 3.5\n", "train.steps is 3.5"),
        ("name: a\nloss: bce\n", "line 2: loss is 'bce': it must be one of non-saturating, "),
        ("name: a\nspectral_norm: 1\n", "spectral_norm is 1: it must be true or false"),
        ("name: a\nhidden: 5\n", "hidden is 5: it must be a list of numbers"),
        ("name: 5\n", "name is 5: it must be text"),
        ("name: a\ntrain: 5\n", "line 2: train is no field"),
        ("kind: songs\nname: p\n", "kind is 'songs'; there are images, poems"),
        ("kind: [poems]\nname: p\n", "there are images, poems"),
        ("kind: sounds\nname: p\nvariant: loud\n", "variant is 'loud': .* waves and spectra"),
        ("kind: inpainting\nname: p\ntask: x\n", "task is 'x': it must be one of fill, "),
        ("width: 8\n", "the name of the run is missing"),
        ("a: [", "line 1 is not YAML"),
        ("", "must hold lines such as"),
        ("a: 2024-99-99", "cannot be read as YAML"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_place_and_field(tmp_path, capsys, text, message):
    path = tmp_path / "a.yaml"
    path.write_text(text)
    assert cli.main(["train", str(path)]) == 1
    assert_one_line(capsys.readouterr().err, message)


def assert_one_line(text, message):
    assert re.search(message, text) and len(text.splitlines()) == 1 and "\x1b" not in text, text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["train"], "name of the run is missing.*dcgan-mnist"),
        (["train", "dcgan-mnits"], "did you mean dcgan-mnist?.*conditional-mnist, dcgan-mnist"),
        (["train", "poems", "dcgan-mnist"], "takes one recipe, not 2"),
        (["train", "poems", "--widht=8"], "no option --widht: did you mean width?"),
        (["train", "dcgan-mnist", "--lr=1"], "--lr is no field of a recipe of kind images"),
        (["train", "poems", "--steps"], "expected one argument"),
        (["train", "poems", "--lr=fast"], "--lr is 'fast': it must be a number"),
        (["lists"], "invalid choice"),
        (["list", "all"], "list does not take all"),
        (["sample"], "required: name"),
        (["sample", "dcgan-mnist", "--n=x"], "invalid int value"),
        (["sample", "dcgan-mnist", "--n=0"], "n is 0"),
        (["sample", "dcgan-mnist", "--n", "-3"], "n is -3"),
        (["sample", "dcgan-mnist", "--label=3"], "dcgan-mnist takes no label"),
        (["sample", "conditional-mnist", "--label=10"], "takes the labels 0 to 9; --label is 10"),
        (["sample", "conditional-mnist", "--out=a.bmp"], "written as .png, .jpg, .jpeg"),
        (["sample", "sounds-wgan-gp", "--out=a.png", "--n=1"], "written as .wav"),
        (["sample", "classifier-mnist"], "is no generator"),
        (["sample", "inpainting-mnist"], "makes none from z alone"),
        (["sample", "no-such-network"], "no shipped network is called"),
        (["evaluate", "dcgan-mnist", "--n=0"], "n is 0"),
        (["evaluate", "dcgan-mnist", "--n=99"], "fewer than 100"),
        (["evaluate", "classifier-mnist"], "is no generator"),
        (["evaluate", "inpainting-mnist"], "makes none from z alone"),
        (["evaluate", "sounds-wgan-gp"], "makes no images"),
    ],
)
def test_a_wrong_command_is_one_line(tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 1
    assert_one_line(capsys.readouterr().err, message)
    assert not list(tmp_path.iterdir())


def test_escape_codes_do_not_reach_the_reader(monkeypatch, capsys):
    def fail():
        raise cli.GanCourseError("weights only: \x1b[1mtorch.load\x1b[0m failed")

    monkeypatch.setattr(pretrained, "available", fail)
    assert cli.main(["list"]) == 1
    assert capsys.readouterr().err == "GanCourseError: weights only: torch.load failed\n"


def test_doctor_is_a_command_too(monkeypatch):
    monkeypatch.setattr(doctor, "main", lambda: 1)
    assert cli.main(["doctor"]) == 1


def test_without_a_command_there_is_help(capsys):
    assert cli.main([]) == 0
    assert "train a recipe" in capsys.readouterr().out


def test_training_number_out_of_range_is_one_line(tmp_path, capsys):
    assert train(tmp_path, "x", 2, "--train.lr_g=-1") == 1
    assert capsys.readouterr().err.startswith("GanCourseError: TrainConfig.lr_g is -1.0")


def test_value_out_of_range_is_one_line(tmp_path, capsys):
    assert train(tmp_path, "x", 2, "--r1=-1") == 1
    assert capsys.readouterr().err.startswith("GanCourseError: r1 is -1.0")


@pytest.mark.parametrize("networks", ["conv", "classifier"])
def test_precision_is_measured_once_and_stays_that_of_the_run(
    networks, tmp_path, capsys, monkeypatch
):
    """bf16 wins when the run begins, and would lose when it is taken up again."""

    def gain(number):
        monkeypatch.setattr(runtime, "_gains", {})
        monkeypatch.setattr(runtime, "_gain_of_bf16", lambda *_: number)

    save = checkpoint.save_checkpoint

    def save_then_stop(path, state):
        save(path, state)
        raise KeyboardInterrupt

    gain(2.0)
    module = "game" if networks == "conv" else "training.classify"
    with monkeypatch.context() as interrupted:
        interrupted.setattr(f"gan_course.{module}.save_checkpoint", save_then_stop)
        assert train(tmp_path, "a", 4, f"--networks={networks}") == 130
    assert "precision: bf16, 2.00 times as fast" in capsys.readouterr().out
    gain(0.5)
    assert train(tmp_path, "a", 4, f"--networks={networks}") == 0
    assert "precision:" not in capsys.readouterr().out.split("training\n")[0]
    assert pretrained.about("a", tmp_path / "a")["recipe"]["train"]["precision"] == "bf16"
    assert train(tmp_path, "b", 1, f"--networks={networks}") == 0
    assert pretrained.about("b", tmp_path / "b")["recipe"]["train"]["precision"] == "fp32"


def test_a_sound_or_a_picture_with_a_hole_is_trained_in_the_faster_precision(tmp_path, monkeypatch):
    monkeypatch.setattr(inpainting.random_images, "__defaults__", (100,))
    monkeypatch.setattr(sounds.measure_generator, "__defaults__", (200,))
    monkeypatch.setattr(runtime, "_gain_of_bf16", lambda *_: 2.0)
    for name, flags in (("sounds-wgan-gp", SOUNDS), ("inpainting-mnist", INPAINTING)):
        monkeypatch.setattr(runtime, "_gains", {})
        arguments = ["train", name, f"--runs={tmp_path}", "--train.steps=1", *flags]
        assert cli.main(arguments) == 0
        numbers = pretrained.about(name, tmp_path / name)["recipe"]["train"]
        assert numbers["precision"] == "bf16"


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
    recipe = recipe_of("poems")
    assert recipe == PoemRecipe("poems")
    assert (recipe.embedding, recipe.hidden, recipe.layers, recipe.dropout) == (128, 256, 2, 0.5)
    assert (recipe.lr, recipe.batch_size, recipe.max_length, recipe.poems) == (1e-3, 64, 24, None)


def test_poems_that_cannot_be_read_are_one_line(poem_config, tmp_path, capsys):
    assert cli.main(["train", str(poem_config), f"--runs={tmp_path}", "--poems=nowhere.txt"]) == 1
    assert capsys.readouterr().err.startswith("DataError: there is no file nowhere.txt")


SOUNDS = ["--width=4", "--sounds=64", "--checkpoint_every=1", "--train.latent_dim=4"]
INPAINTING = ["--data=embedded", "--checkpoint_every=1"]


@pytest.mark.parametrize(
    ("name", "flags"), [("sounds-wgan-gp", SOUNDS), ("inpainting-mnist", INPAINTING)]
)
def test_a_run_of_a_chapter_resumes_bit_for_bit(name, flags, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(inpainting.random_images, "__defaults__", (100,))
    monkeypatch.setattr(sounds.measure_generator, "__defaults__", (200,))
    arguments = ["train", name, "--train.steps=2", *flags]
    assert cli.main([*arguments, f"--runs={tmp_path / 'whole'}"]) == 0
    assert not capsys.readouterr().err
    save = checkpoint.save_checkpoint

    def save_then_stop(path, state):
        save(path, state)
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr("gan_course.game.save_checkpoint", save_then_stop)
        assert cli.main([*arguments, f"--runs={tmp_path / 'parts'}"]) == 130
    assert cli.main([*arguments, f"--runs={tmp_path / 'parts'}"]) == 0
    assert ", resumed" in capsys.readouterr().out
    whole, parts = (
        pretrained.load(name, folder=tmp_path / which / name) for which in ("whole", "parts")
    )
    assert all(
        torch.equal(a, b) for a, b in zip(whole.state_dict().values(), parts.state_dict().values())
    )
    notes = pretrained.about(name, tmp_path / "whole" / name)
    assert notes["network"]["class"] == pretrained.about(name)["network"]["class"]
    assert pretrained.about(name)["metrics"].keys() == notes["metrics"].keys()
    assert notes["recipe"]["train"]["steps"] == 2


def picture(path):
    """The picture in a file, which is closed again."""
    with Image.open(path) as file:
        file.load()
        return file


def test_sheets_have_the_format_of_their_name_and_true_colours(tmp_path):
    save_sheet(torch.full((1, 1, 5, 6), -1.0), tmp_path / "grey.png")
    grey = picture(tmp_path / "grey.png")
    assert (grey.format, grey.mode, grey.size) == ("PNG", "L", (6, 5))
    assert grey.getpixel((0, 0)) == 255  # no ink: the white of the paper
    red = torch.tensor([1.0, -1.0, -1.0]).view(1, 3, 1, 1).expand(12, 3, 8, 8)
    save_sheet(red, tmp_path / "red.png")
    sheet = picture(tmp_path / "red.png")
    assert (sheet.mode, sheet.size) == ("RGB", (10 * 10 + 2, 2 * 10 + 2))
    assert sheet.getpixel((5, 5)) == (255, 0, 0) and sheet.getpixel((0, 0)) == (255, 255, 255)


def test_samples_of_one_label_as_jpeg_as_single_files_and_as_sounds(tmp_path):
    sheet, folder = tmp_path / "a.jpg", tmp_path / "single"
    assert cli.main(["sample", "conditional-mnist", "--label=3", "--n=20", f"--out={sheet}"]) == 0
    assert picture(sheet).format == "JPEG"
    one = ["--label", "3", "--n", "20", "--one-file-each", "--out", str(folder)]
    assert cli.main(["sample", *one, "conditional-mnist"]) == 0
    files = sorted(folder.iterdir())
    assert [files[0].name, files[-1].name, len(files)] == ["00000.png", "00019.png", 20]
    levels = [torch.frombuffer(bytearray(picture(f).tobytes()), dtype=torch.uint8) for f in files]
    digits = (1 - torch.stack(levels).view(20, 1, 28, 28) / 127.5).clamp(-1, 1)
    assert (pretrained.read(digits)[1].argmax(1) == 3).float().mean() > 0.8
    sound = tmp_path / "a.wav"
    assert cli.main(["sample", "sounds-wgan-gp", "--n=3", f"--out={sound}"]) == 0
    with wave.open(str(sound)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (1, 4000, 3 * 1024)


def test_a_run_folder_names_its_network(run, tmp_path, capsys):
    assert cli.main(["evaluate", str(run), "--n=100"]) == 0
    (run / "small.json").unlink()
    out = tmp_path / "a.png"
    assert cli.main(["sample", str(run), f"--out={out}"]) == 0 and out.exists()
    assert "not finished: this is its best network so far, of step" in capsys.readouterr().out
    (run / "best.json").unlink()
    assert cli.main(["sample", str(run), f"--out={out}"]) == 1
    assert "holds no network yet; there are: " in capsys.readouterr().err
    assert runs.find_network("dcgan-mnist") == ("dcgan-mnist", None)
