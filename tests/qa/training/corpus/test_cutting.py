"""Contexts are cut as the index cuts articles."""

from inspect import signature

from index.article import Article, Part
from index.ingest.builder import build
from index.passage import passages
from qa.training.corpus.cutting import PASSAGE_TOKENS, cut

ENGLISH = "The council met on Monday. It approved the budget of the city, as expected. " * 20
CHINESE = "议会星期一开会。预算如期通过，市长表示满意。" * 20


def test_passages_are_those_of_the_index() -> None:
    for text in (ENGLISH, CHINESE):
        part = Part(0, len(text), "body")
        article = Article("id", None, text, None, None, "", parts=(part,))
        expected = tuple((p.start, p.end) for p in passages(article, PASSAGE_TOKENS))
        assert cut(text).passages == expected
        assert len(expected) > 1


def test_sentences_begin_where_the_text_has_them() -> None:
    starts = cut("It rained. He left.\nShe stayed.").sentences
    assert starts == (0, 11, 20)


def test_a_passage_that_begins_inside_a_sentence_divides_it() -> None:
    text = "word " * 300
    found = cut(text)
    assert len(found.passages) > 1
    assert {start for start, _ in found.passages} <= set(found.sentences)


def test_passages_have_the_size_that_a_build_asks_for() -> None:
    assert signature(build).parameters["passage_tokens"].default == PASSAGE_TOKENS
