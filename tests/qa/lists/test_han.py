"""The item in a piece of a Chinese or Japanese enumeration."""

import pytest

from qa.lists.han import han_item_in, is_japanese, one_clause
from qa.lists.pieces import Kind
from tests.support.quick import quick


def item(piece: str, question: str = "哪些国家？", kind: Kind = "phrase") -> str | None:
    found = han_item_in(piece, (0, len(piece)), kind, question)
    return piece[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("piece", "question", "expected"),
    [
        ("冰岛等国", "哪些国家签署？", "冰岛"),
        ("杨祐宁等人", "还有哪些名模？", "杨祐宁"),
        ("高等法院", "哪些机构？", "高等法院"),
        ("包括日本", "分布在哪些地区？", "日本"),
        ("电影《盐路》的演员有罗格雷", "电影《盐路》的演员都有谁？", "罗格雷"),
        ("2021年收购了老酒花酒厂", "北湾集团收购了哪些公司？", "老酒花酒厂"),
        ("乌干达六月签署", "哪些国家签署了公约？", "乌干达"),
        ("国防部长顾路从韩内阁辞职", "请列出从韩内阁辞职的部长", "国防部长顾路"),
        ("主治感冒发热", "短叶水蜈蚣主治哪些问题？", "感冒发热"),
        ("有色金属", "哪些产品？", "有色金属"),
        ("34岁", "遇难者都有谁？", None),
        ("这" * 40, "哪些国家？", None),
    ],
)
def test_items(piece: str, question: str, expected: str | None) -> None:
    assert item(piece, question) == expected


def test_days() -> None:
    assert item("3月17日", "哪几天？", "date") == "3月17日"
    assert item("广场", "哪几天？", "date") is None


def test_japanese_pieces_with_a_verb_are_none() -> None:
    assert is_japanese("この間、アルバニア人")
    assert item("この間") is None
    assert not is_japanese("挪威、丹麦")


def test_another_clause_ends_a_list() -> None:
    text = "英语、法语，其中法语最好、德语"
    found = one_clause(text, [(0, 2), (3, 12), (13, 15)])
    assert [text[a:b] for a, b in found] == ["英语", "法语"]


@pytest.mark.parametrize("character", ["有", "的", "等", "，", "月", "（"])
def test_long_texts_take_no_long_time(character: str) -> None:
    with quick():
        item(character * 100_000, character * 2000)
        one_clause(character * 100_000, [(0, 100_000)])
