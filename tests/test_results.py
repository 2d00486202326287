"""Rows of long experiments; and the tables in benchmarks/RESULTS.md are those of the rows."""

import importlib.util
import math
import sys
from pathlib import Path

import pytest
import torch

from gan_course import clusters, data, results
from gan_course.errors import DataError, GanCourseError
from gan_course.training import reading

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def script(name: str):
    """A script of benchmarks/ as a module."""
    path = BENCHMARKS / f"{name}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def test_a_stopped_collection_goes_on(tmp_path):
    path, calls = tmp_path / "rows.jsonl", []

    def job(seed, fails=False):
        def work():
            calls.append(seed)
            if fails:
                raise KeyboardInterrupt
            return {"value": 2.0 * seed}

        return {"method": "a", "seed": seed}, work

    with pytest.raises(KeyboardInterrupt):
        results.collect(path, [job(0), job(1, fails=True)], {"device": "here"})
    results.collect(path, [job(0), job(1), job(2)], {"device": "here"})
    assert calls == [0, 1, 1, 2]  # seed 0 was not run again
    rows = results.read(path)
    assert [row["value"] for row in rows] == [0, 2, 4]
    assert {row["device"] for row in rows} == {"here"} and rows[0]["date"]
    assert results.frame(path).to_dict("records") == rows


def test_missing_and_broken_files(tmp_path):
    with pytest.raises(DataError, match="missing"):
        results.read(tmp_path / "none.jsonl")
    (tmp_path / "cut.jsonl").write_text('{"a": 1}\n{"a": ')
    with pytest.raises(DataError, match="line 2"):
        results.read(tmp_path / "cut.jsonl")


def test_mean_and_standard_error():
    mean, error = results.mean_error([1, 2, 3, 4])
    # sample variance 5/3, four values
    assert mean == 2.5 and error == pytest.approx((5 / 3) ** 0.5 / 2)
    assert math.isnan(results.mean_error([1.0])[1])
    assert results.cell([0.5, 0.7], 1, 100) == "60.0 ± 10.0"
    assert results.cell([1234.5]) == "1,234.50"
    with pytest.raises(GanCourseError, match="no values"):
        results.mean_error([])


def test_group_and_table():
    rows = [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}, {"a": 1, "b": "z"}]
    assert results.group(rows, "a") == {(1,): [rows[0], rows[2]], (2,): [rows[1]]}
    assert results.table(rows[:2]) == "| a | b |\n| --- | --- |\n| 1 | x |\n| 2 | y |"


def test_the_tables_in_the_repository_are_those_of_its_rows():
    tables = script("tables")
    assert tables.page() == tables.PAGE.read_text(encoding="utf-8"), "run `make tables`"


def test_a_dated_table_stands_first_under_its_heading(monkeypatch, tmp_path):
    dated = script("dated")
    monkeypatch.setattr(dated, "PAGE", tmp_path / "RESULTS.md")
    for value in (1, 2):
        dated.add_rows("Speed", "on one core", torch.device("cpu"), [{"a": value, "b": "x"}])
    page = dated.PAGE.read_text(encoding="utf-8")
    assert page.startswith("# Benchmark results\n\n## Speed\n\n### ")
    assert page.count("Protocol: on one core.\n\n| a | b |\n| --- | --- |\n") == 2
    assert page.index("| 2 | x |") < page.index("| 1 | x |")


@pytest.mark.parametrize("name", ["tricks", "dirac", "parzen", "seeds"])
def test_every_row_tells_its_origin(name):
    rows = results.read(results.ROWS / f"{name}.jsonl")
    assert all({"date", "device", "torch"} <= row.keys() for row in rows)
    names = ("task", "trick", "protocol", "data", "method", "updates", "model", "stage", "loss")
    keys = [tuple(row.get(key) for key in (*names, "setting", "seed")) for row in rows]
    assert len(set(keys)) == len(keys), "a run stands there twice"


@pytest.mark.parametrize("name", ["conditions", "critics", "dcgan"])
def test_rows_of_equal_time_hold_their_curves(name):
    rows = results.read(results.ROWS / f"{name}.jsonl")
    assert all({"date", "device", "torch", "data", "seed"} <= row.keys() for row in rows)
    names = ("experiment", "run", "seconds", "seed")
    keys = [(*(row.get(key) for key in names), str(row.get("changes"))) for row in rows]
    assert len(set(keys)) == len(keys), "a run stands there twice"
    for row in rows:
        if "seconds" not in row:  # a run of so many steps
            continue
        times, distances = zip(*row["curve"])
        assert times[-1] == row["seconds"] and list(times) == sorted(times)
        assert distances[-1] == pytest.approx(row["distance"], abs=0.01)


@pytest.mark.parametrize("name", ["ring", "grid"])
def test_mixtures_script(name):
    module = script("papers/mixtures")
    cpu = torch.device("cpu")
    for method in module.METHODS:
        row = module.run(name, method, 0, cpu, steps=2)
        assert 0 <= row["high_quality"] <= 1 and row["config"]["steps"] == 2
    assert row["config"]["betas"] == (0.8, 0.999)


def test_maxout_is_the_largest_piece():
    layer = script("papers/mixtures").Maxout(3, 4, pieces=5)
    x = torch.randn(7, 3)
    pieces = layer.linear(x)
    largest = [pieces[:, 5 * i : 5 * i + 5].max(dim=1).values for i in range(4)]
    assert torch.equal(layer(x), torch.stack(largest, dim=1))


def test_stacked_script_counts_what_is_there():
    module = script("papers/stacked")
    found = module.perfect(100, seed=0)
    # (K - 1) / 2N
    assert found["modes"] == 100 and found["kl"] == pytest.approx(99 / 5200, rel=0.3)
    digits = torch.rand(20, 1, 28, 28) * 2 - 1
    assert module.stack(digits, 2, 5, seed=0).shape == (5, 2, 28, 28)
    row = module.run("PacGAN2", 0, digits, torch.device("cpu"), steps=1)
    assert 1 <= row["modes"] <= 1000


def test_dirac_script_has_the_known_figures():
    module = script("papers/dirac")
    simultaneous, alternating = (module.run("unregularised", order) for order in (False, True))
    assert simultaneous["last_radius"] == pytest.approx(3.10, abs=0.005)
    assert alternating["last_radius"] == pytest.approx(1.414, abs=0.001)
    damped = module.run("R1, gamma 0.3", alternating=False)
    assert damped["last_radius"] < 1e-11
    assert damped["eigenvalues"][0] == pytest.approx([-0.15, 0.477], abs=0.001)


def test_parzen_script_on_a_known_case():
    module = script("papers/parzen")
    one = torch.zeros(1, 1, 2, 2)
    # the density of N(0, s^2 I_4) at its mean, best at the least s
    found = module.parzen(one, one, one.repeat(3, 1, 1, 1))
    assert found["sigma"] == 0.1
    assert found["nats"] == pytest.approx(-2 * math.log(2 * math.pi * 0.01))


def test_lucic_script_gives_every_loss_the_same_settings():
    module = script("papers/lucic")
    assert len(module.settings()) == module.SETTINGS and module.settings() == module.settings()
    images = torch.rand(64, 1, 28, 28) * 2 - 1
    cpu = torch.device("cpu")
    row = module.run("WGAN, clipped", module.settings()[1], 0, images, cpu, steps=1)
    assert row["frechet_distance"] > 0 and row["lr"] == module.settings()[1]["lr"]


def test_the_benchmark_of_quality_ends_with_its_budget(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    quality = script("quality")
    names = ("conditional", "dcgan", "mlp", "self-conditioned", "wgan-gp")
    assert [f"minute-{name}" for name in names] == quality.MINUTE
    monkeypatch.setattr(quality, "SAMPLES", 100)
    flags = {"width": "2", "train.num_classes": "5", "train.precision": "fp32"}
    recipe = reading.read(reading.find("minute-self-conditioned"), flags)
    images = data.images("embedded")
    clusters.find(images.images, 2)  # the first call imports, which takes a second
    short, longer = (quality.play(recipe, images, 0, seconds) for seconds in (2.0, 5.0))
    assert short.keys() == {"half", "end", "steps", "precision"}
    assert 0 < short["steps"] < longer["steps"]


def test_each_change_of_the_sprint_is_one_that_recipes_know(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    for name, changes in script("sprint").CHANGES.items():
        plain = reading.read(reading.find(name))
        for change, flags in changes.items():
            assert (reading.read(reading.find(name), flags) != plain) == bool(flags), change
