"""The rows of notebook 22: a style-based generator without each of its parts, and its spaces.

    python benchmarks/style_based.py [--kinds plain "all parts" ...] [--seeds 0 1] [--seconds 120]

Appends a line to gan_course/assets/rows/style_based.jsonl for each run that is not there yet, so it
can be stopped and started again. One thread; each run trains for the same CPU seconds, on the faces
at the 16 x 16 of the grid on which they are drawn. kind "real": as many real training faces, the
ceiling; "plain": the generator of notebook 21; "all parts": the style-based one; "no NAME": without
one part. loss: "relativistic" with R1 and R2, or "non-saturating" with R1. Rows of a style-based
generator hold what is measured in Z and in W, too.
"""

import argparse
import time
from functools import partial

import torch

from gan_course import data, game, pretrained, results, runtime
from gan_course.chapters import faces as study
from gan_course.chapters import style_based

OUT = results.ROWS / "style_based.jsonl"
KINDS = ("real", "plain", "all parts", *(f"no {part}" for part in style_based.PARTS))
SAMPLES = 2_000  # as many as there are test faces


def spaces(G: style_based.StyleGenerator, known: data.ImageSet, seed: int) -> dict:
    """Path lengths and separability in Z and in W, the layers' attributes, the noise's strength."""
    row: dict = {}
    z = torch.randn(2 * SAMPLES, G.latent_dim, generator=torch.Generator().manual_seed(seed))
    _, read = pretrained.read_attributes(study.large(game.sample(G, z)))
    with torch.no_grad():
        codes = {"z": z, "w": G.mapping(z)}
    for space, values in codes.items():
        row[f"path_{space}"] = style_based.path_length(G, space, seed=seed)
        for name, labels in style_based.has(read, known).items():
            right, unknown = style_based.separability(values, labels)
            row[f"right_{space}_{name}"], row[f"unknown_{space}_{name}"] = right, unknown
    row["follows"] = style_based.follows(G, seed=seed)
    row["noise"] = [layer.strength.item() if layer.noisy else 0.0 for layer in G.blocks]
    return results.rounded(row)


def work(
    kind: str, loss: str, seconds: float, seed: int, train: data.ImageSet, test: data.ImageSet
) -> dict:
    real, _ = pretrained.read_attributes(test.images)
    if kind == "real":
        some, _ = study.some(train, SAMPLES, seed)
        return style_based.score(some.images, real)
    torch.manual_seed(seed)
    pair = style_based.players(kind, tuple(train.images.shape[1:]))
    config = style_based.PLAIN if kind == "plain" else style_based.RECIPE
    run, clock = style_based.train(train, pair, seconds, seed, loss == "relativistic", config)
    G = run.generator
    z = torch.randn(SAMPLES, G.latent_dim, generator=torch.Generator().manual_seed(seed + 1))
    row = style_based.score(game.sample(G, z), real)
    row |= {"steps": run.records[-1]["step"], "cpu_seconds": round(clock.spent, 1)}
    if isinstance(G, style_based.StyleGenerator):
        row |= spaces(G, test, seed + 2)
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=KINDS)
    parser.add_argument("--losses", nargs="+", default=["relativistic", "non-saturating"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    parser.add_argument("--seconds", type=float, default=120.0, help="of CPU time, for each run")
    parser.add_argument("--minutes", type=float, default=600.0, help="no run starts after these")
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    train, test = study.small(data.images("faces")), data.images("faces", "test")
    about = {**runtime.describe(device), "data": train.source}
    end = time.monotonic() + 60 * options.minutes
    for seed in options.seeds:  # all kinds with one seed first: fewer seeds are a table, too
        for kind in options.kinds:
            for loss in options.losses:
                if loss != "relativistic" and kind not in ("plain", "all parts"):
                    continue  # the parts are left out under one loss
                key = {"kind": kind, "loss": loss, "seconds": options.seconds, "seed": seed}
                job = partial(work, **key, train=train, test=test)
                if time.monotonic() < end:
                    results.collect(OUT, [(key, job)], about)


if __name__ == "__main__":
    main()
