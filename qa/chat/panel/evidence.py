"""The panel beside the conversation: a whole article with the cited words marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.article import Article
from index.errors import ArchiveError
from index.ingest.updating.earlier_texts import original_id
from index.store.base.protocol import Version
from qa.answers.answering import Answer
from qa.answers.citing import Citation, source_name
from qa.audit.difference import Piece
from qa.chat.phrases.problems import explain
from qa.chat.plain_text import keep_end, keep_start
from qa.chat.rendering import render
from qa.chat.source import Quote, describe, split_quote
from qa.chat.turn import ChatArchive, Reply, Source
from qa.chat.words import WORDS
from qa.permalink import digest_of, link_to
from qa.references.formats import reference

from .history import History, history_of
from .source_key import source_key

# Characters of the article shown on each side of the citation; an article may be 10 MB long.
MAX_AROUND = 40_000
MAX_KEY = 20  # characters; longer keys come from no button of ours


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of a cited text, in a sentence, and how the text differs now."""

    sentence: str
    cited: str = ""  # shown if there is no difference to show
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What the panel says of an article beside its text."""

    number: int = 0  # of the source in its reply; 0 for none
    notice: Notice | None = None
    history: History | None = None
    narrow_to: str = ""  # the id of the article to ask alone, if it is not the one shown
    source: bool = False  # whether the source can be opened


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text around the marked words; `quote` is None if there are none to mark."""

    before: str
    quote: Quote | None = None
    after: str = ""


def find_source(replies: list[Reply], key: str) -> tuple[Source, Reply] | None:
    """Return the source that a citation button names, "<turn>-<number>", or None.

    >>> find_source([], "0-1"), find_source([], "<b>")
    (None, None)
    """
    turn, _, number = key[:MAX_KEY].partition("-")
    if not (turn.isdecimal() and number.isdecimal()) or int(turn) >= len(replies):
        return None
    reply = replies[int(turn)]
    if not 1 <= int(number) <= len(reply.sources):
        return None
    return reply.sources[int(number) - 1], reply


def cited_article_html(archive: ChatArchive, replies: list[Reply], key: str) -> str:
    """Return the panel for one source of the conversation; "" if there is no such source.

    Raises:
        ArchiveError: The article is no longer in the archive.
    """
    cited = find_source(replies, key)
    if cited is None:
        return ""
    source, reply = cited
    number = int(key.split("-")[1])
    if reply.earlier:
        article = archive.earlier().article(source.citation.article_id)
        notice = Notice(WORDS[reply.language]["earlier_version"])
        beside = Beside(number, notice, narrow_to=original_id(article.id))
    else:
        article = archive.article(source.citation.article_id)
        history = history_of(archive.versions(article.id), article, reply.language)
        beside = Beside(number, history=history, source=archive.sources is not None)
    return evidence_html(article, source.citation, source.answer, reply.language, beside)


def evidence_html(
    article: Article,
    citation: Citation,
    answer: Answer | None,
    language: str,
    beside: Beside = Beside(),
) -> str:
    """Return the panel: what the article is, then its text with the citation marked.

    Args:
        article: The article as it is now. If it has changed since it was cited, the cited words
            are marked wherever they now stand.
        citation: What to mark.
        answer: What to emphasise within the citation.
        language: The language of the page's own words.
        beside: What else the panel says.
    """
    start, text = citation.start, article.text
    if text[start : citation.end] != citation.text:
        start = text.find(citation.text)
        citation, answer = _moved(citation, answer, start - citation.start)
        citation = replace(citation, location=article.location(start))
    if start < 0:
        body = Body(text[: 2 * MAX_AROUND])
    else:
        before, after = text[:start], text[start + len(citation.text) :]
        body = Body(
            keep_end(before, MAX_AROUND),
            split_quote(citation, answer),
            keep_start(after, MAX_AROUND),
        )
    return panel_html(article, citation, body, language, beside)


def article_html(
    article: Article, versions: Sequence[Version], language: str, source: bool = False
) -> str:
    """Return the panel for an article opened from the table, with nothing marked.

    `source` says whether the file that it is from can be opened.
    """
    beside = Beside(history=history_of(versions, article, language), source=source)
    whole = whole_citation(article)
    return panel_html(article, whole, Body(keep_start(article.text, MAX_AROUND)), language, beside)


def whole_citation(article: Article) -> Citation:
    """Return a citation of an article in which no text is cited."""
    return Citation(
        article.id, article.title, article.date, article.language, article.path, article.url,
        0, len(article.text), "", "body", place=article.place, archive=article.archive,
    )  # fmt: skip


def reference_menu(article: Article, citation: Citation) -> dict[str, str]:
    """Return the citation in each format of a reference, by the name that the menu shows."""
    cited = replace(citation, author=article.author, digest=digest_of(article))
    shown = ("BibTeX", "RIS", "CSL-JSON", "footnote")
    return {name: reference(cited, name.lower()) for name in shown}


def error_html(error: ArchiveError, language: str = "en") -> str:
    """Return the panel with an error message in place of an article."""
    return render("evidence_error.html", message=explain(str(error), language))


def _moved(
    citation: Citation, answer: Answer | None, distance: int
) -> tuple[Citation, Answer | None]:
    """Shift a citation and the answer within it by a number of characters."""
    start = citation.start + distance
    citation = replace(citation, start=start, end=start + len(citation.text))
    if answer and answer.start is not None and answer.end is not None:
        answer = replace(answer, start=answer.start + distance, end=answer.end + distance)
    return citation, answer


def panel_html(
    article: Article,
    citation: Citation,
    body: Body,
    language: str,
    beside: Beside = Beside(),
) -> str:
    """Return the panel for a citation of an article whose text is given in parts."""
    title = article.title or source_name(citation)
    shown = replace(
        citation, title=title, language=article.language, url=article.url, changed=None
    )  # its history says more
    return render(
        "evidence.html",
        language=language,
        words=WORDS[language],
        number=beside.number,
        source=describe(shown, language),
        article_id=beside.narrow_to or article.id,
        body=body,
        notice=beside.notice,
        history=beside.history,
        source_key=source_key(citation) if beside.source else "",
        references=reference_menu(article, shown),
        permalink=link_to(article, citation.start, citation.end),
    )
