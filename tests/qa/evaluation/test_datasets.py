"""Reading question sets in their three formats, and sampling from them."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.evaluation.datasets import Case, contexts_of, read_cases, read_records, sample_evenly
from tests.support.question_sets import COLOURS, record, write_records


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    return write_records(tmp_path / "colours.jsonl", COLOURS)


def test_cases_of_an_annotated_file_know_their_context(colours: Path) -> None:
    door, *_ = read_cases(colours)
    assert door == Case("door colour", ("red",), "en", "The door in the house is red.", "0", "door")


def test_an_unanswerable_question_has_no_context(tmp_path: Path) -> None:
    path = write_records(tmp_path / "lamp.jsonl", [record("The door is red.", "lamp?", None)])
    (lamp,) = read_cases(path)
    assert (lamp.answers, lamp.context, lamp.article) == ((), None, None)


def test_repeated_answers_count_once_and_blank_questions_are_skipped(tmp_path: Path) -> None:
    entry = record("It is red.", " Colour? ", "red")
    entry["questions"][0]["answers"] *= 2
    blank = record("It is red.", "  ", "red")
    (case,) = read_cases(write_records(tmp_path / "a.jsonl", [entry, blank]))
    assert (case.question, case.answers) == ("Colour?", ("red",))


def test_a_tab_separated_file_gives_questions_and_answers(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("\ufeffdoor colour\tred\n\n谁赢了？\t高市早苗\nlamp colour\t\n", "utf-8")
    cases = read_cases(path)
    assert [(c.question, c.answers) for c in cases] == [
        ("door colour", ("red",)), ("谁赢了？", ("高市早苗",)), ("lamp colour", ()),
    ]  # fmt: skip
    assert cases[1].language == "zh"


def test_a_line_without_a_tab_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("who?\tAnn\n\nwhere? Rome\n", "utf-8")
    with pytest.raises(ArchiveError, match=r"line 3 has no tab \('where\? Rome'\)"):
        read_cases(path)


def test_an_answer_may_be_unknown_and_a_cell_quoted(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("who?\t?\n'=1+1\t'-1\n", "utf-8")
    unknown, sum_ = read_cases(path)
    assert (unknown.answers, unknown.known) == ((), False)
    assert (sum_.question, sum_.answers, sum_.known) == ("=1+1", ("-1",), True)


def test_contexts_are_numbered_in_file_order(colours: Path) -> None:
    assert list(contexts_of(colours)) == [
        (str(number), r["context"]) for number, r in enumerate(COLOURS)
    ]


def test_squad_json_and_lines_give_the_same_records(tmp_path: Path) -> None:
    articles = []
    for r in COLOURS:
        (entry,) = r["questions"]
        answers = [{"text": a["text"], "answer_start": a["start"]} for a in entry["answers"]]
        qas = [{"id": entry["id"], "question": entry["question"], "answers": answers}]
        articles.append(
            {"title": r["title"], "paragraphs": [{"context": r["context"], "qas": qas}]}
        )
    squad = tmp_path / "squad.json"
    squad.write_text(json.dumps({"data": articles}))
    lines = write_records(tmp_path / "lines.jsonl.xz", COLOURS)
    assert list(read_records(squad)) == list(read_records(lines)) == COLOURS


@pytest.mark.parametrize("content", [b"no json", b"{}", b'{"data": [{}]}'])
def test_a_file_of_another_format_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"odd\.json is neither"):
        list(read_records(path))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.json", None, "does not exist"),
        ("odd.jsonl", b"[1", "odd.jsonl is neither"),
        ("empty.jsonl", b"", "holds no question"),
        ("empty.txt", b"\n", "holds no question"),
        ("latin.txt", b"caf\xe9\tx", "save it as UTF-8"),
    ],
)
def test_unusable_files_are_named(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ArchiveError, match=message):
        read_cases(tmp_path / name)


@pytest.mark.parametrize(("count", "limit"), [(10, 6), (960, 500), (7, 7), (3, 9)])
def test_samples_are_spaced_evenly(count: int, limit: int) -> None:
    sample = sample_evenly(range(count), limit)
    assert len(sample) == min(count, limit)
    assert sample[0] == 0
    assert sample[-1] >= count - 1 - count // limit
    assert max(b - a for a, b in pairwise([*sample, count])) <= -(-count // limit)


def test_without_a_limit_the_sample_is_everything() -> None:
    assert sample_evenly("abc", None) == ["a", "b", "c"]
