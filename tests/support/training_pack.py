"""A small pack of made-up contexts over a small random encoder."""

import random

import numpy as np

from qa.training.pack.arrays import Integers
from qa.training.pack.pack_file import CARELESS, CLAUSE, NEAR_MISS, PHRASE, SWITCHED, Pack, Texts

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
NAMES = [f"▁name{n}" for n in range(40)]
FILLERS = ["▁", *(f"▁w{n}" for n in range(60)), "▁.", "字", "ing"]
PIECES = [*SPECIAL, *FILLERS, *NAMES]
SOURCES = ["en-made-up", "zh-made-up", "ja-made-up"]


def small_pack(seed: int = 0, *, contexts: int = 60, hidden: int = 64, layers: int = 2) -> Pack:
    """Three languages of made-up contexts, in all splits; the same for equal arguments."""
    return Pack(
        vocabulary=np.arange(len(PIECES)),
        pieces=PIECES,
        sources=SOURCES,
        marks={PHRASE: [], CLAUSE: [PIECES.index("▁w1")]},
        splits={
            "train": made_up_texts(seed, contexts),
            "held": made_up_texts(seed + 1, 12),
            "dev/en-made-up": made_up_texts(seed + 2, 12),
        },
        encoder=_encoder(hidden, layers),
    )


def made_up_texts(seed: int, contexts: int) -> Texts:
    """Contexts of 3 to 24 sentences; every third question cannot be answered."""
    rng = random.Random(seed)
    made = _Maker(rng)
    for number in range(contexts):
        made.context(number)
    return made.texts()


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.lists: dict[str, list[int]] = {name: [] for name in Texts.__annotations__}
        for name in self.lists:
            if name.endswith("_start") or name in ("context_sentence", "context_passage"):
                self.lists[name].append(0)

    def context(self, number: int) -> None:
        rows, rng = self.lists, self.rng
        passage = rng.randint(90, 130)
        length = 0
        answers = []
        for _ in range(rng.randint(3, 24)):
            sentence, answer = self.sentence()
            if answer is not None:
                answers.append(len(rows["tokens"]) + answer)
            if length and length + len(sentence) > passage:
                rows["passage_start"].append(len(rows["sentence_start"]) - 1)
                length = 0
            length += len(sentence)
            rows["tokens"] += sentence
            rows["sentence_start"].append(len(rows["tokens"]))
        rows["passage_start"].append(len(rows["sentence_start"]) - 1)
        rows["context_sentence"].append(len(rows["sentence_start"]) - 1)
        rows["context_passage"].append(len(rows["passage_start"]) - 1)
        rows["context_source"].append(number % len(SOURCES))
        rows["context_article"].append(number // 6 * 3 + number % len(SOURCES))
        rows["context_unspaced"].append(int(number % len(SOURCES) > 0))
        for answer in rng.sample(answers, min(len(answers), 4)):
            self.question(number, answer)
        self.question(number, None)

    def sentence(self) -> tuple[list[int], int | None]:
        rng = self.rng
        words = [PIECES.index(rng.choice(FILLERS[:-2])) for _ in range(rng.randint(4, 40))]
        place = None
        if rng.random() < 0.5:
            place = rng.randrange(len(words))
            words[place] = PIECES.index(rng.choice(NAMES))
        return words, place

    def question(self, context: int, answer: int | None) -> None:
        rows, rng = self.lists, self.rng
        number = len(rows["question_context"])
        rows["question_context"].append(context)
        rows["question_guide"].append(rng.choice([PHRASE, CLAUSE]))
        asked = [PIECES.index(rng.choice(FILLERS)) for _ in range(6)]
        if answer is not None:
            asked.append(rows["tokens"][answer])
            rows["answer_question"].append(number)
            rows["answer_first"].append(answer)
            rows["answer_last"].append(answer)
        rows["question_tokens"] += asked
        rows["question_start"].append(len(rows["question_tokens"]))
        for kind in (CARELESS, SWITCHED, *([NEAR_MISS] if answer is not None else [])):
            rows["variant_question"].append(number)
            rows["variant_kind"].append(kind)
            rows["variant_tokens"] += asked[::-1]
            rows["variant_start"].append(len(rows["variant_tokens"]))

    def texts(self) -> Texts:
        rows = {name: np.array(values, np.int64) for name, values in self.lists.items()}
        rows["ranked_question"], rows["ranked_passage"] = self.ranked(rows)
        return Texts(**rows)

    def ranked(self, rows: dict[str, Integers]) -> tuple[Integers, Integers]:
        """Four passages of other contexts for each question."""
        passages = len(rows["passage_start"]) - 1
        pairs = []
        for question, context in enumerate(rows["question_context"].tolist()):
            first, end = rows["context_passage"][context : context + 2]
            drawn = [p for p in self.rng.sample(range(passages), 5) if not first <= p < end][:4]
            pairs += [(question, p) for p in drawn]
        columns = np.array(pairs, np.int64)
        return columns[:, 0], columns[:, 1]


def _encoder(hidden: int, layers: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(PIECES), hidden),
        "embeddings.position_embeddings.weight": (256, hidden),
        "embeddings.token_type_embeddings.weight": (2, hidden),
        "embeddings.LayerNorm": (hidden,),
    }
    for n in range(layers):
        layer = f"encoder.layer.{n}"
        for part in ("query", "key", "value"):
            shapes[f"{layer}.attention.self.{part}"] = (hidden, hidden)
        shapes[f"{layer}.attention.output.dense"] = (hidden, hidden)
        shapes[f"{layer}.attention.output.LayerNorm"] = (hidden,)
        shapes[f"{layer}.intermediate.dense"] = (2 * hidden, hidden)
        shapes[f"{layer}.output.dense"] = (hidden, 2 * hidden)
        shapes[f"{layer}.output.LayerNorm"] = (hidden,)
    weights: dict[str, np.ndarray] = {}
    for name, shape in shapes.items():
        if name.endswith("LayerNorm"):
            weights[f"{name}.weight"] = np.ones(shape, np.float32)
            weights[f"{name}.bias"] = np.zeros(shape, np.float32)
        elif name.endswith(".weight"):
            weights[name] = rng.normal(0, 0.3, shape).astype(np.float32)
        else:
            weights[f"{name}.weight"] = rng.normal(0, 0.3, shape).astype(np.float32)
            weights[f"{name}.bias"] = np.zeros(shape[0], np.float32)
    return weights
