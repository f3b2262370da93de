"""Put splits and the encoder together into a pack, with only the pieces that occur."""

from collections.abc import Mapping

from index.encoder.packed_file import PackedModel
from qa.reader.guide import CLAUSE_MARK

from .pack_file import CLAUSE, PHRASE, Pack
from .texts import Split, build_texts
from .vocabulary import new_ids, occurring, renumber

WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"
ALWAYS = ("query: ", "passage: ", CLAUSE_MARK)  # texts whose pieces are kept


def make_pack(splits: Mapping[str, Split], model: PackedModel, least: int) -> Pack:
    """Tokenise the splits; a piece that occurs fewer than `least` times becomes unknown."""
    tokenizer = model.tokenizer
    sources = sorted({context.source for split in splits.values() for context in split.contexts})
    texts = {name: build_texts(split, sources, tokenizer) for name, split in splits.items()}
    size = len(model.tensors[WORD_EMBEDDINGS])
    always = {text: tokenizer.encode(text, add_special_tokens=False).ids for text in ALWAYS}
    kept = sorted({piece for ids in always.values() for piece in ids})
    vocabulary = occurring(list(texts.values()), kept, least, size)
    new = new_ids(vocabulary, size)
    encoder = {n: t for n, t in model.tensors.items() if not n.startswith("pooler.")}
    encoder[WORD_EMBEDDINGS] = encoder[WORD_EMBEDDINGS][vocabulary]
    return Pack(
        vocabulary=vocabulary,
        pieces=[str(tokenizer.id_to_token(int(piece))) for piece in vocabulary],
        sources=sources,
        marks={PHRASE: [], CLAUSE: new[always[CLAUSE_MARK]].tolist()},
        splits={name: renumber(t, new) for name, t in texts.items()},
        encoder=encoder,
    )
