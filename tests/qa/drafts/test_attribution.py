"""Who is said to have spoken a quotation."""

import pytest

from qa.drafts.attribution import look_up_speaker, speaker
from qa.drafts.quoting import quoted_in
from tests.support.drafts import hits

ENGLISH = 'The mayor, Ann Lee, met Bob Ross. "We have waited thirty years," Lee told Ross.'
CHINESE = "“我们宁可十次空转，也不能有一次疏忽。”县长梁雅琴说。"


@pytest.mark.parametrize(
    ("text", "quotation", "name", "status"),
    [
        (ENGLISH, '"We have waited thirty years,"', "Ann Lee", "verbatim"),
        (ENGLISH, '"We have waited thirty years,"', "Carl Voss", "differs"),
        (CHINESE, "「我们宁可十次空转，也不能有一次疏忽」", "梁雅琴", "verbatim"),
        (CHINESE, "「我们宁可十次空转，也不能有一次疏忽」", "沈国栋", "differs"),
    ],
)
def test_a_speaker_is_compared_with_that_of_the_archive(
    text: str, quotation: str, name: str, status: str
) -> None:
    quoted = quoted_in(quotation, hits(text))
    assert quoted
    finding = look_up_speaker(name, quoted)
    assert finding
    assert finding.status == status


def test_nobody_is_a_speaker_where_nobody_is_named() -> None:
    quoted = quoted_in('"We have waited thirty years"', hits('"We have waited thirty years."'))
    assert quoted
    assert look_up_speaker("Ann Lee", quoted) is None


def test_a_name_at_the_beginning_of_a_sentence_is_seen() -> None:
    text = 'Lee stated, "We have waited thirty years for a Japan-U.S. treaty." Ross left.'
    quoted = quoted_in('"We have waited thirty years"', hits(text))
    assert quoted
    finding = look_up_speaker("Lee", quoted)
    assert finding
    assert finding.status == "verbatim"


def test_a_full_name_is_the_speaker_rather_than_a_nearer_word() -> None:
    text = "'...' said the mayor of Ulm, Ann Lee."
    spans = [(text.index("Ulm"), text.index("Ulm") + 3), (text.index("Ann"), len(text) - 1)]
    assert speaker(text, (0, 5), spans) == spans[1]
    assert speaker(text, (0, 5), []) is None
