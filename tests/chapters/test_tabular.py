"""Notebook 24's tables: exact cells, encodings that return, questions that fit, plain methods."""

import pytest
import torch

from gan_course import runtime
from gan_course.chapters import tabular

RIDES = tabular.Rides()


@pytest.fixture(scope="module")
def rows():
    return RIDES.sample(3_000, runtime.generator(0))


def test_cells_have_the_probabilities_that_many_rows_show():
    exact = RIDES.probabilities()
    assert exact.sum().item() == pytest.approx(1, abs=1e-6)
    many = RIDES.sample(200_000, runtime.generator(1))
    shares = torch.bincount(RIDES.cells(many), minlength=288).double() / len(many)
    assert (shares - exact).abs().max() < 0.004
    assert tabular.total_variation(RIDES.cells(many), exact) < 0.012


@pytest.mark.parametrize("modes", [0, 10])
def test_an_encoding_returns(rows, modes):
    encoder = tabular.Encoder(rows, RIDES.levels, modes)
    vectors = encoder.encode(rows, runtime.generator(0))
    assert vectors.shape == (3_000, encoder.width) and vectors.abs().max() < 1 + 1e-5
    back = encoder.decode(vectors)
    assert torch.equal(back.classes, rows.classes)
    near = (back.numbers - rows.numbers).abs() < 1e-3
    assert near.double().mean() > 0.995  # the rest lies beyond four standard deviations
    assert sum(stop - start for _, start, stop in encoder.spans) == encoder.width


def test_questions_fit_their_rows_and_favour_the_rare(rows):
    asker = tabular.Asker(rows, RIDES.levels)
    ask, index = asker.draw(4_000, runtime.generator(0))
    assert torch.equal(ask.sum(dim=1), torch.ones(4_000))
    kinds = ask[:, :4].sum(dim=1) == 1
    assert torch.equal(ask[kinds, :4].argmax(1), rows.classes[index[kinds], 0])
    assert torch.equal(ask[~kinds, 4:].argmax(1), rows.classes[index[~kinds], 1])
    rare = ask[kinds, 3].mean().item()
    natural, _ = asker.draw(4_000, runtime.generator(0), natural=True)
    assert rare > 0.15 > 0.06 > natural[natural[:, :4].sum(1) == 1, 3].mean().item()


def test_the_loss_of_a_question_is_its_cross_entropy():
    raw = torch.randn(3, 9, generator=runtime.generator(0))
    ask = torch.zeros(3, 6)
    ask[0, 2] = ask[1, 4] = ask[2, 5] = 1
    cross_entropy = torch.nn.functional.cross_entropy
    wanted = cross_entropy(raw[:1, 3:7], torch.tensor([2])) + 2 * cross_entropy(
        raw[1:, 7:], torch.tensor([0, 1])
    )
    assert tabular.asked_loss(raw, ask, [4, 2]).item() == pytest.approx(wanted.item() / 3)


@pytest.mark.parametrize(
    "change", [{}, {"modes": 0}, {"ask": False}, {"log": False}, {"pack": 1}, {"noise": False}]
)
def test_every_version_trains_and_draws(rows, change):
    settings = tabular.Settings(batch=100, **change)
    players = tabular.CTGAN(rows, settings, RIDES.levels).train(steps=10)
    drawn = players.sample(250)
    assert drawn.numbers.shape == (250, 2) and drawn.classes.shape == (250, 2)
    assert drawn.numbers.isfinite().all() and drawn.classes.max() < 4
    assert len(players.records) == 1 and players.steps == 10


def test_a_run_repeats_itself(rows):
    once, again = (
        tabular.CTGAN(rows, tabular.Settings(batch=100, seed=3)).train(steps=5) for _ in range(2)
    )
    for a, b in zip(once.G.parameters(), again.G.parameters()):
        assert torch.equal(a, b)


@pytest.mark.parametrize("name", tabular.PLAIN)
def test_plain_methods_keep_the_columns(rows, name):
    drawn = tabular.PLAIN[name](rows, 5_000, runtime.generator(0))
    assert len(drawn) == 5_000
    assert tabular.column_distance(drawn, rows) < 0.03


def test_only_methods_that_know_pairs_keep_them(rows):
    off = {
        name: tabular.pair_distance(method(rows, 5_000, runtime.generator(0)), rows)
        for name, method in tabular.PLAIN.items()
    }
    assert off["independent columns"] > 3 * max(off["bootstrap"], off["Gaussian copula"])


def test_a_copula_in_each_class_is_nearer_to_the_law_than_one_for_all(rows):
    exact, off = RIDES.probabilities(), {}
    for name in ("Gaussian copula", "copula in each class"):
        drawn = tabular.PLAIN[name](rows, 20_000, runtime.generator(0))
        off[name] = tabular.total_variation(RIDES.cells(drawn), exact)
    assert off["copula in each class"] < 0.2 < 0.4 < off["Gaussian copula"]


def test_a_tree_holds_a_chain():
    stream = runtime.generator(0)
    a = torch.randint(2, (4_000,), generator=stream)
    flip = (torch.rand(2, 4_000, generator=stream) < 0.1).long()
    b = (a + flip[0]) % 2
    rows = tabular.Rows(torch.zeros(4_000, 0), torch.stack([a, b, (b + flip[1]) % 2], dim=1))
    drawn = tabular.chow_liu(rows, 4_000, stream).classes
    for first, second, wanted in ((0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.82)):
        same = (drawn[:, first] == drawn[:, second]).double().mean().item()
        assert same == pytest.approx(wanted, abs=0.03)


def test_a_classifier_learns_from_rows_and_not_from_noise():
    train, test = tabular.halves(tabular.tumours(), 0)
    assert len(train) + len(test) == 569 and tabular.efficacy(train, test) > 0.95
    stream = runtime.generator(0)
    assert tabular.efficacy(tabular.independent(train, 284, stream), test) < 0.8
    constant = tabular.Rows(train.numbers, torch.zeros(284, 1, dtype=torch.int64))
    assert tabular.efficacy(constant, test) == 0.5


def test_sdmetrics_measures_columns_alike(rows):
    column = pytest.importorskip("sdmetrics.single_column")
    drawn = tabular.gaussian_copula(rows, 2_000, runtime.generator(0))
    shifted = tabular.Rows(drawn.numbers * 1.2, (drawn.classes + 1).clamp(max=1))
    theirs = []
    for a, b in zip(rows.numbers.T, shifted.numbers.T):
        theirs.append(1 - column.KSComplement.compute(a.numpy(), b.numpy()))
    for a, b in zip(rows.classes.T, shifted.classes.T):
        theirs.append(1 - column.TVComplement.compute(a.numpy(), b.numpy()))
    wanted = sum(theirs) / len(theirs)
    assert tabular.column_distance(shifted, rows) == pytest.approx(wanted, abs=1e-6)
