"""Two notebooks that load MNIST into one folder at once, from a good or a bad mirror."""

import json
import os
import subprocess
import sys
from pathlib import Path

from faults.mirror import FILES, MANNERS, Mirror

HERE = Path(__file__).parent


def load(address: str, folder: Path, processes: int) -> list[dict]:
    """What `processes` notebooks, started together, got."""
    inherited = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    environment = {**inherited, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(HERE / "fetch.py"), address, str(folder)]
    started = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    return [json.loads(process.communicate(timeout=300)[0].splitlines()[-1]) for process in started]


def test_two_notebooks_one_folder(tmp_path, tally):
    """A good or slow mirror: both get MNIST. A bad one: both get the embedded digits and one
    warning; nothing is left behind, and the next try, when the mirror is well again, succeeds.
    """
    count = 0
    for manner in MANNERS:
        folder = tmp_path / manner.replace(" ", "-")
        with Mirror(manner) as address:
            found = load(address, folder, 2)
        names = sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        )
        if manner in ("good", "slow"):
            fine = all(one.get("source") == "MNIST" and one["images"] == 10_000 for one in found)
            fine = fine and names == sorted(f"MNIST/raw/{name}" for name in FILES)
        else:
            warned = [len(one.get("warnings", ())) == 1 for one in found]
            embedded = ["embedded" in one.get("source", "") for one in found]
            fine = all(warned + embedded) and not names
            with Mirror("good") as address:
                fine = fine and load(address, folder, 1)[0].get("source") == "MNIST"
        print(manner, found, names)
        count += fine
    fault = f"two notebooks download at once; mirror {', '.join(MANNERS)}: "
    tally(fault + "MNIST whole, or one warning and nothing left", count, len(MANNERS))


def test_what_the_user_had_is_kept(tmp_path, tally):
    """One of the four files is there, spoiled: it is named and stays; no request is made."""
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    mine = raw / "t10k-images-idx3-ubyte"
    mine.write_bytes(b"mine")
    with Mirror("good") as address:
        (found,) = load(address, tmp_path, 1)
    said = found.get("error", "")
    kept = mine.read_bytes() == b"mine" and str(mine) in said and "Move" in said
    tally("a spoiled file of the user's own: named, kept, not downloaded over", int(kept), 1)
