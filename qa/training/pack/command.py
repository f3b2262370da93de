"""Put all that training needs into one file: `python -m qa.training pack --data DIR --out PACK`.

DIR/train holds the data to train on and DIR/dev the data to measure with, both as SQuAD-format
`.json` or `.jsonl[.xz]`. One article in ten of DIR/train is held out and never trained on.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.encoder.bundled import NAME
from index.encoder.packed_file import PackedModel, read_wheel_model
from index.encoder.sentence import SentenceEncoder
from index.errors import ArchiveError
from qa.training.corpus.contexts import (
    SIMPLIFIED,
    data_files,
    load,
    part,
    source_of,
    with_simplified,
)
from qa.training.corpus.sources import REST, WEIGHTS, choose, weight_of
from qa.training.variants.word_vectors import WordVectors

from .assembly import WORD_EMBEDDINGS, make_pack
from .figures import describe
from .pack_file import write_pack
from .question_variants import SourceNearMisses, Variants, code_switcher
from .ranking import Search, by_encoder, by_keywords
from .splits import make_split
from .texts import Split

LEAST = 6  # half a per cent of the tokens of the whole data is rarer
HELD_SHARE, HELD_LIMIT = 10, 2500  # held-out questions: one for so many of the limit, at most


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    options = _parser().parse_args(arguments)
    began = time.monotonic()
    model = read_wheel_model()
    search = by_keywords if options.rank == "keywords" else by_encoder(SentenceEncoder(NAME))
    _check_weights(options.weights, options.data)
    weights = options.weights if REST in options.weights else {**WEIGHTS, **options.weights}
    splits = read_splits(options.data, weights, options.limit, search, model)
    pack = make_pack(splits, model, options.least)
    write_pack(pack, options.out)
    size = options.out.stat().st_size / 1e6
    print(describe(pack))
    print(f"{len(pack.vocabulary)} pieces, {size:.1f} MB, {time.monotonic() - began:.0f} s")


def read_splits(
    data: Path,
    weights: Mapping[str, float],
    limit: int | None,
    search: Search,
    model: PackedModel,
) -> dict[str, Split]:
    """Return the splits of DIR/train and DIR/dev by their names.

    Args:
        data: DIR.
        weights: Of the sources.
        limit: Questions to train on; None for all.
        search: How passages are ranked.
        model: The encoder; its word embeddings tell like names.
    """
    paths = [p for p in data_files(data / "train") if _is_used(source_of(p), weights)]
    corpus = with_simplified(*load(paths))
    switcher = code_switcher(corpus[0])
    alike = WordVectors(model.tokenizer, model.tensors[WORD_EMBEDDINGS]).similarities
    splits: dict[str, Split] = {}
    for name, held in (("train", False), ("held", True)):
        those = part(corpus, held)
        # what is trained on must not name what is held out
        variants = Variants(SourceNearMisses(corpus if held else those, alike), switcher)
        most = min(HELD_LIMIT, -(-limit // HELD_SHARE) if limit else HELD_LIMIT) if held else limit
        splits[name] = make_split(those, choose(*those, weights, most), variants, search)
    for path in data_files(data / "dev"):
        dev = load([path])
        variants = Variants(SourceNearMisses(dev, alike), switcher)
        splits[f"dev/{source_of(path)}"] = make_split(dev, range(len(dev[1])), variants, search)
    return splits


def _check_weights(weights: Mapping[str, float], data: Path) -> None:
    names = {source_of(path) for path in data_files(data / "train")}
    known = {REST, *names, *(name + SIMPLIFIED for name in names)}
    if unknown := sorted(weights.keys() - known):
        raise ArchiveError(
            f"--weights names {', '.join(unknown)}, but {data / 'train'} holds "
            f"{', '.join(sorted(names))}"
        )


def _is_used(source: str, weights: Mapping[str, float]) -> bool:
    copies = [source, source + SIMPLIFIED] if source.startswith("zh-") else [source]
    return any(weight_of(name, weights) > 0 for name in copies)


def _shares(text: str) -> dict[str, float]:
    return {name: float(value) for name, _, value in (w.partition("=") for w in text.split(","))}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.training pack", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--limit", type=int, help="questions to train on (all)")
    parser.add_argument(
        "--weights",
        type=_shares,
        default={},
        metavar="SOURCE=SHARE,...",
        help="how much of each source is used; *=0: of no other",
    )
    parser.add_argument(
        "--rank",
        choices=("keywords", "encoder"),
        default="keywords",
        help="how passages without the answer are found (keywords)",
    )
    parser.add_argument(
        "--least",
        type=int,
        default=LEAST,
        help=f"how often a piece must occur, else it is unknown ({LEAST})",
    )
    return parser
