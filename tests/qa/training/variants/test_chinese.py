"""Traditional and simplified script."""

import pytest

from qa.training.variants.chinese import is_traditional, to_traditional


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("總統於東京簽署條約。", True),
        ("总统在东京签署条约。", False),
        ("总统在东京签署条约，国会随后批准，报纸没有报道。一门砲还在那里。", False),
        ("The president signed.", False),
    ],
)
def test_a_name_or_two_do_not_make_a_text_traditional(text: str, traditional: bool) -> None:
    assert is_traditional(text) is traditional


def test_words_are_converted() -> None:
    assert to_traditional("东部") == "東部"
