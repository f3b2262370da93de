"""Names in Chinese text, with traps."""

import pytest

from qa.facets.names.chinese import chinese_mentions


def found(text: str) -> list[str]:
    return [f"{m.kind[0]}:{m.label}" for m in chinese_mentions(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("北京大学教授王立新说，北京很冷", ["o:北京大学", "p:王立新", "p:北京"]),
        ("苹果公司在中国", ["o:苹果公司", "p:中国"]),
        ("今年苹果丰收", []),
        ("日本人喜欢日本", ["p:日本"]),
        ("弗拉基米尔·普京到访", ["p:弗拉基米尔·普京"]),
        ("发言人佩斯科夫否认", ["p:佩斯科夫"]),
        ("總統賴清德出訪巴拉圭", ["p:賴清德", "p:巴拉圭"]),
        ("王某和李某已被拘留", []),
        ("高兴的市民走上街头", []),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_labels_stay_in_their_characters_and_keys_are_shared() -> None:
    [traditional] = chinese_mentions("在臺北")
    [simplified] = chinese_mentions("在台北")
    assert traditional.label == "臺北"
    assert traditional.key == simplified.key == "taipei"
