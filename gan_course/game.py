"""The one training loop. Notebook 03 writes it by hand and shows that this one gives the same
numbers.

Algorithm 1 of Goodfellow et al. 2014, with what makes it fast on small machines. A variant is a
value handed in: WGAN-GP is `Wasserstein()`, `[GradientPenalty(10)]` and `d_steps=5`; nothing below
knows its name.
"""

import contextlib
import os
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.optim.swa_utils import AveragedModel
from tqdm.auto import tqdm

from gan_course import distributed
from gan_course.checkpoint import check_finite, pack, restore, save_checkpoint
from gan_course.config import TrainConfig
from gan_course.errors import DivergedError, GanCourseError


class History(list):
    """The records of a run, one dict every `config.log_every` steps: step, d_loss, g_loss,
    real_score, fake_score (means).

    The losses are those of the game, without the penalties.
    generator: the network to sample from, in eval mode: the weight average if the config asks for
    one, else G.
    """

    generator: nn.Module

    def column(self, name: str) -> list[float]:
        """One quantity over the run."""
        return [record[name] for record in self]


@dataclass
class State:
    """A run in progress: what callbacks see and checkpoints hold. `step` counts the finished
    generator updates.

    shared_G, shared_D: G and D as called where their own weights get gradients. In a single process
    they are G and D; in one of several their backward averages the gradients
    (`distributed.together`).
    """

    G: nn.Module
    D: nn.Module
    opt_g: torch.optim.Optimizer
    opt_d: torch.optim.Optimizer
    batches: object
    loss: object
    config: TrainConfig
    penalties: tuple
    constrain: object
    noise: torch.Generator
    average: AveragedModel | None
    shared_G: nn.Module
    shared_D: nn.Module
    g_penalties: tuple = ()
    step: int = 0
    d_updates: int = 0
    history: History = field(default_factory=History)

    @property
    def generator(self) -> nn.Module:
        """The network to sample from: the weight average where there is one."""
        return self.average.module if self.average else self.G


def d_step(state: State, real: Tensor, fake: Tensor, labels: Tensor | None = None) -> dict:
    """Raise D's scores of real samples and lower those of fakes. G is out of it: `fake` enters
    detached.
    """
    fake = fake.detach()
    with _autocast(state):
        real_scores, fake_scores = score_both(state.shared_D, real, fake, labels)
    d_loss = total = state.loss.discriminator(real_scores.float(), fake_scores.float())
    for penalty in state.penalties:
        every = getattr(penalty, "every", 1)
        if state.d_updates % every == 0:
            total = total + every * penalty(state.D, real, fake, labels)
    state.opt_d.zero_grad()
    total.backward()
    state.opt_d.step()
    if state.constrain:
        state.constrain(state.D)
    state.d_updates += 1
    return {
        "d_loss": d_loss.detach(),
        "real_score": real_scores.detach().mean(),
        "fake_score": fake_scores.detach().mean(),
    }


def g_step(state: State, real: Tensor, fake: Tensor, labels: Tensor | None = None) -> dict:
    """Move G so that D scores its fakes as real. D passes the gradient on, but is frozen: its
    weights get none.
    """
    with _frozen(state.D):
        with _autocast(state):
            real_scores = (
                _score(state.D, real, labels).float()
                if getattr(state.loss, "uses_real", False)
                else None
            )
            fake_scores = _score(state.D, fake, labels)
        g_loss = total = state.loss.generator(real_scores, fake_scores.float())
        for penalty in state.g_penalties:
            total = total + penalty(state.D, real, fake, labels)
        state.opt_g.zero_grad()
        total.backward()
        state.opt_g.step()
    if state.average:
        state.average.update_parameters(state.G)
    return {"g_loss": g_loss.detach()}


def train(
    G,
    D,
    batches,
    loss,
    config,
    penalties=(),
    constrain=None,
    callbacks=(),
    resume=None,
    g_penalties=(),
) -> History:
    """Train G against D, and return the records of the losses.

    G, D: networks (see `models` for the contract), on the device to train on; trained in place.
    batches: iterator of (samples, labels or None), `data.batches(...)`. loss: an object of
    `losses`.
    penalties: terms of D's loss; g_penalties: of G's. constrain: called with D after each of its
    steps.
    callbacks: each is called with the `State` before every step and once at the end; drawing random
    numbers there does not change the run. resume: a checkpoint that `Checkpoint` wrote; the run
    then ends with the numbers of an uninterrupted one. In one of several processes (`ranks`) each
    trains on its share of the batch; callbacks and weight average are rank 0's.
    """
    state = start(G, D, batches, loss, config, penalties, constrain, g_penalties)
    # what penalties and networks draw comes from a stream that starts at the config's seed
    with torch.random.fork_rng():
        torch.manual_seed(config.seed)
        if resume:
            restore(state, resume)
        with tqdm(
            total=config.steps,
            initial=state.step,
            leave=False,
            unit="step",
            disable=_quiet() or not distributed.first(),
        ) as bar:
            while state.step < config.steps:
                _call(callbacks, state)
                _set_learning_rates(state)

                for _ in range(config.d_steps):
                    real, labels = next_real(state)
                    # z ~ N(0, I), fake = G(z); labels are the real batch's
                    fake = draw_fake(state, real, labels)
                    record = d_step(state, real, fake, labels)
                # on the last fakes: one forward of G serves both steps
                record |= g_step(state, real, fake, labels)

                state.step += 1
                bar.update()
                if state.step % config.log_every == 0 or state.step == config.steps:
                    _log(state, record, bar)
        _call(callbacks, state)
    G.eval(), D.eval()
    state.history.generator = state.generator.eval()
    return state.history


def score_both(
    D, real: Tensor, fake: Tensor, labels: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Scores of real and of fake samples: one call on both together, or two where D has batch
    statistics to keep apart.
    """
    if has_batch_statistics(D):
        return _score(D, real, labels), _score(D, fake, labels)
    both_labels = None if labels is None else torch.cat([labels, labels])
    return _score(D, torch.cat([real, fake]), both_labels).chunk(2)


def has_batch_statistics(net: nn.Module) -> bool:
    """Whether a sample's output depends on its batch: batch norm, or a module that says
    `batch_statistics = True`.
    """
    return any(
        isinstance(m, _BatchNorm) or getattr(m, "batch_statistics", False) for m in net.modules()
    )


def start(G, D, batches, loss, config, penalties=(), constrain=None, g_penalties=()) -> State:
    """A run before its first step; arguments as in `train`, which takes it from there."""
    device = next(G.parameters()).device
    if config.channels_last:
        G.to(memory_format=torch.channels_last), D.to(memory_format=torch.channels_last)
    G.train(), D.train()

    def adam(net, lr):
        return torch.optim.Adam(
            net.parameters(), lr, config.betas, fused=device.type in ("cpu", "cuda")
        )

    # a young average forgets its untrained start faster
    def average_with_warm_up(averages, current, count):
        # stays a tensor: a GPU need not wait
        share = 1 - torch.clamp((1 + count) / (10 + count), max=config.average)
        for mean, value in zip(averages, current):
            mean.lerp_(value, share.to(mean.dtype)) if mean.is_floating_point() else mean.copy_(
                value
            )

    keeps = config.average and distributed.first()
    average = (
        AveragedModel(G, multi_avg_fn=average_with_warm_up, use_buffers=True) if keeps else None
    )
    noise = torch.Generator(device).manual_seed(config.seed)
    return State(
        G,
        D,
        adam(G, config.lr_g),
        adam(D, config.lr_d),
        iter(batches),
        loss,
        config,
        tuple(penalties),
        constrain,
        noise,
        average,
        distributed.together(G),
        distributed.together(D),
        tuple(g_penalties),
    )


def next_real(state: State) -> tuple[Tensor, Tensor | None]:
    """The next batch of data, and its labels if the game is conditional; of several processes, this
    one's share.
    """
    real, labels = (distributed.share(part) for part in next(state.batches))
    real = real.to(state.noise.device)
    if state.config.channels_last and real.ndim == 4:
        real = real.contiguous(memory_format=torch.channels_last)
    if not state.config.num_classes:
        return real, None
    if labels is None:
        raise GanCourseError(
            "num_classes is > 0, but the batches bring no labels: pass (samples, labels) to "
            "data.batches"
        )
    return real, labels.to(state.noise.device)


def draw_fake(state: State, real: Tensor, labels: Tensor | None) -> Tensor:
    """As many fakes as there are real samples, from fresh latent vectors."""
    whole = len(real) * distributed.count()
    z = distributed.share(
        torch.randn(
            whole, state.config.latent_dim, generator=state.noise, device=state.noise.device
        )
    )
    with _autocast(state):
        fake = state.shared_G(z) if labels is None else state.shared_G(z, labels)
    if fake.shape != real.shape:
        raise GanCourseError(
            f"G makes samples of shape {tuple(fake.shape)}, the data have {tuple(real.shape)}: "
            "give G that shape"
        )
    return fake.float()


def _score(D, x: Tensor, labels: Tensor | None) -> Tensor:
    scores = D(x) if labels is None else D(x, labels)
    if scores.ndim != 1:
        raise GanCourseError(
            f"D gives scores of shape {tuple(scores.shape)}; one score a sample is (N,): end D "
            "with .squeeze(1)"
        )
    return scores


def _autocast(state: State):
    return torch.autocast(
        state.noise.device.type, torch.bfloat16, enabled=state.config.precision == "bf16"
    )


@contextlib.contextmanager
def _frozen(D):
    """No gradients for D's own weights: G's step needs the gradient through D, not in it."""
    trainable = [p for p in D.parameters() if p.requires_grad]
    for p in trainable:
        p.requires_grad_(False)
    try:
        yield
    finally:
        for p in trainable:
            p.requires_grad_(True)


def _set_learning_rates(state: State) -> None:
    config = state.config
    factor = 1 + (config.lr_final - 1) * state.step / max(1, config.steps)
    state.opt_g.param_groups[0]["lr"], state.opt_d.param_groups[0]["lr"] = (
        config.lr_g * factor,
        config.lr_d * factor,
    )


def _quiet() -> bool:
    # tqdm's notebook bar does not read it by itself
    return os.environ.get("TQDM_DISABLE", "0") not in ("", "0")


def _call(callbacks, state: State) -> None:
    if callbacks and distributed.first():
        with torch.random.fork_rng(devices=[]), torch.no_grad():
            for callback in callbacks:
                callback(state)


def _log(state: State, record: dict, bar) -> None:
    record = {
        "step": state.step,
        **{name: float(value) for name, value in distributed.mean(record).items()},
    }
    if not all(torch.isfinite(torch.tensor([record["d_loss"], record["g_loss"]]))):
        raise DivergedError(
            f"step {state.step}: D's loss is {record['d_loss']:.4g}, G's is "
            f"{record['g_loss']:.4g}. Usual causes: a learning "
            "rate too high, a Wasserstein loss with no Lipschitz constraint, a log of a "
            "probability instead of logits. "
            "Checkpoints written before this step are untouched"
        )
    state.history.append(record)
    bar.set_postfix(D=f"{record['d_loss']:.3f}", G=f"{record['g_loss']:.3f}")


# ---- callbacks: called with the `State` before every step and once at the end; any function of the
# state is one too


class Checkpoint:
    """Callback: write a checkpoint to `path` every `every` steps and at the end, for `train(...,
    resume=path)`.
    """

    def __init__(self, path, every: int = 500):
        self.path, self.every = path, every

    def __call__(self, state) -> None:
        if state.step and (state.step % self.every == 0 or state.step == state.config.steps):
            check_finite(state)  # the last good checkpoint is not overwritten by a diverged run
            save_checkpoint(self.path, pack(state))


class Film:
    """Callback: call `take(state)` at the given steps (a list) or every so many (a number), and
    keep what it returns.

    frames: list of (step, what was taken); the untrained networks are step 0.
    """

    def __init__(self, take, at):
        self.take, self.at, self.frames = take, at, []

    def __call__(self, state) -> None:
        due = state.step % self.at == 0 if isinstance(self.at, int) else state.step in self.at
        if due or state.step == state.config.steps:
            self.frames.append((state.step, self.take(state)))


# ---- samples of a generator


@torch.no_grad()
def sample(G: nn.Module, z: Tensor, labels: Tensor | None = None, batch_size: int = 1000) -> Tensor:
    """G(z) in eval mode, a batch at a time, on the CPU, without gradients; G's mode is left as it
    was.

    z: (N, latent_dim). labels: (N,) int64 for a conditional G.
    """
    device, mode = next(G.parameters()).device, G.training
    inputs = (z,) if labels is None else (z, labels)
    if any(x.ndim < 1 or len(x) != len(z) for x in inputs):
        raise GanCourseError(
            "sample takes a row of each input for each sample; found "
            f"{[tuple(x.shape) for x in inputs]}"
        )
    G.eval()
    try:
        parts = [
            G(*(x.to(device) for x in part)) for part in zip(*(x.split(batch_size) for x in inputs))
        ]
    finally:
        G.train(mode)
    return torch.cat(parts).float().cpu()
