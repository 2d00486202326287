"""What surrounds the package: lists of requirements, imports, and what `make lab` starts."""

import ast
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
import yaml
from PIL import Image

import gan_course
from gan_course import game, pretrained

if sys.version_info >= (3, 11):
    import tomllib
else:
    tomllib = pytest.importorskip("tomli")

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
READER = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"]
PACKAGE = ROOT / "gan_course"
CONFIG = "notebooks/jupyter_server_config.py"
MODULES = sorted(PACKAGE.rglob("*.py"))
# what opens notebooks and builds pages has no place among what a notebook needs
FRONT_ENDS = {"jupyterlab", "notebook", "ipykernel", "ipywidgets", "sphinx", "pytest", "playwright"}


def name_and_bound(requirement: str) -> tuple[str, str]:
    """("torch", ">=2.8") of "torch>=2.8": the name in small letters, and all that follows it."""
    name, bound = re.fullmatch(r"([A-Za-z0-9-]+)(.*)", requirement).groups()
    return name.lower(), bound


def test_requirements_are_those_of_the_project():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == READER


def test_environment_lists_the_same():
    conda_names = {"torch": "pytorch"}
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = dict(name_and_bound(item) for item in listed if isinstance(item, str))
    assert conda.pop("python") == PROJECT["requires-python"]
    assert conda.pop("pip") == ""
    assert conda == {
        conda_names.get(name, name): bound for name, bound in map(name_and_bound, READER)
    }


def test_a_notebook_needs_no_jupyterlab():
    assert not FRONT_ENDS & {name_and_bound(line)[0] for line in PROJECT["dependencies"]}


def test_the_lock_fits_the_bounds_and_names_no_index():
    text = (ROOT / "requirements-lock.txt").read_text(encoding="utf-8")
    assert "://" not in text and "--" not in text
    locked = {name_and_bound(line.split("==")[0])[0] for line in text.splitlines() if "==" in line}
    groups = PROJECT["optional-dependencies"].values()
    wanted = PROJECT["dependencies"] + [line for group in groups for line in group]
    missing = {re.split(r"[\[>=<]", line)[0].lower() for line in wanted} - locked
    assert not missing, f"{missing}: write the lock again, as CONTRIBUTING.md says"


def imports(path: Path) -> set[str]:
    """The libraries that a file imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def call_without_encoding(call: ast.Call) -> bool:
    """Whether a call reads or writes text in the encoding that the system happens to have."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    given = {keyword.arg for keyword in call.keywords}
    if "encoding" in given:
        return False
    if name in ("run", "Popen", "check_output"):
        return bool(given & {"text", "universal_newlines"})
    if name == "open":  # of a file in binary; and those of pillow, gzip and archives, never text
        owner = getattr(getattr(call.func, "value", None), "id", "")
        modes = [part.value for part in call.args if isinstance(part, ast.Constant)]
        binary = any("b" in mode for mode in modes if isinstance(mode, str))
        return not binary and owner not in ("Image", "gzip", "archive", "wave", "webbrowser")
    return name in ("read_text", "write_text")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('open("a")', True),
        ('path.open("w")', True),
        ("path.read_text()", True),
        ("path.write_text(words)", True),
        ("subprocess.run(command, text=True)", True),
        ('open("a", encoding="utf-8")', False),
        ('path.open("rb")', False),
        ("Image.open(path)", False),
        ('subprocess.run(command, encoding="utf-8")', False),
        ("subprocess.run(command)", False),
    ],
)
def test_what_counts_as_text_without_an_encoding(code, found):
    assert call_without_encoding(ast.parse(code).body[0].value) is found


def test_text_is_utf_8_whatever_the_system_says():
    scripts = [path for name in ("book", "benchmarks") for path in (ROOT / name).rglob("*.py")]
    for path in [*MODULES, *scripts]:
        if "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                assert not call_without_encoding(node), f"{path}, line {node.lineno}"


def test_only_plots_imports_matplotlib():
    assert [path for path in MODULES if "matplotlib" in imports(path)] == [PACKAGE / "plots.py"]


def test_importing_the_package_loads_nothing():
    heavy = "'torch', 'numpy', 'matplotlib', 'pandas'"
    code = f"import sys, gan_course; print([m for m in ({heavy}) if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_python_bound_is_the_same_everywhere():
    assert PROJECT["requires-python"] == ">=3.10"
    assert "(3, 10)" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert '"3.10"' in (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")


def test_readme_names_only_targets_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in ("README.md", "CONTRIBUTING.md"):
        used = set(re.findall(r"`?make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8")))
        assert used <= targets | {"sure"}, used - targets


def test_the_readme_trains_on_a_folder(tmp_path, monkeypatch, capsys):
    """Its example runs as it stands, with fewer steps."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.S)
    assert example.count("steps=3000") == 1
    for seed in range(64):
        levels = np.random.default_rng(seed).integers(0, 256, (80, 70, 3), dtype=np.uint8)
        (tmp_path / "my" / "pictures").mkdir(parents=True, exist_ok=True)
        Image.fromarray(levels).save(tmp_path / "my" / "pictures" / f"{seed}.png")
    monkeypatch.chdir(tmp_path)
    exec(example.replace("steps=3000", "steps=2"), {})
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.mode == "RGB"
    loaded = pretrained.load("mine", folder=".")
    assert game.sample(loaded, torch.zeros(1, 64)).shape == (1, 3, 64, 64)


def test_the_citation_is_the_same_everywhere():
    def read(name: str) -> str:
        return (ROOT / name).read_text(encoding="utf-8")

    cff, codemeta, zenodo = map(
        yaml.safe_load, map(read, ("CITATION.cff", "codemeta.json", ".zenodo.json"))
    )
    paper = yaml.safe_load(read("paper/paper.md").split("---")[1])
    assert {one["version"] for one in (cff, codemeta, zenodo)} == {gan_course.__version__}
    titles = {cff["title"], codemeta["name"], zenodo["title"], paper["title"]}
    assert len(titles) == 1 and PROJECT["description"].lower() in titles.pop().lower()
    people = [
        [author["name"] for author in authors]
        for authors in (cff["authors"], codemeta["author"], zenodo["creators"], paper["authors"])
    ]
    assert people == [people[0]] * 4 and f"Copyright (c) 2026 {people[0][0]}" in read("LICENSE")
    day = cff["date-released"]
    dates = [codemeta["dateModified"], zenodo["publication_date"], f"{day:%Y-%m-%d}"]
    assert len(set(dates)) == 1 and paper["date"] == f"{day:%d %B %Y}"
    licences = [address.rsplit("/", 1)[1] for address in codemeta["license"]]
    assert licences == cff["license"] and " AND ".join(licences) == PROJECT["license"]
    assert zenodo["license"] == licences[0] and "CC BY 4.0" in zenodo["notes"]
    assert codemeta["description"] == zenodo["description"]


def test_the_paper_has_the_sections_and_the_works_that_it_cites():
    paper = (ROOT / "paper" / "paper.md").read_text(encoding="utf-8")
    listed = (ROOT / "paper" / "paper.bib").read_text(encoding="utf-8")
    wanted = ["Summary", "Statement of need", "Learning objectives", "Experience of use"]
    assert set(wanted) <= set(re.findall(r"^# (.*)$", paper, re.M))
    cited = set(re.findall(r"@(\w+)", paper))
    assert cited == set(re.findall(r"^@\w+\{(\w+),", listed, re.M)) and len(cited) >= 5


PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "data/README.md",
    "gan_course/assets/help.md",
)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_lab_opens_the_first_notebook_also_as_root():
    command = subprocess.run(
        ["make", "-n", "lab"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "-m jupyterlab" in command and "notebooks/00_start_here.ipynb" in command
    assert ("--allow-root" in command) == (hasattr(os, "geteuid") and os.geteuid() == 0)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The server that `make lab` starts, as a process, its address and its token."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    # a copy, so that the first workspace is written here
    folder = tmp_path_factory.mktemp("lab")
    (folder / "notebooks").mkdir()
    for name in ("jupyter_server_config.py", "overrides.json"):
        shutil.copy(ROOT / "notebooks" / name, folder / "notebooks" / name)
    lines = subprocess.run(
        ["make", "-n", "lab"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    # make in make also prints where it is
    (line,) = (line for line in lines if "-m jupyterlab" in line)
    words = [word for word in line.split()[1:] if word != f"--config={CONFIG}"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = ["--no-browser", f"--port={port}", f"--config={folder}/{CONFIG}"]
    environment = os.environ | {"JUPYTER_TOKEN": "of-this-test", "JUPYTER_CONFIG_DIR": str(folder)}
    address = f"http://127.0.0.1:{port}"
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [sys.executable, *words, *own], cwd=ROOT, env=environment, stdout=log, stderr=log
        ) as server,
    ):
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/api", timeout=2)
                break
            time.sleep(0.25)
        yield server, address, "of-this-test"
        server.terminate()


def test_make_lab_listens_on_loopback_alone_and_asks_for_a_token(lab):
    server, address, _ = lab
    process = psutil.Process(server.pid)
    sockets = getattr(process, "net_connections", None) or process.connections
    listening = {one.laddr.ip for one in sockets("inet") if one.status == psutil.CONN_LISTEN}
    assert listening and listening <= {"127.0.0.1", "::1"}, listening
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{address}/api/contents", timeout=10)


def test_make_lab_asks_for_no_news_and_opens_the_table_of_contents(lab):
    _, address, token = lab

    def read(path: str) -> dict:
        url = f"{address}/lab/api/{path}?token={token}"
        return json.load(urllib.request.urlopen(url, timeout=30))

    settings = read("settings/@jupyterlab/apputils-extension:notification")["schema"]["properties"]
    assert settings["fetchNews"]["default"] == "false"
    assert settings["checkForUpdates"]["default"] is False
    left = read("workspaces/default")["data"]["layout-restorer:data"]["left"]
    assert left["current"] == "@jupyterlab/toc:plugin" and not left["collapsed"]


def test_tracked_files_are_small():
    try:
        tracked = subprocess.run(
            ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\n")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    sizes = {
        name: (ROOT / name).stat().st_size for name in tracked if name and (ROOT / name).is_file()
    }
    assert not {name: size for name, size in sizes.items() if size > 2_000_000}
