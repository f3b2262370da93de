"""Whether a sentence speaks of what the question asks about."""

import pytest

from qa.yes_no.coverage import cover
from qa.yes_no.reference import refers, roles_fit

AROUND = "Quarzo and its plant in Dresden. "


@pytest.mark.parametrize(
    ("question", "claim", "expected"),
    [
        ("Did Quarzo's sales rise sharply?", "Sales rose sharply.", True),
        ("Did Quarzo raise wages?", "The company raised wages.", True),
        ("Did Quarzo raise wages?", "It raised wages.", True),
        ("Did Quarzo raise wages?", "The supplier raised wages.", False),
        ("Did Quarzo raise wages?", "Rival firms raised wages.", False),
        ("Did Quarzo raise wages?", "Later Veltro raised wages.", False),
        ("Did Aurora raise wages?", "It raised wages.", False),
        ("Did Quarzo raise wages sharply?", "It raised wages.", False),
        ("恒川集团出口额增长了吗？", "集团去年出口额增长。", True),
        ("恒川集团出口额增长了吗？", "该集团去年出口额增长。", True),
        ("恒川集团出口额增长了吗？", "松江集团去年出口额增长。", False),
    ],
)
def test_it_may_leave_out_what_was_named_before(question: str, claim: str, expected: bool) -> None:
    covered = cover(question, claim)
    around = f"{AROUND}恒川集团。{claim}"
    assert refers(covered.missing, covered, claim, around, question) is expected


@pytest.mark.parametrize(
    ("question", "claim", "expected"),
    [
        ("Did Toyota sue Mitsui?", "Toyota sued Mitsui.", True),
        ("Did Toyota sue Mitsui?", "Mitsui sued Toyota.", False),
        ("Was Toyota sued in May?", "Toyota sued Mitsui in May.", False),
        ("Did Ann Lee resign?", "Ann Lee's deputy resigned.", False),
        ("Did Ann Lee resign?", "The deputy of Ann Lee resigned.", False),
        ("Did Ann Lee resign?", "The man who shot Ann Lee resigned.", False),
        ("王明打败了李强吗？", "李强打败了王明。", False),
        ("王明被李强打败了吗？", "王明打败了李强。", False),
        ("梁志远获释了吗？", "梁志远的秘书获释。", False),
        ("高野町長は辞任しましたか？", "高野町長の秘書は辞任した。", False),
    ],
)
def test_roles(question: str, claim: str, expected: bool) -> None:
    assert roles_fit(question, claim, cover(question, claim)) is expected
