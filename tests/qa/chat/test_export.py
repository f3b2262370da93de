"""A conversation saved as Markdown, JSON or a reference, as other programs read it."""

import datetime
import json
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.article import Location
from index.store.base.search_filter import SearchFilter
from qa import AnswerGroup, AnswerItem, Change, Place
from qa.chat.export import as_json, as_markdown, code_span, literal, reference
from qa.chat.turn import Reply, failure_reply, respond
from tests.support.chats import ARTICLE, PAGE_12, SENTENCE, FakeArchive, answer, citation
from tests.support.hostile import HOSTILE, hostile_reply

MARKDOWN = [
    "# a heading",
    "1. one\n2. two\n\n3) three",
    "- a\n+ b\n* c",
    "---\n===\n***",
    "    code\n\ttab",
    "[a]: http://evil.example 'b'\n\n[a] [a][] ![a]",
    "<http://evil.example> <me@evil.example> http&colon;//evil.example",
    "me@evil.example @@user `@` \\@ @`@",
    "WWW.evil.example www.evil.example",
    "[^1] footnote [^1]: text",
    "`` ` ``` \\` \\\\",
    "a | b\n--|--\nc | d",
    ":smile: ==mark== ^sup^ ~sub~ ++ins++",
    "\u202ereversed\u2066 \x00nul",
    "&lt;b&gt; &#60;i&#62;",
]
PLAIN = {"inline", "text", "heading_open", "heading_close", "paragraph_open", "paragraph_close"}
PLAIN |= {"blockquote_open", "blockquote_close", "strong_open", "strong_close", "code_inline"}
PLAIN |= {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}


def tokens(markdown: str) -> list[Token]:
    """Parse Markdown with tables, strikethrough and HTML switched on."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    flat: list[Token] = []
    for token in parser.parse(markdown):
        flat += [token, *(token.children or [])]
    return flat


def visible_text(markdown: str) -> str:
    return "".join(t.content for t in tokens(markdown) if t.type in ("text", "code_inline"))


@pytest.mark.parametrize("text", [*HOSTILE, *MARKDOWN])
@pytest.mark.parametrize("answered", [True, False])
def test_nothing_of_an_article_becomes_markdown(text: str, answered: bool) -> None:
    markdown = as_markdown([hostile_reply(text, answered=answered), failure_reply(text)])
    parsed = tokens(markdown)
    assert {token.type for token in parsed} <= PLAIN
    assert {t.tag for t in parsed if t.type == "heading_open"} <= {"h1", "h2"}
    assert sum(t.type == "heading_open" for t in parsed) == 3


@pytest.mark.parametrize("text", [*HOSTILE, *MARKDOWN])
def test_text_is_shown_literally(text: str) -> None:
    visible = text.translate(dict.fromkeys(map(ord, "\u202e\u2066\x00")))
    assert visible_text(literal(text)) == " ".join(visible.split())


@pytest.mark.parametrize("address", ["me@evil.example", "http://evil.example", "www.evil.example"])
def test_addresses_are_not_linked_automatically(address: str) -> None:
    """GitHub looks for addresses in text after removing the escapes."""
    texts = [token.content for token in tokens(literal(f"a {address} b")) if token.type == "text"]
    assert not any("@" in text for text in texts)
    assert address not in literal(address)


def test_a_changed_source_says_so() -> None:
    changed = replace(citation(SENTENCE), changed=Change(datetime.date(2026, 11, 3), 2, 1))
    markdown = as_markdown([respond(FakeArchive(answer("Ann Lee", changed)), "Who?")])
    assert "(Changed since 2026-11-03: 2 sentences differ)" in visible_text(markdown)


def test_a_conversation_as_markdown() -> None:
    place = Place("b", None, "b.txt", 0, 1, "body")
    cited = replace(citation(SENTENCE), also_in=(place,), url="https://news.example/1")
    prepared = replace(answer("Ann Lee", cited), understood="Who opened the bridge?")
    asked = replace(
        respond(FakeArchive(prepared), "And who?"), search_filter=SearchFilter.of(language="en")
    )
    refused = respond(FakeArchive(answer(None, citation("End."))), "谁赢了？")
    assert as_markdown([asked, refused, respond(FakeArchive(None), " ")]) == (
        "# Archive QA\n\n"
        "## 1\\. And who?\n\n"
        "Understood as: Who opened the bridge?\n\n"
        "Only: English.\n\n"
        "**Ann Lee** — High confidence (0.90)\n\n"
        f"> {SENTENCE}\n>\n"
        "> \\[1\\] A headline, 2025-01-02, English, `a.txt`, `https://news.example/1` "
        "(also in `b.txt`)\n\n"
        "## 2\\. 谁赢了？\n\n"
        "档案里没有这个问题的答案。\n\n"
        "> End.\n>\n> \\[1\\] A headline, 2025-01-02, 英文, `a.txt`\n\n"
        "## 3\\. \n\nthe question is empty: ask something\n"
    )
    assert as_markdown([]) == "# Archive QA\n"


def test_what_the_sources_say_is_saved() -> None:
    cited = citation(SENTENCE)
    groups = (
        AnswerGroup("8.6 percent", (datetime.date(2025, 10, 28),), (cited,) * 3),
        AnswerGroup("9 percent", (), (cited,), differs=True),
    )
    prepared = replace(answer("Ann Lee", cited), groups=groups, differs=True)
    replies = [respond(FakeArchive(prepared), "Who?")]
    said = "- 8\\.6 percent · 3 articles, 2025-10-28\n- 9 percent · 1 article\n\n"
    assert f"\n\nSources differ:\n\n{said}" in as_markdown(replies)
    [turn] = json.loads(as_json(replies))["conversation"]
    assert turn["answer"]["differs"]
    assert [group["value"] for group in turn["answer"]["groups"]] == ["8.6 percent", "9 percent"]


def test_a_conversation_as_json_has_every_field() -> None:
    other = answer("Monday", citation(SENTENCE), confidence=0.3)
    prepared = replace(answer("Ann Lee", citation(SENTENCE)), alternatives=(other,))
    asked = replace(
        respond(FakeArchive(prepared), "谁?"), search_filter=SearchFilter.of(after="2025-01-01")
    )
    first, second = json.loads(as_json([asked, respond(FakeArchive(None), "")]))["conversation"]
    assert first["question"] == "谁?"
    assert first["only"]["after"] == "2025-01-01"
    found = first["answer"]
    assert (found["text"], found["confidence"]) == ("Ann Lee", 0.9)
    [cited] = found["citations"]
    assert ARTICLE.text[cited["start"] : cited["end"]] == cited["text"] == SENTENCE
    assert cited["date"] == "2025-01-02"
    assert found["alternatives"][0]["text"] == "Monday"
    assert (second["answer"], second["problem"][:12]) == (None, "the question")


def test_a_refusal_saves_what_is_missing_the_unsure_answer_and_the_verdict() -> None:
    unsure = replace(answer("Monday", citation(SENTENCE), confidence=0.3), answered=False)
    refused = replace(answer(None), missing=("Zor*ro",), alternatives=(unsure,))
    reply = replace(respond(FakeArchive(refused), "Who?"), verdict="wrong")
    saved = as_markdown([reply])
    assert "Nowhere in the archive, as spelled here: Zor\\*ro" in saved
    assert f"what it would have answered otherwise (0.30):\n\n> {SENTENCE}" in saved
    assert "Is this right? Wrong" in saved
    (turn,) = json.loads(as_json([reply]))["conversation"]
    assert turn["verdict"] == "wrong"
    assert turn["answer"]["missing"] == ["Zor*ro"]
    assert turn["answer"]["text"] is None
    assert turn["answer"]["alternatives"][0]["text"] == "Monday"


def test_a_saved_citation_says_on_which_page_or_when() -> None:
    pdf = replace(citation(SENTENCE), url="https://news.example/a.pdf", location=PAGE_12)
    film = replace(citation(SENTENCE), location=Location(seconds=65.0))
    replies = [Reply("?", language, answer("Ann Lee", pdf, film)) for language in ("en", "zh")]
    english, chinese = map(visible_text, map(as_markdown, ([replies[0]], [replies[1]])))
    assert "a.txt, https://news.example/a.pdf#page=12, page 12" in english
    assert "a.txt, 0:01:05" in english
    assert "第 12 页" in chinese
    assert reference(answer("Ann Lee", pdf), "en").endswith("a.pdf#page=12, page 12")
    assert reference(answer("Ann Lee", film), "zh").endswith("a.txt, 0:01:05")
    first, second = json.loads(as_json(replies[:1]))["conversation"][0]["answer"]["citations"]
    assert (first["page"], first["seconds"]) == (12, None)
    assert (second["page"], second["seconds"]) == (None, 65.0)


def test_lone_surrogates_do_not_stop_an_export() -> None:
    cited = replace(citation(SENTENCE), path="a\ud800.txt")
    reply = Reply("?", "en", answer("Ann Lee", cited))
    assert "a?.txt" in as_json([reply])
    assert "a?.txt" in as_markdown([reply])


def test_a_reference_is_one_line_with_its_source() -> None:
    cited = replace(citation(SENTENCE), title="A\nhead\u202eline", url="https://news.example/1")
    assert reference(answer("Ann Lee", cited), "en") == (
        f"“Ann Lee” — “{SENTENCE}” A headline, 2025-01-02, English, https://news.example/1"
    )
    whole = replace(citation(SENTENCE), title=None, date=None, language=None)
    assert reference(answer(SENTENCE, whole), "zh") == f"“{SENTENCE}” a.txt"


@pytest.mark.parametrize("text", ["a.txt", "a`b", "`", "``x`", "a\n\nb", "*a* <b> [c](d)"])
def test_a_code_span_shows_its_text(text: str) -> None:
    [span] = [token for token in tokens(code_span(text)) if token.type == "code_inline"]
    assert span.content.strip() == " ".join(text.split())


def test_the_items_of_a_list_are_saved_with_their_sources() -> None:
    cited = citation(SENTENCE)
    items = tuple(AnswerItem(text, 34, 41, (cited,)) for text in ("Ann Lee", "[a](b) <i>"))
    replies = [respond(FakeArchive(replace(answer("Ann Lee", cited), items=items)), "Who?")]
    saved = as_markdown(replies)
    assert "\n\nAs a list (2):\n\n- Ann Lee \\[1\\]\n- \\[a\\](b) \\<i\\> \\[1\\]\n" in saved
    [turn] = json.loads(as_json(replies))["conversation"]
    assert [item["text"] for item in turn["answer"]["items"]] == ["Ann Lee", "[a](b) <i>"]
