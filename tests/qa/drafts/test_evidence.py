"""The sentences of passages, each once, with what the article says around them."""

from qa.drafts.evidence import MAX_QUERY, places, search_text
from qa.drafts.text.claims import Sentence
from tests.support.drafts import hits, sentences

TEXT = "Ann Lee is the mayor of Ulm. She opened a bridge."


def test_passages_become_sentences_at_their_places() -> None:
    found = places([*hits(TEXT), *hits(TEXT)])
    assert [place.text for place in found] == [
        "Ann Lee is the mayor of Ulm.",
        "She opened a bridge.",
    ]
    assert all(TEXT[place.start : place.end] == place.text for place in found)


def test_the_background_names_the_subject() -> None:
    second = sentences(TEXT)[1]
    assert "ulm" in second.background_words
    assert "ulm" not in second.words
    assert [second.text[n.start : n.end] for n in second.names] == []


def test_a_search_is_one_line_of_bounded_length() -> None:
    assert search_text(Sentence(0, "a\n b", (), 0)) == "a b"
    assert len(search_text(Sentence(0, "word " * 500, (), 0))) == MAX_QUERY
