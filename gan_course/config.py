"""Every number a training run depends on, and the three profiles. Built by hand in notebook 03."""

import math
import numbers
import os
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from gan_course.errors import GanCourseError

PROFILES = ("quick", "cpu", "gpu")
T = TypeVar("T")
started_on = ""  # the kind of device that `runtime.start` has chosen in this process


@dataclass(frozen=True)
class TrainConfig:
    """The numbers of one run. Batch size belongs to `data.batches`, sizes of nets to `models`."""

    steps: int = 1000
    """generator updates"""
    latent_dim: int = 64
    """size of z, which is drawn from N(0, I)"""
    num_classes: int = 0
    """labels 0 .. num_classes - 1 for a conditional game, 0 for none"""
    given: bool = False
    """the batches bring a picture in the label's place, and both players see it (notebook 13)"""
    d_steps: int = 1
    """discriminator updates for each generator update"""
    lr_g: float = 2e-4
    """Adam's learning rate for G"""
    lr_d: float = 2e-4
    """Adam's learning rate for D"""
    betas: tuple[float, float] = (0.5, 0.999)
    """Adam's two decay rates (Radford et al. 2016 lower the first to 0.5)"""
    lr_final: float = 1.0
    """both learning rates fall linearly to this fraction at the last step; 1 keeps them"""
    average: float = 0.0
    """decay of the weight average of G per step, with warm-up; 0 for none"""
    precision: str = "fp32"
    """fp32, or bf16 by autocast; auto, in recipes: the faster one on this machine, as measured"""
    channels_last: bool = False
    """memory layout for convolutions; pays on CPUs and on tensor cores"""
    log_every: int = 10
    """steps between two records of the losses"""
    seed: int = 0
    """of the noise z, of the fake labels and of everything random inside the networks"""

    def __post_init__(self) -> None:
        check_given(self)
        rules = {
            "steps": self.steps >= 0,
            "latent_dim": self.latent_dim >= 1,
            "num_classes": self.num_classes >= 0,
            "d_steps": self.d_steps >= 1,
            "lr_g": self.lr_g > 0,
            "lr_d": self.lr_d > 0,
            "betas": len(self.betas) == 2 and all(0 <= beta < 1 for beta in self.betas),
            "lr_final": 0 <= self.lr_final <= 1,
            "average": 0 <= self.average < 1,
            "precision": self.precision in ("fp32", "bf16", "auto"),
            "log_every": self.log_every >= 1,
        }
        for name, holds in rules.items():
            if not holds:
                raise GanCourseError(
                    f"TrainConfig.{name} is {getattr(self, name)!r}, which is out of range: "
                    "see its line in gan_course/config.py"
                )


def check_given(config: Any) -> None:
    """Raise GanCourseError if a dataclass has a null where none may be, no number where one must
    be, a fraction where a whole number must be, or a NaN or infinity.
    """
    kinds: dict[Any, tuple[type, str]]
    kinds = {int: (numbers.Integral, "a whole number"), float: (numbers.Real, "a number")}
    for field in fields(config):
        name, value = f"{type(config).__name__}.{field.name}", getattr(config, field.name)
        if value is None and field.default is not None:
            raise GanCourseError(
                f"{name} is null: give it a value, or leave it out for its default"
            )
        kind, wanted = kinds.get(field.type, (object, ""))
        if not isinstance(value, kind):
            raise GanCourseError(f"{name} is {value!r}: it must be {wanted}")
        for number in value if isinstance(value, tuple) else (value,):
            if isinstance(number, float) and not math.isfinite(number):
                raise GanCourseError(
                    f"{name} is {value}, which is out of range: it must be a finite number"
                )


def profile() -> str:
    """The profile in force: $GAN_COURSE_PROFILE, else "gpu" on a CUDA device, or "cpu".

    A notebook that stays on the CPU (`runtime.start(on="cpu")`) has the sizes of "cpu", whatever
    the machine has.
    """
    name = os.environ.get("GAN_COURSE_PROFILE", "")
    if not name and started_on:
        return "gpu" if started_on == "cuda" else "cpu"
    if not name:
        import torch  # here, so that reading a config does not wait for torch

        return "gpu" if torch.cuda.is_available() else "cpu"
    if name not in PROFILES:
        raise GanCourseError(
            f"GAN_COURSE_PROFILE is {name!r}, but the profiles are {', '.join(PROFILES)}: "
            "set it to one of them, or unset it"
        )
    return name


def pick(*, quick: T, cpu: T, gpu: T | None = None) -> T:
    """The value for the profile in force; without one for "gpu", that of "cpu" serves there too.

    >>> steps = pick(quick=50, cpu=2_000, gpu=20_000)
    """
    value = {"quick": quick, "cpu": cpu, "gpu": gpu}[profile()]
    return cpu if value is None else value
