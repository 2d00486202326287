"""What the Wasserstein loss buys: the comparison of notebook 09 at equal CPU time.

    python benchmarks/critics.py [--seeds 0 1 2] [--runs WGAN-GP ...] [--search]

The pair of the recipe minute-conditional under other losses and constraints; 20 CPU seconds of one
thread, at constant learning rates. Labels make 20 seconds enough: the best run ends near real
digits. One run is one line of gan_course/assets/rows/critics.jsonl, with the critic's gap and the
distance over the whole run. --search: other rates and bounds, seed 0, for 10 seconds each.
"""

import argparse
import functools
import itertools

import numpy as np
import torch
from curves import play

from gan_course import data, game, metrics, penalties, pretrained, results, runtime
from gan_course.training import reading

ROWS = results.ROWS / "critics.jsonl"
SAMPLES, SECONDS, MARKS = 2_500, 20, (0.25, 0.5, 0.75, 1.0)
WASSERSTEIN = {"loss": "wasserstein", "r1": "0"}
RUNS = {
    "non-saturating, R1": {},
    "WGAN-GP": {**WASSERSTEIN, "gradient_penalty": "10", "train.lr_d": "8e-3"},
    "WGAN, clipping": {**WASSERSTEIN, "clip": "0.03", "train.lr_g": "1e-3", "train.lr_d": "1e-3"},
    "hinge, spectral norm": {"loss": "hinge", "r1": "0", "spectral_norm": "true"},
    "non-saturating, gradient penalty": {"r1": "0", "gradient_penalty": "10", "train.lr_d": "8e-3"},
}
SEARCH = {
    "WGAN-GP": [{}, {"train.lr_d": "4e-3"}, {"train.d_steps": "3"}],
    "WGAN, clipping": [
        {},
        {"clip": "0.1"},
        {"train.lr_g": "4e-3", "train.lr_d": "4e-3"},
        {"train.d_steps": "3"},
    ],
    "hinge, spectral norm": [{}, {"train.lr_g": "2e-3", "train.lr_d": "2e-3"}],
}


def work(name: str, changes: dict, images: data.ImageSet, seed: int, seconds: float) -> dict:
    """One run: its distances to MNIST's test images, the critic's gaps, and its slope."""
    flags = {**RUNS[name], **changes, "train.precision": "fp32"}  # small gaps need the digits
    recipe = reading.read(reading.find("minute-conditional"), flags)
    torch.manual_seed(seed)
    G, D = recipe.build()
    real = metrics.statistics(pretrained.real_features())
    z = torch.randn(SAMPLES, recipe.train.latent_dim, generator=runtime.generator(2))
    asked = torch.arange(SAMPLES) % 10

    def measure(state: game.State) -> float:
        features, _ = pretrained.read(game.sample(state.generator, z, asked))
        return metrics.frechet_distance(*real, *metrics.statistics(features))

    run, clock = play(recipe, G, D, images, seed, seconds, MARKS, measure, log_every=5)
    steps, times = zip(*clock.times)
    logged = run.records[:: max(1, len(run.records) // 100)]
    gaps = []
    for record in logged:
        gap = record["real_score"] - record["fake_score"]
        gaps.append([round(float(np.interp(record["step"], steps, times)), 2), round(gap, 4)])
    stream = runtime.generator(3)
    some = torch.randperm(len(images), generator=stream)[:500]
    x, y = images.images[some], images.labels[some]
    fake = game.sample(run.generator, z[:500], y)
    between = torch.lerp(fake, x, torch.rand(500, 1, 1, 1, generator=stream))
    slope = penalties.input_gradient(D, between, y).norm(dim=1).median().item()
    curve = [[seconds, round(distance, 2)] for seconds, distance in clock.found]
    row = {"distance": curve[-1][1], "slope": slope, "steps": clock.times[-1][0]}
    return results.rounded(row) | {"curve": curve, "gaps": gaps}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--runs", nargs="+", default=list(RUNS), choices=list(RUNS))
    parser.add_argument("--search", action="store_true", help="other rates and bounds")
    options = parser.parse_args()
    device = runtime.start(threads=1, on="cpu")
    images = data.images("mnist", stand_in=False)
    about = runtime.describe(device) | {"data": images.source, "samples": SAMPLES}
    jobs = []
    if options.search:
        plan = [(name, change, 0, 10) for name in options.runs for change in SEARCH.get(name, [])]
    else:
        pairs = itertools.product(options.seeds, options.runs)
        plan = [(name, {}, seed, SECONDS) for seed, name in pairs]
    for name, change, seed, seconds in plan:
        key = {"run": name, "changes": change, "seconds": seconds, "seed": seed}
        jobs.append((key, functools.partial(work, name, change, images, seed, seconds)))
    results.collect(ROWS, jobs, about)


if __name__ == "__main__":
    main()
