"""Every passage must have a whole vector, and the FAISS file must hold exactly these vectors."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.store.base.protocol import Problem
from index.store.sqlite import faiss_file
from index.store.sqlite.connection import connect
from index.store.sqlite.faiss_file import Sizes
from index.store.sqlite.generation import read_generation
from index.store.sqlite.integrity.vectors import wrong_vectors
from tests.support.damage import execute, flip
from tests.support.written import WrittenIndex, article


def problems(index: Path) -> list[Problem]:
    with closing(connect(index)) as connection:
        generation = read_generation(connection)
        assert generation is not None
        return list(wrong_vectors(connection, generation, index))


def sentences(index: Path) -> str:
    return "\n".join(problem.sentence for problem in problems(index))


def test_vectors_of_a_sound_index_are_sound(index: Path) -> None:
    assert problems(index) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM vector", "passage 13 has no vector"),
        ("INSERT INTO vector VALUES (x'00', x'00')", "vector 00 belongs to no passage"),
        ("UPDATE vector SET value = x'00'", "has 1 bytes, not 256"),
        ("UPDATE vector SET value = zeroblob(256)", "has the length 0, not 1"),
        ("UPDATE language SET mean = zeroblob(256)", "mean vectors are not those"),
        ("UPDATE passage SET language = 'xx' WHERE id = 13", "mean vectors are not those"),
        ("UPDATE total SET sum = zeroblob(512)", "the sums of the languages' vectors are not"),
        ("UPDATE total SET passages = 99", "the sums of the languages' vectors are not"),
        ("UPDATE setting SET value = '3' WHERE name = 'passages'", "3 passages were published"),
        ("UPDATE setting SET value = '1' WHERE name = 'vectors_crc'", "has the checksum"),
        ("UPDATE setting SET value = '\"x\"' WHERE name = 'vectors_file'", "'x' is not there"),
    ],
)
def test_damage_is_reported(index: Path, statement: str, sentence: str) -> None:
    execute(index, statement)
    assert sentence in sentences(index)


def test_an_exchanged_unit_vector_differs_from_the_file(index: Path) -> None:
    other = np.eye(1, 64, dtype="<f4").tobytes()
    execute(index, "UPDATE vector SET value = ? WHERE content = (SELECT min(content) FROM vector)",
            [other])  # fmt: skip
    assert "is not that of the FAISS file" in sentences(index)


def test_the_file_is_not_compared_while_vectors_are_broken(index: Path) -> None:
    """One broken vector would make everything derived from it look wrong too."""
    execute(index, "UPDATE vector SET value = x'00'")
    for file in index.glob("*.faiss"):
        file.unlink()
    assert {problem.what for problem in problems(index)} == {"vector"}


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped"])
def test_a_damaged_faiss_file_is_reported(index: Path, damage: str) -> None:
    (file,) = index.glob("*.faiss")
    if damage == "missing":
        file.unlink()
        assert sentences(index) == f"the FAISS file '{file.name}' is not there"
        return
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-9])
    else:
        flip(file, 8000)
    assert f"the FAISS file '{file.name}' has the checksum" in sentences(index)


def test_an_index_of_an_earlier_version_needs_no_sums(index: Path) -> None:
    execute(index, "DELETE FROM setting WHERE name = 'passages'")
    execute(index, "DELETE FROM total")
    assert problems(index) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("INSERT INTO gone VALUES (999)", "is of other passages"),
        ("DELETE FROM gone", "is of other passages"),
        ("UPDATE setting SET value = '29' WHERE name = 'vectors_last'", "is of other passages"),
    ],
)
def test_a_quantised_file_must_hold_the_passages_up_to_its_last(
    written: WrittenIndex,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    statement: str,
    sentence: str,
) -> None:
    monkeypatch.setattr(faiss_file, "SIZES", Sizes(exact=20, changes=10))
    written.publish(*(article(str(i), f"Note {i} on fog.") for i in range(30)))
    written.publish(article("later", "Added."), remove=("3",))
    assert problems(folder) == []
    execute(folder, statement)
    assert sentence in sentences(folder)
