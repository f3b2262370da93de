"""Many questions get the answers that each would get by itself."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ArchiveError, StorageError
from qa import Answer, Archive
from qa.batch import outcomes as module
from qa.batch.outcomes import CHUNK, Request
from tests.support.fakes import FakeEncoder, FakeReader

FILES = {
    "ferry.txt": "The ferry to Oban carried 312 people on Monday.",
    "bridge.txt": "The bridge at Kelso cost 312 million euros.",
    "2025-10-28.txt": "Rain fell on Perth.",
}
QUESTIONS = [f"{word} {n}?" for n in range(CHUNK) for word in ("ferry Oban", "bridge", "Perth")]


@pytest.fixture
def archive(make: Callable[..., object], tmp_path: Path, encoder: FakeEncoder) -> Archive:
    make(FILES)
    reader = FakeReader("312 people", "312 million")
    return Archive.open(tmp_path / "index", encoder=encoder, reader=reader)  # type: ignore[arg-type]


def timeless(answer: Answer) -> Answer:
    return replace(answer, seconds=0.0)


def test_answers_are_those_of_one_question_at_a_time(archive: Archive) -> None:
    many = list(archive.answer_many(QUESTIONS))
    assert [answer.question for answer in many] == QUESTIONS
    assert list(map(timeless, many)) == [timeless(archive.answer(q)) for q in QUESTIONS]
    assert all(answer.seconds > 0 for answer in many)


def test_filters_apply_to_all(archive: Archive) -> None:
    (found,) = archive.answer_many(["ferry Oban"], article="bridge.txt")
    assert {cited.article_id for cited in found.citations} == {"bridge.txt"}
    (found,) = archive.answer_many(["Perth"], after="2025-01-01")
    assert {cited.article_id for cited in found.citations} == {"2025-10-28.txt"}


def test_names_limit_each_question_to_articles_that_name_them(
    make: Callable[..., object], tmp_path: Path, archive: Archive
) -> None:
    make({"ann.txt": "Ann Lee took the ferry to Lyon.", "bob.txt": "Bob Stone took the ferry."})
    (found,) = archive.answer_many(["ferry"], names="Ann Lee")
    assert {cited.article_id for cited in found.citations} == {"ann.txt"}
    unknown, known = archive.outcomes(
        Request("ferry", {"names": [name]}) for name in ("Nobody", "Bob Stone")
    )
    assert "no article names 'Nobody'" in str(unknown)
    assert isinstance(known, Answer)
    assert {cited.article_id for cited in known.citations} == {"bob.txt"}


def test_what_is_wrong_with_a_question_stops_no_other(archive: Archive) -> None:
    requests = [
        Request(" "),
        Request("ferry", {"after": "tomorrow"}),
        Request("ferry", {"article": "none"}),
        Request("x" * 3000),
        Request(" ferry Oban "),
    ]
    *wrong, found = archive.outcomes(requests)
    assert [str(error).split(":")[0].split(" (")[0] for error in wrong] == [
        "the question is empty",
        "'after' must be a day like 2025-10-28, not 'tomorrow'",
        "the archive has no article with the id 'none'",
        "the question has 3,000 characters, more than the limit of 2,000",
    ]
    assert isinstance(found, Answer)
    assert found.text == "312 people"
    assert list(archive.outcomes([])) == []
    assert len(list(archive.outcomes(requests[:2]))) == 2
    with pytest.raises(ArchiveError, match="is empty"):
        list(archive.answer_many(["ferry", ""]))


def test_a_broken_index_stops_all(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise StorageError("the disk failed")

    monkeypatch.setattr(module, "retrieve", broken)
    with pytest.raises(StorageError):
        list(archive.outcomes([Request("ferry")]))


def test_questions_are_taken_as_they_are_needed(archive: Archive, encoder: FakeEncoder) -> None:
    taken = []

    def endless() -> object:
        while True:
            taken.append("ferry Oban")
            yield taken[-1]

    answers = archive.answer_many(endless())  # type: ignore[arg-type]
    assert next(answers).answered
    assert len(taken) == CHUNK


def test_the_encoder_sees_a_chunk_at_a_time(
    archive: Archive, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    original = FakeEncoder.queries

    def queries(self: FakeEncoder, texts: list[str]) -> object:
        sizes.append(len(texts))
        return original(self, texts)

    monkeypatch.setattr(FakeEncoder, "queries", queries)
    list(archive.answer_many(QUESTIONS[: CHUNK + 3]))
    assert sizes == [CHUNK, 3]
