"""Words of Japanese text with their classes and plain forms."""

import threading

from index.text.japanese_words import JapaneseWord, japanese_words


def test_words_have_their_place_and_plain_form() -> None:
    text = "手紙を  書いた"
    words = japanese_words(text)
    assert [word.plain for word in words] == ["手紙", "を", "書く", "た"]
    assert all(text.startswith(word.text, word.start) for word in words)


def test_an_unknown_word_is_its_own_plain_form() -> None:
    assert [word.plain for word in japanese_words("ヌベロトン")] == ["ヌベロトン"]


def test_names_of_people_are_told() -> None:
    assert [word.text for word in japanese_words("高市は東京にいる") if word.person] == ["高市"]


def test_threads_share_the_tagger() -> None:
    text, results = "長い手紙を書いた。" * 50, list[list[JapaneseWord]]()
    threads = [
        threading.Thread(target=lambda: results.append(japanese_words(text))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert all(words == results[0] for words in results)
