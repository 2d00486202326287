"""SeqGAN (Yu et al. 2017): a generator of tokens learns from D's verdict by policy gradient.

And its oracle experiment, in which the true distribution is known. Notebook 16 writes the essential
lines by hand.
"""

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from gan_course.chapters import text
from gan_course.chapters.text import LanguageModel
from gan_course.data import batches
from gan_course.errors import GanCourseError
from gan_course.losses import NonSaturating


class SequenceDiscriminator(nn.Module):
    """Tokens (N, T) -> scores (N,).

    An embedding, convolutions of several widths, the largest value of each over the sequence.
    """

    def __init__(
        self,
        vocabulary: int,
        embedding: int = 32,
        channels: int = 32,
        widths: tuple[int, ...] = (1, 2, 3, 4),
        dropout: float = 0.25,
    ):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, embedding)
        self.convolutions = nn.ModuleList(nn.Conv1d(embedding, channels, width) for width in widths)
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(channels * len(widths), 1))

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.embed(tokens).transpose(1, 2)  # (N, embedding, T)
        largest = [torch.relu(convolution(x)).amax(dim=2) for convolution in self.convolutions]
        return self.head(torch.cat(largest, dim=1)).squeeze(1)


class PlaceDiscriminator(nn.Module):
    """Tokens (N, T) -> scores (N,).

    An embedding for each place, all of them side by side, two hidden layers: it can compare two
    places that stand far apart, which the convolutions of `SequenceDiscriminator` cannot.
    """

    def __init__(
        self,
        vocabulary: int,
        length: int,
        embedding: int = 16,
        hidden: int = 256,
        dropout: float = 0.4,
    ):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, embedding)
        self.layers = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(length * embedding, hidden),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 1),
        )

    def forward(self, tokens: Tensor) -> Tensor:
        return self.layers(self.embed(tokens).flatten(1)).squeeze(1)


@torch.no_grad()
def rewards(
    G: LanguageModel,
    reward: Callable[[Tensor], Tensor],
    sequences: Tensor,
    rollouts: int,
    generator: torch.Generator | None = None,
    every: int = 1,
) -> Tensor:
    """Q (N, T): what each token is worth (equation 4).

    The mean reward of `rollouts` completions of the sequence up to it; the last token needs none.
    reward: sequences (N, T) -> rewards (N,). every: only each so-manieth prefix is completed, and
    the tokens before it get its value.
    """
    n, length = sequences.shape
    q = reward(sequences)[:, None].repeat(1, length)
    start = 0
    for t in range(every, length, every):
        prefixes = sequences[:, :t].repeat_interleave(rollouts, dim=0)  # (N * rollouts, t)
        whole = text.complete(G, prefixes, length, generator=generator)
        worth = reward(whole).view(n, rollouts).mean(dim=1)
        q[:, start:t] = worth[:, None]
        start = t
    return q


def kl_to_come(log_p: Tensor, log_p_reference: Tensor) -> Tensor:
    """Log-ratio of all tokens from each place to the end, (N, T) from two (N, T).

    Its mean over samples of G at the first place estimates KL(G || reference), in nats a sequence.
    """
    ratio = log_p - log_p_reference
    return ratio.flip(1).cumsum(dim=1).flip(1)


def policy_loss(G: LanguageModel, sequences: Tensor, q: Tensor, closed: bool = False) -> Tensor:
    """A loss whose gradient is REINFORCE's: -mean of (Q - baseline) log p(token).

    baseline: the batch's mean at each place. closed: tokens behind END do not count.
    """
    advantage = q - q.mean(dim=0, keepdim=True)
    log_p = text.log_probabilities(G, sequences)
    if closed:
        log_p = log_p * text.counts(sequences)
    return -(advantage * log_p).sum(dim=1).mean()


@dataclass(frozen=True)
class Rules:
    """The numbers of a game of a language model against a discriminator."""

    rounds: int = 0
    """of the game, each one step of policy gradient and d_steps of D; 0 plays none"""
    g_batch: int = 64
    """sequences in a step of policy gradient"""
    g_lr: float = 1e-2
    """Adam's learning rate for the policy gradient"""
    rollouts: int = 16
    """completions of each prefix, whose mean reward is what its last token is worth"""
    every: int = 1
    """tokens from one completed prefix to the next"""
    kl: float = 0.0
    """price of a nat of divergence from the network as it was before the game"""
    d_batch: int = 64
    """sequences of each kind in a step of D"""
    d_lr: float = 1e-3
    """Adam's learning rate for D"""
    d_pretrain: int = 600
    """steps of D before the first round"""
    d_steps: int = 5
    """steps of D in a round"""

    def __post_init__(self):
        for name in ("g_batch", "rollouts", "every", "d_batch"):
            if getattr(self, name) < 1:
                raise GanCourseError(f"{name} is {getattr(self, name)}: it must be at least 1")
        for name in ("rounds", "kl", "d_pretrain", "d_steps"):
            if getattr(self, name) < 0:
                raise GanCourseError(f"{name} is {getattr(self, name)}: it must be at least 0")
        for name in ("g_lr", "d_lr"):
            if getattr(self, name) <= 0:
                raise GanCourseError(f"{name} is {getattr(self, name)}: it must be above 0")


@dataclass(frozen=True)
class Protocol:
    """The numbers of the oracle experiment."""

    vocabulary: int = 50
    length: int = 10  # tokens in a sequence
    hidden: int = 32  # size of the LSTMs and embeddings of oracle and generator
    sequences: int = 10_000  # drawn from the oracle for training, and as many for testing
    batch_size: int = 64  # sequences in a step of maximum likelihood
    mle_epochs: int = 10  # passes over the data by maximum likelihood
    mle_lr: float = 1e-2  # Adam's learning rate there
    # the paper's rate, rollouts and number of rounds; D takes fewer steps, see `FULL`
    rules: Rules = field(default_factory=lambda: Rules(rounds=200, d_steps=15))
    measured: int = 2_000  # sequences drawn for a row of numbers
    oracle_seed: int = 0  # of the oracle's weights, which are N(0, 1)


# of the paper: 50 x 3 epochs, then 5 x 3 epochs a round, of D on 10,000 real and as many generated
# sequences. For a GPU
FULL = Protocol(
    vocabulary=5_000,
    length=20,
    mle_epochs=120,
    rules=Rules(rounds=200, d_pretrain=23_400, d_steps=2_340, d_lr=1e-4),
)
TEMPERATURES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1)


def language_model(protocol: Protocol) -> LanguageModel:
    """The network of oracle and generator."""
    return LanguageModel(protocol.vocabulary, protocol.hidden, protocol.hidden)


def oracle(protocol: Protocol) -> LanguageModel:
    """The true distribution: an LSTM with weights from N(0, 1), as in the paper, never trained."""
    stream = torch.Generator().manual_seed(protocol.oracle_seed)
    net = language_model(protocol)
    for p in net.parameters():
        p.data = torch.randn(p.shape, generator=stream)
    return net.eval().requires_grad_(False)


def fit(
    G: LanguageModel,
    data: Tensor,
    protocol: Protocol,
    seed: int,
    each_epoch: Callable[[int], None] | None = None,
) -> None:
    """Maximum likelihood on sequences (N, T), in place.

    each_epoch: called with the number of epochs done.
    """
    optimiser = torch.optim.Adam(G.parameters(), protocol.mle_lr)
    source = batches(data, protocol.batch_size, seed)
    for epoch in range(protocol.mle_epochs):
        for _ in range(len(data) // protocol.batch_size):
            optimiser.zero_grad()
            text.loss(G, next(source)[0]).backward()
            optimiser.step()
        if each_epoch:
            each_epoch(epoch + 1)


class Game:
    """A generator that has been fitted learns from a judge, by policy gradient.

    G: in place. data: real sequences (N, T). D: a discriminator, which learns meanwhile; the reward
    is its probability of being real. judge: a fixed reward in its place, sequences (N, T) -> (N,).
    closed: sequences end with END, and what stands behind it does not count. `parts` holds all that
    has a state.
    """

    def __init__(
        self,
        G: LanguageModel,
        data: Tensor,
        rules: Rules,
        seed: int,
        D: nn.Module | None = None,
        judge: Callable[[Tensor], Tensor] | None = None,
        closed: bool = False,
    ):
        self.G, self.judge, self.rules, self.closed = G, judge, rules, closed
        self.D: Any = D  # none where a judge pays
        text.without_dropout(G)
        self.length = data.shape[1]
        self.reference = copy.deepcopy(G).eval().requires_grad_(False)
        self.real = batches(data, rules.d_batch, seed)
        self.device = next(G.parameters()).device
        self.stream = torch.Generator(self.device).manual_seed(seed)
        self.opt_g = torch.optim.Adam(G.parameters(), rules.g_lr)
        self.loss = NonSaturating()
        self.parts = {
            "net": G,
            "reference": self.reference,
            "batches": self.real,
            "opt_g": self.opt_g,
        }
        if D:
            self.opt_d = torch.optim.Adam(D.parameters(), rules.d_lr)
            self.parts |= {"D": D, "opt_d": self.opt_d}

    def write(self, n: int) -> Tensor:
        """n sequences of G."""
        made = text.sample(self.G, n, self.length, generator=self.stream)
        return text.close(made) if self.closed else made

    def pretrain(self) -> None:
        """D's steps before the first round, on a stock of samples: G does not change meanwhile."""
        if self.D and self.rules.d_pretrain:
            n = self.rules.d_batch
            stock = batches(self.write(n * min(self.rules.d_pretrain, 100)), n)
            for _ in range(self.rules.d_pretrain):
                self.d_step(next(stock)[0])

    def d_step(self, fake: Tensor) -> None:
        """D learns to tell the data from sequences of G, (N, T)."""
        real = next(self.real)[0].to(self.device)
        loss = self.loss.discriminator(self.D(real), self.D(fake))
        self.opt_d.zero_grad()
        loss.backward()
        self.opt_d.step()

    @torch.no_grad()
    def reward(self, sequences: Tensor) -> Tensor:
        """The judge's reward of whole sequences, or how real D thinks they are: a probability."""
        sequences = text.close(sequences) if self.closed else sequences
        if self.judge:
            return self.judge(sequences)
        self.D.eval()
        probability = torch.sigmoid(self.D(sequences))
        self.D.train()
        return probability

    @torch.no_grad()
    def accuracy(self, real: Tensor) -> float:
        """Share that D tells right: of real sequences (N, T), and of as many fresh ones of G."""
        fake = self.write(len(real))
        right = (self.reward(real.to(self.device)) > 0.5).float().mean()
        return ((right + (self.reward(fake) <= 0.5).float().mean()) / 2).item()

    def g_step(self) -> None:
        """One step of policy gradient."""
        rules = self.rules
        made = self.write(rules.g_batch)
        q = rewards(self.G, self.reward, made, rules.rollouts, self.stream, rules.every)
        if rules.kl:
            q = q - rules.kl * self.divergence(made)
        loss = policy_loss(self.G, made, q, self.closed)
        self.opt_g.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.G.parameters(), 5.0)
        self.opt_g.step()

    @torch.no_grad()
    def divergence(self, sequences: Tensor) -> Tensor:
        """`kl_to_come` of sequences of G (N, T), from G as it was before the game."""
        log_p = text.log_probabilities(self.G, sequences)
        log_p_reference = text.log_probabilities(self.reference, sequences)
        if self.closed:
            counts = text.counts(sequences)
            log_p, log_p_reference = log_p * counts, log_p_reference * counts
        return kl_to_come(log_p, log_p_reference)

    def round(self) -> None:
        """One step of G, then D's."""
        self.g_step()
        if self.D and self.rules.d_steps:
            n = self.rules.d_batch
            for fake in self.write(n * self.rules.d_steps).split(n):
                self.d_step(fake)


def measure(
    G: LanguageModel,
    truth: LanguageModel,
    test: Tensor,
    temperature: float = 1.0,
    n: int = 4_000,
    seed: int = 9,
) -> dict:
    """Four numbers in nats a token, and one share, of n samples of G at that temperature.

    nll_oracle: -log p(G's samples) under the oracle, quality alone. nll_test: -log q(test data),
    coverage. entropy: of G itself. kl: of G from the oracle, nll_oracle - entropy.
    distinct: share of 3-grams that are different.
    """
    device, length = next(G.parameters()).device, test.shape[1]
    made = text.sample(G, n, length, temperature, torch.Generator(device).manual_seed(seed))
    quality, entropy = text.nll(truth, made) / length, text.nll(G, made, temperature) / length
    return {
        "nll_oracle": quality,
        "nll_test": text.nll(G, test, temperature) / length,
        "entropy": entropy,
        "kl": quality - entropy,
        "distinct": text.distinct(made),
    }


def run(protocol: Protocol, seed: int, device: torch.device | str = "cpu", every: int = 10) -> dict:
    """One seed of the experiment; the oracle and its data are the same for all seeds.

    rows: "random", "mle", "seqgan", "floor" of `measure`. sweeps: MLE and SeqGAN at TEMPERATURES.
    curve: rows over the epochs, and each `every`-th round with D's accuracy on the test data.
    """
    start = time.process_time()
    truth = oracle(protocol).to(device)
    stream = torch.Generator(device).manual_seed(protocol.oracle_seed)
    data, test = (
        text.sample(truth, protocol.sequences, protocol.length, generator=stream) for _ in range(2)
    )
    torch.manual_seed(seed)
    G = language_model(protocol).to(device)
    n, curve = protocol.measured, []

    def note(stage: str, number: int, **more) -> None:
        numbers = measure(G, truth, test, n=n // 4)
        curve.append({"stage": stage, "number": number, **numbers, **more})

    def sweep() -> list[dict]:
        return [{"temperature": t, **measure(G, truth, test, t, n)} for t in TEMPERATURES]

    rows, sweeps = {"random": measure(G, truth, test, n=n)}, {}
    fit(G, data, protocol, seed, lambda epoch: note("mle", epoch))
    rows["mle"], sweeps["mle"] = measure(G, truth, test, n=n), sweep()
    D = SequenceDiscriminator(protocol.vocabulary).to(device)
    game = Game(G, data, protocol.rules, seed, D)
    game.pretrain()
    note("seqgan", 0, accuracy=game.accuracy(test[:n]))
    for number in range(1, protocol.rules.rounds + 1):
        game.round()
        if number % every == 0 or number == protocol.rules.rounds:
            note("seqgan", number, accuracy=game.accuracy(test[:n]))
    rows["seqgan"], sweeps["seqgan"] = measure(G, truth, test, n=n), sweep()
    rows["floor"] = measure(truth, truth, test, n=n)
    seconds = round(time.process_time() - start)
    return {"seed": seed, "rows": rows, "sweeps": sweeps, "curve": curve, "cpu_seconds": seconds}
