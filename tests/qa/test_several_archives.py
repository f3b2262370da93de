"""Several archives are asked together: the same answers as one archive, and which is which."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ArchiveError, PartFailedError
from index.store.base.article_page import PageRequest
from index.store.base.error_rate import ErrorRate, keep_error_rate
from index.store.doors import open_store
from qa import Answer, Archive, verify
from qa.batch.outcomes import Request
from tests.support.fakes import FakeEncoder, FakeReader
from tests.support.several import QUESTIONS, divided, made_up, write, write_whole
from tests.support.written import WrittenIndex, article

BRIDGE = "The bridge of Ulm cost 3 million euros, said Nina Solt."
FERRY = "The ferry to Bonn sank on Monday with a load of turnips."
Open = Callable[..., Archive]


@pytest.fixture
def open_archive(encoder: FakeEncoder) -> Open:
    def run(index: object, *words: str) -> Archive:
        return Archive.open(index, reader=FakeReader(*words), encoder=encoder)  # type: ignore[arg-type]

    return run


@pytest.fixture
def places(tmp_path: Path, encoder: FakeEncoder) -> dict[str, str]:
    """Two archives that share a report; one id is in both."""
    found = {name: str(tmp_path / name) for name in ("news", "old")}
    WrittenIndex(found["news"], encoder).publish(
        article("a", BRIDGE), article("n", "Rain fell in Bonn.")
    )
    WrittenIndex(found["old"], encoder).publish(
        article("a", FERRY), article("o", f"{BRIDGE} It replaced a wooden one.")
    )
    return found


def plain(answer: Answer) -> tuple[object, ...]:
    return (
        answer.text,
        answer.sentence,
        round(answer.confidence, 6),
        {cited.text for cited in answer.citations},
        sorted(len(cited.also_in) for cited in answer.citations),
        answer.missing,
    )


@pytest.mark.parametrize("seed", range(2))
def test_answers_are_those_of_one_archive_of_all(
    open_archive: Open, seed: int, tmp_path: Path, encoder: FakeEncoder
) -> None:
    chance = random.Random(seed)
    articles = made_up(chance, 30)
    many = {name: str(tmp_path / name) for name in ("a", "b", "c")}
    write(many, divided(chance, articles, many), encoder)
    whole = write_whole(tmp_path / "whole", articles, encoder)
    words = ("Nina Solt", "million euros", "灯塔")
    together, one = open_archive(many, *words), open_archive(whole, *words)
    for question in QUESTIONS[:6]:
        assert plain(together.answer(question)) == plain(one.answer(question)), question
    assert len(together) == len(one) == 30
    assert len(together.timeline(QUESTIONS[1])) == len(one.timeline(QUESTIONS[1]))


def test_a_citation_names_its_archive_and_the_other_places(
    open_archive: Open, places: dict[str, str]
) -> None:
    archive = open_archive(places, "3 million euros")
    answer = archive.answer("What did the bridge of Ulm cost?")
    (cited,) = answer.citations
    (place,) = cited.also_in
    assert {cited.archive, place.archive} == {"news", "old"}
    assert cited.article_id.startswith(f"{cited.archive}:")
    held = archive.article(cited.article_id)
    assert held.text[cited.start : cited.end] == cited.text
    assert archive.locate(str(cited.permalink)).status == "unchanged"
    assert answer.not_asked == ()


def test_one_of_several_is_asked_as_if_it_were_alone(
    open_archive: Open, places: dict[str, str]
) -> None:
    archive = open_archive(places, "3 million euros", "turnips")
    alone = open_archive(places["old"], "3 million euros", "turnips")
    question = "What did the bridge of Ulm cost?"
    mine, expected = archive.answer(question, archive="old"), alone.answer(question)
    assert plain(mine) == plain(expected)
    scores = [hit.score for hit in archive.search("ferry", archive="old")]
    assert scores == pytest.approx([hit.score for hit in alone.search("ferry")])
    assert {h.article.archive for h in archive.search("ferry", archive="old")} == {"old"}
    report = archive.check_draft('He said: "The ferry to Bonn sank"', archive="news")
    assert [claim.status for claim in report.claims if claim.kind == "quotation"] == ["not found"]
    with pytest.raises(ArchiveError, match="no archive 'x': there are news, old"):
        archive.answer(question, archive="x")
    with pytest.raises(ArchiveError, match="one archive, which needs no name"):
        alone.search(question, archive="old")


def test_articles_are_found_by_name_and_id(open_archive: Open, places: dict[str, str]) -> None:
    archive = open_archive(places)
    assert archive.archives == ("news", "old")
    assert archive.article("old:a").text == archive.article("a", archive="old").text == FERRY
    assert archive.article("o").id == "old:o"
    with pytest.raises(ArchiveError, match="name one, as in news:a or old:a"):
        archive.article("a")
    with pytest.raises(ArchiveError, match="no article with the id 'b'"):
        archive.article("b", archive="old")
    hits = archive.search("ferry", article="old:a")
    assert {hit.article.id for hit in hits} == {"old:a"}
    listing = archive.listing(PageRequest(archive="old"))
    assert {row.archive for row in listing.rows} == {"old"}
    with pytest.raises(ArchiveError, match="several archives"):
        _ = archive.place
    with pytest.raises(ArchiveError, match="open one archive alone"):
        archive.earlier()


def test_an_archive_that_is_gone_is_named_and_the_others_answer(
    open_archive: Open, places: dict[str, str], tmp_path: Path
) -> None:
    archive = open_archive(places, "turnips", "3 million euros")
    link = archive.permalink("old:a")
    shutil.move(places["old"], tmp_path / "away")
    answer = archive.answer("What did the bridge of Ulm cost?")
    assert answer.text == "3 million euros"
    ((name, why),) = [(missing.archive, missing.why) for missing in answer.not_asked]
    assert name == "old"
    assert "there is no index" in why
    assert [missing.archive for missing in archive.not_asked()] == ["old"]
    assert archive.not_asked("news") == ()
    assert archive.explain("ferry").not_asked == answer.not_asked
    assert archive.check_draft("Rain fell.").not_asked == answer.not_asked
    (many,) = archive.answer_many(["What did the bridge of Ulm cost?"])
    assert many.not_asked == answer.not_asked
    for needed in (lambda: archive.locate(link), lambda: archive.article("old:a")):
        with pytest.raises(PartFailedError, match="'old' cannot be asked"):
            needed()
    shutil.move(tmp_path / "away", places["old"])
    assert archive.answer("What sank?").not_asked == ()
    assert archive.locate(link).status == "unchanged"


def test_questions_of_a_batch_name_their_archive(
    open_archive: Open, places: dict[str, str]
) -> None:
    archive = open_archive(places, "turnips", "3 million euros")
    question = "What sank on Monday?"
    filters = [{"archive": "news"}, {}, {"archive": "old"}, {"archive": "x"}, {"article": "a"}]
    outcomes = list(archive.outcomes(Request(question, given) for given in filters))
    assert [o.text if isinstance(o, Answer) else str(o)[:21] for o in outcomes] == [
        "3 million euros", "turnips", "turnips", "there is no archive '", "2 archives have an ar",
    ]  # fmt: skip


def test_an_error_rate_holds_for_its_archive_alone(
    open_archive: Open, places: dict[str, str]
) -> None:
    archive = open_archive(places, "turnips")
    encoder = "fake 1"
    rate = ErrorRate(0.1, 0.95, 0.99, 100, 50, 1, "2026-11-28", 1, encoder, "fake")
    keep_error_rate(open_store(places["old"]), rate)
    reader = FakeReader("turnips")
    reader.digest = "fake"  # type: ignore[attr-defined]
    strict = replace_threshold(reader)
    archive._given_reader = strict  # type: ignore[assignment]
    assert archive.answer("What sank?").error_rate is None
    assert archive.answer("What sank?", archive="old").error_rate == 0.1
    assert archive.answer("What sank?", archive="news").error_rate is None


def replace_threshold(reader: FakeReader) -> FakeReader:
    reader.with_threshold = lambda threshold: reader  # type: ignore[attr-defined]
    return reader


def test_citations_are_verified_against_all_archives(
    open_archive: Open, places: dict[str, str], tmp_path: Path
) -> None:
    archive = open_archive(places)
    file = tmp_path / "cited.txt"
    file.write_text(f"{archive.permalink('old:a')}\n{archive.permalink('news:a')}\n")
    assert [v.status for v in verify(file, places)] == ["unchanged", "unchanged"]
    shutil.rmtree(places["old"])
    with pytest.raises(PartFailedError, match="'old' cannot be asked"):
        verify(file, places)


def test_one_place_cannot_be_two_archives(places: dict[str, str]) -> None:
    with pytest.raises(ArchiveError, match="'news' and 'again' are one archive"):
        Archive.open({"news": places["news"], "again": f"{places['news']}/."})


def test_a_list_of_one_is_one_archive(open_archive: Open, places: dict[str, str]) -> None:
    archive = open_archive([places["news"]])
    assert archive.archives == ()
    assert archive.article("a").id == "a"


def test_another_encoder_is_refused_with_the_command(
    open_archive: Open, places: dict[str, str], encoder: FakeEncoder
) -> None:
    index = WrittenIndex(places["old"], encoder)
    index.settings = replace(index.settings, encoder="other")
    index.publish(article("z", "Fog."))
    with pytest.raises(ArchiveError, match=r"built with the encoder 'other' .* --re-embed"):
        open_archive(places)
