"""An archive from question to cited answer, with a fake encoder and a reader of fixed words."""

import inspect
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import qa
from index import ArchiveError
from index.store.base.error_rate import ErrorRate, keep_error_rate
from index.store.doors import open_store
from qa import Archive, Location
from qa.answers.context import Context
from qa.question_log.log import QuestionLog, read_entries
from tests.support.fakes import FakeEncoder, FakeReader
from tests.support.files import made

BODY = "The mayor opened the bridge on Monday. It cost 3.5 million euros.\n\nCars may use it."


@pytest.fixture
def ask(
    make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder
) -> Callable[..., Archive]:
    """Builds and opens an archive of files; its reader answers with the given words."""

    def run(files: dict[str, object], *words: str, confidence: float = 0.9) -> Archive:
        make(files)
        reader = FakeReader(*words, confidence=confidence)
        return Archive.open(tmp_path / "index", reader=reader, encoder=encoder)  # type: ignore[arg-type]

    return run


def test_an_answer_is_verbatim_and_cited_with_its_sentence(ask: Callable[..., Archive]) -> None:
    archive = ask({"bridge.txt": f"Bridge opened\n\n{BODY}"}, "3.5 million euros")
    found = archive.answer("What did the bridge cost?")
    article = archive.article("bridge.txt")
    assert found.answered
    assert found.text == "3.5 million euros" == article.text[found.start : found.end]
    assert found.sentence == "It cost 3.5 million euros."
    (cited,) = found.citations
    assert cited.text == found.sentence == article.text[cited.start : cited.end]
    assert (cited.title, cited.kind, cited.path) == ("Bridge opened", "body", "bridge.txt")
    assert found.confidence == 0.9
    assert found.seconds > 0


def test_an_answer_from_a_pdf_names_its_page(ask: Callable[..., Archive]) -> None:
    pages = [["The ferry sailed at noon. " * 9], [f"Fog lay on the river. {BODY}"], ["It rained."]]
    archive = ask({"report.pdf": made(pages)}, "3.5 million euros")
    (cited,) = archive.answer("What did the bridge cost?").citations
    assert (cited.text, cited.location) == ("It cost 3.5 million euros.", Location(page=2))
    hits = archive.search("What did the ferry do?", k=9)
    assert {hit.passage.location for hit in hits} >= {None, Location(page=1)}
    assert all(hit.passage.location == hit.article.location(hit.passage.start) for hit in hits)


def test_an_unsure_answer_is_a_refusal_that_cites_the_closest_passages(
    ask: Callable[..., Archive],
) -> None:
    archive = ask({"bridge.txt": BODY}, "Monday", confidence=0.4)
    found = archive.answer("When was the tower opened?")
    assert not found.answered
    assert (found.text, found.sentence, found.start, found.end) == (None, None, None, None)
    assert found.confidence == 0.4
    assert found.citations[0].text in archive.article("bridge.txt").text
    (unsure,) = found.alternatives  # what a lower threshold would have answered
    assert (unsure.answered, unsure.text, unsure.confidence) == (False, "Monday", 0.4)
    assert found.missing == ("tower",)


def test_an_error_rate_is_in_force_until_the_reader_changes(
    ask: Callable[..., Archive], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_threshold(reader: FakeReader, threshold: float) -> FakeReader:
        strict = FakeReader(*reader.words, confidence=reader.confidence)
        strict.threshold = threshold
        return strict

    monkeypatch.setattr(FakeReader, "with_threshold", with_threshold, raising=False)
    monkeypatch.setattr(FakeReader, "digest", "abc", raising=False)
    archive = ask({"bridge.txt": BODY}, "Monday", confidence=0.6)
    answered = archive.answer("When was the bridge opened?")
    assert (answered.answered, answered.error_rate, archive.error_rate()) == (
        True,
        None,
        (None, ""),
    )
    chosen = ErrorRate(0.05, 0.95, 0.7, 99, 60, 0, "2026-11-28", 1, "fake 1", "abc")
    keep_error_rate(open_store(tmp_path / "index"), chosen)
    refused = archive.answer("When was the bridge opened?")
    assert (refused.answered, refused.error_rate) == (False, 0.05)
    assert refused.alternatives[0].text == "Monday"
    monkeypatch.setattr(FakeReader, "digest", "def")
    again = archive.answer("When was the bridge opened?")
    assert (again.answered, again.error_rate) == (True, None)
    assert "reader abc and is not in force" in archive.error_rate()[1]


def test_questions_are_logged_if_that_is_wanted(
    ask: Callable[..., Archive], tmp_path: Path
) -> None:
    archive = ask({"bridge.txt": BODY}, "Monday")
    archive.log = QuestionLog(tmp_path / "q.jsonl")
    archive.answer("When was the bridge opened?")
    archive.answer("When was the bridge opened?", article="bridge.txt")
    whole, part = read_entries(archive.log.file)
    assert (whole["text"], whole["narrowed"], part["narrowed"]) == ("Monday", False, True)


def test_a_reader_that_finds_nothing_is_a_refusal(ask: Callable[..., Archive]) -> None:
    found = ask({"bridge.txt": BODY}, "zebra").answer("Which animal crossed the bridge?")
    assert not found.answered
    assert found.confidence == 0
    assert found.citations


def test_an_empty_archive_answers_nothing(ask: Callable[..., Archive]) -> None:
    archive = ask({}, "anything")
    assert len(archive) == 0
    found = archive.answer("Is there anything?")
    assert not found.answered
    assert found.citations == ()


def test_equal_sentences_share_a_citation_that_prefers_the_body(
    ask: Callable[..., Archive],
) -> None:
    teaser = f"Other news\n\nA dog barked.\n\nRelated articles\n\n{BODY.split(' It')[0]}"
    archive = ask({"a.txt": teaser, "b.txt": BODY}, "Monday")
    found = archive.answer("When did the mayor open the bridge?")
    (cited,) = found.citations
    (place,) = cited.also_in
    assert (cited.article_id, cited.kind) == ("b.txt", "body")
    assert (place.article_id, place.kind) == ("a.txt", "teaser")
    text = archive.article("a.txt").text
    assert text[place.start : place.end] == cited.text
    assert archive.article("b.txt").text[found.start : found.end] == "Monday"
    assert found.alternatives == ()


REPORT = "A storm cut power to 30,000 homes along the coast before it moved out to sea on Sunday."
REPRINT = "A storm cut power to 30,000 homes along the coast before it moved out to sea Sunday."


def test_a_report_and_its_reprint_share_a_citation(ask: Callable[..., Archive]) -> None:
    archive = ask(
        {"a.txt": f"Storm\n\n{REPORT} It rained.", "b.txt": f"Homes dark\n\n{REPRINT} Trees fell."},
        "30,000",
    )
    found = archive.answer("How many homes lost power in the storm?")
    assert found.alternatives == ()
    (cited,) = found.citations
    (place,) = cited.also_in
    assert {cited.article_id, place.article_id} == {"a.txt", "b.txt"}
    assert not place.verbatim
    other = archive.article(place.article_id).text[place.start : place.end]
    assert {cited.text, other} == {REPORT, REPRINT}
    assert found.sentence == cited.text
    text = archive.article(cited.article_id).text
    assert text[found.start : found.end] == found.text == "30,000"


def test_a_teaser_of_five_articles_is_cited_from_its_reprint_in_a_body(
    ask: Callable[..., Archive],
) -> None:
    pages = {
        f"{i}.txt": f"Other news {i}\n\nDog {i} barked.\n\nRelated articles\n\n{REPRINT}"
        for i in range(5)
    }
    archive = ask({**pages, "body.txt": f"Storm\n\n{REPORT} It rained."}, "30,000")
    (cited,) = archive.answer("How many homes lost power in the storm?").citations
    assert (cited.article_id, cited.kind, cited.text) == ("body.txt", "body", REPORT)
    assert sorted(place.article_id for place in cited.also_in) == sorted(pages)
    assert not any(place.verbatim for place in cited.also_in)
    for place in cited.also_in:  # offsets are of the article that holds the teaser
        assert archive.article(place.article_id).text[place.start : place.end] == REPRINT


def test_another_number_is_another_report(ask: Callable[..., Archive]) -> None:
    other = REPORT.replace("30,000", "45,000")
    found = ask({"a.txt": REPORT, "b.txt": other}, "30,000", "45,000").answer("How many homes?")
    assert [found.text, *(a.text for a in found.alternatives)] == ["30,000", "45,000"]
    assert all(not a.citations[0].also_in for a in (found, *found.alternatives))


def test_a_refusal_cites_a_report_and_its_reprint_together(ask: Callable[..., Archive]) -> None:
    found = ask({"a.txt": REPORT, "b.txt": REPRINT, "c.txt": BODY}, "zebra").answer("Which animal?")
    assert len(found.citations) == 2
    assert sum(len(cited.also_in) for cited in found.citations) == 1


def test_equal_passages_are_read_once(ask: Callable[..., Archive]) -> None:
    archive = ask({"a.txt": BODY, "b.txt": BODY}, "Monday")
    archive.answer("When did the mayor open the bridge?")
    texts = archive._reader.texts  # type: ignore[attr-defined]
    assert len(texts) == len(set(texts))


def test_the_citation_of_a_teaser_has_its_own_title(ask: Callable[..., Archive]) -> None:
    page = (
        "Other news\n\nA dog barked.\n\nRelated articles\n\nBridge opened\n\nIt opened on Monday."
    )
    (cited,) = ask({"a.txt": page}, "Monday").answer("When did it open?").citations
    assert (cited.title, cited.kind, cited.article_id) == ("Bridge opened", "teaser", "a.txt")


def test_alternatives_are_other_answers_best_first(ask: Callable[..., Archive]) -> None:
    found = ask({"bridge.txt": BODY}, "Monday", "3.5 million euros", "Cars").answer("What?")
    assert found.text == "Monday"
    assert [other.text for other in found.alternatives] == ["3.5 million euros", "Cars"]
    assert all(other.answered and other.citations for other in found.alternatives)


def test_a_span_over_two_sentences_is_cited_with_both(ask: Callable[..., Archive]) -> None:
    found = ask({"bridge.txt": BODY}, "on Monday. It cost").answer("What?")
    assert found.sentence == "The mayor opened the bridge on Monday. It cost 3.5 million euros."


def test_a_follow_up_is_completed_from_the_history(ask: Callable[..., Archive]) -> None:
    archive = ask({"a.txt": "Ann Lee met Bo in Rome on Monday."}, "Rome")
    first = archive.answer("Where did Ann Lee meet Bo?")
    assert first.understood is None
    then = archive.answer("And when?", [first])
    assert (then.question, then.understood) == ("And when?", "When did Ann Lee meet Bo?")
    assert {other.question for other in then.alternatives} <= {"And when?"}
    assert archive.answer("Who ate the cake in Ulm?", [first, then]).understood is None


def test_what_a_follow_up_names_must_occur_in_the_evidence(ask: Callable[..., Archive]) -> None:
    archive = ask({"a.txt": "Ann Lee met Bo in Rome on Monday."}, "Rome")
    first = archive.answer("Where did Ann Lee meet Bo?")
    found = archive.answer("What about Canada?", [first])
    assert not found.answered
    assert "Canada" in (found.understood or "")
    assert found.citations


def test_a_reader_that_is_named_is_loaded_once_for_the_first_answer(
    make: Callable[..., object],
    tmp_path: Path,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str | None] = []

    def load(name: str | None) -> FakeReader:
        loaded.append(name)
        return FakeReader("Monday")

    monkeypatch.setattr("qa.reader.reader.Reader.load", load)
    make({"bridge.txt": BODY})
    archive = Archive.open(tmp_path / "index", reader="fast", encoder=encoder)
    assert archive.search("When was the bridge opened?")
    assert loaded == []
    for _ in range(2):
        assert archive.answer("When was the bridge opened?").text == "Monday"
    assert loaded == ["fast"]


def test_a_timeline_has_the_latest_value_last(
    make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder
) -> None:
    lines = [
        {"id": str(day), "date": f"2025-03-0{day}", "text": f"The flood killed {dead} people."}
        for day, dead in ((4, 15), (1, 12), (2, 12))
    ]
    make({"news.jsonl": lines})
    reader = FakeReader("12", "15")
    archive = Archive.open(tmp_path / "index", reader=reader, encoder=encoder)  # type: ignore[arg-type]
    question = "How many people did the flood kill?"
    entries = archive.timeline(question)
    assert [(e.value, e.first.day, e.last.day) for e in entries] == [("12", 1, 2), ("15", 4, 4)]
    for entry in entries:
        for cited in entry.citations:
            assert archive.article(cited.article_id).text[cited.start : cited.end] == cited.text
    assert [e.value for e in archive.timeline(question, before="2025-03-02")] == ["12"]


def test_an_answer_comes_in_stages(ask: Callable[..., Archive]) -> None:
    first, last = ask({"bridge.txt": BODY}, "Monday").stages("When did it open?")
    assert (first.hits[0].article.id, first.answer) == ("bridge.txt", None)
    assert last.hits == first.hits
    assert last.answer is not None
    assert last.answer.text == "Monday"


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "empty"),
        ("  \n\u3000", "empty"),
        ("x" * 100_000, "100,000 characters"),
        ("who \ud800", "not text"),
    ],
)
def test_an_unusable_question_is_an_error_for_every_method(
    ask: Callable[..., Archive], question: str, message: str
) -> None:
    archive = ask({"bridge.txt": BODY}, "Monday")
    with pytest.raises(ArchiveError, match=message):
        archive.answer(question)
    with pytest.raises(ArchiveError, match=message):
        archive.search(question)


def test_search_explain_and_answer_take_the_same_filter(ask: Callable[..., Archive]) -> None:
    archive = ask({"2025-10-28.txt": BODY, "2025-10-30.txt": BODY, "undated.txt": BODY}, "Monday")
    question, late = "When did the mayor open the bridge?", {"after": "2025-10-29"}
    hits = archive.search(question, **late)  # type: ignore[arg-type]
    assert {hit.article.id for hit in hits} == {"2025-10-30.txt"}
    assert archive.explain(question, **late).hits == hits  # type: ignore[arg-type]
    (cited,) = archive.answer(question, **late).citations  # type: ignore[arg-type]
    assert (cited.article_id, cited.also_in) == ("2025-10-30.txt", ())
    for method in (archive.search, archive.explain, archive.answer):
        with pytest.raises(ArchiveError, match="'after' must be a day"):
            method(question, after="May")
        named = inspect.signature(method).parameters
        keywords = [name for name, p in named.items() if p.kind is p.KEYWORD_ONLY]
        assert keywords == ["after", "before", "language", "article", "archive", "names"]


def test_showing_an_answer_needs_no_second_look_into_the_archive(
    ask: Callable[..., Archive], make: Callable[..., object]
) -> None:
    """A citation keeps its paragraph, also if a build removes the article in the meantime."""
    (cited,) = ask({"bridge.txt": f"{BODY}\n\nEnd."}, "Monday").answer("When?").citations
    make({"bridge.txt": None, "other.txt": "Other news."})
    assert cited.context == Context("", " It cost 3.5 million euros.")


def test_opening_without_an_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"python -m index SEEDS --index .*nothing"):
        Archive.open(tmp_path / "nothing")


def test_opening_with_another_encoder_names_both(
    ask: Callable[..., Archive], tmp_path: Path
) -> None:
    ask({"bridge.txt": BODY})

    other = type("Other", (), {"name": "other", "revision": "2", "dimension": 8})()
    with pytest.raises(ArchiveError, match=r"'fake'.*'other'"):
        Archive.open(tmp_path / "index", encoder=other)


def test_a_new_build_is_seen_without_opening_again(
    ask: Callable[..., Archive], make: Callable[..., object]
) -> None:
    archive = ask({"bridge.txt": BODY}, "Monday", "Tuesday")
    assert archive.answer("When did the mayor open the bridge?").text == "Monday"
    make({"bridge.txt": BODY.replace("Monday", "Tuesday")})
    assert archive.answer("When did the mayor open the bridge?").text == "Tuesday"
    make({"bridge.txt": None, "other.txt": "Nothing of the kind happened."})
    assert not archive.answer("When did the mayor open the bridge?").answered


def test_several_threads_may_ask_at_once(ask: Callable[..., Archive]) -> None:
    archive = ask({f"{i}.txt": f"Town {i} has {i + 100} trees." for i in range(30)}, "trees")
    found: list[bool] = []

    def worker() -> None:
        found.extend(archive.answer(f"How many trees has town {i}?").answered for i in range(10))

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 80


def test_the_public_names_are_exported() -> None:
    answers = {"Answer", "AnswerGroup", "AnswerItem", "Citation", "Hit", "Location", "Place"}
    several = {"NotAsked"}
    names = {"Facets", "FacetValue", "TimeBar"}
    days = {"Change", "TimelineEntry", "Version"}
    audits = {"Claim", "DraftReport", "Evidence", "Verdict", "reference", "verify"}
    assert {"Archive", "answer", *answers, *days, *audits, *several, *names} == set(qa.__all__)
    assert callable(qa.answer)
