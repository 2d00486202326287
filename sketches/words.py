R["PARTS_CLAIMS"]='''
def seeds_above(run, other, name="tv", of=("parts", "parts")):
    """In how many of the five seeds the first run's number is the larger one."""
    pairs = zip(column(of[0], run, name), column(of[1], other, name))
    return sum(a > b for a, b in pairs)


count = seeds_above("plain ranges", "CTGAN")
checks.claim(
    "without modes the table is further from the law, on every seed",
    count == 5,
    f"{count} of 5",
)
count = seeds_above("CTGAN", "Chow-Liu tree", of=("parts", "plain"))
checks.claim("the tree is nearer to the law than CTGAN, on every seed", count == 5)
count = seeds_above("Gaussian copula", "CTGAN", of=("plain", "parts"))
checks.claim("CTGAN is nearer than the Gaussian copula, on every seed", count == 5)
'''
R["LOSS_CLAIMS"]='''
gap, tv = (
    [value for run in PARTS for value in column("parts", run, name)]
    for name in ("gap", "tv")
)
order = stats.spearmanr(gap, tv)
small, large = np.argmin(gap), np.argmin(tv)
checks.claim(
    "the run with the smallest gap is not among the ten best tables",
    sorted(tv).index(tv[small]) >= 10,
    f"its table is number {sorted(tv).index(tv[small]) + 1} of 30",
)
'''
