"""What a recipe of poems, of sounds or of inpainting trains; the experiments are in `chapters`."""

from dataclasses import replace
from pathlib import Path

from torch import nn

from gan_course import data, runtime
from gan_course.chapters import inpainting, poems, sounds
from gan_course.checkpoint import write_atomically
from gan_course.results import rounded
from gan_course.training.games import kept, training_images, with_kept_precision
from gan_course.training.recipes import InpaintingRecipe, PoemRecipe, SoundRecipe
from gan_course.training.runs import Clock, Log, announce, finish


def train_poems(recipe: PoemRecipe, folder: Path, clock: Clock) -> None:
    """A language model of the lines of a file, or of the grammar."""
    device = runtime.start(recipe.seed)
    corpus = poems.corpus(recipe.poems, recipe.max_length)
    checkpoint = announce(recipe, recipe.steps, corpus.source, folder)
    vocabulary = poems.Vocabulary.of(corpus.lines)
    arguments = recipe.network_arguments(len(vocabulary))
    net = poems.LanguageModel(**arguments).to(device)
    log = Log(folder / "log.csv")

    def note(step: int, records: list[dict]) -> None:
        lines = poems.write(
            net, vocabulary, recipe.write, recipe.max_length, recipe.temperature, recipe.seed
        )
        text = "\n".join(lines) + "\n"
        write_atomically(folder / f"poems-{step:06d}.txt", lambda file: file.write(text.encode()))
        log.write(records)
        clock.save()

    records = poems.train(net, corpus, vocabulary, recipe, checkpoint, note)
    about = {
        "data": {"source": corpus.source, "lines": len(corpus.lines), "sha256": corpus.digest()},
        "steps": recipe.steps,
        "seed": recipe.seed,
        "vocabulary": "".join(vocabulary.characters),
    }

    def measure(net: nn.Module) -> dict:
        return {"metrics": rounded(poems.measure(net, vocabulary, corpus, recipe) | records[-1])}

    finish(net, recipe, arguments, folder, clock, about, measure)
    print((folder / f"poems-{recipe.steps:06d}.txt").read_text(encoding="utf-8"), end="")


def train_sounds(recipe: SoundRecipe, folder: Path, clock: Clock) -> None:
    """A conditional generator of short sounds."""
    device = runtime.start(recipe.train.seed)
    source = "gan_course.chapters.audio"
    checkpoint = announce(recipe, recipe.train.steps, f"{recipe.sounds:,} sounds", folder)
    run, _ = sounds.play(
        recipe.variant,
        with_kept_precision(recipe.train, checkpoint),
        recipe.width,
        recipe.sounds,
        device,
        **kept(recipe, folder, clock),
    )
    recipe = replace(recipe, train=with_kept_precision(recipe.train, checkpoint))
    about = {
        "data": {"source": source, "sounds": recipe.sounds},
        "steps": recipe.train.steps,
        "seed": recipe.train.seed,
    }
    G = run.generator
    arguments = {"latent_dim": G.latent_dim, "width": recipe.width, "num_classes": G.num_classes}

    def measure(G: nn.Module) -> dict:
        measured_on = f"2,000 sounds of {source}, seed 1"
        return {"metrics": {**sounds.measure_generator(G), "measured_on": measured_on}}

    finish(G, recipe, arguments, folder, clock, about, measure)


def train_inpainting(recipe: InpaintingRecipe, folder: Path, clock: Clock) -> None:
    """A network that fills or sharpens digits."""
    device = runtime.start(recipe.train.seed, on="cpu")  # the holes are drawn there
    images, about = training_images(recipe.data, device)
    checkpoint = announce(recipe, recipe.train.steps, images.source, folder)
    run = inpainting.train(
        recipe.task,
        images.images,
        recipe.weight,
        recipe.train.seed,
        with_kept_precision(recipe.train, checkpoint),
        recipe.blocks,
        **kept(recipe, folder, clock),
    )
    recipe = replace(recipe, train=with_kept_precision(recipe.train, checkpoint))
    about |= {"steps": recipe.train.steps, "seed": recipe.train.seed}
    arguments = inpainting.network_arguments(recipe.task, recipe.train.latent_dim)
    test = data.images(recipe.data, "test")
    finish(
        run.generator,
        recipe,
        arguments,
        folder,
        clock,
        about,
        lambda G: {"metrics": inpainting.measure_generator(G, recipe.task, images.images, test)},
    )
