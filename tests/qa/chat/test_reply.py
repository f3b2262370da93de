"""How questions, replies and the heading look, and that no outside text becomes markup."""

from dataclasses import replace
from datetime import date

import pytest
from markdown_it import MarkdownIt

from index.store.base.search_filter import SearchFilter
from qa import AnswerGroup, AnswerItem, NotAsked, Place
from qa.chat.export import as_markdown
from qa.chat.reply import (
    messages,
    question_html,
    reply_html,
    searching_html,
)
from qa.chat.turn import Reply, Source, failure_reply, respond
from qa.chat.words import WORDS
from tests.support.chats import ARTICLE, PAGE_12, SENTENCE, FakeArchive, answer, citation
from tests.support.hostile import (
    HOSTILE,
    REPLY_ATTRIBUTES,
    REPLY_TAGS,
    ParsedHtml,
    hostile_reply,
)


def reply_text(reply: Reply) -> str:
    """Return the text that a reply shows."""
    return ParsedHtml(reply_html(reply)).text


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("answered", [True, False])
def test_hostile_text_is_shown_literally(text: str, answered: bool) -> None:
    pending = Reply(text, "en", passages_found=3, titles_found=(text,))
    shown = messages([hostile_reply(text, answered=answered)], pending)
    assert [message["role"] for message in shown] == ["user", "assistant", "user", "assistant"]
    for message in shown:
        parsed = ParsedHtml(message["content"])
        assert set(parsed.tags) <= REPLY_TAGS
        assert parsed.attribute_names <= REPLY_ATTRIBUTES
        # titles of a pending reply are put on one line
        assert text in parsed.text or message is shown[-1]
        assert "a" not in parsed.tags or text.startswith("http")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_sees_one_block_of_html_and_leaves_it_alone(text: str) -> None:
    shown = messages([hostile_reply(f"{text}\n\n# {text}")], hostile_reply(text))
    for message in shown:
        content = message["content"]
        assert "\n" not in content
        [block] = MarkdownIt("commonmark", {"html": True}).parse(content)
        assert (block.type, block.content) == ("html_block", content)


def test_very_long_titles_paths_and_questions_are_cut() -> None:
    reply = hostile_reply("x " * 500_000)
    assert "x x x…" in reply_text(replace(reply, answer=answer(None), sources=reply.sources))
    cited = replace(citation(SENTENCE), title="t" * 1_000_000, path="p" * 5000 + ".txt")
    shown = reply_text(Reply("?", "en", answer("Ann Lee", cited), (Source(cited),)))
    assert len(shown) < 1000
    assert ".txt" in shown
    assert len(ParsedHtml(question_html("q" * 100_000)).text) < 2100


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", None])
def test_an_address_that_is_not_http_is_not_linked(url: str | None) -> None:
    cited = replace(citation(SENTENCE), url=url)
    reply = Reply("?", "en", answer("Ann Lee", cited), (Source(cited),))
    assert "a" not in ParsedHtml(reply_html(reply)).tags


def test_a_link_names_its_host_and_sends_no_referrer() -> None:
    url = 'https://news.example.org/a?b=1&c="2'
    cited = replace(citation(SENTENCE), url=url)
    reply = Reply("?", "en", answer("Ann Lee", cited), (Source(cited),))
    parsed = ParsedHtml(reply_html(reply))
    assert ("href", url) in parsed.attributes
    assert ("rel", "noopener noreferrer nofollow") in parsed.attributes
    assert "Original page: news.example.org" in parsed.text


def test_a_source_names_its_page_in_the_language_of_the_reply() -> None:
    cited = replace(citation(SENTENCE), location=PAGE_12)
    for language, words in (("en", "English · a.txt · page 12"), ("zh", "a.txt · 第 12 页")):
        reply = Reply("?", language, answer("Ann Lee", cited), (Source(cited),))
        assert words in reply_text(reply)


def test_an_answer_is_bold_in_its_sentence_above_its_source() -> None:
    html = reply_html(respond(FakeArchive(answer("Ann Lee", citation(SENTENCE))), "Who?"))
    assert "The mayor&#44; <strong>Ann Lee</strong>&#44; opened" in html
    shown = ParsedHtml(html).text
    assert "[1]" in shown
    assert "A headline2025-01-02 · English · a.txt" in shown
    marked = html[html.index("<mark>") : html.index("</mark>")]
    assert ParsedHtml(marked).text == SENTENCE
    assert "It rained. The mayor" in shown


def test_the_same_words_earlier_in_the_sentence_are_not_bold() -> None:
    article = replace(ARTICLE, text="Lee told Lee.")
    cited = citation("Lee told Lee.", article)
    second_lee = replace(answer("Ann Lee", cited), text="Lee", start=9, end=12)
    reply = Reply("?", "en", second_lee, (Source(cited),))
    assert "Lee told <strong>Lee</strong>" in reply_html(reply)


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.999, "High confidence 99%"),
        (0.75, "High confidence 75%"),
        (0.5, "Fair confidence 50%"),
        (0.1, "Low confidence: check the source 10%"),
    ],
)
def test_confidence_is_shown_in_words_and_percent(confidence: float, words: str) -> None:
    archive = FakeArchive(answer("Ann Lee", citation(SENTENCE), confidence=confidence))
    assert words in reply_text(respond(archive, "Who?"))


def test_a_refusal_shows_the_closest_passages_unmarked() -> None:
    archive = FakeArchive(answer(None, citation(SENTENCE), citation("End.")))
    html = reply_html(respond(archive, "Who won?"))
    shown = ParsedHtml(html).text
    assert "The archive does not hold an answer to this." in shown
    assert "The closest passages in it:" in shown
    assert html.count("<details") == 2
    assert "<mark>" not in html
    assert "High" not in shown


def test_a_refusal_by_an_empty_archive_is_one_sentence() -> None:
    reply = respond(FakeArchive(answer(None)), "Who won?")
    assert reply_text(reply) == "The archive does not hold an answer to this."


def test_a_teaser_names_the_file_it_was_found_in() -> None:
    cited = replace(citation(SENTENCE, kind="teaser"), title=None)
    shown = reply_text(respond(FakeArchive(answer("Ann Lee", cited)), "Who?"))
    assert "[1] 2025-01-02 · English · teaser found in a.txt" in shown


def test_copies_are_named_once_each_and_the_rest_counted() -> None:
    places = tuple(Place(f"{n}", None, f"{n % 7}.txt", 0, 1, "body") for n in range(20))
    cited = replace(citation(SENTENCE), also_in=places)
    shown = reply_text(respond(FakeArchive(answer("Ann Lee", cited)), "Who?"))
    assert "also in 0.txt, 1.txt, 2.txt, 3.txt, 3 more" in shown


def test_a_chinese_question_gets_chinese_words_around_the_answer() -> None:
    other_place = Place("b", None, "b.txt", 0, 1, "body")
    cited = replace(citation(SENTENCE, kind="teaser"), also_in=(other_place,))
    shown = reply_text(respond(FakeArchive(answer("Ann Lee", cited)), "谁开通了这座桥？"))
    for words in ("把握较大", "来源", "英文", "相关报道摘要，见于 a.txt", "另见 b.txt"):
        assert words in shown
    refusal = reply_text(respond(FakeArchive(answer(None)), "谁赢了？"))
    assert "档案里没有这个问题的答案" in refusal


def test_a_problem_is_one_sentence() -> None:
    refused = respond(FakeArchive(None), " ")
    assert reply_text(refused) == "The question is empty: ask something."
    assert "Something went wrong" in reply_text(failure_reply("Who?"))


def test_a_search_filter_is_shown_with_the_articles_it_leaves_out() -> None:
    reply = Reply(
        "?", "en", answer(None), search_filter=SearchFilter.of(after="2025-01-01", language="zh"),
        undated=1234,
    )  # fmt: skip
    assert reply_text(reply).startswith(
        "Only: 2025-01-01 – … · Chinese. Articles without a date are left out: 1,234."
    )


def test_other_candidates_are_listed_with_their_confidence() -> None:
    other = answer("Monday", citation(SENTENCE), confidence=0.3)
    archive = FakeArchive(
        replace(answer("Ann Lee", citation(SENTENCE)), alternatives=(other, other))
    )
    html = reply_html(respond(archive, "Who?"), turn=4)
    assert "on <strong>Monday</strong>&#46;" in html
    parsed = ParsedHtml(html)
    assert "Other candidate answers (2)" in parsed.text
    assert "check the source 30%" in parsed.text
    assert {("value", "4-1"), ("value", "4-2"), ("value", "4-3")} <= set(parsed.attributes)


def test_while_searching_the_articles_found_so_far_are_named() -> None:
    first = ParsedHtml(searching_html(Reply("?", "en")))
    assert first.text == "Looking in the archive…"
    pending = Reply("?", "en", passages_found=3, titles_found=("A", "B"))
    assert ParsedHtml(searching_html(pending)).text == ("3 passages found; choosing the answer…AB")


def test_an_answer_can_be_copied_as_a_reference() -> None:
    reply = respond(FakeArchive(answer("Ann Lee", citation(SENTENCE))), "Who?")
    copied = f"“Ann Lee” — “{SENTENCE}” A headline, 2025-01-02, English, a.txt"
    assert ("value", copied) in ParsedHtml(reply_html(reply)).attributes


def test_only_the_last_reply_offers_to_correct_how_it_was_understood() -> None:
    followup = replace(answer("Ann Lee", citation(SENTENCE)), understood="Who opened the bridge?")
    replies = [respond(FakeArchive(followup), "And who?")] * 2
    first, last = (message["content"] for message in messages(replies)[1::2])
    assert "Ask exactly as typed" in last
    assert "Ask exactly as typed" not in first
    assert "Understood as: Who opened the bridge?" in ParsedHtml(first).text
    while_asking = messages(replies, Reply("?", "en"))
    assert not any("Ask exactly as typed" in message["content"] for message in while_asking)


def test_an_answer_in_another_language_says_so_and_offers_either() -> None:
    chinese = replace(citation(SENTENCE), language="zh-tw")
    found = replace(
        answer("Ann Lee", citation(SENTENCE)), question="Who met her in Nara?", citations=(chinese,)
    )
    shown = reply_html(Reply(found.question, "en", found))
    assert "Asked in English, answered in Chinese" in ParsedHtml(shown).text
    for code in ("en", "zh"):
        assert f'qa-language" value="{code}"' in shown


def test_an_answer_in_the_same_language_does_not_say_so() -> None:
    found = replace(answer("Ann Lee", citation(SENTENCE)), question="Who met her in Nara?")
    assert "qa-across" not in reply_html(Reply(found.question, "en", found))


def test_sources_that_differ_are_shown_with_their_days() -> None:
    cited = citation(SENTENCE)
    days = (date(2025, 10, 28), date(2025, 11, 2))
    groups = (
        AnswerGroup("8.6 percent", days, (cited,) * 3),
        AnswerGroup("9 percent", (), (cited,), differs=True),
    )
    prepared = replace(answer("Ann Lee", cited), groups=groups, differs=True)
    reply = respond(FakeArchive(prepared), "Who?")
    shown = reply_text(reply)
    assert "Sources differ" in shown
    assert "8.6 percent · 3 articles, 2025-10-28 – 2025-11-02" in shown
    assert "9 percent · 1 article: differs" in shown
    assert "Over time" in shown
    agreeing = replace(prepared, groups=groups[:1], differs=False)
    assert "各来源一致" in reply_text(respond(FakeArchive(agreeing), "谁？"))
    assert "Sources differ" not in reply_text(respond(FakeArchive(answer("Ann Lee", cited)), "?"))


def test_a_refusal_names_what_is_missing_and_folds_away_the_unsure_answer() -> None:
    unsure = replace(answer("Monday", citation(SENTENCE), confidence=0.3), answered=False)
    refused = replace(
        answer(None, citation("End.")), missing=("Zorro", "推特"), alternatives=(unsure, unsure)
    )
    html = reply_html(respond(FakeArchive(refused), "Who is Zorro?"))
    parsed = ParsedHtml(html)
    assert "Nowhere in the archive, as spelled here: Zorro, 推特" in parsed.text
    assert "Not sure: what it would have answered otherwise" in parsed.text
    assert "Below the threshold: 30%" in parsed.text
    assert html.count("<strong>Monday") == 1, "only the best of them"
    assert '<details class="qa-others">' in html, "closed at first"
    in_chinese = ParsedHtml(reply_html(respond(FakeArchive(refused), "佐罗是谁？"))).text
    assert "档案中没有出现（按此写法）：Zorro、推特" in in_chinese
    assert "把握不足" in in_chinese


@pytest.mark.parametrize("text", HOSTILE)
def test_missing_words_are_shown_literally(text: str) -> None:
    refused = replace(answer(None), missing=(text[:30],))
    parsed = ParsedHtml(reply_html(respond(FakeArchive(refused), "Who?")))
    assert set(parsed.tags) <= REPLY_TAGS
    assert parsed.attribute_names <= REPLY_ATTRIBUTES


def test_verdict_buttons_are_shown_only_where_a_log_is_kept() -> None:
    reply = respond(FakeArchive(answer("Ann Lee", citation(SENTENCE))), "Who?")
    assert "Is this right?" not in reply_text(reply)
    html = reply_html(replace(reply, verdict="wrong"), 3, judged=True)
    parsed = ParsedHtml(html)
    assert {("value", "3-right"), ("value", "3-wrong"), ("value", "3-other")} <= set(
        parsed.attributes
    )
    assert "Is this right? Right Wrong Not what I asked".replace(" ", "") in parsed.text.replace(
        " ", ""
    )
    chosen = [value for name, value in parsed.attributes if name == "class"]
    assert chosen.count("qa-act qa-judge") == 2
    assert chosen.count("qa-act qa-judge qa-chosen") == 1
    problem = respond(FakeArchive(None), "")
    assert "qa-judge" not in reply_html(problem, judged=True)
    assert "qa-judge" in messages([reply], judged=True)[1]["content"]


def test_items_are_listed_with_buttons_for_their_sources() -> None:
    cited = citation(SENTENCE)
    items = (
        AnswerItem("<b>Ann</b> [a](b) $x$", 34, 41, (cited, citation("It rained."))),
        AnswerItem("雨", 0, 1, (cited,)),
    )
    reply = respond(FakeArchive(replace(answer("Ann Lee", cited), items=items)), "Who?")
    html = reply_html(reply, 3)
    listed = html[html.index("qa-items") : html.index("</ol>")]
    assert ParsedHtml(listed).text.count("<b>Ann</b> [a](b) $x$") == 1
    assert [button for button in ("3-1", "3-2") if f'value="{button}"' in listed] == ["3-1", "3-2"]
    assert "qa-items" not in reply_html(respond(FakeArchive(answer("Ann Lee", cited)), "Who?"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_yes_or_no_is_left_to_the_reader(language: str) -> None:
    plain = answer(SENTENCE, citation(SENTENCE))
    reply = Reply("Did it open?", language, answer=replace(plain, undecided=True))
    phrase = WORDS[language]["undecided"]
    assert phrase in reply_text(reply)
    assert phrase in as_markdown([reply])
    assert phrase not in reply_text(replace(reply, answer=plain))


@pytest.mark.parametrize("answered", [True, False])
def test_a_bell_is_shown_beside_answers_and_refusals(answered: bool) -> None:
    found = answer("Ann Lee", citation(SENTENCE)) if answered else answer(None, citation(SENTENCE))
    assert "qa-bell" not in reply_html(Reply("Who?", "en", found))
    shown = reply_html(Reply("Who?", "en", found, stands=False), turn=3)
    assert shown.count('<button class="qa-act qa-bell" value="3"') == 1
    pressed = ParsedHtml(reply_html(Reply("Who?", "en", found, stands=True)))
    assert ("class", "qa-act qa-bell qa-chosen") in pressed.attributes


def test_an_answer_of_several_archives_offers_each_and_names_what_was_not_asked() -> None:
    elsewhere = Place("old:a", None, "a.txt", 0, 9, "body", archive="old")
    cited = replace(citation(SENTENCE), archive="news", also_in=(elsewhere,))
    missing = (NotAsked("wire", "it is down"),)
    found = replace(answer("Ann Lee", cited), citations=(cited,), not_asked=missing)
    html = reply_html(Reply("Who?", "en", found, (Source(cited, answer=found),)))
    assert 'class="qa-act qa-one-archive" value="news"' in html
    assert 'class="qa-act qa-one-archive" value="old"' in html
    assert "Not asked, so that this may be incomplete: wire" in ParsedHtml(html).text
    assert "it is down" not in html
