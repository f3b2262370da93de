"""Weights are told apart by what their files hold."""

from pathlib import Path

from qa.reader.identity import file_digest, model_digest


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    first, second, other = (tmp_path / name for name in "abc")
    first.write_bytes(b"weights")
    second.write_bytes(b"weights")
    other.write_bytes(b"weight")
    assert file_digest(first) == file_digest(second) != file_digest(other)


def test_a_folder_is_known_by_its_files_and_a_model_elsewhere_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    before = model_digest(str(tmp_path))
    (tmp_path / "config.json").write_text("[]", "utf-8")
    assert model_digest(str(tmp_path)) != before
    assert model_digest("some/model") == "some/model"
