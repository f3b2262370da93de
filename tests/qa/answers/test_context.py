"""The rest of the paragraph around a citation."""

import pytest

from qa.answers.context import CONTEXT_LIMIT, Context, context_around

TEXT = "A headline\n\nIt rained. She opened the bridge. She left.\n\nCars may use it.\n\nEnd."


def around(cited: str, text: str = TEXT, *, next_paragraph: bool = False) -> Context:
    start = text.index(cited)
    return context_around(text, start, start + len(cited), next_paragraph=next_paragraph)


def test_the_context_is_the_rest_of_the_paragraph() -> None:
    assert around("She opened the bridge.") == Context("It rained. ", " She left.")
    assert around("A headline") == Context()
    assert around("End.") == Context()


def test_a_citation_over_two_paragraphs_has_the_rest_of_both() -> None:
    assert around("She left.\n\nCars") == Context(
        "It rained. She opened the bridge. ", " may use it."
    )


def test_the_next_paragraph_is_included_on_request() -> None:
    after = around("A headline", next_paragraph=True).after
    assert after == "\n\nIt rained. She opened the bridge. She left."
    assert around("End.", next_paragraph=True) == Context()


@pytest.mark.parametrize("next_paragraph", [False, True])
def test_a_long_paragraph_is_cut_on_both_sides(next_paragraph: bool) -> None:
    text = f"{'a' * 10**6} here {'b' * 10**6}"
    context = around(" here ", text, next_paragraph=next_paragraph)
    assert context == Context("a" * CONTEXT_LIMIT, "b" * CONTEXT_LIMIT)


@pytest.mark.parametrize("distance", range(CONTEXT_LIMIT - 3, CONTEXT_LIMIT + 4))
def test_paragraph_breaks_near_the_limit_are_not_missed(distance: int) -> None:
    text = f"x\n\n{'a' * distance}HERE{'b' * distance}\n\ny"
    kept = min(distance, CONTEXT_LIMIT)
    assert around("HERE", text) == Context("a" * kept, "b" * kept)


def test_context_and_citation_are_contiguous_in_the_text() -> None:
    for start in range(len(TEXT)):
        context = context_around(TEXT, start, start + 1, next_paragraph=start % 2 == 0)
        assert context.before + TEXT[start] + context.after in TEXT
        assert TEXT[:start].endswith(context.before)
        assert TEXT[start + 1 :].startswith(context.after)
