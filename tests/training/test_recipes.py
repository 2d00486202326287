import json
from pathlib import Path

import pytest
import torch
import yaml

import gan_course
from gan_course import config, data, game, pretrained
from gan_course.errors import GanCourseError
from gan_course.training import reading, recipes

CONFIGS = reading.shipped()
GAMES = [
    name
    for name, path in CONFIGS.items()
    if reading.read(path).kind == "images" and reading.read(path).networks != "classifier"
]


@pytest.mark.parametrize("name", CONFIGS)
def test_each_config_is_valid_and_named_like_its_file(name):
    assert reading.read(CONFIGS[name]).name == name
    assert len(CONFIGS[name].read_text(encoding="utf-8").splitlines()[0]) > 20  # says what it is


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "a\\b", "C:a", "a:b", "a*", 'a"', "a.", "a ", "con", "Nul.x", "LPT1"],
)
def test_a_run_is_called_what_any_system_can_call_a_folder(name):
    """Also a run that was begun on Linux may move to Windows."""
    with pytest.raises(GanCourseError, match=r"names a folder in runs/, on Windows too"):
        recipes.Recipe(name)


@pytest.mark.parametrize("name", ["a", "größe 大", ".hidden", "a.b-c_1", "console", "COM10"])
def test_other_names_will_do(name):
    assert recipes.Recipe(name).name == name


def test_recipes_are_found_in_a_wheel_and_in_a_checkout(tmp_path, monkeypatch):
    assert {"poems", "dcgan-mnist", "inpainting-mnist"} <= CONFIGS.keys()
    for package in (tmp_path / "wheel" / "gan_course", tmp_path / "checkout" / "gan_course"):
        package.mkdir(parents=True)
    for folder in (tmp_path / "wheel" / "gan_course", tmp_path / "checkout"):
        (folder / "configs").mkdir()
        (folder / "configs" / "a.yaml").write_text("name: a\n")
    for place in ("wheel", "checkout"):
        monkeypatch.setattr(reading, "PACKAGE", tmp_path / place / "gan_course")
        found = reading.find("a")
        assert found.is_file() and tmp_path / place in found.parents
    assert reading.find(str(found)) == found


def test_each_shipped_network_came_from_its_recipe():
    """Every number of the recipe that the network's JSON keeps is the recipe's of today."""
    networks = Path(gan_course.__file__).parent / "assets" / "networks"
    for name in pretrained.names():
        kept = json.loads((networks / f"{name}.json").read_text(encoding="utf-8"))["recipe"]
        today = recipes.plain(reading.read(CONFIGS[name]))
        if "train" not in today:  # poems
            assert kept == today, name
            continue
        if today["train"]["precision"] == "auto":  # what that machine chose is kept
            assert kept["train"].pop("precision") in ("fp32", "bf16")
        for field in today["train"].keys() & kept["train"].keys() - {"num_classes"}:
            assert kept["train"][field] == today["train"][field], (name, field)
        unused = recipes.unused(reading.read(CONFIGS[name]))
        for field in today.keys() & kept.keys() - {"train", *unused}:
            assert kept[field] == today[field], (name, field)


@pytest.mark.parametrize("name", GAMES)
def test_each_game_takes_a_step(name):
    flags = {"train.steps": "1", "train.precision": "fp32"}
    recipe = reading.read(CONFIGS[name], flags)
    shape = (3, 32, 32) if recipe.data == "faces" else (1, 28, 28)
    G, D = recipe.build(shape=shape)
    images, labels = torch.rand(40, *shape) * 2 - 1, torch.arange(40) % 10
    batches = data.batches((images, labels), 8)
    run = game.train(G, D, batches, config=recipe.train, **recipe.game())
    assert len(run.records) == 1


@pytest.mark.parametrize("loss", recipes.LOSSES)
def test_each_loss_has_a_name(loss):
    recipe = reading.read(changes={"name": "x", "loss": loss})
    assert recipe.game()["loss"] == recipes.LOSSES[loss]()


def test_terms_are_built_from_their_weights():
    recipe = recipes.Recipe("x", r1=2.0, r1_every=4, r2=1.0, gradient_penalty=10.0, clip=0.01)
    names = [(type(term).__name__, term.weight, term.every) for term in recipe.game()["penalties"]]
    assert names == [
        ("ZeroCentered", 2.0, 4),
        ("ZeroCentered", 1.0, 4),
        ("GradientPenalty", 10.0, 1),
    ]
    assert (
        recipe.game()["constrain"] is not None and recipes.Recipe("x").game()["constrain"] is None
    )


def test_an_auxiliary_classifier_adds_a_term_to_each_player():
    labelled = config.TrainConfig(num_classes=10)
    terms = recipes.Recipe("x", condition="auxiliary", train=labelled).game()
    assert [t.on for t in terms["penalties"]] == ["both"] and [
        t.on for t in terms["g_penalties"]
    ] == ["fake"]
    assert recipes.Recipe("x", condition="projection", train=labelled).game()["g_penalties"] == []


@pytest.mark.parametrize("networks", ["conv", "mlp"])
@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 32, 32), (1, 45, 45), (3, 64, 64), (3, 7, 7)])
def test_the_networks_follow_the_shape_of_the_data(networks, shape):
    recipe = recipes.Recipe("x", networks=networks, width=2, hidden=(8,))
    G, D = recipe.build(shape=shape)
    images = G(torch.randn(3, 64))
    assert images.shape == (3, *shape) and D(images).shape == (3,)
    arguments = recipe.generator_arguments(shape=shape)
    again = type(G)(**{**arguments, "shape": tuple(arguments["shape"])})
    assert str(again) == str(G)


@pytest.mark.parametrize("size", [16, 32, 64])
def test_a_style_based_generator_follows_the_size_of_the_data(size):
    recipe = recipes.Recipe("x", networks="style", width=2, r1=1.0, r2=1.0, r1_every=8)
    shape = (3, size, size)
    G, D = recipe.build(shape=shape)
    images = G(torch.randn(3, 64))
    assert images.shape == (3, *shape) and D(images).shape == (3,)
    arguments = recipe.generator_arguments(shape=shape)
    again = type(G)(**{**arguments, "shape": tuple(arguments["shape"])})
    assert str(again) == str(G)
    assert [term.every for term in recipe.game()["penalties"]] == [8, 8]
    with pytest.raises(GanCourseError, match="takes no labels"):
        recipes.Recipe("x", networks="style", train=config.TrainConfig(num_classes=3))


@pytest.mark.parametrize(
    ("size", "blocks", "smallest"), [(28, 2, 7), (32, 3, 4), (64, 4, 4), (128, 5, 4), (48, 3, 6)]
)
def test_blocks_follow_from_the_size_unless_the_recipe_says_them(size, blocks, smallest):
    recipe = recipes.Recipe("x", width=2)
    G, _ = recipe.build(shape=(3, size, size))
    assert recipe.doublings((3, size, size)) == blocks
    assert G.start(torch.randn(2, 64)).shape[2:] == (smallest, smallest)
    assert recipes.Recipe("x", blocks=1).doublings((3, size, size)) == 1


def test_few_pictures_are_augmented_unless_the_recipe_says_otherwise():
    recipe = recipes.Recipe("x")
    assert recipe.augments(1_999) and not recipe.augments(2_000)
    assert not recipes.Recipe("x", augment="none").augments(10)
    assert recipes.Recipe("x", augment="differentiable").augments(60_000)
    labelled = config.TrainConfig(num_classes=10)
    assert not recipes.Recipe("x", condition="auxiliary", train=labelled).augments(10)


def test_spectral_norm_and_dcgan_init():
    G, D = recipes.Recipe("x", width=8, init="dcgan", spectral_norm=True).build()
    assert any("parametrizations" in name for name, _ in D.named_parameters())
    assert abs(float(G.start[0].weight.detach().std()) - 0.02) < 0.002


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "name"),
        ({"name": "a/b"}, "slash"),
        ({"name": "x", "r1": -1.0}, "r1"),
        ({"name": "x", "batch_size": 0}, "batch_size"),
        ({"name": "x", "d_batch_norm": True, "gradient_penalty": 10.0}, "couples"),
        ({"name": "x", "best_of": 99}, "fewer than 100"),
        ({"name": "x", "size": -1}, "size is -1"),
        ({"name": "x", "blocks": -1}, "blocks is -1"),
        ({"name": "x", "channels": 2}, "channels is 2: it must be one of 0, 1, 3"),
        ({"name": "x", "augment": "differentiable", "condition": "auxiliary"}, "does not go with"),
    ],
)
def test_out_of_range(fields, message):
    with pytest.raises(GanCourseError, match=message):
        recipes.Recipe(**fields)


def test_out_of_range_in_the_recipes_of_chapters():
    with pytest.raises(GanCourseError, match="sounds is 3: it must be at least 16"):
        recipes.SoundRecipe("x", sounds=3)
    with pytest.raises(GanCourseError, match="weight is -1"):
        recipes.InpaintingRecipe("x", weight=-1.0)


def test_classifier_is_not_a_game():
    with pytest.raises(GanCourseError, match="no opponent"):
        recipes.Recipe("x", networks="classifier").build()


@pytest.mark.parametrize("networks", ["mlp", "conv", "style", "classifier"])
def test_a_recipe_as_shown_is_read_again(networks, tmp_path):
    recipe = recipes.Recipe("x", networks=networks, train=config.TrainConfig(steps=3))
    path = tmp_path / "x.yaml"
    path.write_text(yaml.safe_dump(recipes.shown(recipe)))
    assert reading.read(path) == recipe


def test_all_fields_of_a_run_of_old_are_read(tmp_path):
    """Runs used to write down the unused ones, too."""
    recipe = recipes.Recipe("x", networks="mlp", width=8)
    path = tmp_path / "x.yaml"
    path.write_text(yaml.safe_dump(recipes.plain(recipe)))
    assert reading.read(path, strict=False) == recipe
    with pytest.raises(GanCourseError, match="changes nothing with networks: mlp"):
        reading.read(path)


def test_each_unused_field_is_a_field_that_its_networks_do_without():
    names = reading.field_types(recipes.Recipe)
    for networks, unused in recipes.UNUSED.items():
        assert set(unused) <= names.keys(), networks
    assert "width" not in recipes.UNUSED["classifier"] and "width" in recipes.UNUSED["mlp"]


def test_each_field_is_explained():
    for kind in recipes.KINDS.values():
        text = reading.explained(kind)
        for name in reading.field_types(kind):
            assert f"--{name}" in text


def test_a_recipe_measures_its_precision_and_a_config_has_fp32(tmp_path):
    assert config.TrainConfig().precision == "fp32"
    for kind in ("images", "sounds", "inpainting"):
        few = reading.read(changes={"name": "x", "kind": kind, "train.steps": "3"})
        assert (few.train.precision, few.train.steps) == ("auto", 3)
        assert few.train.lr_g == config.TrainConfig().lr_g
        text = reading.explained(recipes.KINDS[kind])
        assert "--train.precision='auto'" in text and "--train.lr_g=0.0002" in text
    for name, path in CONFIGS.items():
        if not name.startswith(("poems", "flow")):
            assert reading.read(path).train.precision == "auto", name
