"""Shared by the tests: one torch thread a process, and where real MNIST is, if anywhere."""

import os
from pathlib import Path

import pytest
import torch

torch.set_num_threads(1)


@pytest.fixture
def mnist_root() -> Path:
    """The folder that holds real MNIST; tests that need it are skipped where there is none."""
    root = Path(os.environ.get("GAN_COURSE_DATA", "data"))
    if not (root / "MNIST" / "raw" / "train-images-idx3-ubyte").exists():
        pytest.skip("no MNIST here: set GAN_COURSE_DATA to a folder that holds it")
    return root
