"""The steps of answering, with a search and a reader that are given."""

from collections.abc import Sequence

import pytest

from index.errors import ArchiveError
from index.text.terms import phrases, terms
from qa.answers.answering import Answer, refusal
from qa.answers.question import MAX_QUESTION_LENGTH
from qa.answers.stages import (
    OTHER_READINGS_TOP_K,
    answer_stages,
    answers_over_time,
    best_answer,
)
from qa.retrieval.retriever import Hit
from tests.support.fakes import FakeReader
from tests.support.hits import make_hit

MEETING = make_hit("Ann Lee met Bo in Rome on Monday.")
WEATHER = make_hit("It rained in Ulm.", article_id="b.txt")


class Desk:
    """Searches a fixed list of hits, reads with a fake reader, and records the questions."""

    def __init__(self, hits: Sequence[Hit], *words: str, confidence: float = 0.9) -> None:
        self.hits, self.reader = list(hits), FakeReader(*words, confidence=confidence)
        self.searched: list[str] = []

    def search(self, question: str) -> tuple[list[Hit], list[str]]:
        self.searched.append(question)
        texts = " ".join(" ".join(terms(hit.passage.text)) for hit in self.hits)
        return self.hits, [phrase for phrase in phrases(question) if phrase not in texts]

    def read(self, question: str, hits: Sequence[Hit], most: int) -> Answer:
        return best_answer(self.reader, question, hits, most)  # type: ignore[arg-type]

    def answer(self, question: str, *history: Answer) -> Answer:
        *_, last = answer_stages(question, history, self.search, self.read)
        assert last.answer is not None
        return last.answer


def test_hits_come_first_and_with_the_answer_last() -> None:
    desk = Desk([MEETING], "Rome")
    first, last = answer_stages(" Where did Ann Lee meet Bo? ", (), desk.search, desk.read)
    assert (first.hits, first.answer) == ([MEETING], None)
    assert last.hits == [MEETING]
    assert last.answer is not None
    assert last.answer.question == "Where did Ann Lee meet Bo?"
    assert last.answer.text == "Rome"
    assert last.answer.seconds > 0


def test_nothing_is_read_before_the_hits_are_shown() -> None:
    desk = Desk([MEETING], "Rome")
    next(answer_stages("Where did Ann Lee meet Bo?", (), desk.search, desk.read))
    assert desk.reader.texts == []


def test_a_bad_question_is_an_error_before_any_search() -> None:
    desk = Desk([MEETING])
    with pytest.raises(ArchiveError, match="empty"):
        desk.answer("  ")
    assert desk.searched == []


def test_a_follow_up_is_searched_in_full_and_keeps_its_wording() -> None:
    desk = Desk([MEETING], "Rome", "Monday")
    first = desk.answer("Where did Ann Lee meet Bo?")
    assert first.understood is None
    then = desk.answer("And when?", first)
    assert (then.question, then.understood) == ("And when?", "When did Ann Lee meet Bo?")
    assert "When did Ann Lee meet Bo?" in desk.searched
    assert {alternative.question for alternative in then.alternatives} == {"And when?"}


def test_a_follow_up_that_would_be_too_long_in_full_is_asked_as_typed() -> None:
    desk = Desk([MEETING], "Rome")
    first = desk.answer("Where did Ann Lee meet Bo?")
    question = f"{'why ' * (MAX_QUESTION_LENGTH // 4 - 1)}why?"
    assert desk.answer(question, first).understood is None
    assert max(map(len, desk.searched)) == MAX_QUESTION_LENGTH


def test_a_reading_with_a_name_that_nobody_has_used_is_dropped() -> None:
    desk = Desk([MEETING], "Rome")
    first = desk.answer("Where did Ann Lee meet Bo?")
    then = desk.answer("And for Ulm Port?", first)  # a name that has been used, by the user
    assert then.understood == "Where did Ann Lee meet Bo for Ulm Port?"
    then = desk.answer("And of Ulm?", first)
    assert then.understood is None, "not where Ann Lee met Bo of Ulm"


def test_an_answer_whose_evidence_lacks_what_the_follow_up_names_is_refused() -> None:
    desk = Desk([MEETING], "Rome")
    first = desk.answer("Where did Ann Lee meet Bo?")
    refused = desk.answer("What about Canada?", first)
    assert not refused.answered
    assert refused.confidence == 0.9
    assert refused.citations[0].text == MEETING.passage.text


def test_the_best_answer_has_the_others_as_alternatives() -> None:
    answer = best_answer(FakeReader("Rome", "Monday", "Ulm"), "?", [MEETING, WEATHER])  # type: ignore[arg-type]
    assert answer.text == "Rome"
    assert [alternative.text for alternative in answer.alternatives] == ["Monday", "Ulm"]


def test_an_unsure_or_empty_reader_gives_a_refusal() -> None:
    unsure = best_answer(FakeReader("Rome", confidence=0.4), "?", [MEETING])  # type: ignore[arg-type]
    assert (unsure.answered, unsure.text, unsure.confidence) == (False, None, 0.4)
    assert [(a.text, a.answered) for a in unsure.alternatives] == [("Rome", False)]
    empty = best_answer(FakeReader("zebra"), "?", [MEETING])  # type: ignore[arg-type]
    assert empty == refusal("?", [MEETING], 0.0)


def test_an_answer_is_cited_from_hits_that_were_not_read() -> None:
    """Only distinct texts are read, but every occurrence is cited."""
    copy = make_hit(MEETING.passage.text, article_id="copy.txt")
    reader = FakeReader("Rome")
    answer = best_answer(reader, "?", [MEETING, WEATHER, copy])  # type: ignore[arg-type]
    assert reader.texts == [MEETING.passage.text, WEATHER.passage.text]
    assert [place.article_id for place in answer.citations[0].also_in] == ["copy.txt"]


def test_an_answer_about_what_the_question_names_comes_first() -> None:
    question = "Where did Ann Lee stay?"
    reader = FakeReader("Ulm", "Rome")
    answer = best_answer(reader, question, [MEETING, WEATHER])  # type: ignore[arg-type]
    assert answer.text == "Rome"
    assert [other.answered for other in answer.alternatives] == [False]


def test_a_well_supported_reading_is_the_last_that_is_read() -> None:
    desk = Desk([MEETING], "Rome", "Monday")
    first = desk.answer("Where did Ann Lee meet Bo?")
    desk.searched.clear()
    assert desk.answer("When did she meet him?", first).understood == "When did Ann Lee meet Bo?"
    assert desk.searched == ["When did Ann Lee meet Bo?"]


def test_less_likely_readings_read_fewer_passages() -> None:
    hits = [make_hit(f"{number} people met Ann Lee.") for number in range(20)]
    desk = Desk(hits, "zebra")
    first = desk.answer("Where did Ann Lee meet Bo?")
    desk.answer("When did she leave?", first)
    assert len(desk.searched) > 2
    assert len(desk.reader.texts) == OTHER_READINGS_TOP_K


def test_articles_that_contradict_the_answer_are_grouped() -> None:
    question = "How many people died in the fire?"
    texts = ("The fire killed 14 people.", "The fire killed 19 people.", "It rained in Ulm.")
    hits = [make_hit(text, article_id=f"{n}.txt") for n, text in enumerate(texts)]
    reader = FakeReader("14", "19", alone=True)
    answer = best_answer(reader, question, hits)  # type: ignore[arg-type]
    assert answer.differs
    assert [(g.value, g.differs) for g in answer.groups] == [("14", False), ("19", True)]
    assert reader.read_from == 3


def test_the_rest_is_not_read_if_one_article_answers() -> None:
    reader = FakeReader("Rome", alone=True)
    answer = best_answer(reader, "?", [MEETING, WEATHER])  # type: ignore[arg-type]
    assert reader.read_from is None
    assert [group.value for group in answer.groups] == ["Rome"]
    assert not answer.differs


def test_a_timeline_reads_all_hits() -> None:
    texts = [f"The fire killed {n} people in all." for n in range(10, 25)]
    hits = [make_hit(text, article_id=f"{n}.txt") for n, text in enumerate(texts)]
    reader = FakeReader(*map(str, range(10, 25)))
    entries = answers_over_time(reader, "How many people died in the fire?", hits)  # type: ignore[arg-type]
    assert reader.read_from == 0
    assert sorted(e.number or 0 for e in entries) == list(range(10, 25))


def test_a_question_for_several_reads_all_articles_and_lists_what_they_say() -> None:
    texts = ("Ann Lee met Bo and Cy.", "Ann Lee met Bo and Di.", "It rained in Ulm.")
    hits = [make_hit(text, article_id=f"{n}.txt") for n, text in enumerate(texts)]
    reader = FakeReader("Bo and Cy", "Bo and Di", alone=True)
    answer = best_answer(reader, "Which people met Ann Lee?", hits)  # type: ignore[arg-type]
    assert reader.read_from == 3
    assert [item.text for item in answer.items] == ["Bo", "Cy", "Di"]
    assert (answer.groups, answer.differs) == ((), False)
