"""What recipes of poems, sounds, inpainting and flows train; the experiments are in `chapters`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import torch
from torch import nn

from gan_course import data, metrics, runtime
from gan_course.chapters import diffusion, inpainting, poems, sounds
from gan_course.checkpoint import write_atomically
from gan_course.results import rounded
from gan_course.training import features
from gan_course.training.budget import FAR, Stopwatch
from gan_course.training.games import find, kept, resolve, training_images
from gan_course.training.recipes import FlowRecipe, InpaintingRecipe, PoemRecipe, SoundRecipe, shown
from gan_course.training.runs import Best, Log, Session
from gan_course.training.samples import save_sheet

SAMPLES = 10_000  # of a flow that has ended; a tenth of it at each checkpoint
Timed = TypeVar("Timed", PoemRecipe, FlowRecipe)


def paced(
    recipe: Timed, session: Session, train: Callable[[Timed, Path, Stopwatch], None]
) -> Timed:
    """The recipe with as many steps as its seconds allow, by a short run that is thrown away."""

    def copy(watch: Stopwatch) -> None:
        far = replace(recipe, steps=FAR, checkpoint_every=FAR)
        with TemporaryDirectory() as folder:
            train(far, Path(folder) / "checkpoint.pt", watch)

    session.recipe = recipe = replace(recipe, steps=session.steps(recipe.steps, copy))
    return recipe


def train_poems(recipe: PoemRecipe, session: Session) -> None:
    """A language model of a file or of the grammar: likelihood, then, if asked for, a game."""
    device = runtime.start(recipe.seed)
    corpus = poems.corpus(recipe.poems, recipe.max_length, stand_in=False)
    lines = {"source": corpus.source, "lines": len(corpus.lines), "sha256": corpus.digest()}
    session.keep_data(lines)
    vocabulary = poems.Vocabulary.of(corpus.lines)
    arguments = recipe.network_arguments(len(vocabulary))

    def untrained() -> nn.Module:
        runtime.seed_everything(recipe.seed)
        return poems.LanguageModel(**arguments).to(device)

    def copy(far: PoemRecipe, path: Path, watch: Stopwatch) -> None:
        poems.train(untrained(), corpus, vocabulary, far, path, stop=watch)

    recipe = paced(recipe, session, copy)
    session.announce(recipe.steps, corpus.source)
    net = untrained()
    log = Log(session.folder / "log.csv")

    def show(name: str) -> None:
        written = poems.write(
            net, vocabulary, recipe.write, recipe.max_length, recipe.temperature, recipe.seed
        )
        text = "\n".join(written) + "\n"
        write_atomically(session.folder / name, lambda file: file.write(text.encode()))
        session.clock.save()

    def note(step: int, records: list[dict]) -> None:
        show(f"poems-{step:06d}.txt")
        log.write(records)

    records = poems.train(net, corpus, vocabulary, recipe, session.checkpoint, note, session.stop)
    before = {}
    if recipe.adversarial.rounds and not session.stop.signal:
        net.eval()
        metrics = poems.measure(net, vocabulary, corpus, recipe) | records[-1]
        before = {"before_the_game": rounded(metrics)}
        print(f"{recipe.name}: {recipe.adversarial.rounds:,} rounds against a discriminator")
        played = Log(session.folder / "game.csv")

        def note_round(number: int, rounds: list[dict]) -> None:
            show(f"poems-round-{number:04d}.txt")
            played.write(rounds)

        path = session.folder / "game.pt"
        rounds = poems.play(net, corpus, vocabulary, recipe, path, note_round, session.stop)
        if rounds:
            records = [{**records[-1], **rounds[-1], "step": recipe.steps}]
    about = {
        **before,
        "data": lines,
        "steps": recipe.steps,
        "seed": recipe.seed,
        "vocabulary": "".join(vocabulary.characters),
    }

    def measure(net: nn.Module) -> dict:
        print(*poems.write(net, vocabulary, 5, recipe.max_length, recipe.temperature), sep="\n")
        return {"metrics": rounded(poems.measure(net, vocabulary, corpus, recipe) | records[-1])}

    session.finish(net, arguments, about, measure)


def train_sounds(recipe: SoundRecipe, session: Session) -> None:
    """A conditional generator of short sounds."""
    device = runtime.start(recipe.train.seed)
    source = "gan_course.chapters.audio"
    about: dict[str, Any] = {"data": {"source": source, "sounds": recipe.sounds}}
    session.keep_data(about["data"])

    def play(config, **options):
        run, _ = sounds.play(recipe.variant, config, recipe.width, recipe.sounds, device, **options)
        return run

    config = resolve(session, play)
    session.announce(config.steps, f"{recipe.sounds:,} sounds")
    G = play(config, **kept(session)).generator
    about |= {"steps": config.steps, "seed": config.seed}
    arguments = {"latent_dim": G.latent_dim, "width": recipe.width, "num_classes": G.num_classes}

    def measure(G: nn.Module) -> dict:
        measured_on = f"2,000 sounds of {source}, seed 1"
        return {"metrics": {**sounds.measure_generator(G), "measured_on": measured_on}}

    session.finish(G, arguments, about, measure)


def train_inpainting(recipe: InpaintingRecipe, session: Session) -> None:
    """A network that fills or sharpens pictures."""
    device = runtime.start(recipe.train.seed, on="cpu")  # the holes are drawn there
    images, about = training_images(recipe.data, device)
    session.keep_data(about["data"])

    def play(config, **options):
        return inpainting.train(
            recipe.task, images.images, recipe.weight, config.seed, config, recipe.blocks, **options
        )

    config = resolve(session, play)
    session.announce(config.steps, images.source)
    G = play(config, **kept(session)).generator
    about |= {"steps": config.steps, "seed": config.seed}

    def measure(G: nn.Module) -> dict:
        test = data.images(recipe.data, "test")
        return {"metrics": inpainting.measure_generator(G, recipe.task, images.images, test)}

    shape = tuple(images.images.shape[1:])
    arguments = inpainting.network_arguments(recipe.task, recipe.train.latent_dim, shape)
    session.finish(G, arguments, about, measure)


def train_flow(recipe: FlowRecipe, session: Session) -> None:
    """A network that takes noise to images with a label."""
    device = runtime.start(recipe.seed)
    images, about = training_images(recipe.data, device)
    session.keep_data(about["data"])
    arguments = recipe.network_arguments(images)

    def untrained() -> diffusion.Denoiser:
        runtime.seed_everything(recipe.seed)
        return diffusion.Denoiser(**arguments).to(device)

    def copy(far: FlowRecipe, path: Path, watch: Stopwatch) -> None:
        diffusion.train(untrained(), images, far, path, stop=watch)

    recipe = paced(recipe, session, copy)
    session.announce(recipe.steps, images.source)
    log = Log(session.folder / "log.csv")
    best = Best(session.folder, "frechet_distance", arguments, {"recipe": shown(recipe)})
    test = find(recipe.data, "test")
    reader = features.choose(images.to("cpu"), session.folder)
    real = metrics.statistics(reader.read(test.images)[0])

    def draw(net: nn.Module, n: int, steps: int) -> torch.Tensor:
        flow, stream, parts = diffusion.Flow(net, net.shape), runtime.generator(1), []
        for labels in (torch.arange(n, device=device) % net.num_classes).split(500):
            parts.append(flow.sample(len(labels), stream, labels, steps).cpu().clamp(-1, 1))
        return torch.cat(parts)

    def distance(net: nn.Module, n: int, steps: int) -> float:
        fake = metrics.statistics(reader.read(draw(net, n, steps))[0])
        return metrics.frechet_distance(*real, *fake)

    def note(step: int, records: list[dict], net: nn.Module) -> None:
        save_sheet(draw(net, 100, 20), session.folder / f"samples-{step:06d}.png")
        best.offer(net, step, distance(net, SAMPLES // 10, 20))
        log.write(records)
        session.clock.save()

    net = diffusion.train(untrained(), images, recipe, session.checkpoint, note, session.stop)
    device = torch.device("cpu")
    about |= {"steps": recipe.steps, "seed": recipe.seed}

    def measure(net: nn.Module) -> dict:
        by_steps = {str(k): distance(net, SAMPLES // 5, k) for k in (1, 5, 20, 100)}
        labels = torch.arange(SAMPLES) % net.num_classes
        found = reader.report(test, draw(net, len(labels), 50), labels)
        measured_on = f"{test.source}, {len(test):,} test images; 50 Euler steps"
        on_the_way = [[row["step"], row["frechet_distance"]] for row in best.rows]
        more = {"measured_on": measured_on, "by_steps": by_steps, "on_the_way": on_the_way}
        return rounded({"metrics": found | more})

    session.finish(net.to("cpu"), arguments, about, measure)
