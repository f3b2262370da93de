"""The panel that a permalink opens: the cited text in its article, or what became of it.

A link comes from anybody: its quote is shown as text, and beside what the article says.
"""

from index.article import Article
from index.errors import ArchiveError
from qa.answers.citing import Citation
from qa.audit.difference import difference
from qa.audit.locating import Evidence
from qa.catalogue import Catalogue
from qa.chat.phrases.cldr import day
from qa.chat.plain_text import keep_end, keep_start
from qa.chat.rendering import render
from qa.chat.source import Quote
from qa.chat.words import WORDS
from qa.permalink import digest_of

from .evidence import MAX_AROUND, Beside, Body, Notice, article_html, error_html, panel_html
from .history import history_of


def permalink_html(archive: Catalogue, address: str, language: str) -> str:
    """Return the panel for a permalink, or for what is wrong with it.

    Args:
        archive: The archive that it is opened in.
        address: The permalink, with or without a page's address before it.
        language: The language of the page's own words.
    """
    try:
        evidence = archive.locate(address)
    except ArchiveError as error:
        return error_html(error, language)
    article = evidence.article
    if article is None:
        words = WORDS[language]
        gone = Notice(_with_day(words["all_gone"], evidence, language), evidence.link.quote)
        return render("permalink_gone.html", language=language, words=words, notice=gone)
    whole = evidence.end - evidence.start == len(article.text)
    if evidence.status == "unchanged" and whole:
        versions = archive.versions(article.id)
        return article_html(article, versions, language, archive.sources is not None)
    before, after = article.text[: evidence.start], article.text[evidence.end :]
    body = Body(
        keep_end(before, MAX_AROUND),
        Quote(keep_start(evidence.text, MAX_AROUND)),
        keep_start(after, MAX_AROUND),
    )
    history = history_of(archive.versions(article.id), article, language)
    notice, opens = _notice(evidence, article, language), archive.sources is not None
    beside = Beside(notice=notice, history=history, source=opens)
    return panel_html(article, _citation(evidence, article), body, language, beside)


def _notice(evidence: Evidence, article: Article, language: str) -> Notice | None:
    """Say what became of the cited text; None if it is unchanged."""
    words, link = WORDS[language], evidence.link
    if evidence.status == "unchanged":
        return None
    if evidence.status == "gone":
        return Notice(_with_day(words["gone"], evidence, language), link.quote)
    same_article = digest_of(article) == link.digest
    if evidence.status == "moved":
        sentence = words["misplaced" if same_article else "moved"]
        return Notice(_with_day(sentence, evidence, language))
    pieces = tuple(difference(link.quote, evidence.text))
    sentence = words["misquoted" if same_article else "edited"]
    return Notice(_with_day(sentence, evidence, language), pieces=pieces)


def _with_day(sentence: str, evidence: Evidence, language: str) -> str:
    """Say first in which version the cited text is, or was until when, if the log knows."""
    version = evidence.version
    if version is None:
        return sentence
    name, stated = "held_until", version.replaced.date()
    if version.line:
        name, stated = "held_line", version.stated
    space = "" if language in ("zh", "ja") else " "
    return f"{WORDS[language][name].format(day(stated, language))}{space}{sentence}"


def _citation(evidence: Evidence, article: Article) -> Citation:
    part = next((p for p in article.parts if p.start <= evidence.start < p.end), None)
    return Citation(
        article.id,
        part.title if part and part.kind == "teaser" else article.title,
        article.date,
        article.language,
        article.path,
        article.url,
        evidence.start,
        evidence.end,
        evidence.text,
        part.kind if part else "body",
        place=article.place,
        location=article.location(evidence.start),
    )
