"""A small random BERT with a tokenizer of a few words."""

from pathlib import Path

import torch
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertForQuestionAnswering, PreTrainedTokenizerFast

from qa.reader.quantised import write_reader

TEXT = "who when where why won signed the a treaty cup in 1999 berlin anna smith . , ?"


WORDS = TEXT.split()


def tiny_tokenizer() -> Tokenizer:
    """Words as tokens, the encoder's special tokens and template."""
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = {word: number for number, word in enumerate([*special, *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(pieces, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens([AddedToken(name, normalized=False) for name in special])
    return tokenizer


def tiny_encoder(folder: Path) -> BertForQuestionAnswering:
    """Save a small random BERT with its tokenizer; the same weights each time."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS) + 4,
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
    model = BertForQuestionAnswering(config).eval()
    model.save_pretrained(folder)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=tiny_tokenizer(), pad_token="<pad>", cls_token="<s>", model_max_length=512
    )
    tokenizer.save_pretrained(folder)
    # the encoder proper has no span head: its tensors bear no "bert." before their names
    model.bert.save_pretrained(folder / "encoder")
    tiny_tokenizer().save(str(folder / "encoder" / "tokenizer.json"))
    return model


def shipped(model: BertForQuestionAnswering, path: Path) -> Path:
    """The model's layers and head as `training` would ship them."""
    tensors = {n: p.detach() for n, p in model.named_parameters() if "word_embeddings" not in n}
    write_reader(tensors, path)
    return path
