"""Small models: a random BERT with a tokenizer of a few words, and a span model by script."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import AddedToken, Encoding, Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertForQuestionAnswering, PreTrainedTokenizerFast

from qa.reader.quantised import write_weights
from qa.reader.span_model import SpanModel, Window

TEXT = "who when where why won signed the a treaty cup in 1999 berlin anna smith . , ?"
WORDS = TEXT.split()
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def tiny_tokenizer() -> Tokenizer:
    """Whole words as tokens, with the encoder's special tokens and template."""
    ids = {word: number for number, word in enumerate([*SPECIAL, *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens([AddedToken(name, normalized=False) for name in SPECIAL])
    return tokenizer


def tiny_encoder(folder: Path) -> BertForQuestionAnswering:
    """Save a small random BERT with its tokenizer; the same weights each time.

    `folder` gets the whole model, `folder/encoder` the part without the span head.
    """
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(WORDS),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=128,
        max_position_embeddings=512,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=1,
        initializer_range=0.3,
    )
    model = BertForQuestionAnswering(config)
    model.train(False)
    model.save_pretrained(folder)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tiny_tokenizer(), pad_token="<pad>", cls_token="<s>", model_max_length=512
    )
    tokenizer.save_pretrained(folder)
    # the names of the encoder's own tensors do not start with "bert."
    model.bert.save_pretrained(folder / "encoder")
    tiny_tokenizer().save(str(folder / "encoder" / "tokenizer.json"))
    return model


def save_tiny_reader(model: BertForQuestionAnswering, path: Path) -> Path:
    """Write the model's layers and head in the format of the shipped reader."""
    tensors = {n: p.detach() for n, p in model.named_parameters() if "word_embeddings" not in n}
    write_weights(tensors, path)
    return path


Scores = dict[str, tuple[float, float]]  # of a token as start and as end; -9 if not given


class ScriptedModel:
    """A span model with given scores; its tokens are words and single Chinese characters."""

    def __init__(self, scores: Scores) -> None:
        self.scores = scores

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        windows = []
        for number, text in enumerate(passages):
            tokens = list(re.finditer(r"[\u4e00-\u9fff]|\w+|[^\w\s]", text))
            if tokens:
                logits = np.array(
                    [self.scores.get(t.group(), (-9, -9)) for t in tokens], np.float32
                )
                offsets = np.array([token.span() for token in tokens])
                windows.append(Window(number, offsets, logits[:, 0], logits[:, 1]))
        return windows


class TinyReader(NamedTuple):
    """A folder that transformers reads, the reader's weights, the encoder's folder, the model."""

    folder: Path
    weights: Path
    encoder: Path
    model: BertForQuestionAnswering

    def span_model(self) -> SpanModel:
        return SpanModel.load(self.weights, self.encoder)

    def encode(self, *pairs: tuple[str, str]) -> Sequence[Encoding]:
        return tiny_tokenizer().encode_batch(list(pairs))
