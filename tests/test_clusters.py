"""Labels by k-means: `clusters`, and games conditioned on them."""

import json

import pytest
import torch

from gan_course import clusters, game
from gan_course.conv import ConvGenerator
from gan_course.errors import GanCourseError
from gan_course.training import cli


def blobs(sizes: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Images in groups of the given sizes, each a grey of its own with a little noise."""
    truth = torch.repeat_interleave(torch.arange(len(sizes)), torch.tensor(sizes))
    noise = 0.01 * torch.randn(len(truth), 1, 8, 8, generator=torch.Generator().manual_seed(0))
    return truth[:, None, None, None] / len(sizes) + noise, truth


def test_groups_that_lie_apart_are_found_the_largest_first():
    images, truth = blobs([20, 90, 50])
    found = clusters.find(images, 3)
    expected = torch.tensor([2, 0, 1])[truth]
    assert torch.equal(found, expected)
    assert clusters.shares(found, 3) == pytest.approx((90 / 160, 50 / 160, 20 / 160))


def test_the_same_seed_gives_the_same_clusters():
    images = torch.rand(300, 1, 8, 8, generator=torch.Generator().manual_seed(1))
    first, again, other = (clusters.find(images, 7, seed) for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize("count", [0, 11])
def test_impossible_numbers_of_clusters_are_refused(count):
    with pytest.raises(GanCourseError, match=f"10 images cannot form {count} clusters"):
        clusters.find(torch.zeros(10, 1, 8, 8), count)


def test_labels_are_drawn_by_their_shares():
    G = ConvGenerator(4, width=2, num_classes=3, label_shares=(0.7, 0.3, 0.0))
    drawn = torch.bincount(game.draw_labels(G, 4_000), minlength=3) / 4_000
    assert drawn[0] == pytest.approx(0.7, abs=0.03)
    assert drawn[2] == 0
    in_turn = game.draw_labels(ConvGenerator(4, width=2, num_classes=3), 5)
    assert in_turn.tolist() == [0, 1, 2, 0, 1]
    assert game.draw_labels(ConvGenerator(4, width=2), 5) is None


def test_a_run_on_clusters_keeps_their_shares(tmp_path, capsys):
    run = ["train", "--name=c", f"--runs={tmp_path}", "--data=embedded", "--width=2"]
    game_of = ["--condition=clusters", "--label_dim=3", "--best_of=0", "--train.latent_dim=4"]
    assert cli.main([*run, *game_of, "--train.num_classes=12", "--train.steps=2"]) == 0
    notes = json.loads((tmp_path / "c" / "c.json").read_text())
    shares = notes["network"]["arguments"]["label_shares"]
    assert len(shares) == 12
    assert sum(shares) == pytest.approx(1)
    assert "read_as_asked" not in notes["metrics"]  # no digit was asked for
    assert cli.main(["sample", f"{tmp_path}/c", "--n=3", f"--out={tmp_path}/s.png"]) == 0


@pytest.mark.parametrize("flags", [["--train.num_classes=0"], ["--networks=mlp"]])
def test_clusters_need_a_number_and_a_convolutional_pair(flags, tmp_path, capsys):
    given = ["--condition=clusters", "--train.num_classes=5", *flags]
    assert cli.main(["train", "--name=c", f"--runs={tmp_path}", *given]) == 1
    assert "condition: clusters needs" in capsys.readouterr().err
