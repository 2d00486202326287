"""Notebook 17's tables: generators of sounds against critics, and vocoders, five seeds each.

    python benchmarks/sounds.py [--variants "waves and spectra" ...] [--seeds 0 1 ...]

Appends a line to gan_course/assets/rows/sounds.jsonl for each run that is not there yet, so it can
be stopped and started again. One thread a run, about a minute each.
"""

import argparse
from functools import partial

from gan_course import results, runtime
from gan_course.chapters import sounds, vocoder

OUT = results.ROWS / "sounds.jsonl"
RUNS = {
    **dict.fromkeys(sounds.VARIANTS, sounds.run),
    **dict.fromkeys(vocoder.VARIANTS, vocoder.run),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--variants", nargs="+", default=list(RUNS), choices=list(RUNS))
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    jobs = [
        ({"variant": variant, "seed": seed}, partial(RUNS[variant], variant, seed))
        # all variants with one seed first: a table with fewer seeds is a table too
        for seed in options.seeds
        for variant in options.variants
    ]
    results.collect(OUT, jobs, runtime.describe(device))


if __name__ == "__main__":
    main()
