"""An index that is written to directly, without seeds: for tests of a store."""

from collections.abc import Iterable

from index.article import Article, Part
from index.encoder.sentence import Vectors
from index.passage import Passage, passages
from index.store.base.digest import with_rules
from index.store.base.protocol import Writer
from index.store.base.settings import Settings
from index.store.doors import begin_build
from index.text.terms import VERSION
from tests.support.fakes import FakeEncoder


class WrittenIndex:
    """An index at `where`, and the means to publish articles in it."""

    def __init__(self, where: str, encoder: FakeEncoder) -> None:
        self.where, self.encoder = where, encoder
        self.settings = Settings("fake", "1", encoder.dimension, 128, 1, VERSION)

    def publish(self, *articles: Article, remove: Iterable[str] = ()) -> None:
        """Publish one generation; articles are cut into passages as a build would do it."""
        cut = [(a, list(passages(a, self.settings.passage_tokens))) for a in articles]
        self.publish_passages(*cut, remove=remove)

    def publish_passages(
        self, *articles: tuple[Article, list[Passage]], remove: Iterable[str] = ()
    ) -> None:
        """Publish one generation of articles with passages that the test has chosen."""
        with begin_build(self.where) as writer:
            for identity in remove:
                writer.remove(identity)
            for article, parts in articles:
                writer.put(article, self.digest(article), iter(parts))
            self.embed(writer)
            writer.publish(self.settings)

    def put(self, writer: Writer, article: Article) -> None:
        writer.put(article, self.digest(article), passages(article, self.settings.passage_tokens))

    def digest(self, article: Article) -> bytes:
        return with_rules(article, (self.settings.passage_tokens, self.settings.rules))

    def embed(self, writer: Writer) -> None:
        """Give every content a vector."""
        missing = list(writer.not_embedded())
        assert writer.count_not_embedded() == len(missing)
        if missing:
            contents, ids = zip(*missing, strict=True)
            writer.add_vectors(contents, self.encoder.passages(writer.texts(ids)))

    def vector(self, text: str) -> Vectors:
        """Return a question's vector, of shape (dimension,)."""
        vector: Vectors = self.encoder.queries([text])[0]
        return vector


def article(identity: str, text: str, **fields: object) -> Article:
    """Make an article in English of one body, in a file of its own."""
    values: dict[str, object] = {
        "title": None, "date": None, "language": "en", "path": identity, "place": identity,
        "parts": (Part(0, len(text), "body"),),
    }  # fmt: skip
    return Article(id=identity, text=text, **{**values, **fields})  # type: ignore[arg-type]


def whole(article: Article, language: str | None = None) -> tuple[Article, list[Passage]]:
    """Return an article with its text as the only passage, in a language that is not detected."""
    text = article.text
    return article, [Passage(article.id, 0, len(text), text, "body", language, None)]
