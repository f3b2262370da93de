"""The command line: what it starts, what it says, and the exit status it ends with."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import app
from index.errors import ArchiveError, StorageError
from qa.server.guard import Rules

ROOT = Path(__file__).parent.parent


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def rules_of() -> list[tuple[Rules, bool]]:
    """By what rules was served, and whether to language models."""
    return []


@pytest.fixture
def served(
    rules_of: list[tuple[Rules, bool]], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, str, int]]:
    """Stands in for models and server: notes (index, host, port), then acts like Ctrl-C."""
    calls: list[tuple[str, str, int]] = []

    def serve(blocks: SimpleNamespace, host: str, port: int, rules: Rules, tools: object) -> None:
        calls.append((blocks.index, host, port))
        rules_of.append((rules, tools is not None))
        raise KeyboardInterrupt

    chat_page = ModuleType("qa.page.page")
    chat_page.page = lambda archive, seeds, api: archive  # type: ignore[attr-defined]
    chat_page.serve = serve  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "qa.page.page", chat_page)
    monkeypatch.setattr("qa.server.offline.stay_here", lambda host: None)  # it cannot be taken back
    for name in ("GRADIO_TEMP_DIR", *app.OFFLINE):
        monkeypatch.setenv(name, "")  # to what it was, afterwards
    monkeypatch.setattr(
        "qa.archive.Archive.open",
        lambda index: SimpleNamespace(index=index, close=lambda verbose: None),
    )
    return calls


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Stands in for the build: notes (seeds, index)."""
    calls: list[tuple[str, str]] = []

    def build(seeds: str, index: str, progress: bool) -> SimpleNamespace:
        calls.append((seeds, index))
        assert progress
        return SimpleNamespace(skipped=[("bad.txt", "is empty")], __str__=lambda self: "report")

    monkeypatch.setattr("index.ingest.builder.build", build)
    return calls


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_importing_the_command_line_is_quick() -> None:
    code = "import app, sys; print([m for m in ('gradio', 'torch', 'qa') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_it_builds_then_serves_this_machine_alone(
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    built: list[tuple[str, str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    (home / "seeds").mkdir()
    assert app.main(["--port", str(port)]) == 0
    assert built == [("seeds", ".index")]
    assert served == [(".index", "127.0.0.1", port)]
    assert "skipped bad.txt: is empty" in capsys.readouterr().err


def test_seeds_index_host_and_port_can_be_named(
    home: Path, port: int, served: list[tuple[str, str, int]], built: list[tuple[str, str]]
) -> None:
    (home / "news").mkdir()
    options = ["--host", "0.0.0.0", "--port", str(port), "--seeds", "news", "--index", "db"]
    assert app.main(["chat", *options]) == 0
    assert built == [("news", "db")]
    assert served == [("db", "0.0.0.0", port)]


def test_with_watch_the_seeds_are_watched_while_it_serves(
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    built: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (home / "seeds").mkdir()
    watched, begun = [], threading.Event()

    def watch(seeds: str, index: str, said: object) -> None:
        watched.append((seeds, index))
        begun.set()

    monkeypatch.setattr("index.ingest.watch.watch", watch)
    monkeypatch.setattr(sys.modules["qa.page.page"], "serve", lambda *where, tools: None)
    archive = SimpleNamespace(warm_up=begun.wait, close=lambda verbose: None)
    monkeypatch.setattr("qa.archive.Archive.open", lambda index: archive)

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            assert begun.wait(60)
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(app, "threading", SimpleNamespace(Thread=threading.Thread, Event=Interrupted))
        assert app.main(["--port", str(port), "--watch"]) == 0
    assert watched == [("seeds", ".index")]


@pytest.mark.parametrize(
    ("options", "folder"), [([], Path("news")), (["--read-only"], None), (["--seeds", "no"], None)]
)
def test_articles_can_be_added_unless_it_is_read_only_or_there_is_no_folder(
    options: list[str],
    folder: Path | None,
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    built: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (home / "news").mkdir()
    (home / ".index").mkdir()
    folders: list[Path | None] = []

    def page(archive: SimpleNamespace, seeds: Path | None, api: object) -> SimpleNamespace:
        folders.append(seeds)
        return archive

    monkeypatch.setattr(sys.modules["qa.page.page"], "page", page)
    assert app.main(["--port", str(port), "--seeds", "news", *options]) == 0
    assert folders == [folder]


@pytest.mark.parametrize(
    ("options", "warned"),
    [
        (["--host", "0.0.0.0"], True),
        (["--host", "::"], True),
        (["--host", "0.0.0.0", "--read-only"], False),
        (["--host", "0.0.0.0", "--auth", "anna"], False),
        ([], False),
    ],
)
def test_a_chat_that_everyone_can_change_is_warned_of(
    options: list[str],
    warned: bool,
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    built: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (home / "seeds").mkdir()
    monkeypatch.setenv("ARCHIVE_QA_PASSWORD", "sesame")
    assert app.main(["--port", str(port), *options]) == 0
    assert len(served) == 1
    assert ("warning: everyone who can reach" in capsys.readouterr().err) == warned
    assert "ARCHIVE_QA_PASSWORD" not in os.environ


def test_rules_come_from_the_command_line(
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    rules_of: list[tuple[Rules, bool]],
    built: list[tuple[str, str]],
) -> None:
    (home / "seeds").mkdir()
    (home / "password").write_text("sesame")
    (home / "password").chmod(0o600)
    assert app.main(["--port", str(port)]) == 0
    options = ["--auth", "anna:password", "--name", "news.example", "--mcp", "--read-only"]
    assert app.main(["--port", str(port), *options]) == 0
    (plain, no_tools), (strict, tools) = rules_of
    assert (no_tools, tools) == (False, True)
    assert plain.uploads is not None
    assert not plain.uploads.exists()  # it goes with the chat
    assert strict.uploads is None
    assert list(strict.access.users) == ["anna"]
    assert strict.access.names == {"news.example"}


def test_a_password_that_is_missing_is_said_before_anything_is_built(
    home: Path, port: int, built: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARCHIVE_QA_PASSWORD", raising=False)
    (home / "seeds").mkdir()
    with pytest.raises(ArchiveError, match="no password for 'anna'"):
        app.main(["--port", str(port), "--auth", "anna"])
    assert built == []


def test_without_seeds_an_index_is_served_as_it_is(
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    built: list[tuple[str, str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    (home / ".index").mkdir()
    assert app.main(["--port", str(port)]) == 0
    assert built == []
    assert len(served) == 1
    assert (
        capsys.readouterr().err == "no seeds folder 'seeds': serving the index '.index' as it is\n"
    )


def test_without_seeds_and_index_it_says_what_is_missing(
    home: Path, port: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["archive-qa", "--port", str(port)])
    assert app.script() == 2
    errors = capsys.readouterr().err
    assert "no seeds folder 'seeds'" in errors
    assert errors.count("\n") == 1


def test_a_port_that_is_taken_is_named_before_anything_is_built(
    home: Path,
    built: list[tuple[str, str]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        monkeypatch.setattr(sys, "argv", ["archive-qa", "--port", str(taken)])
        assert app.script() == 2
    errors = capsys.readouterr().err
    assert f"port {taken} is taken" in errors
    assert "--port" in errors
    assert errors.count("\n") == 1
    assert built == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--port", "0"], "port 0 does not exist"),
        (["--port", "70000"], "port 70000 does not exist"),
        (["--host", "192.0.2.1"], "'192.0.2.1'"),  # an address that no machine has
        (["--host", "::2"], "'::2'"),
    ],
)
def test_an_address_that_cannot_be_is_an_error(options: list[str], said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        app.main(options)


@pytest.mark.parametrize("wrong", [["--port", "x"], ["serch"], ["--share"]])
def test_wrong_usage_ends_with_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main(wrong)
    assert ended.value.code == 2
    assert "usage: archive-qa" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for command in ("chat", *app.COMMANDS):
        assert f"\n  {command} " in shown


@pytest.mark.parametrize("name", app.COMMANDS)
@pytest.mark.parametrize("status", [0, 1])
def test_commands_of_the_rooms_are_passed_on(
    name: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[Sequence[str]] = []

    def main(argv: Sequence[str]) -> int:
        passed.append(argv)
        return status

    module = ModuleType(app.COMMANDS[name])
    module.main = main  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, app.COMMANDS[name], module)
    monkeypatch.setattr(sys, "argv", ["archive-qa", name, "--index", "x"])
    assert app.script() == status
    assert passed == [["--index", "x"]]


@pytest.mark.parametrize(
    ("error", "status"), [(ArchiveError("bad"), 2), (StorageError("full"), 3), (OSError("x"), 3)]
)
def test_errors_become_one_line_and_a_status(
    error: Exception,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def main(argv: Sequence[str]) -> int:
        raise error

    module = ModuleType("qa.__main__")
    module.main = main  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "qa.__main__", module)
    monkeypatch.setattr(sys, "argv", ["archive-qa", "ask", "Who?"])
    monkeypatch.delenv("ARCHIVE_QA_DEBUG", raising=False)
    assert app.script() == status
    assert capsys.readouterr().err.count("\n") == 1
