"""Diffusion and flow matching: a network that takes noise to data in steps. Notebooks 18 and 23.

Both mix data with noise to x_t, train a network on a squared error, and walk from noise to data.
`Diffusion` follows Ho et al. 2020 in the notation of Kingma et al. 2021: times are whole numbers,
t = 0 is the data, t = T noise; x_t = alpha_t x_0 + sigma_t noise with alpha^2 + sigma^2 = 1, and
the signal-to-noise ratio SNR = alpha^2 / sigma^2 falls with t. `Flow` follows Lipman et al. 2023
and Liu et al. 2023: t = 0 is noise, t = 1 the data, x_t = (1 - t) noise + t x.
A network is net(x_t, u, labels=None) -> like x_t, with a time u in [0, 1], (N,).
"""

import math
from collections.abc import Callable
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

from gan_course import data, game
from gan_course.chapters.families import HALF_LOG_TAU, LEVELS, as_grey, to_grey
from gan_course.checkpoint import resume, save_checkpoint, streams
from gan_course.errors import DivergedError, GanCourseError
from gan_course.models import mlp

UNTOLD = 0.1  # share of the training images whose label is hidden from the network
SCHEDULES = ("cosine", "log SNR linear")

# ---- the networks


def time_features(u: Tensor) -> Tensor:
    """Times in [0, 1], (N,), as waves of eight frequencies, (N, 16)."""
    angle = u[:, None] * (math.pi / 2) * 2.0 ** torch.arange(8, device=u.device)
    return torch.cat([angle.sin(), angle.cos()], dim=1)


class PointDenoiser(nn.Module):
    """The network for points (N, 2), which have no labels."""

    def __init__(self, hidden: tuple[int, ...] = (125, 125, 125)):
        super().__init__()
        self.net = mlp([18, *hidden, 2], "relu")

    def forward(self, x: Tensor, u: Tensor, labels: Tensor | None = None) -> Tensor:
        return self.net(torch.cat([x, time_features(u)], dim=1))


class Block(nn.Module):
    """x + a change of it by two convolutions; time and label scale and shift what lies between."""

    def __init__(self, width: int, told: int):
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.norm = nn.GroupNorm(8, width)
        self.told = nn.Linear(told, 2 * width)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)  # the change is 0 at the start
        nn.init.zeros_(self.second.bias)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        scale, shift = self.told(told)[:, :, None, None].chunk(2, dim=1)
        h = self.norm(self.first(F.silu(x))) * (1 + scale) + shift
        return x + self.second(F.silu(h))


class Denoiser(nn.Module):
    """A small U-Net for images (N, C, H, W), H and W multiples of 4, and their labels (N,) int64.

    2 x 2 pixels become one place, and half way down there are half as many places a side: 28 x 28
    pixels are worked on as 14 x 14 and as 7 x 7. width: channels, twice as many below. fine,
    coarse: blocks on each way, and below. The label `num_classes` stands for "not told"; so do
    labels=None. In training mode a tenth of the labels is hidden, so that one network learns both
    (Ho and Salimans 2022).
    """

    def __init__(
        self,
        shape: tuple[int, int, int] = (1, 28, 28),
        num_classes: int = 10,
        width: int = 32,
        fine: int = 1,
        coarse: int = 3,
    ):
        super().__init__()
        planes, height, breadth = shape
        if height % 4 or breadth % 4 or width % 8:
            raise GanCourseError(
                f"a Denoiser of width {width} for images {tuple(shape)}: height and width of the "
                "images must be multiples of 4, and the number of channels one of 8"
            )
        self.shape, self.num_classes = tuple(shape), num_classes
        w, told = width, 2 * width
        self.time = nn.Sequential(nn.Linear(16, told), nn.SiLU(), nn.Linear(told, told))
        self.label = nn.Embedding(num_classes + 1, told)
        self.enter = nn.Conv2d(4 * planes, w, 3, padding=1)
        self.place = nn.Parameter(torch.zeros(1, w, height // 2, breadth // 2))
        self.before = nn.ModuleList(Block(w, told) for _ in range(fine))
        self.down = nn.Conv2d(w, 2 * w, 4, stride=2, padding=1)
        self.below = nn.ModuleList(Block(2 * w, told) for _ in range(coarse))
        self.up = nn.ConvTranspose2d(2 * w, w, 4, stride=2, padding=1)
        self.after = nn.ModuleList(Block(w, told) for _ in range(fine))
        self.leave = nn.Conv2d(w, 4 * planes, 3, padding=1)

    def forward(self, x: Tensor, u: Tensor, labels: Tensor | None = None) -> Tensor:
        told = F.silu(self.time(time_features(u)) + self.label(self._seen(labels, x)))
        h = self.enter(F.pixel_unshuffle(x, 2)) + self.place  # (N, width, 14, 14)
        for block in self.before:
            h = block(h, told)
        low = self.down(F.silu(h))  # (N, 2 width, 7, 7)
        for block in self.below:
            low = block(low, told)
        h = h + self.up(F.silu(low))
        for block in self.after:
            h = block(h, told)
        return F.pixel_shuffle(self.leave(F.silu(h)), 2)

    def _seen(self, labels: Tensor | None, x: Tensor) -> Tensor:
        nothing = torch.full((len(x),), self.num_classes, device=x.device)
        if labels is None:
            return nothing
        if self.training:
            hidden = torch.rand(len(x), device=x.device) < UNTOLD
            return torch.where(hidden, nothing, labels)
        return labels


def guided(
    net: nn.Module, x: Tensor, u: Tensor, labels: Tensor | None, guidance: float = 1.0
) -> Tensor:
    """The network's answer without the label, plus `guidance` times what the label adds to it.

    1 is the network told the label, 0 the one that is not. (Ho and Salimans 2022, whose w is this
    number minus 1.)
    """
    if guidance == 1 or labels is None:
        return net(x, u, labels)
    nothing = torch.full_like(labels, net.num_classes)
    both = net(torch.cat([x, x]), torch.cat([u, u]), torch.cat([labels, nothing]))
    told, untold = both.chunk(2)
    return untold + guidance * (told - untold)


# ---- flow matching


class Flow(nn.Module):
    """dx/dt = net(x, t, labels) takes noise at t = 0 to data at t = 1. shape: of a sample."""

    def __init__(self, net: nn.Module, shape: tuple[int, ...]):
        super().__init__()
        self.net, self.shape = net, tuple(shape)

    def loss(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        """Mean squared error of the velocity, at times near the middle more often than at the ends.

        Lipman et al. 2023, straight paths, with sigma_min = 0; the times as in Esser et al. 2024.
        """
        x = as_grey(x)
        t = torch.randn(len(x), device=x.device).sigmoid()
        wide = t.reshape(-1, *[1] * len(self.shape))
        noise = torch.randn_like(x)
        x_t = (1 - wide) * noise + wide * x
        return ((self.net(x_t, t, labels) - (x - noise)) ** 2).mean()

    @torch.no_grad()
    def sample(
        self,
        n: int,
        generator: Generator | None = None,
        labels: Tensor | None = None,
        steps: int = 20,
        guidance: float = 1.0,
        watch: Callable[[float, Tensor, Tensor], None] | None = None,
    ) -> Tensor:
        """Euler's method: `steps` straight pieces of the way. Returns (n, *shape).

        watch: called with t, x_t and the velocity before each step.
        """
        device = next(self.net.parameters()).device
        x = torch.randn(n, *self.shape, generator=generator).to(device)
        for k in range(check_steps(steps)):
            t = k / steps
            velocity = guided(self.net, x, torch.full((n,), t, device=device), labels, guidance)
            if watch:
                watch(t, x, velocity)
            x = x + velocity / steps
        return x

    def bound(self, x: Tensor, labels: Tensor | None = None, steps: int = 100) -> Tensor:
        """log p(x) of points (N, d), (N,): back to the noise, along the way the divergence.

        d log p / dt = -div v along a path (Chen et al. 2018, theorem 1). Midpoint rule; the error
        falls with the square of the steps. For few dimensions: it takes a derivative for each.
        """
        x, total = x.detach(), torch.zeros(len(x))
        for k in range(check_steps(steps)):
            t = torch.full((len(x),), 1 - k / steps)
            with torch.no_grad():
                half = x - self.net(x, t, labels) / (2 * steps)
            half = half.requires_grad_()
            with torch.enable_grad():
                velocity = self.net(half, t - 1 / (2 * steps), labels)
                for i in range(x.shape[1]):
                    column = velocity[:, i].sum()
                    (slope,) = torch.autograd.grad(column, half, retain_graph=True)
                    total = total - slope[:, i] / steps
            x = x - velocity.detach() / steps
        return total - (x**2).sum(dim=1) / 2 - x.shape[1] * HALF_LOG_TAU


def check_steps(steps: int, most: float = math.inf) -> int:
    """The number of steps, or GanCourseError."""
    if not 1 <= steps <= most:
        raise GanCourseError(f"steps={steps}: a way is walked in 1 to {most} steps")
    return steps


# ---- diffusion


class Diffusion(nn.Module):
    """A chain of Gaussians from noise back to the data.

    net: gives an estimate of the noise in x_t; its time is u = (t - 1) / (T - 1). shape: of a
    sample. discrete: x are levels, not points, and samples are grey values. schedule: "cosine", for
    samples (Nichol and Dhariwal 2021, section 3.2), or "log SNR linear", with which the bound
    weighs all errors of the noise alike.
    """

    def __init__(
        self,
        net: nn.Module,
        shape: tuple[int, ...],
        discrete: bool,
        steps: int = 1000,
        schedule: str = "cosine",
    ):
        super().__init__()
        self.net, self.shape, self.discrete, self.steps = net, tuple(shape), discrete, steps
        if schedule == "cosine":
            t = torch.arange(1, steps + 1, dtype=torch.float64) / (steps + 1)
            angle = (t + 0.008) / 1.008 * math.pi / 2
            alpha, sigma = angle.cos(), angle.sin()
        elif schedule == "log SNR linear":
            log_snr = torch.linspace(8.4, -7.0, steps, dtype=torch.float64)
            alpha, sigma = log_snr.sigmoid().sqrt(), (-log_snr).sigmoid().sqrt()
        else:
            raise GanCourseError(f"schedule {schedule!r} is not one of {', '.join(SCHEDULES)}")
        # their first value stands for t = 0, the data
        self.register_buffer("alpha", F.pad(alpha.float(), (1, 0), value=1.0), persistent=False)
        self.register_buffer("sigma", F.pad(sigma.float(), (1, 0), value=0.0), persistent=False)

    def predict(
        self, x_t: Tensor, t: Tensor, labels: Tensor | None = None, guidance: float = 1.0
    ) -> Tensor:
        """The estimate of the noise in x_t at times t (N,)."""
        return guided(self.net, x_t, (t - 1) / (self.steps - 1), labels, guidance)

    def _wide(self, values: Tensor) -> Tensor:
        return values.reshape(-1, *[1] * len(self.shape))

    def noised(self, x: Tensor, t: Tensor, noise: Tensor) -> Tensor:
        """A draw of q(x_t | x_0 = x) in one go: x (N, ...) float, t (N,) int64, noise like x."""
        return self._wide(self.alpha[t]) * x + self._wide(self.sigma[t]) * noise

    def denoised(
        self, x_t: Tensor, t: Tensor, labels: Tensor | None = None, guidance: float = 1.0
    ) -> Tensor:
        """The network's estimate of x_0; grey values are cut to [-1, 1]."""
        noise = self.predict(x_t, t, labels, guidance)
        x = (x_t - self._wide(self.sigma[t]) * noise) / self._wide(self.alpha[t])
        return x.clamp(-1, 1) if self.discrete else x

    def loss(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        """Mean squared error of the noise at a random time (Ho et al. 2020, equation 14)."""
        x = as_grey(x)
        t, noise = torch.randint(1, self.steps + 1, (len(x),)), torch.randn_like(x)
        return ((noise - self.predict(self.noised(x, t, noise), t, labels)) ** 2).mean()

    @torch.no_grad()
    def bound(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        """An unbiased draw of the evidence lower bound, (N,): one random time stands for all."""
        return -sum(self.terms(x, labels))

    @torch.no_grad()
    def terms(self, x: Tensor, labels: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """The bound's three costs in nats, (N,) each.

        The end of the chain, its middle (one random time), the data from x_1.
        """
        grey = as_grey(x)
        n, d = len(x), grey[0].numel()
        a, s = self.alpha[-1], self.sigma[-1]
        # KL(q(x_T | x_0) || N(0, I))
        end = 0.5 * ((a**2 * grey.flatten(1) ** 2).sum(dim=1) + d * (s**2 - 1 - 2 * s.log()))

        m = self.steps - 1
        # each time is as likely as the others, and about as frequent
        t = torch.randperm(math.ceil(n / m) * m)[:n] % m + 2
        guess = self.denoised(self.noised(grey, t, torch.randn_like(grey)), t, labels)
        error = ((grey - guess) ** 2).flatten(1).sum(dim=1)
        drop = (self.alpha[t - 1] / self.sigma[t - 1]) ** 2 - (self.alpha[t] / self.sigma[t]) ** 2
        middle = m * 0.5 * drop * error

        noise = torch.randn_like(grey)
        if not self.discrete:  # p(x_0 | x_1) = N(x_1 / alpha_1, (sigma_1 / alpha_1)^2)
            log_std = (self.sigma[1] / self.alpha[1]).log()
            last = (noise**2) / 2 + HALF_LOG_TAU + log_std
            return end, middle, last.flatten(1).sum(dim=1)
        x_1 = self.noised(grey, torch.ones(n, dtype=torch.int64), noise)
        # p(level | x_1): Bayes' rule, all levels equally likely before
        means = self.alpha[1] * to_grey(torch.arange(LEVELS))
        logits = -((x_1 - means.reshape(-1, 1, 1)) ** 2) / (2 * self.sigma[1] ** 2)  # (N, 8, H, W)
        last = F.cross_entropy(logits, x[:, 0], reduction="none")
        return end, middle, last.sum(dim=(1, 2))

    @torch.no_grad()
    def sample(
        self,
        n: int,
        generator: Generator | None = None,
        labels: Tensor | None = None,
        steps: int = 20,
        guidance: float = 1.0,
        fresh_noise: bool = False,
        watch: Callable[[int, Tensor, Tensor], None] | None = None,
    ) -> Tensor:
        """Walk from noise to data in `steps` jumps, at most T.

        fresh_noise: False keeps the noise that the network sees in x_t and scales it down (DDIM,
        Song et al. 2021); True draws x_s from q(x_s | x_t, x_0) (Ho et al. 2020). watch: called
        with t, x_t and the estimate of x_0 before each jump.
        """
        check_steps(steps, self.steps)
        times = torch.linspace(self.steps, 0, steps + 1).round().long().tolist()
        x = torch.randn(n, *self.shape, generator=generator)
        for t, s in pairwise(times):
            estimate = self.denoised(x, torch.full((n,), t), labels, guidance)
            if watch:
                watch(t, x, estimate)
            if fresh_noise:
                mean, std = self.jump(x, estimate, t, s)
                x = mean if s == 0 else mean + std * torch.randn(x.shape, generator=generator)
            else:
                noise = (x - self.alpha[t] * estimate) / self.sigma[t]
                x = self.alpha[s] * estimate + self.sigma[s] * noise
        return x

    def jump(self, x_t: Tensor, x_0: Tensor, t: int, s: int) -> tuple[Tensor, Tensor]:
        """Mean and deviation of q(x_s | x_t, x_0) for times s < t, from Bayes' rule."""
        a = self.alpha[t] / self.alpha[s]  # x_t = a x_s + noise of variance v
        v = self.sigma[t] ** 2 - a**2 * self.sigma[s] ** 2
        mean = (a * self.sigma[s] ** 2 * x_t + self.alpha[s] * v * x_0) / self.sigma[t] ** 2
        return mean, (v / self.sigma[t] ** 2).sqrt() * self.sigma[s]


# ---- the training of a network that ships


def train(
    net: Denoiser,
    images: data.ImageSet,
    recipe,
    path: Path,
    note: Callable[[int, list[dict], nn.Module], None] = lambda step, records, net: None,
    stop: Callable[[int], bool] = lambda step: False,
) -> nn.Module:
    """Flow matching with checkpoints; returns the average of the weights, in eval mode.

    recipe: a `recipes.FlowRecipe`. path: of the checkpoint, written every recipe.checkpoint_every
    steps; if it is there, the run goes on from it. note: called after each checkpoint with the
    step, the records so far and the average. stop: asked before each step; where it says True the
    training ends, with a checkpoint.
    """
    flow = Flow(net.to(memory_format=torch.channels_last), net.shape)
    average = AveragedModel(net, multi_avg_fn=game.warm_up(recipe.average))
    average.eval()
    optimiser = torch.optim.Adam(net.parameters(), recipe.lr, (0.9, 0.99), fused=True)
    batches = data.batches(images, recipe.batch_size, recipe.seed)
    parts = {"net": net, "average": average, "optimiser": optimiser, "batches": batches}
    device = next(net.parameters()).device
    step, records, losses = 0, [], []
    torch.manual_seed(recipe.seed)
    if path.exists():
        free = ("steps", "seconds", "checkpoint_every")
        state = resume(path, parts, asdict(recipe), device, free)
        step, records, losses = state["step"], state["log"], state["losses"]

    def save() -> None:
        state = {name: part.state_dict() for name, part in parts.items()}
        state |= {"step": step, "log": records, "losses": losses, "recipe": asdict(recipe)}
        save_checkpoint(path, {**state, **streams(device)})

    net.train()
    while step < recipe.steps:
        if stop(step):
            save()
            break
        # up to the full rate within 200 steps, down to a twentieth in the second half
        falls = max(0.0, 2 * step / recipe.steps - 1)
        for group in optimiser.param_groups:
            group["lr"] = recipe.lr * min(1, (step + 1) / 200) * (1 - 0.95 * falls)
        x, labels = next(batches)
        with torch.autocast(device.type, torch.bfloat16, enabled=recipe.precision == "bf16"):
            loss = flow.loss(x.contiguous(memory_format=torch.channels_last), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        average.update_parameters(net)
        losses.append(loss.detach())
        step += 1
        if step % recipe.checkpoint_every == 0 or step == recipe.steps:
            mean, losses = torch.stack(losses).mean().item(), []
            if not math.isfinite(mean):
                raise DivergedError(
                    f"step {step}: the loss is {mean}; lower lr. The last checkpoint stays"
                )
            records.append({"step": step, "loss": mean})
            save()
            note(step, records, average.module)
    return average.module.eval()
