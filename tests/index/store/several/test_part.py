"""One of several archives: its ids, and what becomes of its failures."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from index.errors import ArchiveError, PartFailedError, StorageError
from index.store.several.part import NotAsked, Part, require_all, warn_of


class Failing:
    """A snapshot that fails."""

    def article(self, identity: str) -> None:
        raise KeyError(identity)

    def choose(self, terms: list[str]) -> None:
        raise ArchiveError("no such day")

    def articles(self) -> Iterator[int]:
        yield 1
        raise StorageError("torn page")

    @property
    def settings(self) -> None:
        raise StorageError("settings are damaged")


def a_part(closed: list[bool]) -> Part:
    @contextmanager
    def context() -> Iterator[Any]:
        try:
            yield Failing()
        except KeyError as error:
            raise StorageError(f"disk of {error}") from error
        finally:
            closed.append(True)

    return Part("news", 1, 3, context())


def test_ids_of_three_archives_never_meet() -> None:
    part = a_part([])
    assert [part.outward(i) for i in (0, 1, 2)] == [1, 4, 7]
    assert [part.inward(i) for i in (1, 4, 5)] == [0, 1, None]
    assert [part.last_inward(i) for i in (0, 4, 6, 7)] == [0, 1, 1, 2]
    part.close()


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda s: s.article("x"), "the archive 'news' failed: disk of 'x'"),
        (lambda s: list(s.articles()), "the archive 'news' failed: torn page"),
        (lambda s: s.settings, "the archive 'news' failed: settings are damaged"),
    ],
)
def test_a_failure_closes_the_archive_and_names_it(read: Any, message: str) -> None:
    closed: list[bool] = []
    part = a_part(closed)
    with pytest.raises(PartFailedError, match=message) as raised:
        read(part.snapshot)
    assert raised.value.archive == "news"
    assert closed == [True]
    part.close()
    assert closed == [True]


def test_an_error_in_what_was_asked_is_not_the_archives() -> None:
    closed: list[bool] = []
    part = a_part(closed)
    with pytest.raises(ArchiveError, match="no such day") as raised:
        part.snapshot.choose([])
    assert not isinstance(raised.value, PartFailedError)
    part.close()
    assert closed == [True]


def test_what_must_not_be_done_by_halves_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    require_all([])
    with pytest.raises(PartFailedError, match="'old' cannot be asked: it burned"):
        require_all([NotAsked("old", "it burned")])
    warn_of([NotAsked("old", "it burned")])
    assert capsys.readouterr().err == "not asked: old (it burned)\n"
