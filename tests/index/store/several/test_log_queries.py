"""Earlier versions and shared URLs, over several archives."""

import datetime

import pytest

from index.store.base.digest import of_text
from index.store.base.versions import version_of
from index.store.doors import begin_build
from tests.support.fakes import FakeEncoder
from tests.support.several import Opened
from tests.support.written import WrittenIndex, article

from .conftest import Several

NOON = datetime.datetime(2026, 11, 3, 12, tzinfo=datetime.UTC)
URL = "https://news.example/1"


@pytest.fixture
def papers(several: Several) -> Opened:
    return several(
        news=[article("a", "One bridge.", url=URL), article("b", "Fog.")],
        old=[article("a", "One ferry.", url=URL), article("c", "Rain.", url=URL)],
    )


def test_versions_are_those_of_the_articles_archive(papers: Opened, encoder: FakeEncoder) -> None:
    with papers.store.snapshot() as snapshot:
        assert snapshot.versions("old:a") == []
        assert snapshot.count_versions() == (0, 0)
    old, new = article("a", "One ferry.", url=URL), article("a", "Two ferries.", url=URL)
    index = WrittenIndex(papers.places["old"], encoder)
    with begin_build(index.where) as writer:
        index.put(writer, new)
        writer.log(version_of(old, new, NOON))
        index.embed(writer)
        writer.publish(index.settings)
    with papers.store.snapshot() as snapshot:
        (version,) = snapshot.versions("old:a")
        assert (version.article_id, version.text) == ("old:a", "One ferry.")
        assert snapshot.versions("a") == [version]
        assert snapshot.versions("news:a") == snapshot.versions("b") == []
        assert snapshot.last_versions(["news:a", "old:a", "x:y"]).keys() == {"old:a"}
        assert snapshot.version_with_text(of_text("One ferry.")) == version
        assert snapshot.version_with_text(of_text("None.")) is None
        assert list(snapshot.all_versions()) == [version]
        assert snapshot.count_versions() == (1, 1)


def test_articles_with_one_url_are_found_in_every_archive(papers: Opened) -> None:
    with papers.store.snapshot() as snapshot:
        assert snapshot.with_url([URL], 9) == {URL: ["news:a", "old:a", "old:c"]}
        assert snapshot.same_url(["old:a", "news:b"], 9) == {"old:a": ["news:a", "old:c"]}
        assert snapshot.same_url(["old:a"], 1) == {"old:a": ["news:a"]}
