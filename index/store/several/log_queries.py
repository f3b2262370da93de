"""What several archives know of earlier versions of articles, and of those published twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.errors import PartFailedError
from index.store.base.versions import Version

from .names import joined, parted
from .part import NotAsked, Part


class LogQueries:
    """The logs as a snapshot sees them; documented in `index/store/base/versions.py`."""

    def __init__(self, parts: Sequence[Part], not_asked: tuple[NotAsked, ...]) -> None:
        """Take the archives that are open, and those that could not be."""
        self._parts, self.not_asked = parts, not_asked

    def versions(self, identity: str) -> list[Version]:
        """Return the earlier versions of an article, newest first."""
        for named in (True, False):
            for part, own in self._candidates(identity, named=named):
                if found := part.snapshot.versions(own):
                    return [_version(part, version) for version in found]
        return []

    def version_with_text(self, digest: bytes) -> Version | None:
        """Return the newest earlier version of the first archive that has this text, or None."""
        for part in self._parts:
            if version := part.snapshot.version_with_text(digest):
                return _version(part, version)
        return None

    def last_versions(self, identities: Sequence[str]) -> dict[str, tuple[Version, int]]:
        """Return the newest version of each article with another text, and how many there are."""
        return {
            joined(part.name, identity): (_version(part, version), count)
            for part, own in self._by_part(identities)
            for identity, (version, count) in part.snapshot.last_versions(own).items()
        }

    def all_versions(self) -> Iterator[Version]:
        """Yield the logs by archive and article id, newest first."""
        for part in self._parts:
            yield from (_version(part, version) for version in part.snapshot.all_versions())

    def count_versions(self) -> tuple[int, int]:
        """Count the versions, and those whose texts are kept."""
        counts = [part.snapshot.count_versions() for part in self._parts]
        return sum(logged for logged, _ in counts), sum(kept for _, kept in counts)

    def same_url(self, identities: Sequence[str], most: int) -> dict[str, list[str]]:
        """Return the ids of other articles of any archive with the URL of each of these."""
        urls = {
            joined(part.name, identity): article.url
            for part, own in self._by_part(identities)
            for identity in own
            if (article := part.snapshot.article(identity)) and article.url
        }
        held = self.with_url(list(urls.values()), most + 1)
        others = {i: [o for o in held.get(url, ()) if o != i][:most] for i, url in urls.items()}
        return {identity: found for identity, found in others.items() if found}

    def with_url(self, urls: Sequence[str], most: int) -> dict[str, list[str]]:
        """Return the ids of articles of any archive with each of these URLs."""
        found: dict[str, list[str]] = defaultdict(list)
        for part in self._parts:
            for url, own in part.snapshot.with_url(urls, most).items():
                found[url] += [joined(part.name, identity) for identity in own]
        return {url: sorted(ids)[:most] for url, ids in found.items()}

    # ids

    def _candidates(self, identity: str, *, named: bool) -> Iterator[tuple[Part, str]]:
        """Yield where an article may be: in the archive that its id names, or in any of them."""
        name, own = parted(identity)
        for part in self._parts:
            if not named:
                yield part, identity
            elif part.name == name:
                yield part, own

    def _by_part(self, identities: Sequence[str]) -> Iterator[tuple[Part, list[str]]]:
        for part in self._parts:
            own = [rest for name, rest in map(parted, identities) if name == part.name]
            if own:
                yield part, own

    def _require(self, name: str) -> None:
        """Raise an error if `name` is that of an archive that cannot be asked."""
        for missing in self.not_asked:
            if missing.archive == name:
                raise PartFailedError(f"the archive '{name}' cannot be asked: {missing.why}")


def _version(part: Part, version: Version) -> Version:
    return replace(version, article_id=joined(part.name, version.article_id))
