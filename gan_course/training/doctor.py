"""`gan-course doctor`: what this machine has of what the course needs, and how to mend the rest.

Nothing outside Python's own library is imported before it is looked for: it runs without torch.
"""

import importlib.metadata
import importlib.util
import os
import platform
import re
import shutil
import sys
from pathlib import Path

GIGABYTE = 1024**3


def main() -> int:
    """Print a line for each thing, ✔ or ✘, with its mend; returns 1 if the notebooks lack one."""
    needed = [python(), libraries(), torch(), memory(), disk()]
    show("What the notebooks need:", needed)
    show("What they can do without:", [digits(), pictures(), poems(), node(), browser()])
    return 0 if all(there for there, _, _ in needed) else 1


def show(title: str, lines: list[tuple[bool, str, str]]) -> None:
    """Print lines of (whether all is well, what there is, the mend)."""
    print(title)
    for there, found, mend in lines:
        print(f"  {'✔' if there else '✘'} {found}" + ("" if there else f"\n      {mend}"))


def python() -> tuple[bool, str, str]:
    """The version of Python."""
    return (
        sys.version_info >= (3, 10),
        f"Python {platform.python_version()} on {platform.platform()}, {sys.executable}",
        "Install Python 3.10 or newer, and make a new environment with it.",
    )


def libraries() -> tuple[bool, str, str]:
    """The libraries that the installed course asks for, without those of its extras."""
    install = "`pip install .` in the folder of the course (or `make lab`)"
    try:
        asked = importlib.metadata.requires("gan-course") or []
    except importlib.metadata.PackageNotFoundError:
        return False, "libraries: the course is not installed in this environment", install
    names = [re.match(r"[\w.-]+", line)[0] for line in asked if "extra ==" not in line]
    missing = [name for name in names if not installed(name)]
    found = f"libraries: {len(names) - len(missing)} of {len(names)} are there"
    return not missing, found, f"Missing: {', '.join(missing)}. {install} brings them."


def installed(name: str) -> bool:
    """Whether a distribution of that name is installed."""
    return any(importlib.metadata.distributions(name=name))


def torch() -> tuple[bool, str, str]:
    """torch and the device that it would use."""
    try:
        from gan_course import runtime
    except (ImportError, OSError) as error:  # OSError: a shared library of torch is missing
        reason = str(error).split("\n")[0]
        return False, f"torch cannot be used: {reason}", "Install the libraries, see above."
    version, device = importlib.metadata.version("torch"), runtime.device()
    return True, f"torch {version}, device {device}, {os.cpu_count()} cores", ""


def memory() -> tuple[bool, str, str]:
    """Free memory, of the machine or the container."""
    try:
        from gan_course.folders import free_memory
    except (ImportError, OSError):
        return True, "free memory: not known", ""
    free = free_memory()
    found = f"free memory: {free / GIGABYTE:.1f} GB"
    return free > 2 * GIGABYTE, found, "Close programs: some notebooks need 2 GB, notebook 20 3.5."


def disk() -> tuple[bool, str, str]:
    """Free room where the data land."""
    folder = data_folder()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    found = f"free disk: {free / GIGABYTE:.1f} GB in {folder}"
    return free > GIGABYTE, found, "Make room, or set GAN_COURSE_DATA to a folder on another disk."


def data_folder() -> Path:
    """Where the data lie: as `images` says, or as far as this is known without torch."""
    try:
        from gan_course import images
    except (ImportError, OSError):
        return Path(os.environ.get("GAN_COURSE_DATA") or "data").resolve()
    return Path(images.data_root())


def digits() -> tuple[bool, str, str]:
    """MNIST on the disk. A notebook downloads it, or falls back to the embedded digits."""
    root = data_folder()
    raw = root / "MNIST" / "raw"
    # what `mnist` reads: idx files, packed or not; Keras' file; Kaggle's
    names = ("train-images?idx3-ubyte*", "mnist.npz", "mnist_train.csv", "train.csv")
    found = []
    for folder in (raw, root / "MNIST", root):
        for name in names:
            found += sorted(folder.glob(name))
    return (
        bool(found),
        f"MNIST in {found[0]}" if found else f"MNIST is not in {raw}",
        "Notebooks download it (12 MB); without a network put the four files there, see "
        "data/README.md. Until then coarser digits stand in. `gan-course explain download` tells "
        "of proxies and certificates.",
    )


def pictures() -> tuple[bool, str, str]:
    """Folders of pictures beside the data."""
    root = data_folder()
    endings = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
    names = []
    for folder in sorted(root.glob("*/")):
        if any(file.suffix.lower() in endings for file in folder.rglob("*")):
            names.append(folder.name)
    return (
        bool(names),
        f"pictures in {root}: {', '.join(names) or 'no folder of them'}",
        "Any folder will do, wherever it lies: `gan-course train faces-32 --data=FOLDER`.",
    )


def poems() -> tuple[bool, str, str]:
    """The lines of notebook 16."""
    file = data_folder() / "poems" / "poems.txt"
    there = file.is_file()
    found = f"poems in {file}" if there else f"no poems in {file}"
    return there, found, "A grammar of the course's own stands in; any file of lines will do."


def node() -> tuple[bool, str, str]:
    """node, which packs the widgets and the site."""
    path = shutil.which("node")
    return bool(path), f"node: {path or 'not found'}", "Only those who change widgets need it."


def browser() -> tuple[bool, str, str]:
    """A browser for the tests of site and widgets."""
    found = [name for name in ("chromium", "google-chrome", "chrome") if shutil.which(name)]
    if installed("playwright"):
        found.append("playwright")
    return (
        bool(found),
        f"browser for the tests: {', '.join(found) or 'not found'}",
        "Only those who change widgets or site need it: `playwright install chromium`.",
    )
