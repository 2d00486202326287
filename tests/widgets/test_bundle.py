"""The scripts that readers get: the committed bundles, and how a notebook saves them."""

import json
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
import torch
from ipywidgets.embed import dependency_state
from nbclient import NotebookClient

from gan_course import plots, widgets
from gan_course.widgets import stills

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "gan_course" / "widgets" / "source"


def test_each_kind_has_its_bundle():
    assert {path.stem for path in widgets.BUNDLE.glob("*.js")} == {"loader", *stills.KINDS}
    for kind in stills.KINDS:
        script = (widgets.BUNDLE / f"{kind}.js").read_text(encoding="utf-8")
        # the laboratory's holds a second script, which trains in a worker
        assert "export{" in script and len(script) < (36_000 if kind == "laboratory" else 22_000)
        if kind not in ("explore", "sheets"):  # they show pictures alone
            assert plots.FAKE in script  # one visual language


def test_the_bundles_are_built_from_the_sources(tmp_path):
    node, esbuild = shutil.which("node"), ROOT / "book" / "node_modules" / "esbuild"
    if not node or not esbuild.exists():
        pytest.skip("node or esbuild is missing: npm --prefix book ci")
    subprocess.run([node, ROOT / "book" / "widgets" / "bundle.js", tmp_path], check=True)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in widgets.BUNDLE.iterdir()}
    site = ROOT / "book" / "widgets" / "site.bundle.js"
    committed[site.name] = site.read_bytes()
    assert built == committed, "after a change of the sources: npm --prefix book run bundle"


def test_the_sources_are_checked_modules():
    for path in SOURCE.glob("*.js"):
        assert path.read_text(encoding="utf-8").startswith("// @ts-check\n"), path.name


def test_the_lock_names_no_host():
    text = (ROOT / "book" / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    lock = json.loads(text)
    assert not any("resolved" in package for package in lock["packages"].values())
    ours = {"@fontsource/lxgw-wenkai-tc", "mathjax", "reveal.js"}
    assert set(lock["packages"][""]["dependencies"]) == ours


def codes(state: dict) -> list[str]:
    """The scripts in a saved state of widgets."""
    return [model["state"]["source"] for model in state.values() if "source" in model["state"]]


def test_widgets_of_a_kind_share_one_script(shown):
    sheet = {"images": [torch.zeros(1, 1, 4, 4)]}
    machines = [shown(widgets.time_machine, [k], **sheet) for k in range(5)]
    assert len({machine.code.model_id for machine in machines}) == 1
    # what a page with these widgets would carry
    state = dependency_state(machines, drop_defaults=False)
    (script,) = codes(state)
    assert script == (widgets.BUNDLE / "timemachine.js").read_text(encoding="utf-8")
    for machine in machines:
        saved = state[machine.model_id]["state"]
        assert saved["code"] == f"IPY_MODEL_{machine.code.model_id}"
        assert len(saved["_esm"]) < 600 and "_css" not in saved


def test_a_closed_script_is_sent_again(shown):
    first = shown(widgets.dynamics).code
    first.close()
    second = shown(widgets.dynamics).code
    assert second is not first and second.comm is not None


def test_a_saved_notebook_holds_one_script_a_kind():
    cells = ["import torch\nfrom gan_course import widgets\nsheet = [torch.zeros(1, 1, 8, 8)] * 2"]
    cells += [f"widgets.time_machine([0, {k}], images=sheet)" for k in range(1, 4)]
    cells += ["widgets.dynamics()", "widgets.dynamics('R1')"]
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    state = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    assert len(codes(state)) == 2
    for cell in notebook.cells[1:]:
        (output,) = cell.outputs
        assert {"image/png", "text/plain"} < set(output["data"])
        assert len(output["metadata"]["image/png"]["alt"]) >= 40
    assert "object at 0x" not in json.dumps(notebook.cells)


def test_the_site_prefers_the_live_view_to_the_picture():
    render = pytest.importorskip("myst_nb.core.render", reason="myst-nb is not installed")
    rank = render.base_render_priority()["html"]
    assert rank["application/vnd.jupyter.widget-view+json"] < rank["image/png"]
