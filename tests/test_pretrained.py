import json
from pathlib import Path

import numpy as np
import pytest
import torch

from gan_course import conv, data, game, metrics, models, pretrained
from gan_course.errors import CheckpointError, GanCourseError

NOTES = {"data": {"source": "none"}, "steps": 0, "metrics": {"accuracy": 0.5, "samples": 2}}


@pytest.fixture
def folder(tmp_path):
    torch.manual_seed(0)
    pretrained.save(
        models.MLPGenerator(8, hidden=(16,)),
        "tiny",
        {"latent_dim": 8, "hidden": [16]},
        tmp_path,
        NOTES,
    )
    return tmp_path


DIGITS = (  # generators of digits
    "mlp-mnist",
    "dcgan-mnist",
    "conditional-mnist",
    "self-conditioned-mnist",
    "wgan-gp-mnist",
)
OTHERS = (
    "sounds-wgan-gp",
    "inpainting-mnist",
    "inpainting-faces",
    "attributes-faces",
    "faces-32",
    "poems-grammar",
    "flow-mnist",
)


@pytest.mark.parametrize("name", pretrained.names())
def test_each_shipped_network_loads_and_is_described(name):
    net, notes = pretrained.load(name), pretrained.about(name)
    assert not net.training and sum(p.numel() for p in net.parameters()) == notes["parameters"]
    assert {
        "recipe",
        "data",
        "steps",
        "seed",
        "device",
        "seconds",
        "torch",
        "date",
        "metrics",
    } <= notes.keys()
    assert (pretrained.FOLDER / f"{name}.safetensors").stat().st_size < 2_000_000
    if name.startswith("classifier"):
        assert notes["metrics"]["accuracy"] >= 0.993
        return
    if name not in DIGITS:
        return  # their shapes are tested with their notebooks' modules
    labels = game.draw_labels(net, 100)
    images = net(torch.randn(100, net.latent_dim), labels)
    assert images.shape == (100, 1, 28, 28) and images.abs().max() <= 1
    for key in ("frechet_distance", "precision", "recall", "class_shares"):
        assert key in notes["metrics"] and key in notes["metrics"]["ceiling"]


@pytest.mark.parametrize("name", DIGITS)
def test_stored_metrics_are_those_of_the_shipped_weights(name):
    G, stored = pretrained.load(name), pretrained.about(name)["metrics"]
    z = torch.randn(2000, G.latent_dim, generator=torch.Generator().manual_seed(5))
    labels = game.draw_labels(G, 2000)
    with torch.no_grad():
        features, logits = pretrained.read(G(z, labels))
    found = metrics.frechet_distance(
        *metrics.statistics(pretrained.real_features()), *metrics.statistics(features)
    )
    # N = 2,000 here, 10,000 there: fewer samples make the distance larger, by some 4 in these
    # features
    assert 0.9 * stored["frechet_distance"] < found < 1.2 * stored["frechet_distance"] + 6
    read = metrics.class_histogram(logits.argmax(1)).shares
    assert max(abs(a - b) for a, b in zip(read, stored["class_shares"])) < 0.04


def test_what_the_course_promises_ships():
    # the tests above run over what is there: without this one an empty folder would pass them
    assert set(pretrained.names()) >= {"classifier-mnist", *DIGITS, *OTHERS}


def test_there_is_a_recipe_for_each():
    recipes = {path.stem for path in (Path(__file__).parent.parent / "configs").glob("*.yaml")}
    for name in pretrained.names():
        assert name in recipes
        command = pretrained.about(name)["recipe"].get("command", f"... train {name}")
        assert command.endswith(f"train {name}"), command


def test_the_mend_names_what_is_there(tmp_path, monkeypatch):
    told = pretrained.mend("mnist-test-features")
    assert f"git checkout {pretrained.FOLDER}" in told and "train classifier-mnist" in told
    assert pretrained.FOLDER.is_dir() and "git" not in pretrained.mend("a", tmp_path)
    monkeypatch.setattr(pretrained, "FOLDER", tmp_path / "gan_course" / "assets" / "networks")
    assert "Reinstall the course" in pretrained.mend("dcgan-mnist")


def test_half_precision_round_trip(folder):
    torch.manual_seed(0)
    net, z = models.MLPGenerator(8, hidden=(16,)), torch.randn(4, 8)
    found = pretrained.load("tiny", folder=folder)
    torch.testing.assert_close(found(z), net(z), atol=2e-3, rtol=0)
    assert next(found.parameters()).dtype == torch.float32


def test_available_prints_a_row_each(folder, capsys):
    G, arguments = models.MLPGenerator(8, hidden=(16,)), {"latent_dim": 8, "hidden": [16]}
    pretrained.save(G, "bare", arguments, folder, {})  # of one's own, with nothing measured
    pretrained.available(folder)
    bare, tiny = capsys.readouterr().out.splitlines()[1:]
    assert bare.startswith("bare") and "not measured" in bare
    assert tiny.startswith("tiny") and "50.00 % of 2 test images" in tiny


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "is none: odd.json does not describe a network of the course"),
        ('{"classes": 10}', "is none"),
        ({"metrics": None}, "is none"),
        ({"data": [1]}, "is none"),
        ({"metrics": {"accuracy": 0.5}}, "is none"),  # of how many images?
        ({"metrics": {"frechet_distance": 7.0}}, "Fréchet distance 7.0\n"),
        ({"metrics": {"recall": 0.5, "samples": 1000}}, "recall 0.50 (N = 1,000)"),
        ({"metrics": {"loss": 1.0}}, "not measured"),
    ],
)
def test_a_table_with_an_odd_json_in_the_folder(folder, capsys, text, said):
    if isinstance(text, dict):
        notes = json.loads((folder / "tiny.json").read_text(encoding="utf-8"))
        text = json.dumps({**notes, **text})
    (folder / "odd.json").write_text(text, encoding="utf-8")
    pretrained.available(folder)
    _, odd, tiny = capsys.readouterr().out.splitlines(keepends=True)
    assert odd.startswith("odd ") and said in odd
    assert "50.00 % of 2 test images" in tiny


def test_a_folder_stands_for_the_network_in_it(folder, tmp_path, capsys):
    named = pretrained.load("tiny", folder=folder).state_dict()
    for path in (folder, folder / "tiny"):
        found = pretrained.load(str(path)).state_dict()
        assert all(torch.equal(found[name], named[name]) for name in named)
    for kind in ("json", "safetensors"):
        (folder / f"best.{kind}").write_bytes((folder / f"tiny.{kind}").read_bytes())
    assert pretrained.find(str(folder)) == ("tiny", folder) and not capsys.readouterr().out
    (folder / "tiny.json").rename(folder / "other.txt")
    assert pretrained.find(str(folder)) == ("best", folder)
    assert "is not finished: this is its best network so far" in capsys.readouterr().out
    for name in ("a", "b"):
        (folder / f"{name}.json").write_bytes((folder / "best.json").read_bytes())
    with pytest.raises(CheckpointError, match=r"holds a, b, best: name one, such as .*/a"):
        pretrained.load(str(folder))
    (tmp_path / "empty").mkdir()
    with pytest.raises(CheckpointError, match="empty holds no network yet; there are: no files"):
        pretrained.load(str(tmp_path / "empty"))
    assert pretrained.find("dcgan-mnist") == ("dcgan-mnist", None)


def test_unknown_name_lists_the_known(folder):
    with pytest.raises(CheckpointError, match="there are tiny"):
        pretrained.load("big", folder=folder)


@pytest.mark.parametrize("damage", ["truncated", "one bit", "missing", "another file"])
def test_wrong_weights_are_refused(folder, damage):
    path = folder / "tiny.safetensors"
    data = path.read_bytes()
    if damage == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "one bit":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    elif damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"<html>not found</html>")
    with pytest.raises(CheckpointError, match="sha256 differs|is missing"):
        pretrained.load("tiny", folder=folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sha256": 1', "null"])
def test_wrong_description_is_refused(folder, text):
    (folder / "tiny.json").write_text(text)
    with pytest.raises(CheckpointError, match="cannot be read as a description"):
        pretrained.load("tiny", folder=folder)


def test_unknown_network_and_wrong_sizes_are_refused(folder):
    path = folder / "tiny.json"
    notes = json.loads(path.read_text())
    path.write_text(json.dumps({**notes, "network": {"class": "os.system", "arguments": {}}}))
    with pytest.raises(CheckpointError, match="does not know"):
        pretrained.load("tiny", folder=folder)
    path.write_text(
        json.dumps(
            {
                **notes,
                "network": {
                    "class": "MLPGenerator",
                    "arguments": {"latent_dim": 9, "hidden": [16]},
                },
            }
        )
    )
    with pytest.raises(CheckpointError, match="another network"):
        pretrained.load("tiny", folder=folder)


def test_diverged_weights_are_not_written(tmp_path):
    net = conv.DigitClassifier(width=4)
    net.head[1].weight.data[0, 0] = 1e6  # beyond half precision
    with pytest.raises(GanCourseError, match="half precision"):
        pretrained.save(net, "bad", {"width": 4}, tmp_path, NOTES)
    assert list(tmp_path.iterdir()) == []


def test_a_class_of_ones_own_is_refused_when_it_is_saved(tmp_path):
    class Mine(torch.nn.Linear):
        pass

    with pytest.raises(GanCourseError, match="Mine is none of the networks .*save_weights"):
        pretrained.save(Mine(2, 2), "mine", {}, tmp_path, NOTES)
    assert list(tmp_path.iterdir()) == []


def test_features_of_the_test_images_ship():
    found = pretrained.real_features()
    assert found.shape == (10_000, 64) and found.dtype == torch.float32


@pytest.mark.parametrize(
    ("images", "said"),
    [
        (torch.zeros(2, 1, 8, 8), r"found torch.float32 \(2, 1, 8, 8\)"),
        (torch.zeros(2, 1, 28, 28, dtype=torch.uint8), "found torch.uint8"),
        (torch.full((1, 1, 28, 28), 255.0), "reach farther"),
        (torch.full((1, 1, 28, 28), torch.nan), "hold NaN"),
        (np.zeros((2, 1, 28, 28)), "found ndarray"),
    ],
)
def test_the_classifier_refuses_what_it_was_not_trained_on(images, said):
    with pytest.raises(GanCourseError, match=said):
        pretrained.read(images)


@pytest.fixture(scope="module")
def test_faces():
    return data.images("faces", "test")


def test_the_attribute_reader_reads_the_test_faces_as_its_json_says(test_faces):
    features, read = pretrained.read_attributes(test_faces.images)
    assert features.shape == (2_000, 64) and read.keys() == test_faces.attributes.keys()
    stored = pretrained.about("attributes-faces")["metrics"]
    assert (pretrained.FOLDER / "attributes-faces.safetensors").stat().st_size < 300_000
    for name, (values, _) in test_faces.attributes.items():
        right = float((read[name] == values).double().mean())
        assert right == pytest.approx(stored["attributes"][name], abs=0.003) and right > 0.95
    # a reader that says the same of every face is found out
    assert len(read["hair"].unique()) == len(test_faces.attributes["hair"].names)


def test_shipped_faces_are_as_far_from_the_test_faces_as_their_json_says(test_faces):
    G, stored = pretrained.load("faces-32"), pretrained.about("faces-32")["metrics"]
    z = torch.randn(2_000, G.latent_dim, generator=torch.Generator().manual_seed(5))
    fakes = game.sample(G, z)
    assert fakes.shape == (2_000, 3, 32, 32) and fakes.abs().max() <= 1
    features, read = pretrained.read_attributes(fakes)
    real, _ = pretrained.read_attributes(test_faces.images)
    found = metrics.frechet_distance(*metrics.statistics(real), *metrics.statistics(features))
    assert 0.8 * stored["frechet_distance"] < found < 1.3 * stored["frechet_distance"] + 2
    # nearly all values of all attributes are drawn, about as often as in the data
    missing = 0
    for name, (values, names) in test_faces.attributes.items():
        wanted = torch.bincount(values, minlength=len(names))
        seen = metrics.class_histogram(read[name], len(names), wanted)
        missing += seen.shares.count(0)
        assert seen.kl < 0.2, name
    assert missing <= 2


@pytest.mark.parametrize(
    ("images", "said"),
    [
        (torch.zeros(2, 1, 28, 28), r"\(N, 3, 32, 32\) .*found torch.float32 \(2, 1, 28, 28\)"),
        (torch.zeros(0, 3, 32, 32), r"N >= 1; found torch.float32 \(0, 3, 32, 32\)"),
        (torch.zeros(2, 3, 32, 32, dtype=torch.uint8), "found torch.uint8"),
        (torch.full((1, 3, 32, 32), 255.0), "the attribute reader reads pixels"),
        (torch.full((1, 3, 32, 32), torch.nan), "hold NaN"),
        ("faces", "found str"),
    ],
)
def test_the_attribute_reader_refuses_what_it_was_not_trained_on(images, said):
    with pytest.raises(GanCourseError, match=said) as found:
        pretrained.read_attributes(images)
    assert "\n" not in str(found.value)
