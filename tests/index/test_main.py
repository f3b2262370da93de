"""`python -m index`: what it prints, and its exit status."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index import build
from index.__main__ import main
from index.errors import ArchiveError, run
from index.formats.registry import KINDS
from tests.support.fakes import FakeEncoder

Command = Callable[..., tuple[int, str, list[str]]]
TEXT = "The keeper of the lighthouse counted nine ships before noon and wrote them down."


@pytest.fixture(autouse=True)
def _fake_encoder(encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ingest.builder.SentenceEncoder", lambda name: encoder)


@pytest.fixture
def run_index(seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command over the seeds folder; return its status, output and error lines."""

    def command(*options: str) -> tuple[int, str, list[str]]:
        status = run(main, [str(seeds), "--index", str(tmp_path / "index"), *options])
        out, err = capsys.readouterr()
        return status, out, [line for line in err.splitlines() if "%" not in line and line]

    return command


def test_a_build_ends_with_a_report(seeds: Path, run_index: Command) -> None:
    (seeds / "a.txt").write_text(TEXT)
    (seeds / "b.txt").touch()
    (seeds / "two\nlines.doc").touch()
    status, out, err = run_index()
    assert status == 0
    assert out.startswith("1 added, 0 changed, 0 removed, 0 unchanged, 2 skipped; 1 passages")
    assert err == [
        "skipped b.txt: is empty",
        f"skipped two\\nlines.doc: files of kind '.doc' are not read, only {', '.join(KINDS)}",
    ]
    assert run_index()[0] == 0  # nothing to do is success


@pytest.mark.parametrize("option", [(), ("--watch",)])
def test_who_waits_for_a_build_is_told(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    def watch(seeds: str, index: str, on_build: Callable[..., None], **_: object) -> None:
        on_build(ArchiveError("no seeds"))
        on_build(build(seeds, index))

    monkeypatch.setattr("index.ingest.watch.watch", watch)
    (seeds / "a.txt").write_text(TEXT)
    told: list[str] = []
    index = str(tmp_path / "index")
    assert main([str(seeds), "--index", index, *option], built=told.append) == 0
    assert told == [index]


def test_bad_input_is_one_line_and_status_2(seeds: Path, run_index: Command) -> None:
    (seeds / "a.txt").write_text(TEXT)
    assert run_index("--passage-tokens", "5")[0] == 2
    assert run_index()[0] == 0
    (seeds / "a.txt").unlink()
    status, out, (error,) = run_index()
    assert (status, out) == (2, "")
    assert error.startswith("error: the seeds folder")
    assert "--allow-empty" in error
    assert run_index("--allow-empty")[0] == 0
    seeds.rmdir()
    status, out, (error,) = run_index()
    assert (status, out) == (2, "")
    assert error.startswith("error: there is no seeds folder")


def test_a_damaged_index_is_status_3(seeds: Path, tmp_path: Path, run_index: Command) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "archive.sqlite").write_bytes(os.urandom(5000))
    status, out, (error,) = run_index()
    assert (status, out) == (3, "")
    assert "damaged: remove the folder" in error


def test_usage_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, status in ((["--no-such-option"], 2), (["--help"], 0)):
        with pytest.raises(SystemExit, match=str(status)):
            main(arguments)
    assert "--allow-empty" in capsys.readouterr().out


def test_the_defaults_are_relative_to_the_current_directory(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / "a.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    assert main([]) == 0
    assert (tmp_path / ".index" / "archive.sqlite").is_file()


def test_re_embedding_embeds_what_has_vectors_already(
    seeds: Path, run_index: Command, encoder: FakeEncoder
) -> None:
    (seeds / "a.txt").write_text(TEXT)
    run_index()
    status, out, _ = run_index("--re-embed")
    assert (status, out[:40]) == (0, "0 added, 0 changed, 0 removed, 1 unchang")
    assert encoder.embedded == [TEXT, TEXT]


def test_a_cluster_does_not_go_with_watching(run_index: Command) -> None:
    status, _, (error,) = run_index("--watch", "--ray", "local:2")
    assert status == 2
    assert error.startswith("error: --ray does not go with --watch")


def test_a_cluster_that_does_not_exist_is_an_error(run_index: Command) -> None:
    status, _, (error,) = run_index("--ray", "elsewhere")
    assert status == 2
    assert error.startswith("error: there is no Ray cluster 'elsewhere': say auto, ")


def test_re_embedding_does_not_go_with_watching(run_index: Command) -> None:
    status, _, (error,) = run_index("--watch", "--re-embed")
    assert status == 2
    assert error.startswith("error: --re-embed does not go with --watch")
