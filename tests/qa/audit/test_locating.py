"""What became of a cited text: found by its digest, its words, or the words nearest to it."""

import datetime
import random
from typing import Any

import pytest
from rapidfuzz import fuzz

from index.article import Article
from index.store.base.versions import version_of
from index.store.doors import begin_build, open_store
from qa.audit import locating
from qa.audit.locating import Evidence, locate
from qa.permalink import MAX_QUOTE, Permalink, link_to
from tests.support.written import WrittenIndex, article

TEXT = (
    "The ferry to Oban carried 312 people on Monday. It was late by an hour, the harbour master "
    "said.\n\nNobody was hurt. The company apologised to all passengers on Tuesday."
)
SENTENCE = "The ferry to Oban carried 312 people on Monday."
CHINESE = "渡轮星期一载了三百一十二人前往奥本。港务长说，船晚了一个小时。"


@pytest.fixture
def index(tmp_path: object) -> WrittenIndex:
    from tests.support.fakes import FakeEncoder

    return WrittenIndex(f"{tmp_path}/index", FakeEncoder())


def found(index: WrittenIndex, link: Permalink) -> Evidence:
    with open_store(index.where).snapshot() as snapshot:
        return locate(snapshot, link)


def link(text: str = TEXT, quote: str = SENTENCE) -> Permalink:
    start = text.index(quote)
    return link_to(article("a", text), start, start + len(quote))


def test_an_unchanged_article_has_the_text_at_its_place(index: WrittenIndex) -> None:
    index.publish(article("renamed", TEXT), article("b", "Fog came down on the harbour."))
    evidence = found(index, link())
    assert (evidence.status, evidence.text) == ("unchanged", SENTENCE)
    assert evidence.article is not None
    assert (evidence.article.id, evidence.start) == ("renamed", 0)
    assert found(index, Permalink(link().digest, 0, 9)).status == "unchanged"  # without a quote
    whole = link_to(article("a", TEXT))
    assert found(index, whole).status == "unchanged"


def test_a_sentence_of_a_changed_article_has_moved(index: WrittenIndex) -> None:
    index.publish(article("a", f"Corrected.\n\n{TEXT}"))
    evidence = found(index, link())
    assert (evidence.status, evidence.text, evidence.start) == ("moved", SENTENCE, 12)


def test_a_sentence_in_another_article_has_moved_there(index: WrittenIndex) -> None:
    index.publish(article("reprint", f"Oban. {SENTENCE} So it was."))
    evidence = found(index, link())
    assert evidence.article is not None
    assert (evidence.status, evidence.article.id, evidence.start) == ("moved", "reprint", 6)


@pytest.mark.parametrize(
    ("text", "quote", "now"),
    [
        (TEXT, SENTENCE, "The ferry to Oban carried 412 people on Monday."),
        (TEXT, SENTENCE, "The small ferry to Oban carried 312 people on Monday, and two dogs."),
        (CHINESE, "渡轮星期一载了三百一十二人前往奥本。", "渡轮星期一载了四百一十二人前往奥本。"),
    ],
)
def test_an_edited_sentence_is_found_whole(
    index: WrittenIndex, text: str, quote: str, now: str
) -> None:
    index.publish(
        article("a", text.replace(quote, now), language=None),
        article("b", "The company apologised for the fog on Monday, the harbour master said."),
    )
    evidence = found(index, link(text, quote))
    assert (evidence.status, evidence.text) == ("edited", now)


def test_a_long_citation_of_a_changed_article_counts_as_edited(index: WrittenIndex) -> None:
    rng = random.Random(1)
    words = " ".join(f"word{rng.randrange(500)}" for _ in range(400))
    index.publish(article("a", f"{words} More."))
    cited = link_to(article("a", words))
    assert len(cited.quote) == MAX_QUOTE
    evidence = found(index, cited)
    assert (evidence.status, evidence.text) == ("edited", cited.quote)


def test_a_text_that_nothing_resembles_is_gone_and_the_nearest_is_shown(
    index: WrittenIndex,
) -> None:
    near = "A ferry to Skye carried some goats to market."
    index.publish(article("b", f"Fog came. {near} Snow fell in Perth."))
    evidence = found(index, link())
    assert (evidence.status, evidence.text) == ("gone", near)
    index.publish(article("b", "Snow fell in Perth, and no ferry left Oban in the fog."))
    assert found(index, link(quote="It was late by an hour")).article is None
    assert found(index, Permalink("0" * 32, 0, 9)).status == "gone"  # nothing to look for


def test_a_forged_quote_is_held_against_the_article(index: WrittenIndex) -> None:
    index.publish(article("a", TEXT))
    true = link()
    forged = SENTENCE.replace("312", "912")
    evidence = found(index, Permalink(true.digest, true.start, true.end, forged))
    assert (evidence.status, evidence.text) == ("edited", SENTENCE)
    elsewhere = Permalink(true.digest, 3, 3 + len(SENTENCE), SENTENCE)
    assert (found(index, elsewhere).status, found(index, elsewhere).start) == ("moved", 0)
    beyond = Permalink(true.digest, 0, 10_000, SENTENCE)
    assert found(index, beyond).status == "edited"  # more is cited than there is
    longer = Permalink(true.digest, 0, len(SENTENCE) - 5, SENTENCE)
    assert found(index, longer).status == "edited"  # more is quoted than is cited
    shorter = Permalink(true.digest, 0, len(SENTENCE), SENTENCE[:10])
    assert found(index, shorter).status == "edited"  # the rest of the sentence is withheld


def test_the_cited_place_is_compared_where_keywords_find_nothing(index: WrittenIndex) -> None:
    index.publish(article("a", "Zebras are here."))
    cited = link_to(article("a", "Zebras are here."), 0, 16)
    evidence = found(index, Permalink(cited.digest, 0, 16, "Zebra s ar eher."))
    assert (evidence.status, evidence.text) == ("edited", "Zebras are here.")


def test_few_passages_are_compared_in_a_large_archive(
    index: WrittenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.publish(*(article(f"{n:03}", f"Report {n}. {SENTENCE}") for n in range(120)))
    compared: list[str] = []
    original = fuzz.partial_ratio_alignment

    def count(quote: str, text: str, **options: Any) -> object:
        compared.append(text)
        return original(quote, text, **options)

    monkeypatch.setattr(fuzz, "partial_ratio_alignment", count)
    evidence = found(
        index, link(quote=SENTENCE.replace("312", "911"), text=TEXT.replace("312", "911"))
    )
    assert (evidence.status, evidence.text) == ("edited", SENTENCE)
    assert 0 < len(compared) <= locating.MAX_PASSAGES


def test_an_index_without_digests_finds_articles_by_their_words(
    index: WrittenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.publish(article("a", TEXT))

    def unknown(snapshot: object, digest: bytes) -> Article | None:
        return None

    monkeypatch.setattr("index.store.sqlite.snapshot.SqliteSnapshot.article_with_text", unknown)
    assert found(index, link()).status == "unchanged"


def replaced(index: WrittenIndex, old: Article, *articles: Article, **options: Any) -> None:
    """Publish other articles, and log the one that they replace."""
    moment = datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC)
    with begin_build(index.where) as writer:
        for new in articles:
            index.put(writer, new)
        if not articles:
            writer.remove(old.id)
        writer.log(version_of(old, articles[0] if articles else None, moment))
        index.embed(writer)
        writer.publish(index.settings)


def test_the_log_knows_what_an_edited_article_said(index: WrittenIndex) -> None:
    old = article("a", TEXT)
    index.publish(old, article("b", "Fog came down on the harbour."))
    replaced(index, old, article("a", TEXT.replace("312", "412")))
    evidence = found(index, link())
    assert (evidence.status, evidence.text) == ("edited", SENTENCE.replace("312", "412"))
    assert evidence.version is not None
    assert (evidence.version.article_id, evidence.version.text) == ("a", TEXT)


def test_the_log_knows_all_of_a_long_citation(index: WrittenIndex) -> None:
    long = " ".join(f"On day {n} the ferry to Oban carried {n} people." for n in range(60))
    old = article("a", long)
    index.publish(old)
    replaced(index, old, article("a", f"Corrected. {long}"))
    evidence = found(index, link_to(old))
    assert len(long) > MAX_QUOTE
    assert (evidence.status, evidence.text) == ("moved", long)


def test_the_log_knows_what_a_removed_article_said(index: WrittenIndex) -> None:
    old = article("a", TEXT)
    index.publish(old, article("b", "Zebras crossed the square of Lugano."))
    replaced(index, old)
    evidence = found(index, link())
    assert (evidence.status, evidence.article) == ("gone", None)
    assert evidence.version is not None
    assert (evidence.link.quote, evidence.text) == (SENTENCE, "")  # what the link says itself
    forged = Permalink(link().digest, 0, 47, "The ferry to Oban carried nobody at all, nobody.")
    assert found(index, forged).version is None


@pytest.mark.parametrize("corrected", [[], [article("a", TEXT.replace("312", "412"))]])
def test_the_log_tells_nothing_to_a_link_without_a_quote(
    index: WrittenIndex, corrected: list[Article]
) -> None:
    old = article("a", TEXT)
    index.publish(old, article("b", "Zebras crossed the square of Lugano."))
    replaced(index, old, *corrected)
    bare = found(index, Permalink(link().digest, 0, len(SENTENCE)))
    assert (bare.status, bare.link.quote, bare.text, bare.version) == ("gone", "", "", None)
