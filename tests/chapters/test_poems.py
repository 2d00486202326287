from dataclasses import replace

import pytest
import torch

from gan_course.chapters import poems, quatrains, seqgan, text
from gan_course.errors import CheckpointError, DataError, GanCourseError
from gan_course.training.recipes import PoemRecipe

LINES = ["明月", "清風明", "山"]


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_encoding_and_back():
    vocabulary = poems.Vocabulary.of(LINES)
    rows = vocabulary.encode(LINES, 4)
    assert rows.shape == (3, 5) and len(vocabulary) == 7 and (rows != text.START).all()
    assert vocabulary.decode(rows) == LINES
    rows[0, 0] = text.START  # a network may draw it where no line has it
    assert vocabulary.decode(rows)[0] == "月"


def test_unknown_character_and_too_long_line():
    vocabulary = poems.Vocabulary.of(LINES)
    with pytest.raises(DataError, match="holds 水"):
        vocabulary.encode(["水山"], 4)
    with pytest.raises(DataError, match="5 characters, more than 4"):
        vocabulary.encode(["明月明月明"], 4)


def test_any_utf8_file_of_lines(tmp_path):
    corpus = poems.read(write(tmp_path / "a.txt", "\ufeffcafé\r\n\n  白日依山盡 \n"), 24)
    assert corpus.lines == ["café", "白日依山盡"] and corpus.source == "a.txt, 2 lines"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no file"),
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("short\n" + "x" * 25 + "\n" + "x" * 31, r"line 2 has 25 .* = 24: .*\(.* line has 31\)"),
        ("明月".encode("big5"), "is not UTF-8"),
    ],
)
def test_broken_files_say_what_to_do(tmp_path, content, message):
    path = tmp_path / "poems.txt"
    if content is not None:
        write(path, content)
    with pytest.raises(DataError, match=message):
        poems.corpus(path, 24)


def test_where_lines_come_from(tmp_path, monkeypatch):
    monkeypatch.setenv("GAN_COURSE_DATA", str(tmp_path))
    assert "grammar" in poems.corpus().source and len(poems.corpus().lines) == 10_000
    with pytest.raises(DataError, match="no poems in .*poems.txt: .*--poems=grammar"):
        poems.corpus(stand_in=False)
    assert "grammar" in poems.corpus("grammar", stand_in=False).source
    (tmp_path / "poems").mkdir()
    write(tmp_path / "poems" / "poems.txt", "一\n二\n")
    assert poems.corpus().lines == ["一", "二"] and "grammar" in poems.corpus("grammar").source
    with pytest.raises(DataError, match="holds|has|no file"):
        poems.corpus(tmp_path / "other.txt")


def test_one_line_in_twenty_is_held_out():
    corpus = poems.Corpus([str(i) for i in range(45)], "")
    known, held_out = corpus.split()
    assert held_out == ["19", "39"] and len(known) == 43 and not set(known) & set(held_out)


def test_repeated_and_nearly_equal_lines_do_not_cross_the_split():
    lines = quatrains.grammar(40)
    held_out = lines[19]
    other_version = held_out[:3] + "月" + held_out[4:]
    corpus = poems.Corpus([*lines[:30], other_version, *lines[:30]], "")
    known, held = corpus.split()
    assert held == [held_out] and len(known) == len(set(known))
    assert held_out not in known and other_version not in known
    assert poems.unlike(["short a", "short b"], ["short c"]) == ["short a", "short b"]


def small(**more) -> PoemRecipe:
    sizes = {
        "embedding": 8,
        "hidden": 12,
        "layers": 2,
        "dropout": 0.3,
        "batch_size": 8,
        "steps": 6,
        "checkpoint_every": 2,
    }
    return PoemRecipe("x", **{**sizes, **more})


def fit(recipe, path, stop=None):
    corpus = poems.Corpus(quatrains.grammar(60), "")
    vocabulary = poems.Vocabulary.of(corpus.lines)
    torch.manual_seed(recipe.seed)
    net = text.LanguageModel(**recipe.network_arguments(len(vocabulary)))

    def note(step, log):
        if step == stop:
            raise KeyboardInterrupt

    return net, poems.train(net, corpus, vocabulary, recipe, path, note)


def test_stopped_and_resumed_equals_uninterrupted(tmp_path):
    net, log = fit(small(), tmp_path / "whole.pt")
    with pytest.raises(KeyboardInterrupt):
        fit(small(), tmp_path / "parts.pt", stop=4)
    again, resumed = fit(small(), tmp_path / "parts.pt")
    assert log == resumed and [record["step"] for record in log] == [2, 4, 6]
    assert all(
        torch.equal(a, b) for a, b in zip(net.state_dict().values(), again.state_dict().values())
    )


def test_a_checkpoint_of_other_numbers_is_refused(tmp_path):
    fit(small(), tmp_path / "a.pt")
    with pytest.raises(CheckpointError, match=r"other numbers \(lr: 0.001 -> 0.01\)"):
        fit(small(lr=1e-2, checkpoint_every=3), tmp_path / "a.pt")
    _, log = fit(small(steps=8, checkpoint_every=4), tmp_path / "a.pt")
    assert [record["step"] for record in log] == [2, 4, 6, 8]


def test_training_lowers_the_loss_and_poems_have_characters_of_the_lines(tmp_path):
    net, log = fit(small(lr=1e-2, steps=60, checkpoint_every=30, dropout=0.0), tmp_path / "a.pt")
    assert log[-1]["loss"] < log[0]["loss"]
    vocabulary = poems.Vocabulary.of(quatrains.grammar(60))
    made = poems.write(net, vocabulary, 5)
    assert len(made) == 5
    assert set("".join(made)) <= set(vocabulary.characters)
    assert all(len(line) <= 25 for line in made)


def test_copied_verses():
    lines = ["明月照空山，梅花雪裏香。", "明月照空山，落葉雨中清。"]
    assert poems.copied(lines, {"明月照空山"}) == 0.5 and poems.copied([], {"x"}) == 0


@pytest.mark.parametrize(
    "wrong", [{"dropout": 1.0}, {"lr": 0.0}, {"steps": 0}, {"temperature": -1.0}]
)
def test_recipe_checks_its_ranges(wrong):
    with pytest.raises(GanCourseError, match=next(iter(wrong))):
        small(**wrong)


RULES = seqgan.Rules(
    rounds=3, g_batch=4, g_lr=1e-3, rollouts=2, every=6, kl=0.1, d_batch=4, d_pretrain=2, d_steps=1
)


def play(recipe, path, stop=None):
    corpus = poems.Corpus(quatrains.grammar(60), "")
    vocabulary = poems.Vocabulary.of(corpus.lines)
    torch.manual_seed(recipe.seed)
    net = text.LanguageModel(**recipe.network_arguments(len(vocabulary)))
    records = poems.play(net, corpus, vocabulary, recipe, path, stop=lambda n: n == stop)
    return net, records


def test_a_game_stopped_and_resumed_equals_uninterrupted(tmp_path):
    recipe = small(adversarial=RULES)
    net, records = play(recipe, tmp_path / "whole.pt")
    assert [record["step"] for record in records] == [3]
    assert {"accuracy", "held_out", "divergence"} < records[0].keys()
    play(recipe, tmp_path / "parts.pt", stop=2)
    again, _ = play(recipe, tmp_path / "parts.pt")
    assert all(
        torch.equal(a, b) for a, b in zip(net.state_dict().values(), again.state_dict().values())
    )


def test_a_game_of_other_numbers_is_refused(tmp_path):
    play(small(adversarial=RULES), tmp_path / "a.pt", stop=1)
    with pytest.raises(CheckpointError, match=r"other numbers \(kl: 0.1 -> 0.2\)"):
        play(small(adversarial=replace(RULES, kl=0.2)), tmp_path / "a.pt")
    _, records = play(small(adversarial=replace(RULES, rounds=4)), tmp_path / "a.pt")
    assert records[-1]["step"] == 4
