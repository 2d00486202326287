"""Imports run one way, as the design says; and importing the package costs nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "gan_course"
MODULES = {path.stem: path for path in PACKAGE.glob("*.py")}
LIGHT = {"errors"}
# module -> the modules of the package that it may import
ALLOWED = {
    "__init__": set(),
    "errors": set(),
    "config": LIGHT,
    "ranks": LIGHT,
    "sampling": LIGHT,
    "losses": LIGHT,
    "penalties": LIGHT | {"ranks"},
    "divergences": LIGHT,
    "metrics": LIGHT,
    "models": LIGHT | {"ranks"},
    "images": LIGHT,
    "data": LIGHT | {"images"},
    "checkpoint": LIGHT | {"ranks"},
    "callbacks": {"checkpoint"},
    # the loop is handed networks, data, loss and penalties, and imports none of them
    "game": LIGHT | {"config", "checkpoint", "callbacks", "ranks", "sampling"},
    "runtime": {"config", "gan_course"},
    "results": LIGHT,
    "tricks": LIGHT,
    "ablation": LIGHT
    | {"config", "conv", "data", "game", "losses", "metrics", "models", "penalties", "pretrained", "runtime", "tricks"},
    "augment": LIGHT,
    "scarce": LIGHT | {"augment", "config", "conv", "data", "game", "losses", "metrics", "penalties", "pretrained"},
    "families": {"models"},
    "diffusion": LIGHT | {"families", "models"},
    "judges": {"data", "diffusion", "families", "metrics", "pretrained"},
    "race": LIGHT | {"config", "conv", "data", "diffusion", "families", "game", "judges", "losses", "models", "penalties"},
    "published": {"data", "metrics", "results", "runtime"},
    "plots": LIGHT,
    "portable": LIGHT,
    "laboratory": LIGHT | {"config", "data", "game", "losses", "metrics", "models", "penalties"},
    "packing": LIGHT | {"laboratory", "plots"},
    "widgets": LIGHT | {"game", "laboratory", "packing", "plots", "portable"},
    "grading": LIGHT,
    "clinic": {"grading"},
    "checks": LIGHT | {"config", "grading", "exercises"},
    "conv": LIGHT | {"models"},
    "audio": LIGHT | {"models"},
    "translate": LIGHT | {"conv", "models"},
    "styles": LIGHT | {"conv", "data", "pretrained"},
    "unpaired": LIGHT | {"data", "styles", "translate"},
    "inpainting": LIGHT
    | {"config", "data", "game", "images", "losses", "metrics", "penalties", "pretrained", "runtime", "translate"},
    "train_sounds": LIGHT
    | {"audio", "config", "data", "game", "losses", "metrics", "penalties", "pretrained", "runs", "runtime"},
    "classify": {"config", "checkpoint", "images"},
    "pretrained": LIGHT | {"audio", "checkpoint", "conv", "models", "translate"},
    "recipes": LIGHT | {"config", "losses", "penalties", "conv", "models"},
    "text": LIGHT,
    "seqgan": {"data", "losses", "text"},
    "quatrains": set(),
    "poems": LIGHT | {"checkpoint", "data", "pretrained", "quatrains", "text"},
    "roofline": set(),
    "stopwatch": LIGHT | {"config", "game", "losses", "ranks", "roofline"},
    "runs": LIGHT | {"checkpoint", "pretrained", "ranks", "runtime"},
    "cli": LIGHT
    | {"data", "game", "metrics", "poems", "pretrained", "runtime", "checkpoint", "classify", "ranks", "recipes", "runs"},
    "grade": LIGHT | {"grade_run"},
    "grade_run": set(),
    "grade_inside": {"grading", "exercises"},
    "__main__": {"cli"},
}
ONLY = {"matplotlib": {"plots"}, "ipywidgets": {"widgets"}, "anywidget": {"widgets"}}


def imports(path: Path) -> set[str]:
    """Every module that a file imports anywhere, `gan_course.x` as "x"."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "gan_course":
            known = {*MODULES, "exercises"}
            found |= {f"gan_course.{a.name}" if a.name in known else "gan_course.gan_course" for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
    return found


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module):
    own = {name.split(".")[1] for name in imports(MODULES[module]) if name.startswith("gan_course.")}
    assert own <= ALLOWED[module], f"{module} imports {own - ALLOWED[module]}"


@pytest.mark.parametrize("module", MODULES)
def test_heavy_libraries_have_one_importer(module):
    for library, importers in ONLY.items():
        if any(name.split(".")[0] == library for name in imports(MODULES[module])):
            assert module in importers, f"{module} imports {library}"


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_small_and_open_with_what_they_hold(module):
    text = MODULES[module].read_text(encoding="utf-8")
    assert text.count("\n") <= 270
    assert ast.get_docstring(ast.parse(text))


def test_exercises_use_the_grading_alone():
    """So that an answer cannot reach its checker through the code it is compared with. The clinic is the frame of notebook 19."""
    for path in (PACKAGE / "exercises").glob("nb*.py"):
        frame = {"gan_course.clinic"} if path.stem == "nb19" else set()
        assert {name for name in imports(path) if name.startswith("gan_course")} == {"gan_course.grading"} | frame, path


def test_public_functions_are_documented():
    missing = []
    for name, path in MODULES.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                missing.append(f"{name}.{node.name}")
    assert not missing


def test_importing_the_package_loads_nothing():
    code = "import sys, gan_course; print([m for m in ('torch', 'numpy', 'matplotlib') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
