"""Why something was not fetched is an error with a message for people."""

import pytest

from index.errors import ArchiveError, StorageError
from index.fetch import failures


@pytest.mark.parametrize("kind", failures.NotFetchedError.__subclasses__())
def test_each_is_an_error_of_the_archive(kind: type[Exception]) -> None:
    assert issubclass(kind, ArchiveError)
    assert str(kind("took too long")) == "took too long"


def test_the_end_of_a_run_is_no_failure() -> None:
    assert not issubclass(failures.Stopped, ArchiveError)


def test_what_is_unforeseen_costs_one_page() -> None:
    with (
        pytest.raises(failures.UnavailableError, match=r"not be handled \(KeyError: 'a'\)"),
        failures.parsing_untrusted(),
    ):
        raise KeyError("a")
    for error in (StorageError("full"), failures.Stopped(), failures.UnfitError("is empty")):
        with pytest.raises(type(error)), failures.parsing_untrusted():
            raise error
