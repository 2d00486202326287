"""A training step against the measured peaks of this machine (notebook 20).

    python benchmarks/scaling.py [--pairs mlp-mnist ...] [--threads 1]

Appends a row to gan_course/assets/rows/scaling.jsonl for each pair, precision and number of threads
that this machine has no row of yet. The networks: those of benchmarks/throughput.py, and two
recipes that ship. Step and peaks take turns, and the best of 25 turns counts for each, in CPU
seconds where one thread works. About a minute.
"""

import argparse
from functools import partial

import torch

from gan_course import conv, models, results, runtime
from gan_course.chapters import roofline, stopwatch

OUT = results.ROWS / "scaling.jsonl"
PAIRS = {  # G, D and the batch
    "mlp-mnist": lambda: (
        models.MLPGenerator(64, hidden=(256, 512), batch_norm=True),
        models.MLPDiscriminator(hidden=(512, 256)),
        128,
    ),
    "dcgan-mnist": lambda: (
        conv.ConvGenerator(64, width=32, blocks=3),
        conv.ConvDiscriminator(width=32, blocks=3),
        64,
    ),
    "throughput, MLP": lambda: (
        models.MLPGenerator(100, batch_norm=True),
        models.MLPDiscriminator(hidden=(512, 256)),
        64,
    ),
    "throughput, DCGAN": lambda: (
        conv.ConvGenerator(100, width=64),
        conv.ConvDiscriminator(width=64, batch_norm=True),
        64,
    ),
}


def measure(name: str, precision: str, device: torch.device) -> dict:
    """One row: what a step costs, what it takes, and the machine's peaks in that precision."""
    torch.manual_seed(0)
    G, D, batch = PAIRS[name]()
    convolutional = isinstance(D, conv.ConvDiscriminator)
    flops, moved = roofline.totals(roofline.step(G, D, batch))
    work = stopwatch.training_step(
        G, D, batch, precision, channels_last=convolutional, device=device
    )
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    peaks = stopwatch.peaks(device, dtype, rounds=25, beside={"step": work})
    seconds = peaks.pop("step")
    peak = "conv" if convolutional else "gemm"
    return {
        "batch": batch,
        "gflop": flops / 1e9,
        "megabytes": moved / 1e6,
        "ms": seconds * 1e3,
        "gflops": flops / seconds / 1e9,
        "peak": peak,
        "share": flops / seconds / peaks[peak],
        **{f"peak_{key}": value / 1e9 for key, value in peaks.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", nargs="+", default=list(PAIRS), choices=list(PAIRS))
    parser.add_argument("--threads", nargs="+", type=int, default=[1], help="torch's CPU threads")
    options = parser.parse_args()
    for threads in options.threads:
        device = runtime.start(seed=0, threads=threads)
        about = runtime.describe(device)
        jobs = [
            (
                {"pair": name, "precision": precision, **about},
                partial(measure, name, precision, device),
            )
            for name in options.pairs
            for precision in ("fp32", "bf16")
        ]
        results.collect(OUT, jobs, {})


if __name__ == "__main__":
    main()
