"""Games on images: their training with checkpoints, a log and sheets, and their measures."""

import contextlib
import hashlib
import io
import math
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import torch
from torch import Tensor, nn

from gan_course import clusters, data, distributed, folders, game, metrics, runtime
from gan_course.chapters.augment import Augmented
from gan_course.config import TrainConfig
from gan_course.errors import DataError, GanCourseError
from gan_course.images import NAMES
from gan_course.results import rounded
from gan_course.training import features
from gan_course.training.budget import FAR, Stopwatch, cycle_of, now
from gan_course.training.recipes import Recipe, shown
from gan_course.training.runs import Best, Log, Session, step_of
from gan_course.training.samples import save_sheet

SAMPLES = 10_000  # for the metrics: as many as MNIST has test images
FEWEST = 10  # pictures of a folder to train on
LONG = 500  # steps, from which on the time that they take is told beforehand
EVENING = 240  # minutes


def train(recipe: Recipe, session: Session) -> None:
    """Train a generator of images against a discriminator, from where the run stands."""
    device = runtime.start(recipe.train.seed)
    images, about = training_images(recipe.data, device, recipe.size, recipe.channels)
    session.keep_data(about["data"])
    label_shares: tuple[float, ...] = ()
    if recipe.condition == "clusters":
        images, label_shares = clustered(images, recipe)
    shape = tuple(images.images.shape[1:])
    arguments = recipe.generator_arguments(label_shares, shape)
    z = torch.randn(100, recipe.train.latent_dim, generator=runtime.generator(1))
    augmented = recipe.augments(len(images))
    follow = follow_best(recipe, images, session.folder, arguments)

    def draw(state: game.State) -> None:
        sheet = session.folder / f"samples-{state.step:06d}.png"
        labels = game.draw_labels(state.generator, len(z))
        save_sheet(game.sample(state.generator, z, labels), sheet)
        follow(state)

    def play(config: TrainConfig, **options) -> game.Run:
        torch.manual_seed(config.seed)
        G, D = (net.to(device) for net in recipe.build(label_shares, shape))
        D = Augmented(D) if augmented else D
        batch = next(data.batches(images, recipe.batch_size))
        precision = game.choose_precision(G, D, batch, config=config, **recipe.game())
        config = replace(config, precision=precision)
        batches = data.batches(images, recipe.batch_size, config.seed)
        return game.train(G, D, batches, config=config, **recipe.game(), **options)

    config = resolve(session, play, draw)
    session.announce(config.steps, images.source)
    if augmented:
        print(f"D sees its {len(images):,} pictures augmented (notebook 14; --augment=none: as is)")
    foretell(session, config, play)
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
            lambda G: {"metrics": measure_generator(G, recipe.data, folder=session.folder)},
        )


def foretell(session: Session, config: TrainConfig, play: Callable[..., game.Run]) -> None:
    """Say what a long run will take on this machine; warn where it is more than an evening.

    play: see `resolve`. Some steps of a copy are timed; shorter runs than LONG steps are not.
    """
    left = config.steps - distributed.from_first(lambda: step_of(session.folder))
    if left < LONG or session.recipe.seconds:
        return
    marks: list[float] = []  # when each step began

    def watch(state: game.State) -> None:
        marks.append(now())
        whole = state.step > cycle_of(state)  # some penalties come at each n-th step
        if whole and marks[-1] - marks[1] > 1:
            state.stop("a second was measured, without the first step")

    play(replace(config, steps=FAR), callbacks=[watch])
    step = distributed.from_first(lambda: (marks[-2] - marks[1]) / (len(marks) - 3))
    memory = psutil.Process().memory_info().rss
    if torch.cuda.is_available():
        memory = torch.cuda.max_memory_allocated()
    minutes = left * step / 60
    print(
        f"a step takes {1000 * step:.0f} ms here, {left:,} some {math.ceil(minutes)} minutes; "
        f"{memory / 1e9:.1f} GB of memory are in use"
    )
    if minutes > EVENING:
        print(
            "That is longer than an evening. Quicker are a lower --size, --width or --train.steps, "
            "a machine with a GPU, or a budget: --seconds=3600 fits the steps to it"
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


def training_images(
    name: str, device: torch.device, size: int = 0, channels: int = 0
) -> tuple[data.ImageSet, dict]:
    """The training images on the device, and what the network's JSON says of them.

    size, channels: as in a recipe. No others stand in for them. Of several processes the first
    downloads them; GanCourseError if another finds other images.
    """
    found: list[data.ImageSet] = []  # by the first process before the others look

    def first() -> str:
        found.append(find(name, "train", size, channels))
        return digest(found[0].images)

    sha256 = distributed.from_first(first)
    images = (found or [find(name, "train", size, channels)])[0].to(device)
    if digest(images.images) != sha256:
        raise GanCourseError(
            f"this machine has other images ({images.source}) than rank 0: give all the same data "
            "folder"
        )
    return images, {"data": {"source": images.source, "images": len(images), "sha256": sha256}}


def find(name: str, split: str, size: int = 0, channels: int = 0) -> data.ImageSet:
    """`data.images`; size, channels: as in a recipe.

    Of a folder that has no pictures for testing, a tenth is kept for it, always the same.
    """
    get = partial(data.images, name, size=size or None, channels=channels or None, stand_in=False)
    folder = None if name in NAMES else folders.place(name)
    if folder is None or folders.divided(folder):
        return get(split)
    whole = get("train")
    if len(whole) < FEWEST:
        raise DataError(
            f"{name} holds {folders.counted(len(whole))}: training needs {FEWEST} or more, and is "
            "worth while from some hundreds on"
        )
    order = torch.randperm(len(whole), generator=runtime.generator(4))
    held = len(whole) // 10
    part = order[:held] if split == "test" else order[held:]
    source = f"{folders.counted(len(part))} of {folders.printable(folder.name)}"
    return replace(whole.take(part.sort().values), source=source)


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
    images = images.to("cpu")
    reader = features.choose(images, folder)
    if len(images) < 2 * features.SIZE:
        print(f"{len(images)} pictures are too few for a distance at each checkpoint")
        return lambda state: None
    best = Best(folder, "frechet_distance", arguments, {"recipe": shown(recipe)})
    which = torch.randperm(len(images), generator=runtime.generator(3))[: 5 * recipe.best_of]
    real = metrics.statistics(reader.read(images.images[which])[0])
    z = torch.randn(recipe.best_of, recipe.train.latent_dim, generator=runtime.generator(2))
    labels = None
    if recipe.train.num_classes:
        labels = images.labels[which[: recipe.best_of]]
        z = z[: len(labels)]

    def follow(state) -> None:
        fake, _ = reader.read(game.sample(state.generator, z, labels))
        distance = metrics.frechet_distance(*real, *metrics.statistics(fake))
        best.offer(state.generator, state.step, distance)

    return follow


def measure_generator(
    G: nn.Module, name: str, n: int | None = None, folder: Path | None = None
) -> dict:
    """`metrics.report` of n samples against the test images.

    The ceiling is that of as many training images. Where there are few test images, the two change
    places. name: of the images, see `find`. folder: of the
    run, where a network of its own may lie. Of pictures the share of copies is told, too.
    """
    G, n = G.cpu(), n or SAMPLES
    z = torch.randn(n, G.latent_dim, generator=runtime.generator(2))
    labels = game.draw_labels(G, n)
    # the classifier reads digits: it cannot say whether an image is of the cluster asked for
    asked = None if getattr(G, "label_shares", ()) else labels
    with contextlib.redirect_stdout(io.StringIO()):  # a folder's report was printed before
        test, training = (find(name, split, G.shape[1], G.shape[0]) for split in ("test", "train"))
    reader = features.choose(training, folder)
    fake = game.sample(G, z, labels)
    which = torch.randperm(len(training), generator=runtime.generator(3))[:n]
    real, others, of = test, training.take(which), "test"
    if len(test) < 2 * features.SIZE:  # too few to be measured against
        real, others, of = training, test, "training"
    measures = rounded(reader.report(real, fake, asked))
    if len(others) > 3:  # as many as precision needs
        given = None if asked is None else others.labels
        measures["ceiling"] = rounded(reader.report(real, others.images, given))
    measures["measured_on"] = f"{real.source}, {len(real):,} {of} images"
    measures["features"] = reader.about
    if name not in features.DIGITS:
        held_out = test.images[: features.FEW]
        found = features.copies(fake[: features.FEW], training.images, held_out)
        measures["copies"] = rounded(asdict(found))
        if found.copies > 0.1:
            print(
                f"{100 * found.copies:.0f} % of the samples lie nearer to a training picture than "
                "99 % of other real ones do: this generator copies. More pictures help, and "
                "--augment=differentiable"
            )
    return measures
