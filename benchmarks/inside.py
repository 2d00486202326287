"""The rows of notebook 23: an autoencoder with a discriminator, one-step students, two domains.

    python benchmarks/inside.py [--tasks words faces ring digits domain] [--seeds 0 1 ...]
                                [--minutes 600] [--scale 1]

Appends a line to gan_course/assets/rows/inside.jsonl for each run that is not there yet, so it can
be stopped and started again, and several processes may share the work: start each with its own
--seeds. One thread; all seconds are CPU seconds. Task "words": an autoencoder whose code is 16
words, SECONDS["words"] a run, and a prior over its codes. "faces": a GAN alone, for as long as both
together. "ring" and "digits": students that do in one step what a flow does in many; "digits" takes
the shipped network flow-mnist as the teacher, and PAIRS pairs of it a seed, which are kept in
runs/pairs. "domain": MNIST with labels, scikit-learn's digits without. Of seed 0 the pictures go to
gan_course/assets/rows/inside.safetensors. --scale: all seconds and counts times this; a row of
another scale than 1 goes to inside-try.jsonl.
"""

import argparse
import functools
import time
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from gan_course import data, game, metrics, models, pretrained, results, runtime
from gan_course.chapters import borrowed, diffusion, vq
from gan_course.chapters import faces as study
from gan_course.conv import ConvDiscriminator

SECONDS = {"words": 100.0, "prior": 30.0, "ring": 20.0, "digits": 240.0, "domain": 40.0}
PAIRS, STEPS = 8_000, 20
SAMPLES = 10_000
SHOWN = 24
# each differs from the one named in its comment by one thing
WORDS = {
    "squares": vq.Recipe(),
    "absolute": vq.Recipe(power=1),  # squares
    "perceptual": vq.Recipe(perceptual=0.1),  # squares
    "patch D": vq.Recipe(adversary=1.0),  # squares
    "perceptual, patch D": vq.Recipe(perceptual=0.1, adversary=1.0),  # patch D
    "D from the start": vq.Recipe(adversary=1.0, start=0.0),  # patch D
    "weight 1": vq.Recipe(adversary=1.0, adaptive=False),  # patch D
    "weight 1 from the start": vq.Recipe(adversary=1.0, adaptive=False, start=0.0),  # weight 1
    "weight 0.01": vq.Recipe(adversary=0.01, adaptive=False),  # weight 1
    "dead words stay": vq.Recipe(adversary=1.0, revive=False),  # patch D
    "16 words": vq.Recipe(adversary=1.0, codes=16),  # patch D
    "256 words": vq.Recipe(adversary=1.0, codes=256),  # patch D
}
RING = {
    "regression": borrowed.Lesson(regression=1.0),
    "GAN": borrowed.Lesson(adversary=1.0),
    "GAN, noised": borrowed.Lesson(adversary=1.0, sees=0.3),
    "both": borrowed.Lesson(regression=1.0, adversary=1.0),
    "both, noised": borrowed.Lesson(regression=1.0, adversary=1.0, sees=0.3),
}
DIGITS = {
    "regression": borrowed.Lesson(regression=10.0),
    "GAN": borrowed.Lesson(adversary=1.0),
    "GAN, noised": borrowed.Lesson(adversary=1.0, sees=0.3),
    "both": borrowed.Lesson(regression=10.0, adversary=1.0),
    "both, noised": borrowed.Lesson(regression=10.0, adversary=1.0, sees=0.3),
}
DOMAIN = {
    "source alone": borrowed.Adaptation(),
    "reversed, 0.1": borrowed.Adaptation(strength=0.1),
    "reversed, 1": borrowed.Adaptation(strength=1.0),
    "augmented": borrowed.Adaptation(augment=True),
    "augmented, reversed, 1": borrowed.Adaptation(augment=True, strength=1.0),
    "target with labels": borrowed.Adaptation(),
}


def words(recipe: vq.Recipe, prior_seconds: float, kept: dict[str, Tensor], name: str) -> dict:
    train, test = (study.small(data.images("faces", split)) for split in ("train", "test"))
    others, _ = study.some(train, 2_000, seed=recipe.seed)
    curve: list[list[float]] = []

    def watch(seconds: float, net: vq.Autoencoder, record: dict) -> None:
        if not curve or seconds - curve[-1][0] >= recipe.seconds / 40:
            error = float(
                ((net.decode(net.encode(test.images[:300])) - test.images[:300]) ** 2).mean()
            )
            curve.append([round(seconds, 2), round(error, 4), round(record["weight"], 4)])

    net, records = vq.train(train, recipe, watch)
    row = vq.measure(net, test, others) | {"steps": records[-1]["step"], "curve": curve}
    prior = vq.train_prior(net.encode(train.images), prior_seconds, recipe.codes, recipe.seed)
    drawn = vq.draw(prior, net, 2_000, recipe.seed + 1)
    row["bits"] = vq.bits(prior, net.encode(test.images))
    row["drawn_distance"] = vq.realism(drawn, others)
    if recipe.seed == 0:
        kept[f"words/{name}"] = to_bytes(net.decode(net.encode(test.images[:SHOWN])))
        kept[f"drawn/{name}"] = to_bytes(drawn[:SHOWN])
    return row


def face_gan(seconds: float, seed: int, kept: dict[str, Tensor]) -> dict:
    """The pair of notebook 21, for as long as an autoencoder and its prior take."""
    train = study.small(data.images("faces"))
    others, _ = study.some(train, 2_000, seed=seed)
    start = time.process_time()

    def stop(state: game.State) -> None:
        # the rates fall to a tenth over the time
        share = min(1.0, (time.process_time() - start) / seconds)
        state.rate_scale = 1 - 0.9 * share
        if share >= 1:
            state.stop("the time is over")

    config = replace(study.RECIPE, steps=10**6, seed=seed)
    run = study.train(train, config, callbacks=[stop])
    z = torch.randn(2_000, config.latent_dim, generator=runtime.generator(seed + 1))
    images = game.sample(run.generator, z)
    if seed == 0:
        kept["drawn/GAN"] = to_bytes(images[:SHOWN])
    return {"drawn_distance": vq.realism(images, others), "steps": run.records[-1]["step"]}


@functools.cache
def ring_teacher(seed: int, seconds: float) -> diffusion.Flow:
    """Flow matching on the ring, `seconds` CPU seconds."""
    torch.manual_seed(seed)
    flow, ring = diffusion.Flow(diffusion.PointDenoiser(), (2,)), data.ring()
    opt = torch.optim.Adam(flow.parameters(), 2e-3, fused=True)
    batches = ring.batches(256, seed)
    start = time.process_time()
    while (share := (time.process_time() - start) / seconds) < 1:
        opt.param_groups[0]["lr"] = 2e-3 * (1 - 0.95 * share)
        loss = flow.loss(next(batches)[0])
        opt.zero_grad()
        loss.backward()
        opt.step()
    return flow.requires_grad_(False)


def of_the_ring(points: Tensor) -> dict:
    ring = data.ring()
    found = metrics.mode_coverage(points, ring.means, float(ring.stds[0]))
    return {"modes": found.modes, "high_quality": found.high_quality, "kl": found.kl}


def ring_student(name: str, seed: int, scale: float, kept: dict[str, Tensor]) -> dict:
    teacher = ring_teacher(seed, scale * 2 * SECONDS["ring"])
    test = borrowed.make_pairs(teacher, 5_000, STEPS, seed=seed + 1000)
    if name.startswith("teacher"):
        steps = int(name.split()[1])
        points = teacher.sample(5_000, runtime.generator(seed + 7), steps=steps)
    else:
        pairs = borrowed.make_pairs(teacher, int(scale * 20_000), STEPS, seed=seed, part=5_000)
        D = models.MLPDiscriminator((2,), (128, 128), activation="relu")
        lesson = replace(
            RING[name], seconds=scale * SECONDS["ring"], lr=1e-3, r1=0.1, batch=256, seed=seed
        )
        adversary = D if lesson.adversary else None
        student = borrowed.distil(teacher, adversary, pairs, data.ring(), lesson)
        points = borrowed.answers(student, test.noise)
    row = of_the_ring(points)
    if not name.startswith("teacher"):
        row["off"] = float((points - test.made).norm(dim=1).mean())
    if seed == 0:
        kept[f"ring/{name}"] = points[:2_000].half()
    return row


@functools.cache
def digit_pairs(seed: int, n: int) -> tuple[borrowed.Pairs, float]:
    """n pairs of the shipped teacher and the CPU seconds that they took, kept in runs/pairs."""
    path = Path("runs/pairs") / f"{n}-{seed}.pt"
    if not path.exists():
        teacher = diffusion.Flow(pretrained.load("flow-mnist"), (1, 28, 28))
        start = time.process_time()
        pairs = borrowed.make_pairs(teacher, n, STEPS, classes=10, seed=seed)
        seconds = time.process_time() - start
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = {"noise": pairs.noise, "made": pairs.made, "labels": pairs.labels}
        save_file(whole | {"seconds": torch.tensor(seconds)}, path)
    read = load_file(path)
    return borrowed.Pairs(read["noise"], read["made"], read["labels"]), float(read["seconds"])


def digits_student(name: str, seed: int, scale: float, kept: dict[str, Tensor]) -> dict:
    n = int(scale * SAMPLES)
    labels = torch.arange(n) % 10
    noise = torch.randn(n, 1, 28, 28, generator=runtime.generator(seed + 7))
    teacher = diffusion.Flow(pretrained.load("flow-mnist").requires_grad_(False), (1, 28, 28))

    def score(images: Tensor) -> dict:
        features, logits = pretrained.read(images.clamp(-1, 1))
        real = pretrained.real_features()
        distance = metrics.frechet_distance(
            *metrics.statistics(real), *metrics.statistics(features)
        )
        right = float((logits.argmax(dim=1) == labels).float().mean())
        return {"frechet_distance": distance, "read_as_asked": right}

    if name.startswith("teacher"):
        steps, parts = int(name.split()[1]), []
        start = time.process_time()
        for k in range(0, n, 250):
            stream = runtime.generator(seed * 1000 + k)
            parts.append(teacher.sample(250, stream, labels[k : k + 250], steps=steps))
        milliseconds = 1e3 * (time.process_time() - start) / n
        images = torch.cat(parts)[:n]
        row = score(images)
    else:
        pairs, pair_seconds = digit_pairs(seed, int(scale * PAIRS))
        curve: list[list[float]] = []

        def watch(seconds: float, student: torch.nn.Module) -> None:
            found = score(borrowed.answers(student, noise, labels))
            curve.append([round(seconds, 1), round(found["frechet_distance"], 3)])
            print(name, seed, curve[-1], flush=True)

        seconds = scale * SECONDS["digits"]
        lesson = replace(DIGITS[name], seconds=seconds, lr=5e-4, lr_d=4e-3, seed=seed)
        torch.manual_seed(seed)
        D = ConvDiscriminator(width=16, blocks=3, num_classes=10) if lesson.adversary else None
        real = data.images("mnist", stand_in=False)
        student = borrowed.distil(teacher, D, pairs, real, lesson, watch, every=seconds / 4)
        start = time.process_time()
        images = borrowed.answers(student, noise, labels)
        milliseconds = 1e3 * (time.process_time() - start) / n
        row = score(images) | {"curve": curve, "pair_seconds": pair_seconds}
        # how far from what the teacher makes of the same noise, on noise that was not in the pairs
        test, _ = digit_pairs(seed + 1000, int(scale * 1_000))
        found = borrowed.answers(student, test.noise, test.labels)
        row["off"] = float(((found - test.made) ** 2).mean())
    if seed == 0:
        kept[f"digits/{name}"] = to_bytes(images[:SHOWN])
    return row | {"ms_per_sample": milliseconds}


def domain(name: str, settings: borrowed.Adaptation) -> dict:
    source = data.images("mnist", stand_in=False)
    target, test = data.images("embedded"), data.images("embedded", "test")
    own_test = data.images("mnist", "test", stand_in=False)
    if name == "target with labels":  # the ceiling
        source = target
    net, D = borrowed.adapt(source, target.images, settings)
    some = torch.randperm(len(source), generator=runtime.generator(1))[:1_500]
    other = borrowed.with_statistics_of(net, target.images[:3_000])
    return {
        "source": borrowed.accuracy(net, own_test),
        "target": borrowed.accuracy(net, test),
        "target_statistics": borrowed.accuracy(other, test),
        "telling": borrowed.telling(net, D, source.images[some], target.images[:1_500]),
    }


def to_bytes(images: Tensor) -> Tensor:
    return ((images.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)


def jobs(tasks: list[str], seeds: list[int], scale: float, kept: dict[str, Tensor]):
    """(key, work) of all runs, by seed."""
    together = scale * (SECONDS["words"] + SECONDS["prior"])
    for seed in seeds:
        if "words" in tasks:
            for name, recipe in WORDS.items():
                changed = replace(recipe, seconds=scale * SECONDS["words"], seed=seed)
                prior = scale * SECONDS["prior"]
                yield key("words", name, seed), functools.partial(words, changed, prior, kept, name)
        if "faces" in tasks:
            yield key("faces", "GAN", seed), functools.partial(face_gan, together, seed, kept)
        if "ring" in tasks:
            for name in ("teacher 1", "teacher 20", *RING):
                work = functools.partial(ring_student, name, seed, scale, kept)
                yield key("ring", name, seed), work
        if "digits" in tasks:
            for name in ("teacher 1", "teacher 5", "teacher 20", "teacher 100", *DIGITS):
                work = functools.partial(digits_student, name, seed, scale, kept)
                yield key("digits", name, seed), work
        if "domain" in tasks:
            for name, settings in DOMAIN.items():
                seconds = scale * SECONDS["domain"]
                changed = replace(settings, seconds=seconds, seed=seed)
                yield key("domain", name, seed), functools.partial(domain, name, changed)


def key(task: str, name: str, seed: int) -> dict:
    return {"task": task, "run": name, "seed": seed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    tasks = ["words", "faces", "ring", "digits", "domain"]
    parser.add_argument("--tasks", nargs="+", default=tasks, choices=tasks)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    parser.add_argument("--minutes", type=float, default=600.0, help="no run starts after these")
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    runtime.start(seed=0, threads=1, on="cpu")
    out = results.ROWS / "inside.jsonl"
    if options.scale != 1:
        out = Path("inside-try.jsonl")
    about = {"device": "one CPU thread", "torch": torch.__version__.split("+")[0]}
    end = time.monotonic() + 60 * options.minutes
    kept: dict[str, Tensor] = {}
    for name, work in jobs(options.tasks, options.seeds, options.scale, kept):
        if time.monotonic() >= end:
            break
        results.collect(out, [(name, functools.partial(rounded, work))], about)
        if kept:
            pictures = out.with_suffix(".safetensors")
            before = load_file(pictures) if pictures.exists() else {}
            save_file({name: part.contiguous() for name, part in (before | kept).items()}, pictures)
            kept.clear()


def rounded(work) -> dict:
    return results.rounded(work())


if __name__ == "__main__":
    main()
