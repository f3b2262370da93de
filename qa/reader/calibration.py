"""From the features of an answer to the probability that it is right (Platt, 1999).

A logistic regression per language, fitted on development questions asked twice: of an archive
that holds the answer and of the same archive without it.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArchiveError
from index.text.language import by_script, detect

OTHER = "en"  # languages without figures of their own use these
SCRIPTS = ("zh", "ja", "ko")  # languages that are known by their script
FEATURES = ("one", "score", "lead", "support")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of FEATURES by language, and the confidence below which to say "not here"."""

    weights: Mapping[str, tuple[float, ...]]
    threshold: float

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        try:
            found = json.loads(path.read_text("utf-8"))
            weights = {
                language: tuple(float(values[name]) for name in FEATURES)
                for language, values in found["weights"].items()
            }
            weights[OTHER]  # there must be one for all other languages
            return cls(weights, float(found["threshold"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArchiveError(
                f"cannot read the reader's calibration {path} ({error!r}): reinstall archive-qa"
            ) from error

    def language_of(self, text: str) -> str | None:
        """The language by whose weights an answer in `text` is judged."""
        if code := by_script(text):
            return code
        # detecting any other takes a millisecond: not where all others are judged alike
        return detect(text) if self.weights.keys() - {OTHER, *SCRIPTS} else OTHER

    def confidence(self, language: str | None, values: Sequence[float]) -> float:
        """Probability from 0 to 1 that an answer with these `features` is right."""
        weights = self.weights.get(language or OTHER, self.weights[OTHER])
        return 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True))))


def features(score: float, lead: float, support: int) -> tuple[float, ...]:
    """What the regression sees: 1, the score (span minus null, /10), its lead over the best other
    answer (/10, from -1 to 1), and whether other passages give the same answer (log)."""
    bounded = max(-4.0, min(4.0, score / 10))
    return 1.0, bounded, max(-1.0, min(1.0, lead / 10)), math.log1p(min(support, 3))
