"""The question log: what was asked of one archive, and how people judged the answers.

It is off unless the chat is started with `--log`. It lies in the user's data folder, readable by
that user alone, one file for each index: JSON lines, which several processes may add to at once. It
keeps times, questions, short answers, confidences, missing words, verdicts and the ids of requests
over REST; no names, addresses or articles. From `MAX_BYTES` on the older half is dropped.
"""

import datetime
import errno
import hashlib
import json
import logging
import os
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from index.errors import StorageError
from index.store.doors import Where, resolve
from index.store.several.names import named
from qa.answers.answering import Answer

MAX_BYTES = 20_000_000  # of a log: about 100,000 questions
LOCK_TIMEOUT = 2  # seconds; an entry that cannot be written in time is lost
VERDICTS = ("right", "wrong", "other")  # other: not what was asked
APPEND = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC

Entry = dict[str, Any]
REQUEST: ContextVar[str] = ContextVar("request", default="")  # the id of a request of a program


def log_file(index: Where | Sequence[Where]) -> Path:
    """Return where the log of an index is, or would be, or of several that are asked together."""
    places = [index] if isinstance(index, str | os.PathLike) else index
    spelled = [resolve(place) for place in places]
    if len(spelled) > 1:
        spelled = sorted(resolve(place) for place in named(places).values())
    digest = hashlib.blake2b("\n".join(spelled).encode(), digest_size=8).hexdigest()
    return user_data_path("archive-qa") / f"questions-{digest}.jsonl"


class QuestionLog:
    """A log that questions and verdicts are added to; a failing disk never fails a question."""

    def __init__(self, file: Path, max_bytes: int = MAX_BYTES) -> None:
        """Open or create the log.

        Raises:
            StorageError: The file cannot be written.
        """
        self.file, self._max_bytes = file, max_bytes
        self._warned = False
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(file, APPEND, 0o600))
            file.chmod(0o600)
        except OSError as error:
            raise StorageError(
                f"cannot keep a log of questions in '{file}': {error.strerror}: "
                "start without --log, or give write permission"
            ) from error

    def record(self, answer: Answer, *, narrowed: bool = False) -> None:
        """Add a question and what was answered; `narrowed` if only part was searched."""
        self._add(
            {
                **_about(answer, narrowed),
                "answered": answer.answered,
                "confidence": round(answer.confidence, 4),
                "missing": list(answer.missing),
            }
        )

    def judge(self, answer: Answer, verdict: str, *, narrowed: bool = False) -> None:
        """Add a person's verdict, one of VERDICTS, on an answer."""
        self._add({**_about(answer, narrowed), "verdict": verdict})

    def _add(self, entry: Entry) -> None:
        line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        lock = FileLock(self.file.with_suffix(".lock"), timeout=LOCK_TIMEOUT, mode=0o600)
        try:
            with lock:
                self._append(line)
        except (OSError, Timeout) as error:
            if not self._warned:
                logging.warning("the question log '%s' is not being kept: %s", self.file, error)
            self._warned = True

    def _append(self, line: bytes) -> None:
        """Write a line whole or not at all."""
        if self.file.exists() and self.file.stat().st_size + len(line) > self._max_bytes:
            self._drop_older_half()
        descriptor = os.open(self.file, APPEND, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":  # a writer was killed
                line = b"\n" + line
            if os.write(descriptor, line) < len(line):
                os.ftruncate(descriptor, size)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(descriptor)

    def _drop_older_half(self) -> None:
        _, _, kept = self.file.read_bytes()[-self._max_bytes // 2 :].partition(b"\n")
        temporary = self.file.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        with open(os.open(temporary, APPEND, 0o600), "wb") as new:
            new.write(kept)
        temporary.replace(self.file)


def read_entries(file: Path) -> Iterator[Entry]:
    """Yield the entries of a log, oldest first; lines that are none are passed over.

    Raises:
        StorageError: The file cannot be read.
    """
    try:
        with file.open("rb") as lines:
            for line in lines:
                try:
                    entry = json.loads(line)
                except ValueError:
                    continue
                if isinstance(entry, dict) and isinstance(entry.get("question"), str):
                    yield entry
    except OSError as error:
        raise StorageError(f"cannot read the log '{file}': {error.strerror}") from error


def _about(answer: Answer, narrowed: bool) -> Entry:
    """Return what identifies an answer; a question that depends on earlier ones is completed."""
    request = REQUEST.get()
    return {
        "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "question": answer.question,
        "understood": answer.understood,
        "narrowed": narrowed,
        "text": answer.text,
        **({"request": request} if request else {}),
    }
