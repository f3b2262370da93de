"""An answer as the box shows it: plain texts."""

from dataclasses import replace

from qa.server.embed.answer import MAX_SOURCES, MAX_TEXT, box_answer
from tests.support.chats import SENTENCE, an_answer, answer, citation


def test_the_answer_stands_in_its_sentence_with_its_source() -> None:
    cited = replace(citation(SENTENCE), digest="0" * 32)
    shown = box_answer(answer("Ann Lee", cited), "en")
    assert "".join(shown["sentence"]) == SENTENCE
    assert (shown["text"], shown["sentence"][1]) == ("Ann Lee", "Ann Lee")
    assert (shown["said"], shown["sure"]) == ("", "High confidence (90%)")
    (source,) = shown["sources"]
    assert (source["title"], source["date"], source["text"]) == ("A headline", "2025-01-02", "")
    assert source["link"].startswith(f"/#/a/{'0' * 32}/")
    assert box_answer(answer("Ann Lee", cited), "fr")["sure"].endswith("(90\N{NO-BREAK SPACE}%)")


def test_a_refusal_shows_the_closest_passages() -> None:
    shown = box_answer(answer(None, citation(SENTENCE)), "en")
    assert shown["said"].startswith("The archive does not hold an answer to this. The closest")
    assert (shown["text"], shown["sure"], shown["sentence"]) == ("", "", ["", "", ""])
    assert shown["sources"][0]["text"] == SENTENCE
    assert box_answer(answer(None), "zh")["said"] == "档案里没有这个问题的答案。"


def test_a_yes_no_question_is_left_to_the_reader() -> None:
    shown = box_answer(an_answer(undecided=True), "en")
    assert "for you to judge" in shown["said"]


def test_texts_are_bounded_and_bear_no_invisible_characters() -> None:
    long = replace(citation(SENTENCE), text="a\u202eb" * 1000, title=None)
    shown = box_answer(answer(None, *[long] * 20), "en")
    assert len(shown["sources"]) == MAX_SOURCES
    assert all(len(one["text"]) <= MAX_TEXT for one in shown["sources"])
    assert "\u202e" not in str(shown)
    assert shown["sources"][0]["title"] == "a.txt"
