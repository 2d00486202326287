"""Sequences of tokens: a recurrent generator, its likelihood, its samples. Notebook 16.

A sequence is a row of int64 tokens. Every sequence is thought to begin with the token START, which
is not stored; where sequences differ in length, the first END closes one, and tokens behind it do
not count.
"""

from collections import Counter

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional as F

from gan_course.errors import GanCourseError

START, END = 0, 1


class LanguageModel(nn.Module):
    """Embedding, LSTM, one linear layer: the probability of each next token, given those before it.

    vocabulary: number of tokens. embedding, hidden: sizes. layers: LSTMs on top of each other.
    dropout: on the embedding, between the LSTMs and before the last layer.
    """

    def __init__(
        self,
        vocabulary: int,
        embedding: int = 32,
        hidden: int = 32,
        layers: int = 1,
        dropout: float = 0.0,
    ):
        super().__init__()
        self.vocabulary = vocabulary
        self.embed = nn.Embedding(vocabulary, embedding)
        between = dropout if layers > 1 else 0.0
        self.lstm = nn.LSTM(embedding, hidden, layers, batch_first=True, dropout=between)
        self.drop, self.head = nn.Dropout(dropout), nn.Linear(hidden, vocabulary)

    def forward(self, tokens: Tensor, state: tuple | None = None) -> tuple[Tensor, tuple]:
        """tokens (N, T) -> logits (N, T, vocabulary) of each next token, and the LSTM's state."""
        hidden, state = self.lstm(self.drop(self.embed(tokens)), state)
        return self.head(self.drop(hidden)), state


def without_dropout(net: LanguageModel) -> None:
    """Switch dropout off for good: a policy gradient needs the probabilities that drew a sample."""
    net.lstm.dropout = 0.0
    for module in net.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0


def log_probabilities(net: LanguageModel, sequences: Tensor, temperature: float = 1.0) -> Tensor:
    """log p of each token given those before it: (N, T) -> (N, T), in nats."""
    before = F.pad(sequences[:, :-1], (1, 0), value=START)  # all but the last token
    logits, _ = net(before)
    log_p = torch.log_softmax(logits / temperature, dim=-1)
    return log_p.gather(-1, sequences[..., None]).squeeze(-1)


def counts(sequences: Tensor) -> Tensor:
    """Which tokens count, (N, T) bool: all up to the first END, which counts too."""
    ends = sequences == END
    return ends.cumsum(dim=1) - ends.long() == 0


def close(sequences: Tensor) -> Tensor:
    """The same sequences (N, T) with END in place of every token behind the first END."""
    return sequences.masked_fill(~counts(sequences), END)


def loss(net: LanguageModel, sequences: Tensor, closed: bool = False) -> Tensor:
    """Mean negative log-likelihood a token, in nats. closed: tokens behind END do not count."""
    each = -log_probabilities(net, sequences)
    return each[counts(sequences)].mean() if closed else each.mean()


@torch.no_grad()
def nll(net: LanguageModel, sequences: Tensor, temperature: float = 1.0) -> float:
    """Negative log-likelihood of whole sequences (N, T), in nats a sequence, averaged.

    temperature: at which the net samples.
    """
    was_training = net.training
    net.eval()
    total = 0.0
    for part in sequences.split(1000):
        total -= log_probabilities(net, part, temperature).sum().item()
    net.train(was_training)
    return total / len(sequences)


def choose(logits: Tensor, generator: Generator | None = None) -> Tensor:
    """One token for each row of logits (N, V), drawn from their softmax.

    The largest p / e, e exponential (the Gumbel trick).
    """
    noise = torch.empty_like(logits).exponential_(generator=generator)
    return (torch.softmax(logits, dim=-1) / noise.clamp_min(1e-30)).argmax(dim=-1)


@torch.no_grad()
def sample(
    net: LanguageModel,
    n: int,
    length: int,
    temperature: float = 1.0,
    generator: Generator | None = None,
) -> Tensor:
    """n sequences, (n, length), each token drawn from softmax(logits / temperature)."""
    start = torch.full((n, 0), START, device=next(net.parameters()).device)
    return complete(net, start, length, temperature, generator)


@torch.no_grad()
def complete(
    net: LanguageModel,
    prefix: Tensor,
    length: int,
    temperature: float = 1.0,
    generator: Generator | None = None,
) -> Tensor:
    """Go on from prefixes (N, t), t >= 0, to sequences (N, length).

    generator: a random stream on the net's device.
    """
    if temperature <= 0:
        raise GanCourseError(
            f"temperature is {temperature}: it must be above 0 (near 0 takes the likeliest token)"
        )
    was_training = net.training
    net.eval()
    read, state, tokens = F.pad(prefix, (1, 0), value=START), None, [prefix]
    for _ in range(length - prefix.shape[1]):
        logits, state = net(read, state)
        read = choose(logits[:, -1] / temperature, generator)[:, None]
        tokens.append(read)
    net.train(was_training)
    return torch.cat(tokens, dim=1)


def distinct(sequences: Tensor, n: int = 3) -> float:
    """Number of different n-grams of sequences (N, T) over the number of all: 1, none repeats."""
    grams = sequences.unfold(1, n, 1).reshape(-1, n)
    return len(torch.unique(grams, dim=0)) / len(grams)


def repeated(sequences: Tensor) -> float:
    """Share of the sequences (N, T) that occur more than once in the set."""
    times = Counter(map(tuple, sequences.tolist()))
    return sum(n for n in times.values() if n > 1) / len(sequences)
