"""What a recipe of poems, of sounds or of inpainting trains; the experiments are in `chapters`."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from torch import nn

from gan_course import data, runtime
from gan_course.chapters import inpainting, poems, sounds
from gan_course.checkpoint import write_atomically
from gan_course.results import rounded
from gan_course.training.budget import FAR, Stopwatch
from gan_course.training.games import kept, resolve, training_images
from gan_course.training.recipes import InpaintingRecipe, PoemRecipe, SoundRecipe
from gan_course.training.runs import Log, Session


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

    def copy(watch: Stopwatch) -> None:
        far = replace(recipe, steps=FAR, checkpoint_every=FAR)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "checkpoint.pt"
            poems.train(untrained(), corpus, vocabulary, far, path, stop=watch)

    recipe = session.recipe = replace(recipe, steps=session.steps(recipe.steps, copy))
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
