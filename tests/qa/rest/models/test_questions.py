"""Requests that ask: their limits, and earlier answers sent back."""

import pytest
from pydantic import ValidationError

from qa.rest.models.questions import (
    MAX_BATCH,
    MAX_DRAFT,
    MAX_HISTORY,
    AnswerRequest,
    BatchRequest,
    DraftRequest,
    EarlierAnswer,
    SearchRequest,
)
from qa.server.as_json import answer_json
from tests.support.chats import an_answer


def test_an_answer_may_be_sent_back_whole() -> None:
    given = an_answer(understood="What did the bridge cost?")
    earlier = EarlierAnswer.model_validate(answer_json(given)).to_answer()
    names = ("question", "understood", "answered", "text", "sentence")
    assert [getattr(earlier, n) for n in names] == [getattr(given, n) for n in names]


def test_a_refusal_may_be_sent_back() -> None:
    earlier = EarlierAnswer(question="Who?", text=None).to_answer()
    assert (earlier.answered, earlier.text) == (False, None)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (AnswerRequest, {"question": "Who?", "history": [{"question": "x"}] * (MAX_HISTORY + 1)}),
        (AnswerRequest, {"question": "Who?", "k": 51}),
        (AnswerRequest, {"question": "Who?", "k": -1}),
        (AnswerRequest, {"question": "Who?", "history": [{"question": " "}]}),
        (SearchRequest, {"question": "Who?", "k": 0}),
        (BatchRequest, {"questions": []}),
        (BatchRequest, {"questions": [{"question": "x"}] * (MAX_BATCH + 1)}),
        (DraftRequest, {"text": "x" * (MAX_DRAFT + 1)}),
        (DraftRequest, {"text": "x", "day": "today"}),
    ],
)
def test_limits_are_kept(kind: type[AnswerRequest], values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate(values)
