md("cell-36a", r'''
## 6. The table

A run is scored four times: after 1,000, 2,000, 4,000 and 8,000 steps of G. The numbers are those of notebook 04, from 2,500 samples: how many of the 25 modes have a sample within three standard deviations of their centre; the share of such **high-quality** samples; the KL of their histogram over the modes to a uniform one; and their spread.

Numbers need neighbours. So the table starts with **null rows**, which no trick must lose to: an untrained G, one broad Gaussian with the mean and covariance of the data (a blob), and point masses on the centres. *Real samples* are the ceiling.
''')
code("cell-36", r'''
def of(task, trick, key, share=1.0):
    """The number of each run of a trick after this share of the steps, as an array."""
    place = ablation.BUDGETS.index(share)
    return np.array([row["curve"][place][key] for row in runs(task, trick)])


def null_rows():
    """Scores of samplers that need no training."""
    g = runtime.generator(0)
    real = grid.sample(2500, g)
    spread = grid.means.T.cov(correction=0) + grid.stds[0] ** 2 * torch.eye(2)
    blob = torch.randn(2500, 2, generator=g) @ torch.linalg.cholesky(spread).T
    points = grid.means[torch.randint(25, (2500,), generator=g)]
    torch.manual_seed(0)
    z = torch.randn(2500, 2, generator=g)
    untrained = game.sample(ablation.TASKS["grid"].generator(), z)
    samples = {
        "real samples": real,
        "untrained G": untrained,
        "a blob": blob,
        "point masses": points,
    }
    return {name: ablation.score("grid", found) for name, found in samples.items()}


nulls = null_rows()
''')
hid("cell-37", r'''
digits_of = {"modes": (1, 1), "high_quality": (1, 100), "kl": (3, 1), "spread": (2, 1)}
heads = {"modes": "modes", "high_quality": "high quality, %", "kl": "KL"}
heads["spread"] = "spread"
kinds = [name for name in ablation.of_task("grid") if runs("grid", name)]
by_kl = sorted(kinds, key=lambda name: of("grid", name, "kl").mean())
lines = []
for name, found in nulls.items():
    line = {"grid, 8,000 steps": f"({name})"}
    for key, form in digits_of.items():
        line[heads[key]] = results.cell([found[key]], *form)
    lines.append(line | {"CPU s": "", "seeds": ""})
for name in by_kl:
    line = {"grid, 8,000 steps": name}
    for key, form in digits_of.items():
        line[heads[key]] = results.cell(of("grid", name, key), *form)
    seconds = results.cell([row["cpu_seconds"] for row in runs("grid", name)], 0)
    lines.append(line | {"CPU s": seconds, "seeds": len(runs("grid", name))})
plots.table(lines)
best = max(of("grid", name, "high_quality").mean() for name in kinds)
sentence = "the protocol is admitted: the best row has over 90 % high quality"
checks.claim(sentence, best > 0.9, f"{best:.1%}")
''')
md("cell-38", r'''
TABLEREAD

### How many runs does a control need?

Each trick has five seeds. Runs with the same seed start from the same weights and see the same batches, so one might compare them **in pairs**: trick minus plain, seed by seed. That pays if two runs with one seed end alike. Do they?

> **Predict.** How strong is the correlation, over seeds, between the high quality of a trick's run and that of the plain run with the same seed?
''')
code("cell-38b", r'''
plain_of = {row["seed"]: row for row in runs("grid", "plain")}
related = []
for name in kinds[1:]:
    mine = [row["high_quality"] for row in runs("grid", name)]
    theirs = [plain_of[row["seed"]]["high_quality"] for row in runs("grid", name)]
    if len(mine) == 5 and np.std(mine) > 0:
        related.append(np.corrcoef(mine, theirs)[0, 1])
mean, error = results.mean_error(related)
print(f"mean correlation over {len(related)} tricks: {mean:.2f} ± {error:.2f}")
''')
md("cell-38c", r'''
PAIRREAD So the seeds are better spent on the control: the plain game has **twenty** of them, and a trick's five runs are held against these twenty by Welch's t-test, which allows for different variances. Two numbers were chosen before looking: the logarithm of the KL, which ranges over powers of ten, and the high quality.

> **Predict.** Suppose that *no* trick does anything. How often does a table of so many tricks, with two numbers each, show at least one difference with $p < 0.05$?

That can be simulated with normal noise.
''', [{"kind": "question", "minutes": 2, "notes": "Guesses are usually 5 % or 40 %. The cell simulates it, with one control of twenty runs that all tricks share.\n", "text": "More than twenty tricks, two numbers each, five seeds against twenty of the plain game, $p < 0.05$.\n\n**How often does the table show at least one \"significant\" trick?**\n", "title": "Suppose that no trick does anything"}])
code("cell-39", r'''
def holm(p):
    """Holm's adjusted p-values, along the last axis.

    The smallest is multiplied by their number m, the next by m - 1, and so on; none
    may be smaller than the one before it.
    """
    m, rank = p.shape[-1], p.argsort(axis=-1)
    times = np.take_along_axis(p, rank, -1) * np.arange(m, 0, -1)
    grown = np.maximum.accumulate(times, axis=-1).clip(max=1)
    return np.take_along_axis(grown, rank.argsort(axis=-1), -1)


tests = 2 * (len(kinds) - 1)
noise = np.random.default_rng(0)
worlds = pick(quick=200, cpu=4000)
ours = noise.normal(size=(worlds, tests // 2, 2, 5))
control = noise.normal(size=(worlds, 1, 2, 20))
null = stats.ttest_ind(ours, control, axis=3, equal_var=False).pvalue
null = null.reshape(worlds, tests)
naive = (null < 0.05).any(axis=1).mean()
kept = (holm(null) < 0.05).any(axis=1).mean()
print(f"tables with at least one p < 0.05: {naive:.0%}; after Holm's rule: {kept:.1%}")
''', KEEP)
hid("cell-39b", r'''
sentence = "most tables of worthless tricks show a 'significant' one"
checks.claim(sentence, naive > 0.5, f"{naive:.0%}")
sentence = "after Holm's correction few do"
checks.claim(sentence, kept < 0.1, f"{kept:.1%}")
''')
md("cell-40", r'''
**Bonferroni** multiplies every p-value by the number of tests $m$. **Holm** (1979) multiplies the smallest by $m$, the next by $m - 1$, and so on: as safe, and never weaker. From here on there is one rule for the whole notebook. A trick **helped** or **hurt** a number if Holm's p-value is below 0.05, over all comparisons of that budget; otherwise the difference is **not decided**, which is not the same as no difference.
''')
md("ex-104", r'''
### Exercise 10.4: a test without a bell curve

The t-test assumes that chance deviates like a normal distribution. Shares near 100 % do not. A **permutation test** assumes less: if the trick does nothing, the five runs called "ours" might as well have been any five of the 25. So pool all runs, form every possible split into `len(ours)` and the rest, and count how often the means differ by at least as much as they do in the real split, in either direction. That share is the p-value; the real split is one of those counted.

Write it for any two lists of numbers. Then try it on a row of the table, and find out by hand: how small can the p-value get with 5 runs against 20? How small with five pairs, where only the sign of each difference may be flipped? Could the latter pass Holm's rule here?
''')
code("ex-104-code", r'''
def permutation_p(ours, control):
    return ...


checks.permutation_p(permutation_p)
''', tags=("exercise",))
md("ex-104-hint", r'''
<details><summary>Hint</summary>

`itertools.combinations(range(n), k)` lists the ways to choose k of n places. Floating-point sums of the same numbers can differ in the last digit, so compare with a small tolerance.

</details>
''')
code("cell-41", r'''
better = {"kl": -1, "high_quality": 1, "frechet_distance": -1, "recall": 1}


def scaled(values, key):
    """Shares as they are; distances and KL as logarithms."""
    return np.log(values.clip(1e-3)) if better[key] < 0 else values


def verdicts(task, tricks, share=1.0):
    """{(trick, number): a word} after this share of the steps, by Welch and Holm."""
    keys = [(trick, key) for trick in tricks for key in ablation.TASKS[task].main]
    p, gains = [], []
    for trick, key in keys:
        mine = scaled(of(task, trick, key, share), key)
        plain = scaled(of(task, "plain", key, share), key)
        p.append(stats.ttest_ind(mine, plain, equal_var=False).pvalue)
        gains.append(better[key] * (mine.mean() - plain.mean()))
    words = {}
    for name, q, gain in zip(keys, holm(np.array(p)), gains):
        words[name] = ("helped" if gain > 0 else "hurt") if q < 0.05 else "not decided"
    return words


enough = [name for name in kinds[1:] if len(runs("grid", name)) > 2]
said = {share: verdicts("grid", enough, share) for share in ablation.BUDGETS}
final = said[1.0]
''')
hid("cell-41b", r'''
groups = {}
for name in enough:
    words = [final[name, key] for key in ("kl", "high_quality")]
    first = [said[0.125][name, key] for key in ("kl", "high_quality")]
    early = [w if w != "not decided" else "-" for w in first]
    groups.setdefault(tuple(words), []).append((name, early))
lines = []
for words in sorted(groups, key=lambda w: (w.count("hurt"), -w.count("helped"))):
    for name, early in groups[words]:
        line = {"trick": name, "KL": words[0], "high quality": words[1]}
        lines.append(line | {"after 1,000 steps": " / ".join(early)})
plots.table(lines, "The verdicts after 8,000 steps, by Holm's rule alone")
''', {"minutes": 3, "show": "output", "title": "One verdict table", "notes": "One rule for all: Welch against twenty control runs, Holm over the whole table. \"Not decided\" is not \"no difference\".\n\n**Ask:** compare with the bets at the start.\n"})
hid("cell-42", r'''
fig, axes = plots.figure(1, 2, height=6.2, sharey=True)
colours = {"helped": plots.GREEN, "hurt": plots.FAKE, "not decided": plots.NEUTRAL}
for ax, key in zip(axes, ("kl", "high_quality")):
    mean, error = results.mean_error(of("grid", "plain", key))
    ax.axvspan(mean - 2 * error, mean + 2 * error, color=plots.REAL, alpha=0.18)
    for i, name in enumerate(by_kl):
        found = of("grid", name, key)
        colour = colours.get(final.get((name, key)), plots.REAL)
        ax.scatter(found.clip(1e-3), [i] * len(found), s=10, color=colour, alpha=0.5)
        ax.plot(found.mean(), i, "o", color=colour, markersize=7)
    for name, dash in (("real samples", "-"), ("a blob", ":")):
        level = max(nulls[name][key], 1e-3)
        ax.axvline(level, color="black", linestyle=dash, linewidth=1)
axes[0].set(xscale="log", xlabel="KL of the modes (log scale)", title="Evenness")
axes[0].set(yticks=range(len(by_kl)), yticklabels=by_kl)
axes[0].invert_yaxis()
axes[1].set(xlabel="share of high quality", title="Sharpness", xlim=(-0.03, 1.03))
alt = "Tricks as rows, sorted by their mean KL; small dots are runs, large dots means. "
alt += "Green helped, orange hurt, grey not decided, blue the plain game with a band "
alt += "of two standard errors. Left the KL, right the share of high quality; solid lines "
plots.show(fig, alt + "are real samples, dotted lines a blob.")
''', {"minutes": 3, "title": "The grid", "notes": "Green helped, orange hurt, grey not decided by Holm's rule. Blue: twenty plain runs. Solid line: real samples, dotted: a blob.\n\nRead both panels: a blob is even, and nothing else.\n"})
md("cell-44", r'''
VERDICTREAD

### The budget decides too

Lucic et al. (2018) found that the order of methods changes with the budget. Here the same runs are ranked at each of their four scores.

> **Predict.** Does the order after 1,000 steps tell the order after 8,000?
''', None)
hid("cell-45", r'''
fig, axes = plots.figure(1, 2, height=4.2)
moments = [int(share * 8000) for share in ablation.BUDGETS]
bold = {"plain": plots.REAL}
winners = []
for name in enough:
    if "helped" in (final[name, "kl"], final[name, "high_quality"]):
        winners.append(name)
palette = (plots.GREEN, plots.FAKE, plots.PURPLE, plots.DISC, "black")
bold |= dict(zip(winners, palette))
for ax, key in zip(axes, ("kl", "high_quality")):
    for name in kinds:
        curve = [of("grid", name, key, share).mean() for share in ablation.BUDGETS]
        if name in bold:
            ax.plot(moments, curve, color=bold[name], linewidth=2.2, label=name)
        else:
            ax.plot(moments, curve, color=plots.NEUTRAL, linewidth=0.7, zorder=1)
    ax.set(xscale="log", xlabel="steps of G", xticks=moments, xticklabels=moments)
    ax.minorticks_off()
axes[0].set(yscale="log", title="KL of the modes")
axes[1].set(title="Share of high quality")
axes[0].legend(fontsize=8)
alt = "Means over seeds of every trick after 1,000, 2,000, 4,000 and 8,000 steps. Left "
alt += "the KL, right the share of high quality. Coloured lines are the plain game and "
plots.show(fig, alt + "the tricks that helped; grey lines are all others.")
for key in ("kl", "high_quality"):
    orders = []
    for share in ablation.BUDGETS:
        orders.append([of("grid", name, key, share).mean() for name in kinds])
    rho = [stats.spearmanr(order, orders[-1]).statistic for order in orders[:-1]]
    told = ", ".join(f"{r:.2f}" for r in rho)
    print(f"{key}: rank correlation with the last order after 1,000, 2,000, 4,000: {told}")
''', {"minutes": 2, "title": "The order changes with the budget", "notes": "The same runs, scored four times.\n\n**Ask:** at which budget would you have stopped, and what would your paper say?\n", "outputs": [0]})
md("cell-46", r'''
BUDGETREAD

## 7. Put together what survived, and try it elsewhere

RECIPETEXT
''')
hid("cell-46b", r'''
together = "R1, weight average, falling rates"
lines = []
for task in ("digits", "faces"):
    tried = [name for name in ("plain", "R1", together) if runs(task, name)]
    for name in tried:
        line = {"task": task, "game": name}
        line["Fréchet distance"] = results.cell(of(task, name, "frechet_distance"), 1)
        line["recall"] = results.cell(of(task, name, "recall"), 2)
        seconds = results.cell([row["cpu_seconds"] for row in runs(task, name)], 0)
        lines.append(line | {"CPU s": seconds, "seeds": len(runs(task, name))})
plots.table(lines)
''')
md("cell-46c", r'''
RECIPEREAD

## 8. Recompute any row

`ablation.run(task, trick, seed)` is the whole experiment. Read its source: it is the plain game, one change, and `game.train`. On another processor a row does not come out bit for bit, because rounding differs and a game magnifies it. It must come out as *another draw* from the same spread: between the smallest and the largest of the stored runs, or not far outside.

About a minute with profile `cpu`.
''')
code("cell-47", r'''
trick = "R1"
again = ablation.run("grid", trick, seed=20, steps=pick(quick=16, cpu=None))
''')
hid("cell-48", r'''
kept = of("grid", trick, "high_quality")
low, high = kept.min(), kept.max()
room = high - low
found = again["high_quality"]
said = f"{found:.1%}; stored runs {low:.1%} to {high:.1%}"
sentence = "a new seed lands in the range of the stored ones, or one range outside"
checks.claim(sentence, low - room <= found <= high + room, said, trained=True)
''', {"minutes": 1, "show": "output", "text": "`ablation.run(task, trick, seed)` is the whole experiment. A seed that is not in the table is another draw from the same spread.\n", "title": "Any row can be recomputed", "notes": "On the same processor bit for bit. Rounding differs elsewhere, and a game magnifies it.\n\n**Ask:** what would you conclude from a row that does not come out again?\n"})
md("cell-49", r'''
### What these tables do not say

- **Strength.** Each trick has one strength, scaled to the data but not tuned. A row that says "hurt" says it of this strength, with these networks.
- **Company.** Tricks are measured alone. Section 7 is a reminder that together they may add up, or cancel.
- **Cost.** Equal steps of G are not equal time. Look at the seconds before you call five D steps a trick.
- **Our own choice.** We chose plain, task and numbers beforehand. Notebook [11](11_evaluating_gans.ipynb) tests the numbers themselves.
- **Today.** Large GANs keep $R_1$ and the weight average (StyleGAN2 and 3, GigaGAN), R3GAN adds $R_2$ and the relativistic loss. Where a discriminator is used to distil a diffusion model, it often stands on features of a pretrained network (projected discriminators, Sauer et al. 2021), and the same slope penalties keep it in check.
''', [{"minutes": 3, "notes": "**Ask:** design the experiment that would convince you that one of the undecided rows helps. More seeds? Longer? How many?\n", "text": "- **Strength**: one for each trick, untuned\n- **Company**: tricks were measured alone\n- **Cost**: equal steps of G, not equal time\n- **Choice**: one task, two numbers\n", "title": "What the tables do not say"}])
last = copy.deepcopy(olds["cell-50"]["metadata"]["slide"])
md("cell-50", r'''
## Recap

- Smoothed labels: $D^* = (ap + bq)/(p + q)$. With $b > 0$ the push on far fakes vanishes, so one side only.
- A D that scores one sample at a time cannot see a batch collapse. Packing, minibatch discrimination and the deviation can.
- Noise, spectral normalisation, $R_1$ and $R_2$ bound D's slope in different places.
- Historical averaging is a penalty on parameters. Averaging all past gradients diverges on $xy$.
- Replay changes $D^*$ to $p/(p + q + w\,q_\text{old})$. The relativistic loss has $s^* = \log p/q$ up to a constant.
- A table of tricks needs null rows, a control with many seeds, one rule for all comparisons, and a budget at which the best row is good.

## References

- T. Salimans et al. *Improved Techniques for Training GANs.* NeurIPS 2016. Sections 3.1 to 3.4: feature matching, minibatch discrimination, historical averaging, one-sided smoothing.
- C. Szegedy et al. *Rethinking the Inception Architecture for Computer Vision.* CVPR 2016. Section 7, smoothed labels.
- T. Karras et al. *Progressive Growing of GANs.* ICLR 2018. Section 3, minibatch deviation.
- Z. Lin et al. *PacGAN: The Power of Two Samples in Generative Adversarial Networks.* NeurIPS 2018. Section 4.1 for the scores.
- C. K. Sønderby et al. *Amortised MAP Inference for Image Super-Resolution.* ICLR 2017. M. Arjovsky, L. Bottou. *Towards Principled Methods for Training GANs.* ICLR 2017. Instance noise.
- T. Miyato et al. *Spectral Normalization for Generative Adversarial Networks.* ICLR 2018. Section 2.1 and algorithm 1.
- L. Mescheder, A. Geiger, S. Nowozin. *Which Training Methods for GANs do actually Converge?* ICML 2018. Equation 9.
- M. Heusel et al. *GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium.* NeurIPS 2017.
- A. Shrivastava et al. *Learning from Simulated and Unsupervised Images through Adversarial Training.* CVPR 2017. Section 2.3, replay.
- A. Jolicoeur-Martineau. *The Relativistic Discriminator.* ICLR 2019. Y. Huang et al. *The GAN is Dead; Long Live the GAN! A Modern GAN Baseline.* NeurIPS 2024. Section 2.
- Z. Zhao et al. *Improved Consistency Regularization for GANs.* AAAI 2021. Balanced consistency, tried on digits.
- H.-Y. Tseng et al. *Regularizing Generative Adversarial Networks under Limited Data.* CVPR 2021. LeCam's penalty.
- A. Sauer et al. *Projected GANs Converge Faster.* NeurIPS 2021.
- M. Lucic et al. *Are GANs Created Equal? A Large-Scale Study.* NeurIPS 2018.
- S. Holm. *A Simple Sequentially Rejective Multiple Test Procedure.* Scandinavian Journal of Statistics, 1979.

## What comes next

The tables rest on a few numbers. [Notebook 11](11_evaluating_gans.ipynb) puts such numbers to the test: what each of them sees, and what fools it.
''', last)
