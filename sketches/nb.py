import sys; sys.path.insert(0,"/tmp/n24")
from build import *
md("nb24-title", """
# 24 · Tables, anomalies, privacy

<!-- buttons: python book/buttons.py writes them -->
<!-- end of the buttons -->

Most data in the world are tables: a row is a patient, a ride, a payment. This notebook takes GANs there and asks three questions that tables bring with them. Can a GAN make rows that are worth anything? Can it tell a strange row from a usual one?
And what does it give away about the people whose rows it was trained on? Each question gets an answer in numbers, with a simple method beside the GAN. The simple method often wins, and you will see when.
""", S("", "Make rows, find strange rows, and say what a generator gives away.", notes="Three questions about one kind of data. For each there is a method without a GAN; keep score of who wins.\n", kind="title"))
CELLS[-1]["metadata"]["slide"].pop("title")
md("nb24-able", """
**You will be able to**

- turn rows of numbers and categories into vectors that a GAN can learn, by mode-specific normalisation;
- write CTGAN by hand: the conditional vector, training by sampling, Gumbel-softmax, packs;
- judge a synthetic table against a law that you know exactly, and a real one by what a classifier learns from it;
- score strange rows in three ways with a GAN and in three without, and choose a threshold honestly;
- attack a GAN: find out who was in its training set, and say what makes the attack easy;
- train a discriminator with differential privacy, compute its epsilon by hand, and say what it costs;
- tell which sentences about synthetic data are true.

**Expected time.** Reading and exercises: about 110 minutes. Running: about three minutes with profile `cpu` on two free cores; half a minute with `quick`.

If an import fails, run `gan-course doctor` in a terminal: it says what is missing.
""")
install()
code("nb24-setup", """
import math

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.mixture import BayesianGaussianMixture
from torch.nn import functional as F

from gan_course import (
    checks,
    data,
    game,
    losses,
    metrics,
    models,
    penalties,
    plots,
    pretrained,
    results,
    runtime,
)
from gan_course.chapters import outliers, private, tabular
from gan_course.config import TrainConfig, pick
from gan_course.results import cell, mean_error

device = runtime.start(seed=0, threads=1, on="cpu")  # networks of a few hundred neurons
stored = results.group(results.read(results.ROWS / "tabular.jsonl"), "experiment")
""")
code("nb24-rows", """
def rows_of(experiment, run):
    \"\"\"The rows of one run, one for each seed (benchmarks/tables_privacy.py).\"\"\"
    return [row for row in stored[(experiment,)] if row["run"] == run]


def column(experiment, run, name):
    return [row[name] for row in rows_of(experiment, run)]
""")
md("nb24-first", """
**Where this notebook leads.** Three answers, from stored runs over five seeds each. Left: how far synthetic tables are from the law of the data (lower is better). Middle: how well scores find malignant tumours among benign ones (higher is better). Right: how well an attacker tells who was in the training set of a GAN of digits (0.5 is guessing; an attacker wants more, you want less).
""")
code("nb24-lead", """
def lead():
    fig, (left, middle, right) = plots.figure(1, 3, height=3.2, width=9.5)
    bars = [("parts", "CTGAN"), ("plain", "Chow-Liu tree"), ("plain", "Gaussian copula")]
    bars.append(("plain", "independent columns"))
    for place, (experiment, run) in enumerate(bars):
        mean, error = mean_error(column(experiment, run, "tv"))
        colour = plots.FAKE if run == "CTGAN" else plots.NEUTRAL
        left.barh(place, mean, xerr=error, color=colour)
    names = ["CTGAN", "tree", "copula", "independent"]
    left.set_yticks(range(4), names)
    left.invert_yaxis()
    left.set(title="Tables", xlabel="total variation from the law")

    scores = column("strange", "all scores", "scores")
    shown = ("inversion", "encoder", "discriminator", "nearest neighbour", "one Gaussian")
    for place, name in enumerate(shown):
        mean, error = mean_error(s[name]["malignant"]["auc"] for s in scores)
        colour = plots.FAKE if place < 3 else plots.NEUTRAL
        middle.barh(place, mean, xerr=error, color=colour)
    middle.set_yticks(range(5), shown)
    middle.invert_yaxis()
    middle.set(xlim=(0.5, 1), title="Strange rows", xlabel="area under the ROC curve")

    for size, style in ((50, "-"), (150, "--"), (500, ":")):
        curves = column("members", size, "curve")
        steps = [point["step"] for point in curves[0]]
        means = np.mean([[point["critic"] for point in c] for c in curves], axis=0)
        label = f"{size} digits"
        right.plot(range(len(steps)), means, style, color=plots.DISC, label=label)
    right.set_xticks(range(len(steps)), steps)
    right.set(ylim=(0.45, 1.02), title="Membership", xlabel="steps")
    right.set_ylabel("attack by D's score")
    right.legend()
    alt = "Left: bars of total variation for CTGAN, a tree, a copula and independent "
    alt += "columns. Middle: bars of the area under the ROC curve of three scores by a "
    alt += "GAN and two plain ones. Right: the attack by D's score rises with the steps, "
    plots.show(fig, alt + "fastest for 50 digits.")


lead()
""", hide=True, slide=S("Three questions, three scores", minutes=2, notes="Do not explain the axes yet. Orange is a GAN, grey is a method without one. Who wins on the left? In the middle? On the right the attacker wins if the curve is high.\n"))

md("nb24-1", """
## 1. A table whose law we know

To judge a generator of rows we want to know the truth. So we invent a table: rides on hired bikes, with two categories (the kind of bike; whether the rider is a member) and two numbers (minutes, kilometres). Its law has what makes tables hard:

- a rare category: 3 % of the rides are on cargo bikes;
- a number with several modes: guests ride about 25 or about 75 minutes, members about 12 or 35, longer on a tandem and shorter on an electric bike;
- columns that depend on each other: the kilometres are the minutes times a speed that depends on the kind, plus noise.

Given the kind, the membership and one of two modes, minutes and kilometres are jointly Gaussian. So the probability of every **cell** (kind, membership, one of six bins of each number: 288 cells) is a sum of integrals of Gaussians, exact up to the integration.
""", S("A table whose law we know", "Rides on hired bikes\n\n- kind (4; the rarest has 3 %), member or guest\n- minutes: two modes, kilometres: minutes times speed, plus noise\n\n. . .\n\n288 cells, and the exact probability of each.", 3, "**Ask:** why invent a table? Because on a real one nobody knows the truth; you can only compare two samples.\n"))
code("nb24-law", """
rides = tabular.Rides()
train = rides.sample(5_000, runtime.generator(100))  # numbers (N, 2), classes (N, 2)
exact = rides.probabilities()  # (288,): kind, member, bin of minutes, bin of kilometres


def total_variation(rows):
    \"\"\"Half the sum over the cells of |share - probability|: from 0 to 1.\"\"\"
    shares = torch.bincount(rides.cells(rows), minlength=288).double() / len(rows)
    return 0.5 * (shares - exact).abs().sum().item()


for row in range(4):
    kind, member = train.classes[row].tolist()
    minutes, kilometres = train.numbers[row].tolist()
    who = "member" if member else "guest"
    print(f"{rides.kinds[kind]:8}  {who:6}  {minutes:5.1f} min  {kilometres:4.1f} km")
""", tags=("nbval-check-output",))
code("nb24-law-figure", """
COLOURS = (plots.REAL, plots.GREEN, plots.PURPLE, "black")


def rides_scatter(ax, rows, title):
    for k, kind in enumerate(rides.kinds):
        some = rows.numbers[rows.classes[:, 0] == k][:1_500]
        ax.scatter(*some.T, s=5, color=COLOURS[k], alpha=0.5, linewidths=0, label=kind)
    ax.set(xlim=(0, 140), ylim=(0, 32), xlabel="minutes", ylabel="kilometres", title=title)


fig, (left, right) = plots.figure(1, 2, height=3.2, width=9)
rides_scatter(left, train, "Rides, colour = kind")
left.legend(markerscale=3)
for member, colour, name in ((0, plots.NEUTRAL, "guests"), (1, plots.REAL, "members")):
    some = train.numbers[train.classes[:, 1] == member, 0]
    right.hist(some, bins=80, range=(0, 140), color=colour, alpha=0.6, label=name)
right.set(xlabel="minutes", ylabel="rides of 5,000", title="Several modes in one column")
right.legend()
alt = "Left: minutes against kilometres; the four kinds of bike lie on four lines of "
alt += "different slope, in clumps. Right: histograms of the minutes of guests and "
plots.show(fig, alt + "members, each with several peaks.")
""", hide=True, slide=S("Clumps on four lines", minutes=2, notes="Each kind has a speed, so a line. On each line the clumps are the modes. Ask what a single Gaussian would make of the right panel.\n"))
md("nb24-null", """
Before any generator is judged: what do samples get that we understand? Even fresh rows from the law itself do not score 0, because 20,000 rows fluctuate. Rows whose columns are drawn independently have all single columns right.

> **Predict.** Half of the total variation's range, or less: how far is a table with perfect columns and no relation between them?
""", S("How far is a table with perfect columns?", "Each column is drawn on its own, so each histogram is right.\n\nTotal variation from the law: 0 is exact, 1 has no cell in common.", 1, "Collect numbers. Many expect something small.\n", kind="question"))
code("nb24-nulls", """
stream = runtime.generator(1)
nulls = {
    "20,000 fresh rows from the law": rides.sample(20_000, stream),
    "5,000 fresh rows": rides.sample(5_000, stream),
    "the 5,000 training rows": train,
    "columns drawn independently": tabular.independent(train, 20_000, stream),
}
lines = []
for name, rows in nulls.items():
    lines.append({"rows": name, "total variation": f"{total_variation(rows):.3f}"})
uniform = 0.5 * (exact - 1 / 288).abs().sum().item()
lines.append({"rows": "all 288 cells alike", "total variation": f"{uniform:.3f}"})
plots.table(lines, "What the measure says of samples that we understand")
apart = nulls["columns drawn independently"]
alone, whole = tabular.column_distance(apart, train), total_variation(apart)
checks.claim(
    "independent columns: within 0.02 of the data each, the table further than 0.6",
    alone < 0.02 and whole > 0.6,
    f"columns {alone:.3f}, table {whole:.2f}",
)
""", slide=S("Every column right, the table wrong", minutes=2, notes="A report that shows histograms of single columns would call this table excellent. Ask for pairs.\n", show="output"))

md("nb24-2", """
## 2. Numbers with several modes

A generator ends in a tanh, so numbers must lie in $[-1, 1]$. The usual way is the plain range: subtract the middle, divide by half the range. For a column with clumps this is hard on G: it must place a narrow clump by the third digit of a tanh, and jump between clumps.

CTGAN (Xu et al. 2019) normalises **mode by mode**. A mixture of Gaussians is fitted to the column, with modes $\\mu_k, \\sigma_k$. A value $c$ is told as two things:

$$\\beta = \\text{the mode it belongs to, a one-hot}, \\qquad \\alpha = \\frac{c - \\mu_k}{4 \\sigma_k} .$$

The mode is *drawn* from the mixture's posterior for $c$, since clumps overlap. The mixture is a variational one: it is given ten modes and gives up those that it does not need.
""", S("Say the mode, then the place in it", "$$c \\;\\to\\; \\beta \\text{ (which mode, a one-hot)}, \\quad \\alpha = \\frac{c - \\mu_k}{4 \\sigma_k}$$\n\nG no longer has to hit a narrow clump by the third digit of a tanh.", 3, "The mode is drawn from the posterior. **Ask:** why 4 sigma? So that nearly all values lie in [-1, 1].\n"))
code("nb24-modes", """
minutes = train.numbers[:, 0]
scale = minutes.std()
mixture = BayesianGaussianMixture(
    n_components=10, weight_concentration_prior=1e-3, max_iter=200, tol=0.01, random_state=0
)
mixture.fit(minutes[:2_000, None].double() / scale)
used = mixture.weights_ > 0.005
mu = torch.tensor(mixture.means_[used, 0]).float() * scale
sigma = torch.tensor(mixture.covariances_[used, 0, 0] ** 0.5).float() * scale
weight = torch.tensor(mixture.weights_[used]).float()

# log(weight * density) of each value under each mode: (N, modes), up to a constant
log_joint = weight.log() - sigma.log() - ((minutes[:, None] - mu) / sigma) ** 2 / 2
k = torch.multinomial(log_joint.softmax(dim=1), 1, generator=stream)[:, 0]  # drawn
alpha = (minutes - mu[k]) / (4 * sigma[k])
back = mu[k] + 4 * sigma[k] * alpha
print(f"{used.sum()} modes kept of 10, at", mu.sort().values.numpy().round(1), "minutes")
print(f"there and back: largest error {(back - minutes).abs().max():.0e} minutes")
inside = (alpha.abs() < 1).float().mean()
print(f"{100 * inside:.2f} % of the alpha lie in (-1, 1)")
""")
code("nb24-modes-figure", """
fig, axes = plots.figure(1, 3, height=2.8, width=9.5)
plain = 2 * (minutes - minutes.min()) / (minutes.max() - minutes.min()) - 1
axes[0].hist(minutes, bins=100, density=True, color=plots.REAL, alpha=0.4)
grid = torch.linspace(0, 140, 500)
for m, s, w in zip(mu, sigma, weight):
    bell = w * torch.exp(-(((grid - m) / s) ** 2) / 2) / (s * math.sqrt(2 * math.pi))
    axes[0].plot(grid, bell, linewidth=1.5)
axes[0].set(xlabel="minutes", ylabel="density", title="The fitted modes")
panels = ((axes[1], plain, "Plain range"), (axes[2], alpha, "Alpha, in its mode"))
for ax, values, title in panels:
    ax.hist(values, bins=80, range=(-1, 1), color=plots.REAL, alpha=0.6)
    ax.set(xlabel="what G's tanh must give", title=title)
alt = "Left: a histogram of minutes with the fitted bells over it. Middle: the same "
alt += "column in the plain range, with narrow peaks. Right: alpha, one broad bump in the "
plots.show(fig, alt + "middle of the range.")
""", hide=True, slide=S("From many narrow peaks to one broad bump", minutes=2, notes="Middle: what a tanh must give without modes. Right: with them. The choice of the mode is now a category.\n"))

md("nb24-3", """
## 3. Categories: Gumbel-softmax, and asking for the rare one

Modes and categories are one-hots, and a choice has no slope (notebook [16](16_text_gan.ipynb), section 1). CTGAN uses the **Gumbel-softmax** of notebook 16 at temperature 0.2: add Gumbel noise to the logits, divide by the temperature, take the softmax. The result is near a one-hot, is random, and passes a gradient on.

The second trouble is rarity. With 3 % cargo bikes a batch of 500 rides holds 15 of them, and D hardly sees whether they are right. CTGAN lets G be *asked*:

- choose one of the categorical columns at random, then one of its categories. The **conditional vector** has a single 1, in the place of this category;
- G gets it beside $z$, and a cross-entropy is added to its loss, so that it gives what was asked;
- the real rows of the batch are chosen to *have* that category. This is **training by sampling**;
- a category with $n$ rows is asked for in proportion to $\\log(1 + n)$, so rare ones come more often than they are.

When rows are drawn in the end, the categories are asked for as often as the table has them.
""", S("Ask for the rare one", "- a **conditional vector**: one column, one category\n- G must give it (cross-entropy)\n- the real rows of the batch have it: **training by sampling**\n- asked in proportion to $\\log(1 + n)$", 3, "The batch no longer has the table's shares; at the end rows are asked for by the table's shares, which puts them right.\n"))
code("nb24-ask", """
counts = torch.bincount(train.classes[:, 0])
natural = counts / len(train)
asked = (1.0 + counts).log()
asked = asked / asked.sum()

asker = tabular.Asker(train, rides.levels)
ask, index = asker.draw(20_000, stream)  # (N, 4 + 2) one-hots, and real rows that fit
of_kind = ask[:, :4].sum(dim=1) == 1  # those that ask for a kind
seen = ask[of_kind, :4].mean(dim=0)
fits = (ask[:, :4].argmax(dim=1) == train.classes[index, 0])[of_kind].float().mean()
lines = []
for name, shares in (("in the table", natural), ("asked for", asked), ("drawn", seen)):
    lines.append({"kinds": name, **{k: f"{s:.3f}" for k, s in zip(rides.kinds, shares)}})
plots.table(lines, "Shares of the kinds, where a kind is asked for")
print(f"real rows that have what was asked: {100 * fits:.0f} %")
""", slide=S("From 3 % to a fifth", minutes=2, notes="Exercise 24.1: what share of cargo bikes does D see, when half of the questions are about membership?\n", show="output"))

md("nb24-4", """
## 4. The players, and one step

G has two hidden layers; each sees all that came before. D judges **packs** of ten rows (PacGAN, notebook [04](04_gan_2d_mode_collapse.ipynb)): one row of a collapsed G can look right, ten alike cannot. The loss is that of WGAN-GP, as in the paper (notebook [09](09_wasserstein_gan.ipynb) derives it). Sizes, rates and the shared forward pass are ours: width 64, Adam at 0.001.

`players` holds the two networks, their optimisers, the encoder and the asker; the step is written out here.
""", S("The players, and one step", "- G: z and the question, to a row's vector\n- D: packs of ten rows with their question\n- WGAN-GP, plus the cross-entropy of the question", 2, "Show the code of the next cell line by line: draw, make, pack, gap, penalty, D's step, G's step.\n"))
code("nb24-step", """
def step(players, pack=10):
    z, ask, real = players.draw()  # (500, 32), (500, 6), (500, width)
    raw = players.G(z, ask)
    pieces = []
    for kind, start, stop in players.G.spans:
        part = raw[:, start:stop]
        if kind == "tanh":
            pieces.append(part.tanh())
        else:
            gumbel = -torch.empty_like(part).exponential_().log()
            pieces.append(((part + gumbel) / 0.2).softmax(dim=1))
    made = torch.cat(pieces, dim=1)

    def packed(rows):  # ten rows, each with its question, are one sample of D
        return torch.cat([rows, ask], dim=1).reshape(len(ask) // pack, -1)

    real, fake = packed(real), packed(made.detach())
    gap = players.D(fake).mean() - players.D(real).mean()
    d_loss = gap + penalties.GradientPenalty(10.0)(players.D, real, fake)
    players.opt_d.zero_grad()
    d_loss.backward()
    players.opt_d.step()

    kinds, members = raw[:, -6:-2].log_softmax(1), raw[:, -2:].log_softmax(1)
    as_asked = -(ask * torch.cat([kinds, members], dim=1)).sum(dim=1).mean()
    g_loss = -players.D(packed(made)).mean() + as_asked
    players.opt_g.zero_grad()
    g_loss.backward()
    players.opt_g.step()


by_hand, packaged = (
    tabular.CTGAN(train, tabular.Settings(), rides.levels) for _ in range(2)
)
torch.manual_seed(1)
for _ in range(3):
    step(by_hand)
torch.manual_seed(1)
packaged.train(steps=3)
pairs = zip(by_hand.G.parameters(), packaged.G.parameters())
largest = max((a - b).abs().max().item() for a, b in pairs)
print(f"largest difference after three steps: {largest:.0e}")
""", slide=S("The step, written out", minutes=4, notes="Walk through. The only lines that notebook 09 does not have: pieces (the activations), packed, as_asked.\n", show="code", **{"from":"def step","to":"made = torch.cat"}))
md("nb24-live-words", """
Now the whole run, one seed, with as many steps as the stored run of this seed made. While it trains, we keep its losses.
""")
code("nb24-live", """
of_seed_0 = rows_of("parts", "CTGAN")[0]
steps = pick(quick=20, cpu=of_seed_0["steps"])
players = tabular.CTGAN(train, tabular.Settings(seed=0), rides.levels)
players.train(steps=steps)
made = players.sample(20_000)
print(f"{steps:,} steps: total variation {total_variation(made):.3f}")
""")
code("nb24-live-figure", """
fig, (left, right) = plots.figure(1, 2, height=3.3, width=9)
rides_scatter(left, rides.sample(5_000, runtime.generator(5)), "Fresh rides from the law")
rides_scatter(right, made.take(torch.arange(5_000)), "Rides that G made")
left.legend(markerscale=3)
alt = "Minutes against kilometres, coloured by kind, for rides from the law and for "
plots.show(fig, alt + "generated ones, which lie on similar lines.")
stored_tv = column("parts", "CTGAN", "tv")
low, high = min(stored_tv), max(stored_tv)
checks.claim(
    "the live run lies in the range of the five stored seeds, give or take 0.05",
    low - 0.05 < total_variation(made) < high + 0.05,
    f"{total_variation(made):.3f}; stored {low:.3f} to {high:.3f}",
    trained=True,
)
""", hide=True, slide=S("Rides that nobody took", minutes=2, notes="Ask for differences before you name one.\n"))
exec(open("/tmp/n24/nb_b.py").read())

save(sys.argv[1], sys.argv[2] if len(sys.argv)>2 else None)
