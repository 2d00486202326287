"""Runs that two processes share, started by torchrun; one of the two can be killed."""

import json
import os
import signal
import subprocess
import sys
import time

import psutil
import torch
from small_runs import environment

from gan_course import pretrained

SCRIPT = """
import json, sys, torch
from small_runs import play, weights
from gan_course import distributed, game

torch.set_num_threads(1)
folder, runs = sys.argv[1], json.loads(sys.argv[2])
distributed.join()
for name, variant, steps, resume in runs:
    path = f"{folder}/{name}.checkpoint"
    callbacks = [game.Checkpoint(path, every=5)]
    G, D, run = play(variant, callbacks, path if resume else None, steps=steps, average=0.9)
    found = {"G": weights(G), "D": weights(D), "average": weights(run.generator)}
    torch.save({**found, "records": run.records}, f"{folder}/{name}.{torch.distributed.get_rank()}")
distributed.leave()
"""


def torchrun(*arguments, processes=2):
    launcher = ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
    return subprocess.Popen(
        [sys.executable, *launcher, *map(str, arguments)],
        env=environment(CUDA_VISIBLE_DEVICES=""),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def finished(process, seconds=200) -> str:
    try:
        return process.communicate(timeout=seconds)[0]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def two(folder, runs: dict[str, tuple[str, int]], resume=False) -> dict[str, list[dict]]:
    """Two processes play the runs one after another; what each process ended with.

    runs: name -> (variant, steps). resume: from the checkpoint that a run of that name left.
    """
    script = folder / "script.py"
    script.write_text(SCRIPT)
    listed = [[name, variant, steps, resume] for name, (variant, steps) in runs.items()]
    process = torchrun(script, folder, json.dumps(listed))
    output = finished(process)
    assert process.returncode == 0, output
    paths = {name: [folder / f"{name}.{rank}" for rank in (0, 1)] for name in runs}
    return {name: [torch.load(p, weights_only=True) for p in paths[name]] for name in runs}


COMMAND = """
import sys
from gan_course import data, images
from gan_course.training import cli, games
games.SAMPLES = 300
data.images = lambda name, split="train", **_: images.embedded(split, copies=1)
sys.exit(cli.main(sys.argv[1:]))
"""
ARGUMENTS = [
    "train",
    "--name=shared",
    "--data=embedded",
    "--width=4",
    "--batch_size=8",
    "--checkpoint_every=20",
    "--train.latent_dim=4",
    "--train.average=0.9",
    "--train.precision=fp32",
    "--train.log_every=1",
]


def command(tmp_path, *more, arguments=(*ARGUMENTS, "--best_of=100")):
    """The command line on few images and few samples, under torchrun."""
    script = tmp_path / "command.py"
    script.write_text(COMMAND)
    return torchrun(script, *arguments, f"--runs={tmp_path}", *more)


def wait_for_checkpoint(process, folder):
    """Until the run in a folder has written its first checkpoint."""
    deadline = time.monotonic() + 200
    while not (folder / "checkpoint.pt").exists() and time.monotonic() < deadline:
        if process.poll() is not None:
            break
        time.sleep(0.05)
    assert process.poll() is None, process.communicate()[0]


def workers(pid: int) -> list[int]:
    """The processes that torchrun started, without what libraries start beside them."""
    found = psutil.Process(pid).children(recursive=True)
    return [one.pid for one in found if any(w.endswith("command.py") for w in one.cmdline())]


def kill_a_rank(tmp_path):
    """kill -9 of the last rank: all end within a minute, and the same command finishes the run."""
    folder, steps = tmp_path / "shared", 100
    process = command(tmp_path, f"--train.steps={steps}")
    wait_for_checkpoint(process, folder)
    *_, last = workers(process.pid)
    start = time.monotonic()
    os.kill(last, signal.SIGKILL)
    output = finished(process, 60)
    assert process.returncode != 0 and time.monotonic() - start < 60
    assert not (folder / "shared.json").exists(), output
    again = command(tmp_path, f"--train.steps={steps}")
    output = finished(again)
    assert again.returncode == 0 and "resumed" in output, output
    assert output.count("2 processes share each batch of 8") == 1, output
    notes = json.loads((folder / "shared.json").read_text(encoding="utf-8"))
    assert notes["processes"] == 2 and notes["steps"] == steps
    assert pretrained.load("best", folder=folder).latent_dim == 4
    logged = [line.split(",")[0] for line in (folder / "log.csv").read_text().splitlines()[1:]]
    assert logged == [str(step) for step in range(1, steps + 1)]
