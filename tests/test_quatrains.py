from gan_course import quatrains


def test_grammar_makes_what_the_checks_call_right():
    poems = quatrains.grammar(500, seed=3)
    assert all(map(quatrains.has_form, poems)) and all(map(quatrains.rhymes, poems)) and all(map(quatrains.well_worded, poems))
    assert len(set(poems)) == 500 and poems == quatrains.grammar(500, seed=3) != quatrains.grammar(500, seed=4)


def test_form():
    right = "明月照空山，梅花雪裏香。老僧掃白雲，一夜客心長。"
    assert quatrains.has_form(right) and quatrains.rhymes(right) and quatrains.well_worded(right)
    for wrong in (right[:-1], right[1:], right.replace("，", "。"), right[:4] + "，" + right[4:-1], right + "香", ""):
        assert not quatrains.has_form(wrong) and not quatrains.rhymes(wrong) and not quatrains.well_worded(wrong)


def test_rhyme_and_words_are_checked_apart():
    unrhymed, misworded = "明月照空山，梅花雪裏香。老僧掃白雲，一夜客心清。", "明月照山空，梅花雪裏香。老僧掃白雲，一夜客心長。"
    assert quatrains.well_worded(unrhymed) and not quatrains.rhymes(unrhymed)
    assert quatrains.rhymes(misworded) and not quatrains.well_worded(misworded)
    assert not quatrains.rhymes("明月照空山，梅花雪裏香。老僧掃白雲，一夜客心香。")  # the same character is no rhyme


def test_nearest_verse():
    assert quatrains.nearest("明月照空山", ["清風滿空山", "明月照空林", "山空照月明"]) == ("明月照空林", 4)
