"""The 5 x 5 grid of notebook 04 at full length: 8,000 steps, five seeds.

    python benchmarks/grid25.py

writes gan_course/assets/rows/grid25.json, which notebook 04 shows beside the short run that it
trains itself. Some three minutes a seed on one CPU thread.
"""

import dataclasses
import datetime
import json
import platform
import time
from dataclasses import asdict

import torch

from gan_course import config, data, game, losses, metrics, models, penalties, results, runtime

OUT = results.ROWS / "grid25.json"
# the grid of the papers in other units: sigma / spacing is unchanged
GRID = data.grid(spacing=1.0, std=0.025)
CONFIG = config.TrainConfig(
    steps=8_000, latent_dim=2, lr_g=2e-3, lr_d=2e-3, betas=(0.5, 0.99), lr_final=0.05, average=0.99
)
HIDDEN, BATCH_SIZE, SAMPLES = (128, 128, 128), 256, 2_500


def train(seed: int) -> metrics.ModeCoverage:
    """Noise on D's inputs falls to 0 by half of the steps; R1 fades from 50 to 90 % of them."""
    torch.manual_seed(seed)
    G = models.MLPGenerator(2, (2,), HIDDEN, activation="relu", output="linear")
    D = models.InstanceNoise(models.MLPDiscriminator((2,), HIDDEN, activation="relu"), 1.0)
    r1 = penalties.ZeroCentered(0.1)

    def schedule(state):
        share = state.step / state.config.steps
        D.sigma = 0.01 ** (share / 0.5) if share < 0.5 else 0.0  # from 1 to 0.01
        r1.weight = 0.1 * 0.01 ** min(max((share - 0.5) / 0.4, 0), 1)  # from 0.1 to 0.001

    seeded = dataclasses.replace(CONFIG, seed=seed)
    batches, loss = GRID.batches(BATCH_SIZE, seed), losses.NonSaturating()
    run = game.train(G, D, batches, loss, seeded, [r1], callbacks=[schedule])
    z = torch.randn(SAMPLES, 2, generator=runtime.generator(1))
    return metrics.mode_coverage(game.sample(run.generator, z), GRID.means, float(GRID.stds[0]))


def main() -> None:
    runtime.start(seed=0, threads=1, on="cpu")
    rows = []
    for seed in range(5):
        start = time.process_time()
        found = asdict(train(seed))
        rows.append({"seed": seed, **found, "cpu_seconds": round(time.process_time() - start)})
        print(rows[-1], flush=True)
    about = {
        "date": str(datetime.date.today()),
        "torch": torch.__version__,
        "machine": platform.machine(),
        "samples": SAMPLES,
    }
    protocol = {"config": asdict(CONFIG), "hidden": HIDDEN, "batch_size": BATCH_SIZE}
    text = json.dumps({"about": about, "protocol": protocol, "seeds": rows}, indent=1)
    OUT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
