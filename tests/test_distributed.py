"""Two processes make the run of one: the same losses, one checkpoint; none waits for the dead."""

import sys

import pytest
import torch
from small_runs import play, weights
from two_processes import ARGUMENTS, command, finished, kill_a_rank, two, wait_for_checkpoint

from gan_course import checkpoint, distributed
from gan_course.errors import GanCourseError

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="torchrun and SIGKILL on POSIX systems"
)


def apart(a: dict, b: dict) -> float:
    return max(float((a[name] - b[name]).abs().max()) for name in a if a[name].numel())


VARIANTS = ("R1, lazy", "WGAN-GP", "conditional")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("two")


@pytest.fixture(scope="module")
def shared(folder):
    """What two processes ended with after 20 steps of each variant, and after 10 of one."""
    runs = {variant: (variant, 20) for variant in VARIANTS}
    return two(folder, runs | {"half": ("WGAN-GP", 10)})


@pytest.mark.parametrize("variant", VARIANTS)
def test_two_processes_make_the_run_of_one(variant, shared):
    """20 steps, a batch of 32 whole or in halves: losses to 1e-5; ranks agree bit for bit."""
    G, D, run = play(variant, steps=20, average=0.9)
    zero, one = shared[variant]
    for alone, shared in zip(run.records, zero["records"], strict=True):
        assert alone.keys() == shared.keys()
        assert max(abs(alone[name] - shared[name]) for name in alone) < 1e-5
    assert apart(zero["G"], weights(G)) < 1e-4 and apart(zero["D"], weights(D)) < 1e-4
    assert apart(zero["average"], weights(run.generator)) < 1e-4
    assert apart(zero["G"], one["G"]) == 0 and apart(zero["D"], one["D"]) == 0


def test_a_run_of_two_resumes_as_two_and_as_one(folder, shared):
    whole, _ = shared["WGAN-GP"]
    # the last checkpoint of "half" is of step 10
    alone = play("WGAN-GP", resume=folder / "half.checkpoint", steps=20, average=0.9)
    again, _ = two(folder, {"half": ("WGAN-GP", 20)}, resume=True)["half"]
    assert apart(again["G"], whole["G"]) == 0 and apart(again["average"], whole["average"]) == 0
    assert [record["step"] for record in again["records"]] == list(range(1, 21))
    assert apart(weights(alone[0]), whole["G"]) < 1e-4


def test_a_single_process_is_alone():
    batch = torch.arange(6.0)
    assert distributed.count() == 1 and distributed.first() and distributed.share(batch) is batch
    assert distributed.mean({"loss": batch[3]}) == {"loss": batch[3]}
    assert distributed.from_first(lambda: 7) == 7
    net = torch.nn.Linear(2, 2)
    assert distributed.together(net) is net
    distributed.join()
    distributed.leave()


def test_a_batch_that_cannot_be_shared_is_refused(monkeypatch):
    monkeypatch.setattr(distributed, "count", lambda: 4)
    message = "a batch of 6 cannot be shared by 4 processes: choose a multiple of 4"
    with pytest.raises(GanCourseError, match=message):
        distributed.share(torch.zeros(6, 2))


def test_one_rank_killed_the_others_end_and_the_run_resumes(tmp_path):
    kill_a_rank(tmp_path)


def test_sigterm_to_torchrun_saves_the_step_in_progress(tmp_path):
    folder = tmp_path / "shared"
    process = command(tmp_path, "--train.steps=100000", "--checkpoint_every=10")
    wait_for_checkpoint(process, folder)
    process.terminate()
    output = finished(process, 100)
    step = checkpoint.load_checkpoint(folder / "checkpoint.pt")["step"]
    assert f"goes on from step {step:,}, its last checkpoint" in output
    assert output.count("is stopped") == 1 and "KeyboardInterrupt" not in output


def test_one_network_is_not_shared(tmp_path):
    flags = ["--networks=classifier", "--train.steps=2"]
    process = command(tmp_path, *flags, arguments=ARGUMENTS)
    output = finished(process)
    assert "is trained in one process, not in several: leave out torchrun" in output
    assert process.returncode != 0
