"""What makes digits good within a minute? One change at a time to the recipes minute-*.

    python benchmarks/sprint.py [--seconds 60] [--seeds 0 1 2] [--recipes minute-dcgan ...]
                                [--changes "as it is" ...]

Each change is a flag of the command line, so that it can be tried by hand:
`gan-course train minute-dcgan --blocks=2`. Budget, clock and measure are those of quality.py, whose
rows are the unchanged recipes; seeds are paired. Rows: rows/sprint.jsonl, one run a line.
"""

import argparse
import functools
import itertools
from pathlib import Path

from quality import play

from gan_course import data, results, runtime
from gan_course.training import reading

ROWS = Path(__file__).parent / "rows" / "sprint.jsonl"
SHUFFLED = "labels shuffled"  # among the images: the same networks, labels that say nothing
FALL = "rates fall to a tenth"
BOTH = {"as it is": {}, FALL: {"train.lr_final": "0.1"}}
CHANGES = {  # what the table calls it: the flags
    "minute-conditional": BOTH,
    "minute-dcgan": {
        **BOTH,
        "two blocks, not three": {"blocks": "2"},
        "R1 every 4th step": {"r1_every": "4"},
        "beta1 = 0.5": {"train.betas": "[0.5, 0.99]"},
        "rates 1e-3": {"train.lr_g": "1e-3", "train.lr_d": "1e-3"},
        "width 32": {"width": "32"},
        "relativistic loss": {"loss": "relativistic"},
        "batch norm in D, no R1": {"d_batch_norm": "true", "r1": "0"},
        "no weight average": {"train.average": "0"},
    },
    "minute-mlp": {**BOTH, "rates 4e-3": {"train.lr_g": "4e-3", "train.lr_d": "4e-3"}},
    "minute-self-conditioned": {
        **BOTH,
        SHUFFLED: {},
        "100 clusters": {"train.num_classes": "100"},
        "one-hot in G": {"label_dim": "0"},
    },
    "minute-wgan-gp": {
        "as it is": {},
        "rates fall to a half": {"train.lr_final": "0.5"},
        "rates stay": {"train.lr_final": "1"},
    },
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=int, default=60, help="budget of CPU time")
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--recipes", nargs="+", default=list(CHANGES), choices=list(CHANGES))
    parser.add_argument("--changes", nargs="+", help="some of them (default: all)")
    options = parser.parse_args()
    device = runtime.start(threads=1, on="cpu")
    images = data.images("mnist", stand_in=False)
    about = runtime.describe(device) | {"data": images.source}
    jobs = []
    for seed, name in itertools.product(options.seeds, options.recipes):
        for change, flags in CHANGES[name].items():
            if options.changes and change not in options.changes:
                continue
            recipe = reading.read(reading.find(name), flags)
            key = {"recipe": name, "change": change, "seconds": options.seconds, "seed": seed}
            key["device"] = about["device"]
            shuffled = change == SHUFFLED
            work = functools.partial(play, recipe, images, seed, options.seconds, shuffled)
            jobs.append((key, work))
    results.collect(ROWS, jobs, about)


if __name__ == "__main__":
    main()
