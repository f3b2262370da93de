"""Passages are verbatim windows that cover everything, end with sentences and respect the size."""

import pytest
import sentencex

from index.article import Article, Part
from index.passage import (
    MAX_TOKENS,
    MIN_TOKENS,
    SLACK,
    WINDOW,
    Passage,
    count_tokens,
    passages,
    sentences,
)

SENTENCE = "The keeper counted {} ships before noon and wrote them into his heavy book."
CHINESE = "港务局周二开会,同意在冬季之前疏浚北航道。"


def article(text: str, *parts: Part, language: str | None = "en") -> Article:
    parts = parts or (Part(0, len(text), "body"),)
    return Article("a", None, text, None, language, "a.txt", parts=parts)


def cut(text: str, tokens: int = 128) -> list[Passage]:
    return list(passages(article(text), tokens))


def texts(text: str, language: str | None = None) -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. President came.", "He left."],
        ["No. 2 won.", "No. 3 lost."],
        ["“It is done.”", "She left."],
        ["He said, 'It is over.'", "Nobody spoke."],
        ["It cost $8.6 billion.", "Too much."],
        ["Is it done?", "Yes!", "Good."],
        ["😀 One 😀 two.", "𠀀 three."],
    ],
)
def test_sentences_with_spaces(expected: list[str]) -> None:
    assert texts(" ".join(expected)) == expected


def test_sentences_without_spaces() -> None:
    assert texts("他来了。她走了!真的吗?" + CHINESE) == ["他来了。", "她走了!", "真的吗?", CHINESE]


@pytest.mark.parametrize(
    ("expected", "gap"),
    [
        (["លោកបានទៅដល់ភ្នំពេញ។", "គាត់បាននិយាយ៕", "ខ្ញុំសុខ។"], " "),
        (["លោកបានទៅដល់ភ្នំពេញ។", "គាត់បាននិយាយ៕"], ""),
        (["គាត់លក់ស្វាយ ចេក ។ល។", "ខ្ញុំសុខ។"], " "),
        (["བོད་ཡིག་ནི་རྙིང་པ་ཡིན།", "དེ་ནི་གལ་ཆེན་པོ་རེད།", "རྒྱལ་པོ་ཕེབས་སོ༎"], " "),
        (["དེ་ནི་གལ་ཆེན་པོ་རེད། །", "རྒྱལ་པོ་ཕེབས་སོ། །"], ""),
    ],
)
def test_khmer_and_tibetan_sentences(expected: list[str], gap: str) -> None:
    assert texts(gap.join(expected)) == expected


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize(
    "unit",
    [
        ["The U.S. President came at noon.", "“It is done. We won,” he said.", "No. 2 lost."],
        ["港务局周二开会。", "“船来了。大家都很高兴。”他说。", "她走了!"],
        ["Die Behörde (vgl. Nr. 3) tagte z. B. gestern.", "„Es ist gut. Wir gehen.“", "Ende."],
    ],
    ids=["English", "Chinese", "German"],
)
def test_sentences_of_a_long_text_are_those_of_its_parts(unit: list[str], gap: str) -> None:
    few = texts(gap.join(unit), "en")
    many = 3 * WINDOW // sum(map(len, unit))
    assert texts(gap.join(unit * many), "en") == few * many


@pytest.mark.parametrize("sentence", ["The ferry left at noon. ", "渡轮正午离开了。", "word " * 30])
def test_no_word_is_lost_where_a_long_text_is_cut(sentence: str) -> None:
    text = sentence * (3 * WINDOW // len(sentence))
    found = texts(text)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    if not sentence.startswith("word"):
        assert set(found) == {sentence.strip()}


@pytest.mark.parametrize("mark", ["“", "«", "'", "a", "(", "。", "他说。", "“a. ", "a.“", "\n"])
def test_sentences_take_time_that_grows_with_the_text(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0

    def watched(language: str, text: str) -> object:
        nonlocal looked_at
        looked_at += len(text) ** 2  # its time on quotation marks
        return split(language, text)

    split = sentencex.get_sentence_boundaries
    monkeypatch.setattr(sentencex, "get_sentence_boundaries", watched)
    text = mark * (100_000 // len(mark))
    found = sentences(text)
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text.split())
    assert looked_at <= 2 * WINDOW * len(text)


def test_a_full_stop_inside_a_word_ends_no_sentence() -> None:
    assert texts("The Japan-U.S. alliance holds.") == ["The Japan-U.S. alliance holds."]


def test_a_blank_line_ends_a_sentence() -> None:
    assert texts("A heading\n\nThen text.\r\n\r\nMore") == ["A heading", "Then text.", "More"]


@pytest.mark.parametrize("language", [None, "en", "zh", "en-us", "klingon", ""])
def test_an_unknown_language_code_is_tolerated(language: str | None) -> None:
    assert "".join(texts("One. Two. 三。", language)).replace(" ", "") == "One.Two.三。"


def test_no_sentences() -> None:
    assert texts("") == texts(" \n\t\u3000") == []


def test_a_short_text_is_one_passage() -> None:
    assert [p.text for p in cut("One. Two.\n\nThree.")] == ["One. Two.\n\nThree."]


def test_long_texts_are_split_between_sentences_into_even_windows() -> None:
    expected = [SENTENCE.format(i) for i in range(100)]
    result = cut(" ".join(expected))
    assert " ".join(p.text for p in result) == " ".join(expected)
    assert all(p.text.startswith("The keeper") and p.text.endswith("book.") for p in result)
    sizes = [count_tokens(p.text) for p in result]
    assert min(sizes) > 48
    assert max(sizes) < 176


@pytest.mark.parametrize("tokens", [MIN_TOKENS, 64, 128, MAX_TOKENS])
@pytest.mark.parametrize(
    "text", [CHINESE * 200, "word " * 5000, "x" * 20_000, "长" * 5000, "😀" * 999]
)
def test_passages_respect_the_size_for_any_text(text: str, tokens: int) -> None:
    result = cut(text, tokens)
    assert "".join("".join(p.text.split()) for p in result) == "".join(text.split())
    # a piece of a long run may slightly exceed its share of tokens
    assert max(count_tokens(p.text) for p in result) <= 1.2 * SLACK * tokens


def test_passages_do_not_span_parts_and_keep_their_kind_and_title() -> None:
    text = f"Nine ships\n\n{SENTENCE}\n\nFerry\n\n{CHINESE}"
    title, body = Part(0, 10, "title"), Part(12, 12 + len(SENTENCE), "body")
    teaser = Part(14 + len(SENTENCE), len(text), "teaser", "Ferry")
    result = list(passages(article(text, title, body, teaser), 128))
    assert [(p.kind, p.title) for p in result] == [
        ("title", None),
        ("body", None),
        ("teaser", "Ferry"),
    ]
    assert [p.language for p in result] == ["en", "en", "zh"]
    assert all(text[p.start : p.end] == p.text and p.article_id == "a" for p in result)


def test_special_tokens_are_ordinary_text() -> None:
    assert count_tokens("<|endoftext|>") > 1
    assert cut("It wrote <|endoftext|> and stopped.")[0].text.startswith("It wrote <|endoftext|>")


def test_an_article_of_white_space_has_no_passages() -> None:
    assert cut(" \n\n \t") == []
