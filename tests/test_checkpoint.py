import errno

import pytest
import torch
from torch import nn

from gan_course import checkpoint, models
from gan_course.errors import CheckpointError, WriteError


def net(hidden=(8,)):
    return models.MLPGenerator(3, (2,), hidden)


def test_weights_round_trip(tmp_path):
    a, b = net(), net()
    checkpoint.save_weights(a, tmp_path / "g.safetensors", data="ring")
    about = checkpoint.load_weights(b, tmp_path / "g.safetensors")
    assert about == {"data": "ring", "class": "MLPGenerator"}
    assert all(torch.equal(a.state_dict()[k], b.state_dict()[k]) for k in a.state_dict())
    assert [p.name for p in tmp_path.iterdir()] == ["g.safetensors"]  # no temporary file is left


@pytest.mark.parametrize("hidden", [(9,), (8, 8), ()])
def test_weights_of_another_network_are_refused_and_change_nothing(tmp_path, hidden):
    checkpoint.save_weights(net(hidden), tmp_path / "g.safetensors")
    target = net()
    before = [p.clone() for p in target.parameters()]
    with pytest.raises(CheckpointError, match=r"another network: net\.\d\.weight"):
        checkpoint.load_weights(target, tmp_path / "g.safetensors")
    assert all(torch.equal(a, b) for a, b in zip(before, target.parameters()))


@pytest.mark.parametrize("keep", [0.0, 0.25, 0.5, 0.75, 0.99])
def test_files_cut_short_are_refused(tmp_path, keep):
    path = tmp_path / "g.safetensors"
    checkpoint.save_weights(net(), path)
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    with pytest.raises(CheckpointError, match="cut short"):
        checkpoint.load_weights(net(), path)
    path = tmp_path / "run.pt"
    checkpoint.save_checkpoint(path, {"step": 1, "weights": torch.zeros(1000)})
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    with pytest.raises(CheckpointError, match="cut short"):
        checkpoint.load_checkpoint(path)


def test_other_files_are_refused(tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG not really")
    with pytest.raises(CheckpointError, match="another kind of file"):
        checkpoint.load_checkpoint(picture)
    with pytest.raises(CheckpointError, match="another kind of file"):
        checkpoint.load_weights(net(), picture)
    foreign = tmp_path / "foreign.pt"
    torch.save({"model": torch.zeros(2)}, foreign)
    with pytest.raises(CheckpointError, match="not a checkpoint of this course"):
        checkpoint.load_checkpoint(foreign)
    with pytest.raises(CheckpointError, match="no weights at"):
        checkpoint.load_weights(net(), tmp_path / "nothing")


def test_a_pickle_that_would_run_code_is_refused(tmp_path):
    class Evil:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    torch.save({"format": checkpoint.FORMAT, "parts": Evil()}, tmp_path / "evil.pt")
    with pytest.raises(CheckpointError):
        checkpoint.load_checkpoint(tmp_path / "evil.pt")
    assert not (tmp_path / "ran").exists()


def test_a_failed_write_keeps_the_old_file(tmp_path):
    path = tmp_path / "run.pt"
    checkpoint.save_checkpoint(path, {"step": 1})

    def broken(file):
        file.write(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    message = "run.pt could not be written .No space left on device.: make room"
    with pytest.raises(WriteError, match=message):
        checkpoint.write_atomically(path, broken)
    assert checkpoint.load_checkpoint(path)["step"] == 1
    assert [p.name for p in tmp_path.iterdir()] == ["run.pt"]


def test_differences_name_the_values_of_both():
    old = {"rate": 0.1, "steps": 5, "gone": 1, "betas": (0, 0.9)}
    new = {"rate": 0.2, "steps": 6, "betas": (0, 0.9), "new": True}
    assert checkpoint.differences(old, new, free=["steps"]) == [
        "rate: 0.1 -> 0.2",
        "new: None -> True",
    ]
    assert checkpoint.differences(new, new) == []


def test_buffers_travel_too(tmp_path):
    a, b = nn.BatchNorm1d(3), nn.BatchNorm1d(3)
    a(torch.randn(10, 3))
    checkpoint.save_weights(a, tmp_path / "bn")
    checkpoint.load_weights(b, tmp_path / "bn")
    assert torch.equal(a.running_mean, b.running_mean)
    assert a.num_batches_tracked == b.num_batches_tracked
