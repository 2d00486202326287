import dataclasses
import functools

import torch
from small_runs import on_mps

from gan_course import checkpoint, config, conv, data, images
from gan_course.training import classify


def play(path, steps, seed=0):
    torch.manual_seed(seed)
    digits = images.embedded(copies=1)
    settings = config.TrainConfig(steps=steps, lr_d=2e-3, betas=(0.9, 0.999), average=0.9)
    return classify.fit(
        conv.DigitClassifier(width=8), data.batches(digits, 64), settings, path, every=10
    )


def test_it_learns(tmp_path):
    net, test = play(tmp_path / "a.pt", 60), images.embedded("test")
    assert classify.accuracy(net, test.images, test.labels) > 0.7
    assert not net.training


def test_it_learns_attributes_which_are_read_by_their_names(tmp_path):
    faces = data.images("faces").take(torch.arange(2_000))
    known = {name: faces.attributes[name] for name in ("hair colour", "background")}
    torch.manual_seed(0)
    net = conv.AttributeClassifier({name: len(names) for name, (_, names) in known.items()}, 8)
    settings = config.TrainConfig(steps=60, lr_d=4e-3, betas=(0.9, 0.999), average=0.9)
    batches = data.batches((faces.images, torch.arange(len(faces))), 64)
    loss = functools.partial(classify.sum_of_entropies, known)
    net = classify.fit(net, batches, settings, tmp_path / "a.pt", loss=loss)
    right = classify.attribute_accuracy(net, dataclasses.replace(faces, attributes=known))
    assert right["background"] > 0.9 and right["hair colour"] > 0.5
    swapped = dict(zip(known, reversed(known.values())))  # colours read as backgrounds
    wrong = classify.attribute_accuracy(net, dataclasses.replace(faces, attributes=swapped))
    assert max(wrong.values()) < 0.4


def test_accuracy_is_counted_where_there_is_no_float64():
    net, test = conv.DigitClassifier(width=8), images.embedded("test")
    there = classify.accuracy(net, on_mps(test.images), on_mps(test.labels))
    assert there == classify.accuracy(net, test.images, test.labels) > 0


def test_a_run_goes_on_from_another_device(tmp_path, capsys):
    play(tmp_path / "a.pt", 10)
    saved = checkpoint.load_checkpoint(tmp_path / "a.pt")
    state = torch.zeros(16, dtype=torch.uint8)
    checkpoint.save_checkpoint(tmp_path / "a.pt", {**saved, "device": "cuda", "cuda": state})
    play(tmp_path / "a.pt", 12)
    assert "step 10: this run comes from another kind of device" in capsys.readouterr().out


def test_stopped_and_resumed_equals_uninterrupted(tmp_path):
    whole = play(tmp_path / "a.pt", 20)
    play(tmp_path / "b.pt", 10)
    again = play(tmp_path / "b.pt", 20, seed=5)  # other first weights: the file replaces them
    assert all(
        torch.equal(a, b) for a, b in zip(whole.state_dict().values(), again.state_dict().values())
    )


def test_augmentation_keeps_range_and_shape():
    digits = images.embedded("test").images[:8]
    out = classify.augment(digits, seed=3)
    assert out.shape == digits.shape and out.min() >= -1.001 and out.max() <= 1.001
    assert torch.equal(out, classify.augment(digits, seed=3)) and not torch.equal(
        out, classify.augment(digits, seed=4)
    )
