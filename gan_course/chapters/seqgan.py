"""SeqGAN (Yu et al. 2017): a generator of tokens learns from D's verdict by policy gradient.

And its oracle experiment, in which the true distribution is known. Notebook 16 writes the essential
lines by hand.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from gan_course.chapters import text
from gan_course.chapters.text import LanguageModel
from gan_course.data import batches
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


@torch.no_grad()
def rewards(
    G: LanguageModel,
    reward: Callable[[Tensor], Tensor],
    sequences: Tensor,
    rollouts: int,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Q (N, T): what each token is worth (equation 4).

    The mean reward of `rollouts` completions of the sequence up to it; the last token needs none.
    reward: sequences (N, T) -> rewards (N,).
    """
    n, length = sequences.shape
    q = torch.empty(n, length, device=sequences.device)
    for t in range(1, length):
        prefixes = sequences[:, :t].repeat_interleave(rollouts, dim=0)  # (N * rollouts, t)
        whole = text.complete(G, prefixes, length, generator=generator)
        q[:, t - 1] = reward(whole).view(n, rollouts).mean(dim=1)
    q[:, -1] = reward(sequences)
    return q


def policy_loss(G: LanguageModel, sequences: Tensor, q: Tensor) -> Tensor:
    """A loss whose gradient is REINFORCE's: -mean of (Q - baseline) log p(token).

    baseline: the batch's mean at each place.
    """
    advantage = q - q.mean(dim=0, keepdim=True)
    return -(advantage * text.log_probabilities(G, sequences)).sum(dim=1).mean()


@dataclass(frozen=True)
class Protocol:
    """The numbers of the oracle experiment."""

    vocabulary: int = 50
    length: int = 10  # tokens in a sequence
    hidden: int = 32  # size of the LSTMs and embeddings of oracle and generator
    sequences: int = 10_000  # drawn from the oracle for training, and as many for testing
    batch_size: int = 64  # sequences of each kind in a step of maximum likelihood or of D
    g_batch: int = 256  # sequences in a step of policy gradient
    mle_epochs: int = 10  # passes over the data by maximum likelihood
    mle_lr: float = 1e-2  # Adam's learning rate there
    d_pretrain: int = 600  # steps of D before the game
    rounds: int = 60  # of the game: one policy-gradient step and d_steps of D each
    d_steps: int = 5  # steps of D in a round
    rollouts: int = 8  # completions of each prefix
    g_lr: float = 1e-3  # Adam's learning rate for the policy gradient
    d_lr: float = 1e-3  # and for D
    measured: int = 4_000  # sequences drawn for a row of numbers
    oracle_seed: int = 0  # of the oracle's weights, which are N(0, 1)


# of the paper: 50 x 3 epochs, then 5 x 3 epochs a round, of D on 10,000 real and as many generated
# sequences. For a GPU
FULL = Protocol(
    vocabulary=5_000,
    length=20,
    g_batch=64,
    g_lr=1e-2,
    mle_epochs=120,
    d_pretrain=23_400,
    rounds=200,
    d_steps=2_340,
    rollouts=16,
    d_lr=1e-4,
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
    """SeqGAN's game of a generator that has been fitted against a discriminator of its own."""

    def __init__(self, G: LanguageModel, data: Tensor, protocol: Protocol, seed: int):
        self.G, self.protocol = G, protocol
        self.D = SequenceDiscriminator(protocol.vocabulary).to(data.device)
        self.real = batches(data, protocol.batch_size, seed)
        self.stream = torch.Generator(data.device).manual_seed(seed)
        self.opt_g = torch.optim.Adam(G.parameters(), protocol.g_lr)
        self.opt_d = torch.optim.Adam(self.D.parameters(), protocol.d_lr)
        self.loss = NonSaturating()
        for _ in range(protocol.d_pretrain):
            self.d_step()

    def write(self, n: int) -> Tensor:
        """n sequences of G."""
        return text.sample(self.G, n, self.protocol.length, generator=self.stream)

    def d_step(self) -> None:
        """D learns to tell the data from what G writes now."""
        fake = self.write(self.protocol.batch_size)
        loss = self.loss.discriminator(self.D(next(self.real)[0]), self.D(fake))
        self.opt_d.zero_grad()
        loss.backward()
        self.opt_d.step()

    def reward(self, sequences: Tensor) -> Tensor:
        """How real D thinks whole sequences are: a probability."""
        self.D.eval()
        probability = torch.sigmoid(self.D(sequences))
        self.D.train()
        return probability

    def g_step(self) -> None:
        """One step of policy gradient."""
        sequences = self.write(self.protocol.g_batch)
        q = rewards(self.G, self.reward, sequences, self.protocol.rollouts, self.stream)
        self.opt_g.zero_grad()
        policy_loss(self.G, sequences, q).backward()
        nn.utils.clip_grad_norm_(self.G.parameters(), 5.0)
        self.opt_g.step()

    def round(self) -> None:
        """One step of G, then d_steps of D."""
        self.g_step()
        for _ in range(self.protocol.d_steps):
            self.d_step()


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


def run(protocol: Protocol, seed: int, device: torch.device | str = "cpu", every: int = 5) -> dict:
    """One seed of the experiment; the oracle and its data are the same for all seeds.

    rows: "random", "mle", "seqgan", "floor" of `measure`. sweeps: MLE and SeqGAN at TEMPERATURES.
    curve: rows over the epochs, and over each `every`-th round.
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

    def note(stage: str, number: int) -> None:
        curve.append({"stage": stage, "number": number, **measure(G, truth, test, n=n // 4)})

    def sweep() -> list[dict]:
        return [{"temperature": t, **measure(G, truth, test, t, n)} for t in TEMPERATURES]

    rows, sweeps = {"random": measure(G, truth, test, n=n)}, {}
    fit(G, data, protocol, seed, lambda epoch: note("mle", epoch))
    rows["mle"], sweeps["mle"] = measure(G, truth, test, n=n), sweep()
    game = Game(G, data, protocol, seed)
    for number in range(1, protocol.rounds + 1):
        game.round()
        if number % every == 0:
            note("seqgan", number)
    rows["seqgan"], sweeps["seqgan"] = measure(G, truth, test, n=n), sweep()
    rows["floor"] = measure(truth, truth, test, n=n)
    seconds = round(time.process_time() - start)
    return {"seed": seed, "rows": rows, "sweeps": sweeps, "curve": curve, "cpu_seconds": seconds}
