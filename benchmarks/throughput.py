"""Training speed of the course's loop against the pattern that most tutorials copy.

    python benchmarks/throughput.py

adds its rows to benchmarks/rows/throughput.jsonl, and writes the tables made of them into
benchmarks/RESULTS.md; the networks and the batch size are the same on all sides.

The reference below is that pattern, written plainly: a DataLoader over PIL images with transforms,
default Adam, two passes of D with `detach()`, D's weights left trainable during G's step, sigmoid
and BCELoss, `.item()` in each step. The course's loop runs in fp32 and in bf16; a row says which of
the two a recipe's `precision: auto` picks. All run in one process in turn, A B C A B C; what is
reported is the median of the ratios of neighbours and their quartiles. The share of the peak holds
the best turn, its operations counted, against the peaks that `stopwatch` measures.
"""

import argparse
import copy
import datetime
import itertools
import json
import statistics
import time

import numpy as np
import tables
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

from gan_course import config, conv, data, game, losses, models, penalties, results, runtime
from gan_course.chapters import stopwatch

BATCH, LATENT = 64, 100
FAMILIES = ("mlp", "conditional", "dcgan", "wgan-gp")
OUT = tables.FOLDER / "throughput.jsonl"
TYPES = {"fp32": torch.float32, "bf16": torch.bfloat16}


class Pictures(Dataset):
    """Bytes to PIL to tensor, image by image, as torchvision's MNIST does it."""

    def __init__(self, images: data.ImageSet):
        self.pixels = ((images.images[:, 0] + 1) * 127.5).round().byte().numpy()
        self.labels = images.labels.tolist()
        self.transform = transforms.Compose(
            [transforms.Resize(28), transforms.ToTensor(), transforms.Normalize([0.5], [0.5])]
        )

    def __len__(self):
        return len(self.pixels)

    def __getitem__(self, i):
        return self.transform(Image.fromarray(self.pixels[i])), self.labels[i]


def pair(family: str):
    """The networks, the same for all sides."""
    torch.manual_seed(0)
    if family == "dcgan":
        # with batch norm in D, as published; 128 and 64 channels as in the much copied script
        D = conv.ConvDiscriminator(width=64, batch_norm=True)
        return conv.ConvGenerator(LATENT, width=64), D
    classes = 10 if family == "conditional" else 0
    G = models.MLPGenerator(LATENT, num_classes=classes, batch_norm=True)
    return G, models.MLPDiscriminator(hidden=(512, 256), num_classes=classes)


class Reference:
    """The plain loop."""

    def __init__(self, family: str, images, device):
        self.family, self.device = family, device
        G, D = pair(family)
        self.G, self.D = G.to(device), D.to(device)
        self.loader = itertools.cycle(
            DataLoader(Pictures(images), batch_size=BATCH, shuffle=True, drop_last=True)
        )
        self.opt_g = torch.optim.Adam(self.G.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.opt_d = torch.optim.Adam(self.D.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.bce, self.step = nn.BCELoss(), 0

    def run(self, steps: int) -> float:
        """Seconds for that many updates of D."""
        step = self.wasserstein_step if self.family == "wgan-gp" else self.classic_step
        start = time.perf_counter()
        for _ in range(steps):
            step()
        if self.device.type == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter() - start

    def batch(self):
        real, labels = next(self.loader)
        real = real.to(self.device)
        z = np.random.normal(0, 1, (len(real), LATENT))  # noqa: NPY002 - as the pattern has it
        z = torch.tensor(z, dtype=torch.float32, device=self.device)
        return real, z, ((labels.to(self.device),) if self.family == "conditional" else ())

    def classic_step(self):
        real, z, label = self.batch()
        valid = torch.ones(len(real), device=self.device)
        fake = torch.zeros(len(real), device=self.device)
        self.opt_g.zero_grad()
        generated = self.G(z, *label)
        g_loss = self.bce(torch.sigmoid(self.D(generated, *label)), valid)
        g_loss.backward()
        self.opt_g.step()
        self.opt_d.zero_grad()
        real_loss = self.bce(torch.sigmoid(self.D(real, *label)), valid)
        fake_loss = self.bce(torch.sigmoid(self.D(generated.detach(), *label)), fake)
        d_loss = (real_loss + fake_loss) / 2
        d_loss.backward()
        self.opt_d.step()
        g_loss.item()
        d_loss.item()

    def wasserstein_step(self):
        real, z, _ = self.batch()
        self.opt_d.zero_grad()
        fake = self.G(z)
        alpha = torch.rand(len(real), 1, 1, 1, device=self.device)
        between = (alpha * real + (1 - alpha) * fake).requires_grad_(True)
        scores = self.D(between)
        ones = torch.ones_like(scores)
        gradient = torch.autograd.grad(scores, between, ones, create_graph=True, retain_graph=True)[
            0
        ]
        penalty = ((gradient.view(len(real), -1).norm(2, dim=1) - 1) ** 2).mean()
        d_loss = -self.D(real).mean() + self.D(fake).mean() + 10 * penalty
        d_loss.backward()
        self.opt_d.step()
        d_loss.item()
        self.step += 1
        if self.step % 5 == 0:
            self.opt_g.zero_grad()
            g_loss = -self.D(self.G(z)).mean()
            g_loss.backward()
            self.opt_g.step()
            g_loss.item()


class Course:
    """The course's loop, `game.train`."""

    def __init__(self, family: str, images, device, precision: str):
        G, D = pair(family)
        self.G, self.D = G.to(device), D.to(device)
        self.batches, self.device = data.batches(images.to(device), BATCH), device
        self.d_steps = 5 if family == "wgan-gp" else 1
        self.options = {
            "latent_dim": LATENT,
            "num_classes": 10 if family == "conditional" else 0,
            "d_steps": self.d_steps,
            "precision": precision,
            "channels_last": family == "dcgan",
            "log_every": 50,
        }
        self.loss = losses.Wasserstein() if family == "wgan-gp" else losses.NonSaturating()
        self.penalties = [penalties.GradientPenalty()] if family == "wgan-gp" else []

    def players(self, **changes):
        """The arguments of `game.train`; changes: of the numbers."""
        settings = config.TrainConfig(**{**self.options, **changes})
        return self.G, self.D, self.batches, self.loss, settings, self.penalties

    def run(self, steps: int) -> float:
        """Seconds for that many updates of D."""
        times = []
        watch = [lambda state: times.append(self.now())]
        game.train(*self.players(steps=steps // self.d_steps), callbacks=watch)
        return times[-1] - times[0]

    def pick(self) -> str:
        """The precision that a recipe would take for this game, here."""
        G, D, batches, *rest = self.players(precision="auto")
        return game.choose_precision(G, D, next(batches), *rest)

    def operations(self) -> float:
        """Operations of an update of D and its share of G's, on copies of the networks."""
        G, D, *rest = self.players()
        state = game.start(*copy.deepcopy((G, D)), *rest)
        return stopwatch.flops(lambda: game.one_step(state)) / self.d_steps

    def now(self) -> float:
        if self.device.type == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter()


def measure(family: str, images, device, steps: int, rounds: int, peaks: dict) -> list[dict]:
    """The rows of one kind of networks. peaks: precision -> what `stopwatch.peaks` found."""
    course = {name: Course(family, images, device, name) for name in TYPES}
    auto, operations = course["fp32"].pick(), course["fp32"].operations()
    sides = {"plain": Reference(family, images, device), **course}
    for side in sides.values():
        side.run(5)  # warm
    found = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            found[name].append(side.run(steps) / steps)
    rows = []
    for precision in TYPES:
        seconds = found[precision]
        ratio, low, high = quartiles([a / b for a, b in zip(found["plain"], seconds)])
        peak = peaks[precision]["conv" if family == "dcgan" else "gemm"]
        rows.append(
            {
                "family": family,
                "precision": precision,
                "plain": round(BATCH / statistics.median(found["plain"])),
                "course": round(BATCH / statistics.median(seconds)),
                "ratio": ratio,
                "low": low,
                "high": high,
                "share": operations / min(seconds) / peak,
                "auto": auto,
            }
        )
    return rows


def quartiles(values: list[float]) -> tuple[float, float, float]:
    """The median, and the quartiles round it."""
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else values * 3
    return middle, low, high


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--families", nargs="+", default=FAMILIES, choices=FAMILIES, help="what to measure"
    )
    parser.add_argument(
        "--steps", type=int, default=25, help="updates of D in a turn (a multiple of 5)"
    )
    parser.add_argument("--rounds", type=int, default=9, help="turns of each side")
    parser.add_argument("--threads", type=int, default=2, help="torch's CPU threads")
    parser.add_argument("--try-out", action="store_true", help="print the rows, and keep none")
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=options.threads)
    images = data.images("mnist")
    peaks = {name: stopwatch.peaks(device, dtype) for name, dtype in TYPES.items()}
    measured = []
    for family in options.families:
        measured += measure(family, images, device, options.steps, options.rounds, peaks)
        print(results.table(measured[-2:]), flush=True)
    if options.try_out:
        return
    about = {
        "batch": BATCH,
        "date": str(datetime.date.today()),
        **runtime.describe(device),
        "data": images.source,
    }
    run = max(row["run"] for row in results.read(OUT)) + 1
    with OUT.open("a", encoding="utf-8") as file:
        for row in measured:
            file.write(json.dumps({"run": run, **results.rounded(row), **about}) + "\n")
    tables.PAGE.write_text(tables.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
