"""Describe a pack in figures, for the log."""

from collections import Counter

from .pack_file import NEAR_MISS, Pack, Texts


def describe(pack: Pack) -> str:
    """Return the size of every split, and of every source in it."""
    return "\n".join(
        line for name, texts in pack.splits.items() for line in _lines(name, texts, pack.sources)
    )


def _lines(name: str, texts: Texts, sources: list[str]) -> list[str]:
    source_of = texts.context_source[texts.question_context]
    contexts = Counter(texts.context_source.tolist())
    questions = Counter(source_of.tolist())
    answered = Counter(source_of[sorted(set(texts.answer_question.tolist()))].tolist())
    misses = texts.variant_question[texts.variant_kind == NEAR_MISS]
    near_misses = Counter(source_of[misses].tolist())
    ranked = Counter(source_of[texts.ranked_question].tolist())
    return [
        f"{name}: {len(source_of)} questions, {len(texts.context_source)} contexts, "
        f"{len(texts.tokens)} tokens",
        *(
            f"  {sources[s]}: {questions[s]} questions ({questions[s] - answered[s]} without an "
            f"answer), {contexts[s]} contexts, {near_misses[s]} near misses, {ranked[s]} ranked "
            "passages"
            for s in sorted(contexts)
        ),
    ]
