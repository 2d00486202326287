"""Install the course into the Python that runs this: `python .ci/install.py lab` (or lab,dev,book).

torch comes first. On Linux without an NVIDIA GPU the build without CUDA is asked for, 0.8 GB, not
6: from the index that TORCH_INDEX names, else from where uv knows it. Where none answers, the
usual build follows with the rest. Each can be chosen:

    TORCH_INDEX=ADDRESS   torch from that index, whatever the machine has
    TORCH=plain           the usual build; no other index is asked
    TORCH=cpu             the build without CUDA, also on a machine with a GPU
    LOCK=FILE             the releases that FILE lists, as CI does
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
TORCH = ["torch>=2.8", "torchvision>=0.23"]  # as in pyproject.toml; a test keeps them equal
PATIENCE = "10"  # seconds in which another index than the usual one has to answer


def main(extras: str) -> int:
    """Say what will be fetched, then install; returns the exit status."""
    environment = dict(os.environ)
    lock = ["--constraint", environment["LOCK"]] if environment.get("LOCK") else []
    print(f"Installing the course with {extras}: a few minutes the first time.", flush=True)
    run([*PIP, "install", "--quiet", "--upgrade", "pip"])  # an old pip takes three times as long
    if importlib.util.find_spec("torch"):
        print("torch is here and stays as it is.")
    elif not install_torch(environment, lock):
        size = "6 GB on disk, with CUDA" if sys.platform == "linux" else "0.5 GB on disk"
        print(f"torch comes in its usual build ({size}).", flush=True)
    print("JupyterLab and the libraries of the notebooks take another 0.9 GB.", flush=True)
    environment["PYTHONWARNINGS"] = "ignore"  # setuptools warns of every editable installation
    course = ["--editable", f"{ROOT}[{extras}]"]
    return run([*PIP, "install", "--quiet", *lock, *course], environment)


def install_torch(environment: dict[str, str], lock: list[str]) -> bool:
    """Install a torch other than the usual one, where one is wanted and an index has it."""
    index, wish = environment.get("TORCH_INDEX"), environment.get("TORCH", "auto")
    if index:
        print(f"torch is asked for at {index} ...", flush=True)
        if not answers(f"{index.rstrip('/')}/torch/"):
            print("That index does not answer.", flush=True)
            return False
        patience = ["--timeout", PATIENCE, "--retries", "1"]
        command = [*PIP, "install", "--quiet", *patience, "--index-url", index]
    elif wish == "cpu" or (wish == "auto" and sys.platform == "linux" and not has_nvidia()):
        print("No NVIDIA GPU: torch is asked for without CUDA (0.8 GB on disk) ...", flush=True)
        uv = find_uv()
        if uv is None:
            return False
        command = [*uv, "pip", "install", "--quiet", "--python", sys.executable]
        command.append("--torch-backend=cpu")
    else:
        return False
    slow = {"UV_HTTP_TIMEOUT": PATIENCE, "UV_HTTP_RETRIES": "1"}
    done = run([*command, *lock, *TORCH], environment | slow) == 0
    if not done:
        print("That index does not answer, or has no torch that fits this Python.", flush=True)
    return done


def answers(address: str) -> bool:
    """Whether a page is there. pip would go on to the other indexes that this machine knows."""
    try:
        with urllib.request.urlopen(address, timeout=int(PATIENCE)):
            return True
    except (OSError, ValueError):
        return False


def has_nvidia() -> bool:
    """Whether the machine has an NVIDIA GPU whose driver is installed."""
    return bool(shutil.which("nvidia-smi")) or Path("/dev/nvidia0").exists()


def find_uv() -> list[str] | None:
    """The command that starts uv: from the path, or installed beside this Python."""
    if shutil.which("uv"):
        return ["uv"]
    if run([*PIP, "install", "--quiet", "uv"]) == 0:
        return [sys.executable, "-m", "uv"]
    return None


def run(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a command to its end; returns its exit status."""
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "lab"))
