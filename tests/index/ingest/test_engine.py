"""Reading a seed file with its passages, wherever that is done."""

from contextlib import AbstractContextManager
from pathlib import Path

from index.formats.seed_file import Refused
from index.ingest.engine import LocalEngine, Reader
from index.ingest.seed_files import SeedFolder


def test_articles_come_with_their_passages(seeds: Path) -> None:
    (seeds / "a.txt").write_text("The ferry sailed. It was late.")
    (found,) = Reader(SeedFolder(seeds), 128, "").read("a.txt")
    assert isinstance(found, tuple)
    article, passages = found
    assert [passage.text for passage in passages] == [article.text]


def test_the_passage_size_and_the_column_are_those_of_the_build(seeds: Path) -> None:
    text = " ".join(f"The ferry {n} sailed from Oban in the morning." for n in range(20))
    (seeds / "a.csv").write_text(f"name,prose\nx,{text}\n")
    found, _ = Reader(SeedFolder(seeds), 32, "prose").read("a.csv")
    assert isinstance(found, tuple)
    article, passages = found
    assert article.text == text
    assert len(list(passages)) > 3


def test_a_file_that_cannot_be_opened_is_refused_and_read_again_later(seeds: Path) -> None:
    class Broken(SeedFolder):
        def open(self, path: str) -> AbstractContextManager[Path]:
            raise OSError(5, "the network is down")

    (found,) = Reader(Broken(seeds), 128, "").read("a.txt")
    assert found == Refused("a.txt", "cannot be read: the network is down", permanent=False)


def test_the_local_engine_reads_a_file_when_it_is_asked_for(seeds: Path) -> None:
    def changed() -> object:
        raise AssertionError("nothing is read ahead")
        yield

    (seeds / "a.txt").write_text("Rain.")
    reader = Reader(SeedFolder(seeds), 128, "")
    read = LocalEngine().reading(reader, changed())  # type: ignore[arg-type]
    assert [item[0].text for item in read("a.txt") if isinstance(item, tuple)] == ["Rain."]
