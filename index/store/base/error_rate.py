"""The error rate that a person chose for an archive, kept with its index as a note.

It holds for the encoder and the reader that it was measured with; how a threshold is found that
keeps it is in `qa/evaluation/guarantee.py`.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from index.errors import StorageError

from .protocol import Store
from .settings import Settings

NOTE = "error rate"


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """At most `rate` of the answers from confidence `threshold` on are wrong, so `certainty`."""

    rate: float
    certainty: float
    threshold: float
    questions: int  # that were asked to find the threshold
    answered: int  # of them, with this threshold
    wrong: int  # of those answers
    day: str  # 2026-11-28
    generation: int  # of the index that was asked
    encoder: str
    reader: str  # digest


def encoder_of(settings: Settings) -> str:
    """Name the encoder of an index, with its revision."""
    return f"{settings.encoder} {settings.revision}"


def read_error_rate(store: Store) -> ErrorRate | None:
    """Return the error rate that is kept with the index, in force or not; None if there is none.

    Raises:
        StorageError: The note is damaged.
    """
    note = store.note(NOTE)
    if note is None:
        return None
    try:
        return ErrorRate(**json.loads(note))
    except (ValueError, TypeError) as error:
        raise StorageError(
            f"the error rate kept with the index '{store.where}' is damaged ({error}): drop it with"
            f"  archive-qa evaluate --apply none --index {store.where}"
        ) from error


def in_force(store: Store, reader: Callable[[], str]) -> tuple[ErrorRate | None, str]:
    """Return the error rate in force, and why the one that is kept is not, "" if nothing is wrong.

    Args:
        store: The index.
        reader: Returns the digest of the reader in use, which takes time.
    """
    chosen = read_error_rate(store)
    if chosen is None:
        return None, ""
    void = why_void(chosen, store.settings, reader())
    return (None, void) if void else (chosen, "")


def keep_error_rate(store: Store, chosen: ErrorRate | None) -> None:
    """Keep an error rate with the index in place of the one before; None drops it."""
    store.set_note(NOTE, None if chosen is None else json.dumps(asdict(chosen)))


def percent(share: float) -> str:
    """Format a share: 0.05 as "5%", 0.025 as "2.5%"."""
    return f"{100 * share:.3g}%"


def why_void(chosen: ErrorRate, settings: Settings, reader: str | None = None) -> str:
    """Return why a chosen error rate is not in force, "" if it is.

    Args:
        chosen: What is kept with the index.
        settings: Those of the index now.
        reader: The digest of the reader in use; None if it is not known.
    """
    changed = ""
    if chosen.encoder != encoder_of(settings):
        changed = f"encoder '{chosen.encoder}'"
    elif reader not in (None, chosen.reader):
        changed = f"reader {chosen.reader}"
    if not changed:
        return ""
    return (
        f"the error rate of {percent(chosen.rate)} was measured with {changed} and is not "
        "in force: measure again with the reader in use,  archive-qa evaluate FILE --apply RATE"
    )


def describe(chosen: ErrorRate, settings: Settings) -> str:
    """Say in one line what was chosen, and what has changed in the index since."""
    shown = (
        f"wrong in at most {percent(chosen.rate)} of the answers: threshold {chosen.threshold:.2f} "
        f"({chosen.questions} questions on {chosen.day}, reader {chosen.reader})"
    )
    if why_void(chosen, settings):
        return f"{shown}; void: the index had another encoder then"
    if builds := settings.generation - chosen.generation:
        return f"{shown}; the index has changed {builds} times since"
    return shown
