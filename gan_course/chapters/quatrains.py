"""Classical Chinese quatrains, four verses of five characters: what is right in them. Notebook 16.

A grammar of the course's own makes quatrains whose form, words and rhyme can be checked. They are
put together by a machine and quote nobody. For real ones, `assets/rhymes.txt` holds the 106 rhymes
of the Pingshui rhyme book: the sounds of the Tang dynasty are not those of today, so a dictionary
of modern Chinese does not tell what rhymed.
"""

import random
from functools import cache
from importlib import resources
from itertools import pairwise

# ---- a grammar, and what its quatrains have to obey

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


# what the words mean, for readers of English; verbs are those of SKY and of WHO
MEANINGS = {
    "明月": "bright moon",
    "清風": "clear wind",
    "孤雲": "lone cloud",
    "殘陽": "late sun",
    "細雨": "fine rain",
    "曉霧": "dawn mist",
    "飛雪": "flying snow",
    "歸雁": "homing geese",
    "照": "shines on",
    "臨": "looks on",
    "上": "climbs",
    "過": "crosses",
    "入": "enters",
    "滿": "fills",
    "出": "leaves",
    "傍": "keeps by",
    "下": "sinks to",
    "濕": "wets",
    "隱": "hides",
    "別": "parts from",
    "空山": "the empty hill",
    "寒江": "the cold river",
    "古寺": "the old temple",
    "小橋": "the small bridge",
    "長亭": "the wayside hall",
    "高樓": "the high tower",
    "深林": "the deep wood",
    "幽谷": "the hidden dale",
    "平湖": "the calm lake",
    "荒城": "the ruined town",
    "茅屋": "the thatched hut",
    "孤村": "the lone village",
    "梅花": "plum blossom",
    "桃花": "peach blossom",
    "荷花": "lotus",
    "菊花": "asters",
    "落葉": "falling leaves",
    "啼鳥": "singing birds",
    "漁火": "fishing lamps",
    "炊煙": "kitchen smoke",
    "流水": "running water",
    "春草": "spring grass",
    "松影": "pine shade",
    "竹聲": "bamboo rustle",
    "雪裏": "in snow",
    "雨中": "in rain",
    "月下": "under the moon",
    "風前": "in the wind",
    "江上": "on the river",
    "林間": "in the wood",
    "水邊": "by the water",
    "門外": "outside the gate",
    "山中": "in the hills",
    "雲外": "beyond the clouds",
    "老僧": "the old monk",
    "漁翁": "the fisherman",
    "遊子": "the traveller",
    "故人": "an old friend",
    "詩人": "the poet",
    "牧童": "the herd boy",
    "樵夫": "the woodcutter",
    "少年": "the youth",
    "掃": "sweeps",
    "煮": "boils",
    "釣": "fishes for",
    "載": "ferries",
    "望": "gazes at",
    "憶": "recalls",
    "折": "breaks off",
    "寄": "sends",
    "醉": "is drunk on",
    "詠": "sings of",
    "追": "chases",
    "數": "counts",
    "負": "carries",
    "聽": "hears",
    "夢": "dreams of",
    "問": "asks after",
    "白雲": "white clouds",
    "殘花": "faded flowers",
    "歸路": "the way home",
    "舊夢": "old dreams",
    "秋色": "autumn's colours",
    "新酒": "new wine",
    "寒鐘": "a cold bell",
    "蟋蟀": "crickets",
    "星斗": "the stars",
    "紅豆": "red beans",
    "黃犬": "a yellow dog",
    "茶煙": "tea steam",
    "一夜": "all night",
    "萬里": "a thousand miles",
    "千年": "a thousand years",
    "今夕": "tonight",
    "何處": "where",
    "十載": "ten years",
    "半生": "half a life",
    "此地": "in this place",
    "客心": "a stranger's heart",
    "酒杯": "the wine cup",
    "笛聲": "the flute",
    "燈影": "the lamp's shadow",
    "故園": "the old garden",
    "琴心": "the zither's heart",
    "歸夢": "dreams of home",
    "蛙聲": "the frogs",
    "香": "fragrant",
    "涼": "cool",
    "長": "long",
    "霜": "frosty",
    "光": "shining",
    "黃": "yellow",
    "明": "bright",
    "清": "clear",
    "輕": "light",
    "聲": "sounding",
    "橫": "across",
    "平": "level",
    "紅": "red",
    "空": "empty",
    "窮": "at an end",
    "風": "windy",
    "東": "eastward",
    "同": "together",
    "新": "new",
    "春": "like spring",
    "人": "human",
    "頻": "again and again",
    "塵": "dusty",
    "真": "true",
}


def meaning(poem: str) -> list[str]:
    """What the words of each verse mean, one after another; "?" for what no word of the grammar is.

    The places of the words are those of the grammar: 2 + 1 + 2 characters, then 2 + 2 + 1.
    """
    cuts = ((0, 2, 3, 5), (0, 2, 4, 5))
    found = []
    for i, verse in enumerate(verses(poem)):
        places = cuts[i % 2]
        words = [verse[a:b] for a, b in pairwise(places)]
        found.append(" ".join(MEANINGS.get(word, "?") for word in words))
    return found


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


# ---- the rhyme book, for any quatrains


@cache
def book() -> dict[str, frozenset[tuple[str, str]]]:
    """The rhymes of each character, as (tone, name): some characters have two or three.

    Tones: level, rising, departing, entering. The last three together are called oblique.
    """
    path = resources.files("gan_course") / "assets" / "rhymes.txt"
    text = path.read_text(encoding="utf-8")
    found: dict[str, set[tuple[str, str]]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            tone, name, characters = line.split()
            for character in characters:
                found.setdefault(character, set()).add((tone, name))
    return {character: frozenset(rhymes) for character, rhymes in found.items()}


def rhyme(first: str, second: str) -> bool:
    """Whether two different characters share a rhyme of the book."""
    known = book()
    return first != second and bool(known.get(first, set()) & known.get(second, set()))


def alternate(verse: str) -> bool:
    """Whether the second and fourth characters of a verse can have opposite tones.

    One of them level, the other oblique: the rule of regulated verse that is kept most strictly.
    """
    second, fourth = (
        {tone == "level" for tone, _ in book().get(verse[place], ())} for place in (1, 3)
    )
    return any(a != b for a in second for b in fourth)


def rhyme_share(poems: list[str]) -> float:
    """Share of poems whose second and fourth verses rhyme, among those of the form of a quatrain.

    Poems with a last character that the book does not know are left out; NaN if none is left.
    """
    ends = [(poem[10], poem[22]) for poem in poems if has_form(poem)]
    ends = [(a, b) for a, b in ends if a in book() and b in book()]
    return sum(rhyme(a, b) for a, b in ends) / len(ends) if ends else float("nan")


def tone_share(poems: list[str]) -> float:
    """Share of verses that `alternate`, in poems of the form of a quatrain.

    Verses with a character there that the book does not know are left out; NaN if none is left.
    """
    lines = [verse for poem in poems if has_form(poem) for verse in verses(poem)]
    lines = [verse for verse in lines if verse[1] in book() and verse[3] in book()]
    return sum(map(alternate, lines)) / len(lines) if lines else float("nan")
