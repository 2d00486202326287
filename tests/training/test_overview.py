"""`status` and `plot`, on folders as runs leave them."""

import pytest
import yaml
from filelock import FileLock

from gan_course import checkpoint, models, plots, pretrained
from gan_course.errors import GanCourseError
from gan_course.training import overview, recipes, runs


@pytest.fixture
def folder(tmp_path):
    """A run on its way: step 40 of 3,000."""
    run = tmp_path / "mine"
    run.mkdir()
    (run / "recipe.yaml").write_text(yaml.safe_dump(recipes.shown(recipes.Recipe("mine"))))
    runs.settle(run, data={"source": "MNIST", "images": 60000, "sha256": "0" * 64})
    checkpoint.save_checkpoint(run / "checkpoint.pt", {"step": 40})
    (run / "seconds.txt").write_text("1234.5")
    records = [{"step": 20, "d_loss": 1.5, "g_loss": 0.5, "real_score": 1.0, "fake_score": -1.0}]
    records += [{**records[0], "step": 40, "g_loss": 0.75}]
    runs.Log(run / "log.csv").write(records)
    best = runs.Best(run, "frechet_distance", {"latent_dim": 4, "hidden": [8]}, {})
    for step, distance in ((0, 90.0), (40, 7.25)):
        best.offer(models.MLPGenerator(4, hidden=(8,)), step, distance)
    return run


def cells(capsys):
    """The cells of the table's last row."""
    return capsys.readouterr().out.splitlines()[-1].split()


def test_status_of_a_stopped_a_running_and_a_finished_run(folder, capsys):
    overview.status(folder.parent)
    row = "mine images 40 of 1,000 1,234 7.2 stopped MNIST".split()
    assert cells(capsys) == row
    with FileLock(folder / ".lock"):
        overview.status(folder)  # the folder of one run will do
    assert cells(capsys) == [*row[:-2], "running", "MNIST"]
    (folder / "best.json").rename(folder / "mine.json")
    (folder / "best.safetensors").rename(folder / "mine.safetensors")
    overview.status(folder.parent)
    assert cells(capsys) == [*row[:-3], "-", "finished", "MNIST"]


def test_status_counts_the_steps_of_a_budget_and_of_poems(folder, capsys):
    recipe = recipes.shown(recipes.Recipe("mine", seconds=60.0))
    (folder / "recipe.yaml").write_text(yaml.safe_dump(recipe))
    runs.settle(folder, seconds=60.0, steps=2140)
    overview.status(folder)
    assert "40 of 2,140" in capsys.readouterr().out
    poems = recipes.shown(recipes.PoemRecipe("mine", steps=77))
    (folder / "recipe.yaml").write_text(yaml.safe_dump(poems))
    overview.status(folder)
    assert "40 of 77" in capsys.readouterr().out


def test_status_without_runs_and_with_a_broken_one(folder, tmp_path, capsys):
    overview.status(tmp_path / "nowhere")
    assert "holds no runs: `gan-course train` makes one" in capsys.readouterr().out
    other = tmp_path / "broken"
    other.mkdir()
    (other / "recipe.yaml").write_text("name: broken\nwidht: 8\n")
    overview.status(tmp_path)
    out = capsys.readouterr().out
    assert "did you mean width?" in out and "40 of 1,000" in out


def test_plot_draws_what_was_logged(folder, monkeypatch, capsys):
    drawn, png = [], plots.png

    def keep(fig, dpi):
        drawn.append(fig)
        return png(fig, dpi)

    monkeypatch.setattr(plots, "png", keep)
    overview.plot(folder)
    assert capsys.readouterr().out == f"{folder / 'log.png'} written\n"
    assert (folder / "log.png").read_bytes()[:4] == b"\x89PNG"
    lines = [
        {line.get_label(): (*line.get_xdata(), *line.get_ydata()) for line in ax.get_lines()}
        for ax in drawn[0].axes
    ]
    assert lines[0] == {"discriminator": (20, 40, 1.5, 1.5), "generator": (20, 40, 0.5, 0.75)}
    assert lines[1] == {"real": (20, 40, 1, 1), "generated": (20, 40, -1, -1)}
    assert [*lines[2].values()] == [(0, 40, 90, 7.25)]


def test_plot_of_poems_and_of_a_folder_without_a_log(folder, tmp_path):
    (folder / "frechet_distance.csv").unlink()
    runs.Log(folder / "log.csv").write([{"step": 2, "loss": 3.0, "held_out": 4.0}])
    overview.plot(folder)
    with pytest.raises(GanCourseError, match="no log.csv: name the folder of a run"):
        overview.plot(tmp_path)
    assert pretrained.names(folder) == ["best"]
