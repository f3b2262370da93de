"""Yes/no questions with the real models, over an archive of 54 small articles.

`questions.jsonl` has 27 events with articles and six questions each, written for this purpose, in
English, Chinese and Japanese: two that the archive answers with yes, two with no, two not at all.
The weights and the rules were made on ten events ("dev"); ten were held out ("kept"), and seven
written by somebody else after the rules ("later").
`pytest -s -m slow tests/system/yes_no` prints the table of `qa/benchmarks/README.md`.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from index import build
from qa import Archive

Event = dict[str, Any]
LINES = Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
EVENTS: list[Event] = [json.loads(line) for line in LINES]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("events")
    (folder / "seeds").mkdir()
    articles = [
        {
            "id": f"{event['event']}-{number}",
            "title": article["title"],
            "date": article["date"],
            "text": f"{article['title']}\n\n{article['text']}",
        }
        for event in EVENTS
        for number, article in enumerate(event["articles"])
    ]
    lines = [json.dumps(article, ensure_ascii=False) for article in articles]
    (folder / "seeds" / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build(folder / "seeds", folder / "index")
    return Archive.open(folder / "index")


@pytest.mark.slow
@pytest.mark.parametrize("part", ["dev", "kept", "later"])
def test_the_settling_sentence(archive: Archive, part: str) -> None:
    counts: Counter[str] = Counter()
    events = [event for event in EVENTS if event["part"] == part]
    settled, unsettled = 4 * len(events), 2 * len(events)
    for event in events:
        for asked in event["questions"]:
            answer = archive.answer(asked["question"])
            absent = asked["kind"] == "absent"
            right = answer.answered and any(answer.text in s for s in asked["evidence"])
            counts["right"] += right
            counts["wrong"] += answer.answered and not right and not absent
            counts["answered, though absent"] += answer.answered and absent
            counts["answered by an ordinary reading"] += answer.answered and not answer.undecided
            counts["cited, and said to be undecided"] += answer.undecided
            if right == absent:
                print(f"  {asked['kind']}: {asked['question']} -> {answer.text}")
    print(f"{part}: of {settled} settled and {unsettled} absent: {dict(counts)}")
    assert counts["right"] >= 0.8 * settled
    assert counts["answered, though absent"] <= 0.2 * unsettled + 1
