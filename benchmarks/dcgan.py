"""The comparisons of notebook 07: who plays whom, how G doubles the size, and broken runs.

    python benchmarks/dcgan.py [--experiments pairs doubling atlas] [--seeds 0 1 2] [--runs ...]

pairs: convolutional and fully connected players in all four combinations. doubling: the
convolutional pair with three ways to double the size. Both are told the digit, as notebook 08
explains, which makes 20 CPU seconds of one thread enough for digits that can be compared; each
player keeps the learning rate of its own minute recipe. atlas: 300 steps without labels; each run
is one change away from the run that it names. One run is one line of
gan_course/assets/rows/dcgan.jsonl.
"""

import argparse
import functools
import itertools
import statistics
from dataclasses import replace

import torch
from curves import play
from torch import Tensor, nn

from gan_course import (
    conv,
    data,
    game,
    losses,
    metrics,
    models,
    penalties,
    pretrained,
    results,
    runtime,
)
from gan_course.config import TrainConfig
from gan_course.training import reading

ROWS = results.ROWS / "dcgan.jsonl"
SAMPLES, SECONDS, STEPS = 2_500, 20, 300
PAIRS = {
    "conv G, conv D": ("conv", "conv"),
    "conv G, MLP D": ("conv", "mlp"),
    "MLP G, conv D": ("mlp", "conv"),
    "MLP G, MLP D": ("mlp", "mlp"),
}
RATE = {"conv": "4e-3", "mlp": "2e-3"}  # of minute-conditional and minute-mlp
R1 = {"conv": "0.3", "mlp": "1.0"}
DOUBLING = ("kernel 3", "resize")  # kernel 4 is the first of PAIRS
HEALTHY = TrainConfig(  # of the atlas: the numbers of minute-dcgan
    steps=STEPS,
    latent_dim=64,
    lr_g=4e-3,
    lr_d=4e-3,
    betas=(0.0, 0.99),
    lr_final=0.1,
    average=0.999,
    channels_last=True,
    log_every=5,
)


class NoDetach:
    """A loss where D's loss reaches G too: G gets both losses of its own images."""

    def __init__(self, loss: game.Loss):
        self.loss, self.discriminator = loss, loss.discriminator

    def generator(self, real_scores: Tensor | None, fake_scores: Tensor) -> Tensor:
        own = self.loss.generator(real_scores, fake_scores)
        return own + nn.functional.softplus(fake_scores).mean()


# run: (the run it differs from, its change)
ATLAS = {
    "healthy": ("", {}),
    "no R1": ("healthy", {"r1": False}),
    "fast D": ("healthy", {"lr_d": 4e-2}),
    "saturating loss": ("healthy", {"loss": losses.Minimax()}),
    "fast D, saturating": ("fast D", {"loss": losses.Minimax()}),
    "fast G": ("healthy", {"lr_g": 4e-2}),
    "slow D": ("healthy", {"lr_d": 4e-5}),
    "no detach": ("healthy", {"loss": NoDetach(losses.NonSaturating())}),
    "no detach, saturating": ("saturating loss", {"loss": NoDetach(losses.Minimax())}),
    "DCGAN's start": ("healthy", {"init": "dcgan"}),
    "eps slip": ("DCGAN's start", {"eps": 0.8}),
}


class TenScores(nn.Module):
    """A fully connected D with a score for each label, as the convolutional one has."""

    def __init__(self, hidden: tuple[int, ...] = (256, 128)):
        super().__init__()
        self.net = models.mlp([784, *hidden, 10])

    def forward(self, x: Tensor, labels: Tensor) -> Tensor:
        return self.net(x.flatten(1)).gather(1, labels[:, None]).squeeze(1)


def networks(g: str, d: str, doubling: str = "kernel 4") -> tuple[nn.Module, nn.Module]:
    """A labelled pair of the sizes of the minute recipes."""
    if g == "mlp":
        G = models.MLPGenerator(64, hidden=(256, 512), num_classes=10, batch_norm=True)
    else:
        upsample = "resize" if doubling == "resize" else "transposed"
        G = conv.ConvGenerator(width=16, blocks=3, num_classes=10, upsample=upsample)
    if doubling == "kernel 3":
        for i, layer in enumerate(G.blocks):
            if isinstance(layer, nn.ConvTranspose2d) and layer.kernel_size == (4, 4):
                sizes = layer.in_channels, layer.out_channels
                G.blocks[i] = nn.ConvTranspose2d(*sizes, 3, stride=2, padding=1, output_padding=1)
    if d == "mlp":
        return G, TenScores()
    return G, conv.ConvDiscriminator(width=16, blocks=3, num_classes=10)


def checkerboard(images: Tensor) -> float:
    """Share of the energy of (N, 1, H, W) images at the highest frequency."""
    x = images - images.mean(dim=(2, 3), keepdim=True)
    energy = torch.fft.fft2(x).abs() ** 2
    row, column = energy.shape[2] // 2, energy.shape[3] // 2
    highest = energy[:, :, row].sum() + energy[..., column].sum() - energy[:, :, row, column].sum()
    return (highest / energy.sum()).item()


def judge(images: Tensor) -> dict:
    """Distance to MNIST's test images, how far apart two samples are, and the commonest digit."""
    features, logits = pretrained.read(images)
    real = metrics.statistics(pretrained.real_features())
    return {
        "distance": metrics.frechet_distance(*real, *metrics.statistics(features)),
        "apart": torch.pdist(images[:500].flatten(1)).mean().item(),
        "commonest": max(metrics.class_histogram(logits.argmax(dim=1)).shares),
        "checkerboard": checkerboard(images),
    }


def timed(g: str, d: str, doubling: str, images: data.ImageSet, seed: int) -> dict:
    """One run of the first two comparisons."""
    flags = {"train.lr_g": RATE[g], "train.lr_d": RATE[d], "r1": R1[d], "train.precision": "fp32"}
    recipe = reading.read(reading.find("minute-conditional"), flags)
    torch.manual_seed(seed)
    G, D = networks(g, d, doubling)
    z = torch.randn(SAMPLES, 64, generator=runtime.generator(1))
    asked = torch.arange(SAMPLES) % 10
    start = judge(game.sample(G, z, asked))

    def measure(state: game.State) -> dict:
        return judge(game.sample(state.generator, z, asked))

    _, clock = play(recipe, G, D, images, seed, SECONDS, (0.25, 0.5, 1.0), measure)
    curve = [[spent, round(found["distance"], 2)] for spent, found in clock.found]
    end = results.rounded(clock.found[-1][1])
    untrained = {f"untrained {name}": start[name] for name in ("distance", "checkerboard")}
    return {**end, "curve": curve, "steps": clock.times[-1][0], **results.rounded(untrained)}


class Watch:
    """Callback: G's weights two thirds of the way, and how far they have moved at the end."""

    def __init__(self):
        self.at, self.moved = torch.zeros(1), 0.0

    def __call__(self, state: game.State) -> None:
        now = torch.cat([p.detach().reshape(-1) for p in state.G.parameters()])
        if state.step == 2 * STEPS // 3:
            self.at = now
        if state.ended:
            self.moved = ((now - self.at).norm() / self.at.norm()).item()


def broken(name: str, images: data.ImageSet, seed: int) -> dict:
    """One run of the atlas: its samples, and of its last third the curves and how far G moved."""
    changes = all_changes(name)
    torch.manual_seed(seed)
    G, D = conv.ConvGenerator(width=16, blocks=3), conv.ConvDiscriminator(width=16, blocks=3)
    if changes.pop("init", "torch") == "dcgan":
        conv.dcgan_init(G)
        conv.dcgan_init(D)
    eps = changes.pop("eps", None)
    for module in G.modules():
        if eps and isinstance(module, nn.BatchNorm2d):
            module.eps = eps
    loss = changes.pop("loss", losses.NonSaturating())
    terms = [penalties.ZeroCentered(1.0, every=16)] if changes.pop("r1", True) else []
    settings = replace(HEALTHY, seed=seed, **changes)
    watch, batches = Watch(), data.batches(images.images, 64, seed)
    run = game.train(G, D, batches, loss, settings, terms, callbacks=[watch])
    z = torch.randn(SAMPLES, 64, generator=runtime.generator(1))
    row = judge(game.sample(run.generator, z)) | {"moved": watch.moved}
    last = [record for record in run.records if record["step"] > 2 * STEPS // 3]
    for key in ("d_loss", "g_loss", "real_score", "fake_score"):
        values = [record[key] for record in last]
        row |= {key: statistics.fmean(values), f"{key} varies": statistics.stdev(values)}
    return results.rounded(row)


def all_changes(name: str) -> dict:
    """The changes of a run of the atlas, with those of the runs that it builds on."""
    parent, changes = ATLAS[name]
    return {**(all_changes(parent) if parent else {}), **changes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    plans = {"pairs": list(PAIRS), "doubling": list(DOUBLING), "atlas": list(ATLAS)}
    runs = list(itertools.chain(*plans.values()))
    parser.add_argument("--experiments", nargs="+", default=list(plans), choices=list(plans))
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--runs", nargs="+", default=runs, choices=runs)
    options = parser.parse_args()
    device = runtime.start(threads=1, on="cpu")
    images = data.images("mnist", stand_in=False)
    about = runtime.describe(device) | {"data": images.source, "samples": SAMPLES}
    jobs = []
    for seed, experiment in itertools.product(options.seeds, options.experiments):
        for name in plans[experiment]:
            if name not in options.runs:
                continue
            if experiment == "atlas":
                work = functools.partial(broken, name, images, seed)
            elif experiment == "pairs":
                work = functools.partial(timed, *PAIRS[name], "kernel 4", images, seed)
            else:
                work = functools.partial(timed, "conv", "conv", name, images, seed)
            key = {"experiment": experiment, "run": name, "seed": seed}
            budget = {"steps": STEPS} if experiment == "atlas" else {"seconds": SECONDS}
            jobs.append((key | budget, work))
    results.collect(ROWS, jobs, about)


if __name__ == "__main__":
    main()
