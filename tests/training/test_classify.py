import torch

from gan_course import config, conv, data, images
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
