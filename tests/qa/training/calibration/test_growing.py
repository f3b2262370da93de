"""The comparison of ways to get answers of the right length."""

from collections.abc import Sequence

from qa.reader.span_model import Window
from qa.training.calibration.growing import WAYS, compare_extents
from qa.training.calibration.question_sets import Question, QuestionSet
from tests.support.tiny_models import ScriptedModel

CONTEXT = "那是冬天。此外，他会说法语、德文和荷兰文，不会英文。"


class Obedient(ScriptedModel):
    """Marks one language, or the whole list if the question bears the mark."""

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        last = "兰" if question.startswith("clause: ") else "语"
        self.scores = {"法": (9.0, -9.0), last: (-9.0, 9.0)}
        return super().read(question, passages)


def test_each_way_is_measured() -> None:
    asked = Question("他会说哪些语言？", 0, ("法语、德文和荷兰文",), "zh", "d", "zh-test")
    header, *rows = compare_extents(Obedient({}), [QuestionSet("zh-test", [CONTEXT], [asked])])
    assert header.startswith("zh-test, 1 question")
    scores = {row[: -len("  100.0  100.0")].strip(): float(row.split()[-1]) for row in rows}
    assert scores.keys() == WAYS.keys()
    assert scores["always clauses"] == scores["mark by question"] > scores["always phrases"]
    assert scores["rules grow answers"] > scores["always phrases"]
