"""The digest of a model's folder."""

from pathlib import Path

from index.encoder.folder_digest import folder_digest


def test_names_and_contents_decide(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "weights").write_bytes(b"one")
    first = folder_digest(tmp_path)
    assert first == folder_digest(tmp_path)
    (tmp_path / "inner" / "weights").write_bytes(b"two")
    second = folder_digest(tmp_path)
    (tmp_path / "inner" / "weights").rename(tmp_path / "inner" / "other")
    assert len({first, second, folder_digest(tmp_path)}) == 3
