"""Four families of generative models on one budget: the same data, weights within 5 %, and seconds of CPU time. Notebook 18.

`train(task, family, seed)` and `measure` make one row of the table; benchmarks/families.py collects them. A weight is counted if
training changes it: both players of the GAN, both halves of the VAE, and of a masked kernel what the mask leaves.
"""

import time
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from gan_course import data, game, losses, penalties
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.diffusion import Diffusion, ImageDenoiser, PointDenoiser
from gan_course.errors import DataError, GanCourseError
from gan_course.families import LEVELS, SIDE, VAE, MaskedConv2d, MixtureChain, PixelCNN, to_grey, to_levels
from gan_course.judges import RING, measure_digits, measure_ring
from gan_course.models import MLPDiscriminator, MLPGenerator, mlp

NAMES = ("GAN", "VAE", "autoregressive", "diffusion")
SECONDS = {"ring": 5.0, "digits": 30.0}  # of CPU time, for the training of one model
BATCH = {"ring": 256, "digits": 64}  # and of single families, where they need another
RATE = {"ring": 2e-3, "digits": 2e-3}
R1 = {"ring": (0.1, 4), "digits": (1.0, 4)}  # weight, and every how many steps
TO_FLOOR = 0.05  # the learning rate falls to this share of its start


class Pair(nn.Module):
    """Both players of a GAN, with the calls of the other families; `bound` is None, for it has no density."""

    bound = None

    def __init__(self, G: nn.Module, D: nn.Module, discrete: bool):
        super().__init__()
        self.G, self.D, self.discrete, self.latent_dim = G, D, discrete, G.latent_dim

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        """G(z) of n draws of z; for images rounded to a level."""
        return self.decode(torch.randn(n, self.latent_dim, generator=generator))

    def decode(self, z: Tensor) -> Tensor:
        """G(z), as in `sample`."""
        x = game.sample(self.G, z)
        return to_levels(x) if self.discrete else x


def build(task: str, family: str) -> nn.Module:
    """A fresh model of that family; the sizes are chosen so that the numbers of weights agree."""
    if task not in SECONDS or family not in NAMES:
        raise GanCourseError(f"build({task!r}, {family!r}): tasks are {', '.join(SECONDS)}; families are {', '.join(NAMES)}")
    if task == "ring":
        wide = (128, 128)
        return {
            "GAN": lambda: Pair(MLPGenerator(2, (2,), wide, activation="relu", output="linear"),
                                MLPDiscriminator((2,), wide, activation="relu"), discrete=False),
            "VAE": lambda: VAE(mlp([2, *wide, 4], "relu"), mlp([2, *wide, 2], "relu"), 2, discrete=False),
            "autoregressive": lambda: MixtureChain(hidden=168, components=10),
            "diffusion": lambda: Diffusion(PointDenoiser((125, 125, 125)), (2,), discrete=False),
        }[family]()  # fmt: skip
    shape = (1, SIDE, SIDE)
    return {
        "GAN": lambda: Pair(ConvGenerator(16, shape, width=22), ConvDiscriminator(shape, width=22), discrete=True),
        "VAE": lambda: VAE(*_coder(width=14, latent_dim=16), 16, discrete=True),
        "autoregressive": lambda: PixelCNN(width=28, blocks=6),
        "diffusion": lambda: Diffusion(ImageDenoiser(width=15), shape, discrete=True),
    }[family]()


def _coder(width: int, latent_dim: int) -> tuple[nn.Module, nn.Module]:
    """Encoder and decoder of images, mirror images of each other: 14 to 7 to 4 pixels and back."""
    w = width
    encoder = nn.Sequential(
        nn.Conv2d(1, w, 4, 2, 1),
        nn.ReLU(),
        nn.Conv2d(w, 2 * w, 3, 2, 1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(32 * w, 2 * latent_dim),
    )
    decoder = nn.Sequential(
        nn.Linear(latent_dim, 32 * w), nn.ReLU(), nn.Unflatten(1, (2 * w, 4, 4)),
        nn.ConvTranspose2d(2 * w, w, 3, 2, 1), nn.ReLU(), nn.ConvTranspose2d(w, LEVELS, 4, 2, 1),
    )  # fmt: skip
    return encoder, decoder


def count_weights(model: nn.Module) -> int:
    """Weights that training changes; those behind a mask never do."""
    hidden = sum(
        int((m.mask == 0).sum()) * m.in_channels * m.out_channels for m in model.modules() if isinstance(m, MaskedConv2d)
    )
    return sum(p.numel() for p in model.parameters()) - hidden


class TimeUp(Exception):
    """The budget is spent."""


def fit(model: nn.Module, batches, seconds: float, lr: float, seed: int = 0, average: float = 0.99) -> tuple[nn.Module, int]:
    """Adam on `model.loss` until `seconds` of CPU time are spent; returns the averaged weights, in eval mode, and the steps."""
    optimiser = torch.optim.Adam(model.parameters(), lr, fused=True)
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(average))
    start, steps = time.process_time(), 0
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        while (spent := time.process_time() - start) < seconds:
            optimiser.param_groups[0]["lr"] = lr * (1 - (1 - TO_FLOOR) * spent / seconds)
            loss = model.loss(next(batches)[0])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 10.0)
            optimiser.step()
            mean.update_parameters(model)
            steps += 1
    return mean.module.eval(), steps


def fit_gan(pair: Pair, batches, seconds: float, lr: float, r1: float, every: int, seed: int = 0) -> tuple[Pair, int]:
    """The same for a GAN, through `game.train`: non-saturating loss, R1, and a callback that ends it when time is up."""
    config = TrainConfig(steps=100_000, latent_dim=pair.latent_dim, lr_g=lr, lr_d=lr, betas=(0.5, 0.99), average=0.99, seed=seed,
                         channels_last=pair.discrete)  # fmt: skip
    start, last = time.process_time(), {}

    def watch(state) -> None:
        last["state"] = state
        spent = (time.process_time() - start) / seconds
        if spent >= 1 and state.step:
            raise TimeUp
        now = lr * (1 - (1 - TO_FLOOR) * min(spent, 1))  # the rates fall with time, as those of the others do
        state.config = replace(state.config, lr_g=now, lr_d=now)

    try:
        game.train(pair.G, pair.D, batches, losses.NonSaturating(), config, [penalties.ZeroCentered(r1, every=every)],
                   callbacks=[watch])  # fmt: skip
    except TimeUp:
        pass
    state = last["state"]
    return Pair(state.generator.eval(), pair.D.eval(), pair.discrete), state.step


def train(task: str, family: str, seed: int = 0, seconds: float = 0.0, images: Tensor | None = None) -> tuple[nn.Module, dict]:
    """Train one model on its budget. images: levels (N, 1, 14, 14), for "digits". Returns it with what it cost."""
    if task == "digits" and images is None:
        raise GanCourseError(
            'train("digits", ...) needs the levels to learn: pass images=families.quantise(data.images().images)'
        )
    torch.manual_seed(seed)
    model, seconds = build(task, family), seconds or SECONDS[task]
    size = BATCH[task, family] if (task, family) in BATCH else BATCH[task]
    lr = RATE[task, family] if (task, family) in RATE else RATE[task]
    source = RING if task == "ring" else to_grey(images) if family == "GAN" else images
    batches, start = data.batches(source, size, seed), time.process_time()
    if family == "GAN":
        model, steps = fit_gan(model, batches, seconds, lr, *R1[task], seed)
    else:
        model, steps = fit(model, batches, seconds, lr, seed)
    spent = round(time.process_time() - start, 1)
    return model, {"weights": count_weights(model), "steps": steps, "batch": size, "lr": lr, "cpu_seconds": spent}


def measure(task: str, model: nn.Module, against=None) -> dict:
    """`judges.measure_ring`, or `judges.measure_digits` against what `judges.reference` gave."""
    return measure_ring(model) if task == "ring" else measure_digits(model, against)


def ship(model: nn.Module, family: str, path: Path | str) -> None:
    """Write a model of digits, in half precision, into the file that holds one of each family."""
    others = load_file(path) if Path(path).exists() else {}
    mine = {f"{family}/{name}": (t.half() if t.is_floating_point() else t).contiguous() for name, t in model.state_dict().items()}
    save_file({name: t for name, t in others.items() if not name.startswith(f"{family}/")} | mine, path)


def shipped(family: str, path: Path | str) -> nn.Module:
    """The model that `ship` wrote, in eval mode."""
    if not Path(path).is_file():
        raise DataError(f"{path} is missing: it is part of the repository, `git checkout {Path(path).name}` brings it back")
    model = build("digits", family)
    held = {name.removeprefix(f"{family}/"): t for name, t in load_file(path).items() if name.startswith(f"{family}/")}
    model.load_state_dict({name: t.float() if t.is_floating_point() else t for name, t in held.items()})
    return model.eval()
