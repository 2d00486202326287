"""book/teach/autograder: what lies in the zip files, and a submission graded as on Gradescope."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "teach"))
import autograder  # noqa: E402

CELLS = (
    "import math\nfrom gan_course import checks",
    "def js_uniforms(theta):\n    return min(abs(theta) / 3, 1) * math.log(2)",
    "def dropped_mode(f, s, w):\n    return 0.0",
    "checks.js_of_shifted_uniforms(js_uniforms)",
)


def test_gradescope_grades_with_the_numbers_of_the_class(tmp_path):
    made = autograder.gradescope(tmp_path, {"02.3": {"width": 3}}, "autumn", ["02"])
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
        assert {"setup.sh", "run_autograder", "results.py"} <= names
        assert "course/gan_course/assets/class.json" in names
        assert not any("solutions" in name or "exams" in name for name in names)
        assert archive.getinfo("run_autograder").external_attr >> 16 == 0o755
        archive.extractall(tmp_path / "source")
    cells = [{"cell_type": "code", "metadata": {}, "source": text, "outputs": []} for text in CELLS]
    (tmp_path / "submission").mkdir()
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (tmp_path / "submission" / "02.ipynb").write_text(text, encoding="utf-8")
    source = tmp_path / "source"
    environment = {"PYTHONPATH": str(source / "course"), "GAN_COURSE_PROFILE": "quick"}
    command = [sys.executable, str(source / "results.py"), "submission", "out/results.json", "02"]
    subprocess.run(command, cwd=tmp_path, env=environment | {"PATH": ""}, check=True, timeout=300)
    results = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    scores = {test["name"][:4]: test["score"] for test in results["tests"]}
    assert scores == {"02.1": 0, "02.2": 0, "02.3": 1}


def test_otter_gets_a_test_for_each_exercise(tmp_path, monkeypatch):
    monkeypatch.setattr(autograder.shutil, "which", lambda *args, **options: None)
    (folder,) = autograder.otter(tmp_path, ["05"])
    tests = sorted(path.name for path in (folder / "tests").iterdir())
    assert tests == ["q05_1.py", "q05_2.py", "q05_3.py"]
    text = (folder / "tests" / "q05_3.py").read_text(encoding="utf-8")
    compile(text, "q05_3.py", "exec")
    assert 'checks.extragradient(env["extragradient"])' in text
