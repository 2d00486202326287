"""The networks that ship in assets/networks: load, verify, describe. Notebook 12.

Each is a pair of files, NAME.safetensors (half precision) and NAME.json: what it is, how it was
trained, how good it is, and the sha256 that `load` verifies. `configs/` reproduces them.
"""

import hashlib
import importlib
import json
from pathlib import Path

import torch
from safetensors.torch import load as read_tensors
from safetensors.torch import save as write_tensors
from torch import Tensor, nn

from gan_course.checkpoint import check_fits, write_atomically
from gan_course.errors import CheckpointError, GanCourseError

FOLDER = Path(__file__).resolve().parent / "assets" / "networks"
NETWORKS = (  # the classes that a JSON may name: loading a network imports nothing else
    "gan_course.models:MLPGenerator",
    "gan_course.conv:ConvGenerator",
    "gan_course.conv:DigitClassifier",
    "gan_course.conv:AttributeClassifier",
    "gan_course.chapters.audio:WaveGenerator",
    "gan_course.chapters.translate:UNet",
    "gan_course.chapters.text:LanguageModel",
    "gan_course.chapters.diffusion:Denoiser",
)
_classifiers: dict = {}  # name, device -> a classifier, loaded once


def load(
    name: str, device: torch.device | str = "cpu", folder: Path | str | None = None
) -> nn.Module:
    """The network of that name, verified, in eval mode, on the device; `names()` lists the names.

    name: without a folder, what `find` takes, such as runs/NAME. folder: of another network than
    the shipped ones. Raises CheckpointError.
    """
    if folder is None:
        name, folder = find(name)
    notes = about(name, folder)
    data = _bytes(name, folder, notes["sha256"])
    network = notes["network"]["class"]
    # old files hold bare names
    known = [listed for listed in NETWORKS if network in (listed, listed.split(":")[1])]
    if not known:
        raise CheckpointError(
            f"{name} is a {network}, which this version of the course does not know. "
            f"{mend(name, folder)}"
        )
    module, kind = known[0].split(":")
    arguments = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in notes["network"]["arguments"].items()
    }
    net = getattr(importlib.import_module(module), kind)(**arguments)
    tensors = read_tensors(data)
    check_fits(net, tensors, name)
    net.load_state_dict(tensors)  # copies half precision into float32
    return net.to(device).eval()


def find(name: str) -> tuple[str, Path | None]:
    """Name and folder of a network, as `about` takes them; the folder of a shipped one is None.

    name: a shipped network, the folder of a run (runs/NAME), or the path of a network in a folder
    (runs/NAME/best). An unfinished run gives its best network so far. Raises CheckpointError.
    """
    path = Path(name)
    if name in names() or not path.is_dir():
        return path.name, path.parent if path.parent.name else None
    known = names(path)
    finished = [one for one in known if one != "best"]
    if len(finished) == 1:
        return finished[0], path
    if known == ["best"]:
        step = about("best", path).get("step", 0)
        print(f"{path} is not finished: this is its best network so far, of step {step:,}")
        return "best", path
    if known:
        raise CheckpointError(
            f"{path} holds {', '.join(known)}: name one, such as {path / known[0]}"
        )
    there = ", ".join(sorted(file.name for file in path.iterdir() if file.name[0] != "."))
    raise CheckpointError(
        f"{path} holds no network yet; there are: {there or 'no files'}. A run writes its network "
        "when it ends: `train` with the same recipe goes on"
    )


def mend(name: str, folder: Path | str | None = None) -> str:
    """What to do about a file of a network that is missing or broken."""
    if folder:
        return "Take both files of the network from a copy, or train it again"
    recipe = "classifier-mnist" if name == "mnist-test-features" else name
    again = f"train it again with `python -m gan_course train {recipe}`"
    if (FOLDER.parents[2] / ".git").exists():
        return f"Restore it with `git checkout {FOLDER}`, or {again}"
    return f"Reinstall the course (pip install --force-reinstall --no-deps), or {again}"


def about(name: str, folder: Path | str | None = None) -> dict:
    """What the JSON beside the weights says: network, recipe, data, steps, seconds, metrics, ..."""
    path = Path(folder or FOLDER) / f"{name}.json"
    if not path.is_file():
        known = ", ".join(names(folder)) or "none"
        raise CheckpointError(
            f"no network is called {name!r} in {folder}: there are {known}"
            if folder
            else f"no shipped network is called {name!r}: there are {known}"
        )
    try:
        notes = json.loads(path.read_text(encoding="utf-8"))
        notes["sha256"], notes["network"]["class"], notes["network"]["arguments"]
    except (ValueError, KeyError, TypeError):
        raise CheckpointError(
            f"{path} cannot be read as a description of a network. {mend(name, folder)}"
        ) from None
    return notes


def names(folder: Path | str | None = None) -> list[str]:
    """The names that `load` takes."""
    return sorted(path.stem for path in Path(folder or FOLDER).glob("*.json"))


def available(folder: Path | str | None = None) -> None:
    """Print a table of the networks in a folder, else of the shipped ones."""
    if not names(folder):
        raise CheckpointError(f"there are no networks in {folder or FOLDER}")
    print(f"{'name':<24}{'network':<20}{'weights':>8}  {'data':<14}{'steps':>7}  quality")
    for name in names(folder):
        try:
            print(f"{name:<24}{_row(about(name, folder))}")
        except (CheckpointError, KeyError, TypeError, ValueError, AttributeError):
            print(f"{name:<24}is none: {name}.json does not describe a network of the course")


def _row(notes: dict) -> str:
    """What a JSON says of a network, as a line of the table."""
    network = notes["network"]["class"].split(":")[-1]
    source = notes.get("data", {}).get("source", "-").split(".")[-1]
    weights, steps = notes.get("parameters", 0), notes.get("steps", notes.get("step", 0))
    metrics = notes.get("metrics", {})
    return f"{network:<20}{weights:>8,}  {source:<14}{steps:>7,}  {_quality(metrics)}"


def _quality(metrics: dict) -> str:
    """A line about the metrics that a JSON holds; those of one's own may lack some."""
    if "accuracy" in metrics:
        of = "the attributes of " if "attributes" in metrics else ""
        share = f"{100 * metrics['accuracy']:.2f} %"
        return f"{share} of {of}{metrics['samples']:,} test images read right"
    parts = []
    if "rhyme" in metrics:
        parts.append(f"form {metrics['form']:.0%}, rhyme {metrics['rhyme']:.0%} of the poems")
    if "frechet_distance" in metrics:
        real = metrics.get("ceiling", {}).get("frechet_distance")
        beside = "" if real is None else f" (real {real:.1f})"
        parts.append(f"Fréchet distance {metrics['frechet_distance']:.1f}{beside}")
    for name in ("precision", "recall"):
        if name in metrics:
            parts.append(f"{name} {metrics[name]:.2f}")
    samples = f" (N = {metrics['samples']:,})" if "samples" in metrics else ""
    return ", ".join(parts) + samples if parts else "not measured"


def save(net: nn.Module, name: str, arguments: dict, folder: Path | str, notes: dict) -> None:
    """Write the pair of files. Matrices and kernels are stored in half precision, vectors in full.

    arguments: those that build the network. notes: what else the JSON says. Raises GanCourseError
    for a network of another class than NETWORKS lists, and for weights beyond half precision.
    """
    network = f"{type(net).__module__}:{type(net).__name__}"
    if network not in NETWORKS:
        raise GanCourseError(
            f"{network} is none of the networks that the course can build again from a file "
            f"({', '.join(listed.split(':')[1] for listed in NETWORKS)}): keep the weights of a "
            "class of your own with checkpoint.save_weights"
        )
    halved = {}
    for key, tensor in net.state_dict().items():
        matrix = tensor.is_floating_point() and tensor.ndim > 1
        halved[key] = (tensor.half() if matrix else tensor).cpu().contiguous()
    if not all(torch.isfinite(tensor).all() for tensor in halved.values()):
        raise GanCourseError(
            f"{name} has weights that are NaN or beyond half precision (65,504): it has diverged"
        )
    data = write_tensors(halved)
    described = {
        "network": {"class": network, "arguments": arguments},
        "parameters": sum(p.numel() for p in net.parameters()),
        "sha256": hashlib.sha256(data).hexdigest(),
        **notes,
    }
    folder = Path(folder)
    write_atomically(folder / f"{name}.safetensors", lambda file: file.write(data))
    text = json.dumps(described, indent=1, ensure_ascii=False) + "\n"
    write_atomically(folder / f"{name}.json", lambda file: file.write(text.encode()))


@torch.no_grad()
def save_features(classifier: nn.Module, images: Tensor, folder: Path | str) -> str:
    """Write the features of images (N, 1, 28, 28) as mnist-test-features.safetensors.

    Returns the sha256 of the file.
    """
    features = torch.cat([classifier.features(part) for part in images.split(1000)])
    data = write_tensors({"features": features.half()})
    path = Path(folder) / "mnist-test-features.safetensors"
    write_atomically(path, lambda file: file.write(data))
    return hashlib.sha256(data).hexdigest()


@torch.no_grad()
def read(images: Tensor, batch_size: int = 1000) -> tuple[Tensor, Tensor]:
    """What the digit classifier says of images (N, 1, 28, 28) in [-1, 1], on the CPU.

    Returns features (N, 64) and logits (N, 10). Raises GanCourseError for other shapes, other
    types, and pixels that are not numbers or far outside [-1, 1].
    """
    check_images(images, (1, 28, 28), "the digit classifier")
    net = _classifier("classifier-mnist", images.device)
    features = torch.cat([net.features(part) for part in images.float().split(batch_size)])
    return features.cpu(), net.head(features).cpu()


@torch.no_grad()
def read_attributes(images: Tensor, batch_size: int = 1000) -> tuple[Tensor, dict[str, Tensor]]:
    """What the attribute reader says of faces (N, 3, 32, 32) in [-1, 1], on the CPU.

    Returns features (N, 64), and for each attribute of `data.images("faces")` the value read, (N,)
    int64, a place in that attribute's `names`. Raises GanCourseError as `read` does.
    """
    check_images(images, (3, 32, 32), "the attribute reader")
    net = _classifier("attributes-faces", images.device)
    features = torch.cat([net.features(part) for part in images.float().split(batch_size)])
    read = {name: logits.argmax(dim=1).cpu() for name, logits in net.heads(features).items()}
    return features.cpu(), read


def check_images(images: Tensor, shape: tuple[int, ...], who: str) -> None:
    """Raise GanCourseError unless these are float images (N, *shape) in [-1, 1], or nearly so."""
    kind = type(images).__name__
    if isinstance(images, Tensor):
        kind = f"{images.dtype} {tuple(images.shape)}"
    if not (
        isinstance(images, Tensor)
        and images.shape[1:] == shape
        and images.is_floating_point()
        and len(images)
    ):
        sizes = ", ".join(map(str, shape))
        raise GanCourseError(
            f"{who} reads float tensors (N, {sizes}) in [-1, 1], N >= 1; found {kind}"
        )
    if not images.abs().max() <= 2:  # NaN fails, too; a little outside does no harm
        raise GanCourseError(
            f"{who} reads pixels in [-1, 1]; these hold NaN or reach farther (of bytes "
            "x / 127.5 - 1)"
        )


def _classifier(name: str, device: torch.device) -> nn.Module:
    """A shipped network that reads images, loaded once a device."""
    if (name, device) not in _classifiers:
        _classifiers[name, device] = load(name, device)
    return _classifiers[name, device]


def real_features() -> Tensor:
    """Features (10000, 64) of MNIST's test images: distances to MNIST then need no download."""
    sha256 = about("classifier-mnist")["test_features_sha256"]
    return read_tensors(_bytes("mnist-test-features", None, sha256))["features"].float()


def _bytes(name: str, folder: Path | str | None, sha256: str) -> bytes:
    """The file of weights, if it is the one whose sha256 this is."""
    path = Path(folder or FOLDER) / f"{name}.safetensors"
    if not path.is_file():
        raise CheckpointError(
            f"{path} is missing although its description is there. {mend(name, folder)}"
        )
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CheckpointError(
            f"{path} is not the file that was shipped: its sha256 differs (truncated or changed). "
            f"{mend(name, folder)}"
        )
    return data
