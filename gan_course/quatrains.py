"""Quatrains of five characters a verse: their form and rhyme, checked; and a small grammar that makes some. Notebook 16.

The grammar is the course's own and stands in where there is no file of poems. Its quatrains obey a form, a word order and a
rhyme, all of which can be checked. They are put together by a machine and quote nobody.
"""

import random

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
RHYMES = ("香涼長霜光黃", "明清輕聲橫平", "紅空窮風東同", "新春人頻塵真")  # each row sounds alike in the rhyme books' categories


def grammar(n: int, seed: int = 0) -> list[str]:
    """n quatrains of the grammar, 24 characters each."""
    draw = random.Random(seed)
    poems = []
    for _ in range(n):
        sky, who = draw.choice(list(SKY)), draw.choice(list(WHO))
        second, fourth = draw.sample(draw.choice(RHYMES), 2)  # two different characters of one rhyme
        verses = (
            sky + draw.choice(SKY[sky]) + draw.choice(LAND), draw.choice(THING) + draw.choice(PLACE) + second,
            who + draw.choice(WHO[who]) + draw.choice(WHAT), draw.choice(WHEN) + draw.choice(HEART) + fourth,
        )  # fmt: skip
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
    return has_form(poem) and poem[10] != poem[22] and any(poem[10] in row and poem[22] in row for row in RHYMES)


def well_worded(poem: str) -> bool:
    """Every word stands where the grammar allows it; the rhyme is another matter."""
    if not has_form(poem):
        return False
    a, b, c, d = verses(poem)
    ends = "".join(RHYMES)
    return (
        a[2] in SKY.get(a[:2], "") and a[3:] in LAND and b[:2] in THING and b[2:4] in PLACE and b[4] in ends
        and c[2] in WHO.get(c[:2], "") and c[3:] in WHAT and d[:2] in WHEN and d[2:4] in HEART and d[4] in ends
    )  # fmt: skip


def nearest(verse: str, known: list[str]) -> tuple[str, int]:
    """The known verse that has the most characters in common with this one, place by place, and how many."""
    shared = [sum(a == b for a, b in zip(verse, other)) for other in known]
    best = max(range(len(known)), key=shared.__getitem__)
    return known[best], shared[best]
