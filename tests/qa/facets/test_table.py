"""Names of many articles: counted, filtered, found by any spelling."""

import datetime

import pytest

from index.errors import ArchiveError
from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa.facets.names.linking import Name
from qa.facets.table import MOST_ALSO, NameTable, ReadArticle, Wanted

ANN = Name("person", "ann lee", "Ann Lee")
HAN = Name("person", "ann lee", "李安")
LYON = Name("place", "lyon", "Lyon")
LYON_FC = Name("organisation", "lyon fc", "Lyon")


def read(id: str, *names: Name, date: str | None = None, language: str = "en") -> ReadArticle:
    return ReadArticle(id, "", date, language, list(names), [])


@pytest.fixture
def table() -> NameTable:
    return NameTable(
        [
            read("a", ANN, LYON, date="2025-10-28"),
            read("b", HAN, date="2025-10-29", language="zh-tw"),
            read("c", LYON_FC, ANN),
        ]
    )


def test_articles_are_counted_once_for_each_name(table: NameTable) -> None:
    facets = table.facets(NO_FILTER)
    [ann] = facets.people
    assert (ann.name, ann.articles, ann.also) == ("Ann Lee", 3, ("李安",))
    assert [value.name for value in facets.days] == ["2025-10-28", "2025-10-29"]
    assert (facets.articles, facets.undated, facets.read, facets.total) == (3, 1, 3, 3)
    assert [bar.articles for bar in facets.over_time] == [1, 1]


@pytest.mark.parametrize(
    ("only", "ids"),
    [
        (SearchFilter.of(names="Ann Lee"), "abc"),
        (SearchFilter.of(names="李安"), "abc"),
        (SearchFilter.of(names=" ann lee "), "abc"),
        (SearchFilter.of(names=("Ann Lee", "place:lyon")), "a"),
        (SearchFilter.of(names="Lyon"), "ac"),  # of either kind
        (SearchFilter.of(names="day:2025-10-29"), "b"),
        (SearchFilter.of(names="organisation:lyon fc"), "c"),
    ],
    ids=str,
)
def test_names_limit_the_articles(table: NameTable, only: SearchFilter, ids: str) -> None:
    assert table.ids(only.names) == frozenset(ids)
    assert table.facets(only).articles == len(ids)


def test_other_filters_limit_what_is_counted(table: NameTable) -> None:
    assert table.facets(SearchFilter.of(after="2025-10-29")).articles == 1
    assert table.facets(SearchFilter.of(before="2025-10-28")).articles == 1
    assert table.facets(SearchFilter.of(language="zh")).articles == 1
    assert table.facets(SearchFilter.of(article="c")).undated == 1
    assert table.facets(NO_FILTER, ["a", "a", "nowhere"]).articles == 1


def test_keys_are_spellings_where_they_are_certain(table: NameTable) -> None:
    facets = table.facets(NO_FILTER)
    assert facets.people[0].key == "Ann Lee"
    assert facets.places[0].key == "place:lyon"
    values = (*facets.people, *facets.places, *facets.organisations, *facets.days)
    assert all(table.ids((value.key,)) for value in values)


def test_what_was_chosen_is_not_offered_again(table: NameTable) -> None:
    facets = table.facets(SearchFilter.of(names="place:lyon"))
    assert facets.places == ()
    assert [value.name for value in facets.people] == ["Ann Lee"]


def test_lists_are_limited_and_searched(table: NameTable) -> None:
    assert table.facets(NO_FILTER, wanted=Wanted(most=1)).days[0].name == "2025-10-28"
    assert table.facets(NO_FILTER, wanted=Wanted(words="安")).people[0].name == "Ann Lee"
    assert table.facets(NO_FILTER, wanted=Wanted(words="nobody")).people == ()


@pytest.mark.parametrize("name", ["nobody", "person:nobody", ":", "person:", "\0<b>\ud800"])
def test_an_unknown_name_is_an_error(table: NameTable, name: str) -> None:
    with pytest.raises(ArchiveError, match="no article names") as error:
        table.ids((name,))
    assert "\0" not in str(error.value)
    with pytest.raises(ArchiveError):
        table.facets(SearchFilter.of(names=name))


def test_an_incomplete_table_says_so() -> None:
    table = NameTable([read("a", ANN)], total=1_000)
    assert (table.facets(NO_FILTER).read, table.facets(NO_FILTER).total) == (1, 1_000)
    with pytest.raises(ArchiveError, match="among the 1 of 1,000 whose names are read"):
        table.ids(("Lyon",))


def test_a_hundred_thousand_names_are_counted() -> None:
    names = [Name("person", f"p{n}", f"P{n} <b>") for n in range(100_000)]
    start = datetime.date(2000, 1, 1)
    table = NameTable(
        read(str(n), *names[n * 20 : n * 20 + 20], ANN, date=str(start + datetime.timedelta(n)))
        for n in range(5_000)
    )
    facets = table.facets(NO_FILTER, wanted=Wanted(words="p9999"))
    assert len(facets.people) == 10
    assert table.ids(("P77777 <b>",)) == {"3888"}
    assert table.facets(NO_FILTER).people[0].articles == 5_000


def test_spellings_are_limited() -> None:
    spellings = [Name("person", "ann lee", f"Ann Lee {n}") for n in range(20)]
    [value] = (
        NameTable(read(str(n), name) for n, name in enumerate(spellings)).facets(NO_FILTER).people
    )
    assert len(value.also) == MOST_ALSO
