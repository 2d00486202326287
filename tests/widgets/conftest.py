import json

import pytest

from gan_course import widgets


@pytest.fixture
def shown(monkeypatch):
    """Call a function, and return the widget that it displays, with what it sends in `sent`."""

    def call(function, *args, **kwargs):
        seen = []
        monkeypatch.setattr(widgets, "display", seen.append)
        function(*args, **kwargs)
        (widget,) = seen
        widget.sent = []
        widget.send = lambda content, buffers=None: widget.sent.append((content, buffers or []))
        json.dumps(widget.config, allow_nan=False)  # the browser reads strict JSON
        return widget

    return call
