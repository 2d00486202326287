import json
import math
from dataclasses import asdict, replace

import pytest

from gan_course import results
from gan_course.chapters import quatrains, rhyme


def test_entropy_is_that_of_the_counts():
    """The grammar's choices, counted: mean log of the number of ways, on many quatrains."""
    poems = quatrains.grammar(4000, seed=5)
    sky = sum(math.log(len(quatrains.SKY[poem[:2]])) for poem in poems) / len(poems)
    who = sum(math.log(len(quatrains.WHO[poem[12:14]])) for poem in poems) / len(poems)
    fixed = math.log(8 * 12 * 12 * 10 * 8 * 12 * 8 * 8 * 24 * 5)
    assert rhyme.entropy(True) == pytest.approx(sky + who + fixed, abs=0.02)
    assert rhyme.entropy(False) - rhyme.entropy(True) == pytest.approx(math.log(24 / 5))


def test_the_checker_pays_for_rhymes():
    rows = rhyme.VOCABULARY.encode(quatrains.grammar(5), 24)
    broken = rows.clone()
    broken[:, 22] = broken[:, 10]  # the same character is no rhyme
    assert rhyme.checker(rows).tolist() == [1.0] * 5 and rhyme.checker(broken).sum() == 0


def test_a_small_run_has_all_rows(monkeypatch):
    monkeypatch.setattr(rhyme, "LIKELIHOOD", 3)
    monkeypatch.setattr(rhyme.measure, "__defaults__", (20, 1))
    few = {"rounds": 2, "g_batch": 8, "d_batch": 8, "d_pretrain": 2}
    monkeypatch.setattr(rhyme, "RULES", replace(rhyme.RULES, **few))
    ways = {"checker": ("checker", rhyme.RULES), "D": ("D", replace(rhyme.RULES, d_steps=1))}
    found = rhyme.run(0, ways, every=2, longer=2)["rows"]
    assert found.keys() == {"likelihood", "checker", "D", "likelihood, longer"}
    assert [point["step"] for point in found["D"]] == [0, 2]
    assert "accuracy" in found["D"][0] and found["checker"][0]["divergence"] == 0


def test_the_stored_rows_are_of_these_rules():
    record = json.loads((results.ROWS / "rhyme.json").read_text(encoding="utf-8"))
    for name, (kind, rules) in rhyme.WAYS.items():
        assert record["rules"][name] == {"judge": kind, **asdict(rules)}
    assert len(record["seeds"]) >= 5
