"""The benchmark of names in other scripts."""

from pathlib import Path

from index.encoder.sentence import Encoder
from qa.benchmarks.retrieval.names import Found, format_results, measure, read_names

NAMES = list(read_names())


def test_sixty_names_were_used_and_thirty_are_kept() -> None:
    kept = [name for name in NAMES if name.kept]
    used = {name.name for name in NAMES if not name.kept}
    assert len(kept) == 30
    assert len(NAMES) - len(kept) >= 60
    assert not used & {name.name for name in kept}
    for some in (kept, NAMES):
        assert len({code for name in some for code in name.languages.split(" to ")}) >= 8
    assert not {name.passage for name in NAMES} & {d for n in NAMES for d in n.distractors}


def test_every_name_is_ranked_among_the_passages(tmp_path: Path, encoder: Encoder) -> None:
    results = measure(NAMES[:4], tmp_path, encoder)
    assert [found.asked for found in results] == NAMES[:4]
    assert "made with" in format_results(results)


def test_a_distractor_above_the_passage_is_a_false_friend() -> None:
    assert Found(NAMES[0], rank=2, distractor=1).false_friend
    assert Found(NAMES[0], rank=0, distractor=7).false_friend
    assert not Found(NAMES[0], rank=1, distractor=2).false_friend
    assert not Found(NAMES[0], rank=6, distractor=0).in_top
