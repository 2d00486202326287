"""The command line from end to end, on the embedded digits, with a run of a few steps."""

import json
import re
import signal
import sys
import wave

import pytest
import torch
import yaml
from PIL import Image

import gan_course.training
from gan_course import __main__, checkpoint, data, game, images, mnist, pretrained, runtime
from gan_course.chapters import diffusion, inpainting, sounds, text
from gan_course.training import budget, chapter_runs, classify, cli, doctor, games, reading
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
SMALL += ["--train.latent_dim=4", "--train.precision=fp32"]
SOUNDS = ["--width=4", "--sounds=64", "--train.latent_dim=4"]
SOUNDS += ["--checkpoint_every=9", "--train.precision=fp32"]
INPAINTING = ["--data=embedded", "--checkpoint_every=9", "--train.precision=fp32"]
POEMS = [
    "--embedding=8",
    "--hidden=12",
    "--layers=1",
    "--batch_size=8",
    "--steps=4",
    "--checkpoint_every=2",
    "--write=3",
]


@pytest.fixture(autouse=True)
def few_samples(monkeypatch):
    """Metrics of 300 samples instead of 10,000, and each embedded digit once."""
    monkeypatch.setattr(games, "SAMPLES", 700)
    monkeypatch.setattr(
        data, "images", lambda name, split="train", **_: images.embedded(split, copies=1)
    )


def recipe_of(*arguments):
    """The recipe that arguments of `train` name."""
    return cli.recipe_of(*cli.parser().parse_known_args(["train", *map(str, arguments)]))


def train(tmp_path, name="small", steps=4, *more):
    flags = [f"--name={name}", f"--runs={tmp_path}", f"--train.steps={steps}", *SMALL, *more]
    if "--networks=classifier" in flags:
        flags.remove("--best_of=100")  # of games alone
    return cli.main(["train", *flags])


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
        "resolved.yaml",
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
    assert train(run.parent, "small", 6) == 0
    out = capsys.readouterr().out
    assert "goes on" not in out.split("finished")[0]
    assert "steps: 4" in (run / "recipe.yaml").read_text()
    assert train(run.parent) == 0
    assert "is finished" in capsys.readouterr().out and (run / "small.json").read_bytes() == before


def test_another_recipe_is_refused_field_by_field(run, capsys):
    flags = ["--train.lr_g=0.01", "--best_of=200", "--train.seed=1", "--train.steps=9"]
    assert train(run.parent, "small", 4, *flags) == 1
    said = "another recipe (best_of: 100 -> 200, train.lr_g: 0.0002 -> 0.01, train.seed: 0 -> 1)"
    assert said in capsys.readouterr().err
    poems_there = ["--kind=poems", "--name=small", "--poems=grammar"]
    assert cli.main(["train", *poems_there, f"--runs={run.parent}"]) == 1
    assert "(kind: images -> poems)" in capsys.readouterr().err


@pytest.fixture
def signal_at(monkeypatch):
    """signal_at(step, number): the signal comes in the middle of the step after `step`, once."""

    def send(step, number=signal.SIGINT):
        sent, calls = [], {"poems": 0, "flows": 0}

        def look(now):
            if now == step and not sent:
                sent.append(now)
                signal.raise_signal(number)

        rates, augment, loss = game._set_learning_rates, classify.augment, text.loss
        flow_loss = diffusion.Flow.loss

        def in_a_game(state):
            look(state.step)
            rates(state)

        def in_the_classifier(batch, seed):
            look(seed)
            return augment(batch, seed)

        def in_poems(net, *arguments, **options):
            if net.training:
                look(calls["poems"])
                calls["poems"] += 1
            return loss(net, *arguments, **options)

        def in_flows(flow, *arguments):
            look(calls["flows"])
            calls["flows"] += 1
            return flow_loss(flow, *arguments)

        monkeypatch.setattr(game, "_set_learning_rates", in_a_game)
        monkeypatch.setattr(classify, "augment", in_the_classifier)
        monkeypatch.setattr(text, "loss", in_poems)
        monkeypatch.setattr(diffusion.Flow, "loss", in_flows)

    return send


def weights(name, folder):
    return pretrained.load(name, folder=folder).state_dict()


def assert_equal(a, b):
    assert a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_saves_the_step_in_progress_and_the_run_goes_on_bit_for_bit(
    run, tmp_path, signal_at, capsys, number, status
):
    other, before = tmp_path / "other", signal.getsignal(number)
    signal_at(2, number)
    assert train(other) == status and signal.getsignal(number) == before
    assert "is stopped. The same command goes on from step 3, its" in capsys.readouterr().err
    # no network: the run is not finished; no sheet: none was due
    left = {path.name for path in (other / "small").iterdir()}
    assert not left & {"small.json", "samples-000003.png"}
    assert train(other) == 0
    assert ", resumed at step 3" in capsys.readouterr().out
    assert_equal(weights("small", run), weights("small", other / "small"))
    for name in ("log.csv", "frechet_distance.csv"):
        assert (run / name).read_text() == (other / "small" / name).read_text()


def test_a_second_signal_stops_at_once_and_the_last_checkpoint_stays(
    tmp_path, signal_at, monkeypatch, capsys
):
    save = checkpoint.save_checkpoint

    def interrupted(path, state):
        if state["step"] == 3:
            signal.raise_signal(signal.SIGINT)
        save(path, state)

    signal_at(2)
    monkeypatch.setattr(game, "save_checkpoint", interrupted)
    assert train(tmp_path) == 130
    assert "goes on from step 2" in capsys.readouterr().err
    assert checkpoint.load_checkpoint(tmp_path / "small" / "checkpoint.pt")["step"] == 2


def test_a_signal_outside_the_steps_stops_at_once(tmp_path, monkeypatch, capsys):
    """While data are read nothing is lost; while metrics are measured the steps are kept."""

    def come(*_, **__):
        signal.raise_signal(signal.SIGTERM)

    with monkeypatch.context() as at_the_start:
        at_the_start.setattr(games, "follow_best", come)
        assert train(tmp_path) == 143
    assert "goes on from the beginning" in capsys.readouterr().err
    with monkeypatch.context() as at_the_end:
        at_the_end.setattr(games, "measure_generator", come)
        assert train(tmp_path) == 143
    assert "goes on from step 4, its last checkpoint" in capsys.readouterr().err
    assert train(tmp_path) == 0 and (tmp_path / "small" / "small.json").exists()


def test_ctrl_c_while_torch_is_imported_is_one_line(monkeypatch, capsys):
    class Interrupted:
        def find_spec(self, name, path=None, target=None):
            if name == "gan_course.training.cli":
                raise KeyboardInterrupt

    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "gan_course.training.cli")
    monkeypatch.delattr(gan_course.training, "cli")
    monkeypatch.setattr(sys, "argv", ["gan-course", "list"])
    assert __main__.main() == 130
    assert capsys.readouterr().err == "Stopped before anything was done.\n"


def test_more_steps_may_follow_and_the_rates_go_on_by_the_new_length(run, tmp_path, capsys):
    """A finished run is left alone; one that was stopped takes the new number from where it is."""
    capsys.readouterr()
    other = tmp_path / "other"
    falling = ["--train.lr_final=0.1"]
    assert train(other, "small", 4, *falling) == 0
    (other / "small" / "small.json").unlink()
    more = [*falling, "--train.log_every=1", "--checkpoint_every=3"]
    assert train(other, "small", 6, *more) == 0
    out = capsys.readouterr().out
    assert "goes on with checkpoint_every: 2 -> 3, train.steps: 4 -> 6, train.log_every: " in out
    assert "the learning rates go on by the new length" in out and "resumed at step 4" in out
    kept = checkpoint.load_checkpoint(other / "small" / "checkpoint.pt")
    # at the last step, the sixth, 5/6 of the way to a tenth have been gone
    rate = kept["parts"]["opt_g"]["param_groups"][0]["lr"]
    assert kept["step"] == 6 and rate == pytest.approx(2e-4 * (1 - 0.9 * 5 / 6))
    assert pretrained.about("small", other / "small")["steps"] == 6
    (other / "small" / "small.json").unlink()
    assert train(other, "small", 5, *more) == 1
    assert "stands at step 6, beyond the 5" in capsys.readouterr().err


def others(split="train"):
    """Other images than those that the tests train on."""
    found = images.embedded(split, copies=2)
    return images.ImageSet(found.images, found.labels, found.classes, "mnist", "MNIST")


def test_other_data_are_refused(run, monkeypatch, capsys):
    """Begun on embedded digits, stopped, then MNIST is there: references are not mixed."""
    (run / "small.json").unlink()
    names = ("frechet_distance.csv", "best.json", "checkpoint.pt")
    before = [(run / name).read_bytes() for name in names]
    monkeypatch.setattr(data, "images", lambda name, split="train", **_: others(split))
    assert train(run.parent, "small", 6) == 1
    said = r"small was begun on embedded digits .*\(sha256 \w{8}\), and now there is MNIST \(sha256"
    assert_one_line(capsys.readouterr().err, said)
    assert [(run / name).read_bytes() for name in names] == before


def test_a_start_without_a_checkpoint_binds_nothing(tmp_path, signal_at, monkeypatch):
    signal_at(0)
    with monkeypatch.context() as killed:
        killed.setattr(game, "save_checkpoint", lambda path, state: None)
        assert train(tmp_path) == 130
    assert (tmp_path / "small" / "best.json").exists()
    monkeypatch.setattr(data, "images", lambda name, split="train", **_: others(split))
    assert train(tmp_path, "small", 2, "--train.lr_g=1e-3", "--best_of=0") == 0
    notes = pretrained.about("small", tmp_path / "small")
    assert notes["data"]["source"] == "MNIST"
    assert not (tmp_path / "small" / "best.json").exists()


@pytest.mark.parametrize("name", ["mnist", "fashion"])
def test_nothing_stands_in_for_images_that_are_not_there(name, tmp_path, monkeypatch, capsys):
    def fails(name, root):
        raise OSError("no network")

    monkeypatch.setattr(data, "images", images.images)
    monkeypatch.setattr(mnist, "download", fails)
    monkeypatch.setenv("GAN_COURSE_DATA", str(tmp_path))
    assert train(tmp_path, "small", 2, f"--data={name}") == 1
    folder = mnist.FOLDERS[name]
    said = rf"{folder} is not in {tmp_path}/{folder}/raw .*no network.*the files there.*--data=emb"
    assert_one_line(capsys.readouterr().err, said)
    assert not (tmp_path / "small" / "log.csv").exists()
    assert cli.main(["evaluate", "dcgan-mnist", "--n=100"]) == 1
    assert "MNIST is not in" in capsys.readouterr().err
    assert images.images("embedded").source.startswith("embedded")


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
    path.write_text("name: a\nnetworks: mlp\nr1: 8\ntrain:\n  steps: 7\n  lr_g: 1e-3\n")
    flags = ["--train.steps=9", "--hidden=[5, 6]", "--spectral_norm=true", "--train.lr_d=2e-3"]
    recipe = recipe_of(path, *flags, "--train.betas", "[0, 0.9]", "--name=7")
    assert (recipe.name, recipe.r1, recipe.train.steps) == ("7", 8.0, 9)
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
        ("name: a\nnetworks: mlp\nwidth: 8\n", "line 3: width changes nothing .*networks: mlp"),
        ("name: a\nhidden: [8]\n", "line 2: hidden changes nothing with networks: conv"),
        ("name: a\nnetworks: classifier\nr1: 1.0\n", "line 3: r1 changes nothing"),
        ("name: a\nseconds: -1\n", "seconds is -1"),
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
        (["list", "all"], "no networks in all"),
        (["list", "a", "b"], "list does not take b"),
        (["plot", "nowhere"], "nowhere holds no log.csv"),
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
    def fail(folder):
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

    flags = [f"--networks={networks}", "--train.precision=auto"]
    gain(2.0)
    module = "game" if networks == "conv" else "training.classify"
    with monkeypatch.context() as interrupted:
        interrupted.setattr(f"gan_course.{module}.save_checkpoint", save_then_stop)
        assert train(tmp_path, "a", 4, *flags) == 130
    assert "precision: bf16, 2.00 times as fast" in capsys.readouterr().out
    gain(0.5)
    assert train(tmp_path, "a", 4, *flags) == 0
    assert "precision:" not in capsys.readouterr().out.split("training\n")[0]
    assert pretrained.about("a", tmp_path / "a")["recipe"]["train"]["precision"] == "bf16"
    assert train(tmp_path, "b", 1, *flags) == 0
    assert pretrained.about("b", tmp_path / "b")["recipe"]["train"]["precision"] == "fp32"


def test_a_sound_or_a_picture_with_a_hole_is_trained_in_the_faster_precision(tmp_path, monkeypatch):
    monkeypatch.setattr(inpainting.random_images, "__defaults__", (100,))
    monkeypatch.setattr(sounds.measure_generator, "__defaults__", (200,))
    monkeypatch.setattr(runtime, "_gain_of_bf16", lambda *_: 2.0)
    for name, flags in (("sounds-wgan-gp", SOUNDS), ("inpainting-mnist", INPAINTING)):
        monkeypatch.setattr(runtime, "_gains", {})
        arguments = ["train", name, f"--runs={tmp_path}", "--train.steps=1", *flags]
        arguments += ["--train.precision=auto"]
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


def test_classifier_run(tmp_path, signal_at):
    sizes = ["--width=4", "--batch_size=16", "--checkpoint_every=9", "--train.steps=4"]
    arguments = ["train", "--name=c", "--networks=classifier", "--data=embedded", *sizes]
    arguments += ["--train.average=0.9", "--train.lr_final=0.1"]
    assert cli.main([*arguments, f"--runs={tmp_path}"]) == 0
    notes = json.loads((tmp_path / "c" / "c.json").read_text(encoding="utf-8"))
    assert 0 <= notes["metrics"]["accuracy"] <= 1 and len(notes["test_features_sha256"]) == 64
    signal_at(1, signal.SIGTERM)
    other = [*arguments, f"--runs={tmp_path / 'other'}"]
    assert cli.main(other) == 143 and cli.main(other) == 0
    assert_equal(weights("c", tmp_path / "c"), weights("c", tmp_path / "other" / "c"))


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
        "resolved.yaml",
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


def test_a_run_of_poems_is_stopped_and_resumed(poem_config, tmp_path, signal_at, capsys):
    arguments = ["train", str(poem_config), *POEMS]
    whole, parts = (f"--runs={tmp_path / which}" for which in ("whole", "parts"))
    assert cli.main([*arguments, whole]) == 0
    signal_at(2)
    assert cli.main([*arguments, parts]) == 130
    assert "goes on from step 3" in capsys.readouterr().err
    assert cli.main([*arguments, parts]) == 0
    folders = [tmp_path / which / "p" for which in ("whole", "parts")]
    assert_equal(*(weights("p", folder) for folder in folders))
    logs = [(folder / "log.csv").read_text() for folder in folders]
    assert logs[0] == logs[1] and len(logs[0].split()) == 3


GAME = [
    "--adversarial.rounds=2",
    "--adversarial.g_batch=4",
    "--adversarial.d_batch=4",
    "--adversarial.d_pretrain=1",
    "--adversarial.d_steps=1",
    "--adversarial.rollouts=1",
]


def test_a_run_of_poems_plays_a_game_if_asked(poem_config, tmp_path, capsys):
    arguments = ["train", str(poem_config), f"--runs={tmp_path}", *POEMS]
    assert cli.main(arguments) == 0
    folder = tmp_path / "p"
    plain = weights("p", folder)
    (folder / "p.json").unlink()
    assert cli.main([*arguments, *GAME]) == 1
    assert "another recipe" in capsys.readouterr().err  # the numbers of a game are the recipe's
    assert cli.main([*arguments, "--name=q", *GAME]) == 0
    assert "2 rounds against a discriminator" in capsys.readouterr().out
    notes = json.loads((tmp_path / "q" / "q.json").read_text(encoding="utf-8"))
    assert notes["recipe"]["adversarial"]["rounds"] == 2
    assert notes["before_the_game"]["form"] >= 0 and "divergence" in notes["metrics"]
    assert (tmp_path / "q" / "game.csv").is_file()
    changed = weights("q", tmp_path / "q")
    assert any((plain[name] != changed[name]).any() for name in plain)


def test_poems_that_were_edited_are_refused(poem_config, tmp_path, signal_at, capsys):
    arguments = ["train", str(poem_config), f"--runs={tmp_path}", *POEMS]
    signal_at(2)
    assert cli.main(arguments) == 130
    lines = tmp_path / "lines.txt"
    lines.write_text(lines.read_text(encoding="utf-8").replace("line 7", "line 8"))
    capsys.readouterr()
    assert cli.main(arguments) == 1
    said = (
        r"was begun on lines.txt, 40 lines \(sha256 (\w+)\), and now there is lines.txt, 40 lines"
    )
    assert_one_line(capsys.readouterr().err, said)


def test_the_grammar_stands_in_for_no_poems(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GAN_COURSE_DATA", str(tmp_path))
    assert cli.main(["train", "poems", f"--runs={tmp_path}", *POEMS]) == 1
    said = rf"no poems in {tmp_path}/poems/poems.txt: .*--poems=FILE.*--poems=grammar"
    assert_one_line(capsys.readouterr().err, said)
    assert cli.main(["train", "poems", "--poems=grammar", f"--runs={tmp_path}", *POEMS]) == 0
    notes = pretrained.about("poems", tmp_path / "poems")
    assert "grammar" in notes["data"]["source"]


FALLING = ["--seconds=0.5", "--train.lr_final=0.1"]


def test_a_budget_is_measured_once_and_then_is_so_many_steps(
    tmp_path, monkeypatch, signal_at, capsys
):
    """Stopped and resumed: the weights of the run that has these steps in its recipe."""
    monkeypatch.setattr(budget.Stopwatch, "steps", lambda watch, every: 5)
    signal_at(3)
    assert train(tmp_path, "small", 100, *FALLING) == 130
    assert "0.5 s on this machine: 5 steps" in capsys.readouterr().out
    monkeypatch.setattr(budget.Stopwatch, "steps", lambda watch, every: 1 / 0)
    assert train(tmp_path, "small", 100, *FALLING) == 0
    assert "small: 5 steps on embedded" in capsys.readouterr().out
    assert train(tmp_path / "other", "small", 5, FALLING[1]) == 0
    assert_equal(weights("small", tmp_path / "small"), weights("small", tmp_path / "other/small"))
    notes = pretrained.about("small", tmp_path / "small")
    assert notes["steps"] == 5 and notes["recipe"]["seconds"] == 0.5
    (tmp_path / "small" / "small.json").unlink()
    monkeypatch.setattr(budget.Stopwatch, "steps", lambda watch, every: 7)
    assert train(tmp_path, "small", 100, FALLING[1], "--seconds=0.7") == 0
    out = capsys.readouterr().out
    assert "goes on with seconds: 0.5 -> 0.7; the learning rates go on by the new length" in out
    assert "0.7 s on this machine: 7 steps" in out and "7 steps on embedded digits" in out


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("sounds-wgan-gp", SOUNDS),
        ("inpainting-mnist", INPAINTING),
        ("poems", ["--poems=grammar", *POEMS]),
        ("classifier-mnist", ["--data=embedded", "--width=4", "--batch_size=16"]),
    ],
)
def test_every_kind_takes_a_budget(name, flags, tmp_path, monkeypatch):
    monkeypatch.setattr(inpainting.random_images, "__defaults__", (100,))
    monkeypatch.setattr(sounds.measure_generator, "__defaults__", (200,))
    found, steps = [], budget.Stopwatch.steps

    def few(watch, every):
        found.append(steps(watch, every))
        return 2

    monkeypatch.setattr(budget.Stopwatch, "steps", few)
    assert cli.main(["train", name, f"--runs={tmp_path}", "--seconds=10", *flags]) == 0
    assert pretrained.about(name, tmp_path / name)["steps"] == 2
    assert found[0] > 2


def test_the_config_of_poems_has_the_usual_settings():
    recipe = recipe_of("poems")
    assert recipe == PoemRecipe("poems")
    assert (recipe.embedding, recipe.hidden, recipe.layers, recipe.dropout) == (128, 256, 2, 0.5)
    assert (recipe.lr, recipe.batch_size, recipe.max_length, recipe.poems) == (1e-3, 64, 24, None)


def test_poems_that_cannot_be_read_are_one_line(poem_config, tmp_path, capsys):
    assert cli.main(["train", str(poem_config), f"--runs={tmp_path}", "--poems=nowhere.txt"]) == 1
    assert capsys.readouterr().err.startswith("DataError: there is no file nowhere.txt")


@pytest.mark.parametrize(
    ("name", "flags"), [("sounds-wgan-gp", SOUNDS), ("inpainting-mnist", INPAINTING)]
)
def test_a_run_of_a_chapter_resumes_bit_for_bit(
    name, flags, tmp_path, monkeypatch, signal_at, capsys
):
    monkeypatch.setattr(inpainting.random_images, "__defaults__", (100,))
    monkeypatch.setattr(sounds.measure_generator, "__defaults__", (200,))
    arguments = ["train", name, "--train.steps=2", *flags]
    assert cli.main([*arguments, f"--runs={tmp_path / 'whole'}"]) == 0
    assert not capsys.readouterr().err
    signal_at(0)
    assert cli.main([*arguments, f"--runs={tmp_path / 'parts'}"]) == 130
    assert cli.main([*arguments, f"--runs={tmp_path / 'parts'}"]) == 0
    assert ", resumed" in capsys.readouterr().out
    assert_equal(*(weights(name, tmp_path / which / name) for which in ("whole", "parts")))
    notes = pretrained.about(name, tmp_path / "whole" / name)
    assert notes["network"]["class"] == pretrained.about(name)["network"]["class"]
    assert pretrained.about(name)["metrics"].keys() == notes["metrics"].keys()
    assert notes["recipe"]["train"]["steps"] == 2


def test_a_run_of_a_flow_is_stopped_resumed_and_sampled(tmp_path, monkeypatch, signal_at, capsys):
    walk = diffusion.Flow.sample

    def in_one_step(flow, n, stream, labels, steps):
        return walk(flow, n, stream, labels, 1)

    monkeypatch.setattr(diffusion.Flow, "sample", in_one_step)
    monkeypatch.setattr(chapter_runs, "SAMPLES", 700)
    arguments = ["train", "flow-mnist", "--data=embedded", "--width=8", "--fine=0", "--coarse=1"]
    arguments += ["--batch_size=16", "--steps=3", "--checkpoint_every=2"]
    assert cli.main([*arguments, f"--runs={tmp_path / 'whole'}"]) == 0
    signal_at(1)
    assert cli.main([*arguments, f"--runs={tmp_path / 'parts'}"]) == 130
    assert cli.main([*arguments, f"--runs={tmp_path / 'parts'}"]) == 0
    assert ", resumed" in capsys.readouterr().out
    folders = [tmp_path / which / "flow-mnist" for which in ("whole", "parts")]
    assert_equal(*(weights("flow-mnist", folder) for folder in folders))
    notes = pretrained.about("flow-mnist", folders[0])
    assert notes["metrics"]["by_steps"].keys() == {"1", "5", "20", "100"}
    assert [step for step, _ in notes["metrics"]["on_the_way"]] == [2, 3]
    out = tmp_path / "digits.png"
    assert cli.main(["sample", str(folders[0]), "--label=3", "--n=4", f"--out={out}"]) == 0
    assert picture(out).format == "PNG"


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
    assert cli.main(["list", str(run)]) == 0
    assert "small " in capsys.readouterr().out
    (run / "small.json").unlink()
    out = tmp_path / "a.png"
    assert cli.main(["sample", str(run), f"--out={out}"]) == 0 and out.exists()
    assert "not finished: this is its best network so far, of step" in capsys.readouterr().out
    (run / "best.json").unlink()
    assert cli.main(["sample", str(run), f"--out={out}"]) == 1
    assert "holds no network yet; there are: " in capsys.readouterr().err
    assert pretrained.find("dcgan-mnist") == ("dcgan-mnist", None)
