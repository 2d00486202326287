"""Server configuration of `make lab`. Nothing is written into the user's own settings.

- overrides.json beside this file turns off JupyterLab's question about news.
- A first workspace, kept in build/, opens the table of contents beside the notebook.
- What a kernel says reaches the browser at once: TCP holds small frames back until the
  last one is acknowledged, some 40 ms, and a slider whose picture the kernel draws
  feels that.
"""

import json
from pathlib import Path

from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

HERE = Path(__file__).resolve().parent
WORKSPACES = HERE.parent / "build" / "workspaces"
FIRST = (
    WORKSPACES / "default-37a8.jupyterlab-workspace"
)  # the name that JupyterLab gives "default"
TOC = "@jupyterlab/toc:plugin"  # the table of contents, by the name that layouts use
LEFT = {
    "collapsed": False,
    "current": TOC,
    "widgets": ["filebrowser", "running-sessions", TOC],
}

if not FIRST.exists():
    WORKSPACES.mkdir(parents=True, exist_ok=True)
    layout = {
        "data": {"layout-restorer:data": {"left": LEFT}},
        "metadata": {"id": "default"},
    }
    FIRST.write_text(json.dumps(layout), encoding="utf-8")

c = get_config()  # noqa: F821 - Jupyter hands this function to the file
c.LabApp.app_settings_dir = str(HERE)
c.LabApp.workspaces_dir = str(WORKSPACES)

_open = KernelWebsocketHandler.open


def _open_without_delay(self, *args, **kwargs):
    self.set_nodelay(True)
    return _open(self, *args, **kwargs)


KernelWebsocketHandler.open = _open_without_delay
