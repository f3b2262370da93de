"""Quotations: word for word, nearly, edited, or never said."""

import pytest

from qa.drafts.quoting import may_be_edited, quoted_in
from tests.support.drafts import hits

TEXT = (
    "It rained. “We have rained – thirty years … for it on the roads,” she said. "
    "“我们宁可十次空转，也不能有一次疏忽。”她说。"
)


@pytest.mark.parametrize(
    ("quotation", "match", "text"),
    [
        ('"rained - thirty  years ... for it."', "exact", "rained – thirty years … for it"),
        ("“we have rained – thirty years”", "nearly", "We have rained – thirty years"),
        ("“We have … for it”", "nearly", "We have rained – thirty years … for it"),
        (
            "“thirty years … for it on all the roads”",
            "edited",
            "thirty years … for it on the roads",
        ),
        (
            "「我们宁可十次空转，也不能有一回疏忽」",
            "edited",
            "我们宁可十次空转，也不能有一次疏忽",
        ),
        ("“thirty year”", None, ""),
        ("“A bridge is a promise between two shores”", None, ""),
        ("“...”", None, ""),
    ],
)  # fmt: skip
def test_quotations(quotation: str, match: str | None, text: str) -> None:
    quoted = quoted_in(quotation, hits(TEXT))
    assert (quoted.match if quoted else None) == match
    if quoted:
        assert quoted.hit.article.text[quoted.start : quoted.end] == text


def test_titles_and_a_few_words_are_never_edited_quotations() -> None:
    assert may_be_edited("“They knew which window had no sensor”")
    assert not may_be_edited("“The Great Naval Flag of the United States”")
    assert not may_be_edited("『われはロボットである』")
    assert not may_be_edited("“no more rain”")
    assert may_be_edited("「明日は雨が降るかもしれない」")
    assert not may_be_edited("「無名とはいえない」")
    assert not may_be_edited("「オーストラリアワインの父」")
