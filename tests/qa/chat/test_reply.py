"""How replies look, and that no text from outside ever becomes HTML, Markdown or a live link."""

import html
import re
from dataclasses import replace

import pytest

from qa import Place
from qa.chat.reply import begin_html, heading_html, messages, question_html, reply_html, text
from qa.chat.turn import Reply, Source, failure, respond
from tests.support.chats import ARTICLE, SENTENCE, FakeArchive, answer, citation
from tests.support.hostile import ATTRIBUTES, HOSTILE, TAGS, Seen, hostile_reply

TAGS |= {"button", "ul", "li"}


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("answered", [True, False])
def test_hostile_text_is_shown_as_text(words: str, answered: bool) -> None:
    shown = messages(
        [hostile_reply(words, answered=answered)],
        asked=Reply(words, "en", passages=3, found=(words,)),
    )
    assert [m["role"] for m in shown] == ["user", "assistant", "user", "assistant"]
    assert "3 passages found" in shown[-1]["content"]
    for message in shown:
        seen = Seen(message["content"])
        assert set(seen.tags) <= TAGS
        assert {name for name, _ in seen.attributes} <= ATTRIBUTES
        assert words in seen.text or message is shown[-1]  # "found" puts each title on one line
        assert "a" not in seen.tags or words.startswith("http")


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_is_left_for_markdown_to_read(words: str) -> None:
    """No ASCII punctuation stands bare, and no line end: Markdown sees one block of HTML."""
    assert re.fullmatch(r"(?:[\w\s]|&#\d+;|[^\x00-\x7f])*", text(words))
    assert html.unescape(text(words)) == words
    assert "\n" not in reply_html(hostile_reply(f"{words}\n\n# {words}"))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\u202egpj.exe", "agpj.exe"),
        ("\u2066x\u2069 \u202ay\u202c", "x y"),
        ("a\x00b\x1b[31mc\x7f\x9bd", "ab[31mcd"),
        ("one\r\ntwo\u2028three\x85four", "one\ntwo\nthree\nfour"),
        ("tab\tbed", "tab bed"),
        ("half \ud800 character", "half ? character"),
        ("שלום العربية 日本語 😀", "שלום العربية 日本語 😀"),
    ],
)
def test_characters_that_hide_or_reorder_are_left_out(words: str, shown: str) -> None:
    assert Seen(text(words)).text == shown


def test_a_very_long_title_path_and_question_are_shortened() -> None:
    reply = hostile_reply("x " * 500_000)
    shown = Seen(reply_html(replace(reply, answer=answer(None), sources=reply.sources))).text
    assert "x x x…" in shown
    cited = replace(citation(SENTENCE), title="t" * 1_000_000, path="p" * 5000 + ".txt")
    shown = Seen(reply_html(Reply("?", "en", answer("Ann Lee", cited), (Source(cited),)))).text
    assert len(shown) < 1000
    assert ".txt" in shown
    assert len(Seen(question_html("q" * 100_000)).text) < 2100


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "http:",
        "http://",
        "https:example.org",
        "http://[::1",
        "http://a b.example/",
        "http:\\\\evil.example",
        "https://example.org/\u202egpj",
        "https://example.org/" + "a" * 3000,
        "",
        None,
    ],
)
def test_only_a_plain_web_address_becomes_a_link(url: str | None) -> None:
    cited = replace(citation(SENTENCE), url=url)
    shown = reply_html(Reply("?", "en", answer("Ann Lee", cited), (Source(cited),)))
    assert "a" not in Seen(shown).tags


def test_a_link_tells_where_it_leads_and_gives_nothing_away() -> None:
    url = 'https://news.example.org/a?b=1&c="2'
    cited = replace(citation(SENTENCE), url=url)
    seen = Seen(reply_html(Reply("?", "en", answer("Ann Lee", cited), (Source(cited),))))
    assert ("href", url) in seen.attributes
    assert ("rel", "noopener noreferrer nofollow") in seen.attributes
    assert "Original page: news.example.org" in seen.text


def test_an_answer_stands_in_bold_in_its_sentence_with_its_source() -> None:
    shown = reply_html(respond(FakeArchive(answer("Ann Lee", citation(SENTENCE))), "Who?"))
    assert "The mayor&#44; <strong>Ann Lee</strong>&#44; opened" in shown
    seen = Seen(shown)
    assert "[1]" in seen.text
    assert "A headline2025-01-02 · English · a.txt" in seen.text
    marked = shown[shown.index("<mark>") : shown.index("</mark>")]
    assert Seen(marked).text == SENTENCE
    assert "It rained. The mayor" in seen.text


def test_the_same_words_earlier_in_the_sentence_are_not_bold() -> None:
    twice = replace(ARTICLE, text="Lee told Lee.")
    cited = citation("Lee told Lee.", twice)
    given = replace(answer("Ann Lee", cited), text="Lee", start=9, end=12)
    assert "Lee told <strong>Lee</strong>" in reply_html(Reply("?", "en", given, (Source(cited),)))


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.95, "High"), (0.75, "High"), (0.5, "Fair"), (0.1, "check the sou")]
)
def test_confidence_is_said_in_words(confidence: float, words: str) -> None:
    given = answer("Ann Lee", citation(SENTENCE), confidence=confidence)
    assert words in reply_html(respond(FakeArchive(given), "Who?"))


def test_no_answer_is_said_plainly_with_the_closest_passages_unmarked() -> None:
    given = answer(None, citation(SENTENCE), citation("End."))
    shown = reply_html(respond(FakeArchive(given), "Who won?"))
    assert "The archive does not hold an answer to this." in shown
    assert shown.count("<details") == 2
    assert "<mark>" not in shown
    assert "High" not in shown


def test_no_answer_in_an_empty_archive() -> None:
    shown = Seen(reply_html(respond(FakeArchive(answer(None)), "Who won?"))).text
    assert shown == "The archive does not hold an answer to this."


def test_a_teaser_says_in_which_file_it_was_found() -> None:
    given = answer("Ann Lee", replace(citation(SENTENCE, kind="teaser"), title=None))
    shown = Seen(reply_html(respond(FakeArchive(given), "Who?"))).text
    assert "[1] 2025-01-02 · English · teaser found in a.txt" in shown


def test_copies_elsewhere_are_named_once_each_and_not_without_end() -> None:
    places = [Place(f"{n}", None, f"{n % 7}.txt", 0, 1, "body") for n in range(20)]
    given = answer("Ann Lee", replace(citation(SENTENCE), also_in=tuple(places)))
    shown = Seen(reply_html(respond(FakeArchive(given), "Who?"))).text
    assert "also in 0.txt, 1.txt, 2.txt, 3.txt, 3 more" in shown


def test_chinese_questions_get_chinese_words_around_the_answer() -> None:
    given = answer("Ann Lee", replace(citation(SENTENCE, kind="teaser"), also_in=(
        Place("b", None, "b.txt", 0, 1, "body"),)))  # fmt: skip
    shown = Seen(reply_html(respond(FakeArchive(given), "谁开通了这座桥？"))).text
    for words in ("把握较大", "来源", "英文", "相关报道摘要，见于 a.txt", "另见 b.txt"):
        assert words in shown
    shown = Seen(reply_html(respond(FakeArchive(answer(None)), "谁赢了？"))).text
    assert "档案里没有这个问题的答案" in shown


def test_a_problem_is_one_polite_line() -> None:
    shown = Seen(reply_html(respond(FakeArchive(None), " "))).text
    assert shown == "The question is empty: ask something."
    assert "Something went wrong" in Seen(reply_html(failure("Who?"))).text


def test_the_heading_counts_articles() -> None:
    assert "1 article " in heading_html(1)
    assert "12,345 articles" in heading_html(12345)
    assert "What would you like to know?" in begin_html([])


@pytest.mark.parametrize("words", HOSTILE)
def test_questions_to_begin_with_are_buttons_that_bear_them(words: str) -> None:
    seen = Seen(begin_html([words]))
    assert set(seen.tags) <= {"div", "h2", "p", "ul", "li", "button", "span"}
    assert ("value", words) in seen.attributes
    assert words in seen.text


def test_an_answer_can_be_copied_as_a_reference() -> None:
    reply = respond(FakeArchive(answer("Ann Lee", citation(SENTENCE))), "Who?")
    copied = f"“Ann Lee” — “{SENTENCE}” A headline, 2025-01-02, English, a.txt"
    assert ("value", copied) in Seen(reply_html(reply)).attributes


def test_only_the_last_reply_can_be_understood_otherwise() -> None:
    given = replace(answer("Ann Lee", citation(SENTENCE)), understood="Who opened the bridge?")
    replies = [respond(FakeArchive(given), "And who?")] * 2
    first, last = (message["content"] for message in messages(replies)[1::2])
    assert "Ask exactly as typed" in last
    assert "Ask exactly as typed" not in first
    assert "Understood as" in first
    again = messages(replies, asked=Reply("?", "en"))
    assert "Ask exactly as typed" not in "".join(message["content"] for message in again)
