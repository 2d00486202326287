"""The course on other machines: old locales, long odd paths, no home, one core or 64, 4 GB of
memory, no programs.

One process each: a recipe with Windows' line ends on poems in Chinese, the run's log as a figure,
its samples; a folder of pictures.
"""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from small_runs import environment

from gan_course import folders, images

ROOT = Path(__file__).parents[1]
WORK = """
import os, sys, warnings
from pathlib import Path

warnings.filterwarnings("error", category=EncodingWarning, module="gan_course")
cores = int(sys.argv[2])
if cores == 1 and sys.platform == "linux":
    import resource
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_AS, (4 * 10**9, 4 * 10**9))
import torch
os.cpu_count = lambda: cores
torch.set_num_threads(cores)
from gan_course import __main__ as entry, data

name = sys.argv[1]

def command(*words):
    sys.argv = ["gan-course", *words]
    assert entry.main() == 0, words

def write(path, text):
    with open(path, "w", encoding="utf-8", newline="\\r\\n") as file:
        file.write(text)

lines = [first + second for first in "春夏秋冬" for second in "山水风月花雪"]
write(f"{name}.txt", "\\n".join(lines))
sizes = "hidden: 8\\nsteps: 2\\ncheckpoint_every: 1\\nwrite: 2\\n"
write(f"{name}.yaml", f"name: {name}\\nkind: poems\\npoems: {name}.txt\\n{sizes}")
command("train", f"{name}.yaml")
command("status")
command("plot", f"runs/{name}")
command("sample", f"runs/{name}", "--n=4")
command("explain", "proxy")
pictures = Path("pictures", name)
pictures.mkdir(parents=True)
(pictures / f"{name}.png").write_bytes(Path("runs", name, "log.png").read_bytes())
assert data.images("pictures", size=8).classes == (name,)
"""


def machine(tmp_path: Path, encoding: str, home: str | None) -> dict[str, str]:
    """The variables of a machine with that encoding, that home, and no program on its path."""
    empty = tmp_path / "empty"
    empty.mkdir()
    kept = environment(PATH=str(empty), PYTHONUTF8="0", PYTHONWARNDEFAULTENCODING="1")
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "LOCALAPPDATA", "LANG", "LC_CTYPE"):
        kept.pop(name, None)
    if home is not None:
        kept |= {"HOME": home, "USERPROFILE": home}
    kept["PYTHONPATH"] = os.pathsep.join([str(ROOT), kept["PYTHONPATH"]])
    kept["MPLCONFIGDIR"] = matplotlib.get_cachedir()  # or it looks for fonts for seconds
    if encoding == "C":  # as in a bare container: files, paths and terminal are ASCII
        return kept | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    return kept | {"PYTHONIOENCODING": encoding}


@pytest.mark.skipif(sys.platform == "win32", reason="it imitates other systems on this one")
@pytest.mark.parametrize(
    ("encoding", "home", "cores"),
    [("C", None, 1), ("cp1252", "/dev/null", 64), ("cp936", "/nowhere", 1)],
)
def test_the_course_runs_there(encoding, home, cores, tmp_path):
    folder = tmp_path
    while len(str(folder)) < 200:
        folder /= "Übung mit Leerzeichen 大"
    folder.mkdir(parents=True)
    (folder / "work.py").write_text(WORK, encoding="utf-8")
    name = "plain" if encoding == "C" else "größe 大"  # Python itself names no file so there
    done = subprocess.run(
        [sys.executable, "work.py", name, str(cores)],
        cwd=folder,
        env=machine(tmp_path, encoding, home),
        capture_output=True,
        timeout=300,
    )
    said = done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, said
    assert (folder / "runs" / name / f"{name}.json").exists()
    assert (folder / "runs" / name / "log.png").exists()


def test_a_container_has_its_own_memory(tmp_path):
    """Such as Binder's 2 GB on a machine of 64; without a limit that of the machine counts."""
    free = folders.free_memory(tmp_path)
    assert free > 10**8
    for name, text in (("current", "900000000"), ("stat", "anon 5\ninactive_file 400000000\n")):
        (tmp_path / f"memory.{name}").write_text(text, encoding="utf-8")
    (tmp_path / "memory.max").write_text("1000000000\n", encoding="utf-8")
    assert folders.free_memory(tmp_path) == 500_000_000
    (tmp_path / "memory.max").write_text("max\n", encoding="utf-8")
    assert folders.free_memory(tmp_path) > 10**8


def test_no_home_at_all(monkeypatch):
    """A container whose user has no entry: the cache goes where temporary files go."""

    def unknown():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert images.cache_folder().name == "gan-course"
    assert images.cache_folder().is_absolute()
