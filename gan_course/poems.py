"""Poems, one a line: reading a file of them, turning characters into tokens, and the training that
`python -m gan_course train configs/poems.yaml` carries out. Notebook 16. Where there is no file, `quatrains` stands in.
"""

import hashlib
import math
import os
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from tqdm.auto import tqdm

from gan_course import pretrained, text
from gan_course.checkpoint import check_fits, load_checkpoint, save_checkpoint
from gan_course.data import batches
from gan_course.errors import CheckpointError, DataError, DivergedError
from gan_course.quatrains import grammar, has_form, verses
from gan_course.text import END, LanguageModel

pretrained.NETWORKS["LanguageModel"] = LanguageModel  # so that `pretrained.load` can build one
SPECIAL = ("<start>", "<end>")  # tokens START and END


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
                raise DataError(f"“{line[:12]}…” has {len(line)} characters, more than {length}: shorten it, or raise max_length")
            if unknown := sorted(set(line) - number.keys()):
                raise DataError(
                    f"“{line[:12]}” holds {' '.join(unknown)}, which is in no line that the vocabulary was made of: "
                    "use other characters, or train on a file that holds these"
                )
            row[: len(line)] = torch.tensor([number[character] for character in line], dtype=torch.int64)
        return rows

    def decode(self, rows: Tensor) -> list[str]:
        """Tokens (N, T) as lines: the characters before the first END."""
        names = (*SPECIAL, *self.characters)
        lines = ([names[token] for token in row] for row in rows.tolist())
        return ["".join(line[: line.index(SPECIAL[END])] if SPECIAL[END] in line else line) for line in lines]


# ---- where the lines come from


@dataclass(frozen=True)
class Corpus:
    """Lines to learn from, and what they are."""

    lines: list[str]
    source: str

    def split(self) -> tuple[list[str], list[str]]:
        """Lines to train on, and every twentieth line, which no training sees."""
        return [line for i, line in enumerate(self.lines) if i % 20 != 19], self.lines[19::20]

    def digest(self) -> str:
        """sha256 of the lines."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


def read(path: str | Path, max_length: int = 24) -> Corpus:
    """The lines of a UTF-8 file, blank ones left out. DataError names what is wrong with a file, and the line."""
    path = Path(path)
    if not path.is_file():
        raise DataError(f"there is no file {path}: give the path of a UTF-8 file with one poem a line, or leave it out (null)")
    try:
        written = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8 in your editor") from None
    found = [(number, line.strip()) for number, line in enumerate(written.splitlines(), 1)]
    lines = [line for _, line in found if line]
    if not lines:
        raise DataError(f"{path} is empty: it must hold one poem a line")
    for number, line in found:
        if len(line) > max_length:
            raise DataError(
                f"{path}, line {number} has {len(line)} characters, more than max_length = {max_length}: "
                "shorten it, or raise max_length"
            )
    return Corpus(lines, f"{path.name}, {len(lines):,} lines")


def corpus(path: str | Path | None = None, max_length: int = 24) -> Corpus:
    """The file at `path`; without one $GAN_COURSE_DATA/poems/poems.txt, if it is there, else 2,000 quatrains of the grammar.

    path "grammar" takes the grammar in any case.
    """
    usual = Path(os.environ.get("GAN_COURSE_DATA") or "data") / "poems" / "poems.txt"
    if path != "grammar" and (path or usual.is_file()):
        return read(path or usual, max_length)
    return Corpus(grammar(2_000), "the course's grammar of quatrains")


# ---- training


def train(
    net: LanguageModel, corpus: Corpus, vocabulary: Vocabulary, recipe, path: Path, note=lambda step, log: None
) -> list[dict]:
    """Maximum likelihood, in place; returns the log: nats a character, in training and on the lines held out.

    recipe: a `recipes.PoemRecipe`. path: of the checkpoint, written every recipe.checkpoint_every steps; if it is there, the run
    goes on from it, and ends with the numbers of an uninterrupted one. note: called after each checkpoint with the log.
    """
    rows, held_out = (vocabulary.encode(lines, recipe.max_length) for lines in corpus.split())
    device = next(net.parameters()).device
    optimiser, source = torch.optim.Adam(net.parameters(), recipe.lr), batches(rows, recipe.batch_size, recipe.seed)
    parts = {"net": net, "optimiser": optimiser, "batches": source}
    step, log, losses = 0, [], []
    torch.manual_seed(recipe.seed)  # of dropout
    if path.exists():
        state = load_checkpoint(path)
        if state["recipe"] != recipe.asdict():
            raise CheckpointError(f"{path} is of a run with other numbers: use the same, or move it away")
        check_fits(net, state["net"], path)
        for name, part in parts.items():
            part.load_state_dict(state[name])
        torch.set_rng_state(state["torch"])
        step, log = state["step"], state["log"]
    net.train()
    with tqdm(total=recipe.steps, initial=step, leave=False, unit="step") as bar:
        while step < recipe.steps:
            loss = text.loss(net, next(source)[0].to(device), closed=True)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.detach())
            step += 1
            bar.update()
            if step % recipe.checkpoint_every == 0 or step == recipe.steps:
                log.append({"step": step, "loss": torch.stack(losses).mean().item(), "held_out": held_out_loss(net, held_out)})
                losses = []
                if not log[-1]["loss"] < float("inf"):
                    raise DivergedError(f"step {step}: the loss is {log[-1]['loss']}; lower lr. The last checkpoint stays")
                bar.set_postfix(loss=f"{log[-1]['loss']:.3f}")
                state = {name: part.state_dict() for name, part in parts.items()}
                extra = {"step": step, "log": log, "torch": torch.get_rng_state(), "recipe": recipe.asdict()}
                save_checkpoint(path, {**state, **extra})
                note(step, log)
    net.eval()
    return log


@torch.no_grad()
def held_out_loss(net: LanguageModel, rows: Tensor) -> float:
    """Nats a character on rows (N, T) without dropout; NaN where there are none."""
    mode = net.training
    net.eval()
    found = text.loss(net, rows.to(next(net.parameters()).device), closed=True).item() if len(rows) else math.nan
    net.train(mode)
    return found


def judge(net: LanguageModel, vocabulary: Vocabulary, corpus: Corpus, recipe, n: int = 1_000) -> dict:
    """Shares among n poems at the recipe's temperature: of the form of a quatrain, of verses that stand in the training lines."""
    made = write(net, vocabulary, n, recipe.max_length, recipe.temperature, seed=1)
    known = {verse for line in corpus.split()[0] for verse in verses(line)}
    held = corpus.split()[1]
    return {
        "samples": n,
        "form": sum(map(has_form, made)) / n,
        "verses_copied": copied(made, known),
        "verses_copied_held_out": copied(held, known) if held else math.nan,
        "poems_copied": len(set(made) & set(corpus.lines)) / n,
        "distinct_poems": len(set(made)) / n,
    }


def copied(poems: list[str], known: set[str]) -> float:
    """Share of the verses of some poems that are among the known ones, word for word."""
    found = [verse in known for poem in poems for verse in verses(poem)]
    return sum(found) / max(1, len(found))


def write(
    net: LanguageModel, vocabulary: Vocabulary, n: int, length: int = 24, temperature: float = 1.0, seed: int = 0
) -> list[str]:
    """n poems by the network, of at most `length` characters."""
    stream = torch.Generator(next(net.parameters()).device).manual_seed(seed)
    return vocabulary.decode(text.sample(net, n, length + 1, temperature, stream).cpu())
