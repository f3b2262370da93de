"""Short names of an article, and those that stay apart."""

from qa.facets.names.linking import Name, names_of
from qa.facets.names.mention import Kind, Mention


def mention(label: str, kind: Kind = "person", key: str = "") -> Mention:
    return Mention(0, len(label), kind, key or label.casefold(), label)


def test_a_surname_means_the_only_one_who_has_it() -> None:
    assert names_of([mention("Putin"), mention("Vladimir Putin")]) == [
        Name("person", "vladimir putin", "Vladimir Putin")
    ]
    found = names_of([mention("高市"), mention("高市早苗", key="sanae takaichi")])
    assert [name.key for name in found] == ["sanae takaichi"]


def test_a_surname_of_two_people_is_neither() -> None:
    labels = ["Ann Lee", "Bob Lee", "Lee"]
    assert [name.label for name in names_of(map(mention, labels))] == labels


def test_a_place_is_never_a_person() -> None:
    found = names_of([mention("Jordan", "place"), mention("Peter Jordan")])
    assert [(name.kind, name.label) for name in found] == [
        ("place", "Jordan"), ("person", "Peter Jordan"),
    ]  # fmt: skip


def test_a_key_of_two_kinds_has_the_commoner_one() -> None:
    kinds: list[Kind] = ["person", "place", "place"]
    [found] = names_of([mention("Lincoln", kind) for kind in kinds])
    assert found.kind == "place"


def test_what_is_too_long_is_no_name() -> None:
    assert names_of([mention("A" * 81)]) == []
