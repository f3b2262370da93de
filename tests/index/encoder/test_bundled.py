"""The bundled encoder's folder: a standard model, and errors that say what to do."""

import json
import os
from pathlib import Path

import pytest

from index.encoder import bundled
from index.encoder.bundled import DIMENSION, NAME, REVISION, STALE_SECONDS, model_folder
from index.errors import StorageError


def test_the_folder_is_that_of_a_standard_model() -> None:
    folder = model_folder()
    assert folder.name == f"{NAME}-{REVISION}"
    names = {file.name for file in folder.iterdir()}
    assert {"modules.json", "config.json", "model.safetensors", "tokenizer.json"} <= names
    assert json.loads((folder / "config.json").read_text())["hidden_size"] == DIMENSION


def test_the_tokenizer_gives_the_ids_that_the_model_was_trained_on() -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(model_folder()))
    ids = tokenizer("Hello, world!").input_ids
    assert ids == [0, 35378, 4, 8999, 38, 2]  # as XLM-RoBERTa's documentation has them
    assert tokenizer("a\tb\n c").input_ids == tokenizer("a b c").input_ids
    assert tokenizer("ｆｕｌｌ").input_ids == tokenizer("full").input_ids
    assert tokenizer.decode(ids, skip_special_tokens=True) == "Hello, world!"
    first, second = tokenizer("a").input_ids[1:-1], tokenizer("b").input_ids[1:-1]
    assert tokenizer("a", "b").input_ids == [0, *first, 2, 2, *second, 2]


def test_an_unusable_cache_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path / "file"))
    with pytest.raises(StorageError, match="set ARCHIVE_QA_CACHE to a writable folder"):
        model_folder()


def test_a_failed_unpacking_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(folder: Path) -> None:
        folder.mkdir()
        raise OSError(28, os.strerror(28))

    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path))
    monkeypatch.setattr(bundled, "_unpack", disk_full)
    with pytest.raises(StorageError, match="No space left on device"):
        model_folder()
    assert list(tmp_path.iterdir()) == []


def test_it_is_no_error_if_another_process_finishes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(folder: Path) -> None:
        folder.mkdir()
        (tmp_path / f"{NAME}-{REVISION}").mkdir()
        (tmp_path / f"{NAME}-{REVISION}" / "theirs").touch()

    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path))
    monkeypatch.setattr(bundled, "_unpack", slow)
    assert [file.name for file in model_folder().iterdir()] == ["theirs"]


def test_work_of_killed_processes_is_removed_and_recent_work_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale, recent = tmp_path / "unpacking-stale", tmp_path / "unpacking-recent"
    for work in (stale, recent):
        work.mkdir()
    then = recent.stat().st_mtime - STALE_SECONDS - 60
    os.utime(stale, (then, then))
    monkeypatch.setenv("ARCHIVE_QA_CACHE", str(tmp_path))
    monkeypatch.setattr(bundled, "_unpack", Path.mkdir)
    model_folder()
    assert recent.exists()
    assert not stale.exists()


def test_progress_bars_are_shown_again_after_loading() -> None:
    from transformers.utils import logging

    enabled = logging.is_progress_bar_enabled()
    with bundled.quiet_transformers():
        assert not logging.is_progress_bar_enabled()
    assert logging.is_progress_bar_enabled() is enabled
