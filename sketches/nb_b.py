md("nb24-5", """
## 5. Which part does it, and who is better?

Five parts came together in sections 2 to 4. To see what each is worth we take one away at a time: everything else stays, the CPU time stays, five seeds each (the training rows differ from seed to seed as well). Beside CTGAN stand methods without a network, on the same training rows:

- the **bootstrap** draws training rows again. It is as near to the law as the training set is, and publishes people's rows as they are;
- a **tree** (Chow and Liu 1968): each column is drawn given one other; the tree is the one with the largest sum of mutual information. Numbers are cut into 20 bins. It is a Bayesian network with one parent a column;
- a **Gaussian copula**: each column has its own distribution, and the relations are those of a joint Gaussian;
- **independent** columns.

> **Predict.** Which part of CTGAN is worth most? Where does CTGAN stand among the plain methods?
""", S("Which part does it, and who is better?", "- CTGAN with one part off at a time: modes, asking, log, packs, noise\n- bootstrap, a tree, a Gaussian copula, independent columns\n\nSame training rows; the runs of CTGAN get the same CPU seconds.", 2, "Let them rank the four plain methods, and place CTGAN.\n", kind="question"))
code("nb24-parts", """
PARTS = ("CTGAN", "plain ranges", "never asked", "asked as the table is", "no packs")
PARTS += ("softmax, no noise",)
PLAIN = ("fresh rows", "bootstrap", "Chow-Liu tree", "Gaussian copula", "independent columns")
seconds = rows_of("parts", "CTGAN")[0]["curve"][-1][0]
lines = []
for experiment, runs in (("parts", PARTS), ("plain", PLAIN)):
    for run in runs:
        line = {"rows": run}
        if run in PARTS[1:]:
            line["rows"] = f"without: {run}"
        names = {"tv": "total variation", "cargo": "cargo share", "mean": "worst mean"}
        names["correlation"] = "worst correlation"
        for name, title in names.items():
            line[title] = cell(column(experiment, run, name), 3)
        spent = seconds
        if experiment == "plain":
            spent = np.mean(column(experiment, run, "seconds"))
        lines.append(line | {"CPU s": f"{spent:.2g}"})
plots.table(lines, "Mean ± standard error over five seeds; 20,000 rows each")
""", hide=True, slide=S("One part off at a time, and the plain methods", minutes=4, notes="Read column by column. First: which row of CTGAN is worst, which is no worse than the whole? Then the plain ones.\n"))
code("nb24-parts-figure", """
fig, ax = plots.figure(height=3.6, width=9)
COLOURS_OF = (plots.FAKE, plots.REAL, plots.PURPLE, plots.GREEN, "black", "#B8860B")
for run, colour in zip(PARTS, COLOURS_OF):
    curves = np.array(column("parts", run, "curve"))  # (seeds, moments, 2)
    mean = curves[:, :, 1].mean(axis=0)
    error = curves[:, :, 1].std(axis=0, ddof=1) / math.sqrt(len(curves))
    name = run if run == "CTGAN" else f"without: {run}"
    ax.errorbar(curves[0, :, 0], mean, error, fmt="o-", color=colour, label=name)
for run in PLAIN[1:]:
    level = mean_error(column("plain", run, "tv"))[0]
    ax.axhline(level, color=plots.NEUTRAL, linestyle=":", linewidth=1.2)
    ax.text(ax.get_xlim()[1], level, f" {run}", va="center", fontsize=9)
ax.set(xlabel="CPU seconds", ylabel="total variation", title="Tables against time")
ax.set_ylim(bottom=0)
ax.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.22, 1))
alt = "Total variation against CPU seconds for CTGAN and five versions with one part off; "
plots.show(fig, alt + "dotted lines show the plain methods.")
""", hide=True, slide=S("All runs against time", minutes=2, notes="The dotted lines need a fraction of a second.\n"))
code("nb24-parts-claims", """
PARTS_CLAIMS
""", hide=True)
md("nb24-parts-words", """
PARTS_WORDS
""", S("What the rows say", "PARTS_SLIDE", 2, "PARTS_NOTES\n"))

md("nb24-6", """
## 6. A loss that looks good

Does the loss tell a good table from a bad one? A critic trained with a gradient penalty at least has a meaning: its gap $\\mathbb{E} D(\\text{real}) - \\mathbb{E} D(\\text{fake})$ estimates a distance (notebook 09). A practitioner who sees it small and flat stops the run.

> **Predict.** Take the last gap of each of the 30 stored runs, and the total variation of its table. Does a smaller gap mean a better table?
""", S("Does the loss tell?", "The critic's gap estimates a distance between packs of rows.\n\n30 runs: the last gap, and the total variation of the table. Does a smaller gap mean a better table?", 1, "Vote.\n", kind="question"))
code("nb24-loss", """
fig, (left, right) = plots.figure(1, 2, height=3.4, width=9)
gaps, distances = [], []
for run, colour in zip(PARTS, COLOURS_OF):
    gap, tv = column("parts", run, "gap"), column("parts", run, "tv")
    gaps.append(np.mean(gap))
    distances.append(np.mean(tv))
    left.scatter(gap, tv, color=colour, s=28, label=run)
left.set(xlabel="gap of the critic, last steps", ylabel="total variation")
left.set_title("30 runs: gap and table")
left.legend(fontsize=7)
gap = [record["gap"] for record in players.records]
at = [record["step"] for record in players.records]
right.plot(at, gap, color=plots.DISC, linewidth=0.8)
right.set(xlabel="step", ylabel="gap", title="The live run's gap")
alt = "Left: the last gap of the critic against total variation for thirty runs. "
plots.show(fig, alt + "Right: the gap of the live run over the steps.")
LOSS_CLAIMS
""", hide=True, slide=S("Small gaps, bad tables", minutes=3, notes="LOSS_NOTES\n"))
md("nb24-loss-words", """
LOSS_WORDS
""")

md("nb24-7", """
## 7. A real table, and a classifier as the judge

Now 569 women, each a row: ten numbers measured in a picture of cells from a lump in the breast (mean radius, texture, perimeter, ...), and the diagnosis, benign or malignant. The table (Street, Wolberg and Mangasarian 1993; UCI, licence CC BY 4.0) comes with scikit-learn, so nothing has to be downloaded and no package has to be added. It has few rows and one category only; that is its weakness here.

There is no law to compare with. The usual judge is a task: **train on synthetic, test on real**. A classifier (gradient boosting) learns the diagnosis from synthetic rows and is tested on real rows that the generator never saw. We cut the table in two halves by the seed. Beside the task stand two distances to the test half: of the single columns (Kolmogorov-Smirnov, mean over the columns), and of the correlations of all pairs. The last columns belong to section 9.
""", S("A real table: what can a classifier learn from fake rows?", "569 women: ten measurements of cells, and the diagnosis.\n\n**Train on synthetic, test on real**: gradient boosting learns from the fake rows and is tested on real ones that no generator saw.", 3, "Wisconsin diagnostic breast cancer, in scikit-learn. No law here: the judge is a task. **Ask:** what will the bootstrap score?\n"))
code("nb24-real", """
table = tabular.tumours()
train_half, test_half = tabular.halves(table, seed=0)
copula = tabular.gaussian_copula(train_half, len(train_half), stream)
for name, rows in (("real rows", train_half), ("Gaussian copula", copula)):
    area = tabular.efficacy(rows, test_half)  # gradient boosting on rows, tested on real
    print(f"trained on {name}: area under the ROC curve {area:.3f}")
""")
code("nb24-real-table", """
REAL = ("real rows", "bootstrap", "Chow-Liu tree", "Gaussian copula", "CTGAN")
REAL += ("independent columns",)
lines = []
for run in REAL:
    line = {"trained on": run}
    for name, title in {"auc": "area on real rows", "columns": "columns off"}.items():
        line[title] = cell(column("real", run, name), 3)
    line["pairs off"] = cell(column("real", run, "pairs"), 3)
    line["CPU s"] = f"{np.mean(column('real', run, 'seconds')):.2g}"
    lines.append(line)
plots.table(lines, "Mean ± standard error over five ways to cut the table")
REAL_CLAIMS
""", hide=True, slide=S("Train on synthetic, test on real", minutes=3, notes="REAL_NOTES\n"))
md("nb24-real-words", """
REAL_WORDS
""")
exec(open("/tmp/n24/nb_c.py").read())
