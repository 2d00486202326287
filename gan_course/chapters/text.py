"""Sequences of tokens: a recurrent generator, its likelihood, its samples, and how much variety
they have. Notebook 16.

A sequence is a row of int64 tokens. Every sequence is thought to begin with the token START, which
is not stored; where sequences differ in length, the first END closes one, and what stands behind it
does not count.
"""

from collections import Counter

import torch
from torch import Tensor, nn
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
        self.lstm = nn.LSTM(
            embedding, hidden, layers, batch_first=True, dropout=dropout if layers > 1 else 0.0
        )
        self.drop, self.head = nn.Dropout(dropout), nn.Linear(hidden, vocabulary)

    def forward(self, tokens: Tensor, state=None) -> tuple[Tensor, tuple]:
        """tokens (N, T) -> logits (N, T, vocabulary) of the token after each, and the LSTM's state,
        to go on from.
        """
        hidden, state = self.lstm(self.drop(self.embed(tokens)), state)
        return self.head(self.drop(hidden)), state


def log_probabilities(net: LanguageModel, sequences: Tensor, temperature: float = 1.0) -> Tensor:
    """log p of each token given those before it: (N, T) -> (N, T), in nats. The net reads START and
    all but the last token.
    """
    before = F.pad(sequences[:, :-1], (1, 0), value=START)
    logits, _ = net(before)
    return (
        torch.log_softmax(logits / temperature, dim=-1).gather(-1, sequences[..., None]).squeeze(-1)
    )


def counts(sequences: Tensor) -> Tensor:
    """Which tokens count, (N, T) bool: all up to the first END, that one included."""
    ends = sequences == END
    return ends.cumsum(dim=1) - ends.long() == 0


def loss(net: LanguageModel, sequences: Tensor, closed: bool = False) -> Tensor:
    """Mean negative log-likelihood a token, in nats. closed: sequences close with END, so that
    tokens behind it do not count.
    """
    each = -log_probabilities(net, sequences)
    return each[counts(sequences)].mean() if closed else each.mean()


@torch.no_grad()
def nll(
    net: LanguageModel, sequences: Tensor, temperature: float = 1.0, batch_size: int = 1000
) -> float:
    """Negative log-likelihood of whole sequences, (N, T), in nats a sequence, averaged. The net
    samples at that temperature.
    """
    mode = net.training
    net.eval()
    total = sum(
        -log_probabilities(net, part, temperature).sum().item()
        for part in sequences.split(batch_size)
    )
    net.train(mode)
    return total / len(sequences)


def choose(logits: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """One token for each row of logits (N, V), drawn from their softmax: the largest p / e, e
    exponential (the Gumbel trick).
    """
    noise = torch.empty_like(logits).exponential_(generator=generator)
    return (torch.softmax(logits, dim=-1) / noise.clamp_min(1e-30)).argmax(dim=-1)


@torch.no_grad()
def sample(
    net: LanguageModel,
    n: int,
    length: int,
    temperature: float = 1.0,
    generator: torch.Generator | None = None,
) -> Tensor:
    """n sequences of that length, (n, length), each token drawn from softmax(logits / temperature)."""
    start = torch.full((n, 0), START, device=next(net.parameters()).device)
    return complete(net, start, length, temperature, generator)


@torch.no_grad()
def complete(
    net: LanguageModel,
    prefix: Tensor,
    length: int,
    temperature: float = 1.0,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Go on from prefixes (N, t), t >= 0, to sequences (N, length). The random stream must be on
    the net's device.
    """
    if temperature <= 0:
        raise GanCourseError(
            f"temperature is {temperature}: it must be above 0 (near 0 takes the likeliest token)"
        )
    mode = net.training
    net.eval()
    read, state, tokens = F.pad(prefix, (1, 0), value=START), None, [prefix]
    for _ in range(length - prefix.shape[1]):
        logits, state = net(read, state)
        read = choose(logits[:, -1] / temperature, generator)[:, None]
        tokens.append(read)
    net.train(mode)
    return torch.cat(tokens, dim=1)


def distinct(sequences: Tensor, n: int = 3) -> float:
    """Number of different n-grams in a set of sequences (N, T) divided by the number of all: 1 is
    no repetition at all.
    """
    grams = sequences.unfold(1, n, 1).reshape(-1, n)
    return len(torch.unique(grams, dim=0)) / len(grams)


def repeated(sequences: Tensor) -> float:
    """Share of the sequences (N, T) that occur more than once in the set."""
    found = Counter(map(tuple, sequences.tolist()))
    return sum(number for number in found.values() if number > 1) / len(sequences)
