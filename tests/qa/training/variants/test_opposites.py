"""The table of opposites."""

import re

from qa.training.variants.opposites import PAIRS


def test_no_word_is_its_own_opposite_or_repeated() -> None:
    for language, pairs in PAIRS.items():
        assert re.fullmatch("[a-z]{2}", language)
        assert len(set(pairs)) == len(pairs)
        for first, second in pairs:
            assert first != second
            assert first.strip() == first
            assert second.strip() == second
