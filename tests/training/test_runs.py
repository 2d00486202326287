import subprocess
import sys
from types import SimpleNamespace

import pytest
import torch

from gan_course import models, pretrained
from gan_course.chapters import poems
from gan_course.errors import GanCourseError
from gan_course.training import runs
from gan_course.training.recipes import PoemRecipe, Recipe


def test_a_folder_belongs_to_one_recipe(tmp_path):
    for _ in range(2):
        with runs.claim_folder(Recipe("a"), tmp_path) as folder:
            assert folder == tmp_path / "a"
            (folder / "checkpoint.pt").touch()
    with (
        pytest.raises(GanCourseError, match=r"another recipe \(width: 32 -> 8\)"),
        runs.claim_folder(Recipe("a", width=8), tmp_path),
    ):
        pass


def test_a_folder_in_use_is_refused_with_its_holder(tmp_path):
    """By another process; and a killed holder leaves no lock behind."""
    code = (
        "import time; from gan_course.training import runs; from gan_course.training.recipes "
        "import Recipe; from pathlib import Path\n"
        f"with runs.claim_folder(Recipe('a'), Path({str(tmp_path)!r})): print('held', flush=True); "
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        said = rf"in use by process {holder.pid} on .* since .*: wait for its end, or stop it"
        with pytest.raises(GanCourseError, match=said), runs.claim_folder(Recipe("a"), tmp_path):
            pass
        holder.kill()
    with runs.claim_folder(Recipe("a"), tmp_path) as folder:
        assert folder


def test_finish_writes_the_pair_and_what_was_measured(tmp_path, capsys):
    recipe = PoemRecipe("a")
    with runs.claim_folder(recipe, tmp_path) as folder:
        pass
    net, arguments = models.MLPGenerator(4, hidden=(8,)), {"latent_dim": 4, "hidden": [8]}
    session = runs.Session(recipe, folder)
    session.finish(net, arguments, {"steps": 1}, lambda written: {"metrics": {"finite": True}})
    assert (
        pretrained.about("a", folder)["metrics"] == {"finite": True}
        and not (folder / "unfinished").exists()
    )
    with runs.claim_folder(recipe, tmp_path) as nothing:
        assert nothing is None and "is finished" in capsys.readouterr().out


def test_log_and_clock(tmp_path):
    log = runs.Log(tmp_path / "log.csv")
    log.write([])
    assert not (tmp_path / "log.csv").exists()
    log.write([{"step": 1, "loss": 0.5}])
    assert (tmp_path / "log.csv").read_text().split() == ["step,loss", "1,0.5"]
    (tmp_path / "seconds.txt").write_text("7.5")
    assert 7.5 <= runs.Clock(tmp_path / "seconds.txt").stop() < 10


def test_tensorboard_gets_each_record_once_where_it_is_installed(tmp_path, monkeypatch):
    shown = []

    class Writer:
        def __init__(self, folder, purge_step):
            assert folder == tmp_path / "tensorboard-log" and purge_step == 0

        def add_scalar(self, *what):
            shown.append(what)

        def flush(self):
            shown.append("flushed")

    monkeypatch.setitem(
        sys.modules, "torch.utils.tensorboard", SimpleNamespace(SummaryWriter=Writer)
    )
    log, records = runs.Log(tmp_path / "log.csv"), [{"step": 5, "loss": 0.5}]
    log.write(records)
    log.write([*records, {"step": 10, "loss": 0.25}])
    assert shown == [("loss", 0.5, 5), "flushed", ("loss", 0.25, 10), "flushed"]


def test_the_best_network_stays_over_a_restart(tmp_path):
    def offer(best, step, number):
        torch.manual_seed(step)
        best.offer(models.MLPGenerator(4, hidden=(8,)), step, number)
        return pretrained.about("best", tmp_path)["step"]

    arguments = {"latent_dim": 4, "hidden": [8]}
    best = runs.Best(tmp_path, "frechet_distance", arguments, {"of": "this run"})
    assert [offer(best, step, number) for step, number in ((0, 9.0), (2, 5.0), (4, 7.0))] == [
        0,
        2,
        2,
    ]
    again = runs.Best(tmp_path, "frechet_distance", arguments, {"of": "this run"})
    # step 4 is measured again, not twice counted
    assert offer(again, 4, 6.0) == 2 and offer(again, 6, 4.0) == 6
    assert (tmp_path / "frechet_distance.csv").read_text().split() == [
        "step,frechet_distance",
        "0,9.0",
        "2,5.0",
        "4,6.0",
        "6,4.0",
    ]
    assert pretrained.load("best", folder=tmp_path).latent_dim == 4
    assert pretrained.about("best", tmp_path)["of"] == "this run"


def test_pretrained_builds_a_language_model(tmp_path):
    net = poems.LanguageModel(5, 4, 4)
    pretrained.save(net, "tiny", {"vocabulary": 5, "embedding": 4, "hidden": 4}, tmp_path, {})
    tokens = torch.randint(5, (2, 3))
    assert torch.allclose(
        pretrained.load("tiny", folder=tmp_path)(tokens)[0], net(tokens)[0], atol=2e-2
    )
