"""Mailboxes become one article per mail; a bad mail costs only itself."""

import io
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from index.article import Article
from index.formats.limits import Budget
from index.formats.records import mbox
from index.formats.seed_file import Draft, Omitted, Original, Refused, Seed
from index.ingest.reading import read_articles
from tests.support.reading import Read, why_refused

FIRST = "From keeper@example.org Tue Oct 28 10:00:00 2025\n"
MAIL = "Subject: {}\nFrom: k@example.org\n\n{}\n\n"
TEXT = "The keeper counted nine ships before noon and wrote them into his book."


def box(*mails: str) -> str:
    return "".join(FIRST + mail for mail in mails)


def test_each_mail_is_an_article(read: Read) -> None:
    one, two = read("a.mbox", box(MAIL.format("Ships", TEXT), MAIL.format("Fog", "Then came fog.")))
    assert (one.id, one.title, one.text) == ("a.mbox#1", "Ships", f"Ships\n\n{TEXT}")
    assert (two.id, two.title, two.path) == ("a.mbox#2", "Fog", "a.mbox")


def test_as_the_standard_library_writes_it(tmp_path: Path) -> None:
    file = mailbox.mbox(tmp_path / "a.mbox")
    for text in (f"From afar:\n\nFrom there, {TEXT}\n", ">From here.\n", "The last one.\n"):
        mail = EmailMessage()
        mail["Subject"] = "Ships"
        mail.set_content(text, cte="8bit")
        file.add(mail)
    file.close()
    found = [item.text for item in read_articles(tmp_path / "a.mbox", "a.mbox")]  # type: ignore[union-attr]
    assert found == [
        f"Ships\n\nFrom afar:\n\nFrom there, {TEXT}",
        "Ships\n\nFrom here.",  # as that library does not quote what looks quoted
        "Ships\n\nThe last one.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "From - Tue Oct 28 10:00:00 2025\n",
        "From 1811223344@xxx Tue Oct 28 10:00:00 +0000 2025\n",
        "From a at b.example  Tue Oct  7 10:00:00 2025\n",
        "From Tue, 28 Oct 2025 10:00:00 +0000\n",
        "From keeper@example.org Tue Oct 28 10:00 2025\n",
        "From keeper@example.org Tue Oct 28 10:00:00 CET 2025 remote from larnik\n",
        "From -\r\n",
        "From \n",
    ],
)
def test_lines_between_mails_as_programs_write_them(read: Read, line: str) -> None:
    content = line + MAIL.format("Ships", TEXT) + line + MAIL.format("Fog", TEXT)
    assert [article.title for article in read("a.mbox", content)] == ["Ships", "Fog"]


def test_from_within_a_mail_begins_no_other(read: Read) -> None:
    text = (
        "One.\nFrom a@b Tue Oct 28 10:00:00 2025\n\nFrom 10:00 on Tuesday 28 it was foggy.\n"
        "\nFrom Mon Oct 6 on, ships pay.\n\nFrom Tue Oct 7 2025 they pay more."
        "\n\nFrom Tue Oct 7 10:30 on, too.\n>>From\n>From here"
    )
    [article] = read("a.mbox", box(MAIL.format("Ships", text)))
    assert (
        "2025\n\nFrom 10:00 on Tuesday 28 it was foggy.\n\nFrom Mon Oct 6 on, ships pay."
        in article.text
    )
    assert article.text.endswith("From Tue Oct 7 10:30 on, too.\n>>From\nFrom here")


def test_a_bad_mail_costs_itself(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MAX_DOCUMENT", 1000)
    mails = box(
        MAIL.format("Ships", TEXT), "no header\n\n", MAIL.format("Large", "large. " * 200),
        "Subject: Pictures\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        "Content-Type: text/plain\n\nSeen.\n--x\nContent-Type: text/csv\n\na,b\n--x--\n\n",
        MAIL.format("Empty", ""), MAIL.format("Last", TEXT),
    )  # fmt: skip
    found = read("a.mbox", mails)
    assert [item.title for item in found if isinstance(item, Article)] == [
        "Ships", "Pictures", "Last",
    ]  # fmt: skip
    assert [item for item in found if not isinstance(item, Article)] == [
        Refused("a.mbox#2", "is not an e-mail: it does not begin with a header"),
        Refused("a.mbox#3", mbox.TOO_LARGE),
        Omitted("a.mbox#4", "1 attachment left out"),
        Refused("a.mbox#5", "has no text: attachments are not read"),
    ]


@pytest.mark.parametrize("content", ["", "\n\n", MAIL.format("Ships", TEXT), "From me to you\n\nx"])
def test_other_files_are_no_mailbox(read: Read, content: str) -> None:
    assert why_refused(read("a.mbox", content)).startswith("is not a mailbox")


def test_a_mail_comes_with_the_bytes_it_was_made_of() -> None:
    data = box(MAIL.format("Ships", TEXT), MAIL.format("Fog", ">From afar")).encode()
    stream = io.BufferedReader(io.BytesIO(data))
    found = list(mbox.read_mbox(Seed("a.mbox", "a.mbox", "a.mbox", stream, Budget(len(data)))))
    drafts = [item for item in found if isinstance(item, Draft)]
    assert [draft.original for draft in drafts] == [
        Original(".eml", f"Subject: Ships\nFrom: k@example.org\n\n{TEXT}\n\n".encode()),
        Original(".eml", b"Subject: Fog\nFrom: k@example.org\n\nFrom afar\n\n"),
    ]
