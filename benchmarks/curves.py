"""Runs of equal CPU seconds, measured on the way: for conditions.py, critics.py and dcgan.py.

The learning rates stay as they are, so that a point of a curve is also the end of a shorter run.
"""

import copy
import time
from collections.abc import Callable
from dataclasses import replace

import torch
from torch import nn

from gan_course import data, game
from gan_course.training.recipes import Recipe


class Clock:
    """Spends a budget of CPU seconds: measures on the way, and stops. A callback.

    marks: shares of the budget at which `measure(state)` is called; what it takes does not count.
    found: pairs of seconds and measurement. times: pairs of step and seconds, some fifty.
    """

    def __init__(self, seconds: float, marks: tuple[float, ...], measure):
        self.seconds, self.measure = seconds, measure
        self.left, self.found = list(marks), []
        self.times: list[tuple[int, float]] = []
        self.start = time.process_time()

    def __call__(self, state: game.State) -> None:
        now = time.process_time()
        spent = now - self.start
        share = min(1.0, spent / self.seconds)
        if share >= len(self.times) / 50:
            self.times.append((state.step, round(min(spent, self.seconds), 2)))
        while self.left and share >= self.left[0]:
            self.found.append((round(self.left.pop(0) * self.seconds, 2), self.measure(state)))
        if share == 1:
            state.stop("the seconds are over")
        self.start += time.process_time() - now


def play(
    recipe: Recipe,
    G: nn.Module,
    D: nn.Module,
    images: data.ImageSet,
    seed: int,
    seconds: float,
    marks: tuple[float, ...],
    measure: Callable[[game.State], object],
    log_every: int = 1_000,
) -> tuple[game.Run, Clock]:
    """Train for so many CPU seconds of one thread, in the recipe's precision.

    The recipe's number of steps and its falling rates are not looked at.
    """
    torch.manual_seed(seed)
    config = replace(recipe.train, seed=seed, log_every=log_every)
    batch = next(data.batches(images, recipe.batch_size))
    precision = game.choose_precision(G, D, batch, config=config, **recipe.game())
    # the clock ends the run
    config = replace(config, steps=10**9, lr_final=1.0, precision=precision)
    # the first steps of a process are slow: three on copies, before the clock runs
    copies = copy.deepcopy((G, D))
    batches = data.batches(images, recipe.batch_size, seed)
    game.train(*copies, batches, config=replace(config, steps=3), **recipe.game())
    clock = Clock(seconds, marks, measure)
    batches = data.batches(images, recipe.batch_size, seed)
    run = game.train(G, D, batches, config=config, **recipe.game(), callbacks=[clock])
    return run, clock
