"""Four families of generative models on one budget. Notebook 18.

The same data, weights within 5 %, and seconds of CPU time. `train(task, family, seed)` and
`measure` make one row of the table; benchmarks/families.py collects them.
"""

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from gan_course import data, game, losses, metrics, penalties, pretrained
from gan_course.chapters import families
from gan_course.chapters.diffusion import Diffusion, ImageDenoiser, PointDenoiser
from gan_course.chapters.families import SIDE, VAE, MaskedConv2d, MixtureChain, PixelCNN
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.errors import DataError, GanCourseError
from gan_course.models import MLPDiscriminator, MLPGenerator, mlp

NAMES = ("GAN", "VAE", "autoregressive", "diffusion")
RING = data.ring(std=0.1)
WIDE = (128, 128)  # hidden layers on the ring
SECONDS = {"ring": 5.0, "digits": 30.0}  # of CPU time, for the training of one model
BATCH = {"ring": 256, "digits": 64}
RATE = {"ring": 2e-3, "digits": 2e-3}
R1 = {"ring": (0.1, 4), "digits": (1.0, 4)}  # weight, and every how many steps
TO_FLOOR = 0.05  # the learning rate falls to this share of its start
BINS = 60  # a side of the histogram on the ring

# ---- the models


class Pair(nn.Module):
    """Both players of a GAN, with the calls of the other families; it has no density to bound."""

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
        return families.to_levels(x) if self.discrete else x


def build(task: str, family: str) -> nn.Module:
    """A fresh model of that family; the sizes are chosen so that the numbers of weights agree."""
    if task not in SECONDS or family not in NAMES:
        raise GanCourseError(
            f"build({task!r}, {family!r}): tasks are {', '.join(SECONDS)}; families are "
            f"{', '.join(NAMES)}"
        )
    return _for_ring(family) if task == "ring" else _for_digits(family)


def _for_ring(family: str) -> nn.Module:
    if family == "GAN":
        G = MLPGenerator(2, (2,), WIDE, activation="relu", output="linear")
        return Pair(G, MLPDiscriminator((2,), WIDE, activation="relu"), discrete=False)
    if family == "VAE":
        encoder, decoder = mlp([2, *WIDE, 4], "relu"), mlp([2, *WIDE, 2], "relu")
        return VAE(encoder, decoder, 2, discrete=False)
    if family == "autoregressive":
        return MixtureChain(hidden=168, components=10)
    return Diffusion(PointDenoiser((125, 125, 125)), (2,), discrete=False)


def _for_digits(family: str) -> nn.Module:
    shape = (1, SIDE, SIDE)
    if family == "GAN":
        G = ConvGenerator(16, shape, width=22)
        return Pair(G, ConvDiscriminator(shape, width=22), discrete=True)
    if family == "VAE":
        return VAE(*_coder(width=14, latent_dim=16), 16, discrete=True)
    if family == "autoregressive":
        return PixelCNN(width=28, blocks=6)
    return Diffusion(ImageDenoiser(width=15), shape, discrete=True)


def _coder(width: int, latent_dim: int) -> tuple[nn.Module, nn.Module]:
    """Encoder and decoder of images, mirror images of each other: 14 to 7 to 4 pixels and back."""
    w, out = width, families.LEVELS
    down = [nn.Conv2d(1, w, 4, 2, 1), nn.ReLU(), nn.Conv2d(w, 2 * w, 3, 2, 1), nn.ReLU()]
    encoder = nn.Sequential(*down, nn.Flatten(), nn.Linear(32 * w, 2 * latent_dim))
    start = [nn.Linear(latent_dim, 32 * w), nn.ReLU(), nn.Unflatten(1, (2 * w, 4, 4))]
    up = [nn.ConvTranspose2d(2 * w, w, 3, 2, 1), nn.ReLU(), nn.ConvTranspose2d(w, out, 4, 2, 1)]
    return encoder, nn.Sequential(*start, *up)


def count_weights(model: nn.Module) -> int:
    """Weights that training changes: of both players, of both halves; none behind a mask."""
    count = sum(p.numel() for p in model.parameters())
    for layer in model.modules():
        if isinstance(layer, MaskedConv2d):
            count -= int((layer.mask == 0).sum()) * layer.in_channels * layer.out_channels
    return count


# ---- their training


def fit(
    model: nn.Module,
    batches: data.Batches,
    seconds: float,
    lr: float,
    seed: int = 0,
    average: float = 0.99,
) -> tuple[nn.Module, int]:
    """Adam on `model.loss` until `seconds` of CPU time are spent.

    Returns the averaged weights, in eval mode, and the steps.
    """
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


def fit_gan(
    pair: Pair, batches: data.Batches, seconds: float, lr: float, r1: game.Penalty, seed: int
) -> tuple[Pair, int]:
    """The same for a GAN, through `game.train`: a callback ends it when the time is up."""
    config = TrainConfig(
        steps=100_000,
        latent_dim=pair.latent_dim,
        lr_g=lr,
        lr_d=lr,
        betas=(0.5, 0.99),
        average=0.99,
        seed=seed,
        channels_last=pair.discrete,
    )
    start, steps = time.process_time(), 0

    def watch(state: game.State) -> None:
        nonlocal steps
        steps = state.step
        spent = (time.process_time() - start) / seconds
        if spent >= 1 and state.step:
            state.stop("the time is up")
        # the rates fall with time, as those of the other families do
        state.rate_scale = 1 - (1 - TO_FLOOR) * min(spent, 1)

    loss = losses.NonSaturating()
    run = game.train(pair.G, pair.D, batches, loss, config, [r1], callbacks=[watch])
    return Pair(run.generator, run.discriminator, pair.discrete), steps


def train(
    task: str, family: str, seed: int = 0, seconds: float = 0.0, images: Tensor | None = None
) -> tuple[nn.Module, dict]:
    """Train one model on its budget. Returns it with what it cost.

    images: levels (N, 1, 14, 14), for "digits".
    """
    if task == "digits" and images is None:
        raise GanCourseError(
            'train("digits", ...) needs the levels to learn: pass '
            "images=families.quantise(data.images().images)"
        )
    torch.manual_seed(seed)
    model = build(task, family)
    seconds, lr, size = seconds or SECONDS[task], RATE[task], BATCH[task]
    source = RING if task == "ring" else images
    if task == "digits" and family == "GAN":
        source = families.to_grey(images)
    batches = data.batches(source, size, seed)
    start = time.process_time()
    if family == "GAN":
        weight, every = R1[task]
        r1 = penalties.ZeroCentered(weight, every=every)
        model, steps = fit_gan(model, batches, seconds, lr, r1, seed)
    else:
        model, steps = fit(model, batches, seconds, lr, seed)
    spent = round(time.process_time() - start, 1)
    row = {"weights": count_weights(model), "steps": steps, "batch": size, "lr": lr}
    return model, {**row, "cpu_seconds": spent}


# ---- the numbers of a trained model


def measure(task: str, model: nn.Module, against: dict | None = None) -> dict:
    """`measure_ring`, or `measure_digits` against what `reference` gave."""
    if task == "ring":
        return measure_ring(model)
    if against is None:
        raise GanCourseError("measure('digits', ...) needs what reference(test levels) gave")
    return measure_digits(model, against)


def measure_ring(model: nn.Module | data.Mixture, n: int = 20_000, seed: int = 1) -> dict:
    """The numbers of a row on the ring, where the density is known.

    model: of `build`, trained; or `RING` itself, for the ceiling.
    kl: KL(ring || model), exact by `grid_kl` where the density can be computed. kl_bound: its upper
    bound by `model.bound`. jsd: by a histogram of n samples.
    modes, high_quality: of 2,500 samples, as VEEGAN and PacGAN score them.
    """
    draw = torch.Generator().manual_seed(seed)
    start = time.process_time()
    x = model.sample(n, draw)
    row = {"ms_per_sample": 1000 * (time.process_time() - start) / n, "jsd": histogram_jsd(x)}
    coverage = metrics.mode_coverage(x[:2500], RING.means, float(RING.stds[0]))
    row |= {"modes": coverage.modes, "high_quality": coverage.high_quality}
    row |= asdict(metrics.precision_recall(RING.sample(2500, draw), x[:2500]))
    if isinstance(model, VAE):
        row["kl"] = grid_kl(model.marginal)
    elif isinstance(model, MixtureChain):
        row["kl"] = grid_kl(model.bound)
    bound = getattr(model, "bound", None)
    if bound is not None:
        # the bound of a diffusion is a random draw: many, for a steady mean
        test = RING.sample(4 * n, draw)
        with torch.no_grad():
            row["kl_bound"] = float((RING.density(test).log() - bound(test)).mean())
    return row


def histogram_jsd(samples: Tensor, limit: float = 3.0) -> float:
    """Jensen-Shannon divergence of samples (N, 2) to the ring, in nats, at most log 2.

    Of a histogram of 60 x 60 cells, and one for all that lies outside, to the ring's exact masses.
    It is finite for every family, and too large by what N leaves to chance.
    """
    edges = torch.linspace(-limit, limit, BINS + 1, dtype=torch.float64)
    cdf = torch.special.ndtr((edges[:, None, None] - RING.means.double()) / RING.stds[0])
    along = cdf.diff(dim=0)  # (60, 8, 2): mass of each mode between two edges, by axis
    p = torch.einsum("ik,jk->ij", along[..., 0], along[..., 1]).flatten() / len(RING.means)
    x, y = samples.double().T.numpy()
    counts, _, _ = np.histogram2d(x, y, bins=[edges.numpy(), edges.numpy()])
    q = torch.from_numpy(counts).flatten() / len(samples)
    p, q = (torch.cat([t, (1 - t.sum()).clamp(min=0)[None]]) for t in (p, q))
    m = (p + q) / 2
    return float((torch.xlogy(p, p / m).nansum() + torch.xlogy(q, q / m).nansum()) / 2)


def grid_kl(
    log_density: Callable[[Tensor], Tensor], points: int = 240, limit: float = 3.0
) -> float:
    """KL(ring || model) in nats by the sum over a grid. log_density: (M, 2) -> (M,)."""
    line = (torch.arange(points) + 0.5) * (2 * limit / points) - limit
    x = torch.cartesian_prod(line, line)
    p = RING.density(x)
    x, p = x[p > 1e-9], p[p > 1e-9]
    with torch.no_grad():
        log_q = torch.cat([log_density(part) for part in x.split(1000)])
    return float((p * (p.log() - log_q)).sum() * (2 * limit / points) ** 2)


def reference(test: Tensor, n: int = 1000) -> dict:
    """The held-out digits that `measure_digits` compares n samples with.

    test: levels (N, 1, 14, 14), at most 5,000 of them are used.
    """
    features, _ = pretrained.read(families.enlarge(test[:5000]))
    statistics = metrics.statistics(features)
    return {"test": test, "statistics": statistics, "features": features[:n], "n": n}


def measure_digits(model: nn.Module, against: dict, seed: int = 1) -> dict:
    """The numbers of a row on digits: those of `score_digits`, seconds, and a bound.

    nats: minus the mean bound on log p of 2,000 test images. A VAE gets a second set of numbers,
    "mean_...", for the means of p(x | z) in place of samples, and `nats_tighter`,
    importance-weighted. A diffusion gets "curve": the distance for fewer steps.
    """
    draw = torch.Generator().manual_seed(seed)
    start = time.process_time()
    x = model.sample(against["n"], draw)
    row: dict = {"ms_per_sample": 1000 * (time.process_time() - start) / len(x)}
    row |= score_digits(x, against)
    start = time.process_time()
    model.sample(1, draw)
    row["ms_alone"] = 1000 * (time.process_time() - start)
    if model.bound is not None:
        repeats = 4 if isinstance(model, Diffusion) else 1  # its bound is a random draw
        parts = against["test"][:2000].repeat(repeats, 1, 1, 1).split(1000)
        with torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(seed)
            row["nats"] = -float(torch.cat([model.bound(part) for part in parts]).mean())
            if isinstance(model, VAE):
                tighter = torch.cat([model.tighter_bound(part) for part in parts])
                row["nats_tighter"] = -float(tighter.mean())
    if isinstance(model, VAE):
        means = score_digits(model.sample(len(x), draw, mean=True), against)
        row |= {f"mean_{name}": value for name, value in means.items()}
    if isinstance(model, Diffusion):
        curve = {}
        for steps in (2, 5, 10, 25):
            scores = score_digits(model.sample(len(x), draw, steps), against)
            curve[str(steps)] = scores["frechet_distance"]
        row["curve"] = curve
    return row


def score_digits(levels: Tensor, against: dict) -> dict:
    """Fréchet distance, precision, recall and the KL of the classes of levels (N, 1, 14, 14).

    In the features of the course's classifier, against what `reference` gave.
    """
    features, logits = pretrained.read(families.enlarge(levels))
    mean, covariance = against["statistics"]
    distance = metrics.frechet_distance(mean, covariance, *metrics.statistics(features))
    return {
        "frechet_distance": distance,
        **asdict(metrics.precision_recall(against["features"], features)),
        "class_kl": metrics.class_histogram(logits.argmax(dim=1)).kl,
    }


# ---- the file of trained models


def ship(model: nn.Module, family: str, path: Path | str) -> None:
    """Write a model of digits, in half precision, into the file that holds one of each family."""
    tensors = load_file(path) if Path(path).exists() else {}
    tensors = {name: t for name, t in tensors.items() if not name.startswith(f"{family}/")}
    for name, t in model.state_dict().items():
        tensors[f"{family}/{name}"] = (t.half() if t.is_floating_point() else t).contiguous()
    save_file(tensors, path)


def shipped(family: str, path: Path | str) -> nn.Module:
    """The model that `ship` wrote, in eval mode."""
    if not Path(path).is_file():
        raise DataError(
            f"{path} is missing: it is part of the repository, `git checkout {Path(path).name}` "
            "brings it back"
        )
    state = {}
    for name, t in load_file(path).items():
        if name.startswith(f"{family}/"):
            state[name.removeprefix(f"{family}/")] = t.float() if t.is_floating_point() else t
    model = build("digits", family)
    model.load_state_dict(state)
    return model.eval()
