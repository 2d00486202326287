"""full.py FOLDER: write files as if the disk were full, print what came of it as JSON."""

import json
import resource
import signal
import sys
from pathlib import Path

import torch

from gan_course import checkpoint, models, pretrained
from gan_course.errors import GanCourseError
from gan_course.training import runs, samples

LIMITS = [0, 1, 100, 1_000, 3_000]  # bytes; every file below is larger


def main(folder: Path) -> dict:
    # the write then fails with EFBIG, as it would with ENOSPC
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    G = models.MLPGenerator(8, hidden=(64,))
    arguments = {"latent_dim": 8, "hidden": [64]}
    history = [{"step": step, "d_loss": 0.1, "g_loss": 0.1} for step in range(1000)]
    writers = {
        "run.pt": lambda path: checkpoint.save_checkpoint(path, {"weights": G.state_dict()}),
        "weights.safetensors": lambda path: checkpoint.save_weights(G, path),
        "net.safetensors": lambda path: pretrained.save(G, "net", arguments, path.parent, {}),
        "log.csv": lambda path: runs.Log(path).write(history),
        "sheet.png": lambda path: samples.save_sheet(torch.rand(100, 1, 28, 28), path),
    }
    kept = clear = of = 0
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for name, write in writers.items():
        path = folder / name
        write(path)
        before, names = path.read_bytes(), sorted(p.name for p in folder.iterdir())
        for limit in LIMITS:
            of += 1
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            try:
                write(path)
            except GanCourseError as error:
                clear += "could not be written" in str(error) and "make room" in str(error)
            except Exception as error:
                print(f"{name}, {limit} bytes: {type(error).__name__}: {error}", file=sys.stderr)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            kept += (
                path.read_bytes() == before and sorted(p.name for p in folder.iterdir()) == names
            )
    return {"kept": kept, "clear": clear, "of": of}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
