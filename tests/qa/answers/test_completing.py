"""What is added to answers: the words that are missing, and the error rate in force."""

import datetime
from dataclasses import replace
from pathlib import Path

from index.store.base.digest import of_text
from index.store.base.error_rate import ErrorRate
from index.store.base.versions import version_of
from index.store.doors import begin_build, open_store
from qa.answers.answering import Answer, as_dict
from qa.answers.citing import Change
from qa.answers.completing import complete
from qa.answers.item import AnswerItem
from qa.answers.stages import Stage
from tests.support.chats import an_answer, answer
from tests.support.damage import execute
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

NOON = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
CHOSEN = ErrorRate(0.05, 0.95, 0.62, 200, 142, 2, "2026-11-28", 1, "fake 1", "abc")


def completed(tmp_path: Path, given: Answer, chosen: ErrorRate | None = None) -> Answer:
    index = WrittenIndex(str(tmp_path / "index"), FakeEncoder())
    index.publish(article("a", "The mayor opened the bridge on Monday."))
    first, last = complete([Stage([]), Stage([], given)], open_store(index.where), chosen)
    assert first == Stage([])
    assert last.answer is not None
    return last.answer


def test_a_refusal_names_missing_words_and_an_answer_none(tmp_path: Path) -> None:
    assert completed(tmp_path, an_answer(question="Did Zorro open it?")).missing == ()
    refused = replace(answer(None), question="Did Zorro open the bridge?")
    assert completed(tmp_path / "b", refused).missing == ("Zorro",)


def test_a_follow_up_is_looked_into_as_it_was_understood(tmp_path: Path) -> None:
    refused = replace(answer(None), question="And Tom?", understood="Did Zorro open the bridge?")
    assert completed(tmp_path, refused).missing == ("Zorro",)


def test_the_error_rate_in_force_is_named(tmp_path: Path) -> None:
    assert completed(tmp_path, an_answer()).error_rate is None
    assert completed(tmp_path / "b", an_answer(), CHOSEN).error_rate == 0.05


def test_citations_say_that_their_article_changed_and_where_else_it_is(tmp_path: Path) -> None:
    index = WrittenIndex(str(tmp_path / "index"), FakeEncoder())
    url = "https://news.example/1"
    old = article("a.txt", "It cost 3.5 euros. Fog.", url=url)
    new = article("a.txt", "It cost 3.5 million euros. Fog.", url=url)
    index.publish(old, article("b.txt", "Rain.", url=url))
    with begin_build(index.where) as writer:
        writer.log(version_of(old, new, NOON))
        index.put(writer, new)
        index.embed(writer)
        writer.publish(index.settings)
    alone = an_answer()
    item = AnswerItem("it", 0, 2, alone.citations)
    given = an_answer(alternatives=(alone,), items=(item,))
    *_, last = complete([Stage([], given)], open_store(index.where), None)
    assert last.answer is not None
    (alternative,), (listed,) = last.answer.alternatives, last.answer.items
    for (cited,) in (last.answer.citations, alternative.citations, listed.citations):
        assert cited.changed == Change(NOON.date(), 1, 1)
        assert cited.also_published == ("b.txt",)
    fields = as_dict(last.answer)["citations"][0]
    assert fields["changed"] == {"since": NOON.date(), "sentences": 1, "versions": 1}
    back = replace(given.citations[0], digest=of_text(old.text).hex())  # removed, and back
    *_, last = complete(
        [Stage([], replace(given, citations=(back,)))], open_store(index.where), None
    )
    assert last.answer is not None
    assert last.answer.citations[0].changed is None


def test_a_damaged_log_is_no_reason_to_give_no_answer(tmp_path: Path) -> None:
    index = WrittenIndex(str(tmp_path / "index"), FakeEncoder())
    index.publish(article("a.txt", "It cost 3.5 million euros."))
    with begin_build(index.where) as writer:
        writer.log(version_of(article("a.txt", "It cost 3.5 euros."), None, NOON))
        index.embed(writer)
        writer.publish(index.settings)
    execute(Path(index.where), "UPDATE version SET date = 'never'")
    *_, last = complete([Stage([], an_answer())], open_store(index.where), None)
    assert last.answer is not None
    assert last.answer.citations[0].changed is None
