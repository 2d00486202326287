"""What runs have come to: `status` is a table of them, `plot` a figure of one."""

import contextlib
import csv
from pathlib import Path

from filelock import Timeout

from gan_course import plots, pretrained
from gan_course.checkpoint import write_atomically
from gan_course.errors import GanCourseError
from gan_course.training import reading, runs
from gan_course.training.recipes import FlowRecipe, PoemRecipe

Curve = tuple[list[float], list[float]]  # steps, values

# title and label of each panel of the figure, and its curves: column, name, colour
PANELS = (
    (
        "Losses",
        "loss",
        (
            ("d_loss", "discriminator", plots.DISC),
            ("g_loss", "generator", plots.FAKE),
            ("loss", "training lines", plots.REAL),
            ("held_out", "held-out lines", plots.FAKE),
        ),
    ),
    (
        "Mean scores of the discriminator",
        "score",
        (("real_score", "real", plots.REAL), ("fake_score", "generated", plots.FAKE)),
    ),
    (
        "Fréchet distance to training images (lower is nearer)",
        "distance",
        (("frechet_distance", "of the weight average, where there is one", plots.FAKE),),
    ),
)


def status(folder: Path) -> None:
    """Print a row for each run in a folder, or for the one whose folder it is."""
    found = [folder] if is_run(folder) else sorted(filter(is_run, folder.glob("*")))
    if not found:
        print(f"{folder} holds no runs: `gan-course train` makes one")
        return
    rows = []
    for run in found:
        try:
            rows.append(row(run))
        except GanCourseError as error:
            print(error)
    if rows:
        print(plots.Table(rows))


def is_run(folder: Path) -> bool:
    """Whether a folder is one of a run."""
    return (folder / "recipe.yaml").is_file()


def row(folder: Path) -> dict[str, str]:
    """How a run stands: a line of the table."""
    recipe = reading.read(folder / "recipe.yaml", strict=False)
    known = runs.settled(folder)
    numbers = recipe if isinstance(recipe, PoemRecipe | FlowRecipe) else recipe.train
    steps = numbers.steps
    if recipe.seconds:
        steps = known.get("steps", 0)
    best = "-"
    if "best" in pretrained.names(folder):
        best = f"{pretrained.about('best', folder)['frechet_distance']:.1f}"
    seconds = folder / "seconds.txt"
    return {
        "run": folder.name,
        "kind": recipe.kind,
        "step": f"{runs.step_of(folder):,} of {steps:,}",
        "seconds": f"{float(seconds.read_text(encoding='utf-8')):,.0f}"
        if seconds.exists()
        else "-",
        "best distance": best,
        "state": state(folder),
        "data": known.get("data", {}).get("source", "-"),
    }


def state(folder: Path) -> str:
    """Whether a run is running, stopped or finished."""
    try:
        with contextlib.ExitStack() as held:
            runs.lock(folder, held)
            finished = set(pretrained.names(folder)) - {"best"}
            return "finished" if finished else "stopped"
    except Timeout:
        return "running"


def plot(folder: Path) -> None:
    """Draw what a run has logged over its steps: losses, scores, Fréchet distance."""
    columns: dict[str, Curve] = {}
    for name in ("log.csv", "frechet_distance.csv"):
        path = folder / name
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                columns |= curves(list(csv.DictReader(file)))
    panels = [panel for panel in PANELS if any(name in columns for name, _, _ in panel[2])]
    if not panels:
        raise GanCourseError(
            f"{folder} holds no log.csv: name the folder of a run, such as runs/NAME, which has "
            "come to its first checkpoint"
        )
    fig, axes = plots.figure(len(panels), height=2.6 * len(panels), squeeze=False)
    for ax, (title, label, lines) in zip(axes[:, 0], panels):
        for name, text, colour in lines:
            if name in columns:
                ax.plot(*columns[name], color=colour, label=text)
        ax.set(title=title, ylabel=label, xlabel="step")
        ax.legend()
    path = folder / "log.png"
    write_atomically(path, lambda file: file.write(plots.png(fig, 2 * plots.INCH)))
    print(f"{path} written")


def curves(records: list[dict[str, str]]) -> dict[str, Curve]:
    """Steps and values of each column of a log."""
    steps = [float(record["step"]) for record in records]
    names = records[0].keys() - {"step"} if records else ()
    return {name: (steps, [float(record[name]) for record in records]) for name in names}
