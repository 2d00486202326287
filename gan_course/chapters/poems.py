"""Poems, one a line: reading a file of them, characters as tokens, and the training. Notebook 16.

`python -m gan_course train poems` carries the training out. Where there is no file, a small grammar
of the course's own stands in: its quatrains obey a form, a word order and a rhyme, all of which can
be checked. They are put together by a machine and quote nobody.
"""

import hashlib
import math
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from tqdm.auto import tqdm

from gan_course.chapters import text
from gan_course.chapters.text import END, START, LanguageModel
from gan_course.checkpoint import (
    check_fits,
    differences,
    load_checkpoint,
    save_checkpoint,
    set_streams,
    streams,
)
from gan_course.data import batches
from gan_course.errors import CheckpointError, DataError, DivergedError
from gan_course.images import data_root

SPECIAL = ("<start>", "<end>")  # tokens START and END
FREE = ("steps", "seconds", "checkpoint_every", "write")  # fields that a run may change on its way


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


# ---- quatrains of five characters a verse: a grammar that makes them, their form and rhyme

MARKS = "，。，。"

# (2 + 1 + 2) , (2 + 2 + rhyme) . (2 + 1 + 2) , (2 + 2 + the same rhyme) .

SKY = {
    "明月": "照臨上",
    "清風": "過入滿",
    "孤雲": "出過傍",
    "殘陽": "照下入",
    "細雨": "過濕滿",
    "曉霧": "隱出滿",
    "飛雪": "滿過下",
    "歸雁": "過別下",
}
LAND = "空山 寒江 古寺 小橋 長亭 高樓 深林 幽谷 平湖 荒城 茅屋 孤村".split()
THING = "梅花 桃花 荷花 菊花 落葉 啼鳥 漁火 炊煙 流水 春草 松影 竹聲".split()
PLACE = "雪裏 雨中 月下 風前 江上 林間 水邊 門外 山中 雲外".split()
WHO = {
    "老僧": "掃煮",
    "漁翁": "釣載",
    "遊子": "望憶",
    "故人": "折寄",
    "詩人": "醉詠",
    "牧童": "追數",
    "樵夫": "負聽",
    "少年": "夢問",
}
WHAT = "白雲 殘花 歸路 舊夢 秋色 新酒 寒鐘 蟋蟀 星斗 紅豆 黃犬 茶煙".split()
WHEN = "一夜 萬里 千年 今夕 何處 十載 半生 此地".split()
HEART = "客心 酒杯 笛聲 燈影 故園 琴心 歸夢 蛙聲".split()
# each row sounds alike in the rhyme books' categories
RHYMES = ("香涼長霜光黃", "明清輕聲橫平", "紅空窮風東同", "新春人頻塵真")


def grammar(n: int, seed: int = 0) -> list[str]:
    """n quatrains of the grammar, 24 characters each."""
    draw = random.Random(seed)
    poems = []
    for _ in range(n):
        sky, who = draw.choice(list(SKY)), draw.choice(list(WHO))
        # two different characters of one rhyme
        second, fourth = draw.sample(draw.choice(RHYMES), 2)
        verses = (
            sky + draw.choice(SKY[sky]) + draw.choice(LAND),
            draw.choice(THING) + draw.choice(PLACE) + second,
            who + draw.choice(WHO[who]) + draw.choice(WHAT),
            draw.choice(WHEN) + draw.choice(HEART) + fourth,
        )
        poems.append("".join(verse + mark for verse, mark in zip(verses, MARKS)))
    return poems


def has_form(poem: str) -> bool:
    """Four verses of five characters, closed by a comma, a stop, a comma and a stop."""
    where = [i for i, character in enumerate(poem) if character in MARKS]
    return len(poem) == 24 and where == [5, 11, 17, 23] and "".join(poem[i] for i in where) == MARKS


def verses(poem: str) -> list[str]:
    """The verses of a poem, without the marks that close them."""
    return [verse for verse in poem.replace("。", "，").split("，") if verse]


def rhymes(poem: str) -> bool:
    """Verses two and four end on different characters of one row of RHYMES."""
    return (
        has_form(poem)
        and poem[10] != poem[22]
        and any(poem[10] in row and poem[22] in row for row in RHYMES)
    )


def well_worded(poem: str) -> bool:
    """Every word stands where the grammar allows it; the rhyme is another matter."""
    if not has_form(poem):
        return False
    a, b, c, d = verses(poem)
    ends = "".join(RHYMES)
    return (
        a[2] in SKY.get(a[:2], "")
        and a[3:] in LAND
        and b[:2] in THING
        and b[2:4] in PLACE
        and b[4] in ends
        and c[2] in WHO.get(c[:2], "")
        and c[3:] in WHAT
        and d[:2] in WHEN
        and d[2:4] in HEART
        and d[4] in ends
    )


def nearest(verse: str, known: list[str]) -> tuple[str, int]:
    """The known verse with the most characters in common, place by place, and how many."""
    shared = [sum(a == b for a, b in zip(verse, other)) for other in known]
    best = max(range(len(known)), key=shared.__getitem__)
    return known[best], shared[best]


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
    else 2,000 quatrains of the grammar.

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
    return Corpus(grammar(2_000), "the course's grammar of quatrains")


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
        state = load_checkpoint(path)
        changed = differences(state["recipe"], asdict(recipe), free=FREE)
        if changed:
            raise CheckpointError(
                f"{path} is of a run with other numbers ({', '.join(changed)}): use the same, or "
                "move it away"
            )
        check_fits(net, state["net"], path)
        for name, part in parts.items():
            part.load_state_dict(state[name])
        set_streams(state, device, recipe.seed, state["step"])
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
    """Shares among n poems at the recipe's temperature: of the right form, of copied verses, ..."""
    made = write(net, vocabulary, n, recipe.max_length, recipe.temperature, seed=1)
    training, held_out = corpus.split()
    known = {verse for line in training for verse in verses(line)}
    return {
        "samples": n,
        "form": sum(map(has_form, made)) / n,
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
