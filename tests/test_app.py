"""The command line: what it starts, what it prints, and its exit status."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from starlette.routing import Route

import app
from index import BuildReport
from index.errors import ArchiveError, StorageError
from qa.benchmarks.page.serving import free_port
from qa.rest.service import Service
from qa.server.guard import Rules
from qa.standing.shared import SharedList

ROOT = Path(__file__).parent.parent


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def rules_of() -> list[tuple[Rules, bool]]:
    """The rules of each start of the server, and whether it had tools for language models."""
    return []


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The reader of each start of the server; a loaded one is only its name."""
    monkeypatch.setattr("qa.reader.reader.Reader.load", lambda name: f"loaded {name}")
    return []


@pytest.fixture
def served(
    rules_of: list[tuple[Rules, bool]], readers: list[object], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, str, int]]:
    """Replace models and server: record (index, host, port), then act like Ctrl-C."""
    calls: list[tuple[str, str, int]] = []

    def serve(
        blocks: SimpleNamespace, host: str, port: int, rules: Rules, tools: object, archive: object
    ) -> None:
        calls.append((blocks.index, host, port))
        assert archive is blocks
        rules_of.append((rules, tools is not None))
        readers.append(blocks.reader)
        raise KeyboardInterrupt

    chat_page = ModuleType("qa.page.page")
    chat_page.page = lambda archive, seeds, api, standing: archive  # type: ignore[attr-defined]
    chat_page.serve = serve  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "qa.page.page", chat_page)
    monkeypatch.setattr("qa.server.offline.block_network", lambda *hosts: None)  # cannot be undone
    for name in ("GRADIO_TEMP_DIR", "FORWARDED_ALLOW_IPS", *app.OFFLINE):
        monkeypatch.setenv(name, "")  # restored afterwards
    monkeypatch.setattr(
        "qa.archive.Archive.open",
        lambda index, reader: SimpleNamespace(
            index=index, reader=reader, archives=(), not_asked=tuple, close=lambda verbose: None
        ),
    )

    def rest_routes(service: Service, *, password: bool, tokens: bool) -> list[Route]:
        return [Route("/with-password" if password else "/without", lambda request: None)]

    monkeypatch.setattr("qa.rest.application.rest_routes", rest_routes)
    return calls


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Replace the build: record (seeds, index)."""
    calls: list[tuple[str, str]] = []

    def build(seeds: str, index: str, progress: bool) -> BuildReport:
        calls.append((seeds, index))
        assert progress
        return BuildReport(skipped=[("bad.txt", "is empty")])

    monkeypatch.setattr("index.ingest.builder.build", build)
    return calls


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_importing_the_command_line_loads_no_heavy_package() -> None:
    code = "import app, sys; print([m for m in ('gradio', 'torch', 'qa') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_chat_builds_then_serves_on_loopback(
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


def test_questions_are_logged_only_on_request(
    home: Path, port: int, served: list[tuple[str, str, int]], built: list[tuple[str, str]],
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("qa.question_log.log.user_data_path", lambda name: home / "data")
    (home / "seeds").mkdir()
    assert app.main(["--port", str(port)]) == 0
    assert not (home / "data").exists()
    assert app.main(["--port", str(port), "--log"]) == 0
    (log,) = (home / "data").glob("*.jsonl")
    assert f"questions, answers and verdicts are kept in {log}" in capsys.readouterr().out
    log.unlink()
    log.mkdir()
    built.clear()
    with pytest.raises(StorageError, match="start without --log"):  # before the build
        app.main(["--port", str(port), "--log"])
    assert built == []


def test_seeds_index_host_and_port_are_options(
    home: Path, port: int, served: list[tuple[str, str, int]], built: list[tuple[str, str]]
) -> None:
    (home / "news").mkdir()
    options = ["--host", "0.0.0.0", "--port", str(port), "--seeds", "news", "--index", "db"]
    assert app.main(["chat", *options]) == 0
    assert built == [("news", "db")]
    assert served == [("db", "0.0.0.0", port)]


@pytest.mark.usefixtures("home", "built", "served")
def test_a_reader_that_is_named_is_loaded_before_serving(port: int, readers: list[object]) -> None:
    assert app.main(["--port", str(port), "--reader", "fast"]) == 0
    assert app.main(["--port", str(port)]) == 0
    assert readers == ["loaded fast", None]


def test_watch_follows_the_seeds_while_serving(
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    built: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (home / "seeds").mkdir()
    watched, started = [], threading.Event()

    def watch(seeds: str, index: str, on_build: object) -> None:
        watched.append((seeds, index))
        started.set()

    monkeypatch.setattr("index.ingest.watch.watch", watch)
    monkeypatch.setattr(sys.modules["qa.page.page"], "serve", lambda *where, **options: None)
    archive = SimpleNamespace(warm_up=started.wait, archives=(), close=lambda verbose: None)
    monkeypatch.setattr("qa.archive.Archive.open", lambda index, reader: archive)

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            assert started.wait(60)
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(app, "threading", SimpleNamespace(Thread=threading.Thread, Event=Interrupted))
        assert app.main(["--port", str(port), "--watch"]) == 0
    assert watched == [("seeds", ".index")]


@pytest.mark.parametrize(
    ("options", "folder"), [([], Path("news")), (["--read-only"], None), (["--seeds", "no"], None)]
)
def test_the_page_is_read_only_on_request_or_without_a_seeds_folder(
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

    def page(
        archive: SimpleNamespace, seeds: Path | None, api: object, standing: SharedList
    ) -> SimpleNamespace:
        folders.append(seeds)
        assert standing.changeable == ("--read-only" not in options)
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
def test_a_chat_open_to_the_network_prints_a_warning(
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


def test_access_rules_come_from_the_options(
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
    options += ["--open-metrics"]
    assert app.main(["--port", str(port), *options]) == 0
    (plain, no_tools), (strict, tools) = rules_of
    assert (no_tools, tools) == (False, True)
    assert plain.uploads is not None
    assert not plain.uploads.exists()  # deleted when the chat ends
    assert strict.uploads is None
    assert plain.without_password == set()
    assert strict.without_password == {"/healthz", "/metrics", "/api/v1/health"}
    for rules, path in ((plain, "/without"), (strict, "/with-password")):
        assert path in [route.path for route in rules.routes if isinstance(route, Route)]
    assert list(strict.access.users) == ["anna"]
    assert strict.access.names == {"news.example"}


def test_tokens_and_sites_are_options(
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    rules_of: list[tuple[Rules, bool]],
    built: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("qa.accounts.token_file.user_data_path", lambda name: home / "data")
    monkeypatch.setattr("qa.accounts.audit_log.user_data_path", lambda name: home / "data")
    (home / "seeds").mkdir()
    with pytest.raises(ArchiveError, match="archive-qa token create NAME --role admin"):
        app.main(["--port", str(port), "--tokens"])
    assert built == []  # said before the build
    assert app.main(["token", "create", "anna", "--role", "admin"]) == 0
    monkeypatch.delenv("FORWARDED_ALLOW_IPS")
    options = ["--tokens", "--embed-from", "https://a.example", "https://b.example", "--log"]
    monkeypatch.setattr("qa.question_log.log.user_data_path", lambda name: home / "data")
    assert app.main(["--port", str(port), *options, "--host", "0.0.0.0"]) == 0
    assert os.environ["FORWARDED_ALLOW_IPS"] == ""
    (rules, _) = rules_of.pop()
    assert rules.gate is not None
    assert rules.is_box("/embed")
    assert len(rules.gate.tokens.tokens()) == 1
    assert {file.suffix for file in (home / "data").iterdir()} >= {".json", ".jsonl"}


def test_a_read_only_chat_builds_nothing(
    home: Path, port: int, served: list[tuple[str, str, int]], built: list[tuple[str, str]]
) -> None:
    (home / "seeds").mkdir()
    assert app.main(["--port", str(port), "--read-only"]) == 0
    assert len(served) == 1
    assert built == []
    with pytest.raises(ArchiveError, match="--watch does not go with --read-only"):
        app.main(["--port", str(port), "--read-only", "--watch"])


def test_several_archives_are_only_read(
    home: Path, port: int, served: list[tuple[str, str, int]], built: list[tuple[str, str]],
    rules_of: list[tuple[Rules, bool]], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    found: list[Path] = []
    monkeypatch.setattr("qa.source_view.finding.SourceFinder", found.append)
    (home / "seeds").mkdir()
    several = ["--port", str(port), "--index", "a", "--index", "old=b"]
    for option in (["--watch"], ["--seeds", "seeds"]):
        with pytest.raises(ArchiveError, match=f"{option[0]} is for one archive"):
            app.main([*several, *option])
    assert app.main(several) == 0
    assert str(served[0][0]) == "['a', 'old=b']"
    assert built == []
    assert found == []  # originals are of a seeds folder: not of the one we run in
    assert rules_of[0][0].uploads is None


def test_seeds_at_an_address_are_built_and_nothing_can_be_added(
    home: Path,
    port: int,
    served: list[tuple[str, str, int]],
    rules_of: list[tuple[Rules, bool]],
    built: list[tuple[str, str]],
) -> None:
    (home / ".index").mkdir()
    assert app.main(["--port", str(port), "--seeds", "s3://bucket/articles"]) == 0
    assert built == [("s3://bucket/articles", ".index")]
    assert rules_of[0][0].uploads is None


def test_a_missing_password_is_reported_before_building(
    home: Path, port: int, built: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARCHIVE_QA_PASSWORD", raising=False)
    (home / "seeds").mkdir()
    with pytest.raises(ArchiveError, match="no password for 'anna'"):
        app.main(["--port", str(port), "--auth", "anna"])
    assert built == []


def test_without_seeds_an_existing_index_is_served_unchanged(
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


def test_without_seeds_and_index_the_error_names_what_is_missing(
    home: Path, port: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["archive-qa", "--port", str(port)])
    assert app.script() == 2
    errors = capsys.readouterr().err
    assert "no seeds folder 'seeds'" in errors
    assert errors.count("\n") == 1


def test_a_port_in_use_is_reported_before_building(
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
    ("options", "message"),
    [
        (["--port", "0"], "port 0 does not exist"),
        (["--port", "70000"], "port 70000 does not exist"),
        (["--host", "192.0.2.1"], "'192.0.2.1'"),  # reserved for documentation
        (["--host", "::2"], "'::2'"),
    ],
)
def test_an_unusable_address_is_an_error(options: list[str], message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        app.main(options)


@pytest.mark.parametrize("wrong", [["--port", "x"], ["serch"], ["--share"]])
def test_wrong_usage_has_status_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exited:
        app.main(wrong)
    assert exited.value.code == 2
    assert "usage: archive-qa" in capsys.readouterr().err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exited:
        app.main(["--help"])
    assert exited.value.code == 0
    shown = capsys.readouterr().out
    for command in ("chat", *app.COMMANDS):
        assert re.search(rf"^  {command}\s", shown, re.MULTILINE), command


@pytest.mark.parametrize("name", app.COMMANDS)
def test_the_help_of_a_command_calls_it_as_it_was_called(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        app.main([name, "--help"])
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: archive-qa {name} ")
    assert "python -m" not in shown


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        app.main(["--version"])
    assert capsys.readouterr().out.split() == ["archive-qa", metadata.version("archive-qa")]


@pytest.mark.parametrize("name", app.COMMANDS)
@pytest.mark.parametrize("status", [0, 1])
def test_other_commands_get_their_arguments_and_set_the_status(
    name: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[Sequence[str]] = []

    def main(argv: Sequence[str], **hooks: object) -> int:
        passed.append(argv)
        assert [*hooks] == ["built"] * (name == "build")
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
