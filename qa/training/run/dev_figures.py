"""How good the reader is on questions that it is never trained on, the right paragraph given.

A quick measure along a training run: spans as the model marks them, none of the selector's care.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertForQuestionAnswering

from qa.evaluation.metrics import exact_match, f1
from qa.training.data.batches import collate, encode
from qa.training.data.contexts import Context, Group, Question, Window, load
from qa.training.model.loss import relative

SPAN_TOKENS = 40
BATCH = 24


@dataclass(frozen=True, slots=True)
class DevSet:
    name: str
    language: str
    contexts: list[Context]
    questions: list[Question]


def dev_set(path: Path, count: int, tokenizer: Tokenizer) -> DevSet:
    """A fixed sample of a file's questions; the language is the name's first part ("zh-cmrc")."""
    contexts, questions = load([path], tokenizer)
    chosen = random.Random(0).sample(questions, min(count, len(questions)))  # noqa: S311
    name = path.name.split(".")[0]
    return DevSet(name, name.split("-")[0], contexts, chosen)


def dev_figures(
    model: BertForQuestionAnswering, sets: Sequence[DevSet], tokenizer: Tokenizer
) -> dict[str, tuple[float, float]]:
    """EM and F1 in percent, by the set's name."""
    model.train(False)
    found = {}
    for dev in sets:
        pairs = [
            (best_text(model, q, dev.contexts[q.context], tokenizer), answers_of(q, dev))
            for q in dev.questions
        ]
        scores = [
            (exact_match(text, answers, dev.language), f1(text, answers, dev.language))
            for text, answers in pairs
        ]
        em, f = (100 * sum(column) / len(scores) for column in zip(*scores, strict=True))
        found[dev.name] = (round(em, 1), round(f, 1))
    model.train()
    return found


def answers_of(question: Question, dev: DevSet) -> list[str]:
    text = dev.contexts[question.context].text
    return [text[a:b] for a, b in question.answers]


@torch.no_grad()
def best_text(
    model: BertForQuestionAnswering, question: Question, context: Context, tokenizer: Tokenizer
) -> str:
    """The best span of the paragraph, read in windows of whole sentences."""
    windows = windows_of(context)
    # a span of the whole window, so that `encode` keeps the row
    marked = [
        Group(question.text, (Window(question.context, a, b, ((a, b),)),)) for a, b in windows
    ]
    texts = {question.context: context}
    kept = [
        (window, rows[0])
        for window, group in zip(windows, marked, strict=True)
        for rows in encode([group], texts, tokenizer)
    ]
    batch = collate([[row] for _, row in kept])
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.bert(batch.ids, attention_mask=batch.mask).last_hidden_state
    scores = relative(model.qa_outputs(hidden.float()), batch.valid)
    length = scores.shape[1]
    allowed = torch.ones(length, length).triu().tril(SPAN_TOKENS).bool()
    pairs = (scores[:, :, None, 0] + scores[:, None, :, 1]).masked_fill(~allowed, -1e9)
    row, cell = divmod(int(pairs.argmax()), length * length)
    first, last = divmod(cell, length)
    (a, b), found = kept[row]
    offsets = tokenizer.encode(context.text[a:b], add_special_tokens=False).offsets
    inside = context.text[a:b][offsets[first - found.first][0] : offsets[last - found.first][1]]
    return inside.strip()


def windows_of(context: Context, limit: int = 190) -> list[tuple[int, int]]:
    """The whole context in windows of whole sentences, as long as the reader may be given."""
    found: list[tuple[int, int]] = []
    total = 0
    for start, end, tokens in context.pieces:
        if found and total + tokens <= limit:
            found[-1], total = (found[-1][0], end), total + tokens
        else:
            found.append((start, end))
            total = tokens
    return found
