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


def state(size, fill=0):
    """The state of a generator: 5,056 bytes on the CPU, 16 on CUDA, 44 on MPS."""
    return torch.full((size,), fill, dtype=torch.uint8)


class Accelerator:
    """Stands in for torch.cuda or torch.mps, and for a generator there."""

    def __init__(self, size):
        self.state = state(size)

    def get_rng_state(self):
        return self.state

    def set_rng_state(self, new):
        assert new.shape == self.state.shape, "RNG state is wrong size"
        self.state = new

    def manual_seed(self, seed):
        self.state = torch.tensor([seed, 0]).view(torch.uint8)

    get_state, set_state = get_rng_state, set_rng_state


@pytest.fixture
def accelerators(monkeypatch):
    found = {"cuda": Accelerator(16), "mps": Accelerator(44)}
    monkeypatch.setattr(torch, "get_device_module", lambda device: found[device.type])
    return found


@pytest.mark.parametrize("kind", ["cuda", "mps"])
def test_streams_come_back_on_the_device_that_they_were_of(accelerators, kind, capsys):
    device, size = torch.device(kind), len(accelerators[kind].state)
    accelerators[kind].state = state(size, 7)
    kept = checkpoint.streams(device)
    accelerators[kind].state = state(size, 0)
    noise = Accelerator(size)
    checkpoint.set_streams({**kept, "noise": state(size, 9)}, device, 0, 5, noise)
    assert torch.equal(accelerators[kind].state, state(size, 7))
    assert torch.equal(noise.state, state(size, 9))
    assert not capsys.readouterr().out


@pytest.mark.parametrize("there", ["cpu", "cuda", "mps"])
@pytest.mark.parametrize("here", ["cpu", "cuda", "mps"])
def test_streams_of_another_device_are_made_anew_from_seed_and_step(
    accelerators, there, here, capsys
):
    if there == here:
        return
    sizes = {"cpu": len(torch.get_rng_state()), "cuda": 16, "mps": 44}
    kept = {**checkpoint.streams(torch.device(there)), "noise": state(sizes[there])}

    def begun(seed, step):
        noise = torch.Generator() if here == "cpu" else Accelerator(sizes[here])
        checkpoint.set_streams(kept, torch.device(here), seed, step, noise)
        assert capsys.readouterr().out.count(f"step {step:,}: this run comes from another") == 1
        if here != "cpu":
            assert torch.equal(accelerators[here].state, noise.state)
        return noise.get_state().tolist()

    assert begun(0, 5) == begun(0, 5)
    others = [begun(0, 0), begun(0, 6), begun(1, 5), begun(5, 0)]
    assert begun(0, 5) not in others and others.count(others[0]) == 1


def test_older_files_name_no_device(capsys):
    """They are told apart by the size of the noise's state."""
    noise = torch.Generator().manual_seed(3)
    old = {"torch": torch.get_rng_state(), "noise": noise.get_state(), "cuda": state(16)}
    other = torch.Generator()
    checkpoint.set_streams(old, torch.device("cpu"), 0, 5, other)
    assert torch.equal(other.get_state(), noise.get_state()) and not capsys.readouterr().out
    checkpoint.set_streams({**old, "noise": state(16)}, torch.device("cpu"), 0, 5, other)
    assert "another kind of device" in capsys.readouterr().out
