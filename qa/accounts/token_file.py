"""The file of an archive's tokens, in the user's data folder, readable by that user alone.

JSON, replaced as a whole and under a lock, so that processes that change it at once lose nothing,
and a process that is killed, or a disk that is full, leaves the earlier file. Readers notice a new
file at their next look. Whatever is wrong with the file, no token is valid then.
"""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from index.errors import ArchiveError, StorageError
from index.store.doors import Where, resolve

from .roles import Role
from .token import Token, from_json, is_secret, new_token, now, split

VERSION = 1
LOCK_TIMEOUT = 10  # seconds
MAX_BYTES = 10_000_000
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)

Tokens = dict[str, Token]  # by id, in the order in which they were made


def digest_of(index: Where) -> str:
    """Return what tells an index's files in the data folder from those of others."""
    return hashlib.blake2b(resolve(index).encode(), digest_size=8).hexdigest()


def token_file(index: Where) -> Path:
    """Return where the tokens of an index are, or would be."""
    return user_data_path("archive-qa") / f"tokens-{digest_of(index)}.json"


class TokenFile:
    """The tokens of an archive; safe to use from several threads and processes at once."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._read: tuple[tuple[int, ...], Tokens] = ((), {})

    def tokens(self) -> Tokens:
        """Return all tokens, those that are no longer valid included.

        Raises:
            StorageError: The file cannot be read, is damaged, or others may read or write it.
        """
        known, tokens = self._read
        try:
            state = _signature(self.file.lstat())
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._unusable(error.strerror or "it cannot be read") from error
        if state != known:
            state, tokens = self._load()
            self._read = (state, tokens)
        return tokens

    def find(self, text: str) -> Token | None:
        """Return the valid token with this text, None if there is none; errors as `tokens`."""
        public, secret = split(text) or ("", "")
        token = self.tokens().get(public)
        return token if is_secret(token, secret) and token and token.valid(now()) else None

    def valid(self, id: str) -> Token | None:
        """Return the token with this id if it is valid now; errors as `tokens`."""
        token = self.tokens().get(id)
        return token if token and token.valid(now()) else None

    def create(
        self, name: str, role: Role, days: int | None = None, sites: tuple[str, ...] = ()
    ) -> tuple[Token, str]:
        """Add a token; return it and its text. Arguments and errors as `new_token` and `tokens`.

        Raises:
            ArchiveError: Another valid token has this name.
        """
        token, text = new_token(name, role, days, sites)

        def add(tokens: Tokens) -> Tokens:
            if any(one.name == name and one.valid(now()) for one in tokens.values()):
                raise ArchiveError(f"there is a token '{name}': revoke it, or take another name")
            if token.id in tokens:
                raise ArchiveError("the new token's id is taken: try again")
            return {**tokens, token.id: token}

        self._change(add)
        return token, text

    def revoke(self, name: str) -> Token:
        """Revoke the valid token of this name from now on, and return it; errors as `tokens`.

        Raises:
            ArchiveError: There is none.
        """
        revoked: list[Token] = []

        def mark(tokens: Tokens) -> Tokens:
            valid = [one for one in tokens.values() if one.name == name and one.valid(now())]
            if not valid:
                shown = "".join(c if c.isprintable() else "?" for c in name[:80])
                raise ArchiveError(f"no valid token has the name '{shown}': see token list")
            revoked.append(replace(valid[0], revoked=now()))
            return {**tokens, valid[0].id: revoked[0]}

        self._change(mark)
        return revoked[0]

    def _load(self) -> tuple[tuple[int, ...], Tokens]:
        try:
            with os.fdopen(os.open(self.file, READ), "rb") as opened:
                status = os.fstat(opened.fileno())
                content = opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise self._unusable(error.strerror or "it cannot be read") from error
        if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
            raise StorageError(
                f"others on this machine can read or change the tokens in '{self.file}': "
                f"chmod 600 '{self.file}'; if they could change it, revoke what you do not know"
            )
        try:
            values = json.loads(content)
            version = values["version"]
            tokens = [from_json(one) for one in values["tokens"]] if version == VERSION else []
        except (ValueError, LookupError, TypeError, RecursionError, ArchiveError) as error:
            raise self._unusable("it is damaged") from error
        if version != VERSION:
            raise self._unusable(f"it is of version {version!r:.20}, this program reads {VERSION}")
        return _signature(status), {token.id: token for token in tokens}

    def _change(self, change: Callable[[Tokens], Tokens]) -> None:
        with self._locked():
            content = [token.as_json() for token in change(self.tokens()).values()]
            self._write({"version": VERSION, "tokens": content})

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(self.file.with_suffix(".lock"), timeout=LOCK_TIMEOUT, mode=0o600)
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:  # an OSError
            raise StorageError(f"another process keeps '{lock.lock_file}': try again") from None
        except OSError as error:
            raise self._unusable(error.strerror or "it cannot be written") from error
        try:
            yield
        finally:
            lock.release()

    def _write(self, values: dict[str, Any]) -> None:
        temporary = self.file.with_suffix(".new")
        try:
            temporary.unlink(missing_ok=True)  # of a process that was killed
            with os.fdopen(os.open(temporary, NEW, 0o600), "wb") as new:
                new.write(json.dumps(values, indent=1).encode())
                new.flush()
                os.fsync(new.fileno())
            temporary.replace(self.file)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise self._unusable(f"{error.strerror}; nothing was changed") from error

    def _unusable(self, why: str) -> StorageError:
        return StorageError(
            f"the tokens in '{self.file}' cannot be used: {why}: see that this file and its folder "
            "can be read and written, or move a damaged file away and make new tokens"
        )


def _signature(status: os.stat_result) -> tuple[int, ...]:
    """What changes with the file, its permissions included."""
    return status.st_ino, status.st_mtime_ns, status.st_size, status.st_mode
