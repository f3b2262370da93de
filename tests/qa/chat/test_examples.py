"""Example questions made from an archive's own sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article import Article
from index.ingest.reading import read_articles
from qa.chat.examples import examples

SEEDS = Path(__file__).parent.parent.parent.parent / "seeds"


def article(text: str, title: str | None = None) -> Article:
    return Article("a", title, text, None, None, "a.txt")


def test_the_seeds_give_questions_in_both_languages() -> None:
    seeds = [a for f in sorted(SEEDS.iterdir()) for a in read_articles(f, f.name)]
    questions = examples(a for a in seeds if isinstance(a, Article))
    assert 4 <= len(questions) <= 6
    assert "韩国总统李在明于什么时候抵达日本奈良县？" in questions
    assert (
        "In 2024, Russian LNG accounted for what percentage of Japan's total imports?" in questions
    )
    assert (
        "Who said “Japan and the United States have now become the world’s greatest alliance”?"
        in (questions)
    )


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "The new bridge over the Tay was opened on May 3, 2024, by the mayor.",
            "The new bridge over the Tay was opened on what date?",
        ),
        (
            "Turnout in the northern districts was 61.5%, and in the south less.",
            "Turnout in the northern districts was what percentage?",
        ),
        ("The mayor said, “We are open again.”", "Who said “We are open again”?"),
        ("新大桥于2024年5月3日通车,市长出席。", "新大桥于什么时候通车？"),
        ("北部各区的投票率为61.5%。", "北部各区的投票率为百分之多少？"),
        ("市长表示:“我们今天重新开放这座桥。”", "“我们今天重新开放这座桥”是谁说的？"),
    ],
)  # fmt: skip
def test_a_sentence_becomes_a_question_about_its_detail(sentence: str, question: str) -> None:
    assert examples([article(sentence)]) == [question]


@pytest.mark.parametrize(
    "sentence",
    [
        "She opened the bridge over the river on May 3.",  # who?
        "On May 3 it rained.",  # nothing before the date
        "此桥于2024年5月3日通车。",  # which?
        "市长在华盛顿周四的新闻发布会上讲话。",  # "Thursday's"
        "Der Bürgermeister eröffnete die Brücke am 3. Mai.",
        "",
    ],
)
def test_an_unsuitable_sentence_gives_no_question(sentence: str) -> None:
    assert examples([article(sentence)]) == []


def test_titles_are_used_where_no_sentence_is_suitable() -> None:
    questions = examples([article("Es regnet.", "Regen in Köln"), article("下雨了。", "北京下雨")])
    assert questions == ["What about “Regen in Köln”?", "关于“北京下雨”有什么报道？"]


def test_similar_questions_are_given_once() -> None:
    one = "Prime Minister Ann Lee met President Bo Park in Tokyo on May 3, they said."
    other = "Prime Minister Ann Lee met President Bo Park in Tokyo on May 3 for talks."
    assert len(examples([article(one), article(other)])) == 1


def test_only_the_first_articles_are_read() -> None:
    def endless() -> Iterator[Article]:
        read = 0
        while True:
            read += 1
            assert read <= 100, "more articles were read than questions need"
            yield article(f"Nothing to ask about in number {read}.")

    assert examples(endless()) == []


def test_an_empty_archive_gives_no_questions() -> None:
    assert examples([]) == []
