"""Features of an answer -> the probability that it is right (Platt, 1999).

One logistic regression per language, fitted on development questions: each was put to an archive
that holds the answer, and to the same archive without it. Fitting is the training's job.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArchiveError
from index.text.language import by_script, detect

OTHER = "en"  # its weights serve every language that has none of its own
SCRIPT_LANGUAGES = ("zh", "ja", "ko")  # recognised by script alone
FEATURES = ("one", "score", "lead", "support")  # as in calibration.json
SCALE = 10.0  # score and lead are divided by it
MAX_SCORE, MAX_LEAD, MAX_SUPPORT = 4.0, 1.0, 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of FEATURES by language, and the confidence below which the answer is "not here"."""

    weights: Mapping[str, tuple[float, ...]]
    threshold: float

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Read a calibration.json.

        Raises:
            ArchiveError: The file is missing or damaged, or has no weights for OTHER.
        """
        try:
            content = json.loads(path.read_text("utf-8"))
            weights = {
                language: tuple(float(values[name]) for name in FEATURES)
                for language, values in content["weights"].items()
            }
            weights[OTHER]  # required, for all other languages
            return cls(weights, float(content["threshold"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArchiveError(
                f"cannot read the reader's calibration {path} ({error!r}): reinstall archive-qa"
            ) from error

    def language_of(self, text: str) -> str | None:
        """The language whose weights apply to an answer in `text`; None if it is unknown."""
        if code := by_script(text):
            return code
        # detection takes a millisecond: skip it if all other languages share the same weights
        return detect(text) if self.weights.keys() - {OTHER, *SCRIPT_LANGUAGES} else OTHER

    def confidence(self, language: str | None, values: Sequence[float]) -> float:
        """The probability, 0 to 1, that an answer with these `features` is right."""
        weights = self.weights.get(language or OTHER, self.weights[OTHER])
        return 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True))))


def features(score: float, lead: float, support: int) -> tuple[float, ...]:
    """The values of FEATURES, scaled and clipped for the regression.

    Args:
        score: Logits of the span minus those of the null answer, clipped at 40 either way.
        lead: The score minus that of the best other answer, clipped at 10 either way.
        support: Number of other passages with the same answer; the fourth adds nothing.
    """
    return (
        1.0,
        max(-MAX_SCORE, min(MAX_SCORE, score / SCALE)),
        max(-MAX_LEAD, min(MAX_LEAD, lead / SCALE)),
        math.log1p(min(support, MAX_SUPPORT)),
    )
