"""The log of earlier versions: published with a build or not at all, bounded, and read back."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from index.article import Article
from index.errors import StorageError
from index.passage import passages
from index.store.base.digest import of_text
from index.store.base.protocol import Snapshot, Version, Writer
from index.store.base.versions import MAX_LOGGED, MAX_TEXTS, version_of
from index.store.doors import begin_build, open_store
from tests.support.written import WrittenIndex, article

NOON = datetime.datetime(2026, 11, 3, 12, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 1)


def logged(
    text: str,
    hours: int = 0,
    day: datetime.date | None = DAY,
    later: str = "",
    line: bool = False,
    **fields: object,
) -> Version:
    """Return what a build logs so many hours after NOON, or what a line of this day states."""
    fields = {"date": day, "url": "https://x.example/1", "path": "a", "place": "a#1"} | fields
    now = NOON + datetime.timedelta(hours=hours)
    newer = article("a", later) if later else None
    return version_of(article("a", text, **fields), newer, now, line)


def publish(index: WrittenIndex, change: Callable[[Writer], None]) -> None:
    with begin_build(index.where) as writer:
        change(writer)
        index.embed(writer)
        writer.publish(index.settings)


@pytest.fixture
def snapshot(index: WrittenIndex) -> Iterator[Callable[[], Snapshot]]:
    opened = []

    def run() -> Snapshot:
        context = open_store(index.where).snapshot()
        opened.append(context)
        return context.__enter__()

    yield run
    for context in opened:
        context.__exit__(None, None, None)


def texts(found: list[Version]) -> list[str | None]:
    return [version.text for version in found]


def test_a_version_is_read_back_as_it_was_logged(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain 😀."))
    version = logged("Fog 😀\r\n.", title="T", later="Rain 😀.")
    assert (version.sentences, version.against) == (1, of_text("Rain 😀.").hex())
    publish(index, lambda writer: writer.log(version))
    now = snapshot()
    assert now.versions("a") == [version]
    earlier = now.versions("a")[0].article
    assert earlier == article(
        "a", "Fog 😀\r\n.", title="T", date=DAY, url="https://x.example/1", path="a", place="a#1"
    )
    assert now.version_with_text(of_text("Fog 😀\r\n.")) == version
    assert now.version_with_text(of_text("Rain 😀.")) is None
    assert (now.versions("b"), now.last_versions(["b"])) == ([], {})
    [(last, count)] = now.last_versions(["b", "a", "a"]).values()
    assert (last.digest, last.packed, count) == (version.digest, None, 1)
    assert list(now.all_versions()) == [version]
    assert now.count_versions() == (1, 1)
    assert [article.id for article in now.articles()] == ["a"]


def test_versions_that_builds_replaced_are_in_the_order_of_builds(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    """Whatever days they state, and whatever the clock says."""
    index.publish(article("a", "Rain."))
    later, sooner = (DAY + datetime.timedelta(days=n) for n in (9, -9))
    entries = [logged("0"), logged("1", 1, later), logged("2", 2), logged("3", 3, None),
               logged("4", -99, None), logged("5", 4, sooner), logged("6", 5)]  # fmt: skip
    for entry in entries:
        publish(index, lambda writer, entry=entry: writer.log(entry))  # type: ignore[misc]
    found = snapshot().versions("a")
    assert texts(found) == ["6", "5", "4", "3", "2", "1", "0"]
    assert [version.stated for version in found] == [DAY, *[sooner] * 6]
    assert snapshot().last_versions(["a"])["a"][1] == 7


def test_a_line_takes_the_place_of_its_day(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Fog. Rain. Ice. Hail."))
    days = [DAY + datetime.timedelta(days=n) for n in range(5)]
    publish(index, lambda writer: writer.log(logged("Fog.", day=days[0], line=True)))
    publish(index, lambda writer: writer.log(logged("Fog. Rain. Ice.", day=days[3], line=True)))
    publish(index, lambda writer: writer.log(logged("Fog. Rain.", day=days[2], line=True)))
    found = snapshot().versions("a")
    assert [(v.stated, v.line, v.text, v.sentences) for v in found] == [
        (days[3], True, "Fog. Rain. Ice.", 1),
        (days[2], True, "Fog. Rain.", 1),
        (days[0], True, "Fog.", 1),
    ]
    publish(index, lambda writer: writer.log(logged("Sun.", day=days[1], line=True)))
    assert [version.sentences for version in snapshot().versions("a")] == [1, 1, 2, 1]


def test_what_a_build_replaced_and_a_line_states_is_one_version(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."))
    line, other = (DAY + datetime.timedelta(days=n) for n in (2, 1))
    publish(index, lambda writer: writer.log(logged("Ice.", day=line)))
    publish(index, lambda writer: writer.log(logged("Snow.", day=None)))
    publish(index, lambda writer: writer.log(logged("Fog.", day=other)))
    assert [v.stated for v in snapshot().versions("a")] == [other] * 3
    publish(index, lambda writer: writer.log(logged("Ice.", 1, day=line, line=True)))
    found = snapshot().versions("a")
    assert [(v.text, v.stated, v.line) for v in found] == [
        ("Ice.", line, True), ("Fog.", other, False), ("Snow.", other, False),
    ]  # fmt: skip


def test_a_line_that_says_what_the_next_newer_text_says_is_no_version(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."))
    days = [DAY + datetime.timedelta(days=n) for n in range(4)]
    said = ["Fog.", "Fog.", "Ice.", "Rain."]

    def log(writer: Writer) -> None:
        for n in (3, 0, 2, 1):
            writer.log(logged(said[n], day=days[n], line=True))
        writer.settle_versions()

    publish(index, log)
    assert [(v.text, v.stated) for v in snapshot().versions("a")] == [
        ("Ice.", days[2]), ("Fog.", days[1]),
    ]  # fmt: skip
    with begin_build(index.where) as writer:
        log(writer)
        assert not writer.touched
        writer.keep()
    publish(index, lambda writer: writer.log(logged("Rain.", day=days[0], line=True)))
    assert texts(snapshot().versions("a")) == ["Ice.", "Fog.", "Rain."]


def test_the_newest_version_is_compared_with_the_article_as_it_is(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."))
    publish(index, lambda writer: writer.log(logged("Fog. Ice.", later="Rain.")))
    assert snapshot().versions("a")[0].sentences == 2
    index.publish(article("a", "Fog. Ice. Hail."))
    assert snapshot().versions("a")[0].sentences == 1
    publish(index, lambda writer: writer.remove("a"))
    publish(index, lambda writer: writer.log(logged("Snow.")))
    assert [version.sentences for version in snapshot().versions("a")] == [0, 2]


def test_what_the_build_ends_up_with_is_no_earlier_version(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."))

    def change(writer: Writer) -> None:
        writer.log(logged("Rain."))
        index.put(writer, article("a", "Fog."))
        writer.log(logged("Fog.", 1))
        index.put(writer, article("a", "Rain."))

    publish(index, change)
    assert texts(snapshot().versions("a")) == ["Fog."]

    def change_again(writer: Writer) -> None:
        writer.log(logged("Rain.", 2))
        index.put(writer, FOG)

    publish(index, change_again)
    assert texts(snapshot().versions("a")) == ["Rain.", "Fog."]  # it returned to an earlier text


FOG = article("a", "Fog.")


def test_the_last_version_is_the_newest_with_another_text(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."), article("b", "Rain."))

    def log(writer: Writer) -> None:
        for hours, text in enumerate(("Hail.", "Fog.")):
            writer.log(logged(text, hours))
        writer.log(version_of(article("c", "Snow."), None, NOON))

    publish(index, log)
    publish(index, lambda writer: index.put(writer, article("a", "Fog.")))  # it came back
    [(identity, (last, count)), other] = snapshot().last_versions(["a", "b", "c"]).items()
    assert (identity, last.digest, count) == ("a", of_text("Hail.").hex(), 1)
    assert (other[0], other[1][1]) == ("c", 1)
    publish(index, lambda writer: writer.remove("a"))
    assert snapshot().last_versions(["a"])["a"][1] == 2


def test_a_line_is_logged_once(index: WrittenIndex, snapshot: Callable[[], Snapshot]) -> None:
    index.publish(article("a", "Rain."))

    def log(writer: Writer) -> None:
        for hours in (0, 1):
            writer.log(logged("Fog.", hours, line=True))

    publish(index, log)
    publish(index, log)
    assert texts(snapshot().versions("a")) == ["Fog."]
    with begin_build(index.where) as writer:
        writer.log(logged("Fog.", line=True))
        writer.settle_versions()
        assert not writer.touched
        writer.log(logged("Fog."))
        writer.settle_versions()
        assert writer.touched
        writer.close()


def test_nothing_is_logged_by_a_build_that_does_not_publish(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."))
    with begin_build(index.where) as writer:
        writer.log(logged("Fog."))
        writer.close()
    assert snapshot().count_versions() == (0, 0)


def test_the_limit_drops_the_oldest_whatever_is_logged_last(
    index: WrittenIndex, snapshot: Callable[[], Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.base.history.order.MAX_LOGGED", 3)
    monkeypatch.setattr("index.store.base.history.order.MAX_TEXTS", 2)
    index.publish(article("a", "Rain."))

    def log(writer: Writer) -> None:
        for number in (1, 4, 5, 2, 0, 3):
            day = DAY + datetime.timedelta(days=number)
            writer.log(logged(str(number), day=day, line=True))
        writer.settle_versions()

    publish(index, log)
    assert texts(snapshot().versions("a")) == ["5", "4", None]
    with begin_build(index.where) as writer:
        log(writer)
        assert not writer.touched
        writer.keep()


def test_the_log_is_bounded_for_each_article(
    index: WrittenIndex, snapshot: Callable[[], Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    index.publish(article("a", "Rain."))

    def log(writer: Writer, first: int = 0) -> None:
        for number in range(first, first + MAX_TEXTS + 5):
            writer.log(logged(str(number), number))
        writer.log(version_of(article("b", "Snow."), None, NOON))

    publish(index, log)
    found = snapshot().versions("a")
    assert texts(found)[:2] == [str(MAX_TEXTS + 4), str(MAX_TEXTS + 3)]
    assert [bool(v.packed) for v in found] == [True] * MAX_TEXTS + [False] * 5
    publish(index, lambda writer: log(writer, 100))
    found = snapshot().versions("a")
    assert len(found) == 2 * MAX_TEXTS + 10
    assert sum(bool(v.packed) for v in found) == MAX_TEXTS
    assert texts(snapshot().versions("b")) == ["Snow.", "Snow."]
    assert len(found) < MAX_LOGGED


def test_an_emptied_log_is_empty(index: WrittenIndex, snapshot: Callable[[], Snapshot]) -> None:
    index.publish(article("a", "Rain."))
    publish(index, lambda writer: writer.log(logged("Fog.")))

    def change(writer: Writer) -> None:
        writer.drop_versions()
        assert writer.touched
        writer.log(logged("Snow.", line=True))
        writer.drop_versions()
        writer.log(logged("Hail.", line=True))

    publish(index, change)
    assert texts(snapshot().versions("a")) == ["Hail."]


def test_the_versions_of_one_article_are_forgotten(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."), article("b", "Hail."))
    other = version_of(article("b", "Snow."), None, NOON)
    publish(index, lambda writer: writer.log(logged("Fog.")))
    publish(index, lambda writer: writer.log(other))
    assert open_store(index.where).forget_versions(["a", "none"]) == 1
    now = snapshot()
    assert now.versions("a") == []
    assert texts(now.versions("b")) == ["Snow."]


def test_a_build_reads_its_articles_as_they_are_so_far(index: WrittenIndex) -> None:
    rain = article("a", "Rain.", date=DAY)
    index.publish(rain)
    with begin_build(index.where) as writer:
        found = writer.find("a")
        assert found is not None
        assert (found.date, found.text_digest, found.fresh) == (DAY, of_text("Rain."), False)
        assert found.source_digest == of_text("Rain.")
        assert writer.article("a") == rain
        source = of_text("Fog, cleaned.")
        index.put(writer, Article(**{n: getattr(FOG, n) for n in FIELDS}, source=source))
        found = writer.find("a")
        assert found is not None
        assert (found.date, found.source_digest, found.fresh) == (None, source, True)
        assert writer.article("a") == FOG
        assert writer.article("b") is None
        writer.close()


FIELDS = [name for name in Article.__slots__ if name != "source"]


def test_a_file_looks_as_it_was_read_whoever_read_it(index: WrittenIndex) -> None:
    index.publish(article("a", "Rain."))
    with begin_build(index.where) as writer:
        assert not writer.looks_as_read("a", "1")
        writer.set_read("a", "1", [], "reader")
        assert writer.looks_as_read("a", "1")
        assert not writer.looks_as_read("a", "2")
        writer.keep()


def test_articles_with_one_url_are_found(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    url = "https://x.example/" + 5_000 * "ä"  # longer than an index takes
    same = [article(name, f"{name}.", url=url) for name in "cab"]
    other = [article("d", "d.", url="https://x.example/"), article("e", "e.")]
    index.publish(*same, *other, article("f", "f."))
    assert snapshot().same_url(["a", "d", "e", "none", "c"], 9) == {
        "a": ["b", "c"],
        "c": ["a", "b"],
    }
    assert len(snapshot().same_url(["c"], 1)["c"]) == 1


def test_a_damaged_text_is_an_error_and_a_problem_and_is_repaired_away(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."))
    good = logged("Fog.")
    publish(index, lambda writer: writer.log(good))
    for packed in (b"no", logged("Other.").packed):
        bad = Version("a", good.digest, None, DAY, NOON, DAY, False, 1, None, packed)
        with pytest.raises(StorageError, match="an earlier version of 'a' is damaged"):
            _ = bad.article
        publish(index, lambda writer, bad=bad: writer.log(bad))  # type: ignore[misc]
    store = open_store(index.where)
    assert {problem.what for problem in store.problems()} == {"version"}
    assert len(store.problems()) == 2
    assert store.repair(index.encoder).remaining == []
    assert [bool(v.packed) for v in snapshot().versions("a")] == [False, False, True]


class NoDay:
    """What a damaged disk may say of a date."""

    def isoformat(self) -> str:
        return "2026-13-45"


def test_a_row_that_cannot_be_read_is_repaired_away(
    index: WrittenIndex, snapshot: Callable[[], Snapshot]
) -> None:
    index.publish(article("a", "Rain."))
    bad = replace(logged("Fog."), date=NoDay())  # type: ignore[arg-type]

    def log(writer: Writer) -> None:
        writer.log(bad)
        writer.log(logged("Snow."))

    publish(index, log)
    with pytest.raises(StorageError, match="an earlier version of 'a' is damaged"):
        snapshot().last_versions(["a"])
    store = open_store(index.where)
    assert [problem.what for problem in store.problems()] == ["version"]
    assert store.repair(index.encoder).remaining == []
    assert texts(snapshot().versions("a")) == ["Snow."]


def test_sentences_that_differ_are_counted() -> None:
    one = article("a", "It rained. Ships came. Fog. Fog.")
    assert version_of(one, article("a", "It rained. Boats came. Fog."), NOON).sentences == 2
    assert version_of(one, article("a", "Ships came. It rained. Fog. Fog."), NOON).sentences == 0
    assert version_of(one, None, NOON).sentences == 0
    assert list(passages(one, 128))
