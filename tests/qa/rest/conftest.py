"""The REST interface of a small archive, and requests to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa.standing.book import Book
from qa.standing.shared import SharedList
from tests.support.serving import served

Post = Callable[..., Any]  # a response


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the whole server: guard, page and REST."""
    folder = tmp_path_factory.mktemp("rest")
    standing = SharedList(Book(folder / "data" / "standing.sqlite"))
    with served(folder, standing=standing) as client:
        yield client


@pytest.fixture
def post(chat: TestClient) -> Post:
    """Post values as JSON to an operation."""

    def run(name: str, **values: Any) -> Any:
        return chat.post(f"/api/v1/{name}", json=values)

    return run
