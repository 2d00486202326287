"""Why a GAN collapses on the ring of 8, and what cures it: one change at a time, curves over time.

    python benchmarks/collapse.py [--games causes cures damping] [--seeds 0 1 2 3 4]

Rows: gan_course/assets/rows/collapse.jsonl, one run a line, which notebooks 04 and 05 read.
`causes`: a small game of 2,000 steps; each run changes one number of the run that it names.
`damping`: the same game; A and C of the causes with both penalties.
`cures`: a larger game of 2,400 steps whose rates fall to 5 %; each run adds one thing to the plain
one. A run's `curve` holds the scores of 2,500 samples at 20 moments, with the CPU seconds that
training took up to then (one thread; scoring is not counted); `average` holds those of the weight
average of the same run. Some 5 to 20 seconds a run.
"""

import argparse
import dataclasses
import functools
import itertools
import time

import torch

from gan_course import data, game, losses, metrics, models, penalties, results, runtime
from gan_course.chapters import tricks
from gan_course.config import TrainConfig

OUT = results.ROWS / "collapse.jsonl"
RING = data.ring()
BATCH, MOMENTS, SAMPLES = 128, 20, 2_500
SHORT = TrainConfig(steps=2_000, latent_dim=2, lr_g=1e-3, lr_d=1e-4, betas=(0.9, 0.999))
LONG = TrainConfig(
    steps=2_400, latent_dim=2, lr_g=2e-3, lr_d=2e-3, betas=(0.5, 0.99), lr_final=0.05, average=0.99
)
R1 = penalties.ZeroCentered(0.1)
R2 = penalties.ZeroCentered(0.1, on="fake")

# run: (the run it differs from, its change)
CAUSES = {
    "A": ("", {}),
    "B": ("A", {"betas": (0.5, 0.99)}),
    "C": ("A", {"lr_d": 1e-3}),
    "D": ("C", {"betas": (0.5, 0.99)}),
    "E": ("D", {"lr_g": 1e-4}),
    "F": ("E", {"d_steps": 5}),
    "H": ("F", {"lr_final": 0.05}),  # no G: that is the generator
}
DAMPING = {"A, R1 + R2": "A", "C, R1 + R2": "C"}  # of weight 1, on that cause
CURES = (
    "plain",
    "noise",
    "R1",
    "packing 2",
    "minibatch deviation",
    "spectral norm",
    "relativistic + R1 + R2",
)
RUNS = {"causes": CAUSES, "damping": DAMPING, "cures": CURES}


def fade(D: models.InstanceNoise, until: float = 0.6):
    """Callback: noise from 1 to 0.01, exponentially, at this share of the steps; then none."""

    def set_sigma(state: game.State) -> None:
        share = state.step / (until * state.config.steps)
        D.sigma = 0.01**share if share < 1 else 0.0

    return set_sigma


class Watch:
    """Callback: scores of the generator, and of its average where there is one, with the time."""

    def __init__(self, every: int):
        self.every, self.curve, self.average = every, [], []
        self.z = torch.randn(SAMPLES, 2, generator=runtime.generator(1))
        self.started = 0.0

    def __call__(self, state: game.State) -> None:
        if state.step % self.every and not state.ended:
            return
        now = time.process_time()
        if not state.step:
            self.started = now
        about = {"step": state.step, "seconds": now - self.started}
        self.curve.append({**about, **self.score(state.G)})
        if state.average:
            self.average.append({**about, **self.score(state.generator)})
        self.started += time.process_time() - now  # scoring is not counted

    def score(self, G) -> dict:
        x = game.sample(G, self.z)
        found = metrics.mode_coverage(x, RING.means, float(RING.stds[0]))
        place = {"x": float(x[:, 0].mean()), "y": float(x[:, 1].mean())}
        return results.rounded({**dataclasses.asdict(found), **place})


def train(
    config: TrainConfig,
    seed: int,
    hidden: tuple[int, ...],
    cure: str = "plain",
    penalised: tuple[str, ...] = (),
) -> dict:
    """One run: its last scores, and its curves. penalised: where D's slope is, with weight 1."""
    torch.manual_seed(seed)
    pack = 2 if cure == "packing 2" else 1
    G = models.MLPGenerator(2, (2,), hidden, activation="relu", output="linear")
    D = models.MLPDiscriminator((2 * pack,), hidden, activation="relu")
    loss, callbacks = losses.NonSaturating(), []
    terms = [penalties.ZeroCentered(1.0, on) for on in penalised]
    if cure == "noise":
        D = models.InstanceNoise(D, 1.0)
        callbacks.append(fade(D))
    elif cure == "R1":
        terms = [R1]
    elif cure == "packing 2":
        D = models.Packed(D, pack)
    elif cure == "minibatch deviation":
        D = tricks.before_score(D, tricks.MinibatchStd())
    elif cure == "spectral norm":
        D = models.spectral_norm(D)
    elif cure == "relativistic + R1 + R2":
        loss, terms = losses.Relativistic(), [R1, R2]
    watch = Watch(config.steps // MOMENTS)
    config = dataclasses.replace(config, seed=seed)
    batches = RING.batches(BATCH, seed)
    game.train(G, D, batches, loss, config, terms, callbacks=[*callbacks, watch])
    last = {key: watch.curve[-1][key] for key in ("modes", "high_quality", "kl", "spread")}
    row = {**last, "seconds": round(watch.curve[-1]["seconds"], 1), "curve": watch.curve}
    return {**row, "average": watch.average} if watch.average else row


def config_of(run: str) -> TrainConfig:
    """The numbers of a run of CAUSES."""
    base, change = CAUSES[run]
    return dataclasses.replace(config_of(base) if base else SHORT, **change)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--games", nargs="+", default=list(RUNS), choices=list(RUNS))
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    parser.add_argument("--runs", nargs="+", help="some of the runs of a game")
    options = parser.parse_args()
    about = runtime.describe(runtime.start(seed=0, threads=1, on="cpu"))
    jobs = []
    for game_name, seed in itertools.product(options.games, options.seeds):
        for run in options.runs or RUNS[game_name]:
            key = {"game": game_name, "run": run, "seed": seed}
            if game_name == "causes":
                work = functools.partial(train, config_of(run), seed, (64, 64))
            elif game_name == "damping":
                config = config_of(DAMPING[run])
                both = ("real", "fake")
                work = functools.partial(train, config, seed, (64, 64), penalised=both)
            else:
                work = functools.partial(train, LONG, seed, (128, 128, 128), run)
            jobs.append((key, work))
    results.collect(OUT, jobs, about)


if __name__ == "__main__":
    main()
