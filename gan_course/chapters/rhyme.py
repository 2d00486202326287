"""The rhyme by likelihood, by a checker, by a discriminator: the experiment of notebook 16.

The verses are of the grammar in `quatrains`. Maximum likelihood learns their form and words fast,
and the rhyme slowly; a policy gradient is paid for it.
"""

import copy
import math
import time
from dataclasses import replace

import torch
from torch import Tensor

from gan_course import runtime
from gan_course.chapters import quatrains, seqgan, text
from gan_course.chapters.poems import Corpus, Vocabulary
from gan_course.chapters.text import LanguageModel

LENGTH = 25  # tokens of a quatrain: 24 characters and END
CORPUS = Corpus(quatrains.grammar(10_000), "the course's grammar")
VOCABULARY = Vocabulary.of(CORPUS.lines)
LIKELIHOOD = 700  # steps before a policy gradient
LONGER = (
    1_400  # steps of likelihood alone that take at least as long as those and a policy gradient
)
# one value for the whole poem (no rollouts: every = LENGTH), a batch of 256
RULES = seqgan.Rules(
    rounds=40,
    g_batch=256,
    g_lr=2e-3,
    rollouts=1,
    every=LENGTH,
    kl=0.1,
    d_batch=128,
    d_lr=2e-3,
    d_pretrain=800,
    d_steps=5,
)


def entropy(rhymed: bool) -> float:
    """Of the grammar's quatrains, in nats a poem; rhymed: False for rhyme characters at random.

    A sum of logarithms, as all choices are independent: 24 characters end verse two; then 5 or 24
    end verse four.
    """
    sizes = [len(quatrains.SKY), len(quatrains.LAND), len(quatrains.THING), len(quatrains.PLACE)]
    sizes += [len(quatrains.WHO), len(quatrains.WHAT), len(quatrains.WHEN), len(quatrains.HEART)]
    verbs = [list(words.values()) for words in (quatrains.SKY, quatrains.WHO)]
    nats = sum(map(math.log, sizes))
    nats += sum(sum(math.log(len(verb)) for verb in some) / len(some) for some in verbs)
    row, ends = len(quatrains.RHYMES[0]), sum(map(len, quatrains.RHYMES))
    return nats + math.log(ends) + math.log(row - 1 if rhymed else ends)


def network(seed: int) -> LanguageModel:
    """The untrained network of the experiment."""
    torch.manual_seed(seed)
    return LanguageModel(len(VOCABULARY), embedding=64, hidden=128, dropout=0.1)


def fit(net: LanguageModel, rows: Tensor, steps: int, seed: int, lr: float = 5e-3) -> None:
    """Maximum likelihood, in place: batches of 64, a learning rate that falls to a fiftieth."""
    optimiser, order = torch.optim.Adam(net.parameters(), lr), runtime.generator(seed)
    slower = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.02, steps)
    net.train()
    for _ in range(steps):
        batch = rows[torch.randint(len(rows), (64,), generator=order)]
        loss = text.loss(net, batch, closed=True)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        slower.step()
    net.eval()


def checker(sequences: Tensor) -> Tensor:
    """1 for a poem that has the form and rhymes, else 0: tokens (N, T) -> (N,)."""
    return torch.tensor([float(quatrains.rhymes(poem)) for poem in VOCABULARY.decode(sequences)])


@torch.no_grad()
def measure(
    net: LanguageModel, reference: LanguageModel, held_out: Tensor, n: int = 1_000, seed: int = 1
) -> dict:
    """Shares among n poems, and numbers in nats.

    form, words, rhyme: shares of all n, words and rhyme with the form. pairs: different pairs of
    characters that rhyme, of 120 possible. entropy, divergence: of the net, and of the net from the
    reference, in nats a poem. held_out: nats a token on tokens (N, T).
    """
    net.eval()
    tokens = text.close(text.sample(net, n, LENGTH, generator=runtime.generator(seed)))
    made = VOCABULARY.decode(tokens)
    rhymed = [poem for poem in made if quatrains.rhymes(poem)]
    counts = text.counts(tokens)
    log_p = (text.log_probabilities(net, tokens) * counts).sum(dim=1)
    log_p_reference = (text.log_probabilities(reference, tokens) * counts).sum(dim=1)
    return {
        "form": sum(map(quatrains.has_form, made)) / n,
        "words": sum(map(quatrains.well_worded, made)) / n,
        "rhyme": len(rhymed) / n,
        "pairs": len({poem[10] + poem[22] for poem in rhymed}),
        "distinct": len(set(made)) / n,
        "entropy": -log_p.mean().item(),
        "divergence": (log_p - log_p_reference).mean().item(),
        "held_out": text.loss(net, held_out, closed=True).item(),
    }


def discriminator(seed: int) -> seqgan.PlaceDiscriminator:
    """The untrained discriminator of the experiment."""
    torch.manual_seed(seed)
    return seqgan.PlaceDiscriminator(len(VOCABULARY), LENGTH)


# what pays the policy gradient, and at which price of leaving the likelihood
WAYS = {
    "checker, KL": ("checker", RULES),
    "checker alone": ("checker", replace(RULES, kl=0.0)),
    "frozen D alone": ("D", replace(RULES, kl=0.0, d_steps=0)),
    "learning D, KL": ("D", replace(RULES, kl=0.03, rounds=80)),
}


def run(seed: int, ways: dict = WAYS, every: int = 20, longer: int = LONGER) -> dict:
    """One seed: maximum likelihood, more of it, and each of the ways, all measured.

    Returns rows, each a list of `measure` with the step, the CPU seconds so far, the mean reward
    and, with a discriminator, its accuracy on held-out poems. All ways start from the same network,
    and from the same discriminator.
    """
    known, held_out_lines = CORPUS.split()
    rows, held_out = (VOCABULARY.encode(lines, LENGTH - 1) for lines in (known, held_out_lines))
    start = time.process_time()
    net = network(seed)
    fit(net, rows, LIKELIHOOD, seed)
    likelihood = time.process_time() - start
    found = {"likelihood": [{"step": LIKELIHOOD, "seconds": likelihood}]}
    found["likelihood"][0] |= measure(net, net, held_out)
    start = time.process_time()
    learned = discriminator(seed)
    if any(kind == "D" for kind, _ in ways.values()):
        seqgan.Game(copy.deepcopy(net), rows, RULES, seed, learned, closed=True).pretrain()
    learning = time.process_time() - start
    for name, (kind, rules) in ways.items():
        G = copy.deepcopy(net)
        D = copy.deepcopy(learned) if kind == "D" else None
        game = seqgan.Game(G, rows, rules, seed, D, None if D else checker, closed=True)
        spent = likelihood + (learning if D else 0.0)
        points = []
        for number in range(rules.rounds + 1):
            if number % every == 0:
                point = {"step": number, "seconds": spent, **measure(G, net, held_out)}
                point["reward"] = game.reward(game.write(500)).mean().item()
                if D:
                    point["accuracy"] = game.accuracy(held_out)
                points.append(point)
            if number < rules.rounds:
                G.train()
                start = time.process_time()
                game.round()
                spent += time.process_time() - start
        found[name] = points
    if longer:
        start = time.process_time()
        net = network(seed)
        fit(net, rows, longer, seed)
        spent = time.process_time() - start
        found["likelihood, longer"] = [{"step": longer, "seconds": spent}]
        found["likelihood, longer"][0] |= measure(net, net, held_out)
    return {"seed": seed, "rows": found}
