"""Make a split of a pack: cut contexts, rank passages, vary questions, keep what is used."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from tqdm import tqdm

from qa.training.corpus.contexts import Context, Corpus
from qa.training.corpus.cutting import Cut, cut

from .pack_file import SWITCHED
from .question_variants import Variant, Variants
from .ranking import Place, Pool, Search, rank, rank_across
from .texts import Split

CHUNK = 64  # contexts given to a process at once


def make_split(corpus: Corpus, chosen: Sequence[int], variants: Variants, search: Search) -> Split:
    """Return a split of the chosen questions and their contexts.

    Only passages of these contexts are ranked.
    """
    contexts, questions = corpus
    order = sorted(chosen, key=lambda n: (questions[n].context, n))
    kept = sorted({questions[n].context for n in order})
    cuts = dict(zip(kept, _cuts([contexts[c] for c in kept]), strict=True))
    pool = Pool(contexts, questions, cuts)
    varied = {
        n: variants.of(questions[n], pool.context_of(n)) for n in tqdm(order, desc="variants")
    }
    ranked = rank(pool, order, search)
    across = rank_across(pool, dict(_switched(varied)), search)
    position = {context: n for n, context in enumerate(kept)}
    places = [[*ranked.get(n, ()), *across.get(n, ())] for n in order]
    return Split(
        contexts=[contexts[c] for c in kept],
        cuts=[cuts[c] for c in kept],
        questions=[replace(questions[n], context=position[questions[n].context]) for n in order],
        ranked=[_moved(row, position) for row in places],
        variants=[varied[n] for n in order],
    )


def _cuts(contexts: Sequence[Context]) -> Iterator[Cut]:
    """Cut contexts, by several processes if there are many."""
    texts = [context.text for context in contexts]
    if len(texts) <= CHUNK:
        yield from map(cut, texts)
        return
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        found = workers.map(cut, texts, chunksize=CHUNK)
        yield from tqdm(found, total=len(texts), desc="passages")


def _switched(varied: Mapping[int, Sequence[Variant]]) -> Iterator[tuple[int, str]]:
    """Yield the last of each question's variants in another language's words."""
    for number, variants in varied.items():
        yield from ((number, text) for kind, text in variants if kind == SWITCHED)


def _moved(places: Sequence[Place], position: Mapping[int, int]) -> list[Place]:
    return [(position[context], passage) for context, passage in places]
