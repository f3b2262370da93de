"""Draw pairs for contrastive tuning: questions, their passages, and passages like these.

Each text is put as the encoder is asked: `<s> query: ... </s>`, `<s> passage: ... </s>`.
"""

import random
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from index.errors import ArchiveError
from qa.training.pack.pack_file import CARELESS, END, PAD, START, SWITCHED, Pack, Texts

# The encoder's ids of "query:" and "passage:", which every pack has.
QUERY, PASSAGE = (41, 1294, 12), (46692, 12)
PASSAGE_TOKENS = 200  # longer passages are cut
VARIANT_SHARES = {SWITCHED: 0.35, CARELESS: 0.15}
# Questions that make sense only beside their passage ("How was the product?") match any other too.
LEFT_OUT = ("en-amazon", "en-reddit", "en-qamr")
BLOCK = 16  # lengths are padded to a multiple, for few different shapes


@dataclass(frozen=True, slots=True)
class Batch:
    """B questions and twice as many passages, as token ids (rows, length).

    Passage `b` answers question `b`; passage `B + b` resembles it but does not answer. `contexts`
    (2 B,) says from which context each passage is: another passage of a question's own context may
    answer it too, so it does not count as wrong.
    """

    questions: Tensor
    passages: Tensor
    contexts: Tensor


class Pairs:
    """Draws batches from a split; the same for equal random states."""

    def __init__(self, pack: Pack, texts: Texts) -> None:
        """Find the passage that answers each question.

        Raises:
            ArchiveError: No question has a passage that answers it, or the pack lacks the prompts.
        """
        self._texts = texts
        self._query, self._passage = (_prompt(pack, ids) for ids in (QUERY, PASSAGE))
        left_out = np.array([source.startswith(LEFT_OUT) for source in pack.sources], bool)
        self._questions, self._home = _answered(texts, left_out)
        if not len(self._questions):
            raise ArchiveError("no question of the pack is answered by a passage")
        numbers = np.arange(len(texts.question_context) + 1)
        self._ranked = np.searchsorted(texts.ranked_question, numbers)
        self._varied = np.searchsorted(texts.variant_question, numbers)

    def __len__(self) -> int:
        return len(self._questions)

    def draw(self, count: int, rng: random.Random) -> Batch:
        """Draw `count` questions with two passages each."""
        rows = [rng.randrange(len(self)) for _ in range(count)]
        questions = [int(self._questions[row]) for row in rows]
        right = [int(self._home[row]) for row in rows]
        wrong = [self._resembling(question, rng) for question in questions]
        numbers = np.array(right + wrong)
        contexts = np.searchsorted(self._texts.context_passage, numbers, "right") - 1
        return Batch(
            _padded([self._question(question, rng) for question in questions]),
            _padded([self._passage_tokens(number) for number in numbers]),
            torch.from_numpy(contexts),
        )

    def _question(self, question: int, rng: random.Random) -> list[int]:
        texts = self._texts
        variants = range(self._varied[question], self._varied[question + 1])
        for kind, share in VARIANT_SHARES.items():
            of_kind = [v for v in variants if texts.variant_kind[v] == kind]
            if of_kind and rng.random() < share:
                start, end = texts.variant_start[(chosen := rng.choice(of_kind)) : chosen + 2]
                return [START, *self._query, *texts.variant_tokens[start:end].tolist(), END]
        start, end = texts.question_start[question : question + 2]
        return [START, *self._query, *texts.question_tokens[start:end].tolist(), END]

    def _resembling(self, question: int, rng: random.Random) -> int:
        start, end = self._ranked[question : question + 2]
        if start == end:  # none was ranked: any passage
            return rng.randrange(len(self._texts.passage_start) - 1)
        return int(self._texts.ranked_passage[rng.randrange(start, end)])

    def _passage_tokens(self, passage: int) -> list[int]:
        sentences = self._texts.passage_start[passage : passage + 2]
        start, end = self._texts.sentence_start[sentences]
        tokens = self._texts.tokens[start : min(end, start + PASSAGE_TOKENS)]
        return [START, *self._passage, *tokens.tolist(), END]


def _prompt(pack: Pack, ids: tuple[int, ...]) -> list[int]:
    places = {int(piece): place for place, piece in enumerate(pack.vocabulary)}
    if missing := [piece for piece in ids if piece not in places]:
        raise ArchiveError(f"the pack lacks the pieces {missing} of the encoder's prompts")
    return [places[piece] for piece in ids]


def _answered(texts: Texts, left_out: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return questions, and the passage in which the first answer of each wholly lies."""
    ends = texts.sentence_start[texts.passage_start]  # tokens where passages begin and end
    first = np.searchsorted(ends, texts.answer_first, "right") - 1
    whole = first == np.searchsorted(ends, texts.answer_last, "right") - 1
    source = texts.context_source[texts.question_context[texts.answer_question]]
    usable = whole & ~left_out[source]
    questions, at = np.unique(texts.answer_question[usable], return_index=True)
    return questions, first[usable][at]


def _padded(rows: list[list[int]]) -> Tensor:
    length = -(-max(map(len, rows)) // BLOCK) * BLOCK
    ids = torch.full((len(rows), length), PAD)
    for row, tokens in zip(ids, rows, strict=True):
        row[: len(tokens)] = torch.tensor(tokens)
    return ids
