"""The networks that ship in assets/networks: load, verify, describe. Notebook 12 explores them;
`configs/` reproduces them.

Each is a pair of files, NAME.safetensors (half precision) and NAME.json: what it is, how it was
trained, how good it is, and the sha256 that `load` verifies.
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
    "gan_course.chapters.audio:WaveGenerator",
    "gan_course.chapters.translate:UNet",
    "gan_course.chapters.text:LanguageModel",
)
MEND = "Restore it with `git checkout gan_course/assets`, or train it again with `python -m gan_course train configs/{}.yaml`"
_classifiers: dict = {}  # the digit classifier, loaded once a device


def load(
    name: str, device: torch.device | str = "cpu", folder: Path | str | None = None
) -> nn.Module:
    """The network of that name, verified, in eval mode, on the device. `available()` lists the
    names.
    """
    notes = about(name, folder)
    data = _bytes(name, folder, notes["sha256"])
    network, arguments = notes["network"]["class"], notes["network"]["arguments"]
    # old files hold bare names
    known = [listed for listed in NETWORKS if network in (listed, listed.split(":")[1])]
    if not known:
        raise CheckpointError(
            f"{name} is a {network}, which this version of the course does not know. "
            f"{MEND.format(name)}"
        )
    module, kind = known[0].split(":")
    lists_to_tuples = {
        key: tuple(value) if isinstance(value, list) else value for key, value in arguments.items()
    }
    net = getattr(importlib.import_module(module), kind)(**lists_to_tuples)
    tensors = read_tensors(data)
    check_fits(net, tensors, name)
    net.load_state_dict(tensors)  # copies half precision into float32
    return net.to(device).eval()


def about(name: str, folder: Path | str | None = None) -> dict:
    """What the JSON beside the weights says: network, recipe, data, steps, seconds, device,
    metrics, sha256.
    """
    path = Path(folder or FOLDER) / f"{name}.json"
    if not path.is_file():
        raise CheckpointError(
            f"no shipped network is called {name!r}: there are {', '.join(names(folder)) or 'none'}"
        )
    try:
        notes = json.loads(path.read_text(encoding="utf-8"))
        notes["sha256"], notes["network"]["class"], notes["network"]["arguments"]
    except (ValueError, KeyError, TypeError):
        raise CheckpointError(
            f"{path} cannot be read as a description of a network. {MEND.format(name)}"
        ) from None
    return notes


def names(folder: Path | str | None = None) -> list[str]:
    """The names that `load` takes."""
    return sorted(path.stem for path in Path(folder or FOLDER).glob("*.json"))


def available(folder: Path | str | None = None) -> None:
    """Print a table of the shipped networks."""
    print(f"{'name':<18}{'network':<17}{'weights':>9}  {'data':<7}{'steps':>7}  quality")
    for name in names(folder):
        notes = about(name, folder)
        found = notes["metrics"]
        if "accuracy" in found:
            quality = (
                f"{100 * found['accuracy']:.2f} % of {found['samples']:,} test images read right"
            )
        else:
            quality = f"Fréchet distance {found['frechet_distance']:.1f} (real {found['ceiling']['frechet_distance']:.1f}), "
            quality += f"precision {found['precision']:.2f}, recall {found['recall']:.2f} (N = {found['samples']:,})"
        size = f"{notes['parameters']:,}"
        print(
            f"{name:<18}{notes['network']['class'].split(':')[-1]:<17}{size:>9}  "
            f"{notes['data']['source']:<7}{notes['steps']:>7,}  {quality}"
        )


def save(net: nn.Module, name: str, arguments: dict, folder: Path | str, notes: dict) -> None:
    """Write the pair of files. arguments: those that build the network. notes: what else the JSON
    says.

    Weight matrices and kernels are stored in half precision; vectors (biases, batch norm) stay in
    float32.
    """
    halved = {
        key: (tensor.half() if tensor.is_floating_point() and tensor.ndim > 1 else tensor)
        .cpu()
        .contiguous()
        for key, tensor in net.state_dict().items()
    }
    if not all(torch.isfinite(tensor).all() for tensor in halved.values()):
        raise GanCourseError(
            f"{name} has weights that are NaN or beyond half precision (65,504): it has diverged"
        )
    data = write_tensors(halved)
    described = {
        "network": {
            "class": f"{type(net).__module__}:{type(net).__name__}",
            "arguments": arguments,
        },
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
    """Write the classifier's features of images (N, 1, 28, 28) as mnist-test-features.safetensors;
    returns its sha256.
    """
    features = torch.cat([classifier.features(part) for part in images.split(1000)])
    data = write_tensors({"features": features.half()})
    write_atomically(
        Path(folder) / "mnist-test-features.safetensors", lambda file: file.write(data)
    )
    return hashlib.sha256(data).hexdigest()


@torch.no_grad()
def read(images: Tensor, batch_size: int = 1000) -> tuple[Tensor, Tensor]:
    """What the shipped digit classifier says of images (N, 1, 28, 28): features (N, 64) and logits
    (N, 10), on the CPU.

    Raises GanCourseError for other shapes, other types, and pixels that are not numbers or far
    outside [-1, 1].
    """
    if (
        not isinstance(images, Tensor)
        or images.shape[1:] != (1, 28, 28)
        or not len(images)
        or not images.is_floating_point()
    ):
        found = (
            f"{images.dtype} {tuple(images.shape)}"
            if isinstance(images, Tensor)
            else type(images).__name__
        )
        raise GanCourseError(
            "the digit classifier reads float tensors (N, 1, 28, 28) in [-1, 1], N >= 1; found "
            f"{found}"
        )
    if not images.abs().max() <= 2:  # NaN fails, too; a little outside does no harm
        raise GanCourseError(
            "the digit classifier reads pixels in [-1, 1]; these hold NaN or reach farther (of "
            "bytes x / 127.5 - 1)"
        )
    device = images.device
    if device not in _classifiers:
        _classifiers[device] = load("classifier-mnist", device)
    net = _classifiers[device]
    features = torch.cat([net.features(part) for part in images.split(batch_size)])
    return features.cpu(), net.head(features).cpu()


def real_features() -> Tensor:
    """Features (10000, 64) of the MNIST test images, which ship so that distances to MNIST need no
    download.
    """
    notes = about("classifier-mnist")
    return read_tensors(_bytes("mnist-test-features", None, notes["test_features_sha256"]))[
        "features"
    ].float()


def _bytes(name: str, folder: Path | str | None, sha256: str) -> bytes:
    path = Path(folder or FOLDER) / f"{name}.safetensors"
    if not path.is_file():
        raise CheckpointError(
            f"{path} is missing although its description is there. {MEND.format(name)}"
        )
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CheckpointError(
            f"{path} is not the file that was shipped: its sha256 differs (truncated or changed). "
            f"{MEND.format(name)}"
        )
    return data
