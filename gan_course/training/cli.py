"""The command line: `gan-course train`, `status`, `plot`, `sample`, `evaluate`, `list`, `doctor`,
`explain`.

A run lives in runs/NAME: recipe.yaml; resolved.yaml, which keeps the checksum of its data and what
was measured on this machine when it began; checkpoint.pt; log.csv; sheets of samples or of poems.
For games on images also frechet_distance.csv and the best network so far, best.safetensors with
best.json; and at the end NAME.safetensors with NAME.json, the pair that gan_course/assets/networks
ships. Ctrl-C and SIGTERM end a run with a checkpoint, and the same command goes on from there: on
the same data, with the same fields but for those of `runs.FREE`. Under torchrun several processes
share each batch of a game on images, see `distributed`. `python -m gan_course` is the same command.
"""

import argparse
import re
import signal
import sys
from pathlib import Path

from gan_course import distributed, pretrained
from gan_course.errors import GanCourseError
from gan_course.training import (
    chapter_runs,
    classify,
    doctor,
    explain,
    games,
    overview,
    reading,
    runs,
    samples,
)
from gan_course.training.recipes import KINDS, AnyRecipe, Recipe
from gan_course.training.stop import Stop

TRAIN = {
    "images": games.train,
    "poems": chapter_runs.train_poems,
    "sounds": chapter_runs.train_sounds,
    "inpainting": chapter_runs.train_inpainting,
    "flow": chapter_runs.train_flow,
}
NETWORK = "a shipped network, a run's folder runs/NAME, or a network in it, runs/NAME/best"


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, as all errors of the course are."""

    def error(self, message: str):
        raise GanCourseError(f"{message}. `{self.prog} --help` lists what there is")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status. An error of the course is one line."""
    commands = parser()
    try:
        options, rest = commands.parse_known_args(arguments)
        if options.command == "train":
            return train(recipe_of(options, rest), Path(options.runs))
        elif rest:
            commands.error(f"{options.command} does not take {' '.join(rest)}")
        elif options.command == "sample":
            name, folder = pretrained.find(options.name)
            samples.write(
                name,
                folder,
                options.n,
                options.seed,
                options.label,
                options.out,
                options.one_file_each,
            )
        elif options.command == "evaluate":
            evaluate(options.name, options.n)
        elif options.command == "list":
            pretrained.available(options.folder)
        elif options.command == "status":
            overview.status(options.runs)
        elif options.command == "plot":
            overview.plot(options.run)
        elif options.command == "doctor":
            return doctor.main()
        elif options.command == "explain":
            return explain.main(options.words)
        else:
            commands.print_help()
    except GanCourseError as error:
        message = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", str(error))  # colours that libraries add
        print(f"{type(error).__name__}: {message}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 0


def parser() -> Parser:
    """The parser of all commands; each field of a recipe is a flag, such as --train.steps=100."""
    top = Parser(prog="gan-course", description="Train, sample and measure the course's networks.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    train_parser = commands.add_parser(
        "train",
        help="train a recipe, or go on with it",
        usage="gan-course train RECIPE [--runs FOLDER] [--FIELD=VALUE ...]",
        description="Train a recipe, or go on with a run that was stopped. RECIPE is a YAML file, "
        f"or a recipe of the course: {', '.join(reading.shipped())}.",
        epilog="".join(
            f"fields of a recipe of kind {name}:\n{reading.explained(kind)}\n"
            for name, kind in KINDS.items()
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    train_parser.add_argument("--config", metavar="RECIPE", help="another way to name the recipe")
    train_parser.add_argument(
        "--runs", default="runs", help="folder in which the run's folder is made"
    )
    fields = {name for kind in KINDS.values() for name in reading.field_types(kind)}
    for name in sorted(fields):
        train_parser.add_argument(f"--{name}", default=argparse.SUPPRESS, help=argparse.SUPPRESS)

    sample_parser = commands.add_parser("sample", help="draw samples of a generator into files")
    sample_parser.add_argument("name", help=NETWORK)
    sample_parser.add_argument("--n", type=int, default=100, help="number of samples")
    sample_parser.add_argument("--label", type=int, help="label of all samples; else each in turn")
    sample_parser.add_argument("--seed", type=int, default=0, help="of the latent vectors")
    sample_parser.add_argument(
        "--out", type=Path, help=".png or .jpg; .wav for sounds; or a folder"
    )
    sample_parser.add_argument(
        "--one-file-each", action="store_true", help="a folder of single files"
    )

    evaluate_parser = commands.add_parser(
        "evaluate", help="measure a generator against the test images of its data"
    )
    evaluate_parser.add_argument("name", help=NETWORK)
    evaluate_parser.add_argument(
        "--n", type=int, default=games.SAMPLES, help="number of generated images"
    )

    status_parser = commands.add_parser("status", help="list runs: how far, how good, on what")
    status_parser.add_argument(
        "runs", type=Path, nargs="?", default="runs", help="a folder of runs, or the folder of one"
    )

    plot_parser = commands.add_parser("plot", help="draw a run's losses and distances: log.png")
    plot_parser.add_argument("run", type=Path, help="a run's folder, runs/NAME")

    list_parser = commands.add_parser("list", help="list the shipped networks")
    list_parser.add_argument("folder", type=Path, nargs="?", help="another folder, such as a run's")
    commands.add_parser("doctor", help="look over this machine: what is missing, and its mend")
    explain_parser = commands.add_parser(
        "explain", help="what a message or a symptom means, and its cure: explain nan"
    )
    explain_parser.add_argument("words", nargs="*", metavar="WORD")
    return top


def recipe_of(options: argparse.Namespace, rest: list[str]) -> AnyRecipe:
    """The recipe that the arguments of `train` name, with the fields that they change."""
    fields = {name for kind in KINDS.values() for name in reading.field_types(kind)}
    for flag in rest:
        if flag.startswith("-"):
            name = flag.lstrip("-").split("=")[0]
            raise GanCourseError(f"train has no option --{name}{reading.nearest(name, fields)}")
    given = [options.config, *rest] if options.config else rest
    if len(given) > 1:
        raise GanCourseError(f"train takes one recipe, not {len(given)}: {', '.join(given)}")
    changes = {name: text for name, text in vars(options).items() if name in fields}
    return reading.read(reading.find(given[0]) if given else None, changes)


def train(recipe: AnyRecipe, runs_folder: Path) -> int:
    """Carry out a recipe in runs/NAME, from where it stands; returns the exit status."""
    game = isinstance(recipe, Recipe) and recipe.networks != "classifier"
    work = TRAIN[recipe.kind] if game or recipe.kind != "images" else classify.train
    with distributed.joined(), runs.claim_folder(recipe, runs_folder) as folder, Stop() as stop:
        if folder is None:  # the run is finished
            return 0
        if distributed.count() > 1 and not game:
            raise GanCourseError(
                f"{recipe.name} is trained in one process, not in several: leave out torchrun"
            )
        try:
            work(recipe, runs.Session(recipe, folder, stop))
        except KeyboardInterrupt:
            stop.signal = stop.signal or signal.SIGINT
        if stop.signal and distributed.first():
            step = runs.step_of(folder)
            where = f"from step {step:,}, its last checkpoint" if step else "from the beginning"
            print(f"{folder} is stopped. The same command goes on {where}", file=sys.stderr)
    return 128 + stop.signal if stop.signal else 0


def evaluate(name: str, n: int) -> None:
    """Print the metrics of a generator of images, beside those of real training images."""
    if n < 100:
        raise GanCourseError(f"n is {n}: the distances of fewer than 100 samples say nothing")
    name, folder = pretrained.find(name)
    G = pretrained.load(name, folder=folder)
    if len(getattr(G, "shape", ())) != 3:
        raise GanCourseError(f"{name} makes no images: the JSON beside it holds its metrics")
    samples.check_generator(G, name)
    images = pretrained.about(name, folder).get("recipe", {}).get("data", "mnist")
    print(runs.listed(games.measure_generator(G, images, n, folder)))
