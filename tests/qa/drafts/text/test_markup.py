"""What is no prose is blanked; the length stays."""

import pytest

from qa.drafts.text.markup import prose
from tests.support.quick import quick


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("# 14 dead\nA fire.", "A fire."),
        ("Title 1\n=======\nA fire.", "A fire."),
        ("See [14 dead](http://a.example/15_(x)) now", "See 14 dead now"),
        ("![3 dogs](a.png) ran", "3 dogs ran"),
        ("1. first\n- second", "first second"),
        ("It cost 3 euros.[1] More[^2].", "It cost 3 euros. More ."),
        ("```\nx = 3\n```\nDone", "Done"),
        ("`x = 3` and <b>4</b> **men** at https://a.example/5 or a5@b.example", "and 4 men at or"),
        ("a\0b\ufeffc", "a b c"),
    ],
)
def test_only_prose_is_left(text: str, left: str) -> None:
    assert len(prose(text)) == len(text)
    assert " ".join(prose(text).split()) == left


@pytest.mark.parametrize(
    "piece", ["[", "](", "<a ", "`", "```\n", "a@", "www.a", "# ", "a\n==\n", "__", "<"]
)
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    with quick():
        prose(piece * (100_000 // len(piece)))
