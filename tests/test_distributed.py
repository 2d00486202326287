"""Two processes make the run of one: the same losses, one weight average, one checkpoint; and none
waits for the dead.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import torch

from gan_course import distributed, pretrained
from gan_course.errors import GanCourseError

HERE = Path(__file__).parent
SCRIPT = """
import sys, torch
sys.path.insert(0, {here!r})
torch.set_num_threads(1)
from test_game import run, weights
from gan_course import distributed, game
variant, out, steps, resume = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "resume"
distributed.join()
callbacks = [game.Checkpoint(out + ".checkpoint", every=5)]
G, D, history = run(variant, callbacks, out + ".checkpoint" if resume else None, steps=steps, average=0.9, seed={seed})
found = {{"G": weights(G), "D": weights(D), "history": history.records, "average": weights(history.generator)}}
torch.save(found, f"{{out}}.{{torch.distributed.get_rank()}}")
distributed.leave()
"""
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="torchrun and SIGKILL on POSIX systems"
)


def torchrun(*arguments, processes=2):
    launcher = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--standalone",
        f"--nproc-per-node={processes}",
    ]
    environment = {
        **os.environ,
        "TQDM_DISABLE": "1",
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
    }
    options = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        "text": True,
        "start_new_session": True,
    }
    return subprocess.Popen([*launcher, *map(str, arguments)], env=environment, **options)


def finished(process, seconds=200) -> str:
    try:
        return process.communicate(timeout=seconds)[0]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def two(tmp_path, variant, steps, resume="start", seed=0):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(here=str(HERE), seed=seed))
    process = torchrun(script, variant, tmp_path / "run", steps, resume)
    output = finished(process)
    assert process.returncode == 0, output
    return [torch.load(tmp_path / f"run.{rank}", weights_only=True) for rank in (0, 1)]


def apart(a: dict, b: dict) -> float:
    return max(float((a[name] - b[name]).abs().max()) for name in a if a[name].numel())


@pytest.mark.parametrize("variant", ["R1, lazy", "WGAN-GP", "conditional"])
def test_two_processes_make_the_run_of_one(variant, tmp_path):
    """20 steps, the same batch of 32 whole or in two halves: losses to 1e-5. Both ranks hold the
    same weights, bit for bit.
    """
    from test_game import run, weights

    G, D, history = run(variant, steps=20, average=0.9)
    zero, one = two(tmp_path, variant, 20)
    for alone, shared in zip(history.records, zero["history"], strict=True):
        assert alone.keys() == shared.keys()
        assert max(abs(alone[name] - shared[name]) for name in alone) < 1e-5
    assert apart(zero["G"], weights(G)) < 1e-4 and apart(zero["D"], weights(D)) < 1e-4
    assert apart(zero["average"], weights(history.generator)) < 1e-4
    assert apart(zero["G"], one["G"]) == 0 and apart(zero["D"], one["D"]) == 0


def test_a_run_of_two_resumes_as_two_and_as_one(tmp_path):
    from test_game import run, weights

    whole, _ = two(tmp_path, "WGAN-GP", 20)
    two(tmp_path, "WGAN-GP", 10)  # its last checkpoint is of step 10
    alone = run("WGAN-GP", resume=tmp_path / "run.checkpoint", steps=20, average=0.9, seed=0)
    again, _ = two(tmp_path, "WGAN-GP", 20, "resume")
    assert apart(again["G"], whole["G"]) == 0 and apart(again["average"], whole["average"]) == 0
    assert [record["step"] for record in again["history"]] == list(range(1, 21))
    assert apart(weights(alone[0]), whole["G"]) < 1e-4


def test_a_single_process_is_alone():
    batch = torch.arange(6.0)
    assert distributed.count() == 1 and distributed.first() and distributed.share(batch) is batch
    assert (
        distributed.mean({"loss": batch[3]}) == {"loss": batch[3]}
        and distributed.from_first(lambda: 7) == 7
    )
    net = torch.nn.Linear(2, 2)
    assert distributed.together(net) is net
    distributed.join(), distributed.leave()


def test_a_batch_that_cannot_be_shared_is_refused(monkeypatch):
    monkeypatch.setattr(distributed, "count", lambda: 4)
    with pytest.raises(
        GanCourseError, match="a batch of 6 cannot be shared by 4 processes: choose a multiple of 4"
    ):
        distributed.share(torch.zeros(6, 2))


COMMAND = """
import sys
from gan_course import images
from gan_course.training import cli
cli.SAMPLES = 300
cli.data.images = lambda name, split="train": images.embedded(split, copies=1)
sys.exit(cli.main(sys.argv[1:]))
"""
ARGUMENTS = [
    "train",
    "--name=shared",
    "--data=embedded",
    "--width=4",
    "--batch_size=8",
    "--checkpoint_every=10",
    "--best_of=100",
    "--train.latent_dim=4",
    "--train.average=0.9",
    "--train.log_every=1",
]


def command(tmp_path, *more):
    """The command line on few images and few samples, under torchrun."""
    script = tmp_path / "command.py"
    script.write_text(COMMAND)
    return torchrun(script, *ARGUMENTS, f"--runs={tmp_path}", *more)


def workers(pid: int) -> list[int]:
    """The processes that torchrun started, without what libraries start beside them."""
    found = psutil.Process(pid).children(recursive=True)
    return [
        child.pid for child in found if any(word.endswith("command.py") for word in child.cmdline())
    ]


def test_one_rank_killed_the_others_end_and_the_run_resumes(tmp_path):
    """kill -9 of the last rank: all have ended within a minute, and the same command finishes the
    run.
    """
    folder, steps = tmp_path / "shared", 150
    process = command(tmp_path, f"--train.steps={steps}")
    deadline = time.monotonic() + 200
    while (
        not (folder / "checkpoint.pt").exists()
        and time.monotonic() < deadline
        and process.poll() is None
    ):
        time.sleep(0.05)
    assert process.poll() is None, process.communicate()[0]
    *_, last = workers(process.pid)
    start = time.monotonic()
    os.kill(last, signal.SIGKILL)
    output = finished(process, 60)
    assert process.returncode != 0 and time.monotonic() - start < 60
    assert not (folder / "shared.json").exists(), output
    again = command(tmp_path, f"--train.steps={steps}")
    output = finished(again)
    assert (
        again.returncode == 0
        and "resumed" in output
        and output.count("2 processes share each batch of 8") == 1
    ), output
    notes = json.loads((folder / "shared.json").read_text(encoding="utf-8"))
    assert notes["processes"] == 2 and notes["steps"] == steps
    assert pretrained.load("best", folder=folder).latent_dim == 4
    logged = [line.split(",")[0] for line in (folder / "log.csv").read_text().splitlines()[1:]]
    assert logged == [str(step) for step in range(1, steps + 1)]


def test_one_network_is_not_shared(tmp_path):
    process = command(tmp_path, "--networks=classifier", "--train.steps=2")
    assert (
        "trains one network, and that in one process: leave out torchrun" in finished(process)
        and process.returncode != 0
    )
