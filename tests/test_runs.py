import pytest
import torch

from gan_course import models, poems, pretrained, runs
from gan_course.errors import GanCourseError
from gan_course.recipes import PoemRecipe, Recipe


def test_a_folder_belongs_to_one_recipe(tmp_path):
    folder = runs.claim_folder(Recipe("a"), tmp_path)
    assert folder == tmp_path / "a" and runs.claim_folder(Recipe("a"), tmp_path) == folder
    with pytest.raises(GanCourseError, match="another recipe"):
        runs.claim_folder(Recipe("a", width=8), tmp_path)


def test_finish_writes_the_pair_and_what_the_judge_says(tmp_path, capsys):
    recipe = PoemRecipe("a")
    folder = runs.claim_folder(recipe, tmp_path)
    net, arguments = models.MLPGenerator(4, hidden=(8,)), {"latent_dim": 4, "hidden": [8]}
    clock = runs.Clock(folder / "seconds.txt")
    runs.finish(net, recipe, arguments, folder, clock, {"steps": 1}, lambda written: {"metrics": {"finite": True}})
    assert pretrained.about("a", folder)["metrics"] == {"finite": True} and not (folder / "unfinished").exists()
    assert runs.claim_folder(recipe, tmp_path) is None and "is finished" in capsys.readouterr().out


def test_log_and_clock(tmp_path):
    runs.write_log([], tmp_path / "log.csv")
    assert not (tmp_path / "log.csv").exists()
    runs.write_log([{"step": 1, "loss": 0.5}], tmp_path / "log.csv")
    assert (tmp_path / "log.csv").read_text().split() == ["step,loss", "1,0.5"]
    (tmp_path / "seconds.txt").write_text("7.5")
    assert 7.5 <= runs.Clock(tmp_path / "seconds.txt").stop() < 10


def test_pretrained_builds_a_language_model(tmp_path):
    net = poems.LanguageModel(5, 4, 4)
    pretrained.save(net, "tiny", {"vocabulary": 5, "embedding": 4, "hidden": 4}, tmp_path, {})
    tokens = torch.randint(5, (2, 3))
    assert torch.allclose(pretrained.load("tiny", folder=tmp_path)(tokens)[0], net(tokens)[0], atol=2e-2)
