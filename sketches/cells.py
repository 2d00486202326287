title = copy.deepcopy(olds["cell-00"]["metadata"]["slide"])
title["text"] = "Derive each trick, write it in a few lines, and believe only what a fair table says."
md("cell-00", r'''
# 10 · Training tricks, derived and measured

Smooth the labels. Match the features. Look at the whole batch. Add noise. Normalise the weights. Keep old samples. Average. Lists of advice on GANs hold twenty such lines, and few of them say what the trick changes, why that should help, or how anybody knows that it did.

This notebook takes the tricks one family at a time. Each is derived and written in a few lines. Then all of them meet the same task, one at a time, over several seeds, against twenty runs of the plain game. What survives is put together and tried on two tasks that had no say in the choice.
''', title)
md("cell-01", r'''
**You will be able to**

- derive the best discriminator under smoothed labels, and say why only one side is smoothed;
- show a discriminator a collapse that no single sample reveals, in three ways;
- write spectral normalisation with power iteration, and compare what noise, normalisation, $R_1$ and $R_2$ do to D's slope;
- tell historical averaging from averaging gradients, and both from weight averages;
- read an ablation table: null rows, budgets, controls, and what many comparisons do to a p-value;
- recompute any row.

**Expected time.** Reading and exercises: about 85 minutes. Running: about two minutes with profile `cpu`, most of it in section 8; seconds with `quick`. You need notebooks [04](04_gan_2d_mode_collapse.ipynb) and [05](05_game_dynamics.ipynb), and [09](09_wasserstein_gan.ipynb) for the penalties.

If an import fails, run `gan-course doctor` in a terminal: it says what is missing.
''')
code("cell-02", r'''
import numpy as np
import torch
from scipy import stats
from torch.nn.functional import normalize, softplus

from gan_course import checks, game, losses, models, penalties, plots, results, runtime
from gan_course.chapters import ablation, tricks
from gan_course.config import pick

# the grid's nets are fastest on one CPU thread
device = runtime.start(seed=0, threads=1, on="cpu")
''')
bets = copy.deepcopy(olds["cell-03"]["metadata"]["slide"])
bets[0]["text"] = "*With this change, and nothing else changed, the samples get better.*\n\n- a **plain** game: non-saturating loss, Adam, equal rates\n- **one task to choose**, the grid of 25 modes; **two to confirm**, digits and faces\n- one trick at a time, at **one** strength, scored at **four budgets**\n- null rows, and twenty seeds of the plain game\n"
md("cell-03", r'''
## The experiment first

A trick is a hypothesis: *with this change, and nothing else changed, the samples get better*. To test it we need a plain game that works, a budget, numbers, and seeds.

- **Grid.** The 25 Gaussians of notebook 04, in units of their spacing; three layers of 128 for both players. Here the tricks are chosen.
- **Digits and faces.** MNIST with a small convolutional pair that is told the digit; cartoon faces without labels. Here the choice is tried.
- **Plain** is the non-saturating loss with Adam at equal, constant rates, and nothing more. Each trick is added to it alone, at *one* strength, that of its paper or of an earlier notebook where these give one. Strengths that depend on the scale of the data (noise, slopes, $R_1$) are scaled to it.

The runs take an hour, so `benchmarks/tricks.py` ran them once. Its rows are part of the course.
''', bets)
code("cell-04", r'''
table = {}
for row in results.read(results.ROWS / "tricks.jsonl"):
    table[row["task"], row["trick"], row["seed"]] = row


def runs(task, trick):
    """The rows of a trick that have an end (a run that diverged has none)."""
    found = [row for (t, n, _), row in table.items() if (t, n) == (task, trick)]
    return [row for row in found if "diverged" not in row]


for task, plan in ablation.TASKS.items():
    mine = [row for row in table.values() if row["task"] == task]
    kinds = {row["trick"] for row in mine}
    steps = f"{plan.config.steps:,} steps of batch {plan.batch_size}"
    print(f"{task}: {len(mine)} runs of {len(kinds)} games, {steps}")
''')
question = copy.deepcopy(olds["cell-05"]["metadata"]["slide"])
question[0]["text"] = question[0]["text"].replace("**Three that help on the grid, three on digits, one that hurts?**", "**Three that help on the grid, and one that hurts?**")
s5 = "".join(olds["cell-05"]["source"])
s5 = s5.replace("> **Predict.** Write down three tricks that will help on the grid, three that will help on digits, and one that will hurt. Section 6 has the answers.", "> **Predict.** Write down three tricks that will help on the grid, and one that will hurt. Section 6 has the answers. The list: label smoothing on one side or on both, feature matching, minibatch discrimination, minibatch deviation, packing, instance noise, spectral normalisation, $R_1$, $R_1$ with $R_2$, LeCam's penalty, five steps of D, two time scales, weight average, historical averaging, falling learning rates, replay of old fakes, the relativistic loss.")
md("cell-05", s5, question)
code("cell-06", r'''
x = torch.linspace(-4, 4, 801, dtype=torch.float64)


def bump(centre):
    """A density around the centre, up to a factor that all of them share."""
    return torch.exp(-0.5 * ((x - centre) / 0.5) ** 2)


def best_score(*terms):
    """The score at each x that minimises the sum of density * (softplus(s) - t * s).

    terms: (density, target t) pairs. The slope of the sum grows with s, so halving the
    interval finds its zero.
    """
    low, high = torch.full_like(x, -60), torch.full_like(x, 60)
    for _ in range(80):
        s = (low + high) / 2
        slope = sum(w * (s.sigmoid() - target) for w, target in terms)
        low = torch.where(slope < 0, s, low)
        high = torch.where(slope < 0, high, s)
    return (low + high) / 2


p, q = bump(2.0), bump(-1.5)
targets = {"plain": (1.0, 0.0), "one-sided": (0.9, 0.0), "two-sided": (0.9, 0.1)}
scores = {name: best_score((p, a), (q, b)) for name, (a, b) in targets.items()}
''')
push_slide = copy.deepcopy(olds["cell-07"]["metadata"]["slide"])
hid("cell-07", r'''
push = {}
for name, s in scores.items():
    push[name] = (1 - s.sigmoid()) * torch.gradient(s, spacing=(x,))[0]
fig, (left, right) = plots.figure(1, 2, height=3.3)
looks = {
    "plain": (plots.DISC, "-", 3.5),
    "one-sided": (plots.GREEN, "--", 1.8),
    "two-sided": (plots.PURPLE, "-", 1.8),
}
for name, (colour, dash, width) in looks.items():
    look = {"color": colour, "linestyle": dash, "linewidth": width}
    left.plot(x, scores[name].sigmoid(), label=name, **look)
    right.semilogy(x, push[name].clamp(min=1e-20), **look)
for density, colour in ((p, plots.REAL), (q, plots.FAKE)):
    left.fill_between(x, density * 0.5, color=colour, alpha=0.25, linewidth=0)
    right.axvspan(*x[density > 0.6][[0, -1]], color=colour, alpha=0.25, linewidth=0)
left.set(xlabel="x", ylabel="D*(x)", title="The best D", xlim=(-3, 3), ylim=(0, 1.25))
right.set(xlabel="x", ylabel="push on a fake at x", xlim=(-3, 3), ylim=(1e-12, 100))
right.set(title="Two-sided: no push at the fakes", yticks=[1e-12, 1e-8, 1e-4, 1])
left.legend(loc="upper left")
alt = "Left: the best discriminator for data around 2 and fakes around minus 1.5; with "
alt += "two-sided smoothing it levels off at 0.1 at the fakes. Right: the push on a "
alt += "fake, on a log scale. Plain and one-sided agree at the fakes; two-sided falls "
alt += "to nothing there."
plots.show(fig, alt)
here = int((x + 1.5).abs().argmin())
ratio = {name: float(push[name][here] / push["plain"][here]) for name in targets}
kept, lost = ratio["one-sided"], ratio["two-sided"]
sentence = "one-sided smoothing leaves the push at the fakes, two-sided takes it away"
said = f"{kept:.3f} and {lost:.0e} of the plain push"
checks.claim(sentence, abs(kept - 1) < 0.01 and lost < 1e-6, said)
least = min(float(v.min()) for v in push.values())
sentence = "but the push is nowhere turned round"
checks.claim(sentence, least > -1e-9, f"least {least:.0e}")
''', push_slide)
md("cell-08", r'''
Where $p$ is near 0, the two-sided $D^*$ is $b$: flat. A fake there is told that it is found out, and not where to go. This is why Salimans et al. (2016) smooth one side only.

Their own explanation of two-sided smoothing is that G is drawn to points where the data are rare and its own samples many. In the best D the push never changes its sign, because $D^*$ still grows with $p/q$. It only vanishes, and what vanishes is the message that matters most.

These are statements on the best D. A D in training is not there, and section 6 shows how much of this is visible in samples.
''')
md("cell-10", r'''
### Exercise 10.1: undo the smoothing

The best D knows the density ratio: without smoothing $p/q = D^*/(1 - D^*)$. Given the output `D` of the best discriminator with targets $a$ and $b$, return $p/q$.
''')
code("cell-11", "".join(olds["cell-11"]["source"]), tags=("exercise",))
s12 = "".join(olds["cell-12"]["source"])
md("cell-12", s12)
deviation = copy.deepcopy(olds["cell-13"]["metadata"]["slide"])
code("cell-13", r'''
def deviation(f):  # (N, d) -> (N, d + 1)
    spread = f.std(dim=0, correction=0).mean()
    return torch.cat([f, spread.expand(len(f), 1)], dim=1)


def closeness(f, T):  # f: (N, d), T: (d, kernels, dim) -> (N, d + kernels)
    M = torch.einsum("nd,dkm->nkm", f, T)
    apart = (M[:, None] - M[None]).abs().sum(dim=3)  # (N, N, kernels)
    others = torch.exp(-apart).sum(dim=1) - 1  # without the sample itself, which adds 1
    return torch.cat([f, others], dim=1)


def side_by_side(x):  # (N, d) -> (N / 2, 2 d)
    return x.reshape(len(x) // 2, -1)


def matching(f_real, f_fake):
    return ((f_real.mean(dim=0) - f_fake.mean(dim=0)) ** 2).sum()
''', deviation)
hid("cell-14", r'''
f, other = torch.randn(2, 32, 2, generator=runtime.generator(1))
layer = tricks.MinibatchDiscrimination(2, kernels=5, dim=3)
T = layer.project.weight.T.unflatten(1, (5, 3))
D, wide = models.MLPDiscriminator((2,), (16,)), models.MLPDiscriminator((4,), (16,))
by_hand = [
    deviation(f),
    closeness(f, T),
    wide(side_by_side(f)),
    matching(D.features(f), D.features(other)),
]
imported = [
    tricks.MinibatchStd()(f),
    layer(f),
    models.Packed(wide, 2)(f),
    tricks.FeatureMatching(1.0)(D, f, other),
]
gap = max((a - b).abs().max().item() for a, b in zip(by_hand, imported))
print(f"by hand against the package's layers: largest difference {gap:.0e}")
assert gap < 1e-5
''')
md("cell-15", "".join(olds["cell-15"]["source"]), KEEP)
code("cell-16", r'''
grid = ablation.GRID


def blob(generator, n=64):
    """A whole batch in one mode, which is drawn anew for each batch."""
    mode = torch.randint(25, (1,), generator=generator)
    return grid.means[mode] + grid.stds[0] * torch.randn(n, 2, generator=generator)


steps = pick(quick=10, cpu=500)


def judge(build, seed):
    """Train D on diverse against collapsed batches.

    Returns the share of right verdicts over the last 100 steps, and D.
    """
    torch.manual_seed(seed)
    g, D, right = runtime.generator(seed), build(), []
    optimiser = torch.optim.Adam(D.parameters(), 2e-3)
    for _ in range(steps):
        # two calls: D must not see both kinds in one batch
        real, fake = D(grid.sample(64, g)), D(blob(g))
        optimiser.zero_grad()
        losses.NonSaturating().discriminator(real, fake).backward()
        optimiser.step()
        # these scores are from before the step: the batches were new to D
        right.append(torch.cat([real > 0, fake < 0]).float().mean().item())
    return np.mean(right[-100:]), D


def plain(inputs=2):
    return models.MLPDiscriminator((inputs,), (64, 64), activation="relu")


def with_deviation():
    return tricks.before_score(plain(), tricks.MinibatchStd())


def with_closeness():
    return tricks.before_score(plain(), tricks.MinibatchDiscrimination(64, kernels=8))


def with_pairs():
    return models.Packed(plain(4), 2)


builders = {
    "one by one": plain,
    "minibatch deviation": with_deviation,
    "minibatch discrimination": with_closeness,
    "packing of two": with_pairs,
}
judged = {}
for name, build in builders.items():
    judged[name] = [judge(build, seed) for seed in range(pick(quick=1, cpu=3))]
''')
hid("cell-17", r'''
shares = {name: [100 * share for share, _ in found] for name, found in judged.items()}
fig, (left, right) = plots.figure(1, 2, height=3.2, width_ratios=(2, 3))
for seed, colour in enumerate((plots.FAKE, plots.PURPLE, plots.GREEN)):
    left.scatter(*blob(runtime.generator(seed)).T, s=8, color=colour)
left.scatter(*grid.means.T, s=60, facecolors="none", edgecolors=plots.REAL)
left.set(xlabel="$x_1$", ylabel="$x_2$", title="Three batches", aspect="equal")
for i, found in enumerate(shares.values()):
    right.scatter(found, [3 - i] * len(found), color=plots.DISC, s=40)
right.axvline(50, color=plots.NEUTRAL, linestyle=":")
right.set(yticks=range(3, -1, -1), yticklabels=shares, xlim=(40, 102))
right.set(xlabel="right verdicts, %", title="Who sees the collapse?")
means = ", ".join(f"{name} {np.mean(found):.0f}" for name, found in shares.items())
alt = "Left: three collapsed batches, each in one of the 25 modes of the grid. Right: "
plots.show(fig, alt + f"percent of right verdicts of four discriminators: {means}.")
''', KEEP)
hid("cell-18", r'''
said = {name: results.cell(found, 1) + " %" for name, found in shares.items()}
one = np.mean(shares["one by one"])
holds = abs(one - 50) < 8
checks.claim("one by one, D guesses", holds, said["one by one"], trained=True)
for name, bar in (
    ("minibatch deviation", 65),
    ("minibatch discrimination", 95),
    ("packing of two", 94),
):
    holds = np.mean(shares[name]) > bar
    checks.claim(f"{name}: over {bar} % are right", holds, said[name], trained=True)
g, f = runtime.generator(9), judged["one by one"][0][1].features
collapsed, diverse = 0.0, 0.0
for _ in range(50):
    collapsed += matching(f(grid.sample(64, g)), f(blob(g))).item()
    diverse += matching(f(grid.sample(64, g)), f(grid.sample(64, g))).item()
ratio = (collapsed / diverse) ** 0.5  # matching squares the distance
sentence = "feature matching sees it in the features of the D that guesses"
said = f"{ratio:.0f} times as far apart as two real batches"
checks.claim(sentence, ratio > 1.7, said, trained=True)
''')
md("cell-19", r'''
Pairs come near $(1 + 24/25)/2 = 98\,\%$: a real pair is recognised 24 times in 25, a collapsed pair always.

Two cautions. Real and fake batches must go through such a D *apart*: in one mixed batch the deviation is the same for all and tells nothing (`game` looks for the flag `batch_statistics` and makes two calls). And to see a collapse is not to cure it: a G that jumps from mode to mode is still jumping when D sees each batch.

### Exercise 10.2: deviation in groups

The code of Karras et al. computes the deviation in groups of four, so that one batch gives several verdicts. Given features `f` (N, d) and a group size that divides N, append to each row the deviation *of its group* (neighbouring rows form a group): (N, d + 1). Use the biased deviation, as above.
''')
code("cell-20", "".join(olds["cell-20"]["source"]), tags=("exercise",))
md("cell-21", "".join(olds["cell-21"]["source"]), KEEP)
code("cell-22", r'''
def top_singular(W, rounds, seed=0):
    u = torch.randn(len(W), generator=runtime.generator(seed))
    for _ in range(rounds):
        v = normalize(W.T @ u, dim=0)
        u = normalize(W @ v, dim=0)
    return u @ W @ v


W = torch.randn(64, 128, generator=runtime.generator(2))
exact = torch.linalg.svdvals(W)[0]
for rounds in (1, 10, 100):
    share = float(top_singular(W, rounds) / exact)
    print(f"after {rounds} rounds: {share:.4f} of the largest singular value")
''', KEEP)
md("cell-23", r'''
In training one round per step is enough: the weights hardly move between two steps, and the vector is kept.

The third family is a **penalty** on the slope: $R_1 = \tfrac{\gamma}{2}\,\mathbb{E}\lVert\nabla s(x)\rVert^2$ at the data, $R_2$ at the fakes (notebooks [05](05_game_dynamics.ipynb) and [09](09_wasserstein_gan.ipynb)). By hand it is two lines: `slope, = torch.autograd.grad(D(x).sum(), x, create_graph=True)` and `gamma / 2 * (slope ** 2).sum(dim=1).mean()`.

Now the extreme case: data at $1 \pm 0.05$, fakes at $-1 \pm 0.05$. G stands still, D trains on and on.

> **Predict.** Where does $R_1$ leave a slope? Where does $R_1 + R_2$?

About ten seconds.
''', KEEP)
code("cell-24", r'''
line = torch.linspace(-2.5, 2.5, 201)[:, None]
R1, R2 = penalties.ZeroCentered(1.0, "real"), penalties.ZeroCentered(1.0, "fake")
terms = {"R1": [R1], "R1 and R2": [R1, R2]}


def fit(kind):
    """Train D on two narrow bumps.

    Returns scores and slopes on `line` after a quarter of the steps and at the end.
    """
    torch.manual_seed(0)
    g, D, kept = runtime.generator(0), models.MLPDiscriminator((1,), (64, 64)), []
    if kind == "spectral norm":
        D = models.spectral_norm(D)
    if kind == "noise 0.5":
        D = models.InstanceNoise(D, 0.5)
    optimiser = torch.optim.Adam(D.parameters(), 1e-3, betas=(0.5, 0.99))
    for step in range(1, 2 * steps + 1):
        real = 1 + 0.05 * torch.randn(64, 1, generator=g)
        fake = -1 + 0.05 * torch.randn(64, 1, generator=g)
        loss = losses.NonSaturating().discriminator(D(real), D(fake))
        for term in terms.get(kind, []):
            loss = loss + term(D, real, fake)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step in (steps // 2, 2 * steps):
            D.eval()
            slope = penalties.input_gradient(D, line).detach()[:, 0]
            kept.append((D(line).detach(), slope))
            D.train()
    return kept


kinds = ("plain", "noise 0.5", "spectral norm", "R1", "R1 and R2")
fitted = {kind: fit(kind) for kind in kinds}
''')
slopes_slide = copy.deepcopy(olds["cell-25"]["metadata"]["slide"])
hid("cell-25", r'''
fig, (left, right) = plots.figure(1, 2, height=3.4)
colours = (plots.DISC, plots.PURPLE, plots.NEUTRAL, plots.GREEN, plots.REAL)
for kind, colour in zip(fitted, colours):
    s, slope = fitted[kind][-1]
    left.plot(line, s, color=colour, label=kind)
    right.plot(line, slope, color=colour, linewidth=1.5)
for ax in (left, right):
    ax.axvline(-1, color=plots.FAKE, linestyle=":")
    ax.axvline(1, color=plots.REAL, linestyle=":")
left.set(xlabel="x", ylabel="score s(x)", title="Scores, trained alike")
right.set(xlabel="x", ylabel="slope", title="And their slopes")
right.axhline(0, color=plots.NEUTRAL, linewidth=0.8)
left.legend(loc="lower right", fontsize=9)
alt = "Left: scores of five discriminators, with data at 1 and fakes at minus 1. "
alt += "The plain one is steepest, the one with R1 is flat at the data only, spectral "
alt += "norm and R1 with R2 stay near 0. Right: their slopes, negative where it falls."
plots.show(fig, alt)
at = {}  # the slopes at -1 (fakes) and at 1 (data), after a quarter and at the end
for kind, found in fitted.items():
    at[kind] = [slope[[60, 140]].numpy() for _, slope in found]
early, late = (slopes[0] for slopes in at["plain"])
said = f"{early:.1f} to {late:.1f}"
sentence = "plain: the slope at the fakes keeps growing"
checks.claim(sentence, late > 1.2 * early, said, trained=True)
steepest = float(fitted["spectral norm"][-1][1].abs().max())
sentence = "spectral norm: the slope is nowhere above 1"
checks.claim(sentence, steepest < 1.05, f"{steepest:.3f}", trained=True)
(fake, real), both = at["R1"][-1], at["R1 and R2"][-1]
sentence, said = "R1: flat at the data, steep at the fakes", f"{real:.2f}, {fake:.2f}"
checks.claim(sentence, abs(real) < 1 < 3 < fake, said, trained=True)
sentence, said = "R1 and R2: gentle at both", f"{both[1]:.2f}, {both[0]:.2f}"
checks.claim(sentence, abs(both).max() < 2, said, trained=True)
''', slopes_slide)
noise_slide = copy.deepcopy(olds["cell-26"]["metadata"]["slide"])
md("cell-26", r'''
The four are not the same trick. Noise gives the best D a finite slope, here $2/(0.5^2 + 0.05^2) \approx 8$. Normalisation bounds it *everywhere*, also where D ought to be steep: modes of the grid are 0.025 wide, and over that distance a D of slope 1 changes its score by 0.025. The table of section 6 therefore tries three bounds, 1, 10 and 100. $R_1$ acts at the data alone, and leaves the push on far fakes. $R_1$ with $R_2$ weakens D everywhere that matters.

A newer penalty does not look at slopes at all. **LeCam** (Tseng et al. 2021) holds D's score of each real sample near a running mean of its scores of *fakes*, and the other way round: $\lambda\,\mathbb{E}\,(s(x) - \alpha_F)^2 + \lambda\,\mathbb{E}\,(s(G(z)) - \alpha_R)^2$. D pays for every gap between the two means.

## 4. Change the pace

Notebook 05 found which players circle and which arrive. Here are its tools as tricks:

- **several D steps** and **two time scales** keep D nearer to its best. They cost time, or stability, or nothing; that is a measurement.
- the **weight average** leaves the game as it is and averages G over its path. **Falling rates** let the players settle at the end.
- **historical averaging** (Salimans et al. 2016) adds $w\,\lVert \theta - \tfrac1t\sum_{i<t} \theta_i \rVert^2$ to a player's loss: stay near the mean of your own past.

**A mistake found in tutorials** (number 14 on the site's page of errata): "historical averaging means averaging the gradients". That is another algorithm. On the game $xy$ all three fit in one function.

> **Predict.** Alternating updates of $xy$ run round on an oval. What does the penalty make of it, and what does the mean of all past gradients?
''', noise_slide)
code("cell-27", r'''
def play(kind, eta=0.1, steps=2000, weight=0.5):
    """Alternating updates of x y from (1, 1).

    Returns the path (steps + 1, 2), and the mean of the path so far.
    """
    w, past, mean_gradient = np.ones(2), np.ones(2), np.zeros(2)
    path = [w.copy()]
    for t in range(1, steps + 1):
        before = w.copy()
        for i, sign in ((1, 1), (0, -1)):  # y climbs, then x descends
            move = sign * w[1 - i]
            if kind == "historical":
                move -= weight * 2 * (w[i] - past[i])  # minus the penalty's slope
            if kind == "gradients":
                mean_gradient[i] += (move - mean_gradient[i]) / t
                move = mean_gradient[i]
            w[i] += eta * move
        past += (before - past) / t
        path.append(w.copy())
    path = np.array(path)
    count = np.arange(1, steps + 2)[:, None]
    return path, path.cumsum(axis=0) / count


plain_path, averaged = play("plain")
paths = {
    "plain": plain_path,
    "mean of the plain path": averaged,
    "historical averaging": play("historical")[0],
    "mean of past gradients": play("gradients")[0],
}
radii = {name: np.linalg.norm(path, axis=1) for name, path in paths.items()}
''')
hid("cell-28", r'''
fig, ax = plots.figure(height=3.1)
for (name, r), colour in zip(
    radii.items(), (plots.DISC, plots.REAL, plots.GREEN, plots.FAKE)
):
    ax.loglog(np.arange(1, len(r) + 1), r, color=colour, label=name)
ax.set(xlabel="step", ylabel="distance from the solution", ylim=(1e-3, 1e4))
ax.set(title="Averages of weights come nearer; that of gradients diverges")
ax.legend(loc="upper left")
alt = "Distance from the solution of the game x y on logarithmic axes. Plain updates "
alt += "stay near 1.4, the mean of their path falls fastest, historical averaging falls "
alt += "slowly, "
plots.show(fig, alt + "and averaging the gradients grows without bound.")
_, mean_path, historical, gradients = (float(r[-1]) for r in radii.values())
said = f"{mean_path:.4f}, {historical:.3f}, {gradients:.0e}"
sentence = "the mean path and the penalty come nearer, the mean of gradients leaves"
checks.claim(sentence, mean_path < historical < 0.2 and gradients > 1e3, said)
''', KEEP)
md("cell-29", r'''
The penalty damps like friction towards a point that itself drifts to the middle: slow, but inwards. The mean of all past gradients adds up directions that pointed the right way when the players stood elsewhere; by the time it acts, they are wrong.

### Exercise 10.3: the penalty of historical averaging

`path` (T, d) holds a player's parameters before each of its updates. Return the T values of the penalty: $w$ times the squared distance to the mean of all *earlier* rows. The first row has no past; its value is 0.
''')
code("cell-30", "".join(olds["cell-30"]["source"]), tags=("exercise",))
md("cell-31", r'''
<details><summary>Hint</summary>

`path.cumsum(dim=0)` divided by 1, 2, 3, ... gives the means with the row itself. Which of these does row $t$ need?

</details>

### Replay: D remembers

In the collapse of notebook 04 that travels round the ring, D forgets. When G leaves a mode, no fake is left there, D rises to 1, and G comes back. **Replay** (Shrivastava et al. 2017) shows D a batch of *old* fakes too, with weight $w$. By the derivation of section 1, $D^* = p/(p + q + w\,q_\text{old})$.
''')
code("cell-32", r'''
# two modes; G is at 2 now and was at -2
p, q, q_old = 0.5 * bump(-2.0) + 0.5 * bump(2.0), bump(2.0), bump(-2.0)
forgets = best_score((p, 1.0), (q, 0.0))
remembers = best_score((p, 1.0), (q, 0.0), (0.5 * q_old, 0.0))
left_mode = (x + 2).abs().argmin()
for name, s in (("without replay", forgets), ("with replay", remembers)):
    print(f"{name}: at the mode that G left, D* = {s[left_mode].sigmoid():.3f}")
''', KEEP)
md("cell-33", "".join(olds["cell-33"]["source"]))
code("cell-34", r'''
g = runtime.generator(3)
p9, q9 = (0.1 + torch.rand(2, 9, dtype=torch.float64, generator=g)).softmax(dim=1)
s = (p9 / q9).log().requires_grad_()
# rows: real x, columns: fake y
pair_loss = (p9[:, None] * q9[None] * softplus(s[None] - s[:, None])).sum()
(slope,) = torch.autograd.grad(pair_loss, s)
print(f"at s = log p/q the slope of the loss is {slope.abs().max():.0e} at most")
real_scores, fake_scores = 3 * torch.randn(2, 500, generator=runtime.generator(0))
for loss in (losses.NonSaturating(), losses.Relativistic()):
    as_is, moved = (
        loss.discriminator(real_scores + shift, fake_scores + shift) for shift in (0, 5)
    )
    name = type(loss).__name__
    print(f"{name}: {as_is:.4f}, with 5 added to every score {moved:.4f}")
''', KEEP)
md("cell-35", r'''
G's loss is $\mathrm{softplus}(s(x) - s(y))$ for pairs. The hope: each fake is held against a real sample, so one good spot is not enough. Huang et al. (2024) pair this loss with $R_1$ *and* $R_2$, and build R3GAN on it, with a network of its own. Both halves of the loss stand in the table, alone and together.
''')
exec(open("sketches/cells2.py", encoding="utf-8").read())
