"""Train the shipped generator of sounds, `sounds-wgan-gp`, measure it, and write it: `python -m gan_course.train_sounds FOLDER`.

The game is that of notebook 17 with a wider pair and more steps: about a quarter of an hour on one free core of a CPU.
"""

import datetime
import sys
import time

import torch
from torch import Tensor

from gan_course import audio, data, game, losses, metrics, penalties, pretrained, runtime
from gan_course.config import TrainConfig
from gan_course.runs import rounded

NAME = "sounds-wgan-gp"
WIDTH, LATENT, SHUFFLE, SOUNDS, BATCH = 24, 32, 2, 20_000, 32
CONFIG = TrainConfig(
    9000, latent_dim=LATENT, num_classes=len(audio.KINDS), d_steps=2, lr_g=3e-3, lr_d=3e-3, betas=(0.5, 0.9), lr_final=0.05,
    average=0.998, log_every=100,
)  # fmt: skip


def measure(waves: Tensor, labels: Tensor, reference: Tensor) -> dict[str, float]:
    """What notebook 17 measures: pitch against the notes asked for; and how the log-mel spectra compare with `reference`."""
    tonal = labels < len(audio.NOTES)
    hertz, clarity = audio.pitch(waves[tonal])
    off = audio.cents(hertz, audio.PITCHES[labels[tonal]]).abs()
    fake, real = (audio.log_mel(w).flatten(1) for w in (waves, reference))
    sides = metrics.precision_recall(real, fake)
    return {
        "samples": len(waves),
        "in_tune": float((off < 50).float().mean()),
        "cents_off": float(off.median()),
        "clarity": float(clarity.median()),
        "frechet_distance": metrics.frechet_distance(*metrics.statistics(fake), *metrics.statistics(real)),
        "precision": sides.precision,
        "recall": sides.recall,
    }


def train(config: TrainConfig = CONFIG, width: int = WIDTH, count: int = SOUNDS) -> tuple[audio.WaveGenerator, dict]:
    """The trained generator, and the notes that go with it."""
    torch.manual_seed(config.seed)
    made = audio.sounds(count, seed=0)
    G = audio.WaveGenerator(config.latent_dim, width, config.num_classes)
    D = audio.WaveDiscriminator(width, config.num_classes, shuffle=SHUFFLE)
    start = time.monotonic()
    batches = data.batches((made.waves, made.labels), BATCH, config.seed)
    history = game.train(G, D, batches, losses.Wasserstein(), config, [penalties.GradientPenalty(10.0)])
    seconds = round(time.monotonic() - start)
    reference, other = audio.sounds(2000, seed=1), audio.sounds(2000, seed=2)
    z = torch.randn(2000, config.latent_dim, generator=torch.Generator().manual_seed(9))
    found = measure(game.sample(history.generator, z, other.labels), other.labels, reference.waves)
    ceiling = measure(other.waves, other.labels, reference.waves)
    notes = {
        "recipe": {"name": NAME, "command": "python -m gan_course.train_sounds data/pretrained", "loss": "wasserstein",
                   "gradient_penalty": 10.0, "width": width, "shuffle": SHUFFLE, "batch_size": BATCH, "train": vars(config)},
        "data": {"source": "gan_course.audio", "sounds": count},
        "steps": config.steps, "seed": config.seed, "seconds": seconds,
        **runtime.describe(torch.device("cpu")),
        "date": str(datetime.date.today()),
        "metrics": {**rounded(found), "ceiling": rounded(ceiling), "measured_on": "2,000 sounds of gan_course.audio, seed 1"},
    }  # fmt: skip
    return history.generator, notes


def main(folder: str) -> None:
    """Train, and write the pair of files into a folder."""
    G, notes = train()
    pretrained.save(G, NAME, {"latent_dim": LATENT, "width": WIDTH, "num_classes": len(audio.KINDS)}, folder, notes)
    print(notes["metrics"])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m gan_course.train_sounds FOLDER   (the course keeps its own in data/pretrained)")
    main(sys.argv[1])
