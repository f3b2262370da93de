"""Names in Japanese text, with traps."""

import threading

import pytest

from qa.facets.names.japanese import japanese_mentions


def found(text: str) -> list[str]:
    return [f"{m.kind[:2]}:{m.label}" for m in japanese_mentions(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("高市早苗首相は東京で話した", ["pe:高市早苗", "pl:東京"]),
        ("東京大学の山田太郎教授", ["or:東京大学", "pe:山田太郎"]),
        ("トランプ大統領と会談した", ["pe:トランプ"]),
        ("カルロス・ゴーン元会長", ["pe:カルロス・ゴーン"]),
        ("石破前首相は鳥取に戻った", ["pe:石破", "pl:鳥取"]),
        ("日本維新の会が合意した", ["or:日本維新の会"]),
        ("りんごの収穫が始まった", []),
        ("日本人は静かだった", []),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_several_threads_may_read_at_once() -> None:
    text = "高市早苗首相は東京で話した。" * 20
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append(found(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [found(text)] * 4
