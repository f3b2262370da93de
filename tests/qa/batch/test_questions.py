"""Questions are read from tables as spreadsheets save them."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.batch.outcomes import Request
from qa.batch.questions import read_questions


def read(tmp_path: Path, content: str | bytes) -> list[Request]:
    file = tmp_path / "questions.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_questions(file))


def test_questions_come_with_their_filters(tmp_path: Path) -> None:
    table = (
        'id,Question,after,language\n1,Who?,2025-01-01,\n2,"What, ""then""\nand when?",,zh\n\n,,,\n'
    )
    assert read(tmp_path, table) == [
        Request("Who?", {"after": "2025-01-01", "language": ""}),
        Request('What, "then"\nand when?', {"after": "", "language": "zh"}),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_separator_and_a_byte_order_mark(tmp_path: Path, delimiter: str) -> None:
    table = f"\ufeffquestion{delimiter}article\r\nWho, me?{delimiter}a.txt\r\n"
    if delimiter == ",":
        table = table.replace("Who, me?", '"Who, me?"')
    assert read(tmp_path, table) == [Request("Who, me?", {"article": "a.txt"})]


def test_a_cell_may_hold_several_names(tmp_path: Path) -> None:
    assert read(tmp_path, "question,names\nWho?,Ann Lee; Lyon\nWhat?,\n") == [
        Request("Who?", {"names": ["Ann Lee", "Lyon"]}), Request("What?", {"names": ""}),
    ]  # fmt: skip


def test_rows_may_be_short_or_end_in_empty_cells(tmp_path: Path) -> None:
    assert read(tmp_path, "after,question\n2025-01-01\n,Who?,\n") == [
        Request("", {"after": "2025-01-01"}), Request("Who?", {"after": ""}),
    ]  # fmt: skip


def test_a_single_column_needs_no_quotation_marks(tmp_path: Path) -> None:
    table = "question\nWho, after the vote, became mayor?\n"
    assert read(tmp_path, table) == [Request("Who, after the vote, became mayor?", {})]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("question,after\nWho?,\nWho, me, or you?\n", "line 3: 3 cells for 2 columns"),
        ("", "has no column 'question' but nothing"),
        ("frage,a\nWer?,", "has no column 'question' but frage, a"),
        (b"question\n\xff", "no text in UTF-8"),
        ('question\n"Who?', "is no CSV"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        read(tmp_path, content)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"cannot read .*none\.csv"):
        list(read_questions(tmp_path / "none.csv"))
