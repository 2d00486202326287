import re

import numpy as np
import pytest

from gan_course import runtime
from gan_course.config import TrainConfig, pick, profile
from gan_course.errors import GanCourseError
from gan_course.training.recipes import PoemRecipe, Recipe


@pytest.mark.parametrize("name", ["quick", "cpu", "gpu"])
def test_profile_and_pick_follow_the_variable(monkeypatch, name):
    monkeypatch.setenv("GAN_COURSE_PROFILE", name)
    assert profile() == name
    assert pick(quick=1, cpu=2, gpu=3) == {"quick": 1, "cpu": 2, "gpu": 3}[name]
    assert pick(quick=1, cpu=2) == {"quick": 1, "cpu": 2, "gpu": 2}[name]


def test_pick_gives_falsy_values_too(monkeypatch):
    monkeypatch.setenv("GAN_COURSE_PROFILE", "quick")
    assert pick(quick=0, cpu=2) == 0


def test_unknown_profile_names_the_choices(monkeypatch):
    monkeypatch.setenv("GAN_COURSE_PROFILE", "fast")
    with pytest.raises(GanCourseError, match=r"'fast'.*quick, cpu, gpu"):
        profile()


def test_unset_profile_follows_the_machine(monkeypatch):
    monkeypatch.delenv("GAN_COURSE_PROFILE", raising=False)
    monkeypatch.setattr("gan_course.config.started_on", "")
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    assert profile() == "gpu"
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert profile() == "cpu"


def test_a_notebook_that_stays_on_the_cpu_takes_its_sizes(monkeypatch, capsys):
    monkeypatch.delenv("GAN_COURSE_PROFILE", raising=False)
    monkeypatch.setattr("gan_course.config.started_on", "")
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    monkeypatch.setattr("torch.cuda.get_device_name", lambda: "a GPU")
    assert runtime.start(on="cpu").type == "cpu"
    assert "device cpu" in (line := capsys.readouterr().out) and "profile cpu" in line
    assert pick(quick=1, cpu=2, gpu=3) == 2
    assert runtime.start().type == "cuda"  # as notebook 06 has it
    assert "profile gpu" in capsys.readouterr().out
    assert pick(quick=1, cpu=2, gpu=3) == 3
    monkeypatch.setenv("GAN_COURSE_PROFILE", "gpu")  # who asks for the longer runs gets them
    runtime.start(on="cpu")
    assert pick(quick=1, cpu=2, gpu=3) == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("steps", -1),
        ("latent_dim", 0),
        ("d_steps", 0),
        ("lr_g", 0.0),
        ("lr_d", float("nan")),
        ("betas", (0.5, 1.0)),
        ("lr_final", 2.0),
        ("average", 1.0),
        ("precision", "fp8"),
        ("log_every", 0),
        ("num_classes", -1),
    ],
)
def test_config_out_of_range_names_the_field(field, value):
    with pytest.raises(GanCourseError, match=f"TrainConfig.{field} is"):
        TrainConfig(**{field: value})


def test_null_is_no_value():
    with pytest.raises(
        GanCourseError, match=r"TrainConfig.average is null: give it a value, or leave it out"
    ):
        TrainConfig(average=None)
    with pytest.raises(GanCourseError, match=r"Recipe.batch_size is null"):
        Recipe("a", batch_size=None)
    assert PoemRecipe("a", poems=None).poems is None  # null is a value there


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("steps", 3.5, "a whole number"),
        ("num_classes", "10", "a whole number"),
        ("lr_g", "1e-3", "a number"),
    ],
)
def test_a_number_of_the_wrong_kind_names_the_field(field, value, wanted):
    message = f"TrainConfig.{field} is {value!r}: it must be {wanted}"
    with pytest.raises(GanCourseError, match=re.escape(message)):
        TrainConfig(**{field: value})


def test_numbers_of_numpy_are_numbers():
    config = TrainConfig(steps=np.int64(3), lr_g=np.float32(0.5), lr_final=1)
    assert (config.steps, config.lr_g) == (3, 0.5)
