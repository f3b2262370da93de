"""Features of an answer -> the probability that it is right (Platt, 1999).

One logistic regression for each pair of the question's and the passage's language, fitted on
questions that were put to an archive that holds the answer, and to the same archive without it.
Fitting is the training's job.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from index.errors import ArchiveError
from index.text import scripts
from index.text.language import by_script, detect

from .settings import Settings

OTHER = "other"  # weights for languages and scripts that have none of their own
FORMER_OTHER = "en"  # served these before there was OTHER
SCRIPT_LANGUAGES = ("zh", "ja", "ko")  # recognised by script alone
PAIR = ">"  # between the question's language and the passage's
FEATURES = ("one", "score", "lead", "support")  # as in calibration.json
SCALE = 10.0  # score and lead are divided by it
MAX_SCORE, MAX_LEAD, MAX_SUPPORT = 4.0, 1.0, 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """How sure an answer with given FEATURES is, and how sure it must be to be given.

    Attributes:
        weights: By key: a pair of different languages ("en>zh"); a language ("zh"), for questions
            in any other language too; a script ("Arabic"); or OTHER.
        threshold: The confidence below which the answer is "not here".
        thresholds: The same for some keys.
        settings: How the reader reads.
    """

    weights: Mapping[str, tuple[float, ...]]
    threshold: float
    thresholds: Mapping[str, float] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Read a calibration.json.

        Raises:
            ArchiveError: The file is missing or damaged, or has no weights for OTHER.
        """
        try:
            content = json.loads(path.read_text("utf-8"))
            weights = {
                key: tuple(float(values[name]) for name in FEATURES)
                for key, values in content["weights"].items()
            }
            if OTHER not in weights:
                weights[OTHER] = weights[FORMER_OTHER]
            return cls(
                weights,
                float(content["threshold"]),
                {key: float(value) for key, value in content.get("thresholds", {}).items()},
                Settings.from_json(content.get("settings", {})),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ArchiveError(
                f"cannot read the reader's calibration {path} ({error!r}): reinstall archive-qa"
            ) from error

    def key(self, question: str, passage: str) -> str:
        """The key of the weights for an answer in `passage`: the most specific one there is."""
        keys = self.weights.keys()
        language = by_script(passage)
        # detection takes time: skip it if no language that needs it has weights
        languages = {key.rpartition(PAIR)[2] for key in keys}
        if language is None and languages - {OTHER, *SCRIPT_LANGUAGES}:
            language = passage_language(passage)
        if any(PAIR in key for key in keys):
            pair = _pair(question, passage, language)
            if pair in keys:
                return str(pair)
        if language in keys:
            return str(language)
        script = scripts.of_text(passage) if keys & scripts.LETTER.keys() else None
        return script if script is not None and script in keys else OTHER

    def confidence(self, key: str, values: Sequence[float]) -> float:
        """The probability, 0 to 1, that an answer with these `features` is right."""
        weights = self.weights[key if key in self.weights else OTHER]
        return 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True))))


def language_pair(question: str, passage: str) -> str | None:
    """The pair of languages as a key: "en>zh", "zh" if they are the same, None if unknown.

    >>> language_pair("Who won?", "昨天的比赛谁赢了？")
    'en>zh'
    """
    return _pair(question, passage, passage_language(passage))


def _pair(question: str, passage: str, language: str | None) -> str | None:
    if language is None:
        return None
    asked = question_language(question)
    script = scripts.of_text(question)
    if asked is None and script not in (None, scripts.of_text(passage)):
        asked = scripts.LANGUAGES.get(script, ("en",))[0]
    return language if asked in (None, language) else f"{asked}{PAIR}{language}"


@lru_cache(maxsize=256)
def question_language(question: str) -> str | None:
    """The language of a question, None if it is too short to tell."""
    return detect(question)


@lru_cache(maxsize=512)
def passage_language(passage: str) -> str | None:
    """The language of a passage, None if it is too short or too mixed to tell."""
    return detect(passage)


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
