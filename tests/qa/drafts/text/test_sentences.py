"""Sentences of a paragraph, and of one that is too long to be split at once."""

import time

import pytest

from index import passage
from qa.drafts.text.sentences import LONGEST, sentences


def test_a_short_paragraph_is_split_as_articles_are() -> None:
    text = "The U.S. won. 他来了。她走了。"
    assert list(sentences(text)) == passage.sentences(text)


@pytest.mark.parametrize("sentence", ["The ferry left at noon. ", "渡轮正午离开了。", "word " * 30])
def test_a_long_one_is_cut_where_a_sentence_or_a_word_ends(sentence: str) -> None:
    text = sentence * (3 * LONGEST // len(sentence))
    found = [text[start:end] for start, end in sentences(text)]
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    if not sentence.startswith("word"):
        assert set(found) == {sentence.strip()}


@pytest.mark.parametrize("mark", ["“", "'", "a", "(", "。"])
def test_hostile_paragraphs_take_little_time(mark: str) -> None:
    started = time.process_time()
    covered = [span for start, end in sentences(mark * 150_000) for span in (start, end)]
    assert covered[-1] == 150_000
    assert time.process_time() - started < 2
