"""A GAN in the plane that trains a few steps at a time: what the training laboratory runs in the
kernel.

`Laboratory` holds the two networks and answers the questions of source/laboratory.js: go on, one
step of one player, start anew. Each answer is a snapshot: D's map, samples, G's sheet, arrows,
losses, and the counts of notebook 04.
"""

import math
import time
from dataclasses import asdict
from functools import partial

import torch

from gan_course import data, game, losses, metrics, models, penalties, plots
from gan_course.config import TrainConfig
from gan_course.errors import DivergedError, GanCourseError

DATA = {
    "ring": data.ring,
    "grid": lambda: data.grid(spacing=1.0, std=0.025),
    "two moons": data.two_moons,
    "Swiss roll": data.swiss_roll,
}
LOSSES = {
    "non-saturating": losses.NonSaturating,
    "minimax": losses.Minimax,
    "least squares": losses.LeastSquares,
    "hinge": losses.Hinge,
    "Wasserstein": losses.Wasserstein,
    "relativistic": losses.Relativistic,
}
R2 = partial(penalties.ZeroCentered, on="fake")
# name -> (terms of D's loss, what is done to D after its step)
PENALTIES = {
    "none": lambda: ((), None),
    "R1 (0.1)": lambda: ((penalties.ZeroCentered(0.1),), None),
    "R1 + R2 (0.1)": lambda: ((penalties.ZeroCentered(0.1), R2(0.1)), None),
    "gradient penalty (1)": lambda: ((penalties.GradientPenalty(1.0),), None),
    "weight clipping (0.1)": lambda: ((), penalties.clip_weights(0.1)),
}
DEFAULTS = {
    "data": "ring",
    "loss": "non-saturating",
    "penalty": "none",
    "d_steps": 1,
    "lr_d": 2e-3,
    "lr_g": 2e-3,
    "seed": 0,
    "units": 128,
}
BEGINNING = ("data", "seed", "units")  # a change of these starts anew
SIZE, SAMPLES, COUNTED, ARROWS, LINES, ALONG = 48, 400, 1000, 40, 13, 41
BATCH = 128
LONGEST = 0.04  # seconds of training between two pictures


class Laboratory:
    """One run in the plane. settings: the keys of DEFAULTS. Nets of two layers of `units`, batch
    128, Adam with betas (0.5, 0.99).

    `reset`, `advance`, `d_step`, `g_step` take settings and return a snapshot; loss, penalty, rates
    and d_steps may change from call to call, data, seed and units start anew. Raises GanCourseError
    for an unknown choice, DivergedError for a loss that is not finite.
    """

    def __init__(self, **settings):
        self.reset({**DEFAULTS, **settings})

    def reset(self, settings: dict) -> dict:
        """New networks from the seed. The snapshot brings the data along."""
        target = _choice(DATA, settings["data"], "data")()
        self.target, self.seed = target, settings["seed"]
        self.begun = {name: settings[name] for name in BEGINNING}
        hidden = (int(settings["units"]),) * 2
        # the notebook's own random numbers stay as they were
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            G = models.MLPGenerator(2, (2,), hidden, activation="relu", output="linear")
            D = models.MLPDiscriminator((2,), hidden, activation="relu")
            self.stream = torch.get_rng_state()
        config = TrainConfig(1, latent_dim=2, betas=(0.5, 0.99), seed=self.seed)
        batches = target.batches(BATCH, self.seed)
        self.state = game.start(G, D, batches, losses.NonSaturating(), config)
        self.names = None
        self.records = []  # of the steps since the last snapshot
        self.losses = {"d": 0.0, "g": 0.0}  # each player's at its latest step; 0 before its first
        self._apply(settings)
        draw = torch.Generator().manual_seed(1)
        self.z = torch.randn(max(COUNTED, SAMPLES), 2, generator=draw)  # the same in every picture
        self.real = target.sample(600, draw)
        self.limit = round(1.35 * float(self.real.abs().max()), 1)
        return {**self.snapshot(), "real": [round(float(v), 3) for v in self.real.flatten()]}

    def _apply(self, settings: dict) -> None:
        names = settings["loss"], settings["penalty"]
        if names != self.names:  # made once: a penalty may have a memory
            self.state.loss = _choice(LOSSES, names[0], "loss")()
            self.state.penalties, self.state.constrain = _choice(PENALTIES, names[1], "penalty")()
            self.names = names
        self.d_steps = int(settings["d_steps"])
        self.state.opt_d.param_groups[0]["lr"] = float(settings["lr_d"])
        self.state.opt_g.param_groups[0]["lr"] = float(settings["lr_g"])

    def _ready(self, settings: dict) -> None:
        if self.begun != {name: settings[name] for name in BEGINNING}:
            self.reset(settings)
        self._apply(settings)

    def _step(self, d_steps: int, g_steps: int) -> None:
        """Some steps of each player, as `game.train` takes them, and one record of them."""
        state, found = self.state, {}
        for _ in range(max(d_steps, 1)):
            real, _ = game.next_real(state)
            fake = game.draw_fake(state, real, None)
            if d_steps:
                found["d"] = float(game.d_step(state, real, fake)["d_loss"])
        if g_steps:
            found["g"] = float(game.g_step(state, real, fake)["g_loss"])
            state.step += 1
        if not all(map(math.isfinite, found.values())):
            raise DivergedError(
                f"step {state.step}: a loss is not finite. Lower the learning rates, or add a "
                "penalty, and press Reset"
            )
        self.losses |= found
        self.records.append({"step": state.step, **self.losses})

    def _train(self, settings: dict, work) -> dict:
        self._ready(settings)
        self.records = []
        with torch.random.fork_rng(devices=[]):
            torch.set_rng_state(self.stream)
            work()
            self.stream = torch.get_rng_state()
        return self.snapshot()

    def advance(self, settings: dict, steps: int = 5) -> dict:
        """Up to `steps` steps of G, each after d_steps of D, but no longer than LONGEST seconds."""

        def work():
            until = time.perf_counter() + LONGEST
            for _ in range(steps):
                self._step(self.d_steps, 1)
                if time.perf_counter() > until:
                    break

        return self._train(settings, work)

    def d_step(self, settings: dict) -> dict:
        """One step of the discriminator alone."""
        return self._train(settings, lambda: self._step(1, 0))

    def g_step(self, settings: dict) -> dict:
        """One step of the generator alone."""
        return self._train(settings, lambda: self._step(0, 1))

    def snapshot(self) -> dict:
        """What the picture needs. arrays: name -> tensor; the rest is plain numbers.

        map (SIZE, SIZE): D(x) from 0 to 1, first row at the bottom. fake (SAMPLES, 2). manifold
        (lines, ALONG, 2): images of straight lines of the latent plane. arrows (ARROWS, 4): a
        sample, and the direction that lowers G's loss there.
        """
        G, D = self.state.G, self.state.D
        with torch.no_grad():
            fake = G(self.z)  # one call for the counts and the picture
            lines = G(latent_lines().flatten(0, 1)).unflatten(0, (2 * LINES, ALONG))
        arrays = {
            "map": plots.probability_map(D, self.limit, SIZE),
            "fake": fake[:SAMPLES],
            "manifold": lines,
            "arrows": torch.cat([fake[:ARROWS], self._pull(fake[:ARROWS])], dim=1),
        }
        counts = {"of": 0}
        means = self.target.means
        if len(means) <= 50:  # the moons and the roll are mixtures of hundreds: nothing to count
            found = metrics.mode_coverage(fake[:COUNTED], means, float(self.target.stds[0]))
            counts = {"of": len(means), **asdict(found)}
        past = {key: [record[key] for record in self.records] for key in ("step", "d", "g")}
        about = {"step": self.state.step, "limit": self.limit, "along": ALONG, "losses": past}
        return {"arrays": arrays, **about, **counts}

    def _pull(self, x: torch.Tensor) -> torch.Tensor:
        """-d(G's loss)/dx for each sample: where G would move it. (N, 2)."""
        x = x.detach().requires_grad_()
        real = self.state.D(self.real[: len(x)]).detach()
        (gradient,) = torch.autograd.grad(self.state.loss.generator(real, self.state.D(x)), x)
        return -len(x) * gradient


def _choice(table: dict, name: str, what: str):
    if name not in table:
        raise GanCourseError(f"{what} {name!r} is not one of {', '.join(table)}")
    return table[name]


def latent_lines(reach: float = 2.5) -> torch.Tensor:
    """Straight lines of the latent plane, both ways: (2 * LINES, ALONG, 2)."""
    at, along = torch.linspace(-reach, reach, LINES), torch.linspace(-reach, reach, ALONG)
    one_way = torch.stack([at[:, None].expand(LINES, ALONG), along.expand(LINES, ALONG)], dim=2)
    return torch.cat([one_way, one_way.flip(2)])
