"""Seconds as steps: on a clock that moves by what each step and each checkpoint would take."""

import time
from types import SimpleNamespace

import pytest

from gan_course import penalties
from gan_course.config import TrainConfig
from gan_course.training import budget


@pytest.fixture
def clock(monkeypatch):
    hand = SimpleNamespace(time=0.0)
    monkeypatch.setattr(time, "perf_counter", lambda: hand.time)
    return hand


def cost(step):
    """Seconds of a step: every fourth has a penalty, the first two are slow."""
    return 1 + 2 * (step % 4 == 0) + 5 * (step < 2)


CHECKPOINT, EVERY = 3.0, 100


@pytest.mark.parametrize("seconds", [500, 5000])
def test_the_run_ends_with_its_budget(clock, seconds):
    watch = budget.Stopwatch(seconds)

    def draw(state):
        clock.time += CHECKPOINT

    state = SimpleNamespace(step=0, penalties=[penalties.ZeroCentered(1.0, every=4)])
    state.config, state.g_penalties, state.stopped = TrainConfig(), [], ""
    state.stop = lambda reason: setattr(state, "stopped", reason)
    callback = watch.callback(draw)
    callback(state)
    while not state.stopped:
        clock.time += cost(state.step)
        state.step += 1
        callback(state)
    assert clock.time < 0.05 * seconds + 20
    steps = watch.steps(EVERY)
    for step in range(steps):
        clock.time += CHECKPOINT * (step % EVERY == 0) + cost(step)
    assert 0.97 * seconds < clock.time + CHECKPOINT < 1.03 * seconds


def test_a_budget_below_one_step_is_one_step(clock):
    watch, step = budget.Stopwatch(0.1), 0
    while not watch(step):
        clock.time += 1.0
        step += 1
    assert watch.steps(EVERY) == 1


@pytest.mark.parametrize(
    ("every", "g_every", "d_steps", "cycle"),
    [(1, 1, 1, 1), (16, 1, 1, 16), (4, 1, 2, 2), (2, 1, 3, 2), (4, 3, 1, 12), (3, 1, 3, 1)],
)
def test_the_cycle_of_lazy_penalties(every, g_every, d_steps, cycle):
    terms = [penalties.ZeroCentered(1.0, every=every), lambda D, real, fake, labels=None: 0.0]
    state = SimpleNamespace(config=TrainConfig(d_steps=d_steps), penalties=terms)
    state.g_penalties = [penalties.ZeroCentered(1.0, every=g_every)]
    assert budget.cycle_of(state) == cycle
