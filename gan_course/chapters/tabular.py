"""Rows of mixed types: a table whose law is known, CTGAN, and its plain rivals. Notebook 24.

Xu et al. 2019: mode-specific normalisation, a conditional generator with training by sampling,
packs of rows for the critic.
"""

import math
import time
import warnings
from dataclasses import dataclass, field

import numpy as np
import torch
from scipy import stats
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import roc_auc_score
from sklearn.mixture import BayesianGaussianMixture
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from gan_course import penalties, runtime


@dataclass(frozen=True)
class Rows:
    """A table. numbers: (N, c) float32. classes: (N, k) int64, categories from 0 on."""

    numbers: Tensor
    classes: Tensor

    def __len__(self) -> int:
        return len(self.classes)

    def take(self, index: Tensor) -> "Rows":
        """The rows at these places, (M,)."""
        return Rows(self.numbers[index], self.classes[index])

    def levels(self) -> list[int]:
        """How many categories each column of classes has."""
        return [int(column.max()) + 1 for column in self.classes.T]


class Rides:
    """Rides on hired bikes: kind, membership, minutes, kilometres. Invented, so the law is known.

    Given the kind and the membership, the minutes are one of two Gaussians, and the kilometres are
    the minutes times a speed plus Gaussian noise. Cells: kind, membership, six bins of each number.
    """

    kinds = ("city", "electric", "tandem", "cargo")
    share = torch.tensor([0.62, 0.25, 0.10, 0.03])
    member = torch.tensor([0.7, 0.4, 0.1, 0.9])  # of each kind
    stretch = torch.tensor([1.0, 0.8, 1.3, 1.0])  # of the minutes, by kind
    speed = torch.tensor([0.25, 0.35, 0.22, 0.18])  # kilometres a minute, by kind
    mean = torch.tensor([[25.0, 75.0], [12.0, 35.0]])  # minutes: guests, members; two modes
    std = torch.tensor([[5.0, 9.0], [2.0, 4.0]])
    weight = torch.tensor([[0.3, 0.7], [0.7, 0.3]])  # of the two modes
    noise = 0.6  # kilometres
    edges = ((10.0, 16.0, 28.0, 45.0, 70.0), (3.0, 5.0, 8.0, 12.0, 18.0))
    levels = (4, 2)

    def sample(self, n: int, stream: torch.Generator) -> Rows:
        """n rows from the law."""
        kind = torch.multinomial(self.share, n, replacement=True, generator=stream)
        member = (torch.rand(n, generator=stream) < self.member[kind]).long()
        mode = (torch.rand(n, generator=stream) > self.weight[member, 0]).long()
        around = torch.randn(n, 2, generator=stream)
        minutes = self.mean[member, mode] + self.std[member, mode] * around[:, 0]
        minutes = self.stretch[kind] * minutes
        kilometres = self.speed[kind] * minutes + self.noise * around[:, 1]
        return Rows(torch.stack([minutes, kilometres], 1), torch.stack([kind, member], 1))

    def cells(self, rows: Rows) -> Tensor:
        """The cell of each row, (N,): 0 .. 287."""
        return cell_numbers(self.bins(rows), (*self.levels, 6, 6))

    def bins(self, rows: Rows) -> Tensor:
        """The rows with the number of a bin in the place of each number: (N, 4) int64."""
        columns = [*rows.classes.T]
        for values, edges in zip(rows.numbers.T, self.edges):
            columns.append(torch.bucketize(values.contiguous(), torch.tensor(edges)))
        return torch.stack(columns, dim=1)

    def components(self):
        """The Gaussians of (minutes, kilometres): kind, member, weight, mean (2,), covariance."""
        for kind in range(4):
            for member in range(2):
                of_member = self.member[kind] if member else 1 - self.member[kind]
                for mode in range(2):
                    weight = float(self.share[kind] * of_member * self.weight[member, mode])
                    centre = float(self.stretch[kind] * self.mean[member, mode])
                    width = float(self.stretch[kind] * self.std[member, mode])
                    speed = float(self.speed[kind])
                    mean = np.array([centre, speed * centre])
                    mixed = speed * width**2
                    own = speed**2 * width**2 + self.noise**2
                    yield kind, member, weight, mean, np.array([[width**2, mixed], [mixed, own]])

    def probabilities(self) -> Tensor:
        """The exact probability of each cell, (288,) float64, by the Gaussians' own integrals."""
        found = np.zeros((4, 2, 6, 6))
        minutes, kilometres = ([-np.inf, *edges, np.inf] for edges in self.edges)
        for kind, member, weight, mean, covariance in self.components():
            below = np.zeros((7, 7))  # the distribution function at each corner of the grid
            for i, a in enumerate(minutes):
                for j, b in enumerate(kilometres):
                    if min(a, b) > -np.inf:
                        below[i, j] = _below(a, b, mean, covariance)
            found[kind, member] += weight * np.diff(np.diff(below, axis=0), axis=1)
        return torch.tensor(found.clip(0)).flatten()


def _below(a: float, b: float, mean: np.ndarray, covariance: np.ndarray) -> float:
    """P(X <= a, Y <= b) of a Gaussian in two dimensions; a or b may be infinite."""
    std = np.sqrt(np.diag(covariance))
    if np.isinf(a) or np.isinf(b):
        of_a, of_b = stats.norm.cdf((np.array([a, b]) - mean) / std)
        return float(of_a * of_b)  # at least one of them is 1
    return float(stats.multivariate_normal(mean, covariance).cdf([a, b]))


def cell_numbers(columns: Tensor, sizes) -> Tensor:
    """A number for each combination of categories: columns (N, k) int64 to (N,)."""
    cell = torch.zeros(len(columns), dtype=torch.int64)
    for column, size in zip(columns.T, sizes):
        cell = cell * size + column
    return cell


def total_variation(cells: Tensor, probabilities: Tensor) -> float:
    """Half the sum of |share - probability|: 0 for the law itself, 1 if they share no cell."""
    shares = torch.bincount(cells, minlength=len(probabilities)).double() / len(cells)
    return float(0.5 * (shares - probabilities).abs().sum())


@dataclass
class Column:
    """How one number is told to a network. means, stds: of its modes; empty for a plain range."""

    low: float
    high: float
    means: Tensor = field(default_factory=lambda: torch.zeros(0))
    stds: Tensor = field(default_factory=lambda: torch.zeros(0))
    weights: Tensor = field(default_factory=lambda: torch.zeros(0))


class Encoder:
    """Rows as vectors in [-1, 1], and back. Each number is a place within a mode and that mode.

    modes: 0 for the plain range, (2x - low - high) / (high - low), else the most modes a column may
    have; the variational mixture drops those that it does not need. spans: (kind, start, stop) of
    the pieces of a vector, "tanh" or "softmax".
    """

    def __init__(self, rows: Rows, levels=None, modes: int = 10, seed: int = 0):
        self.levels = list(levels or rows.levels())
        self.columns = [_column(values, modes, seed) for values in rows.numbers.T]
        self.spans: list[tuple[str, int, int]] = []
        for column in self.columns:
            self._add("tanh", 1)
            if len(column.means):
                self._add("softmax", len(column.means))
        for size in self.levels:
            self._add("softmax", size)

    def _add(self, kind: str, size: int) -> None:
        self.spans.append((kind, self.width, self.width + size))

    @property
    def width(self) -> int:
        """The length of a vector."""
        return self.spans[-1][2] if self.spans else 0

    def encode(self, rows: Rows, stream: torch.Generator) -> Tensor:
        """(N, width). The mode of a number is drawn from the mixture's posterior."""
        pieces = []
        for values, column in zip(rows.numbers.T, self.columns):
            if len(column.means):
                distance = (values[:, None] - column.means) / column.stds  # (N, modes)
                log_density = column.weights.log() - column.stds.log() - distance**2 / 2
                mode = torch.multinomial(log_density.softmax(1), 1, generator=stream)[:, 0]
                place = (distance[torch.arange(len(rows)), mode] / 4).clamp(-0.99, 0.99)
                pieces += [place[:, None], F.one_hot(mode, len(column.means)).float()]
            else:
                middle, half = (column.high + column.low) / 2, (column.high - column.low) / 2
                pieces.append(((values - middle) / half)[:, None])
        pieces += [F.one_hot(c, size).float() for c, size in zip(rows.classes.T, self.levels)]
        return torch.cat(pieces, dim=1)

    def decode(self, vectors: Tensor) -> Rows:
        """The rows of vectors (N, width): of a softmax piece the largest entry counts."""
        parts = [vectors[:, start:stop] for _, start, stop in self.spans]
        numbers = []
        for column in self.columns:
            place = parts.pop(0)[:, 0]
            if len(column.means):
                mode = parts.pop(0).argmax(dim=1)
                numbers.append(column.means[mode] + 4 * column.stds[mode] * place)
            else:
                middle, half = (column.high + column.low) / 2, (column.high - column.low) / 2
                numbers.append(middle + half * place)
        classes = [part.argmax(dim=1) for part in parts]
        return Rows(torch.stack(numbers, dim=1), torch.stack(classes, dim=1))


def _column(values: Tensor, modes: int, seed: int) -> Column:
    column = Column(float(values.min()), float(values.max()))
    if modes:
        mixture = BayesianGaussianMixture(
            n_components=modes,
            weight_concentration_prior=1e-3,
            max_iter=200,
            tol=0.01,
            random_state=seed,
        )
        some = values[torch.randperm(len(values), generator=runtime.generator(seed))[:2_000], None]
        scale = float(values.std())
        with warnings.catch_warnings():  # it need not have converged to serve as a scale
            warnings.simplefilter("ignore", ConvergenceWarning)
            mixture.fit(some.double().numpy() / scale)
        used = mixture.weights_ > 0.005
        column.means = torch.tensor(mixture.means_[used, 0] * scale).float()
        column.stds = torch.tensor(mixture.covariances_[used, 0, 0] ** 0.5 * scale).float()
        column.weights = torch.tensor(mixture.weights_[used]).float()
    return column


class Asker:
    """Asks for a category, and finds a real row that has it (training by sampling).

    log: a category is asked for in proportion to log(1 + its count), so that rare ones are seen;
    else in proportion to its count. Each column of classes is chosen equally often.
    """

    def __init__(self, rows: Rows, levels, log: bool = True):
        self.levels, self.n = list(levels), len(rows)
        self.offsets = torch.tensor([0, *np.cumsum(self.levels)[:-1]])
        self.counts = [
            torch.bincount(column, minlength=size)
            for column, size in zip(rows.classes.T, self.levels)
        ]
        self.order = [column.argsort() for column in rows.classes.T]  # rows of a category together
        self.chances = [(count + 1.0).log() if log else count.float() for count in self.counts]

    @property
    def width(self) -> int:
        """The length of a conditional vector."""
        return sum(self.levels)

    def draw(self, n: int, stream: torch.Generator, natural: bool = False):
        """ask (n, width) with a single 1, and the index (n,) of a real row that fits each.

        natural: the categories as often as the table has them, as at generation.
        """
        column = torch.randint(len(self.levels), (n,), generator=stream)
        level, index = torch.zeros(n, dtype=torch.int64), torch.zeros(n, dtype=torch.int64)
        for k, count in enumerate(self.counts):
            here = column == k
            chances = count.float() if natural else self.chances[k]
            some = torch.multinomial(chances, int(here.sum()), replacement=True, generator=stream)
            first = (count.cumsum(0) - count)[some]
            among = (torch.rand(len(some), generator=stream) * count[some]).long()
            level[here], index[here] = some, self.order[k][first + among]
        return F.one_hot(self.offsets[column] + level, self.width).float(), index


class RowGenerator(nn.Module):
    """z and the asked category to a vector. Each layer also sees what the ones before it saw."""

    def __init__(self, encoder: Encoder, asked: int, latent: int = 32, width: int = 64):
        super().__init__()
        self.spans, self.latent_dim = encoder.spans, latent
        first = latent + asked
        self.one = nn.Sequential(nn.Linear(first, width), nn.BatchNorm1d(width), nn.ReLU())
        self.two = nn.Sequential(nn.Linear(first + width, width), nn.BatchNorm1d(width), nn.ReLU())
        self.out = nn.Linear(first + 2 * width, encoder.width)

    def forward(self, z: Tensor, ask: Tensor) -> Tensor:
        """(N, width of a vector), before the activations."""
        h = torch.cat([z, ask], dim=1)
        h = torch.cat([h, self.one(h)], dim=1)
        h = torch.cat([h, self.two(h)], dim=1)
        return self.out(h)


def activate(raw: Tensor, spans, temperature: float = 0.2, noise: bool = True) -> Tensor:
    """tanh for numbers; Gumbel-softmax for modes and categories (without `noise` a softmax)."""
    pieces = []
    for kind, start, stop in spans:
        part = raw[:, start:stop]
        if kind == "tanh":
            pieces.append(part.tanh())
        elif noise:
            pieces.append(F.gumbel_softmax(part, tau=temperature))
        else:
            pieces.append(part.softmax(dim=1))
    return torch.cat(pieces, dim=1)


class PackedCritic(nn.Module):
    """One score for each pack of rows (Lin et al. 2018)."""

    def __init__(self, row: int, pack: int = 10, width: int = 64):
        super().__init__()
        self.pack = pack
        self.layers = nn.Sequential(
            nn.Linear(row * pack, width),
            nn.LeakyReLU(0.2),
            nn.Linear(width, width),
            nn.LeakyReLU(0.2),
            nn.Linear(width, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        """x: (packs, pack * row)."""
        return self.layers(x)[:, 0]


def asked_loss(raw: Tensor, ask: Tensor, levels: list[int]) -> Tensor:
    """Cross-entropy of the asked category under G's logits, mean over the batch."""
    blocks = raw[:, -sum(levels) :].split(levels, dim=1)
    log_p = torch.cat([block.log_softmax(dim=1) for block in blocks], dim=1)
    return -(ask * log_p).sum(dim=1).mean()


@dataclass(frozen=True)
class Settings:
    """One run of CTGAN. Each switch turns one part off.

    modes: 0 for plain ranges. ask: whether G is asked at all. log: False asks as the table is.
    pack: rows in a pack. noise: False takes a softmax in the Gumbel-softmax's place.
    """

    modes: int = 10
    ask: bool = True
    log: bool = True
    pack: int = 10
    noise: bool = True
    batch: int = 500
    lr: float = 1e-3
    seed: int = 0


class CTGAN:
    """The two players and their game on one table: WGAN-GP (Gulrajani et al. 2017).

    average: the running mean of G's weights over some hundred steps, to sample from.
    """

    def __init__(self, rows: Rows, settings: Settings, levels=None):
        self.settings = settings
        self.stream = runtime.generator(settings.seed)
        torch.manual_seed(settings.seed)
        self.encoder = Encoder(rows, levels, settings.modes, settings.seed)
        self.levels = self.encoder.levels
        self.asker = Asker(rows, self.levels, settings.log)
        self.vectors = self.encoder.encode(rows, self.stream)
        asked = self.asker.width if settings.ask else 0
        self.G = RowGenerator(self.encoder, asked)
        mean = get_ema_multi_avg_fn(0.99)
        self.average = AveragedModel(self.G, multi_avg_fn=mean, use_buffers=True)
        self.D = PackedCritic(self.encoder.width + asked, settings.pack)
        adam = {"lr": settings.lr, "betas": (0.5, 0.9), "fused": True}
        self.opt_g = torch.optim.Adam(self.G.parameters(), weight_decay=1e-6, **adam)
        self.opt_d = torch.optim.Adam(self.D.parameters(), **adam)
        self.records: list[dict] = []
        self.steps = 0  # done so far

    def draw(self, natural: bool = False) -> tuple[Tensor, Tensor, Tensor]:
        """A batch: z, ask (N, 0 where nothing is asked), and the vectors of real rows that fit."""
        n = self.settings.batch
        z = torch.randn(n, self.G.latent_dim, generator=self.stream)
        if self.settings.ask:
            ask, index = self.asker.draw(n, self.stream, natural)
        else:
            ask = torch.zeros(n, 0)
            index = torch.randint(len(self.vectors), (n,), generator=self.stream)
        return z, ask, self.vectors[index]

    def packed(self, vectors: Tensor, ask: Tensor) -> Tensor:
        """(N / pack, pack * (row + ask)): what the critic sees."""
        return torch.cat([vectors, ask], dim=1).reshape(len(ask) // self.settings.pack, -1)

    def step(self) -> float:
        """A step of D, then one of G on the same rows. Returns the gap: real less fake scores."""
        z, ask, real = self.draw()
        raw = self.G(z, ask)
        made = activate(raw, self.G.spans, noise=self.settings.noise)
        real, fake = self.packed(real, ask), self.packed(made.detach(), ask)
        gap = self.D(fake).mean() - self.D(real).mean()
        d_loss = gap + penalties.GradientPenalty(10.0)(self.D, real, fake)
        self.opt_d.zero_grad()
        d_loss.backward()
        self.opt_d.step()

        g_loss = -self.D(self.packed(made, ask)).mean()
        asked = asked_loss(raw, ask, self.levels) if self.settings.ask else torch.zeros(())
        self.opt_g.zero_grad()
        (g_loss + asked).backward()
        self.opt_g.step()
        self.average.update_parameters(self.G)
        return -gap.item()

    def train(self, steps: int = 0, seconds: float = 0.0) -> "CTGAN":
        """So many more steps, or as many as fit into so many CPU seconds of this process."""
        start, end = time.process_time(), self.steps + steps
        while self.steps < end or time.process_time() - start < seconds:
            gap = self.step()
            self.steps += 1
            if self.steps % 10 == 0:
                self.records.append({"step": self.steps, "gap": gap})
        return self

    @torch.no_grad()
    def sample(self, n: int, average: bool = True) -> Rows:
        """n rows; categories are asked for as often as the table has them."""
        G = (self.average.module if average else self.G).eval()
        parts = []
        for _ in range(math.ceil(n / self.settings.batch)):
            z, ask, _ = self.draw(natural=True)
            parts.append(activate(G(z, ask), G.spans, noise=self.settings.noise))
        G.train()
        return self.encoder.decode(torch.cat(parts)[:n])


def bootstrap(rows: Rows, n: int, stream: torch.Generator) -> Rows:
    """n of the rows themselves, drawn with return."""
    return rows.take(torch.randint(len(rows), (n,), generator=stream))


def independent(rows: Rows, n: int, stream: torch.Generator) -> Rows:
    """Each column drawn on its own: right columns, no relation between them."""
    columns = [*rows.numbers.T, *rows.classes.T]
    drawn = [c[torch.randint(len(rows), (n,), generator=stream)] for c in columns]
    c = rows.numbers.shape[1]
    return Rows(torch.stack(drawn[:c], dim=1), torch.stack(drawn[c:], dim=1))


def gaussian_copula(rows: Rows, n: int, stream: torch.Generator) -> Rows:
    """Each column's own distribution, tied together by the correlations of normal scores.

    A category owns an interval of [0, 1] as long as its share; its score is a random place there.
    """
    size, c = len(rows), rows.numbers.shape[1]
    uniforms = [(v.argsort().argsort() + 0.5) / size for v in rows.numbers.T]
    ends = []  # where each category's interval ends
    for column in rows.classes.T:
        ends.append((torch.bincount(column).double() / size).cumsum(0))
        starts = torch.cat([torch.zeros(1).double(), ends[-1]])[column]
        place = torch.rand(size, generator=stream, dtype=torch.float64)
        uniforms.append(starts + place * (ends[-1][column] - starts))
    normal = torch.distributions.Normal(0.0, 1.0)
    scores = normal.icdf(torch.stack([u.double().clamp(1e-6, 1 - 1e-6) for u in uniforms]))
    correlation = torch.corrcoef(scores) + 1e-6 * torch.eye(len(scores))
    z = torch.randn(n, len(scores), generator=stream, dtype=torch.float64)
    drawn = normal.cdf(z @ torch.linalg.cholesky(correlation).T)  # (n, columns)
    numbers = [torch.quantile(v.double(), u) for v, u in zip(rows.numbers.T, drawn.T[:c])]
    classes = [
        torch.bucketize(u.contiguous(), end[:-1].contiguous()) for u, end in zip(drawn.T[c:], ends)
    ]
    columns_of_classes = torch.stack(classes, dim=1) if classes else rows.classes.new_zeros(n, 0)
    return Rows(torch.stack(numbers, dim=1).float(), columns_of_classes)


def copula_by_class(rows: Rows, n: int, stream: torch.Generator) -> Rows:
    """A Gaussian copula of the numbers for each combination of categories; these as often as seen.

    Each combination needs at least two rows.
    """
    kinds, kind = rows.classes.unique(dim=0, return_inverse=True)
    share = torch.bincount(kind).float()
    amount = torch.multinomial(share, n, replacement=True, generator=stream)
    amount = amount.bincount(minlength=len(kinds))
    numbers = []
    for k, size in enumerate(amount.tolist()):
        some = rows.take((kind == k).nonzero()[:, 0])
        alone = Rows(some.numbers, some.classes[:, :0])
        numbers.append(gaussian_copula(alone, size, stream).numbers)
    return Rows(torch.cat(numbers), kinds.repeat_interleave(amount, dim=0))


def chow_liu(rows: Rows, n: int, stream: torch.Generator, bins: int = 20) -> Rows:
    """The best tree (Chow and Liu 1968): each column is drawn given one other.

    The tree has the largest sum of mutual information. Numbers are cut at quantiles and drawn
    evenly within their bin.
    """
    cuts = [torch.quantile(v, torch.linspace(0, 1, bins + 1)).unique() for v in rows.numbers.T]
    columns = [
        torch.bucketize(v.contiguous(), cut[1:-1].contiguous())
        for v, cut in zip(rows.numbers.T, cuts)
    ]
    columns += [*rows.classes.T]
    sizes = [int(column.max()) + 1 for column in columns]

    def joint(a: int, b: int) -> Tensor:
        pair = columns[a] * sizes[b] + columns[b]
        return torch.bincount(pair, minlength=sizes[a] * sizes[b]).double().view(sizes[a], -1)

    def information(a: int, b: int) -> float:
        p = joint(a, b) / len(rows)
        each = p.sum(1, keepdim=True) * p.sum(0, keepdim=True)
        return float(torch.special.xlogy(p, p / each.clamp(min=1e-30)).sum())

    drawn = {len(columns) - 1: torch.zeros(0)}  # the tree grows from the last column
    root = torch.bincount(columns[-1]).double()
    drawn[len(columns) - 1] = torch.multinomial(root, n, replacement=True, generator=stream)
    links = {(a, b): information(a, b) for a in range(len(columns)) for b in range(a)}
    while len(drawn) < len(columns):
        edges = [
            (links[max(a, b), min(a, b)], a, b)
            for a in drawn
            for b in range(len(columns))
            if a != b and b not in drawn
        ]
        _, parent, child = max(edges)
        table = joint(parent, child)[drawn[parent]]  # (n, categories of the child)
        drawn[child] = torch.multinomial(table, 1, generator=stream)[:, 0]
    numbers = []
    for k, cut in enumerate(cuts):
        place = torch.rand(n, generator=stream)
        numbers.append(cut[drawn[k]] + place * (cut[drawn[k] + 1] - cut[drawn[k]]))
    classes = [drawn[k] for k in range(len(cuts), len(columns))]
    columns_of_numbers = torch.stack(numbers, dim=1) if numbers else torch.zeros(n, 0)
    return Rows(columns_of_numbers, torch.stack(classes, dim=1))


PLAIN = {
    "bootstrap": bootstrap,
    "Chow-Liu tree": chow_liu,
    "Gaussian copula": gaussian_copula,
    "copula in each class": copula_by_class,
    "independent columns": independent,
}


def tumours() -> Rows:
    """The real table: ten means of 569 cell pictures, and the diagnosis (1 is malignant).

    Breast cancer Wisconsin (diagnostic) by Wolberg, Street and Mangasarian, 1995, from the UCI
    repository (CC BY 4.0); it comes with scikit-learn.
    """
    table = load_breast_cancer()
    numbers = torch.tensor(table.data[:, :10], dtype=torch.float32)
    return Rows(numbers, torch.tensor(1 - table.target)[:, None].long())


def halves(rows: Rows, seed: int, share: float = 0.5) -> tuple[Rows, Rows]:
    """The rows in random order, cut in two."""
    order = torch.randperm(len(rows), generator=runtime.generator(seed))
    cut = int(share * len(rows))
    return rows.take(order[:cut]), rows.take(order[cut:])


def efficacy(rows: Rows, test: Rows, seed: int = 0) -> float:
    """Area under the ROC curve, on the test rows, of gradient boosting trained on `rows`.

    The last column of classes is what is to be told from the numbers; 1/2 where it is constant.
    """
    label = rows.classes[:, -1]
    if label.min() == label.max():
        return 0.5
    model = HistGradientBoostingClassifier(max_iter=60, min_samples_leaf=10, random_state=seed)
    model.fit(rows.numbers.numpy(), label.numpy())
    chance = model.predict_proba(test.numbers.numpy())[:, 1]
    return float(roc_auc_score(test.classes[:, -1].numpy(), chance))


def column_distance(rows: Rows, reference: Rows) -> float:
    """The largest gap of two distribution functions (Kolmogorov-Smirnov), mean over the columns.

    For categories half the sum of the differences of shares. 0 for equal columns, 1 at most.
    """
    found = []
    for a, b in zip(rows.numbers.T, reference.numbers.T):
        found.append(stats.ks_2samp(a.numpy(), b.numpy(), method="asymp").statistic)
    for a, b in zip(rows.classes.T, reference.classes.T):
        size = int(max(a.max(), b.max())) + 1
        shares = [torch.bincount(c, minlength=size).double() / len(c) for c in (a, b)]
        found.append(float((shares[0] - shares[1]).abs().sum() / 2))
    return float(np.mean(found))


def pair_distance(rows: Rows, reference: Rows) -> float:
    """Mean absolute difference of the correlations of all pairs of columns."""
    tables = []
    for one in (rows, reference):
        ranks = [v.argsort().argsort().float() for v in one.numbers.T]
        tables.append(torch.corrcoef(torch.stack([*ranks, *one.classes.T.float()])))
    above = torch.triu(torch.ones_like(tables[0]), diagonal=1).bool()
    return float((tables[0] - tables[1]).nan_to_num(0.0).abs()[above].mean())
