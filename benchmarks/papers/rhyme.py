"""The rhyme by likelihood, by a checker, by a discriminator: the rows of notebook 16.

    python benchmarks/papers/rhyme.py

writes gan_course/assets/rows/rhyme.json: for each seed, every row of `chapters.rhyme.run`. About
two minutes of CPU a seed.
"""

import argparse
import datetime
import json
from dataclasses import asdict

import torch

from gan_course import results, runtime
from gan_course.chapters import rhyme


def main() -> None:
    flags = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    flags.add_argument("--seeds", type=int, default=5, help="number of seeds")
    chosen = flags.parse_args()
    runtime.start(seed=0, threads=1, on="cpu")
    about = {"date": str(datetime.date.today()), "torch": torch.__version__}
    rules = {name: {"judge": kind, **asdict(rules)} for name, (kind, rules) in rhyme.WAYS.items()}
    seeds = []
    for seed in range(chosen.seeds):
        seeds.append(results.rounded(rhyme.run(seed)))
        for name, points in seeds[-1]["rows"].items():
            print(seed, name, points[-1], flush=True)
        record = {"about": about, "rules": rules, "seeds": seeds}
        (results.ROWS / "rhyme.json").write_text(json.dumps(record) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
