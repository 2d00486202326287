import sys; sys.path.insert(0,"/tmp/n24")
from build import *
md("sol24-title", """
# 24 · Tables, anomalies, privacy: solutions

<!-- buttons: python book/buttons.py writes them -->
<!-- end of the buttons -->

Try each exercise first; the checker in the notebook tells you whether you are right. Here is one way to solve each, why it works, and what the common wrong answers get wrong.
""")
install()
code("sol24-setup", """
import math

import torch
from scipy import stats

from gan_course import checks, plots, runtime
from gan_course.chapters import tabular

device = runtime.start(seed=0, threads=1, on="cpu")
rides = tabular.Rides()
train = rides.sample(5_000, runtime.generator(100))
""")
md("sol24-1", """
### Exercise 24.1: what D sees of each category

The shares of the first column in the batches of training by sampling, when there are two columns to ask about.
""")
code("sol24-1-code", """
def shares_seen(counts):
    def asked(per_category):
        chances = (1 + per_category).log()
        return chances / chances.sum()

    first = asked(counts.sum(dim=1))  # when the first column is asked
    given = counts / counts.sum(dim=0)  # the first column's shares, given the second
    second = given @ asked(counts.sum(dim=0))
    return (first + second) / 2


assert checks.shares_seen(shares_seen)
checks.shares_seen(shares_seen)
""", tags=("solution",))
md("sol24-1-why", """
Half of the questions are about the first column; there the shares are $\\log(1 + n_i)$, normed. The other half is about the second. Then category $j$ comes with $\\log(1 + n_j)$, normed, and the row that is drawn has category $i$ in the first column as often as rows with $j$ have it, $n_{ij} / n_j$.

- *The first half alone* holds only for a table with one column of categories.
- *The second half as in the table* forgets that asking for rare members of the second column also changes who comes along.
- *The logarithm of the shares* is negative, and a share of 1 would never be asked for: it is $\\log(1 + n)$ with the count.

**In the rides**, what does D see of the cargo bikes?
""")
code("sol24-1-more", """
counts = torch.zeros(4, 2)
for kind, member in train.classes:
    counts[kind, member] += 1
_, index = tabular.Asker(train, rides.levels).draw(50_000, runtime.generator(1))
drawn = train.classes[index, 0].bincount(minlength=4) / len(index)
in_table, by_formula = counts.sum(dim=1) / counts.sum(), shares_seen(counts)
lines = []
for k, kind in enumerate(rides.kinds):
    line = {"kind": kind, "in the table": f"{in_table[k]:.3f}"}
    line |= {"by the formula": f"{by_formula[k]:.3f}", "50,000 drawn": f"{drawn[k]:.3f}"}
    lines.append(line)
plots.table(lines)
checks.claim(
    "the sampler draws what the formula says, within 0.01",
    (drawn - by_formula).abs().max() < 0.01,
)
""")
md("sol24-2", """
### Exercise 24.2: which share of the rows are copies

An estimate from the nearest real row of each made row.
""")
code("sol24-2-code", """
def copied(made, train, held_out):
    to_train = torch.cdist(made, train).amin(dim=1)
    to_others = torch.cdist(made, held_out).amin(dim=1)
    nearer = (to_train < to_others).double().mean().item()
    by_chance = len(train) / (len(train) + len(held_out))
    return (nearer - by_chance) / (1 - by_chance)


assert checks.copied(copied)
checks.copied(copied)
""", tags=("solution",))
md("sol24-2-why", """
An honest row was drawn without a look at which of the $n + m$ real rows were used for training. All real rows come from one law, so each is equally likely to be the nearest: it is a training row with probability $n / (n + m)$. A copy has its source next to it, so its nearest is a training row. Together

$$P(\\text{nearer to a training row}) = c + (1 - c)\\, \\frac{n}{n + m},$$

which is solved for $c$.

- *Against 1/2* is right only if $n = m$. With four times as many training rows an honest seller would stand accused.
- *Leaving out training rows until $n = m$* repairs the honest case, and misses the copies of the rows that were left out.
- *A quantile of distances between real rows* finds copies too, but an honest generator that draws only in dense places is nearer to everything, and is called a thief.

The estimate can be a little below 0, by chance. What a buyer would add is an error bar, and a look at *whose* rows were copied. **How sure can one be?** The standard error for 1,000 honest rows:
""")
code("sol24-2-more", """
lines = []
for n, m in ((400, 400), (800, 200), (900, 100)):
    stream, found = runtime.generator(0), []
    for _ in range(20):
        sets = [torch.randn(size, 6, generator=stream) for size in (1_000, n, m)]
        found.append(copied(*sets))
    found = torch.tensor(found)
    line = {"training rows": n, "held out": m, "mean": f"{found.mean():+.3f}"}
    lines.append(line | {"standard deviation": f"{found.std():.3f}"})
    spread = found.std()
plots.table(lines, "Honest rows, 20 draws")
checks.claim("few held-out rows make the estimate vague", spread > 0.05, f"{spread:.2f}")
""")
md("sol24-3", """
### Exercise 24.3: an audit

What $\\varepsilon$ is at least, given what an attack has achieved.
""")
code("sol24-3-code", """
def audited(found, members, alarms, others, delta):
    def below(k, n):  # Clopper-Pearson, one side
        return stats.beta.ppf(0.025, k, n - k + 1) if k else 0.0

    def above(k, n):
        return stats.beta.ppf(0.975, k + 1, n - k) if k < n else 1.0

    hit, alarm = below(found, members), above(alarms, others)
    best = 0.0
    for left, right in ((hit, alarm), (1 - alarm, 1 - hit)):
        if left > delta:
            best = max(best, math.log((left - delta) / right))
    return best


assert checks.audited(audited)
checks.audited(audited)
""", tags=("solution",))
md("sol24-3-why", """
Take $S$ = "member": $\\text{hit} \\le e^{\\varepsilon}\\, \\text{alarm} + \\delta$. Take the opposite set for an outsider, with the two tables exchanged: $1 - \\text{alarm} \\le e^{\\varepsilon} (1 - \\text{hit}) + \\delta$. Each is solved for $\\varepsilon$; the larger lower bound counts. With probability 95 % both intervals hold at once, and then both bounds do.

- *Without intervals*, 100 of 100 found would prove that $\\varepsilon$ is infinite. With them it is a number.
- *The first inequality alone* misses attacks that hardly ever clear a member: there the second is sharp.
- *A negative result* says nothing: every procedure has $\\varepsilon \\ge 0$.

An audit never shows that $\\varepsilon$ is small. (Strictly, the definition speaks of many trainings, with and without one person; to attack all members of a single training is a common shortcut, and the members are then not independent.) **How many people does it take** to prove $\\varepsilon \\ge 3$ with a perfect attack?
""")
code("sol24-3-more", """
needed = next(n for n in range(1, 1_000) if audited(n, n, 0, n, 1e-5) >= 3)
print(f"{needed} members and as many outsiders, all of them told apart")
sure = [audited(n, n, 0, n, 1e-5) for n in (10, 100, 1_000)]
lines = [{"people": n, "epsilon is at least": f"{e:.2f}"} for n, e in zip((10, 100, 1_000), sure)]
plots.table(lines, "A perfect attack")
checks.claim("ten people cannot prove epsilon 3, a hundred can", sure[0] < 3 < sure[1])
""")
save(sys.argv[1] if len(sys.argv)>1 else "/work/wt/n24/notebooks/solutions/24_tables_anomalies_privacy.ipynb")
