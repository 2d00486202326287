"""The installer's choice of torch, against a stand-in index on this machine. No test leaves it."""

import functools
import http.server
import importlib.util
import os
import re
import socket
import threading
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SPECIFICATION = importlib.util.spec_from_file_location("install", ROOT / ".ci" / "install.py")
install = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(install)


def fake_wheel(folder: Path, name: str) -> None:
    """A wheel of nothing but a version, newer than any real one."""
    archive = folder / name / f"{name}-99.0+cpu-py3-none-any.whl"
    archive.parent.mkdir(parents=True)
    information = f"{name}-99.0+cpu.dist-info"
    with zipfile.ZipFile(archive, "w") as wheel:
        wheel.writestr(f"{name}/__init__.py", '__version__ = "99.0+cpu"\n')
        wheel.writestr(
            f"{information}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 99.0+cpu\n"
        )
        wheel.writestr(
            f"{information}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{information}/RECORD", "")


@pytest.fixture
def index(tmp_path):
    """The address of an index of two fake wheels, on the loopback address."""
    for name in ("torch", "torchvision"):
        fake_wheel(tmp_path / "index" / "simple", name)
    handler = functools.partial(Quiet, directory=str(tmp_path / "index"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/simple"
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and prints nothing."""

    def log_message(self, *arguments) -> None:
        pass


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """pip installs into a folder of the test, with no configuration of this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return kept | {"PIP_TARGET": str(tmp_path / "site"), "PIP_CONFIG_FILE": os.devnull}


@pytest.fixture
def refused() -> str:
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return f"http://127.0.0.1:{port}/simple"


def test_torch_comes_from_the_index_that_is_named(index, environment, tmp_path):
    assert install.install_torch(environment | {"TORCH_INDEX": index}, [])
    assert (tmp_path / "site" / "torch" / "__init__.py").is_file()
    assert (tmp_path / "site" / "torchvision" / "__init__.py").is_file()


def test_an_index_that_refuses_leaves_the_usual_build(refused, environment, tmp_path, capsys):
    assert not install.install_torch(environment | {"TORCH_INDEX": refused}, [])
    assert "does not answer" in capsys.readouterr().out
    assert not (tmp_path / "site" / "torch").exists()


@pytest.fixture
def asked(monkeypatch) -> list[list[str]]:
    """The commands that the installer would run; each fails."""
    commands = []

    def fail(command, environment=None):
        commands.append(command)
        return 1

    monkeypatch.setattr(install, "run", fail)
    monkeypatch.setattr(install.shutil, "which", lambda name: name if name == "uv" else None)
    return commands


@pytest.mark.parametrize(
    ("platform", "gpu", "wish", "asks"),
    [
        ("linux", False, {}, True),
        ("linux", True, {}, False),
        ("linux", True, {"TORCH": "cpu"}, True),
        ("linux", False, {"TORCH": "plain"}, False),
        ("darwin", False, {}, False),
        ("win32", False, {}, False),
    ],
)
def test_who_gets_the_build_without_cuda(asked, monkeypatch, platform, gpu, wish, asks):
    monkeypatch.setattr(install.sys, "platform", platform)
    monkeypatch.setattr(install, "has_nvidia", lambda: gpu)
    assert not install.install_torch(wish, [])
    assert len(asked) == asks
    if asks:
        assert asked[0][:3] == ["uv", "pip", "install"] and "--torch-backend=cpu" in asked[0]


def test_the_rest_follows_whatever_became_of_torch(asked, monkeypatch):
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("TORCH", "plain")
    monkeypatch.setenv("LOCK", "requirements-lock.txt")
    assert install.main("lab,dev") == 1
    assert asked[-1][-2:] == ["--editable", f"{ROOT}[lab,dev]"]
    assert "requirements-lock.txt" in asked[-1]


def test_the_bounds_of_torch_are_those_of_the_project():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert [re.search(rf'"({name}>=[^"]*)"', text)[1] for name in ("torch", "torchvision")] == (
        install.TORCH
    )
