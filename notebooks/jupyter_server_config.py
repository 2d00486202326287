"""Server configuration of `make lab`: what a kernel says reaches the browser at once.

TCP holds small frames back until the last one is acknowledged, some 40 ms; a slider whose picture
the kernel draws feels that.
"""

from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

_open = KernelWebsocketHandler.open


def _open_without_delay(self, *args, **kwargs):
    self.set_nodelay(True)
    return _open(self, *args, **kwargs)


KernelWebsocketHandler.open = _open_without_delay
