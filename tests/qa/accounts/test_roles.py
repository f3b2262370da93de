"""Roles, in order, by their names."""

import pytest

from index.errors import ArchiveError
from qa.accounts.roles import Role


def test_each_role_may_do_more_than_the_one_before() -> None:
    assert Role.ASK < Role.ADD < Role.ADMIN
    assert [Role.of(role.word) for role in Role] == [*Role]


@pytest.mark.parametrize("name", ["", "ADMIN", "root", "admin ", "x" * 1000])
def test_other_names_are_no_roles(name: str) -> None:
    with pytest.raises(ArchiveError, match="choose ask, add or admin"):
        Role.of(name)
