"""The training laboratory's JavaScript, run by node: the steps of `game.train`, the data sets and
the counts of the package.
"""

import itertools
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import torch
from twenty_steps import disagreement, flat, twenty_steps

from gan_course import metrics
from gan_course.widgets import laboratory

SOURCE = Path(__file__).parents[2] / "gan_course" / "widgets" / "source"


@pytest.fixture
def node(tmp_path):
    """node(script, given): what a module beside the sources prints as JSON. given: its `given`."""
    program = shutil.which("node")
    if not program:
        pytest.skip("node is missing")
    for path in SOURCE.glob("*.js"):
        shutil.copy(path, tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")

    def run(script: str, given=None):
        (tmp_path / "given.json").write_text(json.dumps(given), encoding="utf-8")
        (tmp_path / "script.js").write_text(
            'import { readFileSync } from "node:fs";\n'
            'const given = JSON.parse(readFileSync("given.json"));\n' + script,
            encoding="utf-8",
        )
        command = [program, "script.js"]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


ASK = """
import "./worker.js";
let answer;
globalThis.postMessage = (found) => { answer = found; };
const ask = (name, content) => {
  onmessage({ data: { id: 1, name, content } });
  if (answer.error) throw new Error(answer.error);
  return answer;
};
const lists = (arrays) => arrays.map((values) => Array.from(values));
"""
REPLAY = """
const found = given.map(({ settings, weights, drawn }) => {
  ask("reset", { settings, weights });
  const { losses } = ask("advance", { settings, steps: 20, drawn }).content;
  const { G, D } = ask("weights").content;
  return { losses, G: lists(G), D: lists(D) };
});
console.log(JSON.stringify(found));
"""


def test_it_takes_the_steps_of_the_training_loop(node):
    choices = [(loss, penalty) for loss in laboratory.LOSSES for penalty in laboratory.PENALTIES]
    wanted = [twenty_steps(*choice) for choice in choices]
    wanted.append(twenty_steps("hinge", "gradient penalty (1)", d_steps=3))
    found = node(ASK + REPLAY, wanted)
    errors = [disagreement(a, b) for a, b in zip(found, wanted, strict=True)]
    print(f"largest difference: {max(errors):.1e}")
    assert max(errors) < 1e-4, dict(zip([*choices, "three D steps"], errors))
    # no two losses, and no two penalties, end alike
    ends = {
        choice: np.concatenate([np.ravel(p) for p in run["D"]])
        for choice, run in zip(choices, found)
    }
    for one, other in itertools.combinations(ends, 2):
        if one[1] == other[1] == "none" or one[0] == other[0] == "minimax":
            assert np.abs(ends[one] - ends[other]).max() > 1e-4, (one, other)


def test_it_has_the_data_sets_and_choices_of_the_kernel(node):
    found = node("""
    import { DATA } from "./toys.js";
    import { LOSSES, PENALTIES } from "./game.js";
    const data = Object.entries(DATA).map(([name, make]) => {
      const { means, std, weights, modes } = make();
      return [name, { means: Array.from(means), std, weights, modes }];
    });
    console.log(JSON.stringify({
      data: Object.fromEntries(data),
      losses: Object.keys(LOSSES),
      penalties: Object.keys(PENALTIES),
    }));
    """)
    assert found["losses"] == list(laboratory.LOSSES)
    assert found["penalties"] == list(laboratory.PENALTIES)
    assert list(found["data"]) == list(laboratory.DATA)
    for name, make in laboratory.DATA.items():
        ours, theirs = found["data"][name], make()
        assert np.allclose(ours["means"], flat(theirs.means), atol=1e-6), name
        assert np.allclose(theirs.stds, ours["std"], atol=1e-6), name
        shares = np.array(ours["weights"] or np.ones(len(theirs.means)))
        assert np.allclose(shares / shares.sum(), theirs.weights, atol=1e-6), name
        assert ours["modes"] == (len(theirs.means) if len(theirs.means) <= 50 else 0)


@pytest.mark.parametrize("name", laboratory.DATA)
def test_its_samples_have_the_moments_of_the_data(node, name):
    samples = node(
        """
        import { DATA, sampler } from "./toys.js";
        import { random } from "./ui.js";
        console.log(JSON.stringify(Array.from(sampler(DATA[given](), random(5))(20000))));
        """,
        name,
    )
    ours = np.reshape(samples, (-1, 2))
    theirs = laboratory.DATA[name]().sample(20_000, torch.Generator().manual_seed(0)).numpy()
    assert np.allclose(ours.mean(axis=0), theirs.mean(axis=0), atol=0.05)
    assert np.allclose(np.cov(ours.T), np.cov(theirs.T), atol=0.08)


def test_it_counts_modes_as_the_metrics_do(node):
    target = laboratory.DATA["ring"]()
    draw = torch.Generator().manual_seed(0)
    good = target.sample(800, draw)
    cases = {
        "perfect": good,
        "collapsed": good[good[:, 0] > 1.5],
        "point masses": target.means.repeat(10, 1),
        "narrow": target.means.repeat(50, 1) + 0.01 * torch.randn(400, 2, generator=draw),
        "a blob": torch.randn(500, 2, generator=draw),
        "far away": torch.full((10, 2), 9.0),
    }
    found = node(
        """
        import { DATA, modeCoverage } from "./toys.js";
        const count = (x) => modeCoverage(Float64Array.from(x), DATA.ring());
        console.log(JSON.stringify(given.map(count)));
        """,
        [flat(x) for x in cases.values()],
    )
    std = float(target.stds[0])
    for (name, x), ours in zip(cases.items(), found, strict=True):
        wanted = metrics.mode_coverage(x, target.means, std)
        assert ours["modes"] == wanted.modes, name
        assert ours["high_quality"] == pytest.approx(wanted.high_quality, abs=1e-9), name
        assert ours["spread"] == pytest.approx(wanted.spread, abs=1e-4), name
    spreads = dict(zip(cases, (run["spread"] for run in found)))
    assert spreads["far away"] == 0 and spreads["point masses"] < 1e-9
    assert 0.93 < spreads["perfect"] < 1.02 and 0.4 < spreads["narrow"] < 0.6


def test_it_says_what_to_do_when_a_loss_is_not_finite(node):
    settings = {"data": "ring", "loss": "Wasserstein", "penalty": "none", "d_steps": 1}
    settings |= {"lr_d": 1e300, "lr_g": 1e300, "seed": 0, "units": 64}
    script = """
    let said = "";
    try {
      ask("reset", { settings: given });
      for (let k = 0; k < 20; k++) ask("advance", { settings: given, steps: 5 });
    } catch (error) { said = error.message; }
    console.log(JSON.stringify(said));
    """
    assert "Lower the learning rates, or add a penalty" in node(ASK + script, settings)


def test_it_trains_on_what_the_reader_draws(node):
    """On an empty drawing it says so; on two strokes its samples end up near them."""
    settings = {"data": "your own drawing", "loss": "non-saturating", "penalty": "R1 (0.1)"}
    settings |= {"d_steps": 1, "lr_d": 2e-3, "lr_g": 1e-3, "seed": 0, "units": 64}
    line = np.linspace(-1, 1, 60)
    points = [[x, 1.5] for x in line] + [[x, -1.5] for x in line]
    script = """
    const settings = given.settings;
    let said = "";
    ask("reset", { settings });
    try { ask("advance", { settings, steps: 1 }); } catch (error) { said = error.message; }
    ask("draw", { points: given.points });
    ask("reset", { settings });
    let shot, step = 0;
    while (step < 600) {
      const answer = ask("advance", { settings, steps: 100 });
      shot = answer.shot;
      step = answer.content.step;
    }
    console.log(JSON.stringify({ said, fake: Array.from(shot.fake) }));
    """
    found = node(ASK + script, {"settings": settings, "points": np.ravel(points).tolist()})
    assert found["said"] == "there are no data yet: draw some first"
    x = np.reshape(found["fake"], (-1, 2))
    near = (np.abs(np.abs(x[:, 1]) - 1.5) < 0.4) & (np.abs(x[:, 0]) < 1.4)
    assert near.mean() > 0.6 and min((x[near, 1] > 0).mean(), (x[near, 1] < 0).mean()) > 0.15
