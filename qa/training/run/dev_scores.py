"""Exact match and F1 on held-out questions, each with the right context given.

A quick check during training: it takes the model's best span as it is, without the rules that the
shipped reader applies to spans.
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
from qa.training.data.contexts import Context, Group, Question, Window, load, pack_sentences
from qa.training.model.loss import scores_over_null

SPAN_TOKENS = 40  # longest span
WINDOW_TOKENS = 190  # longest window that the reader is given


@dataclass(frozen=True, slots=True)
class DevSet:
    """Held-out questions; `contexts` are those of the whole file."""

    name: str
    language: str
    contexts: list[Context]
    questions: list[Question]


def load_dev_set(path: Path, count: int, tokenizer: Tokenizer) -> DevSet:
    """Read a fixed sample of a file; its name begins with the language ("zh-cmrc.jsonl")."""
    contexts, questions = load([path], tokenizer)
    sample = random.Random(0).sample(questions, min(count, len(questions)))  # noqa: S311
    name = path.name.split(".")[0]
    return DevSet(name, name.split("-")[0], contexts, sample)


def dev_scores(
    model: BertForQuestionAnswering, sets: Sequence[DevSet], tokenizer: Tokenizer
) -> dict[str, tuple[float, float]]:
    """Return exact match and F1 in percent, by the set's name."""
    model.train(False)
    results = {}
    for dev in sets:
        pairs = [
            (best_text(model, q, dev.contexts[q.context], tokenizer), answer_texts(q, dev))
            for q in dev.questions
        ]
        scores = [
            (exact_match(text, answers, dev.language), f1(text, answers, dev.language))
            for text, answers in pairs
        ]
        exact, overlap = (100 * sum(column) / len(scores) for column in zip(*scores, strict=True))
        results[dev.name] = (round(exact, 1), round(overlap, 1))
    model.train()
    return results


def answer_texts(question: Question, dev: DevSet) -> list[str]:
    """Return the acceptable answers of a question in the set."""
    text = dev.contexts[question.context].text
    return [text[a:b] for a, b in question.answers]


@torch.no_grad()
def best_text(
    model: BertForQuestionAnswering, question: Question, context: Context, tokenizer: Tokenizer
) -> str:
    """Return the best span of the context, read in windows of whole sentences."""
    windows = pack_sentences(context, WINDOW_TOKENS)
    # The whole window is marked as the answer, as `encode` drops windows without one.
    groups = [
        Group(question.text, (Window(question.context, a, b, ((a, b),)),)) for a, b in windows
    ]
    contexts = {question.context: context}
    encoded = [
        (window, rows[0])
        for window, group in zip(windows, groups, strict=True)
        for rows in encode([group], contexts, tokenizer)
    ]
    batch = collate([[row] for _, row in encoded])
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.bert(batch.ids, attention_mask=batch.mask).last_hidden_state
    scores = scores_over_null(model.qa_outputs(hidden.float()), batch.valid)
    length = scores.shape[1]
    allowed = torch.ones(length, length).triu().tril(SPAN_TOKENS).bool()
    spans = (scores[:, :, None, 0] + scores[:, None, :, 1]).masked_fill(~allowed, -1e9)
    number, cell = divmod(int(spans.argmax()), length * length)
    first, last = divmod(cell, length)
    (start, end), row = encoded[number]
    text = context.text[start:end]
    offsets = tokenizer.encode(text, add_special_tokens=False).offsets
    return text[offsets[first - row.first][0] : offsets[last - row.first][1]].strip()
