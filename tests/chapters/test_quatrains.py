from gan_course.chapters import quatrains


def test_grammar_makes_what_the_checks_call_right():
    made = quatrains.grammar(500, seed=3)
    for right in (quatrains.has_form, quatrains.rhymes, quatrains.well_worded):
        assert all(map(right, made))
    assert len(set(made)) == 500
    assert made == quatrains.grammar(500, seed=3) != quatrains.grammar(500, seed=4)


def test_form():
    right = "明月照空山，梅花雪裏香。老僧掃白雲，一夜客心長。"
    assert quatrains.has_form(right) and quatrains.rhymes(right) and quatrains.well_worded(right)
    for wrong in (
        right[:-1],
        right[1:],
        right.replace("，", "。"),
        right[:4] + "，" + right[4:-1],
        right + "香",
        "",
    ):
        assert not quatrains.has_form(wrong)
        assert not quatrains.rhymes(wrong)
        assert not quatrains.well_worded(wrong)


def test_rhyme_and_words_are_checked_apart():
    unrhymed = "明月照空山，梅花雪裏香。老僧掃白雲，一夜客心清。"
    repeated = "明月照空山，梅花雪裏香。老僧掃白雲，一夜客心香。"
    misworded = "明月照山空，梅花雪裏香。老僧掃白雲，一夜客心長。"
    assert quatrains.well_worded(unrhymed) and not quatrains.rhymes(unrhymed)
    assert quatrains.rhymes(misworded) and not quatrains.well_worded(misworded)
    assert not quatrains.rhymes(repeated)  # the same character is no rhyme


def test_nearest_verse():
    assert quatrains.nearest("明月照空山", ["清風滿空山", "明月照空林", "山空照月明"]) == (
        "明月照空林",
        4,
    )


def test_every_word_of_the_grammar_has_a_meaning():
    for poem in quatrains.grammar(300):
        assert all("?" not in verse for verse in quatrains.meaning(poem))
    assert quatrains.meaning("明月照空山，") == ["bright moon shines on the empty hill"]
    assert quatrains.meaning("明月月空山，") == ["bright moon ? the empty hill"]


def test_the_rhyme_book():
    book = quatrains.book()
    rhymes = {rhyme for found in book.values() for rhyme in found}
    assert len(rhymes) == 106 and len({name for tone, name in rhymes if tone == "level"}) == 30
    assert quatrains.rhyme("東", "同") and quatrains.rhyme("流", "樓")
    assert not quatrains.rhyme("東", "東") and not quatrains.rhyme("東", "冬")
    for row in quatrains.RHYMES:
        assert all(quatrains.rhyme(row[0], other) for other in row[1:])


def test_a_famous_quatrain_rhymes_and_keeps_the_tones():
    poem = "白日依山盡，黃河入海流。欲窮千里目，更上一層樓。"  # Wang Zhihuan, about 700
    assert quatrains.rhyme_share([poem]) == 1 and quatrains.tone_share([poem]) == 1
    assert quatrains.rhyme_share([poem, poem[:22] + "日。"]) == 0.5
    assert not quatrains.alternate("東東東東東")
    assert quatrains.rhyme_share(["no quatrain"]) != quatrains.rhyme_share(["no quatrain"])  # NaN
