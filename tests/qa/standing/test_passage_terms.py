"""What questions share with a passage is worth at least what a keyword search gives it."""

from pathlib import Path

import pytest

from index.store.base.keywords import terms_of_passage
from index.store.doors import open_store
from qa.retrieval.retriever import query_terms
from qa.standing.passage_terms import QuestionTerms, length_of
from tests.support.fakes import FakeEncoder
from tests.support.quick import quick
from tests.support.written import WrittenIndex, article, whole

TEXTS = [
    *(f"Rain over hill number {n}, and a little fog." for n in range(30)),
    "Lee Jae-myung spoke of müller at the harbour, the harbour of Łódź.",
    "A ferry.",
]
QUESTIONS = [
    "Did Lee Jae-myung go to the harbour?", "Where is Muller?", "Where is Lodz?", "A ferry?",
    "Snow?", "Fog and rain over the hill?",
]  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> WrittenIndex:
    index = WrittenIndex(str(tmp_path / "index"), FakeEncoder())
    index.publish_passages(*(whole(article(str(n), text), "en") for n, text in enumerate(TEXTS)))
    return index


def test_scores_are_at_least_those_of_a_search(index: WrittenIndex) -> None:
    with open_store(index.where).snapshot() as snapshot:
        terms = [query_terms(question) for question in QUESTIONS]
        asked = QuestionTerms(terms, snapshot)
        last = snapshot.last_passage()
        for number, text in ((last - 1, TEXTS[-2]), (last, TEXTS[-1])):
            scores = asked.bm25(terms_of_passage(text, "body", None, None), 9.0)
            for own, score in zip(terms, scores, strict=True):
                exact = dict(snapshot.keywords(snapshot.choose(own).used, 99)).get(number, 0.0)
                assert score >= exact - 1e-9, own


def test_common_terms_and_those_of_no_question_are_worth_nothing(index: WrittenIndex) -> None:
    with open_store(index.where).snapshot() as snapshot:
        asked = QuestionTerms([["rain", "fog"], ["ferry"]], snapshot)
        assert asked.idf(terms_of_passage("Rain and fog.", "body", None, None)).tolist() == [0, 0]
        none, some = asked.idf(terms_of_passage("A ferry of iron.", "body", None, None))
        assert none == 0 < some


def test_a_term_counts_as_often_as_a_question_has_it(index: WrittenIndex) -> None:
    with open_store(index.where).snapshot() as snapshot:
        asked = QuestionTerms([["ferry"], ["ferry", "iron", "ferry"]], snapshot)
        once, twice = asked.idf(terms_of_passage("The ferry.", "body", None, None))
        assert twice == 2 * once > 0


def test_length_counts_other_spellings() -> None:
    assert length_of(terms_of_passage("łódź", "body", None, None)) > 1


def test_a_passage_beside_ten_thousand_questions_takes_no_time(index: WrittenIndex) -> None:
    questions = [
        query_terms(f"What of the ferry {n} in “the old harbour {n}”?") for n in range(10_000)
    ]
    passage = terms_of_passage("The ferry in the old harbour 77. " * 40, "body", None, None)
    with open_store(index.where).snapshot() as snapshot:
        asked = QuestionTerms(questions, snapshot)
        with quick():
            for _ in range(20):
                asked.bm25(passage, 9.0)
