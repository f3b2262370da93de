"""Reading annotated files, and the copies in simplified script."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.training.corpus.contexts import (
    Corpus,
    Question,
    contains_answer,
    data_files,
    load,
    part,
    source_of,
    with_simplified,
)
from tests.support.question_sets import Record, record, write_records

TRADITIONAL = "總統於一九四五年在東京簽署條約，國會隨後批准。"


def read(folder: Path, name: str, *records: Record) -> Corpus:
    return load([write_records(folder / f"{name}.jsonl.xz", records)])


def test_answers_must_stand_at_their_offsets(tmp_path: Path) -> None:
    entry = record("Anna won in 1999.", "Who won?", "Anna", "Cup")
    entry["questions"][0]["answers"].append({"text": "1999", "start": 0})
    wrong = record("Boris lost.", "Who lost?", "Boris", "Loss")
    wrong["questions"][0]["answers"][0]["start"] = 3
    contexts, questions = read(tmp_path, "en-a", entry, wrong)
    assert [c.title for c in contexts] == ["Cup", "Loss"]
    assert questions == [Question("Who won?", 0, ((0, 4),))]


def test_unanswerable_questions_are_kept_and_blank_ones_dropped(tmp_path: Path) -> None:
    entries = [record("Anna won.", " Who lost? ", None), record("Boris won.", " ", "Boris")]
    _, questions = read(tmp_path, "en-a", *entries)
    assert questions == [Question("Who lost?", 0, ())]


def test_a_title_that_a_whole_file_shares_is_none(tmp_path: Path) -> None:
    entries = [record(f"Text {n}.", "What?", "Text", "Comments") for n in range(3)]
    contexts, _ = read(tmp_path, "en-a", *entries)
    assert {c.title for c in contexts} == {""}
    assert len({c.article for c in contexts}) == 3


def test_the_source_is_the_name_of_the_file(tmp_path: Path) -> None:
    contexts, _ = read(tmp_path, "en-a", record("A text.", "What?", "text"))
    assert (contexts[0].source, contexts[0].language) == ("en-a", "en")
    assert source_of(Path("x/zh-b.json")) == "zh-b"


def test_traditional_chinese_gets_a_simplified_copy(tmp_path: Path) -> None:
    contexts, questions = with_simplified(
        *read(tmp_path, "zh-a", record(TRADITIONAL, "誰簽署條約？", "總統", "東京條約"))
    )
    assert [c.source for c in contexts] == ["zh-a", "zh-a-simplified"]
    assert contexts[1].text.startswith("总统于一九四五年")
    assert contexts[1].title == "东京条约"
    assert contexts[1].article == contexts[0].article
    assert questions[1] == Question("谁签署条约？", 1, ((0, 2),))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("zh-a", "总统在东京签署条约，国会随后批准，报纸没有报道。一门砲还在那里。"),
        ("ja-a", "大統領は東京で條約に署名した。"),
    ],
)
def test_other_texts_get_none(tmp_path: Path, name: str, text: str) -> None:
    contexts, _ = with_simplified(*read(tmp_path, name, record(text, "？", text[:2])))
    assert len(contexts) == 1


def test_part_takes_the_questions_of_its_contexts(tmp_path: Path) -> None:
    corpus = read(tmp_path, "en-a", *(record(f"Text {n}.", f"{n}?", f"{n}") for n in range(60)))
    held, trained = part(corpus, held_out=True), part(corpus, held_out=False)
    assert held[0]
    assert len(held[0]) + len(trained[0]) == 60
    for contexts, questions in (held, trained):
        assert [contexts[q.context].text for q in questions] == [
            f"Text {q.text[:-1]}." for q in questions
        ]


def test_contains_answer_ignores_case(tmp_path: Path) -> None:
    contexts, questions = read(tmp_path, "en-a", record("Anna won.", "Who won?", "Anna"))
    assert contains_answer("the ANNA cup", questions[0], contexts[0])
    assert not contains_answer("the Boris cup", questions[0], contexts[0])


def test_a_folder_without_data_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"holds no \.json"):
        data_files(tmp_path)
    write_records(tmp_path / "en-a.jsonl", [])
    assert data_files(tmp_path) == [tmp_path / "en-a.jsonl"]
