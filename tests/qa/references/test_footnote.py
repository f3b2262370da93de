"""Footnotes, as citeproc formats them in our style and in another one."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.references.footnote import STYLE, as_footnote
from qa.references.item import csl_item
from tests.qa.references.test_item import CITED


def test_a_footnote_names_author_title_day_and_place() -> None:
    assert as_footnote(csl_item(CITED)) == (
        "Ann Lee, ‘The ferry’, 28 October 2025, a.zip#ferry.pdf, p. 12, 0:01:05, "
        "https://news.example/ferry."
    )


def test_a_chinese_source_gets_a_chinese_day() -> None:
    chinese = replace(CITED, title="渡轮", author=None, language="zh", url=None, location=None)
    assert as_footnote(csl_item(chinese)) == "《渡轮》, 2025年10月28日, a.zip#ferry.pdf."


def test_what_looks_like_markup_stays_text() -> None:
    odd = replace(CITED, title="<b>50% & {x}</b> אבי")
    assert "‘<b>50% & {x}</b> אבי’" in as_footnote(csl_item(odd))


def test_any_style_can_be_used(tmp_path: Path) -> None:
    style = tmp_path / "own.csl"
    style.write_text(
        STYLE.read_text(encoding="utf-8").replace('delimiter=", "', 'delimiter=" | "'),
        encoding="utf-8",
    )
    assert "Ann Lee | ‘The ferry’ | 28" in as_footnote(csl_item(CITED), style)
    style.write_text("no style")
    with pytest.raises(ArchiveError, match=r"cannot read the style .*none\.csl"):
        as_footnote(csl_item(CITED), tmp_path / "none.csl")
