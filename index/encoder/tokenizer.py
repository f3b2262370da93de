"""The encoder's tokenizer: SentencePiece Unigram with XLM-RoBERTa's special tokens.

Built once from the pieces of the packed file; read from the unpacked folder ever after.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

SPECIAL_TOKENS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
START_ID, PAD_ID, END_ID, UNKNOWN_ID = range(4)


def build_tokenizer(
    pieces: Sequence[str], scores: Sequence[float], spaces: str, removed: str
) -> Tokenizer:
    """A Unigram tokenizer whose token ids are the positions of `pieces`.

    `spaces` and `removed` match the characters that become a space and that are removed.
    """
    vocabulary = list(zip(pieces, scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=UNKNOWN_ID))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(spaces), " "),
            normalizers.Replace(Regex(removed), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", START_ID), ("</s>", END_ID)],
    )
    tokenizer.add_special_tokens([AddedToken(name, normalized=False) for name in SPECIAL_TOKENS])
    return tokenizer


def read_tokenizer(folder: Path) -> Tokenizer:
    """A new tokenizer of the encoder in `folder`, for the caller to configure.

    The file is parsed once per process, which takes a second: the tokenizers share the vocabulary
    and nothing else.
    """
    parsed = _parse_tokenizer(folder)
    fresh = Tokenizer(parsed.model)
    fresh.normalizer, fresh.pre_tokenizer = parsed.normalizer, parsed.pre_tokenizer
    fresh.post_processor, fresh.decoder = parsed.post_processor, parsed.decoder
    added = parsed.get_added_tokens_decoder().values()
    fresh.add_special_tokens([AddedToken(token.content, normalized=False) for token in added])
    return fresh


@cache
def _parse_tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
