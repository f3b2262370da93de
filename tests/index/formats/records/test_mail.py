"""E-mails become articles: the readable text, with subject, sender and day."""

import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from index.article import Article
from index.formats.limits import MAX_DOCUMENT
from index.formats.seed_file import Omitted, Refused
from index.ingest.reading import read_articles
from tests.support.reading import Read

TEXT = "The keeper counted nine ships before noon and wrote them into his book.\n\nThen came fog.\n"
HTML = "<html><body><p>The keeper counted <b>nine</b> ships.</p><p>Then came fog.</p></body></html>"


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def test_text_and_headers(read: Read) -> None:
    message = mail(
        Subject="Neun Schiffe — 九艘船",
        From='"Kéeper, K." <k@example.org>, other@example.org',
        Date="Mon, 28 Oct 2024 23:30:00 -0500",
        Content_Language="en-GB, de",
    )
    message.set_content(TEXT)
    message.add_alternative(HTML, subtype="html")
    message.add_attachment(b"not read", maintype="text", subtype="plain", filename="a.txt")
    article, omitted = read("a.eml", bytes(message))
    assert omitted == Omitted("a.eml", "1 attachment left out")
    assert isinstance(article, Article)
    assert article.text == f"Neun Schiffe — 九艘船\n\n{TEXT.strip()}"
    assert (article.title, article.author) == ("Neun Schiffe — 九艘船", "Kéeper, K.")
    assert (article.date, article.language) == (datetime.date(2024, 10, 28), "en")
    assert (article.id, article.path, article.place) == ("a.eml",) * 3


def test_html_is_read_if_there_is_no_plain_text(read: Read) -> None:
    message = mail(Subject="Ships", From="k@example.org")
    message.set_content(HTML, subtype="html")
    [article] = read("a.eml", bytes(message))
    assert article.text == "Ships\n\nThe keeper counted nine ships.\n\nThen came fog."
    assert (article.author, article.date) == ("k@example.org", None)


def test_mails_inside_and_attachments_are_named(read: Read) -> None:
    message = mail(Subject="Ships")
    message.set_content(TEXT)
    inside = mail(Subject="Inner")
    inside.set_content("Not read.")
    message.add_attachment(inside)
    for name in ("a.csv", "b.csv"):
        message.add_attachment("x,y", subtype="csv", filename=name)
    article, omitted = read("a.eml", bytes(message))
    assert article.text == f"Ships\n\n{TEXT.strip()}"
    assert omitted == Omitted("a.eml", "1 mail inside, 2 attachments left out")


@pytest.mark.parametrize("charset", ["no-such-charset", "us-ascii", "utf-16", "big5"])
def test_a_wrong_charset_is_ignored(read: Read, charset: str) -> None:
    text = "Le café est fermé. Où êtes-vous allés hier soir? Nous étions à Paris."
    head = f'Subject: Caf\nContent-Type: text/plain; charset="{charset}"\n\n'.encode()
    [article] = read("a.eml", head + text.encode())
    assert article.text == f"Caf\n\n{text}"


def test_a_correct_charset_is_used(read: Read) -> None:
    message = mail(Subject="港")
    message.set_content("港務局週二開會", charset="big5")
    [article] = read("a.eml", bytes(message))
    assert article.text == "港\n\n港務局週二開會"


@pytest.mark.parametrize(
    "header",
    [
        b"Date: yesterday",
        b"Date: Mon, 99 Oct 2024 99:99:99 +9999",
        b"From: ",
        b"From: @@@<<<>>>;;,,",
        b"From: =?utf-8?b?///?= <a",
        b"Subject: caf\xe9 =?no-such?q?=41?=",
        b"Subject: \x00\x01",
        b"Content-Language: ",
        b"Content-Type: ;;;=",
        b"Content-Transfer-Encoding: no-such",
        b"To: " + b"(" * 500,
    ],
)
def test_a_broken_header_does_not_lose_the_mail(read: Read, header: bytes) -> None:
    [article] = read("a.eml", b"X-A: b\n" + header + b"\n\n" + TEXT.encode())
    assert isinstance(article, Article)
    assert TEXT.strip() in article.text


def test_a_mail_without_text_is_refused(read: Read) -> None:
    message = mail(Subject="Picture")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    assert read("a.eml", bytes(message)) == [
        Refused("a.eml", "has no text: attachments are not read")
    ]


@pytest.mark.parametrize("data", [b"\n\nno header", b"", b"\x00\xff" * 500])
def test_other_files_named_eml_are_refused(read: Read, data: bytes) -> None:
    [refused] = read("a.eml", data)
    assert isinstance(refused, Refused)


def test_deeply_nested_parts_are_refused_without_an_exception(read: Read) -> None:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2000)
    )
    [refused] = read("a.eml", b"X-A: b\n" + head + b"\n\n" + TEXT.encode())
    assert isinstance(refused, Refused)


def test_a_mail_that_is_too_large_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "a.eml").open("wb") as file:
        file.truncate(MAX_DOCUMENT + 1)
    [refused] = read_articles(tmp_path / "a.eml", "a.eml")
    assert isinstance(refused, Refused)
    assert refused.why == "is 50.0 MB; the limit for this kind of file is 50 MB: reduce its size"
