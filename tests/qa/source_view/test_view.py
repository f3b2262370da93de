"""What is shown of each kind of source: its facts, and the cited text marked in it."""

import datetime
from pathlib import Path

import pytest

from qa import Archive
from qa.source_view.blocks import Fact
from qa.source_view.finding import SourceFinder
from qa.source_view.view import PdfView, TextView, view
from tests.support.builds import Make
from tests.support.fakes import ROOT, FakeEncoder
from tests.support.pdfs import one_page, write_pdf

REAL = ROOT / "tests" / "system" / "real"
CITED = "cost 3.5 million euros"


def views(tmp_path: Path, cited: str) -> list[PdfView | TextView]:
    archive = Archive.open(tmp_path / "index", encoder=FakeEncoder())
    finder, found = SourceFinder(tmp_path / "seeds"), []
    for article in archive.articles():
        at = article.text.find(cited)
        if at >= 0:
            source = finder.find(article, archive.settings)
            found.append(view(source, article, at, at + len(cited)))
    return found


@pytest.mark.parametrize("file", sorted(REAL.glob("larnik.*")), ids=lambda file: file.name)
def test_the_cited_text_is_marked_in_every_kind(file: Path, tmp_path: Path, make: Make) -> None:
    make({file.name: file.read_bytes()})
    found = views(tmp_path, CITED) or views(tmp_path, "三百五十万欧元")
    assert found
    for shown in found:
        if isinstance(shown, PdfView):
            assert shown.page == 1
            assert shown.boxes
        else:
            marked = "".join(
                text for block in shown.shown.blocks for text, is_cited in block.pieces if is_cited
            )
            assert marked.replace("\n", " ").split() in (CITED.split(), ["三百五十万欧元"])


def test_a_pdf_opens_at_the_page_of_the_cited_text(tmp_path: Path, make: Make) -> None:
    pages = [["It rained."], ["Snow fell."], ["The ferry carried 312 people."]]
    make({"a.pdf": write_pdf(tmp_path / "a.pdf", pages).read_bytes()})
    (shown,) = views(tmp_path, "312 people")
    assert isinstance(shown, PdfView)
    assert shown.page == 3
    assert [box.page for box in shown.boxes] == [3]


def test_a_pdf_in_which_the_text_is_not_found_opens_unmarked(tmp_path: Path, make: Make) -> None:
    title = "6 0 obj\n"  # a stated title stands on no page
    data = one_page("(The ferry carried 312 people on Monday.)", more=["<< /Title (Oban ferry) >>"])
    data = data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 6 0 R")
    assert title
    make({"a.pdf": data})
    (shown,) = views(tmp_path, "Oban ferry")
    assert shown == PdfView(1, ())


def test_a_mail_shows_its_head(tmp_path: Path, make: Make) -> None:
    make({"a.eml": "From: Anna <a@b.example>\nSubject: Cost\nBcc: c@d.example\n\n"
                   "It cost 3.5 million euros."})  # fmt: skip
    (shown,) = views(tmp_path, CITED)
    assert isinstance(shown, TextView)
    assert shown.facts == (Fact("from", "Anna <a@b.example>"), Fact("subject", "Cost"))


def test_a_line_shows_what_it_states_and_a_recording_its_times(tmp_path: Path, make: Make) -> None:
    text = "It cost 3.5 million euros. Nobody was hurt."
    locations = [{"start": 0, "seconds": 5}, {"start": 27, "seconds": 9.5}]
    make({"a.jsonl": [{"id": "a", "text": text, "date": "2025-10-28", "desk": ["x", 1],
                       "locations": locations}]})  # fmt: skip
    (shown,) = views(tmp_path, CITED)
    assert isinstance(shown, TextView)
    assert shown.facts == (
        Fact("id", "a"),
        Fact("date", datetime.date(2025, 10, 28).isoformat()),
        Fact("desk", "x, 1"),
    )
    assert [(b.seconds, b.text) for b in shown.shown.blocks] == [
        (5.0, "It cost 3.5 million euros."),
        (9.5, "Nobody was hurt."),
    ]
