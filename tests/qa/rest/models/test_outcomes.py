"""The model of problem documents fits those that are made."""

from qa.rest.models.outcomes import Problem as Model
from qa.server.problem import INVALID, Problem

SCOPE = {"type": "http", "path": "/api/v1/search", "headers": []}


def test_problem_documents_are_as_the_model_says() -> None:
    errors = [{"detail": "too large", "pointer": "#/k"}]
    for problem in (Problem(INVALID, "x"), Problem(INVALID, "x", errors)):
        document = problem.document(dict(SCOPE))
        assert Model.model_validate(document).model_dump(exclude_none=True) == document
