"""A table of questions becomes a table of answers, also in several runs."""

import csv
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from app import main
from index.errors import ArchiveError
from qa import Answer
from qa.batch.answers import COLUMNS
from qa.batch.outcomes import Request
from qa.batch.running import answer_file
from tests.support.chats import SENTENCE, answer, citation

Outcomes = Callable[[Iterable[Request]], Iterator[Answer | ArchiveError]]
ANSWER = answer("Ann Lee", citation(SENTENCE))


class Archive:
    """Answers "yes...", refuses "no..." and is broken by anything else; counts the questions."""

    def __init__(self, most: int = 10**9) -> None:
        self.asked: list[Request] = []
        self._most = most

    def outcomes(self, requests: Iterable[Request]) -> Iterator[Answer | ArchiveError]:
        for number, request in enumerate(requests):
            if number == self._most:
                raise KeyboardInterrupt
            self.asked.append(request)
            if request.question.startswith("yes"):
                yield ANSWER
            elif request.question.startswith("no"):
                yield answer(None, citation(SENTENCE))
            else:
                yield ArchiveError("the question is empty: ask something")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.csv"
    file.write_text("question,language\nyes 1,\nno 2,en\n  ,zh\nyes 1,\n=1+1,\n")
    return file


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_question_gets_its_row(questions: Path, tmp_path: Path) -> None:
    archive = Archive()
    report = answer_file(archive, questions, tmp_path / "a.csv")
    assert (report.answered, report.refused, report.errors, report.earlier) == (2, 1, 2, 0)
    assert archive.asked[1] == Request("no 2", {"language": "en"})
    assert [(row["question"], row["status"][:8]) for row in read(tmp_path / "a.csv")] == [
        ("yes 1", "answered"), ("no 2", "not in t"), ("  ", "error: t"), ("yes 1", "answered"),
        ("'=1+1", "error: t"),
    ]  # fmt: skip


@pytest.mark.parametrize("most", range(6))
def test_a_killed_run_goes_on_where_it_stopped(questions: Path, tmp_path: Path, most: int) -> None:
    answer_file(Archive(), questions, tmp_path / "whole.csv")
    output = tmp_path / "a.csv"
    if most < 5:
        with pytest.raises(KeyboardInterrupt):
            answer_file(Archive(most), questions, output)
        with output.open("ab") as broken:
            broken.write(b'"half a r')
    archive = Archive()
    report = answer_file(archive, questions, output)
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert len(archive.asked) == 5 - report.earlier
    assert answer_file(Archive(), questions, output).earlier == 3


def test_only_rows_with_an_error_are_asked_again(questions: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.csv"
    answer_file(Archive(), questions, output)
    before = read(output)
    questions.write_text(questions.read_text() + "no 6,\n")
    archive = Archive()
    archive.outcomes = mended(archive.outcomes)  # type: ignore[method-assign, assignment]
    report = answer_file(archive, questions, output)
    assert [one.question for one in archive.asked] == ["  ", "=1+1", "no 6"]
    assert (report.earlier, report.answered, report.refused, report.errors) == (3, 2, 1, 0)
    after = read(output)
    assert [row["status"][:8] for row in after] == [
        "answered", "not in t", "answered", "answered", "answered", "not in t"
    ]  # fmt: skip
    assert [row["question"] for row in after] == [*(row["question"] for row in before), "no 6"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "questions.csv"]


def mended(outcomes: Outcomes) -> Outcomes:
    """What was an error is answered now."""

    def answered(requests: Iterable[Request]) -> Iterator[Answer | ArchiveError]:
        for outcome in outcomes(requests):
            yield ANSWER if isinstance(outcome, ArchiveError) else outcome

    return answered


def test_a_file_with_the_columns_of_another_version_is_not_continued(
    questions: Path, tmp_path: Path
) -> None:
    output = tmp_path / "a.csv"
    output.write_text('"question","status","answer","confidence"\r\n"yes 1","answered","","1"\r\n')
    with pytest.raises(ArchiveError, match="has other columns, of another version or of questions"):
        answer_file(Archive(), questions, output)
    assert output.read_text().count("yes 1") == 1


def test_a_row_says_with_which_filters_it_was_asked(tmp_path: Path) -> None:
    table, output = tmp_path / "questions.csv", tmp_path / "a.csv"
    table.write_text("names,question,id,after\nAnn Lee;=Lyon,yes,7,2025-01-02\n,no,8,\n,?,9,2025\n")
    answer_file(Archive(), table, output)
    rows = read(output)
    assert tuple(rows[0]) == (*COLUMNS, "after", "names")
    assert [(row["after"], row["names"]) for row in rows] == [
        ("2025-01-02", "Ann Lee; =Lyon"), ("", ""), ("2025", ""),
    ]  # fmt: skip
    assert answer_file(Archive(), table, output).earlier == 2  # an error is asked again
    table.write_text(table.read_text().replace("2025-01-02", "2025-01-03"))
    with pytest.raises(ArchiveError, match=r"row 1 of .* answers another question"):
        answer_file(Archive(), table, output)
    table.write_text("question\nyes\n")
    with pytest.raises(ArchiveError, match="has other columns"):
        answer_file(Archive(), table, output)
    assert read(output) == rows


def test_answers_to_other_questions_are_not_continued(questions: Path, tmp_path: Path) -> None:
    answer_file(Archive(), questions, tmp_path / "a.csv")
    questions.write_text("question,language\nyes 1,\nyes 3,\n")
    with pytest.raises(ArchiveError, match=r"row 2 of .*a\.csv' answers another question"):
        answer_file(Archive(), questions, tmp_path / "a.csv")


def test_memory_does_not_grow_with_the_questions(tmp_path: Path) -> None:
    file, peaks = tmp_path / "questions.csv", []
    for count in (200, 2000):
        file.write_text("question\n" + "".join(f"yes {n}\n" for n in range(count)))
        archive = Archive()
        archive.asked = _Forgetful()
        tracemalloc.start()
        answer_file(archive, file, tmp_path / f"{count}.csv")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 50_000


class _Forgetful(list[Request]):
    def append(self, request: Request) -> None:
        pass


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["Who?", "--batch", "q.csv", "--output", "a.csv"],
        ["--batch", "q.csv"],
        ["Who?", "--output", "a.csv"],
        ["--batch", "q.csv", "--output", "a.csv", "--language", "en"],
    ],
)
def test_a_question_or_a_table_not_both(arguments: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["ask", *arguments])
