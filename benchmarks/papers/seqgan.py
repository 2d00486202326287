"""SeqGAN's oracle experiment (Yu et al. 2017, Table 1), which notebook 16 shows.

    python benchmarks/papers/seqgan.py
    python benchmarks/papers/seqgan.py --protocol=full

writes gan_course/assets/rows/seqgan.json (or seqgan-full.json): every seed's rows, sweeps and
curve. The reduced protocol takes about a minute of CPU a seed; the full one has the paper's sizes,
takes hours on a GPU, and has not been run so far.
"""

import argparse
import datetime
import json
import platform
from dataclasses import asdict

import torch

from gan_course import results, runtime
from gan_course.chapters import seqgan

PROTOCOLS = {
    "reduced": (seqgan.Protocol(), "seqgan.json"),
    "full": (seqgan.FULL, "seqgan-full.json"),
}


def main() -> None:
    flags = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    flags.add_argument("--protocol", choices=PROTOCOLS, default="reduced")
    flags.add_argument("--seeds", type=int, default=5, help="number of seeds")
    chosen = flags.parse_args()
    protocol, name = PROTOCOLS[chosen.protocol]
    device = runtime.start(seed=0, threads=1, on="cpu" if chosen.protocol == "reduced" else None)
    about = {
        "date": str(datetime.date.today()),
        "torch": torch.__version__,
        "machine": platform.machine(),
        "device": device.type,
    }
    seeds = []
    for seed in range(chosen.seeds):
        seeds.append(results.rounded(seqgan.run(protocol, seed, device)))
        scores = {row: numbers["nll_oracle"] for row, numbers in seeds[-1]["rows"].items()}
        print(seed, scores, flush=True)
        record = {"about": about, "protocol": asdict(protocol), "seeds": seeds}
        (results.ROWS / name).write_text(json.dumps(record) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
