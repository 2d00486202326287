"""Twenty steps of the training loop in double precision, for the tests of the training laboratory:
what the browser's own training has to find from the same start.
"""

import contextlib

import numpy as np
import pytest
import torch

from gan_course import game, models
from gan_course.config import TrainConfig
from gan_course.widgets import laboratory

STEPS, UNITS, BATCH = 20, 64, 128


@contextlib.contextmanager
def double_precision():
    """The training loop in double precision: it makes fakes and scores single ones."""
    torch.set_default_dtype(torch.float64)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(torch.Tensor, "float", torch.Tensor.double)
            yield
    finally:
        torch.set_default_dtype(torch.float32)


def twenty_steps(loss: str, penalty: str, d_steps: int = 1) -> dict:
    """What `game.train` started from, drew, and found. JSON can hold it."""
    with double_precision():
        return _twenty_steps(loss, penalty, d_steps)


def _twenty_steps(loss: str, penalty: str, d_steps: int) -> dict:
    torch.manual_seed(1)
    hidden = (UNITS, UNITS)
    G = models.MLPGenerator(2, (2,), hidden, activation="relu", output="linear").double()
    D = models.MLPDiscriminator((2,), hidden, activation="relu").double()
    before = weights(G, D)
    target = laboratory.DATA["ring"]()
    stream = torch.Generator().manual_seed(2)
    batches = [target.sample(BATCH, stream).double() for _ in range(STEPS * d_steps)]
    config = TrainConfig(
        STEPS, latent_dim=2, d_steps=d_steps, lr_g=2e-3, lr_d=2e-3, betas=(0.5, 0.99), log_every=1
    )
    terms, constrain = laboratory.PENALTIES[penalty]()
    run = game.train(
        G, D, [(x, None) for x in batches], laboratory.LOSSES[loss](), config, terms, (), constrain
    )
    # the streams that the loop drew from
    noise = torch.Generator().manual_seed(config.seed)
    torch.manual_seed(config.seed)
    drawn = []
    for real in batches:
        z = torch.randn(BATCH, 2, generator=noise)
        mix = torch.rand(BATCH)
        drawn.append({"real": flat(real), "z": flat(z), "mix": flat(mix)})
    settings = {"data": "ring", "loss": loss, "penalty": penalty, "d_steps": d_steps}
    settings |= {"lr_d": 2e-3, "lr_g": 2e-3, "seed": 0, "units": UNITS}
    return {
        "settings": settings,
        "weights": before,
        "drawn": drawn,
        "after": weights(G, D),
        "losses": {"d": run.column("d_loss"), "g": run.column("g_loss")},
    }


def flat(values) -> list[float]:
    return values.detach().flatten().tolist()


def weights(G, D) -> dict:
    return {name: [flat(p) for p in net.parameters()] for name, net in (("G", G), ("D", D))}


def disagreement(found: dict, wanted: dict) -> float:
    """The largest difference between two runs, of their parameters and losses."""
    pairs = [(found["losses"][player], wanted["losses"][player]) for player in "dg"]
    for player in "GD":
        pairs += zip(found[player], wanted["after"][player], strict=True)
    return max(float(np.abs(np.subtract(a, b)).max()) for a, b in pairs)
