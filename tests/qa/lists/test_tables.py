"""The column of a table that a question asks for."""

from qa.lists.pieces import Span
from qa.lists.tables import column, is_row


def found(question: str, text: str, answer: str) -> list[str]:
    rows: list[Span] = []
    at = 0
    for line in text.split("\n"):
        rows.append((at, at + len(line)))
        at += len(line) + 1
    start = text.index(answer)
    cells = column(question, text, rows, (start, start + len(answer)))
    return [text[a:b] for a, b in cells]


RALLY = "Driver | Car | Result\nSenn | Orion | first\nKolb | Vega | retired\nPrati | Lyra | retired"


def test_only_the_rows_that_the_question_speaks_of() -> None:
    assert found("Which drivers retired?", RALLY, "Kolb") == ["Kolb", "Prati"]
    assert found("Which drivers took part?", RALLY, "Kolb") == ["Senn", "Kolb", "Prati"]


def test_another_column() -> None:
    assert found("Which cars took part?", RALLY, "Kolb") == ["Orion", "Vega", "Lyra"]


def test_without_a_heading_the_answers_column_counts() -> None:
    assert found("哪些国家参赛？", "林安\t瑞典\n齐扬\t波兰", "波兰") == ["瑞典", "波兰"]
    assert found("哪些国家参赛？", "国家\t教练\n瑞典\t林安\n波兰\t齐扬", "林安") == ["瑞典", "波兰"]


def test_rows_of_another_width_are_left_out() -> None:
    assert found("Which drivers?", "a | b | c\n" + "Senn | Orion", "Senn") == []


def test_a_row_has_cells() -> None:
    assert is_row("a | b", (0, 5))
    assert not is_row("a or b", (0, 6))
