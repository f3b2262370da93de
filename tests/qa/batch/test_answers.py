"""The table of answers: what a row says, no formulas, and what a killed run leaves."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.article import Location
from index.errors import ArchiveError
from qa import AnswerItem
from qa.batch.answers import COLUMNS, AnswersFile, answer_row, error_row, safe_cell
from tests.support.chats import SENTENCE, answer, citation

CITED = replace(citation(SENTENCE), digest="ab" * 16, location=Location(12, 65.5))


def test_a_row_has_the_answer_and_its_source() -> None:
    row = answer_row(answer("Ann Lee", CITED))
    assert tuple(row) == COLUMNS
    assert (row["status"], row["answer"], row["sentence"]) == ("answered", "Ann Lee", SENTENCE)
    assert (row["source"], row["date"], row["page"]) == ("a.txt", "2025-01-02", 12)
    assert str(row["permalink"]).startswith("/#/a/abab")


def test_a_row_says_whether_yes_or_no_is_left_to_the_reader() -> None:
    assert COLUMNS[-2:] == ("items", "undecided")
    assert answer_row(replace(answer(SENTENCE, CITED), undecided=True))["undecided"] is True
    assert answer_row(answer("Ann Lee", CITED))["undecided"] is False


def test_a_refusal_has_neither() -> None:
    row = answer_row(answer(None, CITED, confidence=0.1))
    assert {name for name, value in row.items() if value is not None} == {
        "question", "status", "confidence",
    }  # fmt: skip
    assert row["status"] == "not in the archive"
    assert error_row("?", ArchiveError("it is empty"))["status"] == "error: it is empty"


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  ="]
)
def test_no_cell_begins_like_a_formula(start: str) -> None:
    assert safe_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert safe_cell(f"x{start}") == f"x{start}"


def rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def write(file: Path, *questions: str) -> None:
    with AnswersFile(file) as output:
        for question in questions:
            output.write(error_row(question, ArchiveError('"a", b\nc')))


def test_rows_are_added_below_the_header(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    write(file, "One?", '=HYPERLINK("http://evil.example")')
    write(file, "雾？")
    assert rows(file)[0] == list(COLUMNS)
    assert [row[0] for row in rows(file)[1:]] == [
        "One?", '\'=HYPERLINK("http://evil.example")', "雾？",
    ]  # fmt: skip
    assert [row["question"] for row in AnswersFile(file).complete_rows()][-1] == "雾？"


def test_wherever_a_run_was_killed_the_broken_row_goes(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    write(file, "One?", "Two\n雾?")
    whole = file.read_bytes()
    starts = [whole.index(b'"One?"'), whole.index(b'"Two')]
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        kept = list(AnswersFile(file).complete_rows())
        assert len(kept) == sum(length >= end for end in (starts[1], len(whole)))
        assert (
            file.read_bytes()
            == whole[: [0, starts[0], starts[1]][(length >= starts[0]) + (length >= starts[1])]]
        )
        write(file, *["One?", "Two\n雾?"][len(kept) :])
        assert file.read_bytes() == whole


def test_another_file_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "questions.csv"
    file.write_text("question\nWho?\n")
    with pytest.raises(ArchiveError, match="holds something else than answers"):
        list(AnswersFile(file).complete_rows())
    assert file.read_text() == "question\nWho?\n"


def test_the_items_of_a_list_are_one_cell() -> None:
    items = tuple(AnswerItem(text, 34, 41, (CITED,)) for text in ("=1+1", 'Ann "A" | B; 李'))
    row = answer_row(replace(answer("Ann Lee", CITED), items=items))
    assert json.loads(str(row["items"])) == ["=1+1", 'Ann "A" | B; 李']
    assert safe_cell(row["items"]) == row["items"]
    assert answer_row(answer("Ann Lee", CITED))["items"] is None
