"""The models say exactly what `standing_api` writes, and bound what is asked for."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from qa.rest.models import standing as models
from qa.server.endpoints.standing_api import MAX_ID, add_question, news_json, questions_json
from qa.standing.shared import SharedList
from tests.support.builds import Make
from tests.support.standing import FERRY, FILLERS, LATER, StandingArchive


def test_nothing_is_lost(make: Make, tmp_path: Path) -> None:
    archive = StandingArchive(make, tmp_path)
    visitors = SharedList(archive.book)
    for filters in ({}, {"language": "en"}):
        add_question(visitors, "How many people did the ferry to Oban carry?", filters)
    for files in ({**FILLERS, "ferry.txt": FERRY}, {"ferry.txt": LATER}):
        archive.build(files)
        archive.check()
    for model, written in (
        (models.StandingQuestions, questions_json(visitors)), (models.News, news_json(visitors)),
    ):  # fmt: skip
        assert model.model_validate(written).model_dump(mode="json") == written
    assert news_json(visitors)["entries"]


def test_numbers_are_bounded_and_no_program_can_be_named() -> None:
    for number in (-1, MAX_ID + 1):
        with pytest.raises(ValidationError):
            models.RemoveQuery(id=number)
        with pytest.raises(ValidationError):
            models.NewsQuery(since=number)
    for name in ("program", "feed", "run", "names"):
        with pytest.raises(ValidationError, match="Extra inputs"):
            models.StandingRequest.model_validate({"question": "Who?", name: "x"})
