"""One item of a list."""

from dataclasses import FrozenInstanceError

import pytest

from qa import AnswerItem
from tests.support.chats import SENTENCE, citation


def test_an_item_keeps_its_place_and_cannot_be_changed() -> None:
    item = AnswerItem("Ann Lee", 34, 41, (citation(SENTENCE),))
    assert item.text == "Ann Lee"
    with pytest.raises(FrozenInstanceError):
        item.text = "Bo"  # type: ignore[misc]
