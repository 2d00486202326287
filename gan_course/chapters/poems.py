"""Poems, one a line: reading a file of them, characters as tokens, and the training. Notebook 16.

`python -m gan_course train poems` carries the training out: maximum likelihood, then, if the recipe
says so, a game against a discriminator. Where there is no file, the grammar of `quatrains` stands
in.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from tqdm.auto import tqdm

from gan_course.chapters import quatrains, seqgan, text
from gan_course.chapters.quatrains import grammar, has_form, verses
from gan_course.chapters.text import END, START, LanguageModel
from gan_course.checkpoint import resume, save_checkpoint, streams
from gan_course.data import batches
from gan_course.errors import DataError, DivergedError
from gan_course.images import data_root

SPECIAL = ("<start>", "<end>")  # tokens START and END
# fields that a run may change on its way; the game has a checkpoint of its own
FREE = ("steps", "seconds", "checkpoint_every", "write", "adversarial")


# ---- characters and tokens


@dataclass(frozen=True)
class Vocabulary:
    """Characters as tokens: START and END first, then each character once."""

    characters: tuple[str, ...]

    @classmethod
    def of(cls, lines: list[str]) -> "Vocabulary":
        """All characters of some lines, in the order of their code points."""
        return cls(tuple(sorted(set("".join(lines)))))

    def __len__(self) -> int:
        return len(SPECIAL) + len(self.characters)

    def encode(self, lines: list[str], length: int) -> Tensor:
        """Lines as tokens (N, length + 1): the characters, then END to the end of the row."""
        number = {character: i for i, character in enumerate(self.characters, len(SPECIAL))}
        rows = torch.full((len(lines), length + 1), END)
        for row, line in zip(rows, lines):
            if len(line) > length:
                raise DataError(
                    f"“{line[:12]}…” has {len(line)} characters, more than {length}: shorten it, "
                    "or raise max_length"
                )
            if unknown := sorted(set(line) - number.keys()):
                raise DataError(
                    f"“{line[:12]}” holds {' '.join(unknown)}, which is in no line that the "
                    "vocabulary was made of: use other characters, or train on a file that holds "
                    "these"
                )
            codes = [number[character] for character in line]
            row[: len(line)] = torch.tensor(codes, dtype=torch.int64)
        return rows

    def decode(self, rows: Tensor) -> list[str]:
        """Tokens (N, T) as lines: the characters before the first END, without any START."""
        names = (*SPECIAL, *self.characters)
        lines = []
        for row in rows.tolist():
            if END in row:
                row = row[: row.index(END)]
            lines.append("".join(names[token] for token in row if token != START))
        return lines


# ---- where the lines come from


@dataclass(frozen=True)
class Corpus:
    """Lines to learn from, and what they are."""

    lines: list[str]
    source: str

    def split(self) -> tuple[list[str], list[str]]:
        """Lines to train on, and lines that no training sees: one in twenty different ones.

        A line that is nearly the same as one of these is left out of both.
        """
        different = list(dict.fromkeys(self.lines))
        held_out = different[19::20]
        rest = [line for i, line in enumerate(different) if i % 20 != 19]
        return unlike(rest, held_out), held_out

    def digest(self) -> str:
        """sha256 of the lines."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


def unlike(lines: list[str], others: list[str], share: float = 0.75) -> list[str]:
    """The lines that are not nearly the same as one of the others.

    Nearly the same: `share` of the characters of the longer one are equal, place by place. Old
    books have many a poem in two versions. Lines under 12 characters are too short to tell.
    """

    def codes(some: list[str], filler: int) -> np.ndarray:
        padded = [[ord(c) for c in line] + [filler] * (width - len(line)) for line in some]
        return np.array(padded, dtype=np.int32).reshape(len(some), width)

    width = max((len(line) for line in (*lines, *others)), default=0)
    mine, lengths = codes(lines, -1), np.array([len(line) for line in lines])
    alike = np.zeros(len(lines), dtype=bool)
    for other, row in zip(others, codes(others, -2)):
        longer = np.maximum(lengths, len(other))
        alike |= ((mine == row).sum(axis=1) >= share * longer) & (longer >= 12)
    return [line for line, near in zip(lines, alike) if not near]


def read(path: str | Path, max_length: int = 24) -> Corpus:
    """The lines of a UTF-8 file, blank ones left out; DataError names what is wrong, and where."""
    path = Path(path)
    if not path.is_file():
        raise DataError(
            f"there is no file {path}: give the path of a UTF-8 file with one poem a line, or "
            '"grammar" for the grammar of the course'
        )
    try:
        written = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8 in your editor"
        ) from None
    stripped = [line.strip() for line in written.splitlines()]
    for number, line in enumerate(stripped, 1):
        if len(line) > max_length:
            raise DataError(
                f"{path}, line {number} has {len(line)} characters, more than max_length = "
                f"{max_length}: shorten it, or raise max_length (the longest line has "
                f"{max(map(len, stripped))})"
            )
    lines = [line for line in stripped if line]
    if not lines:
        raise DataError(f"{path} is empty: it must hold one poem a line")
    return Corpus(lines, f"{path.name}, {len(lines):,} lines")


def corpus(path: str | Path | None = None, max_length: int = 24, stand_in: bool = True) -> Corpus:
    """The file at `path`; without one poems/poems.txt in the folder of the data, if it is there,
    else 10,000 quatrains of the grammar.

    path "grammar" takes the grammar in any case. stand_in: False raises DataError where the grammar
    would stand in for a file.
    """
    usual = data_root() / "poems" / "poems.txt"
    if path != "grammar" and (path or usual.is_file()):
        return read(path or usual, max_length)
    if path is None and not stand_in:
        raise DataError(
            f"there are no poems in {usual}: put a UTF-8 file with one poem a line there, or name "
            "one (--poems=FILE), or the grammar of the course (--poems=grammar)"
        )
    return Corpus(grammar(10_000), "the course's grammar of quatrains")


# ---- training


def train(
    net: LanguageModel,
    corpus: Corpus,
    vocabulary: Vocabulary,
    recipe,
    path: Path,
    note: Callable[[int, list[dict]], None] = lambda step, records: None,
    stop: Callable[[int], bool] = lambda step: False,
) -> list[dict]:
    """Maximum likelihood, in place; returns nats a character, in training and on held-out lines.

    recipe: a `recipes.PoemRecipe`. path: of the checkpoint, written every recipe.checkpoint_every
    steps; if it is there, the run goes on from it, and ends with the numbers of an uninterrupted
    one. note: called after each checkpoint with the step and the records so far. stop: asked
    before each step, with the number of those that are done; where it says True the training ends,
    with a checkpoint.
    """
    rows, held_out = (vocabulary.encode(lines, recipe.max_length) for lines in corpus.split())
    device = next(net.parameters()).device
    optimiser = torch.optim.Adam(net.parameters(), recipe.lr)
    source = batches(rows, recipe.batch_size, recipe.seed)
    parts = {"net": net, "optimiser": optimiser, "batches": source}
    step, records, losses = 0, [], []
    torch.manual_seed(recipe.seed)  # of dropout
    if path.exists():
        state = resume(path, parts, asdict(recipe), device, FREE)
        step, records = state["step"], state["log"]
        losses = [loss.to(device) for loss in state.get("losses", [])]

    def save() -> None:
        state = {name: part.state_dict() for name, part in parts.items()}
        state |= {"step": step, "log": records, "losses": losses, "recipe": asdict(recipe)}
        save_checkpoint(path, {**state, **streams(device)})

    net.train()
    with tqdm(total=recipe.steps, initial=step, leave=False, unit="step") as bar:
        while step < recipe.steps:
            if stop(step):
                save()
                break
            loss = text.loss(net, next(source)[0].to(device), closed=True)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.detach())
            step += 1
            bar.update()
            if step % recipe.checkpoint_every == 0 or step == recipe.steps:
                mean, losses = torch.stack(losses).mean().item(), []
                if not math.isfinite(mean):
                    raise DivergedError(
                        f"step {step}: the loss is {mean}; lower lr. The last checkpoint stays"
                    )
                held_out_mean = held_out_loss(net, held_out)
                records.append({"step": step, "loss": mean, "held_out": held_out_mean})
                bar.set_postfix(loss=f"{mean:.3f}")
                save()
                note(step, records)
    net.eval()
    return records


def play(
    net: LanguageModel,
    corpus: Corpus,
    vocabulary: Vocabulary,
    recipe,
    path: Path,
    note: Callable[[int, list[dict]], None] = lambda number, records: None,
    stop: Callable[[int], bool] = lambda number: False,
) -> list[dict]:
    """recipe.adversarial.rounds of a game against a discriminator, in place, after `train`.

    Returns a record of each tenth round (its "step"): D's accuracy on the held-out lines and as
    many of the net; nats a character on the held-out lines; the divergence from the net before the
    game, in nats a poem.
    path: of the game's checkpoint, which it goes on from. note, stop: as of `train`, with rounds
    in place of steps.
    """
    rules = recipe.adversarial
    rows, held_out = (vocabulary.encode(lines, recipe.max_length) for lines in corpus.split())
    device = next(net.parameters()).device
    torch.manual_seed(recipe.seed)
    D = seqgan.PlaceDiscriminator(len(vocabulary), recipe.max_length + 1).to(device)
    game = seqgan.Game(net, rows, rules, recipe.seed, D, closed=True)
    number, records = 0, []
    numbers = asdict(recipe)
    numbers |= numbers.pop("adversarial")
    if path.exists():
        free = ("rounds", "seconds", "checkpoint_every", "write", "temperature")
        state = resume(path, game.parts, numbers, device, free)
        game.stream.set_state(state["stream"])
        number, records = state["step"], state["log"]
    else:
        game.pretrain()

    def save() -> None:
        state = {name: part.state_dict() for name, part in game.parts.items()}
        state |= {"step": number, "log": records, "recipe": numbers}
        state["stream"] = game.stream.get_state()
        save_checkpoint(path, {**state, **streams(device)})

    with tqdm(total=rules.rounds, initial=number, leave=False, unit="round") as bar:
        while number < rules.rounds and not stop(number):
            game.round()
            number += 1
            bar.update()
            if number % 10 == 0 or number == rules.rounds:
                divergence = game.divergence(game.write(256))[:, 0].mean().item()
                records.append(
                    {
                        "step": number,
                        "accuracy": game.accuracy(held_out) if len(held_out) else math.nan,
                        "held_out": held_out_loss(net, held_out),
                        "divergence": divergence,
                    }
                )
                save()
                note(number, records)
    save()
    net.eval()
    return records


@torch.no_grad()
def held_out_loss(net: LanguageModel, rows: Tensor) -> float:
    """Nats a character on rows (N, T) without dropout; NaN where there are none."""
    if not len(rows):
        return math.nan
    mode = net.training
    net.eval()
    loss = text.loss(net, rows.to(next(net.parameters()).device), closed=True).item()
    net.train(mode)
    return loss


def measure(
    net: LanguageModel, vocabulary: Vocabulary, corpus: Corpus, recipe, n: int = 1_000
) -> dict:
    """Shares among n poems at the recipe's temperature: of the right form, of copied verses, ...

    rhyme, tones: by the rhyme book, of those with the form; beside them the held-out lines' own.
    """
    made = write(net, vocabulary, n, recipe.max_length, recipe.temperature, seed=1)
    training, held_out = corpus.split()
    known = {verse for line in training for verse in verses(line)}
    return {
        "samples": n,
        "form": sum(map(has_form, made)) / n,
        "rhyme": quatrains.rhyme_share(made),
        "rhyme_held_out": quatrains.rhyme_share(held_out),
        "tones": quatrains.tone_share(made),
        "tones_held_out": quatrains.tone_share(held_out),
        "verses_copied": copied(made, known),
        "verses_copied_held_out": copied(held_out, known) if held_out else math.nan,
        "poems_copied": len(set(made) & set(corpus.lines)) / n,
        "distinct_poems": len(set(made)) / n,
    }


def copied(poems: list[str], known: set[str]) -> float:
    """Share of the verses of some poems that are among the known ones, word for word."""
    all_verses = [verse for poem in poems for verse in verses(poem)]
    return sum(verse in known for verse in all_verses) / max(1, len(all_verses))


def write(
    net: LanguageModel,
    vocabulary: Vocabulary,
    n: int,
    length: int = 24,
    temperature: float = 1.0,
    seed: int = 0,
) -> list[str]:
    """n poems by the network, of at most `length` characters."""
    stream = torch.Generator(next(net.parameters()).device).manual_seed(seed)
    return vocabulary.decode(text.sample(net, n, length + 1, temperature, stream).cpu())
