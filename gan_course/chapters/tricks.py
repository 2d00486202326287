"""Training tricks that are neither a loss nor a slope penalty. Notebook 10 builds most by hand.

Layers that see the whole batch, feature matching, LeCam, consistency, replay. `ablation` measures
them over seeds.
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from gan_course.chapters import augment
from gan_course.errors import GanCourseError


class MinibatchStd(nn.Module):
    """Appends the deviation over the batch, averaged over all features: (N, d) -> (N, d + 1).

    Karras et al. 2018, section 3. One number near 0 reveals a batch without variety.
    """

    extra = 1
    batch_statistics = True  # `game` then scores real and fake batches apart

    def forward(self, x: Tensor) -> Tensor:
        # 1e-8: the root has no finite slope at 0
        spread = (x.var(dim=0, unbiased=False) + 1e-8).sqrt().mean()
        return torch.cat([x, spread.expand(len(x), 1)], dim=1)


class MinibatchDiscrimination(nn.Module):
    """Appends how near the others of the batch are: (N, d) -> (N, d + kernels).

    Salimans et al. 2016, section 3.2: M = x T in R^(kernels x dim); o(x_i)_b = sum over j of
    exp(-|M_ib - M_jb|_1), by `kernels` learned measures. Here j = i, which adds the constant 1,
    is left out.
    """

    batch_statistics = True

    def __init__(self, features: int, kernels: int = 16, dim: int = 8):
        super().__init__()
        self.extra, self.dim = kernels, dim
        self.project = nn.Linear(features, kernels * dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        m = (
            self.project(x).unflatten(1, (self.extra, self.dim)).transpose(0, 1)
        )  # (kernels, N, dim)
        apart = torch.cdist(m, m, p=1)  # (kernels, N, N), L1 distances
        return torch.cat([x, (torch.exp(-apart).sum(dim=2) - 1).T], dim=1)


def before_score(D: nn.Module, layer: nn.Module) -> nn.Module:
    """Put a layer that appends `layer.extra` features under D's last linear layer, made anew.

    D: an `MLPDiscriminator`, or a `ConvDiscriminator` without labels or with one score a class;
    changed in place, returned.
    """
    if getattr(D, "condition", "") not in ("", "output") or not hasattr(D, "features"):
        raise GanCourseError(
            "before_score takes an MLPDiscriminator, or a ConvDiscriminator without labels or with "
            'condition="output"'
        )
    old = D.score if hasattr(D, "score") else D.net[-1]
    new = nn.Linear(old.in_features + layer.extra, old.out_features).to(old.weight)
    layer.to(old.weight)
    if hasattr(D, "score"):
        D.features.append(layer)
        D.score = new
    else:
        D.net = nn.Sequential(*D.net[:-1], layer, new)
    return D


class FeatureMatching:
    """A term of G's loss: weight * |E f(x) - E f(G(z))|^2, f: D's last hidden layer.

    Salimans et al. 2016, section 3.1. D: a network with `features`. Hand it to `train` as one of
    `g_penalties`; it is added to the adversarial loss of G.
    """

    def __init__(self, weight: float = 1.0):
        self.weight = weight

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor:
        if not hasattr(D, "features"):
            raise GanCourseError(
                f"feature matching asks D for its features; {type(D).__name__} has none"
            )
        with torch.no_grad():
            goal = D.features(real).mean(dim=0)
        return self.weight * ((D.features(fake).mean(dim=0) - goal) ** 2).sum()


class LeCam:
    """Tseng et al. 2021: weight * (E (D(x) - a_fake)^2 + E (D(G(z)) - a_real)^2).

    a_real, a_fake: running means of D's scores of real samples and of fakes, of this decay. D is
    held from running away from what it said, on the other side, a while ago.
    """

    every = 1

    def __init__(self, weight: float = 0.1, decay: float = 0.99):
        self.weight, self.decay = weight, decay
        self.means: Tensor | None = None  # (2,): of real samples, of fakes

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor:
        given = () if labels is None else (labels,)
        scores = [D(x, *given) for x in (real, fake.detach())]
        now = torch.stack([s.detach().mean() for s in scores])
        if self.means is None:
            self.means = now
        self.means = self.decay * self.means.to(now) + (1 - self.decay) * now
        apart = ((scores[0] - self.means[1]) ** 2).mean() + (
            (scores[1] - self.means[0]) ** 2
        ).mean()
        return self.weight * apart

    def state_dict(self) -> dict:
        return {"means": self.means}

    def load_state_dict(self, state: dict) -> None:
        self.means = state["means"]


class Consistency:
    """Balanced consistency, Zhao et al. 2021: weight * E (D(x) - D(T(x)))^2, real and fake alike.

    T moves each image by up to an eighth of its size (`augment.translate`).
    """

    every = 1

    def __init__(self, weight: float = 10.0):
        self.weight = weight

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor:
        given = () if labels is None else (labels,)
        term = real.new_zeros(())
        for x in (real, fake.detach()):
            term = term + ((D(x, *given) - D(augment.translate(x), *given)) ** 2).mean()
        return self.weight * term


class Replay:
    """Fakes of the past, shown to D again as fakes: weight * E softplus(D(old fake)).

    A buffer of `capacity` fakes; each of D's steps draws a batch from it, then replaces as many of
    it by fresh fakes. The best D for a fixed past is p / (p + q + weight * q_old). Shrivastava et
    al. (2017, section 2.3) replace half of each batch; this adds to the batch.
    """

    every = 1

    def __init__(self, weight: float = 0.5, capacity: int = 10_000):
        if capacity < 1:
            raise GanCourseError(
                f"Replay(capacity={capacity}): the buffer needs room for at least one fake"
            )
        self.weight, self.capacity = weight, capacity
        self.buffer: Tensor | None = None

    def __call__(
        self, D: nn.Module, real: Tensor, fake: Tensor, labels: Tensor | None = None
    ) -> Tensor:
        if labels is not None:
            raise GanCourseError("Replay keeps no labels: it does not go with a conditional game")
        fake = fake.detach()
        if self.buffer is None:
            self.buffer = fake[:0]
        buffer = self.buffer.to(fake.device)  # a resumed buffer comes on the CPU
        old = buffer[torch.randint(len(buffer), (len(fake),))] if len(buffer) else fake
        term = softplus(D(old)).mean()
        if len(buffer) < self.capacity:
            buffer = torch.cat([buffer, fake])[: self.capacity]
        else:
            keep = min(len(fake), self.capacity)
            buffer[torch.randperm(self.capacity)[:keep]] = fake[:keep]
        self.buffer = buffer
        return self.weight * term

    def state_dict(self) -> dict:
        return {"buffer": self.buffer}

    def load_state_dict(self, state: dict) -> None:
        self.buffer = None if state["buffer"] is None else state["buffer"].clone()
