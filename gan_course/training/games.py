"""Games on images: their training with checkpoints, a log and sheets, and their measures."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from gan_course import clusters, data, distributed, game, metrics, pretrained, runtime
from gan_course.checkpoint import load_checkpoint
from gan_course.config import TrainConfig
from gan_course.errors import GanCourseError
from gan_course.results import rounded
from gan_course.training.recipes import AnyRecipe, Recipe
from gan_course.training.runs import Best, Clock, Log, announce, finish
from gan_course.training.samples import save_sheet

SAMPLES = 10_000  # for the metrics: as many as MNIST has test images


def train(recipe: Recipe, folder: Path, clock: Clock) -> None:
    """Train a generator of images against a discriminator, from where the run stands."""
    device = runtime.start(recipe.train.seed)
    images, about = training_images(recipe.data, device)
    label_shares: tuple[float, ...] = ()
    if recipe.condition == "clusters":
        images, label_shares = clustered(images, recipe)
    announce(recipe, recipe.train.steps, images.source, folder)
    if distributed.count() > 1:
        about["processes"] = distributed.count()
        print(f"{distributed.count()} processes share each batch of {recipe.batch_size}")
    torch.manual_seed(recipe.train.seed)
    G, D = (net.to(device) for net in recipe.build(label_shares))
    config = with_kept_precision(recipe.train, folder / "checkpoint.pt")
    batch = next(data.batches(images, recipe.batch_size))
    precision = game.choose_precision(G, D, batch, config=config, **recipe.game())
    recipe = replace(recipe, train=replace(config, precision=precision))
    z = torch.randn(100, recipe.train.latent_dim, generator=runtime.generator(1))
    labels = game.draw_labels(G, 100)
    arguments = recipe.generator_arguments(label_shares)
    follow = follow_best(recipe, images, folder, arguments)

    def draw(state) -> None:
        sheet = folder / f"samples-{state.step:06d}.png"
        save_sheet(game.sample(state.generator, z, labels), sheet)
        follow(state)

    run = game.train(
        G,
        D,
        data.batches(images, recipe.batch_size, recipe.train.seed),
        config=recipe.train,
        **recipe.game(),
        **kept(recipe, folder, clock, draw),
    )
    if distributed.first():
        about |= {"steps": recipe.train.steps, "seed": recipe.train.seed}
        finish(
            run.generator,
            recipe,
            arguments,
            folder,
            clock,
            about,
            lambda G: {"metrics": measure_generator(G, recipe.data)},
        )


def kept(
    recipe: AnyRecipe, folder: Path, clock: Clock, draw: Callable = lambda state: None
) -> dict:
    """The arguments of `game.train` that keep a game in its run's folder and resume it from there.

    draw: called with the `State` whenever a checkpoint is due, and before the first step.
    """
    log, checkpoint = Log(folder / "log.csv"), folder / "checkpoint.pt"

    def write(state) -> None:
        if state.step % recipe.checkpoint_every == 0 or state.ended:
            draw(state)
            log.write(state.records)
            clock.save()

    return {
        "callbacks": [write, game.Checkpoint(checkpoint, recipe.checkpoint_every)],
        "resume": checkpoint if checkpoint.exists() else None,
    }


def training_images(name: str, device: torch.device) -> tuple[data.ImageSet, dict]:
    """The training images on the device, and what the network's JSON says of them.

    Of several processes the first downloads them; GanCourseError if another finds other images.
    """
    sha256 = distributed.from_first(lambda: digest(data.images(name).images))
    images = data.images(name).to(device)
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


def with_kept_precision(config: TrainConfig, checkpoint: Path) -> TrainConfig:
    """The numbers of a run; for precision "auto", what its checkpoint keeps, if there is one."""

    def kept() -> str:
        if config.precision != "auto" or not checkpoint.exists():
            return config.precision
        return load_checkpoint(checkpoint)["config"]["precision"]

    return replace(config, precision=distributed.from_first(kept))


def follow_best(recipe: Recipe, images: data.ImageSet, folder: Path, arguments: dict) -> Callable:
    """A function of the `State` that measures its generator against training images.

    It keeps the best generator so far in the folder, with the arguments that build it.
    """
    if not (recipe.best_of and distributed.first()):
        return lambda state: None
    best = Best(folder, "frechet_distance", arguments)
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
    asked = (
        None if getattr(G, "label_shares", ()) else labels
    )  # of a cluster the classifier knows nothing
    test, training = data.images(name, "test"), data.images(name)
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
