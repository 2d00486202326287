"""The rows of notebook 24: tables, strange rows, membership, the price of privacy.

    python benchmarks/tables_privacy.py [--experiments parts plain ...] [--seeds 0 1 2 3 4]

parts: CTGAN on the rides, whole and with one part off at a time, at equal CPU seconds.
plain: what needs no network, on the same training rows.
real: the table of tumours, cut in two by the seed; gradient boosting learns from what is made.
strange: scores of strange rows on the same table.
members: who was in the training set of a GAN of digits, by its size and steps.
price: a table of categories at several levels of privacy, a noisy histogram beside it.

One thread. Appends to gan_course/assets/rows/tabular.jsonl.
"""

import argparse
import functools
import itertools
import time

import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

from gan_course import data, game, losses, metrics, models, results, runtime
from gan_course.chapters import outliers, private, tabular
from gan_course.config import TrainConfig

ROWS = results.ROWS / "tabular.jsonl"
RIDES, TRAINING, DRAWN = tabular.Rides(), 5_000, 20_000
EXACT = RIDES.probabilities()
PARTS = {
    "CTGAN": {},
    "CTGAN, longer": {},
    "plain ranges": {"modes": 0},
    "never asked": {"ask": False},
    "asked as the table is": {"log": False},
    "no packs": {"pack": 1},
    "softmax, no noise": {"noise": False},
}
SECONDS = (5.0, 10.0, 20.0)  # CPU seconds at which a run is judged
LONGER = (20.0, 40.0, 60.0)  # of the one that goes on
REAL_STEPS = 900  # 300 epochs of the 284 rows
SIZES, MOMENTS = (50, 150, 500), (250, 1_000, 2_500)
LEVELS, DELTA, PEOPLE = (4, 2, 6, 6), 1e-5, 10_000


def rides_training(seed: int) -> tabular.Rows:
    """The training rows of a seed."""
    return RIDES.sample(TRAINING, runtime.generator(100 + seed))


def judged(rows: tabular.Rows) -> dict:
    """Rides against their law: the cells, and the share of the rarest kind (its own is 0.03)."""
    cargo = float((rows.classes[:, 0] == 3).double().mean())
    return {"tv": tabular.total_variation(RIDES.cells(rows), EXACT), "cargo": cargo}


def parts(run: str, seed: int) -> dict:
    """CTGAN, whole or with one part off."""
    start = time.process_time()
    settings = tabular.Settings(seed=seed, **PARTS[run])
    game_of_rows = tabular.CTGAN(rides_training(seed), settings, RIDES.levels)
    spent, curve = time.process_time() - start, []
    for until in LONGER if run == "CTGAN, longer" else SECONDS:
        before = time.process_time()
        game_of_rows.train(seconds=until - spent)
        spent += time.process_time() - before
        found = judged(game_of_rows.sample(DRAWN))
        curve.append([until, found["tv"]])
    found["last"] = judged(game_of_rows.sample(DRAWN, average=False))["tv"]  # without the mean
    last = game_of_rows.records[-50:]
    gap = sum(record["gap"] for record in last) / len(last)
    return results.rounded({**found, "gap": gap, "curve": curve, "steps": game_of_rows.steps})


def plain(run: str, seed: int) -> dict:
    """Methods without a network; "fresh rows" are the law itself."""
    rows, start = rides_training(seed), time.process_time()
    stream = runtime.generator(200 + seed)
    if run == "fresh rows":
        drawn = RIDES.sample(DRAWN, stream)
    else:
        drawn = tabular.PLAIN[run](rows, DRAWN, stream)
    spent = time.process_time() - start
    return results.rounded({**judged(drawn), "seconds": spent})


def real(run: str, seed: int) -> dict:
    """The table of tumours: what a classifier learns from it, and who was in it."""
    train, test = tabular.halves(tabular.tumours(), seed)
    start, stream = time.process_time(), runtime.generator(300 + seed)
    if run == "CTGAN":
        settings = tabular.Settings(batch=100, seed=seed)
        players = tabular.CTGAN(train, settings)
        players.train(steps=REAL_STEPS)
        drawn = players.sample(len(train))
    elif run == "real rows":
        drawn = train
    else:
        drawn = tabular.PLAIN[run](train, len(train), stream)
    spent = time.process_time() - start
    scale = train.numbers.std(dim=0)
    inside, outside, made = (rows.numbers / scale for rows in (train, test, drawn))
    area, found = private.advantage(*(-metrics.nearest(x, made)[0] for x in (inside, outside)))
    return results.rounded(
        {
            "auc": tabular.efficacy(drawn, test),
            "columns": tabular.column_distance(drawn, test),
            "pairs": tabular.pair_distance(drawn, test),
            "attack": area,
            "attack_found": found,
            "seconds": spent,
        }
    )


def usual_and_strange(seed: int):
    """Rows of benign tumours to learn from, to set the threshold, to test; two strange sets.

    Malignant ones; and benign test rows whose columns were shuffled one by one.
    """
    table = tabular.tumours()
    x, sick = table.numbers, table.classes[:, 0] == 1
    usual, malignant = x[~sick], x[sick]
    usual = usual[torch.randperm(len(usual), generator=runtime.generator(seed))]
    train, held_out, test = usual[:200], usual[200:270], usual[270:]
    stream = runtime.generator(400 + seed)
    mixed = [c[torch.randperm(len(test), generator=stream)] for c in test.T]
    mean, std = train.mean(dim=0), train.std(dim=0)
    sets = (train, held_out, test, malignant, torch.stack(mixed, dim=1))
    return [(rows - mean) / std for rows in sets]


def strange_scores(seed: int, steps: int = 2_000) -> dict:
    """name -> (function of rows, CPU seconds to fit and to score all rows once)."""
    train = usual_and_strange(seed)[0]
    start = time.process_time()
    run = outliers.pair(train, steps, seed)
    G, D = run.generator, run.discriminator.eval()
    trained = time.process_time()
    E = outliers.encoder(G, train, steps, seed)
    encoded = time.process_time()

    @torch.no_grad()
    def by_encoder(rows):
        return (G(E(rows)) - rows).norm(dim=1)

    @torch.no_grad()
    def by_critic(rows):
        return -D(rows)

    return {
        "inversion": (lambda rows: outliers.inversion(G, rows, 4, 150), trained - start),
        "encoder": (by_encoder, encoded - start),
        "discriminator": (by_critic, trained - start),
        **{name: (score, 0.0) for name, score in outliers.plain(train, seed).items()},
    }


def strange(run: str, seed: int) -> dict:
    """All scores on one split; a row for the seed, so that the GAN is trained once."""
    _, held_out, test, malignant, mixed = usual_and_strange(seed)
    found = {}
    for name, (score, fitted) in strange_scores(seed).items():
        start = time.process_time()
        usual, limit = score(test), score(held_out)
        by_kind = {"malignant": score(malignant), "mixed": score(mixed)}
        spent = fitted + time.process_time() - start
        found[name] = {k: outliers.judge(usual, s, limit) for k, s in by_kind.items()}
        found[name]["seconds"] = spent
    return results.rounded({"scores": found})


def digits(seed: int) -> torch.Tensor:
    """scikit-learn's 8 x 8 digits in random order, (1797, 64) in [-1, 1]."""
    x = torch.tensor(load_digits().data / 8 - 1, dtype=torch.float32)
    return x[torch.randperm(len(x), generator=runtime.generator(seed))]


def attacks(G, D, members: torch.Tensor, others: torch.Tensor) -> dict:
    """Both attacks: by the nearest of 4,000 samples, and by D's score."""
    z = torch.randn(4_000, G.latent_dim, generator=runtime.generator(7))
    drawn = game.sample(G, z)
    near = [-metrics.nearest(x, drawn)[0] for x in (members, others)]
    with torch.no_grad():
        scores = [D(x) for x in (members, others)]
    found = {}
    for name, pair in (("nearest", near), ("critic", scores)):
        found[name], found[f"{name}_found"] = private.advantage(*pair)
    return found


def members(run: int, seed: int) -> dict:
    """A GAN on so many digits; both attacks at several steps of one run."""
    x = digits(seed)
    inside, outside = x[:run], x[-500:]
    torch.manual_seed(seed)
    G = models.MLPGenerator(32, (64,), (128, 128))
    D = models.MLPDiscriminator((64,), (128, 128))
    config = TrainConfig(
        steps=MOMENTS[-1], latent_dim=32, lr_g=1e-3, lr_d=1e-3, betas=(0.5, 0.99), seed=seed
    )
    curve = []

    def look(state):
        if state.step in (0, *MOMENTS):
            curve.append({"step": state.step, **attacks(state.G, state.D, inside, outside)})

    batches = data.batches(inside, min(64, run), seed)
    game.train(G, D, batches, losses.NonSaturating(), config, callbacks=[look])
    return results.rounded({"curve": curve})


PRICES = {"no clipping": 0, "clipped": 0, "epsilon 10": 10, "epsilon 3": 3, "epsilon 1": 1}


def price(run: str, seed: int) -> dict:
    """A GAN of categories, with and without privacy; the noisy histogram beside it."""
    rows = RIDES.sample(PEOPLE, runtime.generator(500 + seed))
    cells = RIDES.cells(rows)
    x = torch.cat(
        [F.one_hot(c, size).float() for c, size in zip(RIDES.bins(rows).T, LEVELS)], dim=1
    )
    wanted, base = PRICES[run], private.Private(seed=seed)
    noise = private.noise_for(wanted, base.rate, base.steps, DELTA) if wanted else 0.0
    clip = 0.0 if run == "no clipping" else base.clip
    torch.manual_seed(seed)
    G, D = private.Choices(LEVELS), private.small_critic(sum(LEVELS))

    def distance() -> float:
        drawn = G.sample(DRAWN, runtime.generator(600 + seed))
        return tabular.total_variation(tabular.cell_numbers(drawn, LEVELS), EXACT)

    with torch.random.fork_rng():  # the run does not depend on this look
        untrained = distance()
    start = time.process_time()
    private.play(G, D, x, private.Private(clip=clip, noise=noise, seed=seed))
    spent = time.process_time() - start
    found = {"tv": distance(), "untrained": untrained, "noise": noise, "seconds": spent}
    if wanted:
        shares = private.noisy_shares(
            cells, len(EXACT), wanted, DELTA, runtime.generator(700 + seed)
        )
        found["histogram"] = float((shares - EXACT).abs().sum() / 2)
    return results.rounded(found)


EXPERIMENTS = {
    "parts": (parts, list(PARTS)),
    "plain": (plain, ["fresh rows", *tabular.PLAIN]),
    "real": (real, ["real rows", "CTGAN", *tabular.PLAIN]),
    "strange": (strange, ["all scores"]),
    "members": (members, list(SIZES)),
    "price": (price, list(PRICES)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--experiments", nargs="+", default=list(EXPERIMENTS), choices=EXPERIMENTS)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    options = parser.parse_args()
    device = runtime.start(threads=1, on="cpu")
    jobs = []
    for seed, name in itertools.product(options.seeds, options.experiments):
        work, runs = EXPERIMENTS[name]
        for run in runs:
            key = {"experiment": name, "run": run, "seed": seed}
            jobs.append((key, functools.partial(work, run, seed)))
    results.collect(ROWS, jobs, runtime.describe(device))


if __name__ == "__main__":
    main()
