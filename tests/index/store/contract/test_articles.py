"""What a snapshot tells of articles: read back, listed, counted, in a defined order."""

import datetime

import pytest

from index.article import Anchor, Article, Location, Part
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from index.store.base.digest import of_text
from index.store.base.protocol import VectorIndex
from index.store.base.search_filter import SearchFilter
from index.store.doors import open_store
from tests.support.written import WrittenIndex, article, whole

DAY = datetime.date(2025, 3, 1)


@pytest.fixture
def listed(index: WrittenIndex) -> WrittenIndex:
    """Four articles whose titles, days, languages and places sort differently."""
    fields: dict[str, dict[str, object]] = {
        "b": {"title": "Bridges", "date": DAY, "language": "en", "place": "some.jsonl#1"},
        "a": {"title": "Äpfel", "language": "de", "place": "some.jsonl#2"},
        "c": {"title": "100% water_", "date": datetime.date(2025, 1, 1), "place": "some.jsonl#3"},
        "d": {"date": datetime.date(2024, 1, 1), "language": None, "place": "some.jsonl#4"},
    }
    long = "\n\n".join(["Zwei. " * 100] * 3)
    index.publish(
        *(
            article(name, long if name == "a" else "One.", path="some.jsonl", **about)
            for name, about in fields.items()
        )
    )
    return index


def page(index: WrittenIndex, request: PageRequest) -> ArticlePage:
    with open_store(index.where).snapshot() as snapshot:
        return snapshot.listing(request)


def ids(found: ArticlePage) -> str:
    return "".join(row.id for row in found.rows)


# articles and passages


def test_an_article_is_read_back_as_it_was_written(index: WrittenIndex) -> None:
    stored = Article(
        id="a b/%",
        title=" T\u00a0",
        text="Title\n\n x\r\n😀 ",
        date=DAY,
        language="zh-tw",
        path="folder/a.jsonl",
        url="https://example.org/?a=b&c",
        author="Ann 'A.' \"B\"",
        parts=(Part(0, 5, "title"), Part(7, 13, "teaser", "Own 😀")),
        place="folder/a.jsonl#1",
        anchors=(Anchor(0, Location(page=12)), Anchor(7, Location(seconds=65.25))),
    )
    bare = article("bare", "", title=None, language=None, parts=())
    index.publish(stored, bare)
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.article("a b/%") == stored
        assert snapshot.article("bare") == bare
        assert snapshot.article("nowhere") is None
        assert list(snapshot.articles()) == [stored, bare]


def test_an_article_is_found_by_its_text(index: WrittenIndex) -> None:
    text = "Ships 😀 came\r\nback."
    index.publish(article("b", text), article("a", text), article("c", "Fog."))
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.article_with_text(of_text(text)) == article("a", text)
        assert snapshot.article_with_text(of_text("Fog.")) == article("c", "Fog.")
        assert snapshot.article_with_text(of_text("Fog")) is None
    index.publish(article("c", "Rain."), remove=("a",))
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.article_with_text(of_text(text)) == article("b", text)
        assert snapshot.article_with_text(of_text("Fog.")) is None
        assert snapshot.article_with_text(of_text("Rain.")) == article("c", "Rain.")


def test_passages_are_read_back_as_they_were_written(index: WrittenIndex) -> None:
    text = "Ships\n\n😀 came back."
    passages = [
        Passage("a", 0, 5, "Ships", "title", "en", None),
        Passage("a", 7, 20, "😀 came back.", "teaser", None, "Own"),
    ]
    index.publish_passages((article("a", text), passages))
    with open_store(index.where).snapshot() as snapshot:
        found = snapshot.passages(range(1, 99))
        assert sorted(found.values(), key=lambda p: p.start) == passages
        assert list(snapshot.all_passages()) == passages


def test_passages_stand_where_their_article_says(index: WrittenIndex) -> None:
    anchors = (Anchor(7, Location(page=2)), Anchor(12, Location(3, 0.5)))
    at = {0: None, 7: Location(page=2), 10: Location(page=2), 12: Location(3, 0.5)}
    text = "Ships\n\n😀 came back."
    passages = [
        Passage("a", start, start + 1, text[start], "body", "en", None, location)
        for start, location in at.items()
    ]
    index.publish_passages((article("a", text, anchors=anchors), passages))
    with open_store(index.where).snapshot() as snapshot:
        assert sorted(snapshot.passages(range(1, 99)).values(), key=lambda p: p.start) == passages
        assert list(snapshot.all_passages()) == passages


def test_articles_are_in_order_of_the_code_points_of_their_ids(index: WrittenIndex) -> None:
    index.publish(
        *(article(name, f"On {name}.") for name in ("b", "ä", "B", "a/b", "a", "10", "9"))
    )
    with open_store(index.where).snapshot() as snapshot:
        order = ["10", "9", "B", "a", "a/b", "b", "ä"]
        assert [found.id for found in snapshot.articles()] == order
        assert [p.article_id for p in snapshot.all_passages()] == order
        assert [identity for _, identity in snapshot.titles(99)] == order


def test_passages_are_in_order_of_their_start(index: WrittenIndex) -> None:
    def part(start: int, end: int) -> Passage:
        return Passage("b", start, end, "abcdef"[start:end], "body", "en", None)

    index.publish_passages(
        (article("b", "abcdef"), [part(4, 6), part(0, 2), part(2, 4)]), whole(article("a", "Fog."))
    )
    with open_store(index.where).snapshot() as snapshot:
        assert [p.text for p in snapshot.all_passages()] == ["Fog.", "ab", "cd", "ef"]


def test_titles_are_the_first_by_id_with_places_for_missing_titles(listed: WrittenIndex) -> None:
    with open_store(listed.where).snapshot() as snapshot:
        assert snapshot.titles(2) == [("Äpfel", "a"), ("Bridges", "b")]
        assert snapshot.titles(99)[-1] == ("some.jsonl#4", "d")
        assert snapshot.titles(0) == []


# counts


def test_languages_are_those_of_passages_without_the_unknown(index: WrittenIndex) -> None:
    index.publish_passages(
        whole(article("a", "8.6%", language="zh"), "zh-tw"),
        whole(article("b", "Fog.", language="de"), "en"),
        whole(article("c", "Rain.")),
    )
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.languages() == ["en", "zh-tw"]
    index.publish(remove=("a",))
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.languages() == ["en"]


def test_articles_and_passages_are_counted(listed: WrittenIndex) -> None:
    with open_store(listed.where).snapshot() as snapshot:
        assert snapshot.count_articles() == 4
        assert snapshot.count_passages() == len(list(snapshot.all_passages())) > 4
        assert snapshot.count_undated() == 1


def test_counts_by_come_with_the_largest_first(index: WrittenIndex) -> None:
    body, title = ("body", "en"), ("title", None)
    index.publish_passages(
        *(
            (
                article(name, "One. Two.", path=path, language=language),
                [
                    Passage(name, 0, 4, "One.", *title, None),
                    Passage(name, 5, 9, "Two.", *body, None),
                ],
            )
            for name, path, language in (
                ("a", "x.jsonl", "zh"),
                ("b", "y.jsonl", "en"),
                ("c", "y.jsonl", "en"),
                ("d", "y.jsonl", None),
            )
        ),
        whole(article("e", "Three.", path="x.jsonl", language="en")),
    )
    with open_store(index.where).snapshot() as snapshot:
        assert list(snapshot.count_by("language").items()) == [("en", 3), ("", 1), ("zh", 1)]
        assert list(snapshot.count_by("path").items()) == [("y.jsonl", 3), ("x.jsonl", 2)]
        assert list(snapshot.count_by("kind").items()) == [("body", 5), ("title", 4)]


def test_a_small_archive_is_searched_exactly(listed: WrittenIndex) -> None:
    with open_store(listed.where).snapshot() as snapshot:
        assert snapshot.vector_index() == VectorIndex("exact", 1.0)


# the table of articles


def test_a_row_describes_its_article(listed: WrittenIndex) -> None:
    found = page(listed, PageRequest(words="bridge"))
    row = ArticleRow("b", "Bridges", "2025-03-01", "en", "some.jsonl#1", 1)
    assert found == ArticlePage((row,), 1)
    (bare,) = page(listed, PageRequest(words="2024")).rows
    assert (bare.title, bare.language) == (None, None)


@pytest.mark.parametrize(
    ("sort", "ascending", "descending"),
    [
        ("title", "cbad", "abcd"),
        ("date", "dcba", "bcda"),
        ("language", "abcd", "bcad"),
        ("path", "bacd", "dcab"),
        ("passages", "bcda", "abcd"),
    ],
)
def test_rows_sort_by_every_column_with_missing_values_last(
    listed: WrittenIndex, sort: str, ascending: str, descending: str
) -> None:
    """Equal values are in order of ids, both ways."""
    assert ids(page(listed, PageRequest(sort=sort))) == ascending
    assert ids(page(listed, PageRequest(sort=sort, descending=True))) == descending


def test_pages_hold_every_row_once(listed: WrittenIndex) -> None:
    pages = [page(listed, PageRequest(page=n, size=3, sort="path")) for n in range(3)]
    assert [ids(found) for found in pages] == ["bac", "d", ""]
    assert {found.total for found in pages} == {4}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("100%", "c"),
        ("%", "c"),
        ("_", "c"),
        ("BRIDGES", "b"),  # titles
        ("SOME.json", "cbad"),  # places
        ("2025-", "cb"),  # days
        ("\\", ""),
        ("'", ""),
        ("nowhere", ""),
    ],
)
def test_words_are_searched_for_literally(listed: WrittenIndex, words: str, found: str) -> None:
    listing = page(listed, PageRequest(words=words))
    assert (ids(listing), listing.total) == (found, len(found))


def test_the_total_counts_the_rows_of_all_pages(listed: WrittenIndex) -> None:
    found = page(listed, PageRequest(words="2025", size=1))
    assert (ids(found), found.total) == ("c", 2)


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (SearchFilter(among=frozenset("bd")), "bd"),
        (SearchFilter(among=frozenset()), ""),
        (SearchFilter(among=frozenset(("'; DROP", "a", "é%"))), "a"),
        (SearchFilter.of(after="2025-01-01"), "cb"),
        (SearchFilter.of(before="2025-01-01"), "cd"),
        (SearchFilter.of(language="de"), "a"),
        (SearchFilter(article="b", among=frozenset("ab")), "b"),
    ],
    ids=str,
)
def test_a_filter_limits_the_rows(listed: WrittenIndex, only: SearchFilter, found: str) -> None:
    listing = page(listed, PageRequest(only=only))
    assert (ids(listing), listing.total) == (found, len(found))


def test_rows_match_the_words_and_the_filter(listed: WrittenIndex) -> None:
    only = SearchFilter(among=frozenset("abd"))
    assert ids(page(listed, PageRequest(words="some", only=only, sort="passages"))) == "bda"
    assert ids(page(listed, PageRequest(words="2025", only=only))) == "b"


def test_a_filter_of_very_many_ids_is_taken(listed: WrittenIndex) -> None:
    only = SearchFilter(among=frozenset(["c", *map(str, range(100_000))]))
    assert ids(page(listed, PageRequest(only=only))) == "c"
