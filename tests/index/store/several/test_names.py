"""What archives are called."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.store.several.names import joined, named, parted


def test_an_archive_is_called_as_its_folder_or_the_one_around_a_hidden_one() -> None:
    assert list(named(["/data/news", "/data/old/.index", "my archive"])) == [
        "news", "old", "my-archive",
    ]  # fmt: skip


def test_an_archive_in_a_database_is_called_as_its_address_says() -> None:
    places = ["postgresql://u:secret@host/papers", "postgresql://host/db?archive=wire"]
    assert list(named(places)) == ["papers", "wire"]
    assert list(named(["postgresql://["])) == ["database"]


def test_a_name_may_be_given(tmp_path: Path) -> None:
    assert named(["a=postgresql://host/db?archive=x"]) == {"a": "postgresql://host/db?archive=x"}
    (tmp_path / "b=c").mkdir()
    assert list(named([str(tmp_path / "b=c")])) == ["b-c"]
    assert named({"x": tmp_path}) == {"x": tmp_path}


@pytest.mark.parametrize(
    ("places", "message"),
    [
        (["/a/news", "/b/news"], "two archives are called 'news': name one"),
        ({"a:b": "x"}, "'a:b' cannot be the name"),
        ({"a" * 41: "x"}, "at most 40 letters"),
        ([], "0 archives cannot be asked"),
        ([f"/{n}" for n in range(33)], "33 archives cannot be asked: 1 to 32 can"),
    ],
)
def test_names_that_cannot_be_are_refused(places: list[str], message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        named(places)


def test_an_id_is_joined_to_its_archive_and_parted() -> None:
    assert parted(joined("news", "a:b.txt")) == ("news", "a:b.txt")
