"""A question's words and names in the other scripts of an archive."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.store.base.protocol import Snapshot
from index.store.doors import open_store
from qa.retrieval.across import counterparts

ARTICLES = {
    "zh.txt": "日本首相高市早苗在奈良会见了李在明总统和乔治娅·梅洛尼，讨论了泽连斯基的来信。",
    "en.txt": "The prime minister opened Trondheim, one of the ports, together with Mette Macron.",
    "ru.txt": "Новый отчёт о порте написал Мюллер, а письмо Зеленского пришло вчера вечером.",
}

JAPANESE = "山田は図書館のそばで生まれた。その図書館は大正時代に建てられ、今も毎日開いている。"
MORE = "彼は毎朝コーヒーを飲みながら新聞を読み、それから自転車で会社に向かうのが好きである。"


@pytest.fixture
def snapshot(make: Callable[..., object], tmp_path: Path) -> Iterator[Snapshot]:
    make(ARTICLES)
    with open_store(tmp_path / "index").snapshot() as opened:
        yield opened


def found(snapshot: Snapshot, question: str) -> list[str]:
    """Return the articles that the question's words in other scripts find, best first."""
    groups = [one.terms for one in counterparts(snapshot, question)]
    scored, _ = snapshot.grouped(groups, 9)
    passages = snapshot.passages([i for i, _ in scored])
    return [passages[i].article_id for i, _ in scored]


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Whom did Takaichi meet?", "zh.txt"),
        ("What did Lee Jae-myung say?", "zh.txt"),
        ("What did Meloni say?", "zh.txt"),
        ("Which prime minister came to Nara?", "zh.txt"),
        ("Who is Müller?", "ru.txt"),
        ("谁是首相?", "en.txt"),
        ("马克龙说了什么?", "en.txt"),
        ("誰開啟了港口？", "en.txt"),  # traditional characters
        ("港口在哪里?", "en.txt"),  # "ports" are there
        ("总理府在哪里?", "en.txt"),  # only 总理 is
        ("Что сказал Макрон?", "en.txt"),
        ("마크롱은 무슨 말을 했습니까?", "en.txt"),
    ],
)
def test_words_and_names_are_found_in_another_script(
    snapshot: Snapshot, question: str, article: str
) -> None:
    assert found(snapshot, question)[0] == article


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Who was born near the bridge railings?", "ja.txt"),
        ("When was the library built?", "ja.txt"),
        ("港を開いたのは誰ですか。", "en.txt"),
        ("首相は誰ですか。", "en.txt"),
    ],
)
def test_words_are_found_between_english_and_japanese(
    make: Callable[..., object], tmp_path: Path, question: str, article: str
) -> None:
    make({**ARTICLES, "ja.txt": JAPANESE, "more.txt": MORE})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        assert found(snapshot, question)[0] == article


def test_a_japanese_verb_is_translated_in_any_form(snapshot: Snapshot) -> None:
    [opened] = [one for one in counterparts(snapshot, "誰が開いたか。") if one.word == "開い"]
    assert opened.way == "dictionary"
    assert {"open", "opened"} <= set(opened.terms)


def test_japanese_words_are_looked_for_only_in_an_archive_with_japanese(snapshot: Snapshot) -> None:
    libraries = counterparts(snapshot, "Which libraries?")
    assert all("ライブラリー" not in "".join(one.terms) for one in libraries)


def test_a_name_is_found_in_every_other_script(snapshot: Snapshot) -> None:
    assert set(found(snapshot, "Zelensky")) == {"zh.txt", "ru.txt"}


def test_question_words_find_nothing(snapshot: Snapshot) -> None:
    assert counterparts(snapshot, "Which one was it? Where? And who?") == []
    assert counterparts(snapshot, "谁?什么时候?为什么?") == []


def test_only_ideographs_are_translated_alone(snapshot: Snapshot) -> None:
    words = [one.word for one in counterparts(snapshot, "Q 港增加了多少%？")]
    assert "Q" not in words  # "cute" to the dictionary
    assert {"港", "%"} <= set(words)


def test_nothing_is_looked_up_in_an_archive_of_the_questions_script(
    make: Callable[..., object], tmp_path: Path
) -> None:
    make({"a.txt": ARTICLES["en.txt"]})
    with open_store(tmp_path / "index").snapshot() as snapshot:
        assert counterparts(snapshot, "Who is the prime minister Takaichi?") == []
