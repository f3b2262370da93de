"""What the panel says of earlier versions: plain words, bounded, and nothing of them is markup."""

import datetime
from dataclasses import replace

import pytest

from index.article import Article
from index.store.base.protocol import Version
from index.store.base.versions import version_of
from qa.chat.panel.evidence import article_html, cited_article_html
from qa.chat.panel.history import MAX_SHOWN, history_of
from qa.chat.turn import respond
from tests.support.chats import SENTENCE, FakeArchive, answer, citation
from tests.support.hostile import HOSTILE, ParsedHtml
from tests.support.written import article

NOON = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 3)
NOW = article("a.txt", "It cost 4 euros. Fog came.", date=DAY)


def earlier(text: str, later: Article | None = NOW, day: datetime.date | None = DAY) -> Version:
    return version_of(article("a.txt", text, date=day), later, NOON)


def test_the_day_is_the_articles_own_or_that_of_the_build() -> None:
    for day, since in ((datetime.date(2026, 11, 1), "2026-11-01"), (DAY, "2026-11-28")):
        history = history_of([earlier("It cost 3 euros. Fog came.", day=day)], NOW, "en")
        assert history is not None
        assert history.summary == f"Changed since {since}: 1 sentence differs"
        (version,) = history.versions
        assert version.about == f"The version of {day}, replaced on 2026-11-28: 1 sentence differs"
        assert [p.text for p in version.pieces if p.kind != "same"] == ["3", "4"]
    history = history_of([earlier("Rain. Hail. Fog came.", day=None)], NOW, "zh")
    assert history is not None
    assert history.summary == "2026-11-28 之后有改动：2 句不同"


def test_a_version_that_a_line_states_was_replaced_by_no_build() -> None:
    line = version_of(
        article("a.txt", "It cost 3 euros. Fog came.", date=DAY), NOW, NOON, line=True
    )
    for language, about in (("en", "The version of 2026-11-03: 1 sentence differs"),
                            ("zh", "2026-11-03 的版本：1 句不同")):  # fmt: skip
        history = history_of([line], NOW, language)
        assert history is not None
        assert history.versions[0].about == about


def test_without_another_text_there_is_no_history() -> None:
    assert history_of([], NOW, "en") is None
    assert history_of([earlier(NOW.text, None)], NOW, "en") is None  # removed, and back


def test_few_versions_are_shown_and_each_is_compared_with_the_next() -> None:
    texts = [f"It cost {n} euros. Fog came." for n in range(9)]
    versions = [earlier(text) for text in reversed(texts)]
    versions[1] = replace(versions[1], packed=None)
    history = history_of(versions, NOW, "en")
    assert history is not None
    assert len(history.versions) == MAX_SHOWN
    assert history.more == "Earlier versions that are not shown: 4."
    problems = [version.problem[:22] for version in history.versions]
    assert problems == ["", "The text of this versi", "This version cannot be", "", ""]


def test_a_damaged_or_very_long_version_costs_only_its_difference() -> None:
    good = earlier("Rain.")
    bad = replace(good, packed=b"no")
    history = history_of([bad, earlier("x" * 300_000)], NOW, "en")
    assert history is not None
    assert all(version.problem and not version.pieces for version in history.versions)


def test_the_panel_of_a_cited_article_has_its_history() -> None:
    archive = FakeArchive(answer("Ann Lee", citation(SENTENCE)))
    current = archive.article("a.txt")
    replies = [respond(archive, "Who opened the bridge?")]
    assert "qa-versions" not in cited_article_html(archive, replies, "0-1")
    old = article("a.txt", current.text.replace("Monday", "Sunday"), date=current.date)
    archive.logged["a.txt"] = [version_of(old, current, NOON)]
    html = cited_article_html(archive, replies, "0-1")
    assert "<del>Sunday</del><ins>Monday</ins>" in html
    assert "Changed since 2026-11-28: 1 sentence differs" in ParsedHtml(html).text


@pytest.mark.parametrize("text", HOSTILE)
def test_earlier_texts_are_never_markup(text: str) -> None:
    html = article_html(NOW, [earlier(text or "?", day=None)], "en")
    parsed = ParsedHtml(html)
    assert not {"img", "script", "a", "b", "svg", "iframe"} & set(parsed.tags)
