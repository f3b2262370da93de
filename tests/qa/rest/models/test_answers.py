"""The models say exactly what `as_json` writes: no field is lost or missing."""

import datetime
from dataclasses import replace

from qa.answers.answering import AnswerGroup, TimelineEntry
from qa.answers.citing import Change
from qa.answers.item import AnswerItem
from qa.rest.models import answers as models
from qa.server.as_json import answer_json, hit_json
from tests.support.chats import PAGE_12, an_answer
from tests.support.hits import make_hit

DAY = datetime.date(2025, 1, 2)


def test_an_answer_is_whole() -> None:
    plain = an_answer()
    cited = replace(
        plain.citations[0], date=DAY, location=PAGE_12, digest="0" * 32,
        changed=Change(DAY, 2, 1), also_published=("c.txt",),
    )  # fmt: skip
    full = replace(
        plain,
        citations=(cited,),
        alternatives=(an_answer(),),
        groups=(AnswerGroup("3.5", (DAY,), (cited,)),),
        items=(AnswerItem("3.5", 8, 11, (cited,)),),
        missing=("x",),
    )
    for answer in (plain, full, an_answer(answered=False, text=None, sentence=None)):
        written = answer_json(answer)
        read = models.Answer.model_validate(written)
        assert read.model_dump(mode="json") == written


def test_an_entry_of_a_timeline_is_whole() -> None:
    entry = TimelineEntry("3.5", DAY, DAY, an_answer().citations, 3.5)
    written = answer_json(entry)
    assert models.TimelineEntry.model_validate(written).model_dump(mode="json") == written


def test_a_passage_is_whole() -> None:
    written = hit_json(make_hit("It rained."))
    read = models.Hit.model_validate(written).model_dump(mode="json")
    assert read == {**written, "archive": ""}
