"""Attribution, plans, the past, denial."""

import pytest

from qa.agreement.markers import denied, stage, without_attribution


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Police said 14 people died.", "Police said 14 people died."),
        ("Police said that 14 people died.", "14 people died."),
        ("According to the mayor, 14 people died.", "14 people died."),
        ("14 people died, the mayor of Tarvik said.", "14 people died."),
        ("据救援部门通报，造成12人遇难。", "造成12人遇难。"),
        ("造成21人死亡，县医院负责人表示。", "造成21人死亡。"),
    ],
)
def test_attribution_is_blanked(sentence: str, left: str) -> None:
    blanked = without_attribution(sentence)
    assert len(blanked) == len(sentence)
    assert "".join(blanked.split()) == "".join(left.split())


@pytest.mark.parametrize(
    ("around", "question", "expected"),
    [
        ("It cost #.", "What did it cost?", "so"),
        ("It will cost #.", "What did it cost?", "planned"),
        ("It will cost #.", "What will it cost?", "so"),
        ("It was expected to cost #.", "What will it cost?", "given up"),
        ("It was owned by # until 2017.", "Who owns it?", "former"),
        ("大桥原定#通车", "大桥什么时候通车？", "given up"),
        ("预计投资#", "投资多少？", "planned"),
    ],
)
def test_stage(around: str, question: str, expected: str) -> None:
    assert stage(around, question) == expected


@pytest.mark.parametrize(
    ("sentence", "answer", "expected"),
    [
        ("Haddow never ordered it.", "Haddow", True),
        ("No cyberattack caused it.", "cyberattack", True),
        ("周建国没有下令。", "周建国", True),
        ("Haddow ordered it, which Lund did not like.", "Haddow", False),
        ("No fewer than 12 died.", "12", False),
    ],
)
def test_denied(sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer)
    assert denied(sentence, start, start + len(answer)) is expected
