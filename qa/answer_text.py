"""An answer or a timeline as plain text for a terminal."""

from collections.abc import Sequence

from index.store.base.error_rate import percent
from index.text.terminal import printable
from qa.answers.answering import Answer, TimelineEntry
from qa.answers.citing import Citation, source_name
from qa.chat.groups import count_articles, days_between, group_lines, item_citations, item_lines
from qa.chat.languages import languages_across
from qa.chat.source import change_line, language_name, location_name
from qa.chat.words import WORDS


def timeline_as_text(entries: Sequence[TimelineEntry]) -> str:
    """Format a timeline for a terminal, a value on each line; the latest is last and marked."""
    lines = [
        f"{days_between(entry.first, entry.last)}  {entry.value} · "
        f"{count_articles(entry.citations, 'en')}{' (latest)' if entry is entries[-1] else ''}"
        for entry in entries
    ]
    text = "\n".join(lines or ["No dated article answers this."])
    return printable(text)


def as_text(answer: Answer) -> str:
    """Format an answer with its citations for a terminal, without control characters."""
    citations = list(enumerate([*answer.citations, *item_citations(answer)], start=1))
    if answer.answered:
        lines = [answer.text or ""]
        if answer.sentence != answer.text:
            lines.append(f"  “{answer.sentence}”")
        if answer.undecided:
            lines.append(f"{WORDS['en']['undecided']}.")
        if across := languages_across(answer):
            asked, answered = (language_name(code, "en") for code in across)
            lines.append(f"asked in {asked}, answered in {answered}")
    else:
        lines = ["The archive does not hold an answer to this. The closest passages:"]
    if answer.error_rate is not None:
        lines.append(f"In force: at most {percent(answer.error_rate)} of the answers are wrong.")
    for item in item_lines(answer):
        lines.append(f"  - {item.text} {''.join(f'[{n}]' for n in item.numbers)}")
    if groups := group_lines(answer, "en"):
        lines.append("Sources differ:" if answer.differs else "Sources agree:")
        lines += [f"  {line.value} · {line.about}" for line in groups]
    lines += [f"[{i}] {_source(citation)}" for i, citation in citations]
    if not answer.answered:
        lines += [f"[{i}] “{citation.text}”" for i, citation in citations]
        if answer.missing:
            lines.append(f"Nowhere in the archive: {', '.join(answer.missing)}")
        lines += [_unsure(candidate) for candidate in answer.alternatives[:1]]
    text = "\n".join(filter(None, lines))
    return printable(text)


def _unsure(candidate: Answer) -> str:
    """Return a line for an answer that is below the threshold."""
    source = _source(candidate.citations[0])
    return f"Not sure enough ({candidate.confidence:.0%}): “{candidate.text}” · {source}"


def _source(citation: Citation) -> str:
    """Return where a citation is from: "Title · date · language · file · page (also in file)"."""
    file = (
        f"teaser in {source_name(citation)}" if citation.kind == "teaser" else source_name(citation)
    )
    location = location_name(citation.location, "en")
    fields = (citation.title, citation.date, citation.language, file, location)
    source = " · ".join(str(field) for field in fields if field)
    also_in = ", ".join(dict.fromkeys(map(source_name, citation.also_in)))
    notes = [f"also in {also_in}"] if also_in else []
    if citation.also_published:
        notes.append(f"also published as {', '.join(citation.also_published)}")
    if citation.changed:
        notes.append(change_line(citation.changed, "en").lower())
    return source + "".join(f" ({note})" for note in notes)
