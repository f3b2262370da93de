"""Which of the retrieved passages the reader reads."""

from qa.answers.selection import select_for_reader, texts_and_scores
from qa.reader.settings import READER_TOP_K
from tests.support.hits import make_hit

HITS = [make_hit(f"text {number}", score=1 - number / 100) for number in range(30)]
BEST_BY_KEYWORDS = make_hit("text 20", score=0.8, keyword_rank=1)


def test_the_best_hits_are_selected() -> None:
    assert select_for_reader(HITS) == HITS[:READER_TOP_K]
    assert select_for_reader(HITS[:3]) == HITS[:3]
    assert select_for_reader([]) == []


def test_a_text_is_selected_once_at_its_best_rank() -> None:
    again = make_hit("text 0", article_id="b.txt", score=0.5)
    assert select_for_reader([HITS[0], again, *HITS[1:3]]) == HITS[:3]


def test_the_best_keyword_match_takes_the_last_place_if_it_ranks_lower() -> None:
    hits = [*HITS[:20], BEST_BY_KEYWORDS, *HITS[21:]]
    assert select_for_reader(hits) == [*HITS[: READER_TOP_K - 1], BEST_BY_KEYWORDS]


def test_only_the_best_keyword_match_is_moved_up() -> None:
    hits = [*HITS[:20], make_hit("text 20", keyword_rank=2), *HITS[21:]]
    assert select_for_reader(hits) == HITS[:READER_TOP_K]


def test_a_keyword_match_that_is_selected_anyway_keeps_its_place() -> None:
    hits = [BEST_BY_KEYWORDS, *HITS[:20], BEST_BY_KEYWORDS]
    assert select_for_reader(hits) == [BEST_BY_KEYWORDS, *HITS[: READER_TOP_K - 1]]


def test_the_reader_gets_texts_and_scores() -> None:
    assert texts_and_scores(HITS[:2]) == (["text 0", "text 1"], [1.0, 0.99])
    assert texts_and_scores([]) == ([], [])
