"""Ctrl-C and SIGTERM, which end a run after the step in progress."""

import os
import signal

from gan_course import distributed


class Stop:
    """While it is entered, a signal lets the run end after the step in progress, with a checkpoint.

    A second signal ends it at once, by KeyboardInterrupt; so does the first one where no steps are
    made, since nothing is lost then.
    """

    def __init__(self) -> None:
        self.signal = 0
        """the number of the signal that came, 0 before"""
        self.stepping = False
        """whether steps are being made"""

    def __enter__(self) -> "Stop":
        numbers = (signal.SIGINT, signal.SIGTERM)
        self.before = {number: signal.signal(number, self._note) for number in numbers}
        return self

    def __exit__(self, *error) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame) -> None:
        stepping = self.stepping or not distributed.first()  # the first process stops for all
        wait = stepping and not self.signal
        self.signal = number
        if not wait:
            raise KeyboardInterrupt
        # not by print: the signal may have come in the middle of one
        os.write(2, b"\nThis step ends, and a checkpoint is written; once more stops at once.\n")

    def __call__(self, step: int) -> bool:
        """Whether the run is to end now. A training loop asks this before each of its steps."""
        self.stepping = True
        return bool(self.signal)
