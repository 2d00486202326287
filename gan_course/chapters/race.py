"""Five families of generative models on equal CPU time. Notebook 18.

`train(task, family, seed)` gives a model, `measure_ring` and `measure_digits` its numbers;
benchmarks/families.py collects them. On digits each family has the networks and the settings that
served it best among those tried; all are told the label.
"""

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from gan_course import data, game, losses, metrics, models, penalties, pretrained
from gan_course.chapters import families
from gan_course.chapters.diffusion import Denoiser, Diffusion, Flow, PointDenoiser
from gan_course.chapters.families import SIDE, VAE, MaskedConv2d, MixtureChain, PixelCNN
from gan_course.config import TrainConfig
from gan_course.conv import ConvDiscriminator, ConvGenerator
from gan_course.errors import DataError, GanCourseError
from gan_course.models import MLPDiscriminator, MLPGenerator, mlp

NAMES = ("GAN", "VAE", "autoregressive", "diffusion", "flow matching")
RING = data.ring(std=0.1)
WIDE = (128, 128)  # hidden layers on the ring
CLASSES = 10  # labels of the digits
SECONDS = {"ring": 5.0, "digits": 240.0}  # of CPU time, for the training of one model
# on the ring all families alike; on digits each as it learns best
BATCH = {"GAN": 64, "VAE": 128, "autoregressive": 64, "diffusion": 128, "flow matching": 128}
RATE = {"GAN": 4e-3, "VAE": 2e-3, "autoregressive": 2e-3, "diffusion": 2e-3, "flow matching": 2e-3}
R1 = {"ring": (0.1, 4), "digits": (0.3, 16)}  # weight, and every how many steps
BETAS = {"ring": (0.5, 0.99), "digits": (0.0, 0.99)}  # of the GAN
# Share of the learning rates that is left at the end. On digits they stay, so that each point of a
# curve is what a run that stops there would give; the average of the weights settles instead.
FINAL = {"ring": 0.05, "digits": 1.0}
SAMPLES = 2_000  # of digits, for each distance
STEPS = {"ring": 100, "digits": 20}  # of diffusion and of flow matching to a sample
BINS = 60  # a side of the histogram on the ring

# ---- the models


class Pair(nn.Module):
    """Both players of a GAN, with the calls of the other families; it has no density to bound."""

    bound = None

    def __init__(self, G: nn.Module, D: nn.Module):
        super().__init__()
        self.G, self.D, self.latent_dim = G, D, G.latent_dim

    def sample(
        self, n: int, generator: torch.Generator | None = None, labels: Tensor | None = None
    ) -> Tensor:
        """G(z) of n draws of z."""
        return game.sample(self.G, torch.randn(n, self.latent_dim, generator=generator), labels)


def build(task: str, family: str) -> nn.Module:
    """A fresh model of that family."""
    if task not in SECONDS or family not in NAMES:
        raise GanCourseError(
            f"build({task!r}, {family!r}): tasks are {', '.join(SECONDS)}; families are "
            f"{', '.join(NAMES)}"
        )
    return _for_ring(family) if task == "ring" else _for_digits(family)


def _for_ring(family: str) -> nn.Module:
    """The numbers of weights agree within 2 %."""
    if family == "GAN":
        G = MLPGenerator(2, (2,), WIDE, activation="relu", output="linear")
        return Pair(G, MLPDiscriminator((2,), WIDE, activation="relu"))
    if family == "VAE":
        encoder, decoder = mlp([2, *WIDE, 4], "relu"), mlp([2, *WIDE, 2], "relu")
        return VAE(encoder, decoder, 2, discrete=False)
    if family == "autoregressive":
        return MixtureChain(hidden=168, components=10)
    if family == "diffusion":
        return Diffusion(PointDenoiser(), (2,), discrete=False, schedule="log SNR linear")
    return Flow(PointDenoiser(), (2,))


def _for_digits(family: str) -> nn.Module:
    shape = (1, SIDE, SIDE)
    if family == "GAN":
        G = ConvGenerator(64, shape, width=16, blocks=3, num_classes=CLASSES)
        return Pair(G, ConvDiscriminator(shape, width=16, blocks=3, num_classes=CLASSES))
    if family == "VAE":
        encoder, decoder = _coder(width=32, latent_dim=16)
        return VAE(encoder, decoder, 16, discrete=True, num_classes=CLASSES)
    if family == "autoregressive":
        return PixelCNN(width=32, blocks=8, num_classes=CLASSES)
    net = Denoiser(shape, CLASSES)
    return Diffusion(net, shape, discrete=True) if family == "diffusion" else Flow(net, shape)


def _coder(width: int, latent_dim: int) -> tuple[nn.Module, nn.Module]:
    """Encoder and decoder of images: 28 to 14 to 7 pixels and back, one logit per level."""
    w, small = width, 2 * width * 7 * 7
    down = [nn.Conv2d(1, w, 4, 2, 1), nn.ReLU(), nn.Conv2d(w, 2 * w, 4, 2, 1), nn.ReLU()]
    encoder = nn.Sequential(*down, nn.Flatten(), nn.Linear(small, 2 * latent_dim))
    start = [nn.Linear(latent_dim + CLASSES, small), nn.ReLU(), nn.Unflatten(1, (2 * w, 7, 7))]
    up = [nn.ConvTranspose2d(2 * w, w, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(w, w, 4, 2, 1)]
    head = [nn.ReLU(), nn.Conv2d(w, families.LEVELS, 3, padding=1)]
    return encoder, nn.Sequential(*start, *up, *head)


def count_weights(model: nn.Module) -> int:
    """Weights that training changes: of both players, of both halves; none behind a mask."""
    count = models.count_parameters(model)
    for layer in model.modules():
        if isinstance(layer, MaskedConv2d):
            count -= int((layer.mask == 0).sum()) * layer.in_channels * layer.out_channels
    return count


# ---- their training


class Budget:
    """CPU seconds of one run, from its first step on.

    watch(seconds, model) is called before each step, and not counted.
    """

    def __init__(self, seconds: float, watch: Callable[[float, nn.Module], None] | None):
        self.seconds, self.watch, self.start = seconds, watch, 0.0

    def share(self, model: nn.Module) -> float:
        """How much of the budget is spent: 1 is all."""
        self.start = self.start or time.process_time()
        spent = time.process_time() - self.start
        if self.watch:
            self.watch(spent, model)
            self.start = time.process_time() - spent
        return spent / self.seconds


def fit(
    model: nn.Module, batches: data.Batches, budget: Budget, lr: float, final: float, seed: int
) -> tuple[nn.Module, int]:
    """Adam on `model.loss` until the budget is spent; the rate falls to `final` of itself.

    Returns the averaged weights, in eval mode, and the steps.
    """
    optimiser = torch.optim.Adam(model.parameters(), lr, (0.9, 0.99), fused=True)
    average = AveragedModel(model, multi_avg_fn=game.warm_up(0.9999))
    average.eval()
    steps = 0
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        while (share := budget.share(average.module)) < 1:
            rate = lr * min(1.0, (steps + 1) / 100)  # rises over the first hundred steps
            optimiser.param_groups[0]["lr"] = rate * (1 - (1 - final) * share)
            x, labels = next(batches)
            loss = model.loss(x, labels)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 10.0)
            optimiser.step()
            average.update_parameters(model)
            steps += 1
    return average.module, steps


def fit_gan(
    pair: Pair, batches: data.Batches, budget: Budget, lr: float, task: str, seed: int
) -> tuple[Pair, int]:
    """The same for a GAN, through `game.train`: a callback ends it when the time is up."""
    config = TrainConfig(
        steps=10**9,
        latent_dim=pair.latent_dim,
        num_classes=CLASSES if task == "digits" else 0,
        lr_g=lr,
        lr_d=lr,
        betas=BETAS[task],
        average=0.9999,
        seed=seed,
        channels_last=task == "digits",
    )
    steps = 0

    def watch(state: game.State) -> None:
        nonlocal steps
        steps = state.step
        share = budget.share(Pair(state.generator, state.D))
        if share >= 1 and state.step:
            state.stop("the time is up")
        state.rate_scale = 1 - (1 - FINAL[task]) * min(share, 1)

    weight, every = R1[task]
    r1 = penalties.ZeroCentered(weight, every=every)
    loss = losses.NonSaturating()
    run = game.train(pair.G, pair.D, batches, loss, config, [r1], callbacks=[watch])
    return Pair(run.generator, run.discriminator), steps


def train(
    task: str,
    family: str,
    seed: int = 0,
    seconds: float = 0.0,
    images: data.ImageSet | None = None,
    watch: Callable[[float, nn.Module], None] | None = None,
) -> tuple[nn.Module, dict]:
    """Train one model on its budget. Returns it with what it cost.

    images: of "digits". watch: see `Budget`.
    """
    if task == "digits" and images is None:
        raise GanCourseError(
            'train("digits", ...) needs images to learn: pass images=data.images("mnist")'
        )
    torch.manual_seed(seed)
    model = build(task, family)
    source: data.Source = RING
    size, lr, seconds = 256, 2e-3, seconds or SECONDS[task]
    if images is not None and task == "digits":
        levels = families.to_levels(images.images)
        grey = family == "GAN"  # the others turn levels into grey values themselves
        source = (families.to_grey(levels) if grey else levels, images.labels)
        size, lr = BATCH[family], RATE[family]
    batches = data.batches(source, size, seed)
    budget = Budget(seconds, watch)
    if isinstance(model, Pair):
        trained, steps = fit_gan(model, batches, budget, lr, task, seed)
    else:
        trained, steps = fit(model, batches, budget, lr, FINAL[task], seed)
    row = {"weights": count_weights(model), "steps": steps, "batch": size, "lr": lr}
    return trained, {**row, "cpu_seconds": seconds}


# ---- the numbers of a trained model


def draw_ring(model: nn.Module | data.Mixture, n: int, seed: int = 1) -> Tensor:
    """Points (n, 2) of a model of the ring."""
    draw = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        if isinstance(model, Diffusion | Flow):
            return model.sample(n, draw, steps=STEPS["ring"])
        return model.sample(n, draw)


def measure_ring(model: nn.Module | data.Mixture, n: int = 20_000, seed: int = 1) -> dict:
    """The numbers of a row on the ring, where the density is known.

    model: of `build`, trained; or `RING` itself, for the ceiling.
    kl: KL(ring || model), exact by `grid_kl` where the density can be computed. kl_bound: its upper
    bound by `model.bound`. jsd: by a histogram of n samples.
    modes, high_quality: of 2,500 samples, as VEEGAN and PacGAN score them.
    """
    start = time.process_time()
    x = draw_ring(model, n, seed)
    row = {"ms_per_sample": 1000 * (time.process_time() - start) / n, "jsd": histogram_jsd(x)}
    draw = torch.Generator().manual_seed(seed + 100)
    coverage = metrics.mode_coverage(x[:2500], RING.means, float(RING.stds[0]))
    row |= {"modes": coverage.modes, "high_quality": coverage.high_quality}
    row |= asdict(metrics.precision_recall(RING.sample(2500, draw), x[:2500]))
    if isinstance(model, VAE):
        row["kl"] = grid_kl(model.marginal)
    elif isinstance(model, MixtureChain | Flow):
        row["kl"] = grid_kl(model.bound)
    if isinstance(model, VAE | Diffusion):
        # the bound of a diffusion is a random draw: many, for a steady mean
        test = RING.sample(4 * n, draw)
        with torch.no_grad():
            row["kl_bound"] = float((RING.density(test).log() - model.bound(test)).mean())
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


def draw_digits(model: nn.Module, n: int = SAMPLES, seed: int = 1, **options) -> Tensor:
    """Grey values (n, 1, 28, 28) of eight levels, the digits 0 to 9 in turn.

    options: of the model's `sample`.
    """
    draw, labels = torch.Generator().manual_seed(seed), torch.arange(n) % CLASSES
    if isinstance(model, Diffusion | Flow):
        options = {"steps": STEPS["digits"]} | options
    with torch.no_grad():
        parts = [model.sample(len(y), draw, y, **options) for y in labels.split(500)]
    x = torch.cat(parts)
    levels = families.to_levels(x) if x.is_floating_point() else x
    return families.to_grey(levels)


def score_digits(grey: Tensor, labels: Tensor | None = None) -> dict:
    """Fréchet distance to MNIST's test images, precision, recall, and the share read as asked.

    grey: (N, 1, 28, 28). labels: as asked for, else 0 to 9 in turn. In the features of the course's
    classifier; precision and recall against N of the test images, drawn at random.
    """
    features, logits = pretrained.read(grey)
    real = pretrained.real_features()
    some = torch.randperm(len(real), generator=torch.Generator().manual_seed(0))[: len(grey)]
    labels = torch.arange(len(grey)) % CLASSES if labels is None else labels
    both = *metrics.statistics(real), *metrics.statistics(features)
    return {
        "frechet_distance": metrics.frechet_distance(*both),
        **asdict(metrics.precision_recall(real[some], features)),
        "read_as_asked": float((logits.argmax(dim=1) == labels).float().mean()),
    }


def measure_digits(model: nn.Module, test: data.ImageSet, seed: int = 1) -> dict:
    """The numbers of a row on digits: those of `score_digits`, times, and a bound.

    nats: minus the mean bound on log p(x | label) of 2,000 test images. A VAE gets a second set of
    numbers, "mean_...", for the means of p(x | z) in place of samples, and `nats_tighter`,
    importance-weighted. Diffusion and flow matching get "by_steps": the distance by the steps.
    """
    start = time.process_time()
    x = draw_digits(model, seed=seed)
    row: dict = {"ms_per_sample": 1000 * (time.process_time() - start) / len(x)}
    row |= score_digits(x)
    start = time.process_time()
    draw_digits(model, 1, seed)
    row["ms_alone"] = 1000 * (time.process_time() - start)
    if isinstance(model, VAE | PixelCNN | Diffusion):
        repeats = 4 if isinstance(model, Diffusion) else 1  # its bound is a random draw
        some = torch.randperm(len(test), generator=torch.Generator().manual_seed(seed))[:2000]
        some = some.repeat(repeats)
        levels = families.to_levels(test.images[some])
        parts = list(zip(levels.split(500), test.labels[some].split(500)))
        with torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(seed)
            row["nats"] = -float(torch.cat([model.bound(*part) for part in parts]).mean())
            if isinstance(model, VAE):
                tighter = torch.cat([model.tighter_bound(*part) for part in parts])
                row["nats_tighter"] = -float(tighter.mean())
    if isinstance(model, VAE):
        means = score_digits(draw_digits(model, seed=seed, mean=True))
        row |= {f"mean_{name}": value for name, value in means.items()}
    if isinstance(model, Diffusion | Flow):
        row["by_steps"] = {str(STEPS["digits"]): row["frechet_distance"]}
        for steps in (1, 5, 100):
            few = score_digits(draw_digits(model, seed=seed, steps=steps))
            row["by_steps"][str(steps)] = few["frechet_distance"]
    return row


# ---- the file of trained models, and of samples on the way


def ship(path: Path | str, prefix: str, tensors: dict[str, Tensor]) -> None:
    """Put tensors into a file under a prefix, in place of what stood there. Floats are halved."""
    kept = load_file(path) if Path(path).exists() else {}
    kept = {name: t for name, t in kept.items() if not name.startswith(f"{prefix}/")}
    for name, t in tensors.items():
        kept[f"{prefix}/{name}"] = (t.half() if t.is_floating_point() else t).contiguous()
    save_file(kept, path)


def shipped(path: Path | str, prefix: str) -> dict[str, Tensor]:
    """The tensors that `ship` put there, floats in float32."""
    if not Path(path).is_file():
        raise DataError(
            f"{path} is missing: it is part of the repository, `git checkout {Path(path).name}` "
            "brings it back"
        )
    found = {}
    for name, t in load_file(path).items():
        if name.startswith(f"{prefix}/"):
            found[name.removeprefix(f"{prefix}/")] = t.float() if t.is_floating_point() else t
    return found


def shipped_model(path: Path | str, family: str) -> nn.Module:
    """The model of digits whose weights stand in the file, in eval mode."""
    model = build("digits", family)
    model.load_state_dict(shipped(path, family))
    return model.eval()
