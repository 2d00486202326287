"""The one training loop. Notebook 03 writes it by hand and shows that it gives the same numbers.

Algorithm 1 of Goodfellow et al. 2014, with what makes it fast on small machines. A variant is a
value handed in: WGAN-GP is `Wasserstein()`, `[GradientPenalty(10)]` and `d_steps=5`; nothing below
knows its name. Read `train` first, then `one_step`, `d_step` and `g_step`.
"""

import contextlib
import copy
import itertools
import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.optim.swa_utils import AveragedModel
from tqdm.auto import tqdm

from gan_course import arguments, distributed, runtime
from gan_course.checkpoint import check_finite, pack, restore, save_checkpoint
from gan_course.config import TrainConfig
from gan_course.errors import DivergedError, GanCourseError

# ---- what a run is made of


class Loss(Protocol):
    """What the two players minimise, from raw scores (N,): the objects of `losses`.

    A loss that compares each fake with a real sample says `uses_real = True`; G's step then hands
    it the real scores, and None otherwise.
    """

    def discriminator(self, real_scores: Tensor, fake_scores: Tensor) -> Tensor: ...

    def generator(self, real_scores: Tensor | None, fake_scores: Tensor) -> Tensor: ...


class Penalty(Protocol):
    """A term added to a player's loss: the objects of `penalties`, or any function of that shape.

    With an attribute `every` it is added at every so many steps of its player, so many times as
    strong.
    """

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor: ...


Batches = Iterable[tuple[Tensor, Tensor | None]]
"""Endless (samples, labels or None): `data.batches`. To be resumed they need a state_dict().

A DataLoader will do where nothing is resumed: its passes follow one another.
"""


@dataclass(kw_only=True)
class State:
    """A run in progress: what callbacks see and checkpoints hold.

    step: generator updates that are done. records: see `Run`. noise: the stream of z.
    average: the running mean of G's weights, or None. rate_scale: a callback may set it; both
    learning rates are multiplied by it.
    shared_G, shared_D: G and D as called where their own weights get gradients. In a single process
    they are G and D; in one of several their backward averages the gradients over the processes.
    """

    G: nn.Module
    D: nn.Module
    opt_g: torch.optim.Optimizer
    opt_d: torch.optim.Optimizer
    batches: Iterator[tuple[Tensor, Tensor | None]]
    loss: Loss
    config: TrainConfig
    penalties: tuple[Penalty, ...]
    g_penalties: tuple[Penalty, ...]
    constrain: Callable[[nn.Module], None] | None
    noise: torch.Generator
    average: AveragedModel | None
    shared_G: nn.Module
    shared_D: nn.Module
    step: int = 0
    d_updates: int = 0
    records: list[dict] = field(default_factory=list)
    rate_scale: float = 1.0
    stopped: str = ""

    def stop(self, reason: str) -> None:
        """End the run before the next step. reason: what `Run.stopped` will say."""
        self.stopped = reason

    @property
    def ended(self) -> bool:
        """Whether no step will follow: all are done, or a callback has stopped the run."""
        return bool(self.stopped) or self.step >= self.config.steps

    @property
    def generator(self) -> nn.Module:
        """The network to sample from: the weight average where there is one."""
        return self.average.module if self.average else self.G


@dataclass
class Run:
    """What `train` returns.

    records: a dict each `config.log_every` steps: step, d_loss, g_loss, real_score, fake_score
    (means over the batch). The losses are those of the game, without the penalties.
    generator: the network to sample from, in eval mode: the weight average if the config asks for
    one, else G. discriminator: D, in eval mode. stopped: why a callback ended the run, or "".
    """

    records: list[dict]
    generator: nn.Module
    discriminator: nn.Module
    stopped: str = ""

    def column(self, name: str) -> list[float]:
        """One quantity over the run, such as "d_loss"."""
        return [record[name] for record in self.records]


# ---- the loop


def train(
    G: nn.Module,
    D: nn.Module,
    batches: Batches,
    loss: Loss,
    config: TrainConfig,
    penalties: Sequence[Penalty] = (),
    g_penalties: Sequence[Penalty] = (),
    constrain: Callable[[nn.Module], None] | None = None,
    callbacks: Sequence[Callable[[State], Any]] = (),
    resume: str | Path | None = None,
) -> Run:
    """Train G against D.

    G, D: networks (see `models` for the contract), on the device to train on; trained in place.
    batches: see `Batches`. penalties: terms of D's loss; g_penalties: of G's.
    constrain: called with D after each of its steps (weight clipping).
    callbacks: each is called with the `State` before every step and once at the end. Random numbers
    drawn there do not change the run; `state.stop("reason")` ends it.
    resume: a checkpoint that `Checkpoint` wrote; the run then ends with the numbers of an
    uninterrupted one.
    In one of several processes (`distributed`) each trains on its share of the batch; callbacks and
    weight average are those of the first.
    """
    state = start(G, D, batches, loss, config, penalties, g_penalties, constrain)
    arguments.check_calls("callbacks", callbacks, "[game.Film(...)]")
    # penalties and networks draw from a stream that starts at the config's seed
    with torch.random.fork_rng():
        torch.manual_seed(config.seed)
        if resume:
            restore(state, resume)
        with _progress_bar(state) as bar:
            while not state.ended:
                _call(callbacks, state)
                if state.stopped:
                    break
                _set_learning_rates(state)
                record = one_step(state)
                bar.update()
                if state.step % config.log_every == 0 or state.step == config.steps:
                    _log(state, record, bar)
        _call(callbacks, state)
    G.eval()
    D.eval()
    return Run(state.records, state.generator.eval(), D, state.stopped)


def one_step(state: State) -> dict:
    """`config.d_steps` updates of D and one of G: the record of the last of each."""
    for _ in range(state.config.d_steps):
        real, labels = next_real(state)
        fake = draw_fake(state, real, labels)  # labels are those of the real batch
        record = d_step(state, real, fake, labels)
    # G's step takes the last fakes: one forward of G serves both players
    record |= g_step(state, real, fake, labels)
    state.step += 1
    return record


def d_step(state: State, real: Tensor, fake: Tensor, labels: Tensor | None = None) -> dict:
    """Raise D's scores of real samples and lower those of fakes. `fake` is detached: G stays."""
    fake = fake.detach()
    with _autocast(state):
        real_scores, fake_scores = score_both(state.shared_D, real, fake, labels)
    d_loss = state.loss.discriminator(real_scores.float(), fake_scores.float())
    terms = _penalties(state.penalties, state.d_updates, state.D, real, fake, labels)
    state.opt_d.zero_grad()
    sum(terms, d_loss).backward()
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
    """Move G so that D scores its fakes as real. The gradient passes through D, which stays."""
    with _frozen(state.D):
        real_scores = None
        with _autocast(state):
            if getattr(state.loss, "uses_real", False):
                real_scores = _score(state.D, real, labels).float()
            fake_scores = _score(state.D, fake, labels).float()
        g_loss = state.loss.generator(real_scores, fake_scores)
        terms = _penalties(state.g_penalties, state.step, state.D, real, fake, labels)
        state.opt_g.zero_grad()
        sum(terms, g_loss).backward()
        state.opt_g.step()
    if state.average:
        state.average.update_parameters(state.G)
    return {"g_loss": g_loss.detach()}


def _penalties(penalties, updates: int, D, real, fake, labels) -> list[Tensor]:
    """The terms that are due at a player's update of that number, each `every` times as strong."""
    terms = []
    for penalty in penalties:
        every = getattr(penalty, "every", 1)
        if updates % every == 0:
            terms.append(every * penalty(D, real, fake, labels))
    return terms


def start(
    G: nn.Module,
    D: nn.Module,
    batches: Batches,
    loss: Loss,
    config: TrainConfig,
    penalties: Sequence[Penalty] = (),
    g_penalties: Sequence[Penalty] = (),
    constrain: Callable[[nn.Module], None] | None = None,
) -> State:
    """A run before its first step; arguments as in `train`, which takes it from there."""
    arguments.check_game(G, D, loss, config, penalties, g_penalties, constrain)
    if config.precision == "auto":
        raise GanCourseError(
            "TrainConfig.precision is 'auto', which is for recipes: take fp32 or bf16, or measure "
            "with replace(config, precision=game.choose_precision(G, D, batch, loss, config))"
        )
    device = next(G.parameters()).device
    for net in (G, D):
        net.train()
        if config.channels_last:
            net.to(memory_format=torch.channels_last)

    def adam(net: nn.Module, lr: float) -> torch.optim.Adam:
        fused = device.type in ("cpu", "cuda")
        betas = (float(config.betas[0]), float(config.betas[1]))  # Adam refuses (0, 0.99)
        return torch.optim.Adam(net.parameters(), lr, betas, fused=fused)

    average = None
    if config.average and distributed.first():
        average = AveragedModel(G, multi_avg_fn=warm_up(config.average), use_buffers=True)
    return State(
        G=G,
        D=D,
        opt_g=adam(G, config.lr_g),
        opt_d=adam(D, config.lr_d),
        batches=arguments.endless(batches),
        loss=loss,
        config=config,
        penalties=tuple(penalties),
        g_penalties=tuple(g_penalties),
        constrain=constrain,
        noise=torch.Generator(device).manual_seed(config.seed),
        average=average,
        shared_G=distributed.together(G),
        shared_D=distributed.together(D),
    )


def choose_precision(
    G: nn.Module,
    D: nn.Module,
    batch: tuple[Tensor, Tensor | None],
    loss: Loss,
    config: TrainConfig,
    penalties: Sequence[Penalty] = (),
    g_penalties: Sequence[Penalty] = (),
    constrain: Callable[[nn.Module], None] | None = None,
) -> str:
    """The config's precision; if that is "auto", fp32 or bf16: `runtime.faster_precision`.

    batch: samples, and labels or None. Measured on copies: networks, their statistics and the
    random streams stay as they are. Takes a second.
    """
    if config.precision != "auto":
        return config.precision
    terms = [*penalties, *g_penalties]
    every = [getattr(term, "every", 1) for term in terms]
    kind = (
        str(G),
        str(D),
        tuple(tuple(p.shape) for p in [*G.parameters(), *D.parameters()]),
        tuple(None if x is None else tuple(x.shape) for x in batch),
        tuple(type(part).__name__ for part in [loss, *terms]),
        tuple(every),
        (config.d_steps, config.channels_last, config.average > 0),
    )

    def step_in(precision: str) -> Callable[[], dict]:
        numbers = replace(config, precision=precision)
        # in one go, so that a term which holds a network holds the copy of it
        own = copy.deepcopy((G, D, loss, tuple(penalties), tuple(g_penalties)))
        own_G, own_D, own_loss, d_terms, g_terms = own
        batches = itertools.repeat(batch)
        state = start(own_G, own_D, batches, own_loss, numbers, d_terms, g_terms, constrain)
        return partial(one_step, state)

    return runtime.faster_precision(step_in, kind, next(G.parameters()).device, math.lcm(*every))


def warm_up(decay: float):
    """A weight average whose decay grows from .1 to `decay`: it soon forgets the untrained G."""

    def update(averages, current, count) -> None:
        # a tensor to the end, so that a GPU need not wait
        share = 1 - torch.clamp((1 + count) / (10 + count), max=decay)
        for mean, value in zip(averages, current):
            if mean.is_floating_point():
                mean.lerp_(value, share.to(mean.dtype))
            else:
                mean.copy_(value)

    return update


def next_real(state: State) -> tuple[Tensor, Tensor | None]:
    """The next batch of data, and its labels (or what is `given`) if the game is conditional.

    In one of several processes: this one's share of both.
    """
    config, device = state.config, state.noise.device
    real, labels = arguments.pair(next(state.batches, None))
    if state.d_updates == 0:
        arguments.check_pixels(real)
    real = distributed.share(real).to(device)
    if config.channels_last and real.ndim == 4:
        real = real.contiguous(memory_format=torch.channels_last)
    if not (config.num_classes or config.given):
        return real, None
    if labels is None:
        raise GanCourseError(
            "this game is conditional (num_classes or given), but the batches bring no labels: "
            "pass (samples, labels) to data.batches"
        )
    return real, distributed.share(labels).to(device)


def draw_fake(state: State, real: Tensor, labels: Tensor | None) -> Tensor:
    """As many fakes as there are real samples: G(z) of fresh z ~ N(0, I), (N, latent_dim)."""
    whole, device = len(real) * distributed.count(), state.noise.device
    z = torch.randn(whole, state.config.latent_dim, generator=state.noise, device=device)
    z = distributed.share(z)
    with _autocast(state):
        fake = state.shared_G(z) if labels is None else state.shared_G(z, labels)
    if fake.shape != real.shape:
        raise GanCourseError(
            f"G makes samples of shape {tuple(fake.shape)}, the data have {tuple(real.shape)}: "
            "give G that shape"
        )
    return fake.float()


def score_both(
    D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Scores of real and of fake samples, (N,) each: one call of D on both together.

    Two calls where D has batch statistics, which keep real and fake apart.
    """
    if has_batch_statistics(D):
        return _score(D, real, labels), _score(D, fake, labels)
    both_labels = None if labels is None else torch.cat([labels, labels])
    real_scores, fake_scores = _score(D, torch.cat([real, fake]), both_labels).chunk(2)
    return real_scores, fake_scores


def has_batch_statistics(net: nn.Module) -> bool:
    """Whether a sample's output depends on its batch: batch norm, or `batch_statistics = True`."""
    for module in net.modules():
        if isinstance(module, _BatchNorm) or getattr(module, "batch_statistics", False):
            return True
    return False


def _score(D: nn.Module, x: Tensor, labels: Tensor | None) -> Tensor:
    scores = D(x) if labels is None else D(x, labels)
    if scores.ndim != 1:
        raise GanCourseError(
            f"D gives scores of shape {tuple(scores.shape)}; one score a sample is (N,): end D "
            "with .squeeze(1)"
        )
    arguments.check_logits(scores)
    return scores


def _autocast(state: State):
    bf16 = state.config.precision == "bf16"
    return torch.autocast(state.noise.device.type, torch.bfloat16, enabled=bf16)


@contextlib.contextmanager
def _frozen(D: nn.Module):
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
    state.opt_g.param_groups[0]["lr"] = config.lr_g * factor * state.rate_scale
    state.opt_d.param_groups[0]["lr"] = config.lr_d * factor * state.rate_scale


def _progress_bar(state: State) -> tqdm:
    # tqdm's notebook bar does not read TQDM_DISABLE by itself
    quiet = os.environ.get("TQDM_DISABLE", "0") not in ("", "0") or not distributed.first()
    steps = state.config.steps
    return tqdm(total=steps, initial=state.step, leave=False, unit="step", disable=quiet)


def _call(callbacks: Sequence[Callable[[State], Any]], state: State) -> None:
    """Call each, without gradients and with the random stream as it was afterwards."""
    if callbacks and distributed.first():
        with torch.random.fork_rng(devices=[]), torch.no_grad():
            for callback in callbacks:
                callback(state)
    if callbacks:
        state.stopped = distributed.from_first(lambda: state.stopped)


def _log(state: State, record: dict[str, Tensor], bar: tqdm) -> None:
    numbers = {name: float(value) for name, value in distributed.mean(record).items()}
    d_loss, g_loss = numbers["d_loss"], numbers["g_loss"]
    if not torch.isfinite(torch.tensor([d_loss, g_loss])).all():
        raise DivergedError(
            f"step {state.step}: D's loss is {d_loss:.4g}, G's is {g_loss:.4g}. Usual causes: a "
            "learning rate too high, a Wasserstein loss with no Lipschitz constraint, a log of a "
            "probability instead of logits. Checkpoints written before this step are untouched"
        )
    state.records.append({"step": state.step, **numbers})
    bar.set_postfix(D=f"{d_loss:.3f}", G=f"{g_loss:.3f}")


# ---- callbacks: any function of the `State` is one; these two hold something from call to call


class Checkpoint:
    """Callback: a checkpoint each `every` steps and at the end, for `train(..., resume=path)`."""

    def __init__(self, path: str | Path, every: int = 500):
        self.path, self.every = path, every

    def __call__(self, state: State) -> None:
        if state.step and (state.step % self.every == 0 or state.ended):
            check_finite(state)  # the last good checkpoint is not overwritten by a diverged run
            save_checkpoint(self.path, pack(state))


class Film:
    """Callback: keep what `take(state)` returns, at the steps `at` (a list) or each `at` steps.

    frames: list of (step, what was taken); the untrained networks are step 0.
    """

    def __init__(self, take: Callable[[State], Any], at: int | Sequence[int]):
        self.take, self.at = take, at
        self.frames: list[tuple[int, Any]] = []

    def __call__(self, state: State) -> None:
        due = state.step % self.at == 0 if isinstance(self.at, int) else state.step in self.at
        taken = bool(self.frames) and self.frames[-1][0] == state.step
        if (due or state.ended) and not taken:
            self.frames.append((state.step, self.take(state)))


# ---- samples of a generator


def draw_labels(G: nn.Module, n: int, seed: int = 2) -> Tensor | None:
    """n labels, (n,) int64, to ask G for: each in turn, or drawn where G has `label_shares`.

    None for a generator that takes no labels.
    """
    classes, shares = getattr(G, "num_classes", 0), getattr(G, "label_shares", ())
    if shares:
        stream = torch.Generator().manual_seed(seed)
        return torch.multinomial(torch.tensor(shares), n, replacement=True, generator=stream)
    return torch.arange(n) % classes if classes else None


@torch.no_grad()
def sample(G: nn.Module, z: Tensor, labels: Tensor | None = None, batch_size: int = 1000) -> Tensor:
    """G(z), a batch at a time, on the CPU: in eval mode, without gradients; G's mode stays.

    z: (N, latent_dim). labels: (N,) int64 for a conditional G, or what else it is given.
    """
    inputs = (z,) if labels is None else (z, labels)
    for x in inputs:
        if not isinstance(x, Tensor):
            raise GanCourseError(
                f"sample takes tensors, z (N, latent_dim) and a label a sample, such as "
                f"torch.full((N,), 3); found {x!r}"
            )
    if any(x.ndim < 1 or len(x) != len(z) for x in inputs):
        shapes = [tuple(x.shape) for x in inputs]
        raise GanCourseError(
            f"sample takes a row of each input for each sample; these have shapes {shapes}"
        )
    device, was_training = next(G.parameters()).device, G.training
    G.eval()
    try:
        parts = []
        for batch in zip(*(x.split(batch_size) for x in inputs)):
            parts.append(G(*(x.to(device) for x in batch)))
    finally:
        G.train(was_training)
    return torch.cat(parts).float().cpu()
