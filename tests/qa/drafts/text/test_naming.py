"""What counts as a name, in scripts with capitals and without."""

import pytest

from qa.drafts.text.naming import names
from tests.support.quick import quick


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police spoke to Ann Lee's son in Ulm on Monday.", ["Ann Lee", "Ulm"]),
        ("“Never,” Stroud wrote. Stroud left.", ["Stroud", "Stroud"]),
        ("All schools in Dunmere closed. In March nobody came.", ["Dunmere"]),
        ("Judge Imogen Farrow of the University of Oslo", ["Imogen Farrow", "University of Oslo"]),
        ("县水利局局长沈国栋说，石门镇的桥在北京以南。", ["沈国栋", "石门镇", "北京"]),
        ("埃莉诺·惠特科姆访问上海", ["埃莉诺·惠特科姆", "上海"]),
        ("大坝和高峰", []),
        (
            "森田健一市長はジョン・スミスと白峰市で会った。",
            ["森田健一", "ジョン・スミス", "白峰市"],
        ),
        ("ホテルの料理", []),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    sure = [name for name in names(text) if name.kind != "guess"]
    assert [text[name.start : name.end] for name in sure] == found


@pytest.mark.parametrize("piece", ["Aa ", "A", "县长王", "ア・", "of ", "一"])
def test_long_texts_take_linear_time(piece: str) -> None:
    with quick():
        names(piece * (60_000 // len(piece)))
