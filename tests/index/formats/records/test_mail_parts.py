"""All inline parts of a mail are read in order, each once and in its own encoding."""

import email
import email.policy
from collections import Counter

import pytest

from index.formats.records.mail_parts import inline_text

FIRST = "First: see below the picture."
SECOND = "Second: the winner of the raffle is Odile Perrin of Nantes."
PLAIN, HTML = "Content-Type: text/plain; charset=utf-8", "Content-Type: text/html; charset=utf-8"


def part(text: str, *headers: str) -> str:
    return "\n".join(headers or (PLAIN,)) + f"\n\n{text}"


def html(text: str) -> str:
    return part(f"<p>{text}</p>", HTML)


def multi(kind: str, *parts: str, boundary: str = "B") -> str:
    body = "".join(f"--{boundary}\n{each}\n" for each in parts)
    return f"Content-Type: multipart/{kind}; boundary={boundary}\n\n{body}--{boundary}--\n"


def read(mail: str | bytes) -> tuple[str, dict[str, int]]:
    data = mail if isinstance(mail, bytes) else mail.encode()
    omitted: Counter[str] = Counter()
    message = email.message_from_bytes(data, policy=email.policy.default)
    return inline_text(message, omitted), dict(omitted)


INLINE = "Content-Disposition: inline"


@pytest.mark.parametrize(
    "second",
    [
        part(SECOND),
        part(SECOND, PLAIN, INLINE),
        part(SECOND, PLAIN, f"{INLINE}; filename=b.txt"),
        html(SECOND),
        multi("alternative", part(SECOND), html(SECOND), boundary="C"),
        multi("related", html(SECOND), part("", "Content-Type: image/png"), boundary="C"),
        multi("signed", part(SECOND), boundary="C"),
        multi("mixed", part(" "), part(SECOND), boundary="C"),
    ],
)
def test_all_inline_parts_in_order(second: str) -> None:
    mail = multi("mixed", part(FIRST), second, part("Third."))
    assert read(mail) == (f"{FIRST}\n\n{SECOND}\n\nThird.", {})


CHINESE = "港务局周二开会，同意在冬季之前疏浚北航道。"
LONG = "The keeper counted nine ships before noon, and after that the fog came in from the sea."


@pytest.mark.parametrize(
    ("plain", "rich", "expected"),
    [
        (SECOND, SECOND, SECOND),
        ("", SECOND, SECOND),
        (" \n\u200b\n", SECOND, SECOND),
        ("Your mail reader does not show HTML.", SECOND, SECOND),
        ("The winner: read on at https://example.org", SECOND, SECOND),
        ("阅读网页版", CHINESE, CHINESE),
        (LONG, "Read this in your browser.", LONG),
        (LONG, f"{LONG} Unsubscribe here.", LONG),
        (LONG, "", LONG),
    ],
)  # fmt: skip
def test_html_is_read_where_the_plain_text_is_blank_or_a_stub(
    plain: str, rich: str, expected: str
) -> None:
    mail = multi("alternative", part(plain), html(rich))
    assert read(mail) == (expected, {})
    nested = multi("alternative", part(plain), multi("related", html(rich), boundary="C"))
    assert read(nested) == (expected, {})


def test_the_words_of_html_are_read_as_they_are_shown() -> None:
    row = "<tr><td>Tartu</td><td>97</td></tr>"
    page = f"<html><head><title>x</title><style>p {{}}</style></head><body><table>{row}</table>"
    page += "<p>Short.</p><ul><li>One</li></ul><!--[if mso]>no<![endif]--></body></html>"
    text, omitted = read(part(page, HTML))
    assert (text.split(), omitted) == (["Tartu", "97", "Short.", "One"], {})


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("utf-7", "utf-7", "Die Bürgermeisterin heißt Käthe."),
        ("UNICODE-1-1-UTF-7", "utf-7", "Die Bürgermeisterin heißt Käthe."),
        ("iso-2022-jp", "iso2022_jp", "The chair is 中村由紀さん."),
        ("ISO-2022-JP", "iso2022_jp_ext", "半角ｶﾅです。"),
        ("iso-2022-jp-2", "iso2022_jp_2", "中村由紀さんと金"),
        ("cp50221", "iso2022_jp_ext", "中村ｶﾅ"),
        ("csISO2022JP", "iso2022_jp", "中村由紀さん"),
        ("hz-gb-2312", "hz", "The keeper of 灯塔 spoke."),
        ("iso-2022-kr", "iso2022_kr", "서울 항구"),
        ("shift_jis", "cp932", "中村由紀さんは議長です。"),
        ("us-ascii", "ascii", "1 +AOQ- 2 stays"),
    ],
)
def test_the_stated_encoding_counts_for_ascii_bytes_too(
    charset: str, codec: str, text: str
) -> None:
    head = f"Content-Type: text/plain; charset={charset}\n\n".encode()
    assert read(head + text.encode(codec)) == (text, {})


@pytest.mark.parametrize("charset", ["iso-2022-jp", "hz", "utf-7"])
def test_a_wrong_seven_bit_encoding_is_ignored(charset: str) -> None:
    head = f"Content-Type: text/plain; charset={charset}\n\n".encode()
    assert read(head + "Le café est fermé ce soir.".encode())[0] == "Le café est fermé ce soir."


def test_lines_broken_within_words_are_joined() -> None:
    flowed = "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"
    assert read(part("港务局周二 \n开会。\nEnd.", flowed))[0] == "港务局周二开会。\nEnd."
    kept = "> 港务局 \n> 开会。\n-- \nK. Eeper"
    assert read(part(kept, flowed))[0] == kept


def test_what_is_not_read_is_counted() -> None:
    mail = multi(
        "mixed",
        part(FIRST),
        part("x", PLAIN, "Content-Disposition: attachment"),
        part("x", "Content-Type: application/pdf; name=a.pdf"),
        part("Subject: in\n\nx", "Content-Type: message/rfc822"),
        part("BEGIN:VCALENDAR", "Content-Type: text/calendar"),
        part("", "Content-Type: image/png"),
        part("\x00\x01\x02" * 9, PLAIN),
    )
    counts = {"attachment": 3, "mail inside": 1, "undecodable part": 1}
    assert read(mail) == (FIRST, counts)
