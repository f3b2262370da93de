"""How the reader reads: what suits one set of weights, kept in its calibration.json."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Mark = Literal["none", "question", "clause"]
Growth = Literal["all", "sentence", "none"]

READER_TOP_K = 10  # passages with different texts that are read at most


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that `python -m qa.training calibrate` chooses; `mark` and `grow` it is given.

    Attributes:
        retrieval_penalty: An answer's score drops by this for each unit by which its passage's
            retrieval score is below the best.
        top_k: Number of passages to read, at most READER_TOP_K.
        first_passages: Number of passages to read before the rest.
        stop_confidence: Reading stops after these if their best answer is this sure.
        mark: Which questions get the mark that asks for a clause: none, those that need more than
            a phrase ("question"), or all ("clause").
        grow: Which answers are extended by rules: to clause or sentence as the question needs
            ("all"), only to the sentence, or none.
    """

    retrieval_penalty: float = 8.0
    top_k: int = READER_TOP_K
    first_passages: int = 3
    stop_confidence: float = 0.75
    mark: Mark = "none"
    grow: Growth = "all"

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Settings":
        """Read settings; absent ones have their defaults.

        Raises:
            ValueError: A value is out of range.
            TypeError: A name is unknown.
        """
        settings = cls(**content)
        if settings.mark not in get_args(Mark) or settings.grow not in get_args(Growth):
            raise ValueError(f"mark is '{settings.mark}' and grow '{settings.grow}'")
        if not 1 <= settings.first_passages <= settings.top_k <= READER_TOP_K:
            raise ValueError(f"reads {settings.first_passages} and then {settings.top_k} passages")
        return settings
