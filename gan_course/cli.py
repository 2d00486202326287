"""The command line: `python -m gan_course train configs/NAME.yaml`, `sample`, `evaluate`, `list`.

A run lives in runs/NAME: recipe.yaml, checkpoint.pt, log.csv, sheets of samples, and at the end NAME.safetensors with NAME.json,
the pair that data/pretrained ships. The same command again resumes a run that was stopped.
"""

import csv
import datetime
import hashlib
import io
import platform
import shutil
import sys
import time
from dataclasses import fields
from pathlib import Path

import torch
import yaml
from jsonargparse import ActionConfigFile, ArgumentParser, set_parsing_settings
from torchvision.utils import save_image

from gan_course import data, game, metrics, pretrained, runtime
from gan_course.checkpoint import write_atomically
from gan_course.classify import accuracy, train_classifier
from gan_course.errors import GanCourseError
from gan_course.recipes import Recipe

SAMPLES = 10_000  # for the metrics: as many as MNIST has test images


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status. An error of the course is one line, not a traceback."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == ["train"] and len(arguments) > 1 and not arguments[1].startswith("-"):
        arguments.insert(1, "--config")  # `train FILE` reads better than `train --config FILE`; both work
    commands = parser()
    parsed = commands.parse_args(arguments)
    try:
        chosen = commands.instantiate(parsed)  # here TrainConfig checks its ranges
        command, options = chosen.command, chosen[chosen.command]
        if command == "train":
            train(recipe_of(options), Path(options.runs))
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


def parser() -> ArgumentParser:
    """The parser of all commands; each field of a recipe is a flag, such as --train.steps=100."""
    set_parsing_settings(docstring_parse_attribute_docstrings=True)  # the line under a field is its help
    top = ArgumentParser(prog="python -m gan_course", description="Train, sample and evaluate the networks of the course.")
    commands = top.add_subcommands(dest="command")
    one = ArgumentParser(description="Train a recipe: train configs/NAME.yaml [--FIELD=VALUE ...]. Resumes what was stopped.")
    one.add_argument("--config", action=ActionConfigFile, help="a YAML file of configs/")
    one.add_argument("--runs", default="runs", help="folder in which the run's folder is made")
    one.add_class_arguments(Recipe, as_group=False)
    commands.add_subcommand("train", one, help="train a recipe, or go on with it")
    one = ArgumentParser(description="Draw a sheet of samples of a shipped or trained generator.")
    one.add_argument("name", help="a shipped network, or a path runs/NAME/NAME")
    one.add_argument("--out", default="samples.png", help="PNG file to write")
    one.add_argument("--n", type=int, default=100, help="number of images")
    one.add_argument("--seed", type=int, default=0, help="of the latent vectors")
    commands.add_subcommand("sample", one, help="draw samples into a PNG file")
    one = ArgumentParser(description="Measure a shipped or trained generator against MNIST's test images.")
    one.add_argument("name", help="a shipped network, or a path runs/NAME/NAME")
    one.add_argument("--n", type=int, default=SAMPLES, help="number of generated images")
    commands.add_subcommand("evaluate", one, help="print the metrics of a generator")
    commands.add_subcommand("list", ArgumentParser(description="List what is shipped."), help="list the shipped networks")
    return top


def recipe_of(options) -> Recipe:
    """The parsed flags as a `Recipe`, which checks their ranges."""
    return Recipe(**{f.name: options[f.name] for f in fields(Recipe)})


def train(recipe: Recipe, runs: Path) -> None:
    """Carry out a recipe in runs/NAME, from where it stands."""
    folder = runs / recipe.name
    folder.mkdir(parents=True, exist_ok=True)
    written, text = folder / "recipe.yaml", yaml.safe_dump(recipe.asdict(), sort_keys=False)
    if written.exists() and yaml.safe_load(written.read_text(encoding="utf-8")) != yaml.safe_load(text):
        raise GanCourseError(f"{folder} holds a run of another recipe: choose another --name, or move the folder away")
    write_atomically(written, lambda file: file.write(text.encode()))
    if (folder / f"{recipe.name}.json").exists():
        print(f"{folder} is finished: {folder / recipe.name}.json holds its metrics. Move the folder away to train again.")
        return
    device = runtime.start(recipe.train.seed)
    if recipe.train.precision == "bf16" and not runtime.supports_bf16():
        print("This machine has no fast bf16: --train.precision=fp32 will be faster here, and gives about the same quality")
    images = data.images(recipe.data).to(device)
    checkpoint = folder / "checkpoint.pt"
    print(f"{recipe.name}: {recipe.train.steps:,} steps on {images.source}" + (", resumed" if checkpoint.exists() else ""))
    clock = Clock(folder / "seconds.txt")
    if recipe.networks == "classifier":
        batches = data.batches(images, recipe.batch_size, recipe.train.seed)
        net = recipe.classifier().to(device)
        net = train_classifier(net, batches, recipe.train, checkpoint, recipe.checkpoint_every, clock.save)
        arguments = {"width": recipe.width}
    else:
        net, arguments = train_game(recipe, images, folder, clock, device), recipe.generator_arguments()
    seconds = clock.stop()
    about = {
        "recipe": recipe.asdict(),
        "data": {"source": images.source, "images": len(images), "sha256": digest(images.images)},
        "steps": recipe.train.steps,
        "seed": recipe.train.seed,
        "device": f"{torch.cuda.get_device_name() if device.type == 'cuda' else processor()}, {torch.get_num_threads()} threads",
        "seconds": round(seconds),
        "torch": torch.__version__,
        "date": str(datetime.date.today()),
    }
    unfinished = folder / "unfinished"  # a finished run is known by its JSON, so that one comes last
    pretrained.save(net, recipe.name, arguments, unfinished, about)
    written_net = pretrained.load(recipe.name, folder=unfinished)  # what is measured is what is on disk, in half precision
    shutil.rmtree(unfinished)
    if recipe.networks == "classifier":
        found = {"metrics": judge_classifier(written_net)}
        found["test_features_sha256"] = pretrained.save_features(written_net, data.images("mnist", "test").images, folder)
    else:
        found = {"metrics": judge_generator(written_net, recipe.data)}
    pretrained.save(net, recipe.name, arguments, folder, {**about, **found})
    print(f"{folder / recipe.name}.safetensors and .json written after {seconds:.0f} s of training")
    print(yaml.safe_dump(found["metrics"], sort_keys=False, allow_unicode=True))


def train_game(recipe: Recipe, images, folder: Path, clock: "Clock", device) -> torch.nn.Module:
    """Train G against D with checkpoints, a log and sheets of samples; returns the generator to sample from."""
    torch.manual_seed(recipe.train.seed)
    G, D = (net.to(device) for net in recipe.build())
    z = torch.randn(100, recipe.train.latent_dim, generator=runtime.generator(1)).to(device)
    labels = (torch.arange(100) % 10).to(device) if recipe.train.num_classes else None

    def write(state) -> None:
        if state.step % recipe.checkpoint_every == 0 or state.step == recipe.train.steps:
            save_sheet(game.sample(state.generator, z, labels), folder / f"samples-{state.step:06d}.png")
            write_log(state.history, folder / "log.csv")
            clock.save()

    checkpoint = folder / "checkpoint.pt"
    history = game.train(
        G, D, data.batches(images, recipe.batch_size, recipe.train.seed), config=recipe.train, **recipe.game(),
        callbacks=[write, game.Checkpoint(checkpoint, recipe.checkpoint_every)],
        resume=checkpoint if checkpoint.exists() else None,
    )  # fmt: skip
    return history.generator


def sample(name: str, out: Path, n: int, seed: int) -> None:
    """Write a sheet of n samples, ten a row; a conditional generator gets the labels 0 to 9 in turn."""
    G = _generator(name)
    z = torch.randn(n, G.latent_dim, generator=runtime.generator(seed))
    labels = torch.arange(n) % G.num_classes if G.num_classes else None
    save_sheet(game.sample(G, z, labels), out)
    print(f"{n} samples of {name} written to {out}")


def evaluate(name: str, n: int) -> None:
    """Print the metrics of a generator, beside those of real training images."""
    print(yaml.safe_dump(judge_generator(_generator(name), "mnist", n), sort_keys=False, allow_unicode=True))


def judge_generator(G, name: str, n: int | None = None) -> dict:
    """`metrics.report` of n samples against the test images, and of as many training images as the ceiling."""
    G, n = G.cpu(), n or SAMPLES
    z = torch.randn(n, G.latent_dim, generator=runtime.generator(2))
    asked = torch.arange(n) % G.num_classes if G.num_classes else None
    test, train_set = data.images(name, "test"), data.images(name)
    real = pretrained.read(test.images)[0]
    found = metrics.report(real, *pretrained.read(game.sample(G, z, asked)), asked)
    which = torch.randperm(len(train_set), generator=runtime.generator(3))[:n]
    ceiling_asked = train_set.labels[which] if G.num_classes else None
    ceiling = metrics.report(real, *pretrained.read(train_set.images[which]), ceiling_asked)
    return {**_rounded(found), "ceiling": _rounded(ceiling), "measured_on": f"{test.source}, {len(test):,} test images"}


def _rounded(numbers: dict) -> dict:
    """Four decimals: more would be noise."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in numbers.items()}


def judge_classifier(net) -> dict:
    """Accuracy on the test images."""
    test = data.images("mnist", "test")
    return {"accuracy": accuracy(net, test.images, test.labels), "samples": len(test), "measured_on": test.source}


def _generator(name: str):
    path = Path(name)
    return pretrained.load(path.name, folder=path.parent if path.parent.name else None)


def save_sheet(images: torch.Tensor, path: Path) -> None:
    """Ten images a row, ink dark on white, as a PNG."""
    buffer = io.BytesIO()
    save_image((1 - images) / 2, buffer, format="png", nrow=10, pad_value=1)
    write_atomically(path, lambda file: file.write(buffer.getvalue()))


def write_log(history: list[dict], path: Path) -> None:
    """The records of the run so far as CSV."""
    if not history:
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, list(history[0]))
    writer.writeheader()
    writer.writerows(history)
    write_atomically(path, lambda file: file.write(text.getvalue().encode()))


class Clock:
    """Seconds that a run took, over all its sessions."""

    def __init__(self, path: Path):
        self.path, self.start = path, time.monotonic()
        self.before = float(path.read_text()) if path.exists() else 0.0

    def stop(self) -> float:
        return self.before + time.monotonic() - self.start

    def save(self) -> None:
        write_atomically(self.path, lambda file: file.write(f"{self.stop():.1f}".encode()))


def digest(images: torch.Tensor) -> str:
    """sha256 of the images as bytes 0 to 255, in their order."""
    return hashlib.sha256(((images + 1) * 127.5).round().to(torch.uint8).cpu().numpy().tobytes()).hexdigest()


def processor() -> str:
    """The CPU's name, as well as the platform tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    found = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return found[0] if found else platform.processor() or platform.machine()
