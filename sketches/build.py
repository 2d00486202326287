"""notebook 10 anew: cells are (id, kind, tags, source, slide or KEEP or None)."""
import json, copy, sys
P = "notebooks/10_training_tricks.ipynb"
old = json.loads(open("sketches/old.ipynb", encoding="utf-8").read())
olds = {c["id"]: c for c in old["cells"]}
KEEP = "keep"
cells = []
def add(id, kind, source, slide=None, tags=()):
    source = source.strip("\n")
    if kind == "code":
        import subprocess
        r = subprocess.run(["ruff", "format", "--stdin-filename", "notebooks/x.py", "-"], input=source + "\n", capture_output=True, text=True)
        assert r.returncode == 0, (source, r.stderr)
        source = r.stdout.strip("\n")
    meta = {}
    if slide == KEEP:
        m = copy.deepcopy(olds[id]["metadata"])
        for k in ("slide", "slideshow"):
            if k in m: meta[k] = m[k]
    elif slide is not None:
        meta["slide"] = slide
        meta["slideshow"] = {"slide_type": "slide"}
    if tags:
        meta["tags"] = list(tags)
        if "hide-input" in tags: meta["jupyter"] = {"source_hidden": True}
    meta = dict(sorted(meta.items()))
    lines = source.split("\n")
    src = [l + "\n" for l in lines[:-1]] + [lines[-1]]
    c = {"cell_type": kind, "id": id, "metadata": meta, "source": src}
    if kind == "code":
        c = {"cell_type": kind, "execution_count": None, "id": id, "metadata": meta, "outputs": [], "source": src}
    cells.append(c)
def md(id, source, slide=None): add(id, "markdown", source, slide)
def code(id, source, slide=None, tags=()): add(id, "code", source, slide, tags)
def hid(id, source, slide=None): add(id, "code", source, slide, ("hide-input",))
exec(open("sketches/cells.py", encoding="utf-8").read())
nb = {"cells": cells, "metadata": old["metadata"], "nbformat": 4, "nbformat_minor": 5}
open(P, "w", encoding="utf-8").write(json.dumps(nb, indent=1, ensure_ascii=False) + "\n")
