"""Each error becomes the problem document that fits it."""

import pytest

from index.errors import ArchiveError, NoIndexError, StorageError, UnknownArticleError
from qa.rest.failures import MAX_ERRORS, of_values, problem_of
from qa.server.problem import BUSY, Problem
from qa.server.request_queue import BusyError, OverdueError
from qa.standing.book import FullError

SCOPE = {"type": "http", "method": "POST", "path": "/api/v1/x", "headers": []}


def readable() -> None:
    """The index can be read."""


def unreadable() -> None:
    raise ArchiveError("/secret is of another encoder")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BusyError("full"), 429),
        (OverdueError("late"), 503),
        (UnknownArticleError("no article 'x'"), 404),
        (StorageError("/secret is full"), 503),
        (NoIndexError("no index in /secret"), 503),
        (ArchiveError("the draft is too long"), 422),
        (FullError("there are 1,000 questions"), 409),
        (KeyError("/secret"), 500),
        (Problem(BUSY, "full"), 429),
    ],
)
def test_an_error_has_its_status_and_keeps_our_secrets(error: Exception, status: int) -> None:
    problem = problem_of(error, SCOPE, readable)
    assert problem.kind.status == status
    assert "secret" not in str(problem.document(SCOPE))
    assert ("retry-after" in problem.headers) == (status in (429, 503)) or isinstance(
        error, Problem
    )


def test_an_error_while_the_index_cannot_be_read_is_ours() -> None:
    problem = problem_of(ArchiveError("/secret"), SCOPE, unreadable)
    assert (problem.kind.status, problem.detail) == (503, "the index cannot be read now")


def test_an_unknown_article_is_named_where_it_was_given() -> None:
    error = UnknownArticleError("no article 'x'")
    assert problem_of(error, SCOPE, readable).errors[0]["pointer"] == "#/article"
    got = problem_of(error, {**SCOPE, "method": "GET"}, readable)
    assert got.errors[0]["parameter"] == "id"


def test_the_values_at_fault_are_named() -> None:
    problem = of_values(
        [
            {
                "loc": ("body", "questions", 3, "a/b~c"),
                "msg": "Value error, it is \ud800",
                "type": "value_error",
            },
            {"loc": ("query", "size"), "msg": "too large", "type": "less_than_equal"},
            {"loc": ("body",), "msg": "Field required", "type": "missing"},
            {"loc": ("body", "history", 0), "msg": "a dict", "type": "model_attributes_type"},
        ]
    )
    assert problem.detail == "'#/questions/3/a~1b~0c': it is \ufffd (and 3 more)"
    assert problem.errors == [
        {"detail": "it is \ufffd", "pointer": "#/questions/3/a~1b~0c"},
        {"detail": "too large", "parameter": "size"},
        {"detail": "it is required", "pointer": "#"},
        {"detail": "it must be an object", "pointer": "#/history/0"},
    ]


def test_a_document_does_not_grow_with_its_request() -> None:
    wrong = [
        {"loc": ("body", "x" * 10_000 + str(n)), "msg": "no", "type": "x"} for n in range(1000)
    ]
    problem = of_values(wrong)
    assert len(problem.errors) == MAX_ERRORS
    assert len(str(problem.errors)) < 10_000
