"""Questions with marked answers -> the windows of text that the reader is trained on.

Reads SQuAD-format json, or one context a line (`.jsonl`, `.jsonl.xz`); cuts contexts into windows
aligned to sentences, like those that the index holds; draws, for each question, a window with its
answer and often one without it. It does not tokenise windows for the model and does not train.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tokenizers import Tokenizer

from qa.evaluation.datasets import read_records

# An own, crude splitter: what the reader was trained on must not change when the index's rules do.
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*(?=\s)|[。！？][”’」』）]*|\n")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
PASSAGE_TOKENS = {False: 150, True: 90}  # a passage of the index in this tokenizer; True: CJK
WINDOW_TOKENS = {False: (70, 175), True: (45, 140)}  # a training window, drawn evenly

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Context:
    """A text and its pieces: (start, end, tokens) of sentences, long ones cut, in code points."""

    text: str
    source: str  # the file's name
    title: str  # of the article that it is a part of
    cjk: bool
    pieces: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    context: int  # position in the list of contexts
    answers: tuple[Range, ...]  # in the context's text


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a context to be read with a question; no answers: it holds none."""

    context: int
    start: int
    end: int
    answers: tuple[Range, ...] = ()  # in the context's text


@dataclass(frozen=True, slots=True)
class Group:
    """A question and the windows over which its scores are normalised together."""

    question: str
    windows: tuple[Window, ...]


def load(paths: Sequence[Path], tokenizer: Tokenizer) -> tuple[list[Context], list[Question]]:
    """Read files whole. Answers that do not stand verbatim at their offset are left out."""
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
    """Sentences as (start, end, tokens), no space around them; a long one is cut at limit."""
    ends = [m.end() for m in SENTENCE_END.finditer(text)] + [len(text)]
    start = which = count = 0
    for position, (_, token_end) in enumerate(offsets):
        count += 1
        last = position + 1 == len(offsets)
        if last or token_end >= ends[which] or count >= limit:
            piece = text[start:token_end]
            yield start + len(piece) - len(piece.lstrip()), token_end, count
            start, count = token_end, 0
            while which < len(ends) - 1 and ends[which] <= token_end:
                which += 1


def passages(context: Context) -> list[Range]:
    """The context cut as the index would cut it: whole sentences up to a passage's tokens."""
    found: list[Range] = []
    total = 0
    for start, end, tokens in context.pieces:
        if found and total + tokens <= PASSAGE_TOKENS[context.cjk]:
            found[-1], total = (found[-1][0], end), total + tokens
        else:
            found.append((start, end))
            total = tokens
    return found


def positive(question: Question, context: Context, rng: random.Random) -> Window | None:
    """A window of random length around one of the answers; None when it cannot be held."""
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
        sides = [i for i in (first - 1, last + 1) if 0 <= i < len(pieces)]
        sides = [i for i in sides if total + pieces[i][2] <= budget]
        if not sides:
            break
        chosen = rng.choice(sides)
        first, last = min(first, chosen), max(last, chosen)
        total += pieces[chosen][2]
    left, right = pieces[first][0], pieces[last][1]
    held = tuple(a for a in question.answers if left <= a[0] and a[1] <= right)
    return Window(question.context, left, right, held)


def holds(text: str, question: Question, context: Context) -> bool:
    """Whether the text bears one of the answers' words, so that it is no safe negative."""
    folded = text.casefold()
    return any(context.text[a:b].casefold() in folded for a, b in question.answers)
