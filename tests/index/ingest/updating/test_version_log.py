"""Which texts are earlier versions, and which are the same one, read by other rules."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from index.article import Article
from index.ingest import engine, reading
from index.passage import passages
from index.store.doors import begin_build
from tests.support.scanned import Built


def reread(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules have another version, and make another text of the same source."""
    read = reading.read_articles

    def other(*given: Any) -> Iterator[Any]:
        for found in read(*given):
            assert isinstance(found, Article)
            yield replace(found, text=found.text.upper())

    monkeypatch.setattr(engine, "read_articles", other)
    built.index.settings = replace(built.index.settings, rules=2)


def test_a_text_that_is_read_by_other_code_is_no_version(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    built({"a.txt": "Fog.", "b.jsonl": [("x", None, "Rain.")]})
    reread(built, monkeypatch)
    assert built({}).changed == 2
    assert (built.now("a.txt"), built.before("a.txt"), built.before("x")) == ("FOG.", [], [])


def test_a_text_that_is_cleaned_by_other_rules_is_no_version_though_its_file_was_touched(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    built({"a.txt": "Fog came.\n\nRain came."})
    reread(built, monkeypatch)
    assert built({"a.txt": "Fog came.\n\nRain came."}).changed == 1
    assert (built.now("a.txt"), built.before("a.txt")) == ("FOG CAME.\n\nRAIN CAME.", [])


def test_an_edit_is_a_version_whatever_the_rules(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    built({"a.txt": "Fog came."})
    reread(built, monkeypatch)
    built({"a.txt": "Snow came."})
    assert built.before("a.txt") == ["Fog came."]


def test_a_text_that_a_repair_found_damaged_is_no_version(built: Built) -> None:
    built({"a.txt": "Fog came."})
    with begin_build(built.index.where) as writer:
        found = writer.article("a.txt")
        assert found is not None
        damaged = replace(found, text="Frg came.")
        writer.put(damaged, b"", passages(damaged, 128))
        writer.set_unread("a.txt")
        built.index.embed(writer)
        writer.publish(built.index.settings)
    assert built({}).changed == 1
    assert (built.now("a.txt"), built.before("a.txt")) == ("Fog came.", [])


def test_none_forgets_the_log(built: Built) -> None:
    built({"a.txt": "Fog."})
    built({"a.txt": "Snow."})
    built.index.settings = replace(built.index.settings, versions="none")
    built({"b.jsonl": [("x", "2026-11-01", "Fog."), ("x", "2026-11-03", "Ice.")]})
    assert (built.before("a.txt"), built.before("x"), built.now("x")) == ([], [], "Ice.")
    built({"a.txt": "Hail."})
    assert built.before("a.txt") == []
