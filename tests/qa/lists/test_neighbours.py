"""Extending a span to the items beside it."""

from qa.lists.neighbours import Chain
from qa.lists.pieces import Kind, Span
from qa.lists.separators import separators


def extended(sentence: str, marked: str, kind: Kind = "name") -> str:
    cuts = separators(sentence, 0, len(sentence))
    starts, ends = [0, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), len(sentence)]
    pieces: list[Span] = list(zip(starts, ends, strict=True))
    start = sentence.index(marked)
    end = start + len(marked)
    core = [n for n, (a, b) in enumerate(pieces) if a < end and start < b]
    chain = Chain(sentence, "Which towns?", kind, pieces, cuts)
    _, _, (start, end) = chain.extend(core[0], core[-1], (start, end))
    return sentence[start:end]


def test_to_the_right_up_to_the_last_name() -> None:
    assert extended("Seen in Hull, Corby and Voss today", "Hull") == "Hull, Corby and Voss"


def test_to_the_left_but_not_to_the_start_of_the_sentence() -> None:
    assert extended("Oslo, Hull, Corby and Voss", "Voss") == "Hull, Corby and Voss"


def test_a_comma_alone_may_begin_another_clause() -> None:
    assert extended("They came to Hull, Smith said", "Hull") == "Hull"


def test_only_names_are_added() -> None:
    assert extended("a boat, Corby and tea", "Corby") == "Corby"
    assert extended("a boat, a clock and tea", "a clock", "phrase") == "a clock"


def test_chinese_neighbours_are_about_as_long() -> None:
    assert extended("挪威、丹麦、冰岛", "丹麦") == "挪威、丹麦、冰岛"
    assert extended("会议室里终于传来消息说挪威、丹麦、冰岛", "丹麦") == "丹麦、冰岛"
