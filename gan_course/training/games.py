"""Games on images: their training with checkpoints, a log and sheets, and their measures."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from gan_course import clusters, data, distributed, game, metrics, pretrained, runtime
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError
from gan_course.results import rounded
from gan_course.training.budget import FAR, Stopwatch
from gan_course.training.recipes import Recipe, shown
from gan_course.training.runs import Best, Log, Session
from gan_course.training.samples import save_sheet

SAMPLES = 10_000  # for the metrics: as many as MNIST has test images


def train(recipe: Recipe, session: Session) -> None:
    """Train a generator of images against a discriminator, from where the run stands."""
    device = runtime.start(recipe.train.seed)
    images, about = training_images(recipe.data, device)
    session.keep_data(about["data"])
    label_shares: tuple[float, ...] = ()
    if recipe.condition == "clusters":
        images, label_shares = clustered(images, recipe)
    arguments = recipe.generator_arguments(label_shares)
    z = torch.randn(100, recipe.train.latent_dim, generator=runtime.generator(1))
    follow = follow_best(recipe, images, session.folder, arguments)

    def draw(state: game.State) -> None:
        sheet = session.folder / f"samples-{state.step:06d}.png"
        labels = game.draw_labels(state.generator, len(z))
        save_sheet(game.sample(state.generator, z, labels), sheet)
        follow(state)

    def play(config: TrainConfig, **options) -> game.Run:
        torch.manual_seed(config.seed)
        G, D = (net.to(device) for net in recipe.build(label_shares))
        batch = next(data.batches(images, recipe.batch_size))
        precision = game.choose_precision(G, D, batch, config=config, **recipe.game())
        config = replace(config, precision=precision)
        batches = data.batches(images, recipe.batch_size, config.seed)
        return game.train(G, D, batches, config=config, **recipe.game(), **options)

    config = resolve(session, play, draw)
    session.announce(config.steps, images.source)
    if distributed.count() > 1:
        about["processes"] = distributed.count()
        print(f"{distributed.count()} processes share each batch of {recipe.batch_size}")
    run = play(config, **kept(session, draw))
    if distributed.first():
        about |= {"steps": config.steps, "seed": config.seed}
        session.finish(
            run.generator,
            arguments,
            about,
            lambda G: {"metrics": measure_generator(G, recipe.data)},
        )


def resolve(
    session: Session,
    play: Callable[..., game.Run],
    draw: Callable[[game.State], None] = lambda state: None,
) -> TrainConfig:
    """The numbers of a run's game, with what its recipe leaves to this machine.

    play: plays the game by such numbers, with options of `game.train`; for precision "auto" it
    takes the faster one. draw: see `kept`.
    """
    config = session.recipe.train

    def choose() -> str:
        seen = []

        def look(state: game.State) -> None:
            seen.append(state.config.precision)
            state.stop("no step is needed")

        play(config, callbacks=[look])
        return distributed.from_first(lambda: seen[0])

    config = replace(config, precision=session.precision(config.precision, choose))

    def copy(watch: Stopwatch) -> None:
        play(replace(config, steps=FAR), callbacks=[watch.callback(draw)])

    config = replace(config, steps=session.steps(config.steps, copy))
    session.recipe = replace(session.recipe, train=config)
    return config


def kept(
    session: Session, draw: Callable[[game.State], None] = lambda state: None
) -> dict[str, Any]:
    """The arguments of `game.train` that keep a game in its run's folder and resume it from there.

    draw: called with the `State` whenever a checkpoint is due, and before the first step.
    """
    log, every = Log(session.folder / "log.csv"), session.recipe.checkpoint_every

    def write(state: game.State) -> None:
        due = state.step % every == 0 or state.step == state.config.steps
        if due and not state.stopped:
            draw(state)
        if due or state.ended:
            log.write(state.records)
            session.clock.save()

    def stop(state: game.State) -> None:
        if session.stop(state.step):
            state.stop("a signal")

    return {
        # the signal comes last: a stopped run is called once more, and writes its checkpoint then
        "callbacks": [write, game.Checkpoint(session.checkpoint, every), stop],
        "resume": session.checkpoint if session.checkpoint.exists() else None,
    }


def training_images(name: str, device: torch.device) -> tuple[data.ImageSet, dict]:
    """The training images on the device, and what the network's JSON says of them.

    No others stand in for them. Of several processes the first downloads them; GanCourseError if
    another finds other images.
    """
    sha256 = distributed.from_first(lambda: digest(data.images(name, stand_in=False).images))
    images = data.images(name, stand_in=False).to(device)
    if digest(images.images) != sha256:
        raise GanCourseError(
            f"this machine has other images ({images.source}) than rank 0: give all the same data "
            "folder"
        )
    return images, {"data": {"source": images.source, "images": len(images), "sha256": sha256}}


def clustered(images: data.ImageSet, recipe: Recipe) -> tuple[data.ImageSet, tuple[float, ...]]:
    """The images with their cluster as label, and the share of each cluster."""
    count, seed = recipe.train.num_classes, recipe.train.seed
    labels = distributed.from_first(lambda: clusters.find(images.images, count, seed))
    images = replace(images, labels=labels.to(images.labels.device))
    return images, clusters.shares(labels, count)


def digest(images: Tensor) -> str:
    """sha256 of the images as bytes 0 to 255, in their order."""
    levels = ((images + 1) * 127.5).round().to(torch.uint8)
    return hashlib.sha256(levels.cpu().numpy().tobytes()).hexdigest()


def follow_best(recipe: Recipe, images: data.ImageSet, folder: Path, arguments: dict) -> Callable:
    """A function of the `State` that measures its generator against training images.

    It keeps the best generator so far in the folder, with the arguments that build it.
    """
    if not (recipe.best_of and distributed.first()):
        return lambda state: None
    best = Best(folder, "frechet_distance", arguments, {"recipe": shown(recipe)})
    images = images.to("cpu")
    which = torch.randperm(len(images), generator=runtime.generator(3))[: 5 * recipe.best_of]
    real = metrics.statistics(pretrained.read(images.images[which])[0])
    z = torch.randn(recipe.best_of, recipe.train.latent_dim, generator=runtime.generator(2))
    labels = None
    if recipe.train.num_classes:
        labels = images.labels[which[: recipe.best_of]]
        z = z[: len(labels)]

    def follow(state) -> None:
        features, _ = pretrained.read(game.sample(state.generator, z, labels))
        distance = metrics.frechet_distance(*real, *metrics.statistics(features))
        best.offer(state.generator, state.step, distance)

    return follow


def measure_generator(G: nn.Module, name: str, n: int | None = None) -> dict:
    """`metrics.report` of n samples against the test images.

    The ceiling is that of as many training images.
    """
    G, n = G.cpu(), n or SAMPLES
    z = torch.randn(n, G.latent_dim, generator=runtime.generator(2))
    labels = game.draw_labels(G, n)
    # the classifier reads digits: it cannot say whether an image is of the cluster asked for
    asked = None if getattr(G, "label_shares", ()) else labels
    test, training = (data.images(name, split, stand_in=False) for split in ("test", "train"))
    real, _ = pretrained.read(test.images)
    measures = metrics.report(real, *pretrained.read(game.sample(G, z, labels)), asked)
    which = torch.randperm(len(training), generator=runtime.generator(3))[:n]
    given = None if asked is None else training.labels[which]
    ceiling = metrics.report(real, *pretrained.read(training.images[which]), given)
    return {
        **rounded(measures),
        "ceiling": rounded(ceiling),
        "measured_on": f"{test.source}, {len(test):,} test images",
    }
