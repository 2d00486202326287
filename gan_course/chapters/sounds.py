"""Generators of sounds, trained and measured: the shipped `sounds-wgan-gp`, and the rows of
benchmarks/sounds.py. Notebook 17.

`python -m gan_course.chapters.sounds FOLDER` makes the shipped one again: some minutes on one free
core of a CPU.
"""

import datetime
import sys
import time
from dataclasses import asdict, replace

import scipy  # its parts are loaded when they are first used
import torch
from torch import Tensor, nn

from gan_course import data, game, losses, metrics, penalties, pretrained, runtime
from gan_course.chapters import audio
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError
from gan_course.results import rounded

NAME, WIDTH = "sounds-wgan-gp", 16
CONFIG = TrainConfig(
    3000,
    latent_dim=32,
    num_classes=len(audio.KINDS),
    lr_g=4e-3,
    lr_d=4e-3,
    betas=(0.5, 0.9),
    lr_final=0.02,
    average=0.998,
    log_every=100,
)
SHORT = replace(CONFIG, steps=450, lr_final=0.1, average=0.99, log_every=10)  # of the notebook
VARIANTS = {  # what the critic gets: its class, steps of phase shuffle, labels or none
    "waves, phase shuffle": (audio.WaveDiscriminator, 2, True),
    "waves, no shuffle": (audio.WaveDiscriminator, 0, True),
    "waves and spectra": (audio.TwoViewDiscriminator, 2, True),
    "waves, no labels": (audio.WaveDiscriminator, 2, False),
    "waves and spectra, no labels": (audio.TwoViewDiscriminator, 2, False),
}


def play(
    variant: str, config: TrainConfig = SHORT, width: int = WIDTH, count: int = 6_000, device="cpu"
) -> tuple[game.Run, nn.Module]:
    """Train one variant on `count` sounds: the run's history, which holds the generator, and the
    critic.
    """
    if variant not in VARIANTS:
        raise GanCourseError(f"play({variant!r}): the variants are {', '.join(VARIANTS)}")
    critic, shuffle, labelled = VARIANTS[variant]
    config = replace(config, num_classes=len(audio.KINDS) if labelled else 0)
    torch.manual_seed(config.seed)
    G = audio.WaveGenerator(config.latent_dim, width, config.num_classes).to(device)
    D = critic(width, config.num_classes, shuffle=shuffle).to(device)
    penalty = penalties.GradientPenalty(10.0)
    terms = [audio.OnViews(penalty) if hasattr(D, "views") else penalty]
    made = audio.sounds(count, seed=0)
    batches = data.batches((made.waves, made.labels), 32, config.seed)
    return game.train(G, D, batches, losses.Wasserstein(), config, terms), D


def measure(waves: Tensor, labels: Tensor, reference: audio.Sounds) -> dict[str, float]:
    """What notebook 17 measures: pitch against the notes asked for, timbre and log-mel spectra
    against those of `reference`.

    on_scale: the share of all sounds that are clear and near some note, for generators that nobody
    asked for a note.
    timbre: the mean of two Wasserstein distances, of brightness and of even weight.
    """
    tonal = labels < len(audio.NOTES)
    hertz, clarity = audio.pitch(waves)
    off = audio.cents(hertz[tonal], audio.PITCHES[labels[tonal]]).abs()
    near = audio.cents(hertz[:, None], audio.PITCHES).abs().amin(dim=1) < 50
    made = reference.labels < len(audio.NOTES)
    knobs = zip(
        audio.timbre(waves[tonal], hertz[tonal]), (reference.bright[made], reference.even[made])
    )
    fake, real = (audio.log_mel(w).flatten(1) for w in (waves, reference.waves))
    sides = metrics.precision_recall(real, fake)
    return {
        "samples": len(waves),
        "in_tune": float((off < 50).float().mean()),
        "cents_off": float(off.median()),
        "clarity": float(clarity[tonal].median()),
        "timbre": float(
            sum(
                scipy.stats.wasserstein_distance(found.numpy(), real.numpy())
                for found, real in knobs
            )
            / 2
        ),
        "on_scale": float((near & (clarity > 0.9)).float().mean()),
        "frechet_distance": metrics.frechet_distance(
            *metrics.statistics(fake), *metrics.statistics(real)
        ),
        "precision": sides.precision,
        "recall": sides.recall,
    }


@torch.no_grad()
def moved(D: nn.Module, sounds: audio.Sounds) -> float:
    """How much a critic's score changes when a wave moves by one to three samples, in units of the
    scores' own deviation.
    """
    labels = (sounds.labels,) if D.num_classes else ()
    scores = [D(torch.roll(sounds.waves, shift, dims=2), *labels) for shift in range(4)]
    return float((torch.stack(scores[1:]) - scores[0]).abs().mean() / scores[0].std())


def coherence(waves: Tensor, labels: Tensor, own: bool = False) -> float:
    """How alike the phases of the notes are, 0 to 1: at 1,000 and 250 Hz, or at each note's own
    pitch; mean over the notes.
    """
    found = []
    for k, pitch in enumerate(audio.PITCHES):
        spectrum = torch.fft.rfft(waves[labels == k, 0])[
            :, [round(float(pitch) * audio.SAMPLES / audio.RATE)] if own else [256, 64]
        ]
        found.append((spectrum.mean(dim=0).abs() / spectrum.abs().mean(dim=0)).mean())
    return float(torch.stack(found).mean())


def run(variant: str, seed: int, steps: int | None = None, samples: int = 2_000) -> dict:
    """Train one row of the notebook's table and measure it. steps: fewer than the plan's, to try it
    out.
    """
    config = replace(SHORT, seed=seed, steps=steps or SHORT.steps)
    start = time.process_time()
    history, critic = play(variant, config)
    spent = time.process_time() - start
    return {
        "variant": variant,
        "seed": seed,
        **judge(history, critic, samples),
        "cpu_seconds": round(spent, 1),
        "config": asdict(config),
    }


def judge(history: game.Run, critic: nn.Module, samples: int = 2_000) -> dict:
    """`measure` of a run of `play`, and what has become of its phases and of its critic."""
    reference, other = audio.sounds(samples, seed=1), audio.sounds(samples, seed=2)
    z = torch.randn(samples, 32, generator=runtime.generator(1))
    labels = other.labels if critic.num_classes else None
    waves = game.sample(history.generator, z, labels)
    found = measure(waves, other.labels, reference)
    if labels is not None:
        hum, own = (coherence(waves, labels, own) for own in (False, True))
        found |= {
            "hum": hum,
            "own_phase": own,
            "moved": moved(critic.cpu(), audio.sounds(500, seed=2)),
        }
    return rounded(found)


def train(
    config: TrainConfig = CONFIG, width: int = WIDTH, count: int = 20_000
) -> tuple[audio.WaveGenerator, dict]:
    """The generator to ship, and the notes that go with it."""
    variant, start, begun = "waves and spectra", time.monotonic(), time.process_time()
    history, _ = play(variant, config, width, count)
    seconds, cpu_seconds = round(time.monotonic() - start), round(time.process_time() - begun)
    reference, other = audio.sounds(2000, seed=1), audio.sounds(2000, seed=2)
    z = torch.randn(2000, config.latent_dim, generator=runtime.generator(9))
    found = measure(game.sample(history.generator, z, other.labels), other.labels, reference)
    ceiling = measure(other.waves, other.labels, reference)
    notes = {
        "recipe": {
            "name": NAME,
            "command": "python -m gan_course.chapters.sounds gan_course/assets/networks",
            "loss": "wasserstein",
            "gradient_penalty": 10.0,
            "critic": variant,
            "width": width,
            "shuffle": 2,
            "batch_size": 32,
            "train": vars(config),
        },
        "data": {"source": "gan_course.chapters.audio", "sounds": count},
        "steps": config.steps,
        "seed": config.seed,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        **runtime.describe(torch.device("cpu")),
        "date": str(datetime.date.today()),
        "metrics": {
            **rounded(found),
            "ceiling": rounded(ceiling),
            "measured_on": "2,000 sounds of gan_course.chapters.audio, seed 1",
        },
    }
    return history.generator, notes


def main(folder: str) -> None:
    """Train, and write the pair of files into a folder."""
    G, notes = train()
    pretrained.save(
        G,
        NAME,
        {"latent_dim": G.latent_dim, "width": WIDTH, "num_classes": G.num_classes},
        folder,
        notes,
    )
    print(notes["metrics"])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(
            "usage: python -m gan_course.chapters.sounds FOLDER   (the course keeps its own in "
            "gan_course/assets/networks)"
        )
    main(sys.argv[1])
