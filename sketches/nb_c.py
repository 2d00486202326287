md("nb24-8", """
## 8. Strange rows

Now G learns from usual rows only, the benign tumours, and a row is to be called strange if it is not of that kind. Notebook [12](12_latent_space.ipynb), section 8, did this with digits and a generator alone. Here we have the whole pair, so there are three scores:

- **inversion**: the distance from the row to the nearest $G(z)$ that gradient descent finds (four searches; the best counts). Schlegl et al. (2017);
- **an encoder** $E$ that was trained, on usual rows, to send a row to a $z$ that draws it: $\\lVert G(E(x)) - x \\rVert$ (after Schlegl et al. 2019);
- **the discriminator**: $-D(x)$. It costs nothing, and has a catch: D was trained to tell usual rows from *G's* rows. About rows that neither the data nor G ever give, its training says nothing.

And four without a GAN: the distance to the **nearest** training row; an **isolation forest** (Liu et al. 2008: strange rows are cut off by few random cuts); the distance from the mean of **one Gaussian**, in its own covariance; and, as a null row, the first column alone, the radius.

Two kinds of strange rows. *Malignant* tumours. And *mixed* rows: benign test rows whose columns were shuffled one by one, so that each column is usual and the relations are broken.

> **Predict.** Which score finds malignant tumours best? Which finds the mixed rows? What will the radius alone reach in each case?
""", S("Strange rows: seven scores", "With a GAN of usual rows: inversion, encoder, $-D(x)$.\n\nWithout: nearest row, isolation forest, one Gaussian, **the radius alone**.\n\n- malignant tumours among benign ones\n- mixed rows: each column is usual, the relations are broken", 3, "Let them choose a winner for both kinds. The last score is the null row: a single number.\n", kind="question"))
code("nb24-strange", """
def scale(rows, like):
    return (rows - like.mean(dim=0)) / like.std(dim=0)


benign = table.numbers[table.classes[:, 0] == 0]
benign = benign[torch.randperm(len(benign), generator=runtime.generator(0))]
usual = benign[:200]  # all that the scores learn from
held_out = scale(benign[200:270], usual)  # chooses the threshold
test = scale(benign[270:], usual)
malignant = scale(table.numbers[table.classes[:, 0] == 1], usual)
shuffle = runtime.generator(400)
mixed = [c[torch.randperm(len(test), generator=shuffle)] for c in test.T]
mixed = torch.stack(mixed, dim=1)
usual = scale(usual, usual)

steps = pick(quick=50, cpu=2_000)
run = outliers.pair(usual, steps, seed=0)  # G and D of three layers, width 64
G, D = run.generator, run.discriminator.eval()
E = outliers.encoder(G, usual, steps, seed=0)


@torch.no_grad()
def by_encoder(rows):
    return (G(E(rows)) - rows).norm(dim=1)


@torch.no_grad()
def by_critic(rows):
    return -D(rows)


def by_inversion(rows):
    return outliers.inversion(G, rows, starts=4, steps=pick(quick=5, cpu=150))


scores = {"inversion": by_inversion, "encoder": by_encoder, "discriminator": by_critic}
scores |= outliers.plain(usual, seed=0)
sets = {"held out": held_out, "test": test, "malignant": malignant, "mixed": mixed}
found = {name: {k: score(x) for k, x in sets.items()} for name, score in scores.items()}
""")
md("nb24-strange-judge", """
Three numbers for each score. The **area** under the ROC curve, as in notebook 12: the chance that a strange row has the larger score. The **average precision**: go down the list from the largest score and average, over the strange rows met, the share of strange ones so far; unlike the area it depends on how many strange rows there are (212 malignant among 87 usual test rows here; a score that guesses gets their share).
And what a user needs, a **threshold**: the value that 95 % of the *held-out* usual rows stay below. It must not be chosen on rows that test it, nor on training rows, which the scores know.
""")
code("nb24-strange-table", """
kept = column("strange", "all scores", "scores")
lines = []
for name in scores:
    line = {"score": name}
    for kind in ("malignant", "mixed"):
        titles = (("auc", "area"), ("precision", "precision"), ("found", "found"))
        for key, title in titles:
            line[f"{kind}: {title}"] = cell([s[name][kind][key] for s in kept], 2)
    alarms = [s[name]["malignant"]["false_alarms"] for s in kept]
    lines.append(line | {"false alarms": cell(alarms, 2)})
plots.table(lines, "Mean ± standard error over five splits; threshold from held-out rows")
""", hide=True, slide=S("Areas, precision, and one threshold", minutes=4, notes="STRANGE_NOTES\n"))
code("nb24-strange-figure", """
fig, axes = plots.figure(1, 2, height=3.5, width=9)
colours = (plots.FAKE, plots.PURPLE, plots.DISC, plots.REAL, plots.GREEN, "#B8860B")
for ax, kind in zip(axes, ("malignant", "mixed")):
    for (name, s), colour in zip(found.items(), (*colours, plots.NEUTRAL)):
        cuts = torch.cat([s["test"], s[kind]]).double().sort(descending=True).values
        false, true = ((s[k] > cuts[:, None]).double().mean(1) for k in ("test", kind))
        style = "-" if name in ("inversion", "encoder", "discriminator") else "--"
        ax.plot(false, true, style, color=colour, label=name, drawstyle="steps-post")
    ax.plot((0, 1), (0, 1), ":", color=plots.NEUTRAL, linewidth=1)
    ax.set(xlabel="false alarms", ylabel="found", title=f"Live: {kind}")
axes[1].legend(fontsize=8)
alt = "ROC curves of seven scores, for malignant tumours and for mixed rows, of the live "
plots.show(fig, alt + "run. Solid lines use the GAN, dashed ones do not.")
live = outliers.judge(*(found["encoder"][k] for k in ("test", "malignant", "held out")))
areas = [s["encoder"]["malignant"]["auc"] for s in kept]
checks.claim(
    "the live encoder's area lies in the range of the stored ones, give or take 0.05",
    min(areas) - 0.05 < live["auc"] < max(areas) + 0.05,
    f"{live['auc']:.3f}; stored {min(areas):.3f} to {max(areas):.3f}",
    trained=True,
)
STRANGE_CLAIMS
""", hide=True, slide=S("ROC curves of the live run", minutes=2, notes="Solid: with the GAN. The radius alone is the grey line.\n"))
md("nb24-strange-words", """
STRANGE_WORDS
""", S("When the plain one wins", "STRANGE_SLIDE", 2, "STRANGE_NOTES2\n"))

md("nb24-9", """
## 9. Who was in the training set?

"The generator makes rows of nobody, so it can be published." Can it? An attacker has the row of a person and wants to know whether this person was in the training set, which may itself be a secret (a table of patients of one clinic, say). This is **membership inference**. Two attacks:

- **from samples alone** (Chen et al. 2020): how near is the nearest of many generated rows? A generator near to copying puts some very near its training rows;
- **with the discriminator** (Hayes et al. 2019): $D(x)$. D has seen the training rows again and again, and was told that they are real. Who publishes a whole checkpoint publishes D as well.

Members of the training set should have the larger score. The **area** is the chance that a member has a larger score than an outsider; 0.5 is guessing. An area says little about a single person, so we also print how many members are found at 5 % of false alarms.

The GANs here are small MLPs on scikit-learn's digits, 8 x 8 pixels, trained on 50, 150 or 500 of them, without a penalty. The 500 outsiders are other digits of the same set.

> **Predict.** Which attack is stronger? How do both change with the number of training digits, and with the steps?
""", S("Who was in the training set?", "An attacker has a row, and wants to know whether it was trained on.\n\n- from samples: is a generated row very near?\n- with D: does $D(x)$ say \"real\"?\n\nGANs on 50, 150, 500 digits. Which attack is stronger? What do size and steps do?", 3, "Being in the table can be the secret: a clinic's patients. Area 0.5 is guessing.\n", kind="question"))
code("nb24-members", """
x = torch.tensor(load_digits().data / 8 - 1, dtype=torch.float32)  # (1797, 64)
x = x[torch.randperm(len(x), generator=runtime.generator(0))]
members, others = x[:50], x[-500:]

torch.manual_seed(0)
G = models.MLPGenerator(32, (64,), (128, 128))
D = models.MLPDiscriminator((64,), (128, 128))
settings = TrainConfig(
    steps=pick(quick=20, cpu=2_500),
    latent_dim=32,
    lr_g=1e-3,
    lr_d=1e-3,
    betas=(0.5, 0.99),
    seed=0,
)
game.train(G, D, data.batches(members, 50, 0), losses.NonSaturating(), settings)
drawn = game.sample(G, torch.randn(4_000, 32, generator=runtime.generator(7)))


def area(members, others):
    \"\"\"The chance that a member has the larger score; ties count half.\"\"\"
    larger = (members[:, None] > others).double() + (members[:, None] == others) / 2
    return larger.mean().item()


with torch.no_grad():
    by_score = area(D(members), D(others))
near = [-torch.cdist(rows, drawn).amin(dim=1) for rows in (members, others)]
print(f"50 digits: by D's score {by_score:.3f}, by the nearest sample {area(*near):.3f}")
""")
code("nb24-members-figure", """
fig, axes = plots.figure(1, 2, height=3.2, width=9, sharey=True)
lines = []
for size, style in ((50, "o-"), (150, "s--"), (500, "^:")):
    curves = column("members", size, "curve")
    steps = [point["step"] for point in curves[0]]
    line = {"training digits": size}
    both = ((axes[0], "critic", plots.DISC), (axes[1], "nearest", plots.FAKE))
    for ax, key, colour in both:
        values = np.array([[point[key] for point in curve] for curve in curves])
        error = values.std(axis=0, ddof=1) / math.sqrt(len(values))
        places = range(len(steps))
        ax.errorbar(places, values.mean(axis=0), error, fmt=style, color=colour, label=size)
        ends = [curve[-1] for curve in curves]
        name = "D" if key == "critic" else "nearest"
        line[f"{name}: area"] = cell([end[key] for end in ends], 3)
        line[f"{name}: found at 5 %"] = cell([end[f"{key}_found"] for end in ends], 2)
    lines.append(line)
for ax, title in zip(axes, ("Attack by D's score", "Attack by the nearest sample")):
    ax.axhline(0.5, color=plots.NEUTRAL, linestyle=":", linewidth=1)
    ax.set_xticks(range(len(steps)), steps)
    ax.set(xlabel="steps", title=title)
axes[0].set_ylabel("area (0.5 is guessing)")
axes[1].legend(title="training digits")
alt = "The area of both attacks against the steps, for 50, 150 and 500 training digits. "
plots.show(fig, alt + "Both begin at 0.5.")
plots.table(lines, f"After {steps[-1]:,} steps: mean ± standard error over five seeds")
MEMBERS_CLAIMS
""", hide=True, slide=S("D remembers, and G a little", minutes=4, notes="MEMBERS_NOTES\n"))
md("nb24-members-words", """
MEMBERS_WORDS
""")
code("nb24-real-attack", """
lines = []
for run in REAL:
    line = {"published rows": run}
    line["attack by the nearest"] = cell(column("real", run, "attack"), 3)
    line["found at 5 %"] = cell(column("real", run, "attack_found"), 2)
    line["area on real rows"] = cell(column("real", run, "auc"), 3)
    lines.append(line)
plots.table(lines, "The table of section 7: as many rows published as there were people")
REAL_ATTACK_CLAIMS
""", hide=True, slide=S("The best synthetic rows were people", minutes=3, notes="REAL_ATTACK_NOTES\n"))
code("nb24-shipped", """
train_faces, test_faces = data.images("faces"), data.images("faces", "test")
shipped = pretrained.load("faces-32")
drawn = game.sample(shipped, torch.randn(4_000, 64, generator=runtime.generator(9)))
amount = pick(quick=100, cpu=1_000)
scores = [
    -metrics.nearest(faces.images[:amount].flatten(1), drawn.flatten(1))[0]
    for faces in (train_faces, test_faces)
]
attack, share = private.advantage(*scores)
print(f"faces-32, trained on {len(train_faces):,} faces: area {attack:.3f}, ", end="")
print(f"{100 * share:.1f} % found at 5 % of false alarms")
error = math.sqrt((2 * amount + 1) / (12 * amount**2))  # of the area, when guessing
checks.claim(
    "attacking faces-32 by its samples is no better than guessing, within 3 errors",
    abs(attack - 0.5) < 3 * error,
    f"{attack:.3f} ± {error:.3f}",
    trained=True,
)
""")
md("nb24-shipped-words", """
SHIPPED_WORDS
""")

md("nb24-10", """
## 10. Differential privacy, by hand

An attack that fails proves nothing: the next one may succeed. **Differential privacy** bounds all attacks at once. A randomised procedure $M$ (here: the whole training) is $(\\varepsilon, \\delta)$-private if for every two tables $T, T'$ that differ in one person's row, and every set $S$ of outcomes,

$$P(M(T) \\in S) \\le e^{\\varepsilon}\\, P(M(T') \\in S) + \\delta .$$

Let $S$ be "the attacker says: member". The left side is the share of members found, the right side has the share of false alarms. So *no* attack, whatever it looks at, finds more than $e^{\\varepsilon}$ times the false alarms, plus $\\delta$. At $\\varepsilon = 1$ and 5 % of false alarms that is 14 %; at $\\varepsilon = 3$ already all.

**Post-processing.** What is computed from a private outcome, without the table, is as private. So in a GAN only D's gradient on *real* rows needs care: G never sees a row, it follows D.

**DP-SGD** (Abadi et al. 2016) makes a step private:

1. each row enters the batch on its own, with probability $q$;
2. the gradient of each row *alone* is shortened to length $C$ at most, so that one person can move the sum by no more;
3. Gaussian noise of standard deviation $\\sigma C$ is added to the sum.

The gradient on generated rows stays as it is. (Many programs clip and noise it as well; nothing asks for it.)
""", S("One bound for all attacks", "$$P(M(T) \\in S) \\le e^{\\varepsilon}\\, P(M(T') \\in S) + \\delta$$\n\n$S$: \"the attacker says: member\". So found $\\le e^{\\varepsilon}$ times false alarms, plus $\\delta$.\n\n. . .\n\nG never sees a row. Only D's gradient on real rows needs care.", 4, "Two tables that differ in one row. At epsilon 1: 14 % found at 5 % of false alarms. At 3: no bound at that point.\n"))
code("nb24-dp", """
torch.manual_seed(0)
D = private.small_critic(18)  # one hidden layer of 64
batch = torch.randn(8, 18, generator=runtime.generator(2))

# by hand: the gradient of each row alone, a loop
alone = []
for row in batch:
    D.zero_grad()
    F.softplus(-D(row[None])).sum().backward()
    alone.append(torch.cat([p.grad.flatten() for p in D.parameters()]))
alone = torch.stack(alone)  # (8, weights)

# the same in one go, by torch.func.vmap
together = private.row_gradients(D, batch)
together = torch.cat([g.flatten(1) for g in together.values()], dim=1)
print(f"loop against vmap: largest difference {(alone - together).abs().max():.0e}")

C, sigma = 0.5, 1.1
shorten = (C / alone.norm(dim=1, keepdim=True)).clamp(max=1)  # over all weights at once
noise = sigma * C * torch.randn(alone.shape[1], generator=runtime.generator(3))
private_sum = (shorten * alone).sum(dim=0) + noise
print("lengths before", alone.norm(dim=1).numpy().round(2))
print("lengths after ", (shorten * alone).norm(dim=1).numpy().round(2))
print(f"sum {(shorten * alone).sum(dim=0).norm():.2f}, noise {noise.norm():.2f}")
""", slide=S("Shorten each row's gradient, then add noise", minutes=4, notes="The length is taken over all weights together. The noise has a length of sigma C times the root of the number of weights: many weights, much noise.\n", show="code", **{"from":"C, sigma","to":"private_sum ="}))
md("nb24-accountant", """
**The accountant.** How private are $T$ such steps? Follow the **Rényi divergence** of order $\\alpha$ between the noisy sums with and without a person; it simply adds up over the steps. For one step and a whole order (Mironov et al. 2019)

$$R_\\alpha = \\frac{1}{\\alpha - 1} \\log \\sum_{k=0}^{\\alpha} \\binom{\\alpha}{k} (1 - q)^{\\alpha - k} q^k\\, e^{k (k - 1) / 2 \\sigma^2},$$

and $T$ steps are $(\\varepsilon, \\delta)$-private (Canonne et al. 2020) with

$$\\varepsilon = \\min_\\alpha\\; T R_\\alpha + \\log\\frac{\\alpha - 1}{\\alpha} - \\frac{\\log \\delta + \\log \\alpha}{\\alpha - 1} .$$
""", S("The accountant", "$$R_\\alpha = \\tfrac{1}{\\alpha - 1} \\log \\sum_{k} \\tbinom{\\alpha}{k} (1 - q)^{\\alpha - k} q^k\\, e^{k (k - 1) / 2 \\sigma^2}$$\n\n$$\\varepsilon = \\min_\\alpha\\; T R_\\alpha + \\log\\tfrac{\\alpha - 1}{\\alpha} - \\tfrac{\\log \\delta + \\log \\alpha}{\\alpha - 1}$$\n\nDivergences add up over the steps.", 3, "No need to derive it here. Check the extremes: sigma to infinity gives 0; q = 1 gives alpha / 2 sigma squared.\n"))
code("nb24-epsilon", """
def renyi(q, sigma, order):
    total = 0.0
    for k in range(order + 1):
        chance = math.comb(order, k) * (1 - q) ** (order - k) * q**k
        total += chance * math.exp(k * (k - 1) / (2 * sigma**2))
    return math.log(total) / (order - 1)


def epsilon(q, sigma, steps, delta):
    found = []
    for order in range(2, 33):
        slack = math.log(1 - 1 / order)
        slack -= (math.log(delta) + math.log(order)) / (order - 1)
        found.append(steps * renyi(q, sigma, order) + slack)
    return min(found)


# a well-known setting: MNIST, batches of 256 of 60,000, sigma 1.1, 60 epochs
known = 256 / 60_000, 1.1, 60 * 60_000 // 256, 1e-5
print(f"by hand {epsilon(*known):.3f}, the package {private.epsilon(*known):.3f}")
q, T, delta = 0.02, 1_200, 1e-5
lines = []
for wanted in (10, 3, 1):
    sigma = private.noise_for(wanted, q, T, delta)
    lines.append({"epsilon": wanted, "sigma": f"{sigma:.2f}"})
plots.table(lines, f"Noise for {T:,} steps at q = {q}, delta = {delta}")
""", slide=S("What epsilon 1 asks of the noise", minutes=2, notes="The package's accountant is tested against dp-accounting and opacus.\n", show="output"))
md("nb24-price", """
## 11. The price of privacy

The rides again, 10,000 of them, now with all columns as categories: kind, membership, and the bin of each number. (The mixtures of section 2 and the counts of section 3 look at the rows, and would have to be made private, too. The bins are public.) A small G and D without packs or questions; five seeds; the same steps and rates in each row, so that two neighbouring rows of the table differ in one thing.

The plain rival needs no network: count the 288 cells, add Gaussian noise to each count once, at the same $\\varepsilon$ and $\\delta$.

> **Predict.** What costs more, the clipping or the noise? And who wins at $\\varepsilon = 1$?
""", S("The price of privacy", "10,000 rides, all columns as categories.\n\nA GAN: no clipping, clipped, $\\varepsilon = 10, 3, 1$.\n\nThe rival: a histogram of 288 cells with noise on each count, at the same $\\varepsilon$.", 2, "Which costs more: clipping or noise? Who wins at epsilon 1?\n", kind="question"))
code("nb24-price-live", """
sigma = private.noise_for(3, q, T, delta)
people = rides.sample(10_000, runtime.generator(500))
levels = (4, 2, 6, 6)
one_hots = [F.one_hot(c, s).float() for c, s in zip(rides.bins(people).T, levels)]
torch.manual_seed(0)
G, D = private.Choices(levels), private.small_critic(18)
steps = pick(quick=10, cpu=T)
settings = private.Private(clip=1.0, noise=sigma, rate=q, steps=steps, seed=0)
private.play(G, D, torch.cat(one_hots, dim=1), settings)


def of_columns(columns):
    \"\"\"Total variation of categories (N, 4) from the law.\"\"\"
    cells = torch.zeros(len(columns), dtype=torch.int64)
    for values, size in zip(columns.T, levels):
        cells = cells * size + values
    return tabular.total_variation(cells, exact)


live = of_columns(G.sample(20_000, runtime.generator(600)))
print(f"epsilon 3: total variation {live:.3f}")
""")
code("nb24-price-table", """
PRICES = ("no clipping", "clipped", "epsilon 10", "epsilon 3", "epsilon 1")
lines = []
for run in PRICES:
    rows = rows_of("price", run)
    line = {"D's gradient": run, "sigma": f"{rows[0]['noise']:.2f}"}
    line["GAN"] = cell([row["tv"] for row in rows], 3)
    noisy = [row["histogram"] for row in rows if "histogram" in row]
    line["noisy histogram"] = cell(noisy, 3) if noisy else ""
    lines.append(line)
untrained = column("price", "no clipping", "untrained")
lines.append(
    {"D's gradient": "G untrained (null)", "sigma": "", "GAN": cell(untrained, 3)}
    | {"noisy histogram": ""}
)
plots.table(lines, "Total variation from the law, mean ± standard error over five seeds")
PRICE_CLAIMS
""", hide=True, slide=S("What privacy costs, and a histogram", minutes=4, notes="PRICE_NOTES\n"))
md("nb24-price-words", """
PRICE_WORDS
""")
code("nb24-guarded", """
GUARDS = ("no clipping", "clipped", "epsilon 10")
lines = []
for run in GUARDS:
    line = {"D's gradient": run}
    for key, title in (("critic", "attack by D"), ("nearest", "attack by the nearest")):
        line[title] = cell(column("guarded", run, key), 3)
    line["D: found at 5 %"] = cell(column("guarded", run, "critic_found"), 2)
    line["Fréchet distance"] = cell(column("guarded", run, "distance"), 1)
    lines.append(line)
real = cell(column("guarded", "clipped", "real"), 1)
lines.append(
    {"D's gradient": "other real digits", "attack by D": "", "attack by the nearest": ""}
    | {"D: found at 5 %": "", "Fréchet distance": real}
)
plots.table(lines, "GANs on 150 digits, 1,000 steps; distances in the 64 pixels, N = 500")
GUARDED_CLAIMS
""", hide=True, slide=S("Noise stops the attack, and the digits", minutes=3, notes="GUARDED_NOTES\n"))
md("nb24-guarded-words", """
GUARDED_WORDS
""")

md("nb24-sentences", """
## 12. Sentences about synthetic data

| one may say | if |
| --- | --- |
| "The rows were made by a generator that was trained on $N$ people." | always; say $N$ |
| "A classifier trained on them scores ... on real rows, one trained on real rows ..." | both numbers stand there, and the test rows were kept from the generator |
| "An attack by distance found ... of the members at 5 % of false alarms." | outsiders of the same kind were the control |
| "The training was $(\\varepsilon, \\delta)$-private with $\\varepsilon = ...$" | every look at the data was counted: the preparation and the choice of settings, too |

| one may not say | because |
| --- | --- |
| "The data are anonymous, since no row is a real one." | section 9: a generated row near a person is enough, and D tells more |
| "The attack failed, so the data are private." | another attack may not fail; only a bound speaks for all of them |
| "It is differentially private." | without $\\varepsilon$ and $\\delta$ it says nothing: every procedure is $(\\infty, 0)$-private |
| "The columns look right, so the table is right." | section 1: independent columns look right |
| "Small groups are protected, because they are rare." | training by sampling shows them *more* often. Rare rows are those that stand out, and the first at risk (Stadler et al. 2022) |

With D goes the largest leak, so publish rows, not checkpoints. And what a law calls anonymous is no property of a loss function: that question belongs to people who know the law and the persons in the table.
""", S("Sentences one may say, and may not", "**May:** trained on $N$ people; a classifier scores ... against ... on real rows; *this* attack found ... ; $\\varepsilon = ...$ with all looks counted.\n\n. . .\n\n**May not:** anonymous, since no row is real. The attack failed, so it is private. Differentially private (with which $\\varepsilon$?).", 3, "Read a claim from an advertisement for synthetic data, and let them sort it.\n"))
md("nb24-ex1", """
## Exercises

**Exercise 24.1.** Training by sampling asks for a column first (each equally often) and then for one of its categories, in proportion to $\\log(1 + n)$. A table has *two* columns of categories, and `counts[i, j]` rows with category $i$ in the first and $j$ in the second. What share of the real rows in a batch has category $i$ in the first column? Write `shares_seen(counts)`, a tensor of shape (K,).
""")
code("nb24-ex1-code", """
def shares_seen(counts):  # (K, L), every row and column has at least one ride
    return ...


checks.shares_seen(shares_seen)
""", tags=("exercise",))
md("nb24-ex1-hint", """
<details><summary>Hint</summary>

Half of the questions are about the second column. A row that answers "member" has some kind of bike, too: which one, how often?

</details>
""")
md("nb24-ex2", """
**Exercise 24.2 (a quarter of an hour).** Somebody sells you synthetic rows. You suspect that a share $c$ of them are copies of training rows with a little noise added, and that the others are honest: fresh draws from the law. You have the $n$ training rows and $m$ held-out rows of the same kind, and $n$ and $m$ may differ. Write `copied(made, train, held_out)`, an estimate of $c$.
""")
code("nb24-ex2-code", """
def copied(made, train, held_out):  # (N, d), (n, d), (m, d)
    return ...


checks.copied(copied)
""", tags=("exercise",))
md("nb24-ex2-hint", """
<details><summary>Hint</summary>

Throw the $n + m$ real rows together and look for the one that is nearest to a made row. For an honest row, all of them are equally likely to be it. How often is it one of the training rows? And for a copy? Then solve for $c$.

</details>
""")
md("nb24-ex3", """
**Exercise 24.3.** An audit. An attack on one trained model finds `found` of `members` people who were in the training set, and wrongly accuses `alarms` of `others` who were not. If the training was $(\\varepsilon, \\delta)$-private, how large must $\\varepsilon$ be at least, so that you are 95 % sure? Write `audited(found, members, alarms, others, delta)`.

Bound the two shares first, each with confidence 97.5 % (Clopper and Pearson: `scipy.stats.beta.ppf(0.025, k, n - k + 1)` for `k` of `n` from below, `scipy.stats.beta.ppf(0.975, k + 1, n - k)` from above). Then use the definition of section 10. It holds for every set of outcomes. If nothing follows, return 0.
""")
code("nb24-ex3-code", """
def audited(found, members, alarms, others, delta):
    return ...


checks.audited(audited)
""", tags=("exercise",))
md("nb24-ex3-hint", """
<details><summary>Hint</summary>

$S$ may be "member" or "not a member". The second gives another inequality between the same two shares; sometimes it is the sharper one.

</details>
""", S("Exercises", "**24.1** `shares_seen(counts)`: what D sees of each category\n\n**24.2** `copied(made, train, held_out)`: which share of the rows are copies\n\n**24.3** `audited(found, members, alarms, others, delta)`: what epsilon is at least", 2, "24.2 takes longest. The usual mistake: to forget that there may be more training rows than held-out ones.\n", kind="exercise"))
md("nb24-recap", """
## Recap

RECAP
""", S("Recap", "RECAP_SLIDE", 2, "Ask: which of the plain methods would you try first on your own table?\n"))
md("nb24-refs", """
## References

- L. Xu, M. Skoularidou, A. Cuesta-Infante and K. Veeramachaneni, *Modeling Tabular Data using Conditional GAN*, NeurIPS 2019: CTGAN.
- C. K. Chow and C. N. Liu, *Approximating Discrete Probability Distributions with Dependence Trees*, IEEE Transactions on Information Theory, 1968.
- Z. Lin, A. Khetan, G. Fanti and S. Oh, *PacGAN: The Power of Two Samples in Generative Adversarial Networks*, NeurIPS 2018.
- W. N. Street, W. H. Wolberg and O. L. Mangasarian, *Nuclear Feature Extraction for Breast Tumor Diagnosis*, 1993: the table; W. Wolberg, O. Mangasarian, N. Street and W. Street, *Breast Cancer Wisconsin (Diagnostic)*, UCI Machine Learning Repository, 1995.
- T. Schlegl et al., *Unsupervised Anomaly Detection with Generative Adversarial Networks to Guide Marker Discovery*, IPMI 2017: AnoGAN. *f-AnoGAN*, Medical Image Analysis, 2019: an encoder.
- F. T. Liu, K. M. Ting and Z.-H. Zhou, *Isolation Forest*, ICDM 2008.
- J. Hayes, L. Melis, G. Danezis and E. De Cristofaro, *LOGAN: Membership Inference Attacks Against Generative Models*, PoPETs 2019.
- D. Chen, N. Yu, Y. Zhang and M. Fritz, *GAN-Leaks: A Taxonomy of Membership Inference Attacks against Generative Models*, CCS 2020.
- M. Abadi et al., *Deep Learning with Differential Privacy*, CCS 2016: DP-SGD.
- I. Mironov, K. Talwar and L. Zhang, *Rényi Differential Privacy of the Sampled Gaussian Mechanism*, 2019.
- C. Canonne, G. Kamath and T. Steinke, *The Discrete Gaussian for Differential Privacy*, NeurIPS 2020: from Rényi to epsilon and delta.
- T. Stadler, B. Oprisanu and C. Troncoso, *Synthetic Data: Anonymisation Groundhog Day*, USENIX Security 2022.
- Y. Tao, R. McKenna, M. Hay, A. Machanavajjhala and G. Miklau, *Benchmarking Differentially Private Synthetic Data Generation Algorithms*, 2021.

## What comes next

Try the methods of this notebook on a table of your own: start with the tree and the copula, and ask what a GAN would have to add. Notebook [11](11_evaluating_gans.ipynb) has the measures for pictures, notebook [21](21_faces_and_your_own_pictures.ipynb) the questions to ask before you use pictures of people.
""")
