"""An index that is written to directly, without seeds: for tests of a store."""

import numpy as np

from index.article import Article, Part
from index.passage import passages
from index.store.base.digest import with_rules
from index.store.base.protocol import Writer
from index.store.base.settings import Settings
from index.store.doors import begin_build
from index.text.terms import VERSION
from tests.support.fakes import FakeEncoder


class WrittenIndex:
    """An index that is written to directly, without seeds."""

    settings = Settings("fake", "1", FakeEncoder.dimension, 128, 1, VERSION)

    def __init__(self, where: str, encoder: FakeEncoder) -> None:
        self.where, self.encoder = where, encoder

    def publish(self, *articles: Article, remove: tuple[str, ...] = ()) -> None:
        """Publish one generation."""
        with begin_build(self.where) as writer:
            for identity in remove:
                writer.remove(identity)
            for article in articles:
                self.put(writer, article)
            self.embed(writer)
            writer.publish(self.settings)

    def put(self, writer: Writer, article: Article) -> None:
        writer.put(article, self.digest(article), passages(article, self.settings.passage_tokens))

    def digest(self, article: Article) -> bytes:
        return with_rules(article, (self.settings.passage_tokens, self.settings.rules))

    def embed(self, writer: Writer) -> None:
        missing = list(writer.not_embedded())
        assert writer.count_not_embedded() == len(missing)
        if missing:
            contents, ids = zip(*missing, strict=True)
            writer.add_vectors(contents, self.encoder.passages(writer.texts(ids)))

    def vector(self, text: str) -> np.ndarray:
        return self.encoder.queries([text])[0]


def article(identity: str, text: str, **fields: object) -> Article:
    values: dict[str, object] = {
        "title": None, "date": None, "language": "en", "path": identity, "place": identity,
        "parts": (Part(0, len(text), "body"),),
    }  # fmt: skip
    return Article(id=identity, text=text, **{**values, **fields})  # type: ignore[arg-type]
