"""The benchmark of names in other scripts."""

from pathlib import Path

from index.encoder.sentence import Encoder
from qa.benchmarks.retrieval.names import Found, format_results, measure, read_names

NAMES = list(read_names())


def test_there_are_sixty_names_in_eight_languages_and_half_are_kept_aside() -> None:
    assert len(NAMES) >= 60
    assert len({code for name in NAMES for code in name.languages.split(" to ")}) >= 8
    assert abs(2 * sum(name.kept_aside for name in NAMES) - len(NAMES)) <= 1
    assert len({name.passage for name in NAMES} & {d for n in NAMES for d in n.distractors}) == 0


def test_every_name_is_ranked_among_the_passages(tmp_path: Path, encoder: Encoder) -> None:
    results = measure(NAMES[:4], tmp_path, encoder)
    assert [found.asked for found in results] == NAMES[:4]
    assert "made with" in format_results(results)


def test_a_distractor_above_the_passage_is_a_false_friend() -> None:
    assert Found(NAMES[0], rank=2, distractor=1).false_friend
    assert Found(NAMES[0], rank=0, distractor=7).false_friend
    assert not Found(NAMES[0], rank=1, distractor=2).false_friend
    assert not Found(NAMES[0], rank=6, distractor=0).in_top
