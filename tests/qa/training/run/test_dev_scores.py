"""Figures while training, the trap of lengths above all."""

import itertools

import pytest
import torch
from torch import Tensor, nn

from qa.training.data.batches import Row
from qa.training.model.bert import Reader
from qa.training.run.dev_scores import DevScores, agreement, auroc, best_spans, load_dev_sets
from qa.training.run.team import Team
from tests.support.training_pack import NAMES, PIECES, small_pack

PACK = small_pack(contexts=6)
SETS = load_dev_sets(PACK, 40)
NAME_IDS = torch.tensor([PIECES.index(name) for name in NAMES])


class Scripted(Reader):
    """A reader whose logits are made up."""

    def __init__(self) -> None:
        nn.Module.__init__(self)
        self.weight = nn.Parameter(torch.zeros(1))


class TakesLength(Scripted):
    """Scores every token of a window by the window's length."""

    def forward(self, ids: Tensor) -> Tensor:
        scores = (ids != 1).sum(1, keepdim=True).expand(ids.shape).float().clone()
        scores[:, 0] = 0
        return scores[..., None].expand(-1, -1, 2)


class FindsAnswers(Scripted):
    """Scores the name that the question asks for, its last token, wherever it stands."""

    def forward(self, ids: Tensor) -> Tensor:
        places = (ids == 2).float().argmax(1)  # the end of the question
        asked = ids.gather(1, places[:, None] - 1)
        scores = (ids == asked).float() * torch.isin(ids, NAME_IDS) * 10 - 5
        scores[:, 0] = 0
        return scores[..., None].expand(-1, -1, 2)


def test_a_model_that_finds_answers_has_full_marks() -> None:
    figures = DevScores(SETS, Team(), 512)(FindsAnswers())
    assert set(figures) == {"held", "dev/en-made-up"}
    for found in figures.values():
        assert found["exact"] >= 90  # a name may stand in the context twice
        assert found["f1"] >= 90
        assert found["ranked"] > 0.95


def test_a_model_that_takes_length_for_the_answer_shows_in_the_longest_windows() -> None:
    (found, _) = DevScores(SETS, Team(), 512)(TakesLength()).values()
    by_length = [value for value in found["ranked_by_length"] if value is not None]
    assert by_length[-1] < 0.3 < 0.7 < by_length[0]
    assert by_length == sorted(by_length, reverse=True)


def test_processes_measure_parts_of_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    model = FindsAnswers()
    whole = DevScores(SETS, Team(), 512)(model)
    gathered: list[list[list[object]]] = []
    for rank in range(2):
        parts: list[list[object]] = []
        team = Team(rank, 2)
        monkeypatch.setattr(team, "gather", lambda rows, parts=parts: parts.append(rows) or rows)
        DevScores(SETS, team, 512)(model)
        gathered.append(parts)
    answers = zip(*gathered, strict=True)
    first = list(itertools.chain(*next(iter(answers))))
    assert round(100 * sum(exact for exact, _ in first) / len(first), 1) == whole["held"]["exact"]


def test_the_best_span_is_the_best_in_order_and_not_too_long() -> None:
    class Fixed(Scripted):
        def forward(self, ids: Tensor) -> Tensor:
            scores = torch.zeros((*ids.shape, 2))
            scores[:, 60, 0], scores[:, 5, 1], scores[:, 62, 1] = 9.0, 9.0, 4.0
            scores[:, 4, 0] = 6.0  # 4 to 5 is worth 15, 60 to 62 13, and 60 to 5 is none
            return scores

    (span,) = best_spans(Fixed(), [Row([0, 9, 2, 2, *[7] * 70, 2], 4, 4)], 512)
    assert span == (15.0, 0, 1)
    assert best_spans(Fixed(), [], 512) == []


@pytest.mark.parametrize(
    ("span", "exact", "f1"), [((3, 4), 1, 1), ((3, 5), 0, 0.8), ((8, 8), 0, 0), ((9, 9), 1, 1)]
)
def test_agreement_is_with_the_best_answer(span: tuple[int, int], exact: int, f1: float) -> None:
    assert agreement((0.0, *span), [(3, 4), (9, 9)]) == pytest.approx((exact, f1))


def test_auroc_counts_ties_half() -> None:
    assert auroc([2.0, 1.0], [1.0, 0.0]) == 0.875
    assert auroc([], [1.0]) is None
    assert auroc([1.0], []) is None
