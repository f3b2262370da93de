"""A seeds folder that is scanned into an index again and again."""

import json
import os
from pathlib import Path

from index.ingest.engine import LocalEngine
from index.ingest.report import BuildReport
from index.ingest.scan import Scan
from index.ingest.seed_files import SeedFolder
from index.store.doors import begin_build, open_store
from tests.support.written import WrittenIndex

LONG_AGO = 10**18  # ns
Line = tuple[str, str | None, str]  # id, date, text


class Built:
    """A seeds folder that is scanned into an index."""

    def __init__(self, seeds: Path, index: WrittenIndex) -> None:
        self.seeds, self.index, self.builds = seeds, index, 0

    def __call__(self, files: dict[str, str | list[Line] | None]) -> BuildReport:
        """Write files, of text or of lines, or remove them (None), and scan the folder."""
        self.builds += 1
        for name, content in files.items():
            file = self.seeds / name
            if content is None:
                file.unlink()
                continue
            if isinstance(content, list):
                lines = [{"id": i, "date": date, "text": text} for i, date, text in content]
                content = "\n".join(map(json.dumps, lines))
            file.write_text(content)
            moment = LONG_AGO + self.builds * 10**9
            os.utime(file, ns=(moment, moment))
        with begin_build(self.index.where) as writer:
            scan = Scan(writer, self.index.settings, SeedFolder(self.seeds), LocalEngine())
            report = scan.run(allow_empty=True)
            if writer.touched:
                self.index.embed(writer)
                writer.publish(self.index.settings)
            else:
                writer.keep()
        return report

    def now(self, identity: str) -> str | None:
        with open_store(self.index.where).snapshot() as snapshot:
            found = snapshot.article(identity)
            return found.text if found else None

    def before(self, identity: str) -> list[str | None]:
        with open_store(self.index.where).snapshot() as snapshot:
            return [version.text for version in snapshot.versions(identity)]

    def generation(self) -> int:
        return open_store(self.index.where).settings.generation
