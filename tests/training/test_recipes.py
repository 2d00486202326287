from pathlib import Path

import pytest
import torch

from gan_course import config, game
from gan_course.errors import GanCourseError
from gan_course.training import cli, recipes

CONFIGS = sorted(
    p
    for p in (Path(__file__).parents[2] / "configs").glob("*.yaml")
    if recipes.kind_of(p) == "images"
)


def read(*arguments) -> recipes.Recipe:
    commands = cli.parser()
    return cli.recipe_of(
        commands.instantiate(commands.parse_args(["train", *map(str, arguments)])).train
    )


@pytest.mark.parametrize("path", CONFIGS, ids=[path.stem for path in CONFIGS])
def test_each_config_is_valid_and_named_like_its_file(path):
    recipe = read("--config", path)
    assert recipe.name == path.stem
    assert len(path.read_text(encoding="utf-8").splitlines()[0]) > 20  # says what it is


@pytest.mark.parametrize(
    "path", [p for p in CONFIGS if "classifier" not in p.stem], ids=lambda p: p.stem
)
def test_each_game_takes_a_step(path):
    recipe = read("--config", path, "--train.steps=1", "--train.precision=fp32")
    G, D = recipe.build()
    images, labels = torch.rand(40, 1, 28, 28) * 2 - 1, torch.arange(40) % 10
    from gan_course import data

    history = game.train(
        G, D, data.batches((images, labels), 8), config=recipe.train, **recipe.game()
    )
    assert len(history.records) == 1


@pytest.mark.parametrize("loss", recipes.LOSSES)
def test_each_loss_has_a_name(loss):
    assert read("--name=x", f"--loss={loss}").game()["loss"] == recipes.LOSSES[loss]()


def test_terms_are_built_from_their_weights():
    recipe = recipes.Recipe("x", r1=2.0, r1_every=4, r2=1.0, gradient_penalty=10.0, clip=0.01)
    names = [(type(term).__name__, term.weight, term.every) for term in recipe.game()["penalties"]]
    assert names == [
        ("ZeroCentered", 2.0, 4),
        ("ZeroCentered", 1.0, 1),
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
    ],
)
def test_out_of_range(fields, message):
    with pytest.raises(GanCourseError, match=message):
        recipes.Recipe(**fields)


def test_classifier_is_not_a_game():
    with pytest.raises(GanCourseError, match="no opponent"):
        recipes.Recipe("x", networks="classifier").build()


def test_asdict_is_plain():
    import yaml

    recipe = recipes.Recipe("x", train=config.TrainConfig(steps=3))
    assert yaml.safe_load(yaml.safe_dump(recipe.asdict()))["train"]["steps"] == 3
