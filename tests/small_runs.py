"""Small runs of the one loop, for its tests and for the processes that they start.

`play(variant)` trains a pair on the ring in a fraction of a second, by each kind of loss and term.
`OnMPS` stands in for tensors on Apple's GPU.
"""

import copy
import os
from pathlib import Path

import torch

from gan_course import data, game, losses, models, penalties
from gan_course.config import TrainConfig


def environment(**changes: str) -> dict[str, str]:
    """The variables for a process that imports this module: one thread, no bar, this folder."""
    here = str(Path(__file__).parent)
    path = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    quiet = {"TQDM_DISABLE": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": path}
    return {**os.environ, **quiet, **changes}


def plain(D):
    return D


def networks(seed=0, num_classes=0, wrap=plain, pack=1):
    torch.manual_seed(seed)
    G = models.MLPGenerator(3, (2,), (16, 16), num_classes, output="linear")
    return G, wrap(models.MLPDiscriminator((2 * pack,), (16, 16), num_classes))


def batches(num_classes=0, batch_size=32, seed=0):
    ring = data.ring()
    if not num_classes:
        return ring.batches(batch_size, seed)
    samples = ring.sample(300, torch.Generator().manual_seed(1))
    return data.batches((samples, torch.arange(300) % num_classes), batch_size, seed)


def config(**changes):
    return TrainConfig(**{"steps": 6, "latent_dim": 3, "log_every": 1, **changes})


def weights(net):
    return copy.deepcopy(net.state_dict())


def same(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


VARIANTS = {
    "minimax": dict(loss=losses.Minimax()),
    "non-saturating": dict(loss=losses.NonSaturating()),
    "least squares": dict(loss=losses.LeastSquares()),
    "hinge + spectral norm": dict(loss=losses.Hinge(), wrap=models.spectral_norm),
    "WGAN": dict(loss=losses.Wasserstein(), constrain=penalties.clip_weights(0.05), d_steps=3),
    "WGAN-GP": dict(
        loss=losses.Wasserstein(), penalties=[penalties.GradientPenalty(10.0)], d_steps=3
    ),
    "R1, lazy": dict(loss=losses.NonSaturating(), penalties=[penalties.ZeroCentered(1.0, every=2)]),
    "R3GAN": dict(
        loss=losses.Relativistic(),
        penalties=[penalties.ZeroCentered(1.0), penalties.ZeroCentered(1.0, on="fake")],
    ),
    "historical average": dict(
        loss=losses.NonSaturating(), penalties=[penalties.HistoricalAverage(0.1)]
    ),
    "conditional": dict(loss=losses.NonSaturating(), num_classes=3),
    "conditional WGAN-GP": dict(
        loss=losses.Wasserstein(), num_classes=3, penalties=[penalties.GradientPenalty(10.0)]
    ),
    "PacGAN2": dict(loss=losses.NonSaturating(), wrap=lambda D: models.Packed(D, 2), pack=2),
    "instance noise": dict(
        loss=losses.NonSaturating(), wrap=lambda D: models.InstanceNoise(D, 0.3)
    ),
    "weight average": dict(loss=losses.NonSaturating(), average=0.99),
    "learning rates fall": dict(loss=losses.NonSaturating(), lr_final=0.1),
    "bf16": dict(loss=losses.NonSaturating(), precision="bf16"),
}


def play(variant, callbacks=(), resume=None, seed=0, **changes):
    """Train the variant: G, D and the Run."""
    chosen = {**VARIANTS[variant], **changes}
    num_classes = chosen.pop("num_classes", 0)
    G, D = networks(seed, num_classes, chosen.pop("wrap", plain), chosen.pop("pack", 1))
    loss, terms = chosen.pop("loss"), copy.deepcopy(chosen.pop("penalties", ()))
    constrain = chosen.pop("constrain", None)
    numbers = config(num_classes=num_classes, **chosen)
    samples = batches(num_classes)
    run = game.train(G, D, samples, loss, numbers, terms, (), constrain, callbacks, resume)
    return G, D, run


class OnMPS(torch.Tensor):
    """A tensor that, as those on Apple's GPU, has no float64; `.cpu()` gives a usual one."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        result = super().__torch_function__(func, types, args, kwargs or {})
        if func is torch.Tensor.cpu:
            return result.as_subclass(torch.Tensor)
        if isinstance(result, torch.Tensor) and result.dtype == torch.float64:
            raise TypeError("the MPS framework doesn't support float64")
        return result


def on_mps(x):
    return x.as_subclass(OnMPS)
