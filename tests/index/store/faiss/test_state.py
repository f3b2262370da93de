"""What is remembered of a FAISS file."""

from dataclasses import asdict

from index.store.faiss.state import FaissState


def test_the_defaults_describe_an_exact_index() -> None:
    state = FaissState("vectors-1.faiss", 7)
    assert state.exact
    assert (state.last, state.trained, state.recall) == (0, 0, 1.0)


def test_a_file_of_codes_has_a_depth() -> None:
    assert not FaissState(depth=200, recall=0.98).exact


def test_the_fields_are_the_rows_of_existing_indexes() -> None:
    """Each is stored as `vectors_` and its name: a renamed field would not be read again."""
    assert list(asdict(FaissState())) == ["file", "crc", "last", "trained", "depth", "recall"]
