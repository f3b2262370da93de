"""Answers and refusals from spans, over hits without an index."""

import json
from collections.abc import Sequence

import pytest

from qa.answers.answering import (
    MAX_CLOSEST,
    Answer,
    answer_from_span,
    as_dict,
    drop_repeats,
    evidence_text,
    refusal,
)
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit
from tests.support.hits import make_hit

SENTENCE = "The bridge cost 3.5 million euros."
REPORT = "A storm cut power to 30,000 homes along the coast before it moved out to sea on Sunday."
REPRINT = "A storm cut power to 30,000 homes along the coast before it moved out to sea Sunday."


def answer_with(words: str, hits: Sequence[Hit], confidence: float = 0.9) -> Answer:
    """The answer for a span that marks `words` in the first hit."""
    start = hits[0].passage.text.index(words)
    span = Span(0, start, start + len(words), 1.0, confidence)
    return answer_from_span("What?", span, hits, hits, threshold=0.5)


def test_offsets_refer_to_the_article_and_not_to_the_passage() -> None:
    hit = make_hit(f"It rained. {SENTENCE}", f"A headline\n\nIt rained. {SENTENCE}\n\nEnd.")
    answer = answer_with("3.5 million euros", [hit])
    text = hit.article.text
    assert text[answer.start : answer.end] == answer.text == "3.5 million euros"
    (cited,) = answer.citations
    assert text[cited.start : cited.end] == cited.text == answer.sentence == SENTENCE


def test_an_amount_is_given_in_the_currency_asked_for() -> None:
    hit = make_hit("It rained. The bridge cost $3 million (¥450 million).", title="Bridge")
    start = hit.passage.text.index("¥450")
    span = Span(0, start, start + len("¥450 million"), 1.0, 0.9)
    answer = answer_from_span("How many dollars did it cost?", span, [hit], [hit], threshold=0.5)
    assert hit.article.text[answer.start : answer.end] == answer.text == "$3 million"


@pytest.mark.parametrize(("confidence", "answered"), [(0.5, True), (0.49, False)])
def test_the_threshold_counts_as_answered(confidence: float, answered: bool) -> None:
    assert answer_with("euros", [make_hit(SENTENCE)], confidence).answered is answered


def test_a_near_duplicate_in_a_body_is_cited_with_the_offset_that_the_answer_has_there() -> None:
    read = make_hit(f"Earlier: news. {REPRINT}", kind="teaser", article_id="teaser.txt")
    body = make_hit(REPORT, f"Storm\n\n{REPORT}", article_id="body.txt")
    answer = answer_with("Sunday", [read, body])
    (cited,) = answer.citations
    assert (cited.article_id, answer.sentence) == ("body.txt", REPORT)
    assert body.article.text[answer.start : answer.end] == answer.text == "Sunday"
    assert [(p.article_id, p.verbatim) for p in cited.also_in] == [("teaser.txt", False)]


def test_the_same_answer_in_near_duplicate_sentences_is_kept_once() -> None:
    first = answer_with("30,000", [make_hit(REPORT)])
    repeated = answer_with("30,000", [make_hit(REPRINT)], confidence=0.8)
    other_text = answer_with("Sunday", [make_hit(REPRINT)])
    other_sentence = answer_with("30,000", [make_hit("In Ulm 30,000 people saw the match.")])
    candidates = [first, repeated, other_text, other_sentence]
    assert drop_repeats(candidates) == [first, other_text, other_sentence]
    assert drop_repeats([]) == []


def test_evidence_is_every_passage_with_the_sentence_after_its_title() -> None:
    hits = [
        make_hit(f"It rained. {SENTENCE}", title="Bridge"),
        make_hit("Other news."),
        make_hit(SENTENCE, article_id="b.txt"),
    ]
    answer = answer_with("euros", hits)
    assert evidence_text(answer, hits) == f"Bridge\nIt rained. {SENTENCE}\n\n{SENTENCE}"
    assert evidence_text(refusal("What?", hits, 0.1), hits) == ""


def test_a_refusal_cites_the_closest_passages_and_near_duplicates_together() -> None:
    texts = [REPORT, "Cars may use the bridge.", REPRINT, "It snowed in Ulm.", "A dog barked."]
    hits = [make_hit(text, article_id=f"{n}.txt") for n, text in enumerate(texts)]
    refused = refusal("Which animal?", hits, 0.2)
    assert (refused.answered, refused.text, refused.sentence) == (False, None, None)
    assert (refused.start, refused.end, refused.confidence) == (None, None, 0.2)
    assert [c.text for c in refused.citations] == [texts[0], texts[1], texts[3]]
    assert len(refused.citations) == MAX_CLOSEST
    assert [p.article_id for p in refused.citations[0].also_in] == ["2.txt"]


def test_a_refusal_without_hits_cites_nothing() -> None:
    assert refusal("What?", [], 0.0).citations == ()


def test_the_context_of_citations_is_not_part_of_the_dictionary() -> None:
    hit = make_hit(SENTENCE, f"It rained. {SENTENCE} She left.")
    answer = answer_with("euros", [hit])
    assert answer.citations[0].context is not None
    plain = as_dict(answer)
    assert set(plain) == {*Answer.__slots__, "permalink"}
    assert plain["permalink"] == plain["citations"][0]["permalink"] == answer.permalink
    (cited,) = plain["citations"]
    assert cited["text"] == SENTENCE
    assert not {"context", "digest"} & cited.keys()
    assert "It rained" not in json.dumps(plain, default=str)
