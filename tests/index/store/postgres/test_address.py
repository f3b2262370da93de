"""Addresses: what is ours, what is libpq's, and a password that is never shown."""

import pytest

from index.errors import ArchiveError
from index.store.postgres.address import Address


def test_the_archive_is_ours_and_the_rest_is_for_libpq() -> None:
    address = Address.parse("postgresql://anna@host:5433/db?archive=news&sslmode=require")
    assert address.archive == "news"
    assert address.conninfo == "postgresql://anna@host:5433/db?sslmode=require"
    assert address.shown == address.given
    assert not address.has_secret


def test_without_a_name_the_archive_has_a_name_of_its_own() -> None:
    address = Address.parse("postgresql:///db")
    assert (address.archive, address.conninfo) == ("archive_qa", "postgresql:///db")


@pytest.mark.parametrize(
    "name", ["", "A", "1a", "a-b", "ä", "a" * 64, "a b", 'a";--', "pg_own", "../a"]
)
def test_an_archive_has_a_plain_name(name: str) -> None:
    with pytest.raises(ArchiveError, match="cannot be the name of an archive"):
        Address.parse(f"postgresql://host/db?archive={name}")


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("postgresql://anna:sesame@host/db", "postgresql://anna@host/db"),
        ("postgresql://anna:ses%40me@host/db?archive=b", "postgresql://anna@host/db?archive=b"),
        ("postgresql://host/db?user=anna&password=sesame", "postgresql://host/db?user=anna"),
        ("postgresql://host/db?p%61ssword=sesame", "postgresql://host/db"),
        ("postgresql://host/db?sslpassword=sesame&a%72chive=c", "postgresql://host/db?a%72chive=c"),
        ("postgresql://:sesame@[::1]:5432/db", "postgresql://@[::1]:5432/db"),
    ],
)
def test_a_password_is_not_shown(where: str, shown: str) -> None:
    address = Address.parse(where)
    assert address.shown == shown
    assert address.has_secret
    assert "ses" not in repr(address)
    assert "ses" in address.conninfo
    assert "chive" not in address.conninfo


@pytest.mark.parametrize(
    "where",
    [
        "postgresql://anna:ses@ame@host/db",
        "postgresql://anna:ses/ame@host/db",
        "postgresql://anna:ses#ame@host/db",
        "postgresql://anna:ses?ame@host/db",
        "postgresql://anna:ses%ame@host/db",
        "postgresql://host/db?nonsense=sesame",
        "postgresql://host:sesame/db",
        "postgresql://[host/db",
    ],
)
def test_what_cannot_be_read_is_not_repeated(where: str) -> None:
    with pytest.raises(ArchiveError, match="address of the index") as caught:
        Address.parse(where)
    assert "@ : / ? # & % of a password as %40" in str(caught.value)
    assert "ses" not in str(caught.value)
    assert "ame" not in str(caught.value).replace("name", "")
    assert caught.value.__cause__ is None


def test_hosts_are_those_of_the_address() -> None:
    hosts = Address.parse("postgresql://a.example,[::1]:5433/db?hostaddr=10.0.0.1").hosts()
    assert hosts == ("a.example", "::1", "10.0.0.1")
    assert Address.parse("postgresql://%2Frun%2Fpostgresql/db").hosts() == ()
    assert Address.parse("postgresql:///db?service=news").hosts() == ()
