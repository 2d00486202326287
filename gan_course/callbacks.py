"""What may happen between two steps of a run: write a checkpoint, take a picture. `game.train(..., callbacks=[...])` calls each
with its `State` before every step and once at the end. Any function of the state is a callback too. Notebook 03.
"""

from gan_course.checkpoint import check_finite, pack, save_checkpoint


class Checkpoint:
    """Callback: write a checkpoint to `path` every `every` steps and at the end, for `train(..., resume=path)`."""

    def __init__(self, path, every: int = 500):
        self.path, self.every = path, every

    def __call__(self, state) -> None:
        if state.step and (state.step % self.every == 0 or state.step == state.config.steps):
            check_finite(state)  # the last good checkpoint is not overwritten by a diverged run
            save_checkpoint(self.path, pack(state))


class Film:
    """Callback: call `take(state)` at the given steps (a list) or every so many (a number), and keep what it returns.

    frames: list of (step, what was taken); the untrained networks are step 0.
    """

    def __init__(self, take, at):
        self.take, self.at, self.frames = take, at, []

    def __call__(self, state) -> None:
        due = state.step % self.at == 0 if isinstance(self.at, int) else state.step in self.at
        if due or state.step == state.config.steps:
            self.frames.append((state.step, self.take(state)))
