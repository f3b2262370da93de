"""The panel beside the conversation: a whole article with the cited words marked."""

from dataclasses import replace

from index.article import Article
from qa.answers.answering import Answer
from qa.answers.citing import Citation, named

from .plain_text import beginning, ending, name, text
from .source import elsewhere, evidence, language, line, link, where
from .turn import AnswersQuestions, Reply, Source
from .words import WORDS

LONGEST_TITLE = 300
SHOWN = 40_000  # characters of an article on each side of what is cited; an article may be 10 MB


def cited(replies: list[Reply], place: str) -> tuple[Source, Reply] | None:
    """The source that a citation's button names, "turn-number"; None if there is none such.

    >>> cited([], "0-1"), cited([], "<b>")
    (None, None)
    """
    turn, _, number = place[:20].partition("-")
    if not (turn.isdecimal() and number.isdecimal()) or int(turn) >= len(replies):
        return None
    reply = replies[int(turn)]
    if not 1 <= int(number) <= len(reply.sources):
        return None
    return reply.sources[int(number) - 1], reply


def shown_html(archive: AnswersQuestions, replies: list[Reply], place: str) -> str:
    """The article of one source of the conversation; "" where there is none.

    Raises ArchiveError if the article has been taken out of the archive.
    """
    found = cited(replies, place)
    if found is None:
        return ""
    source, reply = found
    article = archive.article(source.citation.article_id)
    return evidence_html(
        article, source.citation, source.answer, reply.language, place.split("-")[1]
    )


def evidence_html(
    article: Article, citation: Citation, answer: Answer | None, spoken: str, number: str = ""
) -> str:
    """The panel: what the article is, then its text with the citation marked.

    An article that was changed since is shown as it is now, marked where the words still stand.
    """
    at = citation.start
    if article.text[at : citation.end] != citation.text:
        at = article.text.find(citation.text)
        moved = at - citation.start
        citation = replace(citation, start=at, end=at + len(citation.text))
        if answer and answer.start is not None and answer.end is not None:
            answer = replace(answer, start=answer.start + moved, end=answer.end + moved)
    marked = evidence(citation, answer) if answer else text(citation.text)
    if at < 0:
        body = text(article.text[: 2 * SHOWN])
    else:
        before, after = article.text[:at], article.text[at + len(citation.text) :]
        body = f"{text(ending(before, SHOWN))}<mark>{marked}</mark>{text(beginning(after, SHOWN))}"
    return _panel(article, citation, body, spoken, number)


def article_html(article: Article, spoken: str) -> str:
    """The panel for an article that is read for itself."""
    whole = Citation(
        article.id, article.title, article.date, article.language, article.path, article.url,
        0, len(article.text), "", "body", place=article.place,
    )  # fmt: skip
    return _panel(article, whole, text(beginning(article.text, SHOWN)), spoken, "")


def _panel(article: Article, citation: Citation, body: str, spoken: str, number: str) -> str:
    words = WORDS[spoken]
    close = f'<button class="qa-close" aria-label="{words["close"]}">×</button>'
    badge = f'<span class="qa-number">[{int(number)}]</span> ' if number else ""
    whole = replace(citation, title=article.title, language=article.language)
    title = line("qa-title", article.title or named(citation), LONGEST_TITLE, whole)
    return (
        f'<section class="qa-evidence" lang="{spoken}" aria-label="{words["article"]}">'
        f"{close}<header><h2>{badge}{title}</h2>"
        f'<p class="qa-where">{where(whole, spoken)}</p>'
        f"{elsewhere(citation, spoken)}{link(article.url, spoken)}"
        f'<div class="qa-acts"><button class="qa-act qa-narrow" value="{name(article.id)}">'
        f"{words['narrow']}</button></div></header>"
        f'<div class="qa-text" {language(whole)} dir="auto" tabindex="0">{body}</div></section>'
    )
