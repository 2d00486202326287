"""Fréchet distance against training seconds, for each recipe whose generator ships.

    python benchmarks/quality.py [--seconds 30 60 120] [--recipes dcgan-mnist ...]

trains each recipe of configs/ afresh, stops the clock at the given seconds to measure the weight
average, and adds the rows to benchmarks/RESULTS.md. The measuring itself does not count. One seed;
the learning rate follows the recipe's own length.
"""

import argparse
import time
from pathlib import Path

import torch
from dated import add_rows

from gan_course import data, game, metrics, pretrained, runtime
from gan_course.training import reading

SAMPLES = 5_000
CONFIGS = Path(__file__).parent.parent / "configs"
GAMES = [
    path.stem
    for path in sorted(CONFIGS.glob("*.yaml"))
    if reading.read(path).kind == "images" and "classifier" not in path.stem
]


def play(name: str, images, device, marks: list[int]) -> dict:
    """A row: the Fréchet distance at each mark, in seconds of training."""
    precision = {} if runtime.supports_bf16() else {"train.precision": "fp32"}
    recipe = reading.read(CONFIGS / f"{name}.yaml", precision)
    torch.manual_seed(recipe.train.seed)
    G, D = (net.to(device) for net in recipe.build())
    z = torch.randn(SAMPLES, recipe.train.latent_dim, generator=runtime.generator(2))
    labels = torch.arange(SAMPLES) % 10 if recipe.train.num_classes else None
    real = metrics.statistics(pretrained.real_features())
    row, clock = {"recipe": name}, {"spent": 0.0, "since": time.perf_counter()}

    def watch(state) -> None:
        spent = clock["spent"] + time.perf_counter() - clock["since"]
        due = [mark for mark in marks if f"{mark} s" not in row and spent >= mark]
        if due:
            features, _ = pretrained.read(game.sample(state.generator, z, labels))
            row[f"{due[0]} s"] = (
                f"{metrics.frechet_distance(*real, *metrics.statistics(features)):.1f}"
            )
            print(name, row, flush=True)
            clock.update(spent=spent, since=time.perf_counter())
            if due[0] == marks[-1]:
                row["steps"] = f"{state.step:,}"
                state.stop(f"{marks[-1]} seconds of training")

    batches = data.batches(images, recipe.batch_size, 0)
    game.train(G, D, batches, config=recipe.train, **recipe.game(), callbacks=[watch])
    shipped = pretrained.about(name)
    return {
        **row,
        "shipped": f"{shipped['metrics']['frechet_distance']:.1f} after {shipped['steps']:,} steps",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--seconds",
        nargs="+",
        type=int,
        default=[30, 60, 120],
        help="training seconds at which to measure",
    )
    parser.add_argument("--recipes", nargs="+", default=GAMES, choices=GAMES)
    options = parser.parse_args()
    device = runtime.start(seed=0)
    images = data.images("mnist").to(device)
    rows = [play(name, images, device, sorted(options.seconds)) for name in options.recipes]
    ceiling = pretrained.about(options.recipes[0])["metrics"]["ceiling"]["frechet_distance"]
    protocol = (
        f"N = {SAMPLES:,}, {torch.get_num_threads()} threads, one seed, {images.source}; "
        f"real against real {ceiling:.1f}"
    )
    add_rows("Fréchet distance against training time", protocol, device, rows)


if __name__ == "__main__":
    main()
