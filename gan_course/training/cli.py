"""The command line: `python -m gan_course train configs/NAME.yaml`, `sample`, `evaluate`, `list`.

A run lives in runs/NAME: recipe.yaml, checkpoint.pt, log.csv, sheets of samples or of poems; for
games on images also frechet_distance.csv and the best network so far, best.safetensors with
best.json; and at the end NAME.safetensors with NAME.json, the pair that gan_course/assets/networks
ships. The same command again resumes a run that was stopped. What is trained is said by the `kind`
of the YAML file (`recipes.KINDS`); each kind has its function here. Under torchrun several
processes share each batch of a game, see `ranks`.
"""

import hashlib
import io
import sys
from dataclasses import fields
from pathlib import Path

import torch
import yaml
from jsonargparse import ActionConfigFile, ArgumentParser, set_parsing_settings
from torchvision.utils import save_image

from gan_course import data, distributed, game, metrics, pretrained, runtime
from gan_course.chapters import poems
from gan_course.checkpoint import write_atomically
from gan_course.errors import GanCourseError
from gan_course.results import rounded
from gan_course.training.classify import accuracy, train_classifier
from gan_course.training.recipes import KINDS, PoemRecipe, Recipe, kind_of
from gan_course.training.runs import Best, Clock, Log, claim_folder, finish

SAMPLES = 10_000  # for the metrics: as many as MNIST has test images


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status. An error of the course is one line, not a
    traceback.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == ["train"] and len(arguments) > 1 and not arguments[1].startswith("-"):
        # `train FILE` reads better than `train --config FILE`; both work
        arguments.insert(1, "--config")
    try:
        kind = (
            kind_of(arguments[2])
            if arguments[:2] == ["train", "--config"] and len(arguments) > 2
            else "images"
        )
        commands = parser(kind)
        # here TrainConfig checks its ranges
        chosen = commands.instantiate(commands.parse_args(arguments))
        command, options = chosen.command, chosen[chosen.command]
        if command == "train":
            train(recipe_of(options, kind), Path(options.runs or "runs"))
        elif command == "sample":
            sample(options.name, Path(options.out), options.n, options.seed)
        elif command == "evaluate":
            evaluate(options.name, options.n)
        else:
            pretrained.available()
    except GanCourseError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. The same command goes on from the last checkpoint.", file=sys.stderr)
        return 130
    return 0


def parser(kind: str = "images") -> ArgumentParser:
    """The parser of all commands; each field of a recipe of that kind is a flag, such as
    --train.steps=100.
    """
    # the line under a field is its help
    set_parsing_settings(docstring_parse_attribute_docstrings=True)
    top = ArgumentParser(
        prog="python -m gan_course",
        description="Train, sample and evaluate the networks of the course.",
    )
    commands = top.add_subcommands(dest="command")
    one = ArgumentParser(
        description="Train a recipe: train configs/NAME.yaml [--FIELD=VALUE ...]. Resumes what was "
        "stopped."
    )
    one.add_argument("--config", action=ActionConfigFile, help="a YAML file of configs/")
    one.add_argument(
        "--runs", type=str, default="runs", help="folder in which the run's folder is made"
    )
    one.add_class_arguments(KINDS[kind], as_group=False)
    commands.add_subcommand("train", one, help="train a recipe, or go on with it")
    one = ArgumentParser(
        description="Draw a sheet of samples of a shipped or trained generator; one of poems "
        "prints them."
    )
    one.add_argument("name", help="a shipped network, or a path runs/NAME/NAME")
    one.add_argument("--out", default="samples.png", help="PNG file to write")
    one.add_argument("--n", type=int, default=100, help="number of images")
    one.add_argument("--seed", type=int, default=0, help="of the latent vectors")
    commands.add_subcommand("sample", one, help="draw samples into a PNG file")
    one = ArgumentParser(
        description="Measure a shipped or trained generator against MNIST's test images."
    )
    one.add_argument("name", help="a shipped network, or a path runs/NAME/NAME")
    one.add_argument("--n", type=int, default=SAMPLES, help="number of generated images")
    commands.add_subcommand("evaluate", one, help="print the metrics of a generator")
    commands.add_subcommand(
        "list",
        ArgumentParser(description="List what is shipped."),
        help="list the shipped networks",
    )
    return top


def recipe_of(options, kind: str = "images") -> Recipe | PoemRecipe:
    """The parsed flags as a recipe, which checks their ranges."""
    return KINDS[kind](**{f.name: options[f.name] for f in fields(KINDS[kind])})


def train(recipe: Recipe | PoemRecipe, runs: Path) -> None:
    """Carry out a recipe in runs/NAME, from where it stands."""
    with distributed.joined(), claim_folder(recipe, runs) as folder:
        if (
            folder
            and distributed.count() > 1
            and (isinstance(recipe, PoemRecipe) or recipe.networks == "classifier")
        ):
            raise GanCourseError(
                f"{recipe.name} trains one network, and that in one process: leave out torchrun"
            )
        if folder:
            (train_poems if isinstance(recipe, PoemRecipe) else train_images)(
                recipe, folder, Clock(folder / "seconds.txt")
            )


def train_images(recipe: Recipe, folder: Path, clock: "Clock") -> None:
    """A game on images, or the digit classifier."""
    device = runtime.start(recipe.train.seed)
    if recipe.train.precision == "bf16" and not runtime.supports_bf16():
        print(
            "This machine has no fast bf16: --train.precision=fp32 will be faster here, and gives "
            "about the same quality"
        )
    # downloads once, if at all
    found = distributed.from_first(lambda: digest(data.images(recipe.data).images))
    images = data.images(recipe.data).to(device)
    if digest(images.images) != found:
        raise GanCourseError(
            f"this machine has other images ({images.source}) than rank 0: give all the same data "
            "folder"
        )
    checkpoint = folder / "checkpoint.pt"
    print(
        f"{recipe.name}: {recipe.train.steps:,} steps on {images.source}"
        + (", resumed" if checkpoint.exists() else "")
    )
    if distributed.count() > 1:
        print(f"{distributed.count()} processes share each batch of {recipe.batch_size}")
    about = {
        "data": {"source": images.source, "images": len(images), "sha256": found},
        "steps": recipe.train.steps,
        "seed": recipe.train.seed,
    }
    if recipe.networks == "classifier":
        batches = data.batches(images, recipe.batch_size, recipe.train.seed)
        net = recipe.classifier().to(device)
        net = train_classifier(
            net, batches, recipe.train, checkpoint, recipe.checkpoint_every, clock.save
        )

        def judge(written) -> dict:
            features = pretrained.save_features(
                written, data.images("mnist", "test").images, folder
            )
            return {"metrics": judge_classifier(written), "test_features_sha256": features}

        return finish(net, recipe, {"width": recipe.width}, folder, clock, about, judge)
    net = train_game(recipe, images, folder, clock, device)
    if not distributed.first():
        return
    if distributed.count() > 1:
        about["processes"] = distributed.count()
    finish(
        net,
        recipe,
        recipe.generator_arguments(),
        folder,
        clock,
        about,
        lambda G: {"metrics": judge_generator(G, recipe.data)},
    )


def train_poems(recipe: PoemRecipe, folder: Path, clock: "Clock") -> None:
    """A language model of the lines of a file, or of the grammar."""
    device = runtime.start(recipe.seed)
    corpus = poems.corpus(recipe.poems, recipe.max_length)
    checkpoint = folder / "checkpoint.pt"
    print(
        f"{recipe.name}: {recipe.steps:,} steps on {corpus.source}"
        + (", resumed" if checkpoint.exists() else "")
    )
    vocabulary = poems.Vocabulary.of(corpus.lines)
    net = poems.LanguageModel(**recipe.network_arguments(len(vocabulary))).to(device)
    written_log = Log(folder / "log.csv")

    def note(step: int, log: list[dict]) -> None:
        written = poems.write(
            net, vocabulary, recipe.write, recipe.max_length, recipe.temperature, recipe.seed
        )
        text = "\n".join(written) + "\n"
        write_atomically(folder / f"poems-{step:06d}.txt", lambda file: file.write(text.encode()))
        written_log.write(log)
        clock.save()

    log = poems.train(net, corpus, vocabulary, recipe, checkpoint, note)
    about = {
        "data": {"source": corpus.source, "lines": len(corpus.lines), "sha256": corpus.digest()},
        "steps": recipe.steps,
        "seed": recipe.seed,
        "vocabulary": "".join(vocabulary.characters),
    }

    def judge(written) -> dict:
        return {"metrics": rounded({**poems.judge(written, vocabulary, corpus, recipe), **log[-1]})}

    finish(net, recipe, recipe.network_arguments(len(vocabulary)), folder, clock, about, judge)
    print((folder / f"poems-{recipe.steps:06d}.txt").read_text(encoding="utf-8"), end="")


def train_game(recipe: Recipe, images, folder: Path, clock: "Clock", device) -> torch.nn.Module:
    """Train G against D with checkpoints, a log and sheets of samples; returns the generator to
    sample from.
    """
    torch.manual_seed(recipe.train.seed)
    G, D = (net.to(device) for net in recipe.build())
    z = torch.randn(100, recipe.train.latent_dim, generator=runtime.generator(1)).to(device)
    labels = (torch.arange(100) % 10).to(device) if recipe.train.num_classes else None

    log, judge = Log(folder / "log.csv"), _best_of(recipe, images, folder)

    def write(state) -> None:
        if state.step % recipe.checkpoint_every == 0 or state.step == recipe.train.steps:
            save_sheet(
                game.sample(state.generator, z, labels), folder / f"samples-{state.step:06d}.png"
            )
            log.write(state.records)
            judge(state)
            clock.save()

    checkpoint = folder / "checkpoint.pt"
    history = game.train(
        G,
        D,
        data.batches(images, recipe.batch_size, recipe.train.seed),
        config=recipe.train,
        **recipe.game(),
        callbacks=[write, game.Checkpoint(checkpoint, recipe.checkpoint_every)],
        resume=checkpoint if checkpoint.exists() else None,
    )
    return history.generator


def _best_of(recipe: Recipe, images, folder: Path):
    """A function of the `State` that measures its generator against training images, and keeps the
    best so far.
    """
    if not (recipe.best_of and distributed.first()):
        return lambda state: None
    best = Best(folder, "frechet_distance", recipe.generator_arguments())
    which = torch.randperm(len(images), generator=runtime.generator(3))[: 5 * recipe.best_of]
    real = metrics.statistics(
        pretrained.read(images.images[which.to(images.images.device)].cpu())[0]
    )
    z = torch.randn(recipe.best_of, recipe.train.latent_dim, generator=runtime.generator(2))
    labels = (
        images.labels[which[: recipe.best_of].to(images.labels.device)].cpu()
        if recipe.train.num_classes
        else None
    )
    z = z[: len(labels)] if labels is not None else z

    def judge(state) -> None:
        fakes = pretrained.read(game.sample(state.generator, z, labels))[0]
        best.offer(
            state.generator, state.step, metrics.frechet_distance(*real, *metrics.statistics(fakes))
        )

    return judge


def sample(name: str, out: Path, n: int, seed: int) -> None:
    """Write a sheet of n samples, ten a row; a conditional generator gets the labels 0 to 9 in
    turn. Poems are printed.
    """
    path, G = Path(name), _generator(name)
    if isinstance(G, poems.LanguageModel):
        notes = pretrained.about(path.name, path.parent)
        lines = poems.write(
            G,
            poems.Vocabulary(tuple(notes["vocabulary"])),
            n,
            notes["recipe"]["max_length"],
            seed=seed,
        )
        return print("\n".join(lines))
    z = torch.randn(n, G.latent_dim, generator=runtime.generator(seed))
    labels = torch.arange(n) % G.num_classes if G.num_classes else None
    save_sheet(game.sample(G, z, labels), out)
    print(f"{n} samples of {name} written to {out}")


def evaluate(name: str, n: int) -> None:
    """Print the metrics of a generator of images, beside those of real training images."""
    if not hasattr(_generator(name), "latent_dim"):
        raise GanCourseError(f"{name} makes no images: the JSON beside it holds its metrics")
    print(
        yaml.safe_dump(
            judge_generator(_generator(name), "mnist", n), sort_keys=False, allow_unicode=True
        )
    )


def judge_generator(G, name: str, n: int | None = None) -> dict:
    """`metrics.report` of n samples against the test images, and of as many training images as the
    ceiling.
    """
    G, n = G.cpu(), n or SAMPLES
    z = torch.randn(n, G.latent_dim, generator=runtime.generator(2))
    asked = torch.arange(n) % G.num_classes if G.num_classes else None
    test, train_set = data.images(name, "test"), data.images(name)
    real = pretrained.read(test.images)[0]
    found = metrics.report(real, *pretrained.read(game.sample(G, z, asked)), asked)
    which = torch.randperm(len(train_set), generator=runtime.generator(3))[:n]
    ceiling_asked = train_set.labels[which] if G.num_classes else None
    ceiling = metrics.report(real, *pretrained.read(train_set.images[which]), ceiling_asked)
    return {
        **rounded(found),
        "ceiling": rounded(ceiling),
        "measured_on": f"{test.source}, {len(test):,} test images",
    }


def judge_classifier(net) -> dict:
    """Accuracy on the test images."""
    test = data.images("mnist", "test")
    return {
        "accuracy": accuracy(net, test.images, test.labels),
        "samples": len(test),
        "measured_on": test.source,
    }


def _generator(name: str):
    path = Path(name)
    return pretrained.load(path.name, folder=path.parent if path.parent.name else None)


def save_sheet(images: torch.Tensor, path: Path) -> None:
    """Ten images a row, ink dark on white, as a PNG."""
    buffer = io.BytesIO()
    save_image((1 - images) / 2, buffer, format="png", nrow=10, pad_value=1)
    write_atomically(path, lambda file: file.write(buffer.getvalue()))


def digest(images: torch.Tensor) -> str:
    """sha256 of the images as bytes 0 to 255, in their order."""
    return hashlib.sha256(
        ((images + 1) * 127.5).round().to(torch.uint8).cpu().numpy().tobytes()
    ).hexdigest()
