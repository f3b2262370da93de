"""`archive-qa gaps`: what people asked of an archive and did not get, from the question log."""

import argparse
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from index.command_name import command_name
from index.errors import ArchiveError, run, stdout_is_unicode
from index.store.option import add_index_option
from index.text.terminal import printable_lines, shorten
from qa.retrieval.missing import content_words

from .log import VERDICTS, Entry, log_file, read_entries
from .verdicts import export_verdicts

DESCRIPTION = """Say what people asked of an archive and did not get. A chat that is started with
--log keeps the questions."""
MAX_SHOWN = 20  # words, topics and questions
MIN_REPEATED = 2  # refused questions that make a topic
MAX_LENGTH = 100  # characters shown of a question

Counts = list[tuple[str, int]]  # the most frequent first


@dataclass(frozen=True, slots=True)
class Gaps:
    """What an archive was asked for and lacks; all counts are of questions."""

    asked: int
    refused: int
    since: str  # the day of the oldest question, "" if there is none
    missing: Counts = field(default_factory=list)  # words that stood nowhere in the archive
    topics: Counts = field(default_factory=list)  # words that refused questions share
    questions: Counts = field(default_factory=list)  # refused
    verdicts: dict[str, int] = field(default_factory=dict)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog=command_name("gaps"), description=DESCRIPTION)
    add_index_option(parser, several=True)
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.add_argument(
        "--export", type=Path, metavar="FILE",
        help="write the verdicts on answers to a new file, for archive-qa evaluate",
    )  # fmt: skip
    options = parser.parse_args(argv)
    file = log_file(options.index)
    if not file.exists():
        raise ArchiveError(
            f"no questions to '{', '.join(options.index)}' were logged: start the chat with --log"
        )
    if options.export:
        count = export_verdicts(read_entries(file), options.export)
        print(f"{count} judged questions in {options.export}")
        return 0
    found = gaps(read_entries(file))
    if options.json:
        print(json.dumps(dataclasses.asdict(found), ensure_ascii=not stdout_is_unicode(), indent=1))
    else:
        print(f"{as_text(found)}\nfrom {file}")
    return 0


def gaps(entries: Iterable[Entry]) -> Gaps:
    """Count what was refused, and why, over the entries of a log."""
    asked, verdicts, times = 0, Counter[str](), []
    refused: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for entry in entries:
        times.append(str(entry.get("time", "")))
        if verdict := entry.get("verdict"):
            verdicts[str(verdict)] += 1
            continue
        asked += 1
        if not entry.get("answered"):
            refused[str(entry.get("understood") or entry["question"])] += 1
            missing.update({str(word).casefold() for word in entry.get("missing") or ()})
    return Gaps(
        asked=asked,
        refused=refused.total(),
        since=min(filter(None, times), default="")[:10],
        missing=missing.most_common(MAX_SHOWN),
        topics=topics(refused),
        questions=refused.most_common(MAX_SHOWN),
        verdicts={name: verdicts[name] for name in VERDICTS if verdicts[name]},
    )


def topics(questions: Counter[str]) -> Counts:
    """Return the words and pairs of words that most questions share, by how many share them.

    A word that is always part of the same pair is counted as that pair.
    """
    counts: Counter[str] = Counter()
    parts: dict[str, tuple[str, str]] = {}
    for question, times in questions.items():
        words = content_words(question)
        pairs = {f"{one} {other}": (one, other) for one, other in pairwise(words)}
        parts |= pairs
        for term in {*words, *pairs}:
            counts[term] += times
    swallowed = {
        word for pair, words in parts.items() for word in words if counts[word] == counts[pair]
    }
    shared = Counter(
        {
            term: count
            for term, count in counts.items()
            if count >= MIN_REPEATED and term not in swallowed
        }
    )
    return shared.most_common(MAX_SHOWN)


def as_text(found: Gaps) -> str:
    """Format it for a terminal, without control characters."""
    share = f" ({found.refused / found.asked:.0%})" if found.asked else ""
    since = f" since {found.since}" if found.since else ""
    lines = [f"questions   {found.asked}{since}", f"refused     {found.refused}{share}"]
    if found.verdicts:
        counts = ", ".join(f"{name} {count}" for name, count in found.verdicts.items())
        lines.append(f"verdicts    {counts}")
    for title, counted in (
        ("words that stood nowhere in the archive", found.missing),
        ("what refused questions were about", found.topics),
        ("refused questions", found.questions),
    ):
        if counted:
            lines += [
                "",
                title,
                *(f"{count:6} {shorten(text, MAX_LENGTH)}" for text, count in counted),
            ]
    return printable_lines(lines)


if __name__ == "__main__":
    sys.exit(run(main))
