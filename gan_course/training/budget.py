"""A budget in seconds as a number of steps, measured on a copy of the run before it begins."""

import math
import time
from collections.abc import Callable

import torch

from gan_course.game import State

SHARE = 0.02  # of the budget is spent on measuring, and counts
FAR = 10**9  # steps of the copy: it is stopped long before


class Stopwatch:
    """Times the steps of a copy of a run, and what is done at each of its checkpoints.

    A training loop asks it before each step whether to stop: enough was measured then.
    """

    def __init__(self, seconds: float):
        self.budget = seconds
        self.marks: list[tuple[int, float]] = []
        """step and time at the ends of whole cycles"""
        self.checkpoint = 0.0
        """seconds of a checkpoint"""

    def __call__(self, step: int, cycle: int = 1) -> bool:
        """Whether to stop before the next step. cycle: the cost repeats after so many steps."""
        share = SHARE * self.budget
        # not too often: waiting for a GPU takes time that the run itself will not lose
        due = not self.marks or time.perf_counter() > self.marks[-1][1] + share / 8
        if due and step % cycle == 0:
            self.marks.append((step, now()))
        return len(self.marks) > 3 and self.marks[-1][1] > self.marks[0][1] + share

    def callback(self, draw: Callable[[State], None]) -> Callable[[State], None]:
        """The same as a callback of `game.train`. draw: what the run does at its checkpoints."""

        def watch(state: State) -> None:
            if state.step == 0:
                start = now()
                draw(state)
                self.checkpoint = now() - start
            if self(state.step, cycle_of(state)):
                state.stop("enough was measured")

        return watch

    def a_step(self) -> float:
        """The seconds of a step."""
        middle = len(self.marks) // 2  # the first half warms up
        (first, start), (last, end) = self.marks[middle], self.marks[-1]
        return (end - start) / (last - first)

    def steps(self, every: int) -> int:
        """The steps that the budget allows, with a checkpoint before the first, each `every`, and
        after the last."""
        # measuring has made one checkpoint, and the run makes two more than it has intervals
        left = self.budget - (self.marks[-1][1] - self.marks[0][1]) - 3 * self.checkpoint
        return max(1, int(left / (self.a_step() + self.checkpoint / every)))


def now() -> float:
    """The clock on the wall, once a GPU has done what it was asked for."""
    if torch.accelerator.is_available():
        torch.accelerator.synchronize()
    return time.perf_counter()


def cycle_of(state: State) -> int:
    """Steps of G after which the cost of a step repeats: some penalties come at each n-th step."""
    d_steps = state.config.d_steps
    cycles = [1]
    for penalty in state.penalties:
        every = getattr(penalty, "every", 1)  # in steps of D
        cycles.append(every // math.gcd(every, d_steps))
    for penalty in state.g_penalties:
        cycles.append(getattr(penalty, "every", 1))
    return math.lcm(*cycles)
