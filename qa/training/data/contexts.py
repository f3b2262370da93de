"""Read annotated contexts and cut the windows of text that the reader is trained on.

Contexts are split into sentences, and windows are whole sentences, like the passages of the index.
This module does not tokenise windows for the model and does not choose which ones are read.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tokenizers import Tokenizer

from qa.evaluation.datasets import read_records

# A crude splitter of its own: the training data must not change whenever the index's rules do.
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*(?=\s)|[。！？][”’」』）]*|\n")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# Lengths in the encoder's tokens; the key says whether the text is Chinese or Japanese.
PASSAGE_TOKENS = {False: 150, True: 90}  # as long as a passage of the index
WINDOW_TOKENS = {False: (70, 175), True: (45, 140)}  # a training window; drawn uniformly

Range = tuple[int, int]  # start and end in code points


@dataclass(frozen=True, slots=True)
class Context:
    """A text with its sentences as `pieces` (start, end, tokens); long sentences are cut.

    `source` is the name of its file without extensions, `title` that of the document.
    """

    text: str
    source: str
    title: str
    cjk: bool
    pieces: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `context` is a position in the list of contexts, `answers` ranges in it."""

    text: str
    context: int
    answers: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a context; `answers` are ranges in the context, none in a negative."""

    context: int
    start: int
    end: int
    answers: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A question and the windows over which its scores are normalised together."""

    question: str
    windows: tuple[Window, ...]


def load(paths: Sequence[Path], tokenizer: Tokenizer) -> tuple[list[Context], list[Question]]:
    """Read annotated files. Answers that are not verbatim at their offset are dropped."""
    contexts: list[Context] = []
    questions: list[Question] = []
    for path in paths:
        for record in read_records(path):
            text = record["context"]
            for q in record["questions"]:
                spans = {(a["start"], a["start"] + len(a["text"])): a["text"] for a in q["answers"]}
                answers = tuple(s for s, t in spans.items() if t and text[s[0] : s[1]] == t)
                if answers:
                    questions.append(Question(q["question"].strip(), len(contexts), answers))
            cjk = len(CJK.findall(text)) > len(text) / 5
            source, title = path.name.split(".")[0], record.get("title") or ""
            contexts.append(Context(text, source, title, cjk, ()))
    encodings = tokenizer.encode_batch([c.text for c in contexts], add_special_tokens=False)
    pieces = (
        _pieces(c.text, e.offsets, PASSAGE_TOKENS[c.cjk])
        for c, e in zip(contexts, encodings, strict=True)
    )
    return [replace(c, pieces=tuple(p)) for c, p in zip(contexts, pieces, strict=True)], questions


def _pieces(text: str, offsets: list[Range], limit: int) -> Iterator[tuple[int, int, int]]:
    """Yield sentences as (start, end, tokens) without outer spaces, cut at `limit` tokens."""
    ends = [m.end() for m in SENTENCE_END.finditer(text)] + [len(text)]
    start = sentence = count = 0
    for position, (_, token_end) in enumerate(offsets):
        count += 1
        last = position + 1 == len(offsets)
        if last or token_end >= ends[sentence] or count >= limit:
            piece = text[start:token_end]
            yield start + len(piece) - len(piece.lstrip()), token_end, count
            start, count = token_end, 0
            while sentence < len(ends) - 1 and ends[sentence] <= token_end:
                sentence += 1


def pack_sentences(context: Context, limit: int) -> list[Range]:
    """Cut the whole context into windows of whole sentences, each up to `limit` tokens."""
    windows: list[Range] = []
    total = 0
    for start, end, tokens in context.pieces:
        if windows and total + tokens <= limit:
            windows[-1], total = (windows[-1][0], end), total + tokens
        else:
            windows.append((start, end))
            total = tokens
    return windows


def passages(context: Context) -> list[Range]:
    """Cut the context into passages about as long as those of the index."""
    return pack_sentences(context, PASSAGE_TOKENS[context.cjk])


def draw_positive(question: Question, context: Context, rng: random.Random) -> Window | None:
    """Draw a window of random length around one of the answers; None if the answer is too long."""
    low, high = WINDOW_TOKENS[context.cjk]
    budget = rng.randint(low, high)
    start, end = rng.choice(question.answers)
    pieces = context.pieces
    inside = [i for i, p in enumerate(pieces) if p[0] < end and p[1] > start]
    first, last = inside[0], inside[-1]
    total = sum(p[2] for p in pieces[first : last + 1])
    if total > 2 * high - low:
        return None
    while True:
        neighbours = [i for i in (first - 1, last + 1) if 0 <= i < len(pieces)]
        neighbours = [i for i in neighbours if total + pieces[i][2] <= budget]
        if not neighbours:
            break
        added = rng.choice(neighbours)
        first, last = min(first, added), max(last, added)
        total += pieces[added][2]
    left, right = pieces[first][0], pieces[last][1]
    answers = tuple(a for a in question.answers if left <= a[0] and a[1] <= right)
    return Window(question.context, left, right, answers)


def contains_answer(text: str, question: Question, context: Context) -> bool:
    """Return whether the text has an answer's words, so that it is no safe negative."""
    folded = text.casefold()
    return any(context.text[a:b].casefold() in folded for a, b in question.answers)
