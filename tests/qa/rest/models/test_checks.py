"""Citations to verify, in both forms, and what became of them."""

import pytest
from pydantic import ValidationError

from qa.audit.verifying import Verdict
from qa.rest.models import checks as models
from qa.server.as_json import answer_json, verdict_json
from tests.support.chats import an_answer


def test_a_citation_of_an_answer_may_be_sent_whole() -> None:
    (written,) = answer_json(an_answer())["citations"]
    assert written["permalink"] is None  # the article's digest is not known
    assert models.Cited.model_validate(written).fields == {
        "article_id": "a.txt", "start": 0, "end": 26, "text": "It cost 3.5 million euros.",
    }  # fmt: skip
    linked = models.Cited.model_validate({**written, "permalink": "/#/a/x"})
    assert linked.fields == {"permalink": "/#/a/x"}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"permalink": None},
        {"permalink": 5},
        {"permalink": "x" * 14_001},
        {"article_id": "a", "start": 0, "end": 1},
        {"article_id": "a", "start": True, "end": 1, "text": "x"},
        {"article_id": "a", "start": -1, "end": 1, "text": "x"},
        {"article_id": "a", "start": 0, "end": 10**12, "text": "x"},
    ],
)
def test_what_cites_nothing_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        models.Cited.model_validate(values)


def test_a_verdict_is_whole() -> None:
    written = verdict_json(
        Verdict("citations[0]", "/#/a/x", "unreadable", why="it is no permalink")
    )
    assert models.Verdict.model_validate(written).model_dump(mode="json") == written
    assert not written["sound"]
