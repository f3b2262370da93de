"""The words of a question are translated by dictionaries."""

from qa.retrieval.translation import from_english, phrase, to_english


def test_a_phrase_is_translated_as_a_whole_for_each_language() -> None:
    found = {(code, word): terms for code, word, terms in from_english("The prime minister?", True)}
    assert set(found) == {("zh", "prime minister"), ("ja", "prime minister")}
    assert phrase("首相") in found["zh", "prime minister"]
    assert set(found["zh", "prime minister"]) <= set(found["ja", "prime minister"])


def test_japanese_words_are_left_out_where_there_are_no_japanese_passages() -> None:
    [chinese] = from_english("Which televisions?", False)
    assert chinese[0] == "zh"
    assert phrase("テレビ") not in chinese[2]
    [_, japanese] = from_english("televisions", True)
    assert phrase("テレビ") in japanese[2]


def test_japanese_words_are_translated_in_any_form_and_like_chinese_ones() -> None:
    found = dict(to_english("首相が手紙を書いたのはいつですか。"))
    assert {"首相", "手紙", "書い"} <= set(found)
    assert {"write", "writing"} <= set(found["書い"])
    assert "prime minister" in found["首相"]


def test_units_and_question_words_are_not_translated() -> None:
    assert dict(to_english("それは何年の何月ですか。")) == {}
