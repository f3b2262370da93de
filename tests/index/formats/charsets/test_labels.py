"""Encodings are found where a file states them."""

import pytest

from index.formats.charsets.labels import by_byte_order_mark, by_escapes, codec_of, in_markup


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"), ("latin1", "cp1252"), (" GB2312 ", "gb18030"), ("gbk", "gb18030"),
        ("tis-620", "cp874"), ("Shift_JIS", "cp932"), ("ks_c_5601-1987", "cp949"),
        ("cp850", "cp850"),
        ("hz-gb-2312", "hz"), ("iso-2022-kr", "iso2022_kr"), ("utf8", "utf-8"), (None, None),
        ("x-nothing", None), ("base64", None), ("unicode_escape", None), ("replacement", None),
    ],
)  # fmt: skip
def test_labels_mean_what_browsers_take_them_for(label: str | None, codec: str | None) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b"<meta charset=gbk>", "gb18030"),
        (b"<META content='text/html; charset=KOI8-R' http-equiv=Content-Type>", "koi8-r"),
        (b"<?xml version='1.0' encoding='ISO-8859-5'?><html>", "iso8859-5"),
        (b"<!-- <meta charset=big5> --><meta charset='euc-kr'/>", "cp949"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta name=a content=b>", None),
        (b"<p>charset=gbk</p>", None),
    ],
)
def test_markup_states_its_encoding(head: bytes, codec: str | None) -> None:
    assert in_markup(head) == codec


def test_marks_and_escapes() -> None:
    assert by_byte_order_mark("a".encode("utf-16")) == ("utf-16-le", 2)
    assert by_byte_order_mark("a".encode("utf-32")) == ("utf-32-le", 4)
    assert by_byte_order_mark(b"a") is None
    assert by_escapes("日本".encode("iso2022_jp")) == "iso2022_jp_ext"
    assert by_escapes("中文".encode("hz")) == "hz"
    assert by_escapes(b"see ~{ here") is None
