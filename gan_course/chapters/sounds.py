"""Generators of sounds, trained and measured. Notebook 17.

configs/sounds-wgan-gp.yaml makes the shipped one again: some minutes on one free core of a CPU.
benchmarks/sounds.py collects rows of the others.
"""

import time
from dataclasses import replace

import scipy  # its parts are loaded when they are first used
import torch
from torch import Tensor, nn

from gan_course import data, game, losses, metrics, penalties, runtime
from gan_course.chapters import audio
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError
from gan_course.results import rounded

WIDTH, BATCH = 8, 16
CONFIG = TrainConfig(
    steps=1_330,
    latent_dim=32,
    num_classes=len(audio.KINDS),
    lr_g=4e-3,
    lr_d=4e-3,
    betas=(0.5, 0.9),
    lr_final=0.1,
    average=0.99,
)
# what the critic gets: its class, steps of phase shuffle, labels or none; and the steps of a run,
# which take about as many CPU seconds in each variant ("fewer steps": as many as with two views)
VARIANTS = {
    "waves, phase shuffle": (audio.WaveDiscriminator, 2, True, 1_330),
    "waves, fewer steps": (audio.WaveDiscriminator, 2, True, 700),
    "waves, no shuffle": (audio.WaveDiscriminator, 0, True, 1_400),
    "waves and spectra": (audio.TwoViewDiscriminator, 2, True, 700),
    "waves and spectra, no labels": (audio.TwoViewDiscriminator, 2, False, 700),
}


def play(
    variant: str,
    config: TrainConfig = CONFIG,
    width: int = WIDTH,
    count: int = 3_000,
    device="cpu",
    **options,
) -> tuple[game.Run, nn.Module]:
    """Train one variant on `count` sounds for config.steps: the run, and the critic.

    options: callbacks and resume of `game.train`.
    """
    if variant not in VARIANTS:
        raise GanCourseError(f"play({variant!r}): the variants are {', '.join(VARIANTS)}")
    critic, shuffle, labelled, _ = VARIANTS[variant]
    config = replace(config, num_classes=len(audio.KINDS) if labelled else 0)
    torch.manual_seed(config.seed)
    G = audio.WaveGenerator(config.latent_dim, width, config.num_classes).to(device)
    D = critic(width, config.num_classes, shuffle=shuffle).to(device)
    penalty = penalties.GradientPenalty(10.0)
    terms = [audio.OnViews(penalty) if hasattr(D, "views") else penalty]
    made = audio.sounds(count, seed=0)
    batches = data.batches((made.waves, made.labels), BATCH, config.seed)
    batch, loss = (made.waves[:BATCH], made.labels[:BATCH]), losses.Wasserstein()
    precision = game.choose_precision(G, D, batch, loss, config, terms)
    config = replace(config, precision=precision)
    return game.train(G, D, batches, loss, config, terms, **options), D


def measure(waves: Tensor, labels: Tensor, reference: audio.Sounds) -> dict[str, float]:
    """Pitch against the notes asked for, timbre and log-mel spectra against `reference`.

    on_scale: the share of all sounds that are clear and near some note, for generators that nobody
    asked for a note. timbre: the mean of two Wasserstein distances, of brightness and of even
    weight.
    """
    tonal = labels < len(audio.NOTES)
    hertz, clarity = audio.pitch(waves)
    off = audio.cents(hertz[tonal], audio.PITCHES[labels[tonal]]).abs()
    near = audio.cents(hertz[:, None], audio.PITCHES).abs().amin(dim=1) < 50
    real_tonal = reference.labels < len(audio.NOTES)
    real_timbre = reference.bright[real_tonal], reference.even[real_tonal]
    timbre = [
        scipy.stats.wasserstein_distance(fake.numpy(), real.numpy())
        for fake, real in zip(audio.timbre(waves[tonal], hertz[tonal]), real_timbre)
    ]
    fake, real = (audio.log_mel(w).flatten(1) for w in (waves, reference.waves))
    distance = metrics.frechet_distance(*metrics.statistics(fake), *metrics.statistics(real))
    sides = metrics.precision_recall(real, fake)
    return {
        "samples": len(waves),
        "in_tune": float((off < 50).float().mean()),
        "cents_off": float(off.median()),
        "clarity": float(clarity[tonal].median()),
        "timbre": float(sum(timbre) / 2),
        "on_scale": float((near & (clarity > 0.9)).float().mean()),
        "frechet_distance": distance,
        "precision": sides.precision,
        "recall": sides.recall,
    }


def measure_generator(G: nn.Module, samples: int = 2_000) -> dict:
    """`measure` of a conditional generator; ceiling: that of as many real sounds."""
    reference, other = audio.sounds(samples, seed=1), audio.sounds(samples, seed=2)
    z = torch.randn(samples, G.latent_dim, generator=runtime.generator(9))
    labels = other.labels if G.num_classes else None
    made = measure(game.sample(G, z, labels), other.labels, reference)
    ceiling = measure(other.waves, other.labels, reference)
    return {**rounded(made), "ceiling": rounded(ceiling)}


def coherence(waves: Tensor, labels: Tensor, own: bool = False) -> float:
    """How alike the phases of the notes are, 0 to 1, as a mean over the notes.

    At 4,000 and 1,000 Hz, where an untrained generator hums; own: at each note's own pitch.
    """
    alike = []
    for k, pitch in enumerate(audio.PITCHES):
        bins = [round(float(pitch) * audio.SAMPLES / audio.RATE)] if own else [1024, 256]
        spectrum = torch.fft.rfft(waves[labels == k, 0])[:, bins]
        alike.append((spectrum.mean(dim=0).abs() / spectrum.abs().mean(dim=0)).mean())
    return float(torch.stack(alike).mean())


def run(variant: str, seed: int, steps: int | None = None, samples: int = 2_000) -> dict:
    """Train one row of the notebook's table and measure it.

    steps: fewer than the variant's, to try it out.
    """
    config = replace(CONFIG, seed=seed, steps=steps or VARIANTS[variant][-1])
    start = time.process_time()
    played, _ = play(variant, config)
    spent = time.process_time() - start
    reference, other = audio.sounds(samples, seed=1), audio.sounds(samples, seed=2)
    z = torch.randn(samples, config.latent_dim, generator=runtime.generator(1))
    labelled = VARIANTS[variant][2]
    waves = game.sample(played.generator, z, other.labels if labelled else None)
    row = measure(waves, other.labels, reference)
    if labelled:
        row["hum"] = coherence(waves, other.labels)
        row["own_phase"] = coherence(waves, other.labels, own=True)
    return {**rounded(row), "steps": config.steps, "cpu_seconds": round(spent, 1)}
